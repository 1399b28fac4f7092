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

_PHONE_TOP, _PHONE_RIGHT, _PHONE_STEP = 56, 4, 13
"""Of a phone's drawing: margins, and from one mark to the next in pixels."""

Project = dict[str, Any]
Placed = tuple[float, float, Project]
"""Where the mark of a project is, on the axes."""


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
        spec=style.as_json([_marks(_placed(rows, years), catalogue)], _layout(rows, years, catalogue)),
        phone_spec=_phone_spec(rows, years, catalogue),
        answers_pointing=True,
        is_marked_by_row=True,
        legend=(),
        source=source,
        columns=tuple(
            catalogue.t(key) for key in ("common.project", "common.cohort", "partners.owners", "partners.actors")
        ),
        rows=tuple(_table_row(row, catalogue) for row in rows),
    )


def _groups(rows: list[Project], years: list[int]) -> dict[tuple[int, int], list[Project]]:
    """Projects by the place of their cohort and their number of actors; 0 where it is unknown."""
    groups: dict[tuple[int, int], list[Project]] = defaultdict(list)
    for row in rows:
        groups[years.index(row["cohort_year"]), row["actor_count"] or 0].append(row)
    return groups


def _placed(rows: list[Project], years: list[int]) -> list[Placed]:
    """Around the middle of the cohort; closer where a full group would reach the next one, whose middle is 1 away."""
    return [
        (place + (number - (len(group) - 1) / 2) * min(_SPREAD, 0.86 / len(group)), count, row)
        for (place, count), group in _groups(rows, years).items()
        for number, row in enumerate(group)
    ]


def _marks(placed: list[Placed], catalogue: Catalogue, *, size: int = 14) -> dict[str, Any]:
    is_known = [row["actor_count"] is not None for *_, row in placed]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [round(x, 3) for x, *_ in placed],
        "y": [round(y, 3) for _, y, _ in placed],
        "marker": {
            "size": size,
            "opacity": 1,
            "color": [style.STEPS[4] if known else style.PAPER for known in is_known],
            "line": {"color": style.STEPS[6], "width": 1},
        },
        "hovertext": [
            catalogue.t("partners.hover", project=style.plain(row["name"]), actors=row["actor_count"])
            for *_, row in placed
        ],
        "hoverinfo": "text",
    }


def _phone_spec(rows: list[Project], years: list[int], catalogue: Catalogue) -> str:
    """Cohorts below each other and numbers of actors side by side; the marks of a cell fill it line by line."""
    levels = _levels(rows)
    left = style.label_width([str(year) for year in years] or [""], style.PHONE_TEXT)
    column = (style.PHONE_WIDTH - left - _PHONE_RIGHT) / len(levels)
    per_line = max(1, int(column // _PHONE_STEP))
    groups = _groups(rows, years)
    lines = max((-(-len(group) // per_line) for group in groups.values()), default=1)  # rounds up
    row_height = lines * _PHONE_STEP + 14
    placed: list[Placed] = []
    for (place, count), group in groups.items():
        own_lines = -(-len(group) // per_line)
        for number, row in enumerate(group):
            line, at = divmod(number, per_line)
            across = at - (min(per_line, len(group) - line * per_line) - 1) / 2
            down = line - (own_lines - 1) / 2
            placed.append((count + across * _PHONE_STEP / column, place + down * _PHONE_STEP / row_height, row))
    words = {level: catalogue.number.integer(level) if level else catalogue.t("levels.unknown") for level in levels}
    layout = {
        **style.layout(
            _PHONE_TOP + _TOP + row_height * len(years),
            width=style.PHONE_WIDTH,
            left=left,
            right=_PHONE_RIGHT,
            top=_PHONE_TOP,
            bottom=_TOP,
        ),
        "xaxis": style.axis(
            side="top",
            range=[levels[0] - 0.5, levels[-1] + 0.5],
            tickvals=levels,
            ticktext=list(words.values()),
            showgrid=True,
            gridcolor=style.ROW_LINE,
            title={"text": style.plain(catalogue.t("partners.actors")), "font": {"size": 13}, "standoff": 8},
            tickfont={"size": style.PHONE_TEXT},
        ),
        "yaxis": style.axis(
            range=[max(len(years), 1) - 0.5, -0.5],
            tickvals=list(range(len(years))),
            ticktext=[str(year) for year in years],
            ticklabelstandoff=6,
            tickfont={"size": style.PHONE_TEXT},
        ),
        "shapes": [_rule(place - 0.5) for place in range(1, len(years))],
        "annotations": [
            {"x": levels[0] - 0.4, "xanchor": "left", "y": place, "showarrow": False, "text": _none_named(catalogue)}
            for place, year in enumerate(years)
            if not _is_named(rows, year)
        ],
    }
    return style.as_json([_marks(placed, catalogue, size=_PHONE_STEP - 2)], layout)


def _rule(y: float) -> dict[str, Any]:
    """A line between two cohorts."""
    line = {"color": style.GRID, "width": 1}
    return {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": y, "y1": y, "line": line, "layer": "below"}


def _levels(rows: list[Project]) -> list[int]:
    """Numbers of actors from the fewest to the most; 0 is the place of projects whose actors are unknown."""
    counts = [row["actor_count"] for row in rows if row["actor_count"] is not None]
    # A known project has at least one.
    return list(range(0 if len(counts) < len(rows) else 1, max(counts, default=1) + 1))


def _layout(rows: list[Project], years: list[int], catalogue: Catalogue) -> dict[str, Any]:
    levels = _levels(rows)
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
            range=[levels[0] - 0.6, levels[-1] + 0.6],
            tickvals=levels,
            ticktext=texts,
            showgrid=True,
            gridcolor=style.ROW_LINE,
            ticklabelstandoff=6,
        ),
    }


def _tick(rows: list[Project], year: int, catalogue: Catalogue) -> str:
    return str(year) if _is_named(rows, year) else f"{year}<br>{_none_named(catalogue)}"


def _is_named(rows: list[Project], year: int) -> bool:
    return any(row["cohort_year"] == year for row in rows)


def _none_named(catalogue: Catalogue) -> str:
    return style.muted(catalogue.t("partners.none_named"))


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
