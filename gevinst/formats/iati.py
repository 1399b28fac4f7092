"""What the registry and IATI call the same thing: codes, and times.

Belongs here: what both directions must agree on, so that what was written comes back.
Does not belong here: writing activities (`write_iati.py`), and reading those of others (`read_iati.py`).
Source: IATI 2.03, its activity standard and its code lists ResultType, IndicatorMeasure, ActivityStatus,
ActivityDateType, OrganisationRole, OrganisationType and ResultVocabulary.
"""

from __future__ import annotations

import tomllib
from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from gevinst.contracts.vocabulary import SHARE, TO_THE_DAY, TO_THE_MONTH, TO_THE_YEAR
from gevinst.language.texts import Catalogue

VERSION = "2.03"
OWN_VOCABULARY = "99"
"""Says that a code is the reporting organisation's own."""
LANGUAGE = "xml:lang"

OTHER_RESULT = "9"
_LISTS = tomllib.loads((Path(__file__).parent / "iati.toml").read_text(encoding="utf-8"))
RESULT_TYPES: Mapping[str, str] = _LISTS["result_types"]
"""Types of results by place in the chain of results; the others are `OTHER_RESULT`."""
MEASURE_UNIT, MEASURE_PERCENT, MEASURE_QUALITATIVE = (
    _LISTS["codes"][f"measure_{name}"] for name in ("unit", "percent", "qualitative")
)
_DIFFERENCE = "percentage_points"
PERCENT = "percent"

PIPELINE, IMPLEMENTATION, CLOSED = (_LISTS["codes"][name] for name in ("pipeline", "implementation", "closed"))
PLANNED, ACTUAL = "planned", "actual"
DATE_TYPES: Mapping[tuple[str, str], str] = {
    (event, name): code for event, codes in _LISTS["date_types"].items() for name, code in codes.items()
}

FUNDING, ACCOUNTABLE, IMPLEMENTING = (_LISTS["codes"][name] for name in ("funding", "accountable", "implementing"))
ROLES: Mapping[str, str] = _LISTS["roles"]
"""Roles in IATI by role in a project."""
PARTS: Mapping[str, str] = _LISTS["parts"]
"""Roles in IATI in words."""
ORGANISATION_TYPES: Mapping[str, str] = _LISTS["organisation_types"]


def measure_of(unit_code: str, unit_kind_code: str | None) -> str:
    """Whether an indicator is in per cent; a difference between two shares is not."""
    return MEASURE_PERCENT if unit_kind_code == SHARE and unit_code != _DIFFERENCE else MEASURE_UNIT


def span_of(on: date, precision: str) -> tuple[date, date]:
    """The first and the last day of what is known as a day, a month or a year."""
    match precision:
        case "year":
            return date(on.year, 1, 1), date(on.year, 12, 31)
        case "month":
            return on.replace(day=1), on.replace(day=monthrange(on.year, on.month)[1])
        case _:
            return on, on


def dated(first: date, last: date) -> tuple[date, str] | None:
    """The day, month or year that has these first and last days; `None` when none has."""
    return next(
        (
            (first, precision)
            for precision in (TO_THE_DAY, TO_THE_MONTH, TO_THE_YEAR)
            if span_of(first, precision) == (first, last)
        ),
        None,
    )


def cut(on: date, precision: str) -> str:
    """An ISO date cut to what is known of it."""
    return on.isoformat()[: {"year": 4, "month": 7}.get(precision, 10)]


def measured_by(language: str, label: str) -> str:
    """How a comment begins: with who states the measurement."""
    return Catalogue(language).t("exchange.measured_by", who=label)
