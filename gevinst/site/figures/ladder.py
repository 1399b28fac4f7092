"""The ladder: how far each project has come, from its first known status to its newest.

Belongs here: this one figure. Does not belong here: the rule for status (`gevinst.method.status`) and the finding in
the heading (`gevinst.site.sentences.outcomes`).
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import polars as pl

from gevinst.addresses import bare, no_figure
from gevinst.contracts.vocabulary import AWARDED, CONTINUED, NEVER_ASSESSED, STOPPED
from gevinst.language.numbers import MISSING
from gevinst.language.phrases import age
from gevinst.language.texts import Catalogue
from gevinst.site.figures import style
from gevinst.site.figures.model import Cell, Figure, LegendEntry, Row
from gevinst.site.figures.statuses import Status, statuses
from gevinst.site.headlines import Headlines
from gevinst.site.sentences.outcomes import ladder_heading

FIGURE_ID = "ladder"
ROW_HEIGHT = 28
_TOP, _BOTTOM = 66, 12
_PHONE_ROW_HEIGHT = 42
"""On a phone the name is above the marks of its row."""
_UNPLACED = -1
"""Where projects are placed of which nothing is known beyond the award: a column of its own, left of step 0."""
_IN_USE = 5
"""The first step of the ladder at which a solution is in use."""

Project = dict[str, Any]
Statuses = dict[str, Status]


def ladder(
    status: pl.DataFrame,
    figures: Headlines,
    projects: pl.DataFrame,
    codelists: pl.DataFrame,
    catalogue: Catalogue,
    *,
    source: str,
    stale_after_months: int,
) -> Figure:
    """The ladder of all rows of `project_status` in one edition year, furthest first.

    A mark is open where the statement is old, and the year of the statement is beside every mark. `figures` are the
    headline figures of that year, `projects` gives names, `codelists` the words for each step, `source` the line below
    the figure.
    """
    known = statuses(codelists, catalogue.labels(codelists, "status"))
    rows = _ordered(status, projects, catalogue, known)
    heading = ladder_heading(figures, catalogue)
    return Figure(
        figure_id=FIGURE_ID,
        heading=heading,
        caption=catalogue.t(
            "ladder.caption", n=figures["projects"].value, **({"years": _years(status, catalogue)} if rows else {})
        ),
        alt=_alt(rows, heading, known, catalogue),
        spec=style.as_json(_traces(rows, known), _layout(rows, known)),
        phone_spec=style.as_json([*_traces(rows, known), _names_above(rows, known)], _phone_layout(rows, known)),
        legend=_legend(rows, known, catalogue, stale_after_months),
        source=source,
        columns=(
            catalogue.t("common.project"),
            catalogue.t("common.cohort"),
            catalogue.t("ladder.column_first"),
            catalogue.t("ladder.column_newest"),
            catalogue.t("ladder.column_date"),
            catalogue.t("ladder.column_note"),
        ),
        rows=tuple(_table_row(row, known, catalogue) for row in rows),
        row_height=ROW_HEIGHT,
        cut_height=ROW_HEIGHT,
        rows_top=_TOP,
        phone_row_height=_PHONE_ROW_HEIGHT,
    )


def _ordered(status: pl.DataFrame, projects: pl.DataFrame, catalogue: Catalogue, known: Statuses) -> list[Project]:
    """Projects from the furthest to the least known: the ladder, continued, stopped, never assessed."""
    named = catalogue.texts(projects, "project_id", "short_name")
    rows = [
        {**row, "name": named[row["project_id"]], **_place(row), **_hover(row, known, catalogue)}
        for row in status.iter_rows(named=True)
    ]
    groups = ("step", "continued", "stopped", "awarded", "not-assessed")
    # The name before the id, so that equals are in alphabetical order for readers; the id makes the order complete.
    return sorted(
        rows,
        key=lambda row: (
            *(groups.index(row["kind"]), -row["x"]),
            *(row["cohort_year"], bare(row["name"]), row["project_id"]),
        ),
    )


def _place(row: Project) -> dict[str, Any]:
    """What kind of mark a project gets, and where on the ladder."""
    kinds = {CONTINUED: "continued", STOPPED: "stopped", AWARDED: "awarded", NEVER_ASSESSED: "not-assessed"}
    step = row["current_step"]
    return {
        "kind": kinds.get(row["current_status_code"], "step"),
        "x": _UNPLACED if step is None or row["current_status_code"] in (AWARDED, NEVER_ASSESSED) else step,
        # An award does not grow old: it stays true that nothing has been heard since.
        "is_old": row["is_stale"] and row["current_status_code"] not in (AWARDED, NEVER_ASSESSED),
    }


def _hover(row: Project, known: Statuses, catalogue: Catalogue) -> dict[str, str]:
    """What shows when a reader points at the first and at the newest mark; the table says the same."""
    first, newest = row["first_status_code"], known[row["current_status_code"]].label
    day = catalogue.number.date(row["status_on"], row["status_precision"])
    return {
        "first_hover": "" if first is None else catalogue.t("ladder.hover_first", status=known[first].label),
        "newest_hover": catalogue.t("ladder.hover_newest", status=newest, day=day),
    }


def _traces(rows: list[Project], known: Statuses) -> list[dict[str, Any]]:
    moved = [row for row in rows if row["first_step"] is not None and row["x"] not in (row["first_step"], _UNPLACED)]
    line = {
        "type": "scatter",
        "mode": "lines",
        "x": [x for row in moved for x in (row["first_step"], row["x"], None)],
        # Three points for each: both ends, and the gap (None) that keeps Plotly from joining one line to the next.
        "y": [row["project_id"] for row in moved for _ in range(3)],
        "line": {"color": style.LINE, "width": 2.5},
        "hoverinfo": "skip",
    }
    first = _points(moved, "first_hover", [row["first_step"] for row in moved])
    first["mode"] = "markers"
    first["marker"] = {"size": 13, "color": style.PAPER, "line": {"color": style.MUTED, "width": 2}}
    steps = [row for row in rows if row["kind"] == "step"]
    groups = [
        ("circle", style.UNDER_WAY, style.PAPER, [row for row in steps if row["x"] == 0]),
        ("circle", style.STEPS[4], style.PAPER, [row for row in steps if 0 < row["x"] < _IN_USE]),
        ("circle", style.STEPS[6], style.PAPER, [row for row in steps if row["x"] >= _IN_USE]),
    ]
    for code, symbol in (
        ("viderefort", "diamond"),
        ("stanset", "square"),
        ("tildelt", "circle"),
        ("ikke_vurdert", "circle"),
    ):
        chosen = [row for row in rows if row["current_status_code"] == code]
        groups.append((symbol, known[code].fill, known[code].ink, chosen))
    drawn = [
        _marks(part, symbol, fill, ink, known, is_old=is_old)
        for symbol, fill, ink, chosen in groups
        for is_old in (False, True)
        if (part := [row for row in chosen if row["is_old"] == is_old])
    ]
    # Later traces cover earlier ones: the newest mark must never be hidden.
    return [line, first, *drawn, _years_beside([row for row in rows if row["x"] != _UNPLACED])]


def _years_beside(rows: list[Project]) -> dict[str, Any]:
    """The year of the newest statement, to the right of each mark: a status is true of a time."""
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [row["x"] for row in rows],
        "y": [row["project_id"] for row in rows],
        # Unseen markers of the marks' size keep the text clear of them.
        "marker": {"size": 22, "opacity": 0},
        "text": [str(row["status_on"].year) if row["status_on"] else "" for row in rows],
        "textfont": {"color": style.MUTED, "size": 12},
        "textposition": "middle right",
        "hoverinfo": "skip",
    }


def _points(rows: list[Project], hover: str, x: list[int]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "x": x,
        "y": [row["project_id"] for row in rows],
        "hovertext": [f"{style.plain(row['name'])}<br>{style.plain(row[hover])}" for row in rows],
        "hoverinfo": "text",
    }


def _marks(rows: list[Project], symbol: str, fill: str, ink: str, known: Statuses, *, is_old: bool) -> dict[str, Any]:
    """Newest marks of one kind, each with the sign of its status inside; only an outline where they are old."""
    signs = [known[row["current_status_code"]].sign for row in rows]
    return {
        **_points(rows, "newest_hover", [row["x"] for row in rows]),
        "mode": "markers+text",
        # A diamond of equal size looks larger than a circle or a square; signs need larger letters than digits.
        "marker": {
            "size": 21 if symbol == "diamond" else 22,
            "symbol": symbol,
            "color": style.PAPER if is_old else fill,
            "opacity": 1,
            "line": {"color": style.outline(fill), "width": 2.5 if is_old else 0},
        },
        "text": signs,
        "textfont": {"color": style.INK if is_old else ink, "size": 13 if signs[0].isdigit() else 16, "weight": 700},
        "textposition": "middle center",
    }


def _layout(rows: list[Project], known: Statuses) -> dict[str, Any]:
    ids = [row["project_id"] for row in rows]
    names = [f"{style.plain(row['name'])} {style.muted(str(row['cohort_year']))}" for row in rows]
    left = style.label_width([f"{row['name']} {row['cohort_year']}" for row in rows])
    columns = {place: _heading(entry) for place, entry in _columns(rows, known).items()}
    height = _TOP + _BOTTOM + ROW_HEIGHT * len(rows)
    return {
        **style.layout(height, left=left, right=8, top=_TOP, bottom=_BOTTOM),
        "xaxis": _scale(columns, tickfont={"size": 13}),
        "yaxis": _lanes(rows, tickvals=ids, ticktext=names, ticklabelstandoff=6),
        "shapes": [_band()],
    }


def _scale(columns: dict[int, str], **own: Any) -> dict[str, Any]:
    """The axis of the steps, on top."""
    return style.axis(
        side="top",
        range=[min(columns) - 0.5, max(columns) + 0.5],
        tickvals=list(columns),
        ticktext=list(columns.values()),
        showgrid=True,
        gridcolor=style.GRID,
        **own,
    )


def _lanes(rows: list[Project], **own: Any) -> dict[str, Any]:
    """The axis of the projects, one row for each."""
    return style.axis(
        type="category",
        categoryorder="array",
        categoryarray=[row["project_id"] for row in rows],
        range=[len(rows) - 0.5, -0.5],  # from high to low: the first row is on top
        showgrid=True,
        gridcolor=style.ROW_LINE,
        **own,
    )


def _columns(rows: list[Project], known: Statuses) -> dict[int, Status]:
    """What each column stands for: the steps, and first a column for projects without one when there are any."""
    steps = {entry.step: entry for entry in reversed(known.values()) if entry.step is not None}
    if any(row["x"] == _UNPLACED for row in rows):
        return {_UNPLACED: known[AWARDED], **steps}
    return steps


_PHONE_LEFT, _PHONE_RIGHT = 4, 26
"""To the right there is room for the year beside a mark in the last column."""


def _names_above(rows: list[Project], known: Statuses) -> dict[str, Any]:
    """The name of each project above its row of marks, as points of the row, so that they go when the row goes."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": [min(_columns(rows, known)) - 0.5] * len(rows),
        "y": [row["project_id"] for row in rows],
        # Two empty lines below lift a text that stands in the middle of its row by the height of one.
        "text": [
            f"{style.plain(row['name'])} {style.muted(str(row['cohort_year']))}<br>\u00a0<br>\u00a0" for row in rows
        ],
        "textposition": "middle right",
        "textfont": {"size": 13},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _phone_layout(rows: list[Project], known: Statuses) -> dict[str, Any]:
    """The names of the steps stand upright above their columns, which are too narrow for them."""
    entries = _columns(rows, known)
    columns = {place: f"<b>{entry.sign}</b> {style.plain(entry.label)}" for place, entry in entries.items()}
    # Below the names, the one of the first row has its place.
    top = style.label_width([f"{entry.sign} {entry.label}" for entry in entries.values()], style.PHONE_TEXT) + 20
    return {
        **style.layout(
            top + _BOTTOM + _PHONE_ROW_HEIGHT * len(rows),
            width=style.PHONE_WIDTH,
            left=_PHONE_LEFT,
            right=_PHONE_RIGHT,
            top=top,
            bottom=_BOTTOM,
        ),
        "xaxis": _scale(columns, tickfont={"size": style.PHONE_TEXT}, tickangle=-90, ticklabelstandoff=8),
        "yaxis": _lanes(rows, showticklabels=False),
        "shapes": [_band()],
    }


def _heading(entry: Status) -> str:
    return f"<b>{entry.sign}</b><br>{style.wrapped(entry.label, 12)}"


def _band() -> dict[str, Any]:
    """A light ground behind the steps that count as in use."""
    return {
        "type": "rect",
        "xref": "x",
        "yref": "paper",
        "x0": _IN_USE - 0.5,
        "x1": 6.5,
        "y0": 0,
        "y1": 1,
        "fillcolor": style.BAND,
        "line": {"width": 0},
        "layer": "below",
    }


def _legend(
    rows: list[Project], known: Statuses, catalogue: Catalogue, stale_after_months: int
) -> tuple[LegendEntry, ...]:
    """The marks that occur."""
    kinds = {row["kind"] for row in rows}
    steps = {row["x"] for row in rows if row["kind"] == "step"}
    entries = (
        (any(row["first_step"] not in (None, row["x"]) for row in rows), "first", "", "ladder.legend_first"),
        (0 in steps, "under-way", known["i_gang"].sign, "ladder.legend_under_way"),
        (any(0 < step < _IN_USE for step in steps), "newest", "3", "ladder.legend_newest"),
        (any(step >= _IN_USE for step in steps), "in-use", "5", "ladder.legend_in_use"),
        ("continued" in kinds, "continued", known["viderefort"].sign, "ladder.legend_continued"),
        ("stopped" in kinds, "stopped", known["stanset"].sign, "ladder.legend_stopped"),
        ("awarded" in kinds, "awarded", known["tildelt"].sign, "ladder.legend_awarded"),
        ("not-assessed" in kinds, "not-assessed", MISSING, "ladder.legend_not_assessed"),
    )
    shown = [LegendEntry(mark, glyph, catalogue.t(key)) for occurs, mark, glyph, key in entries if occurs]
    if any(row["is_old"] for row in rows):
        old = catalogue.t("ladder.legend_old", age=age(catalogue, stale_after_months))
        shown.append(LegendEntry("old", "4", old))
    return tuple(shown)


def _alt(rows: list[Project], heading: str, known: Statuses, catalogue: Catalogue) -> str:
    counts = Counter(row["current_status_code"] for row in rows)
    by_status = [f"{entry.in_text} {counts[entry.code]}" for entry in known.values() if counts[entry.code]]
    return catalogue.t("ladder.alt", heading=heading, counts=catalogue.join(by_status))


def _years(status: pl.DataFrame, catalogue: Catalogue) -> str:
    first, last = (status.get_column(name).cast(pl.String) for name in ("cohort_year", "edition_year"))
    return catalogue.number.span(str(first.min()), str(last.max()))


def _table_row(row: Project, known: Statuses, catalogue: Catalogue) -> Row:
    first = row["first_status_code"]
    notes = [
        catalogue.t(key)
        for flag, key in (("is_stale", "common.old_assessment"), ("is_inferred", "common.inferred"))
        if row[flag]
    ]
    unknown = Cell(MISSING, spoken=catalogue.t("symbols.missing"))
    return Row(
        row["project_id"],
        (
            Cell(row["name"]),
            Cell(str(row["cohort_year"])),
            unknown if row["first_step"] is None else Cell(f"{row['first_step']} {known[first].label}"),
            _newest_cell(row, known, catalogue),
            unknown
            if row["status_on"] is None
            else Cell(catalogue.number.date(row["status_on"], row["status_precision"], short=True)),
            Cell(", ".join(notes)),
        ),
    )


def _newest_cell(row: Project, known: Statuses, catalogue: Catalogue) -> Cell:
    status, step = known[row["current_status_code"]], row["current_step"]
    if status.step is not None:
        return Cell(f"{status.step} {status.label}", mark=status.mark)
    if row["kind"] in ("awarded", "not-assessed") or step is None:
        return Cell(status.label, mark=status.mark)
    return Cell(catalogue.t("ladder.after_step", status=status.label, step=no_figure(step, "label")), mark=status.mark)
