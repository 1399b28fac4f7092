"""What a selection is counted from: the same projects as the marts count."""

from functools import cache

import polars as pl
import pytest

from gevinst.settings import load_settings
from gevinst.site.context import View
from gevinst.site.counted import counting_figures
from gevinst.site.filters import filter_values
from gevinst.site.pages import path_of
from gevinst.site.pages.portfolio.key_figures import key_figures
from gevinst.site.rows import SiteData
from tests.data.rendered import REAL, invented_tables, page_of, real_tables
from tests.data.small_edition import SMALL_EDITION, small_tables

STATES = {
    "real": (real_tables, REAL),
    "invented": (invented_tables, SMALL_EDITION),
    "small": (small_tables, SMALL_EDITION),
}


@cache
def view_in(state: str) -> View:
    tables, edition = STATES[state]
    return View(SiteData(tables(), edition), "nb", load_settings(), path_of)


@cache
def selectable(state: str) -> list[dict[str, str]]:
    view = view_in(state)
    return filter_values(view, key_figures(view))["selectable"]


@pytest.mark.parametrize("state", STATES)
def test_counting_all_projects_gives_every_headline_figure_of_the_page(state) -> None:
    tables, edition = STATES[state]
    figures = tables()["headline_counts"].filter(pl.col("edition_year") == edition.edition_year)
    expected = dict(figures.select("figure_id", "figure_value").iter_rows())
    wanted = {name for one in key_figures(view_in(state)) if one.followed for name in one.followed.figure_ids}
    assert {"projects", "in_use", "in_use_stale", "in_use_inferred", "partly_in_use", "stopped"} <= wanted
    counts = [project["counts"].split() for project in selectable(state)]
    assert {one: sum(one in mine for mine in counts) for one in wanted} == {one: expected[one] for one in wanted}


@pytest.mark.parametrize("state", STATES)
def test_counting_the_projects_of_a_cohort_gives_the_counts_of_the_cohort(state) -> None:
    tables, edition = STATES[state]
    cohorts = tables()["cohort_counts"].filter(pl.col("edition_year") == edition.edition_year)
    columns = {
        "projects": "project_count",
        "in_use": "in_use_count",
        "in_use_stale": "in_use_stale_count",
        "partly_in_use": "partly_in_use_count",
    }
    projects = selectable(state)

    def count(year: int, figure_id: str) -> int:
        return sum(one["kull"] == str(year) and figure_id in one["counts"].split() for one in projects)

    found = {year: {name: count(year, name) for name in columns} for year in cohorts["cohort_year"]}
    assert found == {
        row["cohort_year"]: {name: row[column] for name, column in columns.items()}
        for row in cohorts.iter_rows(named=True)
    }
    assert len(found) > 2


def test_the_key_figures_of_the_portfolio_all_follow_a_selection() -> None:
    view = view_in("invented")
    figures = key_figures(view)
    assert len(figures) == 4
    for figure in figures:
        assert figure.followed is not None
        assert view.data.headlines[figure.followed.figure_id].value == int(figure.amount)


@pytest.mark.parametrize("figure_id", ["unnamed_projects", "sources"])
def test_a_figure_that_does_not_count_projects_one_by_one_cannot_follow(figure_id) -> None:
    with pytest.raises(ValueError, match=figure_id):
        counting_figures(view_in("small"), [figure_id])


@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_columns_of_a_main_table_are_called_the_same_in_both_languages(language) -> None:
    headings = page_of("portfolio", small_tables(), language).select("#prosjekter th[data-sort]")
    names = [str(heading["data-sort"]) for heading in headings]
    assert names == ["project", "cohort", "sector", "project_owner", "status", "benefit", "grant", "sources"]
