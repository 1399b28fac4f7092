"""Plausible wrong edits of the committed data, each with the check that must notice it in the row that was edited.

Rows are found by what they say, never by their ids: the facts change from year to year, the mistakes do not. Seventeen
of the first edits below once passed every check.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from gevinst.contracts.vocabulary import STEPS
from gevinst.quality.suites.prepared import LATE_STEPS
from tests.data.edited_register import Register, Row

Edit = Callable[[Register], str]
"""Changes a register; gives the key that the check must name, or its beginning."""

EDITS: dict[tuple[str, str], Edit] = {}


def edit(label: str, check_id: str) -> Callable[[Edit], Edit]:
    """Enter a wrong edit under its label and the check that must notice."""

    def enter(change: Edit) -> Edit:
        EDITS[label, check_id] = change
        return change

    return enter


@dataclass(frozen=True)
class Pair:
    """A project with its owner and a supplier."""

    owner: Row
    supplier: Row


def owners_with_supplier(register: Register) -> Iterator[Pair]:
    for owner in (row for row in register["participations"] if row["role_code"] == "owner"):
        if supplier := register.find("participations", project_id=owner["project_id"], role_code="supplier"):
            yield Pair(owner, supplier)


def claim_by_line(register: Register) -> Row:
    counted = {row["source_id"]: row["line_count"] for row in register["sources"]}
    return register.first(
        "benefit_claims",
        lambda row: re.match(r"linje \d", row["source_locator"]) and (counted[row["source_id"]] or 10**6) < 500,
    )


def goal(register: Register) -> Row:
    return register.first(
        "benefit_claims",
        lambda row: row["modality_code"] == "goal" and re.search(r"(?<!som) skal ", row["statement_nb"]),
    )


def late_step(register: Register, *, but: str = "") -> Row:
    return register.first(
        "status_assessments", lambda row: row["status_code"] in LATE_STEPS and row["project_id"] != but
    )


@edit("the address of a source is left out", "sources_have_address")
def _(register: Register) -> str:
    row = register.first("sources", lambda row: row["address"] and row["document_type_code"] != "own_compilation")
    row.update(address=None, has_no_public_address=None)
    return row["source_id"]


@edit("a line that the text does not have", "cited_lines_exist")
def _(register: Register) -> str:
    row = claim_by_line(register)
    row["source_locator"] = "linje 500"
    return f"benefit_claims/{row['benefit_claim_id']}.source_locator"


@edit("another project's source", "sources_are_the_projects_own")
def _(register: Register) -> str:
    cited: dict[str, list[str]] = {}
    for table in ("benefit_claims", "benefits", "status_assessments"):
        for row in register[table]:
            cited.setdefault(row["source_id"], []).append(row["project_id"])
    theirs, owner = next((key, ids[0]) for key, ids in cited.items() if len(ids) > 2 and len(set(ids)) == 1)
    row = register.first("status_assessments", lambda row: row["project_id"][:4] not in (owner[:4], "2018", "2019"))
    row["source_id"] = theirs
    return f"status_assessments/{row['status_assessment_id']}.source_id"


@edit("a source that nobody read for the project", "codings_rest_on_documents_read")
def _(register: Register) -> str:
    pairs = {(row["project_id"], row["source_id"]) for row in register["benefit_claims"]}
    entered = {(row["project_id"], row["source_id"]) for row in register["coding_coverage"]}
    for project_id, source_id in sorted(pairs - entered):
        register.add("coding_coverage", project_id=project_id, source_id=source_id, coder_code="x", read_code="whole")
    row = register["benefit_claims"][-1]
    row["source_id"] = next(
        key["source_id"] for key in register["sources"] if (row["project_id"], key["source_id"]) not in pairs | entered
    )
    return f"benefit_claims/{row['benefit_claim_id']}.source_id"


@edit("owner and supplier are swapped", "participations_owner_is_public")
def _(register: Register) -> str:
    pair = next(owners_with_supplier(register))
    names = ("organisation_id", "organisation_name")
    swapped = {name: pair.supplier[name] for name in names}, {name: pair.owner[name] for name in names}
    pair.owner.update(swapped[0])
    pair.supplier.update(swapped[1])
    return pair.owner["participation_id"]


@edit("owner and supplier are swapped, seen from the supplier", "participations_supplier_is_no_authority")
def _(register: Register) -> str:
    EDITS["owner and supplier are swapped", "participations_owner_is_public"](register)
    return next(owners_with_supplier(register)).supplier["participation_id"]


@edit("the owner is its own supplier", "participations_owner_is_no_supplier")
def _(register: Register) -> str:
    pair = next(owners_with_supplier(register))
    pair.supplier["organisation_id"] = pair.owner["organisation_id"]
    return pair.supplier["participation_id"]


@edit("an award dated in another year than its cohort", "rounds_award_date_is_cohort_year")
def _(register: Register) -> str:
    row = register["rounds"][-1]
    row["awarded_on"] = row["awarded_on"].replace(year=row["awarded_on"].year - 1)
    return row["round_id"]


@edit("a cohort that is not the year of its id", "rounds_id_is_cohort_year")
def _(register: Register) -> str:
    row = register["rounds"][-1]
    row["cohort_year"] += 1
    return row["round_id"]


@edit("a project put into another round", "project_ids_carry_their_cohort")
def _(register: Register) -> str:
    row, last = register["projects"][0], register["rounds"][-1]
    row["round_id"] = last["round_id"]
    return row["project_id"]


@edit("a status that falls without a reason", "status_falls_have_a_reason")
def _(register: Register) -> str:
    row = register.first("status_assessments", lambda row: row["status_code"] in STEPS[2:])
    later = row["assessed_on"].replace(year=row["assessed_on"].year + 1)
    fallen = row | {"status_assessment_id": "ny", "assessed_on": later, "assessed_precision": "day"}
    for other in register["status_assessments"]:  # so that it is the newest of its project
        if other["project_id"] == row["project_id"] and other["assessed_on"] > row["assessed_on"]:
            other["assessed_on"] = row["assessed_on"]
    register.add("status_assessments", **fallen | {"status_code": STEPS[0], "step_reason_code": None})
    return "ny"


@edit("a step in use with a reason of a few words", "status_assessments_late_step_has_reason_nb")
def _(register: Register) -> str:
    row = late_step(register)
    row["reason_nb"] = "Er i bruk, sier kilden."
    return row["status_assessment_id"]


@edit("the reason of another project", "status_assessments_late_step_reason_is_its_own")
def _(register: Register) -> str:
    row = late_step(register)
    other = late_step(register, but=row["project_id"])
    other["reason_nb"] = row["reason_nb"].replace(",", "").upper()
    return other["status_assessment_id"]


@edit("baseline and value are swapped", "measurements_go_the_desired_way")
def _(register: Register) -> str:
    row = register["benefit_measurements"][0]
    plan = register.find("benefit_plans", benefit_plan_id=row["benefit_plan_id"])
    assert plan is not None and plan["desired_direction_code"]
    plan["baseline_value"], row["measured_value"] = row["measured_value"], plan["baseline_value"]
    return row["benefit_measurement_id"]


@edit("a percentage that nobody planned or measured", "numbers_of_claims_are_measured")
def _(register: Register) -> str:
    row = goal(register)
    row["statement_nb"], row["statement_en"] = "Ventetiden skal ned 40 prosent.", "Waiting is to fall by 40 per cent."
    return row["benefit_claim_id"]


@edit("a cause in our own words", "statements_claim_no_cause")
def _(register: Register) -> str:
    row = register["benefit_claims"][-1]
    row["statement_nb"] = "Prosjektet førte til kortere ventetid for brukerne."
    return f"benefit_claims/{row['benefit_claim_id']}.statement_nb"


@edit("a cause in the translation alone", "statements_claim_no_cause")
def _(register: Register) -> str:
    row = register["benefit_claims"][-1]
    row["statement_en"] = "Users wait less because of the project."
    return f"benefit_claims/{row['benefit_claim_id']}.statement_en"


@edit("a person's name", "no_person_is_named")
def _(register: Register) -> str:
    row = register["benefit_claims"][-1]
    row["statement_nb"] = f"{row['statement_nb']} Det sier prosjektleder Kari Nordmann."
    return f"benefit_claims/{row['benefit_claim_id']}.statement_nb"


@edit("the same claim under a new id and a new benefit", "benefit_claims_words_once_nb")
def _(register: Register) -> str:
    row = register["benefit_claims"][0]
    register.add("benefit_claims", **row | {"benefit_claim_id": "ny", "benefit_id": "ny"})
    return "ny"


@edit("the same benefit under a new id", "benefits_named_once_nb")
def _(register: Register) -> str:
    row = register["benefits"][0]
    register.add("benefits", **row | {"benefit_id": "ny", "name_nb": row["name_nb"].upper().rstrip(".")})
    return "ny"


@edit("numbers that differ between the languages", "texts_say_the_same_numbers")
def _(register: Register) -> str:
    row = register["benefit_claims"][-1]
    row["statement_nb"], row["statement_en"] = "120 brukere ventet.", "210 users waited."
    return f"benefit_claims/{row['benefit_claim_id']}.statement"


@edit("a note from another document without a place in it", "notes_and_problems_have_a_source")
def _(register: Register) -> str:
    row = register.first("participations", lambda row: row["note_nb"] and not row["note_source_id"])
    row["note_source_id"] = register["sources"][0]["source_id"]
    return f"participations/{row['participation_id']}.note_source_id"


@edit("a problem from a document that is not in the register", "notes_and_problems_have_a_source")
def _(register: Register) -> str:
    row = register.first("projects", lambda row: row["problem_nb"])
    row.update(problem_source_id="ingen-slik-kilde", problem_source_locator="ingressen")
    return f"projects/{row['project_id']}.problem_source_id"


# From here on edits beside the seventeen.


@edit("lines in the wrong order", "cited_lines_exist")
def _(register: Register) -> str:
    row = claim_by_line(register)
    row["source_locator"] = "linje 14–12"
    return f"benefit_claims/{row['benefit_claim_id']}.source_locator"


@edit("a number word that differs between the languages", "texts_say_the_same_numbers")
def _(register: Register) -> str:
    row = register.first("projects", lambda row: row["problem_nb"])
    row.update(problem_nb="To etater deler ansvaret.", problem_en="Three agencies share the responsibility.")
    return f"projects/{row['project_id']}.problem"


@edit("the translation of another benefit", "benefits_named_once_en")
def _(register: Register) -> str:
    row = register["benefits"][0]
    other = register.first("benefits", lambda other: other["project_id"] == row["project_id"] and other is not row)
    other["name_en"] = row["name_en"]
    return other["benefit_id"]


@edit("a goal graded as reported", "benefit_claims_evidence_fits_modality")
def _(register: Register) -> str:
    row = goal(register)
    row["evidence_code"] = "oppgitt"
    return row["benefit_claim_id"]


@edit("a goal coded as a result", "achieved_claims_are_no_goals")
def _(register: Register) -> str:
    row = goal(register)
    row.update(modality_code="realised_self_reported", evidence_code="oppgitt")
    return row["benefit_claim_id"]


@edit("a reported benefit raised to measured", "measured_claims_have_a_measurement")
def _(register: Register) -> str:
    row = register.first("benefit_claims", lambda row: row["evidence_code"] == "oppgitt")
    row.update(modality_code="measured", evidence_code="malt_oppgitt")
    return row["benefit_claim_id"]


@edit("a benefit raised to documented", "documented_claims_have_proof")
def _(register: Register) -> str:
    scheme = {row["source_id"] for row in register["sources"] if row["document_type_code"] == "project_page"}
    row = register.first("benefit_claims", lambda row: row["evidence_code"] == "oppgitt" and row["source_id"] in scheme)
    row["evidence_code"] = "dokumentert"
    return row["benefit_claim_id"]


@edit("the owner's word as that of somebody outside", "third_parties_are_outside")
def _(register: Register) -> str:
    scheme = {row["publisher"] for row in register["sources"] if row["document_type_code"] == "programme_page"}
    own = {row["source_id"] for row in register["sources"] if row["publisher"] in scheme}
    row = register.first("benefit_claims", lambda row: row["source_id"] in own)
    row["stated_by_code"] = "third_party"
    return f"benefit_claims/{row['benefit_claim_id']}.stated_by_code"


@edit("a status from before the award", "statuses_follow_the_award")
def _(register: Register) -> str:
    row = register["status_assessments"][-1]
    row["assessed_on"] = row["assessed_on"].replace(year=2012)
    return row["status_assessment_id"]


@edit("a status dated in the future", "nothing_dated_after_it_was_read")
def _(register: Register) -> str:
    row = register["status_assessments"][-1]
    row["assessed_on"] = row["assessed_on"].replace(year=2062)
    return f"status_assessments/{row['status_assessment_id']}.assessed_on"


@edit("a claim of another project's benefit", "benefit_claims_belong_to_their_benefit")
def _(register: Register) -> str:
    row = register["benefit_claims"][0]
    row["benefit_id"] = register["benefits"][-1]["benefit_id"]
    return row["benefit_claim_id"]


@edit("a number of people entered as a share", "benefit_measurements_measured_value_in_unit")
def _(register: Register) -> str:
    row = register["benefit_measurements"][0]
    row["measured_value"] = 1400.0
    return row["benefit_measurement_id"]


@edit("a plan in kroner without the year of its money", "benefit_plans_money_has_price_year")
def _(register: Register) -> str:
    row = register["benefit_plans"][0]
    row.update(unit_code="nok", currency_code="NOK", price_year=None)
    return row["benefit_plan_id"]


@edit("a counterfactual left among the benefits", "statements_in_one_table")
def _(register: Register) -> str:
    row = register["benefit_claims"][0]
    same = {name: row[name] for name in ("project_id", "statement_nb", "statement_en", "source_id", "source_locator")}
    register.add("counterfactual_statements", counterfactual_statement_id="ny", stated_by_code="owner", **same)
    return "counterfactual_statements/ny"


@edit("an address of a source that is said to have none", "sources_without_address_have_none")
def _(register: Register) -> str:
    row = register.first("sources", lambda row: row["address"])
    row["has_no_public_address"] = True
    return row["source_id"]


@edit("the bounds of when a source became public swapped", "sources_public_bounds_ordered")
def _(register: Register) -> str:
    row = register.first("sources", lambda row: row["published_on"] is None)
    row.update(public_not_before=date(2022, 1, 1), public_not_after=date(2022, 1, 1) - timedelta(days=365))
    return row["source_id"]


@edit("a benefit that depends on one of another project", "benefits_depend_on_earlier_ones")
def _(register: Register) -> str:
    row = register["benefits"][0]
    row["depends_on_ids"] = register["benefits"][-1]["benefit_id"]
    return row["benefit_id"]


@edit("a second claim put on a benefit without a reason", "further_claims_say_why")
def _(register: Register) -> str:
    row = register["benefit_claims"][0]
    register.add("benefit_claims", **row | {"benefit_claim_id": "ny", "same_benefit_reason_nb": None})
    return "ny"


@edit("a changed plan in another unit", "changed_plans_keep_their_measure")
def _(register: Register) -> str:
    row = register["benefit_plans"][0]
    changed = {"benefit_plan_id": "ny", "revises_plan_id": row["benefit_plan_id"], "unit_code": "hours_per_year"}
    register.add("benefit_plans", **row | changed)
    return "ny"


@edit("a currency on a share", "benefit_plans_others_have_no_currency")
def _(register: Register) -> str:
    row = register["benefit_plans"][0]
    row.update(unit_code="percent_of_cases", currency_code="NOK")
    return row["benefit_plan_id"]
