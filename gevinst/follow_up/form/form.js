// The form of one owner: everything is drawn from what was filled in beforehand and from the texts, so that a change of
// language changes words alone. Nothing is sent; answers are kept in this browser and saved as two files.

const form = JSON.parse(document.getElementById('prefilled').textContent);
const texts = JSON.parse(document.getElementById('texts').textContent);
const root = document.getElementById('form');
const PLACE = `gevinst:${form.form_id}`;
const SECTIONS = ['known', 'benefits', 'obstacles', 'planned', 'documents'];
const LANGUAGES = Object.keys(texts);
const LOCALES = { nb: 'nb-NO', en: 'en-GB' };
const LONGEST = 4000;
const PERSONS = /[^\s@]+@[^\s@]+\.[^\s@]+|(?:\+47[ ]?)?\b\d{2}[ ]?\d{2}[ ]?\d{2}[ ]?\d{2}\b/;

let language = document.documentElement.lang;
let answers = {};
let draftDay = null;
// Fields of which a month is chosen and no year yet: not an answer, and not to be lost in silence.
const monthsAlone = new Set();
let keepsDraft = true;

function t(name, values = {}) {
  return texts[language][name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
}

const ofPages = () => (language === 'en' ? 'en' : 'nb');
const nameOf = (thing) => thing.name[ofPages()];
const unitName = (code) => form.units[code][ofPages()];

function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
}

function dayText(iso, precision) {
  const options = { year: 'numeric', month: 'long', day: 'numeric', timeZone: 'UTC' };
  if (precision === 'year') return iso.slice(0, 4);
  if (precision === 'month') delete options.day;
  return new Intl.DateTimeFormat(LOCALES[ofPages()], options).format(new Date(`${iso}T00:00:00Z`));
}

const numberText = (value) => new Intl.NumberFormat(LOCALES[ofPages()], { maximumFractionDigits: 6 }).format(value);

function restore() {
  try {
    const kept = JSON.parse(localStorage.getItem(PLACE) ?? 'null');
    if (kept && kept.sha256 === form.sha256) {
      answers = kept.answers;
      draftDay = kept.day;
    }
  } catch (error) {
    keepsDraft = false;
  }
}

function keep() {
  try {
    localStorage.setItem(PLACE, JSON.stringify({ sha256: form.sha256, day: today(), answers }));
  } catch (error) {
    keepsDraft = false;
  }
}

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

function answer(key, value) {
  const isEmpty = value === '' || value === null || (Array.isArray(value) && value.length === 0);
  if (isEmpty) delete answers[key];
  else answers[key] = value;
  keep();
  showProgress();
  for (const element of root.querySelectorAll('[data-only-if]')) {
    element.hidden = answers[element.dataset.onlyIf] !== element.dataset.is;
  }
  // What was said to be wrong may be right now, or no longer needed.
  for (const place of root.querySelectorAll('.fault:not([hidden])')) {
    checkField(allFields().find((field) => `${idOf(field.key)}-fault` === place.id));
  }
}

const idOf = (key) => `f-${key.replace(/[^A-Za-z0-9_-]/g, '_')}`;
const hintOf = (kind) => ({ number: 'hint_number', when: 'hint_when' }[kind]);

function choiceText(field, code) {
  const text = t(`${field.name}_${code}`);
  return field.name === 'status' && code === field.before ? t('as_before', { text }) : text;
}

function options(field, type) {
  const chosen = [answers[field.key] ?? []].flat();
  return field.choices.map((code) => make(
    'label',
    { class: 'choice' },
    make('input', {
      type,
      name: idOf(field.key),
      value: code,
      checked: chosen.includes(code),
      onchange: (event) => choose(field, type, event.target),
    }),
    make('span', {}, choiceText(field, code)),
  ));
}

function choose(field, type, input) {
  if (type === 'radio') {
    answer(field.key, input.value);
    return;
  }
  const boxes = [...root.querySelectorAll(`input[name="${idOf(field.key)}"]`)];
  for (const box of boxes) {
    // Nothing and something exclude each other.
    if (input.checked && box !== input && (input.value === 'none' || box.value === 'none')) box.checked = false;
  }
  answer(field.key, boxes.filter((box) => box.checked).map((box) => box.value));
}

function group(field, children) {
  const legend = make('legend', {}, t(`name_${field.name}`));
  const id = idOf(field.key);
  const fault = make('div', { class: 'fault', id: `${id}-fault`, hidden: true });
  return make('fieldset', { id, tabindex: '-1', 'data-key': field.key, class: `of-${field.name}` }, legend, ...children, fault);
}

function labelled(field, control) {
  const hint = hintOf(field.kind) ?? (field.name === 'role' ? 'hint_role' : null);
  control.id = idOf(field.key);
  if (hint) control.setAttribute('aria-describedby', `${control.id}-hint`);
  return make(
    'div',
    { class: 'field', 'data-key': field.key },
    make('label', { for: control.id }, t(`name_${field.name}`)),
    hint ? make('div', { class: 'soft', id: `${control.id}-hint` }, t(hint)) : null,
    control,
    make('div', { class: 'fault', id: `${control.id}-fault`, hidden: true }),
  );
}

// Where several lists stand side by side, each says itself what it lists: `label` is its name and its first line.
function choiceOf(values, value, label, onchange) {
  const empty = make('option', { value: '' }, label ?? t('choose'));
  const all = values.map(([code, text]) => make('option', { value: code, selected: code === value }, text));
  return make('select', { 'aria-label': label, onchange }, empty, ...all);
}

function whenControl(field) {
  const [year, month] = (answers[field.key] ?? '').split('-');
  const years = Array.from({ length: form.last_year - form.first_year + 1 }, (_, index) => String(form.last_year - index));
  const months = Array.from({ length: 12 }, (_, index) => [
    String(index + 1).padStart(2, '0'),
    dayText(`2024-${String(index + 1).padStart(2, '0')}-01`, 'month').replace(/\s*2024/, ''),
  ]);
  const parts = { year: year ?? '', month: month ?? '' };
  const set = (name) => (event) => {
    parts[name] = event.target.value;
    monthsAlone[parts.month && !parts.year ? 'add' : 'delete'](field.key);
    answer(field.key, parts.year ? [parts.year, parts.month].filter(Boolean).join('-') : '');
  };
  const row = make(
    'div',
    { class: 'pair' },
    make('div', {}, choiceOf(months, parts.month, t('month'), set('month'))),
    make('div', {}, choiceOf(years.map((one) => [one, one]), parts.year, t('year'), set('year'))),
  );
  return group(field, [make('div', { class: 'soft' }, t('hint_when')), row]);
}

function textControl(field) {
  const isLong = field.kind === 'text' && field.name !== 'role' && field.name !== 'document';
  const control = make(isLong ? 'textarea' : 'input', {
    ...(isLong ? { rows: 3 } : { type: 'text' }),
    maxlength: LONGEST,
    inputmode: field.kind === 'number' ? 'decimal' : null,
    autocomplete: 'off',
    oninput: (event) => answer(field.key, event.target.value.trim()),
    onblur: () => checkField(field),
  });
  control.value = answers[field.key] ?? '';
  return labelled(field, control);
}

function control(field) {
  const drawn = {
    choice: () => group(field, [make('div', { class: 'choices' }, ...options(field, 'radio'))]),
    choices: () => group(field, [make('div', { class: 'choices' }, ...options(field, 'checkbox'))]),
    unit: () => labelled(field, unitControl(field)),
    when: () => whenControl(field),
  }[field.kind] ?? (() => textControl(field));
  const element = drawn();
  if (field.only_if) {
    [element.dataset.onlyIf, element.dataset.is] = field.only_if;
    element.hidden = answers[field.only_if[0]] !== field.only_if[1];
  }
  return element;
}

function unitControl(field) {
  const units = Object.keys(form.units).map((code) => [code, unitName(code)]).sort((one, other) => one[1].localeCompare(other[1]));
  return choiceOf(units, answers[field.key], null, (event) => answer(field.key, event.target.value));
}

// What an answer needs beside it to mean anything; `gevinst answers` holds files against the same.
function needs(field) {
  const beside = (name) => field.key.replace(/[^.]+$/, name);
  if (field.name === 'outcome') return answers[field.key] === 'measured' ? [beside('value')] : [];
  return { value: ['unit', 'measured_on', 'measured_by'], planned: ['planned_on'] }[field.name]?.map(beside) ?? [];
}

function isNeeded(field) {
  return allFields().some((other) => other.key in answers && isShown(other) && needs(other).includes(field.key));
}

function faultOf(field) {
  const value = answers[field.key];
  if (monthsAlone.has(field.key)) return t('no_year');
  if (value === undefined) return isNeeded(field) ? t('needed', { name: t(`name_${field.name}`) }) : null;
  if (field.kind === 'when' && field.name !== 'planned_on' && value > today().slice(0, value.length)) return t('not_yet');
  if (field.kind === 'number' && !/^[-−]?\d[\d\s]*([.,]\d+)?$/.test(value)) return t('not_a_number', { value });
  if (field.kind === 'text' && field.name !== 'document' && PERSONS.test(value)) {
    return t('person_found', { name: t(`name_${field.name}`) });
  }
  return null;
}

function checkField(field) {
  const fault = faultOf(field);
  const place = document.getElementById(`${idOf(field.key)}-fault`);
  if (!place) return fault;
  const input = document.getElementById(idOf(field.key));
  place.hidden = !fault;
  place.textContent = fault ?? '';
  if (fault && input.tagName !== 'FIELDSET') input.setAttribute('aria-invalid', 'true');
  else input.removeAttribute('aria-invalid');
  // A hidden description is read all the same, so that the fault is one only while there is a fault.
  const hint = document.getElementById(`${input.id}-hint`);
  const said = [hint?.id, fault && place.id].filter(Boolean).join(' ');
  if (said) input.setAttribute('aria-describedby', said);
  else input.removeAttribute('aria-describedby');
  return fault;
}

function knownBox(project) {
  const day = dayText(project.known_on, project.known_precision);
  const status = project.status_code && texts[language][`status_${project.status_code}`];
  const said = status ? t('known_status', { status, day }) : t('known_nothing', { day });
  return make(
    'div',
    { class: 'known' },
    make('p', {}, said),
    project.source ? make('p', { class: 'soft' }, t('source', { source: project.source })) : null,
  );
}

function benefitBox(project, benefit) {
  const fields = project.fields.filter((field) => field.benefit_id === benefit.benefit_id);
  const unit = form.planned_units[benefit.benefit_id]?.[ofPages()] ?? '';
  const known = [t(`benefit_${benefit.known}`)];
  if (benefit.baseline_value !== null) known.push(t('benefit_baseline', { value: numberText(benefit.baseline_value), unit }));
  if (benefit.target_value !== null) known.push(t('benefit_target', { value: numberText(benefit.target_value), unit }));
  const drawn = Object.fromEntries(fields.map((field) => [field.name, control(field)]));
  const numbers = ['baseline', 'value', 'unit'].filter((name) => drawn[name]).map((name) => drawn[name]);
  const others = ['measured_on', 'method', 'measured_by'].map((name) => drawn[name]);
  return make(
    'div',
    { class: 'benefit', role: 'group', 'aria-label': nameOf(benefit) },
    make(form.projects.length > 1 ? 'h4' : 'h3', { class: 'name' }, nameOf(benefit)),
    make('p', { class: 'soft' }, known.join(' ')),
    drawn.outcome,
    make('div', { class: 'pair' }, ...numbers),
    ...others,
  );
}

function benefitsOf(project) {
  if (project.benefits.length === 0) return [make('p', {}, t('no_benefits'))];
  const first = project.benefits.filter((benefit) => benefit.is_first);
  const more = project.benefits.filter((benefit) => !benefit.is_first);
  const boxes = first.map((benefit) => benefitBox(project, benefit));
  if (more.length === 0) return boxes;
  const isBegun = project.fields.some((field) => field.key in answers && more.some((one) => one.benefit_id === field.benefit_id));
  const hidden = make('details', { open: isBegun }, make('summary', {}, t('more_benefits', { n: more.length })));
  hidden.append(...more.map((benefit) => benefitBox(project, benefit)));
  return [...boxes, hidden];
}

function sectionOf(project, name) {
  const fields = project.fields.filter((field) => field.section === name && !field.benefit_id);
  const content = name === 'benefits' ? benefitsOf(project) : fields.map(control);
  return make(
    'section',
    {},
    make(form.projects.length > 1 ? 'h3' : 'h2', {}, t(`section_${name}`)),
    ...(name === 'known' ? [knownBox(project)] : []),
    ...content,
  );
}

const isAnswered = (project, name) => project.fields.some((field) => field.section === name && field.key in answers);

function showProgress() {
  const all = form.projects.length * SECTIONS.length;
  const done = form.projects.reduce((sum, one) => sum + SECTIONS.filter((name) => isAnswered(one, name)).length, 0);
  document.getElementById('progress').value = done / all;
  document.getElementById('progress-text').textContent = t('progress', { done, all });
}

function header() {
  const buttons = LANGUAGES.map((one) => make('button', {
    type: 'button',
    lang: one,
    id: `language-${one}`,
    'aria-pressed': String(one === language),
    onclick: () => {
      language = one;
      draw();
      document.getElementById(`language-${one}`).focus();
    },
  }, texts[one].language_name));
  const about = t('about', { scheme: form.scheme, owner: form.owner_name, year: form.year });
  return make('header', {}, make('span', {}, about), make('div', { class: 'languages' }, ...buttons));
}

const roleField = { key: 'role', name: 'role', kind: 'text', section: 'save' };
const allFields = () => [roleField, ...form.projects.flatMap((project) => project.fields)];
const isShown = (field) => !field.only_if || answers[field.only_if[0]] === field.only_if[1];

function titleText() {
  return form.projects.length > 1 ? t('title_several') : t('title_one', { project: nameOf(form.projects[0]) });
}

function saving() {
  return make(
    'section',
    {},
    make('h2', {}, t('save_heading')),
    control(roleField),
    make('p', {}, t('save_lead')),
    make('p', {}, t('what_happens')),
    make('div', { class: 'alert', id: 'faults', role: 'alert', tabindex: '-1', hidden: true }),
    make(
      'div',
      { class: 'buttons' },
      make('button', { type: 'button', class: 'save', id: 'save', onclick: save }, t('save')),
      make('button', { type: 'button', class: 'plain', id: 'clear', onclick: clear }, t('clear')),
    ),
    make('p', { role: 'status', id: 'saved' }),
  );
}

function draw() {
  monthsAlone.clear();
  document.documentElement.lang = language;
  document.title = titleText();
  const several = form.projects.length > 1;
  const list = several
    ? make('nav', { 'aria-label': t('projects') }, make('ul', {}, ...form.projects.map((project, index) => (
      make('li', {}, make('a', { href: `#project-${index}` }, nameOf(project)))
    ))))
    : null;
  const main = make(
    'main',
    {},
    form.is_illustrative ? make('p', { class: 'alert' }, t('illustrative')) : null,
    make('h1', {}, titleText()),
    make('p', { class: 'lead' }, t('lead', { minutes: form.minutes })),
    draftDay ? make('p', { class: 'soft' }, t('draft_found', { day: dayText(draftDay, 'day') })) : null,
    keepsDraft ? null : make('p', { class: 'alert' }, t('no_draft')),
    make('progress', { id: 'progress', max: '1', value: '0', 'aria-labelledby': 'progress-text' }),
    make('p', { id: 'progress-text', class: 'soft' }),
    list,
    ...form.projects.map((project, index) => make(
      'div',
      { id: `project-${index}`, role: 'group', 'aria-label': nameOf(project) },
      several ? make('h2', {}, nameOf(project)) : null,
      ...SECTIONS.map((name) => sectionOf(project, name)),
    )),
    saving(),
  );
  root.replaceChildren(header(), main);
  showProgress();
}

function saved() {
  const given = Object.fromEntries(allFields().filter((field) => field.key in answers && isShown(field))
    .map((field) => [field.key, answers[field.key]]));
  return {
    format: form.answer_format,
    form_id: form.form_id,
    edition_id: form.edition_id,
    owner_id: form.owner_id,
    prefilled_sha256: form.sha256,
    language,
    answered_on: today(),
    answers: given,
  };
}

function cellOf(field, value) {
  if (value === undefined) return '';
  if (field.kind === 'choice') return t(`${field.name}_${value}`);
  if (field.kind === 'choices') return value.map((code) => t(`${field.name}_${code}`)).join('; ');
  if (field.kind === 'unit') return unitName(value);
  return value;
}

function choicesText(field) {
  if (field.kind === 'unit') return Object.keys(form.units).map(unitName).join('; ');
  if (field.kind === 'choices') return [...field.choices.map((code) => t(`${field.name}_${code}`)), t('several')].join('; ');
  const hint = hintOf(field.kind);
  return field.choices?.length ? field.choices.map((code) => t(`${field.name}_${code}`)).join('; ') : hint ? t(hint) : '';
}

function workbook(content) {
  const heads = ['project', 'about', 'question', 'answer', 'choices', 'key'].map((name) => t(`column_${name}`));
  const rowOf = (project) => (field) => {
    const benefit = field.benefit_id && project.benefits.find((one) => one.benefit_id === field.benefit_id);
    const value = cellOf(field, content.answers[field.key]);
    return [project ? nameOf(project) : '', benefit ? nameOf(benefit) : '', t(`name_${field.name}`), value, choicesText(field), field.key];
  };
  const rows = [heads, rowOf(null)(roleField), ...form.projects.flatMap((project) => project.fields.map(rowOf(project)))];
  const about = ['format', 'form_id', 'edition_id', 'owner_id', 'prefilled_sha256', 'language', 'answered_on'];
  const notes = about.map((name) => [name, String(content[name])]);
  return zip(workbookParts(
    [t('sheet_answers'), t('sheet_about')],
    [sheet(rows, { isRead: true }), sheet(notes, { isNotes: true })],
  ));
}

function download(name, blob) {
  const address = URL.createObjectURL(blob);
  const link = make('a', { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

function save() {
  const box = document.getElementById('faults');
  const said = document.getElementById('saved');
  said.textContent = '';
  const wrong = allFields().filter((field) => isShown(field) && checkField(field));
  const isNothing = Object.keys(saved().answers).length === 0;
  box.hidden = wrong.length === 0 && !isNothing;
  if (!box.hidden) {
    const items = wrong.map((field) => make('li', {}, make('a', { href: `#${idOf(field.key)}` }, faultOf(field))));
    for (const field of wrong) document.getElementById(idOf(field.key)).closest('details')?.setAttribute('open', '');
    box.replaceChildren(wrong.length ? t('to_correct') : t('nothing_to_save'), ...(items.length ? [make('ul', {}, ...items)] : []));
    box.focus();
    return;
  }
  const content = saved();
  const stem = `svar-${form.owner_id}-${content.answered_on}`;
  download(`${stem}.json`, new Blob([JSON.stringify(content, null, 1)], { type: 'application/json' }));
  // A browser takes the second of two downloads at once for an unwanted one.
  setTimeout(() => download(`${stem}.xlsx`, workbook(content)), 400);
  said.textContent = t('saved', { json: `${stem}.json`, xlsx: `${stem}.xlsx` });
}

function clear() {
  if (!window.confirm(t('clear_sure'))) return;
  answers = {};
  draftDay = null;
  try {
    localStorage.removeItem(PLACE);
  } catch (error) {
    keepsDraft = false;
  }
  draw();
  document.getElementById('saved').textContent = t('cleared');
  document.getElementById('clear').focus();
}

restore();
draw();
