"""Ranges of priced effects: the present value of each from its low to its high estimate, on one scale of kroner.

Belongs here: this one figure. Does not belong here: present values (`gevinst.method.priced`), and what projects
are worth in all, which is a table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from gevinst.addresses import no_figure
from gevinst.contracts.vocabulary import BENEFIT, EVIDENCE, SCENARIOS
from gevinst.language.texts import Catalogue
from gevinst.site.figures import style
from gevinst.site.figures.model import Cell, Figure, LegendEntry, Row

FIGURE_ID = "priced-ranges"
MOST_DRAWN = 20
"""More effects than this are no longer read as a figure; the largest are drawn, and the table on the page has all."""
_PLACES = 2
_ROW_HEIGHT, _PHONE_ROW_HEIGHT = 44, 92
_TOP = 8
_LETTERS = 46
_COST = style.UNDER_WAY
_UNTIED = style.CONTINUED

Value = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Effect:
    """One effect: whose it is and what, its present values, and the mark and colour of how sure it is."""

    key: str
    project: str
    name: str
    kind: str
    low: float
    mid: float
    high: float
    mark: str
    color: str
    evidence: str


def priced_ranges(
    values: Sequence[Value],
    stated: Mapping[str, Value],
    projects: pl.DataFrame,
    codelists: pl.DataFrame,
    catalogue: Catalogue,
    *,
    source: str,
) -> Figure | None:
    """Rows of `effect_values` in one edition year, of which each effect has three; those of unknown value are left out.

    `stated` are the rows of `benefit_values` by id, which name the effects. Benefits are coloured by how sure they are,
    costs and disbenefits are grey. There is no sum: effects may overlap. Without a priced effect there is no figure.
    """
    effects = _effects(values, stated, projects, codelists, catalogue)
    drawn = sorted(effects, key=lambda one: (-abs(one.mid), one.key))[:MOST_DRAWN]
    if not drawn:
        return None
    heading = catalogue.t("priced_ranges.heading")
    cut = catalogue.t("priced_ranges.cut", n=no_figure(MOST_DRAWN, "limit"))
    caption = catalogue.t("priced_ranges.caption", year=str(values[0]["price_year"]))
    told = [f"{one.project}, {one.name}: {_span(one, catalogue)}" for one in drawn]
    return Figure(
        figure_id=FIGURE_ID,
        heading=heading,
        caption=f"{caption} {cut}" if len(effects) > MOST_DRAWN else caption,
        alt=catalogue.t("priced_ranges.alt", heading=heading, counts="; ".join(told)),
        spec=style.as_json(_traces(drawn, catalogue), _layout(drawn, catalogue)),
        phone_spec=style.as_json(_traces(drawn, catalogue), _phone_layout(drawn, catalogue)),
        legend=tuple(
            LegendEntry(mark, "", text)
            for mark, text in dict.fromkeys((one.mark, one.evidence) for one in sorted(drawn, key=_in_legend))
        ),
        source=source,
        columns=tuple(
            catalogue.t(f"priced_ranges.{name}")
            for name in ("project", "effect", "kind", "evidence", "low", "mid", "high")
        ),
        rows=tuple(_table_row(one, catalogue) for one in drawn),
        cut_height=_ROW_HEIGHT,
        rows_top=_TOP,
    )


def _in_legend(one: Effect) -> tuple[bool, str]:
    """Benefits by how sure they are, costs last."""
    return one.mark == "cost", one.mark


def _effects(
    values: Sequence[Value],
    stated: Mapping[str, Value],
    projects: pl.DataFrame,
    codelists: pl.DataFrame,
    catalogue: Catalogue,
) -> list[Effect]:
    names = catalogue.texts(projects, "project_id", "short_name")
    kinds, levels = (catalogue.labels(codelists, name) for name in ("effect_kind", "evidence"))
    found: dict[str, dict[str, Value]] = {}
    for row in values:
        found.setdefault(row["benefit_value_id"], {})[row["scenario_code"]] = row
    made = []
    for key, by_scenario in found.items():
        low, mid, high = (by_scenario[one]["present_value_amount"] if one in by_scenario else None for one in SCENARIOS)
        if low is None or mid is None or high is None:
            continue
        row = by_scenario["mid"]
        level = row["evidence_code"]
        if row["effect_kind_code"] != BENEFIT:
            looks = ("cost", _COST, catalogue.t("priced_ranges.cost"))
        elif level is None:
            looks = ("continued", _UNTIED, catalogue.t("priced_ranges.untied"))
        else:
            looks = (f"evidence-{EVIDENCE.index(level) + 1}", style.EVIDENCE[level], levels[level])
        name = catalogue.text(stated[key], "name") or ""
        kind = kinds[row["effect_kind_code"]]
        made.append(Effect(key, names[row["project_id"]], name, kind, low, mid, high, *looks))
    return made


def _traces(drawn: list[Effect], catalogue: Catalogue) -> list[dict[str, Any]]:
    """Intervals by colour, and on each a tick at the middle estimate."""
    colors = list(dict.fromkeys(one.color for one in drawn))
    bars = [_bars([one for one in drawn if one.color == color], color) for color in colors]
    ticks = {
        "type": "scatter",
        "mode": "markers",
        "x": [_million(one.mid) for one in drawn],
        "y": [one.key for one in drawn],
        "marker": {"symbol": "line-ns", "size": 22, "opacity": 1, "line": {"color": style.INK, "width": 3}},
        "hovertext": [style.plain(f"{one.project}, {one.name}: {_span(one, catalogue)}") for one in drawn],
        "hoverinfo": "text",
        "cliponaxis": False,
    }
    return [*bars, ticks]


def _bars(mine: list[Effect], color: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        # Three points for each: both ends, and the gap (None) that keeps Plotly from joining one line to the next.
        "x": [x for one in mine for x in (_million(one.low), _million(one.high), None)],
        "y": [one.key for one in mine for _ in range(3)],
        "line": {"color": color, "width": 14},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _million(value: float) -> float:
    """Rounded finer than a pixel, and the same in every build whatever the last digits of a float are."""
    return round(value / 1_000_000, 4)


def _span(one: Effect, catalogue: Catalogue) -> str:
    low, mid, high = (catalogue.number.millions(value, _PLACES) for value in (one.low, one.mid, one.high))
    return catalogue.t("priced_ranges.span", low=low, mid=mid, high=high)


def _name(one: Effect) -> str:
    """The project, and below it the effect with its kind."""
    below = style.muted_lines(style.wrapped(f"{one.name} ({one.kind})", _LETTERS))
    return f"{style.wrapped(one.project, _LETTERS)}<br>{below}"


def _layout(drawn: list[Effect], catalogue: Catalogue) -> dict[str, Any]:
    names = [_name(one) for one in drawn]
    left = style.label_width([line for name in names for line in style.lines_of(name)], 13)
    spans = [_span(one, catalogue) for one in drawn]
    beside = {"xref": "paper", "x": 1, "xanchor": "left", "xshift": 14, "yref": "y", "showarrow": False}
    return {
        **style.layout(
            _TOP + _ROW_HEIGHT * len(drawn) + 36,
            left=left + 8,
            right=style.label_width(spans, 13) + 14,
            top=_TOP,
            bottom=36,
        ),
        **_axes(
            drawn,
            catalogue,
            tickvals=[one.key for one in drawn],
            ticktext=names,
            ticklabelstandoff=8,
            tickfont={"size": 13},
        ),
        "annotations": [
            {**beside, "y": place, "text": style.plain(span), "font": {"size": 13}} for place, span in enumerate(spans)
        ],
    }


def _phone_layout(drawn: list[Effect], catalogue: Catalogue) -> dict[str, Any]:
    """Names above the interval of their row, numbers below."""
    at = {"xref": "paper", "x": 0, "xanchor": "left", "yref": "y", "showarrow": False, "align": "left"}
    at |= {"bgcolor": style.PAPER, "borderpad": 0}  # the line at nought and the grid pass behind the words
    return {
        **style.layout(
            60 + _PHONE_ROW_HEIGHT * len(drawn), width=style.PHONE_WIDTH, left=10, right=10, top=24, bottom=36
        ),
        **_axes(drawn, catalogue, showticklabels=False),
        "annotations": [
            note
            for place, one in enumerate(drawn)
            for note in (
                {**at, "y": place, "yanchor": "bottom", "yshift": 9, "text": _name(one)},
                {**at, "y": place, "yanchor": "top", "yshift": -9, "text": style.plain(_span(one, catalogue))},
            )
        ],
    }


def _axes(drawn: list[Effect], catalogue: Catalogue, **own: Any) -> dict[str, Any]:
    keys = [one.key for one in drawn]
    return {
        "xaxis": style.axis(
            zeroline=True,
            zerolinecolor=style.MUTED,
            zerolinewidth=2,
            showgrid=True,
            gridcolor=style.GRID,
            nticks=6,
            rangemode="tozero",
            ticksuffix=catalogue.t("priced_ranges.suffix"),
            tickfont={"size": style.PHONE_TEXT},
        ),
        "yaxis": style.axis(
            type="category", categoryorder="array", categoryarray=keys, range=[len(keys) - 0.5, -0.5], **own
        ),
    }


def _table_row(one: Effect, catalogue: Catalogue) -> Row:
    words = (one.project, one.name, one.kind, one.evidence)
    amounts = (catalogue.number.millions(value, _PLACES) for value in (one.low, one.mid, one.high))
    return Row(one.key, (*(Cell(text) for text in words), *(Cell(text, is_number=True) for text in amounts)))
