"""The registry of a small world in which every check passes: three invented projects and their sources."""

from __future__ import annotations

from datetime import date
from typing import Any

Row = dict[str, Any]
Rows = dict[str, list[Row]]
READ = date(2026, 11, 22)


def both(stem: str, text: str) -> Row:
    return {f"{stem}_nb": text, f"{stem}_en": f"{text} (in English)"}


def on(stem: str, day: date, precision: str = "day") -> Row:
    return {f"{stem}_on": day, f"{stem}_precision": precision}


def at(source: str, locator: str = "avsnitt 2") -> Row:
    return {"source_id": source, "source_locator": locator}


def _source(key: str, publisher: str, kind: str, **values: Any) -> Row:
    return {
        "source_id": key,
        "title": f"Om {key}",
        "publisher": publisher,
        "document_type_code": kind,
        "accessed_on": READ,
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
            **on("published", date(2017, 5, 11)),
        ),
        _source(
            "tildeling-2018",
            "Ordningen",
            "award_news",
            **on("published", date(2018, 5, 30)),
            address="https://ordningen.example/aktuelt/2018",
            line_reference="tildeling.txt",
            line_count=40,
            text_sha256="0" * 64,
            **both("note", "Bare første del er lest."),
        ),
        _source(
            "tildeling-2023",
            "Ordningen",
            "award_news",
            has_no_public_address=True,
            **on("published", date(2023, 6, 1), "month"),
        ),
        _source(
            "eierside",
            "Etaten",
            "project_page",
            address="etaten.example/skyss",
            public_not_before=date(2024, 1, 1),
            public_not_after=date(2026, 11, 1),
            **both("public_bounds_basis", "Nevner en rapport fra 2024."),
        ),
        _source(
            "eierrapport",
            "Etaten",
            "report",
            address="etaten.example/rapport",
            **on("published", date(2024, 1, 1), "year"),
        ),
        _source(
            "forskning",
            "Universitetet",
            "academic",
            address="universitetet.example",
            **on("published", date(2024, 3, 1), "month"),
        ),
        _source(
            "evaluering",
            "Evaluatoren",
            "report",
            address="evaluatoren.example",
            **on("published", date(2024, 3, 1), "month"),
        ),
    ]


def registry() -> Rows:
    return {
        "sources": _sources(),
        "rounds": [
            {
                "round_id": key,
                "cohort_year": day.year,
                **both("name", f"Runde {key}"),
                **on("awarded", day),
                **at(f"tildeling-{day.year}"),
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
                **at(f"tildeling-{key[:4]}", "linje 7 og 9-11" if key == "2018-1" else "avsnitt 1"),
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
                **both("name", name),
                **both("short_name", name),
                "sector_code": "samferdsel",
                **at(f"tildeling-{key[:4]}"),
                **values,
            }
            for key, round_id, name, values in (
                ("2018-skyss", "2018-1", "Skyss", {}),
                ("2018-gjeld", "2018-1", "Gjeld", both("problem", "Folk vet ikke hva de skylder.")),
                ("2023-byggesak", "2023", "Byggesak", both("problem", "Saker ligger lenge.")),
            )
        ],
        "project_events": [
            {
                "project_event_id": f"2018-skyss-{event}",
                "project_id": "2018-skyss",
                "event_code": event,
                **on("event", day, precision),
                **at("eierside"),
            }
            for event, day, precision in (
                ("started", date(2018, 6, 1), "month"),
                ("ended", date(2020, 1, 1), "year"),
            )
        ],
        "project_grants": [{"project_id": "2018-skyss", "grant_amount": 1_200_000.0, **at("tildeling-2018")}],
        "organisations": [
            {"organisation_id": "etaten", "name": "Etaten", "level_code": "stat", **at("tildeling-2018")},
            {"organisation_id": "byraet", "name": "Byrået", "level_code": "leverandor", **at("tildeling-2018")},
            {
                "organisation_id": "kommunen",
                "name": "Kommunen",
                "short_name": "K",
                "level_code": "kommune",
                "municipality_code": "0301",
                **at("tildeling-2018"),
            },
        ],
        "organisation_names": [
            {"organisation_name_id": key, "organisation_id": "etaten", "name": key, "name_kind_code": kind, **rest}
            for key, kind, rest in (
                ("Etaten", "official", at("tildeling-2018") | on("valid_from", date(2016, 1, 1), "year")),
                ("Etatn", "misspelling", at("tildeling-2018")),
            )
        ],
        "participations": [
            {
                "participation_id": f"{project}-{role}",
                "project_id": project,
                "organisation_id": organisation,
                "organisation_name": name,
                "role_code": role,
                **at(f"tildeling-{project[:4]}"),
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
                **at("tildeling-2023"),
            },
            {
                "project_relation_id": "r2",
                "project_id": "2018-gjeld",
                "relation_code": "continued_in",
                "related_name": "Felles oversikt",
                **at("eierside"),
            },
        ],
    }
