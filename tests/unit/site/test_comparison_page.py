"""The page that compares at equal age: its sentences, its tables, and what two selections are compared by."""

from __future__ import annotations

import json

import polars as pl
import pytest

from gevinst.contracts.vocabulary import OUTCOMES
from gevinst.language.texts import Catalogue
from gevinst.site.sentences.comparison import comparison_lead
from tests.data.page_reading import text_of
from tests.data.rendered import REAL, page_of, real_tables

NB, EN = Catalogue("nb"), Catalogue("en")


def every(in_use: int, partly: int, unknown: int, total: int) -> dict[str, object]:
    return {
        "project_count": total,
        "in_use_count": in_use,
        "partly_in_use_count": partly,
        "unknown_outcome_count": unknown,
    }


def cohort(name: str, in_use: int, known: int, is_most: bool) -> dict[str, object]:
    return {"group_value": name, "in_use_count": in_use, "known_count": known, "is_most": is_most}


def lead(catalogue: Catalogue, row: dict[str, object], *cohorts: dict[str, object]) -> str:
    rows = {("all", "all", 5): row, **{("cohort", one["group_value"], 5): one for one in cohorts}}
    return comparison_lead(rows, 5, catalogue)


def test_the_lead_tells_counts_of_those_that_have_reached_the_age_and_how_many_are_unknown() -> None:
    said = lead(NB, every(0, 4, 9, 33), cohort("2019", 0, 6, False))
    assert said.startswith("Fem år etter tildelingen var ingen kjent i bruk og fire delvis i bruk, av 33 prosjekter")
    assert "For ni er ingenting kjent fra den tiden." in said and "kan ikke rangeres" in said
    assert lead(EN, every(1, 0, 0, 1)).startswith("Five years after the award one was in use and none partly in use")
    assert comparison_lead({}, None, NB) == "Ingen prosjekter er så gamle at de kan sammenlignes ved samme alder."


def test_a_cohort_is_named_only_where_it_alone_is_marked() -> None:
    one, other = cohort("2019", 3, 6, True), cohort("2020", 1, 5, False)
    assert "hadde 2019 størst andel i bruk: 3 av 6 med kjent utfall" in lead(NB, every(4, 0, 0, 11), one, other)
    tied = lead(NB, every(6, 0, 0, 12), one, {**cohort("2020", 3, 6, True)})
    assert "like stor andel" in tied and "2019" not in tied


@pytest.mark.parametrize("language", ["nb", "en"])
def test_tables_and_selections_agree_with_the_marts(language: str) -> None:
    page = page_of("comparison", real_tables(), language, REAL)
    now = {
        name: real_tables()[name].filter(pl.col("edition_year") == 2026) for name in ("project_ages", "outcomes_by_age")
    }
    cohorts = now["outcomes_by_age"].filter(pl.col("comparison_group") == "cohort", pl.col("age_years") == 3)
    shown = {text_of(row.th): int(text_of(row.td)) for row in page.select("#alder-cohort tbody tr")}
    assert shown == dict(cohorts.select("group_value", "project_count").iter_rows()) and len(shown) > 3
    projects = json.loads(str(page.select_one("#aged").string))
    at_five = [one["utfall"][4] for one in projects if len(one["utfall"]) >= 5]
    fifth = now["project_ages"].filter(pl.col("age_years") == 5)
    assert sorted(OUTCOMES[int(place)] for place in at_five) == sorted(fifth["outcome_code"])


def test_each_comparison_is_listed_below_the_lead_and_the_link_leads_to_it() -> None:
    page = page_of("comparison", real_tables(), edition=REAL)
    links = {str(link["href"]).removeprefix("#"): text_of(link) for link in page.select(".toc a")}
    headings = {str(one["id"]): text_of(one) for one in page.select("section > h2")}
    assert links == headings and len(links) == 4
