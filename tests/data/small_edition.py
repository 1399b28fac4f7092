"""A small invented edition: one frame per contract, made without reading a file.

Belongs here: twelve projects that nobody runs, so chosen that every special state of a page occurs (stopped,
continued in another form, never assessed, inferred, stale, unknown grant, disagreement, failed check, row set aside).
Does not belong here: real facts, and results (`gevinst.method` computes them from these rows).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from gevinst.contracts import CORE, QUALITY, Contract, Type
from gevinst.contracts.schema import polars_schema
from gevinst.method.catalogue import compute_marts
from gevinst.method.frames import Rules
from tests.data.small_projects import PROJECTS, ROUNDS, SOURCES, Project, Row, both

RULES = Rules(first_year=2023, last_year=2026)
CODELISTS = Path(__file__).parents[2] / "data" / "raw" / "reference" / "codelists.csv"
AT = {"source_id": "kilde-a", "source_locator": "linje 12"}


def frame(table: Contract, rows: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """Rows as a frame with all columns of the contract; a missing flag is false, another missing value null."""
    filled = []
    for row in rows:
        unknown = set(row) - set(table.column_names)
        assert not unknown, f"{table.name} has no column {unknown}"
        blank: Row = {column.name: False if column.type is Type.BOOLEAN else None for column in table.all_columns}
        filled.append({**blank, "is_illustrative": True, **row})
    return pl.DataFrame(filled, schema=polars_schema(table), orient="row")


def small_tables() -> dict[str, pl.DataFrame]:
    """Every table of the small edition by name; the marts are computed from the rest."""
    codes = pl.read_csv(CODELISTS).with_columns(is_illustrative=pl.lit(value=False)).to_dicts()
    rows = {**_registry(), **_evaluations(), **_quality(), "codelists": codes}
    core = {table.name: frame(table, rows.get(table.name, [])) for table in (*CORE, *QUALITY)}
    return {**core, **compute_marts(core, RULES, is_illustrative=True)}


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
            {"project_id": project.id, "grant_nok": project.grant, **AT} for project in PROJECTS if project.grant
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


def _evaluations() -> dict[str, list[Row]]:
    statuses, claims = [], []
    for project in PROJECTS:
        for number, (code, on, precision, group) in enumerate(project.statuses, 1):
            statuses.append(
                {
                    "status_assessment_id": f"{project.id}-s{number}",
                    "assessment_round_id": "2026",
                    "project_id": project.id,
                    "status_code": code,
                    "assessed_on": on,
                    "assessed_precision": precision,
                    "stated_by_code": project.stated_by,
                    "is_inferred": project.is_inferred,
                    "public_evidence_group_code": group,
                    **both("reason", f"Kilden forteller at prosjektet var kommet til dette i {on.year}."),
                    "source_id": project.source,
                    "source_locator": f"avsnitt {number}",
                }
            )
        for number, (benefit, modality, evidence, whom) in enumerate(project.claims, 1):
            claims.append(
                {
                    "benefit_claim_id": f"{project.id}-c{number}",
                    "assessment_round_id": "2026",
                    "project_id": project.id,
                    "benefit_code": benefit,
                    "modality_code": modality,
                    "evidence_code": evidence,
                    "beneficiary_code": whom,
                    **both("statement", "Innbyggerne skal slippe å oppgi det samme flere ganger."),
                    "source_id": project.source,
                    "source_locator": f"linje {10 + number}",
                }
            )
    side = {
        "disagreement_id": "d1",
        "disagreement_kind_code": "count",
        "round_id": "2018",
        **both("topic", "Hvor mange søkte i 2018?"),
    }
    role = {
        "disagreement_id": "d2",
        "disagreement_kind_code": "role",
        "project_id": "2018-skyss",
        **both("topic", "Var leverandøren hoved- eller underleverandør?"),
    }
    return {
        "assessment_rounds": [
            {
                "assessment_round_id": "2026",
                "assessment_year": 2026,
                **both("name", "Kartlegging"),
                "assessor_role_code": "document_review",
                **both("method", "Lest dokumenter."),
                **AT,
            }
        ],
        "status_assessments": statuses,
        "benefit_claims": claims,
        "benefit_measurements": [
            {
                "benefit_measurement_id": "m1",
                "benefit_claim_id": "2016-hjelpemidler-c1",
                "unit_code": "percent_of_respondents",
                "baseline_value": 30.0,
                "measured_value": 50.0,
                "stated_by_code": "supplier",
                "measured_on": date(2018, 10, 1),
                "measured_precision": "month",
                **both("indicator", "Andel som finner fram på egen hånd"),
                **both("method", "Spørreskjema før og etter."),
                **AT,
            }
        ],
        "follow_on_funding": [
            {
                "follow_on_funding_id": "f1",
                "project_id": "2018-skyss",
                "amount_nok": 4_000_000.0,
                "funder_id": "fylket",
                **both("name", "Videre arbeid med skyss"),
                "awarded_on": date(2022, 1, 1),
                "awarded_precision": "year",
                **AT,
            }
        ],
        "context_figures": [
            {
                "context_figure_id": "x1",
                "project_id": "2018-skyss",
                "context_kind_code": "reach",
                "value": 24200.0,
                **both("label", "innbyggere i tettstedet"),
                **both("caveat", "Teller dem som bor der, ikke dem som har fått noe bedre."),
                **AT,
            }
        ],
        "portfolio_findings": [
            {
                "portfolio_finding_id": "p1",
                "finding_kind_code": "count",
                "value": 21.0,
                **both("statement", "Ordningen hadde støttet 21 prosjekter."),
                **AT,
            }
        ],
        "disagreements": [
            {"disagreement_side_id": "d1a", **side, **both("position", "38 søkere."), **AT},
            {
                "disagreement_side_id": "d1b",
                **side,
                **both("position", "31 søkere."),
                "source_id": "kilde-b",
                "source_locator": "linje 2",
            },
            {"disagreement_side_id": "d2a", **role, **both("position", "Begge er likestilte."), **AT},
            {
                "disagreement_side_id": "d2b",
                **role,
                **both("position", "Den ene er underleverandør."),
                "source_id": "kilde-b",
                "source_locator": "linje 5",
            },
        ],
    }


def _quality() -> dict[str, list[Row]]:
    check = {
        "table_name": "projects",
        "severity_code": "critical",
        "is_passed": True,
        "checked_count": 12,
        "unexpected_count": 0,
    }
    return {
        "quality_checks": [
            {
                "check_id": "projects.key",
                **check,
                **both("description", "Nøkkelen til hvert prosjekt er unik."),
            },
            {
                **check,
                "check_id": "projects.grant",
                "severity_code": "warning",
                "is_passed": False,
                "unexpected_count": 10,
                "unexpected_keys": "2016-hjelpemidler, 2018-skyss",
                **both("description", "Tildelt støtte er kjent."),
            },
        ],
        "quarantine": [
            {
                "file": "registry/participations.csv",
                "row_number": 7,
                "column_name": "role_code",
                "value": "eiar",
                **both("reason", "Koden finnes ikke i kodelista participation_role. Rett verdien i fila."),
            }
        ],
        "corrections": [
            {
                "correction_id": "k1",
                "table_name": "participations",
                "key": "p-1",
                "column_name": "organisation_name",
                "expect": "Grunerløkka",
                "replace": "Grünerløkka",
                **both("reason", "Skrivefeil i kilden."),
                **AT,
                "registered_on": date(2026, 11, 22),
            }
        ],
    }
