"""The forest plot: how each driver goes together with the step that projects have reached, with intervals.

Belongs here: this one figure. Does not belong here: the estimates (`gevinst.method.drivers`) and the choice of whether
they are shown, which the mart makes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl

from gevinst.contracts.addressing import addressed_rows
from gevinst.contracts.vocabulary import DRIVERS
from gevinst.language.numbers import MISSING, Formatter
from gevinst.language.phrases import capital
from gevinst.language.texts import Catalogue
from gevinst.site.figures import style
from gevinst.site.figures.model import Cell, Figure, LegendEntry, Row
from gevinst.site.sentences.drivers import association_heading, is_clear

FIGURE_ID = "forest"
_ROW_HEIGHT = 52
_TOP, _BOTTOM, _RIGHT = 44, 62, 230
_PHONE_ROW_HEIGHT, _PHONE_TOP, _PHONE_SIDE = 64, 38, 8
_CLEAR, _OPEN = style.STEPS[5], style.MUTED

Facts = dict[str, Any]


def forest(association: pl.DataFrame, codelists: pl.DataFrame, catalogue: Catalogue, *, source: str) -> Figure | None:
    """The estimates of all rows of `driver_association` in one edition year; `None` when none of them is shown.

    A filled mark has an interval on one side of zero, an open one crosses it; the broad band is the range of the
    estimate with one project left out. The row of a driver that is not shown says why in words.
    """
    by_code = {row["driver_code"]: row for row in addressed_rows("driver_association", association)}
    names = catalogue.labels(codelists, "driver")
    labels = {driver: names[driver] for driver in DRIVERS}
    rows = [by_code[driver] for driver in DRIVERS if driver in by_code]
    shown = [row for row in rows if row["is_shown"]]
    if not shown:
        return None
    reasons = catalogue.labels(codelists, "association_reason")
    heading = association_heading(association, labels, catalogue)
    counts = [row["project_count"] for row in shown]
    estimates = "; ".join(_in_words(row, labels, catalogue) for row in shown)
    return Figure(
        figure_id=FIGURE_ID,
        heading=heading,
        caption=catalogue.t("forest.caption", count=catalogue.number.span(str(min(counts)), str(max(counts)))),
        alt=catalogue.t("forest.alt", heading=heading, estimates=estimates),
        spec=style.as_json(_traces(rows, labels, catalogue), _layout(rows, labels, reasons, catalogue)),
        phone_spec=style.as_json(_traces(rows, labels, catalogue), _phone_layout(rows, labels, reasons, catalogue)),
        legend=tuple(
            LegendEntry(mark, "", catalogue.t(f"forest.{text}"))
            for mark, text in (("clear", "clear"), ("crosses", "crosses"), ("left-out", "left_out"))
        ),
        source=source,
        columns=tuple(
            catalogue.t(f"forest.{name}")
            for name in ("driver", "estimate", "interval", "range", "projects", "in_use", "note")
        ),
        rows=tuple(_table_row(row, labels, reasons, catalogue) for row in rows),
    )


def _signed(number: Formatter) -> Callable[[float, int], str]:
    """Writes numbers with their sign, ``+0,42``; zero has none."""

    def write(value: float, places: int) -> str:
        written = number.decimal(value, places)
        return f"+{written}" if round(value, places) > 0 else written

    return write


def written_interval(write: Callable[[float, int], str], low: float | None, high: float | None) -> str | None:
    """Bounds in brackets with two decimals: ``[0,75; 0,95]``; `None` when they have no value."""
    return None if low is None or high is None else f"[{write(low, 2)}; {write(high, 2)}]"


def _place(rows: list[Facts], row: Facts) -> int:
    return len(rows) - 1 - rows.index(row)


def _traces(rows: list[Facts], labels: dict[str, str], catalogue: Catalogue) -> list[dict[str, Any]]:
    shown = [row for row in rows if row["is_shown"]]
    bands = _segments(rows, [row for row in shown if row["rho_low"] is not None], "rho_low", "rho_high")
    traces = [{**bands, "line": {"color": style.STEPS[2], "width": 15}}]
    for clear, color in ((True, _CLEAR), (False, _OPEN)):
        mine = [row for row in shown if is_clear(row) is clear]
        bounded = [row for row in mine if row["rho_interval_low"] is not None]
        lines = _segments(rows, bounded, "rho_interval_low", "rho_interval_high")
        points = {
            "type": "scatter",
            "mode": "markers",
            "x": [row["rho"] for row in mine],
            "y": [_place(rows, row) for row in mine],
            "marker": {
                "symbol": "square",
                "size": 15,
                "color": color if clear else style.PAPER,
                "opacity": 1,
                "line": {"color": color, "width": 2},
            },
            "hovertext": [style.plain(capital(_in_words(row, labels, catalogue))) for row in mine],
            "hoverinfo": "text",
        }
        traces += [{**lines, "line": {"color": color, "width": 3 if clear else 2}}, points]
    return traces


def _segments(rows: list[Facts], mine: list[Facts], low: str, high: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [x for row in mine for x in (row[low], row[high], None)],
        "y": [y for row in mine for y in (_place(rows, row), _place(rows, row), None)],
        "hoverinfo": "skip",
    }


def _layout(rows: list[Facts], labels: dict[str, str], reasons: dict[str, str], catalogue: Catalogue) -> dict[str, Any]:
    names = {row["driver_code"]: capital(labels[row["driver_code"]]) for row in rows}
    return {
        **style.layout(
            _TOP + _BOTTOM + _ROW_HEIGHT * len(rows),
            left=style.label_width(list(names.values())),
            right=_RIGHT,
            top=_TOP,
            bottom=_BOTTOM,
        ),
        "xaxis": _scale(catalogue, style.plain(catalogue.t("forest.axis"))),
        "yaxis": style.axis(
            range=[-0.5, len(rows) - 0.5],
            tickvals=[_place(rows, row) for row in rows],
            ticktext=[style.plain(name) for name in names.values()],
            ticklabelstandoff=6,
        ),
        "annotations": [*_directions(catalogue), *(_beside(rows, row, reasons, catalogue) for row in rows)],
    }


def _phone_layout(
    rows: list[Facts], labels: dict[str, str], reasons: dict[str, str], catalogue: Catalogue
) -> dict[str, Any]:
    """The name of a driver above its line to the left, the numbers above it to the right."""
    names: list[dict[str, Any]] = [
        {**_ABOVE_LINE, "y": _place(rows, row), "x": 0, "xanchor": "left", "text": style.plain(name)}
        for row in rows
        for name in [capital(labels[row["driver_code"]])]
    ]
    numbers: list[dict[str, Any]] = [
        {**_ABOVE_LINE, "y": _place(rows, row), "x": 1, "xanchor": "right", "text": _estimate(row, catalogue)}
        if row["is_shown"]
        else {**_beside(rows, row, reasons, catalogue), "text": style.muted_lines(_reason(row, reasons, catalogue, 44))}
        for row in rows
    ]
    return {
        **style.layout(
            _PHONE_TOP + _BOTTOM + _PHONE_ROW_HEIGHT * len(rows),
            width=style.PHONE_WIDTH,
            left=_PHONE_SIDE,
            right=_PHONE_SIDE,
            top=_PHONE_TOP,
            bottom=_BOTTOM,
        ),
        "xaxis": _scale(catalogue, style.wrapped(catalogue.t("forest.axis"), 44)),
        "yaxis": style.axis(range=[-0.5, len(rows) - 0.5], showticklabels=False),
        "annotations": [*_directions(catalogue), *names, *numbers],
    }


def _scale(catalogue: Catalogue, title: str) -> dict[str, Any]:
    """The axis of the estimates, from -1 to 1."""
    ticks = (-1, -0.5, 0, 0.5, 1)
    return style.axis(
        range=[-1.02, 1.02],
        tickvals=list(ticks),
        ticktext=[_signed(catalogue.number)(tick, 0 if tick == int(tick) else 1) for tick in ticks],
        showgrid=True,
        gridcolor=style.GRID,
        zeroline=True,
        zerolinecolor=style.INK,
        zerolinewidth=1.5,
        title={"text": title, "font": {"size": 13}, "standoff": 10},
    )


_BARE: Facts = {"showarrow": False, "font": {"size": 13, "color": style.INK}}
_ABOVE_LINE: Facts = {**_BARE, "xref": "paper", "yref": "y", "yanchor": "bottom", "yshift": 10, "bgcolor": style.PAPER}


def _directions(catalogue: Catalogue) -> list[dict[str, Any]]:
    """Which way is which, above the middle of the scale."""
    above = {**_BARE, "xref": "x", "yref": "paper", "x": 0, "y": 1, "yanchor": "bottom", "yshift": 8}
    return [
        {**above, "xanchor": "right", "xshift": -8, "text": "◀ " + style.plain(catalogue.t("forest.towards_lower"))},
        {**above, "xanchor": "left", "xshift": 8, "text": style.plain(catalogue.t("forest.towards_higher")) + " ▶"},
    ]


def _beside(rows: list[Facts], row: Facts, reasons: dict[str, str], catalogue: Catalogue) -> dict[str, Any]:
    """The numbers of a driver at the right, or why it has none."""
    at = {**_BARE, "yref": "y", "y": _place(rows, row)}
    if row["is_shown"]:
        return {**at, "xref": "paper", "x": 1, "xanchor": "left", "xshift": 14, "text": _estimate(row, catalogue)}
    text = style.muted_lines(_reason(row, reasons, catalogue))
    return {**at, "xref": "x", "x": 0, "text": text, "bgcolor": style.PAPER}


def _estimate(row: Facts, catalogue: Catalogue) -> str:
    interval = written_interval(_signed(catalogue.number), row["rho_interval_low"], row["rho_interval_high"])
    return f"<b>{_signed(catalogue.number)(row['rho'], 2)}</b> {interval or ''}"


def _reason(row: Facts, reasons: dict[str, str], catalogue: Catalogue, letters: int | None = None) -> str:
    """Why a driver is not shown, on lines of so many letters."""
    said = catalogue.t("forest.not_shown", reason=reasons[row["association_reason_code"]])
    return style.plain(said) if letters is None else style.wrapped(said, letters)


def _in_words(row: Facts, labels: dict[str, str], catalogue: Catalogue) -> str:
    """One estimate in words."""
    interval = written_interval(_signed(catalogue.number), row["rho_interval_low"], row["rho_interval_high"])
    return catalogue.t(
        "forest.told",
        driver=labels[row["driver_code"]],
        estimate=_signed(catalogue.number)(row["rho"], 2),
        interval=interval or catalogue.t("symbols.missing"),
    )


def _table_row(row: Facts, labels: dict[str, str], reasons: dict[str, str], catalogue: Catalogue) -> Row:
    number, write = catalogue.number, _signed(catalogue.number)
    estimate = write(row["rho"], 2) if row["is_shown"] else None
    note = reasons.get(row["association_reason_code"] or "", "")
    if row["is_shown"]:
        note = catalogue.t("forest.clear" if is_clear(row) else "forest.crosses")
    numbers = (
        estimate,
        written_interval(write, row["rho_interval_low"], row["rho_interval_high"]),
        written_interval(write, row["rho_low"], row["rho_high"]),
        number.integer(row["project_count"]),
        number.integer(row["outcome_count"]),
    )
    return Row(
        row["driver_code"],
        (Cell(capital(labels[row["driver_code"]])), *(_number(text, catalogue) for text in numbers), Cell(note)),
    )


def _number(text: str | None, catalogue: Catalogue) -> Cell:
    if text is None:
        return Cell(MISSING, spoken=catalogue.t("symbols.missing"), is_number=True)
    return Cell(text, is_number=True)
