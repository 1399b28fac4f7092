"""Tables that an installation may not have: ratings, counterfactuals, surveys, and effects with and without a price.

Belongs here: one function per table, called only when the table's contract is registered.
Does not belong here: tables that every installation has (`evaluations.py`, `scheme.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from gevinst.contracts import CORE
from gevinst.contracts.vocabulary import CODERS, RATED_DRIVERS
from gevinst.illustrative.evaluations import evaluation_of, evaluation_year, profile_of, report
from gevinst.illustrative.model import FOLDER_YEAR, Draft, Row, at, both, on_day
from gevinst.illustrative.names import SCHEME
from gevinst.illustrative.registry import Project

# Codes to go through, in no particular order: the scale from 0 to 4, and 9 for "not known".
_COUNTERFACTUALS = tuple("4132049")
_MOST_OFTEN_AGREED = (0, 0, 0, 0, 1, -1)
"""Distances from the first coder's rating to draw from: agreement in two of three."""
_VALUED_CLAIMS = ("03", "02", "01")
"""The project's claim that its priced benefit is about: documented for every third, then reported, then a goal."""
_NON_PRICED = (
    ("tillit", "Tillit til etaten", "Trust in the body", "middels_positivt", "middels"),
    ("trivsel", "Trivsel på arbeidsplassen", "Well-being at work", "lite_negativt", "liten"),
)
_SURVEYED = {2020: 46, 2022: 61, 2024: 58}
_REWORDED_IN = 2024
_QUESTIONS = {
    "nytte": ("Er løsningen til nytte i arbeidet ditt?", "Er løsningen til nytte i arbeidet ditt?"),
    "tid": ("Sparer du tid?", "Sparer du tid på løsningen hver uke?"),
}
"""Each question in its first and in its later wording."""
_ANSWERS = (
    ("ja", "Ja", "Yes"),
    ("delvis", "Delvis", "Partly"),
    ("nei", "Nei", "No"),
    ("vet-ikke", "Vet ikke", "Don't know"),
)


def add_optional(draft: Draft, projects: list[Project]) -> None:
    """Add rows to those of the tables whose contracts are registered; the others are left alone."""
    registered = {table.name for table in CORE}
    for name, make in OPTIONAL.items():
        if name in registered:
            make(draft, projects)


def _of_each(make: Callable[[Draft, Project], None]) -> Callable[[Draft, list[Project]], None]:
    def make_all(draft: Draft, projects: list[Project]) -> None:
        for project in projects:
            make(draft, project)

    return make_all


def _driver_ratings(draft: Draft, project: Project) -> None:
    """Two coders, three for every fourth project, and what they decided where they had differed."""
    if (year := evaluation_year(project.cohort_year + 1)) is None:
        return
    for place, driver in enumerate(RATED_DRIVERS):
        first = 1 + (project.number * 2 + place) % 5
        others = [first + draft.rng.choice(_MOST_OFTEN_AGREED) for _ in CODERS[1 : 3 if project.number % 4 == 0 else 2]]
        ratings = [first, *(min(5, max(1, rating)) for rating in others)]
        for coder, rating in zip(CODERS, ratings, strict=False):
            _rating(draft, project, year, driver, coder, rating)
        if len(set(ratings)) > 1:
            _decision(draft, project, year, driver, ratings[0])


def _rating(draft: Draft, project: Project, year: int, driver: str, coder: str, rating: int) -> None:
    draft.add(
        "driver_ratings",
        {
            "assessment_round_id": evaluation_of(year),
            "project_id": project.project_id,
            "rated_driver_code": driver,
            "coder_code": coder,
            "rating": rating,
            **on_day("assessed", date(year, 10, 1), "month"),
            **at(evaluation_of(year), "vedlegg"),
            FOLDER_YEAR: year,
        },
    )


def _decision(draft: Draft, project: Project, year: int, driver: str, settled: int) -> None:
    draft.add(
        "rating_decisions",
        {
            "assessment_round_id": evaluation_of(year),
            "project_id": project.project_id,
            "rated_driver_code": driver,
            "settled_rating": settled,
            "decided_by_code": "koderne_sammen",
            **on_day("decided", date(year, 10, 20)),
            **both("reason", "Koderne leste beskrivelsen på nytt.", "The coders read the description again."),
            **at(evaluation_of(year), "vedlegg"),
            FOLDER_YEAR: year,
        },
    )


def _counterfactuals(draft: Draft, project: Project) -> None:
    """The owner's statement of what would have happened anyway; one answer in seven is "not known"."""
    if (year := evaluation_year(project.cohort_year + 1)) is None:
        return
    draft.add(
        "counterfactuals",
        {
            "assessment_round_id": evaluation_of(year),
            "project_id": project.project_id,
            "counterfactual_code": _COUNTERFACTUALS[project.number % len(_COUNTERFACTUALS)],
            "stated_by_code": "owner",
            **on_day("assessed", date(year, 10, 1), "month"),
            **both("null_alternative", "Eieren ville ha fortsatt som før.", "The owner would have gone on as before."),
            **at(evaluation_of(year), "svar fra eieren"),
            FOLDER_YEAR: year,
        },
    )


def _benefit_values(draft: Draft, project: Project) -> None:
    """An investment, a benefit and, for some, a disbenefit of the projects whose benefits were measured."""
    if profile_of(project).evidence < 3 or (year := evaluation_year(project.cohort_year + 4)) is None:
        return
    worth = 400_000 + 50_000 * (project.number % 6)
    effects = [
        ("investering", "Innføring av løsningen", "Introduction of the solution", "investment", -900_000, 1, 100_000),
        ("spart-tid", "Tid spart for ansatte", "Time saved for staff", "benefit", worth, 10, 200_000),
    ]
    if project.number % 3 == 1:
        nb, en = "Flere henvendelser til naboetaten", "More contacts with the body next door"
        effects.append(("henvendelser", nb, en, "disbenefit", -80_000, 10, 20_000))
    for effect_id, nb, en, kind, mid, years, spread in effects:
        row = _value_row(project, year, effect_id, (mid - spread, mid, mid + spread), years)
        claim = f"{project.project_id}-{_VALUED_CLAIMS[project.number % 3]}" if kind == "benefit" else None
        draft.add(
            "benefit_values",
            {**row, **both("name", nb, en), "effect_kind_code": kind, "benefit_claim_id": claim},
        )


def _value_row(project: Project, year: int, effect_id: str, amounts: tuple[int, int, int], years: int) -> Row:
    lasts = years > 1
    return {
        "benefit_value_id": f"{project.project_id}-{effect_id}-{year}",
        "assessment_round_id": evaluation_of(year),
        "project_id": project.project_id,
        "effect_id": effect_id,
        "low_amount": amounts[0],
        "mid_amount": amounts[1],
        "high_amount": amounts[2],
        "price_year": min(year, 2024),
        "first_year": project.cohort_year + (3 if lasts else 2),
        "duration_years": years,
        "ramp_up_years": 2 if lasts else 0,
        "ramp_up_code": "linear" if lasts else "none",
        "attribution_pct": 20 if lasts else 0,
        "deadweight_pct": 10 if lasts else 0,
        "displacement_pct": 0,
        "drop_off_pct": 5 if lasts else 0,
        "budget_effect_code": "none" if lasts else "direct",
        "is_real_growth_eligible": effect_id == "spart-tid",
        **both("basis", "Eierens anslag, ikke målt.", "The owner's estimate, not measured."),
        **at(evaluation_of(year), "kapittelet om nytte"),
        FOLDER_YEAR: year,
    }


def _non_priced_effects(draft: Draft, project: Project) -> None:
    """One effect for the better and one for the worse, as the owner assesses them two years after the award."""
    document = report(draft, project, project.cohort_year + 2)
    for effect_id, nb, en, quantity, unit_value in _NON_PRICED:
        draft.add(
            "non_priced_effects",
            {
                "non_priced_effect_id": f"{project.project_id}-{effect_id}",
                "assessment_round_id": document.round_id,
                "project_id": project.project_id,
                "effect_id": effect_id,
                **both("name", nb, en),
                "quantity_code": None if project.number % 5 == 0 and effect_id == "trivsel" else quantity,
                "unit_value_code": unit_value,
                **both("reason", "Eierens vurdering.", "The owner's assessment."),
                **at(document.source_id, "avsnittet om virkninger"),
                FOLDER_YEAR: document.year,
            },
        )


def _survey_results(draft: Draft, projects: list[Project]) -> None:
    """Three rounds of two questions: some answers are few enough to be hidden, and one wording is changed."""
    for survey_year, answered in _SURVEYED.items():
        source = f"undersokelse-{survey_year}"
        draft.source(source, f"Undersøkelse blant eierne {survey_year}", SCHEME, "report", date(survey_year, 6, 1))
        for question, wordings in _QUESTIONS.items():
            counts = _spread(draft, answered)
            for number, (answer, nb, en) in enumerate(_ANSWERS):
                draft.add(
                    "survey_results",
                    {
                        "survey_id": "eiere",
                        "survey_year": survey_year,
                        "question_id": question,
                        "answer_id": answer,
                        **both("population", "Ansatte hos eierne", "Staff of the owners"),
                        "population_count": 400,
                        "invited_count": 120,
                        "answered_count": answered,
                        **on_day("fielded_from", date(survey_year, 3, 1)),
                        **on_day("fielded_to", date(survey_year, 3, 31)),
                        **both("weighting", "Svarene er ikke vektet.", "The answers are not weighted."),
                        "wording": wordings[survey_year >= _REWORDED_IN],
                        "scale": "Ja, Delvis, Nei, Vet ikke",
                        **both("answer", nb, en),
                        "is_dont_know": answer == "vet-ikke",
                        "answer_count": counts[number],
                        "base_count": answered,
                        **at(source, f"tabell for {question}"),
                        FOLDER_YEAR: survey_year,
                    },
                )


def _spread(draft: Draft, answered: int) -> list[int]:
    """Counts of the four answers that sum to `answered`; those who do not know are few."""
    unsure, no = draft.rng.randrange(1, 4), draft.rng.randrange(6, 12)
    partly = (answered - unsure - no) // 3
    return [answered - unsure - no - partly, partly, no, unsure]


OPTIONAL: dict[str, Callable[[Draft, list[Project]], None]] = {
    "driver_ratings": _of_each(_driver_ratings),
    "counterfactuals": _of_each(_counterfactuals),
    "benefit_values": _of_each(_benefit_values),
    "non_priced_effects": _of_each(_non_priced_effects),
    "survey_results": _survey_results,
}
"""Which function fills which table."""
