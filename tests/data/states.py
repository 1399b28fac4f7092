"""One edition per state that a whole edition can be in; the browser tests open a site of each.

Belongs here: which states there are, and the tables and the edition of each.
Does not belong here: states that a reader brings about (a selection, paper, no scripts); the tests do that themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace

import polars as pl

from gevinst.contracts import CORE, QUALITY
from gevinst.contracts.vocabulary import BROADLY_TRIGGERED as BROAD
from gevinst.contracts.vocabulary import KNOWN_COUNTERFACTUALS as KNOWN
from gevinst.layout import EditionInfo
from gevinst.method.catalogue import compute_marts
from gevinst.method.frames import Rules
from tests.data import kept
from tests.data.page_reading import with_value
from tests.data.rendered import invented_tables, real_tables
from tests.data.small_edition import RULES, SMALL_EDITION, small_tables

FEW = ("2016-hjelpemidler", "2018-skyss", "2021-ukjent")

Tables = dict[str, pl.DataFrame]
Edition = tuple[Tables, EditionInfo]


def normal() -> Edition:
    """The committed data, as the edition in force."""
    return dict(real_tables()), replace(SMALL_EDITION, is_illustrative=False)


def illustrative() -> Edition:
    """A rich invented portfolio, not yet published: models, measured benefits, and answers hidden."""
    tables = dict(invented_tables())
    # One owner less who would have done much the same without the support: then they are too few to be shown.
    answers = tables["counterfactuals"]
    other = answers.filter(pl.col("counterfactual_code").is_in(set(KNOWN) - set(BROAD)))["project_id"][0]
    tables["counterfactuals"] = with_value(answers, "project_id", other, counterfactual_code=BROAD[0])
    tables = _computed(tables, Rules(2016, SMALL_EDITION.edition_year))
    return tables, replace(SMALL_EDITION, state="candidate", previous_edition_id="2025-1")


def failed() -> Edition:
    """A check that must hold does not; old and disputed statements, and years of award that are missing."""
    tables = small_tables()
    checks = with_value(
        tables["quality_checks"], "check_id", "projects.key", check_outcome_code="failed", unexpected_count=2
    )
    return {**tables, "quality_checks": checks}, replace(SMALL_EDITION, state="candidate")


def archived() -> Edition:
    """An edition that a newer one has replaced."""
    return small_tables(), replace(SMALL_EDITION, state="archived", previous_edition_id="2025-1")


def first() -> Edition:
    """Nothing was known before: no change can be shown."""
    return _computed(small_tables(), replace(RULES, first_year=RULES.last_year)), SMALL_EDITION


def few() -> Edition:
    """Three projects: too few for shares."""
    return _narrowed(FEW), SMALL_EDITION


def empty() -> Edition:
    """No project at all."""
    return _narrowed(()), SMALL_EDITION


STATES: dict[str, Callable[[], Edition]] = {
    made.__name__: made for made in (normal, illustrative, failed, archived, first, few, empty)
}


def state(name: str) -> Edition:
    """The tables and the edition of a state, computed once for all tests."""
    return kept.value(f"state-{name}", STATES[name])


def _narrowed(projects: Collection[str]) -> Tables:
    """The small edition with only these projects, and only what is said of them."""
    tables = small_tables()
    for table in CORE:
        rows = tables[table.name]
        if "project_id" in rows.columns:
            rows = rows.filter(pl.col("project_id").is_null() | pl.col("project_id").is_in(projects))
        tables[table.name] = rows
    # What says nothing of a project itself goes with the benefit, plan or claim it is about; each after what it is of.
    for name in ("benefit_beneficiaries", "benefit_plans", "benefit_measurements", "benefit_values"):
        for key in ("benefit_id", "benefit_plan_id", "benefit_claim_id"):
            if key in tables[name].columns and name != f"{key.removesuffix('_id')}s":
                kept_ids = tables[f"{key.removesuffix('_id')}s"][key].implode()
                tables[name] = tables[name].filter(pl.col(key).is_null() | pl.col(key).is_in(kept_ids))
    return _computed(tables, RULES)


def _computed(tables: Tables, rules: Rules) -> Tables:
    """The tables with all marts computed again."""
    read = {table.name: tables[table.name] for table in (*CORE, *QUALITY)}
    return {**read, **compute_marts(read, rules, is_illustrative=True)}
