"""Advisories: a version is held against them as OSV describes it, and silence never looks like safety."""

from __future__ import annotations

import json
import tempfile
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gevinst.cli import main
from gevinst.edition import calendar
from gevinst.software.advisories import AdvisoryError, Audit, audit
from gevinst.software.locks import NPM, PYTHON, Component, everything

Events = list[dict[str, str]]


def advisory(
    name: str = "jinja2", events: Events | None = None, ecosystem: str = PYTHON, kind: str = "ECOSYSTEM", **more: Any
) -> dict[str, Any]:
    """An advisory about one package."""
    affected = {"package": {"ecosystem": ecosystem, "name": name}, "ranges": [{"type": kind, "events": events or []}]}
    return {"id": "X-1", "modified": "2026-11-01T00:00:00Z", "summary": "It breaks.", "affected": [affected], **more}


def held(version: str, events: Events, ecosystem: str = PYTHON, **more: Any) -> bool:
    """Whether a version is found by an advisory with these events."""
    found = asked([Component(ecosystem, "jinja2", version)], advisory(events=events, ecosystem=ecosystem, **more))
    return bool(found.findings)


def asked(components: list[Component], *advisories: dict[str, Any]) -> Audit:
    """The answer of a database of these advisories."""
    with tempfile.TemporaryDirectory() as folder:
        for number, one in enumerate(advisories):
            (Path(folder) / f"{number}.json").write_text(json.dumps(one), encoding="utf-8")
        return audit(components, Path(folder))


@pytest.mark.parametrize(
    ("version", "is_affected"),
    [("3.0", False), ("3.1", True), ("3.1.5", True), ("3.1.6rc1", True), ("3.1.6", False), ("3.10", False),
     ("4.0", True), ("4.0.post1", True), ("4.1", False)],
)  # fmt: skip
def test_a_version_is_held_against_every_stretch_of_an_advisory(version: str, is_affected: bool) -> None:
    events = [{"introduced": "3.1"}, {"fixed": "3.1.6"}, {"introduced": "4.0"}, {"last_affected": "4.0.post1"}]
    assert held(version, events) is held(version, events[::-1]) is is_affected


@pytest.mark.parametrize(
    ("version", "is_affected"),
    [("1.9.9", False), ("2.0.0-alpha.1", False), ("2.0.0", True), ("2.9.0", True), ("2.10.0-rc.9", True),
     ("2.10.0-rc.10", False), ("2.10.0", False), ("2.9.0+build", True)],
)  # fmt: skip
def test_a_version_of_the_front_end_is_ordered_as_npm_orders_it(version: str, is_affected: bool) -> None:
    events = [{"introduced": "2.0.0"}, {"fixed": "2.10.0-rc.10"}]
    assert held(version, events, NPM, kind="SEMVER") is is_affected


def test_a_fault_from_the_beginning_that_nobody_has_fixed_is_found() -> None:
    assert held("0.0.1", [{"introduced": "0"}]) and held("99", [{"introduced": "0"}])


@pytest.mark.parametrize(
    "other",
    [
        {"withdrawn": "2026-11-02T00:00:00Z"},
        {"kind": "GIT"},  # commits, not versions
        {"name": "jinja"},
    ],
)
def test_what_is_withdrawn_about_commits_or_about_another_package_is_not_found(other: dict[str, str]) -> None:
    jinja = Component(PYTHON, "jinja2", "3.1.6")
    assert asked([jinja], advisory(events=[{"introduced": "0"}], **other)).findings == []
    assert asked([jinja], advisory(events=[{"introduced": "0"}], ecosystem=NPM), advisory()).findings == []


@pytest.mark.parametrize("name", ["Ruamel.Yaml", "ruamel_yaml", "ruamel-yaml", "ruamel._-yaml"])
def test_a_package_of_python_is_found_under_any_spelling_of_its_name(name: str) -> None:
    component = Component(PYTHON, "ruamel-yaml", "0.18.1")
    events = [{"introduced": "0"}, {"fixed": "0.19"}, {"fixed": "0.18.10"}]
    (found,) = asked([component], advisory(name, events)).findings
    assert (found.component, found.advisory_id, found.summary) == (component, "X-1", "It breaks.")
    assert found.fixed == ("0.18.10", "0.19")


def test_a_version_that_is_listed_is_found_without_any_range() -> None:
    one = advisory()
    one["affected"][0]["versions"] = ["3.1.5", "3.1.6"]
    assert [asked([Component(PYTHON, "jinja2", version)], one).findings != [] for version in ("3.1.6", "3.1.7")] == [
        True,
        False,
    ]


def test_a_zip_as_it_is_downloaded_is_read_and_counted_with_its_newest_day(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("X-1.json", json.dumps(advisory(events=[{"introduced": "0"}])))
        archive.writestr("X-2.json", json.dumps(advisory("other", modified="2026-11-20T10:00:00Z")))
    found = audit([Component(PYTHON, "jinja2", "3.1.6")], tmp_path)
    assert [one.advisory_id for one in found.findings] == ["X-1"]
    assert (found.counts, found.newest) == ({PYTHON: 2}, {PYTHON: date(2026, 11, 20)})


@pytest.mark.parametrize("content", [b"PK no zip", b""])
def test_a_zip_that_is_not_whole_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "all.zip").write_bytes(content)
    with pytest.raises(AdvisoryError, match=r"all\.zip is no whole zip"):
        audit(everything(), tmp_path)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('{"a": 1}', "is no advisory"),
        ("", "is no advisory"),
        ('{"modified": "2026-11-01", "ecosystem": "PyPI", "name": "jinja2"', "cannot be read"),
        ('[{"modified": "2026-11-01", "ecosystem": "PyPI", "name": "jinja2"}]', "cannot be read"),
    ],
)
def test_a_file_that_is_no_advisory_is_named_and_not_passed_over(tmp_path: Path, text: str, complaint: str) -> None:
    (tmp_path / "x.json").write_text(text, encoding="utf-8")
    with pytest.raises(AdvisoryError, match=complaint):
        audit([Component(PYTHON, "jinja2", "3.1.6")], tmp_path)


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Advisories for both ecosystems that are about nothing here, on a day soon after."""
    monkeypatch.setattr(calendar, "today", lambda: date(2026, 11, 28))
    for ecosystem in (PYTHON, NPM):
        one = advisory("nothing-here", [{"introduced": "0"}], ecosystem)
        (tmp_path / f"{ecosystem}.json").write_text(json.dumps(one), encoding="utf-8")
    return tmp_path


def test_the_command_says_how_much_it_knows_and_how_old_that_is(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", str(database), "--language", "en"]) == 0
    said = capsys.readouterr().out
    assert "PyPI: 1 advisory, the newest of 1\u00a0November 2026 (27 days ago)." in said
    assert "npm: 1 advisory" in said and f"any of the {len(everything())} packages" in said


@pytest.mark.parametrize("missing", ["all", "npm.json", "PyPI.json"])
def test_without_advisories_the_command_says_so_and_does_not_pass(
    database: Path, missing: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in database.iterdir():
        if missing in ("all", path.name):
            path.unlink()
    assert main(["audit", str(database)]) == 1
    said = capsys.readouterr()
    assert said.out == "" and "det er ingen varsler for" in said.err
    assert main(["audit", str(database / "nowhere")]) == 1


def test_old_advisories_do_not_pass(database: Path, capsys: pytest.CaptureFixture[str], monkeypatch) -> None:
    monkeypatch.setattr(calendar, "today", lambda: date(2027, 1, 30))
    assert main(["audit", str(database)]) == 0
    monkeypatch.setattr(calendar, "today", lambda: date(2027, 1, 31))
    assert main(["audit", str(database)]) == 1
    assert "Varslene er for gamle" in capsys.readouterr().out


def test_a_package_of_the_locks_that_has_a_fault_is_named_with_what_to_do(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    starlette = next(one for one in everything() if one.name == "starlette")
    one = advisory("Starlette", [{"introduced": "0"}, {"fixed": "99.0"}], summary="A request can be repeated.")
    (database / "found.json").write_text(json.dumps(one), encoding="utf-8")
    assert main(["audit", str(database), "--language", "en"]) == 1
    said = capsys.readouterr().out
    assert f"starlette {starlette.version}: X-1, A request can be repeated. Fixed in: 99.0." in said
    assert "1 advisory is about packages in the locks: `make upgrade` takes newer versions." in said
