"""Checks of reference data: code lists, price index, municipality codes, and the corrections register.

Belongs here: expectations about one of these tables.
Does not belong here: the growth of the index from year to year (`gevinst.quality.invariants.registry`).
"""

from __future__ import annotations

from gevinst.contracts.vocabulary import Severity
from gevinst.quality.model import Owner
from gevinst.quality.suites.model import SuiteCheck

_LANGUAGES = (("nb", "norske", "Norwegian"), ("en", "engelske", "English"))

_CODELISTS = (
    SuiteCheck(
        "codelists_code_form",
        "codelists",
        Severity.CRITICAL,
        "Koder er bokstaver, tall, understrek, bindestrek og skråstrek uten mellomrom. De står i tabeller og adresser.",
        "Codes are letters, digits, underscores, hyphens and slashes, no spaces. They occur in tables and addresses.",
        Owner.MAINTAINER,
        "ExpectColumnValuesToMatchRegex",
        {"column": "code", "regex": r"^[A-Za-z0-9_/-]+$"},
    ),
    *(
        SuiteCheck(
            f"codelists_labels_differ_{language}",
            "codelists",
            Severity.CRITICAL,
            f"To koder i en liste har ikke samme {nb} tekst. Leseren kunne ellers ikke skille dem.",
            f"No two codes of a list have the same {en} text. A reader could not distinguish them.",
            Owner.MAINTAINER,
            "ExpectCompoundColumnsToBeUnique",
            {"column_list": ["codelist", f"label_{language}"]},
        )
        for language, nb, en in _LANGUAGES
    ),
    SuiteCheck(
        "codelists_ranks_differ",
        "codelists",
        Severity.CRITICAL,
        "To koder i en liste har ikke samme plass i rekkefølgen. Ellers er trinn på stigen ikke entydige.",
        "No two codes of a list have the same rank. Otherwise the steps of the ladder are ambiguous.",
        Owner.MAINTAINER,
        "ExpectCompoundColumnsToBeUnique",
        {"column_list": ["codelist", "rank"], "ignore_row_if": "any_value_is_missing"},
    ),
)

_OTHERS = (
    SuiteCheck(
        "kpi_index_plausible",
        "kpi",
        Severity.CRITICAL,
        "Indeksen ligger mellom 50 og 200. Andre verdier er trolig fra en serie med et annet basisår.",
        "The index lies between 50 and 200. Other values are probably from a series with another base year.",
        Owner.MAINTAINER,
        "ExpectColumnValuesToBeBetween",
        # With 2015 = 100 the index was 89.9 in 2009 and 133.6 in 2024.
        {"column": "index_value", "min_value": 50, "max_value": 200},
    ),
    SuiteCheck(
        "municipality_codes_form",
        "municipality_codes",
        Severity.CRITICAL,
        "Kommunenumre har fire sifre, også når de begynner med 0. Uten nullen finnes ikke kommunen igjen.",
        "Municipality codes have four digits, also when they begin with 0. Without it the municipality is not found.",
        Owner.REGISTRY_EDITOR,
        "ExpectColumnValuesToMatchRegex",
        {"column": "municipality_code", "regex": r"^\d{4}$"},
    ),
    SuiteCheck(
        "municipality_codes_dates_ordered",
        "municipality_codes",
        Severity.CRITICAL,
        "Ingen kommunenumre slutter å gjelde før de begynner. Da er minst én av datoene feil.",
        "No municipality code ceases to be valid before it begins. At least one of the dates is then wrong.",
        Owner.REGISTRY_EDITOR,
        "ExpectColumnPairValuesAToBeGreaterThanB",
        {
            "column_A": "valid_to_on",
            "column_B": "valid_from_on",
            "or_equal": True,
            "ignore_row_if": "either_value_is_missing",
        },
    ),
    SuiteCheck(
        "corrections_change_something",
        "corrections",
        Severity.CRITICAL,
        "Ingen rettelser setter inn det som alt står der. En slik rettelse er misforstått eller skrevet feil.",
        "No correction replaces a value by the same value. Such a correction is misunderstood or mistyped.",
        Owner.REGISTRY_EDITOR,
        "ExpectSelectColumnValuesToBeUniqueWithinRecord",
        {"column_list": ["expect", "replace"], "ignore_row_if": "any_value_is_missing"},
    ),
)

REFERENCE_CHECKS: tuple[SuiteCheck, ...] = (*_CODELISTS, *_OTHERS)
