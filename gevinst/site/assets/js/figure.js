// Figures: the drawing that came with the page, and Plotly, loaded once, where that adds something: when the reader filters
// a figure that follows the filter, or points at one whose marks tell more than they show (`answersPointing`). Other figures
// have every number written on them and stay as they are; half a megabyte would add nothing.

const config = readJson('plotly-config');
const hasPointer = window.matchMedia('(hover: hover)');
let plotly = null;
let selected = null; // ids of the projects on show; null means all

function loadPlotly() {
  plotly = plotly || new Promise((resolve, reject) => {
    const script = document.createElement('script');
    const carried = document.getElementById('plotly-carried'); // a single file has the library inside
    script.onload = () => resolve(window.Plotly);
    script.onerror = reject;
    if (carried) {
      script.textContent = carried.textContent;
    } else {
      script.src = document.querySelector('[data-plotly]').dataset.plotly;
    }
    document.head.append(script);
    if (carried) {
      resolve(window.Plotly);
    }
  });
  return plotly;
}

// Keeps the points of each trace whose row is on show. Whatever has one value per point goes along.
function keepPoints(value, keep, length) {
  if (Array.isArray(value)) {
    return value.length === length ? value.filter((_, index) => keep[index]) : value;
  }
  if (value && typeof value === 'object') {
    const kept = {};
    for (const name of Object.keys(value)) {
      kept[name] = name === 'colorscale' ? value[name] : keepPoints(value[name], keep, length);
    }
    return kept;
  }
  return value;
}

function keepTicks(axis, shown) {
  const keys = axis.categoryarray || axis.tickvals;
  const keep = keys.map((key) => shown.has(key));
  const kept = { ...axis };
  for (const name of ['categoryarray', 'tickvals', 'ticktext']) {
    if (axis[name]) {
      kept[name] = axis[name].filter((_, index) => keep[index]);
    }
  }
  kept.range = [kept[axis.categoryarray ? 'categoryarray' : 'tickvals'].length - 0.5, -0.5];
  return kept;
}

function selection(spec, rowHeight) {
  if (!rowHeight || !selected) {
    return spec;
  }
  const before = (spec.layout.yaxis.categoryarray || spec.layout.yaxis.tickvals).length;
  const yaxis = keepTicks(spec.layout.yaxis, selected);
  const after = (yaxis.categoryarray || yaxis.tickvals).length;
  const data = spec.data.map((trace) => keepPoints(trace, trace.y.map((key) => selected.has(key)), trace.y.length));
  return { data, layout: { ...spec.layout, yaxis, height: spec.layout.height - (before - after) * rowHeight } };
}

function showFailure(figure) {
  figure.querySelector('[data-failed]').hidden = false;
}

// What is there with some of it changed, by name or place; null takes something away (gevinst/site/figures/model.py).
function changed(given, changes) {
  const made = Array.isArray(given) ? [...given] : { ...given };
  for (const [name, change] of Object.entries(changes)) {
    const isPart = change && typeof change === 'object' && !Array.isArray(change);
    if (change === null) {
      delete made[name];
    } else {
      made[name] = isPart && made[name] && typeof made[name] === 'object' ? changed(made[name], change) : change;
    }
  }
  return made;
}

// The figure as it was made for the width of the screen, or for paper and files, with the rows on show.
function shownSpec(figure, isForPhone) {
  const own = isForPhone && figure.querySelector('[data-phone-spec]');
  const wide = JSON.parse(figure.querySelector('[data-spec]').textContent);
  const spec = own ? changed(wide, JSON.parse(own.textContent)) : wide;
  return selection(spec, Number(own ? figure.dataset.phoneRowHeight : figure.dataset.rowHeight));
}

function isSelection(figure) {
  return selected !== null && 'rowHeight' in figure.dataset;
}

async function draw(figure) {
  if (figure.offsetParent === null) {
    return; // nothing is selected, or the box around it is closed
  }
  try {
    const library = await loadPlotly();
    const live = figure.querySelector('[data-live]');
    const shown = shownSpec(figure, onPhone.matches);
    live.hidden = false;
    // As wide as the screen allows; on a phone not wider than it was made for, since letters would not grow along.
    const width = onPhone.matches ? Math.min(live.clientWidth, shown.layout.width) : live.clientWidth;
    await library.react(live, shown.data, { ...shown.layout, width, autosize: true }, config);
    figure.classList.add('is-live');
    if (isSelection(figure)) {
      figure.classList.add('is-selected');
      drawForPaper(figure);
    }
  } catch (error) {
    showFailure(figure);
  }
}

// The rows on show as a picture of the width of paper and files.
async function drawnSelection(figure) {
  const library = await loadPlotly();
  const spec = shownSpec(figure, false);
  const { width, height } = spec.layout;
  return library.toImage(spec, { format: 'svg', imageDataOnly: true, width, height });
}

const papers = new Map(); // figures whose picture for paper waits to be drawn

// Paper gets the selection, at the width of the paper: drawn once the reader pauses, so that no choice waits for it.
function drawForPaper(figure) {
  const paper = figure.querySelector('[data-print]');
  paper.replaceChildren();
  clearTimeout(papers.get(figure));
  papers.set(figure, setTimeout(async () => {
    paper.innerHTML = await drawnSelection(figure);
  }, 400));
}

// The picture of all rows is there already; nothing need be drawn to show it again.
function showStatic(figure) {
  clearTimeout(papers.get(figure));
  figure.classList.remove('is-live', 'is-selected');
  figure.querySelector('[data-live]').hidden = true;
  drawWhenPointedAt(figure);
}

function drawSelected(keys) {
  selected = keys;
  for (const figure of all('[data-row-height]')) {
    if (keys || !hasPicture(figure)) {
      draw(figure);
    } else if (figure.classList.contains('is-selected')) {
      showStatic(figure);
    }
  }
}

function hasPicture(figure) {
  return figure.querySelector('.static svg') !== null;
}

function drawPointedAt(event) {
  draw(event.currentTarget);
}

// A finger that only scrolls past must not load anything: on a touch screen it takes a tap.
function drawWhenPointedAt(figure) {
  if ('answersPointing' in figure.dataset) {
    figure.addEventListener(hasPointer.matches ? 'pointerenter' : 'click', drawPointedAt, { once: true });
  }
}

function startFigures() {
  for (const figure of all('[data-figure]')) {
    drawWhenPointedAt(figure);
    if (!hasPicture(figure)) {
      draw(figure); // drawn nowhere else: the machine that built the page had no browser
    }
  }
  onPhone.addEventListener('change', () => all('.figure.is-live').forEach(draw));
}
