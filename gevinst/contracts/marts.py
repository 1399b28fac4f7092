"""All mart contracts, in the order they are computed.

Belongs here: the one tuple that the method, the assets and the editions share.
Does not belong here: a contract (the modules called ``mart_...``).
"""

from __future__ import annotations

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
from gevinst.contracts.mart_projects import EDITION_YEARS, PROJECT_COVERAGE, PROJECT_STATUS
from gevinst.contracts.mart_realisation import REALISATION_MARTS
from gevinst.contracts.mart_statistics import ADDITIONALITY, SURVEY_SERIES, TIME_TO_USE
from gevinst.contracts.model import Contract

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
    *DRIVER_MARTS,
    TIME_TO_USE,
    ADDITIONALITY,
    SURVEY_SERIES,
    EDITION_CHANGES,
    RECONCILIATION,
)
