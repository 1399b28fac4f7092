"""Figures: from mart frames to charts with text alternative and table.

Belongs here: what the charts show and how they are drawn; one module per chart.
Does not belong here: sentences (`gevinst.site.sentences`) and the pages that show the figures.
"""

from __future__ import annotations

from gevinst.site.figures.benefits import benefits_by_category
from gevinst.site.figures.forest import forest
from gevinst.site.figures.known_over_time import known_over_time
from gevinst.site.figures.ladder import ladder
from gevinst.site.figures.model import MOST_ROWS, PLOTLY_CONFIG, Cell, Figure, LegendEntry, Row
from gevinst.site.figures.money import money
from gevinst.site.figures.partners import partners
from gevinst.site.figures.planned_realised import planned_realised
from gevinst.site.figures.priced_ranges import priced_ranges
from gevinst.site.figures.render import render_svgs
from gevinst.site.figures.round_outcomes import round_outcomes
from gevinst.site.figures.rounds import rounds
from gevinst.site.figures.strip_plot import strip_plot
from gevinst.site.figures.time_to_use import time_to_use

__all__ = [
    "MOST_ROWS",
    "PLOTLY_CONFIG",
    "Cell",
    "Figure",
    "LegendEntry",
    "Row",
    "benefits_by_category",
    "forest",
    "known_over_time",
    "ladder",
    "money",
    "partners",
    "planned_realised",
    "priced_ranges",
    "render_svgs",
    "round_outcomes",
    "rounds",
    "strip_plot",
    "time_to_use",
]
