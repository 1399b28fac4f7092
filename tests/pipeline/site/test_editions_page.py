"""Editions: every pair of edition years, newest first, with reasons, and what was believed when."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from tests.data.marts import recounted
from tests.data.page_reading import read, text_of
from tests.data.small_edition import SMALL_EDITION

PLACE = Path("nb") / "utgaver" / "index.html"
YEARS = [2026, 2025, 2024]


@pytest.fixture
def page(site: Path):
    """The page in bokmål."""
    return read(site / PLACE)


def numbers(page, table: str) -> dict[str, list[str]]:
    """Cells of a table by the name of the row."""
    return {text_of(row.th): [text_of(cell) for cell in row.select("td")] for row in page.select(f"#{table} tbody tr")}


def test_every_pair_of_years_has_its_section_newest_first(page) -> None:
    assert [str(heading["id"]) for heading in page.select("h2[id^=ar-]")] == [f"ar-{year}" for year in YEARS]
    assert [str(link["href"]) for link in page.select(".toc a")][2:] == [f"#ar-{year}" for year in YEARS]
    assert text_of(page.select_one("#ar-2026")).startswith("Nytt siden utgangen av 2025: ")


def test_every_change_of_the_mart_is_in_its_year_with_reason_and_source(page, tables) -> None:
    changes = tables["edition_changes"]
    for year in YEARS:
        mine = changes.filter(pl.col("edition_year") == year)
        rows = page.select(f"#endringer-{year} tbody tr")
        assert len(rows) == mine.height
        texts = " ".join(text_of(row) for row in rows)
        assert all(reason in texts for reason in mine["reason_nb"].drop_nulls())
        sources = {f"../kilder/index.html#{source}" for source in mine["source_id"].drop_nulls()}
        assert {str(link["href"]) for row in rows for link in row.select(".source a")} == sources
    assert changes.filter(pl.col("edition_year").is_in(YEARS)).height > 0


def test_a_change_of_a_project_leads_to_the_project(page) -> None:
    links = page.select("#endringer-2026 tbody th a")
    assert links and all(str(link["href"]).startswith("../prosjekt/") for link in links)


def test_changes_are_counted_by_kind_and_year(page, tables) -> None:
    counts = numbers(page, "endringer")
    changes = tables["edition_changes"].filter(pl.col("edition_year").is_in(YEARS))
    names = dict(tables["codelists"].filter(pl.col("codelist") == "change_kind").select("label_nb", "code").iter_rows())
    assert {names[label] for label in counts} == set(changes["change_kind_code"])
    for label, cells in counts.items():
        mine = changes.filter(pl.col("change_kind_code") == names[label])
        by_year = dict(mine.group_by("edition_year").agg(pl.col("item_count").sum()).iter_rows())
        assert cells == [str(by_year.get(year, 0)) for year in sorted(YEARS)]
    total = [int(text_of(cell)) for cell in page.select("#endringer tfoot td")]
    assert total == [sum(int(cells[place]) for cells in counts.values()) for place in range(len(YEARS))]


def test_what_was_believed_in_each_year_is_shown_side_by_side(page, tables) -> None:
    known = numbers(page, "trodd")
    status, years = tables["project_status"], tables["edition_years"].sort("edition_year")
    assert known["Prosjekter kjent da"] == [str(count) for count in years["project_count"]]
    in_use = status.group_by("edition_year").agg(pl.col("is_in_use").sum()).sort("edition_year")
    assert known["Tatt i bruk eller spredt"] == [str(count) for count in in_use["is_in_use"]]
    assert any(len(set(cells)) > 1 for cells in known.values()), "nothing would be seen to change"


def test_an_edition_says_which_one_it_was_compared_with(make: Callable[..., Path]) -> None:
    later = replace(SMALL_EDITION, previous_edition_id="2025-3")
    assert "sammenligne med utgave 2025-3" in text_of(read(make(later) / PLACE).select_one(".lead"))
    assert "ingen rader er kontrollert" in text_of(read(make() / PLACE).select_one(".lead"))


def test_a_first_edition_has_no_column_of_changes(make: Callable[..., Path], tables) -> None:
    first = {
        name: frame.filter(pl.col("edition_year") == 2023)
        for name, frame in tables.items()
        if "edition_year" in frame.columns
    }
    page = read(make(replace(SMALL_EDITION, edition_year=2023, edition_id="2023-1"), **first) / PLACE)
    assert "første utgave" in text_of(page.select_one(".lead"))
    assert page.select_one("#endringer") is None and page.select("h2[id^=ar-]") == []
    assert len(page.select("#trodd thead th")) == 2


def test_a_year_in_which_nothing_changed_says_so(make: Callable[..., Path], tables) -> None:
    quiet = tables["edition_changes"].filter(pl.col("edition_year") != 2025)
    page = read(make(**recounted({**tables, "edition_changes": quiet})) / PLACE)
    assert text_of(page.select_one("#ar-2025")) == "Ingenting er endret siden utgangen av 2024"
    assert page.select_one("#endringer-2025") is None
