// Tables: sorting by a column, and the rows on show as they go into files.

const collator = new Intl.Collator(language, { numeric: true, sensitivity: 'base' });

function valueOf(cell) {
  if (cell.dataset.csv === '') {
    return null;
  }
  if ('value' in cell.dataset) {
    const text = cell.dataset.value;
    return text === '' ? null : isNaN(text) ? text : Number(text);
  }
  return numberIn(cell) ?? (cell.textContent.trim() || null);
}

function compare(a, b, direction) {
  if (a === null || b === null) {
    return (a === null) - (b === null); // unknown is last, whichever way one sorts
  }
  const order = typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(a, b);
  return order * direction;
}

function sortBy(heading, direction) {
  const table = heading.closest('table');
  const body = table.tBodies[0];
  const rows = Array.from(body.rows, (row) => [valueOf(row.cells[heading.cellIndex]), row]);
  rows.sort(([a], [b]) => compare(a, b, direction));
  body.append(...rows.map(([, row]) => row));
  sayOrder(table, heading, direction);
}

function sayOrder(table, heading, direction) {
  for (const other of all('th[aria-sort]', table)) {
    other.setAttribute('aria-sort', 'none');
  }
  if (heading) {
    heading.setAttribute('aria-sort', direction === 1 ? 'ascending' : 'descending');
  }
}

// The order of the page's main table stands in its address, by the name of a column and, where it falls, its direction.
function sortAsAsked(heading) {
  const direction = heading.getAttribute('aria-sort') === 'ascending' ? -1 : 1;
  const table = heading.closest('table');
  const box = boxOf(table);
  if (box) {
    sortBox(box, heading, direction);
    return;
  }
  sortBy(heading, direction);
  if (table.matches('[data-master]')) {
    setAddress({ sortert: heading.dataset.sort, retning: direction === 1 ? '' : 'ned' }, true);
  }
}

const orders = new Map(); // the rows of each main table as they came with the page

function sortFromAddress() {
  const address = new URLSearchParams(location.search);
  const direction = address.get('retning') === 'ned' ? -1 : 1;
  for (const table of all('table[data-master]').filter((one) => !boxOf(one))) {
    if (!orders.has(table)) {
      orders.set(table, Array.from(table.tBodies[0].rows));
    }
    table.tBodies[0].append(...orders.get(table));
    const heading = all('th[data-sort]', table).find((one) => one.dataset.sort === address.get('sortert'));
    if (heading) {
      sortBy(heading, direction);
    } else {
      sayOrder(table);
    }
  }
}

// The number that a cell shows: what it says of itself, or what its text reads as in the page's language. The server
// leaves out what this finds (gevinst.site.addressing.cell_value).
function numberIn(cell) {
  if (!cell.classList.contains('number')) {
    return null;
  }
  const shown = spokenText(cell).trim().replace('\u2212', '-');
  const plain = language === 'en' ? shown.replace(/,/g, '') : shown.replace(/\u00a0/g, '').replace(',', '.');
  const text = cell.dataset.value || plain;
  return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : null;
}

// What a cell says to those who listen, without the small print below it.
function spokenText(cell) {
  const copy = cell.cloneNode(true);
  all('[aria-hidden=true], .note, .source, .more, .open-card', copy).forEach((part) => part.remove());
  return copy.textContent;
}

// What a cell holds in a file: a number, or a text.
function fileValue(cell) {
  const number = 'csv' in cell.dataset ? null : numberIn(cell);
  return number === null ? (cell.dataset.csv ?? spokenText(cell)).replace(/\s+/g, ' ').trim() : number;
}

// The rows on show; of a long table all that are selected, on whichever page they are.
function shownRows(table) {
  const box = boxOf(table);
  return box ? selectedElements(box) : all('tbody tr', table).filter((row) => !row.hidden);
}

// The headings and the rows on show. Invented rows say so in a column of their own wherever the file goes.
function rowsOf(table) {
  const note = table.dataset.note;
  const heading = Array.from(table.tHead.rows[0].cells, (cell) => cell.textContent.replace(/\s+/g, ' ').trim());
  const rows = shownRows(table).map((row) => Array.from(row.cells, fileValue));
  return [heading, ...rows].map((row, index) => (note ? [index ? note : words.note_column, ...row] : row));
}

// What must be known to read a file without the page: one pair of label and text per line.
function notesOn(table) {
  const block = table.closest('.block');
  const shown = isFiltered() && block.querySelector('[data-shown]');
  return [
    [words.file_title, headingOf(block).innerText],
    [words.file_content, block.querySelector('.caption').textContent],
    [words.file_selection, shown ? shown.textContent : words.file_all_rows],
    [words.file_rows, shownRows(table).length],
    [words.file_source, block.querySelector('.source-line').textContent],
    [words.file_edition, words.file_edition_text],
    ...(warnings() ? [[words.file_note, warnings()]] : []),
  ].map(([label, text]) => [label, typeof text === 'number' ? text : text.replace(/\s+/g, ' ').trim()]);
}

function startTables() {
  for (const button of all('th[aria-sort] button')) {
    button.addEventListener('click', () => sortAsAsked(button.closest('th')));
  }
  sortFromAddress();
  window.addEventListener('popstate', sortFromAddress);
  for (const button of all('[data-csv-of]')) {
    button.addEventListener('click', () => (
      saveTable(button.dataset.csvOf, 'csv', (table) => csvText(rowsOf(table)), 'text/csv;charset=utf-8')
    ));
  }
  for (const button of all('[data-xlsx-of]')) {
    button.addEventListener('click', () => saveTable(button.dataset.xlsxOf, 'xlsx', xlsxOf));
  }
}

async function saveTable(id, ending, made, type) {
  const table = document.getElementById(id);
  if (!boxOf(table) || (await indexOrTell())) {
    saveFile(fileName(id, ending), made(table), type);
  }
}
