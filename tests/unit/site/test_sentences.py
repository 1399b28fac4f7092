"""Headings and key sentences say what the numbers show: none, one, many, all and a tie."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import pytest

from gevinst.contracts import contract
from gevinst.contracts.vocabulary import OUTCOME_OF_STATUS, OUTCOME_UNKNOWN
from gevinst.language.phrases import rounds_named
from gevinst.language.texts import Catalogue
from gevinst.method.coverage import FACTS
from gevinst.site.headlines import Headlines
from gevinst.site.sentences import portfolio as sentences
from tests.data.marts import figures
from tests.data.small_edition import frame

NB, EN = Catalogue("nb"), Catalogue("en")
STEPS = ("i_gang", "innsikt", "losning_utviklet", "provd_ut", "delvis_i_bruk", "i_bruk", "spredt")


def status(*codes: str, cohorts: Sequence[int] = (), first: int = 0, stale: int = 0) -> pl.DataFrame:
    """`project_status` with one project per code; the `stale` first of them are old."""
    rows = []
    for number, code in enumerate(codes):
        step = STEPS.index(code) if code in STEPS else None
        rows.append(
            {
                "edition_year": 2026,
                "project_id": f"p{number}",
                "cohort_year": cohorts[number] if cohorts else 2018,
                "first_step": None if step is None else min(first, step),
                "current_status_code": code,
                "current_step": step,
                "is_in_use": code in ("i_bruk", "spredt"),
                "outcome_code": OUTCOME_OF_STATUS.get(code, OUTCOME_UNKNOWN),
                "is_stale": number < stale,
            }
        )
    return frame(contract("project_status"), rows)


def coverage(total: int, **known: int) -> pl.DataFrame:
    """`project_coverage` of `total` projects; a fact holds for as many of them as `known` says."""
    return frame(
        contract("project_coverage"),
        [
            {"edition_year": 2026, "project_id": f"p{n}", **{fact: n < known.get(fact, 0) for fact in FACTS}}
            for n in range(total)
        ],
    )


def overview(*applicants: int | None) -> pl.DataFrame:
    return frame(
        contract("round_overview"),
        [
            {"edition_year": 2026, "round_id": f"r{n}", "cohort_year": 2018 + n, "applicant_count": count}
            for n, count in enumerate(applicants)
        ],
    )


def reconciliation(*rows: tuple[str, float | None, float | None]) -> pl.DataFrame:
    return frame(
        contract("reconciliation"),
        [
            {
                "edition_year": 2026,
                "reconciliation_id": f"a{n}",
                "result_code": result,
                "stated_value": stated,
                "computed_value": computed,
                "difference": None if stated is None or computed is None else stated - computed,
                "rule_nb": "Antall prosjekter",
                "rule_en": "Number of projects",
            }
            for n, (result, stated, computed) in enumerate(rows)
        ],
    )


@pytest.mark.parametrize(
    ("applicants", "nb"),
    [
        ((), "Ingen runder er kjent"),
        ((None,), "Antall søkere er ukjent for den ene runden"),
        ((None, None), "Antall søkere er ukjent for alle to runder"),
        ((30,), "Runden «2020» hadde 30 søkere"),
        ((30, 52), "Runden «2021» hadde flest søkere: 52"),
        ((30, None, 8), "Runden «2020» hadde flest søkere: 30, og for én av tre runder er antall søkere ukjent"),
        ((30, 30, None, None), "Rundene «2020» og «2021» hadde flest søkere: 30 hver, og for to av fire runder "
                               "er antall søkere ukjent"),
    ],
)  # fmt: skip
def test_the_rounds_heading_says_for_how_many_rounds_nobody_knows(applicants, nb) -> None:
    names = {f"r{n}": str(2020 + n) for n in range(len(applicants))}
    table = overview(*applicants)
    assert sentences.rounds_heading(table, names, figures(round_overview=table), NB) == nb


@pytest.mark.parametrize(
    ("names", "nb", "en"),
    [
        (["Runden i 2021"], "runden i 2021", "the round “Runden i 2021”"),
        (["The round of 2021"], "runden «The round of 2021»", "the round of 2021"),
        (["Runde 1"], "runde 1", "the round “Runde 1”"),
        (["Rundelva"], "runden «Rundelva»", "the round “Rundelva”"),
        (["2021", "2022"], "rundene «2021» og «2022»", "the rounds “2021” and “2022”"),
        (["2021", "Runden i 2022"], "runden «2021» og runden i 2022", "the rounds “2021” and “Runden i 2022”"),
    ],
)
def test_a_round_whose_name_says_that_it_is_one_is_not_said_to_be_one_again(names, nb, en) -> None:
    assert (rounds_named(NB, names), rounds_named(EN, names)) == (nb, en)


def covered(total: int, **known: int) -> Headlines:
    return figures(project_status=status(*["i_gang"] * total), project_coverage=coverage(total, **known))


def test_coverage_gives_the_share_beside_the_counts_when_there_are_enough_projects() -> None:
    known = sentences.coverage_sentences(covered(40, has_owner=40, has_supplier=10, has_grant=2), NB)
    assert list(known) == list(FACTS)
    assert known["has_owner"] == "For alle de 40 prosjektene er prosjekteieren kjent."
    assert known["has_supplier"] == "For 10 av 40 prosjekter (25\u00a0%) er leverandøren kjent."
    assert known["has_grant"] == "For 2 av 40 prosjekter (5\u00a0%) er støtten til prosjektet kjent."
    assert known["has_period"] == "For ingen av 40 prosjekter er start eller slutt kjent."


def test_coverage_of_few_projects_gives_counts_and_no_share() -> None:
    few = sentences.coverage_sentences(covered(4, has_owner=1), EN)
    assert few["has_owner"] == "The project owner is known for 1 of 4 projects."


@pytest.mark.parametrize(
    ("row", "nb"),
    [
        (("agrees", 8, 8), "Tallet å stemme mot er 8, og registeret gir det samme."),
        (("gap", 21, 19), "Tallet å stemme mot er 21, og registeret gir 19: 2 mangler."),
        (("disagrees", 19, 21), "Tallet å stemme mot er 19, og registeret gir 21. Forskjellen er \u22122."),
        (("unknown", None, 2), "Ingen kilde gir et tall å stemme mot; registeret gir 2."),
        (("unknown", 7, None), "Tallet å stemme mot er 7, men registeret har ikke noe tall."),
        (("unknown", None, None), "Tallet er ukjent både i kildene og i registeret."),
    ],
)
def test_a_reconciliation_says_both_numbers_or_that_one_is_unknown(row, nb) -> None:
    (found,) = sentences.reconciliation_sentences(reconciliation(row), NB)
    assert (found.rule, found.text) == ("Antall prosjekter", nb)


@pytest.mark.parametrize(
    ("rows", "nb"),
    [
        ([], "Ingen tall er avstemt."),
        ([("unknown", None, 2)], "Ingen tall er avstemt."),
        ([("gap", 3, 2)], "Ett tall er avstemt mot kildene; ingen stemmer."),
        (
            [("agrees", 3, 3), ("agrees", 1, 1), ("gap", 2, 1), ("unknown", None, 1)],
            "Tre tall er avstemt mot kildene; to stemmer.",
        ),
    ],
)
def test_the_summary_of_reconciliations_leaves_out_what_could_not_be_compared(rows, nb) -> None:
    assert sentences.reconciliation_summary(figures(reconciliation=reconciliation(*rows)), NB) == nb
