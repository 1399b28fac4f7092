"""Headline figures of status: what became of projects, how old that is, and how they have moved.

Belongs here: the list, as data.
Does not belong here: other figures (`headline_figures.py`) and deciding outcomes (`status.py`).
"""

from __future__ import annotations

import narwhals as nw

from gevinst.contracts.vocabulary import (
    AWARDED,
    NEVER_ASSESSED,
    OUTCOME_CONTINUED,
    OUTCOME_PARTLY,
    OUTCOME_RESULT,
    OUTCOME_STOPPED,
    OUTCOME_UNKNOWN,
    STEPS,
    USED,
)
from gevinst.method.headline_model import Condition, Figure, every_row, flag


def _is_assessed_again() -> nw.Expr:
    return nw.col("progress_assessment_count") > 1


def _months() -> nw.Expr:
    return nw.col("months_since_status")


def _outcome(code: str) -> Condition:
    return lambda rules: nw.col("outcome_code") == code


_STATUSES: tuple[tuple[str, str, str, str, Condition], ...] = (
    (
        "in_use",
        "is_in_use",
        "Prosjekter som er tatt i bruk eller spredt til andre.",
        "Projects in use or spread to others.",
        flag("is_in_use"),
    ),
    (
        "in_use_stale",
        "is_in_use and is_stale",
        "Av dem i bruk: prosjekter der nyeste opplysning er gammel.",
        "Of those in use: projects whose newest statement is old.",
        lambda rules: nw.col("is_in_use") & nw.col("is_stale"),
    ),
    (
        "in_use_fresh",
        "is_in_use and not is_stale",
        "Av dem i bruk: prosjekter der nyeste opplysning ikke er gammel.",
        "Of those in use: projects whose newest statement is not old.",
        lambda rules: nw.col("is_in_use") & ~nw.col("is_stale"),
    ),
    (
        "in_use_inferred",
        "is_in_use and is_inferred",
        "Av dem i bruk: prosjekter der forbindelsen til ordningen er vår egen slutning.",
        "Of those in use: projects whose link to the scheme is our own inference.",
        lambda rules: nw.col("is_in_use") & nw.col("is_inferred"),
    ),
    (
        "partly_in_use",
        "outcome_code = partly_in_use",
        "Prosjekter som er delvis tatt i bruk.",
        "Projects partly in use.",
        _outcome(OUTCOME_PARTLY),
    ),
    (
        "partly_in_use_fresh",
        "outcome_code = partly_in_use and not is_stale",
        "Av dem delvis i bruk: prosjekter der nyeste opplysning ikke er gammel.",
        "Of those partly in use: projects whose newest statement is not old.",
        lambda rules: (nw.col("outcome_code") == OUTCOME_PARTLY) & ~nw.col("is_stale"),
    ),
    (
        "partly_in_use_stale",
        "outcome_code = partly_in_use and is_stale",
        "Av dem delvis i bruk: prosjekter der nyeste opplysning er gammel.",
        "Of those partly in use: projects whose newest statement is old.",
        lambda rules: (nw.col("outcome_code") == OUTCOME_PARTLY) & nw.col("is_stale"),
    ),
    (
        "result_not_in_use",
        "outcome_code = result_not_in_use",
        "Prosjekter med et resultat, uten at bruk er vist.",
        "Projects with a result, and no use shown.",
        _outcome(OUTCOME_RESULT),
    ),
    ("stopped", "outcome_code = stopped", "Prosjekter som er stanset.", "Projects stopped.", _outcome(OUTCOME_STOPPED)),
    (
        "continued",
        "outcome_code = continued",
        "Prosjekter som er videreført i annen form.",
        "Projects continued in another form.",
        _outcome(OUTCOME_CONTINUED),
    ),
    (
        "stopped_after_use",
        "outcome_code = stopped and highest_step >= 5",
        "Av dem som er stanset: prosjekter som hadde vært i bruk.",
        "Of those stopped: projects that had been in use.",
        lambda rules: (nw.col("outcome_code") == OUTCOME_STOPPED) & (nw.col("highest_step") >= STEPS.index(USED)),
    ),
    (
        "assessed_again",
        "progress_assessment_count > 1",
        "Prosjekter med minst to opplysninger som viser mer enn at arbeidet er i gang.",
        "Projects with at least two statements that show more than that work is under way.",
        lambda rules: _is_assessed_again(),
    ),
    (
        "status_unknown",
        "outcome_code = unknown",
        "Prosjekter der ingen kilde viser hvordan det gikk etter tildelingen.",
        "Projects of which no source shows how it went after the award.",
        _outcome(OUTCOME_UNKNOWN),
    ),
    (
        "only_awarded",
        "current_status_code = tildelt or current_status_code = ikke_vurdert",
        "Prosjekter der ingenting nyere enn tildelingen er funnet.",
        "Projects of which nothing newer than the award is found.",
        lambda rules: nw.col("current_status_code").is_in([AWARDED, NEVER_ASSESSED]),
    ),
    (
        "status_known",
        "outcome_code <> unknown",
        "Prosjekter der det er kjent hva som ble av dem.",
        "Projects of which it is known what became of them.",
        lambda rules: nw.col("outcome_code") != OUTCOME_UNKNOWN,
    ),
    (
        "status_new",
        "months_since_status < stale_after_months / 2",
        "Prosjekter der nyeste status er yngre enn halve grensen for gammel vurdering.",
        "Projects whose newest status is younger than half the limit for an old assessment.",
        lambda rules: _months() < rules.stale_after_months / 2,
    ),
    (
        "status_recent",
        "stale_after_months / 2 <= months_since_status < stale_after_months",
        "Prosjekter der nyeste status er eldre enn halve grensen, men ikke gammel.",
        "Projects whose newest status is older than half the limit, but not old.",
        lambda rules: (_months() >= rules.stale_after_months / 2) & (_months() < rules.stale_after_months),
    ),
    (
        "status_old",
        "is_stale",
        "Prosjekter der nyeste status er en gammel vurdering.",
        "Projects whose newest status is an old assessment.",
        flag("is_stale"),
    ),
    (
        "status_undated",
        "months_since_status is null",
        "Prosjekter uten kjent status, eller med en status uten dato.",
        "Projects without a known status, or with a status that has no date.",
        lambda rules: _months().is_null(),
    ),
)

STATUSES = (
    Figure("projects", "project_status", "all", "Prosjekter som er kjent.", "Projects known.", every_row),
    *(
        Figure(figure_id, "project_status", written, nb, en, condition, total="projects")
        for figure_id, written, nb, en, condition in _STATUSES
    ),
)

MOVEMENT = (
    Figure(
        "moved_up",
        "project_status",
        "progress_assessment_count > 1 and current_step > first_step and outcome_code <> stopped",
        "Av dem med minst to slike opplysninger: prosjekter lenger framme i den nyeste enn i den første, ikke stanset.",
        "Of those with at least two such statements: projects further in the newest than in the first, not stopped.",
        lambda rules: (
            _is_assessed_again()
            & (nw.col("current_step") > nw.col("first_step"))
            & (nw.col("outcome_code") != OUTCOME_STOPPED)
        ),
        total="assessed_again",
    ),
    Figure(
        "fallen_back",
        "project_status",
        "progress_assessment_count > 1 and current_step < highest_step",
        "Av dem med minst to slike opplysninger: prosjekter på et lavere trinn enn de har vært på.",
        "Of those with at least two such statements: projects on a lower step than they have been on.",
        lambda rules: _is_assessed_again() & (nw.col("current_step") < nw.col("highest_step")),
        total="assessed_again",
    ),
)
