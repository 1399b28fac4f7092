"""Contracts of the marts that take priced effects apart: yearly flows, single effects, and what a change of one does.

Belongs here: results per effect. Does not belong here: the net present values of projects (`mart_economics.py`) and how
far they can be trusted (`marts_priced_projects.py`).
"""

from __future__ import annotations

from gevinst.contracts.model import (
    EDITION_YEAR,
    PROJECT,
    Additivity,
    Column,
    Contract,
    Type,
    code,
    flag,
    reference,
    text,
    year,
)

_ONE_EFFECT = "NOK of one effect, prices of price_year"
_VALUED = ("benefit_values", "kpi", "discount_rates", "sources", "edition_years")
_VALUE = reference("benefit_value_id", "benefit_values.benefit_value_id", "Den oppgitte verdien.", "The stated value.")
_EFFECT = text("effect_id", "Virkningen.", "The effect.", required=True)
_KIND = code("effect_kind_code", "effect_kind", "Hva slags virkning.", "The kind of effect.")
SCENARIO = code("scenario_code", "scenario", "Hvilket anslag raden bygger på.", "The estimate that the row rests on.")
PRICE_YEAR = year("price_year", "Året kronene gjelder.", "The year whose kroner they are.", required=False)
REFERENCE_YEAR = year(
    "reference_year", "Henføringsåret: året nåverdien gjelder.", "The year that the present value refers to."
)
_START_YEAR = year(
    "start_year",
    "Oppstartsåret: første år med noe annet enn investering.",
    "The start year: the first year of anything but investment.",
)
_LAST_YEAR = Column("last_year", Type.INTEGER, "Siste år som er regnet med.", "Last year counted.", required=True)


def _of_one_effect(name: str, nb: str, en: str) -> Column:
    """An amount that rests on a single stated value, so that there is no n to give."""
    return Column(name, Type.NUMBER, nb, en, unit=_ONE_EFFECT, additivity=Additivity.NO)


def of_one_value(name: str, nb: str, en: str, unit: str) -> Column:
    """A rate or factor that is never summed."""
    return Column(name, Type.NUMBER, nb, en, unit=unit, additivity=Additivity.NO)


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
        SCENARIO,
        Column("year", Type.INTEGER, "Året beløpet faller i.", "The year that the amount falls in.", required=True),
        _of_one_effect("amount_nok", "Beløpet; kostnader med minus.", "The amount; costs are negative."),
        _of_one_effect(
            "budget_effect_nok",
            "Av dette virkningen på offentlige budsjetter.",
            "Of this the effect on public budgets.",
        ),
        _of_one_effect("tax_financing_nok", "Skattefinansieringskostnaden.", "The tax financing cost."),
        _of_one_effect("total_nok", "Beløpet med skattefinansieringskostnad.", "The amount with tax financing cost."),
        of_one_value(
            "discount_factor",
            "Det kroner i året er verdt i henføringsåret.",
            "What kroner of the year are worth in the reference year.",
            "factor",
        ),
        PRICE_YEAR,
        REFERENCE_YEAR,
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
        SCENARIO,
        code(
            "evidence_code",
            "evidence",
            "Hvor sikkert utsagnet bak verdien er; tom når den ikke hører til noe utsagn.",
            "How sure the claim behind the value is; empty when it belongs to no claim.",
            required=False,
        ),
        PRICE_YEAR,
        REFERENCE_YEAR,
        _START_YEAR,
        _LAST_YEAR,
        _of_one_effect("present_value_nok", "Nåverdien av virkningen.", "The present value of the effect."),
        _of_one_effect("npv_nok", "Netto nåverdi for prosjektet.", "The project's net present value."),
        of_one_value(
            "break_even_factor",
            "Det virkningen kan ganges med før netto nåverdi er null.",
            "What the effect may be multiplied by before the net present value is zero.",
            "factor",
        ),
        of_one_value(
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
        SCENARIO,
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

PRICED_EFFECT_MARTS = (PRICED_FLOWS, EFFECT_VALUES, EFFECT_SENSITIVITIES)
"""After the trail of benefits, which they read."""
