"""The reader on the five documents in `../shared/seeds`, next to the project; elsewhere there is none to read.

No page of them is copied here. Where the folder is missing these tests collect no document, and the last test says so.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.reader import scores_of
from gevinst.announcements.read_page import as_object, read_page
from tests.data.seed_expectations import FACTS, SHARED, documents, expected

EXACT = (
    "projects", "name", "owners", "suppliers", "start", "round_year", "round_selected", "round_applicants",
    "round_amount_nok", "round_amount_kind", "type", "language", "published",
)  # fmt: skip


def name_of(path: Path) -> str:
    return path.name


@pytest.mark.parametrize("path", documents(), ids=name_of)
def test_projects_owners_suppliers_and_rounds_are_exact(path: Path) -> None:
    scores = scores_of(read_page(path), expected(path))
    assert {name: scores[name] for name in EXACT if scores[name].false or scores[name].missed} == {}


@pytest.mark.parametrize("path", documents(), ids=name_of)
def test_no_partner_is_false_and_most_are_found(path: Path) -> None:
    partners = scores_of(read_page(path), expected(path))["partners"]
    assert partners.false == 0
    assert partners.recall is None or partners.recall >= 0.7


@pytest.mark.parametrize("path", documents(), ids=name_of)
def test_no_contact_person_or_telephone_is_passed_on(path: Path) -> None:
    printed = json.dumps(as_object(read_page(path)), ensure_ascii=False)
    lines = path.read_text(encoding="utf-8").split("\n")
    persons = [line.split(": ", 1)[1].split(",")[0] for line in lines if line.startswith("Kontaktperson:")]
    numbers = [line.rsplit(": ", 1)[1].strip() for line in lines if "elefon:" in line]
    assert [value for value in (*persons, *numbers) if value in printed] == []


def test_all_projects_of_the_documents_are_found_together(record_property: Callable[[str, object], None]) -> None:
    readings = [read_page(path) for path in documents()]
    record_property("documents_beside_the_project", len(readings))
    projects = sum(len(reading.projects) for reading in readings)
    if (SHARED / "seeds").exists():
        assert FACTS.exists() and len(readings) == 5 and projects == 23
    else:
        assert not readings and projects == 0
