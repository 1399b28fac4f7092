"""Pages that say what is not known: not coded, not found in what was read, and stated not to be so are three things."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import polars as pl
import pytest
from bs4 import BeautifulSoup, Tag

from gevinst.contracts import contract
from gevinst.language.texts import Catalogue
from gevinst.settings import load_settings
from gevinst.site.context import View
from gevinst.site.page import Page
from gevinst.site.pages import path_of
from gevinst.site.pages.coverage import page as coverage
from gevinst.site.pages.project import page as project
from gevinst.site.render import render
from gevinst.site.rows import SiteData
from gevinst.site.sentences import reading
from tests.data.marts import figures, projects_known, recomputed
from tests.data.page_reading import text_of
from tests.data.priced_edition import priced_tables
from tests.data.small_edition import SMALL_EDITION, frame, small_tables

NB = Catalogue("nb")


def pages_of(
    page: Page, tables: Mapping[str, pl.DataFrame], language: str = "nb"
) -> dict[str, tuple[str, BeautifulSoup]]:
    """Lead and document of a page, by what its address ends with."""
    view = View(SiteData(tables, SMALL_EDITION), language, load_settings(), path_of)
    return {
        document.tail: (document.lead, BeautifulSoup(render(view, page, document, page.path(language)), "html.parser"))
        for document in page.documents(view)
    }


def result_of(page: BeautifulSoup) -> str:
    return text_of(page.select_one(".result-box"))


@cache
def projects() -> dict[str, tuple[str, BeautifulSoup]]:
    return pages_of(project.PAGE, priced_tables())


@cache
def covered() -> BeautifulSoup:
    return pages_of(coverage.PAGE, small_tables())[""][1]


def cells(page: BeautifulSoup, table: str) -> list[list[str]]:
    return [[text_of(cell) for cell in row.select("th, td")] for row in page.select(f"#{table} tbody tr")]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("2021-ukjent", "Ingen har lett etter gevinster i dokumentene om prosjektet (ikke kodet)."),
        ("2018-nabolag", "men ingen er funnet i det som er lest."),
        ("2023-skyss-videre", "og ingen har lett etter oppnådde gevinster (ikke kodet)."),
        ("2018-inneklima", "Ingen oppnådd gevinst er funnet i det som er lest."),
        ("2023-rom", "Ingen har lett etter oppnådde gevinster i dokumentene (ikke kodet)."),
    ],
)
def test_the_result_of_a_project_says_why_benefits_are_not_known(name, said) -> None:
    assert said in result_of(projects()[name][1])


def test_a_plan_that_failed_is_told_as_a_statement_and_not_as_silence() -> None:
    tables = small_tables()
    given = {**tables["benefit_plans"].row(0, named=True), "benefit_plan_id": "p", "benefit_id": "2018-inneklima-b1"}
    plans = frame(contract("benefit_plans"), [{**given, "benefit_status_code": "not_realised"}])
    _, page = pages_of(project.PAGE, recomputed({**tables, "benefit_plans": plans}))["2018-inneklima"]
    assert "En kilde sier at en planlagt gevinst ikke kom." in result_of(page)
    assert "(ikke realisert)" in cells(page, "gevinster")[0][2]


def test_every_benefit_is_one_row_with_plan_baseline_target_and_result() -> None:
    rows = cells(projects()["2018-skyss"][1], "gevinster")
    assert len(rows) == 2
    assert rows[0][:2] == [
        "Ny kunnskap og innsikt, for prosjekteieren Gevinst 1 av Fleksibel skyss",
        "◐ Oppgitt Oppgitt av ordningen",
    ]
    assert rows[0][2:6] == [
        "Indikator 3; Indikator 4",
        "4 000 timer per år; 40 dager per sak",
        "3 000 timer per år",
        "3 000 timer per år (10.2022); 44,5 dager per sak (10.2022)",
    ]
    assert rows[1][2] == "ingen plan funnet i det som er lest" and rows[1][5] == "ingen kjent måling"


def test_a_benefit_for_several_names_all_of_them() -> None:
    tables = small_tables()
    more = {**tables["benefit_beneficiaries"].row(0, named=True), "beneficiary_code": "samfunn"}
    both = pl.concat([tables["benefit_beneficiaries"], frame(contract("benefit_beneficiaries"), [more])])
    _, page = pages_of(project.PAGE, {**tables, "benefit_beneficiaries": both})["2016-hjelpemidler"]
    assert any(", for innbyggere og brukere og samfunnet" in row[0] for row in cells(page, "gevinster"))


def test_what_would_have_happened_otherwise_is_apart_from_benefits() -> None:
    _, page = projects()["2018-skyss"]
    assert "ikke ha begynt" in text_of(page.select_one("#uten-stotten"))
    for table in ("gevinster", "utsagn"):
        assert "ikke ha begynt" not in text_of(page.select_one(f"#{table}"))


def test_phases_come_in_their_order_with_dates_and_what_we_infer_marked() -> None:
    items = [text_of(item) for item in projects()["2018-skyss"][1].select("section[aria-labelledby='faser'] li")]
    assert [item.split(" ,")[0] for item in items] == ["Finne problemet", "Velge", "Lage"]
    assert "oktober 2018" in items[0] and "vår slutning" not in items[0]
    assert "2019" in items[1] and "vår slutning" in items[1] and "uten dato" in items[2]


def test_a_status_shows_what_it_is_about_when_it_became_public_and_when_it_was_recorded() -> None:
    tables = small_tables()
    recorded = tables["status_assessments"].with_columns(recorded_on=pl.lit("2026-11-22").str.to_date())
    _, page = pages_of(project.PAGE, {**tables, "status_assessments": recorded})["2018-skyss"]
    step = text_of(page.select_one(".timeline li"))
    assert step.startswith("Februar 2025") and "Offentlig 5. juni 2018. Ført inn 22. november 2026" in step


def test_the_matrix_tells_not_coded_from_not_found_and_counts_of_the_coded() -> None:
    rows = {row[0]: row[5:9] for row in cells(covered(), "dekning")}
    assert rows["Nabolaget"] == ["✓ kjent", *[".. ikke funnet i det som er lest"] * 3]
    assert rows["Vakt og beredskap"] == ["/ ikke kodet"] * 4
    foot = [text_of(cell) for cell in covered().select("#dekning tfoot td")]
    assert foot[4:8] == ["9 av 11 kodet", "6 av 8 kodet", "6 av 8 kodet", "1 av 8 kodet"]


def test_the_list_of_what_to_read_again_is_headed_by_its_rows() -> None:
    section = next(one for one in covered().select("section.block") if one.select_one("#les-igjen"))
    heading, rows = text_of(section.h2), section.select("#les-igjen tbody tr")
    assert heading == "Ett dokument bør leses på nytt, og alle er kodet for resultater" and len(rows) == 1


def test_agreement_is_given_by_variable_with_why_there_is_no_interval() -> None:
    rows = cells(covered(), "samsvar")
    assert [row[:5] for row in rows][:2] == [
        ["type gevinst", "6", "6", "6", "100 %"],
        ["hvordan det er sagt", "6", "6", "5", "83 %"],
    ]
    assert rows[1][5] == "0,73 for få til intervall"


def document_reading(whole: int, part: int) -> pl.DataFrame:
    codes = ["whole"] * whole + ["in_part"] * part
    rows = [{"edition_year": 2026, "source_id": f"s{n}", "read_code": code} for n, code in enumerate(codes)]
    return frame(contract("document_reading"), rows)


@pytest.mark.parametrize(
    ("whole", "part", "nb"),
    [
        (0, 3, "Ingen av dokumentene er lest i sin helhet."),
        (1, 3, "Ett av fire dokumenter er lest i sin helhet."),
        (12, 104, "Tolv av 116 dokumenter er lest i sin helhet."),
        (2, 0, "Alle de 2 dokumentene er lest i sin helhet."),
    ],
)
def test_how_much_was_read_is_told_in_whole_documents(whole, part, nb) -> None:
    sources = frame(
        contract("sources"),
        [{"source_id": f"s{n}", "accessed_on": SMALL_EDITION.as_of_on, "publisher": "x"} for n in range(whole + part)],
    )
    counted = figures(document_reading=document_reading(whole, part), sources=sources)
    assert reading.read_whole(counted, NB) == nb


def coded(results: int, total: int) -> pl.DataFrame:
    flags = {"is_coded_status": True, "is_coded_expected": True}
    rows = [
        {"edition_year": 2026, "project_id": f"p{n}", **flags, "is_coded_results": n < results} for n in range(total)
    ]
    return frame(contract("project_coverage"), rows)


@pytest.mark.parametrize(
    ("results", "nb"),
    [
        (1, "3 av 3 prosjekter er kodet for status, 3 for forventede gevinster og 1 for resultater"),
        (3, "Alle de 3 prosjektene er kodet for status, forventede gevinster og resultater"),
    ],
)
def test_what_was_looked_for_is_told_before_what_was_found(results, nb) -> None:
    counted = figures(project_status=projects_known(3), project_coverage=coded(results, 3))
    assert reading.coded_for(counted, NB) == nb


def test_the_page_of_a_project_has_no_row_without_its_source() -> None:
    for _, page in projects().values():
        for table in ("gevinster", "utsagn", "malinger", "uten-stotten"):
            rows: list[Tag] = page.select(f"#{table} tbody tr")
            assert all(row.select_one(".source a") for row in rows), table


def test_a_translation_is_not_among_what_was_wrong_and_corrected() -> None:
    tables = dict(small_tables())
    (wrong,) = tables["corrections"].to_dicts()
    added = {
        **wrong,
        "correction_id": "k2",
        "column_name": "note_en",
        "expect": None,
        "replace": "A name of the house.",
    }
    tables["corrections"] = pl.DataFrame([wrong, added], schema=tables["corrections"].schema)
    (_, shown), *_ = pages_of(coverage.PAGE, tables).values()
    table = shown.select_one("#rettelser")
    assert table is not None
    assert "Grünerløkka" in table.get_text() and "A name of the house." not in shown.get_text()
    tables["corrections"] = pl.DataFrame([added], schema=tables["corrections"].schema)
    (_, shown), *_ = pages_of(coverage.PAGE, tables).values()
    assert shown.select_one("#rettelser") is None
