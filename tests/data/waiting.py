"""A register in which every text waits for its translator."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from gevinst.contracts import ALL


def without_english(tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The tables with every English text emptied that may wait, in results that repeat it too."""
    emptied = {
        table.name: tables[table.name].with_columns(
            pl.lit(None, pl.String).alias(f"{stem}_en") for stem in table.stems_that_wait
        )
        for table in ALL
        if table.name in tables
    }
    return {**tables, **emptied}
