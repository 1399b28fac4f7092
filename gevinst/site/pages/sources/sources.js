// The filter of the list of documents: the address holds the choices, and the rows, the status line and the files follow.

const facets = new Map(readJson('facets').map((one) => [one.id, one]));
const facetForm = document.querySelector('[data-facets]');
const list = document.getElementById('dokumenter');
const fields = all('select, input', facetForm);

const shownLine = document.createElement('p');
shownLine.className = 'selection';
shownLine.dataset.shown = '';
list.closest('.block').querySelector('.caption').after(shownLine);

function searched(row) {
  return row.textContent.toLocaleLowerCase(language);
}

function isChosen(row, chosen) {
  const own = facets.get(row.id);
  return Object.keys(chosen).every((name) => (name === 'dok' ? searched(row).includes(chosen.dok) : own[name] === chosen[name]));
}

function showChosen() {
  const chosen = {};
  for (const field of fields) {
    const value = field.value.trim();
    if (value) {
      chosen[field.name] = field.name === 'dok' ? value.toLocaleLowerCase(language) : value;
    }
  }
  const rows = all('tbody tr', list);
  for (const row of rows) {
    row.hidden = !isChosen(row, chosen);
  }
  const isAll = Object.keys(chosen).length === 0;
  document.body.classList.toggle('is-filtered', !isAll);
  const shown = say('shown', { shown: rows.filter((row) => !row.hidden).length, total: rows.length });
  const inWords = fields.filter((field) => chosen[field.name]).map((field) => {
    const text = field.tagName === 'SELECT' ? field.selectedOptions[0].textContent : field.value.trim();
    return `${field.labels[0].textContent}: ${text}`;
  });
  facetForm.querySelector('[role=status]').textContent = shown;
  shownLine.textContent = isAll ? '' : `${shown} (${inWords.join('; ')})`; // paper and files do not show the form
}

function readChoices() {
  const address = new URLSearchParams(location.search);
  for (const field of fields) {
    field.value = address.get(field.name) || '';
    if (field.selectedIndex === -1) {
      field.value = ''; // an address may be old or mistyped
    }
  }
  showChosen();
}

function writeChoices(isNewStep) {
  const address = new URLSearchParams(location.search);
  for (const field of fields) {
    const value = field.value.trim();
    if (value) {
      address.set(field.name, value);
    } else {
      address.delete(field.name);
    }
  }
  const query = address.toString();
  const target = location.pathname + (query ? `?${query}` : '') + location.hash;
  history[isNewStep ? 'pushState' : 'replaceState'](null, '', target);
  keepAddress();
  showChosen();
}

for (const field of fields) {
  const isText = field.tagName !== 'SELECT';
  field.addEventListener(isText ? 'input' : 'change', () => writeChoices(!isText));
}
facetForm.addEventListener('submit', (event) => event.preventDefault());
facetForm.addEventListener('reset', () => setTimeout(() => writeChoices(true)));
window.addEventListener('popstate', readChoices);
readChoices();
