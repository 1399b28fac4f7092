from __future__ import annotations

from datetime import date

import polars as pl

from gevinst.method.as_of import in_force
from gevinst.method.frames import lazy
from tests.data.small_edition import dated_sources


def rows_in_force(*rows: tuple[str, str, str], published: dict[str, date]) -> dict[int, list[str]]:
    """Which rows are in force in each edition year; a row is its id, its effect and its source."""
    valuations = pl.DataFrame(rows, schema=["row_id", "effect_id", "source_id"], orient="row").with_columns(
        project_id=pl.lit("p")
    )
    sources = dated_sources(published)
    editions = pl.DataFrame({"edition_year": [2019, 2020, 2021]}).with_columns(as_of_on=pl.date("edition_year", 12, 31))
    found = in_force(lazy(valuations), lazy(sources), lazy(editions), "row_id").collect("polars").to_native()
    return {year: sorted(rows["row_id"]) for (year,), rows in found.sort("edition_year").group_by("edition_year")}


def test_the_newest_known_row_counts_whatever_its_id() -> None:
    sources = {"old": date(2019, 5, 1), "new": date(2021, 5, 1)}
    assert rows_in_force(("z", "e", "old"), ("a", "e", "new"), published=sources) == {
        2019: ["z"],
        2020: ["z"],
        2021: ["a"],
    }


def test_of_rows_known_on_the_same_day_the_one_with_the_last_id_counts() -> None:
    day = {"one": date(2020, 1, 1), "other": date(2020, 1, 1)}
    assert rows_in_force(("b", "e", "one"), ("a", "e", "other"), published=day) == {2020: ["b"], 2021: ["b"]}


def test_a_row_known_on_the_last_day_of_an_edition_is_the_one_that_counts_in_it() -> None:
    sources = {"old": date(2019, 5, 1), "new": date(2020, 12, 31)}
    assert rows_in_force(("a", "e", "old"), ("b", "e", "new"), published=sources) == {
        2019: ["a"],
        2020: ["b"],
        2021: ["b"],
    }


def test_different_effects_stand_side_by_side() -> None:
    sources = {"s": date(2019, 5, 1)}
    assert rows_in_force(("a", "e", "s"), ("b", "f", "s"), published=sources)[2020] == ["a", "b"]
