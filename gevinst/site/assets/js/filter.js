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

// What must be known of so small a selection.
function remark(size) {
  if (size === 0) {
    return words.empty;
  }
  return size < Number(form.dataset.few) ? words.few : '';
}

function show(chosen) {
  const selected = projects.filter((project) => matches(project, chosen));
  const keys = new Set(selected.map((project) => project.id));
  const isAll = keys.size === projects.length;
  for (const row of all('tr[data-project]')) {
    row.hidden = !keys.has(row.dataset.project);
  }
  for (const table of all('.follows-filter table')) {
    const message = table.closest('.follows-filter').querySelector('[data-no-rows]');
    message.hidden = keys.size === 0 || all('tbody tr', table).some((row) => !row.hidden);
  }
  countTotals();
  followKeyFigures(selected, isAll);
  followCaptions(isAll);
  document.body.classList.toggle('is-filtered', !isAll);
  document.body.classList.toggle('is-empty', keys.size === 0);
  const choice = described(chosen).join('; ');
  const shown = say('shown', { shown: writtenNumber(keys.size), total: writtenNumber(projects.length) });
  const said = choice ? `${shown} (${choice})` : shown;
  form.querySelector('[role=status]').textContent = [said, remark(keys.size)].filter(Boolean).join('. ');
  for (const line of all('[data-shown]')) {
    line.textContent = said; // paper and files do not show the form
  }
  form.querySelector('[data-copied]').textContent = '';
  drawSelected(isAll ? null : keys);
}

function fromAddress() {
  const chosen = choices();
  for (const name of FIELDS) {
    form.elements[name].value = chosen[name];
  }
  keepAddress();
  show(chosen);
}

function toAddress(isNewStep) {
  setAddress(Object.fromEntries(FIELDS.map((name) => [name, form.elements[name].value.trim()])), isNewStep);
  show(choices());
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
