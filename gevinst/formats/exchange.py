"""Files of the layouts that others use, to and from disk.

Belongs here: the one list of layouts with what writes and reads each. The command line reads the list, so what is slow
to import is imported inside the functions.
Does not belong here: what is written (`threesixty.py`, `gmpp.py`, `write_iati.py`), and what files of others mean
(`read_threesixty.py`, `read_gmpp.py`, `read_iati.py`) in the frame of `importer.py`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from gevinst.formats.errors import ExchangeError
from gevinst.limited import LimitError, in_child
from gevinst.whole_files import write_atomically

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
    *("edition_years", "project_status", "benefit_evidence", "planned_realised"),
)
"""Tables of an edition that an export is made from."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How one layout is written and read.

    `text_of` takes the tables of an edition, its year, whether it is illustrative and the language; it gives the text
    of the file, the number of records and what could not be exported. `draft_of` takes the path of a file and
    `organisation_numbers`; it gives proposed registry rows.
    """

    text_of: Callable[[Tables, int, bool, str], Written]
    draft_of: Callable[[Path, pl.DataFrame], Draft]


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
    write_atomically(out, lambda beside: beside.write_text(text, encoding="utf-8", newline="\n"))
    return n, left


def read(path: Path, layout: str, numbers: pl.DataFrame) -> Draft:
    """Proposed registry rows from a file in `layout`; `numbers` is `organisation_numbers`.

    The file is read in a process of its own. Raises `ExchangeError` when the file cannot be read as that, or no layout
    is called so, and `LimitError` when reading took too much.
    """
    draft_of = _layout(layout).draft_of
    try:
        return in_child(draft_of, path, numbers)
    except ExchangeError as error:
        raise error.in_file(path.name) from error
    except LimitError as error:
        raise error.about(path.name) from error


def _layout(name: str) -> Layout:
    if name not in LAYOUTS:
        raise ExchangeError("no_layout", name=name, known=", ".join(LAYOUTS))
    return LAYOUTS[name]


def _grants_text(tables: Tables, edition_year: int, is_illustrative: bool, language: str) -> Written:
    from gevinst.formats import threesixty

    as_of_on = tables["edition_years"].filter(edition_year=edition_year)["as_of_on"].item()
    package, left = threesixty.to_grants(tables, as_of_on, is_illustrative=is_illustrative)
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n", len(package["grants"]), left


def _grants_draft(path: Path, numbers: pl.DataFrame) -> Draft:
    from gevinst.formats.read_threesixty import read_grants

    return read_grants(path, numbers)


def _gmpp_text(tables: Tables, edition_year: int, is_illustrative: bool, language: str) -> Written:
    from gevinst.formats import gmpp
    from gevinst.formats.formulas import harmless

    frame, left = gmpp.to_rows(tables, edition_year, language)
    # Excel reads a CSV file without a byte order mark in the code page of the machine.
    return harmless(frame).write_csv(include_bom=True), frame.height, left


def _gmpp_draft(path: Path, numbers: pl.DataFrame) -> Draft:
    from gevinst.formats.read_gmpp import read_projects

    return read_projects(path)


def _activities_text(tables: Tables, edition_year: int, is_illustrative: bool, language: str) -> Written:
    import xml.etree.ElementTree as ET

    from gevinst.formats.write_iati import to_activities

    root, left = to_activities(tables, edition_year, is_illustrative=is_illustrative)
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n', len(root), left


def _activities_draft(path: Path, numbers: pl.DataFrame) -> Draft:
    from gevinst.formats.read_iati import read_activities

    return read_activities(path, numbers)


LAYOUTS: dict[str, Layout] = {
    "360giving": Layout(_grants_text, _grants_draft),
    "gmpp": Layout(_gmpp_text, _gmpp_draft),
    "iati": Layout(_activities_text, _activities_draft),
}
"""Every layout that a registry can be exchanged in, by the name that the command line offers."""
