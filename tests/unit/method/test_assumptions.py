"""Net present values under other assumptions: the same calculation, and unknown instead of a wrong answer."""

from __future__ import annotations

import polars as pl
import pytest

from gevinst.method.economic_rules import EconomicRules
from gevinst.method.frames import Rules, lazy
from gevinst.method.npv import priced_effects
from tests.data.priced import mid
from tests.data.priced_edition import priced_tables
from tests.reference.assumptions import BASE, Assumptions, effects_under, net_under

YEAR = 2026


def net(assumptions: Assumptions = BASE) -> dict[tuple[str, str], float | None]:
    rows = net_under(effects_under(priced_tables(), YEAR, assumptions))
    return {(project, scenario): npv for project, scenario, npv in rows.iter_rows()}


def test_the_official_case_is_the_mart() -> None:
    mart = priced_tables()["priced_effects"].filter(pl.col("edition_year") == YEAR)
    stated = {(row["project_id"], row["scenario_code"]): row["npv_amount"] for row in mart.iter_rows(named=True)}
    found = net()
    assert [key for key, npv in found.items() if npv is None] == [key for key, npv in stated.items() if npv is None]
    known = {key: npv for key, npv in stated.items() if npv is not None}
    assert {key: found[key] for key in known} == pytest.approx(known, rel=1e-11)  # marts have twelve digits
    assert (len(stated), len(known)) == (15, 12)


def test_a_shorter_period_is_that_of_the_ruleset_with_its_residual_value() -> None:
    tables = {name: lazy(table) for name, table in priced_tables().items()}
    mart = priced_effects(tables, Rules(2023, YEAR), EconomicRules(analysis_years=5)).collect("polars").to_native()
    stated = mart.filter((pl.col("edition_year") == YEAR) & (pl.col("project_id") == "2018-skyss"))
    chosen = Assumptions(analysis_years=5)
    assert net(chosen)["2018-skyss", "mid"] == pytest.approx(mid(stated)["npv_amount"], rel=1e-12)
    without = net(Assumptions(analysis_years=5, has_residual=False))["2018-skyss", "mid"]
    assert without == pytest.approx(mid(stated)["npv_amount"] - mid(stated)["residual_pv_amount"], rel=1e-12)


def test_a_higher_rate_replaces_the_whole_schedule_and_turns_the_sign() -> None:
    assert (net()["2018-skyss", "mid"] or 0) > 0 > (net(Assumptions(rate_pct=12.0))["2018-skyss", "mid"] or 0)


def test_costs_count_whatever_their_evidence_and_a_start_does_not_move() -> None:
    weak = effects_under(priced_tables(), YEAR)
    strict = effects_under(priced_tables(), YEAR, Assumptions(least_evidence_code="dokumentert"))
    assert strict["start_year"].to_list() == weak["start_year"].to_list()
    left_out = strict.filter(~pl.col("is_counted"))
    assert set(left_out["effect_kind_code"]) == {"benefit"}
    assert set(left_out["project_id"]) == {"2018-skyss", "2018-inneklima", "2021-pasientplan", "2023-byggesak"}


@pytest.mark.parametrize(
    ("level", "known"),
    [
        (None, {"2016-hjelpemidler", "2018-skyss", "2018-inneklima", "2021-pasientplan"}),
        ("oppgitt", {"2016-hjelpemidler", "2018-skyss"}),
        ("dokumentert", {"2016-hjelpemidler"}),
    ],
)
def test_without_a_benefit_that_is_sure_enough_the_value_is_unknown_and_not_negative(level, known) -> None:
    found = net(Assumptions(least_evidence_code=level))
    assert {project for (project, _), npv in found.items() if npv is not None} == known


def test_an_unknown_amount_makes_the_sum_unknown() -> None:
    assert {npv for (project, _), npv in net().items() if project == "2023-byggesak"} == {None}
