"""Dated statements about projects, and which of them an edition knows.

Belongs here: the day a dated statement is about, the day it became known, and the editions that may use it.
Does not belong here: what the statements say (`drivers.py`, `time_to_use.py`, `additionality.py`).
"""

from __future__ import annotations

from typing import Any

import narwhals as nw

from gevinst.method.frames import Tables
from gevinst.method.known import last_possible_day, with_known_on


def dated_statements(rows: nw.LazyFrame[Any], sources: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """`rows` (with `assessed_on`, `assessed_precision` and `source_id`), `about_on` and `known_on`.

    `about_on` is the last day the date can mean; `known_on` is the later of that day and the day the source became
    known.
    """
    return (
        with_known_on(rows, sources)
        .with_columns(about_on=last_possible_day("assessed"))
        .with_columns(known_on=nw.max_horizontal("known_on", "about_on"))
    )


def seats(tables: Tables) -> nw.LazyFrame[Any]:
    """Every project in every edition that knows it, with the edition's `as_of_on`; from mart `project_status`."""
    years = tables["edition_years"].select("edition_year", "as_of_on")
    return tables["project_status"].select("edition_year", "project_id").join(years, on="edition_year", how="inner")


def known_in_editions(rows: nw.LazyFrame[Any], tables: Tables) -> nw.LazyFrame[Any]:
    """`rows` (with `project_id` and `known_on`) once per edition that knows both the project and the row."""
    return seats(tables).join(rows, on="project_id", how="inner").filter(nw.col("known_on") <= nw.col("as_of_on"))
