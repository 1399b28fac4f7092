// The order in which a page comes alive.

keepAddress();
startTables();
startFigures();
startFilter();
startPaged();
startViews();
startPrinting();
openTarget();
sayIfNewer();
window.addEventListener('hashchange', () => {
  keepAddress();
  openTarget();
  openPagedTarget();
});
