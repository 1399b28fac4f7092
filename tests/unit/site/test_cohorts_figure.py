"""The figure of status by cohort: fields with their number in words, and what is old hatched and counted by itself."""

from __future__ import annotations

import polars as pl

from gevinst.site.figures import status_by_cohort
from gevinst.site.figures.statuses import statuses
from tests.data.marts import mart_of
from tests.data.status_figures import CODES, NB, PORTFOLIO, SOURCE, spec, status, the_cohorts


def test_cohort_fields_hold_their_number_and_their_status_in_words() -> None:
    figure = the_cohorts(*PORTFOLIO)
    fields = {
        (year, text): x
        for trace in spec(figure)["data"]
        for year, text, x in zip(trace["y"], trace["text"], trace["x"], strict=True)
    }
    assert fields[("2021", "<b>1</b><br>prøvd ut")] == 1
    assert fields[("2018", "<b>1</b><br>videreført i<br>annen form")] == 1
    assert sum(fields.values()) == len(PORTFOLIO)
    assert [entry.glyph for entry in figure.legend] == ["6", "5", "3", "0", "→", "×", ".."]


def test_cohort_fields_hold_signs_when_there_is_no_room_for_names() -> None:
    crowd = [(f"p{n}", 2018, "i_gang", "spredt" if n else "stanset", 6) for n in range(30)]
    texts = [text for trace in spec(the_cohorts(*crowd))["data"] for text in trace["text"]]
    assert texts == ["<b>29</b><br>6", "<b>1</b><br>×"]


def test_the_cohort_table_has_one_row_per_field_and_adds_up_to_the_cohort() -> None:
    figure = the_cohorts(*PORTFOLIO)
    cells = [[cell.text for cell in row.cells] for row in figure.rows]
    assert cells[0] == ["2016", "Spredt til andre", "1", "0", "2"]
    by_cohort = {year: [int(n) for first, _, n, *_ in cells if first == year] for year, *_ in cells}
    assert {year: sum(numbers) for year, numbers in by_cohort.items()} == {
        year: int(whole) for year, *_, whole in cells
    }


def test_what_is_old_is_hatched_and_counted_by_itself() -> None:
    fresh, old = ("a", 2018, "i_gang", "i_bruk", 5), ("b", 2018, "i_gang", "i_bruk", 5)
    stated = pl.concat([status(fresh), status(old, is_stale=True)])
    figure = status_by_cohort(
        mart_of("cohort_statuses", project_status=stated),
        mart_of("cohort_counts", project_status=stated),
        CODES,
        NB,
        project_count=2,
        source=SOURCE,
        stale_after_months=24,
    )
    solid, hatched = spec(figure)["data"]
    assert ("pattern" in solid["marker"], "pattern" in hatched["marker"]) == (False, True)
    assert (solid["x"], hatched["x"]) == ([1], [1])
    assert [cell.text for cell in figure.rows[0].cells] == ["2018", "Tatt i bruk", "2", "1", "2"]
    assert "tatt i bruk 2, av dem 1 med gammel opplysning" in figure.alt
    assert [(entry.is_hatched, entry.text) for entry in figure.legend] == [
        (False, "Tatt i bruk"),
        (True, "Skravert: opplysningen var eldre enn to år"),
    ]


def luminance(colour: str) -> float:
    def channel(value: int) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (channel(int(colour[place : place + 2], 16)) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_stripes_keep_the_sign_readable_and_are_seen() -> None:
    known = statuses(CODES, NB.labels(CODES, "status")).values()
    striped = [entry for entry in known if entry.stripe]
    assert len(striped) == 9
    # 4.5 is what WCAG 2.2 asks of text; the stripe itself carries no meaning alone, so it need only be seen.
    assert [entry.code for entry in striped if contrast(entry.ink, entry.stripe or "") < 4.5] == []
    assert [entry.code for entry in striped if contrast(entry.fill, entry.stripe or "") < 1.25] == []
