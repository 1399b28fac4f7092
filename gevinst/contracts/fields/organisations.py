"""Fields of the mart about the projects of single organisations.

Belongs here: fields that only this mart has.
Does not belong here: who takes part in what (`gevinst.contracts.registry`) and the mart
(`gevinst.contracts.marts_organisations`).
"""

from __future__ import annotations

from gevinst.contracts.model import Additivity, count, text

ORGANISATIONS = (
    text(
        "role_group",
        "Rollen: owner (eier eller deleier), partner, supplier, eller all for alle roller samlet.",
        "The role: owner (owner or co-owner), partner, supplier, or all for every role together.",
        required=True,
    ),
    count(
        "in_use_inferred_count",
        "Av dem i bruk: forbindelsen til ordningen er vår egen slutning.",
        "Of those in use: the link to the scheme is our own inference.",
        additivity=Additivity.NO,
    ),
    count(
        "result_not_in_use_count",
        "Av dem: resultat uten at bruk er vist.",
        "Of them: a result, and no use shown.",
        additivity=Additivity.NO,
    ),
    count("stopped_count", "Av dem: stanset.", "Of them: stopped.", additivity=Additivity.NO),
    count(
        "continued_count",
        "Av dem: videreført i annen form.",
        "Of them: continued in another form.",
        additivity=Additivity.NO,
    ),
)
