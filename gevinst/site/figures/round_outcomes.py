"""From round to outcome: what had come of the projects of each award round, by their newest statement.

Belongs here: this one figure. Does not belong here: which outcome a project has (`gevinst.method.status`), and rounds
compared at equal age (`gevinst.method.ages`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from gevinst.contracts.addressing import addressed_rows
from gevinst.contracts.vocabulary import (
    OUTCOME_CONTINUED,
    OUTCOME_IN_USE,
    OUTCOME_PARTLY,
    OUTCOME_RESULT,
    OUTCOME_STOPPED,
    OUTCOME_UNKNOWN,
    OUTCOMES,
)
from gevinst.language.phrases import age
from gevinst.language.texts import Catalogue
from gevinst.site.figures import stacked_bars, style
from gevinst.site.figures.model import Cell, Figure, LegendEntry, Row
from gevinst.site.headlines import Headlines

FIGURE_ID = "round-outcomes"


@dataclass(frozen=True, slots=True)
class Looks:
    """The mark of an outcome in legends, its colours, and the stripe over what rests on an old statement."""

    mark: str
    fill: str
    ink: str
    stripe: str | None = None


_LOOKS = {
    OUTCOME_IN_USE: Looks("step-5", style.STEPS[5], style.STEP_INKS[5], style.STEP_STRIPES[5]),
    OUTCOME_PARTLY: Looks("step-4", style.STEPS[4], style.STEP_INKS[4], style.STEP_STRIPES[4]),
    OUTCOME_RESULT: Looks("step-2", style.STEPS[2], style.STEP_INKS[2], style.STEP_STRIPES[2]),
    OUTCOME_STOPPED: Looks("stopped", style.STOPPED, style.PAPER, style.STOPPED_STRIPE),
    OUTCOME_CONTINUED: Looks("continued", style.CONTINUED, style.INK, style.CONTINUED_STRIPE),
    OUTCOME_UNKNOWN: Looks("not-assessed", style.NOT_ASSESSED, style.INK),
}
_UNNAMED = Looks("unnamed", style.PAPER, style.INK)
"""Projects that were selected and that no source names: an outline, since nothing can be known of them."""


@dataclass(frozen=True, slots=True)
class Round(stacked_bars.Bar):
    """One round: its projects and old statements by outcome, how many were selected, and how many have no name."""

    cohort_year: int
    projects: dict[str, int]
    stale: dict[str, int]
    selected: int | None
    unnamed: int | None


def round_outcomes(
    outcomes: pl.DataFrame,
    overview: pl.DataFrame,
    figures: Headlines,
    rounds: pl.DataFrame,
    codelists: pl.DataFrame,
    catalogue: Catalogue,
    *,
    source: str,
    stale_after_months: int,
    selections: Mapping[int, str],
) -> Figure | None:
    """All rows of `round_outcomes` and of `round_overview` in one edition year, oldest round first.

    A part is hatched where it rests on old statements. `figures` are the headline figures of that year, and
    `selections` the addresses at which the projects of a cohort are listed. Without a known project there is no figure.
    """
    rows = _rounds(outcomes, overview, catalogue.texts(rounds, "round_id", "name"), catalogue)
    if not any(count for row in rows for count in row.projects.values()):
        return None
    labels = catalogue.labels(codelists, "outcome")
    heading = catalogue.t("round_outcomes.heading")
    unnamed = figures["unnamed_projects"].value
    return Figure(
        figure_id=FIGURE_ID,
        heading=heading,
        caption=" ".join(
            (
                catalogue.t("round_outcomes.caption", n=figures["projects"].value),
                *([catalogue.t("round_outcomes.unnamed_told", n=unnamed)] if unnamed else []),
                catalogue.t("round_outcomes.not_equally_old"),
            )
        ),
        alt=_alt(rows, heading, labels, catalogue),
        spec=style.as_json(_traces(rows, labels, catalogue, stacked_bars.room(rows)), stacked_bars.layout(rows)),
        phone_spec=style.as_json(
            _traces(rows, labels, catalogue, stacked_bars.PHONE_ROOM), stacked_bars.phone_layout(rows)
        ),
        legend=_legend(rows, labels, catalogue, stale_after_months),
        source=source,
        columns=(
            catalogue.t("common.round"),
            catalogue.t("rounds.selected"),
            *(labels[outcome] for outcome in OUTCOMES),
            catalogue.t("round_outcomes.unnamed"),
        ),
        rows=tuple(_table_row(row, catalogue, selections) for row in rows),
    )


def _rounds(
    outcomes: pl.DataFrame, overview: pl.DataFrame, names: Mapping[str, str], catalogue: Catalogue
) -> list[Round]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in addressed_rows("round_outcomes", outcomes):
        found.setdefault(row["round_id"], []).append(row)
    return [
        _round(row, found.get(row["round_id"], []), names[row["round_id"]], catalogue)
        for row in addressed_rows("round_overview", overview.sort("cohort_year", "round_id"))
    ]


def _round(row: dict[str, Any], outcomes: list[dict[str, Any]], name: str, catalogue: Catalogue) -> Round:
    selected, unnamed = row["selected_count"], row["unnamed_count"]
    if unnamed is not None and unnamed < 0:
        unnamed = None  # more are named than a source says were selected; the coverage page tells of it
    return Round(
        row["round_id"],
        name,
        catalogue.t("round_outcomes.of_unknown" if selected is None else "round_outcomes.of", n=selected),
        row["named_count"] + (unnamed or 0),
        row["cohort_year"],
        {one["outcome_code"]: one["project_count"] for one in outcomes},
        {one["outcome_code"]: one["stale_count"] for one in outcomes},
        selected,
        unnamed,
    )


def _traces(rows: list[Round], labels: dict[str, str], catalogue: Catalogue, room: int) -> list[dict[str, Any]]:
    made = []
    for outcome, looks in _LOOKS.items():
        fresh = {row.key: row.projects.get(outcome, 0) - row.stale.get(outcome, 0) for row in rows}
        stale = {row.key: row.stale.get(outcome, 0) for row in rows}
        for counts, stripe in ((fresh, None), (stale, looks.stripe)):
            label = labels[outcome].lower()
            made.append(_part(rows, counts, label, looks, stripe, catalogue, room))
    unnamed = _part(
        rows,
        {row.key: row.unnamed or 0 for row in rows},
        catalogue.t("round_outcomes.unnamed").lower(),
        _UNNAMED,
        None,
        catalogue,
        room,
    )
    unnamed["marker"]["line"] = {"color": style.LINE, "width": 1}
    return [trace for trace in (*made, unnamed) if trace["x"]]


def _part(
    rows: list[Round],
    counts: Mapping[str, int],
    label: str,
    looks: Looks,
    stripe: str | None,
    catalogue: Catalogue,
    room: int,
) -> dict[str, Any]:
    hover = "round_outcomes.hover" if stripe is None else "round_outcomes.hover_old"
    places = [
        (
            row.key,
            n,
            stacked_bars.inside(n, rows, room, catalogue.number.integer(n), (label,)),
            catalogue.t(hover, n=n, round=style.plain(row.label), outcome=label),
        )
        for row in rows
        if (n := counts[row.key])
    ]
    return stacked_bars.part(places, looks.fill, looks.ink, stripe=stripe)


def _legend(
    rows: list[Round], labels: dict[str, str], catalogue: Catalogue, stale_after_months: int
) -> tuple[LegendEntry, ...]:
    """The outcomes that occur, projects without a name, and hatching."""
    present = [outcome for outcome in OUTCOMES if any(row.projects.get(outcome) for row in rows)]
    entries = [LegendEntry(_LOOKS[outcome].mark, "", labels[outcome]) for outcome in present]
    if any(row.unnamed for row in rows):
        entries.append(LegendEntry(_UNNAMED.mark, "", catalogue.t("round_outcomes.unnamed")))
    old = [outcome for outcome in present if any(row.stale.get(outcome) for row in rows)]
    if old:
        limit = age(catalogue, stale_after_months)
        entries.append(LegendEntry(_LOOKS[old[-1]].mark, "", catalogue.t("common.hatched", age=limit), is_hatched=True))
    return tuple(entries)


def _alt(rows: list[Round], heading: str, labels: dict[str, str], catalogue: Catalogue) -> str:
    told = []
    for row in rows:
        counts = [f"{labels[one].lower()} {row.projects[one]}" for one in OUTCOMES if row.projects.get(one)]
        if row.unnamed:
            counts.append(f"{catalogue.t('round_outcomes.unnamed').lower()} {row.unnamed}")
        told.append(catalogue.t("round_outcomes.told", round=row.label, counts=catalogue.join(counts)))
    return catalogue.t("round_outcomes.alt", heading=heading, counts="; ".join(told))


def _table_row(row: Round, catalogue: Catalogue, selections: Mapping[int, str]) -> Row:
    return Row(
        row.key,
        (
            Cell(row.label, href=selections.get(row.cohort_year)),
            _number(row.selected, catalogue),
            *(_count(row, outcome, catalogue) for outcome in OUTCOMES),
            _number(row.unnamed, catalogue),
        ),
    )


def _number(value: int | None, catalogue: Catalogue) -> Cell:
    spoken = catalogue.t("symbols.missing") if value is None else None
    return Cell(catalogue.number.integer(value), spoken=spoken, is_number=True)


def _count(row: Round, outcome: str, catalogue: Catalogue) -> Cell:
    """How many, and how many of them by an old statement; unknown of a round that the mart does not know."""
    count, stale = row.projects.get(outcome), row.stale.get(outcome)
    if not stale:
        return _number(count, catalogue)
    written = catalogue.t("round_outcomes.count_old", count=catalogue.number.integer(count), n=stale)
    return Cell(written, is_number=True)
