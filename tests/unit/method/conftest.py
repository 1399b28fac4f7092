"""Small core tables from a few cells: what a test does not say is null, or a plain default where required."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import polars as pl
import pytest

from gevinst.contracts import CORE, CORRECTIONS, Type, contract
from gevinst.contracts.schema import polars_schema
from gevinst.method.catalogue import compute_mart
from gevinst.method.frames import Rules

_DEFAULTS: dict[Type, Any] = {
    Type.TEXT: "x",
    Type.INTEGER: 2019,
    Type.NUMBER: 1.0,
    Type.BOOLEAN: False,
    Type.DATE: date(2026, 11, 22),
}
_CODES = [
    ("status", "tildelt", -1),
    ("status", "i_gang", 0),
    ("status", "innsikt", 1),
    ("status", "losning_utviklet", 2),
    ("status", "provd_ut", 3),
    ("status", "delvis_i_bruk", 4),
    ("status", "i_bruk", 5),
    ("status", "spredt", 6),
    ("status", "stanset", None),
    ("status", "viderefort", None),
    ("status", "ikke_vurdert", None),
    ("evidence", "forventet", 1),
    ("evidence", "oppgitt", 2),
    ("evidence", "dokumentert", 3),
]

Core = dict[str, pl.DataFrame]
Build = Callable[..., Core]


def table(name: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Rows of one table with everything the test leaves out filled in."""
    spec = contract(name)
    full = []
    for number, row in enumerate(rows):
        defaults = {column.name: (_DEFAULTS[column.type] if column.required else None) for column in spec.all_columns}
        if len(spec.key) == 1:
            defaults[spec.key[0]] = f"{name}-{number}"
        full.append({**defaults, **row})
    return pl.DataFrame(full, schema=polars_schema(spec))


@pytest.fixture
def build() -> Build:
    """Core tables with one round, one project known in 2019, and what the test adds."""

    def make(**tables: list[dict[str, Any]]) -> Core:
        base: dict[str, list[dict[str, Any]]] = {
            "codelists": [{"codelist": a, "code": b, "rank": c} for a, b, c in _CODES],
            "sources": [
                {"source_id": "s2019", "published_on": date(2019, 6, 1), "published_precision": "day"},
                {"source_id": "s2021", "published_on": date(2021, 3, 16), "published_precision": "day"},
                {"source_id": "undated"},
            ],
            "rounds": [
                {
                    "round_id": "r",
                    "cohort_year": 2019,
                    "awarded_on": date(2019, 6, 1),
                    "awarded_precision": "day",
                    "source_id": "s2019",
                }
            ],
            "projects": [{"project_id": "p", "round_id": "r", "source_id": "s2019"}],
        }
        read = (*CORE, CORRECTIONS)
        return {spec.name: table(spec.name, tables.get(spec.name, base.get(spec.name, []))) for spec in read}

    return make


class Marts(dict[str, pl.DataFrame]):
    """Marts by name, each computed on Polars, with those it depends on, when it is first asked for."""

    def __init__(self, core: Core, first: int = 2018, last: int = 2026) -> None:
        super().__init__()
        self._core = core
        self._rules = Rules(first, last)

    def __missing__(self, name: str) -> pl.DataFrame:
        mart = contract(name)
        inputs = {source: self._core[source] if source in self._core else self[source] for source in mart.depends_on}
        self[name] = compute_mart(mart, inputs, self._rules, is_illustrative=False)
        return self[name]


@pytest.fixture
def marts() -> Callable[..., Marts]:
    """The marts of some core tables; `first` and `last` are edition years."""
    return Marts


def computed(core: Core, names: Sequence[str], last: int = 2026) -> Core:
    """Some marts, and no more than they need."""
    marts = Marts(core, last=last)
    return {name: marts[name] for name in names}
