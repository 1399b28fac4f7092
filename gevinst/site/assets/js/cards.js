// Tables on a phone: a row becomes a card with the name on top, the columns that matter most below it, each with its
// heading, and a button that opens the rest. Made here and not on the server, which would have to write every heading into
// every row; without scripts, and where a table has few columns or squares, it scrolls to the side and shows that it does.

const FIELDS_KEPT = 4; // of a table that does not say which columns matter most

function isKept(headings) {
  const chosen = headings.map((heading) => 'kept' in heading.dataset);
  const first = headings.length <= FIELDS_KEPT + 2 ? headings.length : FIELDS_KEPT;
  return (index) => index === 0 || (chosen.includes(true) ? chosen[index] : index <= first);
}

function becomesCards(table) {
  return !table.classList.contains('tiles') && table.tHead && table.tHead.rows[0].cells.length > 2 && table.tBodies[0].rows.length > 0;
}

// A table whose rows are laid out as blocks is no table to those who listen, unless it says so itself.
function sayRoles(table, rows) {
  table.setAttribute('role', 'table');
  for (const group of [table.tHead, ...table.tBodies, table.tFoot].filter(Boolean)) {
    group.setAttribute('role', 'rowgroup');
  }
  for (const row of rows) {
    row.setAttribute('role', 'row');
    for (const cell of row.cells) {
      cell.setAttribute('role', cell.tagName === 'TD' ? 'cell' : cell.scope === 'col' ? 'columnheader' : 'rowheader');
    }
  }
}

function openRow(row, isOpen) {
  const button = row.querySelector('.open-card');
  row.classList.toggle('is-open', isOpen);
  if (button) {
    button.setAttribute('aria-expanded', isOpen);
    button.textContent = isOpen ? words.show_less : words.show_more;
  }
}

// The name of the button begins with its words and ends with the row's: one of many with the same words.
function addButton(row) {
  const head = row.cells[0];
  const button = document.createElement('button');
  const name = document.createElement('span');
  button.type = 'button';
  button.className = 'ds-link open-card';
  button.textContent = words.show_more;
  name.id = `${row.closest('table').id}-${row.rowIndex}`;
  name.className = 'card-name';
  name.append(...head.childNodes);
  head.append(name, button);
  button.id = `${name.id}-more`;
  button.setAttribute('aria-labelledby', `${button.id} ${name.id}`);
  button.setAttribute('aria-expanded', 'false');
  button.addEventListener('click', () => openRow(row, !row.classList.contains('is-open')));
}

function makeCards(table, rows) {
  const headings = Array.from(table.tHead.rows[0].cells);
  const keeps = isKept(headings);
  for (const row of rows) {
    let isMore = false;
    Array.from(row.cells).forEach((cell, index) => {
      cell.dataset.label = headings[index].textContent.trim();
      const isEmpty = cell.textContent.trim() === '';
      const spoken = cell.querySelector('.ds-sr-only');
      cell.classList.toggle('is-empty', isEmpty);
      // Beside others an empty cell is read as unknown; below a heading of its own it says so.
      cell.classList.toggle('is-said', Boolean(spoken) && cell.textContent.trim() === spoken.textContent.trim());
      cell.classList.toggle('is-more', !isEmpty && !keeps(index));
      cell.classList.toggle('is-wide', headings[index].classList.contains('wide-text'));
      isMore = isMore || cell.classList.contains('is-more');
    });
    if (isMore) {
      addButton(row);
    }
  }
}

function becomeCards(table) {
  const groups = [...table.tBodies, table.tFoot].filter(Boolean);
  makeCards(table, groups.flatMap((group) => Array.from(group.rows)));
  sayRoles(table, table.rows);
  table.classList.add('cards');
  addSorting(table, Array.from(table.tHead.rows[0].cells));
}

// Cards have no headings to press: a list of them takes their place. Numbers and years begin with the largest and newest.
function addSorting(table, headings) {
  const buttons = headings.map((heading) => heading.querySelector('button')).filter(Boolean);
  if (!buttons.length || table.tBodies[0].rows.length < 4) {
    return;
  }
  const label = document.createElement('label');
  const list = document.createElement('select');
  label.className = 'ds-label sort-cards';
  list.className = 'ds-input';
  label.append(words.sort_by, list);
  list.append(new Option('–', ''), ...buttons.map((button, index) => new Option(button.textContent.trim(), index)));
  list.addEventListener('change', () => {
    const button = buttons[list.value];
    if (button) {
      const heading = button.closest('th');
      // Pressing a heading that is in order turns the order.
      heading.setAttribute('aria-sort', heading.classList.contains('number') ? 'ascending' : 'none');
      button.click();
    }
  });
  table.parentElement.before(label);
}

let isTurned = false;

// Years run from the oldest to the newest; a phone shows the first columns first, so there the newest come first.
function turnYears(rows) {
  for (const row of rows) {
    row.append(...Array.from(row.cells).slice(1).reverse());
  }
}

function turnRows(table, rows) {
  if (isTurned && 'newestLast' in table.dataset) {
    turnYears(rows);
  }
}

// Rows that come later look as those that came with the page.
function suitRows(table, rows) {
  if (table.classList.contains('cards')) {
    makeCards(table, rows);
    sayRoles(table, rows);
  }
  turnRows(table, rows);
}

// Fades the edge beyond which a table goes on, for as long as it does.
function showWhereItGoesOn(frame) {
  const left = frame.scrollWidth - frame.clientWidth - frame.scrollLeft;
  frame.classList.toggle('goes-on', left > 4);
}

function startCards() {
  let isMade = false;
  const suit = () => {
    if (onPhone.matches && !isMade) {
      isMade = true;
      all('.scroll > table').filter(becomesCards).forEach(becomeCards);
    }
    if (onPhone.matches !== isTurned) {
      isTurned = onPhone.matches;
      all('[data-newest-last]').forEach((table) => turnYears(table.rows));
    }
  };
  suit();
  onPhone.addEventListener('change', suit);
  const sizes = new ResizeObserver((entries) => entries.forEach(({ target }) => showWhereItGoesOn(target)));
  for (const frame of all('.scroll')) {
    frame.addEventListener('scroll', () => showWhereItGoesOn(frame), { passive: true });
    sizes.observe(frame);
  }
}
