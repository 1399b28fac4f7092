"""What figures with a group of bars per award round share: their axis, and gaps for what is not known.

Belongs here: years without a round, the sign for unknown in place of a missing bar, and the layout.
Does not belong here: the bars themselves (`rounds.py`, `money.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from gevinst.contracts.addressing import addressed_rows
from gevinst.language.numbers import MISSING
from gevinst.language.texts import Catalogue
from gevinst.site.figures import style

Round = dict[str, Any]


def round_rows(
    overview: pl.DataFrame, rounds: pl.DataFrame, catalogue: Catalogue, *, last_year: int, table: str = "round_overview"
) -> tuple[list[Round], dict[str, str]]:
    """Rows of `round_overview`, or of another `table` by rounds, with their `name`, oldest first, and the names by id.

    A year up to `last_year` that no round belongs to, and that no round's name mentions (*2016–2017*), gets a row of
    its own with `is_missing`: nothing in it is known, not even that there was no round.
    """
    names = catalogue.texts(rounds, "round_id", "name")
    known = addressed_rows(table, overview)
    rows = [{**row, "name": names[row["round_id"]], "is_missing": False} for row in known]
    covered = {row["cohort_year"] for row in rows}
    first = min(covered, default=last_year + 1)
    blank = dict.fromkeys(overview.columns)
    rows += [
        {**blank, "round_id": str(year), "cohort_year": year, "name": str(year), "is_missing": True}
        for year in range(first, last_year + 1)
        if year not in covered and not any(str(year) in row["name"] for row in rows)
    ]
    return sorted(rows, key=lambda row: (row["cohort_year"], row["round_id"])), names


def gaps(rows: list[Round], offsets: Mapping[str, float]) -> dict[str, Any]:
    """The sign for unknown in place of a missing bar; `offsets` gives the place of each column in its group."""
    places = [place + offset for place, row in enumerate(rows) for name, offset in offsets.items() if row[name] is None]
    return {
        "type": "scatter",
        "mode": "text",
        "x": places,
        "y": [0] * len(places),
        "text": [MISSING] * len(places),
        "textposition": "top center",
        "textfont": {"size": 20, "color": style.MUTED, "weight": 600},
        "hoverinfo": "skip",
    }


_PHONE_ROW = 52
_PHONE_LINE = 13
"""Letters on a line of a round's name on a phone."""


def lying(traces: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same bars lying, for a phone: what is below a number stands beside it."""
    places = {"top center": "middle right"}
    return [
        {
            **trace,
            **({"orientation": "h"} if trace["type"] == "bar" else {}),
            "x": trace["y"],
            "y": trace["x"],
            "text": [text.replace("<br>", " ") for text in trace["text"]],
            "textposition": places.get(trace["textposition"], trace["textposition"]),
        }
        for trace in traces
    ]


def phone_layout(rows: list[Round], catalogue: Catalogue, *, right: int) -> dict[str, Any]:
    """Rounds below each other with their names to the left; `right` is the room for the number of the longest bar."""
    missing = style.wrapped(catalogue.t("rounds.none_found"), _PHONE_LINE)
    names = [
        f"{row['name']}<br>{style.muted_lines(missing)}"
        if row["is_missing"]
        else style.wrapped(row["name"], _PHONE_LINE)
        for row in rows
    ]
    lines = [line for name in names for line in style.lines_of(name)]
    return {
        **style.layout(
            16 + _PHONE_ROW * len(rows),
            width=style.PHONE_WIDTH,
            left=style.label_width(lines, style.PHONE_TEXT),
            right=right,
            top=8,
            bottom=8,
        ),
        "xaxis": style.axis(rangemode="tozero", showticklabels=False),
        "yaxis": style.axis(
            range=[len(rows) - 0.5, -0.5],
            tickvals=list(range(len(rows))),
            ticktext=names,
            ticklabelstandoff=6,
            tickfont={"size": style.PHONE_TEXT},
            showline=True,
            linecolor=style.LINE,
        ),
        "barmode": "overlay",
    }


def layout(rows: list[Round], catalogue: Catalogue) -> dict[str, Any]:
    """Rounds side by side with their names below; the bars carry their numbers, so there is no scale."""
    missing = style.wrapped(catalogue.t("rounds.none_found"), 12)
    return {
        **style.layout(380, left=16, right=16, top=28, bottom=78),
        "xaxis": style.axis(
            range=[-0.5, len(rows) - 0.5],
            tickvals=list(range(len(rows))),
            ticktext=[
                f"{row['name']}<br>{style.muted_lines(missing)}"
                if row["is_missing"]
                else style.wrapped(row["name"], 14)
                for row in rows
            ],
            ticklabelstandoff=6,
            ticklabeloverflow="allow",
            tickfont={"size": 13},
            showline=True,
            linecolor=style.LINE,
            tickangle=0,
        ),
        "yaxis": style.axis(rangemode="tozero", showticklabels=False),
        "barmode": "overlay",  # the bars have offsets of their own
    }
