"""Reading and coding: who looked for what, why something is not known, what to read again, and how coders agree."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from gevinst.contracts import contract
from tests.data.marts import mart_of
from tests.data.small_edition import dated_sources, frame, small_tables

Row = dict[str, Any]


def now(name: str) -> dict[str, Row]:
    """Rows of a mart of the small edition by project or document."""
    rows = small_tables()[name].filter(edition_year=2026).to_dicts()
    return {row.get("project_id") or row["source_id"]: row for row in rows}


@pytest.mark.parametrize(
    ("project", "expected", "results"),
    [
        ("2018-nabolag", "not_found", "not_found"),  # coded for both, and nothing is there
        ("2021-ukjent", "not_coded", "not_coded"),  # nobody looked
        ("2023-skyss-videre", "not_found", "not_coded"),  # coded for expectations alone
        ("2018-inneklima", None, "not_found"),
        ("2018-skyss", None, None),  # found, whatever was recorded of the coding
    ],
)
def test_what_nobody_looked_for_is_not_reported_as_not_found(project, expected, results) -> None:
    row = now("project_coverage")[project]
    assert (row["expected_absence_code"], row["results_absence_code"]) == (expected, results)


def test_only_projects_that_were_coded_are_in_the_denominator() -> None:
    (counts,) = small_tables()["benefit_headlines"].filter(edition_year=2026).to_dicts()
    assert counts["coded_project_count"] + counts["not_coded_project_count"] == counts["project_count"]
    assert counts["found_project_count"] + counts["not_found_project_count"] == counts["coded_project_count"]
    assert (counts["not_found_project_count"], counts["not_coded_project_count"]) == (2, 1)


def test_reading_more_without_finding_anything_moves_projects_from_not_coded_to_not_found() -> None:
    """What a heading says of absence changes only with what was read, never with the number of projects."""
    status = frame(contract("project_status"), [{"edition_year": 2026, "project_id": name} for name in "ab"])
    before = mart_of("benefit_headlines", project_status=status, project_coverage=coverage(a=True, b=False))
    after = mart_of("benefit_headlines", project_status=status, project_coverage=coverage(a=True, b=True))
    names = ("not_found_project_count", "not_coded_project_count")
    assert before.select(names).row(0) == (1, 1) and after.select(names).row(0) == (2, 0)


def coverage(**coded: bool) -> pl.DataFrame:
    rows = [{"edition_year": 2026, "project_id": name, "is_coded_expected": flag} for name, flag in coded.items()]
    return frame(contract("project_coverage"), rows)


def test_a_plan_that_says_the_benefit_did_not_come_is_a_statement_and_no_absence() -> None:
    tables = small_tables()
    plans = frame(
        contract("plan_validity"),
        [{"project_id": "2018-nabolag", "benefit_status_code": "not_realised", "valid_from": date(2020, 1, 1)}],
    )
    found = covered({**tables, "plan_validity": plans})
    codes = dict(found.select("project_id", "results_absence_code").iter_rows())
    assert codes["2018-nabolag"] == "stated_not" and codes["2021-ukjent"] == "not_coded"


def covered(tables: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """`project_coverage` of the newest edition year alone."""
    given: dict[str, Any] = {**tables, "edition_years": tables["edition_years"].filter(edition_year=2026)}
    return mart_of("project_coverage", **{**given, "coverage_validity": mart_of("coverage_validity", **given)})


def test_a_general_potential_is_no_expected_benefit_and_shows_that_somebody_looked() -> None:
    tables = small_tables()
    potential = tables["benefits"].with_columns(benefit_code=pl.lit("general_potential"))
    found = covered({**tables, "benefits": potential})
    row = found.row(by_predicate=(pl.col("project_id") == "2023-rom") & (pl.col("edition_year") == 2026), named=True)
    assert (row["has_expected_benefit"], row["expected_absence_code"]) == (False, "not_found")


def test_a_document_is_read_as_far_as_whoever_read_most() -> None:
    reading = now("document_reading")
    assert (reading["kilde-a"]["read_code"], reading["kilde-b"]["read_code"]) == ("whole", "in_part")


def test_an_edition_knows_only_the_coding_of_documents_that_were_public() -> None:
    given: dict[str, Any] = {
        "sources": dated_sources({"award": date(2026, 1, 1), "s": date(2026, 6, 1)}, read_on=date(2026, 11, 22)),
        "projects": frame(contract("projects"), [{"project_id": "p", "source_id": "award"}]),
        "coding_coverage": frame(
            contract("coding_coverage"), [{"project_id": "p", "source_id": "s", "is_coded_results": True}]
        ),
    }
    codes = {
        day: covered({**given, "edition_years": year_ending(day)})["results_absence_code"].to_list()
        for day in (date(2026, 5, 31), date(2026, 6, 1))
    }
    assert codes == {date(2026, 5, 31): ["not_coded"], date(2026, 6, 1): ["not_found"]}


def year_ending(day: date) -> pl.DataFrame:
    return frame(contract("edition_years"), [{"edition_year": 2026, "as_of_on": day}])


def reading(*rows: tuple[str, str, bool, int]) -> pl.DataFrame:
    names = ("source_id", "read_code", "is_coded_results", "row_count")
    return frame(
        contract("document_reading"), [{"edition_year": 2026, **dict(zip(names, row, strict=True))} for row in rows]
    )


def test_results_unread_come_first_then_old_statuses_then_what_much_rests_on() -> None:
    documents = reading(
        ("much", "in_part", True, 90),
        ("old", "in_part", True, 5),
        ("unread", "whole", False, 1),
        ("done", "whole", True, 99),
        ("about nobody", "in_part", False, 50),
    )
    pairs = {"much": "p1", "old": "p2", "unread": "p1", "done": "p1"}
    found = mart_of(
        "reading_list",
        document_reading=documents,
        project_status=frame(
            contract("project_status"),
            [
                {"edition_year": 2026, "project_id": "p1", "is_stale": False},
                {"edition_year": 2026, "project_id": "p2", "is_stale": True},
            ],
        ),
        benefits=frame(
            contract("benefits"),
            [{"benefit_id": source, "project_id": project, "source_id": source} for source, project in pairs.items()],
        ),
    )
    assert found.sort("reading_order")["source_id"].to_list() == ["unread", "old", "much"]
    assert sorted(found["reading_order"]) == [1, 2, 3]


def codings(*pairs: tuple[str, str], beneficiaries: tuple[str, str] = ("ansatte", "ansatte")) -> dict[str, Any]:
    """Claims coded by two, and a trail that knows them."""
    rows = [
        {
            "benefit_claim_id": f"c{number}",
            "coder_code": coder,
            "benefit_code": code,
            "modality_code": "goal",
            "evidence_code": "forventet",
            "beneficiary_codes": whom,
            "source_id": "s",
        }
        for number, given in enumerate(pairs)
        for coder, code, whom in zip(("koder_1", "koder_2"), given, beneficiaries, strict=True)
    ]
    known = [{"edition_year": 2026, "benefit_claim_id": f"c{number}"} for number in range(len(pairs))]
    return {
        "claim_codings": frame(contract("claim_codings"), rows),
        "sources": dated_sources({"s": None}),
        "benefit_trail": frame(contract("benefit_trail"), known),
    }


def agreement(variable: str, inputs: dict[str, Any]) -> Row:
    found = mart_of("coding_agreement", **inputs)
    return found.row(by_predicate=pl.col("coded_variable_code") == variable, named=True)


def test_agreement_in_per_cent_and_beyond_chance() -> None:
    """Four of five alike over two codes: by hand, alpha = 1 - 9 * 2 / (2 * 5 * 5)."""
    row = agreement("benefit_code", codings(("a", "a"), ("a", "a"), ("b", "b"), ("b", "b"), ("a", "b")))
    assert (row["pair_count"], row["equal_pair_count"], row["agreement_pct"]) == (5, 4, 80.0)
    assert row["alpha"] == pytest.approx(1 - 9 * 2 / 50)
    assert (row["alpha_low"], row["agreement_reason_code"]) == (None, "too_few_units")


def test_full_agreement_on_one_code_is_no_alpha_of_one() -> None:
    row = agreement("modality_code", codings(*[("a", "b")] * 6))
    assert (row["agreement_pct"], row["alpha"], row["agreement_reason_code"]) == (100.0, None, "no_variation")


def test_a_percentage_of_few_pairs_is_not_given() -> None:
    row = agreement("benefit_code", codings(("a", "b"), ("a", "a")))
    assert (row["pair_count"], row["agreement_pct"]) == (2, None)


def test_of_several_beneficiaries_the_main_one_is_compared() -> None:
    given = codings(("a", "a"), beneficiaries=("ansatte samfunn", "ansatte"))
    assert agreement("beneficiary_code", given)["equal_pair_count"] == 1


def test_without_second_coders_the_reason_is_given() -> None:
    row = agreement("benefit_code", {})
    assert (row["unit_count"], row["alpha"], row["agreement_reason_code"]) == (0, None, "no_pairs")
