"""Reading the addresses of numbers on rendered pages, as a reader's browser has them.

Belongs here: which numbers of a page have which address, and whether the value at an address is the number shown.
Does not belong here: which pages are read (the tests).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl
from bs4 import BeautifulSoup, Tag

from gevinst.contracts import contract
from gevinst.contracts.addressing import read_address
from gevinst.language.numbers import Formatter

_YEAR = re.compile(r"(19|20)\d\d")
_DIGITS = re.compile(r"\d")
_ON_SCALE = re.compile(r"0 [^\W\d]")
_WORDS = {
    Formatter(language).in_words(n, gender): n
    for language in ("nb", "en")
    for gender in ("common", "neuter")
    for n in range(13)
}
_SCALES = (1, 100, 1e-6, 1 / 12)
"""A number is shown in the unit of its row, in per cent, in millions, or months as years."""


@dataclass(frozen=True)
class Shown:
    """A number as a reader sees it, and its address; `None` where nothing on the page gives it one."""

    text: str
    address: str | None


def shown_numbers(page: BeautifulSoup) -> Iterator[Shown]:
    """Every number in running text that has an address, and every number in a table, with one or without."""
    main = page.select_one("main")
    assert main is not None
    for tag in main.select("[data-address]"):
        if tag.name not in ("td", "th"):
            yield Shown(tag.get_text(), _in_full(str(tag["data-address"]), tag))
    for table in main.select("table"):
        headings = table.select("thead th, thead td")
        for row in table.select("tbody tr, tfoot tr"):
            for place, cell in enumerate(row.find_all(["th", "td"], recursive=False)):
                yield from _in_cell(cell, row, headings[place])


def _in_cell(cell: Tag, row: Tag, heading: Tag) -> Iterator[Shown]:
    text = _own_text(cell)
    if "number" not in (cell.get("class") or []) or not _DIGITS.search(text):
        return
    if _YEAR.fullmatch(text) or _ON_SCALE.match(text) or cell.get("data-no-figure"):
        return  # no figures: a year; a place on the plus-minus scale, in words; what the page says is none
    if cell.select_one("[data-address]"):
        return  # the number has an element of its own, which says where it comes from
    if cell.get("data-address"):
        yield Shown(text, _in_full(str(cell["data-address"]), row))
    elif heading.get("data-column") and row.parent is not None and row.parent.name == "tbody":
        table, _, column = str(heading["data-column"]).partition(".")
        # A row whose id is the key itself does not repeat it.
        key = _in_full(str(row.get("data-key", row.get("id", "") if column else "")), row)
        yield Shown(text, ".".join(part for part in (table, key, column) if part))
    else:
        yield Shown(text, None)


def _in_full(address: str, place: Tag) -> str:
    """An address or a key as written at `place`, with the id of the project that the row or the page is about."""
    within = place if place.get("data-project") else place.find_parent(attrs={"data-project": True})
    return address.replace("~", str(within["data-project"])) if within is not None else address


def _own_text(cell: Tag) -> str:
    """The number of a cell, without the small print and the bars below it."""
    small = (["note"], ["bars"])
    parts = [part for part in cell.children if not (isinstance(part, Tag) and part.get("class") in small)]
    return " ".join(part.get_text() if isinstance(part, Tag) else str(part) for part in parts).strip()


def fault(shown: Shown, tables: Mapping[str, pl.DataFrame], edition_year: int) -> str | None:
    """Why the address of a number does not lead to it; `None` where it does."""
    if shown.address is None:
        return f"{shown.text!r} has no address"
    try:
        address = read_address(shown.address)
    except KeyError as problem:
        return f"{shown.text!r} at {shown.address}: {problem}"
    if address.table not in tables:
        return f"{shown.text!r} at {shown.address}: the edition has no such table"
    has_one_row = contract(address.table).key == ("edition_year",)
    if address.selected_by is not None or (address.key is None and not (has_one_row and address.column)):
        return None  # a number of rows
    rows = address.rows(tables[address.table], edition_year)
    if rows.height != 1 or address.column is None:
        is_row = rows.height > 0 and address.column is None
        return None if is_row else f"{shown.text!r} at {shown.address}: {rows.height} rows"
    value = rows.item(0, address.column)
    if not _is_shown(value, shown.text):
        return f"{shown.text!r} at {shown.address}, where there is {value}"
    return None


def _is_shown(value: float | None, text: str) -> bool:
    """Whether the value is in a text, rounded as the text is and in a unit that pages use."""
    if value is None:
        return False
    words = text.lower()
    if words in _WORDS:
        return abs(value) in (_WORDS[words], 12 * _WORDS[words])
    numbers = re.findall(r"\d[\d\u00a0,.]*", text)
    return any(_is_near(abs(value), number) for number in numbers)


def _is_near(value: float, number: str) -> bool:
    written = number.replace("\u00a0", "").rstrip(",.")
    readings = {written.replace(",", ""), written.replace(",", ".")}  # English and Norwegian
    for reading in readings:
        if reading.count(".") > 1:
            continue
        shown, places = float(reading), len(reading.partition(".")[2])
        # Half of the last digit, and whole years of months are cut and not rounded.
        if any(abs(value * scale - shown) <= 0.5000001 * 10**-places for scale in _SCALES):
            return True
        if value // 12 == shown:
            return True
    return False
