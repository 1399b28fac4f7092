"""Ratings of two or more coders compared: pairs, kappa and alpha by hand, and what is left to settle."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from gevinst.method.coding import codings, disagreements


def ratings(**by_coder: str) -> pl.DataFrame:
    """Ratings of complexity by coder: one digit per project, a point where there is none."""
    rows = [
        {
            "assessment_round_id": "r",
            "rated_driver_code": "complexity",
            "project_id": f"p{number:02}",
            "coder_code": coder,
            "rating": int(digit),
        }
        for coder, digits in by_coder.items()
        for number, digit in enumerate(digits)
        if digit != "."
    ]
    return pl.DataFrame(rows)


def test_pairs_kappa_and_alpha_of_two_coders() -> None:
    (found,) = codings(ratings(koder_1="12345511", koder_2="1234511."))
    assert (found.pair_count, found.equal_count, found.coders) == (7, 6, ("koder_1", "koder_2"))
    # By hand: 6 of 7 equal; chance (2*3 + 1*1 + 1*1 + 1*1 + 2*1) / 49 = 11 / 49; kappa (42 - 11) / (49 - 11).
    assert found.kappa == pytest.approx(31 / 38)
    assert found.alpha.unit_count == 7
    assert found.alpha.reason_code == "too_few_units"


def test_a_rating_that_one_coder_alone_gave_is_unlike_every_rating_of_the_other() -> None:
    (found,) = codings(ratings(koder_1="112", koder_2="115"))
    # By hand: 2 of 3 equal; chance (2*2 + 1*0 + 0*1) / 9 = 4 / 9; kappa (6 - 4) / (9 - 4).
    assert found.kappa == pytest.approx(2 / 5)
    (found,) = codings(ratings(koder_1="1234", koder_2="2345"))
    # By hand: none equal, though each is one step off; chance 3 / 16; kappa (0 - 3) / (16 - 3).
    assert found.kappa == pytest.approx(-3 / 13)


def test_coders_who_share_no_project_have_no_pairs_and_no_kappa() -> None:
    (found,) = codings(ratings(koder_1="12..", koder_2="..45"))
    assert (found.pair_count, found.equal_count, found.kappa) == (0, 0, None)
    assert found.alpha.reason_code == "no_pairs"


def test_one_coder_alone_has_no_pairs_and_no_kappa() -> None:
    (found,) = codings(ratings(koder_1="1234"))
    assert (found.coders, found.pair_count, found.kappa, found.alpha.alpha) == (("koder_1",), 0, None, None)


def test_three_coders_have_pairs_and_alpha_but_no_kappa() -> None:
    (found,) = codings(ratings(koder_1="123", koder_2="124", koder_3="1.4"))
    assert (found.pair_count, found.equal_count, found.kappa) == (7, 5, None)
    assert found.alpha.alpha is not None


def test_coders_who_never_vary_have_neither_kappa_nor_alpha() -> None:
    (found,) = codings(ratings(koder_1="333", koder_2="333"))
    assert (found.equal_count, found.kappa, found.alpha.alpha) == (3, None, None)
    assert found.alpha.reason_code == "no_variation"


def test_drivers_and_rounds_are_compared_each_by_itself() -> None:
    alike, apart = ratings(koder_1="12", koder_2="12"), ratings(koder_1="12", koder_2="21")
    other_driver = apart.with_columns(rated_driver_code=pl.lit("implementation_difficulty"))
    other_round = apart.with_columns(assessment_round_id=pl.lit("r2"))
    found = codings(pl.concat([other_round, other_driver, alike]))
    assert [(one.assessment_round_id, one.rated_driver_code, one.kappa) for one in found] == [
        ("r", "complexity", pytest.approx(1)),
        ("r", "implementation_difficulty", pytest.approx(-1)),
        ("r2", "complexity", pytest.approx(-1)),
    ]


def test_disagreements_carry_each_rating_and_the_newest_decision() -> None:
    decided = pl.DataFrame(
        {
            "assessment_round_id": ["r", "r"],
            "rated_driver_code": ["complexity"] * 2,
            "project_id": ["p01", "p01"],
            "decided_on": [date(2027, 5, 1), date(2027, 4, 1)],
            "settled_rating": [4, 2],
        }
    )
    found = list(disagreements(ratings(koder_1="123", koder_2="134"), decided))
    assert [(one.project_id, [row["rating"] for row in one.ratings]) for one in found] == [
        ("p01", [2, 3]),
        ("p02", [3, 4]),
    ]
    assert [one.decision and one.decision["settled_rating"] for one in found] == [4, None]
