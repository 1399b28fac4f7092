"""What Dagster shows of a table, made from its contract.

Belongs here: asset keys, specs and metadata shared by the asset modules.
Does not belong here: assets.
"""

from collections.abc import Sequence

import dagster as dg

from assets.code_version import code_version
from gevinst.contracts import Column, Contract
from gevinst.quality import Owner

NOTICES = "notices"
"""Metadata of the edition in force: what somebody should look at although it was published."""


def table_key(contract: Contract) -> dg.AssetKey:
    """The asset key of a stored table: its layer and name."""
    return dg.AssetKey([contract.layer, contract.name])


def team(owner: Owner) -> str:
    """A role as Dagster names owners; who holds the role is the installation's business, never the code's."""
    return f"team:{owner.value}"


def spec(contract: Contract, deps: Sequence[dg.AssetKey], *, made_by: str) -> dg.AssetSpec:
    """The asset spec of a stored table: grain, columns with units, lineage, and the version of what makes it.

    `made_by` is the module of `gevinst` whose function makes the table.
    """
    return dg.AssetSpec(
        table_key(contract),
        deps=list(deps),
        group_name=contract.layer,
        description=f"{contract.title('en')}. {contract.grain('en')}",
        metadata={
            "dagster/column_schema": dg.TableSchema(columns=[_column(column) for column in contract.all_columns])
        },
        kinds={"duckdb", "table"},
        owners=[team(Owner.MAINTAINER)],
        code_version=code_version(made_by),
    )


def stored(contract: Contract, row_count: int) -> dg.MaterializeResult:
    """What a step reports after it has written a table."""
    return dg.MaterializeResult(asset_key=table_key(contract), metadata={"dagster/row_count": row_count})


def _column(column: Column) -> dg.TableColumn:
    unit = f" Unit: {column.unit}." if column.unit else ""
    sums = f" May be summed: {column.additivity}." if column.additivity else ""
    return dg.TableColumn(
        column.name,
        type=str(column.type),
        description=f"{column.en}{unit}{sums}",
        constraints=dg.TableColumnConstraints(nullable=not column.required),
    )
