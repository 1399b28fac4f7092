"""The registry of the invented portfolio: rounds, organisations, projects and participants.

Belongs here: rows of the registry, of the municipality codes and of the corrections register.
Does not belong here: later statements about the projects (`evaluations.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from gevinst.illustrative.model import Draft, at, both, on_day
from gevinst.illustrative.names import (
    BEFORE_MERGER,
    EVALUATOR,
    FUNDER,
    MERGED,
    MUNICIPALITIES,
    OWNERS,
    PARTNERS,
    SCHEME,
    SUPPLIERS,
    Named,
    ProjectName,
    project_name,
    slug,
)

REFERENCE_SOURCE = "illustrativ-referanse"
COHORTS = (2016, 2017, 2018, 2020, 2021, 2022, 2023, 2024)
"""Years of the awards; there was none in 2019, so that a gap occurs."""

_MERGER = "sammenslaing-2020"
_MERGED_ON = date(2020, 1, 1)
_AMOUNT_PER_PROJECT = 2_000_000


@dataclass(frozen=True, slots=True)
class Project:
    """An invented project: `number` counts from 0 over the whole portfolio."""

    number: int
    project_id: str
    name: ProjectName
    cohort_year: int
    owner: Named
    supplier: Named

    @property
    def award(self) -> str:
        """The document that announced the award."""
        return award_of(self.cohort_year)


def award_of(cohort_year: int) -> str:
    """Id of the news of a cohort's award."""
    return f"tildeling-{cohort_year}"


def awarded_on(cohort_year: int) -> date:
    """The day of a cohort's award."""
    return date(cohort_year, 5, 20)


def add_registry(draft: Draft, count: int) -> list[Project]:
    """Add everything of the registry for `count` projects, spread over the cohorts, and return the projects."""
    draft.source(REFERENCE_SOURCE, "Referansetabeller", SCHEME, "programme_page", date(2016, 2, 1))
    for cohort in COHORTS:
        draft.source(award_of(cohort), f"Tildelingen {cohort}", SCHEME, "award_news", awarded_on(cohort))
    draft.source(_MERGER, "To kommuner blir til én", MERGED.name, "news_article", _MERGED_ON)
    _add_municipalities(draft)
    _add_organisations(draft)
    projects = [_project(draft, number, COHORTS[number * len(COHORTS) // count]) for number in range(count)]
    for project in projects:
        _add_participants(draft, project)
    _add_rounds(draft, projects)
    _add_relations(draft, projects)
    _add_correction(draft, projects)
    return projects


def _add_municipalities(draft: Draft) -> None:
    for number, name in enumerate(MUNICIPALITIES):
        draft.add(
            "municipality_codes",
            {
                "municipality_code": str(9901 + number),
                "name": name,
                **at(REFERENCE_SOURCE),
            },
        )


def _add_organisations(draft: Draft) -> None:
    codes = {f"{name} kommune": str(9901 + number) for number, name in enumerate(MUNICIPALITIES)}
    for named in (*OWNERS, *PARTNERS, *SUPPLIERS, EVALUATOR, FUNDER, BEFORE_MERGER):
        draft.add(
            "organisations",
            {
                "organisation_id": slug(named.name),
                "name": named.name,
                "level_code": named.level_code,
                "successor_id": slug(MERGED.name) if named is BEFORE_MERGER else None,
                "municipality_code": codes.get(named.name),
                **at(REFERENCE_SOURCE),
            },
        )
        is_old, is_new = named is BEFORE_MERGER, named is MERGED
        source = _MERGER if is_old or is_new else REFERENCE_SOURCE
        draft.add(
            "organisation_names",
            {
                "organisation_name_id": f"{slug(named.name)}.official",
                "organisation_id": slug(named.name),
                "name": named.name,
                "name_kind_code": "official",
                **(on_day("valid_from", _MERGED_ON) if is_new else {}),
                **(on_day("valid_to", _MERGED_ON - timedelta(days=1)) if is_old else {}),
                **at(source),
            },
        )


def _project(draft: Draft, number: int, cohort: int) -> Project:
    name, owner = project_name(number), OWNERS[number % len(OWNERS)]
    if owner is MERGED and cohort < _MERGED_ON.year:
        owner = BEFORE_MERGER
    project = Project(number, f"{cohort}-{name.slug}", name, cohort, owner, SUPPLIERS[number % len(SUPPLIERS)])
    draft.add(
        "projects",
        {
            "project_id": project.project_id,
            "round_id": str(cohort),
            **both("name", name.nb, name.en),
            **both("short_name", name.nb, name.en),
            "sector_code": name.sector_code,
            **both(
                "problem",
                f"Den som spør om {name.about_nb}, må spørre mange og vente lenge på svar.",
                f"Whoever asks about {name.about_en} must ask many and wait long for an answer.",
            ),
            **at(project.award, f"avsnitt {number + 1}"),
        },
    )
    if number % 3 != 1:
        grant = draft.rng.randrange(600, 1800) * 1000
        draft.add("project_grants", {"project_id": project.project_id, "grant_amount": grant, **at(project.award)})
    started = date(cohort, 8 + number % 4, 1)
    start_source = f"start-{project.project_id}"
    draft.source(start_source, f"Oppstart: {name.nb}", project.owner.name, "news_article", started)
    draft.add(
        "project_events",
        {
            "project_event_id": f"{project.project_id}-started",
            "project_id": project.project_id,
            "event_code": "started",
            **on_day("event", started, "month"),
            **at(start_source),
        },
    )
    return project


def _add_participants(draft: Draft, project: Project) -> None:
    parts = [("owner", project.owner), ("supplier", project.supplier)]
    parts += [("partner", PARTNERS[(project.number + n) % len(PARTNERS)]) for n in range(project.number % 3)]
    if project.number % 4 == 0:
        parts.append(("co_owner", OWNERS[(project.number + 3) % len(OWNERS)]))
    for role, named in parts:
        draft.add(
            "participations",
            {
                "participation_id": f"{project.project_id}.{role}.{slug(named.name)}",
                "project_id": project.project_id,
                "organisation_id": slug(named.name),
                "organisation_name": named.name,
                "role_code": role,
                "is_disputed": False,
                **at(project.award),
            },
        )


def _add_rounds(draft: Draft, projects: list[Project]) -> None:
    for cohort in COHORTS:
        named = sum(project.cohort_year == cohort for project in projects)
        draft.add(
            "rounds",
            {
                "round_id": str(cohort),
                "cohort_year": cohort,
                **both("name", f"Runden i {cohort}", f"The round of {cohort}"),
                **on_day("awarded", awarded_on(cohort)),
                **at(award_of(cohort)),
            },
        )
        # Rounds of odd years selected a project that no document names; of one the number of applicants is unknown.
        selected = named + cohort % 2
        figures = [("selected", None, selected, True), ("amount", "award", selected * _AMOUNT_PER_PROJECT, True)]
        if cohort != 2021:
            figures.append(("applicants", None, selected * 4 + cohort % 5, True))
        if cohort == 2018:
            figures.append(("applicants", None, selected * 4 - 1, False))
        for number, (measure, kind, value, is_preferred) in enumerate(figures):
            draft.add(
                "round_figures",
                {
                    "round_figure_id": f"{cohort}-{number}-{measure}",
                    "round_id": str(cohort),
                    "measure_code": measure,
                    "amount_kind_code": kind,
                    "value": value,
                    "basis_code": "stated",
                    "is_approximate": False,
                    "is_preferred": is_preferred,
                    **at(award_of(cohort), f"tabell {number + 1}"),
                },
            )


def _add_relations(draft: Draft, projects: list[Project]) -> None:
    first, last = projects[0], projects[-1]
    for project, code, other, name in (
        (last, "predecessor", first.project_id, None),
        (first, "renamed", None, f"Forprosjekt: {first.name.nb}"),
    ):
        draft.add(
            "project_relations",
            {
                "project_relation_id": f"{project.project_id}.{code}",
                "project_id": project.project_id,
                "relation_code": code,
                "related_project_id": other,
                "related_name": name,
                **at(project.award),
            },
        )


def _add_correction(draft: Draft, projects: list[Project]) -> None:
    """Misspell the owner of the second project in its row, and add the right name to the register of corrections."""
    wrong = projects[1].owner.name[:-1]
    row = next(row for row in draft.rows["participations"] if row["project_id"] == projects[1].project_id)
    row["organisation_name"] = wrong
    draft.add(
        "corrections",
        {
            "correction_id": "eier-skrevet-feil",
            "table_name": "participations",
            "key": row["participation_id"],
            "column_name": "organisation_name",
            "expect": wrong,
            "replace": projects[1].owner.name,
            **both(
                "reason",
                "Siste bokstav i eierens navn mangler i kilden.",
                "The last letter of the owner's name is missing in the source.",
            ),
            **at(projects[1].award),
            "registered_on": date(2023, 3, 1),
        },
    )
