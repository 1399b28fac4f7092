"""Shares and differences of shares: the small arithmetic that must be the same everywhere.

Belongs here: a share, a difference in percentage points, and the interval of a share from a sample.
Does not belong here: what is counted (`additionality.py`, `survey.py`) and what may be shown (`disclosure.py`).
"""

from __future__ import annotations

import narwhals as nw

from gevinst.method.scipy_stats import wilson


def share_pct(count: str, base: str) -> nw.Expr:
    """`count` per 100 of `base` (columns of counts), unrounded; null when either is unknown or the base is 0."""
    return nw.when(nw.col(base) > 0).then(100.0 * nw.col(count) / nw.col(base))


def percentage_points(earlier: str, later: str) -> nw.Expr:
    """The difference of two shares in percentage points, never in per cent; null when either is unknown."""
    return nw.col(later) - nw.col(earlier)


def wilson_interval(count: int, base: int, confidence: float = 0.95) -> tuple[float, float] | None:
    """Wilson's interval of a share, as two proportions 0-1; `None` when the base is 0.

    For samples only: a count of the whole population is exact and has no interval. Wilson's and never Wald's, which
    fails near 0 and 1. Source: Wilson (1927), as computed by SciPy. Raises `ValueError` unless 0 <= count <= base.
    """
    if base == 0:
        return None
    return wilson(count, base, confidence)
