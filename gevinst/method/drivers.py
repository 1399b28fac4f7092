"""The four drivers that Menon names, project by project, and how they go together with status.

Belongs here: complexity, actors, time since start and difficulty of implementation, as known at each edition.
Does not belong here: the rank correlations as such (`association.py`) and agreement of coders (`agreement.py`).
"""

from __future__ import annotations

from typing import Any

import narwhals as nw
import polars as pl

from gevinst.contracts.vocabulary import ASSOCIATION_REASONS, DRIVERS, OUTCOME_UNKNOWN, OWNER_ROLES
from gevinst.contracts.vocabulary import RATED_DRIVERS as RATED
from gevinst.method.as_of import dated_statements, known_in_editions, last_possible_day, seats, with_known_on
from gevinst.method.association import holm, kendall, kendall_interval, leave_one_out, spearman, spearman_interval
from gevinst.method.counting import first_of, last_of
from gevinst.method.frames import Rules, Tables, lazy, reduced
from gevinst.method.status import months_between

MIN_PROJECTS = 20
MIN_OUTCOMES = 5
"""Below these an association is not shown, whatever its p: one project more or less would move it. A choice of this
project, as arguments of `driver_association`."""

_ESTIMATES = (
    *("rho", "rho_interval_low", "rho_interval_high", "rho_low", "rho_high", "rho_p"),
    *("tau", "tau_interval_low", "tau_interval_high", "tau_p", "order_count"),
)

_SEAT = ["edition_year", "project_id"]


def driver_table(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per project and edition year: the four drivers beside the status; contract `driver_table`.

    A rated driver has the rating that was settled on, else the one that all coders gave; ratings are never averaged,
    and where coders disagree and no one has settled it, it is null beside lowest and highest. Owners are owners and
    co-owners; actors are all organisations but suppliers; null, not 0, when none is known. Months run from the start
    of work, else from the award, each taken at the last day its date can mean; 0 when that lies after the edition's
    date, null when the start itself does.
    `is_outcome_known` is false where `outcome_code` is unknown, whatever the age of the status, and where no step is.
    """
    status = tables["project_status"].select(*_SEAT, "current_status_code", "current_step", "outcome_code", "is_in_use")
    has_outcome = nw.col("outcome_code") != OUTCOME_UNKNOWN
    table = status.with_columns(is_outcome_known=has_outcome & ~nw.col("current_step").is_null())
    ratings, decisions = current_ratings(tables), settled_ratings(tables)
    parts = [_actors(tables), _starts(tables), *[_rated(ratings, decisions, driver) for driver in RATED]]
    for part in parts:  # left joins: a project of which nothing is known keeps its row, with nulls
        table = table.join(part, on=_SEAT, how="left")
    counts = [nw.col(f"{driver}_coder_count").fill_null(0) for driver in RATED]
    return table.with_columns(*counts)


def current_ratings(tables: Tables) -> nw.LazyFrame[Any]:
    """One row per edition year, project, rated driver and coder: the newest round of ratings known by then.

    A project's newer round replaces the older as a whole, so that ratings of different times are never compared.
    """
    ratings = dated_statements(tables["driver_ratings"], tables["sources"])
    known = known_in_editions(ratings, tables)
    unit = [*_SEAT, "rated_driver_code"]
    newest = last_of(known, unit, "about_on", "assessment_round_id").select(*unit, "assessment_round_id")
    return known.join(newest, on=[*unit, "assessment_round_id"], how="semi")


def settled_ratings(tables: Tables) -> nw.LazyFrame[Any]:
    """The newest decision known by each edition year, per project, rated driver and assessment round.

    Columns: the seat, `assessment_round_id`, `rated_driver_code` and `settled_rating`. An edition made before the
    decision keeps what it knew then: no value where the coders disagreed.
    """
    decided = tables["rating_decisions"].rename(
        {"decided_on": "assessed_on", "decided_precision": "assessed_precision"}
    )
    known = known_in_editions(dated_statements(decided, tables["sources"]), tables)
    unit = [*_SEAT, "rated_driver_code", "assessment_round_id"]
    return last_of(known, unit, "about_on", "assessed_on").select(*unit, "settled_rating")


def driver_heatmap(tables: Tables, rules: Rules) -> nw.LazyFrame[Any]:
    """One row per edition year, driver, level and status: `project_count`; contract `driver_heatmap`.

    `driver_level` is the rating (1-5), the number of actors, or whole years since the start; null where unknown, so
    that the counts of a driver always add up to all projects of the edition.
    """
    table = tables["driver_table"]
    levels = {driver: nw.col(driver) for driver in DRIVERS} | {
        "months_since_start": (nw.col("months_since_start") / 12).floor()
    }
    parts = [
        table.select(
            "edition_year",
            "current_status_code",
            driver_code=nw.lit(driver),
            driver_level=level.cast(nw.Int64),
        )
        for driver, level in levels.items()
    ]
    return (
        nw.concat(parts, how="vertical")
        .group_by("edition_year", "driver_code", "driver_level", "current_status_code")
        .agg(project_count=nw.len().cast(nw.Int64))
    )


def driver_association(
    tables: Tables,
    rules: Rules,
    *,
    min_projects: int = MIN_PROJECTS,
    min_outcomes: int = MIN_OUTCOMES,
) -> nw.LazyFrame[Any]:
    """One row per driver and edition year: rank correlation with the newest step; contract `driver_association`.

    Counts projects whose driver and outcome are both known. With fewer than `min_projects` of them, fewer than
    `min_outcomes` in use, no variation, or coders who do not agree enough, only the counts are given and the reason
    says why: the raw table is then all there is to show. The projects are nearly the whole population, so p answers one
    question only, whether chance labels could give such an order; Holm adjusts it for the drivers tested. The 95 %
    interval shows how far chance could move the correlation with so few projects. No regression: four drivers are
    too many for so few rows.
    """
    agreement = {
        (year, driver): (alpha is not None, is_publishable)
        for year, driver, alpha, is_publishable in reduced(
            tables["coder_agreement"].select("edition_year", "rated_driver_code", "alpha", "is_publishable"),
            "edition_year",
            "rated_driver_code",
        ).iter_rows()
    }
    known = _known_pairs(tables["driver_table"])
    rows: list[dict[str, Any]] = []
    for (year,) in reduced(tables["edition_years"].select("edition_year"), "edition_year").iter_rows():
        edition: list[dict[str, Any]] = [
            {
                "edition_year": year,
                "driver_code": driver,
                **_association(
                    known.filter(edition_year=year, driver_code=driver),
                    (agreement.get((year, driver)) or (False, False)) if driver in RATED else (True, True),
                    min_projects,
                    min_outcomes,
                ),
            }
            for driver in DRIVERS
        ]
        for row, adjusted in zip(edition, holm([row["rho_p"] for row in edition]), strict=True):
            row["rho_p_holm"] = adjusted
        rows += edition
    return lazy(pl.DataFrame(rows, infer_schema_length=None))


def _known_pairs(table: nw.LazyFrame[Any]) -> pl.DataFrame:
    """How many projects have each pair of a driver's value and a step, by edition year and driver."""
    step, key = ("current_step", "is_in_use"), ("edition_year", "driver_code", "driver_value")
    parts = [
        table.filter(nw.col("is_outcome_known") & ~nw.col(driver).is_null()).select(
            "edition_year", *step, driver_code=nw.lit(driver), driver_value=nw.col(driver).cast(nw.Int64)
        )
        for driver in DRIVERS
    ]
    counts = nw.concat(parts, how="vertical").group_by(*key, *step).agg(project_count=nw.len().cast(nw.Int64))
    return reduced(counts, *key, *step)


def _association(
    known: pl.DataFrame, agreement: tuple[bool, bool], min_projects: int, min_outcomes: int
) -> dict[str, Any]:
    """The results of one driver in one edition; `agreement` is (alpha is known, alpha is enough)."""
    projects = int(known["project_count"].sum())
    outcomes = int(known.filter("is_in_use")["project_count"].sum())
    has_alpha, is_agreed = agreement
    holding = (  # in the order of ASSOCIATION_REASONS
        projects < min_projects,
        outcomes < min_outcomes,
        known["driver_value"].n_unique() < 2 or known["current_step"].n_unique() < 2,
        not has_alpha,
        not is_agreed,
    )
    reason = next((code for code, holds in zip(ASSOCIATION_REASONS, holding, strict=True) if holds), None)
    result: dict[str, Any] = {
        "project_count": projects,
        "outcome_count": outcomes,
        "is_shown": reason is None,
        "association_reason_code": reason,
    }
    if reason:
        return result | dict.fromkeys(_ESTIMATES)
    pairs = known["driver_value"], known["current_step"], known["project_count"]
    rho, tau = spearman(*pairs), kendall(*pairs)
    low, high = leave_one_out(*pairs) or (None, None)
    interval = None if rho.estimate is None else spearman_interval(rho.estimate, rho.pair_count)
    interval_low, interval_high = interval or (None, None)
    tau_interval = None if tau.estimate is None else kendall_interval(tau.estimate, tau.pair_count)
    tau_low, tau_high = tau_interval or (None, None)
    return result | {
        "rho": rho.estimate,
        "rho_interval_low": interval_low,
        "rho_interval_high": interval_high,
        "rho_low": low,
        "rho_high": high,
        "rho_p": rho.p,
        "tau": tau.estimate,
        "tau_interval_low": tau_low,
        "tau_interval_high": tau_high,
        "tau_p": tau.p,
        "order_count": rho.order_count,
    }


def _actors(tables: Tables) -> nw.LazyFrame[Any]:
    """How many organisations own and take part in each project, from the first day each was known to."""
    roles = with_known_on(
        tables["participations"].select("project_id", "organisation_id", "role_code", "source_id"), tables["sources"]
    ).filter(nw.col("role_code") != "supplier")
    is_owner = nw.col("role_code").is_in(OWNER_ROLES)
    known = (
        known_in_editions(roles, tables)
        .with_columns(_owns=is_owner.cast(nw.Int64))
        .group_by(*_SEAT, "organisation_id")
        .agg(_owns=nw.col("_owns").max())
    )
    counted = known.group_by(*_SEAT).agg(
        _owners=nw.col("_owns").sum().cast(nw.Int64), actor_count=nw.len().cast(nw.Int64)
    )
    owners = nw.when(nw.col("_owners") > 0).then(nw.col("_owners"))
    return counted.select(*_SEAT, "actor_count", owner_count=owners)


def _starts(tables: Tables) -> nw.LazyFrame[Any]:
    """Start and months since, per project and edition: the earliest start known by then, else the award."""
    events = with_known_on(tables["project_events"], tables["sources"]).filter(nw.col("event_code") == "started")
    # The id decides between two sources with one date, so that the row chosen is the same in every engine.
    first = first_of(known_in_editions(events, tables), _SEAT, "event_on", "project_event_id")
    started = first.select(*_SEAT, "event_on", "event_precision")
    rounds = tables["rounds"].select("round_id", "awarded_on", "awarded_precision")
    awards = tables["projects"].select("project_id", "round_id").join(rounds, on="round_id", how="left")
    has_event = ~nw.col("event_on").is_null()
    basis = nw.when(has_event).then(nw.lit("start")).otherwise(nw.lit("award"))
    dated = (
        seats(tables)
        .join(awards, on="project_id", how="left")
        .join(started, on=_SEAT, how="left")
        .with_columns(
            start_on=nw.when(has_event).then(nw.col("event_on")).otherwise(nw.col("awarded_on")),
            start_precision=nw.when(has_event).then(nw.col("event_precision")).otherwise(nw.col("awarded_precision")),
            _basis=basis,
        )
        .with_columns(_last=last_possible_day("start"))
        .with_columns(_m=months_between("_last", "as_of_on"))
    )
    # A year-only date counts as 31 December, so that the months may be below 0 although the work has begun.
    months = nw.when(nw.col("_m") > 0).then(nw.col("_m")).otherwise(nw.lit(0))
    has_begun = (nw.col("start_on") <= nw.col("as_of_on")) & ~nw.col("_m").is_null()
    return dated.select(
        *_SEAT,
        "start_on",
        "start_precision",
        start_basis_code=nw.when(~nw.col("start_on").is_null()).then(nw.col("_basis")),
        months_since_start=nw.when(has_begun).then(months),
    )


def _rated(ratings: nw.LazyFrame[Any], decisions: nw.LazyFrame[Any], driver: str) -> nw.LazyFrame[Any]:
    """One rated driver per project and edition: the value to use, and what the coders gave."""
    of_driver = nw.col("rated_driver_code") == driver
    spread = (
        ratings.filter(of_driver)
        .group_by(*_SEAT, "assessment_round_id")
        .agg(
            _low=nw.col("rating").min(),
            _high=nw.col("rating").max(),
            _n=nw.col("rating").count().cast(nw.Int64),
        )
        .join(decisions.filter(of_driver), on=[*_SEAT, "assessment_round_id"], how="left")
    )
    # Lowest equals highest: all coders gave the same, also when there is one coder only.
    agreed = nw.when(nw.col("_low") == nw.col("_high")).then(nw.col("_low"))
    value = nw.when(nw.col("settled_rating").is_null()).then(agreed).otherwise(nw.col("settled_rating"))
    return spread.select(
        *_SEAT,
        value.alias(driver),
        nw.col("_low").alias(f"{driver}_low"),
        nw.col("_high").alias(f"{driver}_high"),
        nw.col("_n").alias(f"{driver}_coder_count"),
    )
