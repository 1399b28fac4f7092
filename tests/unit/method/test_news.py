"""News of an edition: reading is not happening, and a first edition has none."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from gevinst.method.news import Before, change_counts, edition_changes
from tests.unit.method.conftest import Marts

FIRST_READING, SECOND_READING = date(2025, 12, 20), date(2026, 11, 20)
LAST_EDITION = date(2025, 12, 31)
SOURCES = [
    {"source_id": "s2019", "published_on": date(2019, 6, 1), "published_precision": "day"},
    {"source_id": "s2021", "published_on": date(2021, 3, 16), "published_precision": "day"},
    {"source_id": "s2026", "published_on": date(2026, 5, 1), "published_precision": "day"},
    {"source_id": "undated", "accessed_on": SECOND_READING},
]
BENEFIT = {"benefit_id": "b", "project_id": "p", "source_id": "s2019"}


def status(code: str, on: date, source: str, recorded: date, precision: str = "day") -> dict[str, Any]:
    return {
        "status_assessment_id": f"{code}-{on}",
        "project_id": "p",
        "status_code": code,
        "assessed_on": on,
        "assessed_precision": precision,
        "source_id": source,
        "reason_nb": f"Om {code}",
        "recorded_on": recorded,
    }


def claim(key: str, evidence: str, source: str, recorded: date, **about: Any) -> dict[str, Any]:
    return {
        "benefit_claim_id": key,
        "project_id": "p",
        "benefit_id": "b",
        "evidence_code": evidence,
        "source_id": source,
        "statement_nb": f"Utsagn {key}",
        "recorded_on": recorded,
        **about,
    }


def tables(build, last: int = 2026, **rows: Any) -> dict[str, pl.DataFrame]:
    """Core tables and the marts that news compare, as an edition of the year `last` holds them."""
    stamped = {name: [{"recorded_on": FIRST_READING, **row} for row in found] for name, found in rows.items()}
    core = build(**{"sources": SOURCES, "benefits": [BENEFIT], **stamped})
    marts = Marts(core, last=last)
    return {**core, "project_status": marts["project_status"], "benefit_trail": marts["benefit_trail"]}


def news(build, before: dict[str, Any], now: dict[str, Any]) -> list[dict[str, Any]]:
    """Changes between an edition with the rows `before` and one with those and the rows `now`."""
    both = {name: [*before.get(name, []), *now.get(name, [])] for name in {**before, **now}}
    earlier = Before(tables(build, 2025, **before), LAST_EDITION)
    return edition_changes(earlier, tables(build, **both), 2026, is_illustrative=False).to_dicts()


def test_a_first_edition_has_no_news_however_much_was_read(build) -> None:
    now = tables(build, status_assessments=[status("i_bruk", date(2022, 1, 1), "s2021", SECOND_READING)])
    assert edition_changes(Before(), now, 2026, is_illustrative=False).is_empty()


@pytest.mark.parametrize(
    ("on", "precision", "time"),
    [
        (date(2026, 1, 1), "day", "happened"),
        (LAST_EDITION, "day", "found"),
        (date(2020, 1, 1), "year", "found"),
        (date(2026, 1, 1), "month", "happened"),
        (date(2025, 1, 1), "year", "found"),
        (date(2025, 12, 1), "earliest", "unknown"),
    ],
)
def test_what_was_recorded_since_happened_since_only_if_it_is_about_a_later_day(build, on, precision, time) -> None:
    before = {"status_assessments": [status("i_gang", date(2019, 6, 1), "s2019", FIRST_READING)]}
    now = {"status_assessments": [status("i_bruk", on, "s2026", SECOND_READING, precision)]}
    (row,) = news(build, before, now)
    assert (row["change_kind_code"], row["from_code"], row["to_code"]) == ("status_first", "i_gang", "i_bruk")
    assert (row["change_time_code"], row["reason_nb"], row["source_id"]) == (time, "Om i_bruk", "s2026")


def test_a_second_assessment_after_the_award_is_a_move_and_the_same_status_again_is_none(build) -> None:
    before = {"status_assessments": [status("provd_ut", date(2021, 1, 1), "s2021", FIRST_READING)]}
    moved = {"status_assessments": [status("i_bruk", date(2026, 3, 1), "s2026", SECOND_READING)]}
    same = {"status_assessments": [status("provd_ut", date(2026, 3, 1), "s2026", SECOND_READING)]}
    assert [row["change_kind_code"] for row in news(build, before, moved)] == ["status_moved"]
    assert news(build, before, same) == []


def test_a_claim_without_a_date_is_about_the_time_of_its_document_and_may_be_of_any_time_if_that_is_undated(
    build,
) -> None:
    claims = [
        claim("old", "oppgitt", "s2021", SECOND_READING),
        claim("new", "oppgitt", "s2026", SECOND_READING),
        claim("open", "oppgitt", "undated", SECOND_READING),
        claim("told", "oppgitt", "s2026", SECOND_READING, about_on=date(2020, 1, 1), about_precision="year"),
    ]
    found = {
        (row["source_id"], row["change_time_code"]): (row["item_count"], row["about_from"], row["about_to"])
        for row in news(build, {}, {"benefit_claims": claims})
    }
    assert found == {
        ("s2021", "found"): (1, date(2021, 3, 16), date(2021, 3, 16)),
        ("s2026", "happened"): (1, date(2026, 5, 1), date(2026, 5, 1)),
        ("undated", "unknown"): (1, None, SECOND_READING),
        ("s2026", "found"): (1, date(2020, 1, 1), date(2020, 12, 31)),
    }


def test_a_row_that_the_edition_before_could_have_had_is_no_news(build) -> None:
    """As when an edition of an earlier year is made today and compared with another made today."""
    on_the_day = {"benefit_claims": [claim("c", "oppgitt", "s2021", FIRST_READING)]}
    day_after = {"benefit_claims": [claim("c", "oppgitt", "s2021", date(2025, 12, 21))]}
    before = {"status_assessments": [status("i_gang", date(2019, 6, 1), "s2019", FIRST_READING)]}
    assert news(build, before, on_the_day) == []
    assert len(news(build, before, day_after)) == 1


def test_a_row_without_a_day_of_recording_is_news_when_the_edition_before_lacks_it(build) -> None:
    assert len(news(build, {}, {"benefit_claims": [claim("c", "oppgitt", "s2021", None)]})) == 1


def test_a_claim_that_gives_way_to_a_new_one_is_told_with_the_new_one_as_its_reason(build) -> None:
    before = {"benefit_claims": [claim("goal", "forventet", "s2019", FIRST_READING)]}
    now = {"benefit_claims": [claim("stated", "oppgitt", "s2026", SECOND_READING)]}
    (row,) = [row for row in news(build, before, now) if row["change_kind_code"] == "claim_superseded"]
    assert (row["from_code"], row["to_code"], row["reason_nb"]) == ("forventet", "oppgitt", "Utsagn stated")
    assert (row["source_id"], row["change_time_code"]) == ("s2026", "happened")


def test_rounds_projects_measurements_and_funding_are_told_once_each(build) -> None:
    plan = {"benefit_plan_id": "plan", "benefit_id": "b", "source_id": "s2019"}
    now = {
        "rounds": [
            {
                "round_id": "r2026",
                "cohort_year": 2026,
                "awarded_on": date(2026, 4, 1),
                "awarded_precision": "day",
                "source_id": "s2026",
                "recorded_on": SECOND_READING,
            }
        ],
        "projects": [{"project_id": "q", "round_id": "r2026", "source_id": "s2026", "recorded_on": SECOND_READING}],
        "benefit_measurements": [
            {
                "benefit_measurement_id": "m",
                "benefit_plan_id": "plan",
                "measured_value": 1.0,
                "measured_on": date(2024, 1, 1),
                "measured_precision": "year",
                "source_id": "s2026",
                "recorded_on": SECOND_READING,
            }
        ],
        "follow_on_funding": [
            {
                "follow_on_funding_id": "f",
                "project_id": "p",
                "amount": 1.0,
                "source_id": "undated",
                "recorded_on": SECOND_READING,
            }
        ],
    }
    base = build()
    before = {
        "rounds": [base["rounds"].row(0, named=True) | {"recorded_on": FIRST_READING}],
        "projects": [base["projects"].row(0, named=True) | {"recorded_on": FIRST_READING}],
        "benefit_plans": [plan],
    }
    found = {row["change_id"]: (row["change_time_code"], row["project_id"]) for row in news(build, before, now)}
    assert found == {
        "round_awarded-r2026": ("happened", None),
        "project_named-q": ("happened", "q"),
        "measurement_added-m": ("found", "p"),
        "funding_added-f": ("unknown", "p"),
    }


def test_corrections_are_about_the_register_and_have_no_time(build) -> None:
    correction = {
        "correction_id": "k",
        "table_name": "projects",
        "key": "p",
        "reason_nb": "Skrivefeil.",
        "source_id": "s2019",
        "registered_on": date(2026, 10, 24),
    }
    earlier = tables(build, 2025)
    (row,) = edition_changes(
        Before(earlier, LAST_EDITION),
        {**tables(build), "corrections": build(corrections=[correction])["corrections"]},
        2026,
        is_illustrative=False,
    ).to_dicts()
    assert (row["change_kind_code"], row["from_code"], row["project_id"]) == ("corrected", "projects", "p")
    assert (row["change_time_code"], row["about_from"], row["about_to"]) == (None, None, None)


@pytest.mark.parametrize(
    ("expect", "column", "is_news"),
    [(None, "name_en", False), ("Skyss", "name_en", True), (None, "name_nb", True), (None, "problem_nb", True)],
)
def test_a_translation_is_no_news_and_a_correction_of_one_is(build, expect, column, is_news) -> None:
    entry = {
        "correction_id": "k",
        "table_name": "projects",
        "key": "p",
        "column_name": column,
        "expect": expect,
        "replace": "Rides",
        "source_id": "s2019",
        "registered_on": date(2026, 10, 24),
    }
    found = edition_changes(
        Before(tables(build, 2025), LAST_EDITION),
        {**tables(build), "corrections": build(corrections=[entry])["corrections"]},
        2026,
        is_illustrative=False,
    )
    assert bool(found.height) is is_news


def test_changes_are_counted_by_kind_and_by_when_they_happened() -> None:
    codes = pl.DataFrame({"codelist": "change_kind", "code": ["a", "b", "c"]})
    changes = pl.DataFrame(
        [("a", "happened", 4), ("a", "found", 2), ("b", None, 1)],
        schema=["change_kind_code", "change_time_code", "item_count"],
        orient="row",
    )
    table = change_counts(changes, codes, 2026, is_illustrative=False)
    names = ("change_kind_code", "item_count", "happened_count", "found_count", "time_unknown_count", "year_count")
    assert table.select(names).rows() == [("a", 6, 4, 2, 0, 7), ("b", 1, 0, 0, 0, 7), ("c", 0, 0, 0, 0, 7)]
