"""Headline figures of follow-up: how many projects need a word, and why.

Belongs here: the list, as data.
Does not belong here: other figures (`headline_figures.py`) and who is asked (`follow_up.py`).
"""

from __future__ import annotations

import narwhals as nw

from gevinst.contracts.vocabulary import FOLLOW_UP_REASONS
from gevinst.method.headline_model import Condition, Figure, every_row


def _reason(code: str) -> Condition:
    return lambda rules: nw.col("follow_up_reason_code") == code


_REASONS = (
    (
        "Prosjekter der en gevinst er målt, og målet ikke er kjent.",
        "Projects in which a benefit is measured, and the target is not known.",
    ),
    (
        "Prosjekter der en måldato er passert, uten kjent måling fra da eller senere.",
        "Projects in which a target date has passed, with no known measurement from then or later.",
    ),
    (
        "Prosjekter der løsningen er utviklet eller prøvd ut, og ikke vist i drift.",
        "Projects whose solution is developed or tried out, and not shown in operation.",
    ),
    ("Prosjekter der det ikke er kjent hvordan de endte.", "Projects of which it is not known how they ended."),
    ("Prosjekter vi ikke har hørt noe fra siden tildelingen.", "Projects not heard from since the award."),
    ("Prosjekter der siste status er gammel.", "Projects whose last status is old."),
    (
        "Prosjekter som ble avsluttet for minst et år siden, uten kjent sluttmelding.",
        "Projects that ended at least a year ago, with no known closing statement.",
    ),
    (
        "Prosjekter der en gevinst er lovet, uten kjent nullpunkt eller måling.",
        "Projects in which a benefit is promised, with no known baseline or measurement.",
    ),
    (
        "Prosjekter der en planlagt evaluering ikke er levert, så vidt vi vet.",
        "Projects in which a planned evaluation is not delivered, as far as is known.",
    ),
    (
        "Prosjekter der ingen har lest noe dokument for resultater.",
        "Projects of which nobody has read any document for results.",
    ),
)
"""What each figure counts, in the order of `FOLLOW_UP_REASONS`."""

FOLLOW_UP = (
    Figure(
        "follow_ups",
        "follow_ups",
        "all",
        "Prosjekter vi bør høre fra.",
        "Projects to hear from.",
        every_row,
        total="projects",
    ),
    *(
        Figure(
            f"follow_up_{code}",
            "follow_up_reasons",
            f"follow_up_reason_code = {code}",
            nb,
            en,
            _reason(code),
            total="follow_ups",
        )
        for code, (nb, en) in zip(FOLLOW_UP_REASONS, _REASONS, strict=True)
    ),
    Figure(
        "follow_ups_with_goal",
        "follow_ups",
        "unmeasured_goal_count > 0",
        "Av dem: prosjekter med minst én gevinst satt som mål, uten kjent nullpunkt eller måling.",
        "Of them: projects with at least one benefit set as a goal, and no known baseline or measurement.",
        lambda rules: nw.col("unmeasured_goal_count") > 0,
        total="follow_ups",
    ),
    Figure(
        "follow_up_owners",
        "follow_ups",
        "distinct(owner_organisation_id)",
        "Eiere som har prosjekter vi bør høre fra.",
        "Owners that have projects to hear from.",
        column="owner_organisation_id",
        take="distinct",
    ),
)
