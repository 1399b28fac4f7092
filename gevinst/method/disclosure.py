"""Disclosure control: which counts of people or organisations may not be shown, and which others would give them away.

Belongs here: suppression of small counts in a list with its total, and of the shares that rest on them.
Does not belong here: what is counted, and how a hidden value is written (`:`, by the site).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

PERSONS = 5
"""Counts below this are hidden when they are of persons or respondents. A choice of this project."""

ORGANISATIONS = 3
"""Counts below this are hidden when they are of organisations (Statistics Norway gives fewer than 3 as its example)."""

MIN_BASE = 10
"""Percentages of fewer than this are never given; the counts are."""


def hidden_in_list(counts: ArrayLike, k: int) -> NDArray[np.bool_]:
    """Which of a list of counts to hide, and last whether to hide their total.

    Hidden are counts n with 0 < n < `k`, the total alike, and for each of them the others it takes (the total last,
    then the fewest zeros, then the smallest counts) until no hidden number can be worked out from the shown ones.
    That is decided exactly: a hidden number is safe when another list of whole numbers, none below 0, has the same
    shown numbers. An attacker who knows more than the list (one of those counted, say) is not considered.
    Source: primary and secondary suppression as Norwegian statistics producers describe it.
    Raises `ValueError` for counts that are not whole, not known or below 0, and for `k` below 1.
    """
    inner = _counts(counts, 1, k)
    network = _Network(k)
    for value in inner:
        network.add(0, 1, int(value), 0)
    network.add(1, 0, int(inner.sum()), 1)
    return network.hidden()


def shown_pct(count: pl.Expr, base: pl.Expr, *, min_base: int = MIN_BASE) -> pl.Expr:
    """`count` per 100 of `base`, unrounded; null where either is hidden or unknown and where `base` < `min_base`.

    Both must already be suppressed: a percentage would give its count away.
    """
    return pl.when(base >= max(min_base, 1)).then(100.0 * count / base)


def _counts(counts: ArrayLike, dimensions: int, k: int) -> NDArray[np.int64]:
    if k < 1:
        raise ValueError(f"the threshold must be at least 1, not {k}")
    values = np.asarray(counts, dtype=np.float64)
    if values.ndim != dimensions or values.size == 0:
        raise ValueError(f"counts in {dimensions} dimension(s) are needed, at least one")
    wrong = np.argwhere(~(values >= 0) | (values != np.floor(values)))
    if len(wrong):
        raise ValueError(f"the count at {tuple(wrong[0].tolist())} is not a whole number from 0 up")
    return values.astype(np.int64)


_Cost = tuple[int, int, int]
"""What hiding takes from the reader: totals, then zeros, then the sum of the counts."""


@dataclass
class _Network:
    """Numbers as flows between nodes, in which what flows into a node flows out of it."""

    k: int
    tails: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    values: list[int] = field(default_factory=list)
    costs: list[_Cost] = field(default_factory=list)

    def add(self, tail: int, head: int, value: int, totals: int) -> None:
        """A number; `totals` is over how many directions it is a total."""
        self.tails.append(tail)
        self.heads.append(head)
        self.values.append(value)
        self.costs.append((totals, int(value == 0), value))

    def hidden(self) -> NDArray[np.bool_]:
        """Small numbers, and those that are hidden with them: one cheapest round for each.

        Hiding more never makes a safe number unsafe, and all numbers of a round are safe together.
        """
        hidden = [0 < value < self.k for value in self.values]
        for arc in [arc for arc, is_small in enumerate(hidden) if is_small]:
            for other in self._cheapest_round(arc, hidden):
                hidden[other] = True
        return np.array(hidden)

    def _cheapest_round(self, arc: int, hidden: Sequence[bool]) -> tuple[int, ...]:
        """The numbers to hide so that `arc`, which is above 0, could be another: those that a change by one passes.

        The change runs on from its head back to its tail (one more) or the other way (one less), through others one
        more along their direction, or one less against it where they are above 0; hidden ones cost nothing.
        """
        tail, head = self.tails[arc], self.heads[arc]
        return min(self._cheapest_way(arc, head, tail, hidden), self._cheapest_way(arc, tail, head, hidden))[1]

    def _cheapest_way(
        self, without: int, start: int, goal: int, hidden: Sequence[bool]
    ) -> tuple[_Cost, tuple[int, ...]]:
        """Dijkstra's shortest path from `start` to `goal` without one arc, with its cost and its arcs."""
        steps: dict[int, list[tuple[int, int]]] = {}
        for arc, (tail, head, value) in enumerate(zip(self.tails, self.heads, self.values, strict=True)):
            if arc != without:
                steps.setdefault(tail, []).append((head, arc))
                if value > 0:
                    steps.setdefault(head, []).append((tail, arc))
        done: set[int] = set()
        # Costs are compared as tuples, then arcs by number, so that ties are always broken alike.
        waiting: list[tuple[_Cost, tuple[int, ...], int]] = [((0, 0, 0), (), start)]
        while waiting:
            cost, way, node = heappop(waiting)
            if node == goal:
                return cost, way
            if node in done:
                continue
            done.add(node)
            for onward, arc in steps.get(node, []):
                more = (0, 0, 0) if hidden[arc] else self.costs[arc]
                heappush(waiting, ((cost[0] + more[0], cost[1] + more[1], cost[2] + more[2]), (*way, arc), onward))
        raise AssertionError("numbers that add up can always be changed together when all of them are hidden")
