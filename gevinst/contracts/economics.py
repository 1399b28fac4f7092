"""Contracts of economic input: discount rates, the matrices for effects without a price, and stated values.

Belongs here: reference tables of the economic method and what assessors state about priced and non-priced effects.
Does not belong here: results (`mart_economics.py`) and the price index (`reference.py`).
"""

from __future__ import annotations

from gevinst.contracts.model import (
    Additivity,
    Column,
    Contract,
    Type,
    bilingual,
    code,
    flag,
    reference,
    sourced,
    text,
    year,
)


def _share(name: str, nb: str, en: str) -> Column:
    return Column(
        name,
        Type.NUMBER,
        nb,
        en,
        required=True,
        unit="per cent",
        additivity=Additivity.NO,
        minimum=0,
        maximum=100,
    )


def _years(
    name: str, nb: str, en: str, *, required: bool = True, minimum: int = 0, maximum: int | None = None
) -> Column:
    return Column(
        name,
        Type.INTEGER,
        nb,
        en,
        required=required,
        unit="years",
        additivity=Additivity.NO,
        minimum=minimum,
        maximum=maximum,
    )


def _amount(name: str, nb: str, en: str) -> Column:
    return Column(name, Type.NUMBER, nb, en, unit="NOK per year, prices of price_year", additivity=Additivity.NO)


_ROUND = reference(
    "assessment_round_id",
    "assessment_rounds.assessment_round_id",
    "Vurderingsrunden raden hører til.",
    "The assessment round of the row.",
)
_PROJECT = reference("project_id", "projects.project_id", "Prosjektet.", "The project.")
_EFFECT = text(
    "effect_id",
    "Virkningen; den samme nøkkelen når den verdsettes på nytt i en senere runde.",
    "The effect; the same id when it is valued again in a later round.",
    required=True,
)

DISCOUNT_RATES = Contract(
    name="discount_rates",
    layer="core",
    folder="reference",
    title_nb="Kalkulasjonsrenter",
    title_en="Discount rates",
    grain_nb="Én rad per trinn i en rentebane i et regelverk.",
    grain_en="One row per step of a schedule of rates in a ruleset.",
    key=("ruleset_code", "schedule_code", "from_year"),
    columns=(
        code("ruleset_code", "discount_ruleset", "Regelverket renten står i.", "The ruleset that sets the rate."),
        code("schedule_code", "discount_schedule", "Hva rentebanen er til.", "What the schedule is for."),
        _years(
            "from_year",
            "Første år trinnet gjelder, regnet fra oppstartsåret.",
            "First year of the step, counted from the start year.",
        ),
        _years(
            "to_year",
            "Siste år trinnet gjelder; tom når det ikke tar slutt.",
            "Last year of the step; empty when it does not end.",
            required=False,
        ),
        Column(
            "rate_pct",
            Type.NUMBER,
            "Reell kalkulasjonsrente per år.",
            "Real discount rate per year.",
            required=True,
            unit="per cent",
            additivity=Additivity.NO,
            minimum=0,
            maximum=100,
        ),
        *sourced(),
    ),
)

VALUE_MATRIX = Contract(
    name="value_matrix",
    layer="core",
    folder="reference",
    title_nb="Matriser for ikke-prissatte virkninger",
    title_en="Matrices for non-priced effects",
    grain_nb="Én rad per celle i en matrise.",
    grain_en="One row per cell of a matrix.",
    key=("value_matrix_code", "quantity_code", "unit_value_code"),
    columns=(
        code("value_matrix_code", "value_matrix", "Matrisen og utgaven av den.", "The matrix and its edition."),
        code("quantity_code", "effect_quantity", "Kvantum eller omfang.", "Quantity or extent."),
        code("unit_value_code", "unit_value", "Enhetsverdi eller betydning.", "Unit value or importance."),
        code("low_code", "non_priced_value", "Laveste verdi i cella.", "Lowest value in the cell."),
        code(
            "high_code",
            "non_priced_value",
            "Høyeste verdi i cella; lik den laveste når cella har én verdi.",
            "Highest value in the cell; the same as the lowest when the cell has one value.",
        ),
        *sourced(),
    ),
)

BENEFIT_VALUES = Contract(
    name="benefit_values",
    layer="core",
    folder="evaluations",
    title_nb="Verdsatte virkninger",
    title_en="Priced effects, as stated",
    grain_nb="Én rad per virkning som noen har satt en kroneverdi på, i en vurderingsrunde.",
    grain_en="One row per effect that somebody has put a value in kroner on, in an assessment round.",
    key=("benefit_value_id",),
    columns=(
        text("benefit_value_id", "Fast nøkkel for raden.", "Permanent id of the row.", required=True),
        _ROUND,
        _PROJECT,
        _EFFECT,
        reference(
            "benefit_claim_id",
            "benefit_claims.benefit_claim_id",
            "Gevinstutsagnet verdien gjelder, når det er ett.",
            "The benefit claim that the value is about, when there is one.",
            required=False,
        ),
        *bilingual("name", "Hva virkningen er.", "What the effect is.", required=True),
        code("effect_kind_code", "effect_kind", "Nytte, ulempe eller kostnad.", "Benefit, disbenefit or cost."),
        _amount(
            "low_nok",
            "Lavt anslag per år; minus for ulemper og kostnader, så det laveste er det dyreste.",
            "Low estimate per year; negative for disbenefits and costs, so that the lowest is the dearest.",
        ),
        _amount("mid_nok", "Midtanslag per år, med fortegn.", "Middle estimate per year, signed."),
        _amount("high_nok", "Høyt anslag per år, med fortegn.", "High estimate per year, signed."),
        year("price_year", "Året kronene gjelder.", "The year whose kroner they are."),
        year("first_year", "Første år med virkning.", "First year with an effect."),
        _years(
            "duration_years",
            "Hvor mange år virkningen varer; 1 for en engangsvirkning.",
            "How many years the effect lasts; 1 for something that happens once.",
            minimum=1,
            maximum=100,
        ),
        _years(
            "ramp_up_years",
            "Hvor mange av de første årene som ikke har full virkning.",
            "How many of the first years are without full effect.",
            maximum=100,
        ),
        code("ramp_up_code", "ramp_up", "Hvordan virkningen fases inn.", "How the effect is phased in."),
        _share(
            "attribution_pct",
            "Andelen av virkningen som skyldes andre enn prosjektet.",
            "Share of the effect that is due to others than the project.",
        ),
        _share(
            "deadweight_pct",
            "Andelen som ville ha kommet uansett.",
            "Share that would have come about anyway.",
        ),
        _share(
            "displacement_pct",
            "Andelen som bare er flyttet fra et annet sted.",
            "Share that is only moved from somewhere else.",
        ),
        _share(
            "drop_off_pct",
            "Hvor mye av virkningen som faller bort hvert år etter det første.",
            "How much of the effect falls away every year after the first.",
        ),
        code(
            "budget_effect_code",
            "budget_effect",
            "Om offentlige budsjetter faktisk endres: direkte, gjennom skattegrunnlaget eller ikke.",
            "Whether public budgets really change: directly, through the tax base or not at all.",
        ),
        flag(
            "is_real_growth_eligible",
            "Ja når det er faglig grunnlag for vekst i realpris, som for tidsverdier.",
            "True when there is a professional basis for growth in real price, as for time values.",
        ),
        *bilingual("basis", "Hvordan verdien er funnet.", "How the value was found.", required=True),
        *sourced(),
    ),
)

NON_PRICED_EFFECTS = Contract(
    name="non_priced_effects",
    layer="core",
    folder="evaluations",
    title_nb="Ikke-prissatte virkninger",
    title_en="Non-priced effects",
    grain_nb="Én rad per virkning uten kroneverdi som er vurdert i en vurderingsrunde.",
    grain_en="One row per effect without a value in kroner that was assessed in an assessment round.",
    key=("non_priced_effect_id",),
    columns=(
        text("non_priced_effect_id", "Fast nøkkel for raden.", "Permanent id of the row.", required=True),
        _ROUND,
        _PROJECT,
        _EFFECT,
        *bilingual("name", "Hva virkningen er.", "What the effect is.", required=True),
        code(
            "value_matrix_code",
            "value_matrix",
            "Matrisen den er vurdert med; tom betyr verdimatrisen fra 2023.",
            "The matrix it was assessed with; empty means the value matrix of 2023.",
            required=False,
        ),
        code(
            "quantity_code",
            "effect_quantity",
            "Kvantum eller omfang; tom når det ikke er vurdert.",
            "Quantity or extent; empty when it was not assessed.",
            required=False,
        ),
        code(
            "unit_value_code",
            "unit_value",
            "Enhetsverdi eller betydning; tom når den ikke er vurdert.",
            "Unit value or importance; empty when it was not assessed.",
            required=False,
        ),
        *bilingual("reason", "Begrunnelse for vurderingen.", "Reason for the assessment.", required=True),
        *sourced(),
    ),
)

ECONOMIC_REFERENCE = (DISCOUNT_RATES, VALUE_MATRIX)
ECONOMIC_EVALUATIONS = (BENEFIT_VALUES, NON_PRICED_EFFECTS)
