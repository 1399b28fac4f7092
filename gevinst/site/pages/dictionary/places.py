"""Where on the pages each table is shown.

Belongs here: finding the tables behind the blocks of all other pages.
Does not belong here: how the places are described (`page.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from gevinst.site.blocks import Block, Made
from gevinst.site.context import View
from gevinst.site.page import Page

_ABOUT_TABLES = ("dictionary", "method", "glossary", "about")
"""Pages about the tables themselves; they show every table, so naming them would not help a reader."""


@dataclass(frozen=True, slots=True)
class Place:
    """A page, or a figure or table on it, by what it is called and its address."""

    page: str
    title: str
    href: str


def places(view: View) -> dict[str, tuple[Place, ...]]:
    """Places by name of table, in the order of the menu. Pages of single projects count as one place."""
    from gevinst.site.pages import PAGES  # the list of pages imports the pages that ask here

    found: dict[str, dict[str, Place]] = defaultdict(dict)
    for page in PAGES:
        if page.name not in _ABOUT_TABLES:
            for table, place in _on_page(view, page):
                found[table].setdefault(place.href, place)
    return {table: tuple(by_href.values()) for table, by_href in found.items()}


def _on_page(view: View, page: Page) -> Iterator[tuple[str, Place]]:
    key = page.nav_key or page.footer_key
    for document in page.documents(view):
        if document.tail:
            each = view.t("page_dictionary.project_pages")
            yield from ((name, Place(each, each, view.href("portfolio"))) for name, _ in _shown(document.values))
            continue
        called = view.t(key) if key else document.title
        for name, block in _shown(document.values):
            anchor = f"{block.table.table_id}-heading" if block else ""
            title = block.heading if block else document.title
            yield name, Place(called, title, view.href(page.name, anchor=anchor))


def _shown(value: Any, block: Block | None = None) -> Iterator[tuple[str, Block | None]]:
    """Names of the tables behind everything in `value`, with the block that shows them."""
    if value is None or isinstance(value, str | int | float):  # most values, and none of them holds a table
        return
    if isinstance(value, Made):
        yield value.name, block
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _shown(item, block)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _shown(item, block)
    elif is_dataclass(value):
        inside = value if isinstance(value, Block) else block
        for field in fields(value):
            yield from _shown(getattr(value, field.name), inside)
