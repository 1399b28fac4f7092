// Two selections at equal age: counts of the projects that have reached it, by what had come of them by then. The address
// holds the choices; those of the first selection have the names that other pages know.

const SIDES = [['first', ''], ['second', 'b_']];
const LINES = { in_use: [0], partly_in_use: [1], result: [2], ended: [3, 4], unknown: [5] };
const aged = readJson('aged');
const compareForm = document.querySelector('[data-comparison]');
const compared = document.getElementById('sammenlignet');
const fields = all('select', compareForm);

function chosenOn(prefix) {
  return fields.filter((field) => field.name !== 'alder' && field.value && field.name.startsWith('b_') === (prefix === 'b_'));
}

function outcomesOf(prefix) {
  const age = Number(compareForm.elements.alder.value);
  const chosen = chosenOn(prefix);
  return aged
    .filter((one) => chosen.every((field) => one[field.name.slice(prefix.length)].split(' ').includes(field.value)))
    .filter((one) => one.utfall.length >= age)
    .map((one) => Number(one.utfall[age - 1]));
}

function inWords(prefix) {
  return chosenOn(prefix).map((field) => field.selectedOptions[0].textContent).join(', ');
}

function showSides() {
  const few = Number(compareForm.dataset.few);
  let isFew = false;
  SIDES.forEach(([side, prefix], place) => {
    const outcomes = outcomesOf(prefix);
    const known = outcomes.filter((one) => one !== 5).length;
    isFew = isFew || known < few;
    const heading = compared.querySelector(`[data-side=${side}]`);
    heading.dataset.name = heading.dataset.name || heading.textContent;
    heading.textContent = [heading.dataset.name, inWords(prefix)].filter(Boolean).join(': ');
    for (const row of all('[data-line]', compared)) {
      const places = LINES[row.dataset.line];
      const count = places ? outcomes.filter((one) => places.includes(one)).length : outcomes.length;
      const isShare = row.dataset.line === 'in_use' && known >= few;
      const share = isShare ? say('share', { share: Math.round((100 * count) / known) }) : '';
      row.cells[place + 1].textContent = [count, share].filter((part) => part !== '').join(' ');
    }
  });
  compareForm.parentElement.querySelector('[data-compared]').textContent = isFew ? words.few : '';
}

function readSides() {
  const address = new URLSearchParams(location.search);
  for (const field of fields) {
    const value = address.get(field.name) || '';
    if (all('option', field).some((option) => option.value === value)) {
      field.value = value; // an address may be old or mistyped
    }
  }
  showSides();
}

function writeSides() {
  const address = new URLSearchParams(location.search);
  for (const field of fields) {
    if (field.value) {
      address.set(field.name, field.value);
    } else {
      address.delete(field.name);
    }
  }
  history.pushState(null, '', `${location.pathname}?${address}${location.hash}`);
  keepAddress();
  showSides();
}

for (const field of fields) {
  field.addEventListener('change', writeSides);
}
compareForm.addEventListener('submit', (event) => event.preventDefault());
window.addEventListener('popstate', readSides);
readSides();
