"""Fields of reference data: code lists, price index, municipality codes, rules of reconciliation.

Belongs here: fields that only these tables have.
Does not belong here: which tables have them (`gevinst.contracts.reference`).
"""

from __future__ import annotations

from gevinst.contracts.model import code, dated, number, text, whole, year

REFERENCE = (
    text("codelist", "Kodelistens navn.", "Name of the code list.", required=True),
    text("code", "Koden.", "The code.", required=True),
    whole(
        "rank",
        "rank",
        "Plass i rekkefølgen; tom når lista ikke har noen.",
        "Place in the order; empty when the list has none.",
    ),
    year("year", "Året indeksen gjelder.", "The year of the index."),
    year("base_year", "Året som er satt til 100.", "The year set to 100."),
    number(
        "index_value", "index", "Årsgjennomsnitt, én desimal.", "Annual mean, one decimal.", required=True, minimum=1
    ),
    text("municipality_change_id", "Fast nøkkel for endringen.", "Permanent id of the change.", required=True),
    text("old_code", "Nummeret før endringen; fire sifre.", "The code before; four digits.", required=True),
    text(
        "new_code",
        "Nummeret etter endringen; tomt når en delt kommunes etterfølgere ikke er slått opp.",
        "The code after; empty when the successors of a municipality that was split were not looked up.",
    ),
    *dated("changed", "Første dag det nye nummeret gjaldt.", "First day of the new code.", required=True),
    code(
        "municipality_change_code",
        "municipality_change",
        "Nytt nummer, sammenslått eller delt.",
        "New code, merged or split.",
    ),
    text("organisation_number", "Ni siffer fra Enhetsregisteret.", "Nine digits from Enhetsregisteret.", required=True),
    text("registered_name", "Navnet nummeret hører til.", "The name that the number belongs to.", required=True),
    text("reconciliation_rule_id", "Fast nøkkel for regelen.", "Permanent id of the rule.", required=True),
    code(
        "reconciliation_basis_code",
        "reconciliation_basis",
        "Hva totalen skal stemme med.",
        "What the total should agree with.",
    ),
    year("first_cohort_year", "Første kull som regnes med.", "First cohort counted.", required=False),
    year("last_cohort_year", "Siste kull som regnes med.", "Last cohort counted.", required=False),
    text(
        "component_finding_ids",
        "Funn som skal summere til totalen, med mellomrom mellom.",
        "Findings that should sum to the total, separated by spaces.",
    ),
)
