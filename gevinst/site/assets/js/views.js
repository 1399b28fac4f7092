// Views: one of several ways to show the same rows, chosen by the reader and kept in the address. Without scripts all of
// them are shown, one below the other.

function showView(group, name) {
  const buttons = all('input', group);
  const wanted = buttons.find((button) => button.value === name) || buttons[0]; // an address may be old or mistyped
  wanted.checked = true;
  for (const button of buttons) {
    document.getElementById(button.value).toggleAttribute('data-chosen', button === wanted);
  }
  if (selected) {
    drawSelected(selected); // what is out of sight is not drawn
  }
}

function viewsFromAddress() {
  for (const group of all('[data-views]')) {
    showView(group, new URLSearchParams(location.search).get(group.dataset.views));
  }
}

// A link to something in a view that is not chosen chooses it.
function openView(target) {
  const view = target.closest('[data-view]');
  const group = view && all('[data-views]').find((one) => all('input', one).some((button) => button.value === view.id));
  if (group) {
    showView(group, view.id);
  }
}

function startViews() {
  for (const group of all('[data-views]')) {
    group.addEventListener('change', (event) => {
      const name = event.target.value;
      setAddress({ [group.dataset.views]: name === all('input', group)[0].value ? '' : name }, true);
      showView(group, name);
    });
  }
  window.addEventListener('popstate', viewsFromAddress);
  viewsFromAddress();
}
