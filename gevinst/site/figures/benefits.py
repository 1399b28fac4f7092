"""Benefits by category: in how many projects each kind is expected, reported, measured or documented.

Belongs here: this one figure. Does not belong here: which claim is in force (`gevinst.method.gains`) and the finding in
the heading (`gevinst.site.sentences.benefits`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from gevinst.addresses import addressed
from gevinst.contracts.addressing import addressed_rows
from gevinst.contracts.vocabulary import EVIDENCE
from gevinst.language.texts import Catalogue
from gevinst.site.figures import style
from gevinst.site.figures.model import Cell, Figure, LegendEntry, Row
from gevinst.site.sentences.benefits import categories_heading

FIGURE_ID = "kategorier"
_ROW_HEIGHT = 40
_RIGHT = 8
_PHONE_SIDE = 2
_PHONE_BAR, _PHONE_LETTERS, _PHONE_LINE_HEIGHT = 30, 44, 17
"""Of a phone's drawing: the height of a bar, and letters on a line of the label above it and its height."""
_SUREST_FIRST = tuple(reversed(EVIDENCE))
_COUNTS = dict(
    zip(
        EVIDENCE,
        (
            "expected_project_count",
            "reported_project_count",
            "measured_by_participant_project_count",
            "documented_project_count",
        ),
        strict=True,
    )
)
_PART = 13
"""Pixels of the letters inside a part of a bar."""


@dataclass(frozen=True, slots=True)
class Category:
    """One bar: the category, where in the chain of results it is, and its projects by surest evidence and in all."""

    code: str
    label: str
    nature: str
    counts: dict[str, int]
    total: int


def benefits_by_category(
    categories: pl.DataFrame, codelists: pl.DataFrame, catalogue: Catalogue, *, source: str, project_count: int
) -> Figure:
    """Projects per category, along the chain of results: all rows of `benefit_by_category` in one edition year.

    Each project counts once in a category, by its surest claim in force. General potentials are left out.
    `project_count` is the number of projects that were coded for benefits, those without any included: of others
    nothing can be said.
    """
    labels = catalogue.labels(codelists, "benefit_category")
    levels = catalogue.labels(codelists, "evidence")
    rows = list(addressed_rows("benefit_by_category", categories))
    bars = _categories(rows, labels, catalogue.labels(codelists, "gain_nature"))
    heading = categories_heading(rows, labels, catalogue)
    return Figure(
        figure_id=FIGURE_ID,
        heading=heading,
        caption=catalogue.t("benefits_figure.caption", n=project_count),
        alt=_alt(bars, heading, levels, catalogue),
        spec=style.as_json(_traces(bars, levels, catalogue, style.WIDTH - _left(bars) - _RIGHT), _layout(bars)),
        phone_spec=style.as_json(
            _traces(bars, levels, catalogue, style.PHONE_WIDTH - 2 * _PHONE_SIDE), _phone_layout(bars)
        ),
        legend=tuple(
            LegendEntry(f"evidence-{EVIDENCE.index(level) + 1}", style.EVIDENCE_SIGNS[level], levels[level])
            for level in _SUREST_FIRST
        ),
        source=source,
        columns=(
            catalogue.t("benefits_figure.category"),
            catalogue.t("benefits_figure.nature"),
            *(levels[level] for level in _SUREST_FIRST),
            catalogue.t("benefits_figure.total"),
        ),
        rows=tuple(_table_row(bar, catalogue) for bar in bars),
    )


def _categories(rows: list[dict[str, Any]], labels: dict[str, str], natures: dict[str, str]) -> list[Category]:
    found = {
        row["benefit_category_code"]: Category(
            row["benefit_category_code"],
            labels[row["benefit_category_code"]],
            natures[row["gain_nature_code"]],
            {level: row[name] for level, name in _COUNTS.items() if row[name]},
            row["project_count"],
        )
        for row in rows
        if row["is_gain"] and row["project_count"]
    }
    return [found[code] for code in labels if code in found]


def _traces(bars: list[Category], levels: dict[str, str], catalogue: Catalogue, room: int) -> list[dict[str, Any]]:
    return [_trace(bars, level, levels[level], catalogue, room) for level in _SUREST_FIRST]


def _trace(bars: list[Category], level: str, label: str, catalogue: Catalogue, room: int) -> dict[str, Any]:
    """The parts of one level of evidence, each with its number, and its name where there is room for it.

    `room` is the length of the longest bar.
    """
    mine = [(bar, bar.counts[level]) for bar in bars if level in bar.counts]
    return {
        "type": "bar",
        "orientation": "h",
        "y": [bar.code for bar, _ in mine],
        "x": [n for _, n in mine],
        "marker": {"color": style.EVIDENCE[level], "line": {"color": style.PAPER, "width": 2}},
        "text": [_inside(n * room / _largest(bars), n, level, label, catalogue) for _, n in mine],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"color": style.EVIDENCE_INKS[level], "size": _PART},
        "hovertext": [
            catalogue.t("benefits_figure.hover", n=n, category=style.plain(bar.label), level=label.lower())
            for bar, n in mine
        ],
        "hoverinfo": "text",
    }


def _inside(room: float, n: int, level: str, label: str, catalogue: Catalogue) -> str:
    """The number with the word, with the sign, or alone, by the room that the part has."""
    number = catalogue.number.integer(n)
    # What does not fit is left out: Plotly would cut it or turn it upright.
    for beside in (label.lower(), style.EVIDENCE_SIGNS[level]):
        if style.label_width([f"{number} {beside}"], _PART) <= room:
            return f"<b>{number}</b> {beside}"
    return f"<b>{number}</b>"


def _largest(bars: list[Category]) -> int:
    return max((bar.total for bar in bars), default=1)


def _left(bars: list[Category]) -> int:
    return style.label_width([f"{bar.label} {bar.nature}" for bar in bars])


def _layout(bars: list[Category]) -> dict[str, Any]:
    return {
        **style.layout(16 + _ROW_HEIGHT * len(bars), left=_left(bars), right=_RIGHT, top=8, bottom=8),
        **_axes(
            bars,
            tickvals=[bar.code for bar in bars],
            ticktext=[f"{style.plain(bar.label)} {style.muted(bar.nature)}" for bar in bars],
            ticklabelstandoff=6,
        ),
        "bargap": 0.16,
    }


def _phone_layout(bars: list[Category]) -> dict[str, Any]:
    """Labels above their bars; one that does not fit on a line has what it is a link of on the next."""
    labels = [
        f"{style.wrapped(bar.label, _PHONE_LETTERS)}"
        f"{' ' if len(f'{bar.label} {bar.nature}') <= _PHONE_LETTERS else '<br>'}{style.muted(bar.nature)}"
        for bar in bars
    ]
    lines = max((label.count("<br>") + 1 for label in labels), default=1)
    row = _PHONE_BAR + 12 + lines * _PHONE_LINE_HEIGHT
    # Bars are in the middle of their rows, and a label reaches into the row before: the first has none.
    top = lines * _PHONE_LINE_HEIGHT // 2 + 4
    above = {"xref": "x", "x": 0, "xanchor": "left", "yref": "y", "yanchor": "bottom", "showarrow": False}
    return {
        **style.layout(
            top + row * len(bars), width=style.PHONE_WIDTH, left=_PHONE_SIDE, right=_PHONE_SIDE, top=top, bottom=0
        ),
        **_axes(bars, showticklabels=False),
        "bargap": 1 - _PHONE_BAR / row,
        "annotations": [
            {**above, "y": place, "yshift": _PHONE_BAR // 2, "text": label, "align": "left"}
            for place, label in enumerate(labels)
        ],
    }


def _axes(bars: list[Category], **own: Any) -> dict[str, Any]:
    codes = [bar.code for bar in bars]
    return {
        "xaxis": style.axis(showticklabels=False, range=[0, _largest(bars)]),
        "yaxis": style.axis(
            type="category", categoryorder="array", categoryarray=codes, range=[len(codes) - 0.5, -0.5], **own
        ),
        "barmode": "stack",
    }


def _alt(bars: list[Category], heading: str, levels: dict[str, str], catalogue: Catalogue) -> str:
    counts = [
        catalogue.t(
            "benefits_figure.category_counts",
            category=bar.label,
            counts=catalogue.join(
                [f"{levels[level].lower()} {bar.counts[level]}" for level in _SUREST_FIRST if level in bar.counts]
            ),
        )
        for bar in bars
    ]
    return catalogue.t("benefits_figure.alt", heading=heading, counts="; ".join(counts))


def _table_row(bar: Category, catalogue: Catalogue) -> Row:
    nothing = addressed(0, f"benefit_by_category.{bar.code}")  # no project has it as its surest
    numbers = [bar.counts.get(level, nothing) for level in _SUREST_FIRST]
    cells = (Cell(catalogue.number.integer(n), is_number=True) for n in (*numbers, bar.total))
    return Row(bar.code, (Cell(bar.label), Cell(bar.nature), *cells))
