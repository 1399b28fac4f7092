from __future__ import annotations

import json

from tests.data.published import AREAS, KINDS, rows


def test_every_published_case_is_run_once_and_says_where_it_stands() -> None:
    cases = rows()
    assert len({case["case_id"] for case in cases}) == len(cases)
    for case in cases:
        assert case["area"] in AREAS, case
        assert case["kind"] in KINDS, case
        assert case["source"], case
        assert json.loads(case["expected"]) is not None, case


def test_most_answers_are_somebody_elses() -> None:
    kinds = [case["kind"] for case in rows()]
    assert kinds.count("PUB") > len(kinds) / 2
