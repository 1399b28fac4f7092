"""The small invented edition as tables."""

import polars as pl
import pytest

from tests.data.small_edition import small_tables


@pytest.fixture(scope="session")
def tables() -> dict[str, pl.DataFrame]:
    """The tables of the small edition."""
    return small_tables()
