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

const words = { ...readJson('file-words'), ...readJson('words') };

function say(name, values) {
  return words[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
}

// The heading of a figure or table as it reads now.
function headingOf(block) {
  return block.querySelector('[data-heading]');
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

// The link to the other language leads to the same selection and the same place on the page, a link between pages with
// one filter to the same selection.
function keepAddress() {
  for (const link of all('a[data-keeps-selection]')) {
    link.search = location.search;
  }
  for (const link of all('[data-other-language]')) {
    link.href = link.dataset.otherLanguage + location.search + location.hash;
  }
}

// A link to something inside a closed <details> opens it first.
function openTarget() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) {
    return;
  }
  for (let box = target.closest('details'); box; box = box.parentElement.closest('details')) {
    box.open = true;
  }
  target.scrollIntoView();
}
