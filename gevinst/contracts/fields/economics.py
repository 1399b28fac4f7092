"""Fields of the economic method: rates, matrices, stated values and what is computed from them.

Belongs here: fields in kroner, per cent and years, and those of effects without a price.
Does not belong here: which tables have them.
"""

from __future__ import annotations

from gevinst.contracts.model import (
    Additivity,
    Column,
    Type,
    bilingual,
    code,
    count,
    flag,
    number,
    percent,
    reference,
    text,
    whole,
    with_basis,
    year,
)

ECONOMICS = (
    code("ruleset_code", "discount_ruleset", "Regelverket renten står i.", "The ruleset that sets the rate."),
    code("schedule_code", "discount_schedule", "Hva rentebanen er til.", "What the schedule is for."),
    whole(
        "from_year",
        "years",
        "Første år trinnet gjelder, regnet fra oppstartsåret.",
        "First year of the step, counted from the start year.",
        required=True,
        minimum=0,
    ),
    whole(
        "to_year",
        "years",
        "Siste år trinnet gjelder; tom når det ikke tar slutt.",
        "Last year of the step; empty when it does not end.",
        minimum=0,
    ),
    percent("rate_pct", "Reell kalkulasjonsrente per år.", "Real discount rate per year.", required=True),
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
    text("benefit_value_id", "Fast nøkkel for raden.", "Permanent id of the row.", required=True),
    text(
        "effect_id",
        "Virkningen; den samme nøkkelen når den verdsettes på nytt i en senere runde.",
        "The effect; the same id when it is valued again in a later round.",
        required=True,
    ),
    code("effect_kind_code", "effect_kind", "Nytte, ulempe eller kostnad.", "Benefit, disbenefit or cost."),
    number(
        "low_amount",
        "amount per year, prices of price_year",
        "Lavt anslag per år; minus for ulemper og kostnader, så det laveste er det dyreste.",
        "Low estimate per year; negative for disbenefits and costs, so that the lowest is the dearest.",
    ),
    number(
        "mid_amount",
        "amount per year, prices of price_year",
        "Midtanslag per år, med fortegn.",
        "Middle estimate per year, signed.",
    ),
    number(
        "high_amount",
        "amount per year, prices of price_year",
        "Høyt anslag per år, med fortegn.",
        "High estimate per year, signed.",
    ),
    year("price_year", "Året beløpene gjelder.", "The year whose prices they are in."),
    year("first_year", "Første år med virkning.", "First year with an effect."),
    whole(
        "duration_years",
        "years",
        "Hvor mange år virkningen varer; 1 for en engangsvirkning.",
        "How many years the effect lasts; 1 for something that happens once.",
        required=True,
        minimum=1,
        maximum=100,
    ),
    whole(
        "ramp_up_years",
        "years",
        "Hvor mange av de første årene som ikke har full virkning.",
        "How many of the first years are without full effect.",
        required=True,
        minimum=0,
        maximum=100,
    ),
    code("ramp_up_code", "ramp_up", "Hvordan virkningen fases inn.", "How the effect is phased in."),
    percent(
        "attribution_pct",
        "Andelen av virkningen som skyldes andre enn prosjektet.",
        "Share of the effect that is due to others than the project.",
        required=True,
    ),
    percent(
        "deadweight_pct",
        "Andelen som ville ha kommet uansett.",
        "Share that would have come about anyway.",
        required=True,
    ),
    percent(
        "displacement_pct",
        "Andelen som bare er flyttet fra et annet sted.",
        "Share that is only moved from somewhere else.",
        required=True,
    ),
    percent(
        "drop_off_pct",
        "Hvor mye av virkningen som faller bort hvert år etter det første.",
        "How much of the effect falls away every year after the first.",
        required=True,
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
    reference(
        "non_priced_effect_id",
        "non_priced_effects.non_priced_effect_id",
        "Vurderingen av virkningen.",
        "The assessment of the effect.",
    ),
    code("scenario_code", "scenario", "Hvilket anslag raden bygger på.", "The estimate that the row rests on."),
    flag(
        "is_scenario",
        "Alltid ja: tallene er regneeksempler på oppgitte verdier, ikke funn.",
        "Always true: the figures are worked scenarios on stated values, not findings.",
    ),
    year("reference_year", "Henføringsåret: året nåverdien gjelder.", "The year that the present value refers to."),
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
    with_basis(
        number(
            "benefit_pv_amount",
            "amount, prices of price_year, value in reference_year",
            "Nåverdi av nytte.",
            "Present value of benefits.",
        ),
        "effect_count",
    ),
    with_basis(
        number(
            "cost_pv_amount",
            "amount, prices of price_year, value in reference_year",
            "Nåverdi av ulemper og driftskostnader, med minus.",
            "Present value of disbenefits and operating costs, negative.",
        ),
        "effect_count",
    ),
    with_basis(
        number(
            "investment_pv_amount",
            "amount, prices of price_year, value in reference_year",
            "Nåverdi av investering, med minus.",
            "Present value of investment, negative.",
        ),
        "effect_count",
    ),
    with_basis(
        number(
            "tax_financing_pv_amount",
            "amount, prices of price_year, value in reference_year",
            "Nåverdi av skattefinansieringskostnaden; pluss når budsjetter spares.",
            "Present value of the tax financing cost; positive when budgets are spared.",
        ),
        "effect_count",
    ),
    with_basis(
        number(
            "residual_pv_amount",
            "amount, prices of price_year, value in reference_year",
            "Av dette restverdi etter analyseperioden.",
            "Of which residual value after the analysis period.",
        ),
        "effect_count",
    ),
    with_basis(
        number(
            "budget_effect_pv_amount",
            "amount, prices of price_year, value in reference_year",
            "Nåverdi av virkningen på offentlige budsjetter; minus er en netto utgift.",
            "Present value of the effect on public budgets; negative is a net outlay.",
        ),
        "effect_count",
    ),
    with_basis(
        number(
            "npv_amount",
            "amount, prices of price_year, value in reference_year",
            "Netto nåverdi.",
            "Net present value.",
        ),
        "effect_count",
    ),
    with_basis(
        number(
            "npv_per_invested",
            "amount per amount",
            "Netto nåverdi per investert beløp; tom uten investering.",
            "Net present value per amount invested; empty without investment.",
        ),
        "effect_count",
    ),
    with_basis(
        number(
            "npv_per_budget",
            "amount per amount",
            "Netto nåverdi per budsjettert beløp; tom når budsjettene ikke har en netto utgift.",
            "Net present value per amount of public budget; empty when budgets have no net outlay.",
        ),
        "effect_count",
    ),
    with_basis(
        number(
            "annual_amount",
            "amount per year, prices of price_year",
            "Netto nåverdi som et likt beløp per år fra oppstartsåret.",
            "Net present value as an even amount per year from the start year.",
        ),
        "effect_count",
    ),
    whole("low_step", "step -4 to 4", "Laveste verdi som trinn.", "Lowest value as a step.", minimum=-4, maximum=4),
    whole("high_step", "step -4 to 4", "Høyeste verdi som trinn.", "Highest value as a step.", minimum=-4, maximum=4),
    Column(
        "is_range",
        Type.BOOLEAN,
        "Ja når matrisen gir et spenn; tom når verdien er ukjent.",
        "True when the matrix gives a range; empty when the value is unknown.",
    ),
)
