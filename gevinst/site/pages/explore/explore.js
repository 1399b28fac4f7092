// The tables of the edition as a database in the reader's browser: SQL in, a table and a file out. Nothing is sent
// anywhere and nothing is fetched: engine and database come as classic scripts, which a browser loads from disk too.

const given = readJson('explore');
const editor = document.getElementById('sporring');
const statusLine = document.querySelector('[data-status]');
const answerBox = document.querySelector('[data-answer]');
const download = document.querySelector('[data-download]');
const tableBox = document.querySelector('[data-tables]');
const SECONDS = 3;
// More rows would fill the memory of a phone, and nobody reads them: a query narrows them first.
const ROWS_KEPT = 50000;
const ROWS_SHOWN = 500;

// --- the engine: in a worker, so that a query without end can be stopped and the page answers meanwhile ------------

let parts = null;
let worker = null;
let starting = null;
let asked = 0;
const waiting = new Map();

// What runs in the worker, after the source of sql.js; it knows nothing of the page.
function inWorker() {
  let database = null;

  function answer(sql, limit) {
    let found = { columns: [], rows: [], isCut: false };
    for (const statement of database.iterateStatements(sql)) {
      const columns = statement.getColumnNames();
      const rows = [];
      let isCut = false;
      while (!isCut && statement.step()) {
        isCut = rows.length === limit;
        if (!isCut) {
          rows.push(statement.get());
        }
      }
      found = columns.length ? { columns, rows, isCut } : found;
    }
    return found;
  }

  self.onmessage = async ({ data }) => {
    try {
      if (data.wasm) {
        const engine = await initSqlJs({ wasmBinary: data.wasm });
        database = new engine.Database(new Uint8Array(data.database));
        for (const pair of data.about) {
          database.run('insert into about values (?, ?)', pair);
        }
        database.run('pragma query_only = on');
        self.postMessage({ id: data.id, isReady: true });
      } else {
        self.postMessage({ id: data.id, ...answer(data.sql, data.limit) });
      }
    } catch (error) {
      self.postMessage({ id: data.id, error: error.message });
    }
  };
}

function loadScript(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = address;
    script.onload = resolve;
    script.onerror = () => reject(new Error(address));
    document.head.append(script);
  });
}

function unpacked(base64) {
  const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).arrayBuffer();
}

async function fetchParts() {
  await Promise.all([loadScript(given.engine), loadScript(given.database)]);
  const [source, wasm, database] = await Promise.all(
    [window.gevinstEngine.source, window.gevinstEngine.wasm, window.gevinstDatabase].map(unpacked),
  );
  return { source, wasm, database };
}

function send(message) {
  return new Promise((resolve) => {
    asked += 1;
    waiting.set(asked, resolve);
    worker.postMessage({ id: asked, ...message });
  });
}

async function begin() {
  parts = parts ?? (await fetchParts());
  const code = new Blob([parts.source, `\n(${inWorker})();`], { type: 'text/javascript' });
  worker = new Worker(URL.createObjectURL(code));
  worker.onmessage = ({ data }) => {
    waiting.get(data.id)?.(data);
    waiting.delete(data.id);
  };
  const failed = new Promise((resolve, reject) => {
    worker.onerror = () => reject(new Error('worker'));
  });
  const { wasm, database } = parts;
  const answer = await Promise.race([send({ wasm, database, about: given.about }), failed]);
  if (answer.error) {
    throw new Error(answer.error);
  }
}

function started() {
  starting = starting ?? begin();
  return starting;
}

// A worker in a query without end listens to nothing: it is ended, and another begins at once.
function stop() {
  worker.terminate();
  for (const resolve of waiting.values()) {
    resolve({ isStopped: true });
  }
  waiting.clear();
  starting = begin();
}

async function ask(sql) {
  await started();
  const clock = setTimeout(stop, SECONDS * 1000);
  const answer = await send({ sql, limit: ROWS_KEPT });
  clearTimeout(clock);
  return answer;
}

// --- the answer ----------------------------------------------------------------------------------------------------

// Without a thousands separator up to 9999, so that years read as years.
const numbers = new Intl.NumberFormat(language === 'en' ? 'en-GB' : 'nb-NO', { useGrouping: 'min2', maximumFractionDigits: 6 });

function shownNumber(value) {
  return numbers.format(value).replace('-', '\u2212');
}

function element(name, values, ...children) {
  const made = Object.assign(document.createElement(name), values);
  made.append(...children);
  return made;
}

function cellOf(value, isFirst, isNumber) {
  const cell = element(isFirst ? 'th' : 'td', isFirst ? { scope: 'row' } : {});
  if (isNumber) {
    cell.className = 'number';
  }
  if (value === null) {
    cell.append(element('span', { ariaHidden: 'true', textContent: '–' }), element('span', { className: 'ds-sr-only', textContent: words.unknown_value }));
  } else {
    cell.textContent = typeof value === 'number' ? shownNumber(value) : String(value);
  }
  return cell;
}

function tableOf({ columns, rows }, title) {
  const isNumber = columns.map((_, place) => rows.some((row) => row[place] !== null)
    && rows.every((row) => row[place] === null || typeof row[place] === 'number'));
  const heads = columns.map((name, place) => element('th', { scope: 'col', textContent: name, className: isNumber[place] ? 'number' : '' }));
  const lines = rows.slice(0, ROWS_SHOWN).map((row) => element('tr', {}, ...row.map((value, place) => cellOf(value, place === 0, isNumber[place]))));
  return element(
    'table', { className: 'ds-table', id: 'svar-tabell' },
    element('caption', { className: 'ds-sr-only', textContent: title }),
    element('thead', {}, element('tr', {}, ...heads)),
    element('tbody', {}, ...lines),
  );
}

function countOf({ rows, isCut }) {
  const count = shownNumber(rows.length);
  const shown = shownNumber(ROWS_SHOWN);
  if (isCut) {
    return say('rows_cut', { count, shown });
  }
  if (rows.length > ROWS_SHOWN) {
    return say('rows_shown', { count, shown });
  }
  return rows.length > 1 ? say('rows_all', { count }) : rows.length ? words.rows_one : words.rows_none;
}

// The file says which edition it is of and, where so, that its data are invented: it is read without the page.
function fileOf({ columns, rows }) {
  const before = [...(given.note ? [[words.note_column, given.note]] : []), [words.edition_column, given.edition]];
  return csvText([
    [...before.map(([head]) => head), ...columns],
    ...rows.map((row) => [...before.map(([, value]) => value), ...row.map((value) => value ?? '')]),
  ]);
}

function tell(text, isWrong) {
  statusLine.textContent = text;
  editor.toggleAttribute('aria-invalid', Boolean(isWrong));
}

function titleOf(sql) {
  const name = nameOf(sql);
  return name ? given.questions[name].title : words.own_query;
}

function show(answer, sql) {
  answerBox.replaceChildren();
  download.hidden = true;
  if (answer.isStopped) {
    tell(say('took_too_long', { seconds: SECONDS }), true);
  } else if (answer.error) {
    tell(say('wrong', { message: answer.error }), true);
  } else if (!answer.columns.length) {
    tell(words.gives_nothing, true);
  } else {
    const title = titleOf(sql);
    tell(countOf(answer));
    answerBox.setAttribute('aria-label', title);
    answerBox.append(tableOf(answer, title));
    download.hidden = false;
    download.onclick = () => saveFile(given.file, fileOf(answer), 'text/csv;charset=utf-8');
  }
}

// --- the query and its address -------------------------------------------------------------------------------------

let runs = 0;

async function run() {
  const sql = editor.value.trim();
  if (!sql) {
    tell(words.empty, true);
    return;
  }
  runs += 1;
  const mine = runs;
  tell(worker ? words.running : words.loading);
  markChosen(sql);
  try {
    const answer = await ask(sql);
    if (mine === runs) {
      show(answer, sql);
    }
  } catch (error) {
    tell(words.unsupported, true);
  }
}

function nameOf(sql) {
  return Object.keys(given.questions).find((name) => given.questions[name].sql === sql);
}

function markChosen(sql) {
  const name = nameOf(sql);
  for (const link of all('[data-question]')) {
    if (link.dataset.question === name) {
      link.setAttribute('aria-current', 'true');
    } else {
      link.removeAttribute('aria-current');
    }
  }
}

function writeAddress(isNewStep) {
  const sql = editor.value.trim();
  const name = nameOf(sql);
  const query = new URLSearchParams(name ? { sporsmal: name } : { sql }).toString();
  if (location.search !== `?${query}`) {
    history[isNewStep ? 'pushState' : 'replaceState'](null, '', `${location.pathname}?${query}`);
  }
  keepAddress();
}

function runAsWritten() {
  writeAddress(true);
  run();
}

// Runs what the address asks for; without a question in it, the first one waits in the editor.
function readAddress() {
  const address = new URLSearchParams(location.search);
  const asks = given.questions[address.get('sporsmal')];
  editor.value = asks ? asks.sql : address.get('sql') ?? Object.values(given.questions)[0].sql;
  if (asks || address.get('sql')) {
    run();
  } else {
    markChosen(editor.value);
  }
}

// --- what there is to ask of ---------------------------------------------------------------------------------------

function insert(name) {
  editor.setRangeText(name, editor.selectionStart, editor.selectionEnd, 'end');
  editor.focus();
}

function insertButton(name) {
  const button = element('button', { type: 'button', className: 'ds-link', textContent: name, ariaLabel: say('insert', { name }) });
  button.addEventListener('click', () => insert(name));
  return button;
}

async function showColumns(box, name) {
  const sql = `select column_name, description_${language} from columns where table_name = '${name}' order by position`;
  const { rows = [] } = await ask(sql);
  box.append(element('dl', {}, ...rows.map(([column, meaning]) => (
    element('div', {}, element('dt', {}, insertButton(column)), element('dd', { textContent: meaning }))
  ))));
}

function tableEntry([name, title, grain, count]) {
  const box = element(
    'details', {},
    element('summary', {}, element('span', { textContent: title }), ' ', element('code', { textContent: name })),
    element('p', {}, insertButton(name), `. ${grain} ${say('table_rows', { count: shownNumber(count) })}.`),
  );
  box.addEventListener('toggle', () => showColumns(box, name), { once: true });
  return element('li', {}, box);
}

function findTables(wanted) {
  let count = 0;
  for (const entry of all('li', tableBox)) {
    entry.hidden = !entry.querySelector('summary').textContent.toLowerCase().includes(wanted.trim().toLowerCase());
    count += entry.hidden ? 0 : 1;
  }
  document.querySelector('[data-found]').textContent = say('tables_shown', { count });
}

async function showTables(event) {
  const button = event.currentTarget;
  button.textContent = words.loading;
  try {
    const { rows } = await ask(`select table_name, title_${language}, grain_${language}, row_count from tables order by position`);
    tableBox.append(...rows.map(tableEntry));
    const field = document.querySelector('[data-find]');
    field.hidden = false;
    findTables('');
    field.querySelector('input').addEventListener('input', ({ target }) => findTables(target.value));
    field.querySelector('input').focus();
    button.remove();
  } catch (error) {
    button.textContent = words.unsupported;
  }
}

for (const link of all('[data-question]')) {
  link.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    editor.value = given.questions[link.dataset.question].sql;
    runAsWritten();
    editor.closest('section').scrollIntoView(); // the answer would come out of sight
  });
}
document.querySelector('[data-run]').addEventListener('click', runAsWritten);
editor.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    runAsWritten();
  }
});
const copy = document.querySelector('[data-copy]');
copy.addEventListener('click', () => writeAddress(false)); // before it is copied
copiesLink(copy, document.querySelector('[data-copied]'));
document.querySelector('[data-show-tables]').addEventListener('click', showTables);
window.addEventListener('popstate', readAddress);
readAddress();
