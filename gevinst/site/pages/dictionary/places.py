"""Where on the pages each table is shown.

Belongs here: finding the tables behind the blocks of all other pages.
Does not belong here: how the places are described (`page.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from gevinst.site.blocks import Block, Made
from gevinst.site.context import Place, View
from gevinst.site.page import Document, Page

_ABOUT_TABLES = ("dictionary", "method", "glossary", "about")
"""Pages about the tables themselves; they show every table, so naming them would not help a reader."""


def places(view: View) -> dict[str, tuple[Place, ...]]:
    """Places by name of table, in the order of the menu. Pages of single projects count as one place.

    Those that were noted while pages were written; where none was, every page is made to see what it shows.
    """
    from gevinst.site.pages import PAGES  # the list of pages imports the pages that ask here

    if not view.places:
        for page in PAGES:
            if page.name not in _ABOUT_TABLES:
                for document in page.documents(view):
                    note_places(view, page, document)
    return {table: tuple(by_href.values()) for table, by_href in view.places.items()}


def note_places(view: View, page: Page, document: Document) -> None:
    """Note which tables a document shows, so that nobody has to make it once more to know."""
    if page.name not in _ABOUT_TABLES:
        for table, place in _on_page(view, page, document):
            view.places.setdefault(table, {}).setdefault(place.href, place)


def _on_page(view: View, page: Page, document: Document) -> Iterator[tuple[str, Place]]:
    if document.tail:
        each = view.t("page_dictionary.project_pages")
        yield from ((name, Place(each, each, view.href("portfolio"))) for name, _ in _shown(document.values))
        return
    key = page.nav_key or page.footer_key
    called = view.t(key) if key else document.title
    for name, block in _shown(document.values):
        anchor = f"{block.table.table_id}-heading" if block else ""
        title = block.heading if block else document.title
        yield name, Place(called, title, view.href(page.name, anchor=anchor))


def _shown(value: Any) -> Iterator[tuple[str, Block | None]]:
    """Names of the tables behind everything in `value`, with the block that shows them."""
    if value is None or isinstance(value, str | int | float):  # most values, and none of them holds a table
        return
    if isinstance(value, Block):  # not its rows, for the same reason
        yield from ((one.name, value) for one in value.made)
    elif isinstance(value, Made):
        yield value.name, None
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _shown(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _shown(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _shown(getattr(value, field.name))
