"""Headings of the page about the scheme say what the numbers show: none, unknown, one, many and a tie."""

from __future__ import annotations

from typing import Any

import pytest

from gevinst.contracts import contract
from gevinst.language.texts import Catalogue
from gevinst.site.sentences import scheme as sentences
from tests.data.marts import mart_of, projects_known
from tests.data.scheme_tables import SOURCED, SOURCES, award, counted, names, overview, priced
from tests.data.small_edition import frame

NB, EN = Catalogue("nb"), Catalogue("en")


@pytest.mark.parametrize(
    ("rows", "nb"),
    [
        ([], "Ingen runder er kjent"),
        ([award(None)], "Beløpet er ukjent for den ene runden"),
        ([award(None), award(None)], "Beløpet er ukjent for alle to runder"),
        (
            [award(5e6, amount_kind_code="frame_plus_options")],
            "Tildelt støtte i faste kroner er ikke kjent for noen runde",
        ),
        ([award(5e6)], "Runde r0 fikk mest støtte: 6,0 mill. kr i 2024-kroner"),
        (
            [award(5e6), award(5e6, cohort_year=2018), award(None)],
            "Runde r0 og runde r1 fikk mest støtte: 6,0 mill. kr hver i 2024-kroner; for én er beløpet ukjent",
        ),
        (
            [award(5e6), award(90e6, cohort_year=2020, amount_kind_code="frame_plus_options")],
            "Runde r0 fikk mest støtte: 6,0 mill. kr i 2024-kroner; for én runde er bare et annet slags beløp kjent",
        ),
    ],
    ids=["none", "one unknown", "all unknown", "only a frame", "one", "tie and unknown", "a larger frame is no award"],
)
def test_the_largest_award_stated_is_among_awards_only(rows, nb: str) -> None:
    amounts = priced(*rows)
    lines = dict(names(amounts).select("round_id", "name_nb").iter_rows())
    headlines = counted(round_overview=overview(*rows), round_amounts=amounts)
    heading = sentences.money_heading(headlines, amounts.sort("cohort_year", "round_id").to_dicts(), lines, NB)
    assert heading.replace("\u00a0", " ") == nb


@pytest.mark.parametrize(
    ("rows", "nb", "en"),
    [
        ([], "Ingen tildelingsrunder er kjent.", "No award rounds are known."),
        ([{"applicant_count": None, "selected_count": 4}], "Én tildelingsrunde er kjent.", "One award round is known."),
        (
            [{"applicant_count": 40, "selected_count": 4}],
            "I den ene runden der både søkere og valgte er kjent, ble 4 av 40 søkere valgt (10 %).",
            "In the one round where both applicants and selected are known, 4 of 40 applicants were selected (10%).",
        ),
        (
            [
                {"applicant_count": 40, "selected_count": 4},
                {"applicant_count": 10, "selected_count": 6},
                {"applicant_count": None, "selected_count": 90},
                {"applicant_count": 90, "selected_count": None},
            ],
            "I de to rundene der både søkere og valgte er kjent, ble 10 av 50 søkere valgt (20 %).",
            "In the two rounds where both applicants and selected are known, 10 of 50 applicants were selected (20%).",
        ),
    ],
    ids=["none", "unknown", "one", "only rounds with both"],
)
def test_the_share_selected_is_of_rounds_where_both_numbers_are_known(rows, nb: str, en: str) -> None:
    found = counted(round_overview=overview(*rows))
    assert sentences.scheme_lead(found, NB).replace("\u00a0", " ").startswith(nb)
    assert sentences.scheme_lead(found, EN).startswith(en)


def test_who_took_part_and_what_goes_on_is_stated_for_none_one_and_many() -> None:
    names_of = ("supplier_count", "organisation_count", "onward_project_count", "spread_project_count")
    counts = [{**counted(), **dict.fromkeys(names_of, n)} for n in (0, 1, 3)]
    none, one, many = (sentences.scheme_lead(found, NB) for found in counts)
    assert "Ingen virksomheter og ingen leverandører" in none
    assert "Én virksomhet og én leverandør" in one
    assert "Tre virksomheter og tre leverandører" in many
    onward = [sentences.onward_heading(found, NB) for found in counts]
    assert "ingen er kjent spredt" in onward[0] and "ett er spredt" in onward[1]
    assert onward[2].startswith("Tre prosjekter bygger på")


def told(*rows: dict[str, Any]) -> tuple[dict[str, Any], str | None]:
    found = counted(round_overview=overview(*rows), round_amounts=priced(*rows))
    text = sentences.granted(found, NB)
    return found, None if text is None else text.replace("\u00a0", " ")


def test_what_was_granted_is_told_by_kind_of_amount_and_never_added_across_kinds() -> None:
    frame_only = award(8e6, amount_kind_code="frame_plus_options")
    assert told()[1] is None
    assert told(award(None))[1] is None
    assert (
        told(award(5e6))[1]
        == "Ordningen har tildelt 5,0 mill. kr i den ene runden der beløpet er oppgitt som tildelt støtte."
    )
    found, text = told(award(5e6), award(5e6), frame_only, award(None))
    assert (found["awarded_amount"], found["frame_amount"]) == (10e6, 8e6)
    assert text == (
        "Ordningen har tildelt 10,0 mill. kr i de to rundene der beløpet er oppgitt som tildelt støtte. "
        "For én runde er bare en ramme kjent, 8,0 mill. kr; den kan ikke legges til. For én runde er beløpet ukjent."
    )
    assert told(frame_only)[1] == "For én runde er bare en ramme kjent, 8,0 mill. kr; den kan ikke legges til."


def test_other_grants_are_said_to_be_no_benefit_and_unknown_amounts_to_be_left_out() -> None:
    blank = {"follow_on_amount": None, "follow_on_project_count": 0, "follow_on_unknown_count": 1}
    assert sentences.followed(blank, NB) is None
    known = {"follow_on_amount": 15e6, "follow_on_project_count": 1, "follow_on_unknown_count": 2}
    text = sentences.followed(known, NB) or ""
    assert text.replace("\u00a0", " ") == (
        "Det er gitt 15,0 mill. kr i andre tilskudd til arbeid som bygger videre på ett prosjekt; det er ikke en "
        "gevinst. To tilsagn uten kjent beløp er ikke regnet med."
    )
    assert "no benefit" in (sentences.followed(known, EN) or "")


@pytest.mark.parametrize(
    ("actors", "expected"),
    [
        ([], "Ingen prosjekter er kjent"),
        ([None, None], "Ingen kjente aktører i noen av prosjektene"),
        ([2, 5], "Ingen av to prosjekter har bare én kjent aktør; det som har flest, har fem"),
        ([1, 5, None], "Ett av to prosjekter har bare én kjent aktør; det som har flest, har fem"),
        ([1, 1], "Alle de to prosjektene har bare én kjent aktør"),
    ],
)
def test_actors_are_counted_among_projects_where_they_are_known(actors, expected: str) -> None:
    table = frame(
        contract("driver_table"),
        [{"edition_year": 2026, "project_id": f"p{n}", "actor_count": count} for n, count in enumerate(actors)],
    )
    found = counted(project_status=projects_known(len(actors)), driver_table=table)
    assert sentences.partners_heading(found, NB) == expected


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([], "Ingen leverandører er kjent"),
        ([1, 1], "Ingen av to kjente leverandører har vært med i mer enn ett prosjekt"),
        (
            [3, 1],
            "Én av to kjente leverandører har vært med i mer enn ett prosjekt; den som har vært med i flest, har tre",
        ),
        (
            [3, 3, 1],
            "To av tre kjente leverandører har vært med i mer enn ett prosjekt; to har vært med i flest",
        ),
    ],
)
def test_concentration_of_suppliers_is_described_in_words(counts, expected: str) -> None:
    rows = [
        {"project_id": f"p{project}", "organisation_id": f"o{supplier}", "role_code": "supplier", **SOURCED}
        for supplier, projects in enumerate(counts)
        for project in range(projects)
    ]
    inputs = {
        "participations": frame(contract("participations"), rows),
        "project_status": projects_known(7),
        "sources": SOURCES,
    }
    found = counted(**inputs, supplier_deliveries=mart_of("supplier_deliveries", **inputs))
    assert sentences.suppliers_heading(found, NB).startswith(expected)


def owned(**counts: int) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """`owner_groups` of as many projects per level as named, and what the levels are called."""
    levels = {level: number for number, level in enumerate(counts)}
    rows = [
        {"project_id": f"p{level}-{project}", "organisation_id": level, "role_code": "owner", **SOURCED}
        for level, projects in counts.items()
        for project in range(projects)
    ]
    status = [{"edition_year": 2026, "project_id": row["project_id"]} for row in rows]
    groups = mart_of(
        "owner_groups",
        participations=frame(contract("participations"), rows),
        organisations=frame(contract("organisations"), [{"organisation_id": one, "level_code": one} for one in levels]),
        project_status=frame(contract("project_status"), status),
        sources=SOURCES,
    )
    return groups.to_dicts(), {level: level.capitalize() for level in levels}


def test_the_level_that_owns_most_is_reported_and_a_tie_names_both() -> None:
    assert sentences.owners_heading(*owned(stat=3, kommune=1), 4, NB) == "Flest prosjekter eies av staten: 3 av 4"
    assert "eies av staten og kommuner: 2 av 4 hver" in sentences.owners_heading(
        *owned(stat=2, kommune=2, annet=0), 4, NB
    )
    assert sentences.owners_heading(*owned(), 2, NB) == "Eieren er ukjent for alle prosjektene"


def test_the_grants_known_are_stated_for_all_projects() -> None:
    grants = [{"edition_year": 2026, "project_id": f"p{n}", "grant_amount": 1.0} for n in range(4)]
    found = counted(project_status=projects_known(40), grant_amounts=frame(contract("grant_amounts"), grants))
    assert sentences.grants_heading(found, NB) == "Støtten til det enkelte prosjekt er kjent for fire av 40 prosjekter"
