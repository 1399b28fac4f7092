"""Marts: results computed from core tables inside DuckDB, one asset each.

Belongs here: the asset factory over the mart contracts.
Does not belong here: how a mart is computed (`gevinst.method`).
"""

import dagster as dg

from assets.failures import report_errors
from assets.metadata import spec, stored, table_key
from assets.resources import Installation
from gevinst.contracts import MARTS, Contract, contract
from gevinst.method.catalogue import MART_FUNCTIONS, compute_mart


def _mart(mart: Contract) -> dg.AssetsDefinition:
    # A function of its own, because a closure in a loop would give every asset the last mart.
    inputs = [contract(name) for name in mart.depends_on]

    made = spec(mart, [table_key(table) for table in inputs], made_by=MART_FUNCTIONS[mart.name].__module__)

    @dg.multi_asset(name=mart.name, specs=[made], pool="warehouse")
    def compute(installation: Installation) -> dg.MaterializeResult:
        warehouse = installation.warehouse()
        with report_errors():
            with warehouse.relations(*inputs) as relations:
                tables = dict(zip(mart.depends_on, relations, strict=True))
                is_illustrative = installation.is_illustrative()
                frame = compute_mart(mart, tables, installation.rules(), is_illustrative=is_illustrative)
            row_count = warehouse.write(mart, frame)
        return stored(mart, row_count)

    return compute


marts = [_mart(mart) for mart in MARTS]
