"""How long Dagster's record of a run is kept.

Belongs here: removing runs that are older than that, which Dagster has no setting for: its own are of ticks.
Does not belong here: ticks and output of steps (`dagster.yaml`), and the records in the marts folder
(`gevinst.notices.record`).
"""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import dagster as dg
from dagster import RunsFilter
from dagster._core.storage.dagster_run import FINISHED_STATUSES
from dagster._core.storage.event_log.sqlite import SqliteEventLogStorage

from gevinst.notices.record import KEPT_DAYS


def forget_old_runs(instance: dg.DagsterInstance, now: datetime) -> None:
    """Remove every run that has ended and began more than `KEPT_DAYS` ago, with all that was logged of it."""
    began_before = RunsFilter(statuses=list(FINISHED_STATUSES), created_before=now - timedelta(days=KEPT_DAYS))
    for record in instance.get_run_records(began_before):
        run_id = record.dagster_run.run_id
        instance.delete_run(run_id)
        # What steps printed before `dagster.yaml` said that nothing of it is kept.
        shutil.rmtree(Path(instance.storage_directory()) / run_id, ignore_errors=True)
        storage = instance.event_log_storage
        if isinstance(storage, SqliteEventLogStorage):  # it empties the file of a run and leaves it
            Path(storage.path_for_shard(run_id)).unlink(missing_ok=True)
