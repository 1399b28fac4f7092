"""Contracts of the marts that take priced effects apart: flows, single effects, sensitivity, simulation and totals.

Belongs here: results that show how far the net present values of `priced_effects` can be trusted.
Does not belong here: the net present values themselves (`mart_economics.py`).
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
    code,
    count,
    flag,
    reference,
    text,
    with_basis,
    year,
)

_NOK = "NOK, prices of price_year, value in reference_year"
_ONE_EFFECT = "NOK of one effect, prices of price_year"
_SEAT = ("edition_year", "project_id")
_VALUED = ("benefit_values", "kpi", "discount_rates", "sources", "edition_years")
_VALUE = reference("benefit_value_id", "benefit_values.benefit_value_id", "Den oppgitte verdien.", "The stated value.")
_EFFECT = text("effect_id", "Virkningen.", "The effect.", required=True)
_KIND = code("effect_kind_code", "effect_kind", "Hva slags virkning.", "The kind of effect.")
_SCENARIO = code("scenario_code", "scenario", "Hvilket anslag raden bygger på.", "The estimate that the row rests on.")
_PRICE_YEAR = year("price_year", "Året kronene gjelder.", "The year whose kroner they are.", required=False)
_REFERENCE_YEAR = year(
    "reference_year", "Henføringsåret: året nåverdien gjelder.", "The year that the present value refers to."
)
_START_YEAR = year(
    "start_year",
    "Oppstartsåret: første år med noe annet enn investering.",
    "The start year: the first year of anything but investment.",
)
_LAST_YEAR = Column("last_year", Type.INTEGER, "Siste år som er regnet med.", "Last year counted.", required=True)
_EFFECT_COUNT = count(
    "effect_count", "Virkninger i beregningen.", "Effects in the calculation.", additivity=Additivity.NO
)


def _of_one_effect(name: str, nb: str, en: str) -> Column:
    """An amount that rests on a single stated value, so that there is no n to give."""
    return Column(name, Type.NUMBER, nb, en, unit=_ONE_EFFECT, additivity=Additivity.NO)


def _of_one_value(name: str, nb: str, en: str, unit: str) -> Column:
    return Column(name, Type.NUMBER, nb, en, unit=unit, additivity=Additivity.NO)


def _of_effects(name: str, nb: str, en: str, unit: str = _NOK) -> Column:
    column = Column(name, Type.NUMBER, nb, en, unit=unit, additivity=Additivity.NO)
    return with_basis(column, "effect_count")


PRICED_FLOWS = Contract(
    name="priced_flows",
    layer="marts",
    title_nb="Prissatte virkninger år for år",
    title_en="Priced effects year by year",
    grain_nb="Én rad per verdsatt virkning, anslag, år og utgaveår. Regneeksempel, ikke funn.",
    grain_en="One row per priced effect, estimate, year and edition year. A worked scenario, not a finding.",
    key=("edition_year", "benefit_value_id", "scenario_code", "year"),
    depends_on=_VALUED,
    may_be_empty=True,
    rule_nb="Det hver virkning utgjør hvert år, før neddiskontering: oppgitt beløp etter innfasing, fratrukket det som "
    "skyldes andre, ville kommet uansett eller bare er flyttet, i kroner av ett år, og skattefinansieringskostnaden "
    "av den. Utgaven bruker den nyeste verdien av virkningen som den kjenner. Et ukjent beløp er tomt, ikke null.",
    rule_en="What each effect amounts to in each year, before discounting: the stated amount as it is phased in, less "
    "what is due to others, would have come anyway or is only moved, in kroner of one year, and its tax financing "
    "cost. An edition uses the newest value of the effect that it knows. An unknown amount is empty, not zero.",
    formula="amount_nok(y) = stated amount in real kroner * share phased in * (1 - deadweight_pct/100) * (1 - "
    "displacement_pct/100) * (1 - attribution_pct/100) * (1 - drop_off_pct/100)^(y - first_year); tax_financing_nok = "
    "0.2 * budget_effect_nok; total_nok = amount_nok + tax_financing_nok",
    columns=(
        EDITION_YEAR,
        PROJECT,
        _VALUE,
        _EFFECT,
        _KIND,
        _SCENARIO,
        Column("year", Type.INTEGER, "Året beløpet faller i.", "The year that the amount falls in.", required=True),
        _of_one_effect("amount_nok", "Beløpet; kostnader med minus.", "The amount; costs are negative."),
        _of_one_effect(
            "budget_effect_nok",
            "Av dette virkningen på offentlige budsjetter.",
            "Of this the effect on public budgets.",
        ),
        _of_one_effect("tax_financing_nok", "Skattefinansieringskostnaden.", "The tax financing cost."),
        _of_one_effect("total_nok", "Beløpet med skattefinansieringskostnad.", "The amount with tax financing cost."),
        _of_one_value(
            "discount_factor",
            "Det kroner i året er verdt i henføringsåret.",
            "What kroner of the year are worth in the reference year.",
            "factor",
        ),
        _PRICE_YEAR,
        _REFERENCE_YEAR,
        _START_YEAR,
        _LAST_YEAR,
    ),
)

EFFECT_VALUES = Contract(
    name="effect_values",
    layer="marts",
    title_nb="Nåverdi per virkning, og når fortegnet snur",
    title_en="Present value per effect, and when the sign turns",
    grain_nb="Én rad per verdsatt virkning, anslag og utgaveår. Regneeksempel, ikke funn.",
    grain_en="One row per priced effect, estimate and edition year. A worked scenario, not a finding.",
    key=("edition_year", "benefit_value_id", "scenario_code"),
    depends_on=(*_VALUED, "benefit_trail"),
    may_be_empty=True,
    rule_nb="Nåverdien av én virkning, netto nåverdi for prosjektet den hører til, og hvor mye virkningen kan "
    "endres, med de andre som oppgitt, før netto nåverdi er null. En negativ faktor betyr at ingen størrelse av "
    "denne virkningen alene kan snu fortegnet. Er noe i summen ukjent, er summen og vendepunktet det også.",
    rule_en="The present value of one effect, the net present value of the project it belongs to, and how much the "
    "effect may change, with the others as stated, before the net present value is zero. A negative factor means that "
    "no size of this effect alone can turn the sign. When anything in the sum is unknown, so are the sum and the "
    "turning point.",
    formula="present_value_nok = sum over y of total_nok(y) * discount_factor(y); npv_nok = sum of present_value_nok "
    "over the project's effects in the scenario; break_even_factor = 1 - npv_nok / present_value_nok; "
    "break_even_change_pct = -100 * npv_nok / present_value_nok",
    columns=(
        EDITION_YEAR,
        PROJECT,
        _VALUE,
        _EFFECT,
        _KIND,
        _SCENARIO,
        code(
            "evidence_code",
            "evidence",
            "Hvor sikkert utsagnet bak verdien er; tom når den ikke hører til noe utsagn.",
            "How sure the claim behind the value is; empty when it belongs to no claim.",
            required=False,
        ),
        _PRICE_YEAR,
        _REFERENCE_YEAR,
        _START_YEAR,
        _LAST_YEAR,
        _of_one_effect("present_value_nok", "Nåverdien av virkningen.", "The present value of the effect."),
        _of_one_effect("npv_nok", "Netto nåverdi for prosjektet.", "The project's net present value."),
        _of_one_value(
            "break_even_factor",
            "Det virkningen kan ganges med før netto nåverdi er null.",
            "What the effect may be multiplied by before the net present value is zero.",
            "factor",
        ),
        _of_one_value(
            "break_even_change_pct",
            "Det samme som endring i prosent.",
            "The same as a change in per cent.",
            "per cent of one effect",
        ),
    ),
)

EFFECT_SENSITIVITIES = Contract(
    name="effect_sensitivities",
    layer="marts",
    title_nb="Netto nåverdi når én virkning endres",
    title_en="Net present value when one effect changes",
    grain_nb="Én rad per verdsatt virkning, anslag, faktor og utgaveår. Regneeksempel, ikke funn.",
    grain_en="One row per priced effect, estimate, factor and edition year. A worked scenario, not a finding.",
    key=("edition_year", "benefit_value_id", "scenario_code", "factor"),
    depends_on=_VALUED,
    may_be_empty=True,
    rule_nb="Hver virkning gjøres en femtedel mindre og en femtedel større, med de andre som oppgitt. Spennet er det "
    "samme som i Kystverkets FRAM. Fortegnet snur når netto nåverdi går fra pluss til minus eller omvendt.",
    rule_en="Each effect is made a fifth smaller and a fifth larger, with the others as stated. The span is that of "
    "Kystverket's FRAM. The sign turns when the net present value goes from plus to minus or the other way.",
    formula="change_nok = present_value_nok * (factor - 1); npv_nok = stated_npv_nok + change_nok; is_sign_turned = "
    "npv_nok * stated_npv_nok < 0",
    columns=(
        EDITION_YEAR,
        PROJECT,
        _VALUE,
        _EFFECT,
        _SCENARIO,
        Column(
            "factor",
            Type.NUMBER,
            "Det virkningen er ganget med.",
            "What the effect is multiplied by.",
            required=True,
            unit="factor",
            additivity=Additivity.NO,
        ),
        _of_one_effect("stated_npv_nok", "Netto nåverdi som oppgitt.", "The net present value as stated."),
        _of_one_effect("change_nok", "Endringen i netto nåverdi.", "The change of the net present value."),
        _of_one_effect("npv_nok", "Netto nåverdi med endringen.", "The net present value with the change."),
        flag("is_sign_turned", "Ja når fortegnet snur.", "True when the sign turns."),
    ),
)

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
        _SCENARIO,
        Column(
            "root_number",
            Type.INTEGER,
            "Nummeret på renten, den laveste først; 0 når det ikke finnes noen.",
            "The number of the rate, the lowest first; 0 when there is none.",
            required=True,
            minimum=0,
        ),
        with_basis(
            _of_one_value(
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
        _PRICE_YEAR,
        _REFERENCE_YEAR,
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
                _of_one_value(f"{name}_nok", f"Summen, {nb} anslag.", f"The sum, {en} estimate.", _NOK), "project_count"
            )
            for name, nb, en in (("low", "lavt", "low"), ("mid", "midtre", "middle"), ("high", "høyt", "high"))
        ),
        _PRICE_YEAR,
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
        _of_one_value("rate_pct", "Renten.", "The rate.", "per cent per year, stated"),
        _of_one_value("rate", "Renten som andel.", "The rate as a fraction.", "factor"),
    ),
)

PRICED_MARTS = (
    PRICED_FLOWS,
    EFFECT_VALUES,
    EFFECT_SENSITIVITIES,
    RETURN_RATES,
    NPV_SIMULATIONS,
    PRICED_PROJECTS,
    PRICED_TOTALS,
    DISCOUNT_STEPS,
)
"""After `ECONOMIC_MARTS` and the trail of benefits, which they read."""
