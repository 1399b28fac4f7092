"""Applicants and selected projects per award round.

Belongs here: this one figure. Does not belong here: which of several stated numbers is used (`gevinst.method.rounds`).
"""

from __future__ import annotations

from typing import Any

import polars as pl

from gevinst.language.texts import Catalogue
from gevinst.site.figures import style
from gevinst.site.figures.model import Cell, Figure, LegendEntry, Row
from gevinst.site.figures.round_bars import Round, gaps, layout, lying, phone_layout, round_rows
from gevinst.site.headlines import Headlines
from gevinst.site.sentences.portfolio import rounds_heading

FIGURE_ID = "rounds"
_BAR_WIDTH = 0.34
_INFERRED = "inferred"
_MEASURES = {"applicant": "rounds.applicants", "selected": "rounds.selected"}
_OFFSETS = {"applicant": -0.18, "selected": 0.18}
_COLORS = {"applicant": style.STEPS[2], "selected": style.STEPS[5]}


def rounds(
    overview: pl.DataFrame,
    figures: Headlines,
    rounds_table: pl.DataFrame,
    codelists: pl.DataFrame,
    catalogue: Catalogue,
    *,
    source: str,
    min_n: int,
    last_year: int,
) -> Figure:
    """Applicants and selected of all rows of `round_overview` in one edition year, oldest round first.

    `figures` are the headline figures of that year.
    A number that no source states leaves a gap marked as unknown, never a zero, and so does a year up to `last_year`
    without any round. The table gives the share selected from `min_n` applicants.
    """
    rows, names = round_rows(overview, rounds_table, catalogue, last_year=last_year)
    heading = rounds_heading(overview, names, figures, catalogue)
    bases = catalogue.labels(codelists, "figure_basis")
    measures = {measure: catalogue.t(key) for measure, key in _MEASURES.items()}
    return Figure(
        figure_id=FIGURE_ID,
        heading=heading,
        caption=catalogue.t(
            "rounds.caption", n=figures["rounds"].value, **({"years": _years(rows, catalogue)} if rows else {})
        ),
        alt=_alt(rows, heading, bases, catalogue),
        spec=style.as_json(_traces(rows, measures, bases, catalogue), layout(rows, catalogue)),
        phone_spec=style.as_json(
            lying(_traces(rows, measures, bases, catalogue)), phone_layout(rows, catalogue, right=_right(rows, bases))
        ),
        legend=(
            LegendEntry("applicants", "", measures["applicant"]),
            LegendEntry("selected", "", measures["selected"]),
        ),
        source=source,
        columns=(
            catalogue.t("common.round"),
            *measures.values(),
            catalogue.t("rounds.acceptance"),
            catalogue.t("rounds.named"),
            catalogue.t("rounds.note"),
        ),
        rows=tuple(_table_row(row, bases, catalogue, min_n) for row in rows),
    )


def _traces(
    rows: list[Round], measures: dict[str, str], bases: dict[str, str], catalogue: Catalogue
) -> list[dict[str, Any]]:
    bars = [_bars(rows, measure, label, bases, catalogue) for measure, label in measures.items()]
    return [*bars, gaps(rows, {f"{measure}_count": offset for measure, offset in _OFFSETS.items()})]


def _bars(rows: list[Round], measure: str, label: str, bases: dict[str, str], catalogue: Catalogue) -> dict[str, Any]:
    """One bar per known number; a number that no source gives for certain is hollow and says so."""
    known = [(place, row) for place, row in enumerate(rows) if row[f"{measure}_count"] is not None]
    values = [row[f"{measure}_count"] for _, row in known]
    written = [catalogue.number.integer(value) for value in values]
    unsure = [row[f"{measure}_basis_code"] == _INFERRED for _, row in known]
    return {
        "type": "bar",
        "x": [place + _OFFSETS[measure] for place, _ in known],
        "y": values,
        "width": _BAR_WIDTH,
        "marker": {
            "color": [style.PAPER if hollow else _COLORS[measure] for hollow in unsure],
            "line": {"color": style.STEPS[5], "width": 1},
        },
        "text": [
            f"{number}<br>{style.muted(bases[_INFERRED])}" if hollow else number
            for number, hollow in zip(written, unsure, strict=True)
        ],
        "textposition": "outside",
        "constraintext": "none",
        "textfont": {"size": 14, "weight": 600},
        "cliponaxis": False,
        "hovertext": [
            catalogue.t("rounds.hover", round=style.plain(row["name"]), measure=label.lower(), value=number)
            for (_, row), number in zip(known, written, strict=True)
        ],
        "hoverinfo": "text",
    }


def _right(rows: list[Round], bases: dict[str, str]) -> int:
    """Room for a number beside the longest bar of a phone's drawing, and for what it is where no source is certain."""
    is_unsure = any(row[f"{measure}_basis_code"] == _INFERRED for row in rows for measure in _MEASURES)
    return style.label_width([f"00 {bases[_INFERRED]}" if is_unsure else "00"], 13)


def _years(rows: list[Round], catalogue: Catalogue) -> str:
    years = [row["cohort_year"] for row in rows if not row["is_missing"]]
    return catalogue.number.span(str(years[0]), str(years[-1]))


def _alt(rows: list[Round], heading: str, bases: dict[str, str], catalogue: Catalogue) -> str:
    by_round = [
        catalogue.t("rounds.year_without", year=row["cohort_year"])
        if row["is_missing"]
        else catalogue.t(
            "rounds.count",
            round=row["name"],
            applicants=_in_words(row, "applicant", bases, catalogue),
            selected=_in_words(row, "selected", bases, catalogue),
        )
        for row in rows
    ]
    return catalogue.t("rounds.alt", heading=heading, counts="; ".join(by_round))


def _in_words(row: Round, measure: str, bases: dict[str, str], catalogue: Catalogue) -> str:
    value = row[f"{measure}_count"]
    if value is None:
        return catalogue.t("symbols.missing")
    unsure = row[f"{measure}_basis_code"] == _INFERRED
    return catalogue.number.integer(value) + (f" ({bases[_INFERRED]})" if unsure else "")


def _table_row(row: Round, bases: dict[str, str], catalogue: Catalogue, min_n: int) -> Row:
    applicants = row["applicant_count"]
    share = row["acceptance_pct"] if applicants is not None and applicants >= min_n else None
    return Row(
        row["round_id"],
        (
            Cell(row["name"]),
            _number(applicants, catalogue),
            _number(row["selected_count"], catalogue),
            _number(None, catalogue) if share is None else Cell(catalogue.number.percent(share), is_number=True),
            _number(row["named_count"], catalogue),
            Cell("; ".join(_notes(row, bases, catalogue))),
        ),
    )


def _number(value: int | None, catalogue: Catalogue) -> Cell:
    spoken = catalogue.t("symbols.missing") if value is None else None
    return Cell(catalogue.number.integer(value), spoken=spoken, is_number=True)


def _notes(row: Round, bases: dict[str, str], catalogue: Catalogue) -> list[str]:
    """What keeps a number from being simply stated in a source."""
    if row["is_missing"]:
        return [catalogue.t("rounds.none_found")]
    notes = [
        catalogue.t(key, basis=bases[row[column]])
        for column, key in (
            ("applicant_basis_code", "rounds.note_applicants"),
            ("selected_basis_code", "rounds.note_selected"),
        )
        if row[column] not in (None, "stated")
    ]
    return [*notes, catalogue.t("rounds.note_disagreement")] if row["has_disagreement"] else notes
