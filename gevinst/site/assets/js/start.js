// The order in which a page comes alive.

keepAddress();
startTables();
startFigures();
startFilter();
openTarget();
window.addEventListener('hashchange', () => {
  keepAddress();
  openTarget();
});
