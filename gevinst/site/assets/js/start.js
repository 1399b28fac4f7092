// The order in which a page comes alive.

keepAddress();
startTables();
startFigures();
startFilter();
startPrinting();
openTarget();
window.addEventListener('hashchange', () => {
  keepAddress();
  openTarget();
});
