"""About: who answers, how to use and cite, and which accessibility criteria are met in which way."""

from pathlib import Path

import pytest

from gevinst.site import build
from gevinst.site.build import build_site
from gevinst.site.pages.about.criteria import CRITERIA, PERSON
from tests.data.page_reading import read, text_of
from tests.data.small_edition import SMALL_EDITION
from tests.data.workspaces import workspace

PLACE = {"nb": "nb/om/index.html", "en": "en/about/index.html"}


def test_every_criterion_of_wcag_21_and_22_at_a_and_aa_is_listed_once() -> None:
    numbers = [criterion.number for criterion in CRITERIA]
    assert len(numbers) == len(set(numbers))
    first = [criterion for criterion in CRITERIA if criterion.version == "2.1"]
    assert (len([c for c in first if c.level == "A"]), len([c for c in first if c.level == "AA"])) == (30, 20)
    added = {criterion.number for criterion in CRITERIA if criterion.version == "2.2"}
    assert added == {"2.4.11", "2.5.7", "2.5.8", "3.2.6", "3.3.7", "3.3.8"}


@pytest.mark.parametrize("language", ["nb", "en"])
def test_each_criterion_says_what_is_done_and_what_nobody_has_tried(site: Path, language: str) -> None:
    page = read(site / PLACE[language])
    rows = page.select("#kriterier tbody tr")
    assert len(rows) == len(CRITERIA)
    for row, criterion in zip(rows, CRITERIA, strict=True):
        name, *_, how = row.select("th, td")
        assert text_of(name).startswith(criterion.number) and text_of(how).endswith(".")
    untried = {"nb": "ikke kontrollert av noen ennå", "en": "not checked by anybody yet"}[language]
    assert sum(untried in text_of(row) for row in rows) == sum(c.way == PERSON for c in CRITERIA) > 0


def test_the_page_promises_no_test_by_people(site: Path) -> None:
    text = text_of(read(site / PLACE["nb"]).select_one("section[aria-labelledby=om-accessibility]"))
    assert "ingen skjermleser har prøvd sidene ennå" in text.lower()


def test_the_citation_names_the_edition_and_says_when_the_data_are_invented(site: Path) -> None:
    cited = text_of(read(site / PLACE["nb"]).select_one(".citation"))
    assert "utgave 2026-1" in cited and "22. november 2026" in cited.replace("\u00a0", " ")
    assert cited.endswith("Illustrerende data.")


def test_what_the_owner_has_not_stated_is_said_to_be_not_stated(site: Path) -> None:
    assert "Ansvarlig: ikke oppgitt." in text_of(read(site / PLACE["nb"]).select_one(".lead"))


@pytest.mark.slow
def test_the_owner_is_named_cited_and_can_be_reached(tables, tmp_path, monkeypatch) -> None:
    owner = (
        '[owner]\nresponsible_body = "Eieren"\ncontact = "https://eieren.example/feil"\n'
        'accessibility_statement_url = "https://eieren.example/erklaering"\n'
    )
    monkeypatch.setenv("GEVINST_WORKSPACE", str(workspace(tmp_path, owner)))
    monkeypatch.setattr(build, "render_svgs", lambda figures, cache_dir, progress: list(figures))
    build_site(tables, SMALL_EDITION, tmp_path / "site", cache_dir=tmp_path, progress=print)
    page = read(tmp_path / "site" / PLACE["en"])
    assert "Responsible body: Eieren." in text_of(page.select_one(".lead"))
    assert text_of(page.select_one(".citation")).startswith("Eieren (2026).")
    for address in ("https://eieren.example/feil", "https://eieren.example/erklaering"):
        assert page.select(f"main a[href='{address}']")
