"""What the front page and the brief say of the money is true, whatever is known: none, one, many, all old, none old.

Each test is a small portfolio made for one question of truth: who says it, how old it is, and what was not found.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import polars as pl
import pytest

from gevinst.contracts import contract
from gevinst.contracts.vocabulary import OUTCOME_IN_USE, OUTCOME_OF_STATUS, OUTCOME_UNKNOWN
from gevinst.language.texts import Catalogue
from gevinst.method.coverage import FACTS
from gevinst.site.sentences import brief
from gevinst.workspace import scheme
from tests.data.marts import figures
from tests.data.small_edition import frame

SCHEME = scheme().name.nb

NB, EN = Catalogue("nb"), Catalogue("en")
Row = dict[str, Any]
MONEY = {"awarded_amount": 96.8e6, "stated_award_round_count": 7, "frame_amount": 17.2e6, "frame_round_count": 2}

AWARDED = "96,8\u00a0millioner kroner er tildelt"


def money(**own: Any) -> Row:
    return {"unknown_amount_round_count": 0, "granted_project_count": 0, **MONEY, **own}


@pytest.mark.parametrize(
    ("own", "nb"),
    [
        ({}, f"{AWARDED} i sju runder siden 2016, og 17,2\u00a0millioner kroner er satt av i to til."),
        ({"frame_amount": None, "stated_award_round_count": 1}, f"{AWARDED} i én runde, i 2016."),
        ({"awarded_amount": None}, "17,2\u00a0millioner kroner er satt av i to runder siden 2016."),
        ({"awarded_amount": None, "frame_amount": None}, "Ingen kilde vi har lest, sier hvor mye som er tildelt."),
        (
            {"awarded_amount": None, "frame_amount": None, "granted_project_count": 1, "granted_amount": 5e5},
            "0,5\u00a0millioner kroner er tildelt det ene prosjektet der støtten er kjent.",
        ),
        (
            {"awarded_amount": None, "frame_amount": None, "granted_project_count": 8, "granted_amount": 9.5e6},
            "9,5\u00a0millioner kroner er tildelt de åtte prosjektene der støtten er kjent.",
        ),
        ({"frame_amount": None, "unknown_amount_round_count": 1},
         f"{AWARDED} i sju runder siden 2016. For én runde er beløpet ukjent."),
    ],
)  # fmt: skip
def test_what_was_awarded_and_what_was_set_aside_are_told_apart_and_never_added(own: Row, nb: str) -> None:
    assert brief.paid(money(**own), 2016, NB) == nb


def test_money_is_told_in_english_too() -> None:
    assert brief.paid(money(), 2016, EN) == (
        "NOK\u00a096.8\u00a0million has been awarded in seven rounds since 2016, "
        "and NOK\u00a017.2\u00a0million has been set aside in two more."
    )


def project(code: str, *, year: int = 2026, old: bool = False, **own: Any) -> Row:
    return {
        "edition_year": 2026,
        "name": f"P{year}",
        "current_status_code": code,
        "outcome_code": OUTCOME_OF_STATUS.get(code, OUTCOME_UNKNOWN),
        "is_in_use": OUTCOME_OF_STATUS.get(code) == OUTCOME_IN_USE,
        "status_on": date(year, 3, 1),
        "is_stale": old,
        "is_inferred": False,
        "stated_by_code": "owner",
        **own,
    }


def status(projects: list[Row]) -> pl.DataFrame:
    rows = [{**row, "project_id": f"p{n}"} for n, row in enumerate(projects)]
    return frame(contract("project_status"), [{name: row[name] for name in row if name != "name"} for row in rows])


def use(*projects: Row, catalogue: Catalogue = NB) -> str:
    return brief.in_use(figures(project_status=status(list(projects))), projects, catalogue)


def test_with_no_project_it_is_said_that_none_was_found() -> None:
    assert use() == "Vi har ikke funnet noen prosjekter."


def test_nothing_in_use_is_said_of_what_we_know() -> None:
    assert use(project("provd_ut")) == "Vi kjenner ingen løsning som er tatt helt i bruk."
    assert use(project("tildelt"), catalogue=EN) == "We know of no solution that has come fully into use."


def test_what_is_in_use_is_named_with_its_year_and_partly_in_use_stands_apart() -> None:
    assert use(project("i_bruk"), project("delvis_i_bruk", year=2025)) == (
        "Én løsning er i bruk: «P2026» (2026). Én er delvis i bruk: «P2025» (2025)."
    )


def test_when_everything_is_old_nothing_is_said_in_the_present_tense() -> None:
    old = [project("i_bruk", year=2022, old=True), project("delvis_i_bruk", year=2020, old=True)]
    assert use(*old) == (
        "Én løsning var i bruk da vi sist hørte om den: «P2022» (2022). Én var delvis i bruk da vi sist hørte om den: "
        "«P2020» (2020)."
    )
    assert not re.search(r"\b(er|is|are) (delvis |partly )?(i bruk|in use)", use(*old) + use(*old, catalogue=EN))


def test_fresh_and_old_use_are_told_apart() -> None:
    said = use(project("i_bruk"), project("spredt", year=2021, old=True), catalogue=EN)
    assert said == (
        "One solution is in use: “P2026” (2026). One solution was in use when last heard of: “P2021” (2021)."
    )


def test_many_are_counted_and_not_named() -> None:
    assert use(*[project("i_bruk")] * brief.NAMED_AT_MOST).count("«") == brief.NAMED_AT_MOST
    assert use(*[project("i_bruk")] * (brief.NAMED_AT_MOST + 1)) == "Sju løsninger er i bruk."
    both = [project("i_bruk"), *[project("delvis_i_bruk")] * brief.NAMED_AT_MOST]
    assert use(*both) == "Én løsning er i bruk: «P2026» (2026). Seks er delvis i bruk."


def test_our_own_inference_is_said_where_the_project_is_named() -> None:
    guessed = project("delvis_i_bruk", year=2019, old=True, is_inferred=True)
    assert f"«P2019» (2019; koblingen til {SCHEME} er vår slutning)" in use(guessed)
    assert brief.how_known(guessed, NB) == (
        f"var delvis i bruk i 2019, ifølge eieren. Koblingen til {SCHEME} er vår egen slutning."
    )


@pytest.mark.parametrize("code", ["owner", "supplier", "scheme", "government", "evaluator", "third_party"])
@pytest.mark.parametrize("catalogue", [NB, EN], ids=["nb", "en"])
def test_who_says_it_is_told_whoever_it_is(code: str, catalogue: Catalogue) -> None:
    said = brief.how_known(project("i_bruk", stated_by_code=code), catalogue)
    assert said.startswith(("er i bruk (2026), ifølge ", "is in use (2026), according to "))


def known_measured(*, documented: bool = False, by: tuple[str, ...] = ("supplier",), name: str = "A") -> Row:
    return {
        "name": name,
        "is_documented": documented,
        "stated_by_codes": by,
        "documented_benefit_count": 1,
        "measured_by_participant_benefit_count": 3,
    }


def counts(documented: int = 0, measured: int = 0) -> Row:
    return {"documented_project_count": documented, "measured_by_participant_project_count": measured}


def test_who_measured_is_told_with_what_was_measured() -> None:
    assert brief.measured(counts(), [], NB) == "Ingen gevinst er målt i det vi har lest."
    assert brief.measured(counts(0, 1), [known_measured()], NB) == (
        "I ett prosjekt er minst én gevinst målt, og leverandøren oppgir tallene: «A»."
    )
    assert brief.measured(counts(0, 2), [known_measured(), known_measured(by=("owner",), name="B")], NB) == (
        "I to prosjekter er minst én gevinst målt, og de som var med, oppgir tallene: «A» og «B»."
    )
    assert brief.measured(counts(1, 1), [known_measured(documented=True, by=("evaluator",)), known_measured()], EN) == (
        "In one project at least one benefit was measured by others than owner and supplier: “A”. In one "
        "project at least one benefit was measured, and the supplier states the figures: “A”."
    )


def test_many_measured_projects_are_counted() -> None:
    many = [known_measured() for _ in range(4)]
    assert brief.measured(counts(0, 4), many, NB).endswith("leverandørene oppgir tallene.")


def test_what_was_measured_in_one_project_names_who_states_it() -> None:
    assert brief.measured_here(known_measured(), NB) == "har tre målte gevinster, etter opplysning fra leverandøren."
    assert brief.measured_here(known_measured(documented=True, by=("evaluator", "owner")), NB) == (
        "har én dokumentert gevinst, etter opplysning fra en evaluering og eieren."
    )


def silence(*codes: str, catalogue: Catalogue = NB) -> str | None:
    return brief.unknown(figures(project_status=status([project(code) for code in codes])), catalogue)


def test_what_nobody_has_told_is_said_of_what_was_read() -> None:
    assert silence("provd_ut", "i_bruk") is None
    assert silence("provd_ut", "i_gang", "tildelt") == (
        "For 2 av 3 prosjekter viser ingen kilde vi har lest, hvordan det gikk. For ett av dem har vi ikke funnet noe "
        "nyere enn tildelingen."
    )
    assert silence("provd_ut", "i_gang") == "For 1 av 2 prosjekter viser ingen kilde vi har lest, hvordan det gikk."
    assert silence("provd_ut", "tildelt", "ikke_vurdert") == (
        "For 2 av 3 prosjekter har vi ikke funnet noe nyere enn tildelingen."
    )
    assert silence("tildelt", "tildelt", catalogue=EN) == (
        "For all two projects, we have found nothing newer than the award."
    )


def test_goals_are_told_with_how_many_are_said_to_have_come() -> None:
    assert brief.goals({"goal_count": 0, "achieved_goal_count": 0}, NB) == (
        "Ingen gevinst er satt som mål i det vi har lest."
    )
    assert brief.goals({"goal_count": 173, "achieved_goal_count": 9}, NB) == (
        "173 gevinster er satt som mål. For ni av dem sier en kilde at gevinsten er kommet."
    )


def test_whom_we_want_to_hear_from_is_counted_and_nothing_is_said_where_nobody_is_asked() -> None:
    def asked(count: int, catalogue: Catalogue = NB) -> str | None:
        rows = [{"edition_year": 2026, "project_id": f"p{n}"} for n in range(count)]
        return brief.asked(figures(follow_ups=frame(contract("follow_ups"), rows)), catalogue)

    assert asked(0) is None
    assert asked(1) == "I år vil vi høre fra ett prosjekt."
    assert asked(39, EN) == "This year we want to hear from 39 projects."


def test_where_knowledge_is_weakest_is_told_by_age_hope_and_how_much_was_read() -> None:
    def weakest(*projects: Row, only_expected: int = 0) -> str:
        covered = [
            {
                "edition_year": 2026,
                "project_id": f"p{n}",
                **{fact: False for fact in FACTS},
                "has_expected_benefit": n < only_expected,
            }
            for n in range(len(projects))
        ]
        found = figures(
            project_status=status(list(projects)), project_coverage=frame(contract("project_coverage"), covered)
        )
        return brief.weakest(found, NB, stale_after_months=24)

    assert weakest(project("i_bruk")) == "Ingen dokumenter er lest."
    assert weakest(project("i_bruk", old=True), project("provd_ut"), only_expected=2) == (
        "For 1 av 2 prosjekter er det siste vi vet, eldre enn to år. For alle de to prosjektene kjenner vi bare "
        "forventede gevinster. Ingen dokumenter er lest."
    )
