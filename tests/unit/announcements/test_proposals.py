"""Proposals from elsewhere: each quote stands on its line, or nothing of them is used."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gevinst.announcements.proposals import ProposalError, read_proposals

PAGE = "Vi er med\n\n4. februar 2027\n\nLilleås kommune har fått 2,3 millioner kroner til «Varme måltider».\n"


def proposed(**changes: Any) -> dict[str, Any]:
    project = {
        "name": {"value": "Varme måltider", "line": 5, "quote": "«Varme måltider»", "confidence": 1},
        "owners": [{"value": "Lilleås kommune", "line": 5, "quote": "Lilleås kommune har fått"}],
        "grant": {"value": 2_300_000, "line": 5, "quote": "2,3 millioner kroner"},
    }
    return {"page": "page.txt", "projects": [project | changes]}


def written(folder: Path, said: Any) -> Path:
    (folder / "page.txt").write_text(PAGE, encoding="utf-8")
    path = folder / "proposals.json"
    path.write_text(said if isinstance(said, str) else json.dumps(said), encoding="utf-8")
    return path


def test_what_stands_on_its_line_becomes_a_reading(tmp_path: Path) -> None:
    reading = read_proposals(written(tmp_path, proposed()))
    (project,) = reading.projects
    assert project.name and project.grant
    assert (project.name.value, project.name.line, project.grant.value) == ("Varme måltider", 5, 2_300_000)
    assert project.name.confidence <= 0.9, "that the words stand there is checked, not that they mean it"
    assert reading.published and reading.published.value == "2027-02-04"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": {"value": "Varme måltider", "line": 3, "quote": "«Varme måltider»"}}, "is not on line 3"),
        ({"name": {"value": "Varme måltider", "line": 50, "quote": "«Varme måltider»"}}, "there is no line 50"),
        ({"name": {"value": "Kalde måltider", "line": 5, "quote": "«Varme måltider»"}}, "is not in its quote"),
        ({"name": {"value": "Varme måltider", "line": 5}}, "has no «quote»"),
        ({"grant": {"value": 23_000_000, "line": 5, "quote": "2,3 millioner kroner"}}, "is not in its quote"),
        ({"owner": []}, "unknown key «owner»"),
        ({"start": {"value": "mars", "line": 5, "quote": "har fått"}}, "is no date"),
    ],
)
def test_what_does_not_stand_is_refused_in_one_sentence(tmp_path: Path, changes: dict[str, Any], said: str) -> None:
    with pytest.raises(ProposalError) as refused:
        read_proposals(written(tmp_path, proposed(**changes)))
    assert said in str(refused.value) and "\n" not in str(refused.value)
    assert str(refused.value).startswith("proposals.json, projects[1]")


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    wrong = proposed(
        name={"value": "x", "line": 1, "quote": "y"}, grant={"value": 1, "line": 5, "quote": "2,3 millioner kroner"}
    )
    with pytest.raises(ProposalError) as refused:
        read_proposals(written(tmp_path, wrong))
    assert len(str(refused.value).split("\n")) == 2


@pytest.mark.parametrize(
    ("said", "fault"), [("{", "is not JSON"), ("[]", "is not one JSON object"), ("{}", "which page?")]
)
def test_a_file_that_is_no_proposal_is_refused(tmp_path: Path, said: str, fault: str) -> None:
    with pytest.raises(ProposalError, match=fault.replace("?", r"\?")):
        read_proposals(written(tmp_path, said))


@pytest.mark.parametrize("page", ["../page.txt", "/etc/passwd", ".", "", "x" * 5_000, "\ud800", "a\x00b", "nobody.txt"])
def test_a_page_that_is_not_in_the_folder_of_the_proposals_is_not_read(tmp_path: Path, page: str) -> None:
    (tmp_path / "page.txt").write_text(PAGE, encoding="utf-8")
    folder = tmp_path / "inside"
    folder.mkdir()
    with pytest.raises(ProposalError, match="in the folder of the proposals") as refused:
        read_proposals(written(folder, {"page": page}))
    assert "\n" not in str(refused.value) and len(str(refused.value)) < 2_000


def test_levels_without_end_are_no_json(tmp_path: Path) -> None:
    with pytest.raises(ProposalError, match="is not JSON"):
        read_proposals(written(tmp_path, '{"page":' + "[" * 100_000))
