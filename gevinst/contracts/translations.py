"""Texts that wait for their English, and the rows by which a translation enters the register.

Belongs here: which texts somebody translates, which of them wait, and what sets a translation apart from a correction.
Does not belong here: what readers see of a text that waits (`gevinst.language.texts`), the sheet for the translator
(`gevinst.workbook`) and the rule that lets a text wait (`bilingual` in `gevinst.contracts.model`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from gevinst.bilingual import ENTERED, TRANSLATED
from gevinst.contracts import CORE, Contract

TO_TRANSLATE: tuple[Contract, ...] = tuple(
    table for table in CORE if table.stems_that_wait and "source_id" in table.column_names and not table.is_restricted
)
"""Tables with texts to translate. A translation is published with the document of its row in the register of
corrections; what is in no edition is read by nobody, and needs none."""


IS_TRANSLATION = pl.col("expect").is_null() & pl.col("column_name").str.ends_with(f"_{TRANSLATED}")
"""Whether a row of the register of corrections adds an English text where there was none: nothing was wrong."""


def waits(stem: str) -> pl.Expr:
    """Whether the text `stem` of a row exists in Norwegian and waits for its English."""
    return pl.col(f"{stem}_{ENTERED}").is_not_null() & pl.col(f"{stem}_{TRANSLATED}").is_null()


def waiting(table: Contract, rows: pl.DataFrame) -> Iterator[tuple[dict[str, Any], str]]:
    """Row and stem of every text of a table that waits, row by row."""
    for row in rows.iter_rows(named=True):
        for stem in table.stems_that_wait:
            if row[f"{stem}_{ENTERED}"] is not None and row[f"{stem}_{TRANSLATED}"] is None:
                yield row, stem


def is_translation(correction: Mapping[str, Any]) -> bool:
    """`IS_TRANSLATION` of one row."""
    return correction["expect"] is None and str(correction["column_name"]).endswith(f"_{TRANSLATED}")
