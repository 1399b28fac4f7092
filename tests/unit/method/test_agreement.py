from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from gevinst.method import agreement
from gevinst.method.agreement import coder_agreement, cohen_kappa, krippendorff, of_patterns
from gevinst.method.frames import Rules, lazy
from tests.data.small_edition import dated_sources

LEVELS = ("nominal", "ordinal", "interval", "ratio")
NAN = float("nan")
ratings = arrays(np.float64, (3, 8), elements=st.sampled_from([NAN, 0.0, 1.0, 2.0, 5.0]))


@pytest.mark.parametrize("level", LEVELS)
def test_coders_who_always_agree_get_one_and_coders_who_never_do_get_less_than_chance(level) -> None:
    assert krippendorff([[1, 2, 3, 4], [1, 2, 3, 4]], level).alpha == pytest.approx(1)
    assert krippendorff([[1, 2, 1, 2], [2, 1, 2, 1]], level).alpha < 0


@pytest.mark.parametrize("level", LEVELS)
def test_without_variation_alpha_is_unknown_and_not_one(level) -> None:
    result = krippendorff([[3] * 12, [3] * 12], level)
    assert (result.alpha, result.alpha_low, result.reason_code) == (None, None, "no_variation")
    assert (result.unit_count, result.coder_count, result.rating_count) == (12, 2, 24)


def test_a_unit_with_one_rating_drops_out_whatever_its_value() -> None:
    paired = [[1, 2, 3, 1], [1, 2, 2, 2]]
    lonely = [[1, 2, 3, 1, 9], [1, 2, 2, 2, NAN]]
    assert krippendorff(lonely, "interval") == krippendorff(paired, "interval")


def test_ratings_of_which_no_two_meet_say_nothing() -> None:
    result = krippendorff([[1, NAN, 2], [NAN, 1, NAN]], "ordinal")
    assert (result.alpha, result.reason_code, result.unit_count, result.rating_count) == (None, "no_pairs", 0, 0)
    assert krippendorff(np.empty((0, 0)), "ordinal").reason_code == "no_pairs"


def test_below_ten_units_alpha_stands_without_an_interval() -> None:
    nine, ten = np.tile([[1, 2, 3], [1, 2, 2]], 3), np.tile([[1, 2, 3, 4, 5], [1, 2, 2, 4, 4]], 2)
    few = krippendorff(nine, "ordinal")
    assert few.alpha is not None
    assert (few.unit_count, few.alpha_low, few.alpha_high, few.reason_code) == (9, None, None, "too_few_units")
    enough = krippendorff(ten, "ordinal")
    assert (enough.unit_count, enough.reason_code) == (10, None)
    assert enough.alpha_low < enough.alpha < enough.alpha_high


def test_an_interval_is_not_given_when_many_draws_have_no_variation() -> None:
    # One unit of twelve differs: a third of the draws are without it.
    result = krippendorff([[1] * 11 + [2], [1] * 11 + [2]], "nominal")
    assert (result.alpha, result.alpha_low, result.reason_code) == (pytest.approx(1), None, "no_variation_in_draws")


def test_the_interval_is_the_same_each_time_and_another_with_another_seed() -> None:
    table = np.tile([[1, 2, 3, 4, 5], [1, 3, 2, 4, 4]], 3)
    assert krippendorff(table, "ordinal") == krippendorff(table, "ordinal")
    assert krippendorff(table, "ordinal").alpha_low != krippendorff(table, "ordinal", seed=1).alpha_low


def test_a_million_units_are_drawn_as_the_few_patterns_that_they_share() -> None:
    # Two coders and five values: 15 patterns. Drawn one by one, 2 000 samples of a million units would be 16 GB.
    coders = np.triu_indices(5)
    patterns = np.eye(5)[coders[0]] + np.eye(5)[coders[1]]
    units = np.where(coders[0] == coders[1], 150_000, 25_000)
    result = of_patterns(patterns, units, 2, "ordinal")
    assert (result.unit_count, result.coder_count, result.rating_count) == (1_000_000, 2, 2_000_000)
    assert result.alpha_low < result.alpha < result.alpha_high < result.alpha_low + 0.01


def test_drawing_patterns_gives_the_interval_of_drawing_units(monkeypatch: pytest.MonkeyPatch) -> None:
    table = np.tile([[1, 2, 3, 4, 5, 5], [1, 3, 2, 4, 4, 1]], 20)
    by_unit = krippendorff(table, "ordinal")
    monkeypatch.setattr(agreement, "_ONE_BY_ONE", 0)
    by_pattern = krippendorff(table, "ordinal")
    assert by_pattern.alpha == pytest.approx(by_unit.alpha)
    assert by_pattern != by_unit, "other draws"
    for end in ("alpha_low", "alpha_high"):
        assert getattr(by_pattern, end) == pytest.approx(getattr(by_unit, end), abs=0.02)


@pytest.mark.parametrize("bad", [[[1, float("inf")], [1, 2]], [1, 2, 3]])
def test_ratings_that_are_no_table_of_numbers_are_refused(bad) -> None:
    with pytest.raises(ValueError, match="table of coders by units"):
        krippendorff(bad, "interval")


def test_the_ratio_level_refuses_values_below_zero() -> None:
    with pytest.raises(ValueError, match="below 0"):
        krippendorff([[1, -1], [1, 2]], "ratio")


@given(table=ratings, level=st.sampled_from(LEVELS), seed=st.integers(0, 9))
def test_the_order_of_coders_and_units_does_not_matter(table, level, seed) -> None:
    shuffled = np.random.default_rng(seed).permuted(np.arange(table.shape[1]))
    one, other = krippendorff(table, level), krippendorff(table[::-1, shuffled], level)
    assert other.alpha == (None if one.alpha is None else pytest.approx(one.alpha, abs=1e-12))
    assert other.reason_code == one.reason_code


@given(table=ratings)
def test_names_of_codes_do_not_matter_at_nominal_level_nor_steps_between_them_at_ordinal(table) -> None:
    renamed = np.select([table == 0, table == 1, table == 2, table == 5], [7, 3, 9, 1], NAN)
    stretched = np.select([table == 0, table == 1, table == 2, table == 5], [0, 10, 11, 12], NAN)
    for level, changed in (("nominal", renamed), ("ordinal", stretched)):
        alpha = krippendorff(table, level).alpha
        assert krippendorff(changed, level).alpha == (None if alpha is None else pytest.approx(alpha, abs=1e-12))


def test_kappa_is_unknown_without_units_or_variation_and_needs_the_same_codes() -> None:
    assert cohen_kappa([[0, 0], [0, 0]]) is None
    assert cohen_kappa([[5, 0], [0, 0]]) is None
    with pytest.raises(ValueError, match="square"):
        cohen_kappa([[1, 2, 3], [1, 2, 3]])


def rating(project: str, coder: str, value: int, **more):
    return {
        "assessment_round_id": "round-1",
        "project_id": project,
        "rated_driver_code": "complexity",
        "coder_code": coder,
        "rating": value,
        "assessed_on": date(2020, 1, 1),
        "assessed_precision": "day",
        "source_id": "s",
        **more,
    }


def agreement_in(year: int, ratings: list[dict], **limits: float) -> dict:
    projects = sorted({row["project_id"] for row in ratings})
    tables = {
        "driver_ratings": pl.DataFrame(ratings),
        "sources": dated_sources({"s": date(2020, 6, 1), "later": date(2022, 6, 1)}),
        "edition_years": pl.DataFrame(
            {"edition_year": [2019, 2020, 2022], "as_of_on": [date(y, 12, 31) for y in (2019, 2020, 2022)]}
        ),
        "project_status": pl.DataFrame(
            [(y, project) for y in (2019, 2020, 2022) for project in projects],
            schema={"edition_year": pl.Int64, "project_id": pl.String},
            orient="row",
        ),
    }
    lazily = {name: lazy(frame) for name, frame in tables.items()}
    rows = coder_agreement(lazily, Rules(2019, 2022), **limits).collect("polars").to_native()
    assert rows.height == 6, "a row for each edition and rated driver, also where nothing is known"
    return rows.row(
        by_predicate=(pl.col("edition_year") == year) & (pl.col("rated_driver_code") == "complexity"), named=True
    )


PAIR = [rating(p, coder, v) for p, v in zip("abcd", (1, 2, 4, 5), strict=True) for coder in ("koder_1", "koder_2")]


def test_ratings_count_from_the_edition_that_knows_them() -> None:
    before, after = agreement_in(2019, PAIR), agreement_in(2020, PAIR)
    assert (before["alpha"], before["unit_count"], before["agreement_reason_code"]) == (None, 0, "no_pairs")
    assert (before["is_publishable"], before["is_rankable"]) == (False, False)
    assert (after["alpha"], after["unit_count"], after["coder_count"]) == (pytest.approx(1), 4, 2)
    assert (after["is_publishable"], after["is_rankable"]) == (True, True)


def test_a_newer_round_replaces_the_older_ratings_of_a_project() -> None:
    newer = {"assessment_round_id": "round-2", "assessed_on": date(2022, 1, 1), "source_id": "later"}
    revised = [rating("a", "koder_1", 1, **newer), rating("a", "koder_2", 5, **newer)]
    assert agreement_in(2020, PAIR + revised)["alpha"] == pytest.approx(1)
    row = agreement_in(2022, PAIR + revised)
    assert row["alpha"] < 0.667
    assert (row["unit_count"], row["rating_count"], row["is_publishable"]) == (4, 8, False)


def test_the_limits_are_the_callers_to_set() -> None:
    row = agreement_in(2020, [*PAIR, rating("e", "koder_1", 1), rating("e", "koder_2", 5)], publish_from=-1.0)
    assert (row["is_publishable"], row["is_rankable"]) == (True, False)
