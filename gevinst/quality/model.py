"""What a check is, and its result.

Belongs here: the roles that correct a fault, a check, its result, and results as rows of `quality_checks`.
Does not belong here: any particular check (`suites`, `invariants`) and the way it is run (`bridge`, `catalogue`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

import polars as pl

from gevinst.bilingual import LANGUAGES, Bilingual
from gevinst.contracts import QUALITY_CHECKS
from gevinst.contracts.schema import polars_schema
from gevinst.contracts.vocabulary import CheckOutcome, Severity
from gevinst.errors import GevinstError
from gevinst.language.texts import Catalogue, entries, placeholders
from gevinst.persons_and_contacts import masked

ALL_TABLES = "all_tables"
"""Table name of a check that looks at every table of an edition."""

LISTED_KEYS = 10
"""How many keys of deviating rows a result lists: enough to find the mistake, few enough for a sentence."""

BLOCK_ROWS = 50_000
"""Rows of a table that Python and pandas have at once: more of them make nothing faster, and a block of long texts
takes some 100 MB there."""


class QualityError(GevinstError):
    """A check could not be run. This says nothing about the data; the check or its input is at fault."""


class Owner(StrEnum):
    """The role that corrects what a check finds."""

    REGISTRY_EDITOR = "registry_editor"  # keeps projects, organisations, rounds and sources
    EVALUATOR = "evaluator"  # enters status, claims and measurements
    MAINTAINER = "maintainer"  # keeps the code


OWNERS = {
    Owner.REGISTRY_EDITOR: Bilingual("den som fører registeret", "registry editor"),
    Owner.EVALUATOR: Bilingual("evaluatoren", "evaluator"),
    Owner.MAINTAINER: Bilingual("den som vedlikeholder koden", "maintainer"),
}
"""The roles in words."""


@dataclass(frozen=True, slots=True)
class Check:
    """One check: permanent snake_case id, the table it is about, the failure it catches and why that matters.

    `column_name` is the column in which a person corrects the fault, where it is always the same one, and the remedy
    what to do about it in one sentence. What a check finds that `is_told_once` is counted and not told row by row: it
    is work that waits, and no fault of those who enter rows.
    """

    check_id: str
    table_name: str
    severity: Severity
    description_nb: str
    description_en: str
    owner: Owner
    column_name: str | None = field(default=None, kw_only=True)
    remedy_nb: str = field(default="Rett raden.", kw_only=True)
    remedy_en: str = field(default="Correct the row.", kw_only=True)
    is_told_once: bool = field(default=False, kw_only=True)

    @property
    def column(self) -> str | None:
        """The column in which a person corrects the fault, where the check alone says it."""
        return self.column_name

    def fault(self, about: str = "") -> Bilingual:
        """What is wrong in a row, and what to do, said to the person who entered it; else the rule and its remedy.

        `about` is what the check says of the fault besides the row, such as the two values that may be swapped.
        """
        key = f"content.{self.check_id.removesuffix('_nb').removesuffix('_en')}"
        if key not in entries():
            return Bilingual(*(f"{self.description(one)} {self.remedy(one)}" for one in LANGUAGES))
        values = {"about": about} if "about" in placeholders(entries()[key][LANGUAGES[0]]) else {}
        return Bilingual(*(Catalogue(language).t(key, None, **values) for language in LANGUAGES))

    @property
    def remedy(self) -> Bilingual:
        """What to do about it."""
        return Bilingual(self.remedy_nb, self.remedy_en)

    @property
    def description(self) -> Bilingual:
        """The failure that the check catches, and why that matters."""
        return Bilingual(self.description_nb, self.description_en)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a check found.

    A check may hold with deviating rows: some require only that most rows are right. `unexpected_keys` are the keys of
    the first `LISTED_KEYS` of them, never their texts, which may hold what must not be published; `shown_keys` are
    those as they may be shown, since a key is a text too.
    """

    check: Check
    has_failed: bool
    checked_count: int
    unexpected_count: int
    unexpected_keys: tuple[str, ...] = ()

    @property
    def shown_keys(self) -> str:
        """The keys, with persons' data masked; empty when there are none."""
        return ", ".join(masked(key) for key in self.unexpected_keys)

    @property
    def outcome(self) -> CheckOutcome:
        """What came of it; a check that looked at nothing has not passed."""
        if self.has_failed:
            return CheckOutcome.FAILED
        return CheckOutcome.PASSED if self.checked_count else CheckOutcome.NOTHING

    @property
    def stops_publication(self) -> bool:
        """True when this result must keep the edition from being published."""
        return self.has_failed and self.check.severity is Severity.CRITICAL

    def sentence(self, language: str = "en") -> str:
        """The failure in words: table, check and rows, why it matters, what to do, and who does it."""
        keys = self.shown_keys
        check, owner = self.check, OWNERS[self.check.owner]
        return Bilingual(
            f"{check.table_name}, {keys or 'hele tabellen'}: kontrollen {check.check_id} slo ut. "
            f"{check.description.nb} {check.remedy.nb} Rettes av {owner.nb}.",
            f"{check.table_name}, {keys or 'the table as a whole'}: the check {check.check_id} failed. "
            f"{check.description.en} {check.remedy.en} To be corrected by the {owner.en}.",
        )(language)


def results_frame(results: Iterable[CheckResult], *, is_illustrative: bool) -> pl.DataFrame:
    """Results as rows of the `quality_checks` contract, sorted by its key; `is_illustrative` is that of the data."""
    rows = [
        {
            "check_id": result.check.check_id,
            "table_name": result.check.table_name,
            "severity_code": result.check.severity.value,
            "description_nb": result.check.description_nb,
            "description_en": result.check.description_en,
            "check_outcome_code": result.outcome.value,
            "checked_count": result.checked_count,
            "unexpected_count": result.unexpected_count,
            "unexpected_keys": result.shown_keys or None,
            "is_illustrative": is_illustrative,
        }
        for result in results
    ]
    return pl.DataFrame(rows, schema=polars_schema(QUALITY_CHECKS)).sort(QUALITY_CHECKS.key)
