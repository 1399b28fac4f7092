// A frozen edition cannot know of later ones: a small file beside the folders of editions says which is in force.

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
  };
  document.head.append(script);
}
