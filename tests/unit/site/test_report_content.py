"""The report has what a ministry asks for, in a fixed order, in words for paper, and numbers of the marts alone."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib.resources import files
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from gevinst.addresses import LANGUAGE_MARKS, addresses_in, bare
from gevinst.contracts.vocabulary import CheckOutcome, Severity
from gevinst.language.numbers import unformatted
from gevinst.settings import SiteAddress, SiteOwner, load_settings
from gevinst.site.context import View
from gevinst.site.figures import style
from gevinst.site.pages import path_of
from gevinst.site.pages.brief.page import content as brief
from gevinst.site.pages.charts import charts
from gevinst.site.report import parts, tables
from gevinst.site.report.chapters import chapters
from gevinst.site.report.content import report
from gevinst.site.report.figures import WIDTH, for_paper
from gevinst.site.report.typeset import typeset
from gevinst.site.rows import SiteData
from gevinst.site.sentences import reading
from tests.data.rendered import REAL, invented_tables, real_tables
from tests.data.small_edition import SMALL_EDITION, small_tables
from tests.data.states import STATES, state
from tests.data.waiting import without_english

ORDER = ["brief", "scheme", "projects", "benefits", "drivers", "follow_up", "coverage", "method", "where"]
SCREEN_WORDS = {
    "nb": r"klikk|trykk|filtrer|velg |nullstill|last ned|nedenfor kan|sorter|hold over",
    "en": r"click|press|filter|choose|select |reset|download|hover|sort by",
}
_PAPER_WIDTH_PT = 174 / 25.4 * 72
EDITIONS = {"real": (real_tables, REAL), "invented": (invented_tables, SMALL_EDITION)}


def view_of(name: str, language: str, *, is_marking: bool = False) -> View:
    tables_of, edition = EDITIONS[name]
    made = View(SiteData(tables_of(), edition), language, load_settings(), path_of, is_marking=is_marking)
    made.figures.update(charts(made))
    return made


_CASES = [
    pytest.param((name, language), marks=[] if (name, language) == ("real", "nb") else pytest.mark.slow)
    for name in EDITIONS
    for language in ("nb", "en")
]


@pytest.fixture(scope="module", params=_CASES)
def view(request: pytest.FixtureRequest) -> View:
    return view_of(*request.param)


@pytest.fixture(scope="module")
def said(view: View) -> dict[str, Any]:
    return report(view).content


def chapter(said: Mapping[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in said["chapters"] if one["name"] == name)


def part_with(said: Mapping[str, Any], name: str, heading: str) -> dict[str, Any]:
    return next(part for part in chapter(said, name)["parts"] if part.get("heading") == heading)


def test_the_chapters_stand_in_the_order_of_the_report_and_drivers_only_where_something_is_estimated(
    view: View, said
) -> None:
    wanted = [name for name in ORDER if name != "drivers" or "forest" in view.figures]
    assert [one["name"] for one in said["chapters"]] == wanted
    assert ("drivers" in wanted) is view.edition.is_illustrative


def test_the_first_chapter_says_what_the_brief_says(view: View, said) -> None:
    texts = set(_all_texts(chapter(said, "brief")))
    wanted = brief(view)
    for text in (*(part.text for part in wanted["parts"]), *wanted["named"], *wanted["asked"], wanted["weakest"]):
        assert bare(text) in texts


def test_nothing_on_paper_tells_what_to_do_on_a_screen(view: View, said) -> None:
    words = re.compile(SCREEN_WORDS[view.language], re.IGNORECASE)
    names = {project[f"short_name_{view.language}"] for project in view.data.projects}
    found = [text for text in _all_texts(said) if words.search(text) and text not in names]
    of_sources = {view.text(row, "name") for row in view.data.now("benefit_register")}
    assert [text for text in found if text not in of_sources] == []


def test_every_project_is_listed_once_with_owner_status_and_year(view: View, said) -> None:
    (table,) = chapter(said, "projects")["parts"]
    rows = [row for group in table["groups"] for row in group["rows"] if row[0]["span"] == 1]
    assert len(rows) == len(view.data.projects)
    assert sorted(row[0]["text"] for row in rows) == sorted(
        bare(view.text(one, "short_name") or "") for one in view.data.projects
    )
    by_name = {(row[0]["text"], row[1]["text"]): row for row in rows}
    for project in view.data.projects:
        owner = view.catalogue.join(list(dict.fromkeys(project["owner_short_names"]))) or view.number.missing
        row = by_name[bare(view.text(project, "short_name") or ""), bare(owner)]
        if project["status_on"] is not None:
            assert str(project["status_on"].year) in row[2]["text"]


def test_a_status_that_is_old_is_hatched_and_one_that_is_not_is_plain(view: View, said) -> None:
    (table,) = chapter(said, "projects")["parts"]
    rows = [row for group in table["groups"] for row in group["rows"] if row[0]["span"] == 1]
    old = [
        one
        for one in view.data.projects
        if one["is_stale"] and one["current_status_code"] not in ("tildelt", "ikke_vurdert")
    ]
    assert sum(row[2]["is_hatched"] for row in rows) == len(old) > 0


def test_projects_that_no_source_names_are_counted_in_their_round(view: View, said) -> None:
    (table,) = chapter(said, "projects")["parts"]
    unnamed = [row for group in table["groups"] for row in group["rows"] if row[0]["span"] > 1]
    wanted = [row for row in view.data.now("round_overview") if (row["unnamed_count"] or 0) > 0]
    assert len(unnamed) == len(wanted) > 0


def test_rounds_and_totals_are_those_of_the_marts(view: View, said) -> None:
    table = next(part for part in chapter(said, "scheme")["parts"] if part["kind"] == "table")
    rows = {row[0]["text"]: row for row in table["groups"][0]["rows"]}
    for row in view.data.now("round_overview"):
        shown = rows[bare(view.text(view.data.round_by_id[row["round_id"]], "name") or "")]
        for place, name in ((2, "applicant_count"), (3, "selected_count"), (4, "unnamed_count")):
            assert shown[place]["text"] == bare(view.number.integer(row[name]))
    counts = view.data.now("scheme_headlines")[0]
    assert [table["total"][place]["text"] for place in (2, 3)] == [
        bare(view.number.integer(counts[name])) for name in ("applicant_count", "selected_count")
    ]


def test_how_far_benefits_have_come_adds_up_to_all_of_them(view: View, said) -> None:
    counts = view.data.now("register_counts")[0]
    table = next(part for part in chapter(said, "benefits")["parts"] if part["kind"] == "table")
    shown = [int(unformatted(row[1]["text"], view.language)) for row in table["groups"][0]["rows"]]
    assert sum(shown) == counts["benefit_count"]


def test_benefits_that_are_told_of_have_who_says_so_and_a_sign_and_the_surest_come_first(view: View, said) -> None:
    counts = view.data.now("register_counts")[0]
    table = part_with(said, "benefits", bare(view.t("report.told", n=counts["told_count"])))
    rows = table["groups"][0]["rows"]
    assert len(rows) == min(counts["told_count"], tables.MOST_BENEFITS)
    assert (table["left_out"] is None) is (len(rows) == counts["told_count"])
    marks = [row[2]["mark"] for row in rows]
    assert marks == sorted(marks, reverse=True) and all(row[2]["glyph"] and row[3]["text"] for row in rows)


def test_amounts_stand_only_in_an_edition_that_has_any(view: View, said) -> None:
    headings = [part.get("heading") or "" for part in chapter(said, "benefits")["parts"]]
    priced = view.data.now("benefit_headlines")[0]["priced_project_count"]
    assert any(re.search("nåverdi|present value", heading) for heading in headings) is (priced > 0)


def test_the_first_ten_are_named_with_owner_and_question(view: View, said) -> None:
    (table,) = chapter(said, "follow_up")["parts"]
    rows = table["groups"][0]["rows"]
    assert [row[0]["text"] for row in rows] == [str(place) for place in range(1, tables.MOST_ASKED + 1)]
    assert all(row[2]["text"] and row[4]["text"].endswith("?") for row in rows)


def test_a_legend_has_what_is_marked_and_nothing_else(view: View, said) -> None:
    palette, template = style.palette(), files("gevinst.site.report").joinpath("report.typ").read_text("utf-8")
    legends = 0
    for part in (part for one in said["chapters"] for part in one["parts"] if part.get("legend")):
        legends += 1
        for entry in part["legend"]:
            assert entry["mark"] in palette or f"{entry['mark']}:" in template or entry["mark"] == "silent"
            if part["kind"] == "table" and not entry["is_hatched"]:
                assert any(
                    entry["mark"] == cell["mark"] for group in part["groups"] for row in group["rows"] for cell in row
                )
    assert legends >= 2


@pytest.mark.slow
def test_a_level_of_evidence_that_no_bar_has_is_not_in_the_legend_of_the_figure() -> None:
    view = view_of("real", "nb")
    figure = next(part for part in chapter(report(view).content, "benefits")["parts"] if part["kind"] == "figure")
    assert "Dokumentert" not in {entry["text"] for entry in figure["legend"]}
    assert "Oppgitt" in {entry["text"] for entry in figure["legend"]}


@pytest.mark.slow
def test_letters_of_a_figure_are_eight_points_or_more_on_paper(view: View) -> None:
    points = _PAPER_WIDTH_PT / WIDTH
    for figure in report(view).figures.values():
        spec = json.loads(for_paper(figure).spec)
        assert spec["layout"]["width"] == WIDTH
        assert min(_font_sizes(spec)) * points >= 8, figure.figure_id


def _font_sizes(value: Any, name: str = "") -> list[float]:
    """The sizes of all fonts in a figure, axes and annotations among them."""
    if isinstance(value, Mapping):
        own = [value["size"]] if name.endswith("font") and "size" in value else []
        return own + [size for key, inner in value.items() for size in _font_sizes(inner, key)]
    return [size for one in value for size in _font_sizes(one, name)] if isinstance(value, list) else []


def test_a_bar_too_narrow_for_its_words_and_one_with_a_sign_have_the_number_alone() -> None:
    bar = {"orientation": "h", "textposition": "inside", "textfont": {"size": 13}}
    trace = {**bar, "x": [1, 40, 20], "text": ["<b>1</b> dokumentert", "<b>40</b> dokumentert", "<b>20</b> ◕"]}
    layout = {"width": 1040, "height": 200, "margin": {"l": 200, "r": 10}, "xaxis": {"range": [0, 41]}}
    spec = json.dumps({"data": [trace], "layout": layout})
    figure = replace(view_of("real", "nb").figures["kategorier"], spec=spec)
    (drawn,) = json.loads(for_paper(figure).spec)["data"]
    assert drawn["text"] == ["<b>1</b>", "<b>40</b> dokumentert", "<b>20</b>"]


@pytest.mark.slow
def test_checks_that_did_not_pass_are_told_in_words() -> None:
    view = view_of("real", "nb")
    row = {
        "check_id": "one", "table_name": "projects", "description_nb": "Hvert prosjekt har en eier.",
        "description_en": "Every project has an owner.", "check_outcome_code": CheckOutcome.FAILED.value,
        "severity_code": Severity.WARNING.value, "checked_count": 42, "unexpected_count": 3,
        "unexpected_keys": "a, b, c",
    }  # fmt: skip
    view.data._rows["quality_checks"] = [row]
    texts = list(_all_texts(chapter(report(view).content, "coverage")))
    assert any(text.startswith("Hvert prosjekt har en eier. 3 av 42 avviker") for text in texts)


@pytest.mark.slow
def test_the_cover_says_who_publishes_or_that_nobody_is_named_and_every_page_carries_the_banner(view: View) -> None:
    named = View(view.data, view.language, replace(view.settings, owner=SiteOwner("Digdir", "a@example.no")), path_of)
    named.figures.update(view.figures)
    alone, owned = report(view).content, report(named).content
    assert view.t("report.no_publisher") in [text for _, text in alone["facts"]]
    assert view.t("frame.banner_preliminary_title") in alone["banner"]
    assert "Digdir" in [text for _, text in owned["facts"]]
    illustrative = view.t("frame.banner_illustrative_title") if view.edition.is_illustrative else None
    assert owned["banner"] == illustrative


@pytest.mark.slow
def test_it_tells_where_the_pages_are(view: View, said) -> None:
    def addresses(content: Mapping[str, Any]) -> list[str]:
        (part,) = chapter(content, "where")["parts"]
        return [one["text"] for one in part["items"]]

    assert all(one.startswith(f"site/{view.language}/") for one in addresses(said))
    online = View(view.data, view.language, replace(view.settings, site=SiteAddress("https://example.org/g")), path_of)
    online.figures.update(view.figures)
    assert all(one.startswith("https://example.org/g/2026-1/site/") for one in addresses(report(online).content))


@pytest.mark.slow
@pytest.mark.parametrize("language", ["nb", "en"])
def test_each_number_leaves_its_address_in_the_list_of_its_chapter(language: str) -> None:
    made = report(view_of("real", language, is_marking=True)).content
    found = {one["heading"]: one["addresses"] for one in made["origins"]}
    assert "scheme_headlines.awarded_amount" in found[chapter(made, "scheme")["title"]]
    assert "register_counts.told_count" in found[chapter(made, "benefits")["title"]]
    assert "round_overview.applicant_count" in found[chapter(made, "scheme")["title"]]


def test_what_a_long_table_leaves_out_is_counted_and_an_empty_column_is_left_out() -> None:
    from gevinst.site.blocks import Block, Cell, Column, Row, Table

    view = view_of("real", "nb")
    rows = tuple(Row((Cell(str(n)), Cell(""))) for n in range(parts.MOST_ROWS + 5))
    block = Block("Heading", "Caption", Table("t", "t", (Column("a"), Column("b")), rows), "Source", ())
    part = parts.of_block(view, block)
    assert len(part["groups"][0]["rows"]) == parts.MOST_ROWS and part["left_out"].startswith("Fem ")
    assert [column["heading"] for column in part["columns"]] == ["a"]


def test_what_a_page_draws_as_bars_is_words_on_the_left_on_paper_and_a_column_has_room_for_its_words() -> None:
    from gevinst.site.blocks import Bar, Block, Cell, Column, Row, Table

    scale = Cell("++ middels positiv", value=2, is_number=True, bars=(Bar(100, "plus", "++"),))
    share = Cell("50 %", value=50, is_number=True, bars=(Bar(50, "evidence-2"), Bar(50, "scale")))
    rows = (Row((scale, share, Cell("et ord til " * 20))),)
    columns = (Column("Verdi", is_number=True), Column("Realisert", is_number=True), Column("Om"))
    part = parts.of_block(view_of("real", "nb"), Block("H", "C", Table("t", "t", columns, rows), "S", ()))
    assert [column["is_number"] for column in part["columns"]] == [False, True, False]
    assert [cell["is_number"] for cell in part["groups"][0]["rows"][0]] == [False, True, False]
    assert part["columns"][1]["width"] > len("Realisert")


@pytest.mark.slow
def test_coverage_says_once_how_much_was_read(view: View, said) -> None:
    read = reading.read_whole(view.data.headlines, view.catalogue)
    assert sum(text.count(read) for text in _all_texts(chapter(said, "coverage"))) == 1


def test_a_text_that_waits_keeps_its_language_in_the_report_where_it_is_no_bookmark() -> None:
    waiting = without_english(small_tables())
    view = View(SiteData(waiting, SMALL_EDITION), "en", load_settings(), path_of, is_marking=True)
    view.figures.update(charts(view))
    found = _texts(report(view).content)
    marked = {name for name, texts in found.items() if any(set(text) & set(LANGUAGE_MARKS) for text in texts)}
    assert {"text"} <= marked
    assert not marked & {"title", "heading", "alt"}
    assert all("None" not in text.split() for texts in found.values() for text in texts)


@pytest.mark.parametrize("previous", [None, "2025-1"])
def test_what_is_new_is_told_where_an_edition_was_published_before(previous: str | None) -> None:
    edition = replace(SMALL_EDITION, previous_edition_id=previous)
    view = View(SiteData(small_tables(), edition), "nb", load_settings(), path_of)
    view.figures.update(charts(view))
    headings = [part.get("heading") for part in chapter(report(view).content, "brief")["parts"]]
    assert (view.t("page_overview.changes") in headings) is (previous is not None)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("name", EDITIONS)
def test_no_number_on_paper_was_made_on_the_way(name: str, language: str) -> None:
    view = view_of(name, language, is_marking=True)
    texts = list(_all_texts([{"lead": one.lead or "", "parts": one.parts} for one in chapters(view)]))
    numbers = [(number, address) for text in texts for number, address in addresses_in(text)]
    assert len(numbers) > 100
    assert [number for number, address in numbers if address is None] == []


@pytest.mark.slow
@pytest.mark.parametrize("name", STATES)
def test_an_edition_in_any_state_can_be_set_even_one_without_a_project(name: str) -> None:
    of_state, edition = state(name)
    view = View(SiteData(of_state, edition), "nb", load_settings(), path_of)
    view.figures.update(charts(view))
    made = report(view)
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="720" height="300"/>'
    pdf = typeset("report.typ", made.content, edition.as_of_on, dict.fromkeys(made.figures, drawing))
    assert len(PdfReader(BytesIO(pdf)).pages) >= 4
    assert not [part for one in made.content["chapters"] for part in one["parts"] if part.get("groups") == []]


def _all_texts(value: Any) -> Iterator[str]:
    return (text for texts in _texts({"all": value}).values() for text in texts)


def _texts(value: Any, name: str = "") -> dict[str, list[str]]:
    """Every text of the report's content by the name of its value."""
    found: dict[str, list[str]] = defaultdict(list)
    inside = value.items() if isinstance(value, Mapping) else [(name, one) for one in value]
    for key, one in inside:
        if isinstance(one, str):
            found[key].append(one)
        elif isinstance(one, Mapping | list | tuple):
            for inner, texts in _texts(one, key).items():
                found[inner] += texts
    return found
