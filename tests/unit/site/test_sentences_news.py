"""Sentences of what is new: what happened is told apart from what was only found now."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from gevinst.contracts import contract
from gevinst.language.texts import Catalogue
from gevinst.method.news import change_counts
from gevinst.site.sentences import portfolio as sentences
from tests.data.small_edition import CODELISTS, frame

NB, EN = Catalogue("nb"), Catalogue("en")


def changes(*rows: dict[str, Any]) -> pl.DataFrame:
    """`edition_changes`; a row says only what matters."""
    blank = {"edition_year": 2026, "item_count": 1, "project_id": "p0"}
    return frame(contract("edition_changes"), [{**blank, "change_id": f"c{n}", **row} for n, row in enumerate(rows)])


def change_texts(rows: pl.DataFrame, catalogue: Catalogue) -> list[str]:
    projects = frame(
        contract("projects"), [{"project_id": "p0", "short_name_nb": "e-innsyn", "short_name_en": "records portal"}]
    )
    rounds = frame(contract("rounds"), [{"round_id": "r0", "name_nb": "2018, andre runde", "name_en": "2018, second"}])
    found = sentences.change_sentences(rows, projects, rounds, pl.read_csv(CODELISTS), catalogue)
    return [sentence.text for sentence in found]


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
    assert (
        sentences.changes_summary(nothing, None, NB) == "Det finnes ingen utgave for et tidligere år å sammenligne med."
    )


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
            "“records portal”: a row of the table “Benefit claims” has been withdrawn since the previous edition. "
            "No reason is given.",
        ),
        (
            {"change_kind_code": "withdrawn", "from_code": "projects", "project_id": None},
            "En rad i tabellen «Prosjekter» er trukket siden forrige utgave. Grunnen er ikke oppgitt.",
            "A row of the table “Projects” has been withdrawn since the previous edition. No reason is given.",
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
