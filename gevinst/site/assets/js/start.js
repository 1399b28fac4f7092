// The order in which a page comes alive.

keepAddress();
startTables();
startFigures();
startPictures();
startFilter();
startPaged();
startViews();
startPrinting();
startCards();
openTarget();
sayIfNewer();
window.addEventListener('hashchange', () => {
  keepAddress();
  openTarget();
  openPagedTarget();
});
