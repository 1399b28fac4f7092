"""The permutation test of SciPy that the method uses, with types, and imported when it is called.

Belongs here: the call of `scipy.stats`. It takes a second to load, which nobody needs to wait for where nothing is
tested.
Does not belong here: what the numbers mean (`association.py`).
"""

# SciPy comes without type information, so its values are unknown until they are converted to our own types below.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def permutation_p(distance: Callable[[Floats], Floats], values: Floats, *, draws: int, batch: int, seed: int) -> float:
    """The share of orders of `values` with a `distance` at least that of the order given.

    `distance` takes orders along the last axis. All orders are taken when there are no more than `draws` of them;
    else `draws` of them are drawn with `seed`, `batch` at a time, and the order given counts as one more.
    """
    from scipy import stats

    def statistic(orders: Floats, axis: int) -> Floats:
        return distance(orders)

    # "greater" of the distance, not "two-sided" of the statistic: SciPy's two-sided p is twice the smaller tail, which
    # differs from the share of orders as far from 0 where ties make the distribution lopsided.
    test = stats.permutation_test(
        (values,),
        statistic,
        permutation_type="pairings",
        alternative="greater",
        vectorized=True,
        n_resamples=draws,
        batch=batch,
        rng=np.random.Generator(np.random.PCG64(seed)),
    )
    return float(test.pvalue)
