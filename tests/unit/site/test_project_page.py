"""The page of a project tells the result first, and no more than its sources do."""

from functools import cache

import polars as pl
import pytest
from bs4 import BeautifulSoup

from gevinst.contracts.vocabulary import STEPS
from gevinst.settings import load_settings
from gevinst.site.context import View
from gevinst.site.pages import path_of
from gevinst.site.pages.project import page as project
from gevinst.site.render import render
from gevinst.site.rows import SiteData
from tests.data.page_reading import text_of, with_value
from tests.data.small_edition import SMALL_EDITION, small_tables

HEDGE = {"nb": "vi vet ikke hvordan det er nå", "en": "we do not know how it is now"}


@cache
def pages(language: str = "nb") -> dict[str, BeautifulSoup]:
    view = View(SiteData(small_tables(), SMALL_EDITION), language, load_settings(), path_of)
    return {
        document.tail: BeautifulSoup(render(view, project.PAGE, document, "/x/y/index.html"), "html.parser")
        for document in project.PAGE.documents(view)
    }


@cache
def statuses() -> dict[str, dict]:
    return SiteData(small_tables(), SMALL_EDITION).project_by_id


def box(project_id: str, language: str = "nb") -> dict[str, str]:
    """The box of the result: what is said, by heading."""
    entries = pages(language)[project_id].select(".result-box dl > div")
    return {text_of(entry.dt): text_of(entry.dd) for entry in entries if entry.dt and entry.dd}


def line(project_id: str) -> list[tuple[str, bool]]:
    """Statement and year of each part of the line, and whether it is hatched."""
    parts = pages()[project_id].select(".course > li")
    return [(text_of(part), part.select_one(".is-hatched") is not None) for part in parts]


def lead_of(page: BeautifulSoup) -> str:
    """The lead as one reads it, with links to the glossary inside."""
    found = page.select_one(".lead")
    return found.get_text().replace("\u00a0", " ") if found else ""


def test_the_title_is_the_short_name_and_the_official_one_stands_below_in_quotation_marks() -> None:
    for project_id, page in pages().items():
        row = statuses()[project_id]
        assert text_of(page.h1) == row["short_name_nb"]
        assert lead_of(page).startswith("Prosjektet fikk støtte i "), project_id
        assert text_of(page.select_one(".more-lead")) == f"Offisiell tittel: «{row['name_nb']}».", project_id


@pytest.mark.slow
def test_a_project_with_one_name_is_not_named_twice() -> None:
    tables = small_tables()
    name = tables["projects"].filter(pl.col("project_id") == "2018-skyss")["short_name_nb"][0]
    named = with_value(tables["projects"], "project_id", "2018-skyss", name_nb=name)
    view = View(SiteData({**tables, "projects": named}, SMALL_EDITION), "nb", load_settings(), path_of)
    official = {document.tail: document.more for document in project.PAGE.documents(view)}
    assert official["2018-skyss"] == "" and all(more for tail, more in official.items() if tail != "2018-skyss")


@pytest.mark.parametrize(
    ("project_id", "said"),
    [
        ("2018-skyss", "Løsningen er i bruk (februar 2025)."),
        ("2016-hjelpemidler", "Løsningen er spredt til andre (4. mars 2026)."),
        ("2021-pasientplan", "I 2024 var løsningen delvis tatt i bruk."),
        ("2018-nabolag", "I 2021 var arbeidet stanset."),
        ("2021-ukjent", "for å finne ut hvordan det gikk etter tildelingen (ikke kodet)."),
    ],
)
def test_the_present_tense_is_for_what_is_fresh(project_id, said) -> None:
    assert lead_of(pages()[project_id]).endswith(said)


@pytest.mark.parametrize("language", ["nb", pytest.param("en", marks=pytest.mark.slow)])
def test_an_old_step_is_hedged_once_and_nothing_else_is(language) -> None:
    for project_id, page in pages(language).items():
        row = statuses()[project_id]
        is_hedged = row["is_stale"] and row["current_status_code"] in STEPS
        assert text_of(page.main).count(HEDGE[language]) == is_hedged, project_id


def test_every_statement_is_on_the_line_and_an_old_one_is_hatched_and_followed_by_what_nobody_knows() -> None:
    assert line("2021-pasientplan")[-2:] == [("4 Delvis tatt i bruk 2024", True), ("? ikke kjent 2026", False)]
    assert line("2018-nabolag")[-1] == ("× Stanset 2021", True), "what has ended stays so"
    assert line("2018-skyss")[-1] == ("5 Tatt i bruk 2025", False)
    for project_id in pages():
        years = [int(text[-4:]) for text, _ in line(project_id)]
        assert years == sorted(years)
        assert sum(hatched for _, hatched in line(project_id)) <= 1


def test_what_is_not_known_is_told_by_why_it_is_not() -> None:
    assert box("2023-byggesak")["Det vi ikke vet"].startswith(
        "Ikke funnet i det som er lest: hvordan det gikk, leverandør, start og slutt, støttebeløp og en plan med "
        "nullpunkt og mål."
    )
    assert "gevinster" not in box("2018-skyss")["Det vi ikke vet"]


def test_why_no_status_is_known_is_told_once() -> None:
    told = box("2021-ukjent")
    assert told["Status"] == "Ikke kjent etter tildelingen." and "hvordan det gikk" not in told["Det vi ikke vet"]
    assert lead_of(pages()["2021-ukjent"]).count("ikke kodet") == 1


def test_the_surest_benefit_is_the_first_of_the_table_with_who_says_so() -> None:
    first = pages()["2016-hjelpemidler"].select_one("#gevinster tbody tr")
    assert first is not None
    best = box("2016-hjelpemidler")["Sikreste gevinst"]
    assert best.startswith("● Dokumentert") and text_of(first.select_one("td .mark")) == "● Dokumentert"
    assert text_of(first.select_one("th .note")) in best
    assert text_of(first.select_one("td .note")) in best


def test_a_project_without_benefits_says_why_in_the_box() -> None:
    assert box("2018-nabolag")["Sikreste gevinst"].endswith("ingen er funnet i det som er lest.")


def test_who_may_know_is_the_owner() -> None:
    owners = statuses()["2018-skyss"]["owner_names"]
    assert owners and all(name in box("2018-skyss")["Hvem kan svare"] for name in owners)


def test_one_owner_owns_and_several_own() -> None:
    seen = set()
    for project_id, row in statuses().items():
        count = len(row["owner_names"])
        verb = {0: "not", 1: " owns the project."}.get(count, " own the project.")
        assert verb in box(project_id, "en")["Who may know"]
        seen.add(min(count, 2))
    assert {1, 2} <= seen


@pytest.mark.parametrize(("language", "marked"), [("nb", None), ("en", "nb")])
def test_a_name_that_another_language_has_given_to_other_work_is_marked_as_such(language, marked) -> None:
    found = pages(language)["2018-inneklima"].find(string="Felles inneklimadata")
    assert found is not None and found.parent.get("lang") == marked


def test_a_document_behind_many_facts_is_named_once_below_them() -> None:
    view = View(SiteData(small_tables(), SMALL_EDITION), "nb", load_settings(), path_of)
    for project_id, page in pages().items():
        shared = view.source(view.data.fact_of(project_id))
        assert shared is not None
        place = f"{shared.label}, {shared.locator}"
        named = [one.get_text() for one in page.select("[aria-labelledby=fakta] .source")]
        assert named.count(place) == 1, project_id


def test_columns_of_plans_are_there_only_where_a_benefit_has_one() -> None:
    columns = {
        project_id: [text_of(one) for one in page.select("#gevinster thead th")] for project_id, page in pages().items()
    }
    planned = {row["project_id"] for row in small_tables()["planned_realised"].iter_rows(named=True)}
    assert {name for name, headings in columns.items() if "Nullpunkt" in headings} <= planned
    assert len({tuple(headings) for headings in columns.values() if headings}) == 2


def test_what_is_long_is_folded_away() -> None:
    page = pages()["2018-skyss"]
    for place in ("#utsagn", ".timeline", "[aria-labelledby=dokumenter] .list"):
        found = page.select_one(place)
        assert found is not None and found.find_parent("details") is not None, place


def test_the_legend_of_benefits_explains_the_marks_of_its_rows_and_no_others() -> None:
    explained = 0
    for project_id, page in pages().items():
        block = page.select_one("section:has(#gevinster)")
        if block is None:
            continue
        marks = {" ".join(mark["class"]) for mark in block.select("tbody .mark")}
        legend = {" ".join(mark["class"]) for mark in block.select(".legend .mark")}
        assert legend == {one for one in marks if one != "mark mark-evidence-0"}, project_id
        explained += len(legend)
    assert explained
