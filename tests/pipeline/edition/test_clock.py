"""A clock that is behind publishes nothing: it is held against editions and rows."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from gevinst.edition import EditionError, publish
from gevinst.edition.clock import require_clock

BUILT = datetime(2026, 11, 22, 12, tzinfo=UTC)  # as `build` of the tests says
DAY = timedelta(days=1)


def test_a_clock_behind_the_newest_edition_is_named_with_both_days(built, settings):
    require_clock(settings, BUILT - 400 * DAY)
    publish(built(), settings)

    with pytest.raises(EditionError) as refused:
        require_clock(settings, BUILT - 400 * DAY)
    assert str(refused.value) == (
        "the machine's clock says 2025-10-18, but edition 2026-1 was built on 2026-11-22; set the clock and run again"
    )
    assert refused.value.message("nb").startswith("klokka på maskinen viser 2025-10-18, men 2026-1 ble bygd 2026-11-22")


def test_a_clock_may_be_behind_by_a_day_and_no_more(built, settings):
    publish(built(), settings)
    require_clock(settings, BUILT - DAY)

    with pytest.raises(EditionError):
        require_clock(settings, BUILT - DAY - timedelta(seconds=1))


def test_a_clock_behind_the_newest_row_is_refused_before_the_first_edition(settings):
    entered = pl.DataFrame({"recorded_on": [date(2026, 11, 22), None]})
    tables = [pl.DataFrame({"name": ["x"]}), entered]
    require_clock(settings, BUILT - DAY, tables)

    with pytest.raises(EditionError, match="says 2026-11-20, but rows were entered on 2026-11-22; set the clock"):
        require_clock(settings, BUILT - 2 * DAY, tables)
