"""Contracts of the marts that show how far net present values can be trusted: rates, simulation, signs and totals.

Belongs here: results per project and per edition.
Does not belong here: the net present values themselves (`mart_economics.py`) and single effects (`marts_priced.py`).
"""

from __future__ import annotations

from gevinst.contracts.marts_priced import PRICE_YEAR, REFERENCE_YEAR, SCENARIO, of_one_value
from gevinst.contracts.model import (
    EDITION_YEAR,
    LOCATOR,
    PROJECT,
    SOURCE,
    Additivity,
    Column,
    Contract,
    Type,
    code,
    count,
    flag,
    with_basis,
)

_NOK = "NOK, prices of price_year, value in reference_year"
_SEAT = ("edition_year", "project_id")
_EFFECT_COUNT = count(
    "effect_count", "Virkninger i beregningen.", "Effects in the calculation.", additivity=Additivity.NO
)


def _of_effects(name: str, nb: str, en: str, unit: str = _NOK) -> Column:
    column = Column(name, Type.NUMBER, nb, en, unit=unit, additivity=Additivity.NO)
    return with_basis(column, "effect_count")


RETURN_RATES = Contract(
    name="return_rates",
    layer="marts",
    title_nb="Internrenter",
    title_en="Internal rates of return",
    grain_nb="Én rad per prosjekt, anslag, internrente og utgaveår; én rad når det ikke finnes noen.",
    grain_en="One row per project, estimate, internal rate and edition year; one row when there is none.",
    key=(*_SEAT, "scenario_code", "root_number"),
    depends_on=("priced_flows",),
    may_be_empty=True,
    rule_nb="Alle renter der netto nåverdi er null. Det kan være ingen, én eller flere, og de skal ikke brukes til å "
    "rangere prosjekter. Er et beløp ukjent, eller er alle null, er antallet tomt.",
    rule_en="All rates at which the net present value is zero. There may be none, one or several, and they are not for "
    "ranking projects. When an amount is unknown, or all are zero, the number is empty.",
    formula="rate_pct = 100 * (x - 1) for every real root x > 0 of sum over y of total_nok(y) * x^(last year - y) = 0",
    columns=(
        EDITION_YEAR,
        PROJECT,
        SCENARIO,
        Column(
            "root_number",
            Type.INTEGER,
            "Nummeret på renten, den laveste først; 0 når det ikke finnes noen.",
            "The number of the rate, the lowest first; 0 when there is none.",
            required=True,
            minimum=0,
        ),
        with_basis(
            of_one_value(
                "rate_pct",
                "Internrenten; tom når det ikke finnes noen.",
                "The rate; empty when there is none.",
                "per cent per year",
            ),
            "root_count",
        ),
        count(
            "root_count",
            "Antall internrenter; tom når det er ukjent.",
            "Number of rates; empty when unknown.",
            additivity=Additivity.NO,
        ),
        Column(
            "has_several_roots",
            Type.BOOLEAN,
            "Ja når det er flere enn én.",
            "True when there is more than one.",
        ),
    ),
)

NPV_SIMULATIONS = Contract(
    name="npv_simulations",
    layer="marts",
    title_nb="Simulert netto nåverdi",
    title_en="Simulated net present value",
    grain_nb="Én rad per prosjekt og utgaveår. Regneeksempel, ikke funn.",
    grain_en="One row per project and edition year. A worked scenario, not a finding.",
    key=_SEAT,
    depends_on=("effect_values",),
    may_be_empty=True,
    rule_nb="Hver virkning trekkes for seg, uavhengig av de andre, fra trekantfordelingen med lavt, midtre og høyt "
    "anslag som laveste, mest sannsynlige og høyeste verdi. Trekningene har et fast frø per virkning, så to "
    "kjøringer gir det samme. Mangler en virkning et anslag, er resultatet ukjent.",
    rule_en="Each effect is drawn by itself, independent of the others, from the triangular distribution with the low, "
    "middle and high estimate as lowest, likeliest and highest value. The draws have a fixed seed per effect, so that "
    "two runs give the same. When an effect lacks an estimate the result is unknown.",
    formula="npv(draw) = sum over effects of a draw from triangular(low, mid, high present value); mean_nok, sd_nok, "
    "p5_nok, p50_nok, p95_nok over draw_count draws; positive_probability = share of draws with npv > 0",
    columns=(
        EDITION_YEAR,
        PROJECT,
        _EFFECT_COUNT,
        count("draw_count", "Antall trekninger.", "Number of draws.", additivity=Additivity.NO),
        Column("seed", Type.INTEGER, "Frøet for trekningene.", "The seed of the draws.", required=True),
        _of_effects("mean_nok", "Gjennomsnittet av trekningene.", "The mean of the draws."),
        _of_effects("sd_nok", "Standardavviket.", "The standard deviation."),
        _of_effects("p5_nok", "5-prosentilen.", "The 5th percentile."),
        _of_effects("p50_nok", "Medianen.", "The median."),
        _of_effects("p95_nok", "95-prosentilen.", "The 95th percentile."),
        _of_effects(
            "positive_probability",
            "Andelen trekninger over null.",
            "The share of draws above zero.",
            "probability 0-1",
        ),
    ),
)

PRICED_PROJECTS = Contract(
    name="priced_projects",
    layer="marts",
    title_nb="Netto nåverdi per prosjekt: lavt, midt og høyt",
    title_en="Net present value per project: low, middle and high",
    grain_nb="Én rad per prosjekt med prissatte virkninger og utgaveår. Regneeksempel, ikke funn.",
    grain_en="One row per project with priced effects and edition year. A worked scenario, not a finding.",
    key=_SEAT,
    depends_on=(
        "priced_effects",
        "effect_values",
        "effect_sensitivities",
        "benefit_values",
        "codelists",
        "sources",
        "edition_years",
    ),
    may_be_empty=True,
    rule_nb="De tre anslagene ved siden av hverandre, og det de sier sammen: et fortegn gjelder bare når alle tre "
    "har det. Beviset er det svakeste blant nyttevirkningene, og tomt når en av dem ikke hører til noe utsagn.",
    rule_en="The three estimates side by side, and what they say together: a sign holds only when all three have it. "
    "The evidence is the weakest among the benefits, and empty when one of them belongs to no claim.",
    formula="is_positive = low_nok, mid_nok and high_nok > 0; is_negative = all three < 0; is_turned_by_a_fifth = some "
    "is_sign_turned of effect_sensitivities in the middle estimate; evidence_code = lowest rank of the benefits",
    columns=(
        EDITION_YEAR,
        PROJECT,
        _of_effects("low_nok", "Netto nåverdi, lavt anslag.", "Net present value, low estimate."),
        _of_effects("mid_nok", "Netto nåverdi, midtre anslag.", "Net present value, middle estimate."),
        _of_effects("high_nok", "Netto nåverdi, høyt anslag.", "Net present value, high estimate."),
        _of_effects(
            "npv_per_invested_nok",
            "Netto nåverdi per investert krone, midtre anslag; tom uten investering.",
            "Net present value per krone invested, middle estimate; empty without investment.",
            "NOK per NOK",
        ),
        _EFFECT_COUNT,
        code(
            "evidence_code",
            "evidence",
            "Det svakeste beviset blant nyttevirkningene; tom når en ikke hører til noe utsagn.",
            "The weakest evidence of the benefits; empty when one belongs to no claim.",
            required=False,
        ),
        flag("is_known", "Ja når alle tre anslagene er kjent.", "True when all three estimates are known."),
        flag("is_positive", "Ja når alle tre er over null.", "True when all three are above zero."),
        flag("is_negative", "Ja når alle tre er under null.", "True when all three are below zero."),
        flag(
            "is_turned_by_a_fifth",
            "Ja når en femtedel mer eller mindre av én virkning snur fortegnet.",
            "True when a fifth more or less of one effect turns the sign.",
        ),
        code("ruleset_code", "discount_ruleset", "Regelverket som er brukt.", "The ruleset used."),
        code("schedule_code", "discount_schedule", "Rentebanen som er brukt.", "The schedule of rates used."),
        PRICE_YEAR,
        REFERENCE_YEAR,
        SOURCE,
        LOCATOR,
    ),
)

PRICED_TOTALS = Contract(
    name="priced_totals",
    layer="marts",
    title_nb="Sum av dokumenterte nåverdier",
    title_en="Sum of documented present values",
    grain_nb="Én rad per utgaveår. Regneeksempel, ikke funn.",
    grain_en="One row per edition year. A worked scenario, not a finding.",
    key=("edition_year",),
    depends_on=("priced_projects", "project_relations", "sources", "edition_years"),
    rule_nb="Bare prosjekter der alle nyttevirkninger er dokumentert, legges sammen, ett anslag om gangen. Det er "
    "ingen sum for færre enn tre av dem, når en av dem bygger på en annen, eller når en verdi er ukjent: da er "
    "beløpene tomme.",
    rule_en="Only projects all of whose benefits are documented are added, one estimate at a time. There is no sum for "
    "fewer than three of them, when one of them builds on another, or when a value is unknown: the amounts are then "
    "empty.",
    formula="is_summed = project_count >= 3 and tie_count = 0 and all three estimates of each are known; low_nok, "
    "mid_nok, high_nok = sums of priced_projects with evidence_code = dokumentert",
    columns=(
        EDITION_YEAR,
        count("project_count", "Prosjekter der alt er dokumentert.", "Projects with everything documented."),
        count(
            "tie_count",
            "Forbindelser mellom to av dem.",
            "Relations between two of them.",
            additivity=Additivity.NO,
        ),
        flag("is_summed", "Ja når det er en sum.", "True when there is a sum."),
        *(
            with_basis(
                of_one_value(f"{name}_nok", f"Summen, {nb} anslag.", f"The sum, {en} estimate.", _NOK), "project_count"
            )
            for name, nb, en in (("low", "lavt", "low"), ("mid", "midtre", "middle"), ("high", "høyt", "high"))
        ),
        PRICE_YEAR,
    ),
)

DISCOUNT_STEPS = Contract(
    name="discount_steps",
    layer="marts",
    title_nb="Kalkulasjonsrentene som er brukt",
    title_en="The discount rates in use",
    grain_nb="Én rad per trinn i rentebanen og utgaveår med prissatte virkninger.",
    grain_en="One row per step of the schedule and edition year with priced effects.",
    key=("edition_year", "ruleset_code", "schedule_code", "from_year"),
    depends_on=("priced_effects", "discount_rates"),
    may_be_empty=True,
    rule_nb="Trinnene i rentebanen som nåverdiene bygger på. År telles fra prosjektets oppstartsår.",
    rule_en="The steps of the schedule that the present values rest on. Years count from a project's start year.",
    formula="rate = rate_pct / 100",
    columns=(
        EDITION_YEAR,
        code("ruleset_code", "discount_ruleset", "Regelverket som er brukt.", "The ruleset used."),
        code("schedule_code", "discount_schedule", "Rentebanen som er brukt.", "The schedule of rates used."),
        Column("from_year", Type.INTEGER, "Første år i trinnet.", "First year of the step.", required=True, minimum=0),
        Column("to_year", Type.INTEGER, "Siste år; tom for det siste trinnet.", "Last year; empty for the last step."),
        of_one_value("rate_pct", "Renten.", "The rate.", "per cent per year, stated"),
        of_one_value("rate", "Renten som andel.", "The rate as a fraction.", "factor"),
    ),
)

PRICED_PROJECT_MARTS = (RETURN_RATES, NPV_SIMULATIONS, PRICED_PROJECTS, PRICED_TOTALS, DISCOUNT_STEPS)
"""After `PRICED_EFFECT_MARTS` and `priced_effects`, which they read."""
