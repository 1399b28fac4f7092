"""Tables of how far each benefit has come: potential, goal, reported, measured, documented, and not measured.

Belongs here: the columns and cells of those tables.
Does not belong here: indicators and measurements (`measured.py`), how sure benefits are in all (`tables.py`), and which
stage a claim is at (mart `benefit_stages`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from gevinst.addresses import addressed
from gevinst.contracts.vocabulary import EVIDENCE, EXPECTED, NO_BENEFICIARY_STATED
from gevinst.site.badges import evidence_legend
from gevinst.site.blocks import Block, Cell, number_cell
from gevinst.site.context import Row as Facts
from gevinst.site.context import View
from gevinst.site.figures.style import EVIDENCE_SIGNS
from gevinst.site.pages.benefits.measured import plain, unit_of
from gevinst.site.pages.benefits.tables import how_sure, lower
from gevinst.site.sentences import benefits as sentences
from gevinst.site.table_spec import (
    ColumnSpec,
    TableSpec,
    cell_column,
    number_column,
    project_column,
    source_column,
)

_STAGES = ("potential", "goal", "oppgitt", "malt_oppgitt", "dokumentert")
_STAGE_HEADINGS = ("potential", "goal", "reported_stage", "measured_stage", "documented_stage")


def beneficiaries(view: View, benefit_id: str) -> str:
    """Whom a benefit is for, all of them, as a list inside a sentence."""
    order = list(view.labels("beneficiary"))
    codes = [
        row["beneficiary_code"] for row in view.data.rows("benefit_beneficiaries") if row["benefit_id"] == benefit_id
    ]
    known = sorted(codes or [NO_BENEFICIARY_STATED], key=order.index)
    return view.catalogue.join([lower(view.label("beneficiary", code)) for code in known])


def kind_and_whom(view: View, row: Facts) -> str:
    """What kind of benefit it is, and for whom."""
    return view.t(
        "page_benefits.benefit_for",
        benefit=view.label("benefit", row["benefit_code"]),
        whom=beneficiaries(view, row["benefit_id"]),
    )


def _benefit(view: View, row: Facts) -> Cell:
    """What the benefit is and for whom, with its name; says so when the newest statement is old."""
    parts = [view.text(row, "name") or ""]
    if row.get("is_old"):
        parts.append(view.t("page_benefits.old", day=view.number.date(row["valid_from"], "month")))
    return Cell(kind_and_whom(view, row), note=" ".join(parts))


def _stage_column(stage: str, heading: str) -> ColumnSpec:
    return cell_column(f"page_benefits.{heading}", lambda view, row: _said(view, stage, row[stage]))


def _said(view: View, stage: str, claims: Sequence[Facts]) -> Cell:
    """Who says it: sign, word, what was measured and the newest document; empty where nobody is found to."""
    if not claims:
        return Cell("", spoken=view.t("page_benefits.not_found"), value="")
    newest = max(claims, key=lambda row: (row["valid_from"], row["benefit_claim_id"]))
    word = view.t(f"page_benefits.stage_{stage}")
    if newest["modality_code"] == "problem_implied":
        word = lower(view.label("claim_modality", newest["modality_code"]))
    notes = [view.t("page_benefits.said_by", who=lower(view.label("stated_by", newest["stated_by_code"]))) + "."]
    notes += [_measured_briefly(view, row) for row in newest["measured"] if stage in ("malt_oppgitt", "dokumentert")]
    if len(claims) > 1:
        count = addressed(len(claims), f"benefit_claims.benefit_id={newest['benefit_id']}")
        notes.append(view.t("page_benefits.claims_of", n=count))
    level = newest["evidence_code"]
    return Cell(
        f"{EVIDENCE_SIGNS[level]} {word}",
        mark=f"evidence-{EVIDENCE.index(level) + 1}",
        note=" ".join(notes),
        source=view.source(newest),
        csv=" ".join((word, *notes)),
    )


def _measured_briefly(view: View, row: Facts) -> str:
    """Baseline and measured value; the table of measurements has the rest."""
    return view.t(
        "page_benefits.from_to",
        before=plain(view, row["baseline_value"]),
        after=plain(view, row["measured_value"]),
        unit=unit_of(view, row),
    )


_ACHIEVED = TableSpec(
    "planlagt-oppnadd",
    caption="page_benefits.achieved_caption",
    tables=("benefit_stages", "benefit_claims", "planned_realised"),
    made_of=("benefit_stages", "benefit_trail"),
    columns=(
        project_column(),
        cell_column("page_benefits.benefit", _benefit),
        *(_stage_column(stage, heading) for stage, heading in zip(_STAGES, _STAGE_HEADINGS, strict=True)),
    ),
    legend=evidence_legend,
    follows_filter=True,
)


def achieved(view: View) -> Block:
    """One row per benefit that is said or shown to be achieved: every stage it has been stated at, and what was
    measured."""
    benefits: dict[str, list[Facts]] = defaultdict(list)
    for claim in _achieved_claims(view):
        benefits[claim["benefit_id"]].append(claim)
    order, levels = [project["project_id"] for project in view.data.projects], EVIDENCE
    ordered = sorted(
        benefits.values(),
        key=lambda claims: (
            -levels.index(claims[0]["best_evidence_code"]),
            order.index(claims[0]["project_id"]),
            claims[0]["benefit_claim_id"],
        ),
    )
    counts = view.data.now("benefit_headlines")[0]
    heading = sentences.plans_heading(counts, view.catalogue)
    goals = view.t("page_benefits.goals", n=counts["goal_count"])
    return _ACHIEVED.block(view, [_by_stage(claims) for claims in ordered], heading=heading, goals=goals)


def _achieved_claims(view: View) -> list[Facts]:
    """Claims of benefits that anybody says are achieved, with their words and newest measurements."""
    benefits = {row["benefit_id"]: row for row in view.data.now("benefit_overview")}
    trail = {row["benefit_claim_id"]: row for row in view.data.now("benefit_trail")}
    measured: dict[str, list[Facts]] = defaultdict(list)
    for row in view.data.now("planned_realised"):
        if row["is_newest"]:
            measured[row["benefit_id"]].append(row)
    return [
        {**benefits[row["benefit_id"]], **trail[claim_id], **row, "measured": measured[row["benefit_id"]]}
        for row in view.data.now("benefit_stages")
        if row["is_achieved"]
        for claim_id in [row["benefit_claim_id"]]
    ]


def _by_stage(claims: Sequence[Facts]) -> Facts:
    """The best evidenced claim of a benefit, the newest of them, with all claims by the stage they are at."""
    newest = max(claims, key=lambda row: (EVIDENCE.index(row["evidence_code"]), row["valid_from"]))
    return {**newest, **{stage: [row for row in claims if row["stage"] == stage] for stage in _STAGES}}


def _responsible(view: View, row: Facts) -> Cell:
    role = row["responsible_role_code"]
    word = None if role is None else view.label("benefit_role", role)
    if row["responsible_organisation_id"] is None:
        return Cell(word) if word else number_cell(view, None)
    organisation = view.data.organisation_by_id[row["responsible_organisation_id"]]
    name = organisation["short_name"] or organisation["name"]
    return Cell(name, note=word, value=name, csv=", ".join(part for part in (name, word) if part))


def _next_measurement(view: View, row: Facts) -> Cell:
    day = row["next_measurement_on"]
    if day is None:
        return Cell(view.t("page_benefits.no_plan"), value="", csv="")
    text = view.date(row, "next_measurement", short=True)
    if not row["is_overdue"]:
        return Cell(text, value=str(day))
    late = view.t("page_benefits.overdue", day=text)
    return Cell(late, mark="late", value=str(day), csv=late)


_UNMEASURED = TableSpec(
    "ikke-malt",
    caption="page_benefits.unmeasured_caption",
    tables=("unmeasured_benefits",),
    columns=(
        project_column(),
        cell_column("page_benefits.benefit", _benefit, is_wide=True),
        cell_column("page_benefits.evidence", lambda view, row: how_sure(view, row["evidence_code"])),
        number_column("page_benefits.indicators", "plan_count"),
        cell_column("page_benefits.responsible", _responsible),
        cell_column("page_benefits.next_measurement", _next_measurement),
        number_column("page_benefits.months_known", "months_known"),
        source_column(),
    ),
    follows_filter=True,
)


def unmeasured(view: View) -> Block:
    """Benefits that are reported or planned and not measured: who is responsible, and when; what is overdue first.

    One that is only expected is unmeasured by definition. Those are counted, and stand on the pages of their projects.
    """
    order = [project["project_id"] for project in view.data.projects]
    levels = (None, *EVIDENCE)
    rows = sorted(
        (row for row in view.data.now("unmeasured_benefits") if row["plan_count"] or row["evidence_code"] != EXPECTED),
        key=lambda row: (
            not row["is_overdue"],
            -levels.index(row["evidence_code"]),
            order.index(row["project_id"]),
            row["benefit_id"],
        ),
    )
    counts = view.data.now("benefit_headlines")[0]
    heading = sentences.unmeasured_heading(counts, view.catalogue)
    return _UNMEASURED.block(view, rows, heading=heading, hopes=counts["unmeasured_hope_count"])
