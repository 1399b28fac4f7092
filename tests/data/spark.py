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
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pyspark
import pytest

WORKERS = 2
_HOME = Path(pyspark.__file__).parent
_HOST = "127.0.0.1"
_STARTING_SECONDS = 90
_FOR_FEW_ROWS = """\
spark.sql.shuffle.partitions 4
spark.sql.codegen.wholeStage false
spark.driver.memory 1g
spark.executor.memory 1g
"""
"""Spark cuts every table into 200 parts and compiles every query; of some thousand rows, that takes all the time."""


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

    standalone: str
    connect: str
    master: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]
    server: subprocess.Popen[bytes]
    """Of Spark Connect."""


@contextmanager
def cluster(folder: Path) -> Iterator[Started]:
    """A master, two workers of a core each and a server of Spark Connect, as processes of their own."""
    environment = {"SPARK_CONF_DIR": str(for_few_rows(folder / "conf")), "SPARK_LOCAL_IP": _HOST}
    ports = [_free_port() for _ in range(4)]
    at = f"spark://{_HOST}:{ports[0]}"
    with ExitStack() as stack:

        def run(name: str, *arguments: object, port: int | None = None) -> subprocess.Popen[bytes]:
            process = stack.enter_context(_running(folder / f"{name}.log", environment, *map(str, arguments)))
            if port:
                _wait_for(port, folder / f"{name}.log")
            return process

        deploy = "org.apache.spark.deploy"
        quiet = ("--host", _HOST, "--webui-port", 0)
        master = run("master", f"{deploy}.master.Master", *quiet, "--port", ports[0], port=ports[0])
        workers = [
            run(
                f"worker-{number}",
                f"{deploy}.worker.Worker",
                *quiet,
                *("--port", ports[1 + number], "--cores", 1, "--memory", "1g", "--work-dir", folder / "work", at),
                port=ports[1 + number],
            )
            for number in range(WORKERS)
        ]
        options = {
            "spark.connect.grpc.binding.address": _HOST,
            "spark.connect.grpc.binding.port": ports[3],
            "spark.cores.max": 1,
            "spark.ui.enabled": "false",
        }
        server = run(
            "connect",
            f"{deploy}.SparkSubmit",
            *("--master", at, "--class", "org.apache.spark.sql.connect.service.SparkConnectServer"),
            *(one for name, value in options.items() for one in ("--conf", f"{name}={value}")),
            "spark-internal",
            port=ports[3],
        )
        yield Started(at, f"sc://{_HOST}:{ports[3]}", master, workers, server)


@contextmanager
def _running(log: Path, environment: Mapping[str, str], *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as said:
        process = subprocess.Popen(
            [_HOME / "bin" / "spark-class", *arguments],
            env=os.environ | environment | {"SPARK_HOME": str(_HOME)},
            stdout=said,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
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
