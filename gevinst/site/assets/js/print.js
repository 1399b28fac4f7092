// Paper: a figure with a row per project is cut between rows, so that it fills a page instead of leaving one half empty.

const ROWS_TOGETHER = 4;
const SVG = 'http://www.w3.org/2000/svg';

// The drawing becomes a window on its own first rows; windows on the rest follow it.
function cut(figure, drawing) {
  const { width, height } = drawing.viewBox.baseVal;
  const { margin } = JSON.parse(figure.querySelector('script').textContent).layout;
  const step = ROWS_TOGETHER * Number(figure.dataset.rowHeight);
  const rows = document.createElementNS(SVG, 'g');
  rows.id = `${figure.id}-rows`;
  rows.append(...drawing.childNodes);
  drawing.append(rows);
  const places = [0];
  for (let y = margin.t + step; y < height - margin.b - step / 2; y += step) {
    places.push(y);
  }
  let last = drawing;
  places.forEach((top, index) => {
    const tall = (places[index + 1] || height) - top;
    let piece = drawing;
    if (index) {
      piece = document.createElementNS(SVG, 'svg');
      const use = document.createElementNS(SVG, 'use');
      use.setAttribute('href', `#${rows.id}`);
      piece.append(use);
      piece.dataset.piece = '';
      last.after(piece);
    }
    piece.setAttribute('viewBox', `0 ${top} ${width} ${tall}`);
    piece.setAttribute('width', width);
    piece.setAttribute('height', tall);
    last = piece;
  });
  figure.classList.add('is-cut');
  return () => {
    all('[data-piece]', figure).forEach((piece) => piece.remove());
    drawing.setAttribute('viewBox', `0 0 ${width} ${height}`);
    drawing.setAttribute('height', height);
    drawing.append(...rows.childNodes);
    rows.remove();
    figure.classList.remove('is-cut');
  };
}

function startPrinting() {
  let restore = [];
  window.addEventListener('beforeprint', () => {
    for (const figure of all('[data-row-height]')) {
      const shown = figure.classList.contains('is-selected') ? '[data-print] svg' : '.static svg';
      const drawing = figure.querySelector(shown);
      if (drawing && !figure.classList.contains('is-cut')) {
        restore.push(cut(figure, drawing));
      }
    }
  });
  window.addEventListener('afterprint', () => {
    restore.forEach((whole) => whole());
    restore = [];
  });
}
