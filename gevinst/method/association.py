"""Association in small populations: rank correlations with permutation tests that need no assumption.

Belongs here: Spearman and Kendall with their intervals, leave-one-out and Holm on short vectors.
Does not belong here: which vectors are compared and what may be shown (`drivers.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import factorial

import numpy as np
from numpy.typing import ArrayLike

from gevinst.method.scipy_stats import Floats, mid_ranks, normal_quantile, permutation_p

SEED = 20_161_117
"""Seed of every drawn permutation, so that an edition can be computed again."""

DRAWS = 9_999
"""With the order that was seen, 10 000: the smallest p that can come out is then a round 0.0001."""

EXACT_UP_TO = 8
"""From nine pairs on (362 880 orders), permutations are drawn instead of counted: counting would take seconds."""

_CELLS = 1_000_000
"""Numbers that one batch of orders may hold (8 MB a copy), whatever the number of projects."""


@dataclass(frozen=True, slots=True)
class Association:
    """A rank correlation: pairs used, estimate (-1 to 1) and two-sided p; both null where undefined."""

    pair_count: int
    estimate: float | None
    p: float | None


def spearman(x: ArrayLike, y: ArrayLike, *, seed: int = SEED, exact_up_to: int = EXACT_UP_TO) -> Association:
    """Spearman's rank correlation with mid-ranks for ties, and its permutation test.

    p is the share of orders with |rho*| >= |rho|: of all n! orders for n <= `exact_up_to`, else (b + 1) / (N + 1) of
    N = 9 999 orders drawn with `seed`. Null for n <= 3 and when either vector is constant. Pairs with an unknown
    value (NaN) are left out. The order of the pairs does not matter.
    Source: Spearman (1904); Phipson and Smyth (2010) for p from drawn permutations.
    """
    a, b = (_centred_ranks(vector) for vector in _pairs(x, y))
    scale = float(np.sqrt(float(a @ a) * float(b @ b)))
    return _tested(b, lambda orders: orders @ a, scale, len(a), seed, exact_up_to)


def kendall(x: ArrayLike, y: ArrayLike, *, seed: int = SEED, exact_up_to: int = EXACT_UP_TO) -> Association:
    """Kendall's tau-b, tested as `spearman` is. Source: Kendall (1938, 1945 for ties).

    SciPy's own p for tau is exact only without ties, and coded drivers are full of ties.
    """
    a, b = _pairs(x, y)
    left, right = np.triu_indices(len(a), 1)
    signs = np.sign(a[left] - a[right])
    against = np.sign(b[left] - b[right])
    scale = float(np.sqrt(float(signs @ signs) * float(against @ against)))

    def concordance(orders: Floats) -> Floats:
        return np.sign(orders[..., left] - orders[..., right]) @ signs

    return _tested(b, concordance, scale, len(left), seed, exact_up_to)


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
    half, middle = normal_quantile((1 + confidence) / 2) * error, float(np.arctanh(estimate))
    return float(np.tanh(middle - half)), float(np.tanh(middle + half))


def leave_one_out(x: ArrayLike, y: ArrayLike) -> tuple[float, float] | None:
    """Lowest and highest Spearman correlation with each pair left out once.

    `None` when any of them is undefined: then the whole correlation hangs on one project.
    """
    a, b = _pairs(x, y)
    if len(a) <= 4:
        return None
    estimates: list[float] = []
    for left_out in range(len(a)):
        ranks = [_centred_ranks(np.delete(vector, left_out)) for vector in (a, b)]
        scale = float(np.sqrt(float(ranks[0] @ ranks[0]) * float(ranks[1] @ ranks[1])))
        if scale == 0:
            return None
        estimates.append(float(ranks[0] @ ranks[1]) / scale)
    return min(estimates), max(estimates)


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


def _pairs(x: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
    """Pairs where both are known, in an order of their own, so that drawn permutations do not follow the rows'."""
    a, b = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    if a.shape != b.shape or a.ndim != 1:
        raise ValueError(f"two vectors of one length are needed, not shapes {a.shape} and {b.shape}")
    known = ~(np.isnan(a) | np.isnan(b))
    a, b = a[known], b[known]
    order = np.lexsort((b, a))
    return a[order], b[order]


def _centred_ranks(vector: Floats) -> Floats:
    """Twice the mid-ranks less their mean: whole numbers, so that ties between permutations are exact."""
    return np.rint(2 * mid_ranks(vector)) - (len(vector) + 1)


def _tested(
    b: Floats, statistic: Callable[[Floats], Floats], scale: float, width: int, seed: int, exact_up_to: int
) -> Association:
    """The estimate ``statistic(b) / scale``, and how often that of a permuted `b` is as far from 0.

    `statistic` takes orders of `b` along the last axis; `width` is how many numbers it makes of one order.
    """
    n = len(b)
    if n <= 3 or scale == 0:
        return Association(n, None, None)
    p = permutation_p(
        lambda orders: np.abs(statistic(orders)),
        b,
        draws=factorial(n) if n <= exact_up_to else DRAWS,
        batch=max(1, _CELLS // max(n, width)),
        seed=seed,
    )
    return Association(n, float(statistic(b)) / scale, p)
