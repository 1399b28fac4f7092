"""What readers act on is made only by a whole run of the job for it, however the run was started."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import dagster as dg
import pytest

from assets.guard import YEAR_IS_NAMED_TAG, RunRefusedError, refuse_unsound
from assets.metadata import table_key
from assets.resources import Installation
from gevinst.contracts import CORE, MARTS, QUALITY, contract
from gevinst.edition import calendar
from pipelines.reports import record_of
from tests.data.runs import failure_reasons

EVERYTHING = None
WHOLE = ["edition", *(table_key(table).to_user_string() for table in (*CORE, *MARTS, *QUALITY))]


def listing(marts: Path) -> set[str]:
    return {str(path.relative_to(marts)) for path in marts.rglob("*")}


def run_of(job: str, chosen: list[str] | None, steps: list[str] | None = None, **tags: str) -> dg.DagsterRun:
    return dg.DagsterRun(
        job_name=job,
        run_id="0123456789",
        asset_selection=frozenset(map(dg.AssetKey.from_user_string, chosen)) if chosen else None,
        step_keys_to_execute=steps,
        tags={"dagster/partition": "2026", **tags},
    )


@pytest.mark.parametrize(
    "chosen", [EVERYTHING, ["edition_in_force"], ["what_would_change"], ["edition", "edition_in_force"]], ids=str
)
def test_a_chance_choice_of_assets_never_publishes_and_is_refused_before_its_first_step(
    code_location: dg.Definitions,
    after_small: Installation,
    chosen: list[str] | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GEVINST_RAW_DIR", after_small.raw_dir or "")
    monkeypatch.setenv("GEVINST_MARTS_DIR", after_small.marts_dir or "")
    marts = after_small.settings().marts_dir
    before, in_force = listing(marts), after_small.settings().current.resolve()
    job = code_location.resolve_implicit_global_asset_job_def()
    keys = [dg.AssetKey(name) for name in chosen] if chosen else None
    with dg.DagsterInstance.ephemeral() as instance:
        result = job.execute_in_process(
            partition_key="2026",
            asset_selection=keys,
            instance=instance,
            raise_on_error=False,
        )
        run = instance.get_run_by_id(result.run_id)
        assert run is not None
        (fault,) = record_of(run, instance).faults
    assert not result.success
    assert [event for event in result.all_events if event.is_step_start] == []
    name = next((key for key in chosen or [] if key != "edition"), "edition_in_force")
    assert f"{name} is made only by the job" in fault.en
    assert f"{name} lages bare av jobben" in fault.nb
    assert (listing(marts), after_small.settings().current.resolve()) == (before, in_force)


@pytest.mark.parametrize(
    "run",
    [
        run_of("publish", ["edition", "edition_in_force"]),
        run_of("publish", ["edition_in_force"]),
        run_of("publish", [name for name in WHOLE if "project_status" not in name] + ["edition_in_force"]),
        run_of("publish", None, ["edition_in_force"]),
        run_of("publish", None, ["edition", "edition_in_force"]),
        run_of("dry_run", ["what_would_change"]),
        run_of("dry_run", None, ["what_would_change"]),
    ],
)
def test_a_part_of_a_job_would_build_on_what_an_earlier_run_left_and_is_refused(run: dg.DagsterRun) -> None:
    with pytest.raises(RunRefusedError, match="runs only as a whole"):
        refuse_unsound(run)


@pytest.mark.parametrize(
    "run",
    [
        run_of("publish", None),
        run_of("publish", [*WHOLE, "edition_in_force"]),
        run_of("dry_run", [*WHOLE, "what_would_change"]),
        run_of("refresh", ["edition"]),
        run_of("__ASSET_JOB", ["edition"]),
        run_of("__ASSET_JOB", [table_key(contract("project_status")).to_user_string()]),
    ],
)
def test_whole_jobs_and_whatever_nobody_reads_may_run(run: dg.DagsterRun) -> None:
    refuse_unsound(run)


def test_a_year_that_has_just_begun_is_published_only_when_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calendar, "today", lambda: date(2026, 1, 5))
    with pytest.raises(RunRefusedError, match=r"2026 has just begun.*Choose 2025"):
        refuse_unsound(run_of("publish", None))
    refuse_unsound(run_of("publish", None, **{YEAR_IS_NAMED_TAG: "true"}))
    refuse_unsound(run_of("dry_run", None))
    monkeypatch.setattr(calendar, "today", lambda: date(2026, 2, 1))
    refuse_unsound(run_of("publish", None))


@pytest.mark.parametrize("end", ["edition_in_force", "what_would_change"])
def test_an_end_that_is_made_without_any_job_asks_once_more(
    end: str, code_location: dg.Definitions, after_small: Installation
) -> None:
    before = listing(after_small.settings().marts_dir)
    asset = code_location.get_assets_def(end)
    result = dg.materialize(
        [asset],
        partition_key="2026",
        resources={"installation": after_small},
        selection=[asset],
        raise_on_error=False,
    )
    assert f"{end} is made only by the job" in failure_reasons(result)[0]
    assert listing(after_small.settings().marts_dir) == before
