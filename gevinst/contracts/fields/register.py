"""Fields of the register of benefits: the stage of each, how it was promised, and counts by stage.

Belongs here: fields that only these marts have.
Does not belong here: which marts have them (`gevinst.contracts.marts_register`).
"""

from __future__ import annotations

from gevinst.contracts.model import Additivity, code, count, day, number, percent, with_basis

_NO = Additivity.NO

REGISTER = (
    code("stage_code", "benefit_stage", "Hvor langt gevinsten er kommet.", "How far the benefit has come."),
    code(
        "promise_code",
        "promise_kind",
        "Hvordan en lovet gevinst er lovet; tom når noe er meldt om den.",
        "How a promised benefit is promised; empty when anything is reported of it.",
        required=False,
    ),
    number(
        "newest_value",
        "see unit_code",
        "Den nyeste målte verdien; tom når ingen er kjent.",
        "The newest value measured; empty when none is known.",
    ),
    day("newest_known_on", "Når det ble kjent.", "When that became known."),
    count(
        "promised_count",
        "Lovede gevinster som ingenting er meldt om.",
        "Promised benefits of which nothing is reported.",
        additivity=_NO,
    ),
    count("promised_goal_count", "Av dem: med et uttalt mål.", "Of these: with a stated goal.", additivity=_NO),
    count(
        "promised_potential_count",
        "Av dem: forventet uten noe mål.",
        "Of these: expected without a goal.",
        additivity=_NO,
    ),
    count("promised_planned_count", "Av dem: bare i en plan.", "Of these: only in a plan.", additivity=_NO),
    count(
        "promised_not_found_count",
        "Av de lovede: ingenting om resultatet er funnet i det som er lest.",
        "Of the promised: nothing of the result is found in what was read.",
        additivity=_NO,
    ),
    count(
        "promised_not_coded_count",
        "Av de lovede: ingen har lett etter resultatet.",
        "Of the promised: nobody has looked for the result.",
        additivity=_NO,
    ),
    count(
        "promised_stated_not_count",
        "Av de lovede: planen sier at gevinsten ikke kom, eller er oppgitt.",
        "Of the promised: the plan says that the benefit did not come, or is abandoned.",
        additivity=_NO,
    ),
    count(
        "said_count",
        "Gevinster som noen sier er nådd, uten måling.",
        "Benefits that somebody says are reached, unmeasured.",
        additivity=_NO,
    ),
    count(
        "measured_stage_count",
        "Gevinster som er målt av en deltaker eller leverandør.",
        "Benefits measured by a participant or supplier.",
        additivity=_NO,
    ),
    count("documented_stage_count", "Dokumenterte gevinster.", "Documented benefits.", additivity=_NO),
    count(
        "told_count",
        "Gevinster som noe er meldt om: sagt, målt eller dokumentert.",
        "Benefits of which anything is reported: said, measured or documented.",
        additivity=_NO,
    ),
    count(
        "coded_count",
        "Gevinster i prosjekter som er kodet for resultater.",
        "Benefits of projects coded for results.",
        additivity=_NO,
    ),
    with_basis(
        percent(
            "told_pct",
            "Noe er meldt, av 100 kodede; tom når de er for få.",
            "Anything reported, of 100 coded; empty when they are too few.",
        ),
        "coded_count",
    ),
)
