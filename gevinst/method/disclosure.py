"""Disclosure control: which counts of people or organisations may not be shown, and which others would give them away.

Belongs here: suppression of small counts and of zeros that disclose, in lists and in tables with totals and subtotals,
and of the shares that rest on them.
Does not belong here: what is counted, and how a hidden value is written (`:`, by the site).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

from gevinst.method.scipy_optimize import cheapest_whole_numbers

PERSONS = 5
"""Counts below this are hidden when they are of persons or respondents. A choice of this project."""

ORGANISATIONS = 3
"""Counts below this are hidden when they are of organisations (Statistics Norway gives fewer than 3 as its example)."""

MIN_BASE = 10
"""Percentages of fewer than this are never given; the counts are."""

Sum = tuple[int, Sequence[int]]
"""The place of a total among the numbers of a table, and the places of the parts that add up to it."""


def hidden_in_list(
    counts: ArrayLike, k: int, *, width: int | None = None, structural: Collection[int] = ()
) -> NDArray[np.bool_]:
    """Which of a list of counts to hide, and last whether to hide their total: `hidden_numbers` of one sum.

    Raises `ValueError` as `hidden_numbers`, and for an empty list.
    """
    inner = np.asarray(counts)
    if inner.ndim != 1 or inner.size == 0:
        raise ValueError("a list of at least one count is needed")
    total = (inner.size, range(inner.size))
    return hidden_numbers([*inner, inner.sum()], [total], k, width=width, structural=structural)


def hidden_numbers(
    numbers: ArrayLike, sums: Sequence[Sum], k: int, *, width: int | None = None, structural: Collection[int] = ()
) -> NDArray[np.bool_]:
    """Which numbers of a table to hide, totals and subtotals among them; `sums` says which numbers add up to which.

    Hidden are

    - counts n with 0 < n < `k`;
    - of each sum in which one part alone is above 0, a zero: 5, 0 and 0 tell where all five are. Zeros at the places
      in `structural` cannot be anything else (nobody could be there); they tell nothing and are always shown;
    - for each hidden number the others it takes (the fewest totals, then the fewest zeros, then the smallest counts)
      until whole numbers from 0 up that agree with all that is shown leave it a range of at least `width`, from the
      least it could be to the most. By default `width` is `k` - 1, the range of "fewer than `k`": nobody can tell
      more of a hidden number than that it may be small.

    The range is decided exactly, by integer programming, for any sums: lists, two-way tables, subtotals at several
    levels. One number is taken at a time, so that the whole may hide a little more than the least possible. An
    attacker who knows more than the table (one of those counted, say) is not considered.
    Source: primary and secondary suppression as Norwegian statistics producers describe it; Statistics Norway's
    GaussSuppression for zeros that disclose; Fischetti and Salazar (2001) for the least width ("sliding protection").
    Raises `ValueError`, naming the place, for numbers that are not whole, not known or below 0, for `k` or `width`
    below 1, for a structural zero that is not 0, and for a sum that does not add up: what does not add up cannot be
    protected.
    """
    least = max(1, k - 1) if width is None else width
    if k < 1 or least < 1:
        raise ValueError(f"the threshold and the width must be at least 1, not {k} and {least}")
    table = _Table(_whole(numbers), tuple(sums), _fixed(numbers, sums, structural))
    table.check()
    hidden = (table.values > 0) & (table.values < k)
    for zero in table.disclosing_zeros():
        hidden[zero] = True
    safe = np.zeros(len(hidden), dtype=np.bool_)
    # Hiding more never narrows a range, so that what is safe once is safe for good.
    while (hidden & ~safe).any():
        place = int(np.argmax(hidden & ~safe))
        others, ranges = table.cheapest_companions(place, hidden, least)
        hidden |= others
        safe |= ranges >= least
        safe[place] = True
    return hidden


def shown_pct(count: pl.Expr, base: pl.Expr, *, min_base: int = MIN_BASE) -> pl.Expr:
    """`count` per 100 of `base`, unrounded; null where either is hidden or unknown and where `base` < `min_base`.

    Both must already be suppressed: a percentage would give its count away.
    """
    return pl.when(base >= max(min_base, 1)).then(100.0 * count / base)


def _whole(numbers: ArrayLike) -> NDArray[np.int64]:
    values = np.asarray(numbers, dtype=np.float64)
    wrong = np.flatnonzero(~(values >= 0) | (values != np.floor(values)))
    if len(wrong):
        raise ValueError(f"the count at place {wrong[0]} is not a whole number from 0 up")
    return values.astype(np.int64)


def _fixed(numbers: ArrayLike, sums: Sequence[Sum], structural: Collection[int]) -> NDArray[np.bool_]:
    """Numbers that can only be 0: those declared so, and totals of nothing else, at whatever level."""
    fixed = np.zeros(len(np.asarray(numbers)), dtype=np.bool_)
    fixed[list(structural)] = True
    for _ in sums:  # a total of totals may come before those in the list
        for total, parts in sums:
            fixed[total] |= bool(fixed[list(parts)].all())
    return fixed


@dataclass(frozen=True)
class _Table:
    """Numbers, the sums they are in, and which of them can only be 0."""

    values: NDArray[np.int64]
    sums: tuple[Sum, ...]
    fixed: NDArray[np.bool_]

    def check(self) -> None:
        """Raise `ValueError` for a sum that does not add up and a structural zero that is not 0."""
        for total, parts in self.sums:
            stated, computed = int(self.values[total]), int(self.values[list(parts)].sum())
            if stated != computed:
                raise ValueError(f"the total at place {total} is {stated}, but its parts add up to {computed}")
        wrong = np.flatnonzero(self.fixed & (self.values > 0))
        if len(wrong):
            raise ValueError(f"the structural zero at place {wrong[0]} is {self.values[wrong[0]]}")

    def disclosing_zeros(self) -> list[int]:
        """A zero of each sum in which all of the total is in one part though it could be in others.

        One is enough: who sees it hidden cannot tell that all are in the other part. One that is in several such sums
        (of a row and of a column) serves them all.
        """
        lone = [
            {part for part in parts if self.values[part] == 0 and not self.fixed[part]}
            for _, parts in self.sums
            if sum(self.values[part] > 0 for part in parts) == 1
        ]
        found: list[int] = []
        for zeros in lone:
            if zeros and not zeros.intersection(found):
                found.append(min(zeros, key=lambda zero: (-sum(zero in others for others in lone), zero)))
        return found

    def cheapest_companions(
        self, place: int, hidden: NDArray[np.bool_], width: int
    ) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
        """What to hide so that the number at `place` has a range of `width`, and what range all numbers then have.

        Finds two tables that agree with what is shown and differ by `width` at `place`: for each number whether it is
        hidden (0 or 1), and what the one and the other table add to it (from minus the number itself up). No number
        need change by more than `width`: adding that to one part and all its totals is always a way.
        """
        n = len(self.values)
        sums = np.zeros((len(self.sums), n))
        for row, (total, parts) in enumerate(self.sums):
            sums[row, total] -= 1
            for part in parts:
                sums[row, part] += 1
        one, none, least = np.eye(n), np.zeros((n, n)), -np.minimum(self.values, width)
        apart = np.zeros((1, 3 * n))
        apart[0, [n + place, 2 * n + place]] = 1, -1
        flat = np.zeros_like(sums)
        rows = [
            (np.hstack([flat, sums, flat]), 0.0, 0.0),
            (np.hstack([flat, flat, sums]), 0.0, 0.0),
            (apart, float(width), np.inf),
        ]
        for blocks in ([one, none], [none, one]):
            # A number that is shown does not change.
            rows.append((np.hstack([-width * one, *blocks]), -np.inf, 0.0))
            rows.append((np.hstack([np.diag(-least), *blocks]), 0.0, np.inf))
        found = cheapest_whole_numbers(
            np.concatenate([self._costs(), np.zeros(2 * n)]),
            rows,
            lowest=np.concatenate([hidden, least, least]),
            highest=np.concatenate([~self.fixed, np.full(2 * n, width)]),
        )
        is_hidden, first, second = found.reshape(3, n)
        return is_hidden > 0, first - second

    def _costs(self) -> NDArray[np.float64]:
        """What hiding takes from the reader: totals of totals, totals, zeros, then counts; of equals the later.

        Any number of zeros costs less than a total, and any counts together less than a zero.
        """
        n = len(self.values)
        levels = np.zeros(n)
        for _ in self.sums:  # a total of totals may come before those in the list
            for total, parts in self.sums:
                levels[total] = max(levels[total], 1 + levels[list(parts)].max())
        # The place is a tie-breaker below the smallest difference of counts, so that ties are always broken alike.
        counts = (self.values + np.arange(n) / n**2) / (self.values.sum() + 1)
        return levels * (n + 1) ** 2 + (self.values == 0) * (n + 1) + counts
