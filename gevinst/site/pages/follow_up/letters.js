// Copying a letter: by the button where the browser lets a page write to the clipboard, else the text is selected.

const letterWords = readJson('letter-words');

async function copyLetter(letter, said) {
  try {
    await navigator.clipboard.writeText(letter.value);
    said.textContent = letterWords.copied;
  } catch (error) {
    letter.focus();
    letter.select();
    said.textContent = letterWords.failed;
  }
}

for (const row of all('[data-copies]')) {
  const letter = row.parentElement.querySelector('textarea');
  row.hidden = false;
  row.querySelector('button').addEventListener('click', () => copyLetter(letter, row.querySelector('[role=status]')));
}
