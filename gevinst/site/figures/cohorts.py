"""Newest status by cohort: how many projects of each year have which.

Belongs here: this one figure. Does not belong here: the rule for status (`gevinst.method.status`).
"""

from __future__ import annotations

from typing import Any

import polars as pl

from gevinst.contracts.addressing import addressed_rows
from gevinst.language.phrases import age
from gevinst.language.texts import Catalogue
from gevinst.site.figures import style
from gevinst.site.figures.model import Cell, Figure, LegendEntry, Row
from gevinst.site.figures.statuses import Status, statuses
from gevinst.site.sentences.outcomes import cohorts_heading

FIGURE_ID = "cohorts"
_ROW_HEIGHT = 64
_RIGHT = 8
_LINE = 12
"""Letters on a line inside a field."""

Counts = dict[int, dict[str, tuple[int, int]]]
"""Projects by cohort and newest status, and how many of them rest on an old statement; only what occurs."""


def status_by_cohort(
    statuses_now: pl.DataFrame,
    cohorts: pl.DataFrame,
    codelists: pl.DataFrame,
    catalogue: Catalogue,
    *,
    project_count: int,
    source: str,
    stale_after_months: int,
) -> Figure:
    """Counts of newest status per cohort in one edition year, oldest cohort first.

    `statuses_now` are all rows of `cohort_statuses` of that year, and `project_count` is the n of the caption.

    `cohorts` are the rows of `cohort_counts` of that year.

    Fields run from the furthest step to projects never assessed, in the same order in every bar; the part of a field
    that rests on old statements is hatched. The table has one row per field.
    """
    counts, sizes = _counts(statuses_now)
    known = statuses(codelists, catalogue.labels(codelists, "status"))
    present = [entry for entry in known.values() if any(entry.code in cohort for cohort in counts.values())]
    heading = cohorts_heading(cohorts, catalogue)
    return Figure(
        figure_id=FIGURE_ID,
        heading=heading,
        caption=catalogue.t("cohorts.caption", n=project_count),
        alt=_alt(counts, present, heading, catalogue),
        spec=style.as_json(_traces(counts, sizes, present, catalogue), _layout(sizes, catalogue)),
        legend=_legend(counts, present, catalogue, stale_after_months),
        source=source,
        columns=(
            catalogue.t("common.cohort"),
            catalogue.t("common.status"),
            catalogue.t("cohorts.column_projects"),
            catalogue.t("cohorts.column_old"),
            catalogue.t("cohorts.total"),
        ),
        rows=tuple(
            _table_row(year, entry, cohort[entry.code], sizes[year], catalogue)
            for year, cohort in counts.items()
            for entry in present
            if entry.code in cohort
        ),
    )


def _legend(
    counts: Counts, present: list[Status], catalogue: Catalogue, stale_after_months: int
) -> tuple[LegendEntry, ...]:
    """The statuses that occur, and what hatching means where any is old."""
    shown = [LegendEntry(entry.mark, entry.sign, entry.label) for entry in present]
    old = [entry for entry in present if any(cohort.get(entry.code, (0, 0))[1] for cohort in counts.values())]
    if old:
        text = catalogue.t("common.hatched", age=age(catalogue, stale_after_months))
        shown.append(LegendEntry(old[0].mark, old[0].sign, text, is_hatched=True))
    return tuple(shown)


def _counts(cohorts: pl.DataFrame) -> tuple[Counts, dict[int, int]]:
    """Projects by cohort and status, and by cohort."""
    counts: Counts = {}
    sizes: dict[int, int] = {}
    for row in addressed_rows("cohort_statuses", cohorts.sort("cohort_year")):
        counts.setdefault(row["cohort_year"], {})[row["current_status_code"]] = (
            row["project_count"],
            row["stale_count"],
        )
        sizes[row["cohort_year"]] = row["cohort_project_count"]
    return counts, sizes


def _traces(counts: Counts, sizes: dict[int, int], present: list[Status], catalogue: Catalogue) -> list[dict[str, Any]]:
    """Of each status first what is fresh, then what is old."""
    texts = _texts(sizes, present, catalogue)
    return [
        trace
        for entry, text in texts.items()
        for is_old in (False, True)
        if (trace := _trace(counts, entry, text, catalogue, is_old=is_old)) is not None
    ]


def _trace(counts: Counts, entry: Status, text: str, catalogue: Catalogue, *, is_old: bool) -> dict[str, Any] | None:
    """The fields of one status, each with its number and `text` inside; `None` where there is no field."""
    found = [(year, *cohort[entry.code]) for year, cohort in counts.items() if entry.code in cohort]
    cohorts = [(year, n) for year, total, old in found if (n := old if is_old else total - old)]
    if not cohorts:
        return None
    marker: dict[str, Any] = {"color": entry.fill, "line": {"color": style.PAPER, "width": 2}}
    if is_old:
        marker["pattern"] = {"shape": "/", "bgcolor": entry.fill, "fgcolor": entry.stripe, "size": 9, "solidity": 0.35}
    hover = "cohorts.hover_old" if is_old else "cohorts.hover"
    return {
        "type": "bar",
        "orientation": "h",
        "y": [str(year) for year, _ in cohorts],
        "x": [n for _, n in cohorts],
        "marker": marker,
        "text": [f"<b>{catalogue.number.integer(n)}</b><br>{text}" for _, n in cohorts],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"color": entry.ink, "size": 13},
        "hovertext": [
            catalogue.t(hover, n=n, cohort_year=year, status=style.plain(entry.in_text)) for year, n in cohorts
        ],
        "hoverinfo": "text",
    }


def _texts(sizes: dict[int, int], present: list[Status], catalogue: Catalogue) -> dict[Status, str]:
    """The text below the number in the fields: names when all fit in a field of one project, else signs."""
    unit = (style.WIDTH - _left(sizes, catalogue) - _RIGHT) / _largest(sizes)
    names = {entry: style.wrapped(entry.in_text, _LINE) for entry in present}
    lines = [line for name in names.values() for line in name.split("<br>")]
    return names if style.label_width(lines, size=13) <= unit else {entry: style.plain(entry.sign) for entry in present}


def _largest(sizes: dict[int, int]) -> int:
    return max(sizes.values(), default=1)


def _written(sizes: dict[int, int], catalogue: Catalogue) -> dict[int, str]:
    return {year: catalogue.t("cohorts.projects", n=size) for year, size in sizes.items()}


def _left(sizes: dict[int, int], catalogue: Catalogue) -> int:
    return style.label_width([f"{year} {size}" for year, size in _written(sizes, catalogue).items()])


def _layout(sizes: dict[int, int], catalogue: Catalogue) -> dict[str, Any]:
    years = [str(year) for year in sizes]
    return {
        **style.layout(16 + _ROW_HEIGHT * len(years), left=_left(sizes, catalogue), right=_RIGHT, top=8, bottom=8),
        "xaxis": style.axis(showticklabels=False, range=[0, _largest(sizes)]),
        "yaxis": style.axis(
            type="category",
            categoryorder="array",
            categoryarray=years,
            tickvals=years,
            ticktext=[f"{year} {style.muted(size)}" for year, size in _written(sizes, catalogue).items()],
            range=[len(years) - 0.5, -0.5],
            ticklabelstandoff=6,
        ),
        "barmode": "stack",
        "bargap": 0.1,
    }


def _alt(counts: Counts, present: list[Status], heading: str, catalogue: Catalogue) -> str:
    by_cohort = [
        catalogue.t(
            "cohorts.cohort_counts",
            cohort_year=year,
            counts=catalogue.join(
                [_in_words(entry, *cohort[entry.code], catalogue) for entry in present if entry.code in cohort]
            ),
        )
        for year, cohort in counts.items()
    ]
    return catalogue.t("cohorts.alt", heading=heading, counts="; ".join(by_cohort))


def _in_words(entry: Status, count: int, old: int, catalogue: Catalogue) -> str:
    if not old:
        return f"{entry.in_text} {count}"
    return catalogue.t("cohorts.of_them_old", status=entry.in_text, n=count, old=old)


def _table_row(year: int, entry: Status, numbers: tuple[int, int], size: int, catalogue: Catalogue) -> Row:
    cells = (Cell(catalogue.number.integer(n), is_number=True) for n in (*numbers, size))
    return Row(f"{year}-{entry.code}", (Cell(str(year)), Cell(entry.label, mark=entry.mark), *cells))
