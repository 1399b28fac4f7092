"""From statements of gain on a page to proposed benefits, whom they are for, and what is claimed of them.

Belongs here: which statements become rows, and the weakest word for what a reader cannot judge.
Does not belong here: finding the statements (`benefits.py`), and the rows of projects (`to_rows.py`).

A statement whose kind of benefit the reader does not recognise becomes no row: a benefit of no kind would be counted
nowhere. It is in `statements.csv` like all the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gevinst.announcements.model import Found, Gain, Project, Reading
from gevinst.announcements.placeholders import NOT_STATED
from gevinst.announcements.vocabulary import confidence
from gevinst.bilingual import ENTERED, other_language
from gevinst.contracts.benefits import BENEFIT_BENEFICIARIES, BENEFIT_CLAIMS, BENEFITS
from gevinst.contracts.vocabulary import DOCUMENT_REVIEW, EXPECTED, REPORTED
from gevinst.intake.new_ids import benefit_id, highest_numbers, next_numbered

if TYPE_CHECKING:
    from gevinst.announcements.to_rows import Draft, Registry

TABLES = (BENEFITS, BENEFIT_BENEFICIARIES, BENEFIT_CLAIMS)
"""Evaluation tables that a draft has rows of."""
# That something is measured is for a person to say, with the figures: a page that says so has reported it.
_MODALITIES = {
    "potential": ("potential_asserted", EXPECTED),
    "goal": ("goal", EXPECTED),
    "reported": ("realised_self_reported", REPORTED),
    "documented": ("realised_self_reported", REPORTED),
}
_STATED_BY = {"ministry_release": "government", "vendor_table": "supplier", "vendor_case": "supplier"}
"""Who speaks on a type of page (`document_type.py`), where it is not the scheme."""
_UNKNOWN_BENEFICIARY = "ikke_oppgitt"


def add_benefits(draft: Draft, reading: Reading, project: Project, project_id: str) -> None:
    """Add rows for the statements about a project, unless the registry has claims of it from this document."""
    known = draft.registry.tables["benefit_claims"]
    if known.filter(project_id=project_id, source_id=draft.source_id).height:
        return
    ids = {row["benefit_id"] for row in draft.rows.get(BENEFITS.name, [])}
    taken = {*draft.registry.tables["benefits"]["benefit_id"], *ids}
    claims = {row["benefit_claim_id"] for row in draft.rows.get(BENEFIT_CLAIMS.name, [])}
    numbers = highest_numbers([*known["benefit_claim_id"], *claims])
    for gain in project.gains:
        if gain.benefit is not None:
            about = {"benefit_id": benefit_id(project_id, gain.text, taken), "project_id": project_id}
            taken.add(about["benefit_id"])
            _add(draft, reading, gain, about, next_numbered(project_id, numbers))


def _add(draft: Draft, reading: Reading, gain: Gain, about: dict[str, Any], claim_id: str) -> None:
    found = Found(gain.text, gain.line, gain.confidence)
    missing = Found("", gain.line, confidence("draft.not_stated"))
    # English may wait; Norwegian may not, and an English sentence is none: a person writes it before the row goes in.
    other = other_language(draft.language)
    translation = None if draft.language == ENTERED else NOT_STATED
    place, key = draft.sourced(found), about["benefit_id"]
    modality, evidence = _MODALITIES[gain.modality]
    row = {
        **about,
        f"name_{draft.language}": gain.text,
        f"name_{other}": translation,
        "benefit_code": gain.benefit,
        "benefit_sign_code": "positive",
        **place,
    }
    read = {f"name_{draft.language}": found, f"name_{other}": missing if translation else None}
    draft.add(BENEFITS.name, key, row, **read, benefit_code=found)
    row = {"benefit_id": key, "beneficiary_code": _UNKNOWN_BENEFICIARY, **place}
    draft.add(BENEFIT_BENEFICIARIES.name, f"{key}/{_UNKNOWN_BENEFICIARY}", row, beneficiary_code=missing)
    row = {
        "benefit_claim_id": claim_id,
        "assessment_round_id": review_round(draft.registry),
        **about,
        "modality_code": modality,
        "evidence_code": evidence,
        "stated_by_code": _STATED_BY.get(str(reading.type.value), "scheme"),
        f"statement_{draft.language}": gain.text,
        f"statement_{other}": translation,
        **place,
    }
    said = {name.replace("name", "statement"): one for name, one in read.items()}
    stated_by = Found("", None, confidence("draft.stated_by_of_type"))
    draft.add(BENEFIT_CLAIMS.name, claim_id, row, **said, modality_code=found, stated_by_code=stated_by)


def review_round(registry: Registry) -> str | None:
    """The newest round in which public documents are reviewed; `None` when there is none, for a person to name one."""
    rounds = registry.tables["assessment_rounds"].filter(assessor_role_code=DOCUMENT_REVIEW)
    newest = rounds.sort("assessment_year", "assessment_round_id")
    return newest["assessment_round_id"][-1] if newest.height else None
