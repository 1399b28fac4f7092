"""Checks of evaluation data: status, claims, measurements and the figures that are not benefits.

Belongs here: expectations about one evaluation table.
Does not belong here: what needs a second table (`gevinst.quality.invariants.evaluations`).
"""

from __future__ import annotations

from gevinst.contracts.vocabulary import Severity
from gevinst.quality.model import Owner
from gevinst.quality.suites.model import SuiteCheck, where

_SPACE = "[ \u00a0\u202f]"
_KRONER = rf"(?i)\d{_SPACE}*(?:mill[a-z.]*)?{_SPACE}*(?:kroner|kr\b|nok\b)|\b(?:kr|nok)\b\.?{_SPACE}*\d"
"""A number followed or preceded by kroner; Arrow-backed text is searched with RE2, which has no look-around."""

_MODALITY_AND_EVIDENCE = [
    ("potential_asserted", "forventet"),
    ("goal", "forventet"),
    ("problem_implied", "forventet"),
    ("realised_self_reported", "oppgitt"),
    ("realised_self_reported", "dokumentert"),
    ("measured", "oppgitt"),
    ("measured", "malt_oppgitt"),
    ("measured", "dokumentert"),
]
"""How a source states a benefit, and the evidence grades that allows. Statements about the portfolio as a whole have no
pair here, since they belong to no single project."""

_STATUS_AND_CLAIMS = (
    SuiteCheck(
        "status_assessments_stated_once",
        "status_assessments",
        Severity.WARNING,
        "Samme status er ikke ført to ganger for et prosjekt med samme dato og kilde. Forløpet ville sett rikere ut.",
        "The same status is not entered twice for a project with one date and source. The history would look richer.",
        Owner.EVALUATOR,
        "ExpectCompoundColumnsToBeUnique",
        {"column_list": ["project_id", "status_code", "assessed_on", "source_id"]},
    ),
    SuiteCheck(
        "benefit_claims_evidence_fits_modality",
        "benefit_claims",
        Severity.CRITICAL,
        "Et potensial, et mål eller et problem er bare forventet; det som er oppnådd, er oppgitt, målt eller "
        "dokumentert. Ellers blir håp vist som resultat.",
        "A potential, a goal or a problem is only expected; what is achieved is reported, measured or documented. "
        "Otherwise hopes are shown as results.",
        Owner.EVALUATOR,
        "ExpectColumnPairValuesToBeInSet",
        {"column_A": "modality_code", "column_B": "evidence_code", "value_pairs_set": _MODALITY_AND_EVIDENCE},
    ),
    SuiteCheck(
        "benefit_claims_listed_once",
        "benefit_claims",
        Severity.CRITICAL,
        "Samme utsagn er ikke ført to ganger for en gevinst. Ellers telles det dobbelt.",
        "The same claim is not entered twice for a benefit. Otherwise it is counted double.",
        Owner.EVALUATOR,
        "ExpectCompoundColumnsToBeUnique",
        {"column_list": ["benefit_id", "statement_nb"]},
    ),
    *(
        SuiteCheck(
            f"benefit_claims_state_no_kroner_{language}",
            "benefit_claims",
            Severity.CRITICAL,
            f"Utsagn om gevinster nevner ikke kroner ({nb} tekst). Et beløp uten prisår og måling er ikke en gevinst.",
            f"Claims of benefits mention no kroner ({en} text). An amount without price year and measurement is none.",
            Owner.EVALUATOR,
            "ExpectColumnValuesToNotMatchRegex",
            {"column": f"statement_{language}", "regex": _KRONER},
        )
        for language, nb, en in (("nb", "norsk", "Norwegian"), ("en", "engelsk", "English"))
    ),
)

_FIGURES = (
    SuiteCheck(
        "follow_on_funding_plausible",
        "follow_on_funding",
        Severity.CRITICAL,
        "Tilsagn ligger mellom 100 000 og 500 millioner kroner. Det avslører beløp ført i tusen eller millioner.",
        "Grants lie between NOK 100,000 and 500 million. This reveals amounts entered in thousands or millions.",
        Owner.EVALUATOR,
        "ExpectColumnValuesToBeBetween",
        # The grants on record, 15 and 42 million, would fall below if entered in thousands or millions.
        {"column": "amount_nok", "min_value": 100_000, "max_value": 500_000_000},
    ),
    SuiteCheck(
        "follow_on_funding_listed_once",
        "follow_on_funding",
        Severity.CRITICAL,
        "Samme beløp fra samme giver er ikke ført to ganger på et prosjekt. Summen ville blitt for stor.",
        "The same amount from the same funder is not entered twice for a project. The sum would be too large.",
        Owner.EVALUATOR,
        "ExpectCompoundColumnsToBeUnique",
        {"column_list": ["project_id", "amount_nok", "funder_id"]},
    ),
    SuiteCheck(
        "portfolio_findings_counts_have_value",
        "portfolio_findings",
        Severity.WARNING,
        "Funn av typen antall har et tall. Uten det kan funnet ikke avstemmes mot registeret.",
        "Findings that are counts have a figure. Without it the finding cannot be reconciled with the registry.",
        Owner.EVALUATOR,
        "ExpectColumnValuesToNotBeNull",
        {"column": "value", "row_condition": where("finding_kind_code", "==", "count")},
    ),
)

EVALUATION_CHECKS: tuple[SuiteCheck, ...] = (*_STATUS_AND_CLAIMS, *_FIGURES)
