"""Files of others are read in a process of its own, which has limits of memory and time.

Belongs here: that process, its limits, and the one sentence when it is ended.
Does not belong here: reading (each package that reads files of others), and limits on rows, columns and depth, which
readers hold while they read.

The process is started by the first file, and never as a copy of this one: a copy would hold the locks of threads
that it does not have (Polars and DuckDB have some). It reads every later file too, so that its start is paid once. What
it raises is raised here. Windows has no limits of memory and processor time for a process; there the clock holds alone.
"""

from __future__ import annotations

import atexit
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, TypeVar

from gevinst.bilingual import LANGUAGES
from gevinst.errors import EvaluatorError, GevinstError

MEMORY = 2 << 30
"""Bytes of address space. Libraries take a quarter of it before anything is read."""
SECONDS = 60
"""Of processor time for one file: six times what the largest workbook that is tried takes."""
WAIT = 180
"""Seconds by the clock, on a machine that does other things too."""
_LARGEST_PROCESS = 500_000  # kilobytes, as Linux counts
_BEGIN = "import sys; sys.path[:] = {path!r}; from gevinst.limited import serve; serve()"

Result = TypeVar("Result")


class LimitError(EvaluatorError):
    """A file took more memory or time to read than any file should, or broke its reader."""

    def about(self, file: str) -> LimitError:
        """The same, with the name of the file before it."""
        return LimitError(*(f"{file}: {self.message(language)}" for language in LANGUAGES))


def in_child(function: Callable[..., Result], *arguments: Any) -> Result:
    """What `function` returns, or an error it raises that a person can fix; both must be picklable, and be importable.

    Raises `LimitError` when reading was ended, or failed in a way that nobody foresaw.
    """
    return _worker().call(function, arguments)


class _Worker:
    """The process, and the pipes to it."""

    def __init__(self) -> None:
        self.pid = os.getpid()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def call(self, function: Callable[..., Result], arguments: tuple[Any, ...]) -> Result:
        # The process may have begun in another folder and with other variables, such as the one that names a workspace.
        question = pickle.dumps((os.getcwd(), dict(os.environ), function, arguments))
        with self._lock:
            process = self._process or self._begin()
            is_late = threading.Event()
            clock = threading.Timer(WAIT, lambda: (is_late.set(), process.kill()))
            clock.start()
            try:
                assert process.stdin and process.stdout
                process.stdin.write(question)
                process.stdin.flush()
                is_done, is_last, result = pickle.load(process.stdout)
            except (EOFError, OSError, pickle.UnpicklingError) as error:
                process.wait()
                self.end()
                raise _ended(process.returncode, is_late=is_late.is_set()) from error
            except BaseException:  # also when a person stops the run: what is being read is of no use any more
                process.kill()
                self.end()
                raise
            finally:
                clock.cancel()
            if is_last:
                self.end()
        if is_done:
            return result
        if isinstance(result, GevinstError):
            raise result
        raise _failed(result) from result

    def _begin(self) -> subprocess.Popen[bytes]:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _BEGIN.format(path=sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        return self._process

    def end(self) -> None:
        """Let the process end; the next file begins another."""
        process, self._process = self._process, None
        if process is not None:
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):
                    if pipe:
                        pipe.close()
            process.wait()


_workers: list[_Worker] = []


def _worker() -> _Worker:
    """The worker of this process: a copy of a process has none of its own."""
    if not _workers or _workers[-1].pid != os.getpid():
        _workers[:] = [_Worker()]
        atexit.register(_workers[-1].end)
    return _workers[-1]


def _ended(code: int, *, is_late: bool) -> LimitError:
    import signal

    if is_late or code == -getattr(signal, "SIGXCPU", 0):
        return LimitError(
            f"lesingen ble stanset da den hadde tatt mer enn {SECONDS} sekunder; del fila, eller slett det i den som "
            "ikke trengs",
            f"reading was ended when it had taken more than {SECONDS} seconds; divide the file, or delete what is not "
            "needed in it",
        )
    return _too_large() if code < 0 else _failed(RuntimeError())


def _too_large() -> LimitError:
    return LimitError(
        "lesingen ble stanset da den trengte mer minne enn noen slik fil skal trenge; del fila, eller slett det i den "
        "som ikke trengs",
        "reading was ended when it needed more memory than any such file should; divide the file, or delete what is "
        "not needed in it",
    )


def _failed(error: BaseException) -> LimitError:
    if isinstance(error, MemoryError):
        return _too_large()
    if isinstance(error, RecursionError):
        return LimitError(
            "fila har for mange nivåer inne i hverandre til å leses; lagre den på nytt, enklere",
            "the file has too many levels inside each other to be read; save it again in a simpler form",
        )
    why = type(error).__name__
    return LimitError(
        f"fila kan ikke leses, og er trolig skadet ({why}); åpne den i programmet den kommer fra, og lagre en ny kopi",
        f"the file cannot be read and is probably damaged ({why}); open it in its own program and save a new copy",
    )


def serve() -> None:
    """Read what is asked for until nobody asks any more; the entry of the process."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not come among the answers
    _limit("RLIMIT_AS", MEMORY)
    _limit("RLIMIT_CORE", 0)
    begun = _used()[1]  # of the process that began this one, if that was larger: a system may hand it on
    is_last = False
    while not is_last and (asked := _asked(sys.stdin.buffer)):
        folder, variables, function, arguments = asked
        _limit("RLIMIT_CPU", int(_used()[0]) + SECONDS)
        try:
            os.chdir(folder)
            if variables != dict(os.environ):
                os.environ.clear()
                os.environ.update(variables)
            answer = (True, function(*arguments))
        except BaseException as error:  # a library in another language may raise what is no `Exception`
            answer = (False, _sendable(error))
        # Memory that Python has had once it seldom gives back, and the next file has a right to all of it.
        is_last = _used()[1] > max(begun, _LARGEST_PROCESS) or isinstance(answer[1], (MemoryError, RecursionError))
        pickle.dump((answer[0], is_last, answer[1]), answers)
        answers.flush()


def _asked(questions: IO[bytes]) -> tuple[Path, dict[str, str], Callable[..., Any], tuple[Any, ...]] | None:
    try:
        return pickle.load(questions)
    except EOFError:
        return None


def _sendable(error: BaseException) -> BaseException:
    """The error without what cannot be sent; what went wrong unforeseen keeps its last lines, for whoever looks."""
    try:
        if isinstance(pickle.loads(pickle.dumps(error)), Exception):
            return error
    except Exception:
        pass
    return RuntimeError(f"{type(error).__name__}: {error}")


def _limit(name: str, value: int) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    with suppress(ValueError, OSError):  # a system may set a lower limit itself, or know no such limit
        _, most = resource.getrlimit(getattr(resource, name))
        resource.setrlimit(getattr(resource, name), (value if most < 0 else min(value, most), most))


def _used() -> tuple[float, int]:
    """Seconds of processor time, and kilobytes at most."""
    try:
        import resource
    except ImportError:
        return 0.0, 0
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime, used.ru_maxrss
