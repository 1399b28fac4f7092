"""Cases of one test of which only some run with the quick tests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest


def quick_first(cases: Sequence[Any], quick: int = 1) -> list[Any]:
    """The first `quick` cases as they are, the others among the slow tests: each reads or imports a whole workbook."""
    slow = [case if isinstance(case, tuple) else (case,) for case in cases[quick:]]
    return [*cases[:quick], *(pytest.param(*case, marks=pytest.mark.slow) for case in slow)]
