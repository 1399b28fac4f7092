from __future__ import annotations

import tracemalloc
from math import factorial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from gevinst.method.association import (
    DRAWS,
    PERMUTED_UP_TO,
    SMALLEST_P,
    holm,
    kendall,
    kendall_interval,
    leave_one_out,
    spearman,
    spearman_interval,
)

pairs = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=4, max_size=7)


@settings(deadline=None)
@given(rows=pairs, seed=st.integers(0, 9))
def test_estimates_are_scipys_and_the_order_of_rows_does_not_matter(rows, seed) -> None:
    x, y = np.array(rows, dtype=float).T
    order = np.random.default_rng(seed).permuted(np.arange(len(x)))
    constant = len(set(x)) < 2 or len(set(y)) < 2
    for ours, theirs in ((spearman, stats.spearmanr), (kendall, stats.kendalltau)):
        result = ours(x, y)
        assert result == ours(x[order], y[order])
        assert result.estimate == (None if constant else pytest.approx(theirs(x, y).statistic, abs=1e-12))


@settings(deadline=None)
@given(rows=pairs)
def test_the_exact_p_is_a_share_of_all_orders_and_symmetric(rows) -> None:
    x, y = np.array(rows, dtype=float).T
    for test in (spearman, kendall):
        result = test(x, y)
        if result.p is None:
            continue
        assert 0 < result.p <= 1
        assert result.p * factorial(len(x)) == pytest.approx(round(result.p * factorial(len(x))))
        mirrored, swapped = test(x, -y), test(y, x)
        assert (mirrored.p, mirrored.estimate) == (pytest.approx(result.p), pytest.approx(-result.estimate))
        assert swapped.p == pytest.approx(result.p)


def test_the_exact_p_of_kendall_is_scipys_without_ties() -> None:
    x, y = np.arange(7), np.array([2, 0, 1, 5, 3, 6, 4])
    assert kendall(x, y).p == pytest.approx(stats.kendalltau(x, y, method="exact").pvalue)


def test_above_eight_pairs_orders_are_drawn_the_same_each_time_and_p_is_never_zero() -> None:
    x = np.arange(9.0)
    drawn = spearman(x, x)
    assert drawn == spearman(x, x)
    assert 1 / (DRAWS + 1) <= drawn.p < 0.001
    y = np.array([3, 1, 4, 0, 5, 8, 2, 7, 6])
    exact, close = spearman(x, y, exact_up_to=9), spearman(x, y)
    assert close.p != exact.p
    assert close.p == pytest.approx(exact.p, abs=5 * (exact.p * (1 - exact.p) / DRAWS) ** 0.5)
    assert kendall(x, y).p == pytest.approx(kendall(x, y, exact_up_to=9).p, abs=0.02)


def test_three_pairs_or_no_variation_or_nothing_known_give_no_correlation() -> None:
    for test in (spearman, kendall):
        assert (test([1, 2, 3], [1, 2, 3]).estimate, test([1, 2, 3], [1, 2, 3]).p) == (None, None)
        assert (test([1, 1, 1, 1, 1], [1, 2, 3, 4, 5]).estimate, test([], []).pair_count) == (None, 0)
        known = test([1, 2, 3, 4, np.nan, 9, np.nan], [1, 2, 3, 4, 5, np.nan, np.nan])
        assert (known.pair_count, known.estimate) == (4, pytest.approx(1))


@pytest.mark.parametrize(
    ("x", "y"),
    [
        ([1, 2, 3, 4], [1, 2, 3]),
        ([1, 2, 3], [1, 2, 3, 4]),
        (1.0, 2.0),
        ([[1, 2], [3, 4]], [[1, 2], [3, 4]]),
        ([1, 2, 3, 4], [[1, 2, 3, 4]]),
    ],
)
def test_only_two_vectors_of_one_length_are_compared(x, y) -> None:
    for test in (spearman, kendall, leave_one_out):
        with pytest.raises(ValueError, match="two vectors of one length are needed"):
            test(x, y)


def test_a_drawn_p_counts_the_order_that_was_seen_and_does_not_follow_the_rows() -> None:
    x = np.arange(20.0)
    assert spearman(x, x).p == 1 / (DRAWS + 1), "no drawn order of twenty is as extreme"
    y = np.array([3, 1, 4, 0, 5, 8, 2, 7, 6, 9, 11, 10])
    shuffled = np.random.default_rng(1).permutation(len(y))
    for test in (spearman, kendall):
        assert test(shuffled, y[shuffled]) == test(np.arange(len(y)), y)


def test_leaving_one_out_shows_how_much_hangs_on_one_project() -> None:
    x, y = [1, 2, 3, 4, 5, 6], [2, 1, 4, 3, 5, 0]
    low, high = leave_one_out(x, y)
    assert low < spearman(x, y).estimate < high
    assert high == pytest.approx(spearman(x[:-1], y[:-1]).estimate)
    assert leave_one_out([1, 1, 1, 1, 1, 2], [1, 2, 3, 4, 5, 6]) is None
    assert leave_one_out([1, 2, 3, 4], [1, 2, 3, 4]) is None


def test_the_interval_of_a_correlation_narrows_with_pairs_and_has_no_value_at_the_ends() -> None:
    # By hand: artanh 0.5 = 0.549306, se = sqrt(1.125 / 25) = 0.212132, z = 1.959964.
    low, high = spearman_interval(0.5, 28)
    assert (low, high) == (pytest.approx(np.tanh(0.133535), abs=1e-5), pytest.approx(np.tanh(0.965077), abs=1e-5))
    wider = spearman_interval(0.5, 20)
    assert wider[0] < low < 0.5 < high < wider[1]
    assert spearman_interval(-0.5, 28) == (pytest.approx(-high), pytest.approx(-low))
    assert spearman_interval(0.0, 4) is not None
    assert [spearman_interval(rho, n) for rho, n in ((1.0, 28), (-1.0, 28), (0.5, 3))] == [None, None, None]


def test_the_interval_of_kendalls_tau_is_that_of_fieller_hartley_and_pearson() -> None:
    # By hand: artanh 0.5 = 0.549306, se = sqrt(0.437 / 24) = 0.134939, z = 1.959964.
    low, high = kendall_interval(0.5, 28)
    assert (low, high) == (pytest.approx(np.tanh(0.284831), abs=1e-5), pytest.approx(np.tanh(0.813781), abs=1e-5))
    assert kendall_interval(-0.5, 28) == (pytest.approx(-high), pytest.approx(-low))
    assert [kendall_interval(tau, n) for tau, n in ((1.0, 28), (-1.0, 28), (0.5, 4))] == [None, None, None]


def test_holm_counts_only_tests_that_were_made() -> None:
    assert holm([0.01, None, 0.04, 0.03]) == [pytest.approx(0.03), None, pytest.approx(0.06), pytest.approx(0.06)]
    assert holm([None, None]) == [None, None]
    assert holm([0.6, 0.9]) == [1.0, 1.0]


def going_together(n: int, noise: float) -> tuple[np.ndarray, np.ndarray]:
    """A rating of five levels and a step of eight that rises with it, as much as the noise lets it."""
    generator = np.random.default_rng(1)
    rating = generator.integers(1, 6, n)
    return rating, np.clip(np.rint(rating + generator.normal(0, noise, n)), -1, 6)


def test_orders_are_drawn_for_a_hundred_pairs_and_from_one_more_p_is_approximated() -> None:
    x, y = going_together(101, 8.0)
    for test in (spearman, kendall):
        drawn, approximated = test(x[:100], y[:100]), test(x, y)
        assert (drawn.order_count, approximated.order_count) == (DRAWS + 1, 0)
        assert drawn.p * (DRAWS + 1) == pytest.approx(round(drawn.p * (DRAWS + 1)))
    assert [spearman(x[:n], y[:n]).order_count for n in (7, 8, 9)] == [5040, 40320, DRAWS + 1]
    assert spearman(x[:3], y[:3]).order_count is None, "no p, so no orders behind it"


@pytest.mark.parametrize("noise", [4.0, 16.0])
def test_the_approximation_is_as_near_to_a_drawn_p_as_two_drawings_are_to_each_other(noise) -> None:
    x, y = going_together(PERMUTED_UP_TO + 1, noise)
    for test in (spearman, kendall):
        near = test(x, y).p
        for seed in (1, 2):
            drawn = test(x, y, seed=seed, permuted_up_to=PERMUTED_UP_TO + 1).p
            assert near == pytest.approx(drawn, abs=4 * (near * (1 - near) / DRAWS) ** 0.5 + 1 / DRAWS)


def test_the_approximated_p_of_kendall_is_scipys_with_ties_and_without() -> None:
    ties = going_together(300, 8.0)
    for x, y in (ties, np.random.default_rng(2).random((2, 300))):
        theirs = stats.kendalltau(x, y, method="asymptotic")
        ours = kendall(x, y)
        assert (ours.estimate, ours.p) == (pytest.approx(theirs.statistic), pytest.approx(theirs.pvalue))


def test_an_approximated_p_far_out_in_the_tail_is_never_zero() -> None:
    x = np.arange(2_000.0)
    assert (spearman(x, x).p, kendall(x, -x).p) == (SMALLEST_P, SMALLEST_P)


@settings(deadline=None)
@given(rows=pairs, times=st.lists(st.integers(1, 30), min_size=7, max_size=7))
def test_counts_of_pairs_say_the_same_as_the_pairs_themselves(rows, times) -> None:
    counts = times[: len(rows)]
    x, y = np.array(rows, dtype=float).T
    each = np.repeat(x, counts), np.repeat(y, counts)
    for test in (spearman, kendall):
        assert test(x, y, counts, permuted_up_to=8) == test(*each, permuted_up_to=8)
    assert leave_one_out(x, y, counts) == leave_one_out(*each)


@settings(deadline=None)
@given(rows=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=5, max_size=20))
def test_the_range_with_one_left_out_is_that_of_the_correlations_without_each(rows) -> None:
    x, y = np.array(rows, dtype=float).T
    without = [spearman(np.delete(x, place), np.delete(y, place), permuted_up_to=0).estimate for place in range(len(x))]
    assert leave_one_out(x, y) == (None if None in without else (min(without), max(without)))


def test_a_million_pairs_of_few_levels_and_ten_thousand_that_all_differ_take_seconds() -> None:
    # All pairs of pairs would be 5 * 10**11 and 5 * 10**7 numbers, for each of ten thousand orders.
    x, y = going_together(1_000_000, 8.0)
    assert spearman(x, y).estimate == pytest.approx(kendall(x, y).estimate, abs=0.1)
    low, high = leave_one_out(x, y)
    assert low < spearman(x, y).estimate < high < low + 1e-5
    a, b = np.random.default_rng(3).random((2, 10_000))
    assert kendall(a, b).estimate == pytest.approx(stats.kendalltau(a, b).statistic, abs=1e-12)


def test_values_too_many_and_too_different_to_compare_are_refused_instead_of_waited_for() -> None:
    x = np.arange(20_000.0)
    with pytest.raises(ValueError, match="20000 different values by 20000 are too many to compare"):
        kendall(x, x)


def test_neither_drawing_nor_counting_takes_more_memory_than_a_part_of_it_needs() -> None:
    few, many = going_together(100, 8.0), np.random.default_rng(3).random((2, 4_000))
    spearman(*few)  # SciPy loads first
    for of in (few, many):
        tracemalloc.start()
        kendall(*of)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        # At once, all orders would take 400 MB (9 999 of 4 950 pairs), and the table of counts 130 MB a copy.
        assert peak < 100_000_000
