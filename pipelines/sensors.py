"""The sensors: one so far, on raw files.

Belongs here: what starts a run because something was delivered, and the list of sensors. ``make schedule-on`` and
``make schedule-off`` name each of them, and `docs/operations.md` describes it.
Does not belong here: what it runs (`jobs.py`).
"""

from datetime import date

import dagster as dg

from assets.resources import Installation
from gevinst.edition import input_hash
from pipelines.jobs import dry_run


@dg.sensor(
    job=dry_run,
    minimum_interval_seconds=300,  # every look hashes all raw files; people deliver them by the day
    default_status=dg.DefaultSensorStatus.STOPPED,
    description="When a raw file is new or changed: show what would change, in a dry run of this year's edition. Never "
    "publishes. Ships stopped.",
)
def raw_files_changed(context: dg.SensorEvaluationContext, installation: Installation) -> dg.SensorResult:
    """Ask for a dry run once per state of the raw files; the cursor is the hash of all of them."""
    state = input_hash(installation.settings().raw_dir)
    if state == context.cursor:
        return dg.SensorResult(skip_reason="No raw file has changed since the last look.")
    request = dg.RunRequest(run_key=state, partition_key=str(date.today().year))
    return dg.SensorResult(run_requests=[request], cursor=state)


SENSORS = (raw_files_changed,)
