"""Contracts of the tables behind the marts of benefits: which category a benefit is, and what is planned measured.

Belongs here: the reference table that sorts benefits, and plans of measurement.
Does not belong here: claims and measurements (`evaluations.py`) and results (`mart_gains.py`).
"""

from __future__ import annotations

from gevinst.contracts.model import Contract, bilingual, code, dated, flag, reference, sourced, text

BENEFIT_CATEGORIES = Contract(
    name="benefit_categories",
    layer="core",
    folder="reference",
    title_nb="Gevinstkategorier",
    title_en="Benefit categories",
    grain_nb="Én rad per slags gevinst (kodelista benefit).",
    grain_en="One row per kind of benefit (code list benefit).",
    key=("benefit_code",),
    columns=(
        code("benefit_code", "benefit", "Hva slags gevinst det gjelder.", "What kind of benefit it is."),
        code(
            "benefit_category_code",
            "benefit_category",
            "Kategorien den hører til.",
            "The category it belongs to.",
        ),
        code(
            "gain_nature_code",
            "gain_nature",
            "Hvor i resultatkjeden den er; tom for det som bare er et potensial.",
            "Where in the chain of results it is; empty for what is only a potential.",
            required=False,
        ),
        flag(
            "is_gain",
            "Nei for et alminnelig potensial: det telles aldri som en gevinst.",
            "False for a general potential: it is never counted as a benefit.",
        ),
        *bilingual("reason", "Hvorfor den er plassert der.", "Why it is placed there.", required=True),
        *sourced(),
    ),
)

MEASUREMENT_PLANS = Contract(
    name="measurement_plans",
    layer="core",
    folder="evaluations",
    title_nb="Planer for måling",
    title_en="Plans of measurement",
    grain_nb="Én rad per opplysning om når en gevinst skal måles, og hvem som har ansvaret.",
    grain_en="One row per statement of when a benefit is to be measured, and who answers for it.",
    key=("measurement_plan_id",),
    columns=(
        text("measurement_plan_id", "Fast nøkkel for planen.", "Permanent id of the plan.", required=True),
        reference(
            "benefit_claim_id",
            "benefit_claims.benefit_claim_id",
            "Utsagnet som skal måles.",
            "The claim to be measured.",
        ),
        *bilingual("indicator", "Det som skal måles.", "What is to be measured."),
        *dated(
            "next_measurement",
            "Når det skal måles neste gang; tom når det ikke er sagt.",
            "When it is to be measured next; empty when that is not said.",
        ),
        reference(
            "responsible_organisation_id",
            "organisations.organisation_id",
            "Virksomheten som har ansvaret. Aldri en person.",
            "The organisation that answers for it. Never a person.",
            required=False,
        ),
        code(
            "responsible_role_code",
            "benefit_role",
            "Rollen som har ansvaret.",
            "The role that answers for it.",
            required=False,
        ),
        *sourced(),
    ),
)

GAIN_REFERENCE = (BENEFIT_CATEGORIES,)
GAIN_EVALUATIONS = (MEASUREMENT_PLANS,)
