"""One contract per table: the single source for columns, types, units, texts, checks, DDL and documentation.

Belongs here: the contracts and the catalogue that finds them by name.
Does not belong here: anything that reads, computes or stores data.
"""

from __future__ import annotations

from gevinst.contracts.evaluations import EVALUATIONS
from gevinst.contracts.marts_ages import AGE_MARTS
from gevinst.contracts.marts_benefit_headlines import BENEFIT_HEADLINE_MARTS
from gevinst.contracts.marts_benefits import BENEFIT_MARTS
from gevinst.contracts.marts_driver_outcomes import DRIVER_OUTCOME_MARTS
from gevinst.contracts.marts_follow_up import FOLLOW_UP_ANSWERS, FOLLOW_UP_MARTS
from gevinst.contracts.marts_headlines import CHANGE_COUNTS, HEADLINE_MARTS, SOURCE_USE
from gevinst.contracts.marts_organisations import ORGANISATION_OUTCOMES
from gevinst.contracts.marts_priced import PRICED_EFFECT_MARTS
from gevinst.contracts.marts_priced_projects import PRICED_PROJECT_MARTS
from gevinst.contracts.marts_projects import (
    COVERAGE_VALIDITY,
    EDITION_CHANGES,
    EDITION_YEARS,
    PROJECT_COVERAGE,
    PROJECT_STATUS,
    RECONCILIATION,
    ROUND_OVERVIEW,
    STATUS_VALIDITY,
)
from gevinst.contracts.marts_reading import READING_MARTS
from gevinst.contracts.marts_reconstruction import RECONSTRUCTION_BOUNDS
from gevinst.contracts.marts_register import REGISTER_MARTS
from gevinst.contracts.marts_scheme import SCHEME_MARTS
from gevinst.contracts.marts_statistics import ADDITIONALITY, DRIVER_MARTS, SURVEY_SERIES, TIME_TO_USE
from gevinst.contracts.model import FIRST_YEAR, YEARS, Additivity, Column, Contract, Type
from gevinst.contracts.quality import CORRECTIONS, QUALITY, QUALITY_CHECKS, QUARANTINE
from gevinst.contracts.reference import REFERENCE
from gevinst.contracts.registry import REGISTRY

MARTS: tuple[Contract, ...] = (
    EDITION_YEARS,
    STATUS_VALIDITY,
    PROJECT_STATUS,
    ROUND_OVERVIEW,
    *BENEFIT_MARTS,
    COVERAGE_VALIDITY,
    PROJECT_COVERAGE,
    *PRICED_EFFECT_MARTS,
    *PRICED_PROJECT_MARTS,
    *BENEFIT_HEADLINE_MARTS,
    *REGISTER_MARTS,
    *DRIVER_MARTS,
    TIME_TO_USE,
    *AGE_MARTS,
    *DRIVER_OUTCOME_MARTS,
    *SCHEME_MARTS,
    ORGANISATION_OUTCOMES,
    ADDITIONALITY,
    SURVEY_SERIES,
    RECONCILIATION,
    SOURCE_USE,
    *READING_MARTS,
    *FOLLOW_UP_MARTS,
    *HEADLINE_MARTS,
    RECONSTRUCTION_BOUNDS,
)
"""Results computed from core tables alone, in an order in which each comes after those it reads."""

NEWS: tuple[Contract, ...] = (EDITION_CHANGES, CHANGE_COUNTS, FOLLOW_UP_ANSWERS)
"""Results that compare an edition with the one published before; computed when an edition is built."""


CORE: tuple[Contract, ...] = (*REFERENCE, *REGISTRY, *EVALUATIONS)
"""Tables read from ``data/raw``."""

STORED: tuple[Contract, ...] = (*CORE, *MARTS, *QUALITY)
"""Every table of the working warehouse."""

ALL: tuple[Contract, ...] = (*CORE, *MARTS, *NEWS, *QUALITY)
"""Every table of an edition, in the order they are listed to readers."""

PUBLISHED: tuple[Contract, ...] = tuple(contract for contract in ALL if not contract.is_restricted)
"""Tables that an edition holds; of a restricted one, only the results computed from it are published."""

_BY_NAME = {contract.name: contract for contract in ALL}


def contract(name: str) -> Contract:
    """The contract of the table called `name`; raises `KeyError` naming the table when there is none."""
    if name not in _BY_NAME:
        raise KeyError(f"no contract for a table called {name}")
    return _BY_NAME[name]


__all__ = [
    "ALL",
    "CORE",
    "CORRECTIONS",
    "EVALUATIONS",
    "FIRST_YEAR",
    "MARTS",
    "NEWS",
    "PUBLISHED",
    "QUALITY",
    "QUALITY_CHECKS",
    "QUARANTINE",
    "REFERENCE",
    "REGISTRY",
    "STORED",
    "YEARS",
    "Additivity",
    "Column",
    "Contract",
    "Type",
    "contract",
]
