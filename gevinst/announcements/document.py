"""A file to the lines of a page, whatever it was saved as.

Belongs here: reading and refusing files, encodings, plain text to lines, and joining what was broken over lines.
Does not belong here: HTML (`page_html.py`) and what lines mean (`labels.py`, `boilerplate.py`, ...).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from gevinst.announcements.model import Line
from gevinst.announcements.page_html import Meta, html_lines
from gevinst.announcements.vocabulary import label_of
from gevinst.announcements.words import MONTH
from gevinst.errors import EvaluatorError

LARGEST_FILE = 5_000_000
_SIGNATURES = {
    b"%PDF": ("en PDF", "a PDF"),
    b"PK\x03\x04": ("en pakket fil, som et regneark", "a packed file such as a workbook"),
    b"\xd0\xcf\x11\xe0": ("et gammelt dokument", "an old document"),
}
_HTML = re.compile(r"<!doctype html|<html|<body|<article|<main|<h1|<p[ >]|<div[ >]|<table", re.IGNORECASE)
_BULLET = re.compile(rf"^(?:[•●▪‣◦·*–—-]|\d{{1,2}}[.)](?!\s*{MONTH}))\s+", re.IGNORECASE)
_ODD_BLANKS = re.compile(r"[\u00a0\u2007\u2009\u202f\u200b\ufeff\t ]+")
_GOES_ON = re.compile(r"(?:[,–-]|\b(?:og|and|i|av|for|til|med|samt|ved|frå|fra|som|at|å|of|the|with|in|to))$")
SHORTEST_BROKEN_LINE = 40


class AnnouncementError(EvaluatorError):
    """A file that cannot be read as a page."""


@dataclass(frozen=True, slots=True)
class Document:
    """A page as lines, with what its HTML said about itself."""

    name: str
    lines: tuple[Line, ...]
    meta: Meta
    text: str | None = None
    """The page as it stands in the file, for plain text."""


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
    if len(content) > LARGEST_FILE:
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
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    controls = sum(1 for sign in text if ord(sign) < 32 and sign not in "\n\r\t\f")
    return text if controls <= len(text) / 100 else None


def document_of(name: str, text: str) -> Document:
    """The page in `text`; lines are counted as `text.split("\\n")` counts them."""
    if _HTML.search(text[:5000]):
        lines, meta = html_lines(text)
        return Document(name, tuple(lines), meta)
    return Document(name, tuple(joined(text_lines(text))), Meta(), text)


def clean(text: str) -> str:
    """`text` with every run of blanks as one and none at the ends."""
    return _ODD_BLANKS.sub(" ", text.replace("\r", " ")).strip()


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
    elif "\t" in stripped:
        parts = re.split(r"\t+", stripped)
    elif stripped.count(";") >= 2 and not re.search(r"; [a-zæøå]", stripped) and len(stripped) < 250:
        parts = stripped.split(";")
    else:
        return None
    return tuple(Line(number, clean(part)) for part in parts) if len(parts) >= 2 else None


def joined(lines: list[Line]) -> list[Line]:
    """Lines with those put together again that a fixed width had broken."""
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
        len(last) >= SHORTEST_BROKEN_LINE and not re.search(r"[.!?:»”]$", before.text) and bool(before.parts)
    )
