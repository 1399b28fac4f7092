// Figures: a static picture until the reader points at it or filters; then Plotly, loaded once.

const config = readJson('plotly-config');
let plotly = null;
let selected = null; // ids of the projects on show; null means all

function loadPlotly() {
  plotly = plotly || new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = document.body.dataset.plotly;
    script.onload = () => resolve(window.Plotly);
    script.onerror = reject;
    document.head.append(script);
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
    return; // on a phone the table stands in its place
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
    const picture = await library.toImage(live, { format: 'svg', width: spec.layout.width, height: layout.height });
    figure.querySelector('[data-print]').src = picture; // paper gets the selection too
  } catch (error) {
    showFailure(figure);
  }
}

// The picture carries its own heading, caption and source, because it travels without the page.
async function savePicture(button) {
  const figure = document.getElementById(button.dataset.pictureOf);
  try {
    const library = await loadPlotly();
    const spec = JSON.parse(figure.querySelector('script').textContent);
    const { data, layout } = selection(spec, Number(figure.dataset.rowHeight));
    const about = readJson(`${figure.id}-about`);
    const margin = { ...layout.margin, t: (layout.margin.t || 0) + 78, b: (layout.margin.b || 0) + 44 };
    const line = (text, size, y, yanchor, color) => ({
      text, x: 0, xref: 'container', xanchor: 'left', y, yref: 'container', yanchor, font: { size, color },
    });
    const whole = {
      data,
      layout: {
        ...layout,
        autosize: false,
        height: layout.height + 122,
        margin,
        paper_bgcolor: '#fff',
        title: {
          ...line(`<b>${about.heading}</b>`, 19, 1, 'top', '#24272B'), pad: { t: 16, l: 12 },
          subtitle: { text: about.caption, font: { size: 14, color: '#4a4d51' } },
        },
        annotations: (layout.annotations || []).concat({
          text: about.source, showarrow: false, xref: 'paper', x: 0, xanchor: 'left', yref: 'paper', y: 0,
          yanchor: 'top', yshift: -(layout.margin.b || 0) - 10, font: { size: 12, color: '#4a4d51' },
        }),
      },
    };
    const format = button.dataset.format;
    const image = await library.toImage(whole, { format, width: layout.width, height: whole.layout.height, scale: 2 });
    saveFile(`${button.dataset.file}.${format}`, image);
  } catch (error) {
    showFailure(figure);
  }
}

function drawSelected(keys) {
  selected = keys;
  for (const figure of all('[data-figure]')) {
    if (keys || figure.classList.contains('is-live')) {
      draw(figure);
    }
  }
}

function startFigures() {
  for (const figure of all('[data-figure]')) {
    for (const event of ['pointerenter', 'touchstart']) {
      figure.addEventListener(event, () => draw(figure), { once: true, passive: true });
    }
    if (!figure.querySelector('.static svg')) {
      draw(figure); // drawn nowhere else: the machine that built the page had no browser
    }
  }
  for (const button of all('[data-picture-of]')) {
    button.addEventListener('click', () => savePicture(button));
  }
  onPhone.addEventListener('change', () => selected && drawSelected(selected));
}
