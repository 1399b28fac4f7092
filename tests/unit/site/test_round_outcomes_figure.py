"""From round to outcome: every project counted once, silence and missing names drawn apart, old statements hatched."""

from __future__ import annotations

import json
from typing import Any

import polars as pl

from gevinst.contracts import contract
from gevinst.language.texts import Catalogue
from gevinst.site.figures import Figure, round_outcomes
from tests.data.marts import committed_codelists, figures, mart_of
from tests.data.small_edition import CODELISTS, frame

LISTS = pl.read_csv(CODELISTS)
PROJECTS = (
    ("a", "2019", "in_use", False),
    ("b", "2019", "in_use", True),
    ("c", "2019", "unknown", True),
    ("d", "2022", "stopped", False),
)
ROUNDS = {"2019": (2019, 3, 3), "2022": (2022, 4, 1)}
"""Cohort, how many were selected and how many are named, by round."""


def made(language: str = "nb", rounds: dict[str, Any] = ROUNDS, projects: tuple[Any, ...] = PROJECTS) -> Figure | None:
    status = frame(
        contract("project_status"),
        [
            {"edition_year": 2026, "project_id": one, "round_id": home, "outcome_code": outcome, "is_stale": is_old}
            for one, home, outcome, is_old in projects
        ],
    )
    overview = frame(
        contract("round_overview"),
        [
            {
                "edition_year": 2026,
                "round_id": key,
                "cohort_year": year,
                "selected_count": selected,
                "named_count": named,
                "unnamed_count": None if selected is None else selected - named,
            }
            for key, (year, selected, named) in rounds.items()
        ],
    )
    names = pl.DataFrame({"round_id": list(rounds), "name_nb": list(rounds), "name_en": list(rounds)})
    return round_outcomes(
        mart_of("round_outcomes", project_status=status, round_overview=overview, codelists=committed_codelists()),
        overview,
        figures(project_status=status, round_overview=overview),
        names,
        LISTS,
        Catalogue(language),
        source="Kilde",
        stale_after_months=24,
        selections={2019: "/nb/portefolje/?kull=2019"},
    )


def figure(**arguments: Any) -> Figure:
    found = made(**arguments)
    assert found is not None
    return found


def parts(drawn: Figure) -> dict[tuple[str, bool], dict[str, int]]:
    """Length by round of each kind of part, by its fill and whether it is hatched."""
    return {
        (trace["marker"]["color"], "pattern" in trace["marker"]): dict(zip(trace["y"], trace["x"], strict=True))
        for trace in json.loads(drawn.spec)["data"]
    }


def test_every_selected_project_is_in_one_part_of_its_round() -> None:
    lengths = list(parts(figure()).values())
    assert {key: sum(part.get(key, 0) for part in lengths) for key in ROUNDS} == {"2019": 3, "2022": 4}


def test_an_old_statement_of_use_is_hatched_and_silence_does_not_grow_old() -> None:
    drawn = parts(figure())
    hatched = [part for (_, is_hatched), part in drawn.items() if is_hatched]
    assert hatched == [{"2019": 1}], "one of the two in use; the unknown outcome is as unknown as a new one"
    assert [entry.text for entry in figure().legend if entry.is_hatched] == [
        "Skravert: opplysningen var eldre enn to år"
    ]


def test_projects_without_a_name_are_a_part_of_their_own_and_no_unknown_outcome() -> None:
    cells = [[cell.text for cell in row.cells] for row in figure().rows]
    columns = list(figure().columns)
    unknown, unnamed = columns.index("Ukjent"), columns.index("Uten navn i kildene")
    assert [(row[unknown], row[unnamed]) for row in cells] == [("1", "0"), ("0", "3")]
    assert "Tre prosjekter til er valgt uten at noen kilde navngir dem" in figure().caption


def test_the_table_has_the_numbers_of_the_drawing_and_leads_to_the_projects_of_the_cohort() -> None:
    first, second = figure().rows
    assert [cell.text for cell in first.cells] == ["2019", "3", "2 (1 gammel)", "0", "0", "0", "0", "1", "0"]
    assert [cell.text for cell in second.cells] == ["2022", "4", "0", "0", "0", "1", "0", "0", "3"]
    assert first.cells[0].href == "/nb/portefolje/?kull=2019"


def test_where_nobody_says_how_many_were_selected_only_the_named_are_drawn() -> None:
    drawn = figure(rounds={"2019": (2019, None, 3), "2022": (2022, 0, 1)})
    assert drawn.rows[0].cells[1].spoken == "ukjent"
    lengths = list(parts(drawn).values())
    assert {key: sum(part.get(key, 0) for part in lengths) for key in ROUNDS} == {"2019": 3, "2022": 1}
    assert not any(entry.text == "Uten navn i kildene" for entry in drawn.legend), "more named than selected is no gap"


def test_the_text_alternative_tells_every_round_in_both_languages() -> None:
    assert "2019: i bruk 2 og ukjent 1; 2022: stanset 1 og uten navn i kildene 3" in figure().alt
    assert "2019: in use 2 and unknown 1; 2022: stopped 1 and not named in sources 3" in figure(language="en").alt


def test_without_a_known_project_there_is_no_figure() -> None:
    assert made(projects=()) is None
