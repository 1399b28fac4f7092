"""What is counted of the scheme: only what an edition knows, in kroner of one year, and nothing twice."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from gevinst.contracts import contract
from tests.data.marts import mart_of, projects_known, row_of
from tests.data.small_edition import frame

KPI = pl.DataFrame({"base_year": 2015, "year": [2018, 2024, 2025, 2026], "index_value": [100.0, 110.0, 120.0, 130.0]})
SOURCES = frame(
    contract("sources"),
    [{"source_id": "s", "accessed_on": date(2020, 1, 1)}, {"source_id": "late", "accessed_on": date(2027, 1, 1)}],
)
AT = {"source_id": "s", "source_locator": "x"}


def test_kroner_are_of_the_newest_year_that_has_ended_and_never_of_the_edition_year_itself() -> None:
    rows = [
        {"edition_year": 2026, "round_id": "old", "cohort_year": 2018, "amount": 10.0, "amount_kind_code": "award"},
        {"edition_year": 2026, "round_id": "new", "cohort_year": 2026, "amount": 99.0, "amount_kind_code": "award"},
    ]
    found = mart_of("round_amounts", round_overview=frame(contract("round_overview"), rows), kpi=KPI)
    assert {row["round_id"]: (row["fixed_amount"], row["price_year"]) for row in found.to_dicts()} == {
        "old": (12.0, 2025),
        "new": (None, 2025),
    }
    assert found.filter("is_highest_award")["round_id"].to_list() == ["old"]


def test_awards_are_summed_in_one_price_year_and_never_with_other_kinds_of_amount() -> None:
    def amount(name: str, kind: str, fixed: float | None) -> dict[str, Any]:
        return {
            "edition_year": 2026,
            "round_id": name,
            "amount_kind_code": kind,
            "amount": fixed,
            "fixed_amount": fixed,
            "price_year": 2025,
        }

    rows = [amount("a", "award", 10.0), amount("b", "award", 5.0), amount("c", "frame_plus_options", 90.0)]
    found = row_of("scheme_headlines", round_amounts=frame(contract("round_amounts"), rows))
    assert (found["awarded_fixed_amount"], found["awarded_round_count"], found["price_year"]) == (15.0, 2, 2025)
    assert found["other_amount_round_count"] == 1
    nothing = row_of("scheme_headlines")
    assert (nothing["awarded_fixed_amount"], nothing["awarded_round_count"]) == (None, 0)


def test_a_share_selected_is_null_without_a_round_that_states_both() -> None:
    rows = [{"edition_year": 2026, "round_id": "a", "applicant_count": 10}]
    found = row_of("scheme_headlines", round_overview=frame(contract("round_overview"), rows))
    assert (found["accepted_pct"], found["compared_round_count"]) == (None, 0)
    assert (found["applicant_count"], found["selected_count"]) == (10, None)
    assert found["unknown_selected_round_count"] == 1


def taking_part(*rows: tuple[str, str, str, str]) -> pl.DataFrame:
    """`participations` from (project, organisation, role, source)."""
    return frame(
        contract("participations"),
        [
            {"project_id": project, "organisation_id": who, "role_code": role, **AT, "source_id": source}
            for project, who, role, source in rows
        ],
    )


def test_a_supplier_counts_once_per_project_and_a_delivery_known_later_does_not_count() -> None:
    rows = taking_part(
        ("p0", "x", "supplier", "s"),
        ("p0", "x", "supplier", "s"),
        ("p1", "x", "supplier", "s"),
        ("p2", "x", "supplier", "late"),
        ("p0", "y", "supplier", "s"),
        ("p0", "x", "owner", "s"),
    )
    found = mart_of("supplier_deliveries", participations=rows, project_status=projects_known(3), sources=SOURCES)
    assert found.select("organisation_id", "project_count", "is_most").rows() == [("x", 2, True), ("y", 1, False)]


def test_a_project_with_two_owners_of_one_level_counts_once_there_and_levels_exceed_all() -> None:
    rows = taking_part(
        ("p0", "a", "owner", "s"), ("p0", "b", "co_owner", "s"), ("p0", "c", "co_owner", "s"), ("p1", "a", "owner", "s")
    )
    organisations = [
        {"organisation_id": who, "level_code": level} for who, level in (("a", "stat"), ("b", "stat"), ("c", "kommune"))
    ]
    found = mart_of(
        "owner_groups",
        participations=rows,
        organisations=frame(contract("organisations"), organisations),
        projects=frame(contract("projects"), [{"project_id": f"p{n}", "sector_code": "helse"} for n in range(3)]),
        project_status=projects_known(3),
        sources=SOURCES,
    )
    counts = {(row["sector"], row["owner_level"]): row["project_count"] for row in found.to_dicts()}
    assert counts == {
        **{(sector, "all"): 3 for sector in ("all", "helse")},
        **{(sector, "stat"): 2 for sector in ("all", "helse")},
        **{(sector, "kommune"): 1 for sector in ("all", "helse")},
    }
    assert found.filter("is_most").select("sector", "owner_level").rows() == [("all", "stat")]


@pytest.mark.parametrize(
    ("figures", "disagree"),
    [
        ((("applicants", None, 10.0), ("applicants", None, 10.0)), False),
        ((("applicants", None, 10.0), ("applicants", None, 11.0)), True),
        ((("applicants", None, 10.0), ("selected", None, 11.0)), False),
        ((("amount", "award", 1.0), ("amount", "frame_plus_options", 2.0)), True),
        ((("amount", "award", 1.0), ("amount", "call_ceiling", 2.0)), False),
    ],
    ids=["the same", "another number", "another measure", "award and frame", "a ceiling is no amount given"],
)
def test_figures_disagree_only_about_the_same_thing(figures, disagree: bool) -> None:
    rows = [
        {
            "round_figure_id": f"f{n}",
            "round_id": "r",
            "measure_code": what,
            "amount_kind_code": kind,
            "value": value,
            **AT,
        }
        for n, (what, kind, value) in enumerate(figures)
    ]
    found = mart_of("round_disagreements", round_figures=frame(contract("round_figures"), rows), sources=SOURCES)
    assert found.height == (2 if disagree else 0)
    headlines = row_of("scheme_headlines", round_disagreements=found)
    assert headlines["disagreement_count"] == int(disagree)
