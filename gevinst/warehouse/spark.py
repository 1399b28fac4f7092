"""Spark: the cluster that computes marts which are too large for one machine.

Belongs here: everything that knows Spark; no other module imports it.
Does not belong here: where tables lie and how they are read (`lake.py`), and what is computed (`gevinst.method`).
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread
from typing import Any

from gevinst.contracts.model import Contract, Type
from gevinst.errors import GevinstError

_TYPES = {
    Type.TEXT: "string",
    Type.INTEGER: "bigint",
    Type.NUMBER: "double",
    Type.BOOLEAN: "boolean",
    Type.DATE: "date",
}
_ADDRESS = re.compile(r"(?P<local>local\[(?:\d+|\*)\])|(?P<kind>spark|sc)://(?P<hosts>[^/;]+)[^\s]*")
_OPTIONS_OF_AN_ADDRESS = re.compile(r"(?<=[^:/])[/;].*")
"""What follows host and port: a token may be among it, and no message or log shows one."""
_PORTS = {"sc": 15002, "spark": 7077}
"""What Spark listens on where an address names no port."""
_ANSWER_S = 5
"""How long an address may take to answer."""
PATIENCE_S = 600
"""How long a run waits for a worker: others may use all of a cluster for some minutes."""
_LOOK_EVERY_S = 1
_LONGEST = 300
_WHERE, _BECAUSE = "An error occurred while calling", "Caused by: "
"""How the first line begins of what comes from Java, which names no more than a number, and those of what lies behind.
"""
_LOOPBACK = ("127.0.0.1", "localhost")
_OPTIONS: dict[str, str | int] = {"spark.sql.session.timeZone": "UTC"}
_WHERE_STARTED_HERE: dict[str, str | int] = {
    # Nobody looks at a run of the night, and the pages would listen on every address of the machine.
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}
_ON_LOOPBACK: dict[str, str | int] = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
"""A driver listens for its workers; where the master is on this machine, they are too."""


class SparkError(GevinstError):
    """The cluster cannot be used, or did not finish; the message says which one, why and what to do."""


class Cluster:
    """Spark at an address: ``spark://host:7077``, ``sc://host:15002`` (Spark Connect) or ``local[2]``.

    Nothing is started before the first frame is asked for. How much memory and how many cores it takes is said where
    Spark reads it: ``spark-defaults.conf`` in ``SPARK_CONF_DIR``. Every method raises `SparkError`.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self._shown = _OPTIONS_OF_AN_ADDRESS.sub("", address)
        self._session: Any = None
        self._context: Any = None
        """What this process is driver with, where it shares out the work itself."""
        self._is_alone = False

    def frame(self, contract: Contract, folder: Path) -> Any:
        """A frame of Spark over all Parquet files below `folder`."""
        columns = ", ".join(f"`{column.name}` {_TYPES[column.type]}" for column in contract.all_columns)
        with self.reported():
            return self._started().read.schema(columns).option("recursiveFileLookup", "true").parquet(folder.as_uri())

    def write(self, frame: Any, folder: Path) -> None:
        """Write the rows of a frame of Spark as Parquet files into the new `folder`, which all its machines see.

        Called within `reported`.
        """
        frame.write.parquet(folder.as_uri())

    def stop(self) -> None:
        """Let the cluster go, whether it still answers or not."""
        session, self._session, self._context = self._session, None, None
        if session is not None:
            with suppress(Exception):
                session.stop()
            # Left by a session of Spark Connect, it would be asked for one again by whatever comes after.
            os.environ.pop("SPARK_CONNECT_MODE_ENABLED", None)

    @contextmanager
    def reported(self) -> Iterator[None]:
        """Let what fails in Spark within the ``with`` block be one sentence, with what Spark said behind it."""
        try:
            with self._watched():
                yield
        except Exception as error:
            if not type(error).__module__.startswith(("pyspark", "py4j", "grpc")):
                raise
            raise self._explained(error) from error

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Cancel what has no worker for longer than is waited: Spark would wait for ever, and nobody watches a run."""
        done = Event()
        watch = Thread(target=self._watch, args=(done,), daemon=True)
        watch.start()
        try:
            yield
        finally:
            done.set()
            watch.join()

    def _watch(self, done: Event) -> None:
        last = time.monotonic()
        while not done.wait(_LOOK_EVERY_S):
            # The driver is one of those that Spark counts.
            if self._context is None or self._context._jsc.sc().getExecutorMemoryStatus().size() > 1:
                last = time.monotonic()
            elif time.monotonic() - last > PATIENCE_S:
                self._is_alone = True
                self._context.cancelAllJobs()
                return

    def _started(self) -> Any:
        if self._session is None:
            self._session = self._start()
        return self._session

    def _start(self) -> Any:
        found = _ADDRESS.fullmatch(self.address)
        if not found:
            raise SparkError(
                f"{self._shown} is no address of Spark; write spark://host:7077, sc://host:15002 or local[2]",
                f"{self._shown} er ingen adresse til Spark; skriv spark://vert:7077, sc://vert:15002 eller local[2]",
            )
        # It warns at every start of a version of pandas that it is not used with here.
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
        try:
            from pyspark.sql import SparkSession
        except ImportError as error:
            raise SparkError(
                'pyspark is not installed here; install it with pip install "gevinst[spark]" and run again',
                'pyspark er ikke installert her; installer med pip install "gevinst[spark]", og kjør på nytt',
            ) from error
        hosts = [] if found["local"] else [_host_and_port(one, found["kind"]) for one in found["hosts"].split(",")]
        if hosts and not any(map(_answers, hosts)):
            raise SparkError(
                f"nothing answers at {self._shown}; start the cluster or correct the address in gevinst.toml",
                f"ingenting svarer på {self._shown}; start klyngen, eller rett adressen i gevinst.toml",
            )
        builder = SparkSession.builder.config(map={**_OPTIONS})
        with self.reported():
            if found["kind"] == "sc":
                return builder.remote(self.address).getOrCreate()
            _require_java()
            near = _ON_LOOPBACK if all(host in _LOOPBACK for host, _ in hosts) else {}
            builder = builder.config(map={**_WHERE_STARTED_HERE, **near}).appName("gevinst")
            session = builder.master(self.address).getOrCreate()
            # What fails comes as an exception; what Spark logs beside it are pages of code that it went on without.
            session.sparkContext.setLogLevel("OFF")
            self._context = None if found["local"] else session.sparkContext
            return session

    def _explained(self, error: Exception) -> SparkError:
        if self._is_alone:
            return SparkError(
                f"no worker of Spark at {self._shown} was there for {PATIENCE_S} s; see to the cluster and run again",
                f"Spark på {self._shown} hadde ingen arbeider i {PATIENCE_S} s; se til klyngen, og kjør på nytt",
            )
        why = cause(str(error))[:_LONGEST] or type(error).__name__
        return SparkError(
            f"Spark at {self._shown} did not finish: {why}; see to the cluster and run again",
            f"Spark på {self._shown} ble ikke ferdig: {why}; se til klyngen, og kjør på nytt",
        )


def cause(said: str) -> str:
    """What Spark says first of a failure, and what it was caused by in the end where it tells that."""
    lines = [line.strip().removeprefix(": ") for line in said.splitlines()]
    first = next((line for line in lines if line and not line.startswith(_WHERE)), "")
    behind = [line.removeprefix(_BECAUSE) for line in lines if line.startswith(_BECAUSE)]
    return f"{first}, because of {behind[-1]}" if behind else first


def _host_and_port(text: str, kind: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":") if ":" in text else (text, "", "")
    return host, int(port) if port.isdigit() else _PORTS[kind]


def _answers(place: tuple[str, int]) -> bool:
    try:
        socket.create_connection(place, timeout=_ANSWER_S).close()
    except (OSError, OverflowError):  # a port of six digits
        return False
    return True


def _require_java() -> None:
    home = os.environ.get("JAVA_HOME")
    if not shutil.which("java", path=str(Path(home) / "bin") if home else None):
        raise SparkError(
            "Spark needs Java 17 or newer and finds none; install it (Debian: openjdk-17-jre-headless), or set "
            "JAVA_HOME",
            "Spark trenger Java 17 eller nyere og finner ingen; installer den (Debian: openjdk-17-jre-headless), eller "
            "sett JAVA_HOME",
        )
