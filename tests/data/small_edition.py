"""A small invented edition: one frame per contract, made without reading a file.

Belongs here: twelve projects that nobody runs, so chosen that every special state of a page occurs (stopped,
continued in another form, never assessed, inferred, stale, unknown grant, disagreement, failed check, row set aside).
Does not belong here: real facts, and results (`gevinst.method` computes them from these rows).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

import polars as pl

from gevinst.contracts import CORE, QUALITY, Contract, Type, registry
from gevinst.contracts.schema import polars_schema
from gevinst.layout import EditionInfo
from gevinst.method.catalogue import compute_marts
from gevinst.method.frames import Rules
from gevinst.reference import FOLDER, shipped
from tests.data import kept
from tests.data.small_evaluations import evaluations, quality
from tests.data.small_projects import AT, PROJECTS, ROUNDS, SOURCES, Project, Row, both

SMALL_EDITION = EditionInfo(
    edition_id="2026-1",
    edition_year=2026,
    as_of_on=date(2026, 11, 22),
    previous_edition_id=None,
    state="current",
    is_illustrative=True,
    commit="abc1234",
    input_hash="def5678",
)
RULES = Rules(first_year=2023, last_year=2026)
CODELISTS = FOLDER / "codelists.csv"
PHASES: list[Row] = [
    {
        "codelist": "project_phase",
        "code": code,
        "rank": rank,
        **{f"label_{language}": text for language, text in (("nb", nb), ("en", en))},
        **{f"description_{language}": f"{text.capitalize()}." for language, text in (("nb", nb), ("en", en))},
        "is_illustrative": True,
    }
    for rank, (code, nb, en) in enumerate(
        [("find", "finne problemet", "find the problem"), ("choose", "velge", "choose"), ("make", "lage", "make")], 1
    )
]
"""Phases of the way of working of an invented scheme; a scheme adds its own to the code list."""


def frame(table: Contract, rows: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """Rows as a frame with all columns of the contract; a missing flag is false, another missing value null."""
    filled = []
    for row in rows:
        unknown = set(row) - set(table.column_names)
        assert not unknown, f"{table.name} has no column {unknown}"
        blank: Row = {column.name: False if column.type is Type.BOOLEAN else None for column in table.all_columns}
        filled.append({**blank, "is_illustrative": True, **row})
    return pl.DataFrame(filled, schema=polars_schema(table), orient="row")


def dated_sources(published: Mapping[str, date | None], read_on: date = date(2026, 1, 1)) -> pl.DataFrame:
    """Documents by id with the day each was published, all read on one day; undated where the day is missing."""
    rows = [
        {
            "source_id": source_id,
            "published_on": day,
            "published_precision": None if day is None else "day",
            "accessed_on": read_on,
        }
        for source_id, day in published.items()
    ]
    return frame(registry.SOURCES, rows)


def small_tables() -> dict[str, pl.DataFrame]:
    """Every table of the small edition by name; the marts are computed from the rest."""
    return dict(_small_tables())


@cache
def _small_tables() -> dict[str, pl.DataFrame]:
    return kept.value("small-tables", _computed)


def _computed() -> dict[str, pl.DataFrame]:
    rows = {**_registry(), **evaluations(), **quality()}
    rows["codelists"] = _committed("codelists") + PHASES
    # How benefits are sorted is no fact about a project; the document of the sorting is one of the invented sources.
    rows["benefit_categories"] = [{**row, **AT} for row in _committed("benefit_categories")]
    rows["measurement_units"] = _committed("measurement_units")
    rows["due_rules"] = _committed("due_rules")
    core = {table.name: frame(table, rows.get(table.name, [])) for table in (*CORE, *QUALITY)}
    return {**core, **compute_marts(core, RULES, is_illustrative=True)}


def _committed(table: str) -> list[Row]:
    committed = pl.read_csv(shipped(table))
    return committed.with_columns(is_illustrative=pl.lit(value=False)).to_dicts()


def _organisation_id(name: str) -> str:
    return name.lower().replace(" ", "-")


def _registry() -> dict[str, list[Row]]:
    participations, organisations = [], {}
    for project in PROJECTS:
        for role, members in (
            ("owner", project.owners),
            ("partner", project.partners),
            ("supplier", project.suppliers),
        ):
            for name, level in members:
                organisations[_organisation_id(name)] = {
                    "organisation_id": _organisation_id(name),
                    "name": name,
                    "level_code": level,
                    **AT,
                }
                participations.append(
                    {
                        "participation_id": f"{project.id}-{role}-{_organisation_id(name)}",
                        "project_id": project.id,
                        "organisation_id": _organisation_id(name),
                        "organisation_name": name,
                        "role_code": role,
                        "is_disputed": project.id == "2018-skyss" and role == "supplier",
                        "source_id": project.source,
                        "source_locator": "avsnitt 2",
                    }
                )
    return {
        "sources": SOURCES,
        "rounds": ROUNDS,
        "organisations": list(organisations.values()),
        "participations": participations,
        "projects": [_project(project) for project in PROJECTS],
        "project_events": [
            {
                "project_event_id": f"{project.id}-started",
                "project_id": project.id,
                "event_code": "started",
                "event_on": project.started,
                "event_precision": "month",
                **AT,
            }
            for project in PROJECTS
            if project.started
        ],
        "project_grants": [
            {"project_id": project.id, "grant_amount": project.grant, **AT} for project in PROJECTS if project.grant
        ],
        "round_figures": [
            _figure("2018", "applicants", 31, preferred=False, source="kilde-b"),
            _figure("2018", "applicants", 38),
            _figure("2018", "selected", 6),
            _figure("2018", "amount", 18_800_000, kind="award"),
            _figure("2021", "selected", 5),
            _figure("2023", "applicants", 34),
            _figure("2023", "amount", 8_500_000, kind="frame_plus_options", approximate=True),
        ],
        "project_phases": [
            _phase("find", date(2018, 10, 1), "month"),
            _phase("choose", date(2019, 1, 1), "year", is_inferred=True),
            _phase("make", None, None),
        ],
        "project_relations": [
            {
                "project_relation_id": "r1",
                "project_id": "2023-skyss-videre",
                "relation_code": "predecessor",
                "related_project_id": "2018-skyss",
                **both("note", "Bygger på det første prosjektet."),
                **AT,
            },
            {
                "project_relation_id": "r2",
                "project_id": "2018-inneklima",
                "relation_code": "continued_in",
                "related_name": "Felles inneklimadata",
                **both("note", "Arbeidet tas videre i et felles tiltak."),
                **AT,
            },
        ],
    }


def _project(project: Project) -> Row:
    return {
        "project_id": project.id,
        "round_id": project.round,
        "sector_code": project.sector,
        **both("name", project.name, f"{project.name} in English"),
        **both("short_name", project.short, f"{project.short}, en"),
        **both("problem", "Innbyggere må innom flere kontorer for å få hjelp."),
        "source_id": project.source,
        "source_locator": "linje 8",
    }


def _phase(code: str, on: date | None, precision: str | None, *, is_inferred: bool = False) -> Row:
    return {
        "project_id": "2018-skyss",
        "phase_code": code,
        "phase_on": on,
        "phase_precision": precision,
        "is_inferred": is_inferred,
        **AT,
    }


def _figure(
    round_id: str,
    measure: str,
    value: float,
    *,
    kind: str | None = None,
    preferred: bool = True,
    approximate: bool = False,
    source: str = "kilde-a",
) -> Row:
    return {
        "round_figure_id": f"{round_id}-{measure}-{source}",
        "round_id": round_id,
        "measure_code": measure,
        "amount_kind_code": kind,
        "value": float(value),
        "basis_code": "stated",
        "is_preferred": preferred,
        "is_approximate": approximate,
        "source_id": source,
        "source_locator": "linje 3",
    }
