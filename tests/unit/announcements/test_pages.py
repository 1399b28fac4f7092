"""The reader on invented pages, one for each layout and more, with what a person says each says."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from benchmarks.reader import scores_of
from gevinst.announcements.document import decoded, document_of
from gevinst.announcements.model import Reading
from gevinst.announcements.read_page import as_object, read_page, reading_of

DATA = Path(__file__).parents[2] / "data"
PAGES = sorted(path for path in (DATA / "announcements").iterdir() if path.suffix != ".json")
TEXTS = [path for path in PAGES if path.suffix == ".txt"]
LAYOUTS = {f"L{number}" for number in range(1, 27)}
# Persons, telephones and addresses that are on the pages as traps.
PERSONAL = re.compile(
    r"Kari Nordlund|Per Hansen|Ola Nordby|Anne Berg|Line Dahl|Guri Solberg|Tor Haugen|Kari Lien|Ola Berg|Liv Moen|"
    r"Nils Vold|"
    r"Eva Strand|Berit Sande|Marit Solheim|Hilde Bakken|Anne Lund|Ingrid Dahl|Nina Foss|Liv Aasen|Berit Solvang|"
    r"Anne Strand|"
    r"@|99 ?88 ?77 ?66|22 ?33 ?44 ?55|22 24 25 00"
)


def expected(path: Path) -> dict[str, Any]:
    return json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))


@cache
def read(path: Path) -> Reading:
    return read_page(path)


def faults(reading: Reading, wanted: dict[str, Any]) -> dict[str, Any]:
    return {name: score for name, score in scores_of(reading, wanted).items() if score.false or score.missed}


def test_every_layout_has_a_page() -> None:
    assert {expected(path).get("layout") for path in PAGES} >= LAYOUTS


def test_every_field_of_an_invented_page_is_read_right() -> None:
    found = {path.name: faults(read(path), expected(path)) for path in PAGES}
    assert {page: wrong for page, wrong in found.items() if wrong} == {}


def test_status_is_read_where_the_page_states_one() -> None:
    wrong = []
    for path in PAGES:
        found = {str(one.name.value) if one.name else "": one.status for one in read(path).projects}
        stated = {one["name"]: one["status"] for one in expected(path)["projects"] if one.get("status")}
        for name, status in stated.items():
            read_as = found.get(name)
            if read_as is None or read_as.value != status:
                wrong.append((path.name, name, status, read_as and read_as.value))
    assert wrong == []


def test_no_person_telephone_or_address_is_passed_on() -> None:
    found = {path.name: PERSONAL.findall(json.dumps(as_object(read(path)), ensure_ascii=False)) for path in PAGES}
    assert {page: personal for page, personal in found.items() if personal} == {}


def test_values_stand_on_the_lines_that_are_named() -> None:
    elsewhere = []
    for path in PAGES:
        lines = (decoded(path.read_bytes()) or "").split("\n")
        for project in read(path).projects:
            named = [project.name] if project.name else []
            for found in [*project.owners, *project.partners, *project.suppliers, *named]:
                first = re.findall(r"\w+", str(found.value))[0]
                if found.line is None or first not in lines[found.line - 1]:
                    elsewhere.append((path.name, found.value, found.line))
    assert elsewhere == []


def test_a_page_without_projects_says_why() -> None:
    silent = []
    for path in PAGES:
        if not expected(path)["projects"]:
            notes = [note for note in read(path).findings if note.code == "no_projects"]
            if len(notes) != 1 or min(len(notes[0].text(language)) for language in ("nb", "en")) <= 20:
                silent.append(path.name)
    assert silent == []


def formatted(text: str) -> str:
    """Line ends of another system, hard blanks and an indentation."""
    indented = "\n".join(f"   {line}" if line.strip() else line for line in text.split("\n"))
    return indented.replace(" kommune", "\u00a0kommune").replace(" million", "\u00a0million").replace("\n", "\r\n")


def marked_otherwise(text: str) -> str:
    """Labels in capitals with a blank before the colon, and dashes for bullets."""
    capital = re.sub(r"^(\s*)(Virksomhet|Leverandør):", lambda m: f"{m[1]}{m[2].upper()} :", text, flags=re.MULTILINE)
    return capital.replace("• ", "- ")


def surrounded(text: str) -> str:
    """A banner on cookies before, a contact after, and wider gaps."""
    contact = "\n\nKontakt\n\nKari Nordlund\n\nRådgiver, Vestmark etat\nTelefon: 99887766\n"
    return "Vi bruker informasjonskapsler.\nGodta alle\n\n" + text.replace("\n\n", "\n\n\n\n") + contact


CHANGES: dict[str, Callable[[str], str]] = {
    "formatted": formatted,
    "marked otherwise": marked_otherwise,
    "surrounded": surrounded,
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_does_not_change_the_page_does_not_change_the_reading(change: str) -> None:
    wrong = {}
    for path in TEXTS:
        text = decoded(path.read_bytes())
        assert text is not None, path.name
        changed = reading_of(document_of(path.name, CHANGES[change](text)))
        wanted = {key: value for key, value in expected(path).items() if key not in ("type", "language", "published")}
        if found := faults(changed, wanted):
            wrong[path.name] = found
    assert wrong == {}


def test_the_pages_name_no_real_place() -> None:
    real = set((DATA / "real_places.txt").read_text(encoding="utf-8").split("\n")) - {""}
    for path in PAGES:
        wanted = expected(path)["projects"]
        named = {name for one in wanted for role in ("owners", "partners", "suppliers") for name in one[role]}
        assert not {name for name in named if name in real or name.removesuffix(" kommune") in real}, path.name
