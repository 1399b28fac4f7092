"""Which edition year is meant when none is named, and from when an edition is overdue."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from gevinst.edition.calendar import has_just_begun, overdue_year, year_being_worked_on

OSLO = ZoneInfo("Europe/Oslo")


@pytest.mark.parametrize(
    ("day", "published", "year"),
    [
        (date(2026, 11, 26), [], 2026),
        (date(2026, 12, 31), [2026], 2026),
        (date(2027, 1, 1), [2026], 2026),
        (date(2027, 1, 31), [2026], 2026),
        (date(2027, 1, 5), [], 2026),
        (date(2027, 1, 5), [2027], 2026),  # somebody has named the year that has just begun
        (date(2027, 2, 1), [2026], 2027),
        (date(2027, 2, 1), [], 2027),
        (date(2027, 2, 1), [2025], 2026),  # the yearly edition did not come
        (date(2027, 12, 31), [2025], 2026),
    ],
)
def test_in_january_and_until_its_edition_has_come_the_year_that_has_ended_is_worked_on(day, published, year) -> None:
    assert year_being_worked_on(day, published) == year


@pytest.mark.parametrize(
    ("year", "day", "has"),
    [
        (2027, date(2027, 1, 1), True),
        (2027, date(2027, 1, 31), True),
        (2027, date(2027, 2, 1), False),
        (2026, date(2027, 1, 5), False),
    ],
)
def test_a_year_has_just_begun_in_its_own_january(year, day, has) -> None:
    assert has_just_begun(year, day) is has


BEFORE, AFTER = datetime(2026, 11, 26, tzinfo=OSLO), datetime(2027, 1, 1, tzinfo=OSLO)


@pytest.mark.parametrize(
    ("at", "made", "has_editions", "overdue"),
    [
        ("2027-01-16T05:59", None, True, None),
        ("2027-01-16T06:00", None, True, 2026),
        ("2027-01-16T06:00", BEFORE, True, 2026),  # made before the year had ended: not what is due
        ("2027-01-16T06:00", AFTER, True, None),
        ("2027-06-01T06:00", BEFORE, True, 2026),
        ("2027-01-16T06:00", None, False, 2026),
        ("2027-02-01T06:00", None, False, None),  # a scheme may make its first edition at any time
    ],
)
def test_an_edition_is_overdue_when_none_was_made_between_new_year_and_16_january(
    at, made, has_editions, overdue
) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=OSLO)
    assert overdue_year(moment, made, has_editions=has_editions) == overdue
