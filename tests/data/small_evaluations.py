"""What is said of the invented projects, and of the data themselves.

Belongs here: statements of status and benefits, disagreements, checks and rows set aside of the small edition.
Does not belong here: who the projects are (`small_projects.py`).
"""

from __future__ import annotations

from datetime import date

from tests.data.small_projects import AT, PROJECTS, Project, Row, both


def evaluations() -> dict[str, list[Row]]:
    """Rows of the evaluation tables by name."""
    return {
        "assessment_rounds": [_round()],
        "status_assessments": [row for project in PROJECTS for row in _statuses(project)],
        "benefits": [row for project in PROJECTS for row in _benefits(project)],
        "benefit_beneficiaries": [row for project in PROJECTS for row in _beneficiaries(project)],
        "benefit_claims": [row for project in PROJECTS for row in _claims(project)],
        "benefit_plans": [_plan()],
        "benefit_measurements": [_measurement()],
        "coding_coverage": _coverage(),
        "claim_codings": _codings(),
        "counterfactual_statements": [_otherwise()],
        "follow_on_funding": [_funding()],
        "context_figures": [_context()],
        "disagreements": _sides(),
    }


def _round() -> Row:
    return {
        "assessment_round_id": "2026",
        "assessment_year": 2026,
        **both("name", "Kartlegging"),
        "assessor_role_code": "document_review",
        **both("method", "Lest dokumenter."),
        **AT,
    }


def _statuses(project: Project) -> list[Row]:
    return [
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
        for number, (code, on, precision, group) in enumerate(project.statuses, 1)
    ]


def benefit_of(project: Project, number: int) -> str:
    """The benefit of a project's claim, from 1: the first claim of its kind and beneficiary gives it its number."""
    kinds = [(benefit, whom) for benefit, _, _, whom in project.claims]
    return f"{project.id}-b{kinds.index(kinds[number - 1]) + 1}"


def _at_claim(project: Project, number: int) -> Row:
    return {"source_id": project.source, "source_locator": f"linje {10 + number}"}


def _benefits(project: Project) -> list[Row]:
    return [
        {
            "benefit_id": f"{project.id}-b{number}",
            "project_id": project.id,
            **both("name", f"Gevinst {number} av {project.short}"),
            "benefit_code": benefit,
            "benefit_sign_code": "positive",
            **_at_claim(project, number),
        }
        for number, (benefit, _, _, _) in enumerate(project.claims, 1)
        if benefit_of(project, number).endswith(f"-b{number}")
    ]


def _beneficiaries(project: Project) -> list[Row]:
    return [
        {"benefit_id": benefit_of(project, number), "beneficiary_code": whom, **_at_claim(project, number)}
        for number, (_, _, _, whom) in enumerate(project.claims, 1)
        if benefit_of(project, number).endswith(f"-b{number}")
    ]


def _claims(project: Project) -> list[Row]:
    return [
        {
            "benefit_claim_id": f"{project.id}-c{number}",
            "assessment_round_id": "2026",
            "project_id": project.id,
            "benefit_id": benefit_of(project, number),
            "modality_code": modality,
            "evidence_code": evidence,
            "stated_by_code": project.stated_by,
            **both("statement", "Innbyggerne skal slippe å oppgi det samme flere ganger."),
            **_at_claim(project, number),
        }
        for number, (_, modality, evidence, _) in enumerate(project.claims, 1)
    ]


def _plan() -> Row:
    return {
        "benefit_plan_id": "2016-hjelpemidler-plan",
        "benefit_id": "2016-hjelpemidler-b1",
        **both("indicator", "Andel som finner fram på egen hånd"),
        "unit_code": "percent_of_respondents",
        "baseline_value": 30.0,
        **AT,
    }


def _measurement() -> Row:
    return {
        "benefit_measurement_id": "m1",
        "benefit_plan_id": "2016-hjelpemidler-plan",
        "measured_value": 50.0,
        "stated_by_code": "supplier",
        "measured_on": date(2018, 10, 1),
        "measured_precision": "month",
        **both("method", "Spørreskjema før og etter."),
        **AT,
    }


def _coverage() -> list[Row]:
    """Three projects were coded, one of them for expected benefits alone; what was found of others was looked for."""
    coded = (
        ("2018-nabolag", "kilde-a", "koder_1", "whole", True, True, True),
        ("2018-nabolag", "kilde-a", "koder_2", "in_part", True, False, False),
        ("2018-inneklima", "kilde-b", "koder_1", "in_part", True, True, True),
        ("2023-skyss-videre", "kilde-b", "koder_1", "in_part", True, True, False),
    )
    return [
        {
            "project_id": project,
            "source_id": source,
            "coder_code": coder,
            "read_code": extent,
            **(both("read_part", "første halvdel") if extent == "in_part" else {}),
            "is_coded_status": status,
            "is_coded_expected": expected,
            "is_coded_results": results,
            "coded_on": date(2026, 11, 1),
        }
        for project, source, coder, extent, status, expected, results in coded
    ]


def _codings() -> list[Row]:
    """Two coders of the first claims; they disagree on how it is said of one."""
    claims = [(project, number) for project in PROJECTS for number in range(1, len(project.claims) + 1)][:6]
    return [
        {
            "benefit_claim_id": f"{project.id}-c{number}",
            "coder_code": coder,
            "benefit_code": benefit,
            "modality_code": "goal" if coder == "koder_2" and place == 0 else modality,
            "evidence_code": evidence,
            "beneficiary_codes": f"{whom} samfunn" if coder == "koder_2" else whom,
            "coded_on": date(2026, 11, 2),
            **_at_claim(project, number),
        }
        for place, (project, number) in enumerate(claims)
        for benefit, modality, evidence, whom in [project.claims[number - 1]]
        for coder in ("koder_1", "koder_2")
    ]


def _otherwise() -> Row:
    return {
        "counterfactual_statement_id": "2018-skyss-o1",
        "project_id": "2018-skyss",
        "stated_by_code": "owner",
        **both("statement", "Fylket ville ikke ha begynt på arbeidet uten støtten."),
        "about_on": date(2019, 1, 1),
        "about_precision": "year",
        **AT,
    }


def _funding() -> Row:
    return {
        "follow_on_funding_id": "f1",
        "project_id": "2018-skyss",
        "amount": 4_000_000.0,
        "funder_id": "fylket",
        **both("name", "Videre arbeid med skyss"),
        "awarded_on": date(2022, 1, 1),
        "awarded_precision": "year",
        **AT,
    }


def _context() -> Row:
    return {
        "context_figure_id": "x1",
        "project_id": "2018-skyss",
        "context_kind_code": "reach",
        "value": 24200.0,
        **both("label", "innbyggere i tettstedet"),
        **both("caveat", "Teller dem som bor der, ikke dem som har fått noe bedre."),
        **AT,
    }


def _sides() -> list[Row]:
    count = {"disagreement_kind_code": "count", "round_id": "2018", **both("topic", "Hvor mange søkte i 2018?")}
    role = {
        "disagreement_kind_code": "role",
        "project_id": "2018-skyss",
        **both("topic", "Var leverandøren hoved- eller underleverandør?"),
    }
    texts = (
        ("d1", count, "38 søkere.", "kilde-a"),
        ("d1", count, "31 søkere.", "kilde-b"),
        ("d2", role, "Begge er likestilte.", "kilde-a"),
        ("d2", role, "Den ene er underleverandør.", "kilde-b"),
    )
    return [
        {
            "disagreement_side_id": f"{disagreement}-{source}",
            "disagreement_id": disagreement,
            **about,
            **both("position", position),
            "source_id": source,
            "source_locator": "linje 2",
        }
        for disagreement, about, position, source in texts
    ]


def quality() -> dict[str, list[Row]]:
    """Rows of the tables about the data themselves by name."""
    check = {
        "table_name": "projects",
        "severity_code": "critical",
        "check_outcome_code": "passed",
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
                "check_outcome_code": "failed",
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
