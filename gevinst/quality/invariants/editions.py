"""Rules about the marts: as-of, across edition years, and against the edition published before.

Belongs here: what an edition must not claim to have known, and what must not be lost from one edition to the next.
Does not belong here: rules about the tables that marts are computed from.
"""

from __future__ import annotations

import polars as pl

from gevinst.contracts import CORE, MARTS
from gevinst.contracts.vocabulary import Severity
from gevinst.method.coverage import FACTS
from gevinst.quality.invariants.model import (
    PREVIOUS,
    Invariant,
    Outcome,
    Tables,
    invariant,
    key_of,
    known_on,
    rows_at_fault,
)
from gevinst.quality.model import ALL_TABLES, Owner

_MARTS = tuple(contract.name for contract in MARTS)
_MADE_OF = tuple(dict.fromkeys(name for contract in MARTS for name in contract.empty_without))
"""Core tables without whose rows some marts have none."""
_STRETCHES = tuple((contract, thing) for contract in MARTS if (thing := contract.stretches_of))
"""Marts that are kept by stretch, each with the column that says whose stretches they are."""
_PROJECT_YEAR = ["edition_year", "project_id"]


@invariant(
    "edition_years",
    Severity.CRITICAL,
    Owner.MAINTAINER,
    reads=(*_MARTS, *_MADE_OF),
    nb="Ingen resultattabell er tom når det finnes rader den lages av, unntatt dem som kan være det. En tom tabell er "
    "ellers en feil i kjøringen, og skal aldri erstatte publiserte tall.",
    en="No table of results is empty when there are rows that it is made of, apart from those that may be. An empty "
    "table is otherwise a fault of the run and must never replace published figures.",
)
def marts_have_rows(tables: Tables) -> Outcome:
    """A join on a renamed column that matches nothing: every figure of the page would be zero."""
    asked: list[pl.LazyFrame] = []
    for contract in (contract for contract in MARTS if not contract.may_be_empty):
        # One row says that there are some.
        one = tables[contract.name].head(1).select(name=pl.lit(contract.name), rows=pl.len())
        for name in contract.empty_without:
            made_of = tables[name].head(1).select(_rows=pl.len()).filter(pl.col("_rows") > 0)
            one = one.join(made_of, how="cross").drop("_rows")
        asked.append(one)
    return Outcome(asked, [one.filter(pl.col("rows") == 0).select("name") for one in asked])


@invariant(
    "edition_years",
    Severity.CRITICAL,
    Owner.MAINTAINER,
    reads=("sources", *_MARTS),
    nb="Ingen rad i en utgave bygger på en kilde som ble kjent etter utgavens dato. Ellers ser utgaven klokere ut enn "
    "noen kunne være da.",
    en="No row of an edition rests on a source that became known after the edition's date. Otherwise the edition looks "
    "wiser than anybody could be then.",
)
def editions_use_only_what_was_known(tables: Tables) -> Outcome:
    """A join without the as-of condition: what was read in 2026 would appear in the edition of 2018."""
    known = known_on(tables).rename({"known_on": "source_known_on"})
    dates = tables["edition_years"].select("edition_year", "as_of_on")
    looked_at: list[pl.LazyFrame] = []
    faults: list[pl.LazyFrame] = []
    for contract in (contract for contract in MARTS if "source_id" in contract.column_names):
        rows = tables[contract.name].join(known, on="source_id")
        if contract.is_per_edition:
            rows = rows.join(dates, on="edition_year", how="left")
        else:
            rows = rows.with_columns(as_of_on="valid_from")  # the first day on which an edition shows it
        looked_at.append(rows)
        # A row of an edition year that does not exist has no date to be compared with; it is a fault too.
        late = (pl.col("source_known_on") > pl.col("as_of_on")) | pl.col("as_of_on").is_null()
        faults.append(rows_at_fault(contract, rows, late))
    return Outcome(looked_at, faults)


@invariant(
    "project_status",
    Severity.CRITICAL,
    Owner.MAINTAINER,
    reads=("project_status", "edition_years"),
    nb="Et prosjekt som står i en utgave, står i alle senere utgaver. Det som er kjent, kan ikke bli ukjent.",
    en="A project that is in one edition is in all later ones. What is known cannot become unknown.",
)
def projects_stay_in_later_editions(tables: Tables) -> Outcome:
    """A stopped project that drops out: the share in use would rise without anything having been achieved."""
    present = tables["project_status"].select(_PROJECT_YEAR)
    first = present.group_by("project_id").agg(pl.col("edition_year").min().alias("first_year"))
    expected = first.join(tables["edition_years"].select("edition_year"), how="cross").filter(
        pl.col("edition_year") >= pl.col("first_year")
    )
    lost = expected.join(present, on=_PROJECT_YEAR, how="anti").select(
        pl.concat_str(pl.col("edition_year").cast(pl.String), "project_id", separator="/")
    )
    return Outcome([expected], [lost])


@invariant(
    "edition_years",
    Severity.CRITICAL,
    Owner.MAINTAINER,
    reads=tuple(contract.name for contract, _ in _STRETCHES),
    nb="Tidsrommene for status, dekning, hver gevinst og hver indikator følger etter hverandre uten opphold og uten å "
    "overlappe. Ellers ville en utgave vist ingenting, eller to ting på en gang.",
    en="The stretches of time of status, coverage, each benefit and each indicator follow one another without a gap "
    "and without overlap. Otherwise an edition would show nothing, or two things at once.",
)
def stretches_meet(tables: Tables) -> Outcome:
    """A stretch that is lost: between its neighbours a project would fall back to never assessed."""
    looked_at: list[pl.LazyFrame] = []
    faults: list[pl.LazyFrame] = []
    for contract, thing in _STRETCHES:
        rows = tables[contract.name]
        # A stretch may have several rows: one for each measurement of an indicator.
        begins = rows.select(thing, "valid_from").unique()
        following = pl.col("valid_from").shift(-1).over(thing, order_by="valid_from")
        placed = rows.join(begins.with_columns(following_from=following), on=[thing, "valid_from"], how="left")
        looked_at.append(rows)
        faults.append(rows_at_fault(contract, placed, pl.col("valid_to").ne_missing(pl.col("following_from"))))
    return Outcome(looked_at, faults)


@invariant(
    "project_coverage",
    Severity.CRITICAL,
    Owner.MAINTAINER,
    reads=("project_coverage",),
    nb="Det som er kjent om et prosjekt i en utgave, er kjent i den neste. Krymper dekningen, er noe falt ut av "
    "beregningen.",
    en="What is known of a project in one edition is known in the next. When coverage shrinks, something has fallen "
    "out of the computation.",
)
def coverage_does_not_shrink(tables: Tables) -> Outcome:
    """A fact that disappears between edition years, although facts only accumulate."""
    rows = (
        tables["project_coverage"]
        .sort(_PROJECT_YEAR)
        .with_columns(
            pl.col(fact).shift(1).over("project_id", order_by="edition_year").alias(f"{fact}_before") for fact in FACTS
        )
    )
    shrunk = pl.any_horizontal(pl.col(f"{fact}_before") & ~pl.col(fact) for fact in FACTS).fill_null(False)
    lost = rows.filter(shrunk).select(
        pl.concat_str(pl.col("edition_year").cast(pl.String), "project_id", separator="/")
    )
    return Outcome([rows], [lost])


@invariant(
    ALL_TABLES,
    Severity.WARNING,
    Owner.REGISTRY_EDITOR,
    nb="Ingen nøkler fra utgaven som er publisert, er borte. Nøkler er varige; en rad som forsvinner, gjør adresser "
    "døde og tall mindre.",
    en="No id of the published edition is gone. Ids are permanent; a row that disappears makes addresses dead and "
    "figures smaller.",
)
def published_keys_stay(tables: Tables) -> Outcome:
    """A row deleted or an id renamed in the raw files, which nothing else would notice.

    A first edition has none before it, and passes.

    Counts the rows of this edition, not of the one before: the same facts then give the same result whether an
    edition is the first or the tenth.
    """
    looked_at: list[pl.LazyFrame] = []
    faults: list[pl.LazyFrame] = []
    for contract in CORE:
        looked_at += [tables[contract.name]] if contract.name in tables else []
        before = tables.get(PREVIOUS + contract.name)
        if before is None:
            continue
        # `nulls_equal`, because a part of a composite key may be empty.
        lost = before.join(tables[contract.name], on=list(contract.key), how="anti", nulls_equal=True)
        faults.append(lost.select(key_of(contract, contract.name)))
    return Outcome(looked_at, faults)


EDITION_INVARIANTS: tuple[Invariant, ...] = (
    marts_have_rows,
    editions_use_only_what_was_known,
    projects_stay_in_later_editions,
    stretches_meet,
    coverage_does_not_shrink,
    published_keys_stay,
)
