"""Tables of rounds: selected and named projects, what sources state of rounds, and how that agrees with the registry.

Belongs here: the columns and cells of those tables.
Does not belong here: the rest of the coverage page (`coverage.py`, `coverage_tables.py`).
"""

from __future__ import annotations

from gevinst.contracts.vocabulary import AGREES, DISAGREES, GAP, UNKNOWN_RESULT
from gevinst.site.blocks import Block, Cell, Row, Table, columns, made, number_cell, source_cell, source_line
from gevinst.site.context import Row as Facts
from gevinst.site.context import View
from gevinst.site.sentences import portfolio as sentences

_RESULT_MARKS = {AGREES: "passed", GAP: "gap", DISAGREES: "disagrees", UNKNOWN_RESULT: "not-assessed"}


def rounds_table(view: View) -> Block:
    """Selected, named and unnamed projects by round."""
    rows = sorted(view.data.now("round_overview"), key=lambda row: (row["cohort_year"], row["round_id"]))
    unnamed = sum(row["unnamed_count"] or 0 for row in rows)
    table = Table(
        "runder",
        view.t("page_coverage.rounds_caption", n=len(rows)),
        columns(
            view,
            (
                "common.round",
                "page_coverage.selected",
                "page_coverage.named",
                "page_coverage.unnamed",
            ),
            numbers=(1, 2, 3),
        ),
        tuple(_round(view, row) for row in rows),
    )
    return Block(
        view.t("page_coverage.rounds", n=unnamed),
        table.caption,
        table,
        source_line(view, "round_overview"),
        (made(view, "round_overview"),),
    )


def _round(view: View, row: Facts) -> Row:
    selected = number_cell(view, row["selected_count"])
    return Row(
        (
            Cell(
                view.text(view.data.round_by_id[row["round_id"]], "name") or "",
                note=view.t("page_coverage.round_disagreement") if row["has_disagreement"] else None,
            ),
            selected,
            number_cell(view, row["named_count"]),
            number_cell(view, row["unnamed_count"]),
        )
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
    table = Table(
        "oppgitte-tall",
        view.t("page_coverage.stated_caption", n=len(rows)),
        columns(
            view,
            (
                "common.round",
                "page_coverage.measure",
                "page_coverage.value",
                "page_coverage.basis",
                "page_coverage.used",
                "common.source",
            ),
            numbers=(2,),
        ),
        tuple(_stated(view, row) for row in rows),
    )
    return Block(
        view.t("page_coverage.stated", n=len(rows)),
        table.caption,
        table,
        source_line(view, "round_figures"),
        (made(view, "round_figures"),),
    )


def _stated(view: View, row: Facts) -> Row:
    is_amount = row["measure_code"] == "amount"
    kind = view.label("amount_kind", row["amount_kind_code"]) if row["amount_kind_code"] else None
    value = view.number.nok(row["value"]) if is_amount else view.number.integer(row["value"])
    about = view.t("page_coverage.about") if row["is_approximate"] else None
    return Row(
        (
            Cell(view.text(view.data.round_by_id[row["round_id"]], "name") or ""),
            Cell(view.label("round_measure", row["measure_code"]), note=kind),
            Cell(value, value=row["value"], is_number=True, note=about),
            Cell(view.label("figure_basis", row["basis_code"]), note=view.text(row, "note")),
            Cell(view.t("common.yes" if row["is_preferred"] else "common.no")),
            source_cell(view, row),
        )
    )


def _round_name(view: View, round_id: str | None) -> str | None:
    return view.text(view.data.round_by_id[round_id], "name") if round_id else None


def reconciliation(view: View) -> Block:
    """Stated and computed figures side by side."""
    frame = view.data.frame_now("reconciliation")
    rows = frame.to_dicts()
    told = sentences.reconciliation_sentences(frame, view.catalogue)
    table = Table(
        "avstemming",
        view.t("page_coverage.reconciliation_caption", n=len(rows)),
        columns(
            view,
            (
                "page_coverage.rule",
                "page_coverage.stated_value",
                "page_coverage.computed",
                "page_coverage.difference",
                "page_coverage.outcome",
                "page_coverage.explanation",
                "common.source",
            ),
            numbers=(1, 2, 3),
        ),
        tuple(
            Row(
                (
                    Cell(said.rule, note=_round_name(view, row["round_id"])),
                    number_cell(view, row["stated_value"]),
                    number_cell(view, row["computed_value"]),
                    number_cell(view, row["difference"]),
                    Cell(
                        view.label("reconciliation_result", row["result_code"]), mark=_RESULT_MARKS[row["result_code"]]
                    ),
                    Cell(" ".join(text for text in (said.text, said.explanation) if text)),
                    source_cell(view, row),
                )
            )
            for row, said in zip(rows, told, strict=True)
        ),
    )
    return Block(
        sentences.reconciliation_summary(frame, view.catalogue).rstrip("."),
        table.caption,
        table,
        source_line(view, "reconciliation"),
        (made(view, "reconciliation"),),
    )
