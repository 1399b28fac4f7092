"""The record of runs: made by one process at a time, and a broken one is moved aside by name."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import dagster as dg
import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from gevinst.settings import Settings, load_settings
from pipelines import home as home_module
from pipelines.home import HomeError, commit_without_waiting, open_home
from tests.data.workspaces import workspace

ROOT = Path(__file__).parents[2]
RUNS, EVENTS, SCHEDULES = "history/runs.db", "history/runs/index.db", "schedules/schedules.db"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings({"GEVINST_WORKSPACE": str(workspace(tmp_path))})


@pytest.fixture
def opened(home: Path, settings: Settings) -> Callable[[], list[str]]:
    """Open the record of runs as every start does; gives what was said in English."""

    def opened() -> list[str]:
        said: list[str] = []
        assert open_home(settings, lambda _, en: said.append(en)) == home
        return said

    return opened


def run_count(home: Path) -> int:
    with dg.DagsterInstance.from_config(str(home)) as instance:
        instance.schedule_storage.all_instigator_state()  # type: ignore[union-attr]
        instance.all_asset_keys()
        return instance.get_runs_count()


def add_run(home: Path) -> None:
    with dg.DagsterInstance.from_config(str(home)) as instance:
        instance.create_run_for_job(dg.job(name="tom")(lambda: None))


def left_over(home: Path) -> list[str]:
    usual = {"dagster.yaml", ".run_lock", "history", "schedules", "storage"}
    return [path.name for path in home.iterdir() if path.name not in usual]


def start(home: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "DAGSTER_HOME": str(home), "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-m", "pipelines.home"], cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True
    )


def test_several_starts_at_once_leave_one_record_that_opens(home: Path) -> None:
    starts = [start(home) for _ in range(3)]
    said = [one.communicate(timeout=300)[1] for one in starts]
    assert [one.returncode for one in starts] == [0, 0, 0], said
    assert run_count(home) == 0
    assert left_over(home) == []


def test_a_record_that_is_there_keeps_its_runs(home: Path, opened: Callable[[], list[str]]) -> None:
    opened()
    add_run(home)
    assert opened() == []
    assert run_count(home) == 1


def two_versions(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("insert into alembic_version values ('another')")


def no_version(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("drop table alembic_version")


def garbage(path: Path) -> None:
    path.write_bytes(b"\x00\xff" * 5000)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def gone(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize(
    ("damage", "database"),
    [
        *((damage, RUNS) for damage in (two_versions, no_version, garbage, empty, half, gone)),
        *((garbage, database) for database in (EVENTS, SCHEDULES)),
    ],
    ids=lambda one: getattr(one, "__name__", one),
)
def test_a_record_that_cannot_be_opened_is_named_and_moved_aside_and_the_next_start_works(
    home: Path, opened: Callable[[], list[str]], damage: Callable[[Path], None], database: str
) -> None:
    opened()
    damage(home / database)
    (said,) = opened()
    part = database.partition("/")[0]
    assert f"{home / part} could not be opened (" in said
    assert f"was moved to {part}-broken-" in said
    assert ("Schedule and sensors are stopped" in said) == (database == SCHEDULES)
    assert [name.partition("-broken-")[0] for name in left_over(home)] == [part]
    assert run_count(home) == 0
    assert opened() == []


def test_what_is_started_survives_when_only_the_runs_are_broken(home: Path, opened: Callable[[], list[str]]) -> None:
    opened()
    before = (home / SCHEDULES).stat().st_ino
    garbage(home / RUNS)
    opened()
    assert (home / SCHEDULES).stat().st_ino == before


def test_what_a_killed_start_left_is_cleared_away(home: Path, opened: Callable[[], list[str]]) -> None:
    (home / ".making-dead" / "history").mkdir(parents=True)
    opened()
    assert left_over(home) == []
    assert run_count(home) == 0


def test_settings_of_the_installation_stay_unless_the_program_has_newer_ones(
    home: Path, opened: Callable[[], list[str]]
) -> None:
    opened()
    config = home / "dagster.yaml"
    own = config.read_text(encoding="utf-8") + "# own\n"
    config.write_text(own, encoding="utf-8")
    opened()
    assert config.read_text(encoding="utf-8") == own
    os.utime(config, (0, 0))
    opened()
    assert config.read_text(encoding="utf-8") != own


def test_a_home_that_cannot_be_made_is_one_sentence_with_the_place(home: Path, settings: Settings) -> None:
    home.write_text("in the way", encoding="utf-8")
    with pytest.raises(HomeError, match=rf"record of runs in {home} cannot be made \(.*\); make the folder writable"):
        open_home(settings, lambda nb, en: None)


def test_a_run_does_not_wait_for_the_disk_at_each_commit_and_keeps_its_write_ahead_log(opened, home: Path) -> None:
    opened()
    waits = "pragma synchronous"
    with dg.DagsterInstance.from_config(str(home)) as instance, instance.run_storage.connect() as connection:
        assert connection.exec_driver_sql(waits).scalar() == 2, "SQLite's own"
    commit_without_waiting()
    commit_without_waiting()
    try:
        with dg.DagsterInstance.from_config(str(home)) as instance, instance.run_storage.connect() as connection:
            assert connection.exec_driver_sql(waits).scalar() == 1
            assert connection.exec_driver_sql("pragma journal_mode").scalar() == "wal", (
                "without it a cut could spoil it"
            )
    finally:
        event.remove(Engine, "connect", home_module._commit_without_waiting)
    with dg.DagsterInstance.from_config(str(home)) as instance, instance.run_storage.connect() as connection:
        assert connection.exec_driver_sql(waits).scalar() == 2, "set once"
