"""What a figure is, whatever it shows.

Belongs here: the dataclasses that figures are made of and the settings every figure is shown with.
Does not belong here: any particular figure, colours (`style.py`) and drawing (`render.py`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

PLOTLY_CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "displaylogo": False,
    "responsive": True,
    "doubleClick": False,
    "scrollZoom": False,
    # Plotly's own upload button and server are off: nothing leaves the reader's browser.
    "showSendToCloud": False,
    "plotlyServerURL": "",
}
"""The configuration to call ``Plotly.react`` with."""


MOST_ROWS = 100
"""A figure with a row or a mark for each project is not drawn for more than these."""


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One mark and what it means; the page draws the mark by its name, with `glyph` inside."""

    mark: str
    glyph: str
    text: str
    is_hatched: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell; `mark` colours it like the figure, `spoken` replaces signs for those who listen."""

    text: str
    href: str | None = None
    mark: str | None = None
    spoken: str | None = None
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One table row; the first cell is its header, `key` is the id that filters use."""

    key: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with everything a reader needs who cannot see it.

    `heading` is the computed finding, `caption` says what is shown and for how many, `alt` is the text
    alternative, `spec` is Plotly's figure as JSON (``data`` and ``layout``), `svg` the same drawn, `None` until
    `render_svgs`. `columns` and `rows` are the same numbers as a table. Where `row_height` is set, the y axis holds
    one row per `Row.key`, and each point of every trace is in a row: a page filters by keeping those points,
    and makes the figure ``row_height`` pixels lower for each row that goes. Where `cut_height` is set, paper may cut
    between rows of that height, of which the first begins ``rows_top`` pixels down.

    `phone_spec` is the same data with the same marks for the width of a phone, where labels are above instead of beside
    and columns become rows; `phone_row_height` and `phone_svg` belong to it.

    Where `answers_pointing`, a mark tells what the drawing cannot write beside it: the name of its project, or the
    value of its month. Only then, and for a selection of rows, is the chart library worth half a megabyte; a figure
    whose every mark carries its number stays the drawing that came with the page. Where it `is_marked_by_row`, each row
    of the table has marks of its own.
    """

    figure_id: str
    heading: str
    caption: str
    alt: str
    spec: str
    legend: tuple[LegendEntry, ...]
    source: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    row_height: int | None = None
    cut_height: int | None = None
    rows_top: int | None = None
    phone_spec: str | None = None
    phone_row_height: int | None = None
    answers_pointing: bool = False
    is_marked_by_row: bool = False
    svg: str | None = field(default=None, repr=False)
    phone_svg: str | None = field(default=None, repr=False)

    @property
    def is_drawn(self) -> bool:
        """Whether it has few enough rows to be read as a drawing, where each of them is drawn."""
        return len(self.rows) <= MOST_ROWS or not (self.row_height or self.is_marked_by_row)

    @property
    def phone_changes(self) -> str | None:
        """What `phone_spec` has otherwise than `spec`: nearly all of the data is the same, and a page carries it once.

        As the browser reads it (``changed`` in ``assets/js/figure.js``): an object holds what is different by name or
        place, and ``null`` stands for what is not there.
        """
        if self.phone_spec is None:
            return None
        found = _changes(json.loads(self.spec), json.loads(self.phone_spec))
        return json.dumps(found, ensure_ascii=False, separators=(",", ":"))

    def comes_alive(self, *, is_alone: bool) -> bool:
        """Whether the reader's browser ever draws it again, so that the page must carry its specs.

        Where it `is_alone` there is nothing to select by.
        """
        return self.answers_pointing or self.svg is None or (self.row_height is not None and not is_alone)


def _changes(given: Any, wanted: Any) -> Any:
    """What to change in `given` to have `wanted`; a list that has lost entries is wanted as it is."""
    if isinstance(given, dict) and isinstance(wanted, dict):
        new = {name: _changes(given.get(name), value) for name, value in wanted.items() if given.get(name) != value}
        return {**new, **{name: None for name in given if name not in wanted}}
    are_lists = isinstance(given, list) and isinstance(wanted, list) and len(given) <= len(wanted)
    if are_lists and all(isinstance(one, dict) for one in (*given, *wanted)):
        before = [*given, *[None] * (len(wanted) - len(given))]
        pairs = enumerate(zip(before, wanted, strict=True))
        return {str(place): _changes(old, new) for place, (old, new) in pairs if old != new}
    return wanted
