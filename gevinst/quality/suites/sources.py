"""Checks of sources: their ids, dates and addresses, and the texts that line numbers refer to.

Belongs here: expectations about the table `sources`.
Does not belong here: what rows of other tables cite (`gevinst.quality.invariants.citations`).
"""

from __future__ import annotations

from gevinst.contracts.vocabulary import Severity
from gevinst.quality.model import Owner
from gevinst.quality.suites.model import SLUG, SuiteCheck, every_of, where, where_given
from gevinst.quality.suites.prepared import SOURCES

_SOURCES = (
    SuiteCheck(
        "sources_id_form",
        "sources",
        Severity.CRITICAL,
        "Nøkler til kilder er små bokstaver, tall og bindestrek. De står i faste adresser, og kan ikke rettes siden.",
        "Source ids are small letters, digits and hyphens. They occur in permanent addresses and cannot change later.",
        Owner.REGISTRY_EDITOR,
        "ExpectColumnValuesToMatchRegex",
        {"column": "source_id", "regex": SLUG},
    ),
    SuiteCheck(
        "sources_published_before_read",
        "sources",
        Severity.CRITICAL,
        "Ingen kilde er publisert etter at den ble lest. En slik dato flytter det kilden sier til feil utgave.",
        "No source is published after it was read. Such a date moves what the source says to the wrong edition.",
        Owner.REGISTRY_EDITOR,
        "ExpectColumnPairValuesAToBeGreaterThanB",
        {
            "column_A": "accessed_on",
            "column_B": "published_on",
            "or_equal": True,
            "ignore_row_if": "either_value_is_missing",
        },
    ),
    SuiteCheck(
        "sources_listed_once",
        "sources",
        Severity.WARNING,
        "Ingen kilde er ført to ganger med samme tittel, utgiver og dato. Da ville ett dokument telle som to.",
        "No source is listed twice with the same title, publisher and date. One document would then count as two.",
        Owner.REGISTRY_EDITOR,
        "ExpectCompoundColumnsToBeUnique",
        {"column_list": ["title", "publisher", "published_on"]},
        column_name="title",
    ),
    SuiteCheck(
        "sources_address_form",
        "sources",
        Severity.WARNING,
        "Adresser til kilder har et domenenavn og ingen mellomrom. Ellers blir lenken til kilden død.",
        "Addresses of sources have a domain name and no spaces. Otherwise the link to the source is dead.",
        Owner.REGISTRY_EDITOR,
        "ExpectColumnValuesToMatchRegex",
        {"column": "address", "regex": r"^(?:https?://)?(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/\S*)?$"},
    ),
)

_ADDRESSES = (
    SuiteCheck(
        "sources_have_address",
        "sources",
        Severity.WARNING,
        "Hver kilde har en offentlig adresse, eller ordene om at ingen er funnet. Ellers vet ingen om noen har lett.",
        "Every source has a public address, or the words that none was found. Else nobody knows if anybody looked.",
        Owner.REGISTRY_EDITOR,
        "ExpectColumnValuesToNotBeNull",
        {
            "column": "address",
            "row_condition": every_of(
                where("is_known_without", "==", False), where("document_type_code", "!=", "own_compilation")
            ),
        },
        prepared=SOURCES,
        remedy_nb="Finn adressen, eller sett has_no_public_address til true når noen har lett.",
        remedy_en="Find the address, or set has_no_public_address to true when somebody has searched.",
    ),
    SuiteCheck(
        "sources_without_address_have_none",
        "sources",
        Severity.CRITICAL,
        "En kilde som er ført uten offentlig adresse, har heller ingen adresse. Det ene av de to er feil.",
        "A source entered as having no public address has none. One of the two is wrong.",
        Owner.REGISTRY_EDITOR,
        "ExpectColumnValuesToBeNull",
        {"column": "address", "row_condition": where("has_no_public_address", "==", True)},
        remedy_nb="Fjern adressen, eller tøm has_no_public_address.",
        remedy_en="Remove the address, or empty has_no_public_address.",
    ),
    SuiteCheck(
        "sources_lines_are_counted",
        "sources",
        Severity.WARNING,
        "Hver lagret tekst er talt i linjer. Ellers kan ingen se om en linje det vises til, finnes.",
        "Every stored text is counted in lines. Otherwise nobody can tell whether a line referred to exists.",
        Owner.REGISTRY_EDITOR,
        "ExpectColumnValuesToNotBeNull",
        {"column": "line_count", "row_condition": where_given("line_reference")},
        remedy_nb="Fyll inn antall linjer i teksten som ble lest.",
        remedy_en="Fill in the number of lines of the text that was read.",
    ),
    SuiteCheck(
        "sources_text_sum_form",
        "sources",
        Severity.CRITICAL,
        "Kontrollsummer har 64 tegn fra 0–9 og a–f. En annen form kan ikke sammenlignes med teksten.",
        "Checksums have 64 characters of 0-9 and a-f. Another form cannot be compared with the text.",
        Owner.REGISTRY_EDITOR,
        "ExpectColumnValuesToMatchRegex",
        {"column": "text_sha256", "regex": "^[0-9a-f]{64}$"},
    ),
    SuiteCheck(
        "sources_public_bounds_ordered",
        "sources",
        Severity.CRITICAL,
        "Ingen kilde ble offentlig senest før den ble det tidligst. Da er de to grensene byttet om.",
        "No source became public at the latest before it did at the earliest. The two bounds are then swapped.",
        Owner.REGISTRY_EDITOR,
        "ExpectColumnPairValuesAToBeGreaterThanB",
        {
            "column_A": "public_not_after",
            "column_B": "public_not_before",
            "or_equal": True,
            "ignore_row_if": "either_value_is_missing",
        },
    ),
    *(
        SuiteCheck(
            f"sources_{bound}_has_basis",
            "sources",
            Severity.WARNING,
            "Grensen for når en kilde ble offentlig, sier hva den bygger på. Ellers er den en gjetning.",
            f"The bound of when a source became public ({bound}) says what it rests on. Otherwise it is a guess.",
            Owner.REGISTRY_EDITOR,
            "ExpectColumnValuesToNotBeNull",
            {"column": "public_bounds_basis_nb", "row_condition": where_given(bound)},
            remedy_nb="Skriv hva på siden eller rundt den som viser det.",
            remedy_en="Write what on the page or around it shows it.",
        )
        for bound in ("public_not_before", "public_not_after")
    ),
)

SOURCE_CHECKS: tuple[SuiteCheck, ...] = (*_SOURCES, *_ADDRESSES)
