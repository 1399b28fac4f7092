// Tables: sorting by a column, and the rows on show as a file.

const collator = new Intl.Collator(language, { numeric: true, sensitivity: 'base' });

function cellValue(row, index) {
  const cell = row.cells[index];
  if ('value' in cell.dataset) {
    const text = cell.dataset.value;
    return text === '' ? null : isNaN(text) ? text : Number(text);
  }
  return cell.textContent.trim() || null;
}

function compare(a, b, direction) {
  if (a === null || b === null) {
    return (a === null) - (b === null); // unknown stands last, whichever way one sorts
  }
  const order = typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(a, b);
  return order * direction;
}

function sortBy(heading) {
  const table = heading.closest('table');
  const direction = heading.getAttribute('aria-sort') === 'ascending' ? -1 : 1;
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  rows.sort((a, b) => compare(cellValue(a, heading.cellIndex), cellValue(b, heading.cellIndex), direction));
  body.append(...rows);
  for (const other of all('th[aria-sort]', table)) {
    other.setAttribute('aria-sort', 'none');
  }
  heading.setAttribute('aria-sort', direction === 1 ? 'ascending' : 'descending');
}

// Semicolon and comma as decimal mark in Norwegian, comma and point in English. A text that a spreadsheet would take
// for a formula gets an apostrophe in front.
function csvField(text, number) {
  if (number !== null) {
    return language === 'en' ? String(number) : String(number).replace('.', ',');
  }
  const plain = text.replace(/\s+/g, ' ').trim();
  const safe = /^[=+\-@]/.test(plain) ? `'${plain}` : plain;
  return /[";,\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

function csvCell(cell) {
  if ('csv' in cell.dataset) {
    return csvField(cell.dataset.csv, null);
  }
  const value = cell.dataset.value;
  const isNumber = cell.classList.contains('number') && value && !isNaN(value);
  return csvField(cell.textContent, isNumber ? Number(value) : null);
}

function csvOf(table) {
  const note = table.dataset.note; // marks invented rows wherever the file goes
  const heading = Array.from(table.tHead.rows[0].cells, (cell) => csvField(cell.textContent, null));
  const rows = all('tbody tr', table).filter((row) => !row.hidden).map((row) => Array.from(row.cells, csvCell));
  const lines = [heading, ...rows].map((line, index) => (note ? [index ? csvField(note, null) : ''] : []).concat(line));
  const separator = language === 'en' ? ',' : ';';
  return '\uFEFF' + lines.map((line) => line.join(separator)).join('\r\n') + '\r\n';
}

// On a phone a table stands in the figure's place, and the newest years of the tiles are what one wants first.
function suitPhone() {
  for (const box of all('[data-open-on-phone]')) {
    box.open = onPhone.matches;
  }
  for (const table of all('[data-newest-last]')) {
    table.parentElement.scrollLeft = onPhone.matches ? table.scrollWidth : 0;
  }
}

function startTables() {
  suitPhone();
  onPhone.addEventListener('change', suitPhone);
  for (const button of all('th[aria-sort] button')) {
    button.addEventListener('click', () => sortBy(button.closest('th')));
  }
  for (const button of all('[data-csv-of]')) {
    button.addEventListener('click', () => {
      saveFile(button.dataset.file, csvOf(document.getElementById(button.dataset.csvOf)), 'text/csv;charset=utf-8');
    });
  }
}
