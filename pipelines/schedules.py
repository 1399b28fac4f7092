"""The yearly schedule.

Belongs here: when a run starts by the clock.
Does not belong here: what it runs (`jobs.py`).
"""

import dagster as dg

from pipelines.jobs import publish


@dg.schedule(
    job=publish,
    cron_schedule="0 6 15 1 *",
    execution_timezone="Europe/Oslo",
    default_status=dg.DefaultScheduleStatus.STOPPED,
    description="15 January at 06:00: publish the edition of the year that has ended. Ships stopped.",
)
def yearly_edition(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """Ask for last year's edition; the run key keeps a year from being asked for twice."""
    year = str(context.scheduled_execution_time.year - 1)
    return dg.RunRequest(run_key=f"edition-{year}", partition_key=year)
