from __future__ import annotations

import json
import re
from pathlib import Path

from gevinst.announcements.document import document_of
from gevinst.announcements.document_type import TYPES
from gevinst.announcements.output import as_object
from gevinst.announcements.read_page import reading_of

PAPER = (Path(__file__).parents[3] / "docs" / "reader.md").read_text(encoding="utf-8")


def block(name: str) -> str:
    found = re.search(rf"<!-- {name} -->\n```\w*\n(.*?)```", PAPER, re.DOTALL)
    assert found
    return found[1]


def test_the_example_of_the_paper_is_what_the_reader_prints() -> None:
    told = as_object(reading_of(document_of("page.txt", block("example page"))))
    assert told["projects"] == [json.loads(block("example object"))]


def test_the_paper_lists_every_type_of_document() -> None:
    assert [code for code in TYPES if f"`{code}`" not in PAPER] == []
