// Filters: the address holds the selection, and every table and figure on the page follows it. What projects are selected
// by stands in a list of its own, so that any table of a page may lack some of them.

const FIELDS = ['kull', 'sektor', 'eier', 'status', 'sok'];
const form = document.querySelector('[data-filter]');
const projects = readJson('selectable');

function choices() {
  const address = new URLSearchParams(location.search);
  const found = {};
  for (const name of FIELDS) {
    const control = form.elements[name];
    const value = address.get(name) || '';
    const isKnown = control.tagName !== 'SELECT' || all('option', control).some((option) => option.value === value);
    found[name] = isKnown ? value : ''; // an address may be old or mistyped
  }
  return found;
}

function matches(project, chosen) {
  return FIELDS.every((name) => {
    if (!chosen[name]) {
      return true;
    }
    const own = project[name];
    return name === 'sok'
      ? own.includes(chosen.sok.trim().toLocaleLowerCase(language))
      : own.split(' ').includes(chosen[name]);
  });
}

// Totals that count rows do so for the rows on show.
function countTotals() {
  for (const foot of all('tfoot[data-counts-from]')) {
    const rows = all('tbody tr', foot.parentElement).filter((row) => !row.hidden);
    const from = Number(foot.dataset.countsFrom);
    for (const cell of all('td', foot)) {
      const count = rows.filter((row) => Number(row.cells[cell.cellIndex].dataset.value) >= from).length;
      cell.textContent = cell.dataset.value = count;
    }
  }
}

// The choices in words.
function described(chosen) {
  return FIELDS.filter((name) => chosen[name]).map((name) => {
    const control = form.elements[name];
    const option = control.tagName === 'SELECT' && all('option', control).find((one) => one.value === chosen[name]);
    return `${control.labels[0].textContent}: ${option ? option.textContent : chosen[name].trim()}`;
  });
}

function show(chosen) {
  const keys = new Set(projects.filter((project) => matches(project, chosen)).map((project) => project.id));
  const isAll = keys.size === projects.length;
  for (const row of all('tr[data-project]')) {
    row.hidden = !keys.has(row.dataset.project);
  }
  for (const table of all('.follows-filter table')) {
    const message = table.closest('.follows-filter').querySelector('[data-no-rows]');
    message.hidden = keys.size === 0 || all('tbody tr', table).some((row) => !row.hidden);
  }
  countTotals();
  document.body.classList.toggle('is-filtered', !isAll);
  document.body.classList.toggle('is-empty', keys.size === 0);
  const few = keys.size > 0 && keys.size < Number(form.dataset.few) ? ` ${words.few}` : '';
  const shown = say('shown', { shown: keys.size, total: projects.length });
  form.querySelector('[role=status]').textContent = shown + few;
  for (const line of all('[data-shown]')) {
    line.textContent = `${shown} (${described(chosen).join('; ')})`; // paper and files do not show the form
  }
  form.querySelector('[data-copied]').textContent = '';
  drawSelected(isAll ? null : keys);
}

function fromAddress() {
  const chosen = choices();
  for (const name of FIELDS) {
    form.elements[name].value = chosen[name];
  }
  follow();
}

function follow() {
  show(choices());
  keepAddress();
}

function toAddress(isNewStep) {
  const address = new URLSearchParams(location.search);
  for (const name of FIELDS) {
    const value = form.elements[name].value.trim();
    if (value) {
      address.set(name, value);
    } else {
      address.delete(name);
    }
  }
  const query = address.toString();
  const target = location.pathname + (query ? `?${query}` : '') + location.hash;
  history[isNewStep ? 'pushState' : 'replaceState'](null, '', target);
  follow();
}

async function copyAddress() {
  const said = form.querySelector('[data-copied]');
  try {
    await navigator.clipboard.writeText(location.href);
    said.textContent = words.link_copied;
  } catch (error) {
    said.textContent = location.href; // the reader can still mark and copy it
  }
}

function startFilter() {
  if (!form) {
    return;
  }
  for (const name of FIELDS) {
    const isText = form.elements[name].tagName !== 'SELECT';
    form.elements[name].addEventListener(isText ? 'input' : 'change', () => toAddress(!isText));
  }
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(() => toAddress(true)));
  form.querySelector('[data-copy]').addEventListener('click', copyAddress);
  window.addEventListener('popstate', fromAddress);
  fromAddress();
}
