"""A saved file to the lines of a page, whether it is text or HTML.

Belongs here: reading and refusing files, encodings, joining text that was broken over lines, which elements of HTML are
blocks, cells, headings or no part of the article, and the metadata in the head.
Does not belong here: what lines mean (`vocabulary`) and menus that only their wording reveals (`article.py`).
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from gevinst.announcements.model import Line
from gevinst.announcements.vocabulary import MONTH, label_of, limit, one_of
from gevinst.errors import EvaluatorError

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

# By their first bytes, since people save a PDF as page.txt.
_SIGNATURES = {
    b"%PDF": ("en PDF", "a PDF"),
    b"PK\x03\x04": ("en pakket fil, som et regneark", "a packed file such as a workbook"),
    b"\xd0\xcf\x11\xe0": ("et gammelt dokument", "an old document"),
}
_HTML = re.compile(r"<!doctype html|<html|<body|<article|<main|<h1|<p[ >]|<div[ >]|<table", re.IGNORECASE)
_BULLET = re.compile(rf"^(?:[•●▪‣◦·*–—-]|\d{{1,2}}[.)](?!\s*{MONTH}))\s+", re.IGNORECASE)
_BLANKS = re.compile(r"[\s\u200b\ufeff]+")
_GOES_ON = re.compile(rf"(?:[,–-]|\b{one_of('document.goes_on')})$")
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


class AnnouncementError(EvaluatorError):
    """A file that cannot be read as a page."""


@dataclass(frozen=True, slots=True)
class Meta:
    """Metadata in the head of an HTML page: title, date and publisher with their source lines, and the language."""

    title: tuple[str, int] | None = None
    language: str | None = None
    published: tuple[str, int] | None = None
    publisher: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A page as lines, with the metadata of its HTML."""

    name: str
    lines: tuple[Line, ...]
    meta: Meta
    text: str | None = None
    """The content of the file, for plain text."""


def read_document(path: Path) -> Document:
    """The page saved at `path`.

    Raises:
        AnnouncementError: the file is missing, empty, too large, or no text (a PDF, a picture, a workbook).
    """
    if not path.is_file():
        raise AnnouncementError(f"{path}: fila finnes ikke", f"{path}: there is no such file")
    content = path.read_bytes()
    for signature, (nb, en) in _SIGNATURES.items():
        if content.startswith(signature):
            raise _no_page(path, nb, en)
    if len(content) > limit("largest_file"):
        raise AnnouncementError(
            f"{path}: fila er større enn en side; lagre bare artikkelen",
            f"{path}: {len(content):,} bytes is more than a page; save only the article",
        )
    text = decoded(content)
    if text is None:
        raise _no_page(path, "ikke tekst", "not text")
    if not text.strip():
        raise AnnouncementError(f"{path}: fila er tom", f"{path}: the file is empty")
    return document_of(path.name, text)


def _no_page(path: Path, nb: str, en: str) -> AnnouncementError:
    return AnnouncementError(
        f"{path}: dette er {nb}; lagre siden som tekst eller HTML, og les den",
        f"{path}: this is {en}; save the page as text or HTML and read that",
    )


def decoded(content: bytes) -> str | None:
    """Bytes as text: UTF-8 or UTF-16 with its mark, else Windows-1252; `None` when they are no text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if b"\x00" in content:
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:  # what Norwegian Windows programs write; it accepts nearly all bytes, and so comes last
        text = content.decode("cp1252", errors="replace")
    # A stray control character survives copying from a PDF; more than one in a hundred is a binary file.
    controls = sum(1 for sign in text if ord(sign) < 32 and sign not in "\n\r\t\f")
    return text if controls <= len(text) / 100 else None


def document_of(name: str, text: str) -> Document:
    """The page in `text`; lines are counted as `text.split("\\n")` counts them."""
    if _HTML.search(text[:5000]):  # by its content, since a page may be saved as .txt; a tag further down is an example
        lines, meta = html_lines(text)
        return Document(name, tuple(lines), meta)
    return Document(name, tuple(joined(text_lines(text))), Meta(), text)


def clean(text: str) -> str:
    """`text` with every run of white space as one blank and none at the ends."""
    return _BLANKS.sub(" ", text).strip()


def text_lines(text: str) -> list[Line]:
    """The lines of plain text that are not blank; a row with tabs or bars keeps its cells."""
    found: list[Line] = []
    gap = True
    for index, raw in enumerate(text.split("\n"), start=1):
        cleaned = clean(raw)
        if not cleaned:
            gap = True
            continue
        cells = _cells(raw, index)
        if cells == ():
            continue
        bullet = _BULLET.match(cleaned)
        level = len(cleaned) - len(cleaned.lstrip("#")) if re.match(r"#{1,6} ", cleaned) else 0
        bare = cleaned.lstrip("# ") if level else cleaned[bullet.end() :] if bullet else cleaned
        bare = re.sub(r"^\*\*(.+?)\*\*", r"\1", bare)
        found.append(
            Line(index, bare, is_bullet=bool(bullet) and not level, level=level, after_gap=gap, cells=cells or ())
        )
        gap = False
    return found


def _cells(raw: str, number: int) -> tuple[Line, ...] | None:
    """Cells of a row written with tabs or bars; `()` for a ruling line, `None` for anything else."""
    stripped = raw.strip()
    if re.fullmatch(r"\|?[\s:|+-]*-{3,}[\s:|+-]*\|?", stripped) and "|" in stripped:
        return ()
    if stripped.count("|") >= 2 or " | " in stripped:
        parts = stripped.strip("|").split("|")
    elif "\t" in stripped:  # an empty cell is one too, and the last of a row may be
        parts = raw.strip("\r\n \u00a0").split("\t")
    elif len(parts := re.split(r" {3,}", stripped)) >= 2 and all(len(part) < limit("longest_cell") for part in parts):
        pass
    elif stripped.count(";") >= 2 and not re.search(r"; [a-zæøå]", stripped) and len(stripped) < 250:
        parts = stripped.split(";")
    else:
        return None
    return tuple(Line(number, clean(part)) for part in parts) if len(parts) >= 2 else None


def joined(lines: list[Line]) -> list[Line]:
    """Lines, of which those that were broken at a fixed width are joined again."""
    found: list[Line] = []
    for line in lines:
        before = found[-1] if found else None
        if before is None or not _continues(before, line):
            found.append(line)
            continue
        parts = before.parts or ((0, before.number),)
        found[-1] = replace(
            before,
            text=f"{before.text} {line.text}",
            parts=(*parts, (len(before.text) + 1, line.number)),
        )
    return found


def _continues(before: Line, line: Line) -> bool:
    if line.after_gap or line.is_bullet or line.level or before.level or line.cells or before.cells:
        return False
    if label_of(line.text):
        return False
    if _GOES_ON.search(before.text):
        return True
    last = before.text if not before.parts else before.text[before.parts[-1][0] :]
    return line.text[:1].islower() or (
        len(last) >= limit("shortest_broken_line") and not re.search(r"[.!?:»”]$", before.text) and bool(before.parts)
    )


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
    """Finds the source line of a block's first words, at or after the line of its opening tag."""

    def __init__(self, rows: list[str]) -> None:
        self._rows = [re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", row))) for row in rows]

    def line(self, text: str, first: int) -> int:
        # Fewer and fewer words, because a line of the source may end after any of them; at most 12 lines down, because
        # short words would otherwise be found in another block.
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
        if isinstance(child, PreformattedString):  # comments, doctype and CDATA, which are strings to BeautifulSoup
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
    """Add the running text of a block as lines, split at each `<br>`."""
    first = tag.sourceline or 1
    if found and not found[-1].cells:
        first = max(first, found[-1].number)
    for index, piece in enumerate(part for part in loose.split("\n") if part.strip()):
        cleaned = clean(piece)
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
    # Cells that reach down into the rows below: by column, how many rows are left and the cell.
    reaching: dict[int, tuple[int, Line]] = {}
    for row in table.find_all("tr"):
        cells: list[Line] = []
        for cell in row.find_all(["td", "th"]):
            _reach_down(cells, reaching)
            for item in cell.find_all(["br", "li", "p"]):
                item.insert_before(" ; " if item.name != "br" else "; ")
            text = clean(cell.get_text()).strip(" ;")
            text = re.sub(r"(?:\s*;\s*)+", "; ", text)
            line = Line(places.line(text, cell.sourceline or row.sourceline or 1), text)
            if (rows := str(cell.get("rowspan") or "")).isdigit() and int(rows) > 1:
                reaching[len(cells)] = (int(rows) - 1, line)
            cells.append(line)
        _reach_down(cells, reaching)
        if not any(cell.text for cell in cells):
            continue
        is_header = all(cell.name == "th" for cell in row.find_all(["td", "th"]))
        # A heading and a value in one row are a label and its field, not a row of a table.
        if len(cells) == 2 and row.find("th") and not is_header:
            parts = ((0, cells[0].number), (len(cells[0].text.rstrip(":")) + 2, cells[1].number))
            text = f"{cells[0].text.rstrip(':')}: {cells[1].text}"
            found.append(Line(cells[0].number, text, after_gap=False, is_quiet=quiet, parts=parts))
            continue
        text = " | ".join(cell.text for cell in cells)
        found.append(Line(cells[0].number, text, cells=tuple(cells), is_header_row=is_header, is_quiet=quiet))


def _reach_down(cells: list[Line], reaching: dict[int, tuple[int, Line]]) -> None:
    """Append the cells of rows above that also are the next of this one."""
    while len(cells) in reaching:
        left, line = reaching.pop(place := len(cells))
        cells.append(line)
        if left > 1:
            reaching[place] = (left - 1, line)


def _is_quiet(tag: Tag) -> bool:
    if tag.name in _QUIET or tag.get("role") in ("navigation", "contentinfo", "complementary", "search"):
        return True
    if tag.name in ("body", "main", "article"):  # themes give these classes such as "has-sidebar"
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
    text = clean(title.get_text()) if title else ""
    return Meta((text, title.sourceline or 1) if title and text else None, language or None, published, publisher)
