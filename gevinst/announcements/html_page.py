"""The blocks of an HTML page as lines, and what its head says.

Belongs here: which elements are blocks, headings or no part of the article, labels that the page draws as such, where
in the file a block stands, and the metadata in the head.
Does not belong here: tables (`html_tables.py`), plain text (`text_lines.py`) and menus that only their wording reveals
(`article.py`).
"""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from gevinst.announcements.html_tables import table_lines
from gevinst.announcements.model import Line
from gevinst.announcements.text_lines import clean
from gevinst.announcements.vocabulary import bare_label_of, label_of, limit
from gevinst.errors import EvaluatorError

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
_VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"
}  # fmt: skip
_BOLD = ("strong", "b")
_MARKED = (*_BOLD, "em", "i", "span", "label")
"""Elements that may hold a label without its colon; those in bold also the name of what a block is about."""
_QUIET = ("aside", "footer", "figcaption", "blockquote", "figure", "address")
_QUIET_NAMES = re.compile(
    r"cookie|breadcrumb|related|teaser|menu|share|social|contact|kontakt|footer|sidebar|promo|banner|byline|quote",
    re.IGNORECASE,
)
_PUBLISHED = ("article:published_time", "article:modified_time", "dcterms.issued", "dc.date", "date", "last-modified")
_TERM = 6
"""Level of a term that is no label, and of a summary: they head what is below them."""


class MazeError(EvaluatorError):
    """A page has more elements, or more of them inside each other, than any page that is an article."""

    def __init__(self, line: int, depth: int) -> None:
        """`line` is where the limit is passed, `depth` how many elements are open there."""
        super().__init__(
            f"linje {line} har {depth} elementer inni hverandre, eller siden har for mange i alt; lagre bare "
            "artikkelen, eller lagre den som tekst",
            f"line {line} has {depth} elements inside each other, or the page has too many altogether; save only the "
            "article, or save it as text",
        )


@dataclass(frozen=True, slots=True)
class Meta:
    """Metadata in the head of an HTML page: title, date and publisher with their source lines, and the language."""

    title: tuple[str, int] | None = None
    language: str | None = None
    published: tuple[str, int] | None = None
    publisher: tuple[str, int] | None = None


def html_lines(text: str) -> tuple[list[Line], Meta]:
    """Blocks of the page in order, and what its head says."""
    from bs4 import BeautifulSoup

    _refuse_mazes(text)
    soup = BeautifulSoup(text, "html.parser")
    meta = _meta(soup)
    for tag in soup.find_all(_DROPPED):
        tag.decompose()
    for tag in soup.select("[aria-hidden=true], [hidden]"):
        tag.decompose()
    rows = text.split("\n")
    found: list[Line] = []
    root = soup.body or soup
    _walk(root, found, _Places(rows), quiet=False)
    return found, meta


class _Maze(HTMLParser):
    """Counts the elements of a page, and how many are open inside each other, as the library that reads it does."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self.open: list[str] = []
        self._of_name: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.count += 1
        if tag not in _VOID:
            self.open.append(tag)
            self._of_name[tag] += 1
        if self.count > limit("most_elements") or len(self.open) > limit("deepest_element"):
            line, _ = self.getpos()
            raise MazeError(line, len(self.open))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._of_name[tag] and tag not in _VOID:
            closed = self.open.pop()
            self._of_name[closed] -= 1
            if closed == tag:
                break


def _refuse_mazes(text: str) -> None:
    """Raise `MazeError` before anything is built of a page that no person has written and no browser can show."""
    maze = _Maze()
    maze.feed(text)
    maze.close()


class _Places:
    """Finds the source line of a block's first words, at or after the line of its opening tag."""

    def __init__(self, rows: list[str]) -> None:
        self._rows = [clean(html.unescape(re.sub(r"<[^>]*>", " ", row))) for row in rows]

    def line(self, text: str, first: int) -> int:
        # Fewer and fewer words, because a line of the source may end after any of them; at most 12 lines down, because
        # short words would otherwise be found in another block.
        words = text[:60].split()
        for wanted in (" ".join(words[:4]), " ".join(words[:2]), *words[:1]):
            for number in range(first, min(first + 12, len(self._rows)) + 1):
                if wanted and wanted in self._rows[number - 1]:
                    return number
        return first


@dataclass(slots=True)
class _Loose:
    """Running text of a block: pieces between breaks, and the element that each begins with, with its words."""

    pieces: list[str]
    begins: list[tuple[str, str]]

    def add(self, text: str, element: str = "") -> None:
        """Append text, which begins a new piece after each of its breaks."""
        if not self.pieces[-1].strip() and clean(text) and element in _MARKED:
            self.begins[-1] = (element, clean(text))
        first, *more = text.split("\n")
        self.pieces[-1] += first
        self.pieces += more
        self.begins += [("", "")] * len(more)


def _walk(tag: Tag, found: list[Line], places: _Places, *, quiet: bool) -> None:
    from bs4.element import NavigableString, PreformattedString, Tag

    quiet = quiet or _is_quiet(tag)
    if tag.name == "table":
        found += table_lines(tag, places.line, quiet=quiet)
        return
    loose = _Loose([""], [("", "")])
    for child in tag.children:
        if isinstance(child, PreformattedString):  # comments, doctype and CDATA, which are strings to BeautifulSoup
            continue
        if isinstance(child, Tag) and (child.name in _BLOCKS or child.find(_BLOCKS)):
            _add(tag, loose, found, places, quiet=quiet)
            loose = _Loose([""], [("", "")])
            _walk(child, found, places, quiet=quiet)
        elif isinstance(child, Tag):
            loose.add("\n" if child.name == "br" else _inline(child), child.name)
        elif isinstance(child, NavigableString):
            loose.add(re.sub(r"\s+", " ", str(child)))
    _add(tag, loose, found, places, quiet=quiet)


def _inline(tag: Tag) -> str:
    for broken in tag.find_all("br"):
        broken.replace_with("\n")
    return re.sub(r"[^\S\n]+", " ", tag.get_text())


def _add(tag: Tag, loose: _Loose, found: list[Line], places: _Places, *, quiet: bool) -> None:
    """Add the running text of a block as lines, split at each `<br>`."""
    first = tag.sourceline or 1
    if found and not found[-1].cells:
        first = max(first, found[-1].number)
    index = 0
    for piece, (element, begins) in zip(loose.pieces, loose.begins, strict=True):
        cleaned = clean(piece)
        if not cleaned:
            continue
        first = places.line(cleaned, first)
        level = int(tag.name[1]) if re.fullmatch(r"h[1-6]", tag.name) else _TERM if tag.name == "summary" else 0
        bare = re.sub(r"^[•·▪–-]\s+", "", cleaned)
        bullet = tag.name == "li" or bare != cleaned or tag.find_parent("li") is not None
        line = Line(first, bare, is_bullet=bullet and not level, level=level, after_gap=index == 0, is_quiet=quiet)
        index += 1
        if tag.name == "dt":
            found.append(_term(tag, line))
        elif tag.name == "dd" and found and found[-1].is_field and found[-1].number <= first and not label_of(bare):
            found[-1] = _defined(found[-1], line)
        else:
            found.append(_begun(line, element, begins))


def _term(tag: Tag, line: Line) -> Line:
    """A term of a list: a label when one of the list's terms is known as such, else a heading."""
    root = tag.find_parent("dl")
    terms = [clean(term.get_text()) for term in root.find_all("dt")] if root else []
    if any(bare_label_of(term, of_table=True) for term in terms) or len(set(terms)) < len(terms):
        return replace(line, text=f"{line.text.rstrip(': ?')}:", is_field=True)
    return replace(line, level=line.level or _TERM)


def _defined(term: Line, value: Line) -> Line:
    """A term with its value, or with one more of them."""
    text = f"{term.text} " if term.text.endswith(":") else f"{term.text}; "
    parts = (*(term.parts or ((0, term.number),)), (len(text), value.number))
    return replace(term, text=f"{text}{value.text}", parts=parts)


def _begun(line: Line, element: str, begins: str) -> Line:
    """A line with what it begins with in other letters: a label, or the name of what the line is about."""
    if line.level or not begins or not line.text.startswith(begins):
        return line
    rest = line.text[len(begins) :].strip()
    if rest and rest[:1] not in ":,;.–—-()" and begins[-1] not in ":." and bare_label_of(begins, of_table=True):
        return replace(line, text=f"{begins}: {rest}", is_field=True)
    return replace(line, strong=begins.rstrip(" :,.–—-")) if element in _BOLD else line


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
