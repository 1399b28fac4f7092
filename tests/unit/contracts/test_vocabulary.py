"""A code list is written once in the code, says what the committed list says, and is not listed again."""

from __future__ import annotations

import ast
import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from gevinst.contracts import vocabulary
from gevinst.layout import STATES

ROOT = Path(__file__).parents[3]
THE_PLACE = ROOT / "gevinst/contracts/vocabulary.py"
FEWEST = 3
"""Pairs of codes are often words of one sentence; from three on it is the list that is repeated."""
ELSEWHERE = (("gevinst/layout.py", "edition_state"), ("gevinst/announcements/", "language"))
"""The ground knows no contracts: the states of an edition are listed only there. The languages that a web page is read
in are those that the reader has words for, nynorsk among them; nothing else is written in three."""

COMPLETE = {
    "status": (vocabulary.AWARDED, *vocabulary.STEPS, *vocabulary.ENDED, vocabulary.NEVER_ASSESSED),
    "evidence": vocabulary.EVIDENCE,
    "participation_role": vocabulary.PARTICIPATION_ROLES,
    "driver": vocabulary.DRIVERS,
    "rated_driver": vocabulary.RATED_DRIVERS,
    "coder": vocabulary.CODERS,
    "association_reason": vocabulary.ASSOCIATION_REASONS,
    "measurement_level": get_args(vocabulary.MeasurementLevel),
    "counterfactual": (*vocabulary.KNOWN_COUNTERFACTUALS, "9"),
    "scenario": vocabulary.SCENARIOS,
    "effect_kind": vocabulary.EFFECT_KINDS,
    "budget_effect": vocabulary.BUDGET_EFFECTS,
    "ramp_up": vocabulary.RAMP_UPS,
    "unit_kind": vocabulary.UNIT_KINDS,
    "benefit_sign": vocabulary.BENEFIT_SIGNS,
    "read_extent": vocabulary.READ_EXTENTS,
    "absence": vocabulary.ABSENCES,
    "follow_up_reason": vocabulary.FOLLOW_UP_REASONS,
    "follow_up_answer": vocabulary.FOLLOW_UP_ANSWERS,
    "last_word": vocabulary.LAST_WORDS,
    "coded_variable": vocabulary.CODED_VARIABLES,
    "measurement_outcome": vocabulary.MEASUREMENT_OUTCOMES,
    "reconciliation_result": vocabulary.RECONCILIATION_RESULTS,
    "change_kind": vocabulary.CHANGE_KINDS,
    "date_precision": vocabulary.DATE_PRECISIONS,
    "severity": tuple(vocabulary.Severity),
    "check_outcome": tuple(vocabulary.CheckOutcome),
    "edition_state": STATES,
}
"""Lists that the code needs whole: a code that is added to one of them asks for a decision here."""
STEP_BY_STEP = {
    "status": (vocabulary.AWARDED, *vocabulary.STEPS),
    "evidence": vocabulary.EVIDENCE,
    "scenario": vocabulary.SCENARIOS,
    "follow_up_reason": vocabulary.FOLLOW_UP_REASONS,
    "last_word": vocabulary.LAST_WORDS,
}
"""Lists whose order the code goes by."""


def codelists() -> dict[str, dict[str, str]]:
    """Ranks by code and list, from the committed file."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    with (ROOT / "gevinst/reference/codelists.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["codelist"]][row["code"]] = row["rank"]
    return found


def repetitions(source: str, lists: dict[str, dict[str, str]]) -> Iterator[tuple[int, str]]:
    """Line and code list of every literal tuple, list, set or dict with three or more codes of one list."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            parts = node.elts
        elif isinstance(node, ast.Dict):
            parts = node.keys
        else:
            continue
        texts = {part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)}
        if len(texts) >= FEWEST:
            yield from ((node.lineno, name) for name, codes in lists.items() if texts <= set(codes))


@pytest.mark.parametrize("codelist", COMPLETE)
def test_a_list_in_the_code_holds_the_codes_of_the_committed_list(codelist: str) -> None:
    assert sorted(COMPLETE[codelist]) == sorted(codelists()[codelist])


@pytest.mark.parametrize("codelist", STEP_BY_STEP)
def test_an_ordered_list_stands_in_the_order_of_its_ranks(codelist: str) -> None:
    ranks = [int(codelists()[codelist][code]) for code in STEP_BY_STEP[codelist]]
    assert ranks == list(range(ranks[0], ranks[0] + len(ranks)))


def test_every_group_of_codes_is_taken_from_one_committed_list() -> None:
    groups = {name: value for name, value in vars(vocabulary).items() if isinstance(value, tuple)}
    assert groups
    lists = [set(codes) for codes in codelists().values()]
    assert [name for name, group in groups.items() if not any(set(group) <= codes for codes in lists)] == []


def test_no_module_lists_a_vocabulary_again() -> None:
    lists = codelists()
    found = [
        f"{path.relative_to(ROOT)}:{line} lists {name} again; import it from gevinst.contracts.vocabulary"
        for package in ("gevinst", "assets", "pipelines")
        for path in sorted((ROOT / package).rglob("*.py"))
        if path != THE_PLACE and "node_modules" not in path.parts
        for line, name in repetitions(path.read_text(encoding="utf-8"), lists)
        if not any(name == known and str(path.relative_to(ROOT)).startswith(place) for place, known in ELSEWHERE)
    ]
    assert found == []


@pytest.mark.parametrize(
    "planted",
    [
        'LEVELS = ("forventet", "oppgitt", "malt_oppgitt", "dokumentert")',
        'LEVELS = ["dokumentert", "oppgitt", "forventet"]',
        'if level in {"forventet", "oppgitt", "dokumentert"}: pass',
        'COLORS = {"forventet": "#fff", "oppgitt": "#ccc", "dokumentert": "#000"}',
    ],
)
def test_a_planted_repetition_is_found_with_its_line(planted: str) -> None:
    assert list(repetitions(f"\n{planted}", codelists())) == [(2, "evidence")]
