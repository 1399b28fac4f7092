"""Tables of reading and coding: what to read again first, and how coders of the same claims agree.

Belongs here: the columns of those tables.
Does not belong here: what is known of projects (`tables.py`) and the order of the list (mart `reading_list`).
"""

from __future__ import annotations

from gevinst.site.blocks import Block, Cell
from gevinst.site.context import View
from gevinst.site.rows import Row as Facts
from gevinst.site.sentences import reading as sentences
from gevinst.site.table_spec import (
    TableSpec,
    cell_column,
    code_column,
    label_of,
    number_column,
    words_column,
)


def _results(view: View, row: Facts) -> str:
    return view.t(f"page_coverage.{'not_coded' if row['is_results_unread'] else 'coded'}")


def _document(view: View, row: Facts) -> Cell:
    source_id = row["source_id"]
    return Cell(
        view.data.source_by_id[source_id]["title"],
        href=view.source_href(source_id),
        note=view.source_name(source_id),
        language=view.title_language(source_id),
    )


_READING_LIST = TableSpec(
    "les-igjen",
    caption="page_coverage.reading_caption",
    tables=("reading_list",),
    columns=(
        number_column("page_coverage.reading_order", "reading_order"),
        cell_column("page_coverage.document", _document, is_wide=True),
        code_column("page_coverage.read", "read_extent", "read_code"),
        words_column("page_coverage.results", _results),
        number_column("page_coverage.projects", "project_count"),
        number_column("page_coverage.with_old_status", "stale_project_count"),
        number_column("page_coverage.resting", "row_count"),
    ),
)


def reading_list(view: View) -> Block | None:
    """Documents to read again, the first first."""
    rows = sorted(view.data.now("reading_list"), key=lambda row: row["reading_order"])
    return _READING_LIST.block_if_any(
        view, rows, heading=sentences.reading_list_heading(view.data.headlines, view.catalogue)
    )


def _alpha(view: View, row: Facts) -> Cell:
    """Alpha with its interval; where either is missing, why."""
    reason = label_of("agreement_reason")(view, row)
    if row["alpha"] is None:
        return Cell(
            view.number.missing, spoken=view.t("symbols.missing"), note=reason, is_number=True, value="", csv=""
        )
    note = reason
    if row["alpha_low"] is not None:
        low, high = (view.number.decimal(row[name], 2) for name in ("alpha_low", "alpha_high"))
        note = view.t("page_coverage.interval", low=low, high=high)
    return Cell(view.number.decimal(row["alpha"], 2), value=row["alpha"], is_number=True, note=note)


_AGREEMENT = TableSpec(
    "samsvar",
    caption="page_coverage.agreement_caption",
    tables=("coding_agreement",),
    columns=(
        code_column("page_coverage.coded_variable", "coded_variable", is_ordered=True),
        number_column("page_coverage.claims", "unit_count"),
        number_column("page_coverage.pairs", "pair_count"),
        number_column("page_coverage.equal_pairs", "equal_pair_count"),
        number_column("page_coverage.equal_pct", "agreement_pct", unit="percent", blank="page_coverage.too_few_pairs"),
        cell_column("page_coverage.alpha", _alpha, is_number=True),
    ),
)


def agreement(view: View) -> Block:
    """How coders of the same claims agree, variable by variable."""
    order = list(view.labels("coded_variable"))
    rows = sorted(view.data.now("coding_agreement"), key=lambda row: order.index(row["coded_variable_code"]))
    return _AGREEMENT.block(view, rows, heading=sentences.coding_heading(rows, view.catalogue))
