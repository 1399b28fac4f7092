"""What figures of lying bars in parts share: the parts, what is written in them, and the axes at both widths.

Belongs here: drawing rows of which each is one bar; a wide drawing has labels beside the bars and a phone's above them.
Does not belong here: what the parts are and what they are called (`benefits.py`, `round_outcomes.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gevinst.addresses import bare
from gevinst.site.figures import style

ROW_HEIGHT = 40
_RIGHT = 8
_PHONE_SIDE = 2
_PHONE_BAR, _PHONE_LETTERS, _PHONE_LINE_HEIGHT = 30, 44, 17
"""Of a phone's drawing: the height of a bar, and letters on a line of the label above it and its height."""
_PART = 13
"""Pixels of the letters inside a part of a bar."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it is called, what is said beside the name in grey, and how long it is in all."""

    key: str
    label: str
    note: str
    total: int


def room(bars: Sequence[Bar]) -> int:
    """Pixels of the longest bar of a wide drawing."""
    return style.WIDTH - _left(bars) - _RIGHT


PHONE_ROOM = style.PHONE_WIDTH - 2 * _PHONE_SIDE
"""The same of a phone's."""


def part(
    places: Sequence[tuple[str, int, str, str]], fill: str, ink: str, *, stripe: str | None = None
) -> dict[str, Any]:
    """One kind of part in every bar that has it: key of the bar, length, what is written inside, and what it tells.

    With `stripe`, it is hatched.
    """
    hatching = {"pattern": {"shape": "/", "fgcolor": stripe, "bgcolor": fill, "fillmode": "overlay", "size": 8}}
    return {
        "type": "bar",
        "orientation": "h",
        "y": [key for key, *_ in places],
        "x": [length for _, length, *_ in places],
        "marker": {
            "color": fill,
            "line": {"color": style.PAPER, "width": 2},
            **({} if stripe is None else hatching),
        },
        "text": [written for _, _, written, _ in places],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"color": ink, "size": _PART},
        "hovertext": [told for *_, told in places],
        "hoverinfo": "text",
    }


def inside(length: int, bars: Sequence[Bar], pixels: int, number: str, beside: Sequence[str]) -> str:
    """The number with the first of `beside` that the part has room for, or alone, or nothing where not even it fits.

    `pixels` is the length of the longest bar. What does not fit is left out: Plotly would cut it or turn it upright.
    """
    space = length * pixels / _longest(bars)
    for word in beside:
        if style.label_width([f"{number} {word}"], _PART) <= space:
            return f"<b>{number}</b> {word}"
    return f"<b>{number}</b>" if style.letters_width(number, _PART) <= space else ""


def layout(bars: Sequence[Bar]) -> dict[str, Any]:
    """Labels to the left of the bars."""
    return {
        **style.layout(16 + ROW_HEIGHT * len(bars), left=_left(bars), right=_RIGHT, top=8, bottom=8),
        **_axes(
            bars,
            tickvals=[bar.key for bar in bars],
            ticktext=[f"{style.plain(bar.label)} {style.muted(bar.note)}" for bar in bars],
            ticklabelstandoff=6,
        ),
        "bargap": 0.16,
    }


def phone_layout(bars: Sequence[Bar]) -> dict[str, Any]:
    """Labels above the bars; of one that does not fit on a line, what is beside the name is on the next."""
    labels = [
        f"{style.wrapped(bar.label, _PHONE_LETTERS)}"
        f"{' ' if len(bare(f'{bar.label} {bar.note}')) <= _PHONE_LETTERS else '<br>'}{style.muted(bar.note)}"
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


def _axes(bars: Sequence[Bar], **own: Any) -> dict[str, Any]:
    keys = [bar.key for bar in bars]
    return {
        "xaxis": style.axis(showticklabels=False, range=[0, _longest(bars)]),
        "yaxis": style.axis(
            type="category", categoryorder="array", categoryarray=keys, range=[len(keys) - 0.5, -0.5], **own
        ),
        "barmode": "stack",
    }


def _longest(bars: Sequence[Bar]) -> int:
    return max((bar.total for bar in bars), default=1)


def _left(bars: Sequence[Bar]) -> int:
    return style.label_width([f"{bar.label} {bar.note}" for bar in bars])
