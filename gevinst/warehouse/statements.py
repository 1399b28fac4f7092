"""Statements: what a contract is in the SQL of DuckDB.

Belongs here: text made of a contract. Does not belong here: running it (`database.py`, `replacing.py`).
"""

from __future__ import annotations

from pathlib import Path

from gevinst.contracts.model import Column, Contract, Type

_DUCKDB = {
    Type.TEXT: "VARCHAR",
    Type.INTEGER: "BIGINT",
    Type.NUMBER: "DOUBLE",
    Type.BOOLEAN: "BOOLEAN",
    Type.DATE: "DATE",
}


def quoted(name: str) -> str:
    """A name as an identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as a value."""
    return "'" + text.replace("'", "''") + "'"


def table_name(contract: Contract) -> str:
    """The table with its schema."""
    return f"{quoted(contract.layer)}.{quoted(contract.name)}"


def select(contract: Contract) -> str:
    """A query for the contract's columns, in its order."""
    return f"select {', '.join(quoted(name) for name in contract.column_names)} from {table_name(contract)}"


def ddl(contract: Contract) -> str:
    """Statements that put an empty table with the contract's columns and constraints in place."""
    lines = [
        f"{quoted(column.name)} {_DUCKDB[column.type]}{' not null' if column.required else ''}"
        for column in contract.all_columns
    ]
    return f"create or replace table {table_name(contract)} (\n  " + ",\n  ".join(lines) + "\n);"


SHOWN = "read_parquet("
"""What tells a view over files from one that computes rows."""


def view_of_files(contract: Contract, folder: Path) -> str:
    """A statement that lets all Parquet files below `folder` be the contract's table, by the names of their columns."""
    return f"create or replace view {table_name(contract)} as {select_from_files(contract, folder)}"


def select_from_files(contract: Contract, folder: Path) -> str:
    """A query for the contract's columns in all Parquet files below `folder`."""
    columns = ", ".join(quoted(name) for name in contract.column_names)
    return f"select {columns} from {SHOWN}{literal(str(folder / '**' / '*.parquet'))})"


def types(contract: Contract) -> list[str]:
    """What DuckDB calls the types of the contract's columns, in its order."""
    return [_DUCKDB[column.type] for column in contract.all_columns]


def required_and_empty(contract: Contract) -> str:
    """A query for one row in which a required column is empty."""
    empty = " or ".join(f"{quoted(column.name)} is null" for column in contract.all_columns if column.required)
    key = ", ".join(quoted(name) for name in contract.key)
    return f"select {key} from {table_name(contract)} where {empty or 'false'} limit 1"


def by_key(contract: Contract) -> str:
    """The order of its key, empty parts first, as Polars sorts."""
    return ", ".join(f"{quoted(name)} nulls first" for name in contract.key)


def repeated_key(contract: Contract) -> str:
    """A query for one key that several rows share; a key with an empty part is never the same as another.

    Asked once over all rows: an index that refuses each row as it comes costs more than most results.
    """
    key = ", ".join(quoted(name) for name in contract.key)
    complete = " and ".join(f"{quoted(name)} is not null" for name in contract.key)
    return f"select {key} from {table_name(contract)} where {complete} group by {key} having count(*) > 1 limit 1"


def comments(contract: Contract, kind: str) -> str:
    """Statements that give a table or view and its columns their meaning in both languages."""
    grain = literal(f"{contract.grain_nb} | {contract.grain_en}")
    statements = [f"comment on {kind} {table_name(contract)} is {grain};"]
    statements += [
        f"comment on column {table_name(contract)}.{quoted(column.name)} is {literal(_meaning(column))};"
        for column in contract.all_columns
    ]
    return "\n".join(statements)


def _meaning(column: Column) -> str:
    unit = f" [{column.unit}]" if column.unit else ""
    return f"{column.nb} | {column.en}{unit}"
