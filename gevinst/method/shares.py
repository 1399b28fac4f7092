"""Shares and differences of shares: the small arithmetic that must be the same everywhere.

Belongs here: a share, a difference in percentage points, and the interval of a share from a sample.
Does not belong here: what is counted (`additionality.py`, `survey.py`) and what may be shown (`disclosure.py`).
"""

from __future__ import annotations

from statistics import NormalDist

import narwhals as nw


def share_pct(count: str, base: str) -> nw.Expr:
    """`count` per 100 of `base` (columns of counts), unrounded; null when either is unknown or the base is 0."""
    return nw.when(nw.col(base) > 0).then(100.0 * nw.col(count) / nw.col(base))


def percentage_points(earlier: str, later: str) -> nw.Expr:
    """The difference of two shares in percentage points, never in per cent; null when either is unknown."""
    return nw.col(later) - nw.col(earlier)


def wilson_interval(count: nw.Expr, base: nw.Expr, confidence: float = 0.95) -> tuple[nw.Expr, nw.Expr]:
    """Wilson's interval of a share, as two proportions 0-1; null when the base is 0 and unless 0 <= count <= base.

    For samples only: a count of the whole population is exact and has no interval. Wilson's and never Wald's, which
    fails near 0 and 1. Source: Wilson (1927), as Newcombe (1998) writes it; SciPy computes it alike.
    """
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    p, n = count / base, base.cast(nw.Float64)
    middle = (2 * n * p + z**2) / (2 * (n + z**2))
    half = z / (2 * (n + z**2)) * (4 * n * p * (1 - p) + z**2).sqrt()
    is_share = (base > 0) & (count >= 0) & (count <= base)
    # Exactly 0 and 1 at the ends, where the difference of two equal numbers leaves a last digit.
    low = nw.when(count > 0).then(middle - half).otherwise(nw.lit(0.0))
    high = nw.when(count < base).then(middle + half).otherwise(nw.lit(1.0))
    return nw.when(is_share).then(low), nw.when(is_share).then(high)
