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

// The banner stands before all others: what they say is of an edition that is no longer in force.
function addBanner(href) {
  const banner = document.createElement('div');
  const text = document.createElement('p');
  const title = document.createElement('strong');
  const link = document.createElement('a');
  banner.className = 'ds-alert newer';
  banner.dataset.color = 'info';
  text.className = 'ds-paragraph';
  title.textContent = words.banner_newer_title;
  link.className = 'ds-link';
  link.href = href;
  link.textContent = words.banner_newer_link;
  text.append(title, ` ${say('banner_newer', { edition: words.edition })} `, link);
  banner.append(text);
  document.getElementById('innhold').prepend(banner);
}

// Only where the page lies in its published place, <editions>/<edition id>/site/, is there such a file to ask for.
function sayIfNewer() {
  const place = location.pathname.split(`/${words.edition}/site/`);
  if (place.length !== 2 || place[0].endsWith('/candidates')) {
    return;
  }
  const up = '../'.repeat(place[1].split('/').length - 1);
  const script = document.createElement('script');
  script.src = `${up}../../newest.js`;
  script.onload = () => {
    const newest = window.gevinstNewest;
    if (newest && newest !== words.edition) {
      addBanner(`${up}../../${newest}/site/${language}/index.html`);
    }
    listEditions(up);
  };
  document.head.append(script);
}
