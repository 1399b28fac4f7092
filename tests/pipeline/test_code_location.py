from __future__ import annotations

import json
from datetime import UTC, datetime

import dagster as dg
import pytest

from assets.resources import Installation
from gevinst.contracts import ALL, MARTS, contract
from gevinst.quality import ALL_CHECKS, Severity
from pipelines.jobs import JOBS
from pipelines.schedules import yearly_edition
from pipelines.sensors import raw_files_changed


def test_every_table_is_an_asset_with_its_columns_and_units(code_location: dg.Definitions) -> None:
    specs = {spec.key: spec for spec in code_location.resolve_all_asset_specs()}
    for table in ALL:
        spec = specs[dg.AssetKey([table.layer, table.name])]
        columns = spec.metadata["dagster/column_schema"].columns
        assert tuple(column.name for column in columns) == table.column_names
        assert table.grain("en") in (spec.description or "")
    grant = next(
        column
        for column in specs[dg.AssetKey(["core", "project_grants"])].metadata["dagster/column_schema"].columns
        if column.name == "grant_nok"
    )
    assert "NOK, current prices" in grant.description


@pytest.mark.parametrize("mart", [mart.name for mart in MARTS])
def test_every_mart_leads_back_to_raw_files(code_location: dg.Definitions, mart: str) -> None:
    graph = code_location.resolve_asset_graph()
    upstream = graph.upstream_key_iterator(dg.AssetKey(["marts", mart]))
    raw = {key.path[-1] for key in upstream if key.path[0] == "raw"}
    assert "sources" in raw
    direct = {key.path[-1] for key in graph.get(dg.AssetKey(["marts", mart])).parent_keys}
    assert direct == set(contract(mart).depends_on)


def test_every_check_is_one_row_and_critical_ones_block(code_location: dg.Definitions) -> None:
    graph = code_location.resolve_asset_graph()
    shown = {key.name: graph.get_check_spec(key) for key in graph.asset_check_keys}
    assert set(shown) == {check.check_id for check in ALL_CHECKS}
    for check in ALL_CHECKS:
        assert shown[check.check_id].blocking is (check.severity is Severity.CRITICAL)


def test_there_are_three_jobs_and_only_one_of_them_publishes(code_location: dg.Definitions) -> None:
    assert [job.name for job in JOBS] == ["refresh", "publish", "dry_run"]
    keys = {job.name: code_location.resolve_job_def(job.name).asset_layer.executable_asset_keys for job in JOBS}
    assert keys["publish"] - keys["refresh"] == {dg.AssetKey("edition_in_force")}
    assert keys["dry_run"] - keys["refresh"] == {dg.AssetKey("what_would_change")}
    assert keys["refresh"] == keys["publish"] & keys["dry_run"]


def test_edition_years_begin_with_the_scheme_and_reach_the_running_year(code_location: dg.Definitions) -> None:
    graph = code_location.resolve_asset_graph()
    years = graph.get(dg.AssetKey(["edition"])).partitions_def.get_partition_keys()
    assert years[0] == "2016"
    assert years[-1] == str(datetime.now(UTC).year)


def asked_of(installation: Installation, year: int) -> list[str | None]:
    """The edition years that the schedule asks for on 15 January of a year."""
    with dg.build_schedule_context(
        scheduled_execution_time=datetime(year, 1, 15, 5, tzinfo=UTC), resources={"installation": installation}
    ) as context:
        return [request.partition_key for request in yearly_edition(context)]


def test_the_schedule_asks_for_the_year_that_has_ended_and_ships_stopped(installation: Installation) -> None:
    assert yearly_edition.default_status is dg.DefaultScheduleStatus.STOPPED
    assert (yearly_edition.cron_schedule, yearly_edition.execution_timezone) == ("0 6 15 1 *", "Europe/Oslo")
    assert yearly_edition.job_name == "publish"
    assert asked_of(installation, 2027) == ["2026"]


@pytest.mark.parametrize(
    ("published", "asked"),
    [("2026-1", ["2026"]), ("2025-3", ["2026"]), ("2023-1", ["2024", "2025", "2026"])],
)
def test_the_schedule_makes_up_for_years_that_were_missed(
    installation: Installation, published: str, asked: list[str]
) -> None:
    edition = installation.settings().editions_dir / published
    edition.mkdir(parents=True)
    (edition / "datapackage.json").write_text(json.dumps({"version": published, "is_illustrative": False}))
    assert asked_of(installation, 2027) == asked


def test_the_sensor_asks_for_a_dry_run_once_per_change_and_never_publishes(installation: Installation) -> None:
    assert raw_files_changed.job_name == "dry_run"
    assert raw_files_changed.default_status is dg.DefaultSensorStatus.STOPPED

    def look(cursor: str | None) -> dg.SensorResult:
        with dg.build_sensor_context(cursor=cursor, resources={"installation": installation}) as context:
            return raw_files_changed(context)

    first = look(None)
    assert len(first.run_requests) == 1
    again = look(first.cursor)
    assert not again.run_requests
    assert again.skip_reason
    (installation.settings().raw_dir / "registry" / "projects.csv").touch()
    assert not look(first.cursor).run_requests, "only content counts"
    with (installation.settings().raw_dir / "registry" / "projects.csv").open("a") as file:
        file.write("\n")
    changed = look(first.cursor)
    assert [request.run_key for request in changed.run_requests] == [changed.cursor]
