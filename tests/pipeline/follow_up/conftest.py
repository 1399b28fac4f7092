"""An installation with an edition that owners are asked from, and what comes back."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gevinst.contracts import contract
from gevinst.contracts.vocabulary import FIRST_REQUEST
from gevinst.follow_up.ask import Asking, asked_of, newest_edition_of, record_requests, units_of, view_of
from gevinst.follow_up.form import ANSWER_FORMAT
from gevinst.follow_up.prefill import Form
from gevinst.follow_up.sheet import Units
from gevinst.intake.core import read_core
from gevinst.settings import Settings, load_settings
from tests.data import kept

YEAR, ASKED_ON, LATER = 2026, date(2027, 2, 1), date(2027, 3, 1)


@pytest.fixture
def settings(published_small: Path, tmp_path: Path) -> Settings:
    """The small invented portfolio, published, in a place of its own."""
    place = Path(shutil.copytree(published_small, tmp_path / "installation", symlinks=True))
    return replace(load_settings(), raw_dir=place / "raw", marts_dir=place / "marts")


@pytest.fixture(scope="session")
def asked_small(published_small: Path) -> Path:
    """The same after every owner was asked, and that was logged; not to be changed."""

    def ask_all(folder: Path) -> None:
        place = Path(shutil.copytree(published_small, folder / "installation", symlinks=True))
        settings = replace(load_settings(), raw_dir=place / "raw", marts_dir=place / "marts")
        asking = asked_of(newest_edition_of(settings, YEAR), settings, FIRST_REQUEST, ASKED_ON, "nb")
        record_requests(asking, settings, ASKED_ON, lambda *_: None)

    return kept.folder("asked-small", ask_all) / "installation"


@pytest.fixture
def asked_settings(asked_small: Path, tmp_path: Path) -> Settings:
    """An installation in which every owner was asked, in a place of its own."""
    place = Path(shutil.copytree(asked_small, tmp_path / "installation", symlinks=True))
    return replace(load_settings(), raw_dir=place / "raw", marts_dir=place / "marts")


Asked = Callable[..., list[Asking]]


@pytest.fixture
def ask(settings: Settings) -> Asked:
    """Whoever is asked on a day, and with `is_logged` the log of it."""

    def ask(
        kind: str = FIRST_REQUEST, on: date = ASKED_ON, *, is_logged: bool = False, language: str = "nb"
    ) -> list[Asking]:
        asking = asked_of(newest_edition_of(settings, YEAR), settings, kind, on, language)
        if is_logged:
            record_requests(asking, settings, on, lambda *_: None)
        return asking

    return ask


@pytest.fixture
def units(settings: Settings) -> Units:
    return units_of(view_of(newest_edition_of(settings, YEAR), settings))


@pytest.fixture
def table(settings: Settings) -> Callable[[str], list[dict[str, Any]]]:
    """Rows of a core table that the raw files have now and the edition did not know."""
    known = newest_edition_of(settings, YEAR).tables()

    def rows(name: str) -> list[dict[str, Any]]:
        now = read_core(settings.raw_dir).tables[name]
        return now.join(known[name], on=list(contract(name).key), how="anti").to_dicts()

    return rows


def saved(form: Form, answers: dict[str, Any], on: date = LATER, **own: Any) -> dict[str, Any]:
    """What the form saves."""
    return {
        "format": ANSWER_FORMAT,
        "form_id": form["form_id"],
        "edition_id": form["edition_id"],
        "owner_id": form["owner_id"],
        "prefilled_sha256": form["sha256"],
        "language": "nb",
        "answered_on": on.isoformat(),
        "answers": answers,
        **own,
    }


def file_of(folder: Path, name: str, content: object) -> Path:
    """A file of answers in a folder of its own."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path
