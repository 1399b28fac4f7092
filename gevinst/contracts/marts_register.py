"""Contracts of the register of benefits: one row per benefit with all that a reader asks of it, and counts by stage.

Belongs here: the marts that the page of the register shows.
Does not belong here: what is known of benefits, plans and claims (`marts_realisation.py`, `marts_benefits.py`).
"""

from __future__ import annotations

from gevinst.contracts.fields import RESULT_SOURCE, listed, override
from gevinst.contracts.model import Additivity, Contract

BENEFIT_REGISTER = Contract(
    name="benefit_register",
    layer="marts",
    title_nb="Gevinstregisteret",
    title_en="The register of benefits",
    grain_nb="Én rad per gevinst og utgaveår. Uten ulemper og alminnelige potensialer.",
    grain_en="One row per benefit and edition year. Without disbenefits and general potentials.",
    key=("edition_year", "benefit_id"),
    depends_on=(
        "benefit_overview",
        "claim_validity",
        "planned_realised",
        "project_coverage",
        "edition_years",
        "benefit_claims",
        "codelists",
    ),
    may_be_empty=True,
    rule_nb="En gevinst står der den er kommet lengst, hvem som enn forteller det: lovet, sagt, målt eller "
    "dokumentert. En plan som sier at gevinsten er realisert, helt eller delvis, er noe sagt; en måling mot et "
    "nullpunkt er målt. Om en lovet gevinst står det hvorfor ingenting er kjent: Ingen har lett, det er ikke funnet i "
    "det som er lest, eller planen sier at gevinsten ikke kom.",
    rule_en="A benefit is at the furthest stage it has come to, whoever tells: promised, said, measured or documented. "
    "A plan that says that the benefit is realised, in whole or in part, is something said; a measurement against a "
    "baseline is measured. Of a promised benefit it is told why nothing is known: nobody looked, it is not found in "
    "what was read, or the plan says that the benefit did not come.",
    formula="stage_code = documented for best_evidence_code = dokumentert; else measured for malt_oppgitt or a row of "
    "planned_realised with is_measured and baseline_value; else reported for oppgitt, a row with is_measured, or "
    "benefit_status_code in (partly_realised, realised); else promised; promise_code of promised = planned without "
    "best_evidence_code, else goal with has_goal, else potential; results_absence_code of promised = stated_not for "
    "benefit_status_code in (not_realised, abandoned), else not_found with is_coded_results of the project, else "
    "not_coded; plan columns = the indicator that is measured against a baseline, else measured, else planned, latest "
    "measured_on; source = that of the measurement when it decides the stage, else of the newest claim with "
    "best_evidence_code, else of the plan",
    columns=listed(
        "edition_year benefit_id project_id",
        *override("name_nb/en", "Gevinsten, kort.", "The benefit, in brief."),
        "benefit_code benefit_category_code stage_code promise_code",
        *override(
            "stated_by_code",
            "Hvem som sier det; tom når bare en plan sier det.",
            "Who says so; empty when a plan alone does.",
            required=False,
        ),
        *override(
            "results_absence_code",
            "Hvorfor ingenting er kjent om en lovet gevinst; tom når noe er meldt.",
            "Why nothing is known of a promised benefit; empty when anything is reported.",
        ),
        "has_goal benefit_status_code status_on/precision",
        *override(
            "plan_count",
            "Indikatorer i planer for gevinsten.",
            "Indicators of plans for the benefit.",
            additivity=Additivity.NO,
        ),
        *override("indicator_nb/en", "Indikatoren som vises.", "The indicator that is shown.", required=False),
        *override(
            "unit_code", "Enheten; tom uten en indikator.", "The unit; empty without an indicator.", required=False
        ),
        "currency_code",
        *override("price_year", required=False),
        "baseline_value target_value target_on/precision newest_value measured_on/precision",
        "measurement_outcome_code",
        *override("about_on/precision", "Tiden det siste utsagnet gjelder.", "The time that the last claim is about."),
        "newest_known_on",
        *RESULT_SOURCE,
    ),
)

REGISTER_COUNTS = Contract(
    name="register_counts",
    layer="marts",
    title_nb="Gevinstregisteret i tall",
    title_en="The register of benefits in numbers",
    grain_nb="Én rad per utgaveår.",
    grain_en="One row per edition year.",
    key=("edition_year",),
    depends_on=("edition_years", "benefit_register"),
    rule_nb="Teller gevinstene i registeret etter hvor langt de er kommet. Andelen er av gevinster i prosjekter som er "
    "kodet for resultater: Om de andre har ingen lett.",
    rule_en="Counts the benefits of the register by how far they have come. The share is of benefits of projects coded "
    "for results: of the others, nobody has looked.",
    formula="counts = rows of benefit_register by stage_code, promise_code and results_absence_code; project_count = "
    "different project_id; told_count = said + measured_stage + documented_stage; coded_count = benefit_count - "
    "promised_not_coded_count; told_pct = 100 * told_count / coded_count, null when coded_count < min_n_for_shares",
    columns=listed(
        "edition_year benefit_count",
        *override("project_count", "Prosjekter med en gevinst.", "Projects with a benefit.", additivity=Additivity.NO),
        "promised_count promised_goal_count promised_potential_count promised_planned_count promised_not_found_count",
        "promised_not_coded_count promised_stated_not_count said_count measured_stage_count documented_stage_count",
        "told_count coded_count told_pct",
    ),
)

REGISTER_MARTS = (BENEFIT_REGISTER, REGISTER_COUNTS)
