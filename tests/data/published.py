"""Answers that others have published, or that follow from a published rule: one table for all of them.

Kinds: PUB, the answer was seen in the document named; PUB-M, published, but inputs or answer are from memory; DER, it
follows from a rule that was seen, and so is not independent. The kind opens the name of each test, so that they are
reported apart.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

TABLE = Path(__file__).with_name("published_cases.csv")
AREAS = ("economics", "statistics")
KINDS = ("PUB", "PUB-M", "DER")
_SLOW = "TC-RANK-1-10-"
"""Critical values for ten pairs, which take all 3.6 million orders; six to nine pairs test the same in a second."""


def rows() -> list[dict[str, str]]:
    """All rows of the table."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def published_cases(area: str) -> list[Any]:
    """The cases of one area, as parameters of a test."""
    return [
        pytest.param(
            row,
            id=f"{row['kind']}-{row['case_id']}",
            marks=[pytest.mark.slow] if row["case_id"].startswith(_SLOW) else [],
        )
        for row in rows()
        if row["area"] == area
    ]
