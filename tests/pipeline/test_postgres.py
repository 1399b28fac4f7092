"""The record of runs in PostgreSQL, as docs/scale.md says: named in Dagster's settings, nothing else changed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from tests.data import kept, postgres

PAPER = kept.ROOT / "docs" / "scale.md"
pytestmark = pytest.mark.slow


@pytest.fixture
def server() -> Iterator[postgres.Server]:
    with postgres.server() as found:
        yield found


def storage() -> str:
    """The settings as the paper gives them."""
    [found] = re.findall(r"```yaml\n(storage:\n.*?)```", PAPER.read_text(encoding="utf-8"), re.DOTALL)
    return found


def test_a_run_is_recorded_in_postgresql_and_found_there(
    server: postgres.Server, published_small: Path, tmp_path: Path
) -> None:
    shutil.copytree(published_small / "raw", tmp_path / "raw")
    home = tmp_path / "home"
    home.mkdir()
    ours = (kept.ROOT / "pipelines" / "dagster.yaml").read_text(encoding="utf-8")
    (home / "dagster.yaml").write_text(f"{ours}\n{storage()}", encoding="utf-8")
    environment = {
        **os.environ,
        "DAGSTER_HOME": str(home),
        "GEVINST_RAW_DIR": str(tmp_path / "raw"),
        "GEVINST_MARTS_DIR": str(tmp_path / "marts"),
        "GEVINST_PG_HOST": server.host,
        "GEVINST_PG_PORT": str(server.port),
        "GEVINST_PG_USER": server.user,
        "GEVINST_PG_PASSWORD": server.password,
    }

    def gevinst(*arguments: str) -> str:
        command = [sys.executable, "-m", "gevinst.cli", *arguments]
        done = subprocess.run(command, cwd=kept.ROOT, env=environment, capture_output=True, text=True, timeout=900)
        assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
        return done.stdout + done.stderr

    gevinst("dry-run", "--year", "2026")
    with closing(psycopg2.connect(_address(server))) as connection, connection.cursor() as cursor:
        cursor.execute("select pipeline_name, status from runs")
        assert cursor.fetchall() == [("dry_run", "SUCCESS")]
        cursor.execute("select count(*) from event_logs")
        assert cursor.fetchall()[0][0] > 100
    assert [*home.rglob("*.db")] == [], "nothing is recorded beside it"
    assert server.password not in (home / "dagster.yaml").read_text(encoding="utf-8")


def _address(server: postgres.Server) -> str:
    return f"host={server.host} port={server.port} user={server.user} password={server.password} dbname=postgres"
