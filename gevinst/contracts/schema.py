"""A contract's columns as Polars types, and the one check that a frame has exactly those.

Belongs here: the translation from `Type` to Polars and the refusal of frames of another shape.
Does not belong here: rules about values (`gevinst.quality`) and DuckDB's own types (`gevinst.warehouse`).
"""

from __future__ import annotations

import polars as pl

from gevinst.contracts.model import Contract, Type

_POLARS: dict[Type, type[pl.DataType]] = {
    Type.TEXT: pl.String,
    Type.INTEGER: pl.Int64,
    Type.NUMBER: pl.Float64,
    Type.BOOLEAN: pl.Boolean,
    Type.DATE: pl.Date,
}


class ContractError(Exception):
    """A frame does not have the columns or the types that its contract promises."""


def polars_schema(contract: Contract) -> pl.Schema:
    """Names and Polars types of all stored columns, in stored order."""
    return pl.Schema({column.name: _POLARS[column.type]() for column in contract.all_columns})


def conform(contract: Contract, frame: pl.DataFrame) -> pl.DataFrame:
    """The rows of `frame` with the contract's columns, in its order and types.

    Columns are matched by name. A column may be widened (no values yet, or whole numbers where numbers are
    promised), never parsed: text where a number is promised raises, as do missing and unknown columns, with
    `ContractError` naming the table and every column at fault.
    """
    schema = polars_schema(contract)
    if list(frame.schema.items()) == list(schema.items()):  # as most are
        return frame
    faults = [f"column {name} is missing" for name in schema if name not in frame.columns]
    faults += [f"column {name} is not in the contract" for name in frame.columns if name not in schema]
    faults += [
        f"column {name} holds {frame.schema[name]} where the contract says {wanted}"
        for name, wanted in schema.items()
        if name in frame.columns and not _widens(frame.schema[name], wanted)
    ]
    if faults:
        raise ContractError(f"table {contract.name}: {'; '.join(faults)}")
    return frame.select(pl.col(name).cast(wanted) for name, wanted in schema.items())


def _widens(found: pl.DataType, wanted: pl.DataType) -> bool:
    if found == wanted or found == pl.Null:
        return True
    # A column without any value has type Null, and whole numbers are numbers; nothing else may pass.
    return found.is_integer() and (wanted == pl.Int64 or wanted == pl.Float64)
