"""Benefits by category: in how many projects each kind is expected, reported, measured or documented.

Belongs here: this one figure. Does not belong here: which claim is in force (`gevinst.method.gains`) and the finding in
the heading (`gevinst.site.sentences.benefits`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from gevinst.addresses import addressed
from gevinst.contracts.addressing import addressed_rows
from gevinst.contracts.vocabulary import EVIDENCE
from gevinst.language.texts import Catalogue
from gevinst.site.figures import stacked_bars, style
from gevinst.site.figures.model import Cell, Figure, LegendEntry, Row
from gevinst.site.sentences.benefits import categories_heading

FIGURE_ID = "kategorier"
_SUREST_FIRST = tuple(reversed(EVIDENCE))
_COUNTS = dict(
    zip(
        EVIDENCE,
        (
            "expected_project_count",
            "reported_project_count",
            "measured_by_participant_project_count",
            "documented_project_count",
        ),
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Category(stacked_bars.Bar):
    """One category, with where in the chain of results it is as its note, and its projects by surest evidence."""

    counts: dict[str, int]


def benefits_by_category(
    categories: pl.DataFrame, codelists: pl.DataFrame, catalogue: Catalogue, *, source: str, project_count: int
) -> Figure:
    """Projects per category, along the chain of results: all rows of `benefit_by_category` in one edition year.

    Each project counts once in a category, by its surest claim in force. General potentials are left out.
    `project_count` is the number of projects that were coded for benefits, those without any included: of others
    nothing can be said.
    """
    labels = catalogue.labels(codelists, "benefit_category")
    levels = catalogue.labels(codelists, "evidence")
    rows = list(addressed_rows("benefit_by_category", categories))
    bars = _categories(rows, labels, catalogue.labels(codelists, "gain_nature"))
    heading = categories_heading(rows, labels, catalogue)
    return Figure(
        figure_id=FIGURE_ID,
        heading=heading,
        caption=catalogue.t("benefits_figure.caption", n=project_count),
        alt=_alt(bars, heading, levels, catalogue),
        spec=style.as_json(_traces(bars, levels, catalogue, stacked_bars.room(bars)), stacked_bars.layout(bars)),
        phone_spec=style.as_json(
            _traces(bars, levels, catalogue, stacked_bars.PHONE_ROOM), stacked_bars.phone_layout(bars)
        ),
        legend=tuple(
            LegendEntry(f"evidence-{EVIDENCE.index(level) + 1}", style.EVIDENCE_SIGNS[level], levels[level])
            for level in _SUREST_FIRST
        ),
        source=source,
        columns=(
            catalogue.t("benefits_figure.category"),
            catalogue.t("benefits_figure.nature"),
            *(levels[level] for level in _SUREST_FIRST),
            catalogue.t("benefits_figure.total"),
        ),
        rows=tuple(_table_row(bar, catalogue) for bar in bars),
    )


def _categories(rows: list[dict[str, Any]], labels: dict[str, str], natures: dict[str, str]) -> list[Category]:
    found = {
        row["benefit_category_code"]: Category(
            row["benefit_category_code"],
            labels[row["benefit_category_code"]],
            natures[row["gain_nature_code"]],
            row["project_count"],
            {level: row[name] for level, name in _COUNTS.items() if row[name]},
        )
        for row in rows
        if row["is_gain"] and row["project_count"]
    }
    return [found[code] for code in labels if code in found]


def _traces(bars: list[Category], levels: dict[str, str], catalogue: Catalogue, room: int) -> list[dict[str, Any]]:
    """The parts of each level of evidence, each with its number, and its name where there is room for it."""
    return [
        stacked_bars.part(
            [
                (
                    bar.key,
                    n,
                    stacked_bars.inside(
                        n, bars, room, catalogue.number.integer(n), (label.lower(), style.EVIDENCE_SIGNS[level])
                    ),
                    catalogue.t("benefits_figure.hover", n=n, category=style.plain(bar.label), level=label.lower()),
                )
                for bar in bars
                if (n := bar.counts.get(level))
            ],
            style.EVIDENCE[level],
            style.EVIDENCE_INKS[level],
        )
        for level in _SUREST_FIRST
        for label in (levels[level],)
    ]


def _alt(bars: list[Category], heading: str, levels: dict[str, str], catalogue: Catalogue) -> str:
    counts = [
        catalogue.t(
            "benefits_figure.category_counts",
            category=bar.label,
            counts=catalogue.join(
                [f"{levels[level].lower()} {bar.counts[level]}" for level in _SUREST_FIRST if level in bar.counts]
            ),
        )
        for bar in bars
    ]
    return catalogue.t("benefits_figure.alt", heading=heading, counts="; ".join(counts))


def _table_row(bar: Category, catalogue: Catalogue) -> Row:
    nothing = addressed(0, f"benefit_by_category.{bar.key}")  # no project has it as its surest
    numbers = [bar.counts.get(level, nothing) for level in _SUREST_FIRST]
    cells = (Cell(catalogue.number.integer(n), is_number=True) for n in (*numbers, bar.total))
    return Row(bar.key, (Cell(bar.label), Cell(bar.note), *cells))
