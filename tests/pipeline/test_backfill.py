"""Editions of several years in one run, as the shell starts it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from gevinst.cli import main
from gevinst.edition import edition_in_force, list_editions
from gevinst.edition.checksums import verify_files
from gevinst.settings import load_settings


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation of its own: the committed raw files, and no marts yet."""
    raw = Path(__file__).parents[2] / "data" / "raw"
    monkeypatch.setenv("GEVINST_RAW_DIR", str(shutil.copytree(raw, tmp_path / "raw")))
    monkeypatch.setenv("GEVINST_MARTS_DIR", str(tmp_path / "marts"))
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "home"))
    return tmp_path / "marts"


@pytest.fixture
def published() -> Callable[[], list[str]]:
    return lambda: [edition.edition_id for edition in list_editions(load_settings())]


@pytest.mark.slow
def test_earlier_years_are_published_without_a_switch_and_a_year_without_projects_is_refused(
    place: Path, published: Callable[[], list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["publish", "--year", "2018"]) == 0
    capsys.readouterr()

    assert main(["publish", "--years", "2016-2018", "--language", "en"]) == 1

    said, complained = capsys.readouterr()
    assert "there is no edition of 2016: no source named a project by then; editions can be of 2017 to" in complained
    assert "Edition 2017-1 is published; the edition in force is of a later year and stays." in said
    # 2018-1 called itself the first edition; now there is one before it.
    assert published() == ["2017-1", "2018-1", "2018-2"]
    in_force = edition_in_force(load_settings())
    assert in_force is not None and in_force.edition_id == "2018-2"
    verify_files(place / "editions" / "2017-1")
    lines = said.splitlines()[-3:]
    assert [line.split()[0] for line in lines] == ["2016", "2017", "2018"]
    assert "failed" in lines[0] and "published" in lines[1] and "8 projects" in lines[1]

    assert main(["publish", "--year", "2018", "--language", "en"]) == 0
    assert published() == ["2017-1", "2018-1", "2018-2"], "nothing has changed, nothing new is published"
    assert "is in force already; nothing has changed" in capsys.readouterr().out


@pytest.mark.parametrize("years", ["2021-2019", "i fjor"])
def test_years_that_make_no_sense_are_refused_before_anything_runs(
    years: str, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["publish", "--years", years]) == 2
    assert years in capsys.readouterr().err
    assert not place.exists()
