"""The list of documents, narrowed by its filter."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PAGE = "nb/kilder/index.html"
SHOWN = "#dokumenter tbody tr:visible"


def test_the_list_shows_the_documents_that_match_and_keeps_the_choice_in_the_address(real_site, visit) -> None:
    page = visit(real_site / PAGE).page
    total = page.locator(SHOWN).count()
    page.select_option("#valg-type", "award_news")
    page.fill("#valg-dok", "DIGITALISERINGSDIREKTORATET")
    rows = page.locator(SHOWN)
    assert 0 < rows.count() < total
    assert set(page.locator(f"{SHOWN} td:nth-of-type(1)").all_inner_texts()) == {"nyhet om tildeling"}
    expect(page.locator("form [role=status]")).to_have_text(f"Viser {rows.count()} av {total} dokumenter")
    assert "type=award_news" in page.url and "dok=" in page.url
    count = rows.count()
    page.reload()
    assert page.locator(SHOWN).count() == count
    page.go_back()
    assert page.locator(SHOWN).count() == total


@pytest.mark.slow
@pytest.mark.parametrize(("name", "words"), [("adresse", "ikke"), ("lest", "delvis"), ("aar", "udatert")])
def test_each_choice_is_of_its_own_column(real_site, visit, name, words) -> None:
    page = visit(real_site / PAGE).page
    option = page.locator(f"#valg-{name} option", has_text=words[1:]).first
    page.select_option(f"#valg-{name}", option.get_attribute("value"))
    texts = page.locator(SHOWN).all_inner_texts()
    assert texts and all(words in text for text in texts)


@pytest.mark.slow
def test_a_mistyped_choice_is_no_choice_and_a_file_names_the_choice(real_site, visit) -> None:
    page = visit(real_site / PAGE).page
    total = page.locator(SHOWN).count()
    page.goto(f"{page.url}?type=finnes-ikke")
    assert page.locator(SHOWN).count() == total
    page.select_option("#valg-lest", "in_part")
    assert "Lest: Delvis" in page.locator("[data-shown]").first.inner_text()


@pytest.mark.slow
def test_without_scripts_every_document_is_there_and_the_form_is_not(real_site, visit) -> None:
    page = visit(real_site / PAGE, java_script_enabled=False).page
    assert page.locator(SHOWN).count() > 100
    assert page.locator("form[data-facets]").is_hidden()
