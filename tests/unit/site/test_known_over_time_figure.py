"""Known year by year: what certainly was public is a line, what may have been a band, and both are in the table."""

from __future__ import annotations

import json
from typing import Any

from gevinst.language.texts import Catalogue
from gevinst.method.reconstruction import IN_USE, OUTCOME_KNOWN, PARTLY_IN_USE, PROJECTS_KNOWN
from gevinst.site.figures import Figure, known_over_time, style

YEARS = (2021, 2022, 2023)
BOUNDS = {
    PROJECTS_KNOWN: ((8, 8), (12, 12), (12, 12)),
    OUTCOME_KNOWN: ((2, 6), (5, 7), (7, 7)),
    PARTLY_IN_USE: ((0, 1), (1, 1), (1, 1)),
    IN_USE: ((0, 0), (0, 0), (1, 1)),
}
"""Certain and possible by year."""


def made(bounds: dict[str, tuple[tuple[int, int], ...]] = BOUNDS, language: str = "nb") -> Figure | None:
    rows = [
        {"edition_year": year, "bounded_figure": name, "certain_count": certain, "possible_count": possible}
        for name, pairs in bounds.items()
        for year, (certain, possible) in zip(YEARS, pairs, strict=True)
    ]
    return known_over_time(rows, Catalogue(language), source="Kilde", this_year=YEARS[-1])


def figure(**arguments: Any) -> Figure:
    found = made(**arguments)
    assert found is not None
    return found


def traces(spec: str | None, **wanted: Any) -> list[dict[str, Any]]:
    assert spec
    return [trace for trace in json.loads(spec)["data"] if all(trace.get(key) == one for key, one in wanted.items())]


def test_each_line_is_what_certainly_was_public_and_the_last_number_is_in_its_name() -> None:
    lines = traces(figure().spec, mode="lines+markers")
    assert [line["y"] for line in lines] == [[8, 12, 12], [2, 5, 7], [0, 1, 1], [0, 0, 1]]
    ends = [note["text"] for note in json.loads(figure().spec)["layout"]["annotations"]]
    assert sorted(ends) == ["1 tatt delvis i bruk", "1 tatt i bruk", "12 kjente prosjekter", "7 med kjent utfall"]


def test_a_band_reaches_up_to_what_may_have_been_public_only_where_that_differs() -> None:
    edges = traces(figure().spec, mode="lines")
    assert [(edge["y"], edge.get("fillcolor")) for edge in edges] == [
        ([2, 5, 7], None),
        ([6, 7, 7], style.STEPS[1]),
        ([0, 1, 1], None),
        ([1, 1, 1], style.STEPS[2]),
    ]
    same = {name: tuple((certain, certain) for certain, _ in pairs) for name, pairs in BOUNDS.items()}
    assert traces(figure(bounds=same).spec, mode="lines") == []
    assert len(figure(bounds=same).legend) == 1 < len(figure().legend)


def test_numbers_stand_at_both_bounds_where_they_differ_and_once_where_they_do_not() -> None:
    phone = traces(figure().phone_spec, mode="markers+text")
    assert [(trace["textposition"], trace["text"]) for trace in phone] == [
        (["top left", "top left"], ["8", "12"]),
        (["top left", "top left"], ["6", "7"]),
        (["bottom right", "bottom right"], ["2", "5"]),
    ]


def test_a_number_moves_below_its_line_or_away_where_another_line_would_run_through_it() -> None:
    def numbers_of(known: tuple[int, ...], partly: tuple[int, ...], use: tuple[int, ...]) -> list[tuple[str, str]]:
        own = {OUTCOME_KNOWN: known, PARTLY_IN_USE: partly, IN_USE: use}
        same = {name: tuple(zip(counts, counts, strict=True)) for name, counts in own.items()}
        return [
            (text, place.split()[0])
            for trace in traces(figure(bounds={PROJECTS_KNOWN: ((60, 60),) * 3, **same}).spec, mode="markers+text")
            if trace["textfont"]["color"] == style.STEPS[4]
            for text, place in zip(trace["text"], trace["textposition"], strict=True)
        ]

    assert numbers_of((40, 40, 40), (9, 10, 10), (0, 0, 0)) == [("10", "top")]
    assert numbers_of((12, 12, 12), (9, 10, 10), (0, 0, 0)) == [("10", "bottom")]
    assert numbers_of((12, 12, 12), (9, 10, 10), (8, 8, 8)) == []


def test_without_a_band_the_caption_explains_none() -> None:
    same = {name: tuple((certain, certain) for certain, _ in pairs) for name, pairs in BOUNDS.items()}
    assert "feltene" in figure().caption and "feltene" not in figure(bounds=same).caption


def test_names_at_the_ends_of_lines_that_meet_are_moved_apart() -> None:
    notes = json.loads(figure().spec)["layout"]["annotations"]
    in_use, partly = (next(note for note in notes if word in note["text"]) for word in ("1 tatt i", "delvis"))
    assert in_use["y"] == partly["y"] and abs(in_use["yshift"] - partly["yshift"]) >= 20


def test_the_heading_tells_the_year_in_which_most_is_only_a_possibility() -> None:
    assert figure().heading == (
        "Ved utgangen av 2021 var det sikkert kjent hva det ble av 2 prosjekter, og det kan ha vært kjent for 6; "
        "nå er det kjent for 7 av 12"
    )
    same = {name: tuple((certain, certain) for certain, _ in pairs) for name, pairs in BOUNDS.items()}
    assert figure(bounds=same).heading == "Det er kjent hva det ble av 7 av 12 prosjekter"


def test_the_table_has_both_bounds_of_every_year_and_the_text_alternative_says_them() -> None:
    drawn = figure()
    assert [[cell.text for cell in row.cells] for row in drawn.rows] == [
        ["2021", "8", "8", "2", "6", "0", "1", "0", "0"],
        ["2022", "12", "12", "5", "7", "1", "1", "0", "0"],
        ["2023", "12", "12", "7", "7", "1", "1", "1", "1"],
    ]
    assert "Kjent hva det ble av: 2021: 2–6, 2022: 5–7, 2023: 7" in drawn.alt
    assert "Known what came of them: 2021: 2–6" in figure(language="en").alt


def test_a_single_year_is_drawn_and_no_known_project_gives_no_figure() -> None:
    only = [{"edition_year": 2016, "bounded_figure": name, "certain_count": 1, "possible_count": 1} for name in BOUNDS]
    one = known_over_time(only, Catalogue("nb"), source="Kilde", this_year=2016)
    assert one is not None and json.loads(one.spec)["layout"]["xaxis"]["range"][1] > 2016.5
    assert made(bounds={name: ((0, 0),) * 3 for name in BOUNDS}) is None
