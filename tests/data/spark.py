"""Spark on this machine: one process, or a master with two workers and Spark Connect, all on loopback.

Belongs here: starting and ending it. Without Java a test that needs it is skipped, or fails where CI asks for it.
Does not belong here: what is computed with it.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pyspark
import pytest

WORKERS = 2
_HOME = Path(pyspark.__file__).parent
_HOST = "127.0.0.1"
_DEPLOY, _CONNECT = "org.apache.spark.deploy.", "org.apache.spark.sql.connect.service.SparkConnectServer"
_OF_A_WORKER = ("--cores", 1, "--memory", "1g", "--work-dir")
_STARTING_SECONDS = 90
_FOR_FEW_ROWS = """\
spark.sql.shuffle.partitions 4
spark.sql.codegen.wholeStage false
spark.sql.codegen.factoryMode NO_CODEGEN
spark.sql.adaptive.enabled false
spark.driver.memory 2g
spark.executor.memory 1g
"""
"""Spark cuts every table into 200 parts, compiles every query and plans it again after each step: of some thousand rows
that takes all the time."""


def require_java() -> None:
    """Skip for want of Java, or fail if GEVINST_REQUIRE_JAVA=1 (as in CI)."""
    if shutil.which("java"):
        return
    reason = "no java, which Spark needs: see CONTRIBUTING.md"
    if os.environ.get("GEVINST_REQUIRE_JAVA") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def for_few_rows(folder: Path) -> Path:
    """A folder for ``SPARK_CONF_DIR`` with what makes Spark quick on small tables."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "spark-defaults.conf").write_text(_FOR_FEW_ROWS, encoding="utf-8")
    return folder


@dataclass(frozen=True, slots=True)
class Started:
    """A cluster that runs: its addresses and processes."""

    address: str
    master: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]


@contextmanager
def cluster(folder: Path) -> Iterator[Started]:
    """A master and two workers of a core each, as processes of their own."""
    ports = [_free_port() for _ in range(1 + WORKERS)]
    address = f"spark://{_HOST}:{ports[0]}"
    quiet = ("--host", _HOST, "--webui-port", 0)
    with ExitStack() as stack:
        master, *workers = (
            stack.enter_context(_running(folder, name, port, _DEPLOY + kind, *quiet, "--port", port, *more))
            for name, port, kind, more in (
                ("master", ports[0], "master.Master", ()),
                *(
                    (f"worker-{port}", port, "worker.Worker", (*_OF_A_WORKER, folder / "work", address))
                    for port in ports[1:]
                ),
            )
        )
        yield Started(address, master, workers)


@contextmanager
def connect(folder: Path, started: Started) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The address and the process of a server of Spark Connect that has all of the cluster."""
    port = _free_port()
    options = {
        "spark.connect.grpc.binding.address": _HOST,
        "spark.connect.grpc.binding.port": port,
        "spark.ui.enabled": "false",
    }
    command = [_DEPLOY + "SparkSubmit", "--master", started.address, "--class", _CONNECT]
    for name, value in options.items():
        command += ["--conf", f"{name}={value}"]
    with _running(folder, "connect", port, *command, "spark-internal") as server:
        yield f"sc://{_HOST}:{port}", server


@contextmanager
def _running(folder: Path, name: str, port: int, *arguments: object) -> Iterator[subprocess.Popen[bytes]]:
    """A program of Spark, once it listens."""
    environment = {
        "SPARK_CONF_DIR": str(for_few_rows(folder / "conf")),
        "SPARK_LOCAL_IP": _HOST,
        "SPARK_HOME": str(_HOME),
    }
    log = folder / f"{name}.log"
    with log.open("wb") as said:
        process = subprocess.Popen(
            [_HOME / "bin" / "spark-class", *map(str, arguments)],
            env=os.environ | environment,
            stdout=said,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            _wait_for(port, log)
            yield process
        finally:
            kill(process)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it has started, at once."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind((_HOST, 0))
        return one.getsockname()[1]


def _wait_for(port: int, log: Path) -> None:
    until = time.monotonic() + _STARTING_SECONDS
    while not _listens(port):
        assert time.monotonic() < until, log.read_text(encoding="utf-8")[-3000:]
        time.sleep(0.2)


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection((_HOST, port), timeout=1):
        return True
    return False
