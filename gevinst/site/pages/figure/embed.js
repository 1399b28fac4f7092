// A figure inside another page is the figure alone, and what it links to opens beside that page, not inside the frame.

function suitFrame() {
  if (window.self === window.top) {
    return;
  }
  document.documentElement.classList.add('is-framed');
  for (const link of all('a[href]:not([href^="#"])')) {
    link.target = '_blank';
    link.rel = 'noopener';
  }
}

async function copyCode() {
  const code = document.getElementById('embed-code');
  const said = document.querySelector('[data-copied-code]');
  try {
    await navigator.clipboard.writeText(code.textContent);
    said.textContent = words.code_copied;
  } catch (error) {
    getSelection().selectAllChildren(code); // no clipboard: the reader copies what is marked
    said.textContent = words.code_marked;
  }
}

suitFrame();
document.querySelector('[data-copy-code]').addEventListener('click', copyCode);
