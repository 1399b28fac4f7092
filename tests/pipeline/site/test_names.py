"""What a page calls a button, a box or a file, for ears and for voices: no two are called the same."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from tests.data.page_reading import text_of

# A heading that sorts is named by its column: screen readers say it with every cell, and its table is named.
CONTROLS = "button:not(th button), summary, .onward a, .downloads a"


def name_of(page: BeautifulSoup, control: Tag) -> str:
    """The accessible name, from whatever gives it."""
    if control.get("aria-labelledby"):
        return " ".join(text_of(page.find(id=named)) for named in str(control["aria-labelledby"]).split())
    return str(control.get("aria-label") or text_of(control))


def test_no_two_buttons_boxes_or_files_of_a_page_have_the_same_name(trees: dict[Path, BeautifulSoup]) -> None:
    alike = []
    for path, page in trees.items():
        called: dict[str, set[object]] = defaultdict(set)
        for control in page.select(CONTROLS):
            called[name_of(page, control)].add(control.get("href") or id(control))
        alike += [(path.parent.name, name) for name, targets in called.items() if len(targets) > 1]
    assert alike == []


def test_a_name_begins_with_the_words_that_are_seen(trees: dict[Path, BeautifulSoup]) -> None:
    for path, page in trees.items():
        for control in page.select(CONTROLS):
            assert name_of(page, control).startswith(text_of(control)), (path, control)


def test_the_files_of_a_table_are_named_by_what_is_in_it(trees: dict[Path, BeautifulSoup]) -> None:
    (page,) = (page for path, page in trees.items() if path.parts[-3:-1] == ("nb", "portefolje"))
    heading = text_of(page.find(id="prosjekter-heading"))
    names = {name_of(page, button) for button in page.select("[data-csv-of=prosjekter], [data-xlsx-of=prosjekter]")}
    assert names == {f"CSV {heading}", f"Excel {heading}"}
