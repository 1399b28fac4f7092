"""The clock of the machine, held against what was made before: a clock that is behind publishes nothing by mistake.

Belongs here: comparing the clock with the newest time among the editions and the raw files.
Does not belong here: which year is worked on and when an edition is due (`calendar.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

import polars as pl

from gevinst.edition.store import list_editions
from gevinst.errors import EditionError
from gevinst.settings import Settings

_SLACK = timedelta(days=1)
"""Two machines may differ by hours, and by a day where they are set to other time zones."""


def require_clock(settings: Settings, at: datetime, tables: Iterable[pl.DataFrame] = ()) -> None:
    """Raise `EditionError` when the clock at `at` is behind what was published, or behind rows entered into `tables`.

    A clock that runs ahead cannot be told from the future.
    """
    built = [(edition.built_at, f"edition {edition.edition_id}") for edition in list_editions(settings)]
    newest, what = max(built, default=(None, ""))
    if newest is not None and at < newest - _SLACK:
        raise _wrong(at, f"{what} was built on {newest.date()}", f"{what[8:]} ble bygd {newest.date()}")
    days = [table["recorded_on"].max() for table in tables if "recorded_on" in table.columns]
    entered = max((day for day in days if day is not None), default=None)  # pyright: ignore[reportArgumentType]
    if entered is not None and at.date() < entered - _SLACK:  # pyright: ignore[reportOperatorIssue]
        raise _wrong(at, f"rows were entered on {entered}", f"det er ført inn rader {entered}")


def _wrong(at: datetime, en: str, nb: str) -> EditionError:
    return EditionError(
        f"the machine's clock says {at.date()}, but {en}; set the clock and run again",
        f"klokka på maskinen viser {at.date()}, men {nb}; still klokka, og kjør på nytt",
    )
