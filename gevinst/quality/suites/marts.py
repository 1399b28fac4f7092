"""Checks of the marts: results that contradict themselves are a fault in the code, not in the data.

Belongs here: expectations about one mart.
Does not belong here: marts compared with core tables or across edition years (`gevinst.quality.invariants.editions`).
"""

from __future__ import annotations

from gevinst.contracts import MARTS
from gevinst.contracts.vocabulary import DISAGREES, GAP, Severity
from gevinst.quality.model import Owner
from gevinst.quality.suites.model import SuiteCheck, where, where_given

_INTERVALS = (
    *(
        SuiteCheck(
            f"{contract.name}_stretches_have_length",
            contract.name,
            Severity.CRITICAL,
            "Ingen tidsrom ender den dagen det begynner. Da ville en utgave vist noe som aldri var det nyeste.",
            "No stretch of time ends on the day it begins. An edition would show what never was the newest.",
            Owner.MAINTAINER,
            "ExpectColumnPairValuesAToBeGreaterThanB",
            {"column_A": "valid_to", "column_B": "valid_from", "ignore_row_if": "either_value_is_missing"},
        )
        for contract in MARTS
        if contract.stretches_of
    ),
    SuiteCheck(
        "claim_validity_ends_after_it_begins",
        "claim_validity",
        Severity.CRITICAL,
        "Ingen utsagn er avløst før de ble kjent. Ellers ville en utgave visst noe den ikke kunne vite.",
        "No claim is superseded before it became known. Otherwise an edition would know what it could not know.",
        Owner.MAINTAINER,
        "ExpectColumnPairValuesAToBeGreaterThanB",
        {
            "column_A": "valid_to",
            "column_B": "valid_from",
            "or_equal": True,  # a claim that is the weaker one already when it comes is never in force
            "ignore_row_if": "either_value_is_missing",
        },
    ),
    SuiteCheck(
        "claim_validity_end_has_superseder",
        "claim_validity",
        Severity.CRITICAL,
        "Et utsagn som ikke lenger gjelder, sier hva som avløste det. Ellers kan ingen følge sporet.",
        "A claim that is no longer in force says what superseded it. Otherwise nobody can follow the trail.",
        Owner.MAINTAINER,
        "ExpectColumnValuesToNotBeNull",
        {"column": "superseded_by_id", "row_condition": where_given("valid_to")},
    ),
)

MART_CHECKS: tuple[SuiteCheck, ...] = (
    *_INTERVALS,
    *(
        SuiteCheck(
            f"project_status_highest_above_{step}",
            "project_status",
            Severity.CRITICAL,
            f"Høyeste trinn er aldri lavere enn {nb}. Ellers er stigen regnet feil.",
            f"The highest step is never below the {step} one. Otherwise the ladder is computed wrongly.",
            Owner.MAINTAINER,
            "ExpectColumnPairValuesAToBeGreaterThanB",
            {
                "column_A": "highest_step",
                "column_B": f"{step}_step",
                "or_equal": True,
                "ignore_row_if": "either_value_is_missing",
            },
        )
        for step, nb in (("first", "det første"), ("current", "det nyeste"))
    ),
    SuiteCheck(
        "project_status_not_before_award",
        "project_status",
        Severity.CRITICAL,
        "Ingen prosjekter står i en utgave fra før tildelingen. Ellers er noe kjent før det skjedde.",
        "No project is in an edition from before its award. Otherwise something is known before it happened.",
        Owner.MAINTAINER,
        "ExpectColumnValuesToBeBetween",
        {"column": "months_since_award", "min_value": 0},
    ),
    SuiteCheck(
        "round_overview_selected_among_applicants",
        "round_overview",
        Severity.CRITICAL,
        "Ingen runder har flere valgte enn søkere. Da er tall fra to kilder satt sammen feil.",
        "No round has more selected than applicants. Figures from two sources are then put together wrongly.",
        Owner.REGISTRY_EDITOR,  # not the maintainer: the figures come from two sources, and one of them is wrong
        "ExpectColumnPairValuesAToBeGreaterThanB",
        {
            "column_A": "applicant_count",
            "column_B": "selected_count",
            "or_equal": True,
            "ignore_row_if": "either_value_is_missing",
        },
        remedy_nb="Slå opp begge tallene om runden, og rett det som er feil.",
        remedy_en="Look up both figures of the round, and correct the wrong one.",
    ),
    SuiteCheck(
        "reconciliation_differences_explained",
        "reconciliation",
        Severity.WARNING,
        "Avstemminger som ikke stemmer, er forklart. Leseren må få vite hva forskjellen kommer av.",
        "Reconciliations that do not agree are explained. A reader must learn what the difference comes from.",
        Owner.REGISTRY_EDITOR,
        "ExpectColumnValuesToNotBeNull",
        {"column": "explanation_nb", "row_condition": where("result_code", "IN", [GAP, DISAGREES])},
        remedy_nb="Finn ut hvilket tall som er feil, eller skriv i funnet hva forskjellen kommer av.",
        remedy_en="Find out which figure is wrong, or write in the finding what the difference comes from.",
    ),
)
