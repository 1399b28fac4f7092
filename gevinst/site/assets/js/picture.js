// Pictures: a figure as a file that travels without its page. It carries its finding, caption, selection, legend and source,
// and is made from the drawing that is there already; only a selection of rows is drawn anew.

const SVG = 'http://www.w3.org/2000/svg';
// Files are drawn with the fonts of the reader's machine, which may be wider than the page's own: `aside` is room for that.
const FILE = { font: "Inter, 'Segoe UI', Roboto, Arial, sans-serif", aside: 48, edge: 16 };

// Colours of the figures' palette reach the page as variables of its style sheet.
function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--figure-${name}`).trim();
}

function svgElement(name, attributes, text) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }
  if (text) {
    element.textContent = text;
  }
  return element;
}

const measure = document.createElement('canvas').getContext('2d');

function widthOf(text, size, weight) {
  measure.font = `${weight || 400} ${size}px ${FILE.font}`;
  return measure.measureText(text).width;
}

// Lines that fit into `room`; words stay whole.
function wrapped(text, room, size, weight) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.length - 1;
    const longer = lines[last] && `${lines[last]} ${word}`;
    if (longer && widthOf(longer, size, weight) > room) {
      lines.push(word);
    } else {
      lines[last] = longer || word;
    }
  }
  return lines;
}

// Writes lines from `y` downwards and returns where the next thing begins.
function write(picture, text, y, { size, weight, fill }) {
  const room = picture.getAttribute('width') - 2 * FILE.edge;
  const lines = wrapped(text, room, size, weight);
  const block = svgElement('text', { x: FILE.edge, 'font-size': size, fill, 'font-weight': weight || 400 });
  lines.forEach((line, index) => {
    const end = index < lines.length - 1 ? ' ' : '';
    block.append(svgElement('tspan', { x: FILE.edge, y: y + size * (1 + 1.35 * index) }, line + end));
  });
  picture.append(block);
  return y + size * 1.35 * lines.length;
}

// A mark of the legend as the page shows it: its shape, fill, outline and hatching, and the sign inside.
function drawMark(picture, mark, x, y) {
  const looks = getComputedStyle(mark);
  const box = mark.getBoundingClientRect();
  const [width, height] = [box.width || 24, box.height || 2];
  const border = parseFloat(looks.borderTopWidth);
  const inset = looks.boxShadow !== 'none' && looks.boxShadow.match(/^rgba?\([^)]*\)/);
  const stroke = border ? looks.borderTopColor : inset ? inset[0] : 'none';
  const outline = { stroke, 'stroke-width': border || (inset ? 1 : 0) };
  if (looks.borderTopStyle === 'dashed') {
    picture.append(svgElement('line', { x1: x, x2: x + width, y1: y, y2: y, ...outline, 'stroke-dasharray': '6 4' }));
    return width;
  }
  const rounded = looks.borderTopLeftRadius.endsWith('%') ? height / 2 : parseFloat(looks.borderTopLeftRadius);
  const shape = { x, y: y - height / 2, width, height, rx: rounded };
  picture.append(svgElement('rect', { ...shape, fill: looks.backgroundColor, ...outline }));
  if (mark.classList.contains('is-hatched')) {
    const id = `hatching-${picture.querySelectorAll('pattern').length}`;
    const pattern = svgElement('pattern', {
      id, width: 8, height: 8, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45)',
    });
    pattern.append(svgElement('rect', { width: 3, height: 8, fill: looks.getPropertyValue('--stripe') }));
    picture.append(pattern, svgElement('rect', { ...shape, fill: `url(#${id})` }));
  }
  picture.append(svgElement('text', {
    x: x + width / 2, y: y + 4.5, 'text-anchor': 'middle', 'font-size': 13, 'font-weight': 650, fill: looks.color,
  }, mark.textContent));
  return width;
}

function drawLegend(picture, entries, y) {
  const size = 14;
  const edge = picture.getAttribute('width') - FILE.edge;
  let x = FILE.edge;
  let middle = y + 14;
  for (const entry of entries) {
    const text = entry.textContent.replace(entry.firstElementChild.textContent, '').trim();
    const room = Math.max(entry.firstElementChild.offsetWidth, 14) + 8 + widthOf(text, size) * 1.1;
    if (x > FILE.edge && x + room > edge) {
      x = FILE.edge;
      middle += 30;
    }
    const mark = drawMark(picture, entry.firstElementChild, x, middle);
    picture.append(svgElement('text', { x: x + mark + 8, y: middle + 5, 'font-size': size, fill: colour('ink') }, text));
    x += room + 22;
  }
  return entries.length ? middle + 20 : y;
}

async function drawingOf(figure) {
  if (hasPicture(figure) && !isSelection(figure)) {
    return figure.querySelector('.static svg').cloneNode(true);
  }
  const drawn = new DOMParser().parseFromString(await drawnSelection(figure), 'image/svg+xml').documentElement;
  return document.importNode(drawn, true);
}

async function framed(figure) {
  const about = readJson(`${figure.id}-about`);
  const block = figure.closest('.block');
  const shown = isFiltered() && block.querySelector('[data-shown]');
  const drawing = await drawingOf(figure);
  const [width, height] = ['width', 'height'].map((name) => Number(drawing.getAttribute(name)));
  const heading = headingOf(block).innerText.trim();
  const picture = svgElement('svg', {
    xmlns: SVG, width: width + 2 * FILE.aside, 'font-family': FILE.font, role: 'img', 'aria-label': heading,
  });
  const ground = svgElement('rect', { width: width + 2 * FILE.aside, fill: colour('paper') });
  picture.append(svgElement('title', {}, heading), ground);
  const muted = { size: 14, fill: colour('muted') };
  let y = write(picture, heading, FILE.edge, { size: 20, weight: 700, fill: colour('ink') }) + 4;
  for (const text of [about.note, about.caption, shown && shown.textContent].filter(Boolean)) {
    y = write(picture, text, y, muted) + 2;
  }
  y = drawLegend(picture, all('.legend li', block), y + 8) + 8;
  for (const [name, value] of Object.entries({ x: FILE.aside, y, overflow: 'visible' })) {
    drawing.setAttribute(name, value);
  }
  drawing.removeAttribute('aria-hidden');
  picture.append(drawing);
  y = write(picture, about.source, y + height + 8, { ...muted, size: 13 });
  y = write(picture, words.file_edition_text, y, { ...muted, size: 13 }) + FILE.edge;
  ground.setAttribute('height', y);
  picture.setAttribute('height', y);
  picture.setAttribute('viewBox', `0 0 ${width + 2 * FILE.aside} ${y}`);
  return picture;
}

// Twice as many pixels as the figure has, for screens and paper that show them.
async function asPng(picture) {
  const [width, height] = ['width', 'height'].map((name) => Number(picture.getAttribute(name)));
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(picture))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = 2 * width;
  canvas.height = 2 * height;
  const drawing = canvas.getContext('2d');
  drawing.scale(2, 2);
  drawing.drawImage(image, 0, 0, width, height);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}

async function savePicture(button) {
  const figure = document.getElementById(button.dataset.pictureOf);
  try {
    const picture = await framed(figure);
    const format = button.dataset.format;
    const content = format === 'png' ? await asPng(picture) : new XMLSerializer().serializeToString(picture);
    saveFile(fileName(button.dataset.pictureOf, format), content, 'image/svg+xml;charset=utf-8');
  } catch (error) {
    showFailure(figure);
  }
}

function startPictures() {
  for (const button of all('[data-picture-of]')) {
    button.addEventListener('click', () => savePicture(button));
  }
}
