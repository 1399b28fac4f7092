"""The units of systemd: they can be loaded, start commands that exist, and can do little harm."""

from __future__ import annotations

import configparser
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from dagster._daemon.cli import run_command

from gevinst.commands import load_command
from pipelines.pages import HOST
from pipelines.pages import main as pages
from tests.conftest import CHROMIUM_FLAGS
from tests.data.kept import ROOT
from tests.pipeline.deploy.nginx import required_program

UNITS = ROOT / "deploy" / "systemd"
SERVICES = sorted(UNITS.glob("*.service"))
TIMERS = sorted(UNITS.glob("*.timer"))
SHARED = UNITS / "gevinst-.service.d" / "hardening.conf"
MOST_EXPOSED = 20
"""In tenths, as ``systemd-analyze security`` gives it: 2.0 of 10; a service without any hardening has 9.6."""


@pytest.fixture(scope="module")
def analyze() -> str:
    """Path of systemd-analyze, which needs no running systemd."""
    return required_program("systemd-analyze", "which checks the units of docs/deploy.md")


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units as they would lie on a server, over this checkout with its environment."""
    checkout = tmp_path / "checkout"
    checkout.mkdir()
    (checkout / ".venv").symlink_to(sys.prefix)
    (checkout / "workspace.yaml").symlink_to(ROOT / "workspace.yaml")
    folder = Path(shutil.copytree(UNITS, tmp_path / "units"))
    for path in [one for one in folder.rglob("*") if one.is_file()]:
        path.write_text(path.read_text(encoding="utf-8").replace("/opt/gevinst", str(checkout)), encoding="utf-8")
    return folder


def verified(analyze: str, units: Path) -> str:
    """What systemd-analyze complains of; drop-ins are found beside the units."""
    names = [str(path) for path in sorted(units.glob("gevinst-*.*")) if path.is_file()]
    done = subprocess.run(
        [analyze, "verify", "--man=no", *names],
        env={**os.environ, "SYSTEMD_UNIT_PATH": f"{units}:"},
        capture_output=True,
        text=True,
    )
    lines = (done.stdout + done.stderr).splitlines()
    complaints = [line for line in lines if "gevinst-" in line]  # units of this machine may have faults of their own
    return "\n".join(complaints) or ("" if done.returncode == 0 else done.stderr)


def test_every_unit_can_be_loaded_and_starts_a_program_that_is_there(analyze: str, units: Path) -> None:
    assert len(SERVICES) >= 5 and len(TIMERS) >= 3
    assert verified(analyze, units) == ""


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("gevinst-pages.service", "bin/python", "bin/no-python"),
        ("gevinst-daemon.service", "Restart=on-failure", "Restart=perhaps"),
        ("gevinst-backup.timer", "02:00", "25:00"),
        ("gevinst-.service.d/hardening.conf", "ProtectSystem=strict", "ProtectSystm=strict"),
        ("gevinst-.service.d/hardening.conf", "@system-service", "@no-such-set"),
    ],
)
def test_a_planted_fault_is_named(analyze: str, units: Path, name: str, old: str, new: str) -> None:
    text = (units / name).read_text(encoding="utf-8")
    assert old in text
    (units / name).write_text(text.replace(old, new), encoding="utf-8")
    assert new.partition("=")[0] in verified(analyze, units) or name in verified(analyze, units)


@pytest.mark.parametrize("name", [path.name for path in SERVICES])
def test_a_service_can_do_little_harm(analyze: str, units: Path, name: str) -> None:
    done = subprocess.run(
        [analyze, "security", "--offline=true", f"--threshold={MOST_EXPOSED}", "--no-pager", str(units / name)],
        env={**os.environ, "SYSTEMD_UNIT_PATH": f"{units}:"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-500:] + done.stderr


def calls_of(analyze: str, name: str) -> set[str]:
    """The system calls of a group, with those of groups in it."""
    done = subprocess.run([analyze, "syscall-filter", "--no-pager", name], capture_output=True, text=True, check=True)
    names = [line.split()[0] for line in done.stdout.splitlines()[1:] if line.startswith(" ") and "#" not in line]
    return {call for one in names for call in (calls_of(analyze, one) if one.startswith("@") else {one})}


def forbidden_calls(analyze: str) -> set[str]:
    """What a service may not ask of the kernel, by the lines of the filter in their order."""
    allowed: set[str] = set()
    for line in re.findall(r"^SystemCallFilter=(.*)$", SHARED.read_text(encoding="utf-8"), re.MULTILINE):
        names = line.removeprefix("~").split()
        calls = {call for one in names for call in (calls_of(analyze, one) if one.startswith("@") else {one})}
        allowed = allowed - calls if line.startswith("~") else allowed | calls
    return calls_of(analyze, "@known") - allowed


@pytest.mark.slow
def test_chromium_draws_with_the_system_calls_that_a_service_may_make(
    analyze: str, chromium_path: str, tmp_path: Path
) -> None:
    forbidden = forbidden_calls(analyze)
    assert {"mount", "ptrace", "chown", "setuid"} <= forbidden and "read" not in forbidden
    names = ",".join(f"?{call}" for call in sorted(forbidden))
    strace = [required_program("strace", "which refuses system calls"), "-f", "-qq", "--seccomp-bpf", "-o", "/dev/null"]
    refused = ["-e", f"trace={names}", "-e", f"inject={names}:error=EPERM"]
    page = "data:text/html,<script>document.write(6*7)</script>"
    drawn = subprocess.run(
        [
            *strace,
            *refused,
            chromium_path,
            "--headless",
            *CHROMIUM_FLAGS,
            f"--user-data-dir={tmp_path}",
            "--dump-dom",
            page,
        ],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert "42" in drawn.stdout, drawn.stderr[-1000:]


def settings_of(path: Path) -> configparser.SectionProxy:
    """The part [Service] of a unit; a name that is given twice has the last value."""
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(path, encoding="utf-8")
    return parser["Service"]


def accept(command: click.Command, words: list[str]) -> None:
    """Take the words as the command would, and run nothing; a command keeps the names of its help ever after."""
    command.make_context(command.name, words, help_option_names=["-h", "--help"])


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.stem)
def test_a_service_starts_a_command_as_it_may_be_typed(path: Path) -> None:
    program, *words = shlex.split(settings_of(path)["ExecStart"])
    name = Path(program).name
    if name == "gevinst":
        command = load_command(words.pop(0))
    else:
        command = {"dagster-daemon": run_command, "python": pages}[name]
        assert words.pop(0) == {"dagster-daemon": "run", "python": "-m"}[name]
        if name == "python":
            assert words.pop(0) == "pipelines.pages"
    assert command is not None
    accept(command, [word.replace("/opt/gevinst", str(ROOT)) for word in words])


def test_a_command_that_does_not_exist_would_be_noticed() -> None:
    command = load_command("backup")
    assert command is not None and load_command("no-such-command") is None
    with pytest.raises(click.UsageError):
        accept(command, ["/var/backups/gevinst", "--kept", "30"])


def test_leaders_get_pages_that_change_nothing_on_the_address_and_by_the_name_that_nginx_has() -> None:
    words = shlex.split(settings_of(UNITS / "gevinst-pages.service")["ExecStart"])
    assert "--read-only" in words
    value = {name: words[words.index(name) + 1] for name in ("--port", "--behind")}
    text = (ROOT / "deploy/nginx.conf").read_text(encoding="utf-8")
    assert {*re.findall(r"proxy_pass http://([^;]+);", text)} == {f"{HOST}:{value['--port']}"}
    assert f"    server_name {value['--behind'].removeprefix('https://')};" in text


def test_every_service_runs_as_a_user_of_its_own_with_the_code_read_only() -> None:
    shared = settings_of(SHARED)
    assert (shared["User"], shared["ProtectSystem"], shared["NoNewPrivileges"]) == ("gevinst", "strict", "yes")
    written = " ".join([shared["ReadWritePaths"], *(settings_of(path).get("ReadWritePaths", "") for path in SERVICES)])
    allowed = {f"/opt/gevinst/{name}" for name in ("data", ".dagster_home", ".cache")} | {"/var/backups/gevinst"}
    assert {*written.split()} == allowed
    overridden = {path.name: {*settings_of(path)} & {*shared} - {"ReadWritePaths"} for path in SERVICES}
    assert not any(overridden.values()), overridden


@pytest.mark.parametrize("path", TIMERS, ids=lambda path: path.stem)
def test_a_timer_starts_a_service_and_catches_up_after_a_night_off(path: Path) -> None:
    assert path.with_suffix(".service").exists()
    assert "Persistent=yes" in path.read_text(encoding="utf-8")


def test_every_unit_is_described_in_the_paper() -> None:
    paper = (ROOT / "docs" / "deploy.md").read_text(encoding="utf-8")
    units = [*TIMERS, *(path for path in SERVICES if not path.with_suffix(".timer").exists())]
    assert [path.name for path in units if f"`{path.name}`" not in paper] == []
