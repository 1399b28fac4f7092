"""Who of the invented owners was asked when, and which of their reports answer that.

Belongs here: letters to owners, requests, answers, closing statements and planned evaluations.
Does not belong here: the reports and what they say of status and benefits (`evaluations.py`, `benefits.py`).

An owner answers with its report of the year: no document is added for answers, so that whoever has no report of a year
has not answered.
"""

from __future__ import annotations

import hashlib
from datetime import date
from itertools import groupby

from gevinst.contracts.vocabulary import (
    DOCUMENTED,
    ENDED,
    FIRST_REQUEST,
    IN_USE,
    MEASURED_BY_PARTICIPANT,
    OUTDATED,
    OWNER_REQUEST,
    REMINDER,
    REPORTED,
    RIGHT,
    SAID_CAME,
    SAID_MEASURED,
)
from gevinst.illustrative.evaluations import evaluation_of, evaluation_year
from gevinst.illustrative.model import FOLDER_YEAR, Draft, Row, at, both, on_day
from gevinst.illustrative.names import SCHEME, slug
from gevinst.illustrative.registry import Project

_ASKED_YEARS = (2022, 2023, 2025)
"""Nobody was asked in the years before and in 2024, so that editions without a request occur."""
_ASKED, _REMINDED, _ANSWER_BY, _ANSWERED = (9, 1), (10, 5), (10, 15), (10, 20)
"""Month and day; whoever answers does so after the reminder."""
_YEARS_AFTER_AWARD = 1
_OUTCOMES = {REPORTED: SAID_CAME, MEASURED_BY_PARTICIPANT: SAID_MEASURED, DOCUMENTED: SAID_MEASURED}
_NO_MONEY = "mangler_driftsmidler"


def add_asked(draft: Draft, projects: list[Project]) -> None:
    """Add what was asked of the owners in some years, and their answers; everything else must have been added."""
    for year in _ASKED_YEARS:
        asked = [project for project in projects if project.cohort_year + _YEARS_AFTER_AWARD <= year]
        for kind, day in ((FIRST_REQUEST, date(year, *_ASKED)), (REMINDER, date(year, *_REMINDED))):
            letter = f"brev-{kind}-{year}"
            draft.source(letter, f"Brev til eierne {day.isoformat()}", SCHEME, OWNER_REQUEST, day)
            for project in asked:
                draft.add("requests", _request(project, kind, day, letter))
        for project in asked:
            _add_answers(draft, project, year)
    for project in projects:
        _add_closing_statement(draft, project)
        _add_planned_evaluation(draft, project)


def _request(project: Project, kind: str, day: date, letter: str) -> Row:
    owner, edition = slug(project.owner.name), f"{day.year - 1}-1"
    form = f"{edition}-{owner}"
    return {
        "request_id": _request_id(project, day.year, kind),
        "form_id": form,
        "project_id": project.project_id,
        "asked_organisation_id": owner,
        "request_kind_code": kind,
        "asked_on": day,
        "answer_by_on": date(day.year, *_ANSWER_BY),
        "asked_edition_id": edition,
        "prefilled_sha256": hashlib.sha256(form.encode()).hexdigest(),
        "due_reason_codes": "stale promised_without_baseline" if project.number % 2 else "stale",
        **at(letter, f"brevet til {project.owner.name}"),
        FOLDER_YEAR: day.year,
    }


def _request_id(project: Project, year: int, kind: str) -> str:
    return f"{project.project_id}-{year}-{kind}"


def _add_answers(draft: Draft, project: Project, year: int) -> None:
    """The report of the year as an answer: about the project, and about each benefit that it reports."""
    document = f"rapport-{project.project_id}-{year}"
    if not any(row["source_id"] == document for row in draft.rows["sources"]):
        return
    answer = {
        "answer_id": f"{project.project_id}-{year}-svar",
        "request_id": _request_id(project, year, FIRST_REQUEST),
        "project_id": project.project_id,
        "answered_on": date(year, *_ANSWERED),
        **at(document),
        FOLDER_YEAR: year,
    }
    stated = [row for row in draft.rows["status_assessments"] if row["source_id"] == document]
    draft.add("answers", {**answer, "known_is_right_code": RIGHT, **(_of_status(stated[-1]) if stated else {})})
    claims = [row for row in draft.rows["benefit_claims"] if row["source_id"] == document]
    for benefit_id, said in groupby(claims, key=lambda row: row["benefit_id"]):
        outcomes = [_OUTCOMES[row["evidence_code"]] for row in said if row["evidence_code"] in _OUTCOMES]
        if outcomes:
            of_benefit = {"answer_id": f"{answer['answer_id']}-{benefit_id}", "benefit_id": benefit_id}
            draft.add("answers", {**answer, **of_benefit, "answered_outcome_code": outcomes[-1]})


def _of_status(stated: Row) -> Row:
    status = stated["status_code"]
    return {
        "known_is_right_code": OUTDATED,
        "answered_status_code": status,
        "answered_status_on": stated["assessed_on"],
        "answered_status_precision": stated["assessed_precision"],
        "obstacle_codes": None if status in IN_USE else _NO_MONEY,
    }


def _add_closing_statement(draft: Draft, project: Project) -> None:
    """What the owner says came of a project that ended, in the document that says that it did."""
    for row in draft.rows["status_assessments"]:
        if row["project_id"] == project.project_id and row["status_code"] in ENDED:
            draft.add(
                "closing_statements",
                {
                    "closing_statement_id": f"{project.project_id}-sluttmelding",
                    "project_id": project.project_id,
                    "stated_by_code": row["stated_by_code"],
                    **on_day("about", row["assessed_on"], row["assessed_precision"]),
                    **both("statement", "Innsikten er tatt med videre.", "What was learnt has been carried on."),
                    **at(row["source_id"]),
                    FOLDER_YEAR: row[FOLDER_YEAR],
                },
            )


def _add_planned_evaluation(draft: Draft, project: Project) -> None:
    """An evaluation that was planned at the award; that of every sixth project was not delivered."""
    if project.number % 3:
        return
    planned = project.cohort_year + 4
    delivered = evaluation_year(planned) if project.number % 6 == 0 else None
    draft.add(
        "planned_evaluations",
        {
            "planned_evaluation_id": f"{project.project_id}-planlagt",
            "project_id": project.project_id,
            **both("name", "Måling etter fire år", "Measurement after four years"),
            **on_day("planned", date(planned, 1, 1), "year"),
            "responsible_organisation_id": slug(project.owner.name),
            "delivered_source_id": evaluation_of(delivered) if delivered else None,
            **at(project.award),
            FOLDER_YEAR: project.cohort_year,
        },
    )
