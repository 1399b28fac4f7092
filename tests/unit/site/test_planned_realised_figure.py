"""Planned beside realised: true to scale within a row, whichever way is better and whatever is missing."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import polars as pl
import pytest

from gevinst.language.texts import Catalogue
from gevinst.site.figures import Figure, planned_realised, style
from gevinst.site.figures.planned_realised import MOST_DRAWN
from tests.data.small_edition import CODELISTS

LISTS = pl.read_csv(CODELISTS)
NAMES = pl.DataFrame({"project_id": ["p"], "short_name_nb": ["Prosjektet"], "short_name_en": ["The project"]})
NONE: Any = None


def indicator(baseline: float | None, target: float | None, measured: float, **own: Any) -> dict[str, Any]:
    return {
        "benefit_plan_id": "i",
        "project_id": "p",
        "indicator_nb": "Dager til svar",
        "indicator_en": "Days to an answer",
        "unit_code": "days_per_case",
        "unit_kind_code": "time",
        "currency_code": None,
        "price_year": None,
        "baseline_value": baseline,
        "target_value": target,
        "measured_value": measured,
        "measured_on": None,
        "is_newest": True,
        "realisation_rate": None,
        "measurement_outcome_code": None,
        "stated_by_code": "owner",
        **own,
    }


def made(*rows: dict[str, Any], language: str = "nb", **counts: int) -> Figure | None:
    told = {"measurement_count": len(rows), "target_count": 0, "reached_count": 0, "unmeasured_plan_count": 0, **counts}
    return planned_realised(rows, told, NAMES, LISTS, Catalogue(language), source="Kilde")


def figure(*rows: dict[str, Any], **own: Any) -> Figure:
    found = made(*rows, **own)
    assert found is not None
    return found


def places(drawn: Figure) -> dict[str, Any]:
    """Where the first row's range, baseline, target and value are drawn; `None` for what is not."""
    data = json.loads(drawn.spec)["data"]
    segments, hollow, ticks, *values = data[1:]
    first = [trace["x"][0] if trace["x"] else None for trace in (hollow, ticks, values[0])]
    assert segments["line"]["width"] > data[0]["line"]["width"]
    return {"range": segments["x"][:2] or None, "baseline": first[0], "target": first[1], "value": first[2]}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((20, 80, 40), {"range": [0.25, 1.0], "baseline": 0.25, "target": 1.0, "value": 0.5}),
        ((40, 25, 10), {"range": [1.0, 0.625], "baseline": 1.0, "target": 0.625, "value": 0.25}),
        ((40, 25, 50), {"range": [0.8, 0.5], "baseline": 0.8, "target": 0.5, "value": 1.0}),
        ((20, 40, 80), {"range": [0.25, 0.5], "baseline": 0.25, "target": 0.5, "value": 1.0}),
        ((10, NONE, 40), {"range": None, "baseline": 0.25, "target": None, "value": 1.0}),
        ((NONE, 40, 10), {"range": None, "baseline": None, "target": 1.0, "value": 0.25}),
        ((NONE, NONE, 10), {"range": None, "baseline": None, "target": None, "value": 1.0}),
        ((-10, 10, 0), {"range": [0.0, 1.0], "baseline": 0.0, "target": 1.0, "value": 0.5}),
        ((0, NONE, 0), {"range": None, "baseline": 0.0, "target": None, "value": 0.0}),
    ],
    ids=[
        "towards a higher target",
        "past a lower target",
        "the wrong way from a lower target",
        "past a higher target",
        "no target",
        "no baseline",
        "neither",
        "below nothing",
        "nothing at all",
    ],
)
def test_every_value_is_in_its_place_on_the_scale_of_its_row(values, expected) -> None:
    assert places(figure(indicator(*values))) == expected


def test_a_share_is_drawn_on_the_whole_scale_of_per_cent() -> None:
    share = {"unit_code": "percent_of_respondents", "unit_kind_code": "share"}
    assert places(figure(indicator(0, None, 20, **share)))["value"] == 0.2


def test_what_is_missing_is_said_in_words() -> None:
    told = [
        figure(indicator(*values)).alt.rsplit("verdien. ", 1)[1]
        for values in ((40, 25, 32.5), (40, None, 32), (None, 25, 32), (None, None, 32))
    ]
    assert [text.split(": ", 1)[1].split(", dager", 1)[0] for text in told] == [
        "fra 40, mål 25, målt 32,5",
        "fra 40, målt 32; mål ikke kjent",
        "mål 25, målt 32; nullpunkt ikke kjent",
        "målt 32; verken nullpunkt eller mål er kjent",
    ]


def test_the_mark_of_a_value_shows_whose_measurement_it_is() -> None:
    mine, other = (figure(indicator(40, 25, 30, stated_by_code=who)) for who in ("supplier", "third_party"))
    fills = [json.loads(drawn.spec)["data"][-1]["marker"]["color"] for drawn in (mine, other)]
    assert fills == [style.EVIDENCE["malt_oppgitt"], style.EVIDENCE["dokumentert"]]
    assert [drawn.rows[0].cells[-1].text for drawn in (mine, other)] == ["Leverandør", "Utenforstående"]
    assert [drawn.legend[-1].glyph for drawn in (mine, other)] == ["◕", "●"]


def test_only_newest_measurements_are_drawn_and_what_is_not_measured_is_counted() -> None:
    old, planned = indicator(40, 25, 39, is_newest=False), indicator(40, 25, NONE, is_newest=False)
    drawn = figure(old, indicator(40, 25, 30), planned, unmeasured_plan_count=1)
    assert [[cell.text for cell in row.cells[3:6]] for row in drawn.rows] == [["40", "25", "30"]]
    assert "Én indikator til er planlagt, uten at vi kjenner noen måling." in drawn.caption
    assert made(old, planned) is None


def test_those_with_a_target_come_first_from_the_most_realised() -> None:
    rows = [
        indicator(40, None, 39, benefit_plan_id="without"),
        indicator(40, 25, 44, benefit_plan_id="worse", realisation_rate=-0.3),
        indicator(40, 25, 25, benefit_plan_id="reached", realisation_rate=1.0),
    ]
    assert [row.key for row in figure(*rows).rows] == ["reached", "worse", "without"]


def test_of_very_many_those_measured_last_are_drawn_and_the_caption_says_so() -> None:
    rows = [
        indicator(40, 25, 30, benefit_plan_id=f"i{n:03}", measured_on=date(2000 + n, 1, 1))
        for n in range(MOST_DRAWN + 1)
    ]
    drawn = figure(*rows)
    assert len(drawn.rows) == MOST_DRAWN and "i000" not in {row.key for row in drawn.rows}
    assert f"de {MOST_DRAWN} som sist er målt" in drawn.caption
    assert "som sist er målt" not in figure(*rows[1:]).caption


def test_the_heading_counts_targets_and_says_when_there_is_none() -> None:
    assert figure(indicator(40, 25, 25), target_count=1, reached_count=1).heading == (
        "Én målt indikator har et mål, og 1 har nådd det"
    )
    without = figure(indicator(40, None, 25), language="en")
    assert without.heading == "One indicator is measured, but we know of no target for it"
