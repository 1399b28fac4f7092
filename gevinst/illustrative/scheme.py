"""Statements about the invented portfolio as a whole, and the figures that are not benefits.

Belongs here: findings, disagreements, follow-on funding, context figures and rules of reconciliation.
Does not belong here: statements about how a single project fares (`evaluations.py`).
"""

from __future__ import annotations

from datetime import date

from gevinst.illustrative.evaluations import evaluation_of, report
from gevinst.illustrative.model import FOLDER_YEAR, Draft, Row, at, both, on_day
from gevinst.illustrative.names import FUNDER, SCHEME, slug
from gevinst.illustrative.registry import COHORTS, Project, award_of

_STATED_IN = 2020
_FOUND_ON = date(2023, 5, 8)
_FIRST_COHORTS = tuple(cohort for cohort in COHORTS if cohort <= _STATED_IN)


def add_scheme(draft: Draft, projects: list[Project]) -> None:
    """Add everything about the portfolio as a whole, and funding and reach of projects, which are not benefits."""
    _add_findings(draft)
    _add_reconciliation(draft)
    _add_disagreement(draft)
    for project in projects[:2]:  # enough for the page to show a list, while most projects have no such figures
        _add_other_figures(draft, project)
    _add_funding_found_late(draft, projects[1])


def _add_findings(draft: Draft) -> None:
    selected = sum(
        row["value"]
        for row in draft.rows["round_figures"]
        if row["measure_code"] == "selected" and int(row["round_id"]) in _FIRST_COHORTS
    )
    statement = both("statement", "Så mange prosjekter hadde fått støtte.", "So many projects had been funded.")
    page = draft.source("om-ordningen-2020", "Om ordningen", SCHEME, "programme_page", date(_STATED_IN, 12, 1))
    for key, value, source in (("stottet", selected, evaluation_of(_STATED_IN)), ("stottet-annen", selected + 1, page)):
        _finding(draft, key, "count", {**statement, "value": value, "benefit_code": None, **at(source)})
    drivers = both("statement", "Gevinster tar tid.", "Benefits take time.")
    _finding(draft, "tid", "driver", {**drivers, **at(evaluation_of(_STATED_IN))})


def _finding(draft: Draft, key: str, kind: str, cells: Row) -> None:
    draft.add(
        "portfolio_findings",
        {
            "portfolio_finding_id": key,
            "finding_kind_code": kind,
            **on_day("as_of", date(_STATED_IN, 10, 1), "month"),
            "is_hedged": kind == "driver",
            FOLDER_YEAR: _STATED_IN,
            **cells,
        },
    )


def _add_reconciliation(draft: Draft) -> None:
    cohorts = {"first_cohort_year": _FIRST_COHORTS[0], "last_cohort_year": _FIRST_COHORTS[-1]}
    rule = both(
        "rule", "Summen av valgte skal være lik det oppgitte tallet.", "The sum selected equals the total stated."
    )
    why = both("explanation", "Den ene kilden regner med et forprosjekt.", "One source counts a preliminary project.")
    for finding in ("stottet", "stottet-annen"):
        draft.add(
            "reconciliation_rules",
            {
                "reconciliation_rule_id": f"{finding}-mot-kullene",
                "portfolio_finding_id": finding,
                "reconciliation_basis_code": "selected_in_rounds",
                **cohorts,
                **rule,
                **why,
            },
        )
    draft.add(
        "reconciliation_rules",
        {
            "reconciliation_rule_id": "navngitt-i-runden",
            "reconciliation_basis_code": "named_in_round",
            **both("rule", "Hvert valgte prosjekt er navngitt.", "Every project selected is named."),
            **both("explanation", "Ingen kilde navngir de øvrige.", "No source names the others."),
        },
    )


def _add_disagreement(draft: Draft) -> None:
    sides = (
        ("a", "om-ordningen-2020", "Ett mer enn kullene gir.", "One more than the cohorts give."),
        ("b", evaluation_of(_STATED_IN), "Så mange som kullene gir.", "As many as the cohorts give."),
    )
    for side, source, nb, en in sides:
        draft.add(
            "disagreements",
            {
                "disagreement_side_id": f"antall-{side}",
                "disagreement_id": "antall",
                "disagreement_kind_code": "count",
                **both("topic", "Hvor mange prosjekter hadde fått støtte?", "How many projects had been funded?"),
                **both("position", nb, en),
                **at(source),
                FOLDER_YEAR: _STATED_IN,
            },
        )


def _add_other_figures(draft: Draft, project: Project) -> None:
    year = project.cohort_year + 2
    document = report(draft, project, year)
    draft.add(
        "follow_on_funding",
        {
            "follow_on_funding_id": f"{project.project_id}-videre",
            "project_id": project.project_id,
            **both("name", "Innføring hos flere enheter", "Introduction in more units"),
            "amount": 1_500_000 + 500_000 * project.number,
            "funder_id": slug(FUNDER.name),
            **on_day("awarded", date(year, 3, 1), "month"),
            **at(document.source_id),
            FOLDER_YEAR: year,
        },
    )
    draft.add(
        "context_figures",
        {
            "context_figure_id": f"{project.project_id}-brukere",
            "project_id": project.project_id,
            "context_kind_code": "reach",
            "value": 1200 + 300 * project.number,
            **both("label", "Personer som har åpnet tjenesten", "People who have opened the service"),
            **both("caveat", "Teller besøk, ikke hva de førte til.", "Counts visits, not what they led to."),
            **at(award_of(project.cohort_year)),
            FOLDER_YEAR: project.cohort_year,
        },
    )


def _add_funding_found_late(draft: Draft, project: Project) -> None:
    """A grant that nobody had written of until years later: a later edition finds it, and it is no news."""
    page = draft.source("tilsagn-i-tidligere-ar", "Tilsagn i tidligere år", FUNDER.name, "news_article", _FOUND_ON)
    draft.add(
        "follow_on_funding",
        {
            "follow_on_funding_id": f"{project.project_id}-funnet-sent",
            "project_id": project.project_id,
            **both("name", "Opplæring hos eieren", "Training with the owner"),
            "amount": 800_000,
            "funder_id": slug(FUNDER.name),
            **on_day("awarded", date(project.cohort_year + 3, 3, 1), "month"),
            **at(page),
            FOLDER_YEAR: _FOUND_ON.year,
        },
    )
