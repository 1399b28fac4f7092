"""The report: a tagged PDF with contents, page numbers and banners, its figures drawn with the system's Chromium."""

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import polars as pl
import pytest
from pypdf import PdfReader

from gevinst.layout import EditionInfo
from gevinst.settings import load_settings
from gevinst.site.build import build_site
from gevinst.site.context import View
from gevinst.site.pages import path_of
from gevinst.site.pages.charts import charts
from gevinst.site.report.brief import brief_name
from gevinst.site.report.build import build_reports
from gevinst.site.report.content import report
from gevinst.site.report.typeset import ReportError
from gevinst.site.rows import SiteData
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


def test_every_chapter_is_set_with_its_lead_its_headings_and_its_tables(small) -> None:
    view, pdf = small
    said = words_of(pdf)
    for chapter in report(view).content["chapters"]:
        assert plain(chapter["title"]) in said
        assert plain(chapter["lead"] or "") in said
        for part in chapter["parts"]:
            assert plain(part.get("heading") or "") in said
            if part["kind"] == "table":
                cells = [cell for group in part["groups"] for row in group["rows"] for cell in row]
                assert all(plain(cell["text"]) in said for cell in cells)


def test_the_contents_give_the_page_on_which_each_chapter_begins(small) -> None:
    view, pdf = small
    reader = PdfReader(BytesIO(pdf))
    cover = plain(reader.pages[0].extract_text())
    chapters = report(view).content["chapters"]
    begins = [
        next(
            number
            for number, page in enumerate(reader.pages, 1)
            if number > 1 and plain(f"{place} {chapter['title']}") in plain(page.extract_text())
        )
        for place, chapter in enumerate(chapters, 1)
    ]
    assert begins == sorted(begins)
    for chapter, number in zip(chapters, begins, strict=True):
        assert plain(f"{chapter['title']}{number}") in cover


def test_every_page_says_which_it_is_of_how_many_and_of_which_edition(small) -> None:
    view, pdf = small
    pages = PdfReader(BytesIO(pdf)).pages
    for number, page in enumerate(pages, 1):
        text = plain(page.extract_text())
        assert plain(view.t("report.page_of", page=str(number), pages=str(len(pages)))) in text
        assert plain(view.t("frame.edition", edition=view.edition.edition_id)) in text


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
    preliminary = plain(view.t("frame.banner_preliminary_title"))
    assert all(
        banner in plain(page.extract_text()) and preliminary in plain(page.extract_text())
        for page in PdfReader(BytesIO(pdf)).pages
    )


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
    assert 10 <= len(pages) <= 16
    # The cover and the last page may be short; a chapter that begins on a new page leaves less than half of the other.
    assert all(len(plain(page.extract_text())) > 450 for page in pages[1:-1])


def test_the_same_edition_gives_the_same_bytes(small, figure_cache, tmp_path) -> None:
    view, pdf = small
    assert make(view, tmp_path, figure_cache) == pdf


def test_without_a_browser_the_site_is_built_and_the_missing_report_is_reported(tmp_path, monkeypatch) -> None:
    from gevinst.site.figures import render

    def no_browser(specs):
        raise render.NoBrowser("no Chromium was found")

    monkeypatch.setattr(render, "draw", no_browser)
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
    with pytest.raises(ReportError, match="no Chromium drew it: there is none"):
        build_reports([view], tmp_path / "report", cache_dir=tmp_path / "cache", progress=texts.append)
