"""The sensors: what starts a run, or tells somebody, because something happened.

Belongs here: the sensor on raw files, those that report how a run ended and that none came, and the list of sensors.
``make schedule-on`` and ``make schedule-off`` name each of them, and `docs/operations.md` describes them.
Does not belong here: what they start (`jobs.py`), and what is told and to whom (`gevinst.notices`).
"""

import json

import dagster as dg

from assets.resources import Installation
from gevinst.edition import calendar, input_hash, list_editions
from gevinst.notices.status import standing, tell_standing
from pipelines.jobs import dry_run
from pipelines.reports import keep_and_tell, record_of
from pipelines.retention import forget_old_runs


@dg.sensor(
    job=dry_run,
    minimum_interval_seconds=300,  # every look hashes all raw files; people deliver them by the day
    default_status=dg.DefaultSensorStatus.STOPPED,
    description="When a raw file is new or changed: show what would change, in a dry run of the year being worked on. "
    "Never publishes. Ships stopped.",
)
def raw_files_changed(context: dg.SensorEvaluationContext, installation: Installation) -> dg.SensorResult:
    """Ask for a dry run once per change of the raw files; the cursor is the hash of all of them and a running number.

    Dagster starts only one run for a key, for ever. A file that is changed and changed back has the hash of before, and
    what was found then may not hold any longer: the number makes each change a key of its own.
    """
    settings = installation.settings()
    seen = json.loads(context.cursor) if context.cursor else {"state": None, "changes": 0}
    state = input_hash(settings.raw_dir)
    if state == seen["state"]:
        return dg.SensorResult(skip_reason="No raw file has changed since the last look.")
    changes = seen["changes"] + 1
    year = calendar.year_being_worked_on(calendar.today(), (e.edition_year for e in list_editions(settings)))
    request = dg.RunRequest(run_key=f"{changes}-{state}", partition_key=str(year))
    return dg.SensorResult(run_requests=[request], cursor=json.dumps({"state": state, "changes": changes}))


def _how_a_run_ended(status: dg.DagsterRunStatus, name: str, description: str) -> dg.SensorDefinition:
    @dg.run_status_sensor(
        name=name,
        run_status=status,
        minimum_interval_seconds=30,
        default_status=dg.DefaultSensorStatus.STOPPED,
        description=f"{description} Kept in data/marts/last_run.json, and sent to whoever is set in gevinst.toml. "
        "Ships stopped.",
    )
    def told(context: dg.RunStatusSensorContext, installation: Installation) -> None:
        keep_and_tell(record_of(context.dagster_run, context.instance), installation.settings(), is_told=True)
        forget_old_runs(context.instance, calendar.now())

    return told


run_succeeded = _how_a_run_ended(dg.DagsterRunStatus.SUCCESS, "run_succeeded", "When a run has succeeded: say so.")
run_failed = _how_a_run_ended(
    dg.DagsterRunStatus.FAILURE, "run_failed", "When a run has failed: say why, and who corrects it."
)
run_canceled = _how_a_run_ended(dg.DagsterRunStatus.CANCELED, "run_canceled", "When a run was stopped: say so.")


@dg.sensor(
    minimum_interval_seconds=900,
    default_status=dg.DefaultSensorStatus.STOPPED,
    description="When the edition of the year that has ended was not made by 16 January: tell whoever is set in "
    "gevinst.toml, once. Ships stopped.",
)
def edition_overdue(context: dg.SensorEvaluationContext, installation: Installation) -> dg.SensorResult:
    """Tell once that no edition came; the cursor is the year that was told of."""
    settings = installation.settings()
    found = standing(settings, calendar.now())
    if found.overdue_year is None or context.cursor == str(found.overdue_year):
        return dg.SensorResult(skip_reason="No edition is overdue that nobody has been told of.")
    outcomes = tell_standing(found, settings)
    return dg.SensorResult(
        skip_reason=f"The edition of {found.overdue_year} is overdue. Told: {dict(outcomes) or 'nobody is set'}.",
        cursor=str(found.overdue_year),
    )


SENSORS = (raw_files_changed, run_succeeded, run_failed, run_canceled, edition_overdue)
