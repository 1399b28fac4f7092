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
from gevinst.reference import FOLDER

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
    ("evidence", "malt_oppgitt", 3),
    ("evidence", "dokumentert", 4),
]
_PLAIN = {"benefit_sign_code": "positive"}
"""Codes that most rows have, where "x" would make them something else."""
_OF_A_BENEFIT = ("benefit_code", "benefit_sign_code", "chain_level_code", "name_nb", "depends_on_ids")

Row = dict[str, Any]
Core = dict[str, pl.DataFrame]
Build = Callable[..., Core]


def table(name: str, rows: list[Row]) -> pl.DataFrame:
    """Rows of one table with everything the test leaves out filled in."""
    spec = contract(name)
    full = []
    for number, row in enumerate(rows):
        defaults = {
            column.name: _PLAIN.get(column.name, _DEFAULTS[column.type]) if column.required else None
            for column in spec.all_columns
        }
        if len(spec.key) == 1:
            defaults[spec.key[0]] = f"{name}-{number}"
        full.append({**defaults, **row})
    return pl.DataFrame(full, schema=polars_schema(spec))


def with_benefits(tables: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """Rows by table, with benefits, beneficiaries and plans made of what claims and measurements say.

    A claim may say what its benefit is (`_OF_A_BENEFIT`, `beneficiary_code`); those with one `benefit_id` are about the
    same, by default those of one project, kind and beneficiary. A measurement may name a claim instead of a plan, and
    say what the plan of its indicator holds. Benefit and plan are known from the first document that mentions them.
    """
    days = {row["source_id"]: row.get("published_on") or date.max for row in tables["sources"]}
    made: dict[str, list[Row]] = {"benefits": [], "benefit_beneficiaries": [], "benefit_plans": []}
    claims = sorted(tables.get("benefit_claims", []), key=lambda row: days.get(row["source_id"], date.max))
    benefits: dict[str, Row] = {}
    stated = []
    for number, row in enumerate(claims):
        kind, whom = row.get("benefit_code", "x"), row.get("beneficiary_code", "x")
        project = row.get("project_id", "p")
        key = row.get("benefit_id", f"{project}-{kind}-{whom}")
        of_it = {name: row[name] for name in _OF_A_BENEFIT if name in row}
        source = {"source_id": row["source_id"]}
        if key not in benefits:
            benefits[key] = {"benefit_id": key, "project_id": project, **of_it, **source}
            made["benefit_beneficiaries"].append({"benefit_id": key, "beneficiary_code": whom, **source})
        columns = contract("benefit_claims").column_names
        own = {name: value for name, value in row.items() if name in columns}
        stated.append({"benefit_claim_id": f"benefit_claims-{number}", **own, "benefit_id": key})
    about = {row["benefit_claim_id"]: row["benefit_id"] for row in stated}
    made["benefits"] = list(benefits.values())
    measured = _plans_of(tables.get("benefit_measurements", []), about, made["benefit_plans"], days)
    return {**made, **tables, "benefit_claims": stated, "benefit_measurements": measured}


def _plans_of(measurements: list[Row], about: dict[str, str], plans: list[Row], days: dict[str, date]) -> list[Row]:
    """The measurements with the plan that each is of; plans that are not there are added."""
    known = {row["benefit_plan_id"] for row in plans}
    measured = []
    for row in sorted(measurements, key=lambda row: days.get(row["source_id"], date.max)):
        if "benefit_plan_id" in row:
            measured.append(row)
            continue
        benefit = row.get("benefit_id") or about[row["benefit_claim_id"]]
        plan = f"{benefit}-{row.get('indicator_nb', 'x')}-{row['unit_code']}"
        columns = contract("benefit_plans").column_names
        own = contract("benefit_measurements").column_names
        if plan not in known:
            known.add(plan)
            of_it = {name: value for name, value in row.items() if name in columns}
            plans.append({**of_it, "benefit_plan_id": plan, "benefit_id": benefit})
        measured.append({**{name: value for name, value in row.items() if name in own}, "benefit_plan_id": plan})
    return measured


@pytest.fixture
def build() -> Build:
    """Core tables with one round, one project known in 2019, and what the test adds."""

    def make(**tables: list[Row]) -> Core:
        base: dict[str, list[Row]] = {
            "measurement_units": pl.read_csv(FOLDER / "measurement_units.csv").to_dicts(),
            "due_rules": pl.read_csv(FOLDER / "due_rules.csv").to_dicts(),
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
        rows = with_benefits({**base, **tables})
        return {spec.name: table(spec.name, rows.get(spec.name, [])) for spec in (*CORE, CORRECTIONS)}

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
