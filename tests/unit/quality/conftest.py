"""A small world in which every check passes: three invented projects, what is said of them, and the marts."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

import polars as pl
import pytest

from gevinst.contracts import CORE, QUALITY, contract
from gevinst.method.catalogue import compute_marts
from gevinst.method.frames import Rules
from tests.data.small_edition import frame

Row = dict[str, Any]
Rows = dict[str, list[Row]]

_READ = date(2026, 11, 22)
_RATED = {"assessment_round_id": "2026", "project_id": "2018-skyss", "rated_driver_code": "complexity"}


def _both(stem: str, text: str) -> Row:
    return {f"{stem}_nb": text, f"{stem}_en": f"{text} (in English)"}


def _on(stem: str, day: date, precision: str = "day") -> Row:
    return {f"{stem}_on": day, f"{stem}_precision": precision}


def _at(source: str, locator: str = "avsnitt 2") -> Row:
    return {"source_id": source, "source_locator": locator}


def _source(key: str, publisher: str, kind: str, **values: Any) -> Row:
    return {
        "source_id": key,
        "title": f"Om {key}",
        "publisher": publisher,
        "document_type_code": kind,
        "accessed_on": _READ,
        "language_code": "nb",
        **values,
    }


def _sources() -> list[Row]:
    return [
        _source(
            "ordning-2017",
            "Ordningen",
            "programme_page",
            address="ordningen.example",
            **_on("published", date(2017, 5, 11)),
        ),
        _source(
            "tildeling-2018",
            "Ordningen",
            "award_news",
            **_on("published", date(2018, 5, 30)),
            address="https://ordningen.example/aktuelt/2018",
            line_reference="tildeling.txt",
            line_count=40,
            text_sha256="0" * 64,
            **_both("note", "Bare første del er lest."),
        ),
        _source(
            "tildeling-2023",
            "Ordningen",
            "award_news",
            has_no_public_address=True,
            **_on("published", date(2023, 6, 1), "month"),
        ),
        _source(
            "eierside",
            "Etaten",
            "project_page",
            address="etaten.example/skyss",
            public_not_before=date(2024, 1, 1),
            public_not_after=date(2026, 11, 1),
            **_both("public_bounds_basis", "Nevner en rapport fra 2024."),
        ),
        _source(
            "eierrapport",
            "Etaten",
            "report",
            address="etaten.example/rapport",
            **_on("published", date(2024, 1, 1), "year"),
        ),
        _source(
            "forskning",
            "Universitetet",
            "academic",
            address="universitetet.example",
            **_on("published", date(2024, 3, 1), "month"),
        ),
    ]


def _registry() -> Rows:
    return {
        "sources": _sources(),
        "rounds": [
            {
                "round_id": key,
                "cohort_year": day.year,
                **_both("name", f"Runde {key}"),
                **_on("awarded", day),
                **_at(f"tildeling-{day.year}"),
            }
            for key, day in (("2018-1", date(2018, 5, 30)), ("2023", date(2023, 6, 6)))
        ],
        "round_figures": [
            {
                "round_figure_id": f"{key}-{measure}-{number}",
                "round_id": key,
                "measure_code": measure,
                "amount_kind_code": kind,
                "value": value,
                "basis_code": "stated",
                "is_preferred": number == 0,
                **_at(f"tildeling-{key[:4]}", "linje 7 og 9-11" if key == "2018-1" else "avsnitt 1"),
            }
            for number, (key, measure, kind, value) in (
                (0, ("2018-1", "applicants", None, 30.0)),
                (1, ("2018-1", "applicants", None, 26.0)),
                (0, ("2018-1", "selected", None, 2.0)),
                (0, ("2018-1", "amount", "award", 6_200_000.0)),
                (0, ("2023", "selected", None, 4.0)),
            )
        ],
        "projects": [
            {
                "project_id": key,
                "round_id": round_id,
                **_both("name", name),
                **_both("short_name", name),
                "sector_code": "samferdsel",
                **_at(f"tildeling-{key[:4]}"),
                **values,
            }
            for key, round_id, name, values in (
                ("2018-skyss", "2018-1", "Skyss", {}),
                ("2018-gjeld", "2018-1", "Gjeld", _both("problem", "Folk vet ikke hva de skylder.")),
                ("2023-byggesak", "2023", "Byggesak", _both("problem", "Saker ligger lenge.")),
            )
        ],
        "project_events": [
            {
                "project_event_id": f"2018-skyss-{event}",
                "project_id": "2018-skyss",
                "event_code": event,
                **_on("event", day, precision),
                **_at("eierside"),
            }
            for event, day, precision in (
                ("started", date(2018, 6, 1), "month"),
                ("ended", date(2020, 1, 1), "year"),
            )
        ],
        "project_grants": [{"project_id": "2018-skyss", "grant_nok": 1_200_000.0, **_at("tildeling-2018")}],
        "organisations": [
            {"organisation_id": "etaten", "name": "Etaten", "level_code": "stat", **_at("tildeling-2018")},
            {"organisation_id": "byraet", "name": "Byrået", "level_code": "leverandor", **_at("tildeling-2018")},
            {
                "organisation_id": "kommunen",
                "name": "Kommunen",
                "short_name": "K",
                "level_code": "kommune",
                "municipality_code": "0301",
                **_at("tildeling-2018"),
            },
        ],
        "organisation_names": [
            {"organisation_name_id": key, "organisation_id": "etaten", "name": key, "name_kind_code": kind, **rest}
            for key, kind, rest in (
                ("Etaten", "official", _at("tildeling-2018") | _on("valid_from", date(2016, 1, 1), "year")),
                ("Etatn", "misspelling", _at("tildeling-2018")),
            )
        ],
        "participations": [
            {
                "participation_id": f"{project}-{role}",
                "project_id": project,
                "organisation_id": organisation,
                "organisation_name": name,
                "role_code": role,
                **_at(f"tildeling-{project[:4]}"),
            }
            for project, role, organisation, name in (
                ("2018-skyss", "owner", "etaten", "Etaten"),
                ("2018-skyss", "partner", "kommunen", "K"),
                ("2018-skyss", "supplier", "byraet", "Byrået"),
                ("2018-gjeld", "owner", "kommunen", "Kommunen"),
                ("2023-byggesak", "owner", "etaten", "Etaten"),
            )
        ],
        "project_relations": [
            {
                "project_relation_id": "r1",
                "project_id": "2023-byggesak",
                "relation_code": "predecessor",
                "related_project_id": "2018-skyss",
                **_at("tildeling-2023"),
            },
            {
                "project_relation_id": "r2",
                "project_id": "2018-gjeld",
                "relation_code": "continued_in",
                "related_name": "Felles oversikt",
                **_at("eierside"),
            },
        ],
    }


def _evaluations() -> Rows:
    return {
        "assessment_rounds": [
            {
                "assessment_round_id": "2026",
                "assessment_year": 2026,
                **_both("name", "Kartlegging"),
                "assessor_role_code": "document_review",
                **_both("method", "Lest dokumenter."),
                **_at("ordning-2017"),
            }
        ],
        "status_assessments": [
            {
                "status_assessment_id": key,
                "assessment_round_id": "2026",
                "project_id": project,
                "status_code": status,
                **_on("assessed", day, precision),
                "stated_by_code": "scheme",
                "public_evidence_group_code": group,
                **_both(
                    "reason", f"Kilden sier det, og {key} navngir dem som bruker løsningen i det daglige arbeidet."
                ),
                **_at(source),
            }
            for key, project, status, day, precision, group, source in (
                ("s1", "2018-skyss", "i_gang", date(2018, 5, 30), "day", "C", "tildeling-2018"),
                ("s2", "2018-skyss", "i_bruk", date(2024, 1, 1), "year", "A", "eierrapport"),
                ("s3", "2018-gjeld", "innsikt", date(2018, 5, 30), "day", "C", "tildeling-2018"),
                ("s4", "2023-byggesak", "i_gang", date(2023, 6, 1), "month", "C", "tildeling-2023"),
            )
        ],
        "benefits": [
            {
                "benefit_id": key,
                "project_id": project,
                **_both("name", name),
                "benefit_code": "time_saved_users",
                "benefit_sign_code": "positive",
                "depends_on_ids": first,
                **_at(source),
            }
            for key, project, name, first, source in (
                ("b1", "2018-skyss", "Kortere vei", "b2", "tildeling-2018"),
                ("b2", "2018-skyss", "Lettere å finne fram", None, "eierside"),
                ("b3", "2018-gjeld", "Oversikt", None, "eierrapport"),
                ("b4", "2018-gjeld", "Færre saker", None, "forskning"),
            )
        ],
        "benefit_beneficiaries": [
            {"benefit_id": key, "beneficiary_code": "innbygger", **_at("eierside")} for key in ("b1", "b2", "b3", "b4")
        ],
        "benefit_plans": [
            {
                "benefit_plan_id": "p1",
                "benefit_id": "b2",
                **_both("indicator", "Andel som finner fram"),
                "unit_code": "percent_of_respondents",
                "desired_direction_code": "higher",
                "baseline_value": 30.0,
                **_on("baseline", date(2019, 1, 1), "year"),
                "target_value": 60.0,
                **_at("eierside"),
            },
            {
                "benefit_plan_id": "p2",
                "benefit_id": "b2",
                "revises_plan_id": "p1",
                **_both("indicator", "Andel som finner fram"),
                "unit_code": "percent_of_respondents",
                "desired_direction_code": "higher",
                "baseline_value": 30.0,
                **_on("baseline", date(2019, 1, 1), "year"),
                "target_value": 55.0,
                **_at("eierrapport"),
            },
            {
                "benefit_plan_id": "p3",
                "benefit_id": "b1",
                **_both("indicator", "Spart beløp"),
                "unit_code": "nok",
                "currency_code": "NOK",
                "price_year": 2018,
                "target_value": 100_000.0,
                **_at("tildeling-2018"),
            },
        ],
        "benefit_claims": [
            {
                "benefit_claim_id": key,
                "assessment_round_id": "2026",
                "project_id": project,
                "benefit_id": benefit,
                "modality_code": modality,
                "evidence_code": evidence,
                "stated_by_code": stated_by,
                **_both("statement", text),
                **_at(source),
            }
            for key, project, benefit, modality, evidence, stated_by, text, source in (
                ("c1", "2018-skyss", "b1", "goal", "forventet", "scheme", "Kortere vei fram.", "tildeling-2018"),
                ("c2", "2018-skyss", "b2", "measured", "dokumentert", "owner", "30 av 100 før, 50 nå.", "eierside"),
                (
                    "c3",
                    "2018-gjeld",
                    "b3",
                    "realised_self_reported",
                    "oppgitt",
                    "owner",
                    "Bedre oversikt.",
                    "eierrapport",
                ),
                (
                    "c4",
                    "2018-gjeld",
                    "b4",
                    "realised_self_reported",
                    "dokumentert",
                    "third_party",
                    "Færre inkasso.",
                    "forskning",
                ),
            )
        ],
        "benefit_measurements": [
            {
                "benefit_measurement_id": "m1",
                "benefit_plan_id": "p1",
                "measured_value": 50.0,
                **_on("measured", date(2020, 1, 1), "year"),
                "respondent_count": 100,
                "stated_by_code": "owner",
                **_both("method", "Spørreskjema."),
                **_at("eierside"),
            }
        ],
        "coding_coverage": [
            {
                "project_id": project,
                "source_id": source,
                "coder_code": "koder_1",
                "read_code": "whole",
                "coded_on": _READ,
            }
            for project, source in (
                ("2018-skyss", "tildeling-2018"),
                ("2018-skyss", "eierrapport"),
                ("2018-skyss", "eierside"),
                ("2018-gjeld", "tildeling-2018"),
                ("2018-gjeld", "eierrapport"),
                ("2018-gjeld", "forskning"),
            )
        ],
        "counterfactual_statements": [
            {
                "counterfactual_statement_id": "k1",
                "project_id": "2018-gjeld",
                "stated_by_code": "owner",
                **_both("statement", "Eieren sier at det ikke hadde skjedd uten støtten."),
                **_at("eierrapport"),
            }
        ],
        "driver_ratings": [
            {**_RATED, "coder_code": coder, "rating": rating, **_on("assessed", date(2024, 1, 1)), **_at("eierrapport")}
            for coder, rating in (("koder_1", 2), ("koder_2", 4))
        ],
        "rating_decisions": [
            {
                **_RATED,
                "settled_rating": 3,
                "decided_by_code": "koderne_sammen",
                **_on("decided", date(2024, 2, 1)),
                **_both("reason", "Lest på nytt."),
                **_at("eierrapport"),
            }
        ],
        "follow_on_funding": [
            {
                "follow_on_funding_id": "f1",
                "project_id": "2018-skyss",
                **_both("name", "Videre arbeid"),
                "amount_nok": 15_000_000.0,
                "funder_id": "etaten",
                **_at("eierrapport"),
            }
        ],
        "context_figures": [
            {
                "context_figure_id": "x1",
                "project_id": "2018-gjeld",
                "context_kind_code": "reach",
                "value": 12_400.0,
                **_both("label", "dokumenter"),
                **_both("caveat", "Teller dokumenter."),
                **_at("eierside"),
            }
        ],
        "portfolio_findings": [
            {
                "portfolio_finding_id": "funn-21",
                "finding_kind_code": "count",
                **_both("statement", "Ordningen hadde støttet 2 prosjekter."),
                "value": 2.0,
                **_on("as_of", date(2018, 5, 30)),
                **_at("tildeling-2018"),
            }
        ],
        "disagreements": [
            {
                "disagreement_side_id": f"d1-{source}",
                "disagreement_id": "d1",
                "disagreement_kind_code": "count",
                "round_id": "2018-1",
                **_both("topic", "Hvor mange søkte?"),
                **_both("position", position),
                **_at(source),
            }
            for source, position in (("tildeling-2018", "30 søkte."), ("eierside", "26 søkte."))
        ],
    }


def _reference() -> Rows:
    status = ("i_gang", "innsikt", "losning_utviklet", "provd_ut", "delvis_i_bruk", "i_bruk", "spredt", "stanset")
    return {
        "codelists": [
            {
                "codelist": "status",
                "code": code,
                "rank": rank if rank < 7 else None,
                **_both("label", code),
                **_both("description", f"Trinnet {code}."),
            }
            for rank, code in enumerate(status)
        ]
        + [
            {
                "codelist": codelist,
                "code": code,
                "rank": rank,
                **_both("label", code),
                **_both("description", f"Koden {code}."),
            }
            for codelist, code, rank in (
                ("evidence", "forventet", 1),
                ("evidence", "oppgitt", 2),
                ("evidence", "malt_oppgitt", 3),
                ("evidence", "dokumentert", 4),
                ("benefit", "time_saved_users", 1),
                ("benefit", "new_knowledge_insight", 2),
                ("change_kind", "status_first", 1),
                ("public_evidence_group", "A", 1),
            )
        ],
        "benefit_categories": [
            {
                "benefit_code": benefit,
                "benefit_category_code": category,
                "gain_nature_code": nature,
                "is_gain": True,
                **_both("reason", "Slik er den plassert."),
                **_at("ordning-2017"),
            }
            for benefit, category, nature in (
                ("time_saved_users", "user_effects", "user_effect"),
                ("new_knowledge_insight", "new_knowledge", "input_factor"),
            )
        ],
        "measurement_units": [
            {"unit_code": unit, "unit_kind_code": kind, "is_summable": kind == "money"}
            for unit, kind in (("percent_of_respondents", "share"), ("nok", "money"))
        ],
        "kpi": [
            {"year": year, "base_year": 2015, "index_value": value, **_at("ordning-2017", "tabell")}
            for year, value in ((2015, 100.0), (2016, 103.6), (2018, 108.4))
        ],
        "organisation_numbers": [
            {
                "organisation_number": "974760673",
                "registered_name": "Etaten",
                "organisation_id": "etaten",
                **_at("ordning-2017", "tabell"),
            }
        ],
        "municipality_codes": [
            {
                "municipality_code": "0301",
                "name": "Kommunen",
                **_on("valid_from", date(1990, 1, 1), "year"),
                **_at("ordning-2017", "tabell"),
            }
        ],
        "reconciliation_rules": [
            {
                "reconciliation_rule_id": "sum-2018",
                "portfolio_finding_id": "funn-21",
                "reconciliation_basis_code": "sum_of_findings",
                "component_finding_ids": "funn-21",
                **_both("rule", "Delene skal summere til totalen."),
                **_both("explanation", "Ingen forskjell er kjent."),
            }
        ],
    }


def _quality() -> Rows:
    correction = {
        "correction_id": "k1",
        "table_name": "participations",
        "key": "2018-skyss-owner",
        "column_name": "organisation_name",
        "expect": "Etatn",
        "replace": "Etaten",
        **_both("reason", "Skrivefeil i kilden."),
        **_at("tildeling-2018"),
        "registered_on": _READ,
    }
    return {"corrections": [correction], "quarantine": []}


def build(rows: Rows) -> dict[str, pl.DataFrame]:
    """Every table of the world by name; marts are computed from the rest."""
    core = {
        table.name: frame(table, [{"is_illustrative": False, **row} for row in rows.get(table.name, [])])
        for table in (*CORE, *QUALITY)
        if table.name != "quality_checks"
    }
    return {**core, **compute_marts(core, Rules(2018, 2026), is_illustrative=False)}


def with_rows(tables: dict[str, pl.DataFrame], name: str, rows: list[Row]) -> dict[str, pl.DataFrame]:
    """The tables with the rows of one of them replaced; nothing is computed again."""
    return {**tables, name: frame(contract(name), rows)}


@pytest.fixture(scope="session")
def world() -> dict[str, pl.DataFrame]:
    """Frames of the world; not to be changed."""
    return build(deepcopy({**_reference(), **_registry(), **_evaluations(), **_quality()}))
