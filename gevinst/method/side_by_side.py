"""Benefits of several schemes beside one another, at equal age: evidence by category, and who pays beside who gains.

The tables of several editions stand above one another, each row with the `place` of its edition among those compared,
from 0. Projects are compared only with projects of the same age: so many whole years from the award to the day that
the edition knows of. What is seen at equal age does not say why, and nothing here ranks one scheme before another.

Belongs here: which tables and code lists a comparison rests on, ages that can be compared, and what is counted at them.
Does not belong here: finding editions and refusing them (`gevinst.edition.side_by_side`), outcomes at equal age within
one scheme (`ages.py`), and how a count that is held back is written (`:`, by the page).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw
import polars as pl

from gevinst.contracts.vocabulary import EXPECTED, NO_BENEFICIARY_STATED, OWNER_ROLES, STAGE_PROMISED
from gevinst.method.counting import counted, different, distinct
from gevinst.method.frames import Tables, lazy
from gevinst.method.gains import LEVELS
from gevinst.method.shares import share_pct

NEEDED: Mapping[str, tuple[str, ...]] = {
    "codelists": ("codelist", "code", "rank", "label_nb", "label_en", "description_nb", "description_en"),
    "benefit_categories": ("benefit_code", "benefit_category_code", "is_gain"),
    "project_status": ("edition_year", "project_id", "months_since_award"),
    "project_coverage": ("edition_year", "project_id", "is_coded_expected", "is_coded_results"),
    "benefit_evidence": ("edition_year", "project_id", "benefit_category_code", "is_gain", *LEVELS),
    "benefit_register": ("edition_year", "project_id", "benefit_id", "stage_code"),
    "benefit_beneficiaries": ("benefit_id", "beneficiary_code"),
    "participations": ("project_id", "organisation_id", "role_code"),
    "organisations": ("organisation_id", "level_code"),
}
"""Tables of an edition that a comparison rests on, with the columns used of each."""
LISTS = ("status", "evidence", "benefit_category", "organisation_level", "beneficiary")
"""Code lists that must say the same in every edition compared: the ladder first, since it is what schemes change."""
MEANING = ("rank", "label_nb", "label_en", "description_nb", "description_en")
"""Columns that say what a code means: its place in the list and its words."""
PLACES = "places"
"""The table of places, one row per edition: a scheme without projects has a place too."""
ALL_OWNERS, OWNER_NOT_STATED = "all", "not_stated"
"""Values of `owner_level` that are no codes: owners of every level together, and projects whose owner nobody knows."""

_SEAT = ("place", "project_id")
_BAND = ("place", "age_years")
_AGE_UNKNOWN = -1
"""Stands for no age while rows are joined, since no engine joins an empty value to another."""


def stacked(editions: Sequence[tuple[int, Mapping[str, pl.DataFrame]]]) -> Tables:
    """The tables `NEEDED` of several editions above one another, each row with the `place` of its edition.

    `editions` are edition year and tables of each; marts are cut to that year.
    """
    found = {
        name: pl.concat(
            _of_year(frames[name].select(columns), year).with_columns(place=pl.lit(place, pl.Int64))
            for place, (year, frames) in enumerate(editions)
        )
        for name, columns in NEEDED.items()
    }
    places = pl.DataFrame({"place": range(len(editions))}, schema={"place": pl.Int64})
    return {name: lazy(frame.lazy()) for name, frame in {**found, PLACES: places}.items()}


def _of_year(frame: pl.DataFrame, year: int) -> pl.DataFrame:
    return frame.filter(pl.col("edition_year") == year) if "edition_year" in frame.columns else frame


def differing_codes(lists: Sequence[Mapping[str, object]]) -> list[str]:
    """Codes that not all `lists` have with the same meaning, in alphabetical order; each list is meanings by code.

    A code that one list lacks differs as one does that means something else: nobody can tell what its rows would have
    been called in the other.
    """
    codes = sorted({code for one in lists for code in one})
    missing = object()
    return [code for code in codes if any(one.get(code, missing) != lists[0].get(code, missing) for one in lists)]


def differing_kinds(categories: Sequence[Mapping[str, str]]) -> list[str]:
    """Kinds of benefit that several editions have and do not all put in the same category, in alphabetical order.

    A kind that only one scheme has is no fault: its category is known to both. Each edition is categories by kind.
    """
    kinds = sorted({kind for one in categories for kind in one})
    return [kind for kind in kinds if len({one[kind] for one in categories if kind in one}) > 1]


def project_totals(tables: Tables) -> nw.LazyFrame[Any]:
    """One row per place with how many projects its edition knows, of whatever age."""
    counts = counted(tables["project_status"], ("place",), project_count=~nw.col("project_id").is_null())
    return tables[PLACES].join(counts, on="place", how="left").with_columns(nw.col("project_count").fill_null(0))


def age_bands(tables: Tables, min_n: int) -> nw.LazyFrame[Any]:
    """One row per age that any project has and place, with how many projects of it are coded and whether it compares.

    `age_years` is whole years from the award to the edition's date (0 within the first year), and empty for projects of
    which nobody knows the day of the award. `project_count` are projects of that age; `coded_expected_count` and
    `coded_results_count` those of them in whose documents somebody looked for expected benefits and for results. An age
    `is_compared` when every place has at least `min_n` projects of it.
    Source: comparison at equal age with printed n; the house's smallest base of a share.
    """
    return _bands(tables, min_n).with_columns(
        age_years=nw.when(nw.col("age_years") != _AGE_UNKNOWN).then(nw.col("age_years"))
    )


def _bands(tables: Tables, min_n: int) -> nw.LazyFrame[Any]:
    aged = _aged(tables)
    counts = counted(
        aged,
        _BAND,
        project_count=~nw.col("project_id").is_null(),
        coded_expected_count=nw.col("is_coded_expected"),
        coded_results_count=nw.col("is_coded_results"),
    )
    names = ("project_count", "coded_expected_count", "coded_results_count")
    every = tables[PLACES].join(different(aged, "age_years"), how="cross")
    filled = every.join(counts, on=list(_BAND), how="left").with_columns(nw.col(name).fill_null(0) for name in names)
    fewest = nw.col("project_count").min().over("age_years")
    is_compared = (fewest >= max(min_n, 1)) & (nw.col("age_years") != _AGE_UNKNOWN)
    return filled.with_columns(is_compared=is_compared)


def _aged(tables: Tables) -> nw.LazyFrame[Any]:
    """Every project with its age and what it is coded for."""
    # An award of which only the year is known counts as the last day of it, which may lie after the edition's.
    months = nw.col("months_since_award").clip(0, None)
    status = tables["project_status"].select(*_SEAT, age_years=(months // 12).cast(nw.Int64))
    coded = tables["project_coverage"].select(*_SEAT, "is_coded_expected", "is_coded_results")
    joined = status.join(coded, on=list(_SEAT), how="left")
    return joined.with_columns(
        nw.col("age_years").fill_null(_AGE_UNKNOWN),
        nw.col("is_coded_expected", "is_coded_results").fill_null(False),
    )


def evidence_map(tables: Tables, min_n: int) -> nw.LazyFrame[Any]:
    """One row per place, age that is compared, category of benefit and grade of evidence.

    `project_count` are projects with at least one claim in force of that grade in that category, out of `base_count`:
    projects coded for expected benefits where the grade is expected, and for results where it is any other. A project
    may be counted at several grades, with different benefits. What nobody looked for is not counted as not found: where
    `base_count` is 0 the count is empty, and below `min_n` it is empty and `is_withheld`. `share_pct` is per 100 of the
    base, unrounded. General potentials and disbenefits are no benefits and have no row.
    Source: evidence grades of benefits; not coded is not «not found»; the house's smallest base of a share.
    """
    compared = _bands(tables, min_n).filter(nw.col("is_compared"))
    gains = tables["benefit_evidence"].filter(nw.col("is_gain")).join(_aged(tables), on=list(_SEAT), how="inner")
    key = (*_BAND, "benefit_category_code", "evidence_code")
    graded = [gains.filter(nw.col(name) > 0).with_columns(evidence_code=nw.lit(code)) for name, code in LEVELS.items()]
    counts = distinct(nw.concat(graded, how="vertical"), "project_id", "project_count", key)
    categories = different(tables["benefit_categories"].filter(nw.col("is_gain")), "benefit_category_code")
    seats = compared.select(*_BAND, "coded_expected_count", "coded_results_count").join(categories, how="cross")
    base = nw.when(nw.col("evidence_code") == EXPECTED).then(nw.col("coded_expected_count"))
    every = seats.join(_evidence(tables), how="cross").with_columns(
        base_count=base.otherwise(nw.col("coded_results_count"))
    )
    return _shown(every.join(counts, on=list(key), how="left"), min_n).select(
        *key, "project_count", "base_count", "is_withheld", "share_pct"
    )


def _evidence(tables: Tables) -> nw.LazyFrame[Any]:
    of_list = tables["codelists"].filter(nw.col("codelist") == "evidence")
    return different(of_list.select(evidence_code="code"), "evidence_code")


def _shown(rows: nw.LazyFrame[Any], min_n: int) -> nw.LazyFrame[Any]:
    """`rows` with counts of none as 0, and those empty whose base is none or too small."""
    base = nw.col("base_count")
    is_shown = base >= max(min_n, 1)
    counted_rows = rows.with_columns(
        project_count=nw.when(is_shown).then(nw.col("project_count").fill_null(0)),
        is_withheld=(base > 0) & ~is_shown,
    )
    return counted_rows.with_columns(share_pct=share_pct("project_count", "base_count"))


def payers_and_gainers(tables: Tables, min_n: int) -> nw.LazyFrame[Any]:
    """One row per place, age that is compared, level of the owner, whether benefits are achieved, and beneficiary.

    The owner is who pays: the level of government or kind of organisation of owners and co-owners. A project whose
    owners are of several levels counts in each; `ALL_OWNERS` has each project once, and `OWNER_NOT_STATED` those whose
    owner nobody knows. `owned_count` are its projects of the age, `base_count` those of them with at least one benefit
    that is achieved (reported, measured or documented) or, in rows where `is_achieved` is false, promised and no more.
    `project_count` are those of the base with such a benefit for the beneficiary; a benefit may be for several,
    so that rows of different beneficiaries are never added. Counts are empty, withheld and shares as in `evidence_map`.
    A level has rows where any place has projects of it at the age.
    Source: a benefit that falls outside the body that pays is published beside who pays.
    """
    bands = _bands(tables, min_n).filter(nw.col("is_compared")).select(*_BAND)
    levelled = _levelled(tables).join(bands, on=list(_BAND), how="inner")
    of_level = (*_BAND, "owner_level")
    with_benefit = (*of_level, "is_achieved")
    key = (*with_benefit, "beneficiary_code")
    benefits = tables["benefit_register"].select(
        *_SEAT, "benefit_id", is_achieved=nw.col("stage_code") != STAGE_PROMISED
    )
    gains = levelled.join(benefits, on=list(_SEAT), how="inner")
    stated = different(tables["benefit_beneficiaries"], "place", "benefit_id", "beneficiary_code")
    gained = gains.join(stated, on=["place", "benefit_id"], how="left").with_columns(
        nw.col("beneficiary_code").fill_null(NO_BENEFICIARY_STATED)
    )
    levels = different(levelled, "age_years", "owner_level")
    seats = bands.join(levels, on="age_years", how="inner").join(_states(tables), how="cross")
    every = seats.join(_beneficiaries(tables), how="cross")
    parts = (
        (distinct(levelled, "project_id", "owned_count", of_level), of_level),
        (distinct(gains, "project_id", "base_count", with_benefit), with_benefit),
        (distinct(gained, "project_id", "project_count", key), key),
    )
    for part, on in parts:
        every = every.join(part, on=list(on), how="left")
    filled = every.with_columns(nw.col("owned_count", "base_count").fill_null(0))
    return _shown(filled, min_n).select(*key, "owned_count", "project_count", "base_count", "is_withheld", "share_pct")


def _levelled(tables: Tables) -> nw.LazyFrame[Any]:
    """Every project with its age, once for each level of its owners and once for all of them."""
    owners = tables["participations"].filter(nw.col("role_code").is_in(OWNER_ROLES))
    levels = tables["organisations"].select("place", "organisation_id", owner_level="level_code")
    owned = owners.join(levels, on=["place", "organisation_id"], how="inner")
    known = different(owned.filter(~nw.col("owner_level").is_null()), *_SEAT, "owner_level")
    aged = _aged(tables).select(*_SEAT, "age_years")
    by_level = aged.join(known, on=list(_SEAT), how="left").with_columns(
        nw.col("owner_level").fill_null(OWNER_NOT_STATED)
    )
    columns = (*_SEAT, "age_years", "owner_level")
    together = aged.with_columns(owner_level=nw.lit(ALL_OWNERS))
    return nw.concat([by_level.select(*columns), together.select(*columns)], how="vertical")


def _states(tables: Tables) -> nw.LazyFrame[Any]:
    """Achieved, and promised alone."""
    one = tables[PLACES].filter(nw.col("place") == 0)
    states = [one.select(is_achieved=nw.lit(is_achieved)) for is_achieved in (True, False)]
    return nw.concat(states, how="vertical")


def _beneficiaries(tables: Tables) -> nw.LazyFrame[Any]:
    of_list = tables["codelists"].filter(nw.col("codelist") == "beneficiary")
    return different(of_list.select(beneficiary_code="code"), "beneficiary_code")
