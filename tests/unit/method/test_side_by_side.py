"""Schemes beside one another: equal age, the smallest group, what nobody looked for, and who pays beside who gains."""

from __future__ import annotations

from typing import Any

import pytest

from gevinst.contracts.vocabulary import DOCUMENTED, EVIDENCE, EXPECTED, MEASURED_BY_PARTICIPANT, REPORTED
from gevinst.method.frames import Tables, reduced
from gevinst.method.side_by_side import (
    ALL_OWNERS,
    OWNER_NOT_STATED,
    age_bands,
    differing_codes,
    differing_kinds,
    evidence_map,
    payers_and_gainers,
    project_totals,
    stacked,
)
from tests.data.compared_schemes import Project, saved_time, tables_of
from tests.data.marts import YEAR

MIN_N = 5
Row = dict[str, Any]


def beside(*schemes: list[Project]) -> Tables:
    return stacked([(YEAR, tables_of(*projects)) for projects in schemes])


def bands(*schemes: list[Project], min_n: int = MIN_N) -> dict[int | None, tuple[list[int], bool]]:
    """Projects of each scheme by age, and whether the age is compared."""
    rows = reduced(age_bands(beside(*schemes), min_n), "age_years", "place").to_dicts()
    found: dict[int | None, tuple[list[int], bool]] = {}
    for row in rows:
        found.setdefault(row["age_years"], ([], row["is_compared"]))[0].append(row["project_count"])
    return found


def cell(rows: list[Row], **values: object) -> Row:
    (row,) = [row for row in rows if all(row[name] == value for name, value in values.items())]
    return row


def evidence(*schemes: list[Project], min_n: int = MIN_N) -> list[Row]:
    return reduced(evidence_map(beside(*schemes), min_n), "age_years", "place").to_dicts()


def payers(*schemes: list[Project], min_n: int = MIN_N) -> list[Row]:
    return reduced(payers_and_gainers(beside(*schemes), min_n), "age_years", "place").to_dicts()


def shown(row: Row) -> tuple[int | None, int, bool]:
    return row["project_count"], row["base_count"], row["is_withheld"]


@pytest.mark.parametrize(
    ("months", "age"), [(0, 0), (11, 0), (12, 1), (23, 1), (24, 2), (119, 9), (120, 10), (-1, 0), (None, None)]
)
def test_an_age_is_the_whole_years_since_the_award(months: int | None, age: int | None) -> None:
    assert list(bands([Project(months)], [Project(months)])) == [age]


def test_an_age_is_compared_when_every_scheme_has_the_smallest_number_of_projects_and_not_before() -> None:
    five, four = [Project(30)] * 5, [Project(30)] * 4
    assert bands(five, five) == {2: ([5, 5], True)}
    assert bands(five, four) == {2: ([5, 4], False)}
    assert bands(five, five, four) == {2: ([5, 5, 4], False)}


def test_an_age_that_one_scheme_has_not_reached_is_named_with_its_numbers_and_not_compared() -> None:
    assert bands([Project(30)] * 5 + [Project(60)] * 7, [Project(30)] * 6) == {2: ([5, 6], True), 5: ([7, 0], False)}


def test_projects_of_which_nobody_knows_the_award_are_counted_and_never_compared() -> None:
    assert bands([Project(None)] * 9, [Project(None)] * 9) == {None: ([9, 9], False)}
    assert evidence([Project(None)] * 9, [Project(None)] * 9) == []


def test_a_scheme_without_projects_has_a_place_and_stops_every_age() -> None:
    assert bands([Project(30)] * 5, []) == {2: ([5, 0], False)}
    totals = reduced(project_totals(beside([Project(30)] * 5, [])), "place").to_dicts()
    assert totals == [{"place": 0, "project_count": 5}, {"place": 1, "project_count": 0}]


def test_a_limit_of_none_still_needs_a_project_of_each() -> None:
    assert bands([Project(30)], [], min_n=0) == {2: ([1, 0], False)}


def test_a_project_counts_once_in_a_category_at_each_grade_that_it_has() -> None:
    twice = Project(claims=(("resource_use", REPORTED), ("resource_use", REPORTED), ("resource_use", EXPECTED)))
    rows = evidence([twice] + [Project()] * 4, [Project()] * 5)
    of_first = {"place": 0, "benefit_category_code": "resource_use"}
    found = {code: shown(cell(rows, **of_first, evidence_code=code)) for code in EVIDENCE}
    assert found == {
        EXPECTED: (1, 5, False),
        REPORTED: (1, 5, False),
        MEASURED_BY_PARTICIPANT: (0, 5, False),
        DOCUMENTED: (0, 5, False),
    }
    assert cell(rows, **of_first, evidence_code=REPORTED)["share_pct"] == 20


def test_projects_of_another_age_are_in_no_number() -> None:
    older = saved_time(REPORTED, months=60)
    rows = evidence([saved_time(REPORTED)] + [Project()] * 4 + [older] * 3, [Project()] * 5)
    assert {row["age_years"] for row in rows} == {2}
    found = cell(rows, place=0, benefit_category_code="resource_use", evidence_code=REPORTED)
    assert shown(found) == (1, 5, False)


def test_results_are_counted_among_projects_coded_for_results_and_promises_among_those_coded_for_them() -> None:
    only_expected = Project(is_coded_results=False)
    rows = evidence([saved_time(REPORTED)] * 5 + [only_expected] * 3, [Project()] * 5)
    of_time = {"place": 0, "benefit_category_code": "resource_use"}
    assert shown(cell(rows, **of_time, evidence_code=REPORTED)) == (5, 5, False)
    assert shown(cell(rows, **of_time, evidence_code=EXPECTED)) == (0, 8, False)


@pytest.mark.parametrize(("coded", "seen"), [(0, (None, 0, False)), (1, (None, 1, True)), (4, (None, 4, True))])
def test_what_nobody_looked_for_is_unknown_and_what_too_few_are_coded_for_is_withheld(coded: int, seen: Row) -> None:
    projects = [saved_time(REPORTED)] * coded + [Project(is_coded_results=False)] * (6 - coded)
    rows = evidence(projects, [Project()] * 5)
    found = cell(rows, place=0, benefit_category_code="resource_use", evidence_code=REPORTED)
    assert shown(found) == seen
    assert found["share_pct"] is None


def test_what_was_looked_for_and_not_found_is_nought_of_so_many() -> None:
    rows = evidence([Project()] * 5, [Project()] * 5)
    assert {shown(row) for row in rows} == {(0, 5, False)}


def test_a_general_potential_is_no_benefit_and_has_no_row() -> None:
    potential = Project(claims=(("general_potential", EXPECTED),))
    rows = evidence([potential] * 5, [potential] * 5)
    assert "general_potential" not in {row["benefit_category_code"] for row in rows}
    assert {row["project_count"] for row in rows} == {0}


def test_each_scheme_has_every_category_and_grade_whether_or_not_anything_is_found() -> None:
    rows = evidence([saved_time()] * 5, [Project()] * 5)
    keys = [(row["benefit_category_code"], row["evidence_code"]) for row in rows]
    assert len(keys) == 2 * len(set(keys)) == 2 * 9 * len(EVIDENCE)


def test_who_pays_stands_beside_who_gains_and_a_benefit_for_several_counts_with_each() -> None:
    for_two = Project(benefits=(("reported", "innbygger", "virksomhet"), ("documented", "innbygger")))
    rows = payers([for_two] * 5 + [Project()], [Project()] * 5)
    state = {"place": 0, "owner_level": "stat", "is_achieved": True}
    found = {row["beneficiary_code"]: shown(row) for row in rows if row.items() >= state.items()}
    assert found["innbygger"] == found["virksomhet"] == (5, 5, False)
    assert found["naeringsliv"] == (0, 5, False)
    assert {row["owned_count"] for row in rows if row.items() >= state.items()} == {6}


def test_what_is_promised_is_never_among_what_is_achieved() -> None:
    rows = payers([Project(benefits=(("promised", "innbygger"),))] * 5, [Project()] * 5)
    state = {"place": 0, "owner_level": "stat", "beneficiary_code": "innbygger"}
    assert shown(cell(rows, **state, is_achieved=False)) == (5, 5, False)
    assert shown(cell(rows, **state, is_achieved=True)) == (None, 0, False)


@pytest.mark.parametrize(("count", "seen"), [(4, (None, 4, True)), (5, (5, 5, False))])
def test_a_level_with_benefits_in_too_few_projects_is_withheld(count: int, seen: Row) -> None:
    owned = Project(benefits=(("measured", "samfunn"),), owners=("kommune",))
    rows = payers([owned] * count + [Project()] * 2, [Project()] * 5)
    state = {"place": 0, "owner_level": "kommune", "is_achieved": True, "beneficiary_code": "samfunn"}
    assert shown(cell(rows, **state)) == seen


def test_a_project_of_two_levels_counts_in_each_and_once_in_all() -> None:
    shared = Project(benefits=(("reported", "ansatte"),), owners=("stat", "kommune"))
    rows = payers([shared] * 5, [Project(owners=())] * 5)
    state = {"place": 0, "is_achieved": True, "beneficiary_code": "ansatte"}
    for level in ("stat", "kommune", ALL_OWNERS):
        assert shown(cell(rows, **state, owner_level=level)) == (5, 5, False)
        assert cell(rows, **state, owner_level=level)["owned_count"] == 5


def test_a_project_whose_owner_nobody_knows_is_told_apart_and_a_benefit_for_nobody_named_too() -> None:
    rows = payers([Project(benefits=(("reported",),), owners=())] * 5, [Project()] * 5)
    state = {"place": 0, "owner_level": OWNER_NOT_STATED, "is_achieved": True}
    assert shown(cell(rows, **state, beneficiary_code="ikke_oppgitt")) == (5, 5, False)
    assert cell(rows, place=1, owner_level=OWNER_NOT_STATED, is_achieved=True, beneficiary_code="samfunn") == {
        "place": 1,
        "age_years": 2,
        "owner_level": OWNER_NOT_STATED,
        "is_achieved": True,
        "beneficiary_code": "samfunn",
        "owned_count": 0,
        "project_count": None,
        "base_count": 0,
        "is_withheld": False,
        "share_pct": None,
    }


def test_marts_of_earlier_years_are_no_part_of_an_edition() -> None:
    tables = tables_of(*[saved_time(REPORTED)] * 5)
    assert reduced(project_totals(stacked([(YEAR, tables), (YEAR - 1, tables)])), "place")[
        "project_count"
    ].to_list() == [
        5,
        0,
    ]


def test_lists_are_the_same_when_every_code_has_the_same_meaning_in_all_of_them() -> None:
    ladder = {"i_bruk": [5, "I bruk"], "provd_ut": [3, "Prøvd ut"]}
    assert differing_codes([ladder, dict(reversed(ladder.items())), ladder]) == []


@pytest.mark.parametrize(
    "other",
    [
        {"i_bruk": [5, "I bruk"], "provd_ut": [4, "Prøvd ut"]},
        {"i_bruk": [5, "I bruk"], "provd_ut": [3, "Prøvd av én"]},
        {"i_bruk": [5, "I bruk"]},
        {"i_bruk": [5, "I bruk"], "provd_ut": None},
    ],
    ids=["another place", "other words", "missing", "without a meaning"],
)
def test_a_code_that_one_list_lacks_or_that_means_something_else_differs(other: dict[str, object]) -> None:
    ladder: dict[str, object] = {"i_bruk": [5, "I bruk"], "provd_ut": [3, "Prøvd ut"]}
    assert differing_codes([ladder, ladder, other]) == ["provd_ut"]
    assert differing_codes([other, ladder]) == ["provd_ut"]


def test_a_kind_of_benefit_differs_when_two_schemes_sort_it_differently_and_not_when_one_has_it_alone() -> None:
    first = {"own": "solutions", "time": "resource_use"}
    assert differing_kinds([first, {"time": "resource_use"}]) == []
    assert differing_kinds([first, {"time": "societal_effects"}, {"own": "solutions"}]) == ["time"]
