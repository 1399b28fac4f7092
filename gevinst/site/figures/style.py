"""How all figures look: colours, fonts and the few building blocks they share.

Belongs here: palettes and layout parts that more than one figure uses; pages, scripts and the report take them from
`palette`. Colours are checked for contrast (WCAG 2.2
AA) and for the common kinds of colour blindness; none of them carries meaning alone.
Does not belong here: what a particular figure shows.
"""

from __future__ import annotations

import html
import json
import re
import textwrap
from typing import Any

from gevinst.addresses import bare
from gevinst.contracts.vocabulary import DOCUMENTED, EXPECTED, MEASURED_BY_PARTICIPANT, REPORTED

WIDTH = 1040
"""Pixels a figure is drawn at; text is 12 pixels or more at this width."""
PHONE_WIDTH = 350
"""The same for a phone: what 390 pixels leave between margins. Text is 12 pixels or more here too, so that it is still
11 where a phone is 360 pixels wide."""
PHONE_TEXT = 12

INK = "#24272B"
MUTED = "#5A6068"
LINE = "#858C96"
GRID = "#DDE1E6"
ROW_LINE = "#EDEFF2"
BAND = "#EAF2FA"
PAPER = "#FFFFFF"
DARK_GROUND = "#17181A"
"""The ground of pages for readers who prefer dark ones, as the design system has it."""
CAUTION = "#FDF0D5"
CAUTION_INK = "#4A3000"
"""What readers must know before the first number, such as that data are invented."""

STEPS = ("#F1EFEA", "#E2ECF6", "#A9CAE8", "#64A6DC", "#0576B7", "#00518D", "#002B55")
"""Fill per step 0-6 of the ladder."""
STEP_INKS = (INK, INK, INK, INK, PAPER, PAPER, PAPER)
STEP_STRIPES = ("#CFC9BC", "#B7CBDF", "#7FAFD9", "#B4D6F1", "#03588C", "#00335A", "#2C5A8C")
"""Stripe over the fill of a step whose statement is old. Each keeps the ink on it readable, and is seen on the fill."""
EVIDENCE = {EXPECTED: "#B5E0D2", REPORTED: "#4FB093", MEASURED_BY_PARTICIPANT: "#1E7A62", DOCUMENTED: "#005142"}
"""Fill per level of evidence of a benefit."""
EVIDENCE_INKS = {EXPECTED: "#00281F", REPORTED: "#001B15", MEASURED_BY_PARTICIPANT: PAPER, DOCUMENTED: PAPER}
EVIDENCE_SIGNS = {EXPECTED: "○", REPORTED: "◐", MEASURED_BY_PARTICIPANT: "◕", DOCUMENTED: "●"}
UNDER_WAY = "#6B727B"
STOPPED = "#4A4D51"
CONTINUED = "#B4BAC1"
STOPPED_STRIPE, CONTINUED_STRIPE = "#2A2C2F", "#DDE1E6"
NOT_ASSESSED = "#E3E5E8"

FONT = "Inter, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"


def palette() -> dict[str, str]:
    """Colours by the name of the mark they fill; with ``-ink``, the colour of what is on it.

    Those that begin with ``figure-`` are of what is around the marks.
    """
    return {
        "figure-ink": INK,
        "figure-muted": MUTED,
        "figure-line": LINE,
        "figure-grid": GRID,
        "figure-paper": PAPER,
        "caution": CAUTION,
        "caution-ink": CAUTION_INK,
        "under-way": UNDER_WAY,
        "stopped": STOPPED,
        "stopped-ink": PAPER,
        "continued": CONTINUED,
        "stopped-stripe": STOPPED_STRIPE,
        "continued-stripe": CONTINUED_STRIPE,
        "awarded": NOT_ASSESSED,
        "not-assessed": NOT_ASSESSED,
        "not-coded": NOT_ASSESSED,
        "not-found": PAPER,
        "unnamed": PAPER,
        "cost": UNDER_WAY,
        "stated-not": STOPPED,
        "stated-not-ink": PAPER,
        **{f"evidence-{level}": color for level, color in enumerate(EVIDENCE.values(), 1)},
        **{f"evidence-{level}-ink": color for level, color in enumerate(EVIDENCE_INKS.values(), 1)},
        **{f"step-{step}": color for step, color in enumerate(STEPS)},
        **{f"step-{step}-ink": color for step, color in enumerate(STEP_INKS)},
        **{f"step-{step}-stripe": color for step, color in enumerate(STEP_STRIPES)},
    }


def layout(
    height: int, *, left: int, right: int = 16, top: int = 16, bottom: int = 16, width: int = WIDTH
) -> dict[str, Any]:
    """The layout every figure starts from: own margins, no legend, no automatic text, nothing to drag."""
    return {
        "width": width,
        "height": height,
        "margin": {"l": left, "r": right, "t": top, "b": bottom, "pad": 0},
        "font": {"family": FONT, "size": 14 if width == WIDTH else 13, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",  # transparent: the page, print and forced colours have grounds of their own
        "plot_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": PAPER, "bordercolor": LINE, "align": "left", "font": {"size": 14, "color": INK}},
    }


def axis(**own: Any) -> dict[str, Any]:
    """An axis with nothing on it but what `own` asks for."""
    return {"fixedrange": True, "showgrid": False, "zeroline": False, "showline": False, "ticks": "", **own}


def as_json(data: list[dict[str, Any]], figure_layout: dict[str, Any]) -> str:
    """A figure as compact JSON, the same bytes for the same figure."""
    spec = {"data": data, "layout": figure_layout}
    # Sorted keys for the same bytes; NaN is no JSON and would break the page's script.
    return bare(json.dumps(spec, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False))


def outline(fill: str) -> str:
    """The colour of a mark's outline: the fill itself, or grey where the fill is too light to be seen as a line."""
    return LINE if fill in (CONTINUED, NOT_ASSESSED) else fill


def plain(text: str) -> str:
    """Text that Plotly shows unchanged, whatever signs it holds."""
    return html.escape(text, quote=False)


def muted(text: str) -> str:
    """Text in grey, for what is beside a name."""
    return muted_lines(plain(text))


def muted_lines(lines: str) -> str:
    """Lines that `wrapped` made, in grey."""
    return f"<span style='color:{MUTED}'>{lines}</span>"


def lines_of(label: str) -> list[str]:
    """What is read on each line of a label, to find how wide it is."""
    return [html.unescape(re.sub(r"<[^>]+>", "", line)) for line in label.split("<br>")]


def wrapped(text: str, width: int) -> str:
    """Text broken into lines of about `width` letters; words stay whole."""
    return "<br>".join(plain(line) for line in textwrap.wrap(bare(text), width, break_long_words=False))


def label_width(texts: list[str], size: int = 14) -> int:
    """Pixels that the longest of `texts` takes beside an axis."""
    # 12 pixels are the space between a label and the axis.
    return max((letters_width(text, size) for text in texts), default=0) + 12


def letters_width(text: str, size: int) -> int:
    """Pixels that a text takes; letters of Inter are a little over half as wide as high."""
    return round(len(bare(text)) * size * 0.55)
