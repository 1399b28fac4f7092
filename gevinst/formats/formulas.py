"""Texts that a spreadsheet would run.

Belongs here: the one rule by which every file that a spreadsheet may open keeps them from it.
Does not belong here: writing those files.
"""

from __future__ import annotations

from typing import TypeVar

import polars as pl

Frame = TypeVar("Frame", pl.DataFrame, pl.LazyFrame)
_FORMULA = r"^[=+\-@\t\r]"
"""First characters that make Excel or LibreOffice run a cell of a CSV file (OWASP, CSV injection)."""


def harmless(frame: Frame) -> Frame:
    """The frame with an apostrophe before texts that a spreadsheet would take for a formula."""
    return frame.with_columns(pl.col(pl.String).str.replace(_FORMULA, "'${0}"))
