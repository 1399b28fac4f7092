"""A clock that a test can move: Python loads this file in every process that has its folder on PYTHONPATH.

The file named by GEVINST_TEST_CLOCK says how many seconds the clock is ahead; it may change while processes run.
Dagster's daemon then looks at the clock at least once a second. What processes tell each other goes by the real clock:
heartbeats would stop and deadlines would never come.
"""

import os
import sys
import threading
import time
import types
from datetime import UTC, datetime
from pathlib import Path

_PLACE = Path(os.environ["GEVINST_TEST_CLOCK"])
_BY_THE_REAL_CLOCK = ("grpc", "dagster._grpc")
_real_time = time.time


def _moved_time() -> float:
    if sys._getframe(1).f_globals.get("__name__", "").startswith(_BY_THE_REAL_CLOCK):
        return _real_time()
    return _real_time() + float(_PLACE.read_text(encoding="utf-8"))


time.time = _moved_time  # `date.today()` asks this too

from dagster import _time  # noqa: E402
from dagster._daemon import controller  # noqa: E402

_time._mockable_get_current_datetime = lambda: datetime.fromtimestamp(time.time(), UTC)


class _Impatient(threading.Event):
    def wait(self, timeout: float | None = None) -> bool:
        return super().wait(1 if timeout is None else min(timeout, 1))


controller.threading = types.SimpleNamespace(Event=_Impatient, Thread=threading.Thread)
