"""Headings of what was planned, measured and reported by the projects themselves: none, one, many and all."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from gevinst.contracts import contract
from gevinst.language.texts import Catalogue
from gevinst.site.sentences import benefits as sentences
from tests.data.marts import projects_known, row_of
from tests.data.small_edition import frame

NB = Catalogue("nb")
Row = dict[str, Any]


def counted(total: int = 0, **inputs: pl.DataFrame) -> Row:
    """The row of `benefit_headlines` of an edition with `total` projects."""
    return row_of("benefit_headlines", project_status=projects_known(total), **inputs)


def overview(*rows: tuple[bool, bool]) -> pl.DataFrame:
    """`benefit_overview` from (has a goal, is achieved), each another benefit."""
    return frame(
        contract("benefit_overview"),
        [
            {
                "edition_year": 2026,
                "benefit_id": f"b{number}",
                "project_id": "p",
                "is_gain": True,
                "benefit_sign_code": "positive",
                "has_goal": goal,
                "is_achieved": achieved,
            }
            for number, (goal, achieved) in enumerate(rows)
        ],
    )


def measurements(*rows: tuple[float | None, str | None]) -> pl.DataFrame:
    """`planned_realised` from (target, outcome)."""
    return frame(
        contract("planned_realised"),
        [
            {
                "edition_year": 2026,
                "benefit_plan_id": f"p{number}",
                "benefit_measurement_id": f"m{number}",
                "is_measured": True,
                "target_value": target,
                "measurement_outcome_code": outcome,
                "is_newest": True,
            }
            for number, (target, outcome) in enumerate(rows)
        ],
    )


def unmeasured_plans(count: int) -> pl.DataFrame:
    """`planned_realised` of indicators with a target that nobody has measured."""
    rows = [{"edition_year": 2026, "benefit_plan_id": f"plan{n}", "target_value": 5.0} for n in range(count)]
    return frame(contract("planned_realised"), rows)


def unmeasured(*rows: tuple[bool, bool]) -> pl.DataFrame:
    """`unmeasured_benefits` from (has a plan, is overdue)."""
    return frame(
        contract("unmeasured_benefits"),
        [
            {
                "edition_year": 2026,
                "benefit_id": f"b{number}",
                "next_measurement_on": date(2025, 1, 1) if planned else None,
                "is_overdue": overdue,
            }
            for number, (planned, overdue) in enumerate(rows)
        ],
    )


@pytest.mark.parametrize(
    ("rows", "nb"),
    [
        ((), "Ingen gevinstplan med en indikator er funnet i det som er lest"),
        ((None,), "Én indikator er kjent, og ingen måling er funnet"),
        (((None, "better"),), "Én indikator er kjent, én er målt, og ingen av de målte har et kjent mål"),
        (
            ((5.0, "better"),),
            "Én indikator er kjent, én er målt, én av de målte har et kjent mål, og ingen nådde det",
        ),
        (
            ((5.0, "reached"), (5.0, "worse"), (None, None), None),
            "Fire indikatorer er kjent, tre er målt, to av de målte har et kjent mål, og én nådde det",
        ),
    ],
)
def test_plans_are_headed_by_measurements_targets_and_whether_they_were_reached(rows, nb) -> None:
    """A plan without a measurement is an indicator known; it is neither measured nor missed."""
    planned = [row for row in rows if row is None]
    frames = [measurements(*(row for row in rows if row is not None)), unmeasured_plans(len(planned))]
    assert sentences.realisation_heading(counted(planned_realised=pl.concat(frames)), NB) == nb


@pytest.mark.parametrize(
    ("rows", "nb"),
    [
        ((), "Ingen oppgitt eller planlagt gevinst mangler måling"),
        (
            ((False, False),),
            "Én gevinst er oppgitt eller planlagt uten en kjent måling mot et nullpunkt, "
            "og ingen plan sier når det skal måles",
        ),
        (
            ((True, False), (False, False)),
            "To gevinster er oppgitt eller planlagt uten en kjent måling mot et nullpunkt, "
            "og ingen av dem skulle ha vært målt ennå",
        ),
        (
            ((True, True), (True, False)),
            "To gevinster er oppgitt eller planlagt uten en kjent måling mot et nullpunkt, "
            "og én av dem skulle ha vært målt nå",
        ),
    ],
)
def test_what_is_not_measured_is_headed_by_plans_and_what_is_overdue(rows, nb) -> None:
    found = counted(unmeasured_benefits=unmeasured(*rows), benefit_overview=overview((True, True)))
    assert sentences.unmeasured_heading(found, NB) == nb


def test_where_no_benefit_is_known_none_is_said_to_be_measured() -> None:
    assert sentences.unmeasured_heading(counted(), NB) == "Ingen gevinster er funnet i det som er lest"


@pytest.mark.parametrize(
    ("counts", "nb"),
    [
        ((), "Ingen gevinst er oppgitt, målt eller dokumentert i det som er lest"),
        (((3, 0),), "Ingen av tre utsagn om noe oppnådd er bare oppgitt, uten måling"),
        (((3, 1), (2, 0)), "Ett av fem utsagn om noe oppnådd er bare oppgitt, uten måling"),
        (((3, 3), (2, 1)), "Fire av fem utsagn om noe oppnådd er bare oppgitt, uten måling"),
        (((3, 3), (2, 2)), "Alle de 5 utsagnene om noe oppnådd er bare oppgitt, uten måling"),
        (((1, 1),), "Det ene utsagnet om noe oppnådd er bare oppgitt, uten måling"),
    ],
)
def test_self_report_is_headed_by_how_much_rests_on_it(counts, nb) -> None:
    rows = [{"edition_year": 2026, "achieved_count": n, "self_reported_count": own} for n, own in counts]
    found = counted(self_report_share=frame(contract("self_report_share"), rows))
    assert sentences.self_report_heading(found, NB) == nb
