// Numbers that follow the selection. Key figures are counted again among the projects on show, each of which says what
// headline figures count it; captions say how many of their rows are on show.

const wholes = new Map(); // the parts of each key figure as they came with the page

function formOf(forms, number) {
  const form = (number === 0 && forms.zero) || (number === 1 && forms.one) || forms.other;
  return form.replace('{n}', writtenNumber(number));
}

function countedIn(chosen, figure) {
  return chosen.filter((project) => project.counts.split(' ').includes(figure)).length;
}

function part(name, className, ...content) {
  const element = document.createElement(name);
  element.className = className;
  element.append(...content);
  return element;
}

// What a note says of the selection; nothing where there is nothing to say.
function noteOf(note, chosen, amount) {
  const number = countedIn(chosen, note.figure_id);
  if (note.all_of && number === amount) {
    return amount && formOf(note.all_of, amount);
  }
  return number ? formOf(note.some, number) : note.none_of && formOf(note.none_of, amount);
}

function followKeyFigures(chosen, isAll) {
  for (const item of all('[data-follows]')) {
    if (!wholes.has(item)) {
      wholes.set(item, Array.from(item.childNodes));
    }
    if (isAll) {
      item.replaceChildren(...wholes.get(item));
      continue;
    }
    const followed = JSON.parse(item.dataset.follows);
    const [amount, whole] = [followed.figure_id, followed.whole_id].map((figure) => countedIn(chosen, figure));
    const large = document.createElement('b');
    large.textContent = whole ? writtenNumber(amount) : '\u2013';
    const what = wholes.get(item).find((node) => node.className === 'what').cloneNode(true);
    const notes = followed.notes.map((note) => noteOf(note, chosen, amount)).filter(Boolean);
    item.replaceChildren(
      part('span', 'amount', large, ` ${formOf(followed.of, whole)}`), what,
      ...notes.map((note) => part('span', 'note', note)),
    );
  }
}

// "n = 42" becomes "n = 7 of 42" where it counts the rows of the table below.
function followCaptions(isAll) {
  for (const number of all(':is(.follows-filter, .follows-filter > div) > .caption > [data-address]')) {
    const block = number.closest('.follows-filter');
    const box = boxOf(block);
    const rows = box ? box.held.all : all('tbody tr[data-project]', block);
    const before = number.previousSibling;
    if (before && before.dataset && 'shownOf' in before.dataset) {
      before.remove();
    }
    const isCount = /\bn\s=\s$/.test((number.previousSibling || {}).textContent);
    if (!isAll && isCount && number.textContent === writtenNumber(rows.length)) {
      const kept = box ? box.rows : rows.filter((row) => !row.hidden);
      const shown = part('span', '', say('shown_of', { shown: writtenNumber(kept.length) }));
      shown.dataset.shownOf = '';
      number.before(shown);
    }
  }
}
