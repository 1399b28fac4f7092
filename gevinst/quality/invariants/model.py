"""What an invariant is, and the few frames that several of them start from.

Belongs here: `Invariant`, the decorator that makes one of a function, and shared ways to look at the tables.
Does not belong here: the invariants themselves (the other modules of this package).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import polars as pl

from gevinst.contracts import ALL, Contract, Type
from gevinst.contracts.vocabulary import Severity
from gevinst.method.as_of import source_known_on
from gevinst.method.frames import lazy
from gevinst.persons_and_contacts import Kind, cells_with
from gevinst.quality.model import BLOCK_ROWS, LISTED_KEYS, Check, CheckResult, Owner, QualityError

Tables = Mapping[str, pl.LazyFrame]
"""Frames of an edition by table name, their rows in any order; each conforms to its contract."""

_NOTHING_KEPT = pl.QueryOptFlags(comm_subplan_elim=False)

PREVIOUS = "previous."
"""Prefix of the names of tables of the edition published before, which are passed along with those of this one."""


class Outcome(NamedTuple):
    """The things that a rule looked at, one row each, and the keys of those that break it, in the first column of each.

    A frame that is there twice counts twice. Nothing of them is computed before `Invariant` counts and lists them, so
    that of a table of any size only the columns that a rule asks for are read, and only keys at fault are kept.
    """

    looked_at: Sequence[pl.LazyFrame]
    faults: Sequence[pl.LazyFrame]


@dataclass(frozen=True, slots=True)
class Invariant:
    """A check with the pure function that carries it out; call it with the tables of an edition."""

    check: Check
    reads: tuple[str, ...]
    rule: Callable[[Tables], Outcome]

    def __call__(
        self, tables: Mapping[str, pl.DataFrame | pl.LazyFrame], listed: int | None = LISTED_KEYS
    ) -> CheckResult:
        """The result on `tables` with the first `listed` keys (`None`: all of them).

        Raises `QualityError` naming check and table when one it reads is missing.
        """
        missing = [name for name in self.reads if name not in tables]
        if missing:
            raise QualityError(f"check {self.check.check_id} needs the tables {', '.join(missing)}")
        outcome = self.rule({name: frame.lazy() for name, frame in tables.items()})
        # One frame after another: side by side they would hold as many tables in memory as there are.
        found = [collected(frame.select(key=pl.first()).unique()) for frame in outcome.faults]
        # Sorted, so that the listed keys do not depend on the order of rows, which engines do not promise.
        keys = pl.concat([pl.DataFrame(schema={"key": pl.String}), *found])["key"].unique().sort()
        first = keys.head(len(keys) if listed is None else listed)
        return CheckResult(self.check, len(keys) > 0, _row_count(outcome.looked_at), len(keys), tuple(first))


def _row_count(frames: Sequence[pl.LazyFrame]) -> int:
    """How many rows the frames have together; each is counted once, however often it is there."""
    times = Counter(map(id, frames))
    once = {id(frame): frame for frame in frames}
    return sum(collected(frame.select(pl.len())).item() * times[one] for one, frame in once.items())


def invariant(
    table_name: str,
    severity: Severity,
    owner: Owner,
    *,
    nb: str,
    en: str,
    reads: tuple[str, ...] = (),
    column: str | None = None,
    remedy: tuple[str, str] = ("Rett raden.", "Correct the row."),
    is_told_once: bool = False,
) -> Callable[[Callable[[Tables], Outcome]], Invariant]:
    """Make an `Invariant` of a function; its name is the id of the check, `reads` the tables it requires.

    `column` is where a person corrects the fault when the keys do not say it, `remedy` what to do, in both languages;
    `is_told_once` as in `Check`.
    """

    def make(rule: Callable[[Tables], Outcome]) -> Invariant:
        check = Check(
            rule.__name__,
            table_name,
            severity,
            nb,
            en,
            owner,
            column_name=column,
            remedy_nb=remedy[0],
            remedy_en=remedy[1],
            is_told_once=is_told_once,
        )
        return Invariant(check, reads, rule)

    return make


def of_this_edition(tables: Tables) -> Iterator[tuple[Contract, pl.LazyFrame]]:
    """Every table with its contract, without those of the edition before."""
    return ((contract, tables[contract.name]) for contract in ALL if contract.name in tables)


def key_of(contract: Contract, frame_name: str | None = None) -> pl.Expr:
    """The key of a row as one text, after the table's name when `frame_name` is given."""
    parts = [pl.lit(frame_name)] if frame_name else []
    return pl.concat_str(*parts, *(pl.col(name).cast(pl.String).fill_null("") for name in contract.key), separator="/")


def known_on(tables: Tables) -> pl.LazyFrame:
    """`source_id` and `known_on`, the day each source became known."""
    return source_known_on(lazy(tables["sources"])).to_native()


def collected(frame: pl.LazyFrame) -> pl.DataFrame:
    """The result of a query that keeps nothing of a table that it reads twice, but reads it again."""
    return frame.collect(optimizations=_NOTHING_KEPT)


def texts_of(contract: Contract) -> list[str]:
    """The columns of a table that hold text."""
    return [column.name for column in contract.columns if column.type is Type.TEXT]


def persons_data(tables: Tables, kinds: Collection[Kind]) -> Outcome:
    """Every text of every table, and the table, key and column of those that hold persons' data of these kinds."""
    looked_at: list[pl.LazyFrame] = []
    faults: list[str] = []
    for contract, frame in of_this_edition(tables):
        names = texts_of(contract)
        looked_at += [frame] * len(names)
        keyed = frame.select(key_of(contract, contract.name).alias("_key"), *names)
        for block in keyed.collect_batches(chunk_size=BLOCK_ROWS, maintain_order=False):
            keys = block["_key"]
            faults += [
                f"{keys[place]}.{name}"
                for place, name, found in cells_with(block, names)
                if any(one.kind in kinds for one in found)
            ]
    return Outcome(looked_at, [pl.LazyFrame({"key": faults}, schema={"key": pl.String})])


def rows_at_fault(contract: Contract, rows: pl.LazyFrame, fault: pl.Expr) -> pl.LazyFrame:
    """Table and key of the rows for which `fault` is true."""
    return rows.filter(fault).select(key_of(contract, contract.name))


def cells_at_fault(contract: Contract, rows: pl.LazyFrame, faults: Mapping[str, pl.Expr]) -> pl.LazyFrame:
    """Table, key and column of the cells at fault; `faults` says of each column in which rows it is."""
    # All columns in one pass over the table; texts of keys are made of what is left.
    marks = {f".{name}": fault for name, fault in faults.items()}
    marked = rows.with_columns(**marks).filter(pl.any_horizontal(*marks))
    return (
        marked.select(key_of(contract, contract.name).alias("_key"), *marks)
        .unpivot(index="_key", on=list(marks), variable_name="_column", value_name="_is_wrong")
        .filter("_is_wrong")
        .select(pl.concat_str("_key", "_column"))
    )
