"""Amounts per award round, each with its kind, in current and in constant prices.

Belongs here: this one figure. Does not belong here: which of several stated amounts is used and the price index
(`gevinst.method`). Amounts of different kinds are never added.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from gevinst.language.numbers import MISSING
from gevinst.language.texts import Catalogue
from gevinst.site.figures import style
from gevinst.site.figures.model import Cell, Figure, LegendEntry, Row
from gevinst.site.figures.round_bars import Round, gaps, layout, lying, phone_layout, round_rows
from gevinst.site.sentences.scheme import money_heading

FIGURE_ID = "money"
_AWARD = "award"
_WIDTH = 0.36
_COLORS = {"amount": style.STEPS[2], "fixed_amount": style.STEPS[5]}
_OFFSETS = {"amount": -0.19, "fixed_amount": 0.19}


def money(
    amounts: pl.DataFrame,
    counts: Mapping[str, Any],
    rounds: pl.DataFrame,
    codelists: pl.DataFrame,
    catalogue: Catalogue,
    *,
    source: str,
    last_year: int,
) -> Figure:
    """All rows of `round_amounts` in one edition year, oldest round first; `counts` is its row of `scheme_headlines`.

    Funding awarded is filled; any other kind of amount is hollow and says which. An unknown amount is a marked gap, and
    so is a year up to `last_year` without any round.
    """
    rows, names = round_rows(amounts, rounds, catalogue, last_year=last_year, table="round_amounts")
    kinds = catalogue.labels(codelists, "amount_kind")
    heading = money_heading(counts, [row for row in rows if not row["is_missing"]], names, catalogue)
    price_year = counts["price_year"]
    fixed = catalogue.t("money.no_fixed") if price_year is None else catalogue.t("money.fixed", price_year=price_year)
    return Figure(
        figure_id=FIGURE_ID,
        heading=heading,
        caption=catalogue.t("money.caption", n=counts["round_count"]),
        alt=catalogue.t(
            "money.alt", heading=heading, amounts="; ".join(_in_words(row, kinds, catalogue) for row in rows)
        ),
        spec=style.as_json([*_bars(rows, kinds, catalogue), gaps(rows, _OFFSETS)], layout(rows, catalogue)),
        phone_spec=style.as_json(
            lying([*_bars(rows, kinds, catalogue), gaps(rows, _OFFSETS)]),
            phone_layout(rows, catalogue, right=style.label_width(["00"], 13)),
        ),
        legend=(
            LegendEntry("amount-current", "", catalogue.t("money.current")),
            LegendEntry("amount-fixed", "", fixed),
            LegendEntry("amount-other", "", catalogue.t("money.other_kind")),
        ),
        source=source,
        columns=(
            catalogue.t("common.round"),
            catalogue.t("money.kind"),
            catalogue.t("money.current"),
            fixed,
            catalogue.t("rounds.note"),
        ),
        rows=tuple(_table_row(row, kinds, catalogue) for row in rows),
    )


def _bars(rows: list[Round], kinds: dict[str, str], catalogue: Catalogue) -> list[dict[str, Any]]:
    return [_bar(rows, column, kinds, catalogue) for column in _OFFSETS]


def _bar(rows: list[Round], column: str, kinds: dict[str, str], catalogue: Catalogue) -> dict[str, Any]:
    known = [(place, row) for place, row in enumerate(rows) if row[column] is not None]
    is_award = [row["amount_kind_code"] == _AWARD for _, row in known]
    return {
        "type": "bar",
        "x": [place + _OFFSETS[column] for place, _ in known],
        "y": [row[column] for _, row in known],
        "width": _WIDTH,
        "marker": {
            "color": [_COLORS[column] if award else style.PAPER for award in is_award],
            "line": {"color": style.STEPS[5], "width": 1},
        },
        "text": [catalogue.number.decimal(row[column] / 1_000_000) for _, row in known],
        "textposition": "outside",
        "constraintext": "none",
        "textfont": {"size": 13},
        "cliponaxis": False,
        "hovertext": [style.plain(_in_words(row, kinds, catalogue)) for _, row in known],
        "hoverinfo": "text",
    }


def _in_words(row: Round, kinds: dict[str, str], catalogue: Catalogue) -> str:
    """One round in words."""
    if row["is_missing"]:
        return catalogue.t("rounds.year_without", year=row["cohort_year"])
    if row["amount"] is None:
        return catalogue.t("money.told_unknown", round=row["name"])
    return catalogue.t(
        "money.told",
        round=row["name"],
        kind=kinds[row["amount_kind_code"]],
        current=catalogue.number.million(row["amount"]),
        fixed=catalogue.t("symbols.missing")
        if row["fixed_amount"] is None
        else catalogue.number.million(row["fixed_amount"]),
    )


def _table_row(row: Round, kinds: dict[str, str], catalogue: Catalogue) -> Row:
    notes = [
        catalogue.t(key)
        for flag, key in (("is_amount_approximate", "money.about"), ("has_disagreement", "rounds.note_disagreement"))
        if row[flag]
    ]
    notes += [catalogue.t("rounds.none_found")] if row["is_missing"] else []
    missing = Cell(MISSING, spoken=catalogue.t("symbols.missing"))
    return Row(
        row["round_id"],
        (
            Cell(row["name"]),
            Cell(kinds[row["amount_kind_code"]]) if row["amount_kind_code"] else missing,
            *(
                Cell(MISSING, spoken=catalogue.t("symbols.missing"), is_number=True)
                if row[column] is None
                else Cell(catalogue.number.money(row[column]), is_number=True)
                for column in _OFFSETS
            ),
            Cell("; ".join(notes)),
        ),
    )
