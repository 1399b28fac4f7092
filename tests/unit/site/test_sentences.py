"""Headings and key sentences say what the numbers show: none, one, many, all and a tie."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl
import pytest

from gevinst.contracts import contract
from gevinst.contracts.vocabulary import OUTCOME_OF_STATUS, OUTCOME_UNKNOWN
from gevinst.language.texts import Catalogue
from gevinst.method.coverage import FACTS
from gevinst.method.news import change_counts
from gevinst.site.headlines import Headlines
from gevinst.site.sentences import portfolio as sentences
from tests.data.marts import figures
from tests.data.small_edition import CODELISTS, frame

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


def changes(*rows: dict[str, Any]) -> pl.DataFrame:
    """`edition_changes`; a row says only what matters."""
    blank = {"edition_year": 2026, "item_count": 1, "project_id": "p0"}
    return frame(contract("edition_changes"), [{**blank, "change_id": f"c{n}", **row} for n, row in enumerate(rows)])


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


def change_texts(rows: pl.DataFrame, catalogue: Catalogue) -> list[str]:
    projects = frame(
        contract("projects"), [{"project_id": "p0", "short_name_nb": "e-innsyn", "short_name_en": "records portal"}]
    )
    rounds = frame(contract("rounds"), [{"round_id": "r0", "name_nb": "2018, andre runde", "name_en": "2018, second"}])
    found = sentences.change_sentences(rows, projects, rounds, pl.read_csv(CODELISTS), catalogue)
    return [sentence.text for sentence in found]


@pytest.mark.parametrize(
    ("applicants", "nb"),
    [
        ((), "Ingen runder er kjent"),
        ((None,), "Antall søkere er ukjent for den ene runden"),
        ((None, None), "Antall søkere er ukjent for alle to runder"),
        ((30,), "Runden «Runde 0» hadde 30 søkere"),
        ((30, 52), "Runden «Runde 1» hadde flest søkere: 52"),
        ((30, None, 8), "Runden «Runde 0» hadde flest søkere: 30, og for én av tre runder er antall søkere ukjent"),
        ((30, 30, None, None), "Rundene «Runde 0» og «Runde 1» hadde flest søkere: 30 hver, og for to av fire runder "
                               "er antall søkere ukjent"),
    ],
)  # fmt: skip
def test_the_rounds_heading_says_for_how_many_rounds_nobody_knows(applicants, nb) -> None:
    names = {f"r{n}": f"Runde {n}" for n in range(len(applicants))}
    table = overview(*applicants)
    assert sentences.rounds_heading(table, names, figures(round_overview=table), NB) == nb


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


def test_what_needs_looking_into_is_listed_only_where_there_is_something() -> None:
    def lines(rows: pl.DataFrame, known: pl.DataFrame) -> list[str]:
        counted = figures(project_status=rows, project_coverage=known)
        return sentences.attention(counted, NB, stale_after_months=24)

    assert lines(status("i_bruk"), coverage(1, has_expected_benefit=1, has_reported_benefit=1)) == []
    assert lines(status("i_bruk", "i_gang", stale=2), coverage(2, has_expected_benefit=1)) == [
        "For alle de to prosjektene er nyeste status eldre enn 24 måneder.",
        "For 1 av 2 prosjekter er det bare kjent hva en forventet, ikke hva som kom ut av det.",
    ]


def counted_changes(*rows: dict[str, Any]) -> pl.DataFrame:
    codes = pl.read_csv(CODELISTS).with_columns(is_illustrative=pl.lit(value=True))
    return change_counts(changes(*rows), codes, 2026, is_illustrative=True)


def test_what_happened_is_told_apart_from_what_was_only_found_now() -> None:
    rows = counted_changes(
        {"change_kind_code": "claim_added", "change_time_code": "found", "item_count": 4},
        {"change_kind_code": "claim_added", "change_time_code": "happened", "item_count": 2},
        {"change_kind_code": "project_named", "change_time_code": "happened"},
        {"change_kind_code": "status_moved", "change_time_code": "unknown"},
        {"change_kind_code": "corrected"},
    )
    assert sentences.changes_summary(rows, "2025-1", NB) == (
        "Skjedd siden utgave 2025-1: ett prosjekt og to opplysninger om gevinster. "
        "Funnet nå, men eldre: fire opplysninger om gevinster. "
        "Funnet nå, uten at noen kilde sier når det skjedde: ett prosjekt med endret status. "
        "Rettet i registeret: én rettelse."
    )
    assert sentences.changes_summary(rows, "2025-1", EN) == (
        "Happened since edition 2025-1: one project and two statements of benefits. "
        "Found now, but older: four statements of benefits. "
        "Found now, with no source saying when it happened: one project with a changed status. "
        "Corrected in the register: one correction."
    )


def test_where_nothing_happened_but_more_was_read_it_says_so_first() -> None:
    rows = counted_changes({"change_kind_code": "claim_added", "change_time_code": "found", "item_count": 3})
    assert sentences.changes_summary(rows, "2025-1", NB) == (
        "Vi kjenner ikke til noe som har skjedd siden utgave 2025-1. "
        "Funnet nå, men eldre: tre opplysninger om gevinster."
    )
    assert sentences.changes_summary(rows, "2025-1", EN).startswith("We know of nothing that has happened since")


def test_no_news_and_no_edition_before_are_two_different_things() -> None:
    nothing = counted_changes()
    assert sentences.changes_summary(nothing, "2025-1", NB) == "Ingenting er ført inn siden utgave 2025-1."
    assert sentences.changes_summary(nothing, None, NB).startswith("Dette er den første utgaven")


def test_a_reconstruction_calls_itself_one_and_has_no_news_whatever_was_read() -> None:
    rows = counted_changes({"change_kind_code": "claim_added", "change_time_code": "happened"})
    said = [
        sentences.changes_summary(rows, edition, NB, reconstructed_on=date(2020, 12, 31))
        for edition in (None, "2019-1")
    ]
    assert (
        said
        == [
            "Utgaven er en rekonstruksjon: den viser det som sikkert var offentlig 31.\u00a0desember 2020, "
            "og forteller ikke om noe nytt."
        ]
        * 2
    )


@pytest.mark.parametrize(
    ("first", "last", "when"),
    [
        (date(2021, 1, 1), date(2021, 12, 31), "Gjelder 2021."),
        (date(2019, 5, 1), date(2022, 3, 1), "Gjelder 2019–2022."),
        (None, date(2020, 6, 1), "Gjelder senest 2020."),
    ],
)
def test_an_older_change_is_told_with_the_year_it_is_about(first, last, when) -> None:
    row = {"change_kind_code": "project_named", "change_time_code": "found", "about_from": first, "about_to": last}
    assert change_texts(changes(row), NB) == [f"Prosjektet «e-innsyn» er nytt i oversikten. {when}"]
    happened = changes({**row, "change_time_code": "happened"})
    assert change_texts(happened, NB) == ["Prosjektet «e-innsyn» er nytt i oversikten."]


@pytest.mark.parametrize(
    ("row", "nb", "en"),
    [
        (
            {"change_kind_code": "round_awarded", "project_id": None, "round_id": "r0"},
            "Ny tildelingsrunde: 2018, andre runde.",
            "New award round: 2018, second.",
        ),
        (
            {"change_kind_code": "project_named"},
            "Prosjektet «e-innsyn» er nytt i oversikten.",
            "The project “records portal” is new in the overview.",
        ),
        (
            {"change_kind_code": "status_first", "from_code": "i_gang", "to_code": "provd_ut"},
            "«e-innsyn» har status for første gang: prøvd ut.",
            "“records portal” has a status for the first time: tested.",
        ),
        (
            {"change_kind_code": "status_moved", "from_code": "provd_ut", "to_code": "stanset"},
            "«e-innsyn» har gått fra «prøvd ut» til «stanset».",
            "“records portal” has gone from “tested” to “stopped”.",
        ),
        (
            {"change_kind_code": "claim_added", "to_code": "oppgitt"},
            "«e-innsyn» har fått én ny opplysning om gevinst (oppgitt).",
            "“records portal” has one new statement of a benefit (reported).",
        ),
        (
            {"change_kind_code": "claim_added", "to_code": "dokumentert", "item_count": 3},
            "«e-innsyn» har fått tre nye opplysninger om gevinster (dokumentert).",
            "“records portal” has three new statements of benefits (documented).",
        ),
        (
            {"change_kind_code": "measurement_added"},
            "«e-innsyn» har fått en ny måling av en gevinst.",
            "“records portal” has a new measurement of a benefit.",
        ),
        (
            {"change_kind_code": "funding_added"},
            "Det er gitt penger til arbeid som bygger videre på «e-innsyn».",
            "Money has been granted for work that builds on “records portal”.",
        ),
        (
            {"change_kind_code": "claim_superseded", "from_code": "forventet", "to_code": "oppgitt"},
            "«e-innsyn»: en opplysning om gevinst (forventet) er avløst av en sikrere (oppgitt).",
            "“records portal”: a statement of a benefit (expected) is replaced by a surer one (reported).",
        ),
        (
            {"change_kind_code": "corrected", "from_code": "participations"},
            "«e-innsyn»: rettet i tabellen «Deltakelser».",
            "“records portal”: corrected in the table “Participations”.",
        ),
        (
            {"change_kind_code": "corrected", "from_code": "rounds", "project_id": None},
            "Rettet i tabellen «Tildelingsrunder».",
            "Corrected in the table “Award rounds”.",
        ),
        (
            {"change_kind_code": "withdrawn", "from_code": "benefit_claims"},
            "«e-innsyn»: en rad i tabellen «Gevinstutsagn» er trukket siden forrige utgave. Grunnen er ikke oppgitt.",
            "“records portal”: a row of the table “Benefit claims” has been withdrawn since the edition before. "
            "No reason is given.",
        ),
        (
            {"change_kind_code": "withdrawn", "from_code": "projects", "project_id": None},
            "En rad i tabellen «Prosjekter» er trukket siden forrige utgave. Grunnen er ikke oppgitt.",
            "A row of the table “Projects” has been withdrawn since the edition before. No reason is given.",
        ),
    ],
)
def test_every_kind_of_change_has_a_sentence_in_both_languages(row, nb, en) -> None:
    assert change_texts(changes(row), NB) == [nb]
    assert change_texts(changes(row), EN) == [en]


def test_the_code_list_has_no_kind_of_change_without_a_sentence() -> None:
    codelists = pl.read_csv(CODELISTS)
    kinds = set(codelists.filter(pl.col("codelist") == "change_kind").get_column("code"))
    before = {"claim_superseded": "forventet", "corrected": "participations", "withdrawn": "participations"}
    after = {
        "status_first": "i_bruk",
        "status_moved": "i_bruk",
        "claim_added": "oppgitt",
        "claim_superseded": "oppgitt",
    }
    rows = changes(
        *(
            {"change_kind_code": k, "round_id": "r0", "from_code": before.get(k, "i_gang"), "to_code": after.get(k)}
            for k in kinds
        )
    )
    assert len(set(change_texts(rows, NB))) == len(kinds) == 10


def test_changes_are_listed_in_the_order_of_the_summary() -> None:
    rows = changes(
        {"change_kind_code": "measurement_added"},
        {"change_kind_code": "project_named"},
        {"change_kind_code": "round_awarded", "round_id": "r0"},
    )
    found = [text.split()[0] for text in change_texts(rows, NB)]
    assert found == ["Ny", "Prosjektet", "«e-innsyn»"]


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
