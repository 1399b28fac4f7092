"""What is listed apart because it is no benefit: follow-on funding, figures of size, general potentials.

Belongs here: the columns of that table.
Does not belong here: benefits (`tables.py` and its neighbours).
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from gevinst.contracts.addressing import addressed_rows
from gevinst.contracts.vocabulary import FOR_THE_BETTER
from gevinst.site.blocks import Block, Cell, number_cell
from gevinst.site.context import View
from gevinst.site.pages.benefits.tables import lower
from gevinst.site.rows import Row as Facts
from gevinst.site.sentences.measures import places
from gevinst.site.table_spec import TableSpec, cell_column, plain_column, project_column, source_column


def _project(view: View, row: Facts) -> Cell:
    """The project, or that it is about the scheme as a whole."""
    if row["project_id"] in view.data.project_by_id:
        return project_column().cell(view, row)
    return Cell(view.t("page_benefits.whole_scheme"))


_TABLE = TableSpec(
    "ikke-gevinster",
    heading="page_benefits.not_benefits",
    caption="page_benefits.not_benefits_caption",
    tables=("follow_on_funding", "context_figures", "benefit_trail"),
    made_of=("follow_on_funding", "context_figures"),
    columns=(
        plain_column("page_benefits.kind", "kind"),
        plain_column("page_benefits.what", "what", is_wide=True),
        cell_column("page_benefits.amount", lambda _, row: row["amount"], is_number=True),
        plain_column("page_benefits.why_not", "why", is_wide=True),
        cell_column("common.project", _project),
        source_column(),
    ),
    follows_filter=True,
)


def not_benefits(view: View) -> Block:
    """Follow-on funding, figures of size and general potentials, listed apart because they are no benefits."""
    rows = [*_funding(view), *_context(view), *_potentials(view)]
    return _TABLE.block(view, rows, n=view.data.now("benefit_headlines")[0]["not_benefit_count"])


def _funding(view: View) -> Iterator[Facts]:
    for row in view.data.rows("follow_on_funding"):
        yield {
            **row,
            "kind": view.t("page_benefits.follow_on_funding"),
            "what": view.text(row, "name"),
            "amount": Cell(view.number.money(row["amount"]), value=row["amount"], is_number=True),
            "why": view.t("page_benefits.why_funding"),
        }


def _context(view: View) -> Iterator[Facts]:
    kinds = list(view.labels("context_kind"))
    for row in sorted(view.data.rows("context_figures"), key=lambda row: kinds.index(row["context_kind_code"])):
        yield {
            **row,
            "kind": view.label("context_kind", row["context_kind_code"]),
            "what": view.text(row, "label"),
            "amount": number_cell(view, row["value"], places=places(row["value"])),
            "why": view.text(row, "caveat"),
        }


def _potentials(view: View) -> Iterator[Facts]:
    # A disbenefit is no gain either, and has a table of its own. Few claims of many are of either kind.
    is_one = ~pl.col("is_gain") & (pl.col("benefit_sign_code") == FOR_THE_BETTER)
    found = view.data.frame_now("benefit_trail").filter(is_one)
    said = view.data.tables["benefit_claims"].join(found, on="benefit_claim_id", how="semi")
    claims = {claim["benefit_claim_id"]: claim for claim in said.iter_rows(named=True)}
    for row in addressed_rows("benefit_trail", found, view.edition.edition_year):
        yield {
            **row,
            "kind": lower(view.label("benefit_category", "general_potential")),
            "what": view.text(claims[row["benefit_claim_id"]], "statement"),
            "amount": Cell("", value="", is_number=True, csv=""),
            "why": view.description("benefit_category", "general_potential"),
        }
