"""Every reader of files that others made, behind one function: the text of what was read, or of why it was refused.

Belongs here: what a trial of any reader needs, for the hostile files and for files by chance.
Does not belong here: the files.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import polars as pl

from gevinst.announcements.proposals import read_proposals
from gevinst.announcements.read_page import read_page, summary_text
from gevinst.characters import visible
from gevinst.contracts import Column, Type, contract
from gevinst.errors import GevinstError
from gevinst.formats.exchange import read
from gevinst.formats.model import write_draft
from gevinst.intake.core import read_typed
from gevinst.intake.read_csv import read_delimited
from gevinst.intake.validate import apply_contract
from gevinst.workbook.codes import Options, options
from gevinst.workbook.known import known_rows
from gevinst.workbook.parse import read_delivery
from gevinst.workbook.read_register import read_register
from gevinst.workbook.read_xlsx import read_book
from gevinst.workbook.register_layout import TABLES, RegisterLayout
from gevinst.workspace import scheme
from tests.data.kept import ROOT
from tests.faults.hostile_files import HEADING

SCHEME = scheme().name.nb

_TYPES = (Type.TEXT, Type.TEXT, Type.NUMBER, Type.INTEGER, Type.BOOLEAN, Type.DATE)
TABLE = replace(
    contract("kpi"),
    name="small",
    key=("id",),
    columns=tuple(
        Column(name, kind, "N.", "E.", required=name == "id") for name, kind in zip(HEADING, _TYPES, strict=True)
    ),
)
"""A table of every type of column."""
LAYOUT = RegisterLayout("oppsett.toml", columns={"Gevinst": (("benefits", "name_nb"),)})
NOBODY = pl.DataFrame(
    schema={"organisation_number": pl.String, "organisation_id": pl.String, "registered_name": pl.String}
)
PAGE = f"Tildeling fra {SCHEME}\nProsjektet Arkivfloken\n"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a reader gave: everything it says, as text, and whether it refused the file as a whole."""

    text: str
    is_refused: bool


@cache
def _registry() -> tuple[Options, dict[str, pl.DataFrame]]:
    rows = read_typed(ROOT / "data" / "raw").rows
    return options(rows), rows


def _delimited(path: Path, *, is_from_a_person: bool) -> str:
    held = read_delimited(path, path.name, TABLE, is_from_a_person=is_from_a_person)
    typed, findings = apply_contract(held.rows, TABLE, {})
    findings = [*held.findings, *findings]
    _expect(all(value is None or math.isfinite(value) for value in typed["number"]), "a number that is none")
    lost = held.rows.height + len(held.findings) - typed.height - len({(one.file, one.row_number) for one in findings})
    _expect(lost == 0, f"{lost} rows that are neither read nor named")
    kept = typed.write_csv()
    _expect(visible(kept) == kept, "a sign that nobody sees")
    return "\n".join([kept, *(one.sentence() for one in findings)])


def _workbook(path: Path) -> str:
    delivery = read_delivery(path, _registry()[0], lambda _: None)
    _expect(not delivery.cells["unknown"] or bool(delivery.findings), "cells that nothing is said of")
    rows = [str(row.texts) for filled in delivery.filled.values() for row in filled.rows]
    return "\n".join([*rows, *(f"{one.sentence()} {one.sheet} {one.cell}" for one in delivery.findings)])


def _register(path: Path) -> str:
    texts, rows = _registry()
    known = {name: known_rows(contract(name), rows[name]) for name in TABLES}
    delivery = read_register(read_book(path), LAYOUT, texts, known, [])
    found = [str(row.texts) for filled in delivery.filled.values() for row in filled.rows]
    return "\n".join([*found, *(f"{one.sentence()} {one.cell}" for one in delivery.findings)])


def _exchange(path: Path, layout: str) -> str:
    draft = read(path, layout, NOBODY)
    folder = path.with_name(f"{path.name}-draft")
    write_draft(draft, folder)
    written = "\n".join(one.read_text(encoding="utf-8") for one in sorted(folder.iterdir()))
    return "\n".join([written, *(one.sentence("nb") for one in draft.faults)])


def _page(path: Path) -> str:
    reading = read_page(path)
    shown = summary_text(reading, "nb")
    return "\n".join([shown, *(line.text for line in reading.lines)])


def _proposals(path: Path) -> str:
    path.with_name("side.txt").write_text(PAGE, encoding="utf-8")
    return summary_text(read_proposals(path), "nb")


READERS: dict[str, Callable[[Path], str]] = {
    "raw": lambda path: _delimited(path, is_from_a_person=False),
    "person": lambda path: _delimited(path, is_from_a_person=True),
    "workbook": _workbook,
    "register": _register,
    "360giving": lambda path: _exchange(path, "360giving"),
    "gmpp": lambda path: _exchange(path, "gmpp"),
    "iati": lambda path: _exchange(path, "iati"),
    "page": _page,
    "proposals": _proposals,
}


def outcome(reader: str, path: Path) -> Outcome:
    """What the reader gives; any error but one that a person can fix goes on, and fails the trial."""
    try:
        text = READERS[reader](path)
    except GevinstError as error:
        # A container may be broken in any way; a text that breaks its reader is a fault of the reader.
        is_package = path.read_bytes()[:2] in (b"PK", b"\xd0\xcf")
        _expect(is_package or "is probably damaged (" not in str(error), f"an error nobody foresaw: {error}")
        for language in ("nb", "en"):
            for line in error.message(language).splitlines():
                _expect(visible(line) == line, f"a sign that nobody sees: {line!r}")
                _expect(len(line) < 3_000, f"a sentence of {len(line)} letters")
                _expect("Traceback" not in line and "object at 0x" not in line, f"words of the machine: {line}")
        return Outcome(str(error), is_refused=True)
    text.encode("utf-8")  # what cannot be written can be neither printed nor stored
    return Outcome(text, is_refused=False)


def _expect(is_so: bool, what: str) -> None:
    if not is_so:
        raise AssertionError(what)
