from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest
from scipy import stats

from gevinst.contracts import contract
from tests.data.marts import YEAR, mart_of
from tests.data.small_edition import frame


def rows(mart: pl.DataFrame, **cells: Any) -> list[dict[str, Any]]:
    return mart.filter(*[pl.col(name) == value for name, value in cells.items()]).rows(named=True)


def figure(measure: str, value: float, **more: Any) -> dict[str, Any]:
    basis = {"measure_code": measure, "value": value, "basis_code": "stated", "is_preferred": True}
    return {"round_id": "r", "source_id": "s2019", **basis, **more}


def test_an_edition_ends_with_its_year_or_on_the_day_sources_were_last_read(build, marts) -> None:
    years = marts(build())["edition_years"]
    ends = dict(years.select("edition_year", "as_of_on").iter_rows())
    assert (ends[2020], ends[2026]) == (date(2020, 12, 31), date(2026, 11, 22))
    known = {row["edition_year"]: (row["source_count"], row["project_count"]) for row in years.rows(named=True)}
    assert (known[2018], known[2019], known[2021], known[2026]) == ((0, 0), (1, 1), (2, 1), (3, 1))


def test_unnamed_projects_are_a_counted_gap_and_not_rows(build, marts) -> None:
    core = build(round_figures=[figure("selected", 7), figure("applicants", 38, basis_code="derived")])
    row = rows(marts(core)["round_overview"], edition_year=2019)[0]
    assert (row["selected_count"], row["named_count"], row["unnamed_count"]) == (7, 1, 6)
    assert (row["applicant_count"], row["applicant_basis_code"]) == (38, "derived")
    assert abs(row["acceptance_pct"] - 100 * 7 / 38) < 1e-9


def test_what_no_source_says_stays_unknown(build, marts) -> None:
    row = rows(marts(build())["round_overview"], edition_year=2019)[0]
    unknown = ("selected_count", "applicant_count", "unnamed_count", "acceptance_pct", "amount", "amount_kind_code")
    assert [row[name] for name in unknown] == [None] * len(unknown)
    assert row["has_disagreement"] is False


def test_a_call_ceiling_is_never_the_amount_and_an_award_goes_before_a_frame(build, marts) -> None:
    ceiling = figure("amount", 20e6, amount_kind_code="call_ceiling")
    frame = figure("amount", 19e6, amount_kind_code="frame_plus_options", is_approximate=True)
    award = figure("amount", 18e6, amount_kind_code="award")
    only_ceiling = rows(marts(build(round_figures=[ceiling]))["round_overview"], edition_year=2019)[0]
    assert only_ceiling["amount"] is None
    with_frame = rows(marts(build(round_figures=[ceiling, frame]))["round_overview"], edition_year=2019)[0]
    assert (with_frame["amount"], with_frame["is_amount_approximate"]) == (19e6, True)
    with_award = rows(marts(build(round_figures=[ceiling, frame, award]))["round_overview"], edition_year=2019)[0]
    assert (with_award["amount"], with_award["amount_kind_code"]) == (18e6, "award")


def test_figures_that_differ_are_a_disagreement_and_different_kinds_are_not(build, marts) -> None:
    award = figure("amount", 18e6, amount_kind_code="award")
    frame = figure("amount", 19e6, amount_kind_code="frame_plus_options")
    other = figure("amount", 19e6, amount_kind_code="award", is_preferred=False, source_id="s2021")
    overview = marts(build(round_figures=[award, frame, other]))["round_overview"]
    assert rows(overview, edition_year=2020)[0]["has_disagreement"] is False
    row = rows(overview, edition_year=2021)[0]
    assert (row["has_disagreement"], row["amount"]) == (True, 18e6)


def test_a_fact_is_covered_from_the_edition_in_which_its_document_was_known(build, marts) -> None:
    claim = {"project_id": "p", "benefit_code": "x", "evidence_code": "forventet", "source_id": "s2019"}
    core = build(
        participations=[
            {"project_id": "p", "role_code": "owner", "source_id": "s2019"},
            {"project_id": "p", "role_code": "supplier", "source_id": "s2021"},
        ],
        benefit_claims=[claim, {**claim, "evidence_code": "dokumentert", "source_id": "undated"}],
        status_assessments=[
            {
                "project_id": "p",
                "status_code": "i_gang",
                "assessed_on": date(2019, 6, 1),
                "assessed_precision": "day",
                "source_id": "s2019",
            }
        ],
    )
    coverage = marts(core)["project_coverage"]
    facts = {year: rows(coverage, edition_year=year)[0] for year in (2019, 2021, 2026)}
    assert [facts[year]["has_supplier"] for year in facts] == [False, True, True]
    assert [facts[year]["has_documented_benefit"] for year in facts] == [False, False, True]
    assert [facts[year]["has_reported_benefit"] for year in facts] == [False, False, True]
    assert all(row["has_owner"] and row["has_expected_benefit"] for row in facts.values())
    assert not any(row["has_status_beyond_award"] or row["has_grant"] for row in facts.values())
    assert [facts[year]["source_count"] for year in facts] == [1, 2, 3]
    assert [facts[year]["known_count"] for year in facts] == [2, 3, 5]


def test_every_fact_is_known_or_not_and_every_document_of_a_day_is_counted(build, marts) -> None:
    same_day = {"published_on": date(2020, 12, 31), "published_precision": "day"}
    stated = {"project_id": "p", "source_id": "a"}
    core = build(
        sources=[
            {"source_id": "s2019", "published_on": date(2019, 6, 1), "published_precision": "day"},
            *({"source_id": name, **same_day} for name in ("a", "b")),
            {"source_id": "c", "published_on": date(2022, 1, 1), "published_precision": "day"},
        ],
        project_events=[{**stated, "event_code": "ended"}, {**stated, "event_code": "started", "source_id": "b"}],
        project_grants=[
            {**stated, "grant_amount": grant, "source_id": source} for grant, source in ((1.0, "a"), (2.0, "c"))
        ],
        status_assessments=[{**stated, "status_code": "innsikt", "assessed_on": date(2019, 6, 1)}],
    )
    coverage = marts(core)["project_coverage"]
    names = [name for name in coverage.columns if name.startswith("has_")]
    found = {year: rows(coverage, edition_year=year)[0] for year in (2019, 2020)}
    assert {found[2019][name] for name in names} == {False}, "not known is false, and never missing"
    assert (found[2019]["known_count"], found[2019]["source_count"]) == (0, 1)
    true = [name for name in names if found[2020][name]]
    assert true == ["has_period", "has_grant", "has_status_beyond_award"]
    assert (found[2020]["known_count"], found[2020]["source_count"]) == (3, 3)


def test_an_owner_is_known_by_the_role_of_owner_alone_and_a_supplier_by_that_of_supplier(build, marts) -> None:
    roles = ("co_owner", "owner", "partner", "supplier", "supplier_of_data")
    core = build(
        projects=[{"project_id": role, "round_id": "r", "source_id": "s2019"} for role in roles],
        participations=[{"project_id": role, "role_code": role, "source_id": "s2019"} for role in roles],
    )
    coverage = marts(core)["project_coverage"].filter(edition_year=2019)
    assert coverage.filter("has_owner")["project_id"].to_list() == ["owner"]
    assert coverage.filter("has_supplier")["project_id"].to_list() == ["supplier"]


def test_a_documented_benefit_is_reported_too_and_an_expected_one_is_neither(build, marts) -> None:
    codes = {"p": "forventet", "q": "oppgitt", "r": "dokumentert"}
    core = build(
        projects=[{"project_id": project, "round_id": "r", "source_id": "s2019"} for project in codes],
        benefit_claims=[
            {"project_id": project, "benefit_code": "x", "evidence_code": code, "source_id": "s2019"}
            for project, code in codes.items()
        ],
    )
    coverage = marts(core)["project_coverage"].filter(edition_year=2019).sort("project_id")
    names = ("has_expected_benefit", "has_reported_benefit", "has_documented_benefit")
    assert coverage.select(*names).rows() == [(True, False, False), (False, True, False), (False, True, True)]


def reconcile(build, marts, stated: float, last: int = 2026, **tables: Any) -> dict[str, Any]:
    core = build(
        portfolio_findings=[{"portfolio_finding_id": "total", "value": stated, "source_id": "s2021"}],
        reconciliation_rules=[
            {
                "reconciliation_rule_id": "rule",
                "portfolio_finding_id": "total",
                "reconciliation_basis_code": "selected_in_rounds",
                "first_cohort_year": 2016,
                "last_cohort_year": last,
            }
        ],
        **tables,
    )
    result = marts(core)["reconciliation"]
    assert rows(result, edition_year=2020) == [], "nothing is compared before the total was stated"
    return rows(result, edition_year=2021)[0]


def test_a_stated_total_agrees_with_the_sum_of_rounds(build, marts) -> None:
    row = reconcile(build, marts, 7, round_figures=[figure("selected", 7)])
    assert (row["stated_value"], row["computed_value"], row["difference"], row["result_code"]) == (7, 7, 0, "agrees")


def test_a_stated_total_that_differs_is_shown_with_its_difference(build, marts) -> None:
    row = reconcile(build, marts, 8, round_figures=[figure("selected", 7)])
    assert (row["difference"], row["result_code"]) == (1, "disagrees")


def test_a_sum_with_an_unknown_round_is_unknown_and_not_smaller(build, marts) -> None:
    row = reconcile(build, marts, 8)
    assert (row["computed_value"], row["difference"], row["result_code"]) == (None, None, "unknown")


def test_named_and_selected_projects_of_a_round_are_compared(build, marts) -> None:
    core = build(
        round_figures=[figure("selected", 7)],
        reconciliation_rules=[{"reconciliation_rule_id": "named", "reconciliation_basis_code": "named_in_round"}],
    )
    row = rows(marts(core)["reconciliation"], edition_year=2021)[0]
    assert (row["reconciliation_id"], row["round_id"], row["difference"], row["result_code"]) == (
        "named-r",
        "r",
        6,
        "gap",
    )
    assert row["source_id"] == "s2019"


def test_a_total_is_compared_with_its_parts(build, marts) -> None:
    core = build(
        portfolio_findings=[
            {"portfolio_finding_id": name, "value": value, "source_id": "s2021"}
            for name, value in [("total", 21.0), ("finished", 14.0), ("ongoing", 7.0)]
        ],
        reconciliation_rules=[
            {
                "reconciliation_rule_id": "parts",
                "portfolio_finding_id": "total",
                "reconciliation_basis_code": "sum_of_findings",
                "component_finding_ids": "finished ongoing",
            }
        ],
    )
    row = rows(marts(core)["reconciliation"], edition_year=2021)[0]
    assert (row["computed_value"], row["result_code"]) == (21.0, "agrees")


@pytest.mark.parametrize(
    ("share", "answered", "said_yes"),
    [(40.0, 50, 20), (0.0, 10, 0), (100.0, 10, 10), (33.3, 30, 10), (25.0, 10, 2), (35.0, 10, 4), (0.5, 100, 0)],
)
def test_the_interval_of_a_measured_share_is_that_of_the_number_who_said_yes_a_half_going_to_the_even(
    share, answered, said_yes
) -> None:
    row = measured_share(share, answered)
    interval = stats.binomtest(said_yes, answered).proportion_ci(0.95, "wilson")
    assert (row["share_low_pct"], row["share_high_pct"]) == pytest.approx((100 * interval.low, 100 * interval.high))


def test_a_share_of_nobody_may_be_any_and_one_that_cannot_be_right_has_no_interval() -> None:
    found = [measured_share(share, n) for share, n in ((50.0, 0), (-1.0, 10), (101.0, 10), (None, 10))]
    assert [(row["share_low_pct"], row["share_high_pct"]) for row in found] == [(0, 100)] + [(None, None)] * 3


def measured_share(share: float | None, answered: int) -> dict[str, Any]:
    measured = {"measured_value": share, "respondent_count": answered, "unit_code": "percent_of_respondents"}
    row = {"edition_year": YEAR, "benefit_measurement_id": "m", **measured}
    (found,) = mart_of("measurement_intervals", planned_realised=frame(contract("planned_realised"), [row])).to_dicts()
    return found
