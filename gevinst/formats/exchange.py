"""Files of the layouts that others use, to and from disk.

Belongs here: encodings, CSV and JSON, and refusing what cannot be read.
Does not belong here: what the files mean (`threesixty.py`, `gmpp.py`).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from gevinst.formats import gmpp, threesixty
from gevinst.formats.model import Draft, ExchangeError, NotCarried
from gevinst.formats.tables import harmless

TABLES = (
    *("projects", "rounds", "participations", "organisations", "organisation_numbers", "project_grants"),
    *("project_events", "project_relations", "round_figures", "sources", "codelists"),
    *("status_assessments", "benefit_claims", "benefit_measurements", "follow_on_funding"),
    *("edition_years", "project_status", "benefit_evidence"),
)
"""Tables of an edition that an export is made from."""
_TWICE_ENCODED = ("â€", "Â£", "Ã")
"""What UTF-8 looks like after it was read as Windows-1252 and saved again, as spreadsheets do with published files."""


def export(
    tables: Mapping[str, pl.DataFrame],
    layout: str,
    out: Path,
    *,
    edition_year: int,
    is_illustrative: bool,
    language: str,
) -> tuple[int, list[NotCarried]]:
    """Write a published edition, given as `tables` (those in `TABLES`), to `out` in `layout`.

    Returns the number of records, and what could not be exported.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    if layout == "gmpp":
        frame, left = gmpp.to_rows(tables, edition_year, language)
        # Excel reads a CSV file without a byte order mark in the code page of the machine.
        harmless(frame).write_csv(out, include_bom=True)
        return frame.height, left
    as_of_on = tables["edition_years"].filter(edition_year=edition_year)["as_of_on"].item()
    package, left = threesixty.to_grants(tables, as_of_on, is_illustrative=is_illustrative)
    text = json.dumps(package, ensure_ascii=False, indent=2)
    out.write_text(text + "\n", encoding="utf-8", newline="\n")
    return len(package["grants"]), left


def read(path: Path, layout: str, numbers: pl.DataFrame) -> Draft:
    """Proposed registry rows from a file in `layout`; raises `ExchangeError` when it cannot be read as that."""
    text = _text(path)
    try:
        if layout == "360giving":
            return threesixty.from_grants(_package(text), numbers)
        return gmpp.from_cells(_cells(text, path))
    except ExchangeError as error:
        raise ExchangeError(f"{path.name}: {error}") from error


def _package(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise ExchangeError(f"it cannot be read as JSON ({error}); export it again from where it came") from error


def _cells(text: str, path: Path) -> list[list[str]]:
    cells = [line for line in csv.reader(io.StringIO(text)) if any(cell.strip() for cell in line)]
    if not cells:
        raise ExchangeError(f"{path.name} is empty; export it again from where it came")
    return cells


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ExchangeError(f"{path} cannot be read: {error.strerror}") from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Some files are in Windows-1252; the five bytes that it leaves undefined must not stop the others.
        text = content.decode("cp1252", errors="replace")
    if any(sign in text for sign in _TWICE_ENCODED):
        try:
            return text.encode("cp1252").decode("utf-8")
        except UnicodeError:
            return text
    return text
