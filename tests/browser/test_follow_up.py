"""Letters to owners: copied by a button, or selected where the browser refuses, and there without scripts as well."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGE = "nb/oppfolging/index.html"


def test_a_letter_is_copied_or_else_selected_and_either_is_said(real_site, visit) -> None:
    seen = visit(real_site / PAGE, viewport={"width": 1280, "height": 900})
    seen.page.locator("#alle-brev > summary").click()
    letter = seen.page.locator("details.letter").first
    letter.locator("summary").click()
    text = letter.locator("textarea").input_value()
    assert "\n\n" in text and "?" in text
    seen.page.evaluate("() => { navigator.clipboard.writeText = async (text) => { window.written = text; }; }")
    letter.locator("button").click()
    expect(letter.locator("[role=status]")).to_have_text("Brevet er kopiert")
    assert seen.page.evaluate("window.written") == text
    seen.page.evaluate("() => { navigator.clipboard.writeText = async () => { throw new Error('refused'); }; }")
    letter.locator("button").click()
    expect(letter.locator("[role=status]")).to_contain_text("Brevet er merket")
    assert seen.page.evaluate("document.activeElement.value.slice(0, document.activeElement.selectionEnd)") == text
    assert seen.complaints == []


def test_without_scripts_letters_and_files_are_there_and_the_button_is_not(real_site, visit) -> None:
    page = visit(real_site / PAGE, viewport={"width": 1280, "height": 900}, java_script_enabled=False).page
    page.locator("#alle-brev > summary").click()
    letter = page.locator("details.letter").first
    letter.locator("summary").click()
    expect(letter.locator("textarea")).to_be_visible()
    expect(letter.locator("button")).to_be_hidden()
    assert page.locator(".work-files a").count() == 3


def test_the_list_follows_the_filter_and_is_cards_on_a_phone(real_site, visit) -> None:
    page = visit(real_site / PAGE, viewport={"width": 390, "height": 800}).page
    page.select_option("[name=kull]", "2023")
    rows = page.locator("#oppfolging tbody tr:not([hidden])")
    assert 0 < rows.count() < page.locator("#oppfolging tbody tr").count()
    row, question = rows.first.bounding_box(), rows.first.locator("td").last.bounding_box()
    assert row["x"] + row["width"] <= 390 and question["width"] > row["width"] * 0.8


def test_a_card_has_owner_reason_and_question_and_opens_the_last_word(real_site, visit) -> None:
    page = visit(real_site / PAGE, viewport={"width": 390, "height": 800}).page
    card = page.locator("#oppfolging tbody tr").first
    labels = [field.get_attribute("data-label") for field in card.locator("td:visible").all()]
    assert labels == ["Prosjekteier", "Hvorfor", "Spørsmål til eieren"]
    assert page.evaluate("document.documentElement.scrollHeight") < 12_000
    card.locator("button.open-card").click()
    expect(card.locator("td[data-label='Det siste vi vet'] .source")).to_be_visible()
