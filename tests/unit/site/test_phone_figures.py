"""Figures for a phone: the same data with the same marks as the wide ones, on a narrower paper."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from gevinst.site.figures import Figure, style
from tests.data.rendered import REAL, invented_tables, real_tables, view_of
from tests.data.status_figures import PORTFOLIO, the_ladder


def drawings(figure: Figure) -> tuple[dict[str, Any], dict[str, Any]]:
    assert figure.phone_spec is not None, figure.figure_id
    return json.loads(figure.spec), json.loads(figure.phone_spec)


def told(drawing: dict[str, Any]) -> Counter[str]:
    """What each mark says when one points at it, with its fill."""
    found: Counter[str] = Counter()
    for trace in drawing["data"]:
        texts = trace.get("hovertext", [])
        fill = trace.get("marker", {}).get("color")
        found.update(f"{text} {fill[at] if isinstance(fill, list) else fill}" for at, text in enumerate(texts))
    return found


@pytest.mark.parametrize("tables", [real_tables, invented_tables])
def test_every_figure_has_the_same_marks_for_a_phone_on_a_paper_of_its_width(tables) -> None:
    figures = view_of(tables(), "nb", REAL).figures
    assert len(figures) >= 7
    for name, figure in figures.items():
        wide, phone = drawings(figure)
        assert told(wide) == told(phone) and told(wide), name
        assert (wide["layout"]["width"], phone["layout"]["width"]) == (style.WIDTH, style.PHONE_WIDTH)


def test_the_rows_of_the_ladder_can_be_selected_on_a_phone() -> None:
    figure = the_ladder(*PORTFOLIO)
    wide, phone = drawings(figure)
    assert figure.row_height and figure.phone_row_height and figure.row_height < figure.phone_row_height
    assert phone["layout"]["yaxis"]["categoryarray"] == wide["layout"]["yaxis"]["categoryarray"]
    ids = {row.key for row in figure.rows}
    assert all(set(trace["y"]) <= ids for trace in phone["data"]), "each point is in a row, and goes with it"
    names = next(trace for trace in phone["data"] if trace["mode"] == "text")
    assert [name.split(" <span")[0] for name in names["text"]] == [row.cells[0].text for row in figure.rows]


def test_a_page_carries_for_a_phone_only_what_is_different() -> None:
    figures = view_of(invented_tables(), "nb", REAL).figures
    for name in ("strips", "ladder", "time-to-use"):
        figure = figures[name]
        assert figure.phone_spec is not None and figure.phone_changes is not None
        assert len(figure.phone_changes) < len(figure.phone_spec) / 2, name
