"""The way of the numbers as a drawing: from file through tables to pages, read off the contracts.

Belongs here: which tables are in a table's drawing, and the drawing itself.
Does not belong here: where tables are shown (`places.py`) and the same as lists (`page.py`).
"""

from __future__ import annotations

import html
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

from gevinst.contracts import ALL, Contract, contract
from gevinst.site.context import View
from gevinst.site.pages.dictionary.places import Place

_WIDTH, _GAP, _BETWEEN = 168, 34, 10
"""Pixels: width of a box, space for the arrows between columns, space between the boxes of a column."""
_LETTERS, _LINE, _PAD, _HEAD = 21, 17, 9, 28
"""Letters that fit on a line of a box; pixels of a line, of the margin in a box and of the headings."""


@dataclass(frozen=True, slots=True)
class _Node:
    """One box: its lines, a smaller one below them, and how it is drawn (``file``, ``made``, ``here``, ``page``)."""

    lines: tuple[str, ...]
    detail: str
    kind: str

    @property
    def height(self) -> int:
        return 2 * _PAD + _LINE * (len(self.lines) + bool(self.detail))


def behind(table: Contract) -> tuple[Contract, ...]:
    """All tables that `table` is computed from, directly or through others, in the order they are listed."""
    names: set[str] = set()
    waiting = list(table.depends_on)
    while waiting:
        name = waiting.pop()
        if name not in names:
            names.add(name)
            waiting += contract(name).depends_on
    return tuple(other for other in ALL if other.name in names)


def users(table: Contract) -> tuple[Contract, ...]:
    """Tables that are computed from `table` directly."""
    return tuple(other for other in ALL if table.name in other.depends_on)


def file_of(table: Contract) -> str | None:
    """The file in ``data/raw`` that a table is read from, `None` for tables that are made."""
    if table.folder is None:
        return None
    year = "*" if table.folder == "evaluations" else ""
    return "/".join(part for part in (table.folder, year, f"{table.name}.csv") if part)


def drawing(view: View, table: Contract, shown: Iterable[Place]) -> str:
    """The drawing as SVG without anything to point at: what the table is made of on the left, its users on the right.

    What that in turn rests on is listed, and drawn on the pages of those tables.
    """
    tables = (*(contract(name) for name in table.depends_on), table)
    depths = sorted({_depth(one) for one in tables})
    columns = [{one.name: _node(view, one, table) for one in tables if _depth(one) == depth} for depth in depths]
    ends = {one.name: _node(view, one, table) for one in users(table)}
    pages = {f"page {place.page}": _Node(_lines(place.page), "", "page") for place in shown}
    if ends or pages:
        columns.append({**ends, **pages})
    drawn = {one.name for one in tables}
    arrows = [(name, one.name) for one in tables for name in one.depends_on if name in drawn]
    arrows += [(table.name, name) for name in (*ends, *pages)]
    return _svg(columns, arrows, [*_heads(view, depths), view.t("page_dictionary.drawn_used")])


def _heads(view: View, depths: list[int]) -> list[str]:
    """The heading of each column of tables; the same words are not repeated in the next column."""
    keys = ["read" if depth == 0 else "made" for depth in depths]
    said = [key if place == 0 or keys[place - 1] != key else None for place, key in enumerate(keys)]
    return [view.t(f"page_dictionary.drawn_{key}") if key else "" for key in said]


def _depth(table: Contract) -> int:
    return 1 + max(_depth(contract(name)) for name in table.depends_on) if table.depends_on else 0


def _node(view: View, one: Contract, here: Contract) -> _Node:
    kind = "here" if one == here else "made" if one.depends_on else "file"
    return _Node(_lines(one.title(view.language)), (file_of(one) or "").rpartition("/")[2], kind)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(textwrap.wrap(text, _LETTERS, break_long_words=False))


def _svg(columns: list[dict[str, _Node]], arrows: list[tuple[str, str]], heads: list[str]) -> str:
    tallest = max(sum(node.height + _BETWEEN for node in column.values()) for column in columns)
    width, height = len(columns) * (_WIDTH + _GAP) - _GAP + 2, _HEAD + tallest + 2
    places: dict[str, tuple[int, int, int]] = {}
    boxes = []
    for number, column in enumerate(columns):
        left = 1 + number * (_WIDTH + _GAP)
        top = _HEAD + (tallest - sum(node.height + _BETWEEN for node in column.values())) // 2
        boxes.append(f'<text class="head" x="{left}" y="16">{html.escape(heads[number])}</text>')
        for name, node in column.items():
            places[name] = (left, top, node.height)
            boxes.append(_box(node, left, top))
            top += node.height + _BETWEEN
    lines = [_arrow(places[start], places[end]) for start, end in arrows]
    return (
        f'<svg class="lineage" viewBox="0 0 {width} {height}" width="{width}" height="{height}" aria-hidden="true">'
        + f'<path d="{"".join(lines)}"/>'
        + "".join(boxes)
        + "</svg>"
    )


def _box(node: _Node, left: int, top: int) -> str:
    texts = [
        f'<text y="{_PAD + 13 + place * _LINE}">{html.escape(line)}</text>' for place, line in enumerate(node.lines)
    ]
    if node.detail:
        below = _PAD + 13 + len(node.lines) * _LINE
        texts.append(f'<text class="detail" y="{below}">{html.escape(node.detail)}</text>')
    box = f'<rect x="-10" width="{_WIDTH}" height="{node.height}" rx="4"/>'
    return f'<g class="{node.kind}" transform="translate({left + 10} {top})">{box}{"".join(texts)}</g>'


def _arrow(start: tuple[int, int, int], end: tuple[int, int, int]) -> str:
    x, y = start[0] + _WIDTH, start[1] + start[2] // 2
    to_x, to_y = end[0], end[1] + end[2] // 2
    bend = _GAP // 2
    return f"M{x} {y}C{x + bend} {y} {to_x - bend} {to_y} {to_x} {to_y}"
