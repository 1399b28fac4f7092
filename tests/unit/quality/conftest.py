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
        _source("ordning-2017", "Ordningen", "programme_page", **_on("published", date(2017, 5, 11))),
        _source(
            "tildeling-2018",
            "Ordningen",
            "award_news",
            **_on("published", date(2018, 5, 30)),
            address="https://ordningen.example/aktuelt/2018",
            line_reference="tildeling.txt",
            **_both("note", "Bare første del er lest."),
        ),
        _source("tildeling-2023", "Ordningen", "award_news", **_on("published", date(2023, 6, 1), "month")),
        _source("eierside", "Etaten", "project_page"),
        _source("eierrapport", "Etaten", "report", **_on("published", date(2024, 1, 1), "year")),
        _source("forskning", "Universitetet", "academic", **_on("published", date(2024, 3, 1), "month")),
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
                **_both("reason", "Kilden sier det."),
                **_at(source),
            }
            for key, project, status, day, precision, group, source in (
                ("s1", "2018-skyss", "i_gang", date(2018, 5, 30), "day", "C", "tildeling-2018"),
                ("s2", "2018-skyss", "i_bruk", date(2024, 1, 1), "year", "A", "eierrapport"),
                ("s3", "2018-gjeld", "innsikt", date(2018, 5, 30), "day", "C", "tildeling-2018"),
                ("s4", "2023-byggesak", "i_gang", date(2023, 6, 1), "month", "C", "tildeling-2023"),
            )
        ],
        **_benefits(),
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
            for source, position in (("tildeling-2018", "Tretti søkte."), ("eierside", "Tjueseks søkte."))
        ],
    }


def _benefits() -> Rows:
    """A goal that was reached and documented, one with two claims, and money that the owner measured."""
    return {
        "benefits": [
            {
                "benefit_id": key,
                "project_id": project,
                **_both("name", name),
                "benefit_code": "time_saved_users",
                "benefit_sign_code": "positive",
                "depends_on_ids": needed,
                **_at(source),
            }
            for key, project, name, needed, source in (
                ("b1", "2018-skyss", "Kortere vei", None, "tildeling-2018"),
                ("b2", "2018-gjeld", "Oversikt", None, "tildeling-2018"),
                ("b3", "2018-gjeld", "Lavere utgifter", "b2", "eierrapport"),
            )
        ],
        "benefit_beneficiaries": [
            {"benefit_id": key, "beneficiary_code": whom, **_at("tildeling-2018")}
            for key, whom in (("b1", "innbygger"), ("b1", "ansatte"), ("b2", "innbygger"))
        ],
        "benefit_plans": [
            _plan("p1", "b1", "Andel som finner fram", 30.0, 60.0, "eierside", unit_code="percent_of_respondents"),
            _plan(
                "p1-endret",
                "b1",
                "Andel som finner fram",
                30.0,
                55.0,
                "eierside",
                unit_code="percent_of_respondents",
                revises_plan_id="p1",
            ),
            _plan(
                "p2",
                "b3",
                "Utgifter til purring",
                9.0,
                5.0,
                "eierrapport",
                unit_code="nok_per_year",
                desired_direction_code="lower",
                currency_code="NOK",
                price_year=2018,
            ),
        ],
        "benefit_claims": [
            {
                "benefit_claim_id": key,
                "assessment_round_id": "2026",
                "project_id": "2018-skyss" if benefit == "b1" else "2018-gjeld",
                "benefit_id": benefit,
                "modality_code": modality,
                "evidence_code": evidence,
                "stated_by_code": "owner",
                **_both("statement", text),
                **(_both("same_benefit_reason", "Kilden viser til målet.") if key in ("c2", "c4") else {}),
                **_at(source),
            }
            for key, benefit, modality, evidence, text, source in (
                ("c1", "b1", "goal", "forventet", "Kortere vei fram.", "tildeling-2018"),
                ("c2", "b1", "measured", "dokumentert", "Flere av 12 400 finner fram.", "eierside"),
                ("c3", "b2", "realised_self_reported", "oppgitt", "Bedre oversikt.", "eierrapport"),
                ("c4", "b2", "realised_self_reported", "dokumentert", "Færre inkasso.", "forskning"),
                ("c5", "b3", "measured", "malt_oppgitt", "Mindre går til purring.", "eierrapport"),
            )
        ],
        "benefit_measurements": [
            {
                "benefit_measurement_id": key,
                "benefit_plan_id": plan,
                "measured_value": value,
                **_on("measured", date(2020, 1, 1), "year"),
                "stated_by_code": speaker,
                **_both("method", "Spørreskjema."),
                **_at("eierside"),
            }
            for key, plan, value, speaker in (("m1", "p1", 50.0, "third_party"), ("m2", "p2", 6.0, "owner"))
        ],
    }


def _plan(key: str, benefit: str, indicator: str, baseline: float, target: float, source: str, **values: Any) -> Row:
    return {
        "benefit_plan_id": key,
        "benefit_id": benefit,
        **_both("indicator", indicator),
        "desired_direction_code": "higher",
        "baseline_value": baseline,
        **_on("baseline", date(2019, 1, 1), "year"),
        "target_value": target,
        **values,
        **_at(source),
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
        "measurement_units": [
            {"unit_code": unit, "unit_kind_code": kind, "is_summable": is_summable}
            for unit, kind, is_summable in (
                ("percent_of_respondents", "share", False),
                ("percentage_points", "share", False),
                ("hours_per_year", "time", True),
                ("nok_per_year", "money", True),
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
