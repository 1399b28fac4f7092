"""Registers of three other schemes, from the file that somebody has to the pages that readers get."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest
from bs4 import BeautifulSoup

from tests.data.workspaces import REPOSITORY

REGISTERS = REPOSITORY / "tests/data/schemes"

pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True)
class Scheme:
    """A register, what its scheme is called and counts in, and what its pages must say."""

    file: str
    name: str
    language: str
    currency: str
    projects: int
    owner: str
    project: str
    money: str


SCHEMES = (
    Scheme(
        "prosjektskjonn_2020.xlsx", "Prosjektskjønn", "nb", "NOK", 8, "Kongsberg", "De tusen første dager", "kroner"
    ),
    Scheme("gmpp_2023.csv", "Major Projects", "en", "GBP", 12, "DEFRA", "GOV.UK One Login", "pounds"),
    Scheme("nominet_trust.json", "Nominet Trust", "en", "GBP", 9, "Media Trust", "Community Voices", "pounds"),
)


def gevinst(place: Path, *arguments: str) -> str:
    """What a command says in a workspace; fails when it does."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GEVINST_", "DAGSTER_"))}
    done = subprocess.run(
        [sys.executable, "-m", "gevinst.cli", *arguments],
        cwd=place,
        env=kept | {"PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module", params=SCHEMES, ids=lambda scheme: scheme.name)
def published(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Scheme, Path]:
    """A workspace whose register was taken in by the mapping as it was proposed, and published."""
    scheme: Scheme = request.param
    place = tmp_path_factory.mktemp("scheme")
    made = ("init", "scheme", "--name", scheme.name, "--language", scheme.language, "--currency", scheme.currency)
    gevinst(place, *made)
    place /= "scheme"
    register = str(REGISTERS / scheme.file)
    gevinst(place, "map", register, "--out", "mapping.toml", "--language", scheme.language)
    gevinst(place, "map", register, "--with", "mapping.toml", "--language", scheme.language)
    gevinst(place, "publish", "--language", scheme.language)
    return scheme, place


def text_of(place: Path, page: str) -> str:
    html = (place / "data/marts/current/site" / page).read_text(encoding="utf-8")
    return " ".join(BeautifulSoup(html, "html.parser").get_text(" ").split())


def test_every_row_of_the_register_is_a_project_with_its_id_and_its_place_in_the_register(published) -> None:
    scheme, place = published
    projects = pl.read_csv(place / "data/raw/registry/projects.csv", infer_schema=False)
    assert projects.height == scheme.projects
    assert projects["source_locator"].n_unique() == scheme.projects


def test_the_pages_name_the_scheme_its_projects_and_its_money_in_both_languages(published) -> None:
    scheme, place = published
    for language, portfolio in (("nb", "nb/portefolje/index.html"), ("en", "en/portfolio/index.html")):
        assert scheme.name in text_of(place, f"{language}/index.html")
        assert scheme.project in text_of(place, portfolio)
    bodies = {path.parent.name for path in (place / "data/marts/current/site/nb").glob("organisasjon/*/index.html")}
    assert any(scheme.owner.lower().split()[0] in body for body in bodies), bodies
    pages = " ".join(text_of(place, f"en/{page}/index.html") for page in ("benefits", "glossary"))
    assert scheme.money in pages
    if scheme.currency != "NOK":
        assert "kroner" not in pages


def test_nothing_is_said_of_how_it_went_because_the_register_says_nothing_of_it(published) -> None:
    scheme, place = published
    for language, words in (("nb", "Ingen kilde vi har lest, sier hvor mye"), ("en", "says how much was awarded")):
        assert (words in text_of(place, f"{language}/index.html")) is (scheme.name == "Major Projects"), "the grants"
    status = pl.read_parquet(place / "data/marts/current/tables/parquet/project_status.parquet")
    newest = status.filter(pl.col("edition_year") == pl.col("edition_year").max())
    assert newest.height == scheme.projects
    assert set(newest["outcome_code"]) == {"unknown"} and newest["assessment_count"].sum() == 0
    assert pl.read_parquet(place / "data/marts/current/tables/parquet/benefits.parquet").is_empty()


def test_no_page_says_who_runs_the_scheme_of_this_repository_or_how_it_works(published) -> None:
    _, place = published
    site = place / "data/marts/current/site"
    own = re.compile(r"\b(?:Digdir|DOGA|Difi|Digitaliseringsdir\w*|\w*diamant\w*|triple diamond)\b", re.IGNORECASE)
    pages = [page.relative_to(site).as_posix() for page in site.glob("[ne][bn]/**/index.html")]
    assert [page for page in pages if own.search(text_of(place, page))] == []
    assert len(pages) > 100


def test_the_documents_that_come_with_the_program_are_not_among_those_of_the_scheme(published) -> None:
    _, place = published
    edition = place / "data/marts/current"
    title = "Forthcoming change: Green Book updates"
    sources = json.loads((edition / "datapackage.json").read_text(encoding="utf-8"))["sources"]
    marked = [source for source in sources if source.get("comes_with_program")]
    assert (len(marked), len(sources)) == (7, 8) and any(title in source["title"] for source in marked)
    assert title not in (edition / "site/en/search/index.js").read_text(encoding="utf-8")
    assert title not in text_of(place, "en/sources/index.html")
    assert f"{title} Department for Transport; comes with the program" in text_of(
        place, "en/method/table/discount_rates/index.html"
    )
    assert "comes with the program;" in " ".join(
        gevinst(place, "explain", "discount_rates", "--language", "en").split()
    )


SAID_AS_IF_OF_SEVERAL = re.compile(
    r"\b(?:av|of) (?:1|ett|én|one) (?:prosjekter|dokumenter|runder|utgivere|projects|documents|rounds|publishers)\b"
    r"|(?<!In )\b[Aa]lle? (?:de )?(?:1|ett|én|one)(?![\w,.])"
    r"|\b(?:[Ee]tt|[Éé]n|[Oo]ne|[Nn]one|[Ii]ngen) (?:av|of) (?:ett|én|one)\b"
    r"|\b[01] of 1 \w+ (?:were|are)\b|\b[01] (?:of them|av dem)\b|\bDe øvrige er lest\b|\bThe others were read\b"
)


def test_a_scheme_of_one_project_and_one_document_is_told_of_in_the_singular(tmp_path: Path) -> None:
    register = tmp_path / "tildelinger.csv"
    register.write_text("Prosjekt;Eier;År;Beløp\nDigital post;Asker kommune;2020;500000\n", encoding="utf-8")
    gevinst(tmp_path, "init", "scheme", "--name", "Ettmidlene")
    place = tmp_path / "scheme"
    gevinst(place, "map", str(register), "--out", "kobling.toml")
    gevinst(place, "map", str(register), "--with", "kobling.toml")
    assert "1 prosjekt er kjent. Ingen kilde vi har lest, viser hvordan det gikk." in gevinst(place, "publish")
    site = place / "data/marts/current/site"
    found = {
        f"{page.relative_to(site).parent}: {match[0]}"
        for page in sorted(site.glob("[ne][bn]/**/index.html"))
        for match in SAID_AS_IF_OF_SEVERAL.finditer(text_of(place, page.relative_to(site).as_posix()))
    }
    assert found == set()
    assert "Vi bør høre fra det ene prosjektet." in text_of(place, "nb/oppfolging/index.html")
    assert "We should hear from the one project." in text_of(place, "en/follow-up/index.html")
    assert "Det har ingen dato. Det er ikke lagt ut offentlig." in text_of(place, "nb/kilder/index.html")


def test_next_years_list_is_taken_in_by_the_same_mapping(tmp_path: Path) -> None:
    gevinst(tmp_path, "init", "scheme", "--name", "Prosjektskjønn")
    place = tmp_path / "scheme"
    gevinst(place, "map", str(REGISTERS / "prosjektskjonn_2020.xlsx"), "--out", "kobling.toml")
    gevinst(place, "map", str(REGISTERS / "prosjektskjonn_2020.xlsx"), "--with", "kobling.toml")
    path = place / "kobling.toml"
    text = path.read_text(encoding="utf-8").replace('sheet = "Tildeling 2020"\n', "").replace('"2020"', '"2021"')
    path.write_text(text, encoding="utf-8")
    said = gevinst(place, "map", str(REGISTERS / "prosjektskjonn_2021.csv"), "--with", "kobling.toml")
    assert "Prosjekter: 3 nye, 0 endret" in said and "8 prosjekter fra før står ikke i fila" in said
    projects = pl.read_csv(place / "data/raw/registry/projects.csv", infer_schema=False)
    assert projects["project_id"].str.head(4).value_counts().sort("project_id").rows() == [("2020", 8), ("2021", 3)]
    bodies = pl.read_csv(place / "data/raw/registry/organisations.csv", infer_schema=False)["name"].to_list()
    assert "Flesberg" in bodies and "Flesberg kommune" not in bodies
