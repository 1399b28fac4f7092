// Paper: a figure of many rows is cut between rows, so that it fills a page instead of leaving one half empty.

const ROWS_TOGETHER = 4;

// The drawing becomes a window on its own first rows; windows on the rest follow it.
function cut(figure, drawing) {
  const { width, height } = drawing.viewBox.baseVal;
  const [first, rowHeight] = [figure.dataset.rowsTop, figure.dataset.cutHeight].map(Number);
  const step = ROWS_TOGETHER * rowHeight;
  const rows = document.createElementNS(SVG, 'g');
  rows.id = `${figure.id}-rows`;
  rows.append(...drawing.childNodes);
  drawing.append(rows);
  const places = [0];
  for (let y = first + step; y < height - rowHeight - step / 2; y += step) {
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
    for (const figure of all('[data-cut-height]')) {
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
