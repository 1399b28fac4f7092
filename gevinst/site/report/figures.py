"""Figures at the size of paper.

Belongs here: what changes when a figure made for a screen is printed at 180 mm.
Does not belong here: what figures show (`gevinst.site.figures`).
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from gevinst.site.figures import Figure

WIDTH = 800
"""Pixels across the text of an A4 page (180 mm): 14 pixels become 9 points."""
_TALLEST = 980
"""Pixels in height that leave room for heading, caption and source on the same page."""
_SMALLEST = 12
"""Pixels of letters on the horizontal axis, where words are closest: below 8 points they would be hard to read."""


def for_paper(figure: Figure) -> Figure:
    """The figure narrower, and lower where it would not fit a page, with horizontal words."""
    spec = json.loads(figure.spec)
    layout: dict[str, Any] = spec["layout"]
    layout["width"] = WIDTH
    layout["height"] = min(layout["height"], _TALLEST)
    for name in [name for name in layout if name.startswith("xaxis")]:
        layout[name]["tickangle"] = 0
        layout[name].setdefault("tickfont", {})["size"] = _SMALLEST
    text = json.dumps(spec, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return replace(figure, spec=text, phone_spec=None, svg=None)
