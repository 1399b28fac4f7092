"""Fields of what was read and coded: how much of each document, for what, and how coders agree.

Belongs here: fields that the marts about reading and coding have, and those that say why a fact is not known.
Does not belong here: which marts have them (`gevinst.contracts.marts_reading`, `gevinst.contracts.marts_projects`).
"""

from __future__ import annotations

from gevinst.contracts.model import Additivity, code, count, day, flag, percent, whole, with_basis

READING = (
    code(
        "status_absence_code",
        "absence",
        "Hvorfor status etter tildelingen ikke er kjent; tom når den er det.",
        "Why no status after the award is known; empty when one is.",
        required=False,
    ),
    code(
        "expected_absence_code",
        "absence",
        "Hvorfor ingen forventet gevinst er kjent; tom når en er det.",
        "Why no expected benefit is known; empty when one is.",
        required=False,
    ),
    code(
        "results_absence_code",
        "absence",
        "Hvorfor ingen oppnådd gevinst er kjent; tom når en er det.",
        "Why no achieved benefit is known; empty when one is.",
        required=False,
    ),
    count(
        "read_whole_count",
        "Dokumenter som er lest i sin helhet.",
        "Documents read in full.",
        additivity=Additivity.NO,
    ),
    day(
        "public_from",
        "Første dag dokumentet kan ha blitt offentlig; tom når ingen vet.",
        "First day on which the document may have become public; empty when nobody knows.",
    ),
    day(
        "public_to",
        "Siste dag det kan ha blitt offentlig: fra da av var det det.",
        "Last day on which it may have become public: from then on it was.",
    ),
    flag(
        "is_results_unread",
        "Ja når ingen har kodet dokumentet for oppnådde gevinster.",
        "True when nobody has coded the document for benefits achieved.",
    ),
    count(
        "stale_project_count",
        "Av dem: prosjekter der nyeste status er gammel.",
        "Of these: projects whose newest status is old.",
        additivity=Additivity.NO,
    ),
    whole(
        "reading_order",
        "count",
        "Plassen i listen; 1 skal leses først.",
        "The place in the list; 1 is to be read first.",
        required=True,
        minimum=1,
    ),
    code("coded_variable_code", "coded_variable", "Det som er kodet.", "What was coded."),
    count(
        "pair_count",
        "Par av kodinger av samme utsagn.",
        "Pairs of codings of the same claim.",
        additivity=Additivity.NO,
    ),
    count(
        "equal_pair_count",
        "Av dem: par med samme kode.",
        "Of these: pairs with the same code.",
        additivity=Additivity.NO,
    ),
    with_basis(
        percent(
            "agreement_pct",
            "Par med samme kode, som prosent av alle par; tom når parene er for få.",
            "Pairs with the same code, as per cent of all pairs; empty when the pairs are too few.",
        ),
        "pair_count",
    ),
)
