"""Runs are remembered for as long as the papers say, and then nothing of them is left."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest
import yaml

from assets.resources import Installation
from gevinst.bilingual import Bilingual
from gevinst.notices.record import KEPT_DAYS, RunRecord, runs_dir, write_record
from pipelines.retention import forget_old_runs
from tests.data import kept

DAY = timedelta(days=1)


@dg.op
def says_a_word(context: dg.OpExecutionContext) -> None:
    context.log.info("a word that nobody else says")


@dg.job
def told() -> None:
    says_a_word()


@pytest.mark.parametrize(("days", "is_kept"), [(KEPT_DAYS - 1, True), (KEPT_DAYS + 1, False)])
def test_a_run_that_is_old_enough_is_gone_from_dagsters_home(tmp_path: Path, days: int, is_kept: bool) -> None:
    with dg.DagsterInstance.local_temp(str(tmp_path)) as instance:
        run_id = told.execute_in_process(instance=instance).run_id
        forget_old_runs(instance, datetime.now(UTC) + days * DAY)
    with dg.DagsterInstance.local_temp(str(tmp_path)) as instance:
        assert (instance.get_run_by_id(run_id) is not None) is is_kept
        assert bool(instance.all_logs(run_id)) is is_kept
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(b"a word that nobody else says" in path.read_bytes() for path in files) is is_kept


def test_a_run_that_has_not_ended_is_left_alone(tmp_path: Path) -> None:
    with dg.DagsterInstance.local_temp(str(tmp_path)) as instance:
        run = instance.create_run_for_job(told)
        forget_old_runs(instance, datetime.now(UTC) + 2 * KEPT_DAYS * DAY)
        assert instance.get_run_by_id(run.run_id) is not None


def test_records_in_the_marts_folder_go_as_early(small: Installation) -> None:
    settings, said, now = small.settings(), Bilingual("a", "b"), datetime.now(UTC)
    for number, after in enumerate((0, KEPT_DAYS - 1, KEPT_DAYS + 1)):
        assert write_record(settings, RunRecord(f"run-{number}", "publish", 2026, now + after * DAY, True), said, said)
        left = {path.stem for path in runs_dir(settings).glob("*.json")}
        assert ("run-0" in left) is (after <= KEPT_DAYS)


def test_the_papers_and_the_settings_say_the_same() -> None:
    text = " ".join((kept.ROOT / "docs" / "operations.md").read_text(encoding="utf-8").split())
    assert f"began more than {KEPT_DAYS} days ago" in text
    stated = yaml.safe_load((kept.ROOT / "pipelines" / "dagster.yaml").read_text(encoding="utf-8"))
    assert stated["compute_logs"]["class"] == "NoOpComputeLogManager"
    assert stated["retention"]["schedule"]["purge_after_days"] == KEPT_DAYS
