"""Tables of what was planned and what is said of it: potential, goal, reported, documented, and not measured.

Belongs here: the columns and cells of those tables.
Does not belong here: the measurements (`benefits_measured.py`) and how sure benefits are in all (`benefits_tables.py`).
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from gevinst.site.badges import evidence_cell, evidence_legend
from gevinst.site.blocks import Block, Cell, Row, Table, columns, made, number_cell, source_cell, source_line
from gevinst.site.context import Row as Facts
from gevinst.site.context import View
from gevinst.site.figures.style import EVIDENCE_SIGNS
from gevinst.site.pages.benefits.measured import plain
from gevinst.site.pages.benefits.tables import lower, name_cell
from gevinst.site.sentences import benefits as sentences

_STAGES = ("potential", "goal", "oppgitt", "dokumentert")


def achieved(view: View) -> Block:
    """One row per benefit that is said or shown to be achieved: every stage it has been stated at, and what was
    measured."""
    statements = {row["benefit_claim_id"]: row for row in view.data.rows("benefit_claims")}
    benefits: dict[tuple[str, ...], list[Facts]] = defaultdict(list)
    for row in view.data.now("benefit_trail"):
        if row["is_gain"]:
            key = tuple(row[name] for name in sentences.SAME_BENEFIT)
            benefits[key].append({**statements[row["benefit_claim_id"]], **row})
    chosen = [claims for claims in benefits.values() if any(_stage(row) in sentences.ACHIEVED for row in claims)]
    measured = _newest_measurements(view)
    order, levels = [project["project_id"] for project in view.data.projects], sentences.LEVELS
    chosen.sort(
        key=lambda claims: (
            -max(levels.index(row["evidence_code"]) for row in claims),
            order.index(claims[0]["project_id"]),
            claims[0]["benefit_claim_id"],
        )
    )
    headings = ("benefit", "potential", "goal", "reported_stage", "documented_stage")
    caption = view.t("page_benefits.achieved_caption", n=len(chosen))
    table = Table(
        "planlagt-oppnadd",
        caption,
        columns(view, ("common.project", *(f"page_benefits.{name}" for name in headings))),
        tuple(_benefit(view, claims, measured) for claims in chosen),
    )
    return Block(
        sentences.plans_heading(view.data.frame_now("benefit_trail"), view.catalogue),
        caption,
        table,
        source_line(view, "benefit_trail", "benefit_claims", "planned_realised"),
        (made(view, "benefit_trail"),),
        legend=evidence_legend(view),
        follows_filter=True,
    )


def _stage(row: Facts) -> str:
    """Where a claim stands: a potential, a goal, reported or documented; four different things."""
    if row["evidence_code"] != "forventet":
        return row["evidence_code"]
    return "goal" if row["modality_code"] == "goal" else "potential"


def _benefit(view: View, claims: list[Facts], measured: dict[str, list[Facts]]) -> Row:
    newest = max(claims, key=lambda row: (sentences.LEVELS.index(row["evidence_code"]), row["valid_from"]))
    by_stage = {stage: [row for row in claims if _stage(row) == stage] for stage in _STAGES}
    return Row(
        (
            name_cell(view, newest["project_id"]),
            _name(view, newest, is_aged=True),
            *(_said(view, stage, by_stage[stage], measured) for stage in _STAGES),
        ),
        project_id=newest["project_id"],
    )


def _name(view: View, claim: Facts, *, is_aged: bool = False) -> Cell:
    """What the benefit is and for whom, in the words of its best evidenced claim; says so when that is old."""
    label = view.t(
        "page_benefits.benefit_for",
        benefit=view.label("benefit", claim["benefit_code"]),
        whom=lower(view.label("beneficiary", claim["beneficiary_code"])),
    )
    parts = [view.text(claim, "statement") or ""]
    if is_aged and _months(claim["valid_from"], view.edition.as_of_on) > view.settings.stale_after_months:
        parts.append(view.t("page_benefits.old", day=view.number.date(claim["valid_from"], "month")))
    return Cell(label, note=" ".join(parts))


def _said(view: View, stage: str, claims: list[Facts], measured: dict[str, list[Facts]]) -> Cell:
    """Who says it: sign, word, what was measured and the newest document; empty where nobody is found to."""
    if not claims:
        return Cell("", spoken=view.t("page_benefits.not_found"), value="")
    newest = max(claims, key=lambda row: (row["valid_from"], row["benefit_claim_id"]))
    word = view.t(f"page_benefits.stage_{stage}")
    if newest["modality_code"] in ("measured", "problem_implied"):
        word = lower(view.label("claim_modality", newest["modality_code"]))
    notes = [_measured_briefly(view, row) for claim in claims for row in measured.get(claim["benefit_claim_id"], [])]
    if len(claims) > 1:
        notes.append(view.t("page_benefits.claims_of", n=len(claims)))
    level = newest["evidence_code"]
    return Cell(
        f"{EVIDENCE_SIGNS[level]} {word}",
        mark=f"evidence-{sentences.LEVELS.index(level) + 1}",
        note=" ".join(notes) or None,
        source=view.source(newest),
        csv=" ".join((word, *notes)),
    )


def _newest_measurements(view: View) -> dict[str, list[Facts]]:
    found: dict[str, list[Facts]] = defaultdict(list)
    for row in view.data.now("planned_realised"):
        if row["is_newest"]:
            found[row["benefit_claim_id"]].append(row)
    return found


def _measured_briefly(view: View, row: Facts) -> str:
    """Baseline and measured value; the table of measurements tells the rest."""
    return view.t(
        "page_benefits.from_to",
        before=plain(view, row["baseline_value"]),
        after=plain(view, row["measured_value"]),
        unit=view.label("measurement_unit", row["unit_code"]),
    )


def unmeasured(view: View) -> Block:
    """Expected and reported benefits without a measurement: who answers, and when it is to be measured."""
    statements = {row["benefit_claim_id"]: row for row in view.data.rows("benefit_claims")}
    order = [project["project_id"] for project in view.data.projects]
    rows = sorted(
        view.data.now("unmeasured_benefits"),
        key=lambda row: (
            not row["is_overdue"],
            -sentences.LEVELS.index(row["evidence_code"]),
            order.index(row["project_id"]),
            row["benefit_claim_id"],
        ),
    )
    headings = (
        "page_benefits.benefit",
        "page_benefits.evidence",
        "page_benefits.said",
        "page_benefits.responsible",
        "page_benefits.next_measurement",
        "page_benefits.months_known",
        "common.source",
    )
    caption = view.t("page_benefits.unmeasured_caption", n=len(rows))
    table = Table(
        "ikke-malt",
        caption,
        columns(view, ("common.project", *headings), numbers=(6,), wide=(1,)),
        tuple(_unmeasured(view, row, statements[row["benefit_claim_id"]]) for row in rows),
    )
    return Block(
        sentences.unmeasured_heading(view.data.frame_now("unmeasured_benefits"), view.catalogue),
        caption,
        table,
        source_line(view, "unmeasured_benefits", "benefit_claims"),
        (made(view, "unmeasured_benefits"),),
        follows_filter=True,
    )


def _unmeasured(view: View, row: Facts, claim: Facts) -> Row:
    return Row(
        (
            name_cell(view, row["project_id"]),
            _name(view, {**claim, **row}),
            evidence_cell(view, row["evidence_code"]),
            Cell(view.label("claim_modality", claim["modality_code"])),
            _responsible(view, row),
            _next_measurement(view, row),
            number_cell(view, row["months_known"]),
            source_cell(view, row),
        ),
        project_id=row["project_id"],
    )


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


def _months(earlier: date, later: date) -> int:
    """Whole months between two days."""
    return 12 * (later.year - earlier.year) + later.month - earlier.month - (later.day < earlier.day)
