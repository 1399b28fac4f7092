"""Planned beside realised: for each measured indicator a range from baseline to target, and the newest value on it.

Belongs here: this one figure. Does not belong here: the plan in force and the measurements
(`gevinst.method.realisation`), and the table of every measurement (the page of each project).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from gevinst.addresses import no_figure
from gevinst.contracts.vocabulary import DOCUMENTED, MEASURED_BY_PARTICIPANT, PARTICIPANTS, SHARE
from gevinst.language.phrases import capital
from gevinst.language.texts import Catalogue
from gevinst.site.figures import style
from gevinst.site.figures.model import Cell, Figure, LegendEntry, Row
from gevinst.site.sentences.measures import as_stated, unit_words

FIGURE_ID = "planned-realised"
MOST_DRAWN = 20
"""More indicators than this are no longer read as a figure, nor printed on one sheet; the register has them all."""
_ROW_HEIGHT, _PHONE_LINE = 46, 17
_TOP = 8
_LEFT_LETTERS, _PHONE_LETTERS = 44, 46
_SIDE = 12
"""Room for half a mark at both ends of a scale."""
_BY_PARTICIPANT, _BY_OTHERS = MEASURED_BY_PARTICIPANT, DOCUMENTED
"""The marks of a measurement by whose it is: the levels of evidence that it can give its benefit."""

Indicator = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One indicator with the places of its values on its own scale, from 0 to 1, and the words around it."""

    key: str
    project: str
    indicator: str
    unit: str
    numbers: str
    told: str
    baseline: float | None
    target: float | None
    measured: float
    is_by_participant: bool
    row: Indicator


def planned_realised(
    indicators: Sequence[Indicator],
    counts: Mapping[str, Any],
    projects: pl.DataFrame,
    codelists: pl.DataFrame,
    catalogue: Catalogue,
    *,
    source: str,
) -> Figure | None:
    """The measured indicators among rows of `planned_realised` in one edition year, each by its newest measurement.

    Every row has a scale of its own, from nothing to the largest of its three numbers and of shares to 100, so that
    lengths are true within a row and say nothing between rows. Of very many the newest measured are drawn. Those with a
    target come first. `counts` is the row of `benefit_headlines`. Without a measurement there is no figure.
    """
    newest = sorted((row for row in indicators if row["is_newest"]), key=_newest_first)
    if not newest:
        return None
    names = catalogue.texts(projects, "project_id", "short_name")
    units = catalogue.labels(codelists, "measurement_unit")
    outcomes = catalogue.labels(codelists, "measurement_outcome")
    stated_by = catalogue.labels(codelists, "stated_by")
    rows = [
        _drawn(row, names[row["project_id"]], units, outcomes, stated_by, catalogue)
        for row in sorted(newest[:MOST_DRAWN], key=_as_planned_first)
    ]
    heading = catalogue.t("planned_realised.heading", n=counts["target_count"], reached=counts["reached_count"])
    if counts["target_count"] == 0:
        heading = catalogue.t("planned_realised.heading_no_target", n=counts["measurement_count"])
    return Figure(
        figure_id=FIGURE_ID,
        heading=heading,
        caption=_caption(counts, len(newest) > MOST_DRAWN, catalogue),
        alt=catalogue.t("planned_realised.alt", heading=heading, counts="; ".join(row.told for row in rows)),
        spec=style.as_json(_traces(rows), _layout(rows)),
        phone_spec=style.as_json(_traces(rows), _phone_layout(rows)),
        legend=_legend(rows, catalogue),
        source=source,
        columns=tuple(
            catalogue.t(f"planned_realised.{name}")
            for name in ("project", "indicator", "unit", "baseline", "target", "measured", "outcome", "by")
        ),
        rows=tuple(_table_row(row, outcomes, stated_by, catalogue) for row in rows),
        cut_height=_row_height(rows),
        rows_top=_TOP,
    )


def _newest_first(row: Indicator) -> tuple[bool, int, str]:
    day = row["measured_on"]
    return day is None, -day.toordinal() if day else 0, row["benefit_plan_id"]


def _as_planned_first(row: Indicator) -> tuple[bool, float, str]:
    rate = row["realisation_rate"]
    return rate is None, -(rate or 0.0), row["benefit_plan_id"]


def _drawn(
    row: Indicator,
    project: str,
    units: Mapping[str, str],
    outcomes: Mapping[str, str],
    stated_by: Mapping[str, str],
    catalogue: Catalogue,
) -> Drawn:
    values = {name: row[f"{name}_value"] for name in ("baseline", "target", "measured")}
    low, high = _scale(row, [value for value in values.values() if value is not None])
    placed = {name: None if value is None else (value - low) / (high - low) for name, value in values.items()}
    indicator = catalogue.text(row, "indicator") or ""
    unit = unit_words(row, units[row["unit_code"]], catalogue)
    numbers = _numbers(row, catalogue)
    outcome = outcomes.get(row["measurement_outcome_code"] or "")
    said_by = stated_by[row["stated_by_code"]]
    told = catalogue.t("planned_realised.told", project=project, indicator=indicator, numbers=numbers, unit=unit)
    return Drawn(
        row["benefit_plan_id"],
        project,
        f"{indicator} ({unit})",
        unit,
        numbers,
        catalogue.t("planned_realised.told_by", told=told, who=said_by)
        if outcome is None
        else catalogue.t("planned_realised.told_outcome", told=told, who=said_by, outcome=outcome),
        placed["baseline"],
        placed["target"],
        placed["measured"] or 0.0,
        row["stated_by_code"] in PARTICIPANTS,
        row,
    )


def _scale(row: Indicator, values: Iterable[float]) -> tuple[float, float]:
    """From nothing to the largest number, of shares to 100; a number below nothing moves the start."""
    values = list(values)
    low, high = min(0.0, *values), max(values)
    if row["unit_kind_code"] == SHARE:
        high = max(high, 100.0)
    return low, high if high > low else low + 1


def _numbers(row: Indicator, catalogue: Catalogue) -> str:
    """What was, is to be and is, as one line; what is not known is said."""
    stated = {name: row[f"{name}_value"] for name in ("baseline", "target", "measured")}
    known: dict[str, Any] = {name: as_stated(value, catalogue) for name, value in stated.items() if value is not None}
    key = {
        (True, True): "numbers",
        (True, False): "numbers_no_target",
        (False, True): "numbers_no_baseline",
        (False, False): "numbers_alone",
    }["baseline" in known, "target" in known]
    return catalogue.t(f"planned_realised.{key}", **known)


def _caption(counts: Mapping[str, Any], is_cut: bool, catalogue: Catalogue) -> str:
    parts = [catalogue.t("planned_realised.caption", n=counts["measurement_count"])]
    if is_cut:
        parts.append(catalogue.t("planned_realised.cut", n=no_figure(MOST_DRAWN, "limit")))
    if counts["unmeasured_plan_count"]:
        parts.append(catalogue.t("planned_realised.not_measured", n=counts["unmeasured_plan_count"]))
    return " ".join(parts)


def _traces(rows: list[Drawn]) -> list[dict[str, Any]]:
    return [_lines(rows), _ranges(rows), _baselines(rows), _targets(rows), *_values(rows)]


def _lines(rows: list[Drawn]) -> dict[str, Any]:
    """The scale of each row, from nothing to its end."""
    return _segments([(row.key, 0.0, 1.0) for row in rows], style.GRID, 2)


def _ranges(rows: list[Drawn]) -> dict[str, Any]:
    known = [(row.key, row.baseline, row.target) for row in rows if row.baseline is not None and row.target is not None]
    return _segments(known, style.STEPS[2], 10)


def _segments(parts: Sequence[tuple[str, float, float]], color: str, width: int) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        # Three points for each: both ends, and the gap (None) that keeps Plotly from joining one line to the next.
        "x": [x for _, start, end in parts for x in (round(start, 4), round(end, 4), None)],
        "y": [key for key, *_ in parts for _ in range(3)],
        "line": {"color": color, "width": width},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _baselines(rows: list[Drawn]) -> dict[str, Any]:
    known = [(row, row.baseline) for row in rows if row.baseline is not None]
    return _marks(known, {"size": 13, "color": style.PAPER, "line": {"color": style.MUTED, "width": 2}})


def _targets(rows: list[Drawn]) -> dict[str, Any]:
    """Ticks higher than the marks of values, so that one that is met exactly is seen behind its value."""
    known = [(row, row.target) for row in rows if row.target is not None]
    line = {"color": style.STEPS[5], "width": 3}
    return _marks(known, {"size": 15, "symbol": "line-ns", "color": style.STEPS[5], "line": line})


def _values(rows: list[Drawn]) -> list[dict[str, Any]]:
    """The newest values, on top, by whose measurement they are; each tells its row."""
    made = []
    for level, is_mine in ((_BY_PARTICIPANT, True), (_BY_OTHERS, False)):
        mine = [(row, row.measured) for row in rows if row.is_by_participant == is_mine]
        if mine:
            marks = _marks(
                mine, {"size": 19, "color": style.EVIDENCE[level], "line": {"color": style.PAPER, "width": 1.5}}
            )
            marks |= {
                "mode": "markers+text",
                "text": [style.EVIDENCE_SIGNS[level]] * len(mine),
                "textfont": {"color": style.EVIDENCE_INKS[level], "size": 15},
                "textposition": "middle center",
                "hovertext": [style.plain(row.told) for row, _ in mine],
                "hoverinfo": "text",
            }
            made.append(marks)
    return made


def _marks(places: Sequence[tuple[Drawn, float]], marker: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [round(place, 4) for _, place in places],
        "y": [row.key for row, _ in places],
        "marker": {"opacity": 1, **marker},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _row_height(rows: list[Drawn]) -> int:
    """Room for the name of the most lines."""
    lines = max(len(style.lines_of(_name(row, _LEFT_LETTERS))) for row in rows)
    return max(_ROW_HEIGHT, 10 + _PHONE_LINE * lines)


def _layout(rows: list[Drawn]) -> dict[str, Any]:
    """Names to the left, numbers to the right."""
    names = [_name(row, _LEFT_LETTERS) for row in rows]
    lines = [style.lines_of(name) for name in names]
    height = _row_height(rows)
    left = style.label_width([line for name in lines for line in name], 13)
    right = style.label_width([row.numbers for row in rows], 13)
    beside = {"xref": "paper", "x": 1, "xanchor": "left", "xshift": 2 * _SIDE, "yref": "y", "showarrow": False}
    return {
        **style.layout(_TOP + height * len(rows) + 8, left=left + _SIDE, right=right + 2 * _SIDE, top=_TOP, bottom=8),
        "xaxis": style.axis(range=[0, 1], showticklabels=False),
        "yaxis": _lanes(
            rows,
            tickvals=[row.key for row in rows],
            ticktext=names,
            ticklabelstandoff=_SIDE,
            tickfont={"size": 13},
        ),
        "annotations": [
            {**beside, "y": place, "text": style.plain(row.numbers), "font": {"size": 13}}
            for place, row in enumerate(rows)
        ],
    }


def _phone_layout(rows: list[Drawn]) -> dict[str, Any]:
    """Name above the scale of its row, numbers below."""
    names = [_name(row, _PHONE_LETTERS) for row in rows]
    lines = max(name.count("<br>") + 1 for name in names)
    above, below = lines * _PHONE_LINE + 14, 48
    at = {"xref": "x", "x": 0, "xanchor": "left", "xshift": -_SIDE, "yref": "y", "showarrow": False, "align": "left"}
    return {
        **style.layout(
            (above + below) * len(rows),
            width=style.PHONE_WIDTH,
            left=_SIDE + 2,
            right=_SIDE + 2,
            # Marks are in the middle of their rows, and there is more above them than below.
            top=(above - below) // 2,
            bottom=0,
        ),
        "xaxis": style.axis(range=[0, 1], showticklabels=False),
        "yaxis": _lanes(rows, showticklabels=False),
        "annotations": [
            note
            for place, (row, name) in enumerate(zip(rows, names, strict=True))
            for note in (
                {**at, "y": place, "yanchor": "bottom", "yshift": 12, "text": name},
                {**at, "y": place, "yanchor": "top", "yshift": -12, "text": style.plain(row.numbers)},
            )
        ],
    }


def _name(row: Drawn, letters: int) -> str:
    """The project, and below it the indicator with its unit, on lines of so many letters."""
    return f"{style.wrapped(row.project, letters)}<br>{style.muted_lines(style.wrapped(row.indicator, letters))}"


def _lanes(rows: list[Drawn], **own: Any) -> dict[str, Any]:
    keys = [row.key for row in rows]
    return style.axis(type="category", categoryorder="array", categoryarray=keys, range=[len(keys) - 0.5, -0.5], **own)


def _legend(rows: list[Drawn], catalogue: Catalogue) -> tuple[LegendEntry, ...]:
    """The marks that occur."""
    signs = style.EVIDENCE_SIGNS
    entries = (
        (any(row.baseline is not None for row in rows), "first", "", "legend_baseline"),
        (any(row.target is not None for row in rows), "target", "", "legend_target"),
        (any(None not in (row.baseline, row.target) for row in rows), "step-2", "", "legend_range"),
        (any(row.is_by_participant for row in rows), "evidence-3", signs[_BY_PARTICIPANT], "legend_participant"),
        (any(not row.is_by_participant for row in rows), "evidence-4", signs[_BY_OTHERS], "legend_others"),
    )
    return tuple(
        LegendEntry(mark, glyph, catalogue.t(f"planned_realised.{key}"))
        for occurs, mark, glyph, key in entries
        if occurs
    )


def _table_row(row: Drawn, outcomes: Mapping[str, str], stated_by: Mapping[str, str], catalogue: Catalogue) -> Row:
    missing = catalogue.t("symbols.missing")
    values = [row.row[f"{name}_value"] for name in ("baseline", "target", "measured")]
    outcome = outcomes.get(row.row["measurement_outcome_code"] or "")
    return Row(
        row.key,
        (
            Cell(row.project),
            Cell(catalogue.text(row.row, "indicator") or ""),
            Cell(row.unit),
            *(
                Cell(as_stated(value, catalogue), spoken=missing if value is None else None, is_number=True)
                for value in values
            ),
            Cell(capital(outcome) if outcome else catalogue.number.missing, spoken=None if outcome else missing),
            Cell(capital(stated_by[row.row["stated_by_code"]])),
        ),
    )
