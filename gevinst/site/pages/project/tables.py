"""Tables on the page of a project: benefits, measurements, follow-on funding and figures that are not benefits.

Belongs here: the columns of those tables.
Does not belong here: the rest of the page (`page.py`).
"""

from __future__ import annotations

from gevinst.contracts.vocabulary import EVIDENCE
from gevinst.site.badges import evidence_cell, evidence_legend
from gevinst.site.blocks import Block
from gevinst.site.context import Row as Facts
from gevinst.site.context import View
from gevinst.site.table_spec import (
    TableSpec,
    cell_column,
    code_column,
    date_column,
    number_column,
    source_column,
    text_column,
    text_of,
    words_column,
)

_LEVELS = dict(
    zip(
        EVIDENCE,
        ("expected_count", "reported_count", "measured_by_participant_count", "documented_count"),
        strict=True,
    )
)
"""Levels of evidence from the least sure, with the column of `project_claims` that counts them."""

_BENEFITS = TableSpec(
    "gevinster",
    heading="page_project.benefits",
    caption="page_project.benefits_caption",
    tables=("benefit_claims",),
    columns=(
        code_column("page_project.benefit", "benefit", is_ordered=True),
        text_column("page_project.statement", "statement"),
        cell_column("page_project.evidence", lambda view, row: evidence_cell(view, row["evidence_code"])),
        code_column("page_project.modality", "claim_modality", "modality_code"),
        code_column("page_project.beneficiary", "beneficiary"),
        source_column(),
    ),
    anchor="{benefit_claim_id}",
    legend=evidence_legend,
)
_MEASUREMENTS = TableSpec(
    "malinger",
    heading="page_project.measurements",
    caption="page_project.measurements_caption",
    tables=("benefit_measurements",),
    columns=(
        text_column("page_project.indicator", "indicator", note=text_of("method")),
        number_column("page_project.baseline", "baseline_value"),
        number_column("page_project.measured", "measured_value"),
        number_column("page_project.target", "target_value"),
        code_column("page_project.unit", "measurement_unit", "unit_code"),
        number_column("page_project.respondents", "respondent_count"),
        date_column("common.date", "measured"),
        code_column("page_project.stated_by", "stated_by"),
        source_column(),
    ),
)
_FUNDING = TableSpec(
    "videre-finansiering",
    heading="page_project.funding",
    caption="page_project.funding_caption",
    tables=("follow_on_funding",),
    columns=(
        text_column("page_project.what_for", "name"),
        number_column("page_project.amount", "amount_nok", unit="nok"),
        words_column("page_project.funder", lambda view, row: view.data.organisation_by_id[row["funder_id"]]["name"]),
        date_column("common.date", "awarded"),
        source_column(),
    ),
)
_CONTEXT = TableSpec(
    "andre-tall",
    heading="page_project.context",
    caption="page_project.context_caption",
    tables=("context_figures",),
    columns=(
        text_column("page_project.what_counted", "label"),
        number_column("page_project.figure_value", "value"),
        code_column("page_project.kind", "context_kind"),
        text_column("page_project.caveat", "caveat"),
        source_column(),
    ),
)


def blocks(view: View, project_id: str, claims: list[Facts]) -> dict[str, Block | None]:
    """The tables by name; `None` where there is nothing to show."""
    claim_ids = {row["benefit_claim_id"] for row in claims}
    measured = [row for row in view.data.rows("benefit_measurements") if row["benefit_claim_id"] in claim_ids]
    funding = view.data.of_project("follow_on_funding", project_id)
    context = view.data.of_project("context_figures", project_id)
    return {
        "benefits": _benefits(view, project_id, claims),
        "measurements": _MEASUREMENTS.block_if_any(view, measured),
        "funding": _FUNDING.block_if_any(view, funding),
        "context": _CONTEXT.block_if_any(view, context),
    }


def levels(view: View, project_id: str) -> str:
    """*fire forventet og én oppgitt*: claims counted by how sure they are."""
    (counts,) = view.data.of_project("project_claims", project_id)
    shown = [(level, counts[name]) for level, name in _LEVELS.items() if counts[name]]
    return view.catalogue.join([view.t(f"page_project.level_{level}", n=n) for level, n in shown])


def _benefits(view: View, project_id: str, claims: list[Facts]) -> Block | None:
    """Claims, the surest first and then in the order of the code list."""
    order = list(view.labels("benefit"))
    ranked = sorted(
        claims,
        key=lambda row: (
            -EVIDENCE.index(row["evidence_code"]),
            order.index(row["benefit_code"]),
            row["benefit_claim_id"],
        ),
    )
    return _BENEFITS.block_if_any(view, ranked, levels=levels(view, project_id))
