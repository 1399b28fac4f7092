"""How many organisations take part in each project, cohort by cohort: every project a mark.

Belongs here: this one figure. Does not belong here: who counts as an actor (`gevinst.method.drivers`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from gevinst.addresses import bare
from gevinst.contracts.addressing import addressed_rows
from gevinst.language.numbers import MISSING
from gevinst.language.texts import Catalogue
from gevinst.site.figures import style
from gevinst.site.figures.model import Cell, Figure, Row
from gevinst.site.sentences.scheme import partners_heading

FIGURE_ID = "partners"
_ROW_HEIGHT = 34
_TOP, _BOTTOM = 12, 44
_SPREAD = 0.13
"""From one mark to the next, as a share of the width of a cohort: the marks of a typical cohort just do not touch."""

Project = dict[str, Any]


def partners(
    table: pl.DataFrame,
    projects: pl.DataFrame,
    status: pl.DataFrame,
    catalogue: Catalogue,
    *,
    actors: pl.DataFrame,
    counts: Mapping[str, Any],
    source: str,
    cohorts: Sequence[int],
) -> Figure:
    """All rows of `driver_table` in one edition year; `status` gives each project's cohort, `cohorts` all there are.

    `actors` are the rows of `cohort_actors`, `counts` the row of `scheme_headlines` of the same year.

    Projects of a cohort with equally many actors are side by side. One whose actors are unknown is in a row of
    its own at the bottom, never at zero, and a cohort none of whose projects is named keeps its empty place.
    """
    of_cohort = status.select("project_id", "cohort_year")
    named = catalogue.texts(projects, "project_id", "short_name")
    known = addressed_rows("driver_table", table.join(of_cohort, on="project_id"))
    rows = [{**row, "name": named[row["project_id"]]} for row in known]
    rows.sort(key=lambda row: (row["cohort_year"], -(row["actor_count"] or 0), bare(row["name"]), row["project_id"]))
    years = sorted({*cohorts, *(row["cohort_year"] for row in rows)})
    heading = partners_heading(counts, catalogue)
    return Figure(
        figure_id=FIGURE_ID,
        heading=heading,
        caption=catalogue.t("partners.caption", n=counts["project_count"]),
        alt=catalogue.t(
            "partners.alt", heading=heading, cohorts="; ".join(_cohorts_in_words(actors, years, catalogue))
        ),
        spec=style.as_json([_marks(rows, years, catalogue)], _layout(rows, years, catalogue)),
        legend=(),
        source=source,
        columns=tuple(
            catalogue.t(key) for key in ("common.project", "common.cohort", "partners.owners", "partners.actors")
        ),
        rows=tuple(_table_row(row, catalogue) for row in rows),
    )


def _marks(rows: list[Project], years: list[int], catalogue: Catalogue) -> dict[str, Any]:
    groups: dict[tuple[int, int], list[Project]] = defaultdict(list)
    for row in rows:
        groups[years.index(row["cohort_year"]), row["actor_count"] or 0].append(row)
    # Around the middle of the cohort; closer where a full group would reach the next cohort, whose middle is 1 away.
    placed = [
        (place + (number - (len(group) - 1) / 2) * min(_SPREAD, 0.86 / len(group)), count, row)
        for (place, count), group in groups.items()
        for number, row in enumerate(group)
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [round(x, 3) for x, *_ in placed],
        "y": [count for _, count, _ in placed],
        "marker": {
            "size": 14,
            "opacity": 1,
            "color": [style.STEPS[4] if count else style.PAPER for _, count, _ in placed],
            "line": {"color": style.STEPS[6], "width": 1},
        },
        "hovertext": [
            catalogue.t("partners.hover", project=style.plain(row["name"]), actors=row["actor_count"])
            for *_, row in placed
        ],
        "hoverinfo": "text",
    }


def _layout(rows: list[Project], years: list[int], catalogue: Catalogue) -> dict[str, Any]:
    counts = [row["actor_count"] for row in rows if row["actor_count"] is not None]
    # Row 0 is that of projects whose actors are unknown; a known project has at least one.
    lowest = 0 if len(counts) < len(rows) else 1
    levels = list(range(lowest, max(counts, default=1) + 1))
    texts = [catalogue.t("partners.tick", n=level) if level else catalogue.t("levels.unknown") for level in levels]
    return {
        **style.layout(
            _TOP + _BOTTOM + _ROW_HEIGHT * len(levels),
            left=style.label_width(texts),
            right=8,
            top=_TOP,
            bottom=_BOTTOM,
        ),
        "xaxis": style.axis(
            range=[-0.5, max(len(years), 1) - 0.5],
            tickvals=list(range(len(years))),
            ticktext=[_tick(rows, year, catalogue) for year in years],
            ticklabelstandoff=6,
            showline=True,
            linecolor=style.LINE,
        ),
        "yaxis": style.axis(
            range=[lowest - 0.6, levels[-1] + 0.6],
            tickvals=levels,
            ticktext=texts,
            showgrid=True,
            gridcolor=style.ROW_LINE,
            ticklabelstandoff=6,
        ),
    }


def _tick(rows: list[Project], year: int, catalogue: Catalogue) -> str:
    if any(row["cohort_year"] == year for row in rows):
        return str(year)
    return f"{year}<br>{style.muted(catalogue.t('partners.none_named'))}"


def _cohorts_in_words(actors: pl.DataFrame, years: list[int], catalogue: Catalogue) -> list[str]:
    """For each cohort: how many projects, and from how few to how many actors."""
    by_year = {row["cohort_year"]: row for row in addressed_rows("cohort_actors", actors)}
    sentences = []
    for year in years:
        row = by_year.get(year, {})
        fewest, most = row.get("fewest_actor_count"), row.get("most_actor_count")
        span = catalogue.t("symbols.missing") if fewest is None else catalogue.number.span(str(fewest), str(most))
        sentences.append(catalogue.t("partners.told", n=row.get("project_count", 0), cohort_year=year, span=span))
    return sentences


def _table_row(row: Project, catalogue: Catalogue) -> Row:
    return Row(
        row["project_id"],
        (
            Cell(row["name"]),
            Cell(str(row["cohort_year"])),
            *(
                Cell(MISSING, spoken=catalogue.t("symbols.missing"), is_number=True)
                if row[name] is None
                else Cell(catalogue.number.integer(row[name]), is_number=True)
                for name in ("owner_count", "actor_count")
            ),
        ),
    )
