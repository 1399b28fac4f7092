"""Ranges of priced effects: each on the same scale of kroner, never added, and none where nobody states a price."""

from __future__ import annotations

import json
from typing import Any

import polars as pl

from gevinst.language.texts import Catalogue
from gevinst.site.figures import Figure, priced_ranges, style
from gevinst.site.figures.priced_ranges import MOST_DRAWN
from tests.data.rendered import REAL, real_tables, view_of
from tests.data.small_edition import CODELISTS

LISTS = pl.read_csv(CODELISTS)
NAMES = pl.DataFrame({"project_id": ["p"], "short_name_nb": ["Prosjektet"], "short_name_en": ["The project"]})
Amounts = tuple[float | None, float | None, float | None]


def effect(key: str, amounts: Amounts, kind: str = "benefit", evidence: str | None = None) -> list[dict[str, Any]]:
    return [
        {
            "benefit_value_id": key,
            "project_id": "p",
            "scenario_code": scenario,
            "effect_kind_code": kind,
            "evidence_code": evidence,
            "present_value_amount": amount,
            "price_year": 2024,
        }
        for scenario, amount in zip(("low", "mid", "high"), amounts, strict=True)
    ]


def made(*effects: list[dict[str, Any]], language: str = "nb") -> Figure | None:
    rows = [row for one in effects for row in one]
    stated = {row["benefit_value_id"]: {"name_nb": "spart tid", "name_en": "time saved"} for row in rows}
    return priced_ranges(rows, stated, NAMES, LISTS, Catalogue(language), source="Kilde")


def figure(*effects: list[dict[str, Any]], language: str = "nb") -> Figure:
    found = made(*effects, language=language)
    assert found is not None
    return found


def test_each_bar_runs_from_low_to_high_and_its_tick_is_the_middle_estimate() -> None:
    *bars, ticks = json.loads(
        figure(effect("a", (1e6, 2e6, 4e6)), effect("b", (-3e6, -1e6, -0.5e6), "investment")).spec
    )["data"]
    assert [bar["x"] for bar in bars] == [[1, 4, None], [-3, -0.5, None]]
    assert dict(zip(ticks["y"], ticks["x"], strict=True)) == {"a": 2, "b": -1}


def test_benefits_are_coloured_by_how_sure_they_are_and_costs_are_grey() -> None:
    drawn = figure(
        effect("a", (1e6, 3e6, 4e6), evidence="dokumentert"),
        effect("b", (1e6, 2e6, 4e6)),
        effect("c", (-3e6, -1e6, -0.5e6), "investment"),
    )
    colors = [trace["line"]["color"] for trace in json.loads(drawn.spec)["data"][:-1]]
    assert colors == [style.EVIDENCE["dokumentert"], style.CONTINUED, style.UNDER_WAY]
    assert {entry.text for entry in drawn.legend} == {
        "Dokumentert",
        "Nytte uten kjent utsagn bak",
        "Kostnad eller ulempe",
    }


def test_the_table_has_the_three_estimates_of_every_bar_and_no_sum() -> None:
    drawn = figure(effect("a", (1e6, 2e6, 4e6), evidence="oppgitt"), effect("b", (0.0, 0.5e6, 1e6)))
    assert [[cell.text for cell in row.cells][3:] for row in drawn.rows] == [
        ["Oppgitt", "1,00", "2,00", "4,00"],
        ["Nytte uten kjent utsagn bak", "0,00", "0,50", "1,00"],
    ]
    assert "Prosjektet, spart tid: 1,00 til 4,00, midt 2,00" in drawn.alt
    assert (
        "The project, time saved: 1.00 to 4.00, middle 2.00" in figure(effect("a", (1e6, 2e6, 4e6)), language="en").alt
    )


def test_an_effect_of_unknown_value_is_not_drawn_as_nothing() -> None:
    assert [row.key for row in figure(effect("a", (1e6, 2e6, 4e6)), effect("b", (None, 2e6, None))).rows] == ["a"]
    assert made(effect("b", (None, None, None))) is None


def test_of_very_many_the_largest_are_drawn_and_the_caption_says_so() -> None:
    many = [effect(f"e{n:03}", (0.0, n * 1e6, n * 2e6)) for n in range(1, MOST_DRAWN + 2)]
    drawn = figure(*many)
    assert len(drawn.rows) == MOST_DRAWN and drawn.rows[-1].key == "e002"
    assert f"de {MOST_DRAWN} største" in drawn.caption and "største" not in figure(*many[1:]).caption


def test_no_real_project_has_a_figure_of_kroner() -> None:
    assert "priced-ranges" not in view_of(real_tables(), "nb", REAL).figures
