// A frozen edition cannot know of later ones: a small file beside the folders of editions says which is in force.

// The list of editions on their page, with a link to each.
function listEditions(up) {
  const list = document.querySelector('[data-editions]');
  if (!list) {
    return;
  }
  for (const edition of window.gevinstEditions || []) {
    const link = document.createElement('a');
    link.href = `${up}../../${edition.id}/site/${language}/index.html`;
    link.className = 'ds-link';
    link.textContent = say('listed', { edition: edition.id, day: edition[language] });
    const entry = document.createElement('li');
    entry.append(link);
    if (edition.id === window.gevinstNewest) {
      entry.append(` ${words.in_force}`);
    }
    list.append(entry);
  }
  list.closest('section').hidden = list.children.length === 0;
}

// Only where the page lies in its published place, <editions>/<edition id>/site/, is there such a file to ask for.
function sayIfNewer() {
  const banner = document.querySelector('[data-newer]');
  const place = banner && location.pathname.split(`/${banner.dataset.newer}/site/`);
  if (!place || place.length !== 2 || place[0].endsWith('/candidates')) {
    return;
  }
  const up = '../'.repeat(place[1].split('/').length - 1);
  const script = document.createElement('script');
  script.src = `${up}../../newest.js`;
  script.onload = () => {
    const newest = window.gevinstNewest;
    if (newest && newest !== banner.dataset.newer) {
      banner.querySelector('a').href = `${up}../../${newest}/site/${language}/index.html`;
      banner.hidden = false;
    }
    listEditions(up);
  };
  document.head.append(script);
}
