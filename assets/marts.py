"""Marts: results computed from core tables inside DuckDB, one asset each.

Belongs here: the asset factory over the mart contracts.
Does not belong here: how a mart is computed (`gevinst.method`).
"""

from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg

from assets.failures import report_errors
from assets.metadata import spec, stored, table_key
from assets.resources import Installation
from gevinst.contracts import MARTS, Contract, contract
from gevinst.method.catalogue import MART_FUNCTIONS, mart_parts


def _mart(mart: Contract) -> dg.AssetsDefinition:
    # A function of its own, because a closure in a loop would give every asset the last mart.
    inputs = [contract(name) for name in mart.depends_on]

    made = spec(mart, [table_key(table) for table in inputs], made_by=MART_FUNCTIONS[mart.name].__module__)

    @dg.multi_asset(name=mart.name, specs=[made], pool="warehouse")
    def compute(installation: Installation) -> dg.MaterializeResult:
        rules, is_illustrative = installation.rules(), installation.is_illustrative()

        def result(tables: Mapping[str, Any]) -> Iterator[Any]:
            parts = mart_parts(mart, tables, rules, is_illustrative=is_illustrative)
            return (part.to_native() for part in parts)

        with report_errors():
            row_count = installation.warehouse().make(mart, inputs, result)
        return stored(mart, row_count)

    return compute


marts = [_mart(mart) for mart in MARTS]
