"""Every figure on a phone: as wide as its screen, with letters that can be read and none outside or on each other."""

import pytest

from gevinst.site.figures import style

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE = {"width": 390, "height": 800}
PAGES = ("nb/portefolje", "nb/gevinster", "nb/ordningen", "nb/pavirkning", "en/portfolio", "en/scheme", "en/drivers")
# Texts of a drawing that end outside it, are too small, or cover each other; two signs below each other may touch.
FAULTS = """figure => {
  const drawing = figure.querySelector('.on-phone svg');
  const frame = drawing.getBoundingClientRect();
  const lines = drawing.querySelectorAll('text:not(:has(tspan)), tspan:not(:has(tspan))');
  const texts = Array.from(lines).filter((text) => text.textContent.trim());
  const boxes = texts.map((text) => text.getBoundingClientRect());
  const outside = (box) => box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1
    || box.bottom > frame.bottom + 1;
  const scale = frame.width / drawing.viewBox.baseVal.width;
  const faults = texts.filter((text, index) => outside(boxes[index])).map((text) => `outside: ${text.textContent}`);
  for (const text of texts) {
    const size = parseFloat(getComputedStyle(text).fontSize) * scale;
    faults.push(...(size < 11 ? [`${size} pixels: ${text.textContent}`] : []));
  }
  texts.forEach((one, index) => texts.slice(index + 1).forEach((other, further) => {
    const [a, b] = [boxes[index], boxes[index + 1 + further]];
    const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    faults.push(...(across > 2 && down > 7 ? [`${one.textContent} on ${other.textContent}`] : []));
  }));
  return faults;
}"""


@pytest.mark.parametrize("state", ["normal", "illustrative"])
@pytest.mark.parametrize("path", PAGES)
def test_a_figure_on_a_phone_can_be_read(site_of, visit, state, path) -> None:
    page = visit(site_of(state) / path / "index.html", viewport=PHONE).page
    figures = page.locator(".figure")
    assert figures.count() >= 1
    for figure in figures.all():
        frame = figure.locator(".on-phone svg").bounding_box()
        assert frame["x"] >= 0 and frame["x"] + frame["width"] <= PHONE["width"]
        assert frame["width"] == pytest.approx(style.PHONE_WIDTH)
        assert figure.evaluate(FAULTS) == []
