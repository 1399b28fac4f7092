"""Tables of rounds: selected and named projects, what sources state of rounds, and how that agrees with the registry.

Belongs here: the columns of those tables.
Does not belong here: the rest of the coverage page (`page.py`, `tables.py`).
"""

from __future__ import annotations

from gevinst.contracts.addressing import addressed_rows
from gevinst.contracts.vocabulary import AGREES, DISAGREES, GAP, UNKNOWN_RESULT
from gevinst.site.blocks import Block, Cell
from gevinst.site.context import View
from gevinst.site.rows import Row as Facts
from gevinst.site.sentences import portfolio as sentences
from gevinst.site.table_spec import (
    TableSpec,
    cell_column,
    code_column,
    label_of,
    number_column,
    source_column,
    text_of,
    words_column,
    yes_no_column,
)

_RESULT_MARKS = {AGREES: "passed", GAP: "gap", DISAGREES: "disagrees", UNKNOWN_RESULT: "not-assessed"}


def _round_name(view: View, row: Facts) -> str | None:
    return view.text(view.data.round_by_id[row["round_id"]], "name") if row["round_id"] else None


def _disagreement(view: View, row: Facts) -> str | None:
    return view.t("page_coverage.round_disagreement") if row["has_disagreement"] else None


_ROUNDS = TableSpec(
    "runder",
    caption="page_coverage.rounds_caption",
    tables=("round_overview",),
    columns=(
        words_column("common.round", _round_name, note=_disagreement),
        number_column("page_coverage.selected", "selected_count"),
        number_column("page_coverage.named", "named_count"),
        number_column("page_coverage.unnamed", "unnamed_count"),
    ),
)


def rounds_table(view: View) -> Block:
    """Selected, named and unnamed projects by round."""
    rows = sorted(view.data.now("round_overview"), key=lambda row: (row["cohort_year"], row["round_id"]))
    unnamed = view.data.headlines["unnamed_projects"].value
    return _ROUNDS.block(view, rows, heading=view.t("page_coverage.rounds", n=unnamed))


def _stated(view: View, row: Facts) -> Cell:
    """An amount in kroner or a number of things, as the measure has it."""
    written = view.number.money if row["measure_code"] == "amount" else view.number.integer
    about = view.t("page_coverage.about") if row["is_approximate"] else None
    return Cell(written(row["value"]), value=row["value"], is_number=True, note=about)


_STATED = TableSpec(
    "oppgitte-tall",
    heading="page_coverage.stated",
    caption="page_coverage.stated_caption",
    tables=("round_figures",),
    columns=(
        words_column("common.round", _round_name),
        code_column("page_coverage.measure", "round_measure", "measure_code", note=label_of("amount_kind")),
        cell_column("page_coverage.value", _stated, is_number=True),
        code_column("page_coverage.basis", "figure_basis", "basis_code", note=text_of("note")),
        yes_no_column("page_coverage.used", "is_preferred"),
        source_column(),
    ),
)


def stated_figures(view: View) -> Block:
    """Every figure that a source states about a round; those used elsewhere are marked."""
    order = list(view.data.round_by_id)
    measures = list(view.labels("round_measure"))
    rows = sorted(
        view.data.rows("round_figures"),
        key=lambda row: (
            order.index(row["round_id"]),
            measures.index(row["measure_code"]),
            not row["is_preferred"],
            row["round_figure_id"],
        ),
    )
    return _STATED.block(view, rows)


def _result(view: View, row: Facts) -> Cell:
    code = row["result_code"]
    return Cell(view.label("reconciliation_result", code), mark=_RESULT_MARKS[code])


_RECONCILIATION = TableSpec(
    "avstemming",
    caption="page_coverage.reconciliation_caption",
    tables=("reconciliation",),
    columns=(
        words_column("page_coverage.rule", text_of("rule"), note=_round_name),
        number_column("page_coverage.stated_value", "stated_value"),
        number_column("page_coverage.computed", "computed_value"),
        number_column("page_coverage.difference", "difference"),
        cell_column("page_coverage.outcome", _result),
        words_column("page_coverage.explanation", lambda view, row: row["said"]),
        source_column(),
    ),
)


def reconciliation(view: View) -> Block:
    """Stated and computed figures side by side."""
    frame = view.data.frame_now("reconciliation")
    texts = sentences.reconciliation_sentences(frame, view.catalogue)
    rows = [
        {**row, "said": " ".join(text for text in (said.text, said.explanation) if text)}
        for row, said in zip(addressed_rows("reconciliation", frame), texts, strict=True)
    ]
    heading = sentences.reconciliation_summary(view.data.headlines, view.catalogue).rstrip(".")
    return _RECONCILIATION.block(view, rows, heading=heading)
