"""Measured values and their units, as they are written wherever one is shown.

Belongs here: how many decimals a value has, and what its unit is called.
Does not belong here: what is said of values (`benefits.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gevinst.language.texts import Catalogue


def places(value: float | None) -> int:
    """As many decimals as the value has, at most one."""
    return 0 if value is None or value == round(value) else 1


def as_stated(value: float | None, catalogue: Catalogue) -> str:
    """A number with as many decimals as it has, at most one."""
    return catalogue.number.decimal(value, places(value))


def unit_words(row: Mapping[str, Any], label: str, catalogue: Catalogue) -> str:
    """The unit, whose name is `label`; of money also the currency and the year whose money it is."""
    parts = [label]
    if row["currency_code"]:
        parts.append(row["currency_code"])
    if row["price_year"]:
        parts.append(catalogue.t("benefits.prices_of", year=row["price_year"]))
    return ", ".join(parts)
