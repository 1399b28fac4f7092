"""Known year by year: projects, outcomes and use that certainly were public then, and a band up to what may have been.

Belongs here: this one figure. Does not belong here: the two bounds (`gevinst.method.reconstruction`) and the finding in
the heading (`gevinst.site.sentences.reading`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

from gevinst.addresses import bare
from gevinst.language.texts import Catalogue
from gevinst.method.reconstruction import BOUNDED, IN_USE, OUTCOME_KNOWN, PARTLY_IN_USE, PROJECTS_KNOWN
from gevinst.site.figures import style
from gevinst.site.figures.model import Cell, Figure, LegendEntry, Row
from gevinst.site.sentences.reading import known_over_time_heading

FIGURE_ID = "known-over-time"
_SIDES = ("certain", "possible")
_NUMBERED = (PROJECTS_KNOWN, OUTCOME_KNOWN)
"""Lines that have their numbers at every year. The others run close to the ground: they have one where it changes, and
on a phone only at their ends."""
_HEIGHT, _PHONE_HEIGHT = 430, 460
_TOP, _BOTTOM = 26, 34
_NUMBER, _PHONE_NUMBER = 13, 11
_APART, _PHONE_APART = 22, 30
"""Pixels between the names at the ends of two lines."""
_PHONE_LETTERS = 13
"""Letters on a line of a name on a phone."""
_CLEAR = 4
"""Pixels between a number and the point it belongs to."""
_LINE_HEIGHT = 1.35
"""Height of a line of text, of the size of its letters."""
_OF_POINTS = ("x", "y", "text", "textposition")
"""What a series has one of for each point."""

Bound = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Looks:
    """How a line is drawn, and the band above it."""

    line: str
    band: str
    width: float
    dash: str = "solid"


_LOOKS = {
    PROJECTS_KNOWN: Looks(style.UNDER_WAY, style.GRID, 2),
    OUTCOME_KNOWN: Looks(style.STEPS[5], style.STEPS[1], 3),
    PARTLY_IN_USE: Looks(style.STEPS[4], style.STEPS[2], 2, "dash"),
    IN_USE: Looks(style.STEPS[6], style.STEPS[2], 3),
}


class Room:
    """Where on the drawing a number of that size stands clear of lines and of the numbers placed before it."""

    def __init__(self, layout: Mapping[str, Any], drawn: Mapping[str, list[Bound]], size: int) -> None:
        margin, (left, right), (low, high) = layout["margin"], layout["xaxis"]["range"], layout["yaxis"]["range"]
        self.size = size
        self._first = left
        self._per_year = (layout["width"] - margin["l"] - margin["r"]) / (right - left)
        self._per_project = (layout["height"] - margin["t"] - margin["b"]) / (high - low)
        self._floor = low * self._per_project
        self._lines = [[self._at(row, "certain") for row in rows] for rows in drawn.values()]
        self._taken: list[tuple[float, float, float, float]] = []

    def _at(self, row: Bound, side: str) -> tuple[float, float]:
        """Pixels to the right of the edge, and above zero projects."""
        return (row["edition_year"] - self._first) * self._per_year, row[f"{side}_count"] * self._per_project

    def place(self, row: Bound, side: str, text: str, places: Sequence[str]) -> str | None:
        """The first of the places beside the point that is free, which is then taken; `None` where none is."""
        x, y = self._at(row, side)
        width, height = style.letters_width(bare(text), self.size), self.size * _LINE_HEIGHT
        for place in places:
            low = y + _CLEAR if place.startswith("top") else y - _CLEAR - height
            left = {"left": x - _CLEAR - width, "center": x - width / 2, "right": x + _CLEAR}[place.split()[1]]
            box = (left, left + width, low, low + height)
            if (
                low >= self._floor
                and not any(map(partial(_meet, box), self._taken))
                and not any(map(partial(_crosses, box), self._lines))
            ):
                self._taken.append(box)
                return place
        return None


def _meet(one: Sequence[float], other: Sequence[float]) -> bool:
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


def _crosses(box: Sequence[float], line: Sequence[tuple[float, float]]) -> bool:
    """Whether a line runs through the box: it is above or below all along, or it does."""
    left, right, low, high = box
    for (x0, y0), (x1, y1) in pairwise(line):
        start, end = max(left, x0), min(right, x1)
        if start <= end:
            at = [y0 + (y1 - y0) * (x - x0) / (x1 - x0) for x in (start, end)]
            if min(at) < high and max(at) > low:
                return True
    return False


def known_over_time(bounds: Sequence[Bound], catalogue: Catalogue, *, source: str, this_year: int) -> Figure | None:
    """All rows of `reconstruction_bounds` up to the edition year `this_year`, with their addresses.

    Of each figure of `BOUNDED` a line of what certainly was public at the end of each year, and a band from there up
    to what may have been; in the last year they meet. Without a known project there is no figure.
    """
    series = {
        name: sorted((row for row in bounds if row["bounded_figure"] == name), key=lambda row: row["edition_year"])
        for name in BOUNDED
    }
    drawn = {name: rows for name, rows in series.items() if rows}
    if not any(row["possible_count"] for row in drawn.get(PROJECTS_KNOWN, [])):
        return None
    heading = known_over_time_heading(drawn[OUTCOME_KNOWN], drawn[PROJECTS_KNOWN][-1], catalogue)
    has_band = any(row["certain_count"] != row["possible_count"] for rows in drawn.values() for row in rows)
    wide, phone = _layout(drawn, catalogue), _phone_layout(drawn, catalogue)
    return Figure(
        figure_id=FIGURE_ID,
        heading=heading,
        caption=catalogue.t(
            "known_over_time.caption" if has_band else "known_over_time.caption_certain", this_year=this_year
        ),
        alt=_alt(drawn, heading, catalogue),
        spec=style.as_json(_traces(drawn, drawn, Room(wide, drawn, _NUMBER), catalogue), wide),
        phone_spec=style.as_json(_traces(drawn, _NUMBERED, Room(phone, drawn, _PHONE_NUMBER), catalogue), phone),
        legend=(
            LegendEntry("step-5", "", catalogue.t("known_over_time.legend_certain")),
            *([LegendEntry("step-1", "", catalogue.t("known_over_time.legend_possible"))] if has_band else []),
        ),
        source=source,
        columns=(
            catalogue.t("known_over_time.year"),
            *(catalogue.t(f"known_over_time.{name}_{side}") for name in drawn for side in _SIDES),
        ),
        rows=tuple(_table_row(place, drawn, catalogue) for place in range(len(drawn[PROJECTS_KNOWN]))),
    )


def _traces(
    drawn: Mapping[str, list[Bound]], numbered: Iterable[str], room: Room, catalogue: Catalogue
) -> list[dict[str, Any]]:
    """Bands, the lines on them, and numbers along the lines that are `numbered`."""
    bands = [trace for name, rows in drawn.items() for trace in _band(rows, _LOOKS[name])]
    lines = [_line(name, rows, catalogue) for name, rows in drawn.items()]
    numbers = [_numbers(name, drawn[name], room, catalogue) for name in numbered]
    return [*bands, *lines, *(trace for pair in numbers for trace in pair if trace["x"])]


def _band(rows: list[Bound], looks: Looks) -> list[dict[str, Any]]:
    """Two edges without a line, the ground between them filled; nothing where the bounds are the same throughout."""
    if all(row["certain_count"] == row["possible_count"] for row in rows):
        return []
    edge = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "line": {"width": 0, "color": looks.band}}
    low = {**edge, "x": _years(rows), "y": [row["certain_count"] for row in rows]}
    high = {**edge, "x": _years(rows), "y": [row["possible_count"] for row in rows]}
    return [low, {**high, "fill": "tonexty", "fillcolor": looks.band}]


def _line(name: str, rows: list[Bound], catalogue: Catalogue) -> dict[str, Any]:
    looks = _LOOKS[name]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": _years(rows),
        "y": [row["certain_count"] for row in rows],
        "line": {"color": looks.line, "width": looks.width, "dash": looks.dash},
        "marker": {"size": 6, "color": looks.line},
        "hovertext": [
            f"{style.plain(catalogue.t(f'known_over_time.{name}'))}, {row['edition_year']}: {_span(row, catalogue)}"
            for row in rows
        ],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _numbers(name: str, rows: list[Bound], room: Room, catalogue: Catalogue) -> tuple[dict[str, Any], dict[str, Any]]:
    """What may have been above the band and what certainly was below the line; where they are one, where there is room.

    A number that would stand on a line or on another number is left out: the table has it.
    """
    shown = [row for row in _with_number(name, rows) if row["certain_count"] or row["possible_count"]]
    written = catalogue.number.integer

    def texts(rows: list[Bound], side: str, places: Sequence[str]) -> dict[str, Any]:
        found = [(row, room.place(row, side, written(row[f"{side}_count"]), places)) for row in rows]
        placed = [(row, place) for row, place in found if place]
        return {
            "type": "scatter",
            "mode": "markers+text",
            "x": _years([row for row, _ in placed]),
            "y": [row[f"{side}_count"] for row, _ in placed],
            # Unseen markers keep the text clear of the line.
            "marker": {"size": 2 * _CLEAR, "opacity": 0},
            "text": [written(row[f"{side}_count"]) for row, _ in placed],
            "textposition": [place for _, place in placed],
            "textfont": {"size": room.size, "color": _LOOKS[name].line},
            "hoverinfo": "skip",
            "cliponaxis": False,
        }

    # Lines mostly rise: above them there is room to the left, and below to the right.
    one = [row for row in shown if row["certain_count"] == row["possible_count"]]
    parted = [row for row in shown if row["certain_count"] != row["possible_count"]]
    above, below = ("top left", "top center"), ("bottom right", "bottom center")
    possible, certain = texts(parted, "possible", above), texts(parted, "certain", below)
    alone = texts(one, "certain", (*above, *below))
    return {key: alone[key] + value if key in _OF_POINTS else value for key, value in possible.items()}, certain


def _with_number(name: str, rows: list[Bound]) -> list[Bound]:
    """The years whose number is written; the last one's is in the name at the end of the line."""
    if name in _NUMBERED:
        return rows[:-1]
    sides = [(row["certain_count"], row["possible_count"]) for row in rows]
    return [row for place, row in enumerate(rows[:-1]) if place and sides[place] != sides[place - 1]]


def _years(rows: list[Bound]) -> list[int]:
    return [row["edition_year"] for row in rows]


def _layout(drawn: Mapping[str, list[Bound]], catalogue: Catalogue) -> dict[str, Any]:
    names = {name: _end(name, rows, catalogue) for name, rows in drawn.items()}
    right = style.label_width(list(names.values())) + 8
    layout = style.layout(_HEIGHT, left=20, right=right, top=_TOP, bottom=_BOTTOM)
    years = _years(drawn[PROJECTS_KNOWN])
    plain = {name: style.plain(text) for name, text in names.items()}
    return {**layout, **_axes(drawn, years), "annotations": _ends(drawn, plain, _HEIGHT, _APART, 14)}


def _phone_layout(drawn: Mapping[str, list[Bound]], catalogue: Catalogue) -> dict[str, Any]:
    """The names on two lines each, and every second year, of which the last is one."""
    names = {name: style.wrapped(_end(name, rows, catalogue), _PHONE_LETTERS) for name, rows in drawn.items()}
    right = style.label_width([line for name in names.values() for line in style.lines_of(name)], style.PHONE_TEXT)
    layout = style.layout(_PHONE_HEIGHT, width=style.PHONE_WIDTH, left=16, right=right + 4, top=_TOP, bottom=_BOTTOM)
    years = _years(drawn[PROJECTS_KNOWN])
    axes = _axes(drawn, years[len(years) % 2 == 0 :: 2])
    return {**layout, **axes, "annotations": _ends(drawn, names, _PHONE_HEIGHT, _PHONE_APART, style.PHONE_TEXT)}


def _end(name: str, rows: list[Bound], catalogue: Catalogue) -> str:
    """The newest number of a line, and what it counts."""
    return catalogue.t(f"known_over_time.end_{name}", n=rows[-1]["certain_count"])


def _axes(drawn: Mapping[str, list[Bound]], ticks: list[int]) -> dict[str, Any]:
    years = _years(drawn[PROJECTS_KNOWN])
    return {
        "xaxis": style.axis(
            # A single year has a width too.
            range=[years[0] - 0.15, max(years[-1], years[0] + 1) + 0.15],
            tickvals=ticks,
            ticktext=[str(year) for year in ticks],
            ticklabelstandoff=6,
            tickfont={"size": style.PHONE_TEXT},
            showline=True,
            linecolor=style.LINE,
        ),
        "yaxis": style.axis(range=[-0.5, _most(drawn) * 1.06], showticklabels=False),
    }


def _most(drawn: Mapping[str, list[Bound]]) -> int:
    return max(row["possible_count"] for rows in drawn.values() for row in rows)


def _ends(
    drawn: Mapping[str, list[Bound]], names: Mapping[str, str], height: int, apart: int, size: int
) -> list[dict[str, Any]]:
    """The name of each line at its end, moved up where it would be on the one below."""
    in_pixels = (height - _TOP - _BOTTOM) / (_most(drawn) * 1.06 + 0.5)
    made, last = [], float("-inf")
    for name, rows in sorted(drawn.items(), key=lambda one: (one[1][-1]["certain_count"], -BOUNDED.index(one[0]))):
        place = rows[-1]["certain_count"] * in_pixels
        shifted = max(place, last + apart)
        last = shifted
        made.append(
            {
                "text": names[name],
                "font": {"size": size, "color": _LOOKS[name].line, "weight": 600},
                "align": "left",
                "showarrow": False,
                "xref": "paper",
                "x": 1,
                "xanchor": "left",
                "xshift": 6,
                "yref": "y",
                "y": rows[-1]["certain_count"],
                "yshift": round(shifted - place),
            }
        )
    return made


def _span(row: Bound, catalogue: Catalogue) -> str:
    low, high = (catalogue.number.integer(row[f"{side}_count"]) for side in _SIDES)
    return low if row["certain_count"] == row["possible_count"] else catalogue.number.span(low, high)


def _alt(drawn: Mapping[str, list[Bound]], heading: str, catalogue: Catalogue) -> str:
    told = [
        catalogue.t(
            "known_over_time.told",
            what=catalogue.t(f"known_over_time.{name}"),
            years=", ".join(f"{row['edition_year']}: {_span(row, catalogue)}" for row in rows),
        )
        for name, rows in drawn.items()
    ]
    return catalogue.t("known_over_time.alt", heading=heading, counts="; ".join(told))


def _table_row(place: int, drawn: Mapping[str, list[Bound]], catalogue: Catalogue) -> Row:
    year = str(drawn[PROJECTS_KNOWN][place]["edition_year"])
    numbers = (rows[place][f"{side}_count"] for rows in drawn.values() for side in _SIDES)
    return Row(year, (Cell(year), *(Cell(catalogue.number.integer(n), is_number=True) for n in numbers)))
