"""Which headline figures there are: what each counts, in which table, and of what whole.

Belongs here: the list, as data; a figure that a heading, a sentence or a key figure needs is added here.
Does not belong here: counting (`gevinst.method.headlines`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import narwhals as nw

from gevinst.contracts.vocabulary import (
    OUTCOME_CONTINUED,
    OUTCOME_PARTLY,
    OUTCOME_RESULT,
    OUTCOME_STOPPED,
    OUTCOME_UNKNOWN,
)
from gevinst.method.coverage import FACTS
from gevinst.method.frames import Rules

Condition = Callable[[Rules], nw.Expr]
"""Which rows of its table a figure counts, under the choices of a run."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: the rows of `table` that meet `condition`, or, with `column`, a number taken over that column.

    `written` is the condition as readers of the table see it. `total` names the figure that is the whole. `take` is
    ``sum`` or ``max`` of the column (nothing counts as 0), or ``distinct``: how many different values it has.
    """

    figure_id: str
    table: str
    written: str
    nb: str
    en: str
    condition: Condition | None = None
    total: str | None = None
    column: str | None = None
    take: str | None = None


def _flag(name: str) -> Condition:
    return lambda rules: nw.col(name)


def _all(rules: Rules) -> nw.Expr:
    return ~nw.col("edition_year").is_null()


def _months() -> nw.Expr:
    return nw.col("months_since_status")


def _outcome(code: str) -> Condition:
    return lambda rules: nw.col("outcome_code") == code


_STATUSES: tuple[tuple[str, str, str, str, Condition], ...] = (
    ("in_use", "is_in_use", "Tatt i bruk eller spredt til andre.", "In use or spread to others.", _flag("is_in_use")),
    (
        "in_use_stale",
        "is_in_use and is_stale",
        "Av dem i bruk: nyeste opplysning er gammel.",
        "Of those in use: the newest statement is old.",
        lambda rules: nw.col("is_in_use") & nw.col("is_stale"),
    ),
    (
        "in_use_inferred",
        "is_in_use and is_inferred",
        "Av dem i bruk: forbindelsen til StimuLab er vår egen slutning.",
        "Of those in use: the link to StimuLab is our own inference.",
        lambda rules: nw.col("is_in_use") & nw.col("is_inferred"),
    ),
    (
        "partly_in_use",
        "outcome_code = partly_in_use",
        "Delvis tatt i bruk.",
        "Partly in use.",
        _outcome(OUTCOME_PARTLY),
    ),
    (
        "result_not_in_use",
        "outcome_code = result_not_in_use",
        "Resultat uten at bruk er vist.",
        "A result, and no use shown.",
        _outcome(OUTCOME_RESULT),
    ),
    ("stopped", "outcome_code = stopped", "Stanset.", "Stopped.", _outcome(OUTCOME_STOPPED)),
    (
        "continued",
        "outcome_code = continued",
        "Videreført i annen form.",
        "Continued in another form.",
        _outcome(OUTCOME_CONTINUED),
    ),
    (
        "moved_up",
        "current_step > first_step",
        "Kommet lenger enn ved første vurdering etter tildelingen.",
        "Further up the ladder than at the first assessment after the award.",
        lambda rules: nw.col("current_step") > nw.col("first_step"),
    ),
    (
        "assessed_again",
        "assessments after the award > 1",
        "Vurdert minst to ganger etter tildelingen.",
        "Assessed at least twice after the award.",
        lambda rules: nw.col("after_award_count") > 1,
    ),
    (
        "status_unknown",
        "outcome_code = unknown",
        "Ingen kilde viser hvordan det gikk etter tildelingen.",
        "No source shows how it went after the award.",
        _outcome(OUTCOME_UNKNOWN),
    ),
    (
        "status_known",
        "outcome_code <> unknown",
        "Det er kjent hva som ble av prosjektet.",
        "It is known what became of the project.",
        lambda rules: nw.col("outcome_code") != OUTCOME_UNKNOWN,
    ),
    (
        "status_new",
        "months_since_status < stale_after_months / 2",
        "Nyeste status er yngre enn halve grensen for gammel vurdering.",
        "The newest status is younger than half the limit for an old assessment.",
        lambda rules: _months() < rules.stale_after_months / 2,
    ),
    (
        "status_recent",
        "stale_after_months / 2 <= months_since_status < stale_after_months",
        "Nyeste status er eldre enn det, men ikke gammel.",
        "The newest status is older than that, but not old.",
        lambda rules: (_months() >= rules.stale_after_months / 2) & (_months() < rules.stale_after_months),
    ),
    (
        "status_old",
        "is_stale",
        "Nyeste status er en gammel vurdering.",
        "The newest status is an old assessment.",
        _flag("is_stale"),
    ),
    (
        "status_undated",
        "months_since_status is null",
        "Ingen status er kjent, eller den er uten dato.",
        "No status is known, or it has no date.",
        lambda rules: _months().is_null(),
    ),
)

_STATUS = (
    Figure("projects", "project_status", "all", "Prosjekter som er kjent.", "Projects known.", _all),
    *(
        Figure(figure_id, "project_status", written, nb, en, condition, total="projects")
        for figure_id, written, nb, en, condition in _STATUSES
    ),
)

_COVERAGE = (
    *(
        Figure(fact, "project_coverage", fact, nb, en, _flag(fact), total="projects")
        for fact, nb, en in zip(
            FACTS,
            (
                "Prosjekteier er kjent.",
                "Leverandør er kjent.",
                "Start eller slutt er kjent.",
                "Tildelt støtte er kjent.",
                "Status utover tildelingen er kjent.",
                "Minst én forventet gevinst er beskrevet.",
                "Minst én gevinst er oppgitt eller dokumentert.",
                "Minst én gevinst er dokumentert.",
            ),
            (
                "The project owner is known.",
                "The supplier is known.",
                "Start or end is known.",
                "The grant is known.",
                "A status beyond the award is known.",
                "At least one expected benefit is described.",
                "At least one benefit is reported or documented.",
                "At least one benefit is documented.",
            ),
            strict=True,
        )
    ),
    Figure(
        "only_expected_benefit",
        "project_coverage",
        "has_expected_benefit and not has_reported_benefit",
        "Gevinster er bare forventet, ikke oppgitt.",
        "Benefits are only expected, none is reported.",
        lambda rules: nw.col("has_expected_benefit") & ~nw.col("has_reported_benefit"),
        total="projects",
    ),
)

_ROUNDS = (
    Figure("rounds", "round_overview", "all", "Runder som er kjent.", "Rounds known.", _all),
    Figure(
        "rounds_without_applicants",
        "round_overview",
        "applicant_count is null",
        "Ingen kilde sier hvor mange som søkte.",
        "No source says how many applied.",
        lambda rules: nw.col("applicant_count").is_null(),
        total="rounds",
    ),
    Figure(
        "rounds_without_selected",
        "round_overview",
        "unnamed_count is null",
        "Ingen kilde sier hvor mange som ble valgt.",
        "No source says how many were selected.",
        lambda rules: nw.col("unnamed_count").is_null(),
        total="rounds",
    ),
    Figure(
        "unnamed_projects",
        "round_overview",
        "sum(unnamed_count)",
        "Valgte prosjekter som ingen kilde navngir, i runder der antall valgte er kjent.",
        "Selected projects that no source names, in rounds where the number selected is known.",
        column="unnamed_count",
        take="sum",
    ),
    Figure(
        "figures_compared",
        "reconciliation",
        "result_code <> unknown",
        "Tall fra kilder som er sammenlignet med registeret.",
        "Figures of sources that are compared with the registry.",
        lambda rules: nw.col("result_code") != "unknown",
    ),
    Figure(
        "figures_agreeing",
        "reconciliation",
        "result_code = agrees",
        "Av dem: tall som stemmer.",
        "Of them: figures that agree.",
        lambda rules: nw.col("result_code") == "agrees",
        total="figures_compared",
    ),
)

_DOCUMENTS = (
    Figure("sources", "sources", "all", "Dokumenter som er kjent.", "Documents known.", _all),
    Figure(
        "sources_partly_read",
        "sources",
        "is_partly_read",
        "Dokumenter som bare er lest i deler.",
        "Documents that are read only in part.",
        _flag("is_partly_read"),
        total="sources",
    ),
    Figure(
        "sources_undated",
        "sources",
        "published_on is null",
        "Dokumenter uten dato.",
        "Documents without a date.",
        lambda rules: nw.col("published_on").is_null(),
        total="sources",
    ),
    Figure(
        "publishers",
        "sources",
        "distinct(publisher)",
        "Utgivere av dokumentene.",
        "Publishers of the documents.",
        column="publisher",
        take="distinct",
    ),
    Figure(
        "disagreements",
        "disagreements",
        "distinct(disagreement_id)",
        "Spørsmål som kilder svarer ulikt på.",
        "Questions that sources answer differently.",
        column="disagreement_id",
        take="distinct",
    ),
    Figure("benefits", "benefits", "all", "Gevinster som er kjent.", "Benefits known.", _all),
    Figure(
        "benefit_plans",
        "benefit_plans",
        "revises_plan_id is null",
        "Indikatorer i gevinstplaner.",
        "Indicators of benefit plans.",
        lambda rules: nw.col("revises_plan_id").is_null(),
    ),
    Figure("claims", "benefit_claims", "all", "Utsagn om gevinster.", "Claims of benefits.", _all),
    Figure("measurements", "benefit_measurements", "all", "Målinger av gevinster.", "Measurements of benefits.", _all),
)

_MODELS = (
    Figure(
        "associations",
        "driver_association",
        "all",
        "Sammenhenger det er regnet på.",
        "Associations that were computed.",
        _all,
    ),
    Figure(
        "associations_shown",
        "driver_association",
        "is_shown",
        "Av dem: sammenhenger som vises.",
        "Of them: associations that are shown.",
        _flag("is_shown"),
        total="associations",
    ),
    Figure(
        "agreements",
        "coder_agreement",
        "all",
        "Vurderinger der samsvar mellom kodere er regnet på.",
        "Ratings for which agreement between coders was computed.",
        _all,
    ),
    Figure(
        "agreements_known",
        "coder_agreement",
        "alpha is not null",
        "Av dem: samsvaret er kjent.",
        "Of them: agreement is known.",
        lambda rules: ~nw.col("alpha").is_null(),
        total="agreements",
    ),
    Figure(
        "use_events",
        "time_to_use",
        "sum(event_count)",
        "Prosjekter som ble tatt i bruk mens de ble fulgt.",
        "Projects that came into use while they were followed.",
        column="event_count",
        take="sum",
    ),
    Figure(
        "projects_followed",
        "time_to_use",
        "max(at_risk_count)",
        "Prosjekter som er fulgt fra tildelingen.",
        "Projects followed from the award.",
        column="at_risk_count",
        take="max",
    ),
    Figure(
        "priced_projects",
        "priced_effects",
        "distinct(project_id)",
        "Prosjekter med virkninger i kroner.",
        "Projects with effects in kroner.",
        column="project_id",
        take="distinct",
    ),
)

FIGURES: tuple[Figure, ...] = (*_STATUS, *_COVERAGE, *_ROUNDS, *_DOCUMENTS, *_MODELS)
"""All of them; a figure stands after the one that is its whole."""
