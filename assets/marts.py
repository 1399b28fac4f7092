"""Marts: results computed from core tables inside DuckDB, one asset each.

Belongs here: the asset factory over the mart contracts.
Does not belong here: how a mart is computed (`gevinst.method`).
"""

import dagster as dg

from assets.metadata import spec, stored, table_key
from gevinst.contracts import MARTS, Contract, contract
from gevinst.method.catalogue import compute_mart
from pipelines.resources import Installation


def _mart(mart: Contract) -> dg.AssetsDefinition:
    inputs = [contract(name) for name in mart.depends_on]

    @dg.multi_asset(name=mart.name, specs=[spec(mart, [table_key(table) for table in inputs])], pool="warehouse")
    def compute(installation: Installation) -> dg.MaterializeResult:
        warehouse = installation.warehouse()
        with warehouse.relations(*inputs) as relations:
            frame = compute_mart(
                mart,
                dict(zip(mart.depends_on, relations, strict=True)),
                installation.rules(),
                is_illustrative=installation.is_illustrative(),
            )
        return stored(mart, warehouse.write(mart, frame))

    return compute


marts = [_mart(mart) for mart in MARTS]
