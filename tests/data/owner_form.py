"""What an owner writes in a form and what filling it in takes, and what a browser says of a form that is open.

Belongs here: answers to every kind of field, and the scripts that look at the page.
Does not belong here: how fast an owner is, and what must be true of a form (`tests/browser/test_owner_form.py`).
"""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page

from gevinst.contracts.vocabulary import SAID_MEASURED
from gevinst.follow_up.fields import ROLE, Field, fields_of
from gevinst.follow_up.prefill import Form
from gevinst.follow_up.sheet import ROLE_FIELD

WRITTEN = {
    "statement": "Alle kommuner i fylket bruker tjenesten til å melde fra om flytting, og saksbehandlere slipper å "
    "lete etter opplysninger i tre systemer.",
    "method": "Uttrekk fra eget register over saker",
    "planned": "Brukerundersøkelse blant innbyggere og ansatte",
    "document": "Årsrapport for tjenesten, kapittel fire",
    "closing": "Prosjektet ga en tjeneste som avdelingen for innbyggerdialog eier i dag. Den gjør det lettere for "
    "familier å bytte skole, og kommunene sparer tid på hver sak.",
    ROLE: "prosjektleder",
}
"""What an owner may write, as long as such answers are when they say who, what and why."""
NUMBERS = {"baseline": "31", "value": "12,5"}

# The visible words of a place, as somebody reads them: what stands in closed lists is searched and not read.
WORDS = """place => {
  const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
  let words = 0;
  while (walker.nextNode()) {
    const { parentElement: parent, data } = walker.currentNode;
    if (!parent.closest('select') && parent.checkVisibility()) words += data.split(/\\s+/).filter(Boolean).length;
  }
  return words;
}"""

# Everything that is chosen and written, in the order of the page.
FILLED_IN = """() => Array.from(document.querySelectorAll('main :is(input, textarea, select)'), (tag) =>
  ['radio', 'checkbox'].includes(tag.type) ? tag.checked : tag.value)"""

# Boxes of texts and controls that lie over one another: none is inside another, so that none may share a point.
OVERLAPS = """() => {
  const shown = Array.from(document.querySelectorAll('main :is(legend, label, select, textarea, p, h1, h2, h3, h4, '
    + 'button, summary, input[type=text], .soft, .fault)')).filter((tag) => tag.checkVisibility());
  const boxes = shown.map((tag) => tag.getBoundingClientRect());
  const over = [];
  for (let one = 0; one < shown.length; one += 1) {
    for (let other = one + 1; other < shown.length; other += 1) {
      const [a, b] = [boxes[one], boxes[other]];
      const share = a.right - b.left > 1 && b.right - a.left > 1 && a.bottom - b.top > 1 && b.bottom - a.top > 1;
      if (share && !shown[one].contains(shown[other])) over.push(`${shown[one].innerText} / ${shown[other].innerText}`);
    }
  }
  return over;
}"""


@dataclass
class Effort:
    """What filling in takes: clicks, and words typed."""

    clicks: int = 0
    typed: int = 0


def fill(page: Page, fields: list[Field], effort: Effort | None = None) -> None:
    """Give every field an answer, in the order of the page; each benefit was measured, which asks for most."""
    effort = effort or Effort()
    for field in fields:
        place = page.locator(f'[data-key="{field.key}"]')
        match field.kind:
            case "choice" | "choices":
                code = SAID_MEASURED if SAID_MEASURED in field.choices else field.choices[-2]
                place.locator(f"input[value={code}]").check()
                effort.clicks += 1
            case "unit":
                place.locator("select").select_option(index=1)
                effort.clicks += 2  # to open the list, and to choose
            case "when":
                place.locator("select").nth(0).select_option("03")
                place.locator("select").nth(1).select_option("2025")
                effort.clicks += 4
            case _:
                text = {**WRITTEN, **NUMBERS}[field.name]
                place.locator("input, textarea").fill(text)
                effort.clicks += 1
                effort.typed += len(text.split())


def all_fields(form: Form) -> list[Field]:
    """Every field of a form, also those that are about no project."""
    return [*(field for project in form["projects"] for field in fields_of(project)), ROLE_FIELD]


def fill_all(page: Page, form: Form) -> None:
    """Give every field of a form an answer, in boxes that are closed too."""
    page.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true; })")
    fill(page, all_fields(form))
