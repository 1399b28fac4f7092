"""What fits its form and cannot be, or is odd: refused, or told in a note that stops nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from gevinst.findings import Finding
from gevinst.persons_and_contacts import find
from gevinst.workbook.check import check_files
from tests.data.variants import quick_first
from tests.pipeline.workbook.conftest import RAW, SOURCE, YEAR, Filling, begin
from tests.pipeline.workbook.test_benefits import NAME, benefit, claim, measurement, plan

Opened = Callable[..., Filling]
PERCENT = {
    "unit_code": "prosent",
    "baseline_value": 90,
    "target_value": 95,
    "desired_direction_code": "høyere er bedre",
}


def about(filling: Filling, table: str, row: int, name: str) -> list[Finding]:
    """What a check says of one cell."""
    place = f"{filling.sheet(table).title}!{filling.cell(table, row, name).coordinate}"
    return [one for one in check_files([filling.save()], RAW, YEAR, None).findings if one.place == place]


def started(opened: Opened) -> Filling:
    filling = begin(opened())
    benefit(filling)
    return filling


@pytest.mark.parametrize(
    ("values", "name", "is_note", "said"),
    quick_first(
        [
            (PERCENT | {"baseline_value": 0.85}, "baseline_value", True, "under én prosent"),
            (PERCENT | {"target_value": 850}, "target_value", False, "ikke mulig i enheten"),
            (PERCENT | {"baseline_value": 100.5}, "baseline_value", False, "ikke mulig i enheten"),
            (PERCENT | {"target_value": 60}, "target_value", True, "dårligere enn nullpunktet (90 → 60)"),
            ({"unit_code": "dager", "baseline_value": -30}, "baseline_value", False, "ikke mulig i enheten"),
            (
                {"unit_code": "poeng fra 1 til 6", "baseline_value": 6.5},
                "baseline_value",
                False,
                "ikke mulig i enheten",
            ),
            ({"indicator_nb": "Kari Nordmann sin tid"}, "indicator_nb", False, "inneholder navnet på en person"),
        ],
    ),
)
def test_a_plan_that_cannot_be_is_refused_and_one_that_is_odd_is_told(
    opened: Opened, values: dict[str, Any], name: str, is_note: bool, said: str
) -> None:
    filling = started(opened)
    row = plan(filling, **values)
    (found,) = about(filling, "benefit_plans", row, name)
    written = str(filling.cell("benefit_plans", row, name).value)
    shown = next((person.masked for person in find(written)), written)
    assert (found.is_note, found.value) == (is_note, shown)
    assert said in found.reason_nb


@pytest.mark.parametrize("value", quick_first([0.2, 0.999]))
def test_a_share_of_an_effect_as_a_part_of_one_is_odd(opened: Opened, value: float) -> None:
    filling = begin(opened())
    row = filling.free("benefit_values")
    shares = dict.fromkeys(("deadweight_pct", "displacement_pct", "drop_off_pct"), 0)
    filling.put(
        "benefit_values",
        row,
        project_id="2019-arkivfloken",
        effect_id="tid",
        name_nb="Spart tid",
        name_en="Time saved",
        effect_kind_code="benefit",
        low_amount=1e6,
        mid_amount=2e6,
        high_amount=3e6,
        basis_nb="Regnet av eieren.",
        basis_en="Computed by the owner.",
        price_year=2020,
        first_year=2021,
        duration_years=5,
        ramp_up_years=0,
        ramp_up_code="none",
        attribution_pct=value,
        budget_effect_code="none",
        is_real_growth_eligible="Nei",
        source_id=SOURCE,
        source_locator="tabell 1",
        **shares,
    )
    (found,) = about(filling, "benefit_values", row, "attribution_pct")
    assert found.is_note and "som 85 og ikke 0,85" in found.reason_nb


def test_a_measured_value_is_held_against_the_unit_of_its_plan(opened: Opened) -> None:
    filling = started(opened)
    plan(filling)
    row = measurement(filling, measured_value=-3)
    (found,) = about(filling, "benefit_measurements", row, "measured_value")
    assert not found.is_note and found.value == "-3"


def test_a_status_that_falls_says_why_or_is_refused(opened: Opened) -> None:
    filling = begin(opened())
    row = filling.row_of("status_assessments", "2016-arkivtilsyn")
    values = {
        "_choice": "Endret",
        "status_code": "I gang",
        "assessed_on": date(2027, 2, 1),
        "assessed_precision": "dag",
        "reason_nb": "De har begynt på nytt, sier eieren.",
        "reason_en": "They have begun again, the owner says.",
        "source_id": SOURCE,
        "source_locator": "kapittel 4",
        "step_reason_code": None,
    }
    filling.put("status_assessments", row, **values)
    found = about(filling, "status_assessments", row, "step_reason_code")
    assert [(one.is_note, one.value) for one in found] == [(False, None)]
    assert "trinnet er lavere enn det prosjektet hadde før" in found[0].reason_nb


def test_a_claim_that_names_a_person_is_refused_in_its_cell(opened: Opened) -> None:
    filling = started(opened)
    row = claim(filling, benefit_id=NAME, statement_en="Kari Nordmann says that archivists spend less time.")
    (found,) = about(filling, "benefit_claims", row, "statement_en")
    assert not found.is_note and "skriv rollen eller virksomheten" in found.reason_nb


def test_a_year_in_a_date_cell_is_told_as_what_it_was(opened: Opened) -> None:
    filling = begin(opened())
    filling.cell("sources", 3, "accessed_on").value = 2026
    filling.cell("sources", 3, "accessed_on").number_format = "dd.mm.yyyy"
    (found,) = about(filling, "sources", 3, "accessed_on")
    assert found.value == "1905-07-18"
    assert "tallet 2026 er blitt datoen 1905-07-18; skriv hele datoen" in found.reason_nb


def test_seven_in_a_percentage_cell_is_asked_about(opened: Opened) -> None:
    filling = begin(opened())
    row = filling.free("benefit_values")
    filling.put("benefit_values", row, attribution_pct=7)
    filling.cell("benefit_values", row, "attribution_pct").number_format = "0 %"
    found = about(filling, "benefit_values", row, "attribution_pct")
    assert [one.value for one in found] == ["7"]
    assert "uten prosentformat om du mener 7 prosent" in found[0].reason_nb


@pytest.mark.parametrize(
    "kind",
    quick_first(["rapport", "intervju", "referat", "spørreundersøkelse", "gevinstplan", "internt dokument"]),
)
def test_no_type_of_document_makes_a_claim_documented(opened: Opened, kind: str) -> None:
    filling = started(opened)
    filling.put("sources", 3, document_type_code=kind)
    row = claim(filling, benefit_id=NAME, evidence_code="Dokumentert", stated_by_code="utenforstående")
    (found,) = about(filling, "benefit_claims", row, "evidence_code")
    assert (found.is_note, found.value) == (False, "Dokumentert")
    assert "ingen måling mot et nullpunkt" in found.reason_nb and "velg et svakere belegg" in found.reason_nb
