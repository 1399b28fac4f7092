// Figures: a static picture until the reader points at it or filters; then Plotly, loaded once.

const config = readJson('plotly-config');
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
      script.src = document.body.dataset.plotly;
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

async function draw(figure) {
  if (figure.offsetParent === null) {
    return; // on a phone the table takes its place
  }
  try {
    const library = await loadPlotly();
    const spec = JSON.parse(figure.querySelector('script').textContent);
    const live = figure.querySelector('[data-live]');
    const shown = selection(spec, Number(figure.dataset.rowHeight));
    live.hidden = false;
    const layout = { ...shown.layout, width: live.clientWidth, autosize: true };
    await library.react(live, shown.data, layout, config);
    figure.classList.add('is-live');
    if (shown !== spec) {
      figure.classList.add('is-selected');
      drawForPaper(figure, { width: spec.layout.width, height: layout.height });
    }
  } catch (error) {
    showFailure(figure);
  }
}

const papers = new Map(); // figures whose picture for paper waits to be drawn

// Paper gets the selection, at the width of the paper: drawn once the reader pauses, so that no choice waits for it.
function drawForPaper(figure, size) {
  const paper = figure.querySelector('[data-print]');
  paper.replaceChildren();
  clearTimeout(papers.get(figure));
  papers.set(figure, setTimeout(async () => {
    const library = await loadPlotly();
    const options = { format: 'svg', imageDataOnly: true, ...size };
    paper.innerHTML = await library.toImage(figure.querySelector('[data-live]'), options);
  }, 400));
}

// The picture of all rows is there already; nothing need be drawn to show it again.
function showStatic(figure) {
  clearTimeout(papers.get(figure));
  figure.classList.remove('is-live', 'is-selected');
  figure.querySelector('[data-live]').hidden = true;
  drawWhenPointedAt(figure);
}

// Lines of about so many letters; Plotly breaks no line by itself.
function wrapped(text, letters) {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.length - 1;
    if (lines[last] && lines[last].length + word.length >= letters) {
      lines.push(word);
    } else {
      lines[last] += (lines[last] && ' ') + word;
    }
  }
  return lines;
}

// Colours of the figures' palette reach the page as variables of its style sheet.
function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--figure-${name}`).trim();
}

// The picture travels without the page: it carries its finding, caption, selection and source inside. It is drawn with
// a font of the reader's machine, which may be wider than the page's own; the left margin leaves room for that.
function framed({ data, layout }, about) {
  const heading = wrapped(about.heading, 80);
  const below = wrapped(about.source, 125);
  const room = { top: 50 + 26 * heading.length, bottom: 16 + 18 * below.length };
  const wider = Math.round(layout.margin.l * 0.2);
  const margin = {
    ...layout.margin,
    l: layout.margin.l + wider,
    t: layout.margin.t + room.top,
    b: layout.margin.b + room.bottom,
  };
  const source = {
    text: below.join('<br>'), align: 'left', showarrow: false, font: { size: 13, color: colour('muted') },
    xref: 'paper', x: 0, xanchor: 'left', xshift: -margin.l + 12,
    yref: 'paper', y: 0, yanchor: 'top', yshift: -layout.margin.b - 8,
  };
  const title = {
    text: `<b>${heading.join('<br>')}</b>`, font: { size: 19 }, x: 0, xref: 'container', xanchor: 'left',
    y: 1, yref: 'container', yanchor: 'top', pad: { t: 16 + 25 * (heading.length - 1), l: 12 },
    subtitle: { text: about.caption, font: { size: 14, color: colour('muted') } },
  };
  return {
    data,
    layout: {
      ...layout, margin, title, width: layout.width + wider, height: layout.height + room.top + room.bottom,
      paper_bgcolor: colour('paper'), annotations: (layout.annotations || []).concat(source),
    },
  };
}

function aboutNow(figure) {
  const about = readJson(`${figure.id}-about`);
  const block = figure.closest('.block');
  const shown = isFiltered() && block.querySelector('[data-shown]');
  return {
    heading: headingOf(block).innerText,
    caption: [about.note, about.caption, shown && shown.textContent].filter(Boolean).join(' '),
    source: about.source,
  };
}

async function savePicture(button) {
  const figure = document.getElementById(button.dataset.pictureOf);
  try {
    const library = await loadPlotly();
    const spec = JSON.parse(figure.querySelector('script').textContent);
    const whole = framed(selection(spec, Number(figure.dataset.rowHeight)), aboutNow(figure));
    const { width, height } = whole.layout;
    const format = button.dataset.format;
    const image = await library.toImage(whole, { format, width, height, scale: 2 });
    saveFile(`${button.dataset.file}.${format}`, image);
  } catch (error) {
    showFailure(figure);
  }
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

function drawWhenPointedAt(figure) {
  for (const event of ['pointerenter', 'touchstart']) {
    figure.addEventListener(event, drawPointedAt, { once: true, passive: true });
  }
}

function startFigures() {
  for (const figure of all('[data-figure]')) {
    drawWhenPointedAt(figure);
    if (!hasPicture(figure)) {
      draw(figure); // drawn nowhere else: the machine that built the page had no browser
    }
  }
  for (const button of all('[data-picture-of]')) {
    button.addEventListener('click', () => savePicture(button));
  }
  onPhone.addEventListener('change', () => selected && drawSelected(selected));
}
