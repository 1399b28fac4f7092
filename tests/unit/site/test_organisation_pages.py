"""Pages of organisations: what is said of none, one and many projects, and that nobody is praised or ranked."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import pytest
from bs4 import BeautifulSoup

from gevinst.language.texts import Catalogue
from gevinst.site.context import View
from gevinst.site.page import Document
from gevinst.site.pages import PAGES
from gevinst.site.render import render
from gevinst.site.sentences import organisations as sentences
from gevinst.workspace import scheme
from tests.data.page_reading import text_of
from tests.data.rendered import REAL, invented_tables, page_of, real_tables, view_of

SCHEME = scheme().name.nb

NB, EN = Catalogue("nb"), Catalogue("en")
PAGE = next(page for page in PAGES if page.name == "organisation")
MENON = "menon-economics"


@cache
def shown() -> tuple[View, dict[str, Document]]:
    """The committed data in Norwegian, and the pages by organisation."""
    view = view_of(real_tables(), "nb", REAL)
    return view, {document.tail: document for document in PAGE.documents(view)}


def html(organisation_id: str) -> str:
    view, documents = shown()
    return render(view, PAGE, documents[organisation_id], PAGE.path("nb", organisation_id))


def counts(**own: int) -> dict[str, Any]:
    """A row of `organisation_outcomes`; how many outcomes are known follows from the rest."""
    names = ("in_use", "partly_in_use", "result_not_in_use", "stopped", "continued")
    row = {f"{name}_count": 0 for name in (*names, "unknown_outcome", "stale", "in_use_inferred", "disputed")}
    row |= {f"{name}_count": value for name, value in own.items()}
    row["known_outcome_count"] = sum(row[f"{name}_count"] for name in names)
    return {**row, "project_count": row["known_outcome_count"] + row["unknown_outcome_count"]}


def said(in_use: int = 0, catalogue: Catalogue = NB, **own: int) -> str:
    row = counts(in_use=in_use, **own)
    named = [{"name": f"P{n}", "status_on": date(2022, 1, 1), "is_inferred": n == 0} for n in range(in_use)]
    return " ".join(sentences.outcomes_of(row, named, catalogue, stale_after_months=24))


def test_where_no_source_tells_how_it_went_silence_is_no_outcome() -> None:
    assert said(unknown_outcome=3) == "Ingen kilde vi har lest, viser hvordan det gikk med noen av dem."
    assert "in use" not in said(unknown_outcome=2, catalogue=EN)


def test_what_is_in_use_is_named_with_its_year_and_what_is_inferred_says_so() -> None:
    sentence = said(in_use=1, unknown_outcome=1)
    assert f"Ett er kjent tatt i bruk: «P0» (i bruk i 2022; at det kom av {SCHEME}, er vår egen slutning)." in sentence
    assert sentence.endswith("For ett viser ingen kilde vi har lest, hvordan det gikk.")


def test_more_than_six_in_use_are_counted_and_those_inferred_with_them() -> None:
    assert said(in_use=7, in_use_inferred=1).startswith(
        f"Sju er kjent tatt i bruk. For ett av dem er det vår egen slutning at det kom av {SCHEME}."
    )
    assert "P5" in said(in_use=6) and "P5" not in said(in_use=7)


def test_outcomes_beside_use_are_told_apart_with_a_comma_between_clauses() -> None:
    assert said(partly_in_use=2, stopped=1) == (
        "Ingen av dem er kjent tatt helt i bruk. To er delvis tatt i bruk, og ett er stanset."
    )


@pytest.mark.parametrize(
    ("own", "nb"),
    [
        ({"stopped": 2, "stale": 0}, None),
        ({"stopped": 2, "stale": 1}, "For ett av dem er opplysningen eldre enn to år."),
        ({"stopped": 2, "stale": 2}, "Begge opplysningene om hvordan det gikk, er eldre enn to år."),
        ({"stopped": 3, "stale": 3}, "Alle opplysningene om hvordan det gikk, er eldre enn to år."),
        ({"stopped": 1, "stale": 1}, "Opplysningen er eldre enn to år."),
        ({"stopped": 1, "stale": 1, "unknown_outcome": 1}, "For ett av dem er opplysningen eldre enn to år."),
    ],
    ids=["none", "one of two", "both", "all three", "the only project", "the only one known of two"],
)
def test_old_statements_are_told_as_old(own: dict[str, int], nb: str | None) -> None:
    found = sentences.old_statements(counts(**own), NB, stale_after_months=24)
    assert found == ([nb] if nb else [])


def test_roles_are_told_with_their_numbers_and_a_disagreement_with_them() -> None:
    rows = {
        "all": counts(unknown_outcome=3, disputed=1),
        "owner": counts(unknown_outcome=1),
        "partner": counts(stopped=2),
    }
    words = {"owner": "prosjekteier", "partner": "samarbeidspart"}
    assert sentences.several_projects(NB, "X", words, rows) == (
        "X har vært med i tre prosjekter: som prosjekteier i ett og som samarbeidspart i to. "
        "I ett av dem er kildene uenige om rollen."
    )
    assert sentences.several_projects(EN, "X", {"owner": "project owner"}, {"all": counts(stopped=2)}) == (
        "X has taken part in two projects as project owner."
    )


@pytest.mark.parametrize(
    ("roles", "words"),
    [(("owner",), "prosjekteier"), (("co_owner",), "deleier"), (("owner", "co_owner"), "prosjekteier eller deleier")],
)
def test_owner_and_co_owner_are_one_group_with_its_own_words(roles: tuple[str, ...], words: str) -> None:
    assert sentences.role_words(NB, "owner", [{"role_code": role} for role in roles]) == words


def test_the_list_says_how_many_there_are_in_which_role_and_of_none_that_nobody_says_so() -> None:
    nobody = dict.fromkeys(sentences.INDEX_FIGURES, 0)
    assert sentences.index_lead(nobody, NB) == "Ingen kilde vi har lest, sier hvem som er med i prosjektene."
    some = dict(zip(sentences.INDEX_FIGURES, (3, 2, 0, 1), strict=True))
    assert sentences.index_lead(some, EN) == (
        "Three organisations have taken part in the projects: two owners and co-owners, no known partner "
        "and one supplier. An organisation may have several roles."
    )


def test_each_owner_and_supplier_has_a_page_and_a_partner_alone_a_row_with_all_that_is_known_of_it() -> None:
    tables = real_tables()
    roles: dict[str, set[str]] = {}
    for row in tables["participations"].iter_rows(named=True):
        roles.setdefault(row["organisation_id"], set()).add(row["role_code"])
    alone = {one for one, mine in roles.items() if mine == {"partner"}}
    view, documents = shown()
    assert alone and set(documents) == {"", *roles} - alone
    index = BeautifulSoup(html(""), "html.parser")
    for one in alone:
        assert view.organisation_href(one) == f"{PAGE.path('nb')}#{one}"
        row = index.find("tr", id=one)
        assert row is not None and row.find("th").a is None and row.find_all("td")[-1].find_all("a")
    both = next(one for one, mine in roles.items() if mine == {"owner", "partner"})
    assert index.find("tr", id=both).find("th").a["href"] == f"{both}/index.html"
    others = set(tables["organisations"]["organisation_id"]) - set(roles)
    assert others and not any(view.organisation_href(one) for one in others)


def test_a_partner_without_a_page_shows_its_other_names_and_only_the_projects_that_it_is_a_partner_in() -> None:
    view, documents = shown()
    (partners,) = [one for one in documents[""].values["blocks"] if one.table.table_id == "samarbeidspartliste"]
    notes = {row.anchor: row.cells[0].note for row in partners.table.rows}
    named = view.data.names_of_organisation
    told = [one for one, note in notes.items() if note and named.get(one)]
    assert told and any("(" in notes[one] for one in told)
    for row in partners.table.rows:
        assert len(row.cells[-1].links) == row.cells[2].value


def test_who_summarised_the_scheme_and_supplies_to_it_is_told_so_where_the_reader_is() -> None:
    page = text_of(BeautifulSoup(html(MENON), "html.parser"))
    assert "er selv leverandør i fire av prosjektene" in page
    assert "verken leverandørens fortjeneste eller feil" in page
    assert "fortjeneste" not in text_of(BeautifulSoup(html("statsbygg"), "html.parser")), "only of suppliers"


def test_a_page_shows_each_role_with_cohort_the_year_of_the_status_and_a_source() -> None:
    page = html("halogen")
    assert 'class="mark mark-step-4 is-hatched"' in page and "gammel opplysning" in page
    assert "underleverandør; kildene er uenige om rollen" in page
    assert page.count("<tr data-key") == 0 and page.count('<th scope="row">') == 7
    assert len(page.encode()) < 25_000


def test_suppliers_are_listed_by_name_and_without_outcomes() -> None:
    view, documents = shown()
    blocks = {block.table.table_id: block.table for block in documents[""].values["blocks"]}
    names = [row.cells[0].text for row in blocks["leverandorliste"].rows]
    assert names == sorted(names, key=str.lower) and len(names) == view.data.headlines["organisations_supplying"].value
    assert [column.heading for column in blocks["leverandorliste"].columns] == ["Virksomhet", "Prosjekter"]
    assert [column.heading for column in blocks["eierliste"].columns][-1] == "Ukjent"


@pytest.mark.parametrize(("page", "name"), [("portfolio", "Statsbygg"), ("scheme", "Halogen")])
def test_owners_and_suppliers_lead_to_their_pages(page: str, name: str) -> None:
    link = page_of(page, real_tables(), edition=REAL).find("a", string=name)
    assert link and link["href"].startswith("../organisasjon/")


def test_an_invented_portfolio_has_its_organisations_too() -> None:
    tables = invented_tables()
    view = view_of(tables, "en", REAL)
    with_page = {one for one, _ in view.data.counts_of_organisation if view.data.has_own_page(one)}
    assert len([document.lead for document in PAGE.documents(view)]) == 1 + len(with_page) > 5
