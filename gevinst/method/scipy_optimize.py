"""The one solver of SciPy that the method uses, with types, and imported when it is called.

Belongs here: the call of `scipy.optimize`. It takes a while to load, which those who only read results need not wait
for.
Does not belong here: what is to be solved (`disclosure.py`).
"""

# SciPy comes without type information, so its values are unknown until they are converted to our own types below.
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def cheapest_whole_numbers(
    costs: Floats, rows: Sequence[tuple[Floats, float, float]], *, lowest: ArrayLike, highest: ArrayLike
) -> NDArray[np.int64]:
    """The whole numbers x of least `costs` @ x, each from `lowest` to `highest`, with a <= M @ x <= b for (M, a, b).

    Solved to the optimum by HiGHS through SciPy. Raises `ValueError` when there are none, or none were found.
    """
    from scipy import optimize

    found = optimize.milp(
        costs,
        integrality=np.ones_like(costs),
        bounds=(np.asarray(lowest, dtype=np.float64), np.asarray(highest, dtype=np.float64)),
        constraints=[optimize.LinearConstraint(matrix, low, high) for matrix, low, high in rows],
        # By default the solver stops within 0.01 per cent of the optimum, and would then break ties as it likes.
        options={"mip_rel_gap": 0.0},
    )
    if not found.success:
        raise ValueError(f"no whole numbers fit: {found.message}")
    return np.rint(found.x).astype(np.int64)
