"""The files around the code say what is so: versions, licences, CI, hooks, and what a release asks for."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from gevinst.formats import datapackage, dcat
from scripts.release import changelog_section, main, problems

ROOT = Path(__file__).parents[2]


def text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def document(path: str) -> Any:
    return yaml.safe_load(text(path))


def project() -> dict[str, Any]:
    return tomllib.loads(text("pyproject.toml"))["project"]


def test_one_version_stands_in_the_package_the_citation_and_the_changelog() -> None:
    version = project()["version"]
    assert document("CITATION.cff")["version"] == version
    assert re.findall(r"^## \[(\d[^\]]*)\]", text("CHANGELOG.md"), re.MULTILINE)[0] == version
    assert changelog_section(text("CHANGELOG.md"), version)


def test_code_is_under_mit_wherever_its_licence_is_named() -> None:
    assert text("LICENSE").startswith("MIT License")
    assert project()["license"] == document("CITATION.cff")["license"] == "MIT"
    assert "[MIT](LICENSE)" in text("README.md")


def test_data_have_a_licence_of_their_own_wherever_it_is_named() -> None:
    licence = datapackage.LICENCE
    assert licence["title"] in re.sub(r"\s+", " ", text("data/LICENSE.md"))
    assert f"<{licence['path']}>" in text("data/LICENSE.md")
    assert licence["name"] == "CC-BY-4.0" and dcat._LICENCE.endswith("/licence/CC_BY_4_0")
    assert "[CC BY 4.0](data/LICENSE.md)" in text("README.md")


def test_the_public_host_runs_the_same_script_on_the_oldest_and_the_newest_python() -> None:
    (job,) = document(".github/workflows/ci.yml")["jobs"].values()
    assert [step.get("run", step.get("uses", "")).partition("@")[0] for step in job["steps"]] == [
        "actions/checkout",
        "bash .ci/run",
    ]
    promised = sorted(kind.rpartition(" :: ")[2] for kind in project()["classifiers"] if "Python ::" in kind)
    assert job["strategy"]["matrix"]["python"] == [promised[0], promised[-1]]


def test_what_ci_installs_for_the_tests_is_named_to_contributors_and_installed_in_their_container() -> None:
    script, paper = text(".ci/run"), text("CONTRIBUTING.md")
    lists = {name: found.split() for name, found in re.findall(r"^(programs|packages)=\((.*)\)$", script, re.MULTILINE)}
    (created,) = re.findall(r'"postCreateCommand": "(.*)"', text(".devcontainer/devcontainer.json"))
    required = re.findall(r"^export (GEVINST_REQUIRE_\w+=1)$", script, re.MULTILINE)
    assert len(lists) == 2 and required
    named = [*lists["packages"], *required, "make readers"]
    assert [one for one in named if one not in paper] == []
    assert [one for one in lists["programs"] if one not in paper.lower()] == []
    assert [one for one in [*lists["packages"], "readers"] if one not in created.split()] == []


def test_every_promise_to_those_who_answer_for_the_service_names_a_test_that_is_there() -> None:
    rows = [
        line for line in (ROOT / "docs/reliability.md").read_text(encoding="utf-8").splitlines() if line[:2] == "| "
    ]
    promises = [line for line in rows if not line.startswith("| Promise")]
    named = [re.findall(r"`(tests/[\w/]+\.py)`", line) for line in promises]
    assert len(promises) > 20
    assert [line for line, tests in zip(promises, named, strict=True) if not tests] == []
    assert [test for tests in named for test in tests if not (ROOT / test).is_file()] == []


def test_hooks_run_what_lint_runs_and_fetch_nothing() -> None:
    (repository,) = document(".pre-commit-config.yaml")["repos"]
    assert repository["repo"] == "local"
    assert {hook["language"] for hook in repository["hooks"]} == {"system"}
    entries = " ".join(hook["entry"] for hook in repository["hooks"])
    lint = text("Makefile").partition("\nlint:")[2].partition("\n\n")[0]
    for command in ("ruff check", "ruff format"):
        assert command in entries and command in lint


@pytest.mark.parametrize("path", ["SECURITY.md", "CITATION.cff", "CONTRIBUTING.md", "data/LICENSE.md", "README.md"])
def test_no_paper_names_a_person_to_write_to(path: str) -> None:
    assert re.findall(r"[\w.+-]+@[\w-]+\.\w+|\btel\b|\+47", text(path)) == []


@pytest.mark.parametrize("path", sorted((ROOT / ".github").rglob("*.yml"), key=str), ids=lambda path: path.name)
def test_what_the_host_reads_is_yaml(path: Path) -> None:
    assert isinstance(yaml.safe_load(path.read_text(encoding="utf-8")), dict)


def git(place: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=x", "-c", "user.email=x@localhost", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *identity, *arguments], cwd=place, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository that is ready for version 0.2.0."""
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "x")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "x@localhost")
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "0.2.0"\n')
    (tmp_path / "CITATION.cff").write_text("title: x\nversion: 0.2.0\nlicense: MIT\n")
    (tmp_path / "CHANGELOG.md").write_text(
        "# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2026-12-01\n\n### Added\n\n- A thing.\n\n"
        "## [0.1.0] - 2026-11-22\n\n- Old.\n"
    )
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "Begin")
    return tmp_path


def test_a_version_that_everything_agrees_on_is_tagged_with_its_part_of_the_changelog(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["0.2.0"], repository) == 0
    message = git(repository, "tag", "--list", "--format=%(contents)", "v0.2.0")
    assert "### Added\n\n- A thing." in message and "Old" not in message
    assert git(repository, "cat-file", "-t", "v0.2.0").strip() == "tag"
    assert "git push origin v0.2.0" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("path", "old", "new", "complaint"),
    [
        ("pyproject.toml", "0.2.0", "0.1.0", "pyproject.toml has version 0.1.0"),
        ("CITATION.cff", "0.2.0", "0.2.00", "CITATION.cff does not have version 0.2.0"),
        ("CHANGELOG.md", "## [0.2.0] - 2026-12-01", "## [0.2.0]", "CHANGELOG.md has no section"),
        ("CHANGELOG.md", "### Added\n\n- A thing.\n", "", "CHANGELOG.md has no section"),
    ],
)
def test_a_version_that_something_does_not_agree_on_is_refused_and_says_what(
    repository: Path, path: str, old: str, new: str, complaint: str
) -> None:
    (repository / path).write_text((repository / path).read_text().replace(old, new))
    git(repository, "commit", "--quiet", "--all", "--message", "Change")
    (found,) = problems(repository, "0.2.0")
    assert complaint in found


def test_a_tag_that_exists_and_a_tree_with_changes_are_refused(
    repository: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(repository, "tag", "v0.2.0")
    (repository / "new.txt").write_text("x")
    assert main(["0.2.0"], repository) == 1
    complained = capsys.readouterr().err
    assert "the tag v0.2.0 exists" in complained and "the working tree has changes" in complained


@pytest.mark.parametrize("version", ["", "v0.2.0", "0.2", "0.2.0-rc1", "..\\0.2.0"])
def test_what_is_no_version_is_refused(repository: Path, version: str) -> None:
    assert "is not a version such as" in problems(repository, version)[0]
