"""Figures: what is where, in words, marks and table, and drawings that are the same every time."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gevinst.contracts import contract
from gevinst.site.figures import PLOTLY_CONFIG, Figure, ladder, render_svgs, style
from gevinst.site.figures.render import tidy
from gevinst.workspace import scheme
from tests.data.marts import figures as counted
from tests.data.small_edition import frame
from tests.data.status_figures import (
    CODES,
    EN,
    NB,
    PORTFOLIO,
    SOURCE,
    every_figure,
    names,
    spec,
    status,
    the_ladder,
    the_rounds,
)

SCHEME = scheme().name.nb


def marks(figure: Figure) -> dict[str, tuple[float, str, str]]:
    """Place, sign and shape of the newest mark by project."""
    return {
        key: (x, sign, trace["marker"]["symbol"])
        for trace in spec(figure)["data"]
        if trace["mode"] == "markers+text" and "symbol" in trace["marker"]
        for key, x, sign in zip(trace["y"], trace["x"], trace["text"], strict=True)
    }


def test_the_ladder_shows_each_newest_status_with_its_own_sign_and_shape() -> None:
    assert marks(the_ladder(*PORTFOLIO)) == {
        "a-sprer": (6, "6", "circle"),
        "b-bruker": (5, "5", "circle"),
        "d-eldre": (3, "3", "circle"),
        "c-yngre": (3, "3", "circle"),
        "e-venter": (0, "0", "circle"),
        "f-videre": (4, "→", "diamond"),
        "g-stanset": (2, "×", "square"),
        "h-ukjent": (-1, "..", "circle"),
    }


def test_the_ladder_runs_from_the_furthest_and_oldest_to_the_least_known() -> None:
    figure = the_ladder(*reversed(PORTFOLIO))
    ids = [row[0] for row in PORTFOLIO]
    assert [row.key for row in figure.rows] == spec(figure)["layout"]["yaxis"]["categoryarray"] == ids


def test_a_line_and_an_open_circle_show_where_a_project_began_only_when_it_has_moved() -> None:
    line, first = spec(the_ladder(*PORTFOLIO))["data"][:2]
    moved = {"a-sprer": 0, "b-bruker": 1, "c-yngre": 0, "f-videre": 1, "g-stanset": 0}
    assert dict(zip(first["y"], first["x"], strict=True)) == moved
    assert line["x"][:3] == [0, 6, None]
    assert line["y"] == [key for key in moved for _ in range(3)]  # a gap belongs to a row too, so that rows can be kept


def test_the_column_for_unknown_is_there_only_when_something_is_unknown() -> None:
    with_unknown, without = the_ladder(*PORTFOLIO), the_ladder(*PORTFOLIO[:-1])
    assert spec(with_unknown)["layout"]["xaxis"]["tickvals"] == [-1, 0, 1, 2, 3, 4, 5, 6]
    assert spec(without)["layout"]["xaxis"]["tickvals"] == [0, 1, 2, 3, 4, 5, 6]


def test_a_project_stopped_before_any_known_step_is_in_the_column_for_unknown() -> None:
    figure = the_ladder(("a", 2018, None, "stanset", None))
    assert marks(figure) == {"a": (-1, "×", "square")}
    assert [cell.text for cell in figure.rows[0].cells] == ["A", "2018", "..", "Stanset", "..", ""]


def test_the_legend_explains_exactly_the_marks_that_occur() -> None:
    assert [entry.mark for entry in the_ladder(*PORTFOLIO).legend] == [
        "first", "under-way", "newest", "in-use", "continued", "stopped", "not-assessed"
    ]  # fmt: skip
    assert [entry.mark for entry in the_ladder(PORTFOLIO[2]).legend] == ["newest"]


def test_a_mark_is_open_where_the_statement_is_old_and_every_mark_has_its_year() -> None:
    said_in_2020 = {"status_on": date(2020, 5, 1), "status_precision": "day"}
    old, fresh = (the_ladder(PORTFOLIO[0], is_stale=flag, **said_in_2020) for flag in (True, False))
    filled = {
        name: next(trace["marker"]["color"] for trace in spec(figure)["data"] if "symbol" in trace.get("marker", {}))
        for name, figure in (("old", old), ("fresh", fresh))
    }
    assert filled["old"] == style.PAPER != filled["fresh"]
    assert [spec(figure)["data"][-1]["text"] for figure in (old, fresh)] == [["2020"], ["2020"]]
    assert [entry.text for entry in old.legend if entry.mark == "old"] == [
        "Åpent merke: opplysningen er eldre enn to år. Årstallet er året den gjelder."
    ]
    assert "old" not in {entry.mark for entry in fresh.legend}


def test_the_table_says_what_the_ladder_shows_and_what_to_be_wary_of() -> None:
    figure = the_ladder(PORTFOLIO[6], is_stale=True, is_inferred=True)
    cells = figure.rows[0].cells
    assert [cell.text for cell in cells] == [
        "G-Stanset", "2018", "0 I gang", "Stanset (etter trinn 2)", "..",
        f"gammel opplysning, kilden nevner ikke {SCHEME}; forbindelsen er vår egen slutning",
    ]  # fmt: skip
    assert (cells[3].mark, cells[4].spoken) == ("stopped", "ukjent")
    assert len(figure.columns) == len(cells)


def test_the_text_alternative_holds_the_finding_and_every_count() -> None:
    figure = the_ladder(*PORTFOLIO)
    assert figure.alt.startswith(figure.heading)
    for lines in ("spredt til andre 1", "prøvd ut 2", "stanset 1", "videreført i annen form 1", "ikke vurdert 1"):
        assert lines in figure.alt


def test_signs_in_a_name_are_shown_and_not_obeyed() -> None:
    projects = frame(contract("projects"), [{"project_id": "a", "short_name_nb": "A <b>&</b>", "short_name_en": "A"}])
    rows = status(("a", 2018, "i_gang", "provd_ut", 3))
    figure = ladder(rows, counted(project_status=rows), projects, CODES, NB, source=SOURCE, stale_after_months=24)
    assert "A &lt;b&gt;&amp;&lt;/b&gt;" in spec(figure)["layout"]["yaxis"]["ticktext"][0]
    assert figure.rows[0].cells[0].text == "A <b>&</b>"


def test_the_ladder_grows_by_the_same_height_for_each_project() -> None:
    heights = [spec(the_ladder(*PORTFOLIO[:n]))["layout"]["height"] for n in (1, 2, 8)]
    assert heights[1] - heights[0] == the_ladder(*PORTFOLIO).row_height == (heights[2] - heights[1]) / 6


def test_a_figure_of_nothing_still_has_words() -> None:
    for figure in (the_ladder(), the_rounds()):
        assert figure.rows == ()
        assert all((figure.heading, figure.caption, figure.alt))


def test_an_unknown_number_is_a_marked_gap_and_never_a_bar_of_nothing() -> None:
    figure = the_rounds({"applicant_count": None, "selected_count": 8}, {"applicant_count": 0, "selected_count": None})
    applicants, selected, gaps = spec(figure)["data"]
    assert (applicants["y"], selected["y"]) == ([0], [8])  # nobody applied is known; not knowing is not nobody
    assert gaps["text"] == ["..", ".."]
    assert gaps["x"] == [-0.18, 1.18]
    assert [(cell.text, cell.spoken) for cell in figure.rows[0].cells[1:3]] == [("..", "ukjent"), ("8", None)]
    assert "Runde 0: søkere ukjent, valgte 8" in figure.alt


def test_the_share_selected_is_shown_only_from_enough_applicants() -> None:
    figure = the_rounds(
        {"applicant_count": 4, "selected_count": 1, "acceptance_pct": 25.0},
        {"applicant_count": 5, "selected_count": 1, "acceptance_pct": 20.0},
    )
    assert [row.cells[3].text for row in figure.rows] == ["..", "20\u00a0%"]


def test_a_number_that_is_not_simply_stated_says_so() -> None:
    figure = the_rounds(
        {"applicant_count": 38, "applicant_basis_code": "derived", "has_disagreement": True},
        {"selected_count": 2, "selected_basis_code": "inferred"},
        {"applicant_count": 34, "applicant_basis_code": "stated"},
    )
    assert [row.cells[5].text for row in figure.rows] == [
        "Antall søkere er utledet; Kilder er uenige om tall for runden", "Antall valgte er antatt", ""
    ]  # fmt: skip


def test_a_number_that_no_source_gives_for_certain_is_drawn_hollow_and_says_so() -> None:
    figure = the_rounds(
        {"selected_count": 2, "selected_basis_code": "inferred"},
        {"selected_count": 7, "selected_basis_code": "derived"},
    )
    selected = spec(figure)["data"][1]
    assert [re.sub("<[^>]*>", " ", text).split() for text in selected["text"]] == [["2", "antatt"], ["7"]]
    assert selected["marker"]["color"][0] != selected["marker"]["color"][1]
    assert "valgte 2 (antatt)" in figure.alt and figure.alt.endswith("valgte 7.")


def test_english_figures_hold_no_norwegian() -> None:
    rows = status(*PORTFOLIO)
    figure = ladder(
        rows,
        counted(project_status=rows),
        names(*PORTFOLIO),
        CODES,
        EN,
        source="Source: invented.",
        stale_after_months=24,
    )
    lines = " ".join([figure.spec, figure.alt, figure.caption, *figure.columns, *(e.text for e in figure.legend)])
    assert not re.search(r"trinn|prosjekt|kjente|Nyeste|gang\b|[æøå]", lines)


@pytest.mark.parametrize("figure", every_figure(), ids=lambda figure: figure.figure_id)
def test_plotly_knows_every_property_and_no_text_is_under_twelve_pixels(figure) -> None:
    import plotly.graph_objects as go

    go.Figure(spec(figure))  # refuses properties and values that Plotly does not know
    assert "template" not in spec(figure)["layout"]
    sizes = [int(size) for size in re.findall(r'font":\{[^}]*"size":(\d+)', figure.spec)]
    assert sizes and min(sizes) >= 12


def test_plotly_is_set_never_to_send_anything_anywhere() -> None:
    assert PLOTLY_CONFIG["showSendToCloud"] is False
    assert PLOTLY_CONFIG["plotlyServerURL"] == ""


RAW = (
    '<svg class="main-svg" xmlns="http://www.w3.org/2000/svg" width="9" height="8" viewBox="0 0 9 8" style="">'
    '<defs id="defs-{hex}"><clipPath id="clip{hex}xy"><rect width="9"/></clipPath></defs><g class="empty"><g/></g>'
    '<text class="t" data-notex="1" clip-path="url(#clip{hex}xy)" style="font-family: Inter, \'Segoe UI\'; '
    'font-size: 12px;">Ærlig</text></svg>'
)  # fmt: skip


def test_a_drawing_is_tidied_to_stable_ids_and_the_pages_own_font() -> None:
    once, again = tidy(RAW.format(hex="1ed9e0"), "ladder"), tidy(RAW.format(hex="77ab01"), "ladder")
    assert once == again
    assert once == (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="8" viewBox="0 0 9 8" aria-hidden="true" '
        'focusable="false"><defs id="ladder-0"><clipPath id="ladder-1"><rect width="9" /></clipPath></defs>'
        '<text clip-path="url(#ladder-1)" style="font-size:12px">Ærlig</text></svg>'
    )


def test_a_pattern_named_in_a_style_keeps_its_drawing() -> None:
    raw = (
        '<svg xmlns="http://www.w3.org/2000/svg"><defs><pattern id="p7"><path d="M0 0"/></pattern></defs>'
        "<path style=\"fill: url('#p7');\" d='M1 1'/></svg>"
    )
    assert 'style="fill:url(#ladder-0)"' in tidy(raw, "ladder")


def test_a_drawing_keeps_what_is_seen_and_nothing_else() -> None:
    raw = (
        '<svg xmlns="http://www.w3.org/2000/svg"><g><path d="M1 1" style="opacity: 0; fill: rgb(255, 127, 14);"/></g>'
        '<path d="M2 2" style="opacity: 1; stroke-width: 2px; fill: rgb(5, 118, 183); fill-opacity: 1;"/>'
        '<path d="M3 3" style="opacity: 1;"/></svg>'
    )
    kept = tidy(raw, "ladder")
    assert "M1 1" not in kept and "<g" not in kept, "a mark that only keeps a text at a distance"
    assert '<path d="M2 2" style="stroke-width:2px;fill:#0576B7" />' in kept
    assert '<path d="M3 3" />' in kept


def test_without_a_browser_figures_have_no_picture_and_the_build_reports_it_once(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "no-chromium-here"))
    said: list[str] = []
    drawn = render_svgs(every_figure(), tmp_path, said.append)
    assert [figure.svg for figure in drawn] == [None, None]
    assert drawn == every_figure()
    (notice,) = said
    assert notice.startswith("4 of 4 drawings of figures are missing") and "BROWSER_PATH" in notice


@pytest.mark.browser
def test_a_browser_that_does_not_start_is_no_browser(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("BROWSER_PATH", "/bin/false")
    said: list[str] = []
    assert render_svgs(every_figure()[:1], tmp_path, said.append)[0].svg is None
    assert "did not start" in said[0]


@pytest.mark.slow
@pytest.mark.browser
def test_nothing_that_drawing_leaves_behind_can_keep_a_run_from_ending(
    tmp_path: Path, chromium_path: str, monkeypatch
) -> None:
    monkeypatch.setenv("BROWSER_PATH", chromium_path)
    started: list[threading.Thread] = []
    start = threading.Thread.start

    def noted(thread: threading.Thread) -> None:
        started.append(thread)
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", noted)
    figures = render_svgs(every_figure(), tmp_path, lambda said: None)
    assert figures[0].svg is not None
    assert len(started) > 1, "the browser's log is read in a thread"
    assert [thread.name for thread in started if not thread.daemon] == []


@pytest.mark.browser
@pytest.mark.slow
def test_figures_are_drawn_alike_twice_and_kept(tmp_path: Path, chromium_path: str, monkeypatch) -> None:
    monkeypatch.setenv("BROWSER_PATH", chromium_path)
    said: list[str] = []
    figures = every_figure()
    first = render_svgs(figures, tmp_path / "a", said.append)
    second = render_svgs(figures, tmp_path / "b", said.append)
    assert first == second
    pictures = [picture for figure in first for picture in (figure.svg, figure.phone_svg)]
    for picture in pictures:
        assert picture is not None and picture.startswith("<svg ") and 'aria-hidden="true"' in picture
        assert "font-family" not in picture and "http" not in picture.replace("http://www.w3.org/2000/svg", "")
    assert [re.findall(r'width="(\d+)"', picture or "")[0] for picture in pictures] == ["1040", "350"] * len(first)
    ids = [name for picture in pictures for name in re.findall(r'id="([^"]+)"', picture or "")]
    assert len(ids) == len(set(ids)), "both drawings of a figure are on one page"
    assert "B-Bruker" in (first[0].svg or "")

    # The second time nothing is drawn, not even where there is no browser; a changed figure is.
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "no-chromium-here"))
    changed = replace(figures[0], spec=figures[0].spec.replace("B-Bruker", "B-Endret"))
    kept = render_svgs([changed, *figures[1:]], tmp_path / "a", said.append)
    assert (kept[0].svg, kept[0].phone_svg) == (None, first[0].phone_svg)
    assert kept[1:] == first[1:]
    assert len(said) == 3 and said[2].startswith("1 of 4")
