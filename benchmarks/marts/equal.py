"""Whether two makers made the same: row by row, numbers to nine digits.

Belongs here: the comparison, inside DuckDB with bounded memory, since results of a million projects do not fit.
Does not belong here: who made them.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from benchmarks.marts import COMPARED
from benchmarks.marts.makers import DATABASE
from gevinst.contracts import Type, contract
from gevinst.contracts.model import Column

_DIGITS = 1e-9
_MEMORY = "3GB"


@dataclass(frozen=True, slots=True)
class Difference:
    """How many rows of one result two makers have, and of how many keys they say something else."""

    result: str
    rows: int
    other_rows: int
    different: int

    @property
    def is_none(self) -> bool:
        """Whether both say the same."""
        return self.rows == self.other_rows and not self.different


def differences(one: Path, other: Path) -> list[Difference]:
    """Each compared result in two folders that `makers` have filled."""
    with duckdb.connect(config={"memory_limit": _MEMORY, "preserve_insertion_order": False}) as connection:
        sources = [_attached(connection, folder, f"made_{number}") for number, folder in enumerate((one, other))]
        return [_difference(connection, name, *(source.format(name=name) for source in sources)) for name in COMPARED]


def _attached(connection: duckdb.DuckDBPyConnection, folder: Path, alias: str) -> str:
    """How to name a result of the maker whose folder this is."""
    for file, schema in ((DATABASE, "marts"), ("dbt.duckdb", "main")):
        if (folder / file).exists():
            connection.execute(f"attach '{folder / file}' as {alias} (read_only)")
            return f"{alias}.{schema}.{{name}}"
    return f"read_parquet('{folder}/{{name}}.parquet')"


def _difference(connection: duckdb.DuckDBPyConnection, name: str, one: str, other: str) -> Difference:
    mart = contract(name)
    # A measurement that there is none of has no id, and is the same as none.
    is_same_key = " and ".join(f"a.{column} is not distinct from b.{column}" for column in mart.key)
    said = [column for column in mart.columns if column.name not in mart.key]
    is_other = " or ".join(map(_is_other, said))
    query = f"""
        select count(a._one), count(b._one),
            count(*) filter (where a._one is null or b._one is null or {is_other})
        from (select *, 1 as _one from {one}) as a full join (select *, 1 as _one from {other}) as b
            on {is_same_key}
    """
    return Difference(name, *connection.execute(query).fetchall()[0])


def _is_other(column: Column) -> str:
    a, b = f"a.{column.name}", f"b.{column.name}"
    if column.type is not Type.NUMBER:
        return f"{a} is distinct from {b}"
    is_near = f"abs({a} - {b}) <= {_DIGITS} * greatest(abs({a}), abs({b}))"
    return f"not coalesce({is_near}, {a} is null and {b} is null)"
