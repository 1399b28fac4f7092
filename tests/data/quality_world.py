"""A small world in which every check passes: what is said of its projects, the lists it uses, and the marts."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl

from gevinst.contracts import CORE, QUALITY, contract
from gevinst.method.catalogue import compute_marts
from gevinst.method.frames import Rules
from tests.data.quality_registry import READ, Row, Rows, at, both, on, registry
from tests.data.small_edition import frame

_RATED = {"assessment_round_id": "2026", "project_id": "2018-skyss", "rated_driver_code": "complexity"}


def _evaluations() -> Rows:
    return {
        "assessment_rounds": [
            {
                "assessment_round_id": "2026",
                "assessment_year": 2026,
                **both("name", "Kartlegging"),
                "assessor_role_code": "document_review",
                **both("method", "Lest dokumenter."),
                **at("ordning-2017"),
            }
        ],
        "status_assessments": [
            {
                "status_assessment_id": key,
                "assessment_round_id": "2026",
                "project_id": project,
                "status_code": status,
                **on("assessed", day, precision),
                "stated_by_code": "scheme",
                "public_evidence_group_code": group,
                **both("reason", f"Kilden sier det, og {key} navngir dem som bruker løsningen i det daglige arbeidet."),
                **at(source),
            }
            for key, project, status, day, precision, group, source in (
                ("s1", "2018-skyss", "i_gang", date(2018, 5, 30), "day", "C", "tildeling-2018"),
                ("s2", "2018-skyss", "i_bruk", date(2024, 1, 1), "year", "A", "eierrapport"),
                ("s3", "2018-gjeld", "innsikt", date(2018, 5, 30), "day", "C", "tildeling-2018"),
                ("s4", "2023-byggesak", "i_gang", date(2023, 6, 1), "month", "C", "tildeling-2023"),
            )
        ],
        **_benefits(),
        "coding_coverage": [
            {
                "project_id": project,
                "source_id": source,
                "coder_code": "koder_1",
                "read_code": "whole",
                "coded_on": READ,
            }
            for project, sources in (
                ("2018-skyss", ("tildeling-2018", "eierrapport", "eierside", "evaluering")),
                ("2018-gjeld", ("tildeling-2018", "eierrapport", "forskning")),
            )
            for source in sources
        ],
        "counterfactual_statements": [
            {
                "counterfactual_statement_id": "k1",
                "project_id": "2018-gjeld",
                "stated_by_code": "owner",
                **both("statement", "Eieren sier at det ikke hadde skjedd uten støtten."),
                **at("eierrapport"),
            }
        ],
        "driver_ratings": [
            {**_RATED, "coder_code": coder, "rating": rating, **on("assessed", date(2024, 1, 1)), **at("eierrapport")}
            for coder, rating in (("koder_1", 2), ("koder_2", 4))
        ],
        "rating_decisions": [
            {
                **_RATED,
                "settled_rating": 3,
                "decided_by_code": "koderne_sammen",
                **on("decided", date(2024, 2, 1)),
                **both("reason", "Lest på nytt."),
                **at("eierrapport"),
            }
        ],
        "follow_on_funding": [
            {
                "follow_on_funding_id": "f1",
                "project_id": "2018-skyss",
                **both("name", "Videre arbeid"),
                "amount": 15_000_000.0,
                "funder_id": "etaten",
                **at("eierrapport"),
            }
        ],
        "context_figures": [
            {
                "context_figure_id": "x1",
                "project_id": "2018-gjeld",
                "context_kind_code": "reach",
                "value": 12_400.0,
                **both("label", "dokumenter"),
                **both("caveat", "Teller dokumenter."),
                **at("eierside"),
            }
        ],
        "portfolio_findings": [
            {
                "portfolio_finding_id": "funn-21",
                "finding_kind_code": "count",
                **both("statement", "Ordningen hadde støttet 2 prosjekter."),
                "value": 2.0,
                **on("as_of", date(2018, 5, 30)),
                **at("tildeling-2018"),
            }
        ],
        "disagreements": [
            {
                "disagreement_side_id": f"d1-{source}",
                "disagreement_id": "d1",
                "disagreement_kind_code": "count",
                "round_id": "2018-1",
                **both("topic", "Hvor mange søkte?"),
                **both("position", position),
                **at(source),
            }
            for source, position in (("tildeling-2018", "30 søkte."), ("eierside", "26 søkte."))
        ],
    }


def _benefits() -> Rows:
    """A goal that was reached and documented, one with two claims, and money that the owner measured."""
    return {
        "benefits": [
            {
                "benefit_id": key,
                "project_id": project,
                **both("name", name),
                "benefit_code": "time_saved_users",
                "benefit_sign_code": "positive",
                "depends_on_ids": needed,
                **at(source),
            }
            for key, project, name, needed, source in (
                ("b1", "2018-skyss", "Kortere vei", None, "tildeling-2018"),
                ("b2", "2018-gjeld", "Oversikt", None, "tildeling-2018"),
                ("b3", "2018-gjeld", "Lavere utgifter", "b2", "forskning"),
            )
        ],
        "benefit_beneficiaries": [
            {"benefit_id": key, "beneficiary_code": whom, **at("tildeling-2018")}
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
                **both("statement", text),
                **(both("same_benefit_reason", "Kilden viser til målet.") if key in ("c2", "c4") else {}),
                **at(source),
            }
            for key, benefit, modality, evidence, text, source in (
                ("c1", "b1", "goal", "forventet", "Kortere vei fram.", "tildeling-2018"),
                ("c2", "b1", "measured", "dokumentert", "30 av 100 før, 50 nå.", "eierside"),
                ("c3", "b2", "realised_self_reported", "oppgitt", "Bedre oversikt.", "eierrapport"),
                ("c4", "b2", "realised_self_reported", "oppgitt", "Færre inkasso.", "forskning"),
                ("c5", "b3", "measured", "malt_oppgitt", "Mindre går til purring.", "eierrapport"),
            )
        ],
        "benefit_measurements": [
            {
                "benefit_measurement_id": key,
                "benefit_plan_id": plan,
                "measured_value": value,
                **on("measured", date(2020, 1, 1), "year"),
                "respondent_count": 100,
                "stated_by_code": speaker,
                **both("method", "Spørreskjema."),
                **at(source),
            }
            for key, plan, value, speaker, source in (
                ("m1", "p1", 50.0, "third_party", "evaluering"),
                ("m2", "p2", 6.0, "owner", "eierrapport"),
            )
        ],
    }


def _plan(key: str, benefit: str, indicator: str, baseline: float, target: float, source: str, **values: Any) -> Row:
    return {
        "benefit_plan_id": key,
        "benefit_id": benefit,
        **both("indicator", indicator),
        "desired_direction_code": "higher",
        "baseline_value": baseline,
        **on("baseline", date(2019, 1, 1), "year"),
        "target_value": target,
        **values,
        **at(source),
    }


def _reference() -> Rows:
    status = ("i_gang", "innsikt", "losning_utviklet", "provd_ut", "delvis_i_bruk", "i_bruk", "spredt", "stanset")
    return {
        "codelists": [
            {
                "codelist": "status",
                "code": code,
                "rank": rank if rank < 7 else None,
                **both("label", code),
                **both("description", f"Trinnet {code}."),
            }
            for rank, code in enumerate(status)
        ]
        + [
            {
                "codelist": codelist,
                "code": code,
                "rank": rank,
                **both("label", code),
                **both("description", f"Koden {code}."),
            }
            for codelist, code, rank in (
                ("evidence", "forventet", 1),
                ("evidence", "oppgitt", 2),
                ("evidence", "malt_oppgitt", 3),
                ("evidence", "dokumentert", 4),
                ("benefit", "time_saved_users", 1),
                ("benefit", "new_knowledge_insight", 2),
                ("change_kind", "status_first", 1),
                ("outcome", "result_not_in_use", 3),
                ("outcome", "unknown", 6),
                ("public_evidence_group", "A", 1),
            )
        ],
        "measurement_units": [
            {
                "unit_code": unit,
                "unit_kind_code": kind,
                "is_summable": is_summable,
                "lowest_value": {"share": 0.0, "points": -100.0}.get(bounds),
                "highest_value": 100.0 if bounds else None,
            }
            for unit, kind, is_summable, bounds in (
                ("percent_of_respondents", "share", False, "share"),
                ("percentage_points", "share", False, "points"),
                ("hours_per_year", "time", True, ""),
                ("nok_per_year", "money", True, ""),
            )
        ],
        "benefit_categories": [
            {
                "benefit_code": benefit,
                "benefit_category_code": category,
                "gain_nature_code": nature,
                "is_gain": True,
                **both("reason", "Slik er den plassert."),
                **at("ordning-2017"),
            }
            for benefit, category, nature in (
                ("time_saved_users", "user_effects", "user_effect"),
                ("new_knowledge_insight", "new_knowledge", "input_factor"),
            )
        ],
        "kpi": [
            {"year": year, "base_year": 2015, "index_value": value, **at("ordning-2017", "tabell")}
            for year, value in ((2015, 100.0), (2016, 103.6), (2018, 108.4))
        ],
        "organisation_numbers": [
            {
                "organisation_number": "974760673",
                "registered_name": "Etaten",
                "organisation_id": "etaten",
                **at("ordning-2017", "tabell"),
            }
        ],
        "municipality_codes": [
            {
                "municipality_code": "0301",
                "name": "Kommunen",
                **on("valid_from", date(1990, 1, 1), "year"),
                **at("ordning-2017", "tabell"),
            }
        ],
        "reconciliation_rules": [
            {
                "reconciliation_rule_id": "sum-2018",
                "portfolio_finding_id": "funn-21",
                "reconciliation_basis_code": "sum_of_findings",
                "component_finding_ids": "funn-21",
                **both("rule", "Delene skal summere til totalen."),
                **both("explanation", "Ingen forskjell er kjent."),
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
        **both("reason", "Skrivefeil i kilden."),
        **at("tildeling-2018"),
        "registered_on": READ,
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


ROWS: Rows = {**_reference(), **registry(), **_evaluations(), **_quality()}
"""The rows of all tables that somebody writes, by table; not to be changed."""
