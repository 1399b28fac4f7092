"""Rows that a person adds to the workbook of a draft: what they refer to by name, and the ids that they get.

Belongs here: completing the rows of a draft's workbook before they are checked.
Does not belong here: what an id is made of (`draft_ids.py`), and how a name finds its row
(`gevinst.workbook.resolve_names`).

A page that the reader knows half of has projects that it did not find. Whoever writes them in names the project and its
bodies, and need not know how keys are made.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import polars as pl

from gevinst.announcements.draft_ids import id_of, new_project_id
from gevinst.contracts import contract
from gevinst.findings import Finding
from gevinst.intake.new_ids import benefit_id, highest_numbers, next_numbered
from gevinst.workbook.codes import NAMES
from gevinst.workbook.filled import Delivery, Row
from gevinst.workbook.resolve_names import Texts, names_of, resolve

Cohorts = Mapping[str | None, object]
"""The year of each round by its id."""


def complete_added(delivery: Delivery, known: Mapping[str, pl.DataFrame], order: Iterable[str]) -> list[Finding]:
    """Put ids for names in references, and give rows without an id theirs, in the tables of `delivery`.

    `known` are the typed tables of the registry; `order` names the tables so that what is referred to comes first. A
    name of several rows is a finding. An id that cannot be made is left empty for the check to report.
    """
    findings: list[Finding] = []
    names = {table: names_of(table, _with_ids(table, known[table].iter_rows(named=True))) for table in NAMES}
    rounds = [*known["rounds"].iter_rows(named=True), *(row.texts for row in _rows(delivery, "rounds"))]
    cohorts = {row.get("round_id"): row.get("cohort_year") for row in rounds}
    for table in dict.fromkeys(one for one in order if one in delivery.filled):
        filled, key = delivery.filled[table], contract(table).key[0]
        ids = {*known[table].get_column(key), *(row.texts.get(key, "") for row in filled.rows)}
        numbers = highest_numbers(ids)
        for row in filled.rows:
            texts: Texts = dict(row.texts)
            findings += resolve(filled, row, texts, names)
            if filled.layout.id_column and not texts.get(key):
                texts[key] = _new_id(table, texts, cohorts, ids, numbers)
            row.texts = {name: text for name, text in texts.items() if text}
            ids.add(row.texts.get(key, ""))
        if table in names:
            for row_id, said in _with_ids(table, (row.texts for row in filled.rows)):
                names[table].add(table, row_id, said)
    return findings


def _rows(delivery: Delivery, table: str) -> list[Row]:
    return delivery.filled[table].rows if table in delivery.filled else []


def _with_ids(table: str, rows: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    key = contract(table).key[0]
    return ((row[key], row) for row in rows if row.get(key))


def _new_id(table: str, row: Texts, cohorts: Cohorts, ids: Collection[str], numbers: dict[str, int]) -> str | None:
    """The id of a row that has none, or `None` while the row lacks what it is made of."""
    name, project = row.get("short_name_nb") or row.get("name_nb"), row.get("project_id")
    if table == "projects":
        cohort = cohorts.get(row.get("round_id"))
        return new_project_id(cohort, name) if cohort and name else None
    if table == "benefits":
        return benefit_id(project, name, ids) if project and name else None
    if table == "benefit_claims":
        return next_numbered(project, numbers) if project else None
    return id_of(table, row)
