// Trying assumptions: net present values from the yearly flows that the page carries, by the formulas of
// gevinst/method (discounting, flows, npv); a test holds the two equal. The address keeps what is chosen.

const SCENARIOS = ['low', 'mid', 'high'];
const given = readJson('assumptions');
const tryForm = document.querySelector('[data-assumptions]');
const tryTable = document.getElementById('prov');

function fill(name, values) {
  return given.words[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
}

function number(value, decimals) {
  const locale = language === 'en' ? 'en-GB' : 'nb-NO';
  const format = { minimumFractionDigits: decimals, maximumFractionDigits: decimals, signDisplay: 'negative' };
  return new Intl.NumberFormat(locale, format).format(value).replace('-', '\u2212');
}

function plain(value) {
  return number(value, Number.isInteger(value) ? 0 : 1);
}

// Logarithm of what 1 grows to up to a year; years before the start have the first rate.
function growth(year, project, schedule) {
  const position = year - project.start_year;
  return schedule.reduce((sum, [from, to, rate]) => {
    const upper = to === null ? position : Math.min(position, to);
    return sum + (from === 0 ? upper : Math.max(upper, from - 1)) * Math.log1p(rate);
  }, 0);
}

// What an effect amounts to in its year number `index`: after the period the amount of the period's last year, if it
// lasts that long and what remains is counted.
function amount(effect, totals, index, last, choice) {
  if (effect.first_year + index <= last) {
    return totals[index];
  }
  return choice.residual && effect.first_year <= last ? totals[last - effect.first_year] : 0;
}

function counts(effect, choice) {
  const { evidence } = given;
  return !effect.is_benefit || !choice.evidence || evidence.indexOf(effect.evidence) >= evidence.indexOf(choice.evidence);
}

// Net present value in kroner; null when it is unknown.
function netPresentValue(project, scenario, choice) {
  const schedule = choice.rate === null ? given.schedule : [[0, null, choice.rate / 100]];
  const last = choice.years ? Math.min(project.last_year, project.start_year + choice.years - 1) : project.last_year;
  const counted = project.effects.filter((effect) => counts(effect, choice));
  if (counted.length < project.effects.length && !counted.some((effect) => effect.is_benefit)) {
    return null;
  }
  let sum = 0;
  for (const effect of counted) {
    const totals = effect[scenario];
    for (let index = 0; index < totals.length; index += 1) {
      const value = amount(effect, totals, index, last, choice);
      if (value === null) {
        return null;
      }
      const year = effect.first_year + index;
      const factor = growth(project.reference_year, project, schedule) - growth(year, project, schedule);
      sum += value * Math.exp(factor);
    }
  }
  return sum;
}

function results(choice) {
  return given.projects.map((project) => {
    const found = { project };
    for (const scenario of SCENARIOS) {
      found[scenario] = netPresentValue(project, scenario, choice);
    }
    return found;
  });
}

const OFFICIAL = { rate: null, years: null, evidence: '', residual: true };
const official = results(OFFICIAL);

function signOf(found) {
  const values = SCENARIOS.map((scenario) => found[scenario]);
  if (values.includes(null)) {
    return 'unknown';
  }
  return values.every((value) => value > 0) ? 'positive' : values.every((value) => value < 0) ? 'negative' : 'unsure';
}

function listed(parts) {
  const last = parts[parts.length - 1];
  return parts.length < 2 ? parts.join('') : fill('list_end', { head: parts.slice(0, -1).join(', '), last });
}

// What differs from the official calculation, in words; nothing when nothing does.
function when(choice) {
  const parts = [];
  if (choice.rate !== null) {
    parts.push(fill('at_rate', { rate: plain(choice.rate) }));
  }
  if (choice.years) {
    parts.push(fill('in_years', { years: choice.years }));
  }
  if (!choice.residual) {
    parts.push(given.words.without_residual);
  }
  if (choice.evidence) {
    parts.push(fill('only_level', { level: given.words.levels[choice.evidence] }));
  }
  return listed(parts);
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function ranked(found) {
  return found.filter(({ mid }) => mid !== null).sort((a, b) => b.mid - a.mid).map(({ project }) => project);
}

// Pairs that have changed places: the first in the new order that used to be behind its neighbour.
function orderChange(now) {
  const after = ranked(now);
  const before = ranked(official).filter((project) => after.includes(project));
  if (after[0] !== before[0]) {
    return ['new_first', after[0], before[0]];
  }
  const place = after.findIndex((project, index) => project !== before[index]);
  return place < 0 ? null : ['new_order', after[place], before[place]];
}

function conclusions(now, choice) {
  const started = capital(when(choice));
  if (!started) {
    return [given.words.official_case];
  }
  const turned = (test) => {
    const names = now.filter((found, index) => test(official[index].mid, found.mid)).map(({ project }) => project.name);
    return names.length > 1 && names.length === now.length ? fill('all_projects', { n: names.length }) : listed(names);
  };
  const said = [];
  for (const [name, test] of [
    ['turns_negative', (before, after) => before > 0 && after !== null && after < 0],
    ['turns_positive', (before, after) => before !== null && before < 0 && after > 0],
    ['becomes_unknown', (before, after) => before !== null && after === null],
  ]) {
    const projects = turned(test);
    if (projects) {
      said.push(fill(name, { when: started, projects }));
    }
  }
  const order = orderChange(now);
  if (order) {
    said.push(fill(order[0], { when: started, first: order[1].name, second: order[2].name }));
  }
  return said.length ? said : [fill('nothing_turns', { when: started })];
}

function choiceOf(values) {
  const rate = Number(values.rente);
  return {
    rate: rate === given.official_rate ? null : rate,
    years: Number(values.periode) || null,
    evidence: values.bevis,
    residual: values.restverdi,
  };
}

function formValues() {
  const { rente, periode, bevis, restverdi } = tryForm.elements;
  return { rente: rente.value, periode: periode.value, bevis: bevis.value, restverdi: restverdi.checked };
}

// The sign for unknown is read out in words, and is in no file.
function unknownSign() {
  const [sign, spoken] = [document.createElement('span'), document.createElement('span')];
  sign.setAttribute('aria-hidden', 'true');
  sign.textContent = given.words.missing;
  spoken.className = 'ds-sr-only';
  spoken.textContent = given.words.missing_spoken;
  return [sign, spoken];
}

function showCell(cell, value) {
  if (value === null) {
    cell.dataset.value = cell.dataset.csv = '';
    cell.replaceChildren(...unknownSign());
  } else {
    cell.dataset.value = value;
    delete cell.dataset.csv;
    cell.textContent = fill('million', { amount: number(value / 1e6, given.words.decimals) });
  }
}

function showResults() {
  const choice = choiceOf(formValues());
  const shownRate = choice.rate === null ? given.official_rate : choice.rate;
  const rate = fill(choice.rate === null ? 'official_rate' : 'other_rate', { rate: plain(shownRate) });
  tryForm.querySelector('output').textContent = rate;
  tryForm.elements.rente.setAttribute('aria-valuetext', rate);
  const now = results(choice);
  now.forEach((found, index) => {
    const row = document.getElementById(`${tryTable.id}-${found.project.id}`);
    SCENARIOS.forEach((scenario, place) => showCell(row.cells[2 + place], found[scenario]));
    const [before, after] = [official[index].mid, found.mid];
    const isTurned = before !== null && (after === null || before * after < 0);
    row.classList.toggle('has-turned', isTurned);
    const sign = given.words[signOf(found)];
    row.cells[6].textContent = isTurned ? fill('turned', { sign }) : sign;
  });
  const list = document.createElement('ul');
  for (const text of conclusions(now, choice)) {
    const item = document.createElement('li');
    item.textContent = text;
    list.append(item);
  }
  document.querySelector('[data-turns]').replaceChildren(list);
  const differing = when(choice); // the caption goes along into files
  document.querySelector('[data-case]').textContent = differing
    ? fill('other_case', { when: differing })
    : given.words.official;
}

// An address may be old or mistyped: what the form does not offer is left alone.
function readAddress() {
  const address = new URLSearchParams(location.search);
  const { rente, periode, bevis, restverdi } = tryForm.elements;
  const wantedRate = Number.parseFloat(address.get('rente'));
  const isOffered = wantedRate >= Number(rente.min) && wantedRate <= Number(rente.max);
  rente.value = isOffered ? wantedRate : given.official_rate;
  for (const control of [periode, bevis]) {
    const wanted = address.get(control.name) || '';
    control.value = all('option', control).some((option) => option.value === wanted) ? wanted : '';
  }
  restverdi.checked = address.get('restverdi') !== 'nei';
  showResults();
}

function writeAddress(isNewStep) {
  const address = new URLSearchParams(location.search);
  const values = formValues();
  const kept = {
    rente: Number(values.rente) === given.official_rate ? '' : values.rente,
    periode: values.periode,
    bevis: values.bevis,
    restverdi: values.restverdi ? '' : 'nei',
  };
  for (const name of Object.keys(kept)) {
    if (kept[name]) {
      address.set(name, kept[name]);
    } else {
      address.delete(name);
    }
  }
  const query = address.toString();
  history[isNewStep ? 'pushState' : 'replaceState'](null, '', location.pathname + (query ? `?${query}` : '') + location.hash);
  keepAddress();
  showResults();
}

function officialCase() {
  const { rente, periode, bevis, restverdi } = tryForm.elements;
  rente.value = given.official_rate;
  periode.value = bevis.value = '';
  restverdi.checked = true;
  writeAddress(true);
}

tryForm.addEventListener('submit', (event) => event.preventDefault());
tryForm.elements.rente.addEventListener('input', () => writeAddress(false));
for (const name of ['periode', 'bevis', 'restverdi']) {
  tryForm.elements[name].addEventListener('change', () => writeAddress(true));
}
tryForm.querySelector('[data-official-case]').addEventListener('click', officialCase);
window.addEventListener('popstate', readAddress);

// The page comes with the official case drawn. It is computed again when the form comes near, so that the page need not
// wait for it; at once when the address asks for another case.
function startTrying() {
  if (location.search) {
    readAddress();
    return;
  }
  const near = new IntersectionObserver((entries) => {
    if (entries.some((entry) => entry.isIntersecting)) {
      near.disconnect();
      readAddress();
    }
  }, { rootMargin: '100%' });
  near.observe(tryForm);
  window.addEventListener('beforeprint', readAddress, { once: true });
}

startTrying();
