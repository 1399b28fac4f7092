"""Time from award to use: the share not known to be in use as two stairs, with interval, and how many are followed.

Belongs here: this one figure. Does not belong here: the estimate (`gevinst.method.time_to_use`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from gevinst.addresses import no_figure
from gevinst.contracts.addressing import addressed_rows
from gevinst.language.numbers import MISSING
from gevinst.language.texts import Catalogue
from gevinst.site.figures import style
from gevinst.site.figures.model import Cell, Figure, LegendEntry, Row
from gevinst.site.sentences.drivers import heard_sentence, time_heading

FIGURE_ID = "time-to-use"
_YEAR = 12
_AT_RISK, _UNHEARD = "at_risk", "unheard"
_ROWS, _FLOOR = {_AT_RISK: -26, _UNHEARD: -38}, -44
"""Where the two rows of numbers are, below the axis, on its own scale of per cent."""
_PHONE_ROWS, _PHONE_FLOOR = {_AT_RISK: -45, _UNHEARD: -71}, -78
"""The same for a phone, where each row has its name above it."""
_PHONE_LEFT = 48

Month = dict[str, Any]


def time_to_use(
    curve: pl.DataFrame, counts: Mapping[str, Any], catalogue: Catalogue, *, source: str, min_n: int
) -> Figure:
    """All rows of the mart `time_to_use` in one edition year; `counts` is its row of `driver_headlines`.

    Stairs follow projects to the edition's date, dashed ones to the newest news of each. Both, and their shares, end
    where they follow fewer than `min_n` projects: below that only the numbers are shown. The table has the whole
    years, the months in which something was taken into use, stopped or continued, and the last month.
    """
    months = list(addressed_rows("time_to_use", curve.sort("month")))
    drawn = [month for month in months if month["at_risk_count"] >= min_n]
    heard = [month for month in months if month["heard_count"] >= min_n]
    heading, second = time_heading(counts, catalogue), heard_sentence(counts, catalogue)
    told = [catalogue.t("time_to_use.alt", heading=heading, shares=_alt(drawn, "not_in_use_pct", catalogue))]
    if second:
        told.append(catalogue.t("time_to_use.told_heard", shares=_alt(heard, "heard_not_in_use_pct", catalogue)))
    listed = [month for month in months if _is_listed(month, months)]
    left_out = months[0]["left_out_count"] if months else 0
    return Figure(
        figure_id=FIGURE_ID,
        heading=heading,
        caption=" ".join(
            (
                catalogue.t(
                    "time_to_use.caption",
                    n=counts["followed_count"],
                    events=counts["event_count"],
                    left=counts["left_count"],
                ),
                *([second] if second else []),
                catalogue.t("time_to_use.ends", n=min_n),
                *([catalogue.t("time_to_use.left_out", n=left_out)] if left_out else []),
            )
        ),
        alt=" ".join(told),
        spec=style.as_json(
            [*_traces(drawn, catalogue), _heard_stairs(heard, catalogue), _numbers(months, catalogue, _ROWS)],
            _layout(months, catalogue),
        ),
        phone_spec=style.as_json(
            [*_traces(drawn, catalogue), _heard_stairs(heard, catalogue), _numbers(months, catalogue, _PHONE_ROWS)],
            _phone_layout(months, catalogue),
        ),
        answers_pointing=True,
        legend=(
            LegendEntry("stairs", "", catalogue.t("time_to_use.share")),
            LegendEntry("interval-band", "", catalogue.t("time_to_use.interval")),
            LegendEntry("stairs-heard", "", catalogue.t("time_to_use.heard_share")),
        ),
        source=source,
        columns=tuple(
            catalogue.t(f"time_to_use.{name}")
            for name in (
                *("month", "at_risk", "unheard", "events", "left", "censored", "share", "interval"),
                *("heard_share", "heard_interval", "rough"),
            )
        ),
        rows=tuple(_table_row(month, min_n, catalogue) for month in listed),
    )


def _is_listed(month: Month, months: list[Month]) -> bool:
    has_happened = month["event_count"] + month["left_count"] > 0
    return month["month"] % _YEAR == 0 or has_happened or month is months[-1]


def _traces(drawn: list[Month], catalogue: Catalogue) -> list[dict[str, Any]]:
    bounded = [month for month in drawn if month["not_in_use_low_pct"] is not None]
    edge = {"type": "scatter", "mode": "lines", "x": _months(bounded), "hoverinfo": "skip"}
    # Horizontal, then vertical: the share holds until the month in which the next project is taken into use.
    edge["line"] = {"shape": "hv", "width": 0, "color": style.STEPS[2]}
    low = {**edge, "y": [_rounded(month["not_in_use_low_pct"]) for month in bounded]}
    high = {
        **edge,
        "y": [_rounded(month["not_in_use_high_pct"]) for month in bounded],
        "fill": "tonexty",
        "fillcolor": style.STEPS[1],
    }
    stairs = {
        "type": "scatter",
        "mode": "lines",
        "x": _months(drawn),
        "y": [_rounded(month["not_in_use_pct"]) for month in drawn],
        "line": {"shape": "hv", "width": 3, "color": style.STEPS[5]},
        "hovertext": [_hover(month, catalogue) for month in drawn],
        "hoverinfo": "text",
    }
    return [low, high, stairs]


def _heard_stairs(heard: list[Month], catalogue: Catalogue) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": _months(heard),
        "y": [_rounded(month["heard_not_in_use_pct"]) for month in heard],
        "line": {"shape": "hv", "width": 2, "dash": "dash", "color": style.MUTED},
        "hovertext": [_hover(month, catalogue, "heard_") for month in heard],
        "hoverinfo": "text",
    }


def _months(rows: list[Month]) -> list[int]:
    return [row["month"] for row in rows]


def _rounded(value: float) -> float:
    """Two decimals: finer than a pixel, and the same in every build whatever the last digits of a float are."""
    return round(value, 2)


def _numbers(months: list[Month], catalogue: Catalogue, rows: Mapping[str, int]) -> dict[str, Any]:
    """How many are followed, and about how many of them no source has reported since, below each whole year."""
    years = [month for month in months if month["month"] % _YEAR == 0]
    return {
        "type": "scatter",
        "mode": "text",
        "x": [month["month"] for _ in rows for month in years],
        "y": [y for y in rows.values() for _ in years],
        "text": [catalogue.number.integer(month[f"{name}_count"]) for name in rows for month in years],
        "textfont": {"size": 13},
        "hoverinfo": "skip",
        "cliponaxis": False,  # the numbers are below the axis and would be cut off
    }


def _layout(months: list[Month], catalogue: Catalogue) -> dict[str, Any]:
    labels = {name: catalogue.t(f"time_to_use.row_{name}") for name in _ROWS}
    row = {"xanchor": "right", "xshift": -14}
    return {
        **style.layout(430, left=style.label_width(list(labels.values()), size=13), right=28, top=16, bottom=8),
        **_axes(months, catalogue, _FLOOR),
        "annotations": [{**_label(labels[name], y), **row} for name, y in _ROWS.items()],
    }


def _phone_layout(months: list[Month], catalogue: Catalogue) -> dict[str, Any]:
    """The name of a row of numbers above it, and the unit of the scale once, since there is no room at each year."""
    layout = {
        **style.layout(460, width=style.PHONE_WIDTH, left=_PHONE_LEFT, right=14, top=16, bottom=8),
        **_axes(months, catalogue, _PHONE_FLOOR),
    }
    layout["xaxis"]["ticktext"] = [catalogue.number.integer(month // _YEAR) for month in layout["xaxis"]["tickvals"]]
    labels = {name: _label(catalogue.t(f"time_to_use.row_{name}"), y) for name, y in _PHONE_ROWS.items()}
    above = {"xanchor": "left", "xshift": 4 - _PHONE_LEFT, "yanchor": "bottom", "yshift": 8}
    scale = _label(catalogue.t("time_to_use.years_since"), 0)
    layout["annotations"] = [
        *({**label, **above} for label in labels.values()),
        {**scale, "xanchor": "left", "xshift": 4 - _PHONE_LEFT, "yanchor": "top", "yshift": -20},
    ]
    return layout


def _label(text: str, y: int) -> dict[str, Any]:
    """Words at the height `y`, at the left edge of the curve."""
    font = {"size": 13, "color": style.INK}
    return {"showarrow": False, "xref": "paper", "x": 0, "yref": "y", "y": y, "text": style.plain(text), "font": font}


def _axes(months: list[Month], catalogue: Catalogue, floor: int) -> dict[str, Any]:
    """Years to the right and per cent upwards; `floor` is how far down the rows of numbers reach."""
    last = max((month["month"] for month in months), default=_YEAR)
    years = list(range(0, last + 1, _YEAR))
    return {
        "xaxis": style.axis(
            range=[0, last + 1],
            tickvals=years,
            ticktext=[catalogue.t("time_to_use.tick", n=year // _YEAR) for year in years],
            showgrid=True,
            gridcolor=style.ROW_LINE,
            side="bottom",
            anchor="free",
            position=-floor / (105 - floor),  # where 0 per cent is, as a share of the height
            ticklabelstandoff=4,
        ),
        "yaxis": style.axis(
            range=[floor, 105],  # above 100, so that the line at 100 per cent is whole
            tickvals=[0, 25, 50, 75, 100],
            ticktext=[catalogue.number.percent(share) for share in (0, 25, 50, 75, 100)],
            showgrid=True,
            gridcolor=style.GRID,
            ticklabelstandoff=6,
        ),
    }


def _hover(month: Month, catalogue: Catalogue, curve: str = "") -> str:
    return catalogue.t(
        f"time_to_use.hover{'_heard' if curve else ''}",
        n=month["month"],
        share=month[f"{curve}not_in_use_pct"],
        interval=_interval(month, catalogue, curve) or catalogue.t("symbols.missing"),
    )


def _interval(month: Month, catalogue: Catalogue, curve: str = "") -> str | None:
    """The interval as text; `curve` is the prefix of its columns, none for the first one."""
    low, high = month[f"{curve}not_in_use_low_pct"], month[f"{curve}not_in_use_high_pct"]
    if low is None or high is None:
        return None
    return catalogue.number.span(catalogue.number.integer(low), catalogue.number.percent(high))


def _alt(drawn: list[Month], share: str, catalogue: Catalogue) -> str:
    years = [month for month in drawn if month["month"] % _YEAR == 0]
    return "; ".join(
        catalogue.t("time_to_use.told", n=no_figure(month["month"] // _YEAR, "label"), share=month[share])
        for month in years
    )


def _table_row(month: Month, min_n: int, catalogue: Catalogue) -> Row:
    number = catalogue.number
    is_enough, is_heard = month["at_risk_count"] >= min_n, month["heard_count"] >= min_n
    texts = (
        number.integer(month["at_risk_count"]),
        number.integer(month["unheard_count"]),
        number.integer(month["event_count"]),
        number.integer(month["left_count"]),
        number.integer(month["censored_count"]),
        number.percent(month["not_in_use_pct"]) if is_enough else None,
        _interval(month, catalogue) if is_enough else None,
        number.percent(month["heard_not_in_use_pct"]) if is_heard else None,
        _interval(month, catalogue, "heard_") if is_heard else None,
        number.integer(month["rough_count"]),
    )
    cells = (
        Cell(MISSING, spoken=catalogue.t("time_to_use.no_share"), is_number=True)
        if text is None
        else Cell(text, is_number=True)
        for text in texts
    )
    return Row(str(month["month"]), (Cell(number.integer(no_figure(month["month"], "label")), is_number=True), *cells))
