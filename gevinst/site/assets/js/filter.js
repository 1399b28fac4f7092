// Filters: the address holds the selection, and every table and figure on the page follows it. A reader selects projects,
// by what stands in a list of its own, so that any table of a page may lack some of them; or, where the form is
// `data-of-rows`, the rows of a long table. Long tables load what they need for it (paged.js); others have all their rows.

const form = document.querySelector('[data-filter]');
const listed = readJson('selectable'); // with the index where a table is long
const isOfRows = form !== null && 'ofRows' in form.dataset;
const SELECTION = 'gevinst:selection';

function controls() {
  return form ? Array.from(form.elements).filter((one) => one.name) : [];
}

// What is chosen, by name; `prefix` is that of choices that stand apart and select no rows here.
function choices(prefix = '') {
  const chosen = {};
  for (const control of controls()) {
    const value = control.value.trim();
    if (value && (prefix ? control.name.startsWith(prefix) : !('apart' in control.dataset))) {
      chosen[control.name.slice(prefix.length)] = value;
    }
  }
  return chosen;
}

function isSelected(project, chosen) {
  return Object.entries(chosen).every(([name, value]) => (
    name === 'sok' ? project.sok.includes(value.toLocaleLowerCase(language)) : has(project[name] || '', value)
  ));
}

// Rows by what is chosen of them and of their projects.
function rowsOfChoice(box, chosen) {
  const { facets } = box.held;
  const search = isOfRows ? all('[type=search]', form).map((one) => one.name) : [];
  const ofRows = Object.entries(chosen).filter(([name]) => name in facets);
  const ofProjects = Object.fromEntries(
    Object.entries(chosen).filter(([name]) => !(name in facets) && !search.includes(name)),
  );
  const isIn = Object.keys(ofProjects).length > 0 && ((project) => isSelected(project, ofProjects));
  return matchingRows(box.held, isIn, Object.fromEntries(ofRows), search.map((name) => chosen[name] || '').join(' '));
}

// Totals that count rows do so for the rows on show, on whichever page.
function countTotals() {
  for (const foot of all('tfoot[data-counts-from]')) {
    const table = foot.parentElement;
    const box = boxOf(table);
    const from = Number(foot.dataset.countsFrom);
    const rows = box || all('tbody tr', table).filter((row) => !row.hidden);
    for (const cell of all('td', foot)) {
      const values = box
        ? box.rows.map((row) => valuesIn(box, cell.cellIndex)[row])
        : rows.map((row) => row.cells[cell.cellIndex].dataset.value);
      cell.textContent = cell.dataset.value = values.filter((value) => Number(value) >= from).length;
    }
  }
}

// The choices in words.
function described() {
  return controls().filter((one) => one.value.trim() && !('apart' in one.dataset)).map((one) => (
    `${one.labels[0].textContent}: ${one.tagName === 'SELECT' ? one.selectedOptions[0].textContent : one.value.trim()}`
  )).join('; ');
}

// What must be known of so small a selection.
function remark(size) {
  if (size === 0) {
    return isOfRows ? words.no_rows : words.empty;
  }
  return size < Number(form.dataset.few) && !isOfRows ? words.few : '';
}

function tell(size, total) {
  const choice = described();
  const shown = say(isOfRows ? 'shown_rows' : 'shown', { shown: writtenNumber(size), total: writtenNumber(total) });
  const said = choice ? `${shown} (${choice})` : shown;
  form.querySelector('[data-status]').textContent = [isOfRows ? shown : said, remark(size)].filter(Boolean).join('. ');
  for (const line of all('[data-shown]')) {
    line.textContent = said; // paper and files do not show the form
  }
  form.querySelector('[data-copied]').textContent = '';
  document.body.classList.toggle('is-filtered', size !== total);
  document.body.classList.toggle('is-empty', size === 0);
}

// Tables with all their rows, key figures, captions and figures: those of the selected projects.
function showProjects(selected, total) {
  const keys = new Set(selected.map((project) => project.id));
  const isAll = keys.size === total;
  for (const row of all('tr[data-project]')) {
    row.hidden = !boxOf(row) && !keys.has(row.dataset.project);
  }
  for (const table of all('.follows-filter table')) {
    const message = table.closest('.follows-filter').querySelector('[data-no-rows]');
    message.hidden = keys.size === 0 || all('tbody tr', table).some((row) => !row.hidden);
  }
  countTotals();
  followKeyFigures(selected, isAll);
  followCaptions(isAll);
  tell(keys.size, total);
  drawSelected(isAll ? null : keys);
}

// Shows what the form and the address say. While nothing is asked of long tables, the page is right as it came.
async function show() {
  const chosen = choices();
  const isChosen = Object.keys(chosen).length > 0;
  if (boxes.length) {
    readAddress();
    const isAsked = isChosen || Object.keys(choices('b_')).length > 0 || boxes.some((box) => box.order || box.side > 1);
    if (!index && !(isAsked && (await indexOrTell()))) {
      return;
    }
  }
  boxes.forEach((box) => showBox(box, rowsOfChoice(box, chosen), isChosen));
  if (isOfRows) {
    const [box] = boxes;
    tell(box.rows.length, box.held.all.length);
    const detail = { ...box, projects: index.projects, isChosen, match: (other) => rowsOfChoice(box, other), choices };
    document.dispatchEvent(new CustomEvent(SELECTION, { detail }));
  } else if (form) {
    const projects = listed || index.projects;
    showProjects(projects.filter((project) => isSelected(project, chosen)), projects.length);
  }
  keepAddress();
}

// The form as the address says; an address may be old or mistyped.
function fromAddress() {
  const address = new URLSearchParams(location.search);
  for (const control of controls()) {
    const value = address.get(control.name) || '';
    const isKnown = control.tagName !== 'SELECT' || all('option', control).some((option) => option.value === value);
    control.value = isKnown ? value : '';
  }
  for (const details of form ? all('details', form) : []) {
    const isUsed = all('select', details).some((one) => one.value);
    details.open = isUsed || (details.open && !(onPhone.matches && 'foldsOnPhone' in details.dataset));
  }
  keepAddress();
  return show();
}

function toAddress(isNewStep) {
  const values = Object.fromEntries(controls().map((one) => [one.name, one.value.trim()]));
  setAddress({ ...values, side: '' }, isNewStep);
  boxes.forEach((box) => {
    box.side = 1;
  });
  show();
}

function startFilter() {
  if (!form && !boxes.length) {
    return;
  }
  window.addEventListener('popstate', fromAddress);
  fromAddress().then(openPagedTarget);
  for (const control of controls()) {
    const isText = control.tagName !== 'SELECT';
    control.addEventListener(isText ? 'input' : 'change', () => toAddress(!isText));
  }
  if (form) {
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('reset', () => setTimeout(() => toAddress(true)));
    copiesLink(form.querySelector('[data-copy]'), form.querySelector('[data-copied]'));
  }
}
