"""One contract per table: the single source for columns, types, units, texts, checks, DDL and documentation.

Belongs here: the contracts and the catalogue that finds them by name.
Does not belong here: anything that reads, computes or stores data.
"""

from __future__ import annotations

from gevinst.contracts.evaluations import EVALUATIONS
from gevinst.contracts.mart_benefit_headlines import BENEFIT_HEADLINE_MARTS
from gevinst.contracts.mart_driver_outcomes import DRIVER_OUTCOME_MARTS
from gevinst.contracts.mart_drivers import DRIVER_MARTS
from gevinst.contracts.mart_economics import ECONOMIC_MARTS
from gevinst.contracts.mart_editions import EDITION_CHANGES, RECONCILIATION, ROUND_OVERVIEW
from gevinst.contracts.mart_gains import (
    BENEFIT_BY_BENEFICIARY,
    BENEFIT_EVIDENCE,
    BENEFIT_TRAIL,
    SELF_REPORT_SHARE,
    UNMEASURED_BENEFITS,
)
from gevinst.contracts.mart_priced import PRICED_EFFECT_MARTS
from gevinst.contracts.mart_priced_projects import PRICED_PROJECT_MARTS
from gevinst.contracts.mart_projects import EDITION_YEARS, PROJECT_COVERAGE, PROJECT_STATUS
from gevinst.contracts.mart_realisation import REALISATION_MARTS
from gevinst.contracts.mart_scheme import SCHEME_MARTS
from gevinst.contracts.mart_statistics import ADDITIONALITY, SURVEY_SERIES, TIME_TO_USE
from gevinst.contracts.model import Additivity, Column, Contract, Type
from gevinst.contracts.quality import CORRECTIONS, QUALITY, QUALITY_CHECKS, QUARANTINE
from gevinst.contracts.reference import REFERENCE
from gevinst.contracts.registry import REGISTRY

MARTS: tuple[Contract, ...] = (
    EDITION_YEARS,
    PROJECT_STATUS,
    ROUND_OVERVIEW,
    PROJECT_COVERAGE,
    BENEFIT_TRAIL,
    BENEFIT_EVIDENCE,
    BENEFIT_BY_BENEFICIARY,
    SELF_REPORT_SHARE,
    UNMEASURED_BENEFITS,
    *REALISATION_MARTS,
    *ECONOMIC_MARTS,
    *PRICED_EFFECT_MARTS,
    *PRICED_PROJECT_MARTS,
    *BENEFIT_HEADLINE_MARTS,
    *DRIVER_MARTS,
    TIME_TO_USE,
    *DRIVER_OUTCOME_MARTS,
    *SCHEME_MARTS,
    ADDITIONALITY,
    SURVEY_SERIES,
    EDITION_CHANGES,
    RECONCILIATION,
)


CORE: tuple[Contract, ...] = (*REFERENCE, *REGISTRY, *EVALUATIONS)
"""Tables read from ``data/raw``."""

ALL: tuple[Contract, ...] = (*CORE, *MARTS, *QUALITY)
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
    "MARTS",
    "PUBLISHED",
    "QUALITY",
    "QUALITY_CHECKS",
    "QUARANTINE",
    "REFERENCE",
    "REGISTRY",
    "Additivity",
    "Column",
    "Contract",
    "Type",
    "contract",
]
