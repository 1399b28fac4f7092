"""Which headline figures there are: what each counts, in which table, and of what whole.

Belongs here: the list, as data; a figure that a heading, a sentence or a key figure needs is added here.
Does not belong here: counting (`gevinst.method.headlines`).
"""

from __future__ import annotations

import narwhals as nw

from gevinst.contracts.vocabulary import (
    OUTCOME_CONTINUED,
    OUTCOME_PARTLY,
    OUTCOME_RESULT,
    OUTCOME_STOPPED,
    OUTCOME_UNKNOWN,
    STEPS,
    USED,
)
from gevinst.method.coverage import FACTS
from gevinst.method.headline_documents import DOCUMENTS
from gevinst.method.headline_kinds import Condition, Figure, every_row, flag


def _months() -> nw.Expr:
    return nw.col("months_since_status")


def _outcome(code: str) -> Condition:
    return lambda rules: nw.col("outcome_code") == code


_STATUSES: tuple[tuple[str, str, str, str, Condition], ...] = (
    ("in_use", "is_in_use", "Tatt i bruk eller spredt til andre.", "In use or spread to others.", flag("is_in_use")),
    (
        "in_use_stale",
        "is_in_use and is_stale",
        "Av dem i bruk: nyeste opplysning er gammel.",
        "Of those in use: the newest statement is old.",
        lambda rules: nw.col("is_in_use") & nw.col("is_stale"),
    ),
    (
        "in_use_fresh",
        "is_in_use and not is_stale",
        "Av dem i bruk: nyeste opplysning er ikke gammel.",
        "Of those in use: the newest statement is not old.",
        lambda rules: nw.col("is_in_use") & ~nw.col("is_stale"),
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
        "stopped_after_use",
        "outcome_code = stopped and highest_step >= 5",
        "Av dem som er stanset: hadde vært i bruk.",
        "Of those stopped: had been in use.",
        lambda rules: (nw.col("outcome_code") == OUTCOME_STOPPED) & (nw.col("highest_step") >= STEPS.index(USED)),
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
        flag("is_stale"),
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
    Figure("projects", "project_status", "all", "Prosjekter som er kjent.", "Projects known.", every_row),
    *(
        Figure(figure_id, "project_status", written, nb, en, condition, total="projects")
        for figure_id, written, nb, en, condition in _STATUSES
    ),
)

_MOVEMENT = (
    Figure(
        "moved_up",
        "project_status",
        "current_step > first_step and outcome_code <> stopped",
        "Av dem som er vurdert minst to ganger: kommet lenger enn første gang, og ikke stanset.",
        "Of those assessed at least twice: further up the ladder than the first time, and not stopped.",
        lambda rules: (nw.col("current_step") > nw.col("first_step")) & (nw.col("outcome_code") != OUTCOME_STOPPED),
        total="assessed_again",
    ),
    Figure(
        "fallen_back",
        "project_status",
        "current_step < highest_step",
        "Av dem som er vurdert minst to ganger: på et lavere trinn enn de har vært på.",
        "Of those assessed at least twice: on a lower step than they have been on.",
        lambda rules: nw.col("current_step") < nw.col("highest_step"),
        total="assessed_again",
    ),
)

_COVERAGE = (
    *(
        Figure(fact, "project_coverage", fact, nb, en, flag(fact), total="projects")
        for fact, nb, en in zip(
            FACTS,
            (
                "Prosjekteier er kjent.",
                "Leverandør er kjent.",
                "Start eller slutt er kjent.",
                "Tildelt støtte er kjent.",
                "Status utover tildelingen er kjent.",
                "Minst én forventet gevinst er beskrevet.",
                "Minst én gevinst er oppgitt, målt eller dokumentert.",
                "Minst én gevinst er dokumentert.",
            ),
            (
                "The project owner is known.",
                "The supplier is known.",
                "Start or end is known.",
                "The grant is known.",
                "A status beyond the award is known.",
                "At least one expected benefit is described.",
                "At least one benefit is reported, measured or documented.",
                "At least one benefit is documented.",
            ),
            strict=True,
        )
    ),
    *(
        Figure(name, "project_coverage", name, nb, en, flag(name), total="projects")
        for name, nb, en in (
            ("is_coded_status", "Kodet for hvor langt de er kommet.", "Coded for how far they have come."),
            ("is_coded_expected", "Kodet for forventede gevinster.", "Coded for expected benefits."),
            ("is_coded_results", "Kodet for oppnådde gevinster.", "Coded for benefits achieved."),
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
    Figure("rounds", "round_overview", "all", "Runder som er kjent.", "Rounds known.", every_row),
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
        "rounds_with_applicants",
        "round_overview",
        "applicant_count is not null",
        "En kilde sier hvor mange som søkte.",
        "A source says how many applied.",
        lambda rules: ~nw.col("applicant_count").is_null(),
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

_MODELS = (
    Figure(
        "associations",
        "driver_association",
        "all",
        "Sammenhenger det er regnet på.",
        "Associations that were computed.",
        every_row,
    ),
    Figure(
        "associations_shown",
        "driver_association",
        "is_shown",
        "Av dem: sammenhenger som vises.",
        "Of them: associations that are shown.",
        flag("is_shown"),
        total="associations",
    ),
    Figure(
        "agreements",
        "coder_agreement",
        "all",
        "Vurderinger der samsvar mellom kodere er regnet på.",
        "Ratings for which agreement between coders was computed.",
        every_row,
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

FIGURES: tuple[Figure, ...] = (*_STATUS, *_MOVEMENT, *_COVERAGE, *_ROUNDS, *DOCUMENTS, *_MODELS)
"""All of them; a figure stands after the one that is its whole."""
