"""Statements about the invented projects: status, claims, measurements and plans.

Belongs here: rows of the evaluation tables that every installation has.
Does not belong here: rows about the portfolio as a whole (`scheme.py`) and tables that not every installation has
(`optional.py`).
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from gevinst.contracts.vocabulary import AWARDED, BY_EVALUATOR, BY_OWNER, DOCUMENT_REVIEW, EVIDENCE
from gevinst.illustrative.model import FOLDER_YEAR, UNTIL, Draft, Row, at, both, on_day
from gevinst.illustrative.names import EVALUATOR, SCHEME, slug
from gevinst.illustrative.profiles import OUTCOMES, PROFILES, REASONS, STEPPED_DOWN, THEMES, Profile, Step, Theme
from gevinst.illustrative.registry import COHORTS, Project, award_of, awarded_on

LAST_YEAR = 2026
EVALUATED = tuple(year for year in range(2018, LAST_YEAR + 1) if year not in (2021, 2024))
"""Years with an evaluation; two are missing, so that editions without a new one occur."""
WITHDRAWN_ON = date(2026, 1, 1)


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
    """Add the assessment rounds and all statements about each project."""
    _add_rounds(draft)
    for project in projects:
        _add_status(draft, project)
        _add_claims(draft, project)
    _add_withdrawn_claim(draft, projects[2])


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


def _evaluation(year: int) -> Document:
    return Document(evaluation_of(year), evaluation_of(year), year)


def _add_status(draft: Draft, project: Project) -> None:
    awarded = awarded_on(project.cohort_year)
    award = Document(project.award, f"gjennomgang-{project.cohort_year}", project.cohort_year)
    _assess(draft, project, award, AWARDED, "scheme", on_day("assessed", awarded))
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
    document = _evaluation(year) if step.stated_by_code == "third_party" else report(draft, project, year)
    row = _assess(draft, project, document, step.status_code, step.stated_by_code, period)
    if stepped_down:
        row.update(both("reason", *STEPPED_DOWN))
    if step.against:
        _assess(draft, project, _evaluation(year), step.against, "third_party", period)


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
            **both("reason", *REASONS[status]),
            **at(document.source_id),
            FOLDER_YEAR: document.year,
        },
    )


def _add_claims(draft: Draft, project: Project) -> None:
    """Three themes, of which the last comes less far; a claim of each step, so that the better supersedes."""
    # 3 is coprime to the number of themes (8), so that the projects go through all of them in turn.
    for place in range(3):
        theme = THEMES[(project.number * 3 + place) % len(THEMES)]
        reached = max(1, profile_of(project).evidence - place // 2)
        for step in range(reached):
            _add_step_of_claim(draft, project, theme, step)
    if project.number % 3 == 0:
        award = Document(project.award, f"gjennomgang-{project.cohort_year}", project.cohort_year)
        vague = ("Ordningen ser et stort potensial i prosjektet.", "The scheme sees a large potential in the project.")
        _claim(draft, project, award, ("general_potential", "ikke_oppgitt"), "potential_asserted", 0, vague)


def _add_step_of_claim(draft: Draft, project: Project, theme: Theme, step: int) -> None:
    year = project.cohort_year + (0, 2, 4)[step]
    kind = (theme.benefit_code, theme.beneficiary_code)
    if step == 0:
        award = Document(project.award, f"gjennomgang-{year}", year)
        claim = _claim(draft, project, award, kind, "goal", 0, theme.goal)
        _add_plan(draft, project, claim, theme)
    elif step == 1 and year <= LAST_YEAR:
        _claim(draft, project, report(draft, project, year), kind, "realised_self_reported", 1, theme.reported)
    elif step == 2 and (looked := evaluation_year(year)):
        modality = "measured" if theme.indicator else "realised_self_reported"
        claim = _claim(draft, project, _evaluation(looked), kind, modality, 2, theme.shown)
        _add_measurements(draft, project, claim, theme, looked)


def _claim(
    draft: Draft,
    project: Project,
    document: Document,
    kind: tuple[str, str],
    modality: str,
    step: int,
    text: tuple[str, str],
) -> Row:
    number = sum(row["project_id"] == project.project_id for row in draft.rows["benefit_claims"]) + 1
    return draft.add(
        "benefit_claims",
        {
            "benefit_claim_id": f"{project.project_id}-{number:02}",
            "assessment_round_id": document.round_id,
            "project_id": project.project_id,
            "benefit_code": kind[0],
            "modality_code": modality,
            "evidence_code": EVIDENCE[step],
            "beneficiary_code": kind[1],
            **both("statement", *text),
            **at(document.source_id, "avsnittet om gevinster"),
            FOLDER_YEAR: document.year,
        },
    )


def _add_plan(draft: Draft, project: Project, claim: Row, theme: Theme) -> None:
    """Every other project says when it will measure; half of them keep to it."""
    year = project.cohort_year + 1
    if theme.indicator is None or project.number % 2 or year > LAST_YEAR:
        return
    document = report(draft, project, year)
    draft.add(
        "measurement_plans",
        {
            "measurement_plan_id": f"{claim['benefit_claim_id']}-plan",
            "benefit_claim_id": claim["benefit_claim_id"],
            **both("indicator", theme.indicator.nb, theme.indicator.en),
            **on_day("next_measurement", date(year + 3, 1, 1), "year"),
            "responsible_organisation_id": slug(project.owner.name),
            "responsible_role_code": "gevinsteier" if project.number % 4 else "linjeorganisasjon",
            **at(document.source_id, "planen for gevinster"),
            FOLDER_YEAR: document.year,
        },
    )


def _add_measurements(draft: Draft, project: Project, claim: Row, theme: Theme, year: int) -> None:
    """One measurement with the claim and, where the evaluator looked again, a later one with another outcome."""
    indicator = theme.indicator
    if indicator is None:
        return
    later = evaluation_year(year + 2)
    for number, looked in enumerate(filter(None, (year, later))):
        share = OUTCOMES[len(draft.rows["benefit_measurements"]) % len(OUTCOMES)]
        value = indicator.baseline + share * (indicator.target - indicator.baseline)
        draft.add(
            "benefit_measurements",
            {
                "benefit_measurement_id": f"{claim['benefit_claim_id']}-maling-{number + 1}",
                "benefit_claim_id": claim["benefit_claim_id"],
                **both("indicator", indicator.nb, indicator.en),
                "unit_code": indicator.unit_code,
                "desired_direction_code": indicator.direction,
                "baseline_value": indicator.baseline,
                **on_day("baseline", date(project.cohort_year + 1, 1, 1), "year"),
                "target_value": None if project.number % 4 == 1 and number == 0 else indicator.target,
                "measured_value": round(value, 1),
                **on_day("measured", date(looked, 9, 1), "month"),
                "respondent_count": draft.rng.randrange(40, 400),
                "stated_by_code": ("owner", "third_party")[number],
                **both("method", "Samme måling før og etter.", "The same measurement before and after."),
                **at(evaluation_of(looked), f"tabell {project.number + 1}"),
                FOLDER_YEAR: looked,
            },
        )


def _add_withdrawn_claim(draft: Draft, project: Project) -> None:
    """A claim that was in the deliveries until it was withdrawn."""
    document = report(draft, project, project.cohort_year + 2)
    text = ("Færre trenger å reise for å få hjelp.", "Fewer need to travel to get help.")
    claim = _claim(draft, project, document, ("environment", "samfunn"), "realised_self_reported", 1, text)
    claim[UNTIL] = WITHDRAWN_ON
