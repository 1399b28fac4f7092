"""A saved file to the lines of a page, whether it is text or HTML.

Belongs here: reading and refusing files, encodings, and whether a file is HTML.
Does not belong here: the lines of plain text (`text_lines.py`), those of HTML (`html_page.py`) and what lines mean
(`vocabulary`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from gevinst.announcements.html_page import MazeError, Meta, html_lines
from gevinst.announcements.model import Line
from gevinst.announcements.text_lines import joined, text_lines
from gevinst.announcements.vocabulary import limit
from gevinst.bilingual import LANGUAGES
from gevinst.errors import EvaluatorError

# By their first bytes, since people save a PDF as page.txt.
_SIGNATURES = {
    b"%PDF": ("en PDF", "a PDF"),
    b"PK\x03\x04": ("en pakket fil, som et regneark", "a packed file such as a workbook"),
    b"\xd0\xcf\x11\xe0": ("et gammelt dokument", "an old document"),
}
_HTML = re.compile(r"<!doctype html|<html|<body|<article|<main|<h1|<p[ >]|<div[ >]|<table", re.IGNORECASE)


class AnnouncementError(EvaluatorError):
    """A file that cannot be read as a page."""


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
        return _line_ends(content.decode("utf-16", errors="replace"))
    if b"\x00" in content:
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:  # what Norwegian Windows programs write; it accepts nearly all bytes, and so comes last
        text = content.decode("cp1252", errors="replace")
    # A stray control character survives copying from a PDF; more than one in a hundred is a binary file.
    controls = sum(1 for sign in text if ord(sign) < 32 and sign not in "\n\r\t\v\f")
    return _line_ends(text) if controls <= len(text) / 100 else None


def _line_ends(text: str) -> str:
    """The text of an old Mac with the line ends of others; elsewhere a carriage return is a blank."""
    return text if "\n" in text else text.replace("\r", "\n")


def document_of(name: str, text: str) -> Document:
    """The page in `text`; lines are counted as `text.split("\\n")` counts them.

    Raises `AnnouncementError` for a page that is a maze of elements, or has a paragraph no person has written.
    """
    try:
        document = _document_of(name, text)
    except MazeError as error:
        raise AnnouncementError(*(f"{name}: {error.message(language)}" for language in LANGUAGES)) from error
    word = limit("longest_word")
    longest = re.compile(rf"\S{{{word},}}")
    for line in document.lines:
        if len(line.text) > limit("longest_line") or longest.search(line.text):
            raise AnnouncementError(
                f"{name}: linje {line.number} er en tekst på {len(line.text)} tegn uten avsnitt eller mellomrom; lagre "
                "siden med linjeskift, eller bare artikkelen",
                f"{name}: line {line.number} is a text of {len(line.text)} characters without paragraphs or blanks; "
                "save the page with line breaks, or only the article",
            )
    return document


def _document_of(name: str, text: str) -> Document:
    if _HTML.search(text[:5000]):  # by its content, since a page may be saved as .txt; a tag further down is an example
        lines, meta = html_lines(text)
        return Document(name, tuple(lines), meta)
    return Document(name, tuple(joined(text_lines(text))), Meta(), text)
