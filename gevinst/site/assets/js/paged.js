// Long tables (gevinst.site.paging): the page has a hundred rows, and an index beside it all of them. It is loaded when a
// reader chooses, searches, sorts or saves, and then the rows that match are shown, a hundred at a time. The address
// holds the choices, the column sorted by and which hundred is shown; other scripts hear of each selection.

const box = document.querySelector('[data-paged]');
const pagedForm = document.querySelector('[data-paged-filter]');
const PAGED = 'gevinst:selection';
const SHOWN_ON_CARD = 3; // cells, as tables.css has it
const found = { rows: null, all: null, sorts: [], texts: null, still: null };
let loading = null;

function isPaged(table) {
  return box !== null && box.contains(table);
}

// The index is a script, since a page from disk may load nothing else.
function loadIndex() {
  loading = loading || new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = box.dataset.rows;
    script.onload = () => resolve(window.gevinstRows);
    script.onerror = reject;
    document.head.append(script);
  }).then((index) => {
    found.all = index.ids.map((_, row) => row);
    return index;
  });
  return loading;
}

function pagedControls() {
  return pagedForm ? Array.from(pagedForm.elements).filter((one) => one.name) : [];
}

// What is chosen, by name; `prefix` is that of choices that stand apart and select no rows here.
function pagedChoices(prefix) {
  const chosen = {};
  for (const control of pagedControls()) {
    const value = control.value.trim();
    if (value && (prefix ? control.name.startsWith(prefix) : !('apart' in control.dataset))) {
      chosen[control.name.slice(prefix.length)] = value;
    }
  }
  return chosen;
}

function coded(column, row) {
  return column.values[column.at[row]];
}

// Tags go, and what is written for the sake of HTML is read.
function plainText(html) {
  const names = { amp: '&', lt: '<', gt: '>', '#39': "'", '#34': '"', quot: '"' };
  return html.replace(/<[^>]*>/g, ' ').replace(/&(#?\w+);/g, (whole, name) => names[name] ?? whole);
}

// What a search looks in: all that the row shows, and the names that its project is found by.
function searchedTexts(index) {
  if (!found.texts) {
    const columns = index.columns.slice(1).map(({ values, at }) => {
      const texts = values.map((html) => plainText(html).toLocaleLowerCase(language));
      return at.map((place) => texts[place]);
    });
    found.texts = found.all.map((row) => (
      `${columns.map((column) => column[row]).join(' ')} ${index.projects[index.of[row]].sok}`
    ));
  }
  return found.texts;
}

function has(codes, code) {
  return codes === code || ` ${codes} `.includes(` ${code} `);
}

// The rows that match what is chosen, in the order of the pages.
function matchingRows(index, chosen) {
  const words = (chosen.sok || '').toLocaleLowerCase(language).split(/\s+/).filter(Boolean);
  const texts = words.length ? searchedTexts(index) : [];
  const facets = Object.entries(chosen).filter(([name]) => name in index.facets);
  const ofProject = Object.entries(chosen).filter(([name]) => name !== 'sok' && !(name in index.facets));
  const isIn = index.projects.map((project) => ofProject.every(([name, value]) => has(project[name] || '', value)));
  const fits = facets.map(([name, value]) => {
    const { values, at } = index.facets[name];
    const ok = values.map((codes) => has(codes, value));
    return (row) => ok[at[row]];
  });
  return found.all.filter((row) => (
    isIn[index.of[row]] && fits.every((fit) => fit(row)) && words.every((word) => texts[row].includes(word))
  ));
}

// The values of a column, ranked: equal ones share a rank, and what is unknown has none.
function ranksOf(index, place) {
  if (!found.sorts[place]) {
    const { values, at } = index.columns[place + 1];
    const holder = document.createElement('template');
    holder.innerHTML = `<table><tbody>${values.map((cell) => `<tr>${cell}</tr>`).join('')}</tbody></table>`;
    const read = all('tr', holder.content).map((row) => valueOf(row.cells[0]));
    const different = Array.from(new Set(read.filter((value) => value !== null))).sort((a, b) => compare(a, b, 1));
    const rank = new Map(different.map((value, order) => [value, order]));
    const ranks = read.map((value) => rank.get(value) ?? null);
    found.sorts[place] = at.map((cell) => ranks[cell]);
  }
  return found.sorts[place];
}

function sortedRows(index, rows, order) {
  if (!order) {
    return rows;
  }
  const ranks = ranksOf(index, Math.abs(order) - 1);
  return rows.slice().sort((a, b) => compare(ranks[a], ranks[b], Math.sign(order)) || a - b);
}

// A row as the pages have it; links of the index start in the folder of the first page.
function rowHtml(index, row) {
  const [head, ...cells] = index.columns.map((column) => coded(column, row));
  const own = head.replaceAll('{id}', index.ids[row]).replaceAll('{project}', index.projects[index.of[row]].id);
  const html = [own, ...cells, '</tr>'].join('\n');
  return box.dataset.up ? html.replace(/ href="(?!#|\w+:)/g, ` href="${box.dataset.up}`) : html;
}

function rowsInto(body, index, rows) {
  body.innerHTML = rows.map((row) => rowHtml(index, row)).join('\n');
}

// All rows of the selection as elements, for files; they are on no page.
function selectedElements() {
  const body = document.createElement('tbody');
  rowsInto(body, found.index, found.rows || found.all);
  return Array.from(body.rows);
}

// Which column the rows are in the order of, with a minus where it falls, and which hundred is shown.
function pagedAddress() {
  const address = new URLSearchParams(location.search);
  const place = all('thead th', box).findIndex((one) => one.dataset.sort && one.dataset.sort === address.get('sortert')) + 1;
  const side = Math.max(1, Math.floor(Number(address.get('side'))) || 1);
  return { order: address.get('retning') === 'ned' ? -place : place, side };
}

function showWindow(index, side) {
  const size = index.size;
  const last = Math.max(1, Math.ceil(found.rows.length / size));
  const page = Math.min(side, last);
  const start = (page - 1) * size;
  rowsInto(box.querySelector('tbody'), index, found.rows.slice(start, start + size));
  const place = box.querySelector('[data-windows]');
  place.replaceChildren();
  if (last > 1) {
    const about = document.createElement('p');
    const end = Math.min(start + size, found.rows.length);
    about.textContent = say('rows', { first: start + 1, last: end, total: writtenNumber(found.rows.length) });
    const list = document.createElement('ul');
    const numbers = Array.from({ length: last }, (_, at) => [at + 1, String(at + 1)]);
    const steps = [[page - 1, words.previous], ...numbers, [page + 1, words.next]];
    list.append(...steps.filter(([number]) => number >= 1 && number <= last).map(([number, text]) => {
      const item = document.createElement('li');
      const link = document.createElement('a');
      const address = new URLSearchParams(location.search);
      address.set('side', number);
      link.className = 'ds-link';
      link.href = `?${address}`;
      link.dataset.side = number;
      link.textContent = text;
      if (number === page && text === String(number)) {
        link.setAttribute('aria-current', 'page');
      }
      item.append(link);
      return item;
    }));
    place.append(about, list);
  }
}

function tellSelection(index, isChosen) {
  const shown = say('shown_rows', { shown: writtenNumber(found.rows.length), total: writtenNumber(found.all.length) });
  pagedForm.querySelector('[data-status]').textContent = found.rows.length ? shown : `${shown}. ${words.no_rows}`;
  const described = pagedControls().filter((one) => one.value.trim() && !('apart' in one.dataset)).map((one) => (
    `${one.labels[0].textContent}: ${one.tagName === 'SELECT' ? one.selectedOptions[0].textContent : one.value.trim()}`
  ));
  for (const line of all('[data-shown]', box)) {
    line.textContent = `${shown} (${described.join('; ')})`; // paper and files do not show the form
  }
  document.body.classList.toggle('is-filtered', isChosen);
  document.body.classList.toggle('is-empty', found.rows.length === 0);
}

// Shows what the address says. Without choice and order the page's own rows come back.
async function showPaged() {
  const chosen = pagedChoices('');
  const { order, side } = pagedAddress();
  const isChosen = Object.keys(chosen).length > 0;
  const isWanted = isChosen || order !== 0 || Object.keys(pagedChoices('b_')).length > 0;
  markOrder(order);
  if (!isWanted && !found.index) {
    return;
  }
  const index = await indexOrTell();
  if (!index) {
    return;
  }
  found.rows = sortedRows(index, matchingRows(index, chosen), order);
  const isOwn = !isChosen && order === 0;
  if (isOwn) {
    box.querySelector('tbody').innerHTML = found.still;
  } else {
    showWindow(index, side);
  }
  box.querySelector('[data-pages]').hidden = !isOwn;
  box.querySelector('[data-windows]').hidden = isOwn;
  tellSelection(index, isChosen);
  keepAddress();
  const detail = { index, rows: found.rows, isChosen, match: (other) => matchingRows(index, other), choices: pagedChoices };
  document.dispatchEvent(new CustomEvent(PAGED, { detail }));
  suitCards();
}

async function indexOrTell() {
  try {
    found.index = await loadIndex();
  } catch (error) {
    box.querySelector('[data-unloaded]').hidden = false;
  }
  return found.index;
}

function markOrder(order) {
  all('thead th[aria-sort]', box).forEach((heading, place) => {
    const isIt = place + 1 === Math.abs(order);
    heading.setAttribute('aria-sort', !isIt ? 'none' : order > 0 ? 'ascending' : 'descending');
  });
}

function goTo(changed, isNewStep) {
  setAddress(changed, isNewStep);
  return showPaged();
}

function choosePaged(isNewStep) {
  const values = Object.fromEntries(pagedControls().map((one) => [one.name, one.value.trim()]));
  goTo({ ...values, side: '' }, isNewStep);
}

// The form as the address says; an address may be old or mistyped.
function pagedFromAddress() {
  const address = new URLSearchParams(location.search);
  for (const control of pagedControls()) {
    const value = address.get(control.name) || '';
    const isKnown = control.tagName !== 'SELECT' || all('option', control).some((one) => one.value === value);
    control.value = isKnown ? value : '';
  }
  for (const details of all('details', pagedForm || box)) {
    const isUsed = all('select', details).some((one) => one.value);
    details.open = isUsed || (details.open && !(onPhone.matches && 'foldsOnPhone' in details.dataset));
  }
}

// On a phone a row is a card whose first lines are enough to know it; a button opens the rest.
function suitCards() {
  for (const row of onPhone.matches ? all('tbody tr', box) : []) {
    const last = row.cells[SHOWN_ON_CARD - 1];
    if (!last.querySelector('[data-more]')) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'ds-link more';
      button.dataset.more = '';
      button.textContent = words.more;
      button.setAttribute('aria-expanded', 'false');
      last.append(button);
    }
  }
}

function openCard(row, isOpen) {
  row.classList.toggle('is-open', isOpen);
  const button = row.querySelector('[data-more]');
  if (button) {
    button.setAttribute('aria-expanded', String(isOpen));
    button.textContent = isOpen ? words.less : words.more;
  }
}

// A row has an address, on whichever page it is.
async function openPagedTarget() {
  const id = box && location.hash.length > 1 && decodeURIComponent(location.hash.slice(1));
  if (!id) {
    return;
  }
  let row = document.getElementById(id);
  if (!row) {
    const index = await indexOrTell();
    const place = index ? index.ids.indexOf(id) : -1;
    if (place < 0) {
      return;
    }
    rowsInto(box.querySelector('tbody'), index, [place]);
    row = document.getElementById(id);
    box.querySelector('[data-windows]').hidden = true;
    suitCards();
  }
  if (isPaged(row)) {
    openCard(row, true);
    row.classList.add('is-target');
    row.scrollIntoView({ block: 'center' });
  }
}

async function copyPagedAddress() {
  const said = pagedForm.querySelector('[data-copied]');
  try {
    await navigator.clipboard.writeText(location.href);
    said.textContent = words.link_copied;
  } catch (error) {
    said.textContent = location.href; // the reader can still mark and copy it
  }
}

function startPaged() {
  if (!box) {
    return;
  }
  found.still = box.querySelector('tbody').innerHTML;
  pagedFromAddress();
  for (const control of pagedControls()) {
    const isText = control.tagName !== 'SELECT';
    control.addEventListener(isText ? 'input' : 'change', () => choosePaged(!isText));
  }
  if (pagedForm) {
    pagedForm.addEventListener('submit', (event) => event.preventDefault());
    pagedForm.addEventListener('reset', () => setTimeout(() => choosePaged(true)));
    pagedForm.querySelector('[data-copy]').addEventListener('click', copyPagedAddress);
  }
  box.addEventListener('click', (event) => {
    const more = event.target.closest('[data-more]');
    const step = event.target.closest('[data-side]');
    if (more) {
      openCard(more.closest('tr'), more.getAttribute('aria-expanded') !== 'true');
    } else if (step) {
      event.preventDefault();
      goTo({ side: step.dataset.side }, true).then(() => box.querySelector('[data-heading]').scrollIntoView());
    }
  });
  window.addEventListener('popstate', () => {
    pagedFromAddress();
    showPaged();
  });
  onPhone.addEventListener('change', suitCards);
  suitCards();
  showPaged().then(openPagedTarget);
}
