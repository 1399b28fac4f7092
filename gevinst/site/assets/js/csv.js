// Rows as text for a spreadsheet, in the manner of the page's language.

// Semicolon and comma as decimal mark in Norwegian, comma and point in English. A text that a spreadsheet would take
// for a formula gets an apostrophe in front.
function csvField(value) {
  if (typeof value === 'number') {
    return language === 'en' ? String(value) : String(value).replace('.', ',');
  }
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[";,\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

function csvText(rows) {
  const separator = language === 'en' ? ',' : ';';
  return '\uFEFF' + rows.map((row) => row.map(csvField).join(separator)).join('\r\n') + '\r\n';
}
