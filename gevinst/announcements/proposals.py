"""Proposals from elsewhere, a person's or a program's: the same object as the reader's, each value with its quote.

Belongs here: reading the file, holding each quote against its line of the page, and making a `Reading` of what stands.
Does not belong here: the reader's own way of finding values (`read_page.py`), and the draft (`accept.py`), which is the
same for both.

A value is ``{"value", "line", "quote"}`` and may have a ``confidence``. The quote stands on the line, and the value in
the quote, unless it is a number or a code that the page has in other words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gevinst.announcements.amounts import amounts_in
from gevinst.announcements.document import Document, decoded, read_document
from gevinst.announcements.document_type import TYPES
from gevinst.announcements.model import Found, Gain, Line, Project, Reading, Round
from gevinst.announcements.read_page import reading_of
from gevinst.announcements.text_lines import clean
from gevinst.announcements.vocabulary import LANGUAGES, NUMBER, codes, confidence, number, pattern
from gevinst.announcements.without_persons import without_persons
from gevinst.bilingual import Bilingual
from gevinst.characters import visible
from gevinst.errors import EvaluatorError
from gevinst.limited import LimitError, in_child

_MODALITIES = ("potential", "goal", "reported", "documented")
_LONGEST = 1_000
"""Characters of what is said of one fault; a quote may be as long as the page."""
_KINDS = ("award", "frame_plus_options")
_LISTS = ("owners", "partners", "suppliers")
_FIGURES = ("year", "selected", "applicants", "amount_nok")
_DATES = ("start", "end")
_NUMBERS = re.compile(rf"(?<!\w)(?:{NUMBER})(?!\w)", re.IGNORECASE)
_OTHERS = pattern("rounds.others", words=True)
_ISO = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


class ProposalError(EvaluatorError):
    """Proposals that do not stand on their page; nothing of them is used."""


@dataclass(slots=True)
class _Check:
    """The lines of the page, and what is wrong with the proposals so far."""

    file: str
    lines: Sequence[str]
    faults: list[Bilingual] = field(default_factory=list)

    def fault(self, place: str, nb: str, en: str) -> None:
        # Halves of signs and the like cannot be printed, and JSON can spell them.
        self.faults.append(Bilingual(*(visible(f"{self.file}, {place}: {text}"[:_LONGEST]) for text in (nb, en))))

    def found(self, one: Any, place: str, *, is_said: bool = True) -> Found | None:
        """The value at `place` when its quote stands on its line; with `is_said` the value must be in the quote."""
        if one is None:
            return None
        if not isinstance(one, dict) or one.get("value") in (None, "") or not isinstance(one["value"], (str, int)):
            return self.fault(place, "mangler «value»", "has no «value»")
        value, line, quote = one["value"], one.get("line"), one.get("quote")
        if not self._stands(line, quote, place):
            return None
        if is_said and not _says(str(quote), value):
            return self.fault(
                place, f"«{value}» står ikke i sitatet «{quote}»", f"«{value}» is not in its quote «{quote}»"
            )
        return Found(value, line, self._confidence(one, place))

    def _stands(self, line: Any, quote: Any, place: str) -> bool:
        if not isinstance(quote, str) or not quote.strip():
            self.fault(place, "mangler «quote»", "has no «quote»")
        elif not isinstance(line, int) or isinstance(line, bool) or not 1 <= line <= len(self.lines):
            last = len(self.lines)
            self.fault(
                place, f"linje {line} finnes ikke; siden har {last}", f"there is no line {line}; the page has {last}"
            )
        elif _plain(quote) not in _plain(self.lines[line - 1]):
            self.fault(place, f"«{quote}» står ikke på linje {line}", f"«{quote}» is not on line {line}")
        else:
            return True
        return False

    def _confidence(self, one: Mapping[str, Any], place: str) -> float:
        sure = one.get("confidence", confidence("proposals.unsaid"))
        if isinstance(sure, bool) or not isinstance(sure, (int, float)) or not 0 <= sure <= 1:
            self.fault(place, "«confidence» er ikke et tall fra 0 til 1", "«confidence» is no number from 0 to 1")
            return 0
        return min(float(sure), confidence("proposals.most"))

    def whole(self, one: Any, place: str) -> Found | None:
        """A whole number."""
        found = self.found(one, place)
        if found and (isinstance(found.value, bool) or not isinstance(found.value, int) or found.value < 0):
            return self.fault(place, f"«{found.value}» er ikke et helt tall", f"«{found.value}» is no whole number")
        return found

    def dated(self, one: Any, place: str) -> Found | None:
        """A date as exact as the page."""
        found = self.found(one, place, is_said=False)
        if found and not _ISO.fullmatch(str(found.value)):
            return self.fault(place, f"«{found.value}» er ikke en dato", f"«{found.value}» is no date")
        return found and Found(str(found.value), found.line, found.confidence)

    def coded(self, one: Any, place: str, allowed: Sequence[str]) -> Found | None:
        """One of some codes."""
        found = self.found(one, place, is_said=False)
        if found and found.value not in allowed:
            listed = ", ".join(allowed)
            return self.fault(place, f"«{found.value}» er ingen av: {listed}", f"«{found.value}» is none of: {listed}")
        return found

    def listed(self, holder: Mapping[str, Any], name: str, place: str) -> Iterator[tuple[Any, str]]:
        """The entries of a list with their places."""
        entries = holder.get(name) or []
        if not isinstance(entries, list):
            self.fault(f"{place}{name}", "er ikke en liste", "is no list")
            return
        yield from ((one, f"{place}{name}[{number}]") for number, one in enumerate(entries, start=1))

    def known(self, holder: Any, place: str, names: Sequence[str]) -> Mapping[str, Any]:
        """The holder, whose keys must be among `names`; empty when it is no object."""
        if not isinstance(holder, dict):
            self.fault(place, "er ikke et objekt", "is no object")
            return {}
        for name in holder:
            if name not in names:
                self.fault(place, f"ukjent nøkkel «{name}»", f"unknown key «{name}»")
        return holder


def _says(quote: str, value: str | int) -> bool:
    """Whether a quote has a value: its words, or its number in digits, in words or as an amount."""
    if isinstance(value, str):
        # «kommunene Lyngby og Steinmo» names Lyngby kommune.
        return _plain(value) in _plain(quote) or _plain(value).removesuffix(" kommune") in _plain(quote)
    numbers = {number(match) for match in _NUMBERS.findall(quote)} | {int(one) for one in re.findall(r"\d+", quote)}
    amounts = {one.nok for text in (quote, f"støtte {quote} kroner") for one in amounts_in(text)}
    # «31 others» are counted together with those selected, which another line says.
    return value in numbers | amounts or bool(_OTHERS.search(quote))


def _plain(text: str) -> str:
    return clean(re.sub(r"<[^>]*>", " ", text)).casefold()


def read_proposals(path: Path, page: Path | None = None) -> Reading:
    """The proposals at `path` as a reading of `page`, or of the page that they name, relative to their own folder.

    Both are read in a process of their own.

    Raises:
        LimitError: reading took too much.
        ProposalError: the file is no such object, or a quote does not stand on its line; all faults, one on each line.
    """
    try:
        return in_child(_read, path, page)
    except LimitError as error:
        raise error.about(str(path)) from error


def _read(path: Path, page: Path | None) -> Reading:
    said = _object(path)
    if page is None:
        named = said.get("page")
        if not isinstance(named, str):
            raise ProposalError(
                f"{path}: hvilken side? Skriv fila etter kommandoen, eller «page» i forslagene",
                f"{path}: which page? Name its file after the command, or «page» in the proposals",
            )
        page = _beside(path, named)
    document = read_document(page)
    check = _Check(path.name, (decoded(page.read_bytes()) or "").split("\n"))
    reading = _reading(check, said, document)
    if check.faults:
        raise ProposalError(*("\n".join(fault(language) for fault in check.faults) for language in Bilingual._fields))
    return without_persons(reading)


def _beside(path: Path, named: str) -> Path:
    """The page that the proposals at `path` name, in their own folder: their writer may not choose among all files."""
    page = path.parent / named
    try:
        is_beside = page.resolve().is_relative_to(path.parent.resolve()) and page.is_file()
    except (OSError, ValueError):  # a name that no file can have
        is_beside = False
    if not is_beside:
        shown = named[:_LONGEST]
        raise ProposalError(
            f"{path}: siden {shown} finnes ikke i mappa til forslagene; skriv fila etter kommandoen",
            f"{path}: there is no page {shown} in the folder of the proposals; name its file after the command",
        )
    return page


def _object(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise ProposalError(f"{path}: fila finnes ikke", f"{path}: there is no such file")
    try:
        said = json.loads(decoded(path.read_bytes()) or "")
    except (ValueError, RecursionError) as error:
        raise ProposalError(
            f"{path}: fila er ikke JSON ({error})", f"{path}: the file is not JSON ({error})"
        ) from error
    if not isinstance(said, dict):
        raise ProposalError(f"{path}: fila er ikke ett JSON-objekt", f"{path}: the file is not one JSON object")
    return said


def _reading(check: _Check, said: Mapping[str, Any], document: Document) -> Reading:
    # Title, publisher and language are of the page itself, and are read from it where nobody proposes them.
    reading = reading_of(document)
    reading.rounds, reading.projects, reading.findings = [], [], []
    check.known(said, "objektet", ("page", "document", "rounds", "projects", "findings"))
    about = check.known(said.get("document") or {}, "document", ("type", "published", "language", "title", "publisher"))
    reading.type = check.coded(about.get("type"), "document.type", TYPES) or reading.type
    reading.language = check.coded(about.get("language"), "document.language", LANGUAGES) or reading.language
    reading.published = check.dated(about.get("published"), "document.published") or reading.published
    reading.title = check.found(about.get("title"), "document.title") or reading.title
    reading.publisher = check.found(about.get("publisher"), "document.publisher") or reading.publisher
    for one, place in check.listed(said, "rounds", ""):
        reading.rounds.append(_round(check, one, place))
    for one, place in check.listed(said, "projects", ""):
        reading.projects.append(_project(check, one, place, document.lines))
    return reading


def _round(check: _Check, said: Any, place: str) -> Round:
    said = check.known(said, place, (*_FIGURES, "amount_kind"))
    year, selected, applicants, amount = (check.whole(said.get(name), f"{place}.{name}") for name in _FIGURES)
    return Round(
        year, selected, applicants, amount, check.coded(said.get("amount_kind"), f"{place}.amount_kind", _KINDS)
    )


def _project(check: _Check, said: Any, place: str, lines: Sequence[Line]) -> Project:
    said = check.known(said, place, ("name", *_LISTS, *_DATES, "grant", "gains", "status"))
    found = Project(name=check.found(said.get("name"), f"{place}.name"))
    for role in _LISTS:
        values = [check.found(one, where) for one, where in check.listed(said, role, f"{place}.")]
        setattr(found, role, [value for value in values if value])
    found.start, found.end = (check.dated(said.get(name), f"{place}.{name}") for name in _DATES)
    found.grant = check.whole(said.get("grant"), f"{place}.grant")
    found.status = check.coded(said.get("status"), f"{place}.status", (*codes("status_in_text"), "tildelt"))
    found.gains = [
        gain for one, where in check.listed(said, "gains", f"{place}.") if (gain := _gain(check, one, where))
    ]
    if not found.name and not found.owners and not check.faults:
        check.fault(place, "har verken navn eller eier", "has neither a name nor an owner")
    told = [found.name, *found.owners, *found.partners, *found.suppliers, found.start, found.end, found.grant]
    numbers = {one.line for one in told if one}
    found.lines = [line for line in lines if line.number in numbers]
    found.first_line = min((number for number in numbers if number), default=1)
    return found


def _gain(check: _Check, said: Any, place: str) -> Gain | None:
    said = check.known(said, place, ("text", "modality", "line", "quote", "confidence"))
    text = check.found({**said, "value": said.get("text")}, place)
    if said.get("modality") not in _MODALITIES:
        listed = ", ".join(_MODALITIES)
        return check.fault(place, f"«modality» er ingen av: {listed}", f"«modality» is none of: {listed}")
    return Gain(str(text.value), said["modality"], int(text.line or 1), text.confidence) if text else None
