"""The page about the scheme: unknown as gaps, kinds of amount apart, and nothing taken for a benefit that is none."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import polars as pl
import pytest

from gevinst.contracts import contract
from gevinst.language.texts import Catalogue
from gevinst.method.prices import MixedBasesError
from gevinst.site.figures import Figure, money, partners, rounds
from gevinst.site.sentences import scheme as sentences
from tests.data.marts import figures, mart_of, projects_known, recomputed, row_of
from tests.data.page_reading import text_of
from tests.data.rendered import REAL, invented_tables, page_of, real_tables
from tests.data.small_edition import CODELISTS, frame, small_tables

NB, EN = Catalogue("nb"), Catalogue("en")
CODES = pl.read_csv(CODELISTS)
KPI = pl.DataFrame({"base_year": 2015, "year": [2018, 2020, 2024], "index_value": [100.0, 110.0, 120.0]})


SOURCED = {"source_id": "s", "source_locator": "x"}
SOURCES = frame(contract("sources"), [{"source_id": "s", "accessed_on": date(2020, 1, 1)}])


def overview(*rows: dict[str, Any]) -> pl.DataFrame:
    """`round_overview` with one round per row, a year apart from 2018."""
    filled = [{"edition_year": 2026, "round_id": f"r{n}", "cohort_year": 2018 + n, **row} for n, row in enumerate(rows)]
    return frame(contract("round_overview"), filled)


def names(table: pl.DataFrame, **own: str) -> pl.DataFrame:
    rows = [{"round_id": key, "name_nb": own.get(key, f"Runde {key}"), "name_en": key} for key in table["round_id"]]
    return frame(contract("rounds"), rows)


def priced(*rows: dict[str, Any], kpi: pl.DataFrame = KPI) -> pl.DataFrame:
    """`round_amounts` of rounds a year apart from 2018."""
    return mart_of("round_amounts", round_overview=overview(*rows), kpi=kpi)


def counted(**inputs: pl.DataFrame) -> dict[str, Any]:
    return row_of("scheme_headlines", **inputs)


def award(amount: float | None, **more: Any) -> dict[str, Any]:
    return {"amount_nok": amount, "amount_kind_code": None if amount is None else "award", **more}


def spec(figure: Figure) -> dict[str, Any]:
    return json.loads(figure.spec)


def test_fixed_kroner_are_of_the_newest_year_with_an_index_and_unknown_without_one() -> None:
    found = priced(award(10.0), award(10.0), award(None, cohort_year=2020), award(10.0, cohort_year=2020))
    assert found.sort("round_id")["fixed_nok"].to_list() == [12.0, None, None, pytest.approx(10 * 120 / 110)]
    assert set(found["price_year"]) == {2024}
    bare = priced(award(10.0), kpi=KPI.clear())
    assert (bare["fixed_nok"].to_list(), bare["price_year"].to_list()) == ([None], [None])
    with pytest.raises(MixedBasesError):
        priced(award(10.0), kpi=KPI.with_columns(base_year=pl.Series([2015, 2015, 2025])))


@pytest.mark.parametrize(
    ("rows", "nb"),
    [
        ([], "Ingen runder er kjent"),
        ([award(None)], "Beløpet er ukjent for den ene runden"),
        ([award(None), award(None)], "Beløpet er ukjent for alle to runder"),
        (
            [award(5e6, amount_kind_code="frame_plus_options")],
            "Tildelt støtte i faste kroner er ikke kjent for noen runde",
        ),
        ([award(5e6)], "Runde r0 fikk mest støtte: 6,0 mill. kr i 2024-kroner"),
        (
            [award(5e6), award(5e6, cohort_year=2018), award(None)],
            "Runde r0 og Runde r1 fikk mest støtte: 6,0 mill. kr hver i 2024-kroner; for én er beløpet ukjent",
        ),
        (
            [award(5e6), award(90e6, cohort_year=2020, amount_kind_code="frame_plus_options")],
            "Runde r0 fikk mest støtte: 6,0 mill. kr i 2024-kroner; for én runde er bare et annet slags beløp kjent",
        ),
    ],
    ids=["none", "one unknown", "all unknown", "only a frame", "one", "tie and unknown", "a larger frame is no award"],
)
def test_the_largest_award_stated_is_among_awards_only(rows, nb: str) -> None:
    amounts = priced(*rows)
    lines = dict(names(amounts).select("round_id", "name_nb").iter_rows())
    headlines = counted(round_overview=overview(*rows), round_amounts=amounts)
    heading = sentences.money_heading(headlines, amounts.sort("cohort_year", "round_id").to_dicts(), lines, NB)
    assert heading.replace("\u00a0", " ") == nb


@pytest.mark.parametrize(
    ("rows", "nb", "en"),
    [
        ([], "Ingen tildelingsrunder er kjent.", "No award rounds are known."),
        ([{"applicant_count": None, "selected_count": 4}], "Én tildelingsrunde er kjent.", "One award round is known."),
        (
            [{"applicant_count": 40, "selected_count": 4}],
            "I den ene runden der både søkere og valgte er kjent, ble 4 av 40 søkere valgt (10 %).",
            "In the one round where both applicants and selected are known, 4 of 40 applicants were selected (10%).",
        ),
        (
            [
                {"applicant_count": 40, "selected_count": 4},
                {"applicant_count": 10, "selected_count": 6},
                {"applicant_count": None, "selected_count": 90},
                {"applicant_count": 90, "selected_count": None},
            ],
            "I de to rundene der både søkere og valgte er kjent, ble 10 av 50 søkere valgt (20 %).",
            "In the two rounds where both applicants and selected are known, 10 of 50 applicants were selected (20%).",
        ),
    ],
    ids=["none", "unknown", "one", "only rounds with both"],
)
def test_the_share_selected_is_of_rounds_where_both_numbers_are_known(rows, nb: str, en: str) -> None:
    found = counted(round_overview=overview(*rows))
    assert sentences.scheme_lead(found, NB).replace("\u00a0", " ").startswith(nb)
    assert sentences.scheme_lead(found, EN).startswith(en)


def test_who_took_part_and_what_goes_on_is_stated_for_none_one_and_many() -> None:
    names_of = ("supplier_count", "organisation_count", "onward_project_count", "spread_project_count")
    none, one, many = (sentences.scheme_lead({**counted(), **dict.fromkeys(names_of, n)}, NB) for n in (0, 1, 3))
    assert "Ingen virksomheter og ingen leverandører" in none and "ingen er kjent spredt" in none
    assert "Én virksomhet og én leverandør" in one and "Ett prosjekt bygger på" in one and "ett er spredt" in one
    assert "Tre virksomheter og tre leverandører" in many and "Tre prosjekter bygger på" in many


@pytest.mark.parametrize(
    ("actors", "expected"),
    [
        ([], "Ingen prosjekter er kjent"),
        ([None, None], "Ingen kjente aktører i noen av prosjektene"),
        ([2, 5], "Ingen av to prosjekter har bare én kjent aktør, og det meste er fem"),
        ([1, 5, None], "Ett av to prosjekter har bare én kjent aktør, og det meste er fem"),
        ([1, 1], "Alle de to prosjektene har bare én kjent aktør, og det meste er én"),
    ],
)
def test_actors_are_counted_among_projects_where_they_are_known(actors, expected: str) -> None:
    table = frame(
        contract("driver_table"),
        [{"edition_year": 2026, "project_id": f"p{n}", "actor_count": count} for n, count in enumerate(actors)],
    )
    found = counted(project_status=projects_known(len(actors)), driver_table=table)
    assert sentences.partners_heading(found, NB) == expected


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([], "Ingen leverandører er kjent"),
        ([1, 1], "Ingen av de to kjente leverandørene har vært med i mer enn ett prosjekt"),
        (
            [3, 1],
            "Én av to kjente leverandører har vært med i mer enn ett prosjekt; den som har vært med i flest, har tre",
        ),
        (
            [3, 3, 1],
            "To av tre kjente leverandører har vært med i mer enn ett prosjekt; to har vært med i flest",
        ),
    ],
)
def test_concentration_of_suppliers_is_described_in_words(counts, expected: str) -> None:
    rows = [
        {"project_id": f"p{project}", "organisation_id": f"o{supplier}", "role_code": "supplier", **SOURCED}
        for supplier, projects in enumerate(counts)
        for project in range(projects)
    ]
    inputs = {
        "participations": frame(contract("participations"), rows),
        "project_status": projects_known(7),
        "sources": SOURCES,
    }
    found = counted(**inputs, supplier_deliveries=mart_of("supplier_deliveries", **inputs))
    assert sentences.suppliers_heading(found, NB).startswith(expected)


def owned(**counts: int) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """`owner_groups` of as many projects per level as named, and what the levels are called."""
    levels = {level: number for number, level in enumerate(counts)}
    rows = [
        {"project_id": f"p{level}-{project}", "organisation_id": level, "role_code": "owner", **SOURCED}
        for level, projects in counts.items()
        for project in range(projects)
    ]
    status = [{"edition_year": 2026, "project_id": row["project_id"]} for row in rows]
    groups = mart_of(
        "owner_groups",
        participations=frame(contract("participations"), rows),
        organisations=frame(contract("organisations"), [{"organisation_id": one, "level_code": one} for one in levels]),
        project_status=frame(contract("project_status"), status),
        sources=SOURCES,
    )
    return groups.to_dicts(), {level: level.capitalize() for level in levels}


def test_the_level_that_owns_most_is_reported_and_a_tie_names_both() -> None:
    assert (
        sentences.owners_heading(*owned(stat=3, kommune=1), 4, NB)
        == "Nivået som eier flest prosjekter, er stat: 3 av 4"
    )
    assert "er stat og kommune: 2 av 4 hver" in sentences.owners_heading(*owned(stat=2, kommune=2, annet=0), 4, NB)
    assert sentences.owners_heading(*owned(), 2, NB) == "Eieren er ukjent for alle prosjektene"


def test_the_grants_known_are_stated_for_all_projects() -> None:
    grants = [{"edition_year": 2026, "project_id": f"p{n}", "grant_nok": 1.0} for n in range(4)]
    found = counted(project_status=projects_known(40), grant_amounts=frame(contract("grant_amounts"), grants))
    assert sentences.grants_heading(found, NB) == "Støtten til det enkelte prosjekt er kjent for fire av 40 prosjekter"


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


def test_what_others_say_is_shown_with_its_source_and_what_is_missing_is_apart() -> None:
    page = page_of("scheme", real_tables())
    findings = real_tables()["portfolio_findings"]
    missing = findings.filter(finding_kind_code="absence")
    assert len(page.select("#funn tbody tr")) == findings.height - missing.height
    assert all(row.select_one(".source a") is not None for row in page.select("#funn tbody tr"))
    lines = page.select("section[aria-labelledby='ikke-funnet'] li")
    assert len(lines) == missing.height and all(item.select_one(".source a") is not None for item in lines)
    assert "ikke Gevinsts egne funn" in text_of(page)


def test_a_sum_over_rounds_says_of_how_many_it_is_and_what_is_inferred() -> None:
    applicants, selected, *_ = page_of("scheme", real_tables()).select(".key-figures li")
    known = real_tables()["round_overview"].filter(edition_year=2026)
    unknown = known["applicant_count"].null_count()
    assert f"For {NB.number.in_words(unknown)} runder er tallet ukjent" in text_of(applicants)
    assert "antatt, ikke oppgitt" in text_of(selected)


def test_an_empty_scheme_is_shown_as_empty_and_breaks_nothing() -> None:
    tables = dict(small_tables())
    emptied = ("participations", "project_grants", "follow_on_funding", "portfolio_findings", "project_relations")
    for name in (*emptied, "round_figures"):
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
