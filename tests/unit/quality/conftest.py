"""The small world in which every check passes."""

from __future__ import annotations

from copy import deepcopy

import polars as pl
import pytest

from tests.data.quality_world import ROWS, build


@pytest.fixture(scope="session")
def world() -> dict[str, pl.DataFrame]:
    """Frames of the world; not to be changed."""
    return build(deepcopy(ROWS))
