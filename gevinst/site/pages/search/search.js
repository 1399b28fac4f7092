// Searching: what can be found lies in a file beside the page, and is loaded when somebody searches. MiniSearch finds
// and ranks; the address keeps what is searched for.

const KINDS = Object.keys(words.search_kinds);
const [KIND, TITLE, PLACE, ABOUT, BADGE, WORDS, LANGUAGE] = [0, 1, 2, 3, 4, 5, 6];
const FEW = 8; // shown of each kind at first
const MORE = 40;
const SHORTEST = 2; // one letter begins half of all words
const finder = document.querySelector('[data-finder]');
const query = finder.querySelector('input');
const count = document.querySelector('[data-found-count]');
const finds = document.querySelector('[data-finds]');
const lists = document.querySelector('[data-lists]');
const formatted = new Intl.NumberFormat(language === 'en' ? 'en-GB' : 'nb-NO');
let loading = null;

// Without case and accents, so that a keyboard that lacks a letter finds it: oyane finds Øyane.
function fold(word) {
  return word.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/æ/g, 'ae').replace(/ø/g, 'o');
}

function pieces(text) {
  return text.split(/[^\p{L}\p{N}\p{M}-]+/u).map((piece) => piece.replace(/^-+|-+$/g, '')).filter(Boolean);
}

// A word with a hyphen is found with it, without it, and by its parts: e-innsyn, einnsyn, innsyn.
function indexed(text) {
  return pieces(text).flatMap((piece) => (
    piece.includes('-') ? [piece.replace(/-/g, ''), ...piece.split('-').filter(Boolean)] : [piece]
  ));
}

function asked(text) {
  return pieces(text).map((piece) => piece.replace(/-/g, ''));
}

function loadScript(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = address;
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
}

// A large index is in several scripts: the first is enough for hits to show, and the others come one after the other.
async function loadMore(index) {
  for (let number = 2; index.waiting > 0; number += 1) {
    await loadScript(finder.dataset.index.replace('.js', `-${number}.js`));
    const start = index.entries.length;
    index.entries.push(...window.gevinstShard);
    index.engine.addAll(window.gevinstShard.map((row, place) => ({ id: start + place, row })));
    index.waiting -= 1;
    if (!finds.contains(document.activeElement)) { // what a reader has gone on to stays where it is
      search();
    }
  }
}

async function loadIndex() {
  await Promise.all([loadScript(finder.dataset.library), loadScript(finder.dataset.index)]);
  const { entries, marks, more = 0 } = window.gevinstIndex;
  const engine = new window.MiniSearch({
    fields: ['title', 'words', 'about'],
    extractField: (entry, name) => (
      { id: entry.id, title: entry.row[TITLE], words: entry.row[WORDS] || '', about: entry.row[ABOUT] }[name]
    ),
    tokenize: indexed,
    processTerm: fold,
    searchOptions: {
      tokenize: asked,
      processTerm: fold,
      prefix: true,
      combineWith: 'AND',
      boost: { title: 4, words: 2 },
    },
  });
  engine.addAll(entries.map((row, id) => ({ id, row })));
  const index = { engine, entries, marks, waiting: more };
  setTimeout(() => loadMore(index).catch(() => {
    count.textContent = words.search_failed;
  }));
  return index;
}

// The text with a <mark> around each word that was found.
function highlighted(text, terms) {
  const parts = text.split(/([\p{L}\p{N}\p{M}-]+)/u);
  return parts.filter(Boolean).map((part) => {
    if (!indexed(part).some((word) => terms.has(fold(word)))) {
      return part;
    }
    const mark = document.createElement('mark');
    mark.textContent = part;
    return mark;
  });
}

function element(tag, attributes, ...children) {
  const made = Object.assign(document.createElement(tag), attributes);
  made.append(...children);
  return made;
}

function itemOf(found, index) {
  const row = index.entries[found.id];
  const terms = new Set(found.terms);
  const link = element('a', { className: 'ds-link', href: `../${row[PLACE].replace('*', 'index.html')}` },
    ...highlighted(row[TITLE], terms));
  if (row[LANGUAGE]) {
    link.lang = row[LANGUAGE];
  }
  const item = element('li', {}, link);
  if (row[BADGE] !== -1) {
    const [mark, text, isHatched] = index.marks[row[BADGE]];
    const className = mark ? `mark mark-${mark}${isHatched ? ' is-hatched' : ''}` : 'tag';
    item.append(' ', element('span', { className }, text));
  }
  item.append(element('span', { className: 'caption' }, ...highlighted(row[ABOUT], terms)));
  return item;
}

function named(kind, n) {
  return `${formatted.format(n)} ${words.search_kinds[KINDS[kind]][n === 1 ? 'one' : 'other']}`;
}

function groupOf(kind, found, index) {
  const list = element('ul', { className: 'list' }, ...found.slice(0, FEW).map((one) => itemOf(one, index)));
  const heading = element('h2', { id: `funn-${KINDS[kind]}` }, named(kind, found.length));
  const group = element('section', {}, heading, list);
  group.setAttribute('aria-labelledby', heading.id);
  if (found.length > FEW) {
    const label = `${words.search_show_more} ${words.search_kinds[KINDS[kind]].other}`;
    const more = element('button', { type: 'button', className: 'ds-button' }, label);
    more.dataset.variant = 'secondary';
    more.dataset.more = '';
    more.addEventListener('click', () => {
      const shown = list.children.length;
      list.append(...found.slice(shown, shown + MORE).map((one) => itemOf(one, index)));
      more.hidden = list.children.length === found.length;
      list.children[shown].querySelector('a').focus();
    });
    group.append(more);
  }
  return group;
}

// What is spelt as it is written; where nothing is, what is spelt almost so.
function findIn(index, text) {
  const found = index.engine.search(text);
  if (found.length || index.waiting) {
    return { found, isLike: false };
  }
  return { found: index.engine.search(text, { fuzzy: (term) => (term.length > 4 ? 0.2 : false) }), isLike: true };
}

function show({ found, isLike }, index, text) {
  const groups = KINDS.map((_, kind) => found.filter((one) => index.entries[one.id][KIND] === kind));
  const shown = groups.flatMap((group, kind) => (group.length ? [[kind, group]] : []));
  finds.replaceChildren(...shown.map(([kind, group]) => groupOf(kind, group, index)));
  lists.hidden = found.length > 0;
  if (!found.length) {
    count.textContent = index.waiting ? words.search_loading : say('search_nothing', { query: text });
    return;
  }
  const total = say(`search_${isLike ? 'like' : 'found'}_${found.length === 1 ? 'one' : 'other'}`,
    { count: formatted.format(found.length), query: text });
  const told = `${total}: ${shown.map(([kind, group]) => named(kind, group.length)).join(', ')}.`;
  count.textContent = index.waiting ? `${told} ${words.search_loading_more}` : told;
}

function keepQuery(text) {
  const address = new URLSearchParams(location.search);
  if (text) {
    address.set('q', text);
  } else {
    address.delete('q');
  }
  const search = address.toString();
  history.replaceState(null, '', location.pathname + (search ? `?${search}` : '') + location.hash);
  for (const link of all('[data-other-language]')) {
    link.search = location.search;
  }
}

async function search() {
  const text = query.value.trim();
  keepQuery(text);
  if (text.length < SHORTEST) {
    finds.replaceChildren();
    count.textContent = '';
    lists.hidden = false;
    return;
  }
  if (!loading) {
    count.textContent = words.search_loading;
    loading = loadIndex();
  }
  try {
    const index = await loading;
    if (query.value.trim() === text) { // something else may have been written while the index was loading
      show(findIn(index, text), index, text);
    }
  } catch {
    count.textContent = words.search_failed;
    lists.hidden = false;
    loading = null;
  }
}

// Enter goes from the field to the first result, and arrows from one to the next.
function move(event) {
  const places = [query, ...all('a, button:not([hidden])', finds)];
  const here = places.indexOf(document.activeElement);
  const isForward = event.key === 'ArrowDown' || (event.key === 'Enter' && here === 0);
  if (here < 0 || !(isForward || event.key === 'ArrowUp')) {
    return;
  }
  const next = places[here + (isForward ? 1 : -1)];
  if (next) {
    event.preventDefault();
    next.focus();
  }
}

finder.hidden = false;
lists.querySelector('[data-without-script]').hidden = true;
query.value = new URLSearchParams(location.search).get('q') || '';
query.addEventListener('input', search);
query.addEventListener('keydown', move);
finds.addEventListener('keydown', move);
if (query.value) {
  search();
} else {
  query.focus();
}
