"""The projects of an organisation are counted once per role, by what is known of them, and silence is no outcome."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from gevinst.contracts import contract
from tests.data.marts import YEAR, mart_of
from tests.data.small_edition import frame

SOURCES = frame(
    contract("sources"),
    [{"source_id": "s", "accessed_on": date(2020, 1, 1)}, {"source_id": "late", "accessed_on": date(2027, 1, 1)}],
)
OUTCOMES = ("in_use", "partly_in_use", "result_not_in_use", "stopped", "continued", "unknown")


def status(*outcomes: tuple[str, bool, bool]) -> pl.DataFrame:
    """`project_status` of p0, p1, ... from (outcome, is_stale, is_inferred)."""
    return frame(
        contract("project_status"),
        [
            {
                "edition_year": YEAR,
                "project_id": f"p{n}",
                "outcome_code": outcome,
                "is_in_use": outcome == "in_use",
                "is_stale": stale,
                "is_inferred": inferred,
            }
            for n, (outcome, stale, inferred) in enumerate(outcomes)
        ],
    )


def counts(known: pl.DataFrame, *rows: tuple[str, str, str], source: str = "s", **more: Any) -> dict[Any, Any]:
    """Rows by organisation and role group, of participations (project, organisation, role)."""
    participations = [
        {"project_id": project, "organisation_id": who, "role_code": role, "source_id": source, **more}
        for project, who, role in rows
    ]
    found = mart_of(
        "organisation_outcomes",
        participations=frame(contract("participations"), participations),
        project_status=known,
        sources=SOURCES,
    )
    return {(row["organisation_id"], row["role_group"]): row for row in found.to_dicts()}


def test_a_project_counts_once_in_each_role_and_once_in_all_however_often_it_is_named() -> None:
    known = status(("unknown", False, False), ("unknown", False, False))
    rows = (("p0", "x", "owner"), ("p0", "x", "owner"), ("p0", "x", "co_owner"), ("p0", "x", "supplier"))
    found = counts(known, *rows, ("p1", "x", "partner"))
    assert {group: row["project_count"] for (_, group), row in found.items()} == {
        "owner": 1,
        "supplier": 1,
        "partner": 1,
        "all": 2,
    }


def test_every_outcome_has_a_number_of_its_own_and_together_they_are_all_projects() -> None:
    known = status(*((outcome, False, False) for outcome in OUTCOMES))
    found = counts(known, *((f"p{n}", "x", "owner") for n in range(len(OUTCOMES))))["x", "owner"]
    names = [f"{'unknown_outcome' if outcome == 'unknown' else outcome}_count" for outcome in OUTCOMES]
    assert [found[name] for name in names] == [1] * 6
    assert (found["project_count"], found["known_outcome_count"], found["stale_count"]) == (6, 5, 0)


def test_an_old_statement_is_counted_where_something_is_known_and_silence_grows_no_older() -> None:
    known = status(("in_use", True, True), ("in_use", False, False), ("stopped", True, False), ("unknown", True, False))
    found = counts(known, *((f"p{n}", "x", "owner") for n in range(4)))["x", "all"]
    assert (found["stale_count"], found["in_use_stale_count"], found["in_use_inferred_count"]) == (2, 1, 1)


def test_a_role_that_sources_disagree_on_is_counted_and_counted_by_itself() -> None:
    known = status(("unknown", False, False))
    assert counts(known, ("p0", "x", "partner"), is_disputed=True)["x", "partner"]["disputed_count"] == 1
    assert counts(known, ("p0", "x", "partner"), is_disputed=False)["x", "partner"]["disputed_count"] == 0


def test_a_role_known_later_or_in_a_project_not_yet_known_makes_no_row() -> None:
    known = status(("unknown", False, False))
    assert counts(known, ("p0", "x", "owner"), source="late") == {}
    assert counts(known, ("p9", "x", "owner")) == {}
