"""What an installation without locks is made of: the packages that are there, by their own word."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from gevinst.cli import main
from gevinst.commands import audit as command
from gevinst.edition import calendar, provenance
from gevinst.software import components, installed, locks
from gevinst.software.locks import NPM, PYTHON


def test_packages_say_of_themselves_what_the_lock_says_that_they_were_installed_from() -> None:
    said = {one.name: one for one in installed.needed_packages()}
    locked = {one.name: one for one in locks.made_with() if one.ecosystem == PYTHON}
    assert {name: (one.version, one.licences, one.is_direct) for name, one in said.items()} == {
        name: (one.version, one.licences, one.is_direct) for name, one in locked.items()
    }
    # The lock has needs of all systems; a package says what it needs on this one.
    assert [name for name, one in said.items() if not set(one.needs) <= set(locked[name].needs)] == []
    assert {"starlette", "dagster"} <= set(said["dagster-webserver"].needs)


def test_everything_beside_gevinst_is_known_and_only_what_it_needs_is_in_an_edition() -> None:
    everything = {one.name for one in installed.all_packages()}
    needed = {one.name for one in installed.needed_packages()}
    assert needed < everything
    assert {"pytest", "ruff"} <= everything - needed
    assert "gevinst" not in everything


def test_a_package_that_is_not_there_has_no_version_and_needs_nothing() -> None:
    assert installed.version_of("gevinst-no-such-package") is None
    assert list(installed._required("gevinst-no-such-package", "")) == []


def test_the_manifest_names_packages_of_extras_only_where_they_are_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert {"polars", "dagster-postgres"} <= set(provenance._libraries())
    monkeypatch.setattr(provenance, "version_of", lambda name: None if name == "dagster-postgres" else "1.0")
    named = provenance._libraries()
    assert "polars" in named and "dagster-postgres" not in named


@pytest.fixture
def from_a_wheel(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (components, command):
        monkeypatch.setattr(module, "is_installed", lambda: True)
    monkeypatch.setattr(locks, "made_with", None)
    monkeypatch.setattr(locks, "everything", None)


@pytest.mark.usefixtures("from_a_wheel")
def test_an_edition_made_by_an_installation_lists_its_packages_and_those_that_the_pages_carry() -> None:
    made = components.made_with()
    assert {(PYTHON, "polars"), (NPM, "@fontsource-variable/inter")} <= {(one.ecosystem, one.name) for one in made}
    assert "axe-core" not in {one.name for one in made}
    known = components.everything()
    assert {one.name for one in made} < {one.name for one in known}


@pytest.mark.usefixtures("from_a_wheel")
def test_an_installation_is_audited_and_told_to_take_newer_packages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(calendar, "today", lambda: date(2026, 11, 28))
    for number, (name, ecosystem) in enumerate({"starlette": PYTHON, "nothing-here": NPM}.items()):
        affected = {
            "package": {"ecosystem": ecosystem, "name": name},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}]}],
        }
        one = {"id": f"X-{number}", "modified": "2026-11-01T00:00:00Z", "affected": [affected]}
        (tmp_path / f"{number}.json").write_text(json.dumps(one), encoding="utf-8")
    assert main(["audit", str(tmp_path), "--language", "en"]) == 1
    said = capsys.readouterr().out
    assert "starlette" in said and "X-0" in said
    assert "about a package that is installed here: take a newer version of it, or of Gevinst." in said
    assert "make" not in said.split()
