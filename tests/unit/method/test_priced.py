"""What priced effects give beside the net present value: totals, signs, simulation, rates and start values."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from gevinst.contracts import contract
from gevinst.method import frames
from gevinst.method.priced import DRAWS, SEED
from tests.data.marts import mart_of, row_of
from tests.data.priced_edition import priced_tables
from tests.data.small_edition import frame

SOURCES = frame(contract("sources"), [{"source_id": "s", "accessed_on": date(2020, 1, 1)}])


def now(name: str) -> pl.DataFrame:
    return priced_tables()[name].filter(edition_year=2026)


def documented(*projects: str, **changed: Any) -> list[dict[str, Any]]:
    """Rows of `priced_projects` whose benefits are all documented, of 1, 2 and 3 kroner."""
    plain = {"edition_year": 2026, "evidence_code": "dokumentert", "is_known": True, "price_year": 2025}
    return [
        {**plain, "project_id": one, "low_amount": 1.0, "mid_amount": 2.0, "high_amount": 3.0, **changed}
        for one in projects
    ]


def total(rows: list[dict[str, Any]], *ties: tuple[str, str]) -> dict[str, Any]:
    relations = [{"project_id": one, "related_project_id": other, "source_id": "s"} for one, other in ties]
    return row_of(
        "priced_totals",
        priced_projects=frame(contract("priced_projects"), rows),
        project_relations=frame(contract("project_relations"), relations),
        sources=SOURCES,
    )


def test_a_total_is_over_documented_benefits_of_at_least_three_projects() -> None:
    weak = documented("d", evidence_code="oppgitt") + documented("e", evidence_code=None)
    found = total([*documented("a", "b", "c"), *weak], ("a", "d"))
    assert found["is_summed"]
    assert [found[name] for name in ("project_count", "low_amount", "mid_amount", "high_amount")] == [3, 3.0, 6.0, 9.0]


@pytest.mark.parametrize(
    ("rows", "ties"),
    [
        (documented("a", "b"), ()),
        (documented("a", "b", "c"), (("a", "b"),)),
        ([*documented("a", "b"), *documented("c", low_amount=None, is_known=False)], ()),
        ([], ()),
    ],
    ids=["two projects", "one builds on another", "unknown", "none"],
)
def test_there_is_no_total_of_few_of_overlapping_or_of_unknown_values(rows, ties) -> None:
    found = total(rows, *ties)
    assert not found["is_summed"]
    assert {found[name] for name in ("low_amount", "mid_amount", "high_amount", "price_year")} == {None}


@pytest.mark.parametrize(
    ("npvs", "known", "positive", "negative"),
    [
        ((1.0, 2.0, 3.0), True, True, False),
        ((-3.0, -2.0, -1.0), True, False, True),
        ((-1.0, 2.0, 3.0), True, False, False),
        ((0.0, 2.0, 3.0), True, False, False),
        ((-3.0, -2.0, 0.0), True, False, False),
        ((None, 2.0, 3.0), False, False, False),
    ],
)
def test_a_sign_holds_only_when_all_three_estimates_have_it_and_nought_has_none(
    npvs, known, positive, negative
) -> None:
    rows = [
        {"edition_year": 2026, "project_id": "p", "scenario_code": scenario, "npv_amount": npv}
        for scenario, npv in zip(("low", "mid", "high"), npvs, strict=True)
    ]
    row = mart_of("priced_projects", priced_effects=frame(contract("priced_effects"), rows)).row(0, named=True)
    assert (row["is_known"], row["is_positive"], row["is_negative"]) == (known, positive, negative)
    assert [row[f"{name}_amount"] for name in ("low", "mid", "high")] == list(npvs)


def test_the_evidence_of_a_project_is_that_of_its_weakest_benefit_and_unknown_when_one_is_tied_to_no_claim() -> None:
    def weakest(*codes: str | None, kind: str = "benefit") -> str | None:
        seat = {"edition_year": 2026, "project_id": "p"}
        effects = [{**seat, "effect_kind_code": kind, "evidence_code": code} for code in codes]
        stated = [{**seat, "scenario_code": "mid", "npv_amount": 1.0}]
        rows = mart_of(
            "priced_projects",
            priced_effects=frame(contract("priced_effects"), stated),
            effect_values=frame(contract("effect_values"), effects),
        )
        return rows["evidence_code"].item()

    assert weakest("dokumentert", "oppgitt", "dokumentert") == "oppgitt"
    assert weakest("dokumentert", None) is None
    assert weakest() is None
    assert weakest("dokumentert", kind="investment") is None, "costs have no evidence to show"


def test_effects_add_up_to_the_net_present_value_and_flows_to_effects() -> None:
    npvs = {(row["project_id"], row["scenario_code"]): row["npv_amount"] for row in now("priced_effects").to_dicts()}
    effects = now("effect_values")
    for (project, scenario), group in effects.group_by("project_id", "scenario_code"):
        values = group["present_value_amount"]
        expected = npvs[str(project), str(scenario)]
        if expected is None:
            assert values.null_count() > 0
        else:
            assert values.sum() == pytest.approx(expected, rel=1e-9)
            assert set(group["npv_amount"]) == {expected}
    flows = now("priced_flows").with_columns(value=pl.col("total_amount") * pl.col("discount_factor"))
    summed = {key: group["value"] for key, group in flows.group_by("benefit_value_id", "scenario_code")}
    for row in effects.to_dicts():
        values = summed[row["benefit_value_id"], row["scenario_code"]]
        if row["present_value_amount"] is not None:
            assert values.sum() == pytest.approx(row["present_value_amount"], rel=1e-9)


def test_a_fifth_of_an_effect_turns_the_sign_exactly_where_the_break_even_change_is_smaller() -> None:
    points = {
        (row["benefit_value_id"], row["scenario_code"]): row["break_even_change_pct"]
        for row in now("effect_values").to_dicts()
    }
    changed = now("effect_sensitivities").drop_nulls("npv_amount").to_dicts()
    assert {row["factor"] for row in changed} == {0.8, 1.2}
    for row in changed:
        change = points[row["benefit_value_id"], row["scenario_code"]]
        reaches = -20 <= change < 0 if row["factor"] < 1 else 0 < change <= 20
        assert row["is_sign_turned"] is reaches, row
    assert any(row["is_sign_turned"] for row in changed)


def test_a_simulation_says_seed_and_draws_and_is_unknown_where_an_effect_is() -> None:
    rows = {row["project_id"]: row for row in now("npv_simulations").to_dicts()}
    assert {(row["seed"], row["draw_count"]) for row in rows.values()} == {(SEED, DRAWS)}
    unknown = rows.pop("2023-byggesak")
    assert unknown["mean_amount"] is unknown["positive_probability"] is None
    npvs = {row["project_id"]: row for row in now("priced_projects").to_dicts()}
    for project, row in rows.items():
        assert (
            npvs[project]["low_amount"]
            <= row["p5_amount"]
            <= row["p50_amount"]
            <= row["p95_amount"]
            <= npvs[project]["high_amount"]
        )


def test_another_project_does_not_change_what_is_drawn_for_one() -> None:
    effects = now("effect_values")
    alone = mart_of("npv_simulations", effect_values=effects.filter(project_id="2018-skyss"))
    assert alone.equals(now("npv_simulations").filter(project_id="2018-skyss"))


@pytest.mark.parametrize(("name", "source"), [("npv_simulations", "effect_values"), ("return_rates", "priced_flows")])
def test_projects_computed_one_at_a_time_give_what_all_of_them_give_together(name, source, monkeypatch) -> None:
    together = mart_of(name, **{source: now(source)})
    monkeypatch.setattr(frames, "BLOCK_ROWS", 1)
    assert mart_of(name, **{source: now(source)}).equals(together)
    assert together["project_id"].n_unique() > 1


def test_a_project_without_a_rate_of_return_has_one_row_that_says_so() -> None:
    rates = now("return_rates").filter(scenario_code="mid")
    by_project = {row["project_id"]: row for row in rates.to_dicts()}
    assert by_project["2018-inneklima"]["rate_pct"] == pytest.approx(-9.33, abs=0.01)
    unknown = by_project["2023-byggesak"]
    assert (unknown["root_number"], unknown["rate_pct"], unknown["root_count"]) == (0, None, None)


def test_the_start_values_of_the_form_are_the_steps_of_the_ruleset_and_none_without_priced_effects() -> None:
    steps = now("discount_steps").select("from_year", "to_year", "rate").rows()
    assert steps == [(0, 40, 0.04), (41, 75, 0.03), (76, None, 0.02)]
    assert mart_of("discount_steps", discount_rates=priced_tables()["discount_rates"]).is_empty()
