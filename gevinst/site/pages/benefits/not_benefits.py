"""What is listed apart because it is no benefit: follow-on funding, figures of size, general potentials.

Belongs here: the columns and cells of that table.
Does not belong here: benefits (`benefits_plans.py` and its neighbours).
"""

from __future__ import annotations

from gevinst.site.blocks import Block, Cell, Row, Table, columns, made, number_cell, source_cell, source_line
from gevinst.site.context import Row as Facts
from gevinst.site.context import View
from gevinst.site.pages.benefits.measured import places
from gevinst.site.pages.benefits.tables import lower, name_cell


def not_benefits(view: View) -> Block:
    """Follow-on funding, figures of size and general potentials, listed apart because they are no benefits."""
    kinds = list(view.labels("context_kind"))
    context = sorted(
        (row for row in view.data.rows("context_figures")), key=lambda row: kinds.index(row["context_kind_code"])
    )
    rows = (
        *(_funding(view, row) for row in view.data.rows("follow_on_funding")),
        *(_context(view, row) for row in context),
        *(_potential(view, row) for row in view.data.now("benefit_trail") if not row["is_gain"]),
    )
    headings = ("kind", "what", "amount", "why_not")
    caption = view.t("page_benefits.not_benefits_caption", n=len(rows))
    table = Table(
        "ikke-gevinster",
        caption,
        columns(
            view,
            (*(f"page_benefits.{name}" for name in headings), "common.project", "common.source"),
            numbers=(2,),
            wide=(1, 3),
        ),
        rows,
    )
    return Block(
        view.t("page_benefits.not_benefits", n=len(rows)),
        caption,
        table,
        source_line(view, "follow_on_funding", "context_figures", "benefit_trail"),
        (made(view, "follow_on_funding"), made(view, "context_figures")),
        follows_filter=True,
    )


def _apart(view: View, row: Facts, kind: str, what: str, amount: Cell, why: str) -> Row:
    known = row["project_id"] in view.data.project_by_id
    project = name_cell(view, row["project_id"]) if known else Cell(view.t("page_benefits.whole_scheme"))
    cells = (Cell(kind), Cell(what), amount, Cell(why), project, source_cell(view, row))
    return Row(cells, project_id=row["project_id"] if known else None)


def _funding(view: View, row: Facts) -> Row:
    amount = Cell(view.number.nok(row["amount_nok"]), value=row["amount_nok"], is_number=True)
    kind = view.t("page_benefits.follow_on_funding")
    return _apart(view, row, kind, view.text(row, "name") or "", amount, view.t("page_benefits.why_funding"))


def _context(view: View, row: Facts) -> Row:
    kind = view.label("context_kind", row["context_kind_code"])
    amount = number_cell(view, row["value"], places=places(row["value"]))
    return _apart(view, row, kind, view.text(row, "label") or "", amount, view.text(row, "caveat") or "")


def _potential(view: View, row: Facts) -> Row:
    claims = {claim["benefit_claim_id"]: claim for claim in view.data.rows("benefit_claims")}
    statement = view.text(claims[row["benefit_claim_id"]], "statement") or ""
    why = view.description("benefit_category", "general_potential")
    kind = lower(view.label("benefit_category", "general_potential"))
    return _apart(view, row, kind, statement, Cell("", value="", is_number=True, csv=""), why)
