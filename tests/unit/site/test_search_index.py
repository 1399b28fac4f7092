"""What can be found by searching: everything with a place on the pages, said as what it is, and nothing withheld."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

import pytest

from gevinst.contracts import contract
from gevinst.site.context import View
from gevinst.site.pages import PAGES
from gevinst.site.pages.search import index as index_module
from gevinst.site.pages.search.index import KINDS, index_scripts
from gevinst.site.rows import SiteData
from tests.data.rendered import REAL, page_html, page_of, real_tables, view_of
from tests.data.small_edition import small_tables
from tests.data.waiting import without_english

PAGE = next(page for page in PAGES if page.name == "search")


def script_of(view: View) -> str:
    """The one script of a small index."""
    (script,) = index_scripts(view)
    return script


def read(script: str) -> dict[str, Any]:
    """The index as a browser has it."""
    found = re.fullmatch(r"window\.gevinstIndex=\{marks:(.*?),entries:(\[.*\])\};\n", script, re.DOTALL)
    assert found
    return {"marks": json.loads(found[1]), "entries": json.loads(found[2])}


@cache
def index(language: str = "nb") -> dict[str, Any]:
    return read(script_of(view_of(real_tables(), language, REAL)))


def of_kind(kind: str, language: str = "nb") -> list[list[Any]]:
    return [row for row in index(language)["entries"] if KINDS[row[0]] == kind]


@pytest.mark.parametrize("language", ["nb", "en"])
def test_every_project_benefit_organisation_and_document_can_be_found(language: str) -> None:
    tables = real_tables()
    now = tables["benefit_overview"].filter(tables["benefit_overview"]["edition_year"] == REAL.edition_year)
    wanted = {
        "project": set(tables["projects"]["project_id"]),
        "benefit": set(now["benefit_id"]),
        "organisation": set(tables["participations"]["organisation_id"]),
        "source": set(tables["sources"]["source_id"]),
    }
    for kind, ids in wanted.items():
        places = [row[2] for row in of_kind(kind, language)]
        found = {place.rpartition("#")[2] if "#" in place else place.split("/")[1] for place in places}
        assert found == ids and len(places) == len(ids), kind
    assert len(of_kind("term", language)) > 20


def test_a_benefit_that_is_only_expected_says_so_and_one_that_is_none_says_that() -> None:
    tables = real_tables()["benefit_overview"]
    rows = {row["benefit_id"]: row for row in tables.filter(tables["edition_year"] == REAL.edition_year).to_dicts()}
    marks, told = index()["marks"], []
    for entry in of_kind("benefit"):
        row = rows[entry[2].rpartition("#")[2]]
        badge = marks[entry[4]][1]
        if row["best_evidence_code"] == "forventet" and badge != "○ Forventet":
            told.append(row["benefit_id"])
        if row["is_gain"] == entry[3].startswith("Regnes ikke som gevinst"):
            told.append(row["benefit_id"])
    assert told == []


def test_a_project_says_its_owner_cohort_and_status_with_its_year() -> None:
    (entry,) = [row for row in of_kind("project") if row[1] == "Arkivfloken"]
    assert entry[3].startswith("Arkivverket, kullet fra 2019, 2021")
    assert index()["marks"][entry[4]] == ["continued", "Videreført i annen form", 1]


def test_an_organisation_is_found_by_every_name_that_it_goes_by() -> None:
    (entry,) = [row for row in of_kind("organisation") if row[1] == "Digitaliseringsdirektoratet"]
    assert {"Digdir", "Difi"} <= set(entry[5].split())
    assert entry[3] == "Prosjekteier, samarbeidspart"


def test_a_text_that_waits_for_its_translation_carries_its_language_and_no_mark_is_left() -> None:
    view = view_of(without_english(small_tables()), "en", REAL)
    script = script_of(view)
    waiting = [row for row in read(script)["entries"] if KINDS[row[0]] in ("project", "benefit")]
    assert waiting and {row[6] for row in waiting} == {"nb"}
    assert not re.search("[\U000f0000-\U0010ffff]", script)


def test_the_index_is_made_without_any_table_that_is_withheld() -> None:
    view = view_of(real_tables(), "nb", REAL)
    whole = script_of(view)
    open_tables = {name: frame for name, frame in real_tables().items() if not contract(name).is_restricted}
    assert len(open_tables) < len(real_tables())
    view.data = SiteData(open_tables, REAL)
    assert script_of(view) == whole


def test_the_page_is_light_names_the_lists_and_loads_nothing_of_the_index_itself() -> None:
    page = page_html("search", real_tables(), edition=REAL)
    assert len(page.encode()) < 20_000 and "index.js" in page and '<script defer src="index.js"' not in page
    assert "trenger skript (JavaScript)" in page
    assert page.count('class="ds-link" href="../') >= 5


def test_every_page_leads_to_the_search() -> None:
    link = page_of("portfolio", real_tables(), edition=REAL).select_one(".site-header .tools a")
    assert link and link.get_text() == "Søk" and link["href"] == "../sok/index.html"


def test_a_large_index_is_in_several_scripts_that_have_every_entry_once(monkeypatch) -> None:
    monkeypatch.setattr(index_module, "SHARD", 100)
    files = PAGE.files(view_of(real_tables(), "nb", REAL)) if PAGE.files else {}
    first, *others = files.values()
    assert list(files) == ["index.js", *(f"index-{number}.js" for number in range(2, len(files) + 1))]
    assert str(first).endswith(f"],more:{len(others)}}};\n") and len(others) > 3
    entries = re.findall(r"^\[\d.*\]", "".join(map(str, files.values())), re.MULTILINE)
    assert entries == re.findall(r"^\[\d.*\]", whole_script(), re.MULTILINE)
    assert all(str(other).startswith("window.gevinstShard=[\n") for other in others)


def whole_script() -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index_module, "SHARD", 10**6)
        return script_of(view_of(real_tables(), "nb", REAL))
