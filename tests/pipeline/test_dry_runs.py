from __future__ import annotations

import re
import threading
from pathlib import Path

import dagster as dg
import polars as pl
import pytest

from assets.resources import Installation
from gevinst import lock
from gevinst.lock import run_lock
from tests.data.runs import failure_reasons

PROJECTS = "registry/projects.csv"


def left_in(marts: Path) -> set[str]:
    """What lies below a marts folder, apart from what dry runs leave."""
    return {str(path.relative_to(marts)) for path in marts.rglob("*") if "dry_runs" not in path.parts}


def page_of(installation: Installation) -> str:
    (place,) = installation.settings().dry_runs_dir.iterdir()
    return (place / "edition/site/en/what-would-change/index.html").read_text(encoding="utf-8")


def edit(installation: Installation, old: str, new: str) -> None:
    path = installation.settings().raw_dir / PROJECTS
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.slow
def test_a_dry_run_builds_everything_ends_in_its_page_and_leaves_nothing_else(run, small) -> None:
    result = run(small, "dry_run")
    assert result.success, "\n".join(failure_reasons(result))
    assert "There is no earlier edition to compare with" in page_of(small)
    (made,) = result.asset_materializations_for_node("what_would_change")
    assert Path(str(made.metadata["page_nb"].value)).is_file()
    assert "Publishing would put it in force." in str(made.metadata["summary_en"].value)
    assert len(result.get_asset_check_evaluations()) > 50, "each check is reported by itself"
    assert left_in(Path(small.marts_dir or "")) == set()


def test_a_dry_run_of_bad_files_fails_and_its_page_says_what_to_mend(run, installation) -> None:
    edit(installation, "2018-kudos,2018-1", "2018-kudos,2019-1")
    result = run(installation, "dry_run")
    assert failure_reasons(result)[0].startswith(f"{PROJECTS}, row ")
    page = page_of(installation)
    assert "One fault stops the edition" in page
    assert "2019-1" in page
    assert left_in(Path(installation.marts_dir or "")) == set()


@pytest.mark.slow
def test_a_dry_run_that_fails_a_critical_check_ends_in_a_page_with_the_check_on_top(run, small) -> None:
    problem = pl.read_csv(small.settings().raw_dir / PROJECTS, infer_schema=False)["problem_en"].drop_nulls()[0]
    edit(small, problem, "They are 1234 in all.")
    first = failure_reasons(run(small, "dry_run"))[0]
    assert "the check texts_say_the_same_numbers failed" in first
    assert first.splitlines()[0].endswith(".") and "To be corrected by" in first.splitlines()[0]
    page = page_of(small)
    assert "cannot be built: one critical check did not pass" in page
    assert re.search(r"<h2[^>]*>[^<]*did not pass", page)


def retries(result: dg.ExecuteInProcessResult) -> int:
    return sum(event.is_step_up_for_retry for event in result.all_events)


def test_bad_data_are_never_tried_again(make_core, installation) -> None:
    edit(installation, "2018-kudos,2018-1", "2018-kudos,2019-1")
    result = make_core()
    assert not result.success
    assert retries(result) == 0


def test_a_run_waits_for_another_that_is_going_on_and_says_so(make_core, installation, monkeypatch) -> None:
    monkeypatch.setattr(lock, "LOOK_EVERY_SECONDS", 0.01)
    messages, has_waited = [], threading.Event()

    def remember(self, message: str, *args: object, **kwargs: object) -> None:
        messages.append(message)
        has_waited.set()

    monkeypatch.setattr(dg.DagsterLogManager, "info", remember)
    results: list[dg.ExecuteInProcessResult] = []
    with run_lock(installation.settings().working_dir, "the run 1234 (publish 2026)", print):
        second = threading.Thread(target=lambda: results.append(make_core()))
        second.start()
        assert has_waited.wait(60)
        assert not results
    second.join()
    assert results[0].success
    assert messages[0] == "waiting for the run 1234 (publish 2026), which is going on; this run begins when it ends"
