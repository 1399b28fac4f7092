"""What a wheel carries: all that an edition is made of and none of what is not, or no wheel is built."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path

import pytest

from gevinst.checkout import CARRIED, COPIES, is_installed, text_of
from gevinst.site import bundle, front_end
from scripts.wheel_contents import FRONTEND, front_end_fault
from tests.data.wheels import ROOT, build, built

PACKAGES = f"{FRONTEND}/node_modules"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    with zipfile.ZipFile(built(tmp_path_factory.mktemp("wheel"))) as opened:
        yield opened


def kept_files() -> set[str]:
    """Files of the packages in this checkout, without those that the program makes and those of others."""
    found = (path for package in ("gevinst", "assets", "pipelines") for path in (ROOT / package).rglob("*"))
    others = {"node_modules", "__pycache__", ".npmrc"}
    return {path.relative_to(ROOT).as_posix() for path in found if path.is_file() and not others & {*path.parts}}


def test_a_wheel_carries_every_module_text_template_and_table_of_the_program(wheel: zipfile.ZipFile) -> None:
    carried = {name for name in wheel.namelist() if PACKAGES not in name and COPIES not in name}
    ours = {name for name in carried if ".dist-info/" not in name}
    assert ours == kept_files()
    endings = {Path(name).suffix for name in ours}
    assert {".py", ".toml", ".html", ".css", ".js", ".typ", ".csv", ".sql", ".yaml"} <= endings


def test_a_wheel_carries_the_used_files_of_the_front_end_packages_with_a_licence_of_each_and_no_others(
    wheel: zipfile.ZipFile,
) -> None:
    carried = {name.removeprefix(f"{PACKAGES}/") for name in wheel.namelist() if name.startswith(PACKAGES)}
    assert carried == set(front_end.used_files())
    licensed = {name.rpartition("/LICENSE")[0] for name in carried if "/LICENSE" in name}
    assert licensed == set(front_end.USED)
    assert wheel.read(f"{PACKAGES}/{front_end.SQL_WASM}") == (ROOT / PACKAGES / front_end.SQL_WASM).read_bytes()


def test_a_wheel_carries_the_licences_that_an_edition_states(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    assert not is_installed() and not is_installed(tmp_path)
    wheel.extractall(tmp_path)
    assert is_installed(tmp_path)
    assert {name: text_of(name, tmp_path) for name in CARRIED} == {name: text_of(name) for name in CARRIED}


def test_a_wheel_brings_the_command_and_what_starts_runs(wheel: zipfile.ZipFile) -> None:
    (name,) = [name for name in wheel.namelist() if name.endswith("/entry_points.txt")]
    points = ConfigParser()
    points.read_string(wheel.read(name).decode())
    assert dict(points["console_scripts"]) == {"gevinst": "gevinst.cli:main"}
    assert {"publish", "dry-run"} <= set(points["gevinst.commands"])


def test_the_same_checkout_gives_the_same_wheel(wheel: zipfile.ZipFile, tmp_path: Path) -> None:
    assert built(tmp_path).read_bytes() == Path(wheel.filename or "").read_bytes()


def test_pages_are_made_of_the_used_files_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bundle.write_assets(tmp_path / "all")
    for name in front_end.used_files():
        (tmp_path / "few" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(front_end.PACKAGES / name, tmp_path / "few" / name)
    monkeypatch.setattr(front_end, "PACKAGES", tmp_path / "few")
    bundle.write_assets(tmp_path / "made")
    made, whole = ({p.name: p.read_bytes() for p in (tmp_path / one).rglob("*.*")} for one in ("made", "all"))
    assert made == whole and len(made) > 15


def test_a_builder_of_the_container_gets_what_the_same_wheel_is_built_of_and_nothing_of_a_scheme(
    wheel: zipfile.ZipFile, tmp_path: Path
) -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    patterns = [line for line in lines if line and not line.startswith("#")]
    assert patterns[0] == "*", "everything that is not named stays out"
    handed = [line[1:] for line in patterns if line.startswith("!")]
    left_out = shutil.ignore_patterns(*(line.removeprefix("**/") for line in patterns if line.startswith("**/")))
    for name in handed:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name, ignore=left_out)
        else:
            shutil.copyfile(ROOT / name, tmp_path / name)
    assert {path.name for path in (tmp_path / "data").iterdir()} == {"LICENSE.md"}
    assert not (tmp_path / PACKAGES).exists()
    (tmp_path / PACKAGES).symlink_to(ROOT / PACKAGES)  # which the builder fetches
    done = build(tmp_path / "dist", tmp_path)
    assert done.returncode == 0, done.stderr
    (made,) = tmp_path.glob("dist/*.whl")
    assert made.read_bytes() == Path(wheel.filename or "").read_bytes()


def test_the_container_copies_files_that_a_builder_gets_and_does_not_run_as_root() -> None:
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    handed = (ROOT / ".dockerignore").read_text(encoding="utf-8")
    copied = [name for line in re.findall(r"^COPY (?!--from)(.+) \./$", text, re.MULTILINE) for name in line.split()]
    assert [name for name in copied if name != "." and f"!{name}\n" not in handed] == [] and len(copied) == 3
    last = text.rpartition("\nFROM ")[2]
    assert re.findall(r"^(USER|WORKDIR|ENTRYPOINT) (.+)$", last, re.MULTILINE) == [
        ("USER", "gevinst"),
        ("WORKDIR", "/workspace"),
        ("ENTRYPOINT", '["gevinst"]'),
    ]
    assert set(re.findall(r"\b[\w-]+(?:\.[\w-]+)*\.(?:io|com|org|net|dev)\b", text)) == {"docker.io"}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The least that a wheel is built of, with the used files of the front-end packages."""
    place = tmp_path / "checkout"
    files = ("pyproject.toml", "scripts/wheel_contents.py", "gevinst/checkout.py", "gevinst/site/front_end.py")
    packages = (f"{PACKAGES}/{name}" for name in front_end.used_files())
    described = (f"{PACKAGES}/{name}/package.json" for name in front_end.USED)
    for name in (*files, *CARRIED, f"{FRONTEND}/package-lock.json", *packages, *described):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, place / name)
    for package in ("assets", "pipelines", "gevinst"):
        (place / package).mkdir(exist_ok=True)
        (place / package / "__init__.py").touch()
    return place


@pytest.mark.parametrize("missing", ["", front_end.DESIGN_SYSTEM, front_end.report_font("700Bold")])
def test_without_the_front_end_packages_no_wheel_is_built_and_one_sentence_says_why(
    checkout: Path, missing: str
) -> None:
    place = checkout / PACKAGES / missing
    shutil.rmtree(place) if place.is_dir() else place.unlink()
    done = build(checkout / "dist", checkout)
    assert done.returncode != 0 and list(checkout.glob("dist/*")) == []
    assert re.fullmatch(
        r"No wheel is built without the front-end packages, which it has to carry \(\S+ is missing\): run `make "
        r"frontend` and build again\.\n",
        done.stderr,
    )


def test_without_the_front_end_packages_an_editable_install_is_still_made(checkout: Path) -> None:
    # `make setup` installs the program before it has npm, with which it fetches them.
    shutil.rmtree(checkout / PACKAGES)
    done = build(checkout / "dist", checkout, "wheel:editable")
    assert done.returncode == 0, done.stderr
    assert len(list(checkout.glob("dist/*.whl"))) == 1


def test_front_end_packages_of_other_versions_than_the_lock_are_refused(checkout: Path) -> None:
    assert front_end_fault(checkout) is None
    described = checkout / PACKAGES / front_end.PLOTLY / "package.json"
    version = json.loads(described.read_text(encoding="utf-8"))["version"]
    described.write_text('{"version": "0.0.1"}', encoding="utf-8")
    fault = front_end_fault(checkout) or ""
    assert f"{front_end.PLOTLY} 0.0.1, where the lock names {version}" in fault and "make frontend" in fault
    assert fault in build(checkout / "dist", checkout).stderr
