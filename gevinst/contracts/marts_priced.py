"""Contracts of the marts that take priced effects apart: yearly flows, single effects, and what a change of one does.

Belongs here: results per effect. Does not belong here: the net present values of projects (`marts_benefits.py`) and how
far they can be trusted (`marts_priced_projects.py`).
"""

from __future__ import annotations

from gevinst.contracts.fields import listed, override
from gevinst.contracts.model import Additivity, Contract

PRICED_FLOWS = Contract(
    name="priced_flows",
    layer="marts",
    title_nb="Prissatte virkninger år for år",
    title_en="Priced effects year by year",
    grain_nb="Én rad per verdsatt virkning, anslag, år og utgaveår. Regneeksempel, ikke funn.",
    grain_en="One row per priced effect, estimate, year and edition year. A worked scenario, not a finding.",
    key=("edition_year", "benefit_value_id", "scenario_code", "year"),
    depends_on=("benefit_values", "kpi", "discount_rates", "sources", "edition_years"),
    may_be_empty=True,
    rule_nb="Det hver virkning utgjør hvert år, før neddiskontering: oppgitt beløp etter innfasing, fratrukket det som "
    "skyldes andre, ville kommet uansett eller bare er flyttet, i ett års priser, og "
    "skattefinansieringskostnaden av den. Utgaven bruker den nyeste verdien av virkningen som den kjenner. Et "
    "ukjent beløp er tomt, ikke null.",
    rule_en="What each effect amounts to in each year, before discounting: the stated amount as it is phased in, less "
    "what is due to others, would have come anyway or is only moved, in the prices of one year, and its tax "
    "financing cost. An edition uses the newest value of the effect that it knows. An unknown amount is empty, "
    "not zero.",
    formula="amount(y) = stated amount in constant prices * share phased in * (1 - deadweight_pct/100) * (1 - "
    "displacement_pct/100) * (1 - attribution_pct/100) * (1 - drop_off_pct/100)^(y - first_year); "
    "tax_financing_amount = 0.2 * budget_effect_amount; total_amount = amount + tax_financing_amount",
    columns=listed(
        "edition_year project_id",
        *override(
            "benefit_value_id",
            "Den oppgitte verdien.",
            "The stated value.",
            references="benefit_values.benefit_value_id",
        ),
        "effect_id effect_kind_code scenario_code",
        *override("year", "Året beløpet faller i.", "The year that the amount falls in.", minimum=None, maximum=None),
        *override(
            "amount",
            "Beløpet; kostnader med minus.",
            "The amount; costs are negative.",
            required=False,
            unit="amount of one effect, prices of price_year",
            additivity=Additivity.NO,
            minimum=None,
        ),
        "budget_effect_amount tax_financing_amount total_amount discount_factor",
        *override("price_year", required=False),
        "reference_year start_year last_year",
    ),
)

EFFECT_VALUES = Contract(
    name="effect_values",
    layer="marts",
    title_nb="Nåverdi per virkning, og når fortegnet snur",
    title_en="Present value per effect, and when the sign changes",
    grain_nb="Én rad per verdsatt virkning, anslag og utgaveår. Regneeksempel, ikke funn.",
    grain_en="One row per priced effect, estimate and edition year. A worked scenario, not a finding.",
    key=("edition_year", "benefit_value_id", "scenario_code"),
    depends_on=("benefit_values", "kpi", "discount_rates", "sources", "edition_years", "benefit_trail"),
    may_be_empty=True,
    rule_nb="Nåverdien av én virkning, netto nåverdi for prosjektet den hører til, og hvor mye virkningen kan endres, "
    "med de andre som oppgitt, før netto nåverdi er null. En negativ faktor betyr at ingen størrelse av denne "
    "virkningen alene kan snu fortegnet. Er noe i summen ukjent, er summen og vendepunktet det også.",
    rule_en="The present value of one effect, the net present value of the project it belongs to, and how much the "
    "effect may change, with the others as stated, before the net present value is zero. A negative factor "
    "means that no size of this effect alone can change the sign. When anything in the sum is unknown, so are "
    "the sum and the turning point.",
    formula="present_value_amount = sum over y of total_amount(y) * discount_factor(y); npv_amount = sum of "
    "present_value_amount over the project's effects in the scenario; break_even_factor = 1 - npv_amount / "
    "present_value_amount; break_even_change_pct = -100 * npv_amount / present_value_amount",
    columns=listed(
        "edition_year project_id",
        *override(
            "benefit_value_id",
            "Den oppgitte verdien.",
            "The stated value.",
            references="benefit_values.benefit_value_id",
        ),
        "effect_id effect_kind_code scenario_code",
        *override(
            "evidence_code",
            "Hvor sikkert utsagnet bak verdien er; tom når den ikke hører til noe utsagn.",
            "How sure the claim behind the value is; empty when it belongs to no claim.",
            required=False,
        ),
        *override("price_year", required=False),
        "reference_year start_year last_year present_value_amount",
        *override(
            "npv_amount",
            "Netto nåverdi for prosjektet.",
            "The project's net present value.",
            unit="amount of one effect, prices of price_year",
            n_column=None,
        ),
        "break_even_factor break_even_change_pct",
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
    depends_on=("benefit_values", "kpi", "discount_rates", "sources", "edition_years"),
    may_be_empty=True,
    rule_nb="Hver virkning gjøres en femtedel mindre og en femtedel større, med de andre som oppgitt. Spennet er det "
    "samme som i Kystverkets FRAM. Fortegnet snur når netto nåverdi går fra pluss til minus eller omvendt.",
    rule_en="Each effect is made a fifth smaller and a fifth larger, with the others as stated. The span is that of "
    "Kystverket's FRAM. The sign changes when the net present value goes from plus to minus or the other way.",
    formula="change_amount = present_value_amount * (factor - 1); npv_amount = stated_npv_amount + change_amount; "
    "is_sign_turned = npv_amount * stated_npv_amount < 0",
    columns=listed(
        "edition_year project_id",
        *override(
            "benefit_value_id",
            "Den oppgitte verdien.",
            "The stated value.",
            references="benefit_values.benefit_value_id",
        ),
        "effect_id scenario_code factor stated_npv_amount change_amount",
        *override(
            "npv_amount",
            "Netto nåverdi med endringen.",
            "The net present value with the change.",
            unit="amount of one effect, prices of price_year",
            n_column=None,
        ),
        "is_sign_turned",
    ),
)

PRICED_EFFECT_MARTS = (PRICED_FLOWS, EFFECT_VALUES, EFFECT_SENSITIVITIES)
"""After the trail of benefits, which they read."""
