"""The report: a tagged PDF that says what the pages say, drawn with the system's Chromium."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import polars as pl
import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from gevinst.layout import EditionInfo
from gevinst.settings import load_settings
from gevinst.site.blocks import Block, Cell, Column, Row, Table
from gevinst.site.build import build_site
from gevinst.site.context import SiteData, View
from gevinst.site.pages import path_of
from gevinst.site.pages.charts import charts
from gevinst.site.report import content
from gevinst.site.report.brief import brief_name
from gevinst.site.report.build import build_reports
from gevinst.site.report.content import CHAPTERS, report
from gevinst.site.report.typeset import ReportError
from tests.data.small_edition import SMALL_EDITION, small_tables
from tests.data.states import state

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def view_of(tables: dict[str, pl.DataFrame], edition: EditionInfo, language: str) -> View:
    view = View(SiteData(tables, edition), language, load_settings(), path_of)
    view.figures.update(charts(view))
    return view


def make(view: View, folder: Path, cache: Path) -> bytes:
    (path,) = build_reports([view], folder, cache_dir=cache, progress=lambda _: None)
    return path.read_bytes()


def plain(text: str) -> str:
    """Letters and digits alone: lines are broken and hyphenated elsewhere in a PDF than on a page."""
    return re.sub(r"[\W_]+", "", text)


def words_of(pdf: bytes) -> str:
    return plain("".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))


@pytest.fixture(scope="module", params=["nb", "en"])
def small(request, chromium_path, figure_cache, tmp_path_factory) -> tuple[View, bytes]:
    view = view_of(small_tables(), SMALL_EDITION, request.param)
    return view, make(view, tmp_path_factory.mktemp("report"), figure_cache)


def test_the_report_says_what_the_pages_say(small, small_site) -> None:
    view, pdf = small
    said = words_of(pdf)
    chapters = report(view).content["chapters"]
    for page, chapter in zip(CHAPTERS, chapters, strict=True):
        file = small_site / view.href(page).lstrip("/")
        soup = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
        assert plain(soup.h1.get_text()) in said
        if any(part["kind"] == "key_figures" for part in chapter["parts"]):
            for figure in soup.select(".key-figures li"):
                assert plain(figure.find().get_text()) in said
    for part in [part for chapter in chapters for part in chapter["parts"] if part["kind"] in ("figure", "table")]:
        assert plain(part["heading"]) in said


def test_the_numbers_of_a_table_are_those_of_the_page(small, small_site) -> None:
    view, _ = small
    soup = BeautifulSoup((small_site / view.href("portfolio").lstrip("/")).read_text("utf-8"), "html.parser")
    on_page = [
        [plain(cell.find(string=True) or "") for cell in row.find_all(["th", "td"])]
        for row in soup.select("#aar-for-aar tbody tr")
    ]
    part = next(
        part for chapter in report(view).content["chapters"] for part in chapter["parts"] if part.get("is_tiles")
    )
    in_report = [[plain(cell["text"]) for cell in row] for row in part["rows"]]
    assert in_report and [row[0] for row in in_report] == [row[0] for row in on_page]
    assert in_report == on_page


def test_it_is_a_tagged_pdf_with_title_language_and_a_text_for_every_picture(small) -> None:
    view, pdf = small
    reader = PdfReader(BytesIO(pdf))
    root = reader.trailer["/Root"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in reader.xmp_metadata.stream.get_data().decode()
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith(view.language)
    assert reader.metadata.title == view.t("report.title")
    figures = sum(part["kind"] == "figure" for chapter in report(view).content["chapters"] for part in chapter["parts"])
    assert pdf.count(b"/Alt") + _alts(root["/StructTreeRoot"]) >= figures > 0


def _alts(node) -> int:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return sum(map(_alts, node))
    if not isinstance(node, dict):
        return 0
    return ("/Alt" in node) + (_alts(node["/K"]) if "/K" in node else 0)


def test_invented_data_say_so_on_every_page(small) -> None:
    view, pdf = small
    banner = plain(view.t("frame.banner_illustrative_title"))
    assert all(banner in plain(page.extract_text()) for page in PdfReader(BytesIO(pdf)).pages)


def test_real_data_carry_no_such_mark(chromium_path, figure_cache, tmp_path) -> None:
    view = view_of(small_tables(), replace(SMALL_EDITION, is_illustrative=False), "nb")
    assert plain(view.t("frame.banner_illustrative_title")) not in words_of(make(view, tmp_path, figure_cache))


@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_report_of_the_real_portfolio_is_short_enough_to_read(
    chromium_path, figure_cache, tmp_path, language
) -> None:
    tables, edition = state("normal")
    view = view_of(tables, edition, language)
    pages = PdfReader(BytesIO(make(view, tmp_path, figure_cache))).pages
    assert 8 <= len(pages) <= 12


def test_what_a_long_table_leaves_out_is_counted(small) -> None:
    view, _ = small
    table = Table("t", "t", (Column("a"),), tuple(Row((Cell(str(n)),)) for n in range(30)))
    block = Block("Heading", "Caption", table, "Source", ())
    (part,) = content.block_parts(view, block)
    assert len(part["rows"]) == 25 and part["left_out_text"].startswith("5 ")


def test_the_same_edition_gives_the_same_bytes(small, figure_cache, tmp_path) -> None:
    view, pdf = small
    assert make(view, tmp_path, figure_cache) == pdf


def test_without_a_browser_the_site_is_built_and_the_missing_report_is_reported(tmp_path, monkeypatch) -> None:
    from gevinst.site.figures import render

    def no_browser(specs):
        raise render.NoBrowser("no Chromium was found")

    monkeypatch.setattr(render, "_draw", no_browser)
    texts: list[str] = []
    site = build_site(
        small_tables(), SMALL_EDITION, tmp_path / "site", cache_dir=tmp_path / "cache", progress=texts.append,
        reports=tmp_path / "report",
    )  # fmt: skip
    assert any("has no report" in notice and "BROWSER_PATH" in notice for notice in site.notices)
    made = sorted(path.name for path in (tmp_path / "report").glob("*.pdf"))
    assert made == sorted(brief_name("2026-1", language) for language in ("nb", "en")), "the briefs need no browser"
    front = (tmp_path / "site" / "nb" / "index.html").read_text(encoding="utf-8")
    assert f"../../report/{brief_name('2026-1', 'nb')}" in front
    view = view_of(small_tables(), SMALL_EDITION, "nb")
    with pytest.raises(ReportError, match="there is no Chromium to draw it"):
        build_reports([view], tmp_path / "report", cache_dir=tmp_path / "cache", progress=texts.append)
