"""Rank correlations: in small populations with permutation tests that need no assumption, in large ones approximated.

Belongs here: Spearman and Kendall with their intervals, leave-one-out and Holm, from pairs or from counts of pairs.
Does not belong here: which vectors are compared and what may be shown (`drivers.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import erfc, factorial, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gevinst.method.scipy_stats import Floats, permutation_p

_Levels = NDArray[np.int64]

SEED = 20_161_117
"""Seed of every drawn permutation, so that an edition can be computed again."""

DRAWS = 9_999
"""With the order that was seen, 10 000: the smallest p that can come out is then a round 0.0001."""

EXACT_UP_TO = 8
"""From nine pairs on (362 880 orders), permutations are drawn instead of counted: counting would take seconds."""

PERMUTED_UP_TO = 100
"""From 101 pairs on, p is from the normal distribution: by then it differs from a drawn p about as much as two drawings
from each other, while the orders of a thousand pairs would take minutes."""

SMALLEST_P = 1e-12
"""An approximated p below this is given as this: so far out, a normal tail says nothing of the orders any more."""

_CELLS = 1_000_000
"""Numbers that one batch of orders, or one table of counts, may hold (8 MB a copy), whatever the number of projects."""

_MOST_CELLS = 200_000_000
"""Different values of x times those of y that are compared with each other: some seconds. Ten thousand projects may
all differ from each other in both; of a million, one of the two has a few levels."""


@dataclass(frozen=True, slots=True)
class Association:
    """A rank correlation: pairs used, estimate (-1 to 1) and two-sided p; both null where undefined.

    `order_count` is of how many orders p is a share, that which was seen included; 0 where p is approximated.
    """

    pair_count: int
    estimate: float | None
    p: float | None
    order_count: int | None = None


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Different pairs of known values, in an order of their own, so that drawn permutations do not follow the rows'.

    `x` and `y` are the levels of their values (0 is the lowest), and `counts` how often each pair occurs.
    """

    x: _Levels
    y: _Levels
    counts: Floats

    @property
    def n(self) -> int:
        return int(self.counts.sum())


def spearman(
    x: ArrayLike,
    y: ArrayLike,
    counts: ArrayLike | None = None,
    *,
    seed: int = SEED,
    exact_up_to: int = EXACT_UP_TO,
    permuted_up_to: int = PERMUTED_UP_TO,
) -> Association:
    """Spearman's rank correlation with mid-ranks for ties, and its test against chance orders.

    `counts` says how often each pair occurs; without it, once. p is the share of orders with |rho*| >= |rho|: of all n!
    orders for n <= `exact_up_to`, else (b + 1) / (N + 1) of N = 9 999 orders drawn with `seed`. For
    n > `permuted_up_to` it is two-sided from the normal distribution with the variance 1 / (n - 1), which is that of
    rho over all orders, with ties too. Null for n <= 3 and when either vector is constant. Pairs with an unknown value
    (NaN) are left out. The order of the pairs does not matter.
    Source: Spearman (1904); Phipson and Smyth (2010) for p from drawn permutations; Hoeffding (1951), A combinatorial
    central limit theorem, for the variance and the approximation.
    """
    pairs = _pairs(x, y, counts)
    a, b, weights = _centred_ranks(pairs.x, pairs.counts), _centred_ranks(pairs.y, pairs.counts), pairs.counts
    scale = sqrt(float(weights @ a**2) * float(weights @ b**2))
    if pairs.n <= 3 or scale == 0:
        return Association(pairs.n, None, None)
    rho = float(weights @ (a * b)) / scale
    if pairs.n > permuted_up_to:
        return Association(pairs.n, rho, _normal_p(rho * sqrt(pairs.n - 1)), 0)
    first, second = (_one_by_one(ranks, weights) for ranks in (a, b))
    return _permuted(rho, second, lambda orders: orders @ first, pairs.n, seed, exact_up_to)


def kendall(
    x: ArrayLike,
    y: ArrayLike,
    counts: ArrayLike | None = None,
    *,
    seed: int = SEED,
    exact_up_to: int = EXACT_UP_TO,
    permuted_up_to: int = PERMUTED_UP_TO,
) -> Association:
    """Kendall's tau-b, tested as `spearman` is; for n > `permuted_up_to` with the variance that ties leave.

    SciPy's own p for tau is exact only without ties, and coded drivers are full of ties. Raises `ValueError` for
    values too many and too different (`_MOST_CELLS`).
    Source: Kendall (1938, 1945 for ties); Kendall and Gibbons (1990), Rank Correlation Methods, chapter 4, for the
    variance.
    """
    pairs = _pairs(x, y, counts)
    of_x, of_y = _summed(pairs.x, pairs.counts), _summed(pairs.y, pairs.counts)
    scale = sqrt(_untied(of_x) * _untied(of_y))
    if pairs.n <= 3 or scale == 0:
        return Association(pairs.n, None, None)
    # Every two pairs are met twice, once from each.
    excess = float(pairs.counts @ _concordance(pairs)) / 2
    if pairs.n > permuted_up_to:
        return Association(pairs.n, excess / scale, _normal_p(excess / sqrt(_excess_variance(of_x, of_y))), 0)
    a, b = (_one_by_one(levels, pairs.counts) for levels in (pairs.x, pairs.y))
    left, right = np.triu_indices(pairs.n, 1)
    signs = np.sign(a[left] - a[right])

    def concordance(orders: Floats) -> Floats:
        return np.sign(orders[..., left] - orders[..., right]) @ signs

    return _permuted(excess / scale, b, concordance, len(left), seed, exact_up_to)


def spearman_interval(rho: float, pair_count: int, confidence: float = 0.95) -> tuple[float, float] | None:
    """The interval of a Spearman correlation from `pair_count` pairs: tanh(artanh(rho) -+ z * se).

    se = sqrt((1 + rho**2 / 2) / (n - 3)), which allows for ranks varying more than measured values do. `None` for
    three pairs or fewer and for rho of 1 or -1, where the transformation has no value.
    Source: Bonett and Wright (2000), Sample size requirements for estimating Pearson, Kendall and Spearman
    correlations, Psychometrika 65.
    """
    if pair_count <= 3:
        return None
    return _transformed_interval(rho, float(np.sqrt((1 + rho**2 / 2) / (pair_count - 3))), confidence)


def kendall_interval(tau: float, pair_count: int, confidence: float = 0.95) -> tuple[float, float] | None:
    """The interval of Kendall's tau from `pair_count` pairs: tanh(artanh(tau) -+ z * sqrt(0.437 / (n - 4))).

    `None` for four pairs or fewer and for tau of 1 or -1. Good up to |tau| of about 0.8, and somewhat narrow above.
    Source: Fieller, Hartley and Pearson (1957), Tests for rank correlation coefficients, Biometrika 44; also Bonett
    and Wright (2000).
    """
    if pair_count <= 4:
        return None
    return _transformed_interval(tau, float(np.sqrt(0.437 / (pair_count - 4))), confidence)


def _transformed_interval(estimate: float, error: float, confidence: float) -> tuple[float, float] | None:
    if abs(estimate) >= 1:
        return None
    half, middle = NormalDist().inv_cdf((1 + confidence) / 2) * error, float(np.arctanh(estimate))
    return float(np.tanh(middle - half)), float(np.tanh(middle + half))


def leave_one_out(x: ArrayLike, y: ArrayLike, counts: ArrayLike | None = None) -> tuple[float, float] | None:
    """Lowest and highest Spearman correlation with each pair left out once.

    `None` when any of them is undefined: then the whole correlation hangs on one project. Raises `ValueError` as
    `kendall` does.
    """
    pairs = _pairs(x, y, counts)
    if pairs.n <= 4:
        return None
    # Without one pair, what lies below it comes one half-rank nearer to the middle from below, and what lies above it
    # from above; its equals keep their ranks. So no rank is computed again.
    a, b, weights = _centred_ranks(pairs.x, pairs.counts), _centred_ranks(pairs.y, pairs.counts), pairs.counts
    product = weights @ (a * b) - _shifts(pairs.x, weights * b) - _shifts(pairs.y, weights * a)
    product += _concordance(pairs) - a * b
    squares = [
        weights @ ranks**2
        - 2 * _shifts(levels, weights * ranks)
        + weights.sum()
        - _summed(levels, weights)[levels]
        - ranks**2
        for levels, ranks in ((pairs.x, a), (pairs.y, b))
    ]
    scales = np.sqrt(squares[0] * squares[1])
    if (scales == 0).any():
        return None
    estimates = product / scales
    return float(estimates.min()), float(estimates.max())


def holm(p_values: Sequence[float | None]) -> list[float | None]:
    """p-values adjusted for how many tests were made; tests that were not made (null) do not count and stay null.

    Source: Holm (1979), a simple sequentially rejective multiple test procedure.
    """
    made = sorted((p, place) for place, p in enumerate(p_values) if p is not None)
    adjusted: list[float | None] = [None] * len(p_values)
    highest = 0.0
    for step, (p, place) in enumerate(made):
        highest = max(highest, min(1.0, (len(made) - step) * p))
        adjusted[place] = highest
    return adjusted


def _pairs(x: ArrayLike, y: ArrayLike, counts: ArrayLike | None) -> _Pairs:
    a, b = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if a.shape != b.shape or a.ndim != 1:
        raise ValueError(f"two vectors of one length are needed, not shapes {a.shape} and {b.shape}")
    weights = np.ones_like(a) if counts is None else np.asarray(counts, dtype=np.float64)
    known = ~(np.isnan(a) | np.isnan(b))
    of_x, of_y = (np.unique(vector[known], return_inverse=True)[1] for vector in (a, b))
    width = int(of_y.max(initial=0)) + 1
    different, place = np.unique(of_x * width + of_y, return_inverse=True)
    return _Pairs(different // width, different % width, _summed(place, weights[known]))


def _summed(levels: _Levels, amounts: Floats, at_least: int = 0) -> Floats:
    """The sum of `amounts` at each level."""
    return np.bincount(levels, amounts, at_least).astype(np.float64)


def _one_by_one(values: Floats | _Levels, counts: Floats) -> Floats:
    """The values as often as each occurs."""
    return np.repeat(values, counts.astype(np.int64)).astype(np.float64)


def _centred_ranks(levels: _Levels, counts: Floats) -> Floats:
    """Twice the mid-ranks less their mean: whole numbers, so that ties between permutations are exact."""
    per_level = _summed(levels, counts)
    return (2 * np.cumsum(per_level) - per_level - per_level.sum())[levels]


def _shifts(levels: _Levels, amounts: Floats) -> Floats:
    """Of each pair, the sum of `amounts` at higher levels less that at lower ones."""
    per_level = _summed(levels, amounts)
    return (per_level.sum() + per_level - 2 * np.cumsum(per_level))[levels]


def _concordance(pairs: _Pairs) -> Floats:
    """Of each pair, how many pairs lie in the same direction from it in x as in y, less how many do not.

    From a table of counts, x by y, a part of its rows at a time.
    """
    height, width = int(pairs.x.max(initial=-1)) + 1, int(pairs.y.max(initial=-1)) + 1
    if height * width > _MOST_CELLS:
        raise ValueError(f"{height} different values by {width} are too many to compare: group one of the two")
    of_y = _summed(pairs.y, pairs.counts, width)
    passed, found = np.zeros(width), np.zeros(len(pairs.x))
    rows = max(1, _CELLS // max(1, width))
    for first in range(0, height, rows):
        # Pairs are sorted by x, so that each part of the table is made of neighbours.
        here = slice(*np.searchsorted(pairs.x, [first, first + rows]))
        x, y = pairs.x[here] - first, pairs.y[here]
        table = np.zeros((min(rows, height - first), width))
        table[x, y] = pairs.counts[here]
        upto = passed + np.cumsum(table, axis=0)
        # Lower in x less higher in x, of each y; then the lower of these y less the higher.
        direction = (upto - table) - (of_y - upto)
        sums = np.cumsum(direction, axis=1)
        found[here] = (2 * sums - direction - sums[:, -1:])[x, y]
        passed = upto[-1]
    return found


def _untied(per_level: Floats) -> float:
    """How many of all twos differ."""
    n = per_level.sum()
    return float(n * (n - 1) - per_level @ (per_level - 1)) / 2


def _excess_variance(of_x: Floats, of_y: Floats) -> float:
    """The variance over all orders of concordant twos less discordant ones, with ties in both."""
    n, ties = float(of_x.sum()), (of_x, of_y)
    twos = [float((t * (t - 1)).sum()) for t in ties]
    threes = [float((t * (t - 1) * (t - 2)).sum()) for t in ties]
    spread = [float((t * (t - 1) * (2 * t + 5)).sum()) for t in ties]
    whole = n * (n - 1) * (2 * n + 5)
    return (
        (whole - sum(spread)) / 18
        + twos[0] * twos[1] / (2 * n * (n - 1))
        + threes[0] * threes[1] / (9 * n * (n - 1) * (n - 2))
    )


def _normal_p(z: float) -> float:
    """Two-sided."""
    return max(SMALLEST_P, erfc(abs(z) / sqrt(2)))


def _permuted(
    estimate: float, b: Floats, statistic: Callable[[Floats], Floats], width: int, seed: int, exact_up_to: int
) -> Association:
    """The estimate, and how often the `statistic` of a permuted `b` is as far from 0 as that of `b` itself.

    `statistic` takes orders of `b` along the last axis; `width` is how many numbers it makes of one order.
    """
    n = len(b)
    draws = factorial(n) if n <= exact_up_to else DRAWS
    p = permutation_p(
        lambda orders: np.abs(statistic(orders)),
        b,
        draws=draws,
        batch=max(1, _CELLS // max(n, width)),
        seed=seed,
    )
    return Association(n, estimate, p, draws if n <= exact_up_to else DRAWS + 1)
