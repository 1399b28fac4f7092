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


def test_a_permutation_test_of_many_projects_stays_within_memory() -> None:
    generator = np.random.default_rng(1)
    x, y = generator.integers(1, 6, 120), generator.integers(1, 8, 120)
    spearman(x, y)  # SciPy loads first
    tracemalloc.start()
    kendall(x, y)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    # All orders at once would take 570 MB: 9 999 orders of 7 140 pairs.
    assert peak < 100_000_000
