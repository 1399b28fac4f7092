"""The figure of benefits by category: one count per project, input factors named as such, potentials left out."""

from __future__ import annotations

import json

import polars as pl
import pytest

from gevinst.contracts import contract
from gevinst.language.texts import Catalogue
from gevinst.site.figures import Figure, benefits_by_category, style
from tests.data.marts import mart_of
from tests.data.small_edition import CODELISTS, frame

LISTS = pl.read_csv(CODELISTS)
ROWS = (
    ("a", "user_effects", "user_effect", "dokumentert"),
    *((f"p{number}", "user_effects", "user_effect", "forventet") for number in range(9)),
    ("a", "new_knowledge", "input_factor", "oppgitt"),
    ("b", "general_potential", None, "forventet"),
)


def figure(*rows: tuple[str, str, str | None, str], language: str = "nb") -> Figure:
    evidence = frame(
        contract("benefit_evidence"),
        [
            {
                "edition_year": 2026,
                "project_id": project,
                "benefit_category_code": category,
                "gain_nature_code": nature,
                "is_gain": nature is not None,
                "best_evidence_code": best,
            }
            for project, category, nature, best in rows
        ],
    )
    categories = mart_of("benefit_by_category", benefit_evidence=evidence)
    return benefits_by_category(categories, LISTS, Catalogue(language), source="Kilde", project_count=12)


def test_bars_run_from_documented_to_expected_in_the_colours_of_the_tables() -> None:
    traces = json.loads(figure(*ROWS).spec)["data"]
    assert [trace["marker"]["color"] for trace in traces] == list(reversed(style.EVIDENCE.values()))
    assert [dict(zip(trace["y"], trace["x"], strict=True)) for trace in traces] == [
        {"user_effects": 1},
        {},
        {"new_knowledge": 1},
        {"user_effects": 9},
    ]


def test_every_part_has_its_number_and_a_word_or_where_there_is_no_room_a_sign() -> None:
    texts = [text for trace in json.loads(figure(*ROWS).spec)["data"] for text in trace["text"]]
    assert texts == ["<b>1</b> ●", "<b>1</b> ◐", "<b>9</b> forventet"]


def test_what_a_participant_measured_is_a_part_of_its_own_between_reported_and_documented() -> None:
    made = figure(("a", "user_effects", "user_effect", "malt_oppgitt"))
    traces = json.loads(made.spec)["data"]
    assert [trace["x"] for trace in traces] == [[], [1], [], []]
    assert [(entry.mark, entry.glyph) for entry in made.legend] == [
        ("evidence-4", "●"),
        ("evidence-3", "◕"),
        ("evidence-2", "◐"),
        ("evidence-1", "○"),
    ]


def test_the_caption_counts_projects_that_were_coded() -> None:
    assert "n = 12 prosjekter som er kodet for gevinster" in figure(*ROWS).caption


def test_a_general_potential_is_no_bar_and_an_input_factor_is_called_one() -> None:
    rows = [[cell.text for cell in row.cells] for row in figure(*ROWS).rows]
    assert rows == [
        ["Ny kunnskap", "innsatsfaktor", "0", "0", "1", "0", "1"],
        ["Virkninger for brukerne", "brukereffekt", "1", "0", "0", "9", "10"],
    ]


@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_text_alternative_holds_the_finding_and_every_number(language: str) -> None:
    made = figure(*ROWS, language=language)
    assert made.heading in made.alt
    for number in ("1", "9"):
        assert number in made.alt


def test_nothing_found_makes_an_empty_figure_that_says_so() -> None:
    made = figure()
    assert (made.heading, made.rows) == ("Ingen gevinster er funnet i det som er lest", ())
    assert json.loads(made.spec)["layout"]["height"] > 0
