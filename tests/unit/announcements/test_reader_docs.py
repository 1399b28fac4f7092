from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

from gevinst.announcements.document import document_of
from gevinst.announcements.document_type import TYPES
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


def test_the_paper_lists_every_type_of_document() -> None:
    assert [code for code in TYPES if f"`{code}`" not in PAPER] == []


def test_the_confidence_that_the_paper_shows_is_the_one_in_use() -> None:
    shown = tomllib.loads(block("example confidence"))
    (name,) = shown
    assert confidence(f"fields.{name}") == shown[name]["value"]
    assert block("example confidence") in VOCABULARY.joinpath("confidences.toml").read_text(encoding="utf-8")


def test_the_paper_names_every_file_of_the_vocabulary() -> None:
    assert [path.name for path in VOCABULARY.glob("*.toml") if f"`{path.name}`" not in PAPER] == []
