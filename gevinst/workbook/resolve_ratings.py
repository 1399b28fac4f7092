"""The workbook in which disagreements between coders are resolved, and how they are reported.

Belongs here: each coder's rating next to the decision to be made, and the same as text.
Does not belong here: how far coders agree (`gevinst.method.coding`), and importing decisions (`import_rows.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
from openpyxl.utils import get_column_letter

from gevinst.contracts import contract
from gevinst.intake.read_csv import FILE, ROW
from gevinst.intake.receipts import rows_with_origins
from gevinst.language.texts import Catalogue
from gevinst.method.coding import Coding, Disagreement, codings, disagreements
from gevinst.workbook.codes import Options, options
from gevinst.workbook.layout import DECISIONS, sheet_layout
from gevinst.workbook.template import Template, meta
from gevinst.workbook.write_xlsx import Shown, open_writer, write_sheet

_RATING = contract("driver_ratings")


@dataclass(frozen=True, slots=True)
class Coded:
    """The agreement and the disagreements of one assessment year."""

    codings: list[Coding]
    disagreements: list[Disagreement]

    @property
    def open(self) -> list[Disagreement]:
        """Disagreements without a decision."""
        return [one for one in self.disagreements if one.decision is None]


def coded(typed: Mapping[str, pl.DataFrame], year: int) -> Coded:
    """Agreement and disagreements in the rounds of `year`; `typed` are rows with their file and line."""
    rounds = typed["assessment_rounds"].filter(pl.col("assessment_year") == year).select("assessment_round_id")
    ratings = typed["driver_ratings"].join(rounds, on="assessment_round_id", how="semi")
    return Coded(codings(ratings), list(disagreements(ratings, typed[DECISIONS])))


Origins = Mapping[tuple[str, ...], str]
"""The coder's own cell of each rating, by the rating's key."""


def own_cells(raw_dir: Path, language: str) -> Origins:
    """Workbook, sheet and cell that each rating was delivered in, where a receipt tells it."""
    layout = sheet_layout(_RATING.name)
    letter = get_column_letter(list(layout.headings(language)).index("rating") + 1)
    return {
        tuple(row[name] for name in _RATING.key): f"{file}, {layout.title(language)}!{letter}{number}"
        for row, file, number in rows_with_origins(raw_dir, _RATING.name)
    }


def place(row: Mapping[str, Any], origins: Origins) -> str:
    """The coder's own cell of a rating; that of the raw file where no receipt tells it."""
    column = [column.name for column in _RATING.columns].index("rating") + 1
    in_raw_file = f"{row[FILE]}!{get_column_letter(column)}{row[ROW]}"
    return origins.get(tuple(row[name] for name in _RATING.key), in_raw_file)


def coded_text(found: Coded, texts: Options, year: int, language: str, min_n_for_shares: int, origins: Origins) -> str:
    """Agreement by driver, then every disagreement with each coder's rating and cell, and the decision if there is one.

    `min_n_for_shares` is the number of pairs from which a percentage is given.
    """
    t = Catalogue(language).t
    if not found.codings:
        return t("evaluator.no_ratings", year=year)
    lines = [t("evaluator.agreement", year=year)]
    lines += [f"  {_coding(one, texts, language, min_n_for_shares)}" for one in found.codings]
    lines += ["", t("evaluator.disagreements", n=len(found.disagreements), open=len(found.open))]
    for one in found.disagreements:
        lines += [f"  {line}" for line in _disagreement(one, texts, language, origins)]
    return "\n".join(lines)


def _coding(one: Coding, texts: Options, language: str, min_n_for_shares: int) -> str:
    t, number = Catalogue(language).t, Catalogue(language).number
    labels = texts.codes[language]
    share = t("evaluator.pairs", n=one.pair_count, equal=one.equal_count)
    if one.pair_count >= min_n_for_shares:  # below it, a share looks more exact than a few pairs allow
        share += f" ({number.percent(100 * one.equal_count / one.pair_count)})"
    parts = [t("evaluator.rated", n=one.alpha.unit_count, coders=len(one.coders)), share]
    if len(one.coders) == 2:
        kappa = t("evaluator.undefined") if one.kappa is None else number.decimal(one.kappa, 2)
        parts.append(t("evaluator.kappa", value=kappa))
    alpha = t("evaluator.undefined") if one.alpha.alpha is None else number.decimal(one.alpha.alpha, 2)
    parts.append(t("evaluator.alpha", value=alpha))
    if one.alpha.alpha_low is not None and one.alpha.alpha_high is not None:
        low, high = (number.decimal(bound, 2) for bound in (one.alpha.alpha_low, one.alpha.alpha_high))
        parts.append(t("evaluator.interval", low=low, high=high))
    elif one.alpha.reason_code:
        parts.append(labels["agreement_reason"][one.alpha.reason_code])
    return f"{one.assessment_round_id}, {labels['rated_driver'][one.rated_driver_code]}: {'; '.join(parts)}."


def _disagreement(one: Disagreement, texts: Options, language: str, origins: Origins) -> Iterator[str]:
    t, labels = Catalogue(language).t, texts.codes[language]
    yield f"{texts.names[language]['projects'][one.project_id]}, {labels['rated_driver'][one.rated_driver_code]}"
    for row in one.ratings:
        yield f"  {labels['coder'][row['coder_code']]}: {row['rating']} ({place(row, origins)})"
    if one.decision:
        yield "  " + t(
            "evaluator.decided",
            rating=str(one.decision["settled_rating"]),
            role=labels["decision_role"][one.decision["decided_by_code"]],
            on=one.decision["decided_on"],
            reason=Catalogue(language).text(one.decision, "reason"),
        )


def write_disagreements(
    tables: Mapping[str, pl.DataFrame],
    found: Sequence[Disagreement],
    template: Template,
    path: Path,
    origins: Origins,
) -> None:
    """Write the workbook with one row per disagreement of `found` to `path`, which is replaced."""
    texts = options(tables)
    writer = open_writer(path, template.language, texts, template.year)
    rows = [
        {
            "assessment_round_id": one.assessment_round_id,
            "project_id": one.project_id,
            "rated_driver_code": one.rated_driver_code,
        }
        for one in found
    ]
    write_sheet(writer, sheet_layout(DECISIONS), rows, 0, list(_shown(found, texts, template.language, origins)))
    write_sheet(writer, sheet_layout("sources"), [], 0)
    writer.close(meta(template, rows[0]["assessment_round_id"] if rows else "", (DECISIONS, "sources")))


def _shown(found: Sequence[Disagreement], texts: Options, language: str, origins: Origins) -> Iterator[Shown]:
    """What each coder gave, side by side for the person who decides: the ratings, the reasons, and where they are."""
    labels, t = texts.codes[language]["coder"], Catalogue(language).t
    coders = sorted({row["coder_code"] for one in found for row in one.ratings})
    given = {
        coder: [next((row for row in one.ratings if row["coder_code"] == coder), None) for one in found]
        for coder in coders
    }
    for coder in coders:
        yield Shown(f"_{coder}", labels[coder], [row["rating"] if row else None for row in given[coder]])
    for coder in coders:
        reasons = [Catalogue(language).text(row, "reason") if row else None for row in given[coder]]
        yield Shown(f"_{coder}_reason", t("evaluator.reason_of", coder=labels[coder]), reasons)
    for coder in coders:
        cells = [place(row, origins) if row else None for row in given[coder]]
        yield Shown(f"_{coder}_cell", t("evaluator.cell_of", coder=labels[coder]), cells)
