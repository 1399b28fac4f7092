"""The calendar of editions: which year is being worked on, and from when an edition is overdue.

Belongs here: every rule that turns a moment into an edition year. Commands, schedule, sensors and the pages of Dagster
ask here, so that all of them mean the same year.
Does not belong here: when a run starts (`pipelines`), and what was known at the end of a year (`gevinst.method.as_of`).
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

TIMEZONE = "Europe/Oslo"
"""The clock by which a year begins and ends, wherever the machine stands."""
DUE_MONTH, DUE_DAY, DUE_HOUR = 1, 15, 6
"""When the edition of the year that has ended is published unattended: two weeks to enter the last documents, before
working hours. A day later it is overdue."""


def due_on(edition_year: int) -> date:
    """The day on which the edition of a year is published unattended."""
    return date(edition_year + 1, DUE_MONTH, DUE_DAY)


def now() -> datetime:
    """The moment, in the time zone of the calendar."""
    return datetime.fromtimestamp(time.time(), ZoneInfo(TIMEZONE))


def today() -> date:
    """The day, in the time zone of the calendar."""
    return now().date()


def has_just_begun(year: int, on: date) -> bool:
    """Whether `year` is in its first month on the day `on`: an edition of it is then made only when it is named."""
    return (year, 1) == (on.year, on.month)


def year_being_worked_on(on: date, published_years: Iterable[int]) -> int:
    """The edition year that a run is about when none is named.

    In January it is the year that has ended: its last documents come in then, and an edition of the year that has just
    begun would keep it from being put in force. Afterwards it is the year that is running, unless the year that has
    ended still has no edition although years before it have.
    """
    ended = on.year - 1
    newest = max(published_years, default=None)
    is_behind = newest is not None and newest < ended
    return ended if has_just_begun(on.year, on) or is_behind else on.year


def overdue_year(at: datetime, last_made_at: datetime | None, *, has_editions: bool) -> int | None:
    """The year that has ended, when its edition should have been made a day before `at` and was not; else null.

    `last_made_at` is when an edition of that year or a later one was last made, whether or not it brought anything new:
    one made before the year had ended does not count. Where no edition has ever been published, one is due in January
    only: a scheme may make its first one at any time of the year.
    """
    zone = ZoneInfo(TIMEZONE)
    due = datetime(at.year, DUE_MONTH, DUE_DAY + 1, DUE_HOUR, tzinfo=zone)
    is_made = last_made_at is not None and last_made_at >= datetime(at.year, 1, 1, tzinfo=zone)
    is_asked_for = has_editions or at.month == DUE_MONTH
    return at.year - 1 if at >= due and is_asked_for and not is_made else None
