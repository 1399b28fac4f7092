"""What is said of outcomes is true: of what nobody has told, of what is old, inferred, fallen, stopped, or all alike.

Each test is a small portfolio made for one question of docs/truth.md, section 6.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl
import pytest

from gevinst.contracts import contract
from gevinst.contracts.vocabulary import OUTCOME_IN_USE, OUTCOME_OF_STATUS, OUTCOME_UNKNOWN, STEPS
from gevinst.language.texts import Catalogue
from gevinst.method.coverage import FACTS
from gevinst.site.sentences import outcomes as sentences
from gevinst.workspace import scheme
from tests.data.marts import figures
from tests.data.small_edition import frame

SCHEME = scheme().name.nb

NB, EN = Catalogue("nb"), Catalogue("en")
Project = dict[str, Any]


def project(code: str, **own: Any) -> Project:
    """A project with one assessment after the award, in 2026, unless `own` says otherwise."""
    step = STEPS.index(code) if code in STEPS else None
    return {
        "current_status_code": code,
        "current_step": step,
        "highest_step": step,
        "first_step": step,
        "progress_assessment_count": 0 if code == "tildelt" else 1,
        "status_on": date(2026, 3, 1),
        "outcome_code": OUTCOME_OF_STATUS.get(code, OUTCOME_UNKNOWN),
        "is_in_use": OUTCOME_OF_STATUS.get(code) == OUTCOME_IN_USE,
        "cohort_year": 2018,
        **own,
    }


def status(projects: Sequence[Project]) -> pl.DataFrame:
    rows = [{"edition_year": 2026, "project_id": f"p{n}", **row} for n, row in enumerate(projects)]
    return frame(contract("project_status"), rows)


def counted(projects: Sequence[Project], documented: int = 0):
    """Headline figures of the projects; the first `documented` of them have a documented benefit."""
    covered = [
        {
            "edition_year": 2026,
            "project_id": f"p{n}",
            **{fact: False for fact in FACTS},
            "has_documented_benefit": n < documented,
        }
        for n in range(len(projects))
    ]
    return figures(project_status=status(projects), project_coverage=frame(contract("project_coverage"), covered))


def used(projects: Sequence[Project], catalogue: Catalogue = NB) -> str:
    in_use = [{**row, "name": f"Prosjekt {n}"} for n, row in enumerate(projects) if row["is_in_use"]]
    in_use = [{"is_inferred": False, **row} for row in in_use]
    return " ".join(sentences.in_use_sentences(counted(projects), in_use, catalogue, stale_after_months=24))


def heading(projects: Sequence[Project], catalogue: Catalogue = NB) -> str:
    return sentences.ladder_heading(counted(projects), catalogue)


OLD = {"is_stale": True, "status_on": date(2022, 10, 1)}
USED, TRIED, AWARDED = project("i_bruk"), project("provd_ut"), project("tildelt")


def test_with_no_project_it_is_said_that_none_was_found() -> None:
    assert heading([]) == "Vi har ikke funnet noen prosjekter"


def test_where_nothing_is_known_silence_is_no_outcome_and_nothing_is_counted_as_not_in_use() -> None:
    silent = [AWARDED, AWARDED, project("i_gang")]
    assert heading(silent) == "Ingen kilde vi har lest, viser hvordan det gikk med noe prosjekt"
    assert heading(silent, EN) == "No source that we have read shows how any project went"
    assert sentences.movement(counted([AWARDED, AWARDED]), NB) is None


def test_when_everything_is_stale_nothing_is_said_in_the_present_tense() -> None:
    stale = [project("i_bruk", **OLD), project("spredt", **OLD)]
    assert heading(stale) == "Alle de to prosjektene var i bruk da vi sist hørte om dem"
    assert heading(stale, EN) == "All two projects were in use when we last heard of them"
    said = used(stale)
    assert "«Prosjekt 0» (i bruk i 2022)" in said
    assert "Begge opplysningene er eldre enn to år, så vi vet ikke om løsningene er i bruk nå." in said
    for language in (NB, EN):
        text = f"{heading(stale, language)} {used(stale, language)}"
        assert not re.search(r"(prosjektene|prosjekter) er i bruk|projects are in use", text)


@pytest.mark.parametrize(
    ("fresh", "stale", "nb", "en"),
    [
        (1, 0, "Ett av tre prosjekter er i bruk", "One of three projects is in use"),
        (0, 1, "Ett av tre prosjekter var i bruk da vi sist hørte om det",
               "One of three projects was in use when we last heard of it"),
        (1, 1, "Ett av tre prosjekter er i bruk, og ett til var det da vi sist hørte om det",
               "One of three projects is in use, and one more was when we last heard of it"),
        (
            0,
            0,
            "Ingen av tre prosjekter er kjent tatt helt i bruk",
            "None of three projects is known to have come fully into use",
        ),
    ],
)  # fmt: skip
def test_the_tense_of_the_ladders_heading_is_that_of_its_statements(fresh, stale, nb, en) -> None:
    projects = [USED] * fresh + [project("i_bruk", **OLD)] * stale + [TRIED] * (3 - fresh - stale)
    assert heading(projects) == nb
    assert heading(projects, EN) == en


def test_partly_in_use_is_never_counted_as_in_use_nor_as_not_in_use() -> None:
    figures_of = counted([project("delvis_i_bruk"), USED, TRIED])
    assert (figures_of["in_use"].value, figures_of["partly_in_use"].value, figures_of["result_not_in_use"].value) == (
        1,
        1,
        1,
    )


def test_one_inferred_link_is_said_in_every_count_it_enters() -> None:
    guessed = project("i_bruk", is_inferred=True)
    said = used([guessed, USED, TRIED])
    assert f"«Prosjekt 0» (i bruk i 2026; at det kom av {SCHEME}, er vår egen slutning)" in said
    assert "«Prosjekt 1» (i bruk i 2026)" in said
    notes = sentences.in_use_notes(counted([guessed, USED, TRIED]), NB, stale_after_months=24)
    assert notes == (
        "Alle opplysningene er nyere enn to år.",
        f"For ett av dem er det vår egen slutning at det kom av {SCHEME}.",
    )
    crowd = used([guessed] + [USED] * sentences.NAMED_AT_MOST)
    assert "For ett av dem er det vår egen slutning" in crowd and "«Prosjekt" not in crowd


def test_no_note_is_written_where_it_would_always_be_the_same() -> None:
    assert sentences.in_use_notes(counted([TRIED]), NB, stale_after_months=24) == ()
    assert len(sentences.in_use_notes(counted([USED]), NB, stale_after_months=24)) == 1


def test_movement_is_told_only_of_projects_that_two_sources_show_the_progress_of() -> None:
    moved = project("i_bruk", first_step=1, progress_assessment_count=2)
    stayed = project("provd_ut", progress_assessment_count=2)
    assert sentences.movement(counted([USED, TRIED, AWARDED]), NB) is None
    assert sentences.movement(counted([moved, TRIED]), NB) == (
        "Det ene prosjektet der mer enn én kilde viser hvor langt det er kommet, er kommet lenger i den nyeste."
    )
    assert sentences.movement(counted([stayed, TRIED]), EN) == (
        "The one project for which more than one source shows how far it has come is no further in the newest."
    )
    assert sentences.movement(counted([moved, stayed, USED]), NB) == (
        "Av to prosjekter der mer enn én kilde viser hvor langt de er kommet, er ett kommet lenger i den nyeste."
    )


def test_a_fall_on_the_ladder_is_told_as_one() -> None:
    fallen = project("provd_ut", first_step=1, highest_step=5, progress_assessment_count=3)
    assert sentences.movement(counted([fallen, project("provd_ut", progress_assessment_count=2)]), NB) == (
        "Av to prosjekter der mer enn én kilde viser hvor langt de er kommet, er ett kommet lenger i den nyeste. "
        "Ett er gått tilbake til et lavere trinn."
    )
    assert heading([fallen, TRIED]) == "Ingen av to prosjekter er kjent tatt helt i bruk"


def test_a_project_stopped_after_use_is_not_in_use_and_has_not_come_further() -> None:
    stopped = project("stanset", current_step=5, highest_step=5, first_step=1, progress_assessment_count=2)
    found = counted([stopped, TRIED])
    assert (found["in_use"].value, found["stopped"].value, found["stopped_after_use"].value) == (0, 1, 1)
    assert found["moved_up"].value == 0
    assert heading([stopped, TRIED]) == "Ingen av to prosjekter er kjent tatt helt i bruk"
