"""The list of documents, narrowed by its filter."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PAGE = "nb/kilder/index.html"
SHOWN = "#dokumenter tbody tr:visible"
STATUS = "form [data-status]"


def total(page: Page) -> int:
    return int(page.locator(STATUS).inner_text().split()[3])


def test_the_list_shows_the_documents_that_match_and_keeps_the_choice_in_the_address(real_site, visit) -> None:
    page = visit(real_site / PAGE).page
    every, first = total(page), page.locator(SHOWN).count()
    page.select_option("#valg-type", "award_news")
    page.fill("#valg-dok", "DIGITALISERINGSDIREKTORATET")
    expect(page.locator(STATUS)).not_to_contain_text(f"Viser {every} ")
    rows = page.locator(SHOWN)
    assert 0 < rows.count() < first
    assert set(page.locator(f"{SHOWN} td:nth-of-type(1)").all_inner_texts()) == {"nyhet om tildeling"}
    expect(page.locator(STATUS)).to_have_text(f"Viser {rows.count()} av {every} dokumenter")
    assert "type=award_news" in page.url and "dok=" in page.url
    count = rows.count()
    page.reload()
    expect(page.locator(SHOWN)).to_have_count(count)
    page.go_back()
    expect(page.locator(SHOWN)).to_have_count(first)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "words"), [("adresse", "ikke"), ("lest", "delvis"), ("aar", "udatert")])
def test_each_choice_is_of_its_own_column(real_site, visit, name, words) -> None:
    page = visit(real_site / PAGE).page
    option = page.locator(f"#valg-{name} option", has_text=words[1:]).first
    page.select_option(f"#valg-{name}", option.get_attribute("value"))
    expect(page.locator(STATUS)).not_to_contain_text(f"Viser {total(page)} ")
    texts = page.locator(SHOWN).all_inner_texts()
    assert texts and all(words in text for text in texts)


@pytest.mark.slow
def test_a_mistyped_choice_is_no_choice_and_a_file_names_the_choice(real_site, visit) -> None:
    page = visit(real_site / PAGE).page
    first = page.locator(SHOWN).count()
    page.goto(f"{page.url}?type=finnes-ikke")
    assert page.locator(SHOWN).count() == first
    page.select_option("#valg-lest", "in_part")
    expect(page.locator("[data-shown]").first).to_contain_text("Lest: Delvis")


@pytest.mark.slow
def test_without_scripts_every_document_is_there_and_the_form_is_not(real_site, visit) -> None:
    page = visit(real_site / PAGE, java_script_enabled=False).page
    assert page.locator("form[data-filter]").is_hidden()
    shown, every = page.locator(SHOWN).count(), total(page)
    while page.locator("a[rel=next]").count():
        page.click("a[rel=next]")
        shown += page.locator(SHOWN).count()
    assert shown == every > 100
