"""Rules about dates: how precise they are, in which order, and when things became known.

Belongs here: rules that every as-of result rests on.
Does not belong here: what an edition made of them (`editions.py`) and dates of one row (`gevinst.quality.suites`).
"""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from gevinst.contracts import CORE, Contract, Type
from gevinst.contracts.vocabulary import Severity
from gevinst.method.as_of import last_possible_day
from gevinst.method.frames import lazy
from gevinst.quality.invariants.model import (
    Invariant,
    Outcome,
    Tables,
    cells_at_fault,
    invariant,
    known_on,
    of_this_edition,
    rows_at_fault,
)
from gevinst.quality.model import ALL_TABLES, Owner

_OF_A_PROJECT = (
    "project_events",
    "project_grants",
    "participations",
    "project_relations",
    "status_assessments",
    "benefits",
    "benefit_claims",
    "follow_on_funding",
)

_MAY_BE_LATER = (
    "valid_to_on",
    "next_measurement_on",
    "target_on",
    "planned_on",
    "answer_by_on",
    "recorded_on",
    "coded_on",
)
"""Dates that may be later than the reading of the source: what is planned, and our own work with it."""
_LONGEST_PLAN = "3y"
"""How far ahead an award announces a start: the longest so far is one year; 2062 for 2026 stays a misprint."""


@invariant(
    ALL_TABLES,
    Severity.CRITICAL,
    Owner.REGISTRY_EDITOR,
    nb="Hver dato sier hvor nøyaktig den er. Ellers regnes 1. januar som dagen noe ble kjent, når kilden bare sier "
    "året.",
    en="Every date says how precise it is. Otherwise 1 January counts as the day something became known when the "
    "source gives only the year.",
)
def dates_have_precision(tables: Tables) -> Outcome:
    """A date without its precision, or the other way round: a year would be read as its first day."""

    def half(stem: str) -> pl.Expr:
        return pl.col(f"{stem}_on").is_null() != pl.col(f"{stem}_precision").is_null()

    return _of_dates(tables, half)


@invariant(
    ALL_TABLES,
    Severity.WARNING,
    Owner.REGISTRY_EDITOR,
    nb="Datoer kjent bare på måned eller år står på den første dagen. Ellers er datoen eller nøyaktigheten feil.",
    en="Dates known only by month or year are the first day of it. Otherwise the date or its precision is wrong.",
)
def rough_dates_stand_on_first_day(tables: Tables) -> Outcome:
    """30 May given as «month»: either the day is known and discarded, or it is invented."""

    def wrong(stem: str) -> pl.Expr:
        day, precision = pl.col(f"{stem}_on"), pl.col(f"{stem}_precision")
        return ((precision == "month") & (day.dt.day() != 1)) | ((precision == "year") & (day.dt.ordinal_day() != 1))

    return _of_dates(tables, wrong)


def _of_dates(tables: Tables, fault: Callable[[str], pl.Expr]) -> Outcome:
    """Every date of every table that has a precision, and those of which `fault` is true."""
    looked_at: list[pl.LazyFrame] = []
    faults: list[pl.LazyFrame] = []
    for contract, frame in of_this_edition(tables):
        if stems := _dated_stems(contract):
            looked_at += [frame] * len(stems)
            faults.append(cells_at_fault(contract, frame, {stem: fault(stem) for stem in stems}))
    return Outcome(looked_at, faults)


def _dated_stems(contract: Contract) -> list[str]:
    names = {column.name for column in contract.columns}
    return [name[:-3] for name in sorted(names) if name.endswith("_on") and f"{name[:-3]}_precision" in names]


@invariant(
    "project_events",
    Severity.CRITICAL,
    Owner.REGISTRY_EDITOR,
    reads=("project_events",),
    nb="Ingen prosjekter slutter før de starter. Da er minst én av datoene feil, eller start og slutt er byttet om.",
    en="No project ends before it starts. At least one of the dates is then wrong, or start and end are swapped.",
)
def projects_end_after_they_start(tables: Tables) -> Outcome:
    """Start and end swapped; where sources differ, the latest end they allow must reach the earliest start."""
    events = lazy(tables["project_events"]).with_columns(last_on=last_possible_day("event")).to_native()
    # Earliest start and latest end: sources may differ by some months, and only an order that no reading of them allows
    # is a fault. A project with one of the two is dropped, since there is nothing to compare.
    is_start = pl.col("event_code") == "started"
    spans = events.group_by("project_id").agg(
        start=pl.col("event_on").filter(is_start).min(), end=pl.col("last_on").filter(~is_start).max()
    )
    both = spans.drop_nulls()
    return Outcome([both], [both.filter(pl.col("end") < pl.col("start")).select("project_id")])


@invariant(
    "sources",
    Severity.CRITICAL,
    Owner.EVALUATOR,
    reads=("sources",),
    nb="Ingenting er datert etter at kilden ble lest. Et slikt årstall er skrevet feil.",
    en="Nothing is dated after its source was read. Such a year is mistyped.",
)
def nothing_dated_after_it_was_read(tables: Tables) -> Outcome:
    """2062 for 2026: the status would count as newest for decades. What is planned may lie in the future."""
    read = tables["sources"].select("source_id", "accessed_on")
    looked_at: list[pl.LazyFrame] = []
    faults: list[pl.LazyFrame] = []
    for contract, frame in of_this_edition(tables):
        names = [
            column.name for column in contract.columns if column.type is Type.DATE and column.name not in _MAY_BE_LATER
        ]
        if contract not in CORE or contract.name == "sources" or not names:
            continue
        rows = frame.join(read, on="source_id", how="left")
        if contract.name == "project_events":  # an award announces when the project is to end, and to start
            rows = rows.filter(pl.col("event_code") != "ended")
            is_start = pl.col("event_code") == "started"
            latest = pl.when(is_start).then(pl.col("accessed_on").dt.offset_by(_LONGEST_PLAN))
            rows = rows.with_columns(accessed_on=latest.otherwise(pl.col("accessed_on")))
        looked_at.append(rows)
        faults.append(cells_at_fault(contract, rows, {name: pl.col(name) > pl.col("accessed_on") for name in names}))
    return Outcome(looked_at, faults)


@invariant(
    "projects",
    Severity.CRITICAL,
    Owner.REGISTRY_EDITOR,
    reads=("sources", "projects", *_OF_A_PROJECT),
    nb="Ingenting om et prosjekt blir kjent i en tidligere utgave enn prosjektet selv. Ellers forteller utgaven om et "
    "prosjekt den ikke har.",
    en="Nothing about a project becomes known in an earlier edition than the project itself. Otherwise the edition "
    "describes a project that it does not have.",
    column="source_id",
)
def nothing_known_before_its_project(tables: Tables) -> Outcome:
    """A project that rests on a late document while its claims rest on an early one: cite the earliest document."""
    # By year, not by day: editions are yearly, and documents of one award may be dated some days apart.
    known = known_on(tables)
    projects = (
        tables["projects"].join(known, on="source_id").select("project_id", first_year=pl.col("known_on").dt.year())
    )
    looked_at: list[pl.LazyFrame] = []
    faults: list[pl.LazyFrame] = []
    for contract in (contract for contract in CORE if contract.name in _OF_A_PROJECT):
        rows = tables[contract.name].join(known, on="source_id").join(projects, on="project_id")
        looked_at.append(rows)
        faults.append(rows_at_fault(contract, rows, pl.col("known_on").dt.year() < pl.col("first_year")))
    return Outcome(looked_at, faults)


@invariant(
    "benefit_measurements",
    Severity.CRITICAL,
    Owner.EVALUATOR,
    reads=("benefit_measurements", "benefit_plans", "benefits", "projects", "rounds"),
    nb="Ingen verdi etter tiltaket er målt før prosjektet fikk støtte. Da er nullpunkt og måling byttet om, eller "
    "målingen gjelder noe annet.",
    en="No value after the measure was measured before the project was funded. Baseline and measurement are then "
    "swapped, or the measurement is about something else.",
    column="measured_on",
)
def measurements_follow_the_award(tables: Tables) -> Outcome:
    """A measurement older than its project; rough dates are compared by the last and the first day they can mean."""
    awards = tables["projects"].join(tables["rounds"], on="round_id").select("project_id", "awarded_on")
    measured = lazy(tables["benefit_measurements"]).with_columns(_last_day=last_possible_day("measured"))
    rows = (
        measured.to_native()
        .join(tables["benefit_plans"].select("benefit_plan_id", "benefit_id"), on="benefit_plan_id")
        .join(tables["benefits"].select("benefit_id", "project_id"), on="benefit_id")
        .join(awards, on="project_id")
    )
    early = rows.filter(pl.col("_last_day") < pl.col("awarded_on"))
    return Outcome([rows], [early.select("benefit_measurement_id")])


@invariant(
    "status_assessments",
    Severity.CRITICAL,
    Owner.EVALUATOR,
    reads=("status_assessments", "projects", "rounds"),
    nb="Ingen status gjelder en tid før prosjektet fikk støtte. Et slikt årstall er skrevet feil.",
    en="No status is about a time before the project was funded. Such a year is mistyped.",
    column="assessed_on",
)
def statuses_follow_the_award(tables: Tables) -> Outcome:
    """2012 for 2022: the project would seem to have been in use before it began."""
    awards = tables["projects"].join(tables["rounds"], on="round_id").select("project_id", "awarded_on")
    dated = lazy(tables["status_assessments"]).with_columns(_last_day=last_possible_day("assessed"))
    rows = dated.to_native().join(awards, on="project_id")
    early = rows.filter(pl.col("_last_day") < pl.col("awarded_on"))
    return Outcome([rows], [early.select("status_assessment_id")])


DATE_INVARIANTS: tuple[Invariant, ...] = (
    dates_have_precision,
    rough_dates_stand_on_first_day,
    projects_end_after_they_start,
    nothing_dated_after_it_was_read,
    nothing_known_before_its_project,
    measurements_follow_the_award,
    statuses_follow_the_award,
)
