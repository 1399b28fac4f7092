"""Files of the layouts that others use, to and from disk.

Belongs here: the one list of layouts with what writes and reads each, encodings, CSV and JSON, and refusing what cannot
be read. The command line reads the list, so what is slow to import is imported inside the functions.
Does not belong here: what the files mean (`threesixty.py`, `gmpp.py`).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from gevinst.formats.errors import ExchangeError

if TYPE_CHECKING:
    import polars as pl

    from gevinst.formats.model import Draft, NotCarried

    Tables: TypeAlias = Mapping[str, pl.DataFrame]
    Written: TypeAlias = tuple[str, int, list[NotCarried]]

TABLES = (
    *("projects", "rounds", "participations", "organisations", "organisation_numbers", "project_grants"),
    *("project_events", "project_relations", "round_figures", "sources", "codelists"),
    *("status_assessments", "benefits", "benefit_beneficiaries", "benefit_plans", "benefit_claims"),
    *("benefit_measurements", "follow_on_funding", "counterfactual_statements", "own_funding", "project_phases"),
    *("edition_years", "project_status", "benefit_evidence"),
)
"""Tables of an edition that an export is made from."""
_TWICE_ENCODED = ("â€", "Â£", "Ã")
"""What UTF-8 looks like after it was read as Windows-1252 and saved again, as spreadsheets do with published files."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How one layout is written and read.

    `text_of` takes the tables of an edition, its year, whether it is illustrative and the language; it gives the text
    of the file, the number of records and what could not be exported. `draft_of` takes the text of a file and
    `organisation_numbers`; it gives proposed registry rows.
    """

    text_of: Callable[[Tables, int, bool, str], Written]
    draft_of: Callable[[str, pl.DataFrame], Draft]


def export(
    tables: Tables,
    layout: str,
    out: Path,
    *,
    edition_year: int,
    is_illustrative: bool,
    language: str,
) -> tuple[int, list[NotCarried]]:
    """Write a published edition, given as `tables` (those in `TABLES`), to `out` in `layout`.

    Returns the number of records, and what could not be exported. Raises `ExchangeError` when no layout is called so.
    """
    text, n, left = _layout(layout).text_of(tables, edition_year, is_illustrative, language)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(text, encoding="utf-8", newline="\n")
    return n, left


def read(path: Path, layout: str, numbers: pl.DataFrame) -> Draft:
    """Proposed registry rows from a file in `layout`; `numbers` is `organisation_numbers`.

    Raises `ExchangeError` when the file cannot be read as that, or no layout is called so.
    """
    draft_of = _layout(layout).draft_of
    text = _text(path)
    try:
        return draft_of(text, numbers)
    except ExchangeError as error:
        raise ExchangeError(f"{path.name}: {error}") from error


def _layout(name: str) -> Layout:
    if name not in LAYOUTS:
        raise ExchangeError(f"no layout is called {name}; there are {', '.join(LAYOUTS)}")
    return LAYOUTS[name]


def _grants_text(tables: Tables, edition_year: int, is_illustrative: bool, language: str) -> Written:
    from gevinst.formats import threesixty

    as_of_on = tables["edition_years"].filter(edition_year=edition_year)["as_of_on"].item()
    package, left = threesixty.to_grants(tables, as_of_on, is_illustrative=is_illustrative)
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n", len(package["grants"]), left


def _grants_draft(text: str, numbers: pl.DataFrame) -> Draft:
    from gevinst.formats import threesixty

    return threesixty.from_grants(_package(text), numbers)


def _gmpp_text(tables: Tables, edition_year: int, is_illustrative: bool, language: str) -> Written:
    from gevinst.formats import gmpp
    from gevinst.formats.tables import harmless

    frame, left = gmpp.to_rows(tables, edition_year, language)
    # Excel reads a CSV file without a byte order mark in the code page of the machine.
    return harmless(frame).write_csv(include_bom=True), frame.height, left


def _gmpp_draft(text: str, numbers: pl.DataFrame) -> Draft:
    from gevinst.formats import gmpp

    return gmpp.from_cells(_cells(text))


LAYOUTS: dict[str, Layout] = {
    "360giving": Layout(_grants_text, _grants_draft),
    "gmpp": Layout(_gmpp_text, _gmpp_draft),
}
"""Every layout that a registry can be exchanged in, by the name that the command line offers."""


def _package(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise ExchangeError(f"it cannot be read as JSON ({error}); export it again from where it came") from error


def _cells(text: str) -> list[list[str]]:
    cells = [line for line in csv.reader(io.StringIO(text)) if any(cell.strip() for cell in line)]
    if not cells:
        raise ExchangeError("it is empty; export it again from where it came")
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
