"""What an invariant is, and the few frames that several of them start from.

Belongs here: `Invariant`, the decorator that makes one of a function, and shared ways to look at the tables.
Does not belong here: the invariants themselves (the other modules of this package).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import polars as pl

from gevinst.contracts import ALL, Contract, Type
from gevinst.contracts.vocabulary import Severity
from gevinst.method.as_of import source_known_on
from gevinst.method.frames import lazy
from gevinst.persons_and_contacts import Kind, cells_with
from gevinst.quality.model import LISTED_KEYS, Check, CheckResult, Owner, QualityError

Tables = Mapping[str, pl.DataFrame]
"""Frames of an edition by table name; each conforms to its contract."""

PREVIOUS = "previous."
"""Prefix of the names of tables of the edition published before, which are passed along with those of this one."""


class Outcome(NamedTuple):
    """How many things a rule looked at, and the keys of those that break it."""

    checked_count: int
    unexpected_keys: list[str]


@dataclass(frozen=True, slots=True)
class Invariant:
    """A check with the pure function that carries it out; call it with the tables of an edition."""

    check: Check
    reads: tuple[str, ...]
    rule: Callable[[Tables], Outcome]

    def __call__(self, tables: Tables, listed: int | None = LISTED_KEYS) -> CheckResult:
        """The result on `tables` with the first `listed` keys (`None`: all of them).

        Raises `QualityError` naming check and table when one it reads is missing.
        """
        missing = [name for name in self.reads if name not in tables]
        if missing:
            raise QualityError(f"check {self.check.check_id} needs the tables {', '.join(missing)}")
        outcome = self.rule(tables)
        # Sorted, so that the listed keys do not depend on the order of rows, which engines do not promise.
        keys = sorted(set(outcome.unexpected_keys))
        return CheckResult(self.check, bool(keys), outcome.checked_count, len(keys), tuple(keys[:listed]))


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


def of_this_edition(tables: Tables) -> Iterator[tuple[Contract, pl.DataFrame]]:
    """Every table with its contract, without those of the edition before."""
    return ((contract, tables[contract.name]) for contract in ALL if contract.name in tables)


def key_of(contract: Contract, frame_name: str | None = None) -> pl.Expr:
    """The key of a row as one text, after the table's name when `frame_name` is given."""
    parts = [pl.lit(frame_name)] if frame_name else []
    return pl.concat_str(*parts, *(pl.col(name).cast(pl.String).fill_null("") for name in contract.key), separator="/")


def known_on(tables: Tables) -> pl.DataFrame:
    """`source_id` and `known_on`, the day each source became known."""
    return source_known_on(lazy(tables["sources"])).collect("polars").to_native()


def texts_of(contract: Contract) -> list[str]:
    """The columns of a table that hold text."""
    return [column.name for column in contract.columns if column.type is Type.TEXT]


def persons_data(tables: Tables, kinds: Collection[Kind]) -> Outcome:
    """Every text of every table, and the table, key and column of those that hold persons' data of these kinds."""
    checked, faults = 0, []
    for contract, frame in of_this_edition(tables):
        names = texts_of(contract)
        checked += frame.height * len(names)
        at_fault = [
            (place, name) for place, name, found in cells_with(frame, names) if any(one.kind in kinds for one in found)
        ]
        keys = frame[[place for place, _ in at_fault]].select(key_of(contract, contract.name)).to_series()
        faults += [f"{key}.{name}" for key, (_, name) in zip(keys, at_fault, strict=True)]
    return Outcome(checked, faults)


def rows_at_fault(contract: Contract, frame: pl.DataFrame, fault: pl.Expr) -> list[str]:
    """Table and key of the rows for which `fault` is true."""
    return frame.filter(fault).select(key_of(contract, contract.name)).to_series().to_list()
