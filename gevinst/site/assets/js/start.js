// The order in which a page comes alive.

keepAddress();
startTables();
startFigures();
startFilter();
startPrinting();
openTarget();
sayIfNewer();
window.addEventListener('hashchange', () => {
  keepAddress();
  openTarget();
});
