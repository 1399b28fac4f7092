// The order in which a page comes alive.

keepAddress();
startTables();
startFigures();
startPictures();
startPaged();
startViews();
startPrinting();
startCards();
startFilter();
openTarget();
sayIfNewer();
window.addEventListener('hashchange', () => {
  keepAddress();
  openTarget();
  openPagedTarget();
});
