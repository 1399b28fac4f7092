"""Tables on the page of a project: benefits, measurements, follow-on funding and figures that are not benefits.

Belongs here: the columns and cells of those tables.
Does not belong here: the rest of the page (`project.py`).
"""

from __future__ import annotations

from gevinst.contracts.vocabulary import EVIDENCE
from gevinst.site.badges import evidence_cell, evidence_legend
from gevinst.site.blocks import Block, Cell, Row, Table, columns, made, number_cell, source_cell, source_line
from gevinst.site.context import Row as Facts
from gevinst.site.context import View


def blocks(view: View, project_id: str, claims: list[Facts]) -> dict[str, Block | None]:
    """The tables by name; `None` where there is nothing to show."""
    claim_ids = {row["benefit_claim_id"] for row in claims}
    measured = [row for row in view.data.rows("benefit_measurements") if row["benefit_claim_id"] in claim_ids]
    funding = view.data.of_project("follow_on_funding", project_id)
    context = view.data.of_project("context_figures", project_id)
    return {
        "benefits": _benefits(view, claims) if claims else None,
        "measurements": _measurements(view, measured) if measured else None,
        "funding": _funding(view, funding) if funding else None,
        "context": _context(view, context) if context else None,
    }


def levels(view: View, claims: list[Facts]) -> str:
    """*fire forventet og én oppgitt*: claims counted by how sure they are."""
    counts = {level: sum(row["evidence_code"] == level for row in claims) for level in EVIDENCE}
    return view.catalogue.join([view.t(f"page_project.level_{level}", n=n) for level, n in counts.items() if n])


def _benefits(view: View, claims: list[Facts]) -> Block:
    order = list(view.labels("benefit"))
    ranked = sorted(
        claims,
        key=lambda row: (
            -EVIDENCE.index(row["evidence_code"]),
            order.index(row["benefit_code"]),
            row["benefit_claim_id"],
        ),
    )
    rows = tuple(
        Row(
            (
                Cell(view.label("benefit", row["benefit_code"]), value=order.index(row["benefit_code"])),
                Cell(view.text(row, "statement") or ""),
                evidence_cell(view, row["evidence_code"]),
                Cell(view.label("claim_modality", row["modality_code"])),
                Cell(view.label("beneficiary", row["beneficiary_code"])),
                source_cell(view, row),
            ),
            anchor=row["benefit_claim_id"],
        )
        for row in ranked
    )
    table = Table(
        "gevinster",
        view.t("page_project.benefits_caption", n=len(rows)),
        columns(
            view,
            (
                "page_project.benefit",
                "page_project.statement",
                "page_project.evidence",
                "page_project.modality",
                "page_project.beneficiary",
                "common.source",
            ),
        ),
        rows,
    )
    return Block(
        view.t("page_project.benefits", n=len(rows), levels=levels(view, claims)),
        table.caption,
        table,
        source_line(view, "benefit_claims"),
        (made(view, "benefit_claims"),),
        legend=evidence_legend(view),
    )


def _measurements(view: View, measured: list[Facts]) -> Block:
    rows = tuple(
        Row(
            (
                Cell(view.text(row, "indicator") or "", note=view.text(row, "method")),
                number_cell(view, row["baseline_value"]),
                number_cell(view, row["measured_value"]),
                number_cell(view, row["target_value"]),
                Cell(view.label("measurement_unit", row["unit_code"])),
                number_cell(view, row["respondent_count"]),
                Cell(
                    view.date(row, "measured", short=True),
                    value=str(row["measured_on"] or ""),
                    spoken=None if row["measured_on"] else view.t("symbols.missing"),
                ),
                Cell(view.label("stated_by", row["stated_by_code"])),
                source_cell(view, row),
            )
        )
        for row in measured
    )
    table = Table(
        "malinger",
        view.t("page_project.measurements_caption", n=len(rows)),
        columns(
            view,
            (
                "page_project.indicator",
                "page_project.baseline",
                "page_project.measured",
                "page_project.target",
                "page_project.unit",
                "page_project.respondents",
                "common.date",
                "page_project.stated_by",
                "common.source",
            ),
            numbers=(1, 2, 3, 5),
        ),
        rows,
    )
    return Block(
        view.t("page_project.measurements", n=len(rows)),
        table.caption,
        table,
        source_line(view, "benefit_measurements"),
        (made(view, "benefit_measurements"),),
    )


def _funding(view: View, funding: list[Facts]) -> Block:
    rows = tuple(
        Row(
            (
                Cell(view.text(row, "name") or ""),
                Cell(view.number.nok(row["amount_nok"]), value=row["amount_nok"], is_number=True),
                Cell(view.data.organisation_by_id[row["funder_id"]]["name"]),
                Cell(
                    view.date(row, "awarded", short=True),
                    value=str(row["awarded_on"] or ""),
                    spoken=None if row["awarded_on"] else view.t("symbols.missing"),
                ),
                source_cell(view, row),
            )
        )
        for row in funding
    )
    table = Table(
        "videre-finansiering",
        view.t("page_project.funding_caption"),
        columns(
            view,
            ("page_project.what_for", "page_project.amount", "page_project.funder", "common.date", "common.source"),
            numbers=(1,),
        ),
        rows,
    )
    return Block(
        view.t("page_project.funding", n=len(rows)),
        table.caption,
        table,
        source_line(view, "follow_on_funding"),
        (made(view, "follow_on_funding"),),
    )


def _context(view: View, context: list[Facts]) -> Block:
    rows = tuple(
        Row(
            (
                Cell(view.text(row, "label") or ""),
                number_cell(view, row["value"]),
                Cell(view.label("context_kind", row["context_kind_code"])),
                Cell(view.text(row, "caveat") or ""),
                source_cell(view, row),
            )
        )
        for row in context
    )
    table = Table(
        "andre-tall",
        view.t("page_project.context_caption"),
        columns(
            view,
            (
                "page_project.what_counted",
                "page_project.figure_value",
                "page_project.kind",
                "page_project.caveat",
                "common.source",
            ),
            numbers=(1,),
        ),
        rows,
    )
    return Block(
        view.t("page_project.context", n=len(rows)),
        table.caption,
        table,
        source_line(view, "context_figures"),
        (made(view, "context_figures"),),
    )
