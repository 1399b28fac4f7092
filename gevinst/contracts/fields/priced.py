"""Fields of the marts that take priced effects apart: yearly flows, single effects, and what a change of one does.

Belongs here: fields that only these marts have.
Does not belong here: which marts have them (`gevinst.contracts.marts_priced`).
"""

from __future__ import annotations

from gevinst.contracts.model import flag, number

PRICED = (
    number(
        "budget_effect_amount",
        "amount of one effect, prices of price_year",
        "Av dette virkningen på offentlige budsjetter.",
        "Of this the effect on public budgets.",
    ),
    number(
        "tax_financing_amount",
        "amount of one effect, prices of price_year",
        "Skattefinansieringskostnaden.",
        "The tax financing cost.",
    ),
    number(
        "total_amount",
        "amount of one effect, prices of price_year",
        "Beløpet med skattefinansieringskostnad.",
        "The amount with tax financing cost.",
    ),
    number(
        "discount_factor",
        "factor",
        "Det et beløp i året er verdt i henføringsåret.",
        "What an amount of the year is worth in the reference year.",
    ),
    number(
        "present_value_amount",
        "amount of one effect, prices of price_year",
        "Nåverdien av virkningen.",
        "The present value of the effect.",
    ),
    number(
        "break_even_factor",
        "factor",
        "Det virkningen kan ganges med før netto nåverdi er null.",
        "What the effect may be multiplied by before the net present value is zero.",
    ),
    number(
        "break_even_change_pct",
        "per cent of one effect",
        "Det samme som endring i prosent.",
        "The same as a change in per cent.",
    ),
    number("factor", "factor", "Det virkningen er ganget med.", "What the effect is multiplied by.", required=True),
    number(
        "stated_npv_amount",
        "amount of one effect, prices of price_year",
        "Netto nåverdi som oppgitt.",
        "The net present value as stated.",
    ),
    number(
        "change_amount",
        "amount of one effect, prices of price_year",
        "Endringen i netto nåverdi.",
        "The change of the net present value.",
    ),
    flag("is_sign_turned", "Ja når fortegnet snur.", "True when the sign changes."),
)
