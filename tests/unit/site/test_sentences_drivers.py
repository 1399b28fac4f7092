"""Headings of the page about drivers say what the numbers show, and for how many: none, one, many and all."""

from __future__ import annotations

import json
import re
from typing import Any

import polars as pl
import pytest

from gevinst.contracts import contract
from gevinst.contracts.vocabulary import DRIVERS
from gevinst.language.texts import Catalogue
from gevinst.site.figures import time_to_use
from gevinst.site.sentences import drivers as sentences
from tests.data.driver_tables import DOWN, UNCLEAR, UP, association, curve, driver_table, outcomes
from tests.data.marts import row_of
from tests.data.rendered import invented_tables, real_tables
from tests.data.small_edition import CODELISTS, frame

NB, EN = Catalogue("nb"), Catalogue("en")
CODES = pl.read_csv(CODELISTS)
LABELS = {driver: NB.labels(CODES, "driver")[driver] for driver in DRIVERS}


@pytest.mark.parametrize(
    ("counts", "nb", "en"),
    [
        ((0, 0, 0), "Vi har ikke funnet noen prosjekter", "We have found no projects"),
        ((0, 0, 1), "Utfallet er ukjent for det ene prosjektet", "The outcome is unknown for the one project"),
        ((0, 3, 0), "Ingen av tre prosjekter med kjent utfall er kjent tatt helt i bruk", "None of three projects"),
        ((1, 2, 0), "Ett av tre prosjekter med kjent utfall er kjent tatt i bruk", "One of three projects"),
        (
            (2, 23, 15),
            "To av 25 prosjekter med kjent utfall er kjent tatt i bruk; for 15 til",
            "Two of 25 projects",
        ),
        ((3, 0, 1), "Alle de tre prosjektene med kjent utfall er kjent tatt i bruk; for ett til", "All three"),
    ],
)
def test_the_first_finding_counts_use_among_known_outcomes_only(counts, nb: str, en: str) -> None:
    table = row_of("driver_headlines", driver_table=outcomes(*counts))
    assert sentences.strips_heading(table, NB).startswith(nb)
    assert sentences.strips_heading(table, EN).startswith(en)


@pytest.mark.parametrize(
    ("known", "nb"),
    [
        (0, "Ingen av de fire kjennetegnene er kjent for alle prosjektene"),
        (1, "Ett av de fire kjennetegnene er kjent for alle prosjektene"),
        (3, "Tre av de fire kjennetegnene er kjent for alle prosjektene"),
        (4, "Alle de fire kjennetegnene er kjent for alle prosjektene"),
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
        "To av ni prosjekter er kjent tatt i bruk; anslaget er at 75\u00a0% ikke er det ett år etter tildelingen"
    )
    silent = [*followed[:-1], {**followed[-1], "unheard_count": 7}]
    assert time_stated(EN, 5, *silent) == (
        "Two of nine projects are known to be in use; the estimate is that 75% are not, one year after the award, "
        "but of seven of eight projects followed for so long no source has reported anything since"
    )
    assert time_stated(NB, 9, *followed) == "To av ni prosjekter er kjent tatt i bruk"
    assert time_stated(NB, 5) == "Ingen prosjekter har en tid å måle"
    unused = [{"at_risk_count": 4, "not_in_use_pct": 100.0}] * 13
    assert time_stated(NB, 1, *unused) == "Ingen av fire prosjekter er kjent tatt helt i bruk"


def test_the_second_estimate_is_of_the_last_year_in_which_enough_are_heard_of() -> None:
    first = {"at_risk_count": 9, "not_in_use_pct": 90.0, "heard_not_in_use_pct": 80.0}
    followed = [first] * 12 + [{**first, "unheard_count": 4}] * 12 + [{**first, "unheard_count": 5}]
    followed[5] = {**first, "event_count": 1}

    def stated(catalogue: Catalogue, min_n: int) -> str | None:
        counts = row_of("driver_headlines", time_to_use=curve(*followed), min_n=min_n)
        return sentences.heard_sentence(counts, catalogue)

    assert stated(NB, 5) == (
        "Den stiplede linjen følger hvert prosjekt bare til siste nytt om det. "
        "Den anslår at 80\u00a0% ikke er tatt i bruk ett år etter tildelingen (n\u00a0=\u00a05)."
    )
    assert "two years after the award" in (stated(EN, 4) or "")
    assert stated(NB, 6) is None


def percent_sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.;])\s|<br>", text) if re.search(r"\d\u00a0?%", part)]


@pytest.mark.parametrize(("language", "estimate"), [("nb", r"ansl(ag|å)|intervall"), ("en", "estimat|interval")])
@pytest.mark.parametrize("data", ["real", "invented"])
def test_no_share_of_the_curves_is_told_as_a_count(data: str, language: str, estimate: str) -> None:
    tables = {"real": real_tables, "invented": invented_tables}[data]()
    newest = {name: tables[name].filter(edition_year=2026) for name in ("time_to_use", "driver_headlines")}
    counts = newest["driver_headlines"].row(0, named=True)
    catalogue = {"nb": NB, "en": EN}[language]
    figure = time_to_use(newest["time_to_use"], counts, catalogue, source="", min_n=5)
    hovers = [text for trace in json.loads(figure.spec)["data"] for text in trace.get("hovertext", [])]
    stated = [part for text in (figure.heading, figure.caption, *hovers) for part in percent_sentences(text)]
    assert len(stated) > 10
    assert [part for part in stated if not re.search(estimate, part)] == []
    assert re.search(rf"{counts['followed_count']}", figure.heading), "the count is told beside it"


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

    assert written(False, False, units=0) == "Ingen har vurdert prosjektene hver for seg ennå"
    assert written(False, False).startswith("De som har vurdert prosjektene, er for uenige")
    assert (
        written(True, False)
        == "De som har vurdert prosjektene, er enige nok om kompleksitet til at vurderingene kan brukes"
    )
    assert "kompleksitet og krevende innføring" in written(True, True)
