"""The static site as files: what is written, where links lead, and what a reader is told."""

import gzip
import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import unquote

import polars as pl
import pytest
from bs4 import BeautifulSoup, Tag

from gevinst.site import build, bundle
from gevinst.site.build import build_site
from gevinst.site.bundle import FrontendMissing
from gevinst.site.context import EditionInfo
from gevinst.site.render import relative, script_json
from tests.data.small_edition import small_tables

EDITION = EditionInfo(
    edition_id="2026-1",
    edition_year=2026,
    as_of_on=date(2026, 11, 22),
    previous_edition_id=None,
    state="current",
    is_illustrative=True,
    commit="abc1234",
    input_hash="def5678",
)
FIRST_LOAD_LIMIT = 120 * 1024
PAGE_LIMIT = 300_000


@pytest.fixture(scope="module")
def tables() -> dict[str, pl.DataFrame]:
    return small_tables()


@pytest.fixture(scope="module")
def make(tmp_path_factory, tables):
    """Build a site, with other tables or another edition if asked. Figures stay undrawn: a browser draws them."""

    def build_one(edition: EditionInfo = EDITION, **changed: pl.DataFrame) -> Path:
        out = tmp_path_factory.mktemp("site") / "site"
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(build, "render_svgs", lambda figures, cache_dir, progress: list(figures))
            build_site({**tables, **changed}, edition, out, cache_dir=out.parent / "cache", progress=print)
        return out

    return build_one


@pytest.fixture(scope="module")
def site(make) -> Path:
    return make()


def read(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def text_of(tag: Tag | BeautifulSoup | None) -> str:
    assert tag is not None
    return " ".join(tag.get_text(" ").split())


def with_value(frame: pl.DataFrame, key: str, key_value: str, **values: object) -> pl.DataFrame:
    chosen = pl.col(key) == key_value
    return frame.with_columns(
        pl.when(chosen).then(pl.lit(value)).otherwise(pl.col(name)).alias(name) for name, value in values.items()
    )


# --- files ---------------------------------------------------------------------------------------------------------


def test_two_builds_of_the_same_tables_give_the_same_bytes(site, make) -> None:
    again = make()
    files = sorted(path.relative_to(site) for path in site.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    assert [path for path in files if (site / path).read_bytes() != (again / path).read_bytes()] == []


def test_both_languages_have_the_same_pages_and_point_at_each_other(site) -> None:
    nb = [path for path in pages(site / "nb")]
    for path in nb:
        other = read(path).select_one(".other-language")
        assert other is not None and other["hreflang"] == "en"
        back = read((path.parent / other["href"]).resolve()).select_one(".other-language")
        assert back is not None
        assert ((path.parent / other["href"]).resolve().parent / back["href"]).resolve() == path.resolve()
    assert len(nb) == len(pages(site / "en")) == 4 + 12


def test_the_root_is_the_norwegian_front_page(site) -> None:
    root, front = read(site / "index.html"), read(site / "nb" / "index.html")
    assert text_of(root.main) == text_of(front.main)
    assert root.html is not None and root.html["lang"] == "nb"


def test_every_link_inside_the_site_leads_to_a_file_and_a_place_in_it(site) -> None:
    ids = {path: {tag["id"] for tag in read(path).select("[id]")} for path in pages(site)}
    broken = []
    for path in ids:
        for tag in read(path).select("[href], [src], [data-plotly]"):
            address = tag.get("href") or tag.get("src") or tag.get("data-plotly")
            if str(address).startswith(("https:", "data:")):
                continue
            target, _, anchor = str(address).partition("#")
            file = (path.parent / unquote(target)).resolve() if target else path
            if not file.is_file() or (anchor and unquote(anchor) not in ids[file]):
                broken.append((path.relative_to(site).as_posix(), address))
    assert broken == []


def test_pages_hold_no_address_outside_the_site_but_links_to_documents(site, tables) -> None:
    known = {f"https://{address}" for address in tables["sources"]["address"].drop_nulls()}
    for path in pages(site):
        page = read(path)
        links = page.select("a[rel=external]")
        assert {str(link["href"]) for link in links} <= known
        for link in links:
            link.decompose()
        assert re.findall(r"https?://", str(page)) == [], path


def test_no_page_can_call_out_or_run_a_script_of_its_own(site) -> None:
    for path in pages(site):
        page = read(path)
        policy = page.select_one("meta[http-equiv=Content-Security-Policy]")
        assert policy is not None
        for rule in ("default-src 'none'", "script-src 'self'", "connect-src 'none'", "form-action 'none'"):
            assert rule in str(policy["content"])
        scripts = [tag for tag in page.select("script") if tag.get("type") != "application/json"]
        assert [(tag.get("src") is not None, tag.has_attr("defer"), tag.get("type")) for tag in scripts] == [
            (True, True, None)
        ]
        assert page.find_all(lambda tag: any(name.startswith("on") for name in tag.attrs)) == []


def test_plotly_is_told_to_upload_nothing(site) -> None:
    config = read(site / "nb" / "portefolje" / "index.html").select_one("#plotly-config")
    assert config is not None and json.loads(config.get_text())["showSendToCloud"] is False
    assert not any("cloud.plotly" in path.read_text(encoding="utf-8") for path in pages(site))


def test_what_a_page_asks_for_first_is_light(site) -> None:
    shared = [site / "assets" / name for name in (bundle.STYLE, bundle.SCRIPT, "inter-latin.woff2")]
    for path in pages(site):
        content = path.read_bytes()
        assert len(content) < PAGE_LIMIT
        weight = sum(len(gzip.compress(file.read_bytes())) for file in (path, *shared))
        assert weight <= FIRST_LOAD_LIMIT, path
        asked_for = [*read(path).select("script[src]"), *read(path).select("link[rel=stylesheet]")]
        assert len(asked_for) + 2 <= 8  # and the page and its font


def test_every_package_that_is_shipped_brings_its_licence(site) -> None:
    found = {path.name: path.read_text(encoding="utf-8") for path in (site / "assets" / "licences").iterdir()}
    assert set(found) == {
        "digdir-designsystemet-css.txt",
        "fontsource-variable-inter.txt",
        "gevinst.txt",
        "plotly.js-cartesian-dist-min.txt",
    }
    assert "SIL OPEN FONT LICENSE" in found["fontsource-variable-inter.txt"].upper()


def test_missing_front_end_packages_stop_the_build_and_name_the_make_target(make, monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(bundle, "PACKAGES", tmp_path / "nowhere")
    with pytest.raises(FrontendMissing, match="make frontend"):
        make()


def test_a_site_is_never_written_over_another(make, tables, tmp_path) -> None:
    (tmp_path / "kept.html").write_text("kept")
    with pytest.raises(FileExistsError):
        build_site(tables, EDITION, tmp_path, cache_dir=tmp_path / "cache", progress=print)
    assert [path.name for path in tmp_path.iterdir()] == ["kept.html"]


def test_a_table_that_was_not_handed_over_is_named(tables, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(build, "render_svgs", lambda figures, cache_dir, progress: list(figures))
    incomplete = {name: frame for name, frame in tables.items() if name != "disagreements"}
    with pytest.raises(KeyError, match="disagreements"):
        build_site(incomplete, EDITION, tmp_path / "site", cache_dir=tmp_path, progress=print)


def test_the_report_tells_what_the_owner_has_not_set(tables, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("GEVINST_ROOT", str(tmp_path))
    monkeypatch.setattr(build, "render_svgs", lambda figures, cache_dir, progress: list(figures))
    report = build_site(tables, EDITION, tmp_path / "site", cache_dir=tmp_path, progress=print)
    assert ["responsible_body" in notice for notice in report.notices].count(True) == 1
    assert len(report.pages) == len(pages(tmp_path / "site"))
    footer = read(tmp_path / "site" / "index.html").footer
    assert text_of(footer).count("ikke oppgitt") == 3
    assert footer is not None and all(link["href"] for link in footer.select("a"))


def test_the_footer_names_who_answers_when_the_owner_has_set_it(tables, tmp_path, monkeypatch) -> None:
    owner = '[owner]\nresponsible_body = "Eieren"\ncontact = "https://eieren.example/feil"\n'
    (tmp_path / "gevinst.toml").write_text(owner, encoding="utf-8")
    monkeypatch.setenv("GEVINST_ROOT", str(tmp_path))
    monkeypatch.setattr(build, "render_svgs", lambda figures, cache_dir, progress: list(figures))
    report = build_site(tables, EDITION, tmp_path / "site", cache_dir=tmp_path, progress=print)
    assert len(report.notices) == 1
    footer = read(tmp_path / "site" / "index.html").footer
    assert "Eieren" in text_of(footer)
    assert footer is not None and footer.select("a[href='https://eieren.example/feil']")


# --- what is told --------------------------------------------------------------------------------------------------


def test_every_fact_on_a_project_page_has_a_link_to_its_source(site) -> None:
    without = []
    for path in (site / "nb" / "prosjekt").glob("*/index.html"):
        page = read(path)
        facts = page.select(".facts dd, .timeline > li, .sides > li, main section table tbody tr")
        assert facts
        for fact in facts:
            link = fact.select_one(".source a")
            if fact.select_one(".unknown") is None and (link is None or "kilder/index.html#" not in str(link["href"])):
                without.append((path.parent.name, text_of(fact)))
    assert without == []


def test_what_no_source_says_is_told_as_not_stated(site) -> None:
    facts = read(site / "nb" / "prosjekt" / "2016-byggdata" / "index.html").select(".facts > div")
    told = {text_of(fact.dt): text_of(fact.dd) for fact in facts if fact.dt and fact.dd}
    assert told["Støtte til prosjektet"] == told["Start"] == told["Leverandør"] == "ikke oppgitt i kildene"


def test_a_known_grant_stands_with_its_price_level(site) -> None:
    page = text_of(read(site / "nb" / "prosjekt" / "2018-skyss" / "index.html").select_one(".facts"))
    assert "1 500 000 kr løpende kroner" in page


def test_follow_on_funding_and_figures_of_size_are_said_not_to_be_benefits(site) -> None:
    page = read(site / "nb" / "prosjekt" / "2018-skyss" / "index.html")
    for table in ("videre-finansiering", "andre-tall"):
        assert re.search("ikke (er )?en gevinst", text_of(page.select_one(f"#{table}-heading")))


def test_both_sides_of_a_disagreement_stand_side_by_side(site) -> None:
    sides = read(site / "nb" / "dekning" / "index.html").select(".sides")[0].select("li")
    assert ["38 søkere." in text_of(side) or "31 søkere." in text_of(side) for side in sides] == [True, True]


def test_an_inferred_status_is_marked_where_it_stands(site) -> None:
    page = read(site / "nb" / "prosjekt" / "2018-gjeld" / "index.html")
    assert "kilden nevner ikke StimuLab" in text_of(page.select_one(".timeline > li"))
    row = read(site / "nb" / "portefolje" / "index.html").select_one("#prosjekter tr[data-project='2018-gjeld']")
    assert "kilden nevner ikke StimuLab" in text_of(row)


def test_stopped_projects_stay_in_every_denominator(site) -> None:
    figures = read(site / "nb" / "portefolje" / "index.html").select(".key-figures .amount")
    assert {text_of(figure).split(" ", 1)[1] for figure in figures} == {"av 12 prosjekter"}


def test_checks_that_did_not_pass_stand_first(site) -> None:
    rows = read(site / "nb" / "dekning" / "index.html").select("#kontroller tbody tr")
    assert ["ikke bestått" in text_of(row) for row in rows] == [True, False]


def test_a_row_set_aside_is_shown_with_file_line_column_value_and_reason(site) -> None:
    row = text_of(read(site / "nb" / "dekning" / "index.html").select_one("#satt-til-side tbody tr"))
    for part in ("registry/participations.csv", "7", "role_code", "eiar", "Rett verdien"):
        assert part in row


def test_unnamed_projects_are_counted_and_unknown_numbers_are_not_zero(site) -> None:
    rows = {
        text_of(row.th): [text_of(cell) for cell in row.select("td")]
        for row in read(site / "nb" / "dekning" / "index.html").select("#runder tbody tr")
    }
    assert rows["Runde 2018 kilder oppgir ulike tall"][:3] == ["6", "4", "2"]
    assert rows["Runde 2023"][0] == rows["Runde 2023"][2] == ".. ukjent"


def test_every_document_says_what_rests_on_it(site) -> None:
    entries = read(site / "nb" / "kilder" / "index.html").select(".list > li")
    assert {str(entry["id"]) for entry in entries} == {"kilde-a", "kilde-b"}
    assert all("gevinstutsagn" in text_of(entry.select_one(".rests")) for entry in entries)


def test_every_table_tells_its_grain_and_columns(site) -> None:
    for block in read(site / "nb" / "dekning" / "index.html").select("section.block:has(table)"):
        how = text_of(block.select_one("details.how"))
        assert "Én rad per" in how and block.select("details.how dt code")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"is_illustrative": True}, "Illustrerende data."),
        ({"is_illustrative": False, "state": "candidate"}, "Foreløpige tall."),
        ({"is_illustrative": False, "state": "archived"}, "Arkivert utgave."),
        ({"is_illustrative": False}, None),
    ],
)
def test_the_banner_says_what_a_reader_must_know_first(make, change, expected) -> None:
    front = read(make(replace(EDITION, **change)) / "index.html")
    assert [text_of(title) for title in front.select(".banner strong")] == ([expected] if expected else [])
    assert front.title is not None
    assert ("Illustrerende data." in text_of(front.title)) == (expected == "Illustrerende data.")


def test_a_critical_check_that_failed_puts_a_red_banner_on_every_page(make, tables) -> None:
    failed = with_value(tables["quality_checks"], "check_id", "projects.key", is_passed=False)
    site = make(replace(EDITION, is_illustrative=False), quality_checks=failed)
    for path in pages(site):
        banner = read(path).select_one(".banner[data-color=danger]")
        assert banner is not None and banner.a is not None and "#kontroller" in str(banner.a["href"])


def test_a_first_edition_says_that_there_is_nothing_to_compare_with(make, tables) -> None:
    first = {
        name: frame.filter(pl.col("edition_year") == 2023)
        for name, frame in tables.items()
        if "edition_year" in frame.columns
    }
    front = read(make(replace(EDITION, edition_year=2023, edition_id="2023-1"), **first) / "index.html")
    assert "første utgave" in text_of(front.select_one("#nytt"))
    assert not front.select(".list")
    assert "ved utgangen av" not in text_of(front.select_one(".key-figures"))


def test_an_edition_in_which_no_project_was_known_can_be_built(make, tables) -> None:
    empty = {
        name: frame.clear()
        for name, frame in tables.items()
        if name != "codelists" and name not in ("edition_years", "quality_checks")
    }
    site = make(**empty)
    assert text_of(read(site / "index.html").select_one(".lead")) == "Vi har ikke funnet noen prosjekter."
    portfolio = read(site / "nb" / "portefolje" / "index.html")
    assert text_of(portfolio.select_one(".lead")) == "Vi har ikke funnet noen prosjekter."
    assert portfolio.select_one(".filter") is None, "there is nothing to choose between"


# --- small rules ---------------------------------------------------------------------------------------------------


def test_names_from_the_data_cannot_become_markup(make, tables) -> None:
    hostile = with_value(tables["projects"], "project_id", "2018-skyss", short_name_nb="</script><b>x</b>")
    page = (make(projects=hostile) / "nb" / "portefolje" / "index.html").read_text(encoding="utf-8")
    assert "</script><b>" not in page
    assert len(BeautifulSoup(page, "html.parser").select("b:-soup-contains-own('x')")) == 0


def test_json_in_a_page_cannot_close_its_script() -> None:
    assert "<" not in script_json({"a": "</script>"})
    assert json.loads(script_json({"a": "</script>"})) == {"a": "</script>"}


@pytest.mark.parametrize(
    ("target", "page", "expected"),
    [
        ("/nb/kilder/index.html#a", "/nb/prosjekt/x/index.html", "../../kilder/index.html#a"),
        ("/nb/kilder/index.html#a", "/nb/kilder/index.html", "#a"),
        ("/nb/index.html", "/nb/index.html", "index.html"),
        ("/assets/site.css", "/index.html", "assets/site.css"),
        ("https://example.org", "/index.html", "https://example.org"),
    ],
)
def test_addresses_are_written_as_seen_from_the_page(target, page, expected) -> None:
    assert relative(target, page) == expected


def test_an_edition_is_never_in_a_state_that_nobody_knows() -> None:
    with pytest.raises(ValueError, match="draft"):
        replace(EDITION, state="draft")
