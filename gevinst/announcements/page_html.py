"""HTML to the lines of a page, each with the number of its source line.

Belongs here: which elements are blocks, cells and headings, which are no part of the article, and what the head says.
Does not belong here: plain text (`document.py`) and menus that only their wording gives away (`boilerplate.py`).
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gevinst.announcements.model import Line

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

_DROPPED = (
    "script", "style", "noscript", "template", "svg", "nav", "button", "iframe", "select", "input", "form", "dialog"
)  # fmt: skip
_BLOCKS = (
    "h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "dt", "dd", "figcaption", "blockquote", "td", "th", "tr", "time",
    "summary", "caption", "address", "div", "section", "article", "main", "aside", "header", "footer", "ul", "ol",
    "dl", "table", "tbody", "thead", "figure", "body", "details",
)  # fmt: skip
_QUIET = ("aside", "footer", "figcaption", "blockquote", "figure", "address")
_QUIET_NAMES = re.compile(
    r"cookie|breadcrumb|related|teaser|menu|share|social|contact|kontakt|footer|sidebar|promo|banner|byline|quote",
    re.IGNORECASE,
)
_PUBLISHED = ("article:published_time", "article:modified_time", "dcterms.issued", "dc.date", "date", "last-modified")


@dataclass(frozen=True, slots=True)
class Meta:
    """What the head of an HTML page says: title, language and date, each with its source line."""

    title: tuple[str, int] | None = None
    language: str | None = None
    published: tuple[str, int] | None = None
    publisher: tuple[str, int] | None = None


def html_lines(text: str) -> tuple[list[Line], Meta]:
    """Blocks of the page in order, and what its head says."""
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(text, "html.parser")
    meta = _meta(soup)
    for tag in soup.find_all(_DROPPED):
        tag.decompose()
    for tag in soup.select("[aria-hidden=true]"):
        tag.decompose()
    rows = text.split("\n")
    found: list[Line] = []
    root = soup.body or soup
    _walk(root, found, _Places(rows), quiet=False)
    return found, meta


class _Places:
    """Where in the source a block's first words stand, at or after the line of its opening tag."""

    def __init__(self, rows: list[str]) -> None:
        self._rows = [re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", row))) for row in rows]

    def line(self, text: str, first: int) -> int:
        words = text[:60].split()
        for wanted in (" ".join(words[:4]), " ".join(words[:2]), *words[:1]):
            for number in range(first, min(first + 12, len(self._rows)) + 1):
                if wanted and wanted in self._rows[number - 1]:
                    return number
        return first


def _walk(tag: Tag, found: list[Line], places: _Places, *, quiet: bool) -> None:
    from bs4.element import NavigableString, PreformattedString, Tag

    quiet = quiet or _is_quiet(tag)
    if tag.name == "table":
        _table(tag, found, places, quiet=quiet)
        return
    loose = ""
    for child in tag.children:
        if isinstance(child, PreformattedString):
            continue
        if isinstance(child, Tag) and (child.name in _BLOCKS or child.find(_BLOCKS)):
            _add(tag, loose, found, places, quiet=quiet)
            loose = ""
            _walk(child, found, places, quiet=quiet)
        elif isinstance(child, Tag):
            loose += "\n" if child.name == "br" else _inline(child)
        elif isinstance(child, NavigableString):
            loose += re.sub(r"\s+", " ", str(child))
    _add(tag, loose, found, places, quiet=quiet)


def _inline(tag: Tag) -> str:
    for broken in tag.find_all("br"):
        broken.replace_with("\n")
    return re.sub(r"[^\S\n]+", " ", tag.get_text())


def _add(tag: Tag, loose: str, found: list[Line], places: _Places, *, quiet: bool) -> None:
    """Put the running text of a block into lines: one for each that `<br>` had parted."""
    first = tag.sourceline or 1
    if found and not found[-1].cells:
        first = max(first, found[-1].number)
    for index, piece in enumerate(part for part in loose.split("\n") if part.strip()):
        cleaned = re.sub(r"[\s\u00a0\u200b]+", " ", piece).strip()
        first = places.line(cleaned, first)
        level = int(tag.name[1]) if re.fullmatch(r"h[1-6]", tag.name) else 0
        bare = re.sub(r"^[•·▪–-]\s+", "", cleaned)
        bullet = tag.name == "li" or bare != cleaned or tag.find_parent("li") is not None
        line = Line(first, bare, is_bullet=bullet and not level, level=level, after_gap=index == 0, is_quiet=quiet)
        if tag.name == "dd" and found and found[-1].text.endswith(":") and found[-1].number <= first:
            before = found[-1]
            parts = ((0, before.number), (len(before.text) + 1, first))
            found[-1] = replace(before, text=f"{before.text} {bare}", parts=parts)
            continue
        found.append(replace(line, text=f"{bare}:") if tag.name == "dt" and not bare.endswith(":") else line)


def _table(table: Tag, found: list[Line], places: _Places, *, quiet: bool) -> None:
    for row in table.find_all("tr"):
        cells: list[Line] = []
        for cell in row.find_all(["td", "th"]):
            for item in cell.find_all(["br", "li", "p"]):
                item.insert_before(" ; " if item.name != "br" else "; ")
            text = re.sub(r"[\s\u00a0]+", " ", cell.get_text()).strip(" ;")
            text = re.sub(r"(?:\s*;\s*)+", "; ", text)
            cells.append(Line(places.line(text, cell.sourceline or row.sourceline or 1), text))
        if not any(cell.text for cell in cells):
            continue
        is_header = all(cell.name == "th" for cell in row.find_all(["td", "th"]))
        if len(cells) == 2 and row.find("th") and not is_header:
            parts = ((0, cells[0].number), (len(cells[0].text.rstrip(":")) + 2, cells[1].number))
            text = f"{cells[0].text.rstrip(':')}: {cells[1].text}"
            found.append(Line(cells[0].number, text, after_gap=False, is_quiet=quiet, parts=parts))
            continue
        text = " | ".join(cell.text for cell in cells)
        found.append(Line(cells[0].number, text, cells=tuple(cells), is_header_row=is_header, is_quiet=quiet))


def _is_quiet(tag: Tag) -> bool:
    if tag.name in _QUIET or tag.get("role") in ("navigation", "contentinfo", "complementary", "search"):
        return True
    if tag.name in ("body", "main", "article"):
        return False
    names = tag.get("class") or []
    described = " ".join([*(names if isinstance(names, list) else [names]), str(tag.get("id") or "")])
    return bool(_QUIET_NAMES.search(described))


def _meta(soup: BeautifulSoup) -> Meta:
    title = soup.title
    root = soup.find("html")
    published = publisher = None
    for tag in soup.find_all("meta"):
        name = str(tag.get("property") or tag.get("name") or "").lower()
        content = str(tag.get("content") or "").strip()
        if name in _PUBLISHED and published is None and re.match(r"\d{4}-\d{2}-\d{2}", content):
            published = (content[:10], tag.sourceline or 1)
        if name in ("og:site_name", "publisher", "dc.publisher") and content and publisher is None:
            publisher = (content, tag.sourceline or 1)
    language = str(root.get("lang") or "") if root else ""
    text = re.sub(r"\s+", " ", title.get_text()).strip() if title else ""
    return Meta((text, title.sourceline or 1) if title and text else None, language or None, published, publisher)
