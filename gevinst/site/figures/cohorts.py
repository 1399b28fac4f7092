"""Newest status by cohort: how many projects of each year stand where.

Belongs here: this one figure. Does not belong here: the rule for status (`gevinst.method.status`).
"""

from __future__ import annotations

from typing import Any

import polars as pl

from gevinst.site.figures import style
from gevinst.site.figures.model import Cell, Figure, LegendEntry, Row
from gevinst.site.figures.statuses import Status, statuses
from gevinst.site.sentences import cohorts_heading
from gevinst.site.texts import Catalogue

FIGURE_ID = "cohorts"
_ROW_HEIGHT = 54
_RIGHT = 8

Counts = dict[int, dict[str, int]]
"""Number of projects by cohort and newest status; only what occurs."""


def status_by_cohort(status: pl.DataFrame, codelists: pl.DataFrame, catalogue: Catalogue, *, source: str) -> Figure:
    """Counts of newest status per cohort of all rows of `project_status` in one edition year, oldest cohort first.

    Fields run from the furthest step to projects never assessed, in the same order in every bar.
    """
    counts = _counts(status)
    known = statuses(codelists, catalogue.labels(codelists, "status"))
    present = [entry for entry in known.values() if any(entry.code in cohort for cohort in counts.values())]
    heading = cohorts_heading(status, catalogue)
    return Figure(
        figure_id=FIGURE_ID,
        heading=heading,
        caption=catalogue.t("cohorts.caption", n=status.height),
        alt=_alt(counts, present, heading, catalogue),
        spec=style.as_json(_traces(counts, present, catalogue), _layout(counts, catalogue)),
        legend=tuple(LegendEntry(entry.mark, entry.sign, entry.label) for entry in present),
        source=source,
        columns=(catalogue.t("common.cohort"), *(entry.label for entry in present), catalogue.t("cohorts.total")),
        rows=tuple(_table_row(year, cohort, present, catalogue) for year, cohort in counts.items()),
    )


def _counts(status: pl.DataFrame) -> Counts:
    grouped = status.group_by("cohort_year", "current_status_code").agg(n=pl.len()).sort("cohort_year")
    counts: Counts = {}
    for year, code, n in grouped.iter_rows():
        counts.setdefault(year, {})[code] = n
    return counts


def _traces(counts: Counts, present: list[Status], catalogue: Catalogue) -> list[dict[str, Any]]:
    room = style.WIDTH - _left(counts, catalogue) - _RIGHT
    unit = room / max((sum(cohort.values()) for cohort in counts.values()), default=1)
    return [_trace(counts, entry, unit, catalogue) for entry in present]


def _trace(counts: Counts, entry: Status, unit: float, catalogue: Catalogue) -> dict[str, Any]:
    """The fields of one status; `unit` is the width of one project in pixels."""
    cohorts = [(year, cohort[entry.code]) for year, cohort in counts.items() if entry.code in cohort]
    return {
        "type": "bar",
        "orientation": "h",
        "y": [str(year) for year, _ in cohorts],
        "x": [n for _, n in cohorts],
        "marker": {
            "color": entry.fill,
            "line": {"color": style.LINE if entry.step == 0 else style.PAPER, "width": 1.5},
        },
        "text": [_field(entry, n, n * unit, catalogue) for _, n in cohorts],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"color": entry.ink, "size": 13},
        "hovertext": [
            catalogue.t("cohorts.hover", n=n, cohort_year=year, status=style.plain(entry.in_text))
            for year, n in cohorts
        ],
        "hoverinfo": "text",
    }


def _field(entry: Status, count: int, width: float, catalogue: Catalogue) -> str:
    """The number in a field, and below it the status in as many words as there is room for."""
    number = f"<b>{catalogue.number.integer(count)}</b>"
    short = entry.sign if entry.step is None else catalogue.t("cohorts.step", step=entry.step)
    for text in (entry.in_text, short):
        if style.label_width([text], size=13) <= width:
            return f"{number}<br>{style.plain(text)}"
    return number


def _sizes(counts: Counts, catalogue: Catalogue) -> dict[int, str]:
    return {year: catalogue.t("cohorts.projects", n=sum(cohort.values())) for year, cohort in counts.items()}


def _left(counts: Counts, catalogue: Catalogue) -> int:
    return style.label_width([f"{year} {size}" for year, size in _sizes(counts, catalogue).items()])


def _layout(counts: Counts, catalogue: Catalogue) -> dict[str, Any]:
    years = [str(year) for year in counts]
    sizes = _sizes(counts, catalogue)
    return {
        **style.layout(16 + _ROW_HEIGHT * len(years), left=_left(counts, catalogue), right=_RIGHT, top=8, bottom=8),
        "xaxis": style.axis(showticklabels=False),
        "yaxis": style.axis(
            type="category",
            categoryorder="array",
            categoryarray=years,
            tickvals=years,
            ticktext=[f"{year} {style.muted(size)}" for year, size in sizes.items()],
            range=[len(years) - 0.5, -0.5],
            ticklabelstandoff=6,
        ),
        "barmode": "stack",
        "bargap": 0.14,
    }


def _alt(counts: Counts, present: list[Status], heading: str, catalogue: Catalogue) -> str:
    told = [
        catalogue.t(
            "cohorts.cohort_counts",
            cohort_year=year,
            counts=catalogue.join(
                [f"{entry.in_text} {cohort[entry.code]}" for entry in present if entry.code in cohort]
            ),
        )
        for year, cohort in counts.items()
    ]
    return catalogue.t("cohorts.alt", heading=heading, counts="; ".join(told))


def _table_row(year: int, cohort: dict[str, int], present: list[Status], catalogue: Catalogue) -> Row:
    numbers = [cohort.get(entry.code, 0) for entry in present]
    cells = (Cell(catalogue.number.integer(n), is_number=True) for n in (*numbers, sum(numbers)))
    return Row(str(year), (Cell(str(year)), *cells))
