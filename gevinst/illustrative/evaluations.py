"""Assessments of the invented projects: rounds, documents and status.

Belongs here: rounds of assessment, the documents of each year, and the course of each project.
Does not belong here: benefits (`benefits.py`), rows about the portfolio as a whole (`scheme.py`) and tables that not
every installation has (`optional.py`).
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from gevinst.contracts.vocabulary import AWARDED, BY_EVALUATOR, BY_OWNER, DOCUMENT_REVIEW, IN_USE, PARTLY_IN_USE
from gevinst.illustrative.model import FOLDER_YEAR, Draft, Row, at, both, on_day
from gevinst.illustrative.names import EVALUATOR, SCHEME
from gevinst.illustrative.profiles import PROFILES, REASONS, STEPPED_DOWN, STEPPED_DOWN_FOR, Profile, Step
from gevinst.illustrative.registry import COHORTS, Project, award_of, awarded_on

LAST_YEAR = 2026
EVALUATED = tuple(year for year in range(2018, LAST_YEAR + 1) if year not in (2021, 2024))
"""Years with an evaluation; two are missing, so that editions without a new one occur."""


class Document(NamedTuple):
    """A document of one year about a project, and the assessment round it belongs to."""

    source_id: str
    round_id: str
    year: int


def evaluation_of(year: int) -> str:
    """Id of the evaluator's report and round of a year."""
    return f"evaluering-{year}"


def profile_of(project: Project) -> Profile:
    """The course of a project."""
    return PROFILES[project.number % len(PROFILES)]


def evaluation_year(year: int) -> int | None:
    """The first year from `year` on with an evaluation; `None` when there is none."""
    return next((looked for looked in EVALUATED if looked >= year), None)


def add_evaluations(draft: Draft, projects: list[Project]) -> None:
    """Add the assessment rounds and the statuses of each project."""
    _add_rounds(draft)
    for project in projects:
        _add_status(draft, project)


def _add_rounds(draft: Draft) -> None:
    for cohort in COHORTS:
        _add_round(draft, f"gjennomgang-{cohort}", cohort, "document_review", award_of(cohort))
    for year in range(COHORTS[0] + 1, LAST_YEAR + 1):
        source = f"egenrapport-{year}"
        draft.source(source, f"Egenrapporter {year}", SCHEME, "programme_page", date(year, 10, 15))
        _add_round(draft, source, year, "owner", source)
    for year in EVALUATED:
        source = evaluation_of(year)
        draft.source(source, f"Evaluering {year}", EVALUATOR.name, "report", date(year, 11, 5))
        _add_round(draft, source, year, "evaluator", source)


def _add_round(draft: Draft, round_id: str, year: int, role: str, source: str) -> None:
    names = {
        DOCUMENT_REVIEW: ("Gjennomgang av tildelingen", "Review of the award"),
        BY_OWNER: ("Eiernes egne rapporter", "The owners' own reports"),
        BY_EVALUATOR: ("Evaluators vurdering", "The evaluator's assessment"),
    }
    nb, en = names[role]
    draft.add(
        "assessment_rounds",
        {
            "assessment_round_id": round_id,
            "assessment_year": year,
            **both("name", f"{nb} {year}", f"{en} {year}"),
            "assessor_role_code": role,
            **both("method", "Dokumenter ble lest og eierne spurt.", "Documents were read and owners were asked."),
            **at(source),
            FOLDER_YEAR: year,
        },
    )


def report(draft: Draft, project: Project, year: int) -> Document:
    """The owner's report of a year, added the first time it is needed; that of every fifth project is undated."""
    source = f"rapport-{project.project_id}-{year}"
    if not any(row["source_id"] == source for row in draft.rows["sources"]):
        precision = None if project.number % 5 == 4 else "month" if project.number % 2 else "day"
        title = f"{project.name.nb}: rapport {year}"
        draft.source(source, title, project.owner.name, "project_page", date(year, 10, 20), precision=precision)
    return Document(source, f"egenrapport-{year}", year)


def evaluation(year: int) -> Document:
    """The evaluator's report of a year."""
    return Document(evaluation_of(year), evaluation_of(year), year)


def award(project: Project) -> Document:
    """The document of the project's award."""
    return Document(project.award, f"gjennomgang-{project.cohort_year}", project.cohort_year)


def _add_status(draft: Draft, project: Project) -> None:
    awarded = awarded_on(project.cohort_year)
    _assess(draft, project, award(project), AWARDED, "scheme", on_day("assessed", awarded))
    highest = 0  # counts steps in use: a later trial is a step down only after one of them
    for step in profile_of(project).steps:
        _add_step(draft, project, step, stepped_down=highest > 0 and step.status_code == "provd_ut")
        highest += step.status_code == "i_bruk"


def _add_step(draft: Draft, project: Project, step: Step, *, stepped_down: bool) -> None:
    year = project.cohort_year + step.years
    if step.stated_by_code == "third_party" or step.against:
        year = evaluation_year(year) or LAST_YEAR + 1
    if year > LAST_YEAR:
        return
    period = on_day("assessed", date(year, 10, 1), "month")
    document = evaluation(year) if step.stated_by_code == "third_party" else report(draft, project, year)
    row = _assess(draft, project, document, step.status_code, step.stated_by_code, period)
    if stepped_down:
        row.update(both("reason", *STEPPED_DOWN), step_reason_code=STEPPED_DOWN_FOR)
    if step.against:
        _assess(draft, project, evaluation(year), step.against, "third_party", period)


def _assess(draft: Draft, project: Project, document: Document, status: str, stated_by: str, period: Row) -> Row:
    number = sum(row["project_id"] == project.project_id for row in draft.rows["status_assessments"]) + 1
    return draft.add(
        "status_assessments",
        {
            "status_assessment_id": f"{project.project_id}-status-{number:02}",
            "assessment_round_id": document.round_id,
            "project_id": project.project_id,
            "status_code": status,
            **period,
            "stated_by_code": stated_by,
            "is_inferred": project.number % 6 == 5,
            **_reason(project, status),
            **at(document.source_id),
            FOLDER_YEAR: document.year,
        },
    )


def _reason(project: Project, status: str) -> Row:
    """Why the project has the status; a step in use rests on words of its own, since it is what readers quote."""
    nb, en = REASONS[status]
    if status in (PARTLY_IN_USE, *IN_USE):
        nb += f" Kilden sier hvem som bruker «{project.name.nb}», og siden hvilken måned."
        en += f" The source says who uses “{project.name.en}”, and since which month."
    return both("reason", nb, en)
