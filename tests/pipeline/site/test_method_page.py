"""Method and data: the way of a number, the rules, the model cards, and every table within two clicks."""

import csv
from pathlib import Path

import polars as pl
import pytest
from bs4 import BeautifulSoup

from gevinst.contracts import PUBLISHED, contract
from gevinst.site.pages import PAGES
from gevinst.site.pages.method.models import CASES, MODELS
from gevinst.site.render import render
from tests.data.page_reading import pages, read, text_of, with_value
from tests.data.rendered import view_of
from tests.data.small_edition import SMALL_EDITION
from tests.data.variants import quick_first

ROOT = Path(__file__).parents[3]
DICTIONARY = {"nb": "nb/metode/tabell", "en": "en/method/table"}


@pytest.fixture
def method(site: Path) -> BeautifulSoup:
    """The page in bokmål."""
    return read(site / "nb" / "metode" / "index.html")


def test_every_step_of_the_ladder_and_level_of_evidence_is_defined_as_the_code_lists_say(method, tables) -> None:
    texts = tables["codelists"].filter(pl.col("codelist") == "status").select("label_nb", "description_nb").rows()
    entries = method.select("section[aria-labelledby=trinn] dl > div")
    # Links are inside the meanings, so that their text is compared as written.
    shown = [(text_of(entry.dt), entry.dd.get_text()) for entry in entries]
    assert len(shown) == len(texts) == 11
    assert {(label, meaning) for label, meaning in texts} == {(term.split(" ", 1)[1], text) for term, text in shown}
    levels = [text_of(entry) for entry in method.select("section[aria-labelledby=belegg] li")]
    assert [level.split(" ", 1)[0] for level in levels] == ["○", "◐", "◕", "●"]


def test_the_rules_tell_the_limits_that_are_in_force(method) -> None:
    rules = {text_of(rule.dt): text_of(rule.dd) for rule in method.select("section[aria-labelledby=regler] dl > div")}
    assert "færre enn 5 vises bare antall" in rules["Små tall"]
    assert "færre enn 5 personer eller 3 virksomheter" in rules["Skjult av hensyn til personvern"]
    assert "ikke et utvalg" in rules["Antall har ikke intervall"]
    for never in ("Videre finansiering", "levert", "nådd", "behov", "tak i utlysninger", "hele staten"):
        assert never in rules["Aldri regnet som gevinst"]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.name)
def test_every_model_names_code_and_published_answers_that_exist(model) -> None:
    assert [path for path in model.code if not (ROOT / path).is_file()] == []
    with (ROOT / CASES).open(encoding="utf-8", newline="") as file:
        functions = {row["function"] for row in csv.DictReader(file)}
    assert model.cases and set(model.cases) <= functions


def test_every_model_card_tells_purpose_inputs_assumptions_limits_and_when_it_is_withheld(method) -> None:
    cards = method.select("section.model")
    assert len(cards) == len(MODELS) == 5
    for card in cards:
        lines = [text_of(term) for term in card.select("dt")]
        assert lines[:5] == [
            "Hva den er til",
            "Hva den bruker",
            "Hva den forutsetter",
            "Hva den ikke kan si",
            "Når resultatet ikke vises",
        ]
        assert lines[-2:] == ["Koden", "Kjente svar"]
        assert text_of(card.select_one("h3 + .caption")).endswith(".")


def test_a_model_that_is_withheld_says_why(method, tables) -> None:
    drivers = text_of(method.select_one("section[aria-labelledby=modell-drivers] .caption"))
    rows = tables["driver_association"].filter((pl.col("edition_year") == 2026) & ~pl.col("is_shown"))
    assert rows.height
    assert "Ingen av" in drivers and "Grunn" in drivers
    labels = tables["codelists"].filter(
        (pl.col("codelist") == "association_reason") & pl.col("code").is_in(rows["association_reason_code"].implode())
    )
    assert all(label in drivers for label in labels["label_nb"])


def test_tables_whose_checks_failed_are_first_and_lead_to_their_own_page(method) -> None:
    rows = method.select("#alle-tabeller tbody tr")
    assert len(rows) == len(PUBLISHED)
    assert rows[0].select(".mark-failed") and not rows[1].select(".mark-failed")
    assert {str(row.a["href"]) for row in rows if row.a} == {f"tabell/{table.name}/index.html" for table in PUBLISHED}


def test_the_full_list_of_checks_is_on_one_page_only(method, site, tables) -> None:
    passed = tables["quality_checks"].filter(pl.col("check_outcome_code") == "passed")["description_nb"][0]
    assert passed not in text_of(method)
    assert passed in text_of(read(site / "nb" / "dekning" / "index.html"))
    assert method.select("a[href='../dekning/index.html#kontroller']")


def test_assessments_are_counted_by_age_and_the_ages_add_up(method, tables) -> None:
    counts = [int(text_of(row.select_one("td"))) for row in method.select("#alder tbody tr")]
    status = tables["project_status"].filter(pl.col("edition_year") == 2026)
    assert sum(counts) == status.height == int(text_of(method.select_one("#alder tfoot td")))
    assert counts[2] == status.filter(pl.col("months_since_status") >= 24).height


@pytest.mark.parametrize("language", quick_first(["nb", "en"]))
def test_every_number_leads_to_rule_formula_rows_and_documents_in_two_clicks(site, tables, language) -> None:
    """From any figure or table: one click opens how it was made, the next leads to rows, or to the documents."""
    behind = set()
    for path in _kinds_of_pages(site / language):
        for how in read(path).select("details.how"):
            for link in how.select(".onward a[href*='index.html']"):
                page = (path.parent / str(link["href"])).resolve()
                table, rows = contract(page.parent.name), link.find_next_sibling("a")
                assert rows is not None and str(rows["href"]).endswith(f"tables/csv/{table.name}.csv")
                if table.formula:
                    assert all(line in text_of(how) for line in table.formula.split("; "))
                    assert (table.rule(language) or "") in text_of(how)
                behind.add(page)
    lines = {page: read(page).select("section[aria-labelledby=dokumenter] li a") for page in behind}
    about_tables = ("quality_checks", "quarantine", "sources")
    expected = {page for page in behind if page.parent.name not in about_tables and tables[page.parent.name].height}
    assert {page.parent.name for page in expected if not lines[page]} == set()
    assert len(expected) > 10
    targets = {(page.parent / str(link["href"])).resolve() for page in behind for link in lines[page]}
    (sources,) = {target.with_name(target.name.partition("#")[0]) for target in targets}
    anchors = {str(entry["id"]) for entry in read(sources).select("[id]")}
    assert {target.name.partition("#")[2] for target in targets} <= anchors


@pytest.mark.parametrize("language", quick_first(["nb", "en"]))
def test_pages_of_which_there_are_many_lead_to_the_tables_and_repeat_nothing_of_theirs(site, language) -> None:
    kinds = {"prosjekt", "project", "forklaring", "explanation", "figur", "figure"} & {
        path.name for path in (site / language).iterdir()
    }
    assert len(kinds) == 3
    for kind in kinds:
        path = max((site / language / kind).glob("*/index.html"), key=lambda one: one.stat().st_size)
        lines = read(path).select("p.how")
        assert lines and not read(path).select("details.how"), path
        for line in lines:
            links = line.select("a[href*='/tabell/'], a[href*='/table/']")
            tables = [contract((path.parent / str(link["href"])).parent.name) for link in links]
            assert tables and not any(one.formula and one.formula in text_of(line) for one in tables), path


def _kinds_of_pages(folder: Path) -> list[Path]:
    """Every page but those of single tables, and of single projects but one."""
    found = pages(folder)
    projects = [path for path in found if path.parts[-3] in ("prosjekt", "project")]
    return [path for path in found if path.parts[-3] not in ("tabell", "table") and path not in projects[1:]]


def test_a_table_page_says_what_each_column_means_and_how_far_it_is_filled_in(site, tables) -> None:
    page = read(site / "nb" / "metode" / "tabell" / "project_status" / "index.html")
    table = contract("project_status")
    rows = page.select("#kolonner tbody tr")
    assert [text_of(row.th) for row in rows] == list(table.column_names)
    by_name = {text_of(row.th): [text_of(cell) for cell in row.select("td")] for row in rows}
    assert by_name["current_step"][0] == table.column("current_step").nb
    assert by_name["current_step"][1] == "heltall trinn fra −1 til 6"
    assert by_name["months_since_status"][4] == "nei"
    status = tables["project_status"].filter(pl.col("edition_year") == 2026)
    assert by_name["current_step"][5] == f"{status['current_step'].count()} av {status.height}"
    for line in table.formula.split("; "):
        assert line in text_of(page.select_one(".formula"))


def test_a_page_of_a_table_kept_by_interval_counts_all_its_rows(site, tables) -> None:
    page = read(site / "nb" / "metode" / "tabell" / "status_validity" / "index.html")
    by_name = {text_of(row.th): text_of(row.select("td")[5]) for row in page.select("#kolonner tbody tr")}
    intervals = tables["status_validity"]
    assert by_name["valid_from"] == f"{intervals.height} av {intervals.height}"
    assert by_name["valid_to"] == f"{intervals['valid_to'].count()} av {intervals.height}"


def test_a_table_page_gives_the_codes_of_its_columns_in_the_order_of_the_list(site) -> None:
    folder = site / "en" / "method" / "table"
    (link,) = {
        str(one["href"]) for one in read(folder / "project_status" / "index.html").select("a[href$='#koder-status']")
    }
    page = read((folder / "project_status" / link.partition("#")[0]).resolve())
    codes = [text_of(code) for code in page.select("section[aria-labelledby=koder-status] dt")]
    assert codes[:8] == [
        "tildelt",
        "i_gang",
        "innsikt",
        "losning_utviklet",
        "provd_ut",
        "delvis_i_bruk",
        "i_bruk",
        "spredt",
    ]


def test_the_way_of_a_table_leads_from_what_it_is_made_of_to_where_it_is_used(site) -> None:
    page = read(site / "nb" / "metode" / "tabell" / "benefit_by_beneficiary" / "index.html")
    made_of, here, used_in = page.select("section[aria-labelledby=vei] .way > *")
    nearest, further = made_of.select("ul")
    inputs = [contract(name).title("nb") for name in contract("benefit_by_beneficiary").depends_on]
    assert sorted(text_of(link) for link in nearest.select("a")) == sorted(inputs)
    assert "Gevinstutsagn" in {text_of(link) for link in further.select("a")}
    assert text_of(here) == contract("benefit_by_beneficiary").title("nb")
    assert [text_of(link) for link in used_in.select("li:not(.page) a")] == ["Utsagn per mottaker"]


def test_a_table_read_from_a_file_names_it_and_one_that_no_other_is_made_of_says_so(site) -> None:
    page = read(site / "nb" / "metode" / "tabell" / "benefit_headlines" / "index.html")
    assert text_of(page.select(".way h3")[-2]) == "Brukes ikke i andre tabeller"
    assert all(group.select("li") for group in page.select(".way ul")), "no empty list"
    read_in = read(site / "nb" / "metode" / "tabell" / "project_grants" / "index.html")
    assert text_of(read_in.select_one(".way .here .caption")) == "data/raw/registry/project_grants.csv"
    assert text_of(read_in.select_one(".way h3")) == "Regnes ikke ut fra andre tabeller"


def test_a_table_tells_where_on_the_pages_it_is_shown(site) -> None:
    page_path = site / "nb" / "metode" / "tabell" / "round_overview" / "index.html"
    links = read(page_path).select("section[aria-labelledby=vei] .way .page a")
    addresses = {str(link["href"]).removeprefix("../../../") for link in links}
    assert "ordningen/index.html#rounds-table-heading" in addresses


def test_answers_given_in_confidence_have_no_page_and_no_file(site) -> None:
    page = read(site / "nb" / "metode" / "tabell" / "additionality" / "index.html")
    made_of = page.select_one("section[aria-labelledby=vei] .way > div")
    assert made_of is not None
    withheld = [entry for entry in made_of.select("li") if entry.a is None]
    assert [text_of(entry) for entry in withheld] == [
        "Hva som ville skjedd uten støtten publiseres ikke: noen har svart i fortrolighet"
    ]
    assert not (site / "nb" / "metode" / "tabell" / "counterfactuals").exists()


def test_an_estimate_says_which_columns_hold_its_n_interval_and_suppression(site) -> None:
    page = read(site / "nb" / "metode" / "tabell" / "survey_series" / "index.html")
    rules = text_of(page.select("#kolonne-share_pct td")[2])
    share = contract("survey_series").column("share_pct")
    assert share.n_column and share.low_column and share.high_column and share.suppressed_column
    for name in (share.n_column, share.low_column, share.high_column, share.suppressed_column):
        assert name in rules


@pytest.mark.parametrize("report", [None, "report/gevinst-2026-1-nb.pdf"])
def test_the_report_is_among_the_files_where_one_was_made(tables, report) -> None:
    view = view_of(tables, "nb", SMALL_EDITION)
    view.report = report
    (document,) = next(page for page in PAGES if page.name == "method").documents(view)
    addresses = [href for _, href, _ in document.values["files"]]
    assert ("/../report/gevinst-2026-1-nb.pdf" in addresses) is (report is not None)


def test_every_unit_of_a_published_table_has_words_in_both_languages() -> None:
    from gevinst.language.texts import Catalogue
    from gevinst.site.pages.dictionary.page import unit

    class Only:
        def __init__(self, language: str) -> None:
            self.t = Catalogue(language).t

    for table in PUBLISHED:
        for column in table.all_columns:
            if column.unit:
                assert unit(Only("nb"), column) and unit(Only("en"), column), column.unit


def dictionary_page(tables, name: str) -> BeautifulSoup:
    """The page of one table in bokmål, without the rest of a site."""
    view = view_of(tables, "nb", SMALL_EDITION)
    page = next(page for page in PAGES if page.name == "dictionary")
    document = next(document for document in page.documents(view) if document.tail == name)
    return BeautifulSoup(render(view, page, document, page.path("nb", name)), "html.parser")


def test_a_table_without_rows_can_be_shown(tables) -> None:
    page = dictionary_page({**tables, "follow_on_funding": tables["follow_on_funding"].clear()}, "follow_on_funding")
    assert "er tabellen tom" in text_of(page.select_one(".lead"))
    assert text_of(page.select_one("#dokumenter")) == "Ingen dokumenter ligger bak"


def test_a_failed_check_is_shown_on_the_page_of_its_table(tables) -> None:
    failed = with_value(tables["quality_checks"], "check_id", "projects.key", check_outcome_code="failed")
    page = dictionary_page({**tables, "quality_checks": failed}, "projects")
    assert "ikke bestått" in text_of(page.select_one("#kontroller tbody tr"))
