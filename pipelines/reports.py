"""How a run ended, read from Dagster's own record of it, kept and told.

Belongs here: turning events of a run into the record that `gevinst.notices` keeps, for runs from the shell and
for those that the daemon sees.
Does not belong here: the words and the channels (`gevinst.notices`), and starting runs (`run.py`).
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import dagster as dg
from dagster import DagsterEventType
from dagster._core.execution.plan.objects import StepFailureData
from dagster_shared.error import SerializableErrorInfo

from assets.failures import MESSAGE_NB, OWNER
from assets.guard import RunRefusedError, refuse_unsound
from assets.metadata import NOTICES
from assets.resources import PAGE_TAG
from gevinst.bilingual import LANGUAGES, Bilingual
from gevinst.edition import calendar
from gevinst.language.texts import Catalogue
from gevinst.notices.record import Fault, RunRecord, add_told, write_record
from gevinst.notices.send import send
from gevinst.notices.words import headline, one_line, whole
from gevinst.quality import Owner
from gevinst.settings import Settings

_FAULTS_OF_CODE = frozenset(
    fault.__name__
    for fault in (AssertionError, AttributeError, IndexError, KeyError, NameError, RecursionError, TypeError)
)
"""Errors whose message alone tells nobody anything (``'heading'``), and that no input is meant to raise."""


def record_of(run: dg.DagsterRun, instance: dg.DagsterInstance) -> RunRecord:
    """The record of a run that has ended."""
    events = [entry.dagster_event for entry in instance.all_logs(run.run_id) if entry.dagster_event]
    made = _metadata(events)
    year = run.tags.get("dagster/partition", "")
    is_success = run.status is dg.DagsterRunStatus.SUCCESS
    return RunRecord(
        run_id=run.run_id,
        job=run.job_name,
        edition_year=int(year) if year.isdecimal() else None,
        ended_at=calendar.now(),
        is_success=is_success,
        edition_id=made.get("edition_id"),
        is_published=made.get("is_published"),
        page=run.tags.get(PAGE_TAG),
        summary=(made["summary_nb"], made["summary_en"]) if "summary_nb" in made else None,
        notices=tuple(Bilingual(**notice) for notice in made.get(NOTICES, [])),
        faults=() if is_success else tuple(_refusal(run) or faults(events)),
    )


def _refusal(run: dg.DagsterRun) -> list[Fault]:
    """Why the run was not begun, in both languages: Dagster keeps only the English words of an error before a step."""
    try:
        refuse_unsound(run)
    except RunRefusedError as refused:
        return [Fault(refused.message("nb"), refused.message("en"), Owner.EVALUATOR)]
    return []


def keep_and_tell(record: RunRecord, settings: Settings, *, is_told: bool) -> RunRecord | None:
    """Keep the record and send it to whoever is to know; `None` when another process has done so already."""
    line, said = (
        Bilingual(*(words(record, settings, Catalogue(code)) for code in LANGUAGES)) for words in (one_line, whole)
    )
    # Kept before it is sent: a server that never answers must not leave the run without a record.
    if not write_record(settings, record, line, said):
        return None
    if is_told:
        record = tell(record, settings)
        add_told(settings, record, line, said)
    return record


def tell(record: RunRecord, settings: Settings) -> RunRecord:
    """The record with what came of sending it."""
    catalogue = Catalogue(settings.notify.language)
    content: dict[str, object] = {
        "run_id": record.run_id,
        "job": record.job,
        "edition_year": record.edition_year,
        "is_success": record.is_success,
    }
    return replace(
        record,
        told=send(
            settings.notify, f"Gevinst: {headline(record, catalogue)}", whole(record, settings, catalogue), content
        ),
    )


def _metadata(events: Iterable[dg.DagsterEvent]) -> dict[str, Any]:
    """Metadata of all that the run has made, by name; of a name used twice the last."""
    made = [event.step_materialization_data.materialization for event in events if event.is_step_materialization]
    return {name: entry.value for one in made for name, entry in one.metadata.items()}


def faults(events: Iterable[dg.DagsterEvent]) -> list[Fault]:
    """Why a run failed, what to fix in the first line; steps that only waited for others are left out."""
    found = [fault_of_step(event.step_failure_data) for event in events if event.is_step_failure]
    if found:
        return found
    ends = [event for event in events if event.event_type is DagsterEventType.RUN_FAILURE]
    errors = [event.job_failure_data.error for event in ends if event.job_failure_data.error]
    return [_of_error(error) for error in errors] or [
        Fault(
            "Kjøringen stanset uten å si hvorfor; loggen i .dagster_home sier mer.",
            "The run stopped without saying why; the log in .dagster_home says more.",
            Owner.MAINTAINER,
        )
    ]


def fault_of_step(failure: StepFailureData) -> Fault:
    """Why a step failed, in the words of the error itself."""
    said = failure.user_failure_data
    if said and said.description:
        stated = {name: entry.value for name, entry in (said.metadata or {}).items()}
        owner = Owner(str(stated.get(OWNER, Owner.MAINTAINER.value)))
        return Fault(str(stated.get(MESSAGE_NB, said.description)), said.description, owner)
    error = failure.error
    if error is None:
        return Fault("Et steg feilet uten melding.", "A step failed without a message.", Owner.MAINTAINER)
    return _of_error(error)


def _of_error(error: SerializableErrorInfo) -> Fault:
    """An error of any other kind: its own words, or its place where it is a fault of the code."""
    error = error.cause or error
    message = error.message.strip()
    if error.cls_name in _FAULTS_OF_CODE:
        place = " ".join(error.stack[-1].split("\n")[0].split()) if error.stack else "no place is known"
        return Fault(
            f"Dette er en feil i koden og ikke i dataene: {message} ({place})",
            f"This is a fault in the code and not in the data: {message} ({place})",
            Owner.MAINTAINER,
        )
    # Dagster puts the class of the error before its message; a reader learns nothing from it.
    words = message.partition(f"{error.cls_name}: ")[2] or message
    return Fault(words, words, Owner.MAINTAINER)
