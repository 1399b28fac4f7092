"""Contracts of the economic marts: calculations on stated values, and effects without a price.

Belongs here: results per project and edition year of the economic method.
Does not belong here: the values they are computed from (`economics.py`).
"""

from __future__ import annotations

from gevinst.contracts.model import (
    EDITION_YEAR,
    LOCATOR,
    PROJECT,
    SOURCE,
    Additivity,
    Column,
    Contract,
    Type,
    bilingual,
    code,
    count,
    flag,
    reference,
    text,
    with_basis,
    year,
)


def _present_value(name: str, nb: str, en: str) -> Column:
    return _calculated(name, nb, en, "NOK, prices of price_year, value in reference_year")


def _calculated(name: str, nb: str, en: str, unit: str) -> Column:
    """A calculated amount or ratio; its interval are the rows of the other scenarios."""
    return with_basis(Column(name, Type.NUMBER, nb, en, unit=unit, additivity=Additivity.NO), "effect_count")


def _step(name: str, nb: str, en: str) -> Column:
    return Column(name, Type.INTEGER, nb, en, unit="step -4 to 4", additivity=Additivity.NO, minimum=-4, maximum=4)


PRICED_EFFECTS = Contract(
    name="priced_effects",
    layer="marts",
    title_nb="Prissatte virkninger: regneeksempler",
    title_en="Priced effects: worked scenarios",
    grain_nb="Én rad per prosjekt, utgaveår og anslag (lavt, midt, høyt). Regneeksempel, ikke funn.",
    grain_en="One row per project, edition year and estimate (low, mid, high). A worked scenario, not a finding.",
    key=("edition_year", "project_id", "scenario_code"),
    depends_on=("benefit_values", "kpi", "discount_rates", "sources", "edition_years"),
    may_be_empty=True,
    rule_nb="Et regneeksempel på verdier som noen har oppgitt, aldri et funn. Oppgitte beløp per år reduseres med "
    "det som skyldes andre, ville kommet uansett eller bare er flyttet, regnes om til kroner i ett år og "
    "neddiskonteres med regelverkets renter. Offentlige utlegg har i tillegg en "
    "skattefinansieringskostnad. Er verdien av én virkning ukjent, er summen ukjent. Av en virkning som "
    "er verdsatt flere ganger, gjelder den nyeste.",
    rule_en="A worked scenario on values that somebody has stated, never a finding. Stated amounts per year are "
    "reduced by what is due to others, would have come anyway or is only moved, turned into kroner of one "
    "year and discounted at the ruleset's rates. Public outlays carry a tax financing cost as well. When "
    "the value of one effect is unknown, so is the sum. Of an effect valued more than once the newest "
    "counts.",
    formula="amount(y) = stated amount * (1 - deadweight_pct/100) * (1 - displacement_pct/100) * (1 - "
    "attribution_pct/100) * (1 - drop_off_pct/100)^(y - first_year) * share phased in; real(y) = "
    "amount(y) * kpi(price_year of the calculation) / kpi(price_year of the row); npv_nok = sum over y of "
    "(real(y) + tax financing(y)) * discount factor(y); factor(y) = factor(y - 1) / (1 + rate(y)), 1 in "
    "reference_year",
    columns=(
        EDITION_YEAR,
        PROJECT,
        code("scenario_code", "scenario", "Hvilket anslag raden bygger på.", "The estimate that the row rests on."),
        flag(
            "is_scenario",
            "Alltid ja: tallene er regneeksempler på oppgitte verdier, ikke funn.",
            "Always true: the figures are worked scenarios on stated values, not findings.",
        ),
        code("ruleset_code", "discount_ruleset", "Regelverket som er brukt.", "The ruleset used."),
        code("schedule_code", "discount_schedule", "Rentebanen som er brukt.", "The schedule of rates used."),
        year("price_year", "Året kronene gjelder.", "The year whose kroner they are.", required=False),
        year(
            "reference_year",
            "Henføringsåret: året nåverdien gjelder.",
            "The year that the present value refers to.",
        ),
        year(
            "start_year",
            "Oppstartsåret: første år med noe annet enn investering.",
            "The start year: the first year of anything but investment.",
        ),
        Column("last_year", Type.INTEGER, "Siste år som er regnet med.", "Last year counted.", required=True),
        count("effect_count", "Virkninger i beregningen.", "Effects in the calculation.", additivity=Additivity.NO),
        count(
            "unknown_effect_count",
            "Virkninger uten brukbar verdi; er det noen, er summen ukjent.",
            "Effects without a usable value; when there are any the sum is unknown.",
            additivity=Additivity.NO,
        ),
        _present_value("benefit_pv_nok", "Nåverdi av nytte.", "Present value of benefits."),
        _present_value(
            "cost_pv_nok",
            "Nåverdi av ulemper og driftskostnader, med minus.",
            "Present value of disbenefits and operating costs, negative.",
        ),
        _present_value(
            "investment_pv_nok", "Nåverdi av investering, med minus.", "Present value of investment, negative."
        ),
        _present_value(
            "tax_financing_pv_nok",
            "Nåverdi av skattefinansieringskostnaden; pluss når budsjetter spares.",
            "Present value of the tax financing cost; positive when budgets are spared.",
        ),
        _present_value(
            "residual_pv_nok",
            "Av dette restverdi etter analyseperioden.",
            "Of which residual value after the analysis period.",
        ),
        _present_value(
            "budget_effect_pv_nok",
            "Nåverdi av virkningen på offentlige budsjetter; minus er en netto utgift.",
            "Present value of the effect on public budgets; negative is a net outlay.",
        ),
        _present_value("npv_nok", "Netto nåverdi.", "Net present value."),
        _calculated(
            "npv_per_invested_nok",
            "Netto nåverdi per investert krone; tom uten investering.",
            "Net present value per krone invested; empty without investment.",
            "NOK per NOK",
        ),
        _calculated(
            "npv_per_budget_nok",
            "Netto nåverdi per budsjettkrone; tom når budsjettene ikke har en netto utgift.",
            "Net present value per krone of public budget; empty when budgets have no net outlay.",
            "NOK per NOK",
        ),
        _calculated(
            "annual_nok",
            "Netto nåverdi som et likt beløp per år fra oppstartsåret.",
            "Net present value as an even amount per year from the start year.",
            "NOK per year, prices of price_year",
        ),
    ),
)

NON_PRICED_ASSESSMENTS = Contract(
    name="non_priced_assessments",
    layer="marts",
    title_nb="Ikke-prissatte virkninger: vurdert verdi",
    title_en="Non-priced effects: assessed value",
    grain_nb="Én rad per ikke-prissatt virkning og utgaveår. Verdiene er rangerte trinn og kan ikke summeres.",
    grain_en="One row per non-priced effect and edition year. Values are ordered steps and cannot be summed.",
    key=("edition_year", "non_priced_effect_id"),
    depends_on=("non_priced_effects", "value_matrix", "codelists", "sources", "edition_years"),
    may_be_empty=True,
    rule_nb="Kvantum og enhetsverdi slås opp i matrisen virkningen ble vurdert med; verdimatrisen fra 2023 når "
    "ingen er nevnt. Mange celler i pluss-minusmetoden er et spenn og forblir et spenn. Verdiene er "
    "rangerte trinn: de legges aldri sammen og regnes aldri om til kroner. Av en virkning som er vurdert "
    "flere ganger, gjelder den nyeste.",
    rule_en="Quantity and unit value are looked up in the matrix that the effect was assessed with; the value "
    "matrix of 2023 when none is named. Many cells of the plus-minus method are a range and stay a range. "
    "The values are ordered steps: they are never added and never turned into kroner. Of an effect "
    "assessed more than once the newest counts.",
    formula="(low_code, high_code) = cell of value_matrix for (value_matrix_code, quantity_code, "
    "unit_value_code); low_step, high_step = their ranks from -4 to 4",
    columns=(
        EDITION_YEAR,
        reference(
            "non_priced_effect_id",
            "non_priced_effects.non_priced_effect_id",
            "Vurderingen av virkningen.",
            "The assessment of the effect.",
        ),
        PROJECT,
        text("effect_id", "Virkningen.", "The effect.", required=True),
        *bilingual("name", "Hva virkningen er.", "What the effect is.", required=True),
        code("value_matrix_code", "value_matrix", "Matrisen som er brukt.", "The matrix used."),
        code("quantity_code", "effect_quantity", "Kvantum eller omfang.", "Quantity or extent.", required=False),
        code(
            "unit_value_code", "unit_value", "Enhetsverdi eller betydning.", "Unit value or importance.", required=False
        ),
        code(
            "low_code",
            "non_priced_value",
            "Laveste verdi; tom når kvantum eller enhetsverdi er ukjent.",
            "Lowest value; empty when quantity or unit value is unknown.",
            required=False,
        ),
        code("high_code", "non_priced_value", "Høyeste verdi.", "Highest value.", required=False),
        _step("low_step", "Laveste verdi som trinn.", "Lowest value as a step."),
        _step("high_step", "Høyeste verdi som trinn.", "Highest value as a step."),
        Column(
            "is_range",
            Type.BOOLEAN,
            "Ja når matrisen gir et spenn; tom når verdien er ukjent.",
            "True when the matrix gives a range; empty when the value is unknown.",
        ),
        SOURCE,
        LOCATOR,
    ),
)

ECONOMIC_MARTS = (PRICED_EFFECTS, NON_PRICED_ASSESSMENTS)
