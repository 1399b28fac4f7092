"""The page about the scheme: unknown as gaps, kinds of amount apart, and nothing taken for a benefit that is none."""

from __future__ import annotations

import json
import re
from typing import Any

import polars as pl
import pytest

from gevinst.contracts import contract
from gevinst.language.texts import Catalogue
from gevinst.method.prices import MixedBasesError
from gevinst.site.figures import Figure, money, partners, rounds
from gevinst.workspace import scheme
from tests.data.marts import figures, mart_of, recomputed
from tests.data.page_reading import text_of
from tests.data.rendered import REAL, invented_tables, page_of, real_tables
from tests.data.scheme_tables import KPI, award, counted, names, overview, priced
from tests.data.small_edition import CODELISTS, frame, small_tables

SCHEME = scheme().name.nb

NB = Catalogue("nb")
CODES = pl.read_csv(CODELISTS)


def spec(figure: Figure) -> dict[str, Any]:
    return json.loads(figure.spec)


def test_fixed_kroner_are_of_the_newest_year_with_an_index_and_unknown_without_one() -> None:
    found = priced(award(10.0), award(10.0), award(None, cohort_year=2020), award(10.0, cohort_year=2020))
    assert found.sort("round_id")["fixed_amount"].to_list() == [12.0, None, None, pytest.approx(10 * 120 / 110)]
    assert set(found["price_year"]) == {2024}
    bare = priced(award(10.0), kpi=KPI.clear())
    assert (bare["fixed_amount"].to_list(), bare["price_year"].to_list()) == ([None], [None])
    with pytest.raises(MixedBasesError):
        priced(award(10.0), kpi=KPI.with_columns(base_year=pl.Series([2015, 2015, 2025])))


def the_money(*rows: dict[str, Any]) -> Figure:
    amounts = priced(*rows)
    headlines = counted(round_overview=overview(*rows), round_amounts=amounts)
    return money(amounts, headlines, names(amounts), CODES, NB, source="", last_year=2018)


def test_another_kind_of_amount_is_hollow_and_says_its_kind_and_an_unknown_one_is_a_gap() -> None:
    figure = the_money(
        award(5e6), award(8e6, amount_kind_code="frame_plus_options", cohort_year=2018), award(None, cohort_year=2018)
    )
    current, fixed, gaps = spec(figure)["data"]
    for bars in (current, fixed):
        filled, hollow = bars["marker"]["color"]
        assert filled != hollow == "#FFFFFF"
    assert gaps["x"] == [1.81, 2.19] and gaps["text"] == ["..", ".."]
    assert [row.cells[1].text for row in figure.rows] == ["tildelt støtte", "ramme pluss opsjoner", ".."]
    assert "ramme pluss opsjoner: 8,0" in figure.alt and figure.alt.endswith("Runde r2: ukjent.")
    assert any("2024" in column for column in figure.columns), "constant prices say of which year"


def test_a_year_without_a_round_is_a_gap_in_both_figures_and_one_that_a_name_mentions_is_not() -> None:
    table = overview({"cohort_year": 2016, **award(1e6)}, {"cohort_year": 2019, **award(1e6)})
    called = names(table, r0="Prøveordningen 2016–2017")
    amounts = mart_of("round_amounts", round_overview=table, kpi=KPI)
    headlines = counted(round_overview=table, round_amounts=amounts)
    for figure in (
        money(amounts, headlines, called, CODES, NB, source="", last_year=2020),
        rounds(table, figures(round_overview=table), called, CODES, NB, source="", min_n=5, last_year=2020),
    ):
        assert [row.cells[0].text for row in figure.rows] == ["Prøveordningen 2016–2017", "2018", "Runde r1", "2020"]
        assert "ingen runde funnet" in figure.rows[1].cells[-1].text
        assert {cell.text for cell in figure.rows[1].cells[1:-1]} == {".."}, "not found is not nought"
        assert "2018: ingen runde funnet" in figure.alt
        assert "2 runder" in figure.caption


def the_partners(*actors: int | None, cohorts: tuple[int, ...] = (2018,)) -> Figure:
    rows = [
        {"edition_year": 2026, "project_id": f"p{n}", "actor_count": count, "current_status_code": "innsikt"}
        for n, count in enumerate(actors)
    ]
    status = [{"edition_year": 2026, "project_id": f"p{n}", "cohort_year": 2018} for n in range(len(actors))]
    called = [{"project_id": f"p{n}", "short_name_nb": f"Prosjekt {n}"} for n in range(len(actors))]
    known = {
        "driver_table": frame(contract("driver_table"), rows),
        "project_status": frame(contract("project_status"), status),
    }
    return partners(
        known["driver_table"],
        frame(contract("projects"), called),
        known["project_status"],
        NB,
        actors=mart_of("cohort_actors", **known),
        counts=counted(**known),
        source="",
        cohorts=cohorts,
    )


def test_every_project_is_a_mark_of_its_own_and_unknown_actors_are_not_none() -> None:
    figure = the_partners(3, 3, 3, 1, None)
    (marks,) = spec(figure)["data"]
    assert len(set(zip(marks["x"], marks["y"], strict=True))) == 5
    assert spec(figure)["layout"]["yaxis"]["ticktext"][0] == "ukjent"
    assert [row.cells[3].text for row in figure.rows].count("..") == 1


def test_a_cohort_none_of_whose_projects_is_named_keeps_its_place() -> None:
    layout = spec(the_partners(2, cohorts=(2018, 2022)))["layout"]
    assert [re.sub("<[^>]*>", " ", text).split() for text in layout["xaxis"]["ticktext"]] == [
        ["2018"],
        ["2022", "ingen", "navngitt"],
    ]


def rows_of(page: Any, table: str) -> list[list[str]]:
    return [[text_of(cell) for cell in row.select("th, td")] for row in page.select(f"#{table} tbody tr")]


def test_both_of_two_conflicting_figures_are_shown_with_their_sources_and_the_one_in_use_marked() -> None:
    rows = rows_of(page_of("scheme", small_tables()), "uenige-tall")
    assert [row[2] for row in rows] == ["38", "31"]
    assert [row[4] for row in rows] == ["ja", "nei"]
    assert len({row[5] for row in rows}) == 2


def test_an_award_and_a_frame_of_one_round_are_side_by_side_with_their_kinds() -> None:
    figures = real_tables()["round_figures"].filter(pl.col("amount_kind_code").is_in(["award", "frame_plus_options"]))
    several = figures.group_by("round_id").agg(n=pl.col("amount_kind_code").n_unique()).filter(pl.col("n") > 1)
    assert several.height, "the committed data have such a round"
    shown = " ".join(" ".join(row) for row in rows_of(page_of("scheme", real_tables(), edition=REAL), "uenige-tall"))
    assert "tildelt støtte" in shown and "ramme pluss opsjoner" in shown


def test_without_any_disagreement_no_table_claims_one() -> None:
    tables = small_tables()
    tables["round_figures"] = tables["round_figures"].filter(pl.col("is_preferred"))
    assert page_of("scheme", recomputed(tables)).select_one("#uenige-tall") is None


def test_follow_on_funding_is_said_not_to_be_a_benefit_where_it_is_shown() -> None:
    for tables in (small_tables(), real_tables()):
        page = page_of("scheme", tables)
        assert re.search("ikke (er )?(en )?gevinst", text_of(page.select_one("#videre-finansiering-heading")))
    assert (
        len(rows_of(page_of("scheme", real_tables()), "videre-finansiering"))
        == real_tables()["follow_on_funding"].height
    )


def test_suppliers_are_listed_with_the_most_projects_first_and_are_counted_once_per_project() -> None:
    rows = rows_of(page_of("scheme", real_tables()), "leverandorer")
    counts = [int(row[1]) for row in rows]
    assert counts == sorted(counts, reverse=True)
    supplied = (
        real_tables()["participations"].filter(role_code="supplier").select("organisation_id", "project_id").unique()
    )
    assert sum(counts) == supplied.height


def test_owners_add_up_to_all_projects_whatever_their_level() -> None:
    for tables in (small_tables(), invented_tables(), real_tables()):
        page = page_of("scheme", tables)
        total = [text_of(cell) for cell in page.select("#eiere tfoot td")]
        assert int(total[-1]) == len(tables["projects"])
        assert sum(int(row[-1]) for row in rows_of(page, "eiere")) == len(tables["projects"])


def test_every_finding_is_shown_once_with_its_source_each_kind_in_its_place() -> None:
    page = page_of("scheme", real_tables())
    findings = real_tables()["portfolio_findings"]
    places = {"benefit_kind": "funn-gevinster", "programme_gain": "ordningens-gevinster"}
    for kind, table in places.items():
        assert len(page.select(f"#{table} tbody tr")) == findings.filter(finding_kind_code=kind).height > 0
    missing = findings.filter(finding_kind_code="absence")
    others = findings.filter(~pl.col("finding_kind_code").is_in([*places, "absence"]))
    assert len(page.select("#funn tbody tr")) == others.height
    for table in ("funn", *places.values()):
        assert all(row.select_one(".source a") is not None for row in page.select(f"#{table} tbody tr"))
    lines = page.select("details:has(#ikke-funnet) li")
    assert len(lines) == missing.height and all(item.select_one(".source a") is not None for item in lines)


def test_what_was_found_together_stands_beside_what_single_projects_say() -> None:
    tables = real_tables()
    rows = rows_of(page_of("scheme", tables), "funn-gevinster")
    counted_now = tables["benefit_by_category"].filter(edition_year=2026, benefit_category_code="new_collaboration")
    by_statement = {row[0]: row[1:3] for row in rows}
    (together,) = [numbers for text, numbers in by_statement.items() if "nye samarbeid." in text and "21" not in text]
    assert together == [
        str(counted_now["achieved_project_count"].item()),
        str(counted_now["expected_project_count"].item()),
    ]
    assert any(numbers == ["gjelder flere slags gevinster"] * 2 for numbers in by_statement.values())


def test_the_summarys_author_is_said_to_be_a_supplier_of_the_scheme() -> None:
    delivered = real_tables()["participations"].filter(organisation_id="menon-economics", role_code="supplier")
    count = NB.number.in_words(delivered["project_id"].n_unique(), "neuter")
    assert f"er selv leverandør i {count} av prosjektene" in text_of(page_of("scheme", real_tables()))
    assert "er selv leverandør" not in text_of(page_of("scheme", small_tables()))


def test_totals_come_first_with_kinds_of_amount_apart() -> None:
    awarded, framed, followed, selected = page_of("scheme", real_tables()).select(".key-figures li")
    overview_now = real_tables()["round_overview"].filter(edition_year=2026)
    for item, kind in ((awarded, "award"), (framed, "frame_plus_options")):
        total = overview_now.filter(amount_kind_code=kind)["amount"].sum()
        assert NB.number.millions(float(total)) in text_of(item)
    assert "Legges ikke til tildelt støtte" in text_of(framed)
    assert "Ikke en gevinst" in text_of(followed)
    assert "runder der tallet er kjent" in text_of(selected)


def test_background_from_elsewhere_is_in_a_box_of_its_own_after_all_own_numbers() -> None:
    page = page_of("scheme", real_tables())
    box = page.select_one("details:has(#bakgrunn)")
    assert box is not None and f"ikke {SCHEME}" in text_of(box)
    assert len(box.select("li")) == real_tables()["background_facts"].height > 0
    assert box.find_next("table") is None, "no own number comes after it"
    labels = real_tables()["background_facts"]["label_nb"]
    box.extract()
    assert not any(label in text_of(page) for label in labels)


def test_a_proposal_of_ours_is_called_one_and_says_what_became_of_each_project() -> None:
    tables = real_tables()
    page = page_of("scheme", tables)
    rows = rows_of(page, "forslag")
    assert len(rows) == tables["finding_projects"].height > 0
    assert text_of(page.select_one("#forslag-heading")).startswith("Vårt forslag")
    labels = tables["codelists"].filter(codelist="status")["label_nb"].to_list()
    assert all(any(label in row[1] for label in labels) for row in rows)


def test_criteria_and_own_funding_are_told_round_by_round() -> None:
    tables = real_tables()
    page = page_of("scheme", tables)
    assert len(rows_of(page, "kriterier")) == tables["round_criteria"].height > 0
    assert len(rows_of(page, "egenfinansiering")) == tables["own_funding"].height > 0


def test_an_empty_scheme_is_shown_as_empty_and_breaks_nothing() -> None:
    tables = dict(small_tables())
    emptied = ("participations", "project_grants", "follow_on_funding", "finding_projects", "portfolio_findings")
    for name in (*emptied, "project_relations", "round_figures"):
        tables[name] = tables[name].clear()
    page = page_of("scheme", recomputed(tables))
    assert "Ingen leverandører er kjent" in text_of(page)
    assert "ikke kjent for noen" in text_of(page)
    assert text_of(page.select_one(".key-figures .amount b")) == ".."
    assert {link["href"].split("#")[1] for link in page.select(".toc a")} <= {
        str(tag["id"]) for tag in page.select("[id]")
    }, "the page's own list of contents leads only to what is there"


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("data", ["real", "invented", "small"])
def test_every_block_has_source_rule_table_and_downloads_and_its_contents_are_there(data: str, language: str) -> None:
    tables = {"real": real_tables, "invented": invented_tables, "small": small_tables}[data]()
    page = page_of("scheme", tables, language)
    blocks = page.select("section.block:has(table)")
    assert len(blocks) >= 5
    for block in blocks:
        assert text_of(block.select_one(".source-line")).startswith(("Kilde:", "Source:"))
        assert re.search("Én rad per|One row per", text_of(block.select_one("details.how")))
        assert block.select_one("button[data-csv-of]") is not None
    ids = {str(tag["id"]) for tag in page.select("[id]")}
    assert {str(link["href"]).split("#")[1] for link in page.select(".toc a")} <= ids


def test_applicants_and_selected_are_on_one_page_that_the_others_lead_to() -> None:
    tables = small_tables()
    assert page_of("scheme", tables).select_one("#rounds") is not None
    coverage = page_of("coverage", tables)
    assert coverage.select_one("#rounds") is None
    for page in (coverage, page_of("overview", tables)):
        assert any("ordningen/index.html#rounds" in str(link["href"]) for link in page.select("main a"))


def test_what_is_long_is_a_line_each_until_it_is_opened_and_begins_with_the_newest_round() -> None:
    page = page_of("scheme", real_tables())
    assert [one["id"] for one in page.select("main > .block > h2")] == [
        "money-table-heading",
        "rounds-table-heading",
        "videre-finansiering-heading",
        "partners-table-heading",
        "runder-og-deltakere",
        "andres-funn",
    ]
    chapters = page.select("main details.chapter")
    assert not any(chapter.has_attr("open") for chapter in chapters)
    within = {table["id"] for chapter in chapters for table in chapter.select("table")}
    assert {"kriterier", "stotte", "leverandorer", "leverandorer-kull", "eiere", "funn", "uenige-tall"} <= within
    for table in ("stotte", "leverandorer-kull"):
        cell = {"stotte": "td", "leverandorer-kull": "th"}[table]
        years = [text_of(row.select_one(cell)) for row in page.select(f"#{table} tbody tr")]
        assert years == sorted(years, reverse=True) and len(set(years)) > 1
