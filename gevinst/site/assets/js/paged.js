// Long tables (gevinst.site.paging): the page has a hundred rows of each, and an index beside it all of them. It is loaded
// when a reader chooses, searches, sorts or saves, and then the rows that match are shown, a hundred at a time. What is
// chosen is for filter.js to say. The address holds order and hundred of the first long table; others forget theirs.

const boxes = all('[data-paged]').map((element) => ({
  element, table: element.querySelector('table'), body: element.querySelector('tbody'),
  still: element.querySelector('tbody').innerHTML, held: null, rows: null, values: [], order: 0, side: 1,
}));
let index = null;
let loading = null;

function boxOf(element) {
  return boxes.find((box) => box.element.contains(element));
}

// The index is a script, since a page from disk may load nothing else.
function loadIndex() {
  loading = loading || new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = boxes[0].element.dataset.rows;
    script.onload = () => resolve(window.gevinstRows);
    script.onerror = reject;
    document.head.append(script);
  }).then((found) => {
    for (const box of boxes) {
      box.held = found.tables[box.table.id];
      box.rows = box.held.all = box.held.ids.map((_, row) => row);
    }
    index = found;
  });
  return loading;
}

async function indexOrTell() {
  try {
    await loadIndex();
  } catch (error) {
    boxes.forEach((box) => {
      box.element.querySelector('[data-unloaded]').hidden = false;
    });
  }
  return index;
}

function coded(column, row) {
  return column.values[column.at[row]];
}

// Tags go, and what is written for the sake of HTML is read.
function plainText(html) {
  const names = { amp: '&', lt: '<', gt: '>', '#39': "'", '#34': '"', quot: '"' };
  return html.replace(/<[^>]*>/g, ' ').replace(/&(#?\w+);/g, (whole, name) => names[name] ?? whole);
}

// What a search among rows looks in: all that the row shows, and the names that its project is found by.
function searchedTexts(held) {
  if (!held.texts) {
    const columns = held.columns.slice(1).map(({ values, at }) => {
      const texts = values.map((html) => plainText(html).toLocaleLowerCase(language));
      return at.map((place) => texts[place]);
    });
    held.texts = held.all.map((row) => (
      [...columns.map((column) => column[row]), held.of[row] < 0 ? '' : index.projects[held.of[row]].sok].join(' ')
    ));
  }
  return held.texts;
}

function has(codes, code) {
  return codes === code || ` ${codes} `.includes(` ${code} `);
}

// The rows of selected projects that have the codes chosen and every word searched for, in the order of the pages.
// Without `isSelected`, rows of every project and of none.
function matchingRows(held, isSelected, codes, text) {
  const searched = text.toLocaleLowerCase(language).split(/\s+/).filter(Boolean);
  const texts = searched.length ? searchedTexts(held) : [];
  const isIn = isSelected && index.projects.map(isSelected);
  const fits = Object.entries(codes).map(([name, value]) => {
    const { values, at } = held.facets[name];
    const ok = values.map((own) => has(own, value));
    return (row) => ok[at[row]];
  });
  return held.all.filter((row) => (
    (!isIn || isIn[held.of[row]]) && fits.every((fit) => fit(row)) && searched.every((word) => texts[row].includes(word))
  ));
}

// The values of a column by row, each different cell read once.
function valuesIn(box, place) {
  if (!box.values[place]) {
    const { values, at } = box.held.columns[place + 1];
    const holder = document.createElement('template');
    holder.innerHTML = `<table><tbody>${values.map((cell) => `<tr>${cell}</tr>`).join('')}</tbody></table>`;
    const read = all('tr', holder.content).map((row) => valueOf(row.cells[0]));
    box.values[place] = at.map((cell) => read[cell]);
  }
  return box.values[place];
}

// `order` is the place of a column from 1, with a minus where it falls, or 0. Equal values share a rank, so that each is
// compared once, and what is unknown has none.
function sortedRows(box, rows, order) {
  if (!order) {
    return rows;
  }
  const values = valuesIn(box, Math.abs(order) - 1);
  const different = Array.from(new Set(values.filter((value) => value !== null))).sort((a, b) => compare(a, b, 1));
  const rank = new Map(different.map((value, place) => [value, place]));
  const ranks = values.map((value) => rank.get(value) ?? null);
  return rows.slice().sort((a, b) => compare(ranks[a], ranks[b], Math.sign(order)) || a - b);
}

// A row as the pages have it; links of the index start in the folder of the first page.
function rowHtml(box, row) {
  const { held } = box;
  const { up } = box.element.dataset;
  const [head, ...cells] = held.columns.map((column) => coded(column, row));
  const project = held.of[row] < 0 ? '' : index.projects[held.of[row]].id;
  const own = head.replaceAll('{id}', held.ids[row]).replaceAll('{project}', project);
  const html = [own, ...cells, '</tr>'].join('\n');
  return up ? html.replace(/ href="(?!#|\w+:)/g, ` href="${up}`) : html;
}

function rowsInto(body, box, rows) {
  body.innerHTML = rows.map((row) => rowHtml(box, row)).join('\n');
}

// All rows of the selection as elements, for files; they are on no page.
function selectedElements(box) {
  const body = document.createElement('tbody');
  rowsInto(body, box, box.rows);
  turnRows(box.table, Array.from(body.rows));
  return Array.from(body.rows);
}

// The order and the hundred of a box: those in the address for the first, which is the page's main table.
function readAddress() {
  const [box] = boxes;
  const address = new URLSearchParams(location.search);
  const headings = all('thead th', box.table);
  const place = headings.findIndex((one) => one.dataset.sort && one.dataset.sort === address.get('sortert')) + 1;
  box.order = address.get('retning') === 'ned' ? -place : place;
  box.side = Math.max(1, Math.floor(Number(address.get('side'))) || 1);
}

function windowLink(box, side, text) {
  const link = document.createElement('a');
  const address = new URLSearchParams(location.search);
  address.set('side', side);
  link.className = 'ds-link';
  link.href = `?${address}`;
  link.dataset.side = side;
  link.textContent = text;
  return link;
}

// The pages that a page of many leads to: its neighbours, the ends, and some between (linked_parts in parts.py).
function linkedParts(page, last) {
  const every = Array.from({ length: last }, (_, at) => at + 1);
  const landmarks = new Set(Array.from({ length: 9 }, (_, at) => 1 + Math.floor(((last - 1) * at) / 8)));
  return last <= 12 ? every : every.filter((one) => landmarks.has(one) || Math.abs(one - page) <= 2);
}

function showWindow(box) {
  const { size } = index;
  const last = Math.max(1, Math.ceil(box.rows.length / size));
  const page = Math.min(box.side, last);
  const start = (page - 1) * size;
  rowsInto(box.body, box, box.rows.slice(start, start + size));
  const place = box.element.querySelector('[data-windows]');
  place.replaceChildren();
  if (last > 1) {
    const about = document.createElement('p');
    const end = Math.min(start + size, box.rows.length);
    about.textContent = filled(place.dataset.windows, {
      first: start + 1, last: end, total: writtenNumber(box.rows.length),
    });
    const list = document.createElement('ul');
    const numbers = linkedParts(page, last).map((one) => [one, String(one)]);
    const steps = [[page - 1, place.dataset.previous], ...numbers, [page + 1, place.dataset.next]];
    list.append(...steps.filter(([number]) => number >= 1 && number <= last).map(([number, text]) => {
      const item = document.createElement('li');
      const link = windowLink(box, number, text);
      if (number === page && text === String(number)) {
        link.setAttribute('aria-current', 'page');
      }
      item.append(link);
      return item;
    }));
    place.append(about, list);
  }
}

// The rows that match, in order; without choice and order the page's own rows come back.
function showBox(box, rows, isChosen) {
  const isOwn = !isChosen && box.order === 0 && box.side === 1;
  box.rows = sortedRows(box, rows, box.order);
  if (isOwn) {
    box.body.innerHTML = box.still;
  } else {
    showWindow(box);
  }
  suitRows(box.table, Array.from(box.body.rows));
  box.element.querySelector('[data-pages]').hidden = !isOwn;
  box.element.querySelector('[data-windows]').hidden = isOwn;
  all('thead th[aria-sort]', box.table).forEach((heading, place) => {
    const isIt = place + 1 === Math.abs(box.order);
    heading.setAttribute('aria-sort', !isIt ? 'none' : box.order > 0 ? 'ascending' : 'descending');
  });
}

// Another order or hundred, as a step that the reader can go back from where the address holds it.
function turnTo(box, { order = box.order, side = 1 }) {
  if (box === boxes[0]) {
    const name = order ? all('thead th', box.table)[Math.abs(order) - 1].dataset.sort : '';
    setAddress({ sortert: name, retning: order < 0 ? 'ned' : '', side: side === 1 ? '' : side }, true);
  }
  Object.assign(box, { order, side });
  return show();
}

function sortBox(box, heading, direction) {
  turnTo(box, { order: (all('thead th', box.table).indexOf(heading) + 1) * direction });
}

// A row has an address, on whichever page it is.
async function openPagedTarget() {
  const id = boxes.length && location.hash.length > 1 && decodeURIComponent(location.hash.slice(1));
  if (!id) {
    return;
  }
  if (!document.getElementById(id) && (await indexOrTell())) {
    const box = boxes.find((one) => one.held.ids.includes(id));
    if (!box) {
      return;
    }
    rowsInto(box.body, box, [box.held.ids.indexOf(id)]);
    suitRows(box.table, Array.from(box.body.rows));
    box.element.querySelector('[data-windows]').hidden = true;
  }
  const row = document.getElementById(id);
  if (row && boxOf(row) && row.tagName === 'TR') {
    openRow(row, true);
    row.classList.add('is-target');
    row.scrollIntoView({ block: 'center' });
  }
}

function startPaged() {
  for (const box of boxes) {
    box.element.addEventListener('click', (event) => {
      const step = event.target.closest('[data-side]');
      if (step) {
        event.preventDefault();
        turnTo(box, { side: Number(step.dataset.side) }).then(() => headingOf(box.element).scrollIntoView());
      }
    });
  }
}
