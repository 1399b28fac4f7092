"""The choices behind an economic calculation: which ruleset, which clock, which prices.

Belongs here: the choices as data, with what each ruleset itself decides about tax financing and real prices.
Does not belong here: discount rates (table `discount_rates`) and any calculation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

START_IS_YEAR_0 = "start_is_year_0"
START_IS_YEAR_1 = "start_is_year_1"
CLOCKS = (START_IS_YEAR_0, START_IS_YEAR_1)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a ruleset decides besides its rates.

    `tax_cost_pct` is the cost per 100 kroner of net effect on public budgets, `indirect_budget_pct` the share of a
    change in the tax base that reaches those budgets; both per cent, 0-100. `allows_real_growth` says whether single
    items may grow in real price.
    """

    tax_cost_pct: float
    indirect_budget_pct: float
    allows_real_growth: bool


TERMS: Mapping[str, Terms] = {"R-109/2021": Terms(20.0, 45.0, allows_real_growth=True)}
"""Rulesets whose terms are documented: R-109/2021 (20 øre per krone; real prices only with a sound professional
basis) and, for the indirect part, the DFØ guide of 2023. Terms of other rulesets have not been confirmed, so whoever
chooses one states them."""


@dataclass(frozen=True, slots=True)
class EconomicRules:
    """The choices of one calculation; the defaults are the main rules of R-109/2021.

    `clock_code` places the steps of the rates: `start_is_year_0` (the start year is year 0 and 3 per cent begins in
    start + 41) or `start_is_year_1` (as in FRAM: 3 per cent begins in start + 40). `real_growth_pct` is the yearly
    growth in real price of rows marked for it; none unless given, since the newest official figure has to be looked
    up. `price_year` and `reference_year` are the newest year with a price index before the edition year and the
    edition year itself unless given. `analysis_years` counts from the start year; without it every effect is followed
    through its whole duration and nothing is left for a residual value.

    Raises `ValueError` for an unknown clock, a ruleset without terms, growth that the ruleset does not allow, and an
    analysis period shorter than one year.
    """

    ruleset_code: str = "R-109/2021"
    schedule_code: str = "standard"
    clock_code: str = START_IS_YEAR_0
    stated_terms: Terms | None = None
    real_growth_pct: float | None = None
    price_year: int | None = None
    reference_year: int | None = None
    analysis_years: int | None = None

    def __post_init__(self) -> None:
        """Refuse choices that contradict each other."""
        if self.clock_code not in CLOCKS:
            raise ValueError(f"the clock is one of {', '.join(CLOCKS)}, not {self.clock_code}")
        if self.stated_terms is None and self.ruleset_code not in TERMS:
            raise ValueError(f"ruleset {self.ruleset_code} has no documented terms; give them as stated_terms")
        if self.real_growth_pct is not None and not self.terms.allows_real_growth:
            raise ValueError(f"ruleset {self.ruleset_code} does not allow growth in real prices")
        if self.analysis_years is not None and self.analysis_years < 1:
            raise ValueError(f"an analysis period has at least one year, not {self.analysis_years}")

    @property
    def terms(self) -> Terms:
        """The terms in force: those stated, else those of the ruleset."""
        return self.stated_terms or TERMS[self.ruleset_code]


R_109 = EconomicRules()
"""The default: R-109/2021, its standard rates, the start year as year 0."""
