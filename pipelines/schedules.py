"""The schedules: one so far, the yearly one.

Belongs here: when a run starts by the clock, and of which years, and the list of schedules. ``make schedule-on`` and
``make schedule-off`` name each of them, and `docs/operations.md` describes it.
Does not belong here: what it runs (`jobs.py`).
"""

import dagster as dg

from assets.resources import Installation
from gevinst.edition import calendar, list_editions
from pipelines.jobs import publish


@dg.schedule(
    job=publish,
    cron_schedule=f"0 {calendar.DUE_HOUR} {calendar.DUE_DAY} {calendar.DUE_MONTH} *",
    execution_timezone=calendar.TIMEZONE,
    default_status=dg.DefaultScheduleStatus.STOPPED,
    description="15 January at 06:00: publish the edition of the year that has ended, and of years before it that were "
    "missed. Ships stopped.",
)
def yearly_edition(context: dg.ScheduleEvaluationContext, installation: Installation) -> list[dg.RunRequest]:
    """Ask for last year's edition, after those of the years since the newest one that is published.

    When the machine was off at the time, Dagster makes up for it as soon as the daemon is back, but only for the
    newest tick it missed; the years of older ones are requested here. The run key keeps a tick from
    requesting a year twice.
    """
    published = [edition.edition_year for edition in list_editions(installation.settings())]
    ended = calendar.year_being_worked_on(context.scheduled_execution_time.date(), published)
    newest = max(published, default=ended)
    years = range(min(newest + 1, ended), ended + 1)
    return [dg.RunRequest(run_key=f"edition-{year}-asked-for-{ended + 1}", partition_key=str(year)) for year in years]


SCHEDULES = (yearly_edition,)
