"""Headings of the page about drivers say what the numbers show, and for how many: none, one, many and all."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from gevinst.contracts import contract
from gevinst.contracts.vocabulary import DRIVERS
from gevinst.language.texts import Catalogue
from gevinst.site.sentences import drivers as sentences
from tests.data.driver_tables import DOWN, UNCLEAR, UP, association, curve, driver_table, outcomes
from tests.data.marts import row_of
from tests.data.small_edition import CODELISTS, frame

NB, EN = Catalogue("nb"), Catalogue("en")
CODES = pl.read_csv(CODELISTS)
LABELS = {driver: NB.labels(CODES, "driver")[driver] for driver in DRIVERS}


@pytest.mark.parametrize(
    ("counts", "nb", "en"),
    [
        ((0, 0, 0), "Vi har ikke funnet noen prosjekter", "We have found no projects"),
        ((0, 0, 1), "Utfallet er ukjent for det ene prosjektet", "The outcome is unknown for the one project"),
        ((0, 3, 0), "Ingen av tre prosjekter med kjent utfall er i bruk eller spredt", "None of three projects"),
        ((1, 2, 0), "Ett av tre prosjekter med kjent utfall er i bruk eller spredt", "One of three projects"),
        (
            (2, 23, 15),
            "To av 25 prosjekter med kjent utfall er i bruk eller spredt, og for 15 til",
            "Two of 25 projects",
        ),
        ((3, 0, 1), "Alle de tre prosjektene med kjent utfall er i bruk eller spredt, og for ett til", "All three"),
    ],
)
def test_the_first_finding_counts_use_among_known_outcomes_only(counts, nb: str, en: str) -> None:
    table = row_of("driver_headlines", driver_table=outcomes(*counts))
    assert sentences.strips_heading(table, NB).startswith(nb)
    assert sentences.strips_heading(table, EN).startswith(en)


@pytest.mark.parametrize(
    ("known", "nb"),
    [
        (0, "Ingen av de fire kjennetegnene fra Menon er kjent for alle prosjektene"),
        (1, "Ett av de fire kjennetegnene fra Menon er kjent for alle prosjektene"),
        (3, "Tre av de fire kjennetegnene fra Menon er kjent for alle prosjektene"),
        (4, "Alle de fire kjennetegnene fra Menon er kjent for alle prosjektene"),
    ],
)
def test_a_driver_counts_as_known_only_when_it_is_known_for_every_project(known: int, nb: str) -> None:
    everywhere = dict.fromkeys(DRIVERS[:known], 2)
    table = driver_table(everywhere | dict.fromkeys(DRIVERS, 2), everywhere)
    assert sentences.counts_heading(row_of("driver_headlines", driver_table=table), NB) == nb


@pytest.mark.parametrize(
    ("found", "nb", "en"),
    [
        ({}, "Grunnlaget er for lite", "There is too little"),
        ({"complexity": UNCLEAR}, "Intervallet krysser null", "The interval crosses zero"),
        ({"complexity": UNCLEAR, "actor_count": UNCLEAR}, "Alle to intervallene krysser null", "All two intervals"),
        (
            {"months_since_start": UP, "complexity": UNCLEAR},
            "Tid siden oppstart henger sammen med høyere trinn",
            "Time since start goes together with a higher step",
        ),
        (
            {"months_since_start": UP, "actor_count": DOWN, "complexity": DOWN},
            "Tid siden oppstart henger sammen med høyere trinn, og kompleksitet og antall aktører henger sammen",
            "Time since start goes together with a higher step, and complexity and number of actors go together with",
        ),
    ],
    ids=["none shown", "one unclear", "tie of unclear", "one clear", "both ways"],
)
def test_the_association_stated_is_that_of_intervals_on_one_side_of_zero(found, nb: str, en: str) -> None:
    english = {driver: EN.labels(CODES, "driver")[driver] for driver in DRIVERS}
    assert sentences.association_heading(association(**found), LABELS, NB).startswith(nb)
    assert sentences.association_heading(association(**found), english, EN).startswith(en)


def time_stated(catalogue: Catalogue, min_n: int, *months: dict[str, Any]) -> str:
    return sentences.time_heading(row_of("driver_headlines", time_to_use=curve(*months), min_n=min_n), catalogue)


def test_the_time_stated_is_that_of_the_last_year_with_enough_projects_and_says_who_is_silent() -> None:
    followed = [*[{"at_risk_count": 9, "not_in_use_pct": 100.0}] * 12, {"at_risk_count": 8, "not_in_use_pct": 75.0}]
    followed[5] = {**followed[5], "event_count": 2}
    assert time_stated(NB, 5, *followed) == (
        "Ett år etter tildelingen er 75\u00a0% av prosjektene ikke kjent tatt i bruk"
    )
    silent = [*followed[:-1], {**followed[-1], "unheard_count": 7}]
    assert time_stated(EN, 5, *silent) == (
        "One year after the award 75% of the projects are not known to be in use; "
        "of seven of eight projects followed for so long, no source has reported anything since"
    )
    assert time_stated(NB, 9, *followed) == "To av ni prosjekter er kjent tatt i bruk"
    assert time_stated(NB, 5) == "Ingen prosjekter har en tid å måle"
    unused = [{"at_risk_count": 4, "not_in_use_pct": 100.0}] * 13
    assert time_stated(NB, 1, *unused) == "Ingen av fire prosjekter er kjent tatt i bruk"


def test_answers_about_the_funding_are_shown_as_said_and_hidden_ones_as_hidden() -> None:
    nobody = {"known_count": 0, "strict_count": 0}
    assert sentences.additionality_heading(None, NB) == sentences.additionality_heading(nobody, NB)
    assert sentences.additionality_heading({"known_count": 21, "strict_count": 7}, NB).startswith(
        "Sju av 21 prosjekter sier"
    )
    assert "er skjult" in sentences.additionality_heading({"known_count": 21, "strict_count": None}, NB)
    assert "None of 21" in sentences.additionality_heading({"known_count": 21, "strict_count": 0}, EN)


def test_agreement_is_stated_for_none_one_and_both() -> None:
    def written(*publishable: bool, units: int = 12) -> str:
        rows = [
            {"edition_year": 2026, "rated_driver_code": code, "unit_count": units, "is_publishable": is_publishable}
            for code, is_publishable in zip(("complexity", "implementation_difficulty"), publishable, strict=True)
        ]
        return sentences.agreement_heading(frame(contract("coder_agreement"), rows), LABELS, NB)

    assert written(False, False, units=0) == "Ingen kodere har vurdert prosjektene ennå"
    assert written(False, False).startswith("Koderne er for uenige")
    assert written(True, False) == "Koderne er enige nok om kompleksitet til at vurderingene kan brukes"
    assert "kompleksitet og krevende gjennomføring" in written(True, True)
