"""Tables on the page of a project: benefits, plans, claims, follow-on funding and what is no benefit.

Belongs here: the columns of those tables.
Does not belong here: the rest of the page (`page.py`), and the table of indicators, which is that of the page of
benefits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from gevinst.contracts.vocabulary import EVIDENCE, FOR_THE_WORSE
from gevinst.site.badges import evidence_cell, evidence_legend
from gevinst.site.blocks import Block, Cell
from gevinst.site.context import View
from gevinst.site.pages.benefits.measured import plain, realised_of_project, unit_of
from gevinst.site.pages.benefits.register import row_hrefs
from gevinst.site.pages.benefits.tables import how_sure, kind_and_whom, lower
from gevinst.site.rows import Row as Facts
from gevinst.site.table_spec import (
    TableSpec,
    cell_column,
    code_column,
    date_column,
    label_of,
    number_column,
    source_column,
    text_column,
    words_column,
)

_LEVELS = {
    "forventet": "expected_benefit_count",
    "oppgitt": "reported_benefit_count",
    "malt_oppgitt": "measured_by_participant_benefit_count",
    "dokumentert": "documented_benefit_count",
    "only_planned": "only_planned_benefit_count",
}
"""Levels of evidence from the least sure, with the column of `benefit_by_project` that counts benefits at them."""


def _benefit(view: View, row: Facts) -> Cell:
    """What kind of benefit it is and for whom, with its name; one of the register leads to its row there."""
    href = row_hrefs(view).get(row["benefit_id"])
    return Cell(row["what"], href=href, value=row["order"], note=view.text(row, "name"))


def sureness_of(view: View, row: Facts) -> Cell:
    """How sure it is, and who says so."""
    cell = how_sure(view, row["best_evidence_code"])
    if row["best_stated_by_code"] is None:
        return cell
    who = lower(view.label("stated_by", row["best_stated_by_code"]))
    return replace(cell, note=view.t("page_benefits.said_by", who=who))


def _of_indicators(words: Callable[[View, Facts], str | None], unknown: str) -> Callable[[View, Facts], Cell]:
    """One line for each indicator of the benefit that has something; of none, why."""

    def cell(view: View, row: Facts) -> Cell:
        found = [text for one in row["indicators"] if (text := words(view, one))]
        if not found:
            return Cell("", spoken=view.t(unknown), value="", csv="")
        return Cell("; ".join(found))

    return cell


def _plan(view: View, row: Facts) -> str:
    """The indicator, and what the plan itself says of how far the benefit has come."""
    indicator = view.text(row, "indicator") or ""
    if row["benefit_status_code"] is None:
        return indicator
    return f"{indicator} ({lower(view.label('benefit_status', row['benefit_status_code']))})"


def _with_unit(name: str, stem: str) -> Callable[[View, Facts], str | None]:
    """A value with its unit and, where it is known, its day."""

    def words(view: View, row: Facts) -> str | None:
        if row[name] is None:
            return None
        text = f"{plain(view, row[name])} {unit_of(view, row)}"
        return f"{text} ({view.date(row, stem, short=True)})" if row[f"{stem}_on"] else text

    return words


_PLAN_COLUMNS = (
    cell_column("page_project.plan", _of_indicators(_plan, "page_project.no_plan")),
    cell_column(
        "page_project.baseline", _of_indicators(_with_unit("baseline_value", "baseline"), "page_project.not_stated")
    ),
    cell_column("page_project.target", _of_indicators(_with_unit("target_value", "target"), "page_project.not_stated")),
    cell_column(
        "page_project.measured", _of_indicators(_with_unit("measured_value", "measured"), "page_benefits.not_measured")
    ),
)
"""Columns of benefits that have an indicator; where none has one they would all be empty."""
_BENEFIT_COLUMNS = (
    cell_column("page_project.benefit", _benefit, is_wide=True),
    cell_column("page_project.evidence", sureness_of),
    number_column("page_project.claim_count", "claim_count"),
    source_column(),
)
_BENEFITS = TableSpec(
    "gevinster",
    heading="page_project.benefits",
    caption="page_project.benefits_caption",
    tables=("benefit_overview", "planned_realised"),
    columns=_BENEFIT_COLUMNS,
    kept=("page_project.evidence", "page_project.target", "page_project.measured"),
    anchor="{benefit_id}",
    legend=evidence_legend,
)
_OTHERS = TableSpec(
    "ikke-regnet-som-gevinst",
    heading="page_project.others",
    caption="page_project.others_caption",
    tables=("benefit_overview",),
    columns=(
        cell_column("page_project.benefit", _benefit, is_wide=True),
        words_column(
            "page_project.why_not",
            lambda view, row: view.t(f"page_project.{'disbenefit' if row['is_worse'] else 'general_potential'}"),
        ),
        cell_column("page_project.evidence", sureness_of),
        source_column(),
    ),
    anchor="{benefit_id}",
)
_CLAIMS = TableSpec(
    "utsagn",
    heading="page_project.claims",
    caption="page_project.claims_caption",
    tables=("benefit_claims",),
    columns=(
        text_column("page_project.benefit", "name", note=label_of("benefit")),
        text_column("page_project.statement", "statement", is_wide=True),
        cell_column("page_project.evidence", lambda view, row: evidence_cell(view, row["evidence_code"])),
        code_column("page_project.modality", "claim_modality", "modality_code"),
        code_column("page_project.stated_by", "stated_by"),
        date_column("page_project.about", "about"),
        source_column(),
    ),
    anchor="utsagn-{benefit_claim_id}",
)
_OTHERWISE = TableSpec(
    "uten-stotten",
    heading="page_project.otherwise",
    caption="page_project.otherwise_caption",
    tables=("counterfactual_statements",),
    columns=(
        text_column("page_project.statement", "statement", is_wide=True),
        code_column("page_project.stated_by", "stated_by"),
        date_column("page_project.about", "about"),
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
        number_column("page_project.amount", "amount", unit="money"),
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


def blocks(view: View, project_id: str) -> dict[str, Block | None]:
    """The tables by name; `None` where there is nothing to show."""
    benefits = ranked_benefits(view, project_id)
    of_project = view.data.of_project
    return {
        "benefits": _benefits(view, project_id, benefits),
        "others": _OTHERS.block_if_any(view, [row for row in benefits if not row["is_gain"]]),
        "plans": realised_of_project(view, project_id),
        "claims": _claims(view, project_id, benefits),
        "otherwise": _OTHERWISE.block_if_any(view, of_project("counterfactual_statements", project_id)),
        "funding": _FUNDING.block_if_any(view, of_project("follow_on_funding", project_id)),
        "context": _CONTEXT.block_if_any(view, of_project("context_figures", project_id)),
    }


def levels(view: View, project_id: str) -> str:
    """*fire forventede og én oppgitt*: benefits counted by how sure they are."""
    (counts,) = view.data.of_project("benefit_by_project", project_id)
    shown = [(level, counts[name]) for level, name in _LEVELS.items() if counts[name]]
    return view.catalogue.join([view.t(f"page_project.level_{level}", n=n) for level, n in shown])


def ranked_benefits(view: View, project_id: str) -> list[Facts]:
    """Everything that is known of each benefit, the surest first and then in the order of the code list."""
    indicators: dict[str, list[Facts]] = defaultdict(list)
    for row in view.data.of_project("planned_realised", project_id):
        if row["is_newest"] or not row["is_measured"]:
            indicators[row["benefit_id"]].append(row)
    order, sureness = list(view.labels("benefit")), (None, *EVIDENCE)
    ranked = sorted(
        view.data.of_project("benefit_overview", project_id),
        key=lambda row: (
            -sureness.index(row["best_evidence_code"]),
            order.index(row["benefit_code"]),
            row["benefit_id"],
        ),
    )
    return [
        {
            **row,
            "order": place,
            "what": kind_and_whom(view, row),
            "indicators": indicators[row["benefit_id"]],
            "is_worse": row["benefit_sign_code"] == FOR_THE_WORSE,
        }
        for place, row in enumerate(ranked)
    ]


def _benefits(view: View, project_id: str, benefits: Sequence[Facts]) -> Block | None:
    gains = [row for row in benefits if row["is_gain"]]
    spec = _BENEFITS
    if any(row["indicators"] for row in gains):
        columns = (*_BENEFIT_COLUMNS[:2], *_PLAN_COLUMNS, *_BENEFIT_COLUMNS[2:])
        spec = replace(_BENEFITS, columns=columns, caption="page_project.planned_caption")
    block = spec.block_if_any(view, gains, levels=levels(view, project_id))
    return block and _explaining_its_own(block)


def _explaining_its_own(block: Block) -> Block:
    """The block with a legend of the marks that its rows have: a project has one or two of the levels."""
    marks = {cell.mark for row in block.table.rows for cell in row.cells}
    return replace(block, legend=tuple(entry for entry in block.legend if entry.mark in marks))


def _claims(view: View, project_id: str, benefits: Sequence[Facts]) -> Block | None:
    """What each source says, benefit by benefit in the order of the table above, the newest first."""
    known = {row["benefit_id"]: row for row in benefits}
    trail = {row["benefit_claim_id"]: row for row in view.data.of_project("benefit_trail", project_id)}
    rows = [
        {**known[row["benefit_id"]], **row}
        for row in view.data.of_project("benefit_claims", project_id)
        if row["benefit_claim_id"] in trail
    ]
    rows.sort(key=lambda row: (row["order"], -EVIDENCE.index(row["evidence_code"]), row["benefit_claim_id"]))
    return _CLAIMS.block_if_any(view, rows)
