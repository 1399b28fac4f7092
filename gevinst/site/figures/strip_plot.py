"""The raw figure of the four drivers: every project as a mark, by level of the driver and by what came of it.

Belongs here: this one figure. Does not belong here: the drivers (`gevinst.method.drivers`) and any estimate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from gevinst.addresses import bare
from gevinst.contracts.addressing import addressed_rows
from gevinst.contracts.vocabulary import DRIVERS
from gevinst.language.numbers import MISSING
from gevinst.language.phrases import capital
from gevinst.language.texts import Catalogue
from gevinst.method.driver_levels import KNOWN, LEVELS, WHOLE
from gevinst.site.figures import style
from gevinst.site.figures.levels import OUTCOMES, Level, fine_levels, level_value, outcome
from gevinst.site.figures.model import Cell, Figure, LegendEntry, Row
from gevinst.site.figures.statuses import Status, statuses
from gevinst.site.sentences.drivers import strips_heading

FIGURE_ID = "strips"
_SCALE, _GAP = 26, 26
"""Heights of a panel's scale and of the space below it."""

Project = dict[str, Any]
Statuses = dict[str, Status]


def strip_plot(
    table: pl.DataFrame,
    projects: pl.DataFrame,
    codelists: pl.DataFrame,
    catalogue: Catalogue,
    *,
    outcomes: pl.DataFrame,
    counts: Mapping[str, Any],
    source: str,
) -> Figure:
    """All rows of `driver_table` in one edition year, in one panel per driver.

    `outcomes` are the rows of `driver_outcomes`, `counts` the row of `driver_headlines` of the same year.

    A mark carries the step or sign of its project's status. A driver that is unknown for every project has no panel
    but a line that says so. The table has one row per project.
    """
    labels = catalogue.labels(codelists, "driver")
    known = statuses(codelists, catalogue.labels(codelists, "status"))
    rows = _rows(table, projects, catalogue, known)
    heading = strips_heading(counts, catalogue)
    drawing, on_phone = (_drawn(rows, labels, catalogue, measures) for measures in (_WIDE, _PHONE))
    present = {row["current_status_code"] for row in rows}
    return Figure(
        figure_id=FIGURE_ID,
        heading=heading,
        caption=catalogue.t("strips.caption", n=counts["project_count"]),
        alt=catalogue.t(
            "strips.alt", heading=heading, counts="; ".join(_drivers_in_words(outcomes, labels, catalogue))
        ),
        spec=style.as_json(_traces(drawing, known, catalogue), _layout(drawing)),
        phone_spec=style.as_json(_traces(on_phone, known, catalogue), _layout(on_phone)),
        answers_pointing=True,
        is_marked_by_row=True,
        legend=tuple(
            LegendEntry(entry.mark, entry.sign, entry.label) for entry in known.values() if entry.code in present
        ),
        source=source,
        columns=(
            catalogue.t("common.project"),
            *(catalogue.t(f"strips.{driver}") for driver in DRIVERS),
            catalogue.t("common.status"),
            catalogue.t("strips.outcome"),
        ),
        rows=tuple(_table_row(row, known, catalogue) for row in rows),
    )


def _rows(table: pl.DataFrame, projects: pl.DataFrame, catalogue: Catalogue, known: Statuses) -> list[Project]:
    """Projects from the furthest to the least known, so that the marks of a cell are in the ladder's order."""
    named = catalogue.texts(projects, "project_id", "short_name")
    order = list(known)
    rows = [
        {**row, "name": named[row["project_id"]], "outcome": outcome(row)}
        for row in addressed_rows("driver_table", table)
    ]
    return sorted(rows, key=lambda row: (order.index(row["current_status_code"]), bare(row["name"]), row["project_id"]))


@dataclass(frozen=True, slots=True)
class _Measures:
    """Pixels: the width, what is left for the names of lanes, a mark, from one mark to the next, around them in a cell.

    `head` is the height of a panel's title and `letters` those on its line; without `left`, the name of a lane is above
    it. The axes count pixels.
    """

    width: int
    left: int
    right: int
    mark: int
    step: int
    pad: int
    head: int
    letters: int | None


_WIDE = _Measures(style.WIDTH, left=164, right=8, mark=19, step=22, pad=5, head=30, letters=None)
_PHONE = _Measures(style.PHONE_WIDTH, left=0, right=0, mark=16, step=18, pad=2, head=22, letters=46)


@dataclass(slots=True)
class _Drawing:
    """What is drawn so far, in pixels from the top left; `y` is where the next thing begins."""

    measures: _Measures
    y: float = 0
    texts: list[tuple[float, float, str]] = field(default_factory=list)
    marks: list[tuple[float, float, Project, str]] = field(default_factory=list)
    rules: list[float] = field(default_factory=list)

    def write(self, x: float, text: str, height: float) -> None:
        """A text that begins at `x` in the middle of a line of `height`, which is not passed."""
        self.texts.append((x, self.y + height / 2, text))


def _drawn(rows: list[Project], labels: dict[str, str], catalogue: Catalogue, measures: _Measures) -> _Drawing:
    """All panels; a driver that is unknown for every project gets one line of words."""
    drawing = _Drawing(measures)
    for driver in DRIVERS:
        for line in _title(capital(labels[driver]), catalogue.t(f"strips.scale_{driver}"), measures.letters):
            drawing.write(4, line, measures.head)
            drawing.y += measures.head
        if all(row[driver] is None for row in rows):
            drawing.write(4, style.plain(catalogue.t("strips.none_known")), _SCALE)
            drawing.y += _SCALE
        else:
            _panel(rows, driver, drawing, catalogue)
        drawing.y += _GAP
    drawing.y -= _GAP
    return drawing


def _title(name: str, scale: str, letters: int | None) -> list[str]:
    """The name of a driver and its scale: on one line, or with the scale below on lines of so many letters."""
    bold = f"<b>{style.plain(name)}</b>"
    if letters is None:
        return [f"{bold} {style.muted(scale)}"]
    return [bold, *(style.muted_lines(line) for line in style.wrapped(scale, letters).split("<br>"))]


def _panel(rows: list[Project], driver: str, drawing: _Drawing, catalogue: Catalogue) -> None:
    """One driver: its scale, and below it a lane per outcome, as high as its fullest cell."""
    m = drawing.measures
    levels = fine_levels(driver, catalogue)
    names = [*(level.label for level in levels), catalogue.t("levels.unknown")]
    width = (m.width - m.left - m.right) / len(names)
    per_line = int((width - 2 * m.pad) // m.step)
    lines = [style.wrapped(name, 8) if m.letters else style.plain(name) for name in names]
    scale = _SCALE + 15 * max(line.count("<br>") for line in lines)
    for place, line in enumerate(lines):
        drawing.write(m.left + place * width + m.pad, style.muted_lines(line), scale)
    drawing.y += scale
    for code in OUTCOMES:
        cells: list[list[Project]] = [[] for _ in names]
        for row in rows:
            if row["outcome"] == code:
                cells[_column(row, driver, levels)].append(row)
        drawing.rules.append(drawing.y)
        drawing.write(4, style.plain(catalogue.t(f"levels.outcome_{code}")), m.step + 2 * m.pad)
        if not m.left:
            drawing.y += m.step + 2 * m.pad
        for place, cell in enumerate(cells):
            for number, row in enumerate(cell):
                line, column = divmod(number, per_line)
                x = m.left + place * width + m.pad + (column + 0.5) * m.step
                drawing.marks.append((x, drawing.y + m.pad + (line + 0.5) * m.step, row, names[place]))
        # An empty lane keeps the height of one line, so that its name has room; -(-a // b) rounds up.
        tall = max(1 if m.left else 0, *(-(-len(cell) // per_line) for cell in cells))
        drawing.y += tall * m.step + 2 * m.pad
    drawing.rules.append(drawing.y)


def _column(row: Project, driver: str, levels: list[Level]) -> int:
    """Place of the level of a project; the last place is for the unknown."""
    value = level_value(row, driver)
    return next((place for place, level in enumerate(levels) if level.holds(value)), len(levels))


def _traces(drawing: _Drawing, known: Statuses, catalogue: Catalogue) -> list[dict[str, Any]]:
    marks = [(*mark, known[mark[2]["current_status_code"]]) for mark in drawing.marks]
    written = {
        "type": "scatter",
        "mode": "text",
        "x": [x for x, _, _ in drawing.texts],
        "y": [y for _, y, _ in drawing.texts],
        "text": [text for _, _, text in drawing.texts],
        "textposition": "middle right",
        "hoverinfo": "skip",
        "cliponaxis": False,
    }
    projects = {
        "type": "scatter",
        "mode": "markers+text",
        "x": [round(x, 1) for x, *_ in marks],
        "y": [round(y, 1) for _, y, *_ in marks],
        "marker": {
            "size": drawing.measures.mark,
            "opacity": 1,
            "color": [status.fill for *_, status in marks],
            "symbol": ["square" if status.step is None else "circle" for *_, status in marks],
            "line": {"color": style.LINE, "width": 1},
        },
        "text": [style.plain(status.sign) for *_, status in marks],
        "textfont": {"size": 12, "color": [status.ink for *_, status in marks], "weight": 600},
        "textposition": "middle center",
        "hovertext": [
            catalogue.t(
                "strips.hover", project=style.plain(row["name"]), level=level, status=style.plain(status.in_text)
            )
            for _, _, row, level, status in marks
        ],
        "hoverinfo": "text",
    }
    return [written, projects]


def _layout(drawing: _Drawing) -> dict[str, Any]:
    height, width = round(drawing.y) + 4, drawing.measures.width
    rule = {"type": "line", "xref": "x", "yref": "y", "x0": 0, "x1": width, "layer": "below"}
    return {
        **style.layout(height, left=0, right=0, top=0, bottom=0, width=width),
        "xaxis": style.axis(range=[0, width], showticklabels=False),
        "yaxis": style.axis(range=[height, 0], showticklabels=False),
        "shapes": [{**rule, "y0": y, "y1": y, "line": {"color": style.GRID, "width": 1}} for y in drawing.rules],
    }


def _drivers_in_words(outcomes: pl.DataFrame, labels: dict[str, str], catalogue: Catalogue) -> list[str]:
    """For each driver: at which levels the projects in use are, and for how many projects it is known."""
    found = {
        (row["characteristic"], row["grouping"], row["level"]): row
        for row in addressed_rows("driver_outcomes", outcomes)
    }
    sentences = []
    for driver in DRIVERS:
        at = [(level, found.get((driver, LEVELS, level.code))) for level in fine_levels(driver, catalogue)]
        counts = [
            f"{level.label}: {catalogue.number.integer(row['in_use_count'])}"
            for level, row in at
            if row and row["in_use_count"]
        ]
        values: dict[str, Any] = {"counts": catalogue.join(counts)} if counts else {}
        key = "strips.told" if counts else "strips.told_none"
        known = found.get((driver, WHOLE, KNOWN), {"project_count": 0})["project_count"]
        sentences.append(catalogue.t(key, driver=labels[driver], known=known, **values))
    return sentences


def _table_row(row: Project, known: Statuses, catalogue: Catalogue) -> Row:
    status = known[row["current_status_code"]]
    return Row(
        row["project_id"],
        (
            Cell(row["name"]),
            *(_value(row, driver, catalogue) for driver in DRIVERS),
            Cell(status.label if status.step is None else f"{status.sign} {status.label}", mark=status.mark),
            Cell(catalogue.t(f"levels.outcome_{row['outcome']}")),
        ),
    )


def _value(row: Project, driver: str, catalogue: Catalogue) -> Cell:
    """A value as the figure groups it; ratings that coders disagree on are shown as a range, not as a level."""
    value = level_value(row, driver)
    if value is not None:
        return Cell(catalogue.number.integer(value), is_number=True)
    low, high = row.get(f"{driver}_low"), row.get(f"{driver}_high")
    if low is not None and high is not None:
        return Cell(catalogue.number.span(str(low), str(high)), is_number=True)
    return Cell(MISSING, spoken=catalogue.t("symbols.missing"), is_number=True)
