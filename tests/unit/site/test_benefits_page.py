"""What the page of benefits shows: evidence in signs and words, plans beside outcomes, and no kroner in vain."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Mapping

import polars as pl
import pytest
from bs4 import BeautifulSoup, Tag

from gevinst.bilingual import LANGUAGES
from gevinst.settings import load_settings
from gevinst.site.addressing import table_addresses
from gevinst.site.context import View
from gevinst.site.pages import path_of
from gevinst.site.pages.benefits import lists, measured, register
from gevinst.site.pages.benefits import page as benefits
from gevinst.site.pages.charts import charts
from gevinst.site.render import draw_rows, render
from gevinst.site.rows import SiteData
from tests.data.marts import recomputed
from tests.data.page_reading import text_of
from tests.data.priced_edition import priced_tables
from tests.data.small_edition import SMALL_EDITION


def page_of(tables: Mapping[str, pl.DataFrame], language: str = "nb") -> BeautifulSoup:
    """The page with its figure undrawn, and after it those of the long tables that it leads to."""
    view = View(SiteData(tables, SMALL_EDITION), language, load_settings(), path_of)
    view.figures.update(charts(view))
    html = [
        render(view, page, document, page.path(language))
        for page in (benefits.PAGE, *lists.PAGES)
        for document in page.documents(view)
    ]
    return BeautifulSoup("".join(html), "html.parser")


@pytest.fixture(scope="module")
def priced() -> BeautifulSoup:
    """The page of an edition with values in kroner."""
    return page_of(priced_tables())


@pytest.fixture(scope="module")
def plain(tables: dict[str, pl.DataFrame]) -> BeautifulSoup:
    """The page of an edition without any value in kroner."""
    return page_of(tables)


@pytest.fixture(scope="module")
def measured_rows() -> list[Tag]:
    """Rows of every indicator and measurement of that edition, as the report and pages of projects have them."""
    view = View(SiteData(priced_tables(), SMALL_EDITION), "nb", load_settings(), path_of)
    table = measured.realised(view).table
    html = draw_rows(view, benefits.PAGE.path("nb"), table, table_addresses(table))
    return BeautifulSoup(html, "html.parser").select("tr")


def rows_of(page: BeautifulSoup, table: str) -> list[Tag]:
    return page.select(f"#{table} tbody tr")


def cells_of(page: BeautifulSoup, table: str, project: str) -> list[str]:
    return [text_of(cell) for cell in page.select(f"#{table} tbody tr[data-project='{project}'] > *")]


def now(name: str, **chosen: object) -> pl.DataFrame:
    return priced_tables()[name].filter(edition_year=2026, **chosen)


def test_every_project_is_in_the_map_and_every_square_has_sign_and_words(priced) -> None:
    rows = rows_of(priced, "gevinstkart")
    assert len(rows) == 12
    best = {
        (row["project_id"], row["benefit_category_code"]): row["best_evidence_code"]
        for row in now("benefit_evidence").iter_rows(named=True)
    }
    words = {"○ Forventet": "forventet", "◐ Oppgitt": "oppgitt", "● Dokumentert": "dokumentert"}
    texts = [text_of(cell) for row in rows for cell in row.select("td")]
    absent = {text for text in texts if text not in words}
    assert all(text.startswith((".. ", "· ", "/ ")) for text in absent) and len(absent) == 4
    assert sorted(words[text] for text in texts if text in words) == sorted(best.values())


def test_a_project_that_nobody_coded_is_never_said_to_have_no_benefit(priced) -> None:
    rows = {
        str(row["data-project"]): {text_of(cell) for cell in row.select("td")} for row in rows_of(priced, "gevinstkart")
    }
    assert rows["2021-ukjent"] == {"/ ikke kodet"}
    assert rows["2018-nabolag"] == {".. ikke funnet i det som er lest"}
    assert rows["2023-skyss-videre"] == {"· forventning ikke funnet i det som er lest; resultater ikke kodet"}


def test_the_best_evidenced_project_is_on_top(priced) -> None:
    assert rows_of(priced, "gevinstkart")[0]["data-project"] == "2016-hjelpemidler"


def test_totals_of_the_map_count_what_is_more_than_expected(priced) -> None:
    foot = [text_of(cell) for cell in priced.select("#gevinstkart tfoot td")]
    achieved = now("benefit_evidence").filter(pl.col("best_evidence_code") != "forventet")
    assert sum(map(int, foot)) == achieved.height
    assert priced.select_one("#gevinstkart tfoot[data-counts-from='2']")


def test_a_survey_has_its_interval_and_the_number_of_answers(measured_rows) -> None:
    row = next(row for row in measured_rows if "Indikator 1" in text_of(row))
    assert "95 % intervall: 40 til 60, 100 svar" in text_of(row)
    unknown = next(row for row in measured_rows if "Indikator 5" in text_of(row))
    assert "antall svar er ukjent, derfor ikke noe intervall" in text_of(unknown)


def test_a_change_for_the_worse_is_shown_as_a_disbenefit(measured_rows) -> None:
    row = next(row for row in measured_rows if "Indikator 4" in text_of(row))
    assert "til det verre: en ulempe" in text_of(row) and "+4,5" in text_of(row)


def test_without_a_target_nobody_is_said_to_have_missed_it(measured_rows) -> None:
    row = next(row for row in measured_rows if "Indikator 6" in text_of(row))
    assert "bedre; mål er ikke oppgitt" in text_of(row) and "ikke nådd målet" not in text_of(row)


def test_a_plan_without_a_measurement_has_a_row_that_says_so(measured_rows) -> None:
    row = next(row for row in measured_rows if "Dager fram til svar" in text_of(row))
    assert "ingen kjent måling skal måles 2024" in text_of(row) and "dager per sak" in text_of(row)


def test_money_has_its_price_year_and_a_changed_plan_shows_what_it_was(measured_rows) -> None:
    row = text_of(next(row for row in measured_rows if "purringer" in text_of(row)))
    assert "kroner per år, NOK, 2021-priser; lavere er bedre" in row
    assert "850 000 2021; først oppgitt som 900 000" in row
    assert "700 000 først oppgitt som 600 000 ingen kjent måling" in row
    assert "Planen sier: i rute (03.2024)" in row


def test_every_measurement_of_an_indicator_is_a_row_and_the_older_is_called_older(measured_rows) -> None:
    rows = [text_of(row) for row in measured_rows if "Indikator 3" in text_of(row)]
    assert len(rows) == 2 and "eldre måling" in rows[0] and "eldre måling" not in rows[1]
    assert "målet er nådd" in rows[1]


def test_no_share_of_goals_is_said_to_be_achieved(priced, plain) -> None:
    for page in (priced, plain):
        assert not re.search(r"\bav \d+ (gevinster med|mål)\b", text_of(page.select_one("main")))


def test_the_share_of_documents_read_is_beside_the_first_claim_of_absence(priced) -> None:
    lead = text_of(priced.select_one(".lead"))
    assert "Ett prosjekt er ikke kodet for gevinster: Ingen har lett etter dem der." in lead
    assert lead.endswith("Ett av to dokumenter er lest i sin helhet.")


def test_documented_benefits_say_who_confirms_them(priced) -> None:
    assert "Den dokumenterte gevinsten er bekreftet av" in text_of(priced.select_one(".lead"))
    first = text_of(rows_of(priced, "hvem-sier-det")[0])
    assert first.startswith("● Dokumentert")


def test_units_that_cannot_be_summed_have_no_rate(priced) -> None:
    rates = {text_of(row.th): text_of(row.select("td")[-1]) for row in rows_of(priced, "per-enhet")}
    assert rates["timer per år"] == "100 %"
    assert rates["dager per sak"] == "gis ikke for denne enheten"


def test_shares_of_few_claims_are_not_given(priced) -> None:
    for row in rows_of(priced, "egen-rapport"):
        achieved, _, share = (text_of(cell) for cell in row.select("td")[:3])
        assert (share == "for få til å gi en andel") == (int(achieved) < 5)


def test_money_for_further_work_and_figures_of_size_are_apart_and_nowhere_else(plain) -> None:
    apart = plain.select_one("#ikke-gevinster")
    assert "videre finansiering" in text_of(apart) and "4 000 000\u00a0kr".replace(" ", "\u00a0") in str(apart)
    assert "utbredelse" in text_of(apart) and "24\u00a0200" in str(apart)
    assert apart is not None
    apart.extract()
    amount = re.compile(r"\d\s?(kr|kroner|mill)\b|24\s200")
    assert amount.search(text_of(plain.select_one("main"))) is None


def test_while_nobody_assesses_an_effect_a_line_says_so_and_there_is_no_page_of_values(tables, plain) -> None:
    line, in_english = (
        next(line for line in page.select(".lines li") if line.select("[href$='#modell-value']"))
        for page in (plain, page_of(tables, "en"))
    )
    assert "Ingen kilde vi har lest, vurderer hva en virkning er verdt" in text_of(line)
    assert "No source that we have read assesses what an effect is worth" in text_of(in_english)
    assert [heading["id"] for heading in plain.select("#prissatt, #ikke-prissatt, [data-assumptions]")] == []
    assert "uten-kroner" not in str(plain) and "gevinster/verdi" not in str(plain)


def test_present_values_are_those_of_the_mart_and_unknown_ones_stay_unknown(priced) -> None:
    stated = {
        row["project_id"]: row["npv_amount"] for row in now("priced_effects", scenario_code="mid").iter_rows(named=True)
    }
    shown = {str(row["data-project"]): row.select("td")[1] for row in rows_of(priced, "prissatt")}
    texts = {key: float(str(cell["data-value"])) for key, cell in shown.items() if cell.get("data-value")}
    assert texts == pytest.approx({key: npv for key, npv in stated.items() if npv is not None})
    assert text_of(shown["2023-byggesak"]) == ".. ukjent"


def test_values_say_price_year_reference_year_and_how_sure_the_benefit_is(priced) -> None:
    caption = text_of(priced.select_one("section:has(#prissatt) .caption"))
    assert "2024-kroner" in caption and "henført til 2026" in caption and "ikke funn" in caption
    evidence = {str(row["data-project"]): text_of(row.select("td")[3]) for row in rows_of(priced, "prissatt")}
    assert evidence["2016-hjelpemidler"] == "● Dokumentert"
    assert evidence["2021-pasientplan"] == "ikke knyttet til et utsagn"


def test_amounts_of_few_projects_are_not_added_and_double_counting_is_warned_of(priced) -> None:
    notice = text_of(priced.select_one(".notice"))
    assert "Beløpene er ikke lagt sammen" in notice and "dobbelttelling" in notice


def test_turning_points_say_how_much_an_effect_may_change(priced) -> None:
    turned = {text_of(row.select("td")[0]): text_of(row.select("td")[-1]) for row in rows_of(priced, "vendepunkt")}
    npv = now("priced_effects", scenario_code="mid", project_id="2018-skyss").item(0, "npv_amount")
    assert npv > 0 and re.fullmatch(r"−\d+\s%", turned["færre turer"])
    assert re.fullmatch(r"\+\d+\s%", turned["bedre luft"])
    assert turned["ukjent verdi"] == ".. ukjent"


def test_the_scale_shows_ranges_and_never_a_sum(priced) -> None:
    values = {text_of(row.select("td")[0]): text_of(row.select("td")[3]) for row in rows_of(priced, "ikke-prissatt")}
    assert values["tillit Eierens vurdering."].startswith("++ middels positiv")
    assert values["støy Eierens vurdering."].startswith("−–0 liten negativ–ubetydelig eller ingen")
    assert values["trivsel Eierens vurdering."] == ".. ukjent"
    assert priced.select_one("#ikke-prissatt tfoot") is None


def test_the_flows_that_one_may_try_are_published_whole(priced) -> None:
    data = json.loads(priced.select_one("script#assumptions").string or "")
    assert [project["id"] for project in data["projects"]][-1] == "2023-byggesak", "the unknown one is last"
    effects = {effect["evidence"] for project in data["projects"] for effect in project["effects"]}
    assert effects == {"dokumentert", "oppgitt", "forventet", None}
    long = next(project for project in data["projects"] if project["id"] == "2016-hjelpemidler")
    assert [len(effect["mid"]) for effect in long["effects"] if effect["is_benefit"]] == [45]


def test_every_block_says_what_it_rests_on_and_how_it_was_made(priced) -> None:
    blocks = [heading.find_parent(class_="block") for heading in priced.select("[data-heading]")]
    assert len(blocks) == 13
    for block in blocks:
        assert "oppdiktede data" in text_of(block.select_one(".source-line"))
        assert block.select("details.how .columns dt") and block.select("[data-csv-of]")


def test_both_languages_tell_the_same_rows(priced) -> None:
    nb, en = (
        {str(table["id"]): len(table.select("tbody tr")) for table in page.select("table[id]")}
        for page in (priced, page_of(priced_tables(), "en"))
    )
    assert nb == en


def test_an_edition_without_projects_can_be_shown(tables) -> None:
    empty = {name: frame.clear() for name, frame in tables.items() if name not in ("codelists", "sources")}
    page = page_of(recomputed({**tables, **empty}))
    assert text_of(page.select_one(".lead")) == "Vi har ikke funnet noen prosjekter."
    assert page.select_one(".filter") is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_benefits_sums_up_each_long_table_and_leads_to_it(language: str) -> None:
    view = View(SiteData(priced_tables(), SMALL_EDITION), language, load_settings(), path_of)
    view.figures.update(charts(view))
    shown = {
        page.path(language): BeautifulSoup(render(view, page, document, page.path(language)), "html.parser")
        for page in (benefits.PAGE, *lists.PAGES)
        for document in page.documents(view)
    }
    start = benefits.PAGE.path(language)
    links = [str(link["href"]) for link in shown[start].select("main a[data-keeps-selection]")]
    found = [
        (posixpath.normpath(posixpath.join(posixpath.dirname(start), re.split("[?#]", link)[0])), link)
        for link in links
    ]
    assert {path for path, _ in found} == {page.path(language) for page in (register.PAGE, *lists.PAGES)}
    for path, link in ((path, link) for path, link in found if path in shown):
        anchor = link.partition("#")[2]
        heading = shown[path].find(id=anchor)
        assert heading is not None and text_of(heading) == text_of(shown[start].find(id=anchor))
        block = heading.find_parent("section")
        assert block is not None and block.select("tbody tr") and block.select("[data-csv-of]")
        assert shown[path].select(".trail a[data-keeps-selection]") and shown[path].select("form[data-filter]")
