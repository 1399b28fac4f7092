from __future__ import annotations

import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import dagster as dg
import pytest
from dagster._utils.schedules import get_latest_completed_cron_tick

from assets import code_version as versions
from assets.resources import Installation
from gevinst.contracts import ALL, MARTS, NEWS, contract
from gevinst.edition import calendar
from gevinst.method.catalogue import MART_FUNCTIONS
from gevinst.quality import ALL_CHECKS, Owner, Severity
from pipelines import jobs, schedules, sensors
from pipelines.jobs import JOBS
from pipelines.schedules import SCHEDULES, yearly_edition
from pipelines.sensors import SENSORS, raw_files_changed
from tests.data.manifests import describe_edition

ROOT = Path(__file__).parents[2]


def test_every_table_is_an_asset_with_its_columns_and_units(code_location: dg.Definitions) -> None:
    specs = {spec.key: spec for spec in code_location.resolve_all_asset_specs()}
    for table in set(ALL) - set(NEWS):  # news are made with the edition, which knows what was published before
        spec = specs[dg.AssetKey([table.layer, table.name])]
        columns = spec.metadata["dagster/column_schema"].columns
        assert tuple(column.name for column in columns) == table.column_names
        assert table.grain("en") in (spec.description or "")
    grant = next(
        column
        for column in specs[dg.AssetKey(["core", "project_grants"])].metadata["dagster/column_schema"].columns
        if column.name == "grant_amount"
    )
    assert "amount, current prices" in grant.description


def test_every_asset_says_what_it_is_of_what_kind_and_which_role_owns_it(code_location: dg.Definitions) -> None:
    roles = {f"team:{owner.value}" for owner in Owner}
    silent = [
        spec.key.to_user_string()
        for spec in code_location.resolve_all_asset_specs()
        if not (spec.description and spec.kinds and spec.owners and set(spec.owners) <= roles)
    ]
    assert silent == []


def test_every_asset_that_a_run_makes_carries_the_version_of_its_sources(code_location: dg.Definitions) -> None:
    specs = {spec.key: spec for spec in code_location.resolve_all_asset_specs()}
    made = {key: spec.code_version for key, spec in specs.items() if key.path[0] != "raw"}
    assert [key.to_user_string() for key, version in made.items() if not version] == []
    for mart in MARTS:
        expected = versions.code_version(MART_FUNCTIONS[mart.name].__module__)
        assert made[dg.AssetKey(["marts", mart.name])] == expected
    assert len(set(made.values())) > 10, "marts of different modules have versions of their own"


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Three modules and a text, of which `one` imports `two` and the package `words`, and none imports `three`."""
    place = tmp_path / "gevinst"
    (place / "words").mkdir(parents=True)
    sources = {
        "one.py": "from gevinst import two\ndef f():\n    from gevinst.words import say\n",
        "two.py": "import math\n",
        "three.py": "",
        "__init__.py": "",
        "words/__init__.py": "say = 1\n",
        "words/texts.toml": "a = 1\n",
    }
    for name, text in sources.items():
        (place / name).write_text(text)
    with monkeypatch.context() as patch:
        patch.setattr(versions, "_ROOT", tmp_path)
        yield place
    forget()


def forget() -> None:
    for kept in (versions.code_version, versions._source, versions._imports, versions._data_below, versions._hash):
        kept.cache_clear()


def version_now() -> str:
    forget()
    return versions.code_version("gevinst.one")


@pytest.mark.parametrize("changed", ["one.py", "two.py", "words/__init__.py", "words/texts.toml"])
def test_a_code_version_changes_with_every_source_that_the_module_leads_to(house: Path, changed: str) -> None:
    before = version_now()
    assert version_now() == before
    (house / changed).write_text((house / changed).read_text() + "# changed\n")
    assert version_now() != before


def test_a_code_version_stays_when_something_else_changes(house: Path) -> None:
    before = version_now()
    (house / "three.py").write_text("x = 1\n")
    assert version_now() == before


@pytest.mark.parametrize("name", ["edition", "edition_in_force"])
def test_an_edition_is_overdue_when_january_passes_without_one(code_location: dg.Definitions, name: str) -> None:
    specs = {spec.key: spec for spec in code_location.resolve_all_asset_specs()}
    policy = specs[dg.AssetKey(name)].freshness_policy
    now = datetime(2027, 3, 1, tzinfo=UTC)
    deadline = get_latest_completed_cron_tick(policy.deadline_cron, now, policy.timezone)
    assert (deadline.year, deadline.month, deadline.day) == (2027, 1, 16)
    asked = get_latest_completed_cron_tick(yearly_edition.cron_schedule, now, yearly_edition.execution_timezone)
    assert deadline - policy.lower_bound_delta < asked < deadline, "the yearly schedule itself keeps it fresh"


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


KINDS = {
    jobs: (JOBS, type(jobs.refresh)),
    schedules: (SCHEDULES, dg.ScheduleDefinition),
    sensors: (SENSORS, dg.SensorDefinition),
}
"""What a module of `pipelines` lists, and the kind of thing that it makes."""


def test_every_job_schedule_and_sensor_that_a_module_makes_is_in_its_list_and_in_the_code_location(
    code_location: dg.Definitions,
) -> None:
    for module, (listed, kind) in KINDS.items():
        made = [thing for thing in vars(module).values() if isinstance(thing, kind)]
        assert {thing.name for thing in made} == {thing.name for thing in listed}, module.__name__
    offered = code_location.get_repository_def()
    assert set(offered.job_names) >= {job.name for job in JOBS}
    assert {schedule.name for schedule in offered.schedule_defs} == {schedule.name for schedule in SCHEDULES}
    assert {sensor.name for sensor in offered.sensor_defs} == {sensor.name for sensor in SENSORS}


def _make_would_run(target: str) -> str:
    """The commands of a target of the Makefile, spaces made single."""
    done = subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True, check=True)
    return " ".join(done.stdout.replace("\\\n", " ").split())


def test_every_schedule_and_sensor_is_started_and_stopped_by_make_and_described() -> None:
    paper = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    for kind, things in (("schedule", SCHEDULES), ("sensor", SENSORS)):
        for thing in things:
            for verb in ("start", "stop"):
                printed = _make_would_run(f"schedule-{'on' if verb == 'start' else 'off'}")
                assert f"dagster {kind} {verb} {thing.name} " in printed
            assert f"`{thing.name}`" in paper


def test_edition_years_begin_with_the_scheme_and_reach_the_running_year(code_location: dg.Definitions) -> None:
    graph = code_location.resolve_asset_graph()
    years = graph.get(dg.AssetKey(["edition"])).partitions_def.get_partition_keys()
    assert years[0] == "2016"
    assert years[-1] == str(calendar.today().year)


def test_the_year_begins_in_dagsters_pages_when_it_does_in_oslo(code_location: dg.Definitions) -> None:
    years = code_location.resolve_asset_graph().get(dg.AssetKey(["edition"])).partitions_def
    half_an_hour_in = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert years.get_partition_keys(current_time=half_an_hour_in)[-1] == "2027"
    assert years.get_partition_keys(current_time=datetime(2026, 12, 31, 22, 30, tzinfo=UTC))[-1] == "2026"


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
    describe_edition(edition)
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
    assert len(changed.run_requests) == 1


def test_a_file_that_is_changed_back_is_a_change_and_gets_a_dry_run_of_its_own(installation: Installation) -> None:
    path = installation.settings().raw_dir / "registry" / "projects.csv"
    before, keys, cursor = path.read_bytes(), [], None
    for content in (before, before + b"\n", before, before + b"\n"):
        path.write_bytes(content)
        with dg.build_sensor_context(cursor=cursor, resources={"installation": installation}) as context:
            found = raw_files_changed(context)
        cursor = found.cursor
        keys += [request.run_key for request in found.run_requests]
    assert len(set(keys)) == 4, "Dagster starts one run for a key, for ever"


@pytest.mark.parametrize(("day", "year"), [(date(2027, 1, 5), "2026"), (date(2027, 2, 1), "2027")])
def test_the_sensor_tries_the_year_being_worked_on(
    installation: Installation, monkeypatch: pytest.MonkeyPatch, day: date, year: str
) -> None:
    monkeypatch.setattr(calendar, "today", lambda: day)
    with dg.build_sensor_context(resources={"installation": installation}) as context:
        (request,) = raw_files_changed(context).run_requests
    assert request.partition_key == year
