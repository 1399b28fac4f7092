"""Figures at the size of paper.

Belongs here: what changes when a figure made for a screen is printed at 174 mm.
Does not belong here: what figures show (`gevinst.site.figures`).
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from gevinst.site.figures import Figure, style

WIDTH = 720
"""Pixels across the text of an A4 page (174 mm): 12 pixels become 8.2 points, the least that is easily read."""
_TALLEST = 860
"""Pixels in height that leave room for heading, caption and source on the same page."""
_SMALLEST = 12
"""Pixels of letters on the horizontal axis, where words are closest."""


def for_paper(figure: Figure) -> Figure:
    """The figure narrower, and lower where it would not fit a page, with horizontal words."""
    spec = json.loads(figure.spec)
    layout: dict[str, Any] = spec["layout"]
    layout["width"] = WIDTH
    layout["height"] = min(layout["height"], _TALLEST)
    for name in [name for name in layout if name.startswith("xaxis")]:
        layout[name]["tickangle"] = 0
        layout[name].setdefault("tickfont", {})["size"] = _SMALLEST
    for trace in spec["data"]:
        if trace.get("orientation") == "h" and trace.get("textposition") == "inside":
            trace["text"] = _fitting(trace, layout)
    text = json.dumps(spec, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return replace(figure, spec=text, phone_spec=None, svg=None)


def _fitting(trace: dict[str, Any], layout: dict[str, Any]) -> list[str]:
    """What is written in the bars: the number alone where a bar is too narrow for more, and where a sign is beside it.

    The legend has the sign, and Inter has not all of them: the number would take the letters of the sign's font.
    """
    low, high = layout["xaxis"]["range"]
    pixels = (WIDTH - layout["margin"]["l"] - layout["margin"]["r"]) / (high - low)
    size = trace["textfont"]["size"]
    return [
        text
        if any(map(str.isalpha, text.partition("</b>")[2]))
        and style.label_width([re.sub("<[^>]*>", "", text)], size) <= length * pixels
        else text.partition("</b>")[0] + "</b>"
        for text, length in zip(trace["text"], trace["x"], strict=True)
    ]
