from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

from benchmarks.other_schemes import SETS, pages_of, result_of
from gevinst.announcements.document import document_of
from gevinst.announcements.document_type import TYPES
from gevinst.announcements.proposals import read_proposals
from gevinst.announcements.read_page import as_object, reading_of
from gevinst.announcements.vocabulary import confidence

ROOT = Path(__file__).parents[3]
VOCABULARY = ROOT / "gevinst" / "announcements" / "vocabulary"
PAPER = (ROOT / "docs" / "reader.md").read_text(encoding="utf-8")


def block(name: str) -> str:
    found = re.search(rf"<!-- {name} -->\n```\w*\n(.*?)```", PAPER, re.DOTALL)
    assert found
    return found[1]


def test_the_example_of_the_paper_is_what_the_reader_prints() -> None:
    printed = as_object(reading_of(document_of("page.txt", block("example page"))))
    assert printed["projects"] == [json.loads(block("example object"))]


def test_the_proposals_of_the_paper_stand_on_their_page(tmp_path: Path) -> None:
    lines = (
        "Vi er med",
        "",
        "4. februar 2027",
        "",
        "Lilleås kommune har fått 2,3 millioner kroner til «Varme måltider».",
    )
    (tmp_path / "page.txt").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "said.json").write_text(block("example proposals"), encoding="utf-8")
    reading = read_proposals(tmp_path / "said.json")
    assert reading.rounds[0].year and reading.projects[0].grant


def test_the_scores_of_the_paper_are_those_of_its_pages() -> None:
    for folder in SETS:
        if not (pages := list(pages_of(folder))):
            continue
        found = result_of(pages)
        right, told = found.share(0.9)
        row = next(line for line in PAPER.split("\n") if line.startswith(f"| `{folder}`"))
        assert f"{right} of {told} |" in row
        assert f"| {len(found.false_projects)} | {len(found.shifted)} | {len(found.invented)} |" in row


def test_the_paper_lists_every_type_of_document() -> None:
    assert [code for code in TYPES if f"`{code}`" not in PAPER] == []


def test_the_confidence_that_the_paper_shows_is_the_one_in_use() -> None:
    shown = tomllib.loads(block("example confidence"))
    (name,) = shown
    assert confidence(f"fields.{name}") == shown[name]["value"]
    assert block("example confidence") in VOCABULARY.joinpath("confidences.toml").read_text(encoding="utf-8")


def test_the_paper_names_every_file_of_the_vocabulary() -> None:
    assert [path.name for path in VOCABULARY.glob("*.toml") if f"`{path.name}`" not in PAPER] == []
