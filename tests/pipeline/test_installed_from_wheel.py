"""Somebody else installs the wheel and has no repository: a workspace is made and published, and is all there."""

from __future__ import annotations

import json
import os
import re
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import pytest
from bs4 import BeautifulSoup

from gevinst.site.bundle import write_assets
from tests.data.wheels import ROOT, built, installed

pytestmark = pytest.mark.slow

NAME = "Nabolagsfondet"


class Installation(NamedTuple):
    """Programs of a Python that has Gevinst from the wheel, and a workspace that it has made and published."""

    programs: Path
    workspace: Path

    def run(self, *command: str, place: Path | None = None) -> str:
        """What one of its programs says; fails when it does. The environment names no more than a new machine's."""
        environment = {"PATH": os.pathsep.join((str(self.programs), os.defpath)), "HOME": str(self.programs.parent)}
        done = subprocess.run(
            command, cwd=place or self.workspace, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    place = tmp_path_factory.mktemp("machine")
    programs = installed(built(place / "dist"), place / "python")
    made = Installation(programs, place / "demo")
    assert "gikk bra" in made.run("bash", "-e", "-c", lines_of_the_paper(), place=place)
    return made


def lines_of_the_paper() -> str:
    """What docs/deploy.md tells whoever has installed the wheel to type."""
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / "docs/deploy.md").read_text(encoding="utf-8"), re.DOTALL)
    (lines,) = [block for block in blocks if block.startswith("gevinst init ")]
    assert NAME in lines and "gevinst publish" in lines and "gevinst status" in lines
    return lines


@pytest.fixture
def edition(installation: Installation) -> Path:
    return installation.workspace / "data/marts/current"


@pytest.fixture
def edition_id(edition: Path) -> str:
    return edition.resolve().name


def test_gevinst_comes_from_the_wheel_and_not_from_this_checkout(installation: Installation) -> None:
    said = installation.run(
        "python", "-c", "import assets, gevinst, pipelines, sys; print(gevinst.__file__, *sys.path)"
    )
    found, *places = said.split()
    assert Path(found).is_relative_to(installation.programs.parent)
    assert str(ROOT) not in places


def test_the_site_of_a_new_scheme_names_it_and_has_all_that_its_pages_load(edition: Path, tmp_path: Path) -> None:
    page = edition / "site/nb/index.html"
    parsed = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    assert parsed.title and NAME in parsed.title.get_text()
    loaded = [str(one.get("href") or one.get("src")) for one in parsed.select("link[rel=stylesheet], script[src]")]
    assert {Path(one).suffix for one in loaded} == {".css", ".js"}
    assert [one for one in loaded if not (page.parent / one.partition("?")[0]).is_file()] == []
    write_assets(tmp_path)
    here, there = (
        {path.relative_to(place).as_posix(): path.read_bytes() for path in (place / "assets").rglob("*.*")}
        for place in (tmp_path, edition / "site")
    )
    assert {name for name in here if there.get(name) != here[name]} == set()
    assert {"assets/site.css", "assets/inter-latin.woff2", "assets/licences/gevinst.txt"} <= set(there)


def test_the_edition_has_its_report_and_says_which_software_made_it(edition: Path) -> None:
    assert next(edition.rglob("*.pdf")).read_bytes().startswith(b"%PDF")
    manifest = json.loads((edition / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["edition"]["commit"] == f"v{version('gevinst')}"
    assert manifest["software"]["polars"] == version("polars")
    bill = json.loads((edition / "sbom.cdx.json").read_text(encoding="utf-8"))
    components = {(one["name"], one["version"]) for one in bill["components"]}
    assert ("polars", version("polars")) in components
    assert {"plotly.js-cartesian-dist-min", "sql.js"} <= {name for name, _ in components}
    assert "pytest" not in {name for name, _ in components}


def test_nothing_that_readers_get_names_the_place_that_the_wheel_was_built_in(edition: Path) -> None:
    texts = [path for path in edition.rglob("*") if path.suffix in (".html", ".json", ".txt", ".css", ".js", ".csv")]
    assert len(texts) > 200
    assert [path.name for path in texts if str(ROOT) in path.read_text(encoding="utf-8")] == []


def test_an_installation_knows_how_things_stand_and_checks_and_tries_what_it_publishes(
    installation: Installation, edition_id: str
) -> None:
    assert edition_id in installation.run("gevinst", "status")
    assert edition_id in installation.run("gevinst", "verify")
    assert edition_id in installation.run("gevinst", "dry-run")
    installation.run("gevinst", "workbook", "--out", "skjema.xlsx", "--year", edition_id[:4])
    installation.run("gevinst", "check", "skjema.xlsx")


def test_dagster_loads_the_code_of_the_installation_by_the_file_that_init_wrote(installation: Installation) -> None:
    installation.run("python", "-m", "dagster", "definitions", "validate", "--workspace", "workspace.yaml")
