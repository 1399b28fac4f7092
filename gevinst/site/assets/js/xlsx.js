// A table as a workbook: the rows on show on the first sheet, and what must be known to read them on the second.

const XML_SIGNS = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const SHEETS_NS = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS_NS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE_NS = 'http://schemas.openxmlformats.org/package/2006';
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const STYLES = { plain: 0, heading: 1, wrapped: 2, literal: 3 };

function xml(text) {
  return text.replace(/[\u0000-\u001f]/g, ' ').replace(/[&<>"]/g, (sign) => XML_SIGNS[sign]);
}

function columnName(index) {
  return (index > 25 ? columnName(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + (index % 26));
}

// A number stays a number. A text is never a formula: it is written into the cell itself, and one that looks like a formula
// is marked as literal, so that it stays a text when somebody edits the cell.
function sheetCell(value, place, style) {
  if (value === '' || value === null) {
    return '';
  }
  if (typeof value === 'number') {
    return `<c r="${place}"><v>${value}</v></c>`;
  }
  const own = /^[=+\-@]/.test(value) ? STYLES.literal : style;
  return `<c r="${place}" s="${own}" t="inlineStr"><is><t xml:space="preserve">${xml(value)}</t></is></c>`;
}

function sheet(rows, { isNotes, isRead }) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column] ?? '').length)));
  const columns = widths.map((width, index) => (
    `<col min="${index + 1}" max="${index + 1}" width="${Math.min(width + 2, isNotes && index ? 90 : 48)}" customWidth="1"/>`
  ));
  const lines = rows.map((row, line) => {
    const cells = row.map((value, column) => {
      const isHeading = isNotes ? column === 0 : line === 0;
      const style = isHeading ? STYLES.heading : isNotes ? STYLES.wrapped : STYLES.plain;
      return sheetCell(value, columnName(column) + (line + 1), style);
    });
    return `<row r="${line + 1}">${cells.join('')}</row>`;
  });
  const frozen = isNotes ? '' : '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>';
  return `${XML_HEAD}<worksheet xmlns="${SHEETS_NS}"><sheetViews><sheetView ${isRead ? 'tabSelected="1" ' : ''}`
    + `workbookViewId="0">${frozen}</sheetView></sheetViews><cols>${columns.join('')}</cols>`
    + `<sheetData>${lines.join('')}</sheetData></worksheet>`;
}

const STYLE_SHEET = `${XML_HEAD}<styleSheet xmlns="${SHEETS_NS}">`
  + '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
  + '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
  + '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
  + '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
  + '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
  + '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1"><alignment vertical="top"/></xf>'
  + '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
  + '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/></cellXfs>'
  + '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>';

function relations(targets) {
  const lines = targets.map(([kind, target], index) => (
    `<Relationship Id="rId${index + 1}" Type="${RELATIONS_NS}/${kind}" Target="${target}"/>`
  ));
  return `${XML_HEAD}<Relationships xmlns="${PACKAGE_NS}/relationships">${lines.join('')}</Relationships>`;
}

function workbookParts(names, sheets) {
  const type = (part, kind) => `<Override PartName="/xl/${part}.xml" ContentType="${SHEET_TYPE}.${kind}+xml"/>`;
  const sheetTypes = names.map((_, index) => type(`worksheets/sheet${index + 1}`, 'worksheet'));
  const listed = names.map((name, index) => `<sheet name="${xml(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`);
  const parts = {
    '[Content_Types].xml': `${XML_HEAD}<Types xmlns="${PACKAGE_NS}/content-types">`
      + '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
      + '<Default Extension="xml" ContentType="application/xml"/>'
      + `${type('workbook', 'sheet.main')}${type('styles', 'styles')}${sheetTypes.join('')}</Types>`,
    '_rels/.rels': relations([['officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': `${XML_HEAD}<workbook xmlns="${SHEETS_NS}" xmlns:r="${RELATIONS_NS}">`
      + `<sheets>${listed.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations([
      ...names.map((_, index) => ['worksheet', `worksheets/sheet${index + 1}.xml`]), ['styles', 'styles.xml'],
    ]),
    'xl/styles.xml': STYLE_SHEET,
  };
  sheets.forEach((content, index) => {
    parts[`xl/worksheets/sheet${index + 1}.xml`] = content;
  });
  return parts;
}

function crc32(bytes) {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) {
      crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
  }
  return ~crc >>> 0;
}

// Numbers of `[value, bytes]` pairs, lowest byte first, as ZIP wants them.
function packed(...fields) {
  return Uint8Array.from(fields.flatMap(([value, size]) => (
    Array.from({ length: size }, (_, index) => (value >>> (8 * index)) & 255)
  )));
}

// A ZIP archive whose parts are stored as they are, all dated 1 January 1980: equal content gives an equal file.
function zip(parts) {
  const encoder = new TextEncoder();
  const bodies = [];
  const directory = [];
  let offset = 0;
  for (const [path, content] of Object.entries(parts)) {
    const name = encoder.encode(path);
    const bytes = encoder.encode(content);
    const about = [[20, 2], [0x800, 2], [0, 2], [0, 2], [33, 2], [crc32(bytes), 4], [bytes.length, 4], [bytes.length, 4],
      [name.length, 2], [0, 2]];
    bodies.push(packed([0x04034b50, 4], ...about), name, bytes);
    directory.push(packed([0x02014b50, 4], [20, 2], ...about, [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]), name);
    offset += 30 + name.length + bytes.length;
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const count = directory.length / 2;
  const end = packed([0x06054b50, 4], [0, 2], [0, 2], [count, 2], [count, 2], [size, 4], [offset, 4], [0, 2]);
  return new Blob([...bodies, ...directory, end], { type: `${SHEET_TYPE}.sheet` });
}

function xlsxOf(table) {
  const sheets = [sheet(rowsOf(table), { isRead: true }), sheet(notesOn(table), { isNotes: true })];
  return zip(workbookParts([words.sheet_data, words.sheet_notes], sheets));
}
