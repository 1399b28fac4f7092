"""The static site as files: what is written, how heavy it is, where links lead and what stops a build."""

import gzip
import json
import re
from dataclasses import replace
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup

from gevinst import layout
from gevinst.site import build, bundle, front_end
from gevinst.site.build import build_site
from gevinst.site.bundle import FrontendMissing
from gevinst.site.pages import PAGES
from gevinst.site.render import relative, script_json
from tests.data.page_reading import pages, read, text_of, with_value
from tests.data.small_edition import SMALL_EDITION
from tests.data.workspaces import workspace
from tests.pipeline.site.conftest import build_undrawn

FIRST_LOAD_LIMIT = 120 * 1024
PAGE_LIMIT = 300_000


@pytest.mark.slow
def test_two_builds_of_the_same_tables_give_the_same_bytes(site, tables, tmp_path) -> None:
    again = tmp_path / "site"
    build_undrawn(tables, SMALL_EDITION, again)
    files = sorted(path.relative_to(site) for path in site.rglob("*") if path.is_file())
    assert files == sorted(path.relative_to(again) for path in again.rglob("*") if path.is_file())
    assert [path for path in files if (site / path).read_bytes() != (again / path).read_bytes()] == []


def test_both_languages_have_the_same_pages_and_point_at_each_other(site, trees) -> None:
    nb = [path for path in pages(site / "nb")]
    for path in nb:
        other = trees[path].select_one(".other-language")
        assert other is not None and other["hreflang"] == "en"
        back = trees[(path.parent / other["href"]).resolve()].select_one(".other-language")
        assert back is not None
        assert ((path.parent / other["href"]).resolve().parent / back["href"]).resolve() == path.resolve()
    assert len(nb) == len(pages(site / "en")) >= len(PAGES)


@pytest.mark.slow
def test_pages_lead_to_the_file_of_a_table_whether_it_is_compressed_or_not(site, tables, tmp_path, monkeypatch) -> None:
    def linked(site, files=re.compile(r"tables/csv/(\w+)\.csv(\.gz)?$")):
        found = [files.search(str(tag["href"])) for path in pages(site) for tag in read(path).select("a[href]")]
        return {(match[1], bool(match[2])) for match in found if match}

    named = {table for table, _ in linked(site)}
    assert linked(site) == {(table, False) for table in named} and len(named) > 50
    monkeypatch.setattr(layout, "ROWS_OF_A_SHEET", 2)
    build_undrawn(tables, SMALL_EDITION, tmp_path / "site")
    assert linked(tmp_path / "site") == {(table, tables[table].height >= 2) for table in named}


def test_the_root_is_the_norwegian_front_page(site) -> None:
    root, front = read(site / "index.html"), read(site / "nb" / "index.html")
    assert text_of(root.main) == text_of(front.main)
    assert root.html is not None and root.html["lang"] == "nb"


def test_every_link_inside_the_site_leads_to_a_file_and_a_place_in_it(site, trees) -> None:
    ids = {path: {tag["id"] for tag in tree.select("[id]")} for path, tree in trees.items()}
    broken = []
    for path, tree in trees.items():
        for tag in tree.select("[href], [src], [data-plotly]"):
            address = tag.get("href") or tag.get("src") or tag.get("data-plotly")
            if str(address).startswith(("https:", "data:")):
                continue
            place, _, anchor = str(address).partition("#")
            target = place.partition("?")[0]  # a selection or a question is read by the page
            file = (path.parent / unquote(target)).resolve() if target else path
            if not file.is_relative_to(site):
                continue  # a file beside the site; a whole edition shows that it is there
            if not file.is_file() or (anchor and unquote(anchor) not in ids[file]):
                broken.append((path.relative_to(site).as_posix(), address))
    assert broken == []


@pytest.mark.slow
def test_pages_hold_no_address_outside_the_site_but_links_to_documents(site, tables) -> None:
    known = {f"https://{address}" for address in tables["sources"]["address"].drop_nulls()}
    for path in pages(site):
        page = read(path)
        links = page.select("a[rel=external]")
        assert {str(link["href"]) for link in links} <= known
        # None of these is asked for: addresses name the language of an icon and the vocabularies of JSON-LD, and
        # the licence in the file that a reader makes of an answer.
        for link in (*links, *page.select("link[rel=icon], script[type='application/ld+json'], #explore")):
            link.decompose()
        assert re.findall(r"https?://", str(page)) == [], path


DATA_BLOCKS = ("application/json", "application/ld+json")
"""Types of script elements that a browser reads and never runs."""


def test_no_page_can_call_out_or_run_a_script_of_its_own(trees) -> None:
    for page in trees.values():
        policy = page.select_one("meta[http-equiv=Content-Security-Policy]")
        assert policy is not None
        for rule in ("default-src 'none'", "script-src 'self'", "connect-src 'none'", "form-action 'none'"):
            assert rule in str(policy["content"])
        scripts = [tag for tag in page.select("script") if tag.get("type") not in DATA_BLOCKS]
        assert {(tag.get("src") is not None, tag.has_attr("defer"), tag.get("type")) for tag in scripts} == {
            (True, True, None)
        }
        assert page.find_all(lambda tag: any(name.startswith("on") for name in tag.attrs)) == []


def test_plotly_is_set_to_upload_nothing(site) -> None:
    config = read(site / "nb" / "portefolje" / "index.html").select_one("#plotly-config")
    assert config is not None and json.loads(config.get_text())["showSendToCloud"] is False
    assert not any("cloud.plotly" in path.read_text(encoding="utf-8") for path in pages(site))


def test_what_a_page_asks_for_first_is_light(site, trees) -> None:
    shared = [site / "assets" / name for name in (bundle.STYLE, bundle.SCRIPT, "inter-latin.woff2")]
    shared_weight = sum(len(gzip.compress(file.read_bytes())) for file in shared)
    for path in pages(site):
        content = path.read_bytes()
        assert len(content) < PAGE_LIMIT
        assert shared_weight + len(gzip.compress(content)) <= FIRST_LOAD_LIMIT, path
        asked_for = trees[path].select("script[src], link[rel=stylesheet]")
        assert len(asked_for) + 2 <= 8  # and the page and its font


def test_every_package_that_is_shipped_brings_its_licence(site) -> None:
    found = {path.name: path.read_text(encoding="utf-8") for path in (site / "assets" / "licences").iterdir()}
    assert set(found) == {
        "digdir-designsystemet-css.txt",
        "fontsource-variable-inter.txt",
        "gevinst.txt",
        "minisearch.txt",
        "plotly.js-cartesian-dist-min.txt",
        "sql.js.txt",
    }
    assert "SIL OPEN FONT LICENSE" in found["fontsource-variable-inter.txt"].upper()


def test_missing_front_end_packages_stop_the_build_and_name_the_make_target(tables, monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(front_end, "PACKAGES", tmp_path / "nowhere")
    with pytest.raises(FrontendMissing, match="make frontend"):
        build_undrawn(tables, SMALL_EDITION, tmp_path / "site")


def test_a_site_is_never_written_over_another(make, tables, tmp_path) -> None:
    (tmp_path / "kept.html").write_text("kept")
    with pytest.raises(FileExistsError):
        build_site(tables, SMALL_EDITION, tmp_path, cache_dir=tmp_path / "cache", progress=print)
    assert [path.name for path in tmp_path.iterdir()] == ["kept.html"]


def test_a_table_that_was_not_handed_over_is_named(tables, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(build, "render_svgs", lambda figures, cache_dir, progress: list(figures))
    incomplete = {name: frame for name, frame in tables.items() if name != "disagreements"}
    with pytest.raises(KeyError, match="disagreements"):
        build_site(incomplete, SMALL_EDITION, tmp_path / "site", cache_dir=tmp_path, progress=print)


@pytest.mark.slow
def test_the_report_tells_what_the_owner_has_not_set(tables, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("GEVINST_WORKSPACE", str(workspace(tmp_path)))
    monkeypatch.setattr(build, "render_svgs", lambda figures, cache_dir, progress: list(figures))
    texts: list[str] = []
    report = build_site(tables, SMALL_EDITION, tmp_path / "site", cache_dir=tmp_path, progress=texts.append)
    assert ["responsible_body" in notice for notice in report.notices].count(True) == 1
    assert set(report.notices) <= set(texts)
    assert len(report.pages) == len(pages(tmp_path / "site"))
    footer = read(tmp_path / "site" / "index.html").footer
    assert text_of(footer).count("ikke oppgitt") == 3
    assert footer is not None and all(link["href"] for link in footer.select("a"))


@pytest.mark.slow
def test_the_footer_names_who_answers_when_the_owner_has_set_it(tables, tmp_path, monkeypatch) -> None:
    owner = '[owner]\nresponsible_body = "Eieren"\ncontact = "https://eieren.example/feil"\n'
    host = '[site]\nbase_url = "https://eieren.example/utgaver"\n'
    (tmp_path / "gevinst.toml").write_text(host, encoding="utf-8")
    monkeypatch.setenv("GEVINST_WORKSPACE", str(workspace(tmp_path, owner)))
    monkeypatch.setattr(build, "render_svgs", lambda figures, cache_dir, progress: list(figures))
    report = build_site(tables, SMALL_EDITION, tmp_path / "site", cache_dir=tmp_path, progress=print)
    assert len(report.notices) == 1
    footer = read(tmp_path / "site" / "index.html").footer
    assert "Eieren" in text_of(footer)
    assert footer is not None and footer.select("a[href='https://eieren.example/feil']")


@pytest.mark.slow
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
        ("/../datapackage.json", "/nb/metode/index.html", "../../../datapackage.json"),
        ("/../tables/csv/projects.csv", "/index.html", "../tables/csv/projects.csv"),
    ],
)
def test_addresses_are_written_as_seen_from_the_page(target, page, expected) -> None:
    assert relative(target, page) == expected


def test_an_edition_is_never_in_a_state_that_nobody_knows() -> None:
    with pytest.raises(ValueError, match="draft"):
        replace(SMALL_EDITION, state="draft")
