"""A refresh whose settings name a cluster: the same tables as on one machine, whatever happens to the cluster."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import dagster as dg
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from assets.metadata import table_key
from benchmarks.marts import COMPARED, needed
from gevinst.contracts import CORE, MARTS, QUALITY, contract
from gevinst.edition.assemble import too_many_projects
from gevinst.illustrative import write_as_parquet
from gevinst.settings import load_settings
from gevinst.warehouse import Warehouse
from gevinst.warehouse.spark import Cluster
from tests.data import spark
from tests.data.runs import failure_reasons
from tests.data.workspaces import workspace

PROJECTS, CLAIMS = 240, 3_000
RESULTS = needed(COMPARED)[1]
"""Marts that make three of the largest results: every mart is tried on Spark in `test_engines.py`."""
pytestmark = pytest.mark.slow


class Refreshed:
    """A refresh of the generated portfolio in a place of its own, as far as its results."""

    def __init__(self, place: Path, code_location: dg.Definitions, core: Path, settings: str) -> None:
        self.place = place
        place.mkdir()
        lines = ["[large]", f'core = "{core}"', settings.format(tables=place / "tables")]
        (place / "gevinst.toml").write_text("\n".join(lines), encoding="utf-8")
        with pytest.MonkeyPatch.context() as patched, dg.DagsterInstance.ephemeral() as instance:
            patched.setenv("GEVINST_WORKSPACE", str(workspace(place)))
            # A few thousand rows are computed in memory, unless nothing is few.
            patched.setattr("gevinst.warehouse.database._MOST_ROWS_IN_MEMORY", -1)
            self.run = code_location.resolve_job_def("refresh").execute_in_process(
                partition_key="2026",
                instance=instance,
                asset_selection=[table_key(table) for table in (*CORE, *QUALITY[:2], *RESULTS)],
                raise_on_error=False,
            )

    def table(self, name: str) -> pl.DataFrame:
        return Warehouse(self.place / "data" / "marts" / "working" / "gevinst.duckdb").read(contract(name))

    @property
    def is_published(self) -> bool:
        return any((self.place / "data" / "marts" / name).exists() for name in ("current", "candidates"))


Refresh = Callable[[str], Refreshed]
ON_SPARK = 'spark = "{at}"\ntables = "{{tables}}"'


@pytest.fixture(scope="module")
def core(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("generated") / "core"
    write_as_parquet(folder, PROJECTS, CLAIMS, 7, lambda written, said: None)
    return folder


@pytest.fixture(scope="module")
def refresh(core: Path, code_location: dg.Definitions, tmp_path_factory: pytest.TempPathFactory) -> Refresh:
    place = tmp_path_factory.mktemp("refreshed")
    return lambda settings: Refreshed(place / str(len([*place.iterdir()])), code_location, core, settings)


@pytest.fixture(scope="module")
def on_one_machine(refresh: Refresh) -> Refreshed:
    found = refresh("")
    assert found.run.success, failure_reasons(found.run)
    return found


@pytest.fixture
def cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[spark.Started]:
    spark.require_java()
    monkeypatch.setenv("SPARK_CONF_DIR", str(spark.for_few_rows(tmp_path / "driver")))
    with spark.cluster(tmp_path) as started:
        yield started


def at_the_third_table(monkeypatch: pytest.MonkeyPatch, do: Callable[[], object]) -> None:
    """Do something while the cluster computes the third of the tables."""
    write, written = Cluster.write, []

    def watched(self: Cluster, frame: Any, folder: Path) -> None:
        written.append(folder)
        if len(written) == 3:
            threading.Timer(0.3, do).start()
        write(self, frame, folder)

    monkeypatch.setattr(Cluster, "write", watched)


def says_the_same(found: Refreshed, expected: Refreshed) -> None:
    assert found.run.success, failure_reasons(found.run)
    for mart in RESULTS:
        frame = found.table(mart.name)
        assert frame.height > 0
        assert_frame_equal(frame, expected.table(mart.name), rel_tol=1e-9)


def made_by_spark(found: Refreshed) -> list[str]:
    made = found.place / "tables" / "working" / "marts"
    return sorted(folder.name for folder in made.iterdir() if [*folder.rglob("part-*.parquet")])


@pytest.mark.long
def test_a_cluster_gives_the_tables_of_one_machine_with_nothing_changed_but_the_settings(
    cluster: spark.Started, refresh: Refresh, on_one_machine: Refreshed
) -> None:
    found = refresh(ON_SPARK.format(at=cluster.address))
    says_the_same(found, on_one_machine)
    assert made_by_spark(found) == sorted(mart.name for mart in RESULTS)


@pytest.mark.long
def test_spark_connect_gives_the_same(
    cluster: spark.Started, refresh: Refresh, on_one_machine: Refreshed, tmp_path: Path
) -> None:
    with spark.connect(tmp_path, cluster) as (address, _):
        found = refresh(ON_SPARK.format(at=address))
    says_the_same(found, on_one_machine)
    assert made_by_spark(found) == sorted(mart.name for mart in RESULTS)


def test_a_worker_that_is_killed_half_way_stops_nothing(
    cluster: spark.Started, refresh: Refresh, on_one_machine: Refreshed, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_the_third_table(monkeypatch, lambda: spark.kill(cluster.workers[0]))
    found = refresh(ON_SPARK.format(at=cluster.address))
    says_the_same(found, on_one_machine)
    assert [worker.poll() is None for worker in cluster.workers] == [False, True]


def test_a_cluster_that_is_lost_is_one_sentence_and_nothing_is_published(
    cluster: spark.Started, refresh: Refresh, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gevinst.warehouse.spark.PATIENCE_S", 5)
    at_the_third_table(monkeypatch, lambda: [spark.kill(one) for one in (cluster.master, *cluster.workers)])
    found = refresh(ON_SPARK.format(at=cluster.address))
    assert not found.run.success
    [reason, *_] = failure_reasons(found.run)
    assert f"no worker of Spark at {cluster.address} was there for 5 s" in reason
    assert "\n" not in reason
    assert not found.is_published


@pytest.mark.long
def test_a_server_of_spark_connect_that_is_lost_is_one_sentence_and_nothing_is_published(
    cluster: spark.Started, refresh: Refresh, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pyspark.sql.connect.client.retries import DefaultPolicy

    # It tries for ten minutes, as a run waits for a worker.
    _, *others = DefaultPolicy.__init__.__defaults__
    monkeypatch.setattr(DefaultPolicy.__init__, "__defaults__", (2, *others))
    with spark.connect(tmp_path, cluster) as (address, server):
        at_the_third_table(monkeypatch, lambda: spark.kill(server))
        found = refresh(ON_SPARK.format(at=address))
    assert not found.run.success
    [reason, *_] = failure_reasons(found.run)
    assert f"Spark at {address} did not finish" in reason
    assert "\n" not in reason
    assert not found.is_published


def test_an_address_at_which_nothing_answers_is_one_sentence_and_nothing_is_published(refresh: Refresh) -> None:
    found = refresh(ON_SPARK.format(at="spark://127.0.0.1:1"))
    [reason, *_] = failure_reasons(found.run)
    assert "nothing answers at spark://127.0.0.1:1" in reason
    assert not found.is_published


def test_a_dry_run_leaves_no_table_where_the_cluster_had_them(
    core: Path, code_location: dg.Definitions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = ["[large]", f'core = "{core}"', ON_SPARK.format(at="spark://127.0.0.1:1").format(tables="tables")]
    (tmp_path / "gevinst.toml").write_text("\n".join(settings), encoding="utf-8")
    monkeypatch.setenv("GEVINST_WORKSPACE", str(workspace(tmp_path)))
    run_id = str(uuid4())
    computed = tmp_path / "tables" / run_id[:8] / "marts" / "edition_years" / "00000.parquet"
    computed.parent.mkdir(parents=True)
    computed.touch()
    with dg.DagsterInstance.ephemeral() as instance:
        code_location.resolve_job_def("dry_run").execute_in_process(
            partition_key="2026", instance=instance, run_id=run_id, raise_on_error=False
        )
    assert [*(tmp_path / "tables").iterdir()] == []


def test_of_more_projects_than_have_pages_results_are_made_and_no_edition(
    on_one_machine: Refreshed, code_location: dg.Definitions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEVINST_WORKSPACE", str(workspace(on_one_machine.place)))
    monkeypatch.setattr("gevinst.edition.assemble.MOST_PROJECTS", PROJECTS)
    assert too_many_projects(load_settings()) is None
    monkeypatch.setattr("gevinst.edition.assemble.MOST_PROJECTS", PROJECTS - 1)
    with dg.DagsterInstance.ephemeral() as instance:
        run = code_location.resolve_job_def("refresh").execute_in_process(
            partition_key="2026", instance=instance, asset_selection=[dg.AssetKey("edition")]
        )
        told = [entry.user_message for entry in instance.all_logs(run.run_id)]
    assert run.success
    assert any(f"No edition is made of {PROJECTS} projects" in line for line in told)
    assert not on_one_machine.is_published


def test_every_result_of_the_largest_kind_is_among_those_computed() -> None:
    assert set(COMPARED) <= {mart.name for mart in RESULTS} <= {mart.name for mart in MARTS}
