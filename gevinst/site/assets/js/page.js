// Small things that the other parts share, and what every page does.

const language = document.documentElement.lang;
const onPhone = window.matchMedia('(max-width: 43rem)');

function all(selector, within) {
  return Array.from((within || document).querySelectorAll(selector));
}

// Data that the page carries for its scripts: <script type="application/json" id="...">.
function readJson(id) {
  const element = document.getElementById(id);
  return element ? JSON.parse(element.textContent) : null;
}

// `sharedWords` is written before this by gevinst/site/bundle.py.
const words = { ...sharedWords[language], ...readJson('file-words'), ...readJson('words') };

function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
}

function say(name, values) {
  return filled(words[name], values);
}

function writtenNumber(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, language === 'en' ? ',' : '\u00a0');
}

// The heading of a figure or table as it reads now.
function headingOf(block) {
  return block.querySelector('[data-heading]');
}

// Files are named after the edition and what is in them.
function fileName(id, ending) {
  return `gevinst-${words.edition}-${id}.${ending}`;
}

// What the banners of the page say, without the way on.
function warnings() {
  return all('.banner:not(.reading) > p').map((text) => {
    const copy = text.cloneNode(true);
    all('a', copy).forEach((link) => link.remove());
    return copy.textContent.replace(/\s+/g, ' ').trim();
  }).join(' ');
}

function isFiltered() {
  return document.body.classList.contains('is-filtered');
}

function saveFile(name, content, type) {
  const link = document.createElement('a');
  link.download = name;
  link.href = typeof content === 'string' && content.startsWith('data:')
    ? content
    : URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  document.body.append(link);
  link.click();
  link.remove();
  if (link.href.startsWith('blob:')) {
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }
}

// The link to the other language leads to the same selection and the same place on the page; links between pages, and
// those from the rows of projects, to the same selection.
function keepAddress() {
  for (const link of all('.menu a, a[data-keeps-selection], tr[data-project] a[href]')) {
    if (!link.closest('tr') || (link.protocol === location.protocol && link.host === location.host)) {
      link.search = location.search;
    }
  }
  for (const link of all('[data-other-language]')) {
    link.search = location.search;
    link.hash = location.hash;
  }
}

// Puts values into the address, or takes out those that are empty; as a step that the reader can go back from, or not.
function setAddress(values, isNewStep) {
  const address = new URLSearchParams(location.search);
  for (const name of Object.keys(values)) {
    if (values[name]) {
      address.set(name, values[name]);
    } else {
      address.delete(name);
    }
  }
  const query = address.toString();
  const target = location.pathname + (query ? `?${query}` : '') + location.hash;
  history[isNewStep ? 'pushState' : 'replaceState'](null, '', target);
  keepAddress();
}

// A link to something inside a closed <details>, or in a view that is not chosen, opens it first.
function openTarget() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) {
    return;
  }
  openView(target);
  for (let box = target.closest('details'); box; box = box.parentElement.closest('details')) {
    box.open = true;
  }
  target.scrollIntoView();
}

// A button that copies the address, and what is said of it.
function copiesLink(button, said) {
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      said.textContent = words.link_copied;
    } catch (error) {
      said.textContent = location.href; // the reader can still mark and copy it
    }
  });
}
