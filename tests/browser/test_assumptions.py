"""Trying assumptions where benefits have values: the browser computes what the method does, and says what changes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from gevinst.site import build
from gevinst.site.pages.benefits import lists
from gevinst.site.pages.benefits import page as benefits
from tests.data import kept
from tests.data.priced_edition import SETTINGS, priced_tables
from tests.data.small_edition import SMALL_EDITION
from tests.reference.assumptions import Assumptions, effects_under, net_under

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DESKTOP = {"width": 1280, "height": 900}
NB, EN = "nb/gevinster/verdi/index.html", "en/benefits/value/index.html"
MAP = "nb/gevinster/index.html"
SCENARIOS = ("low", "mid", "high")
OFFICIAL_RATE = 4.0

SET_FORM = """values => {
  const form = document.querySelector('[data-assumptions]');
  for (const [name, value] of Object.entries(values)) {
    if (name === 'restverdi') { form.elements[name].checked = value; } else { form.elements[name].value = value; }
  }
  form.elements.periode.dispatchEvent(new Event('change'));
  return Object.fromEntries(Array.from(document.querySelectorAll('#prov tbody tr'), row => [
    row.id.replace('prov-', ''), [2, 3, 4].map(place => row.cells[place].dataset.value),
  ]));
}"""


@pytest.fixture(scope="module")
def site(chromium_path: str, figure_cache: Path) -> Path:
    """The pages of benefits alone, of the invented edition with values in kroner."""

    def build_it(folder: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(build, "PAGES", (benefits.PAGE, *lists.PAGES))
            build.build_site(priced_tables(), SMALL_EDITION, folder / "site", cache_dir=figure_cache, progress=print)

    return kept.folder("site-priced", build_it) / "site"


@pytest.fixture
def page(site: Path, visit: Callable[..., Any]) -> Page:
    return visit(site / NB, viewport=DESKTOP).page


def form_of(assumptions: Assumptions) -> dict[str, Any]:
    rate = OFFICIAL_RATE if assumptions.rate_pct is None else assumptions.rate_pct
    return {
        "rente": str(rate),
        "periode": str(assumptions.analysis_years or ""),
        "bevis": assumptions.least_evidence_code or "",
        "restverdi": assumptions.has_residual,
    }


def in_python(assumptions: Assumptions) -> dict[str, list[float | None]]:
    rows = net_under(effects_under(priced_tables(), SMALL_EDITION.edition_year, assumptions))
    npvs = {(project, scenario): npv for project, scenario, npv in rows.iter_rows()}
    return {project: [npvs[project, scenario] for scenario in SCENARIOS] for project, _ in npvs}


def turns(page: Page) -> list[str]:
    return page.locator("[data-turns] li").all_inner_texts()


def test_the_browser_computes_what_the_method_computes_at_every_setting(page) -> None:
    compared = 0
    for assumptions in SETTINGS:
        shown = page.evaluate(SET_FORM, form_of(assumptions))
        for project, expected in in_python(assumptions).items():
            for value, npv in zip(shown[project], expected, strict=True):
                assert (value == "") == (npv is None), (assumptions, project)
                if npv is not None:
                    assert float(value) == pytest.approx(npv, rel=1e-9, abs=1e-4), (assumptions, project)
                    compared += 1
    assert (len(SETTINGS), compared) == (72, 504)


def test_the_official_case_is_what_the_page_said_before_the_script_ran(site, visit, page) -> None:
    written = visit(site / NB, viewport=DESKTOP, java_script_enabled=False).page
    assert written.locator("#prov tbody").inner_text() == page.locator("#prov tbody").inner_text()
    assert written.locator("[data-assumptions]").is_hidden() and written.locator("[data-turns]").is_hidden()


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        (NB, "Ved 12 prosent rente blir netto nåverdi negativ for Hjelpemidler og Fleksibel skyss."),
        (
            EN,
            "At a rate of 12 per cent, the net present value becomes negative for Hjelpemidler, en and "
            "Fleksibel skyss, "
            "en.",
        ),
    ],
)
def test_a_sign_that_turns_is_described_in_words(site, visit, path, sentence) -> None:
    before, after = in_python(Assumptions()), in_python(Assumptions(rate_pct=12.0))
    turned = {key for key, npvs in before.items() if npvs[1] and npvs[1] > 0 > (after[key][1] or 0)}
    assert turned == {"2016-hjelpemidler", "2018-skyss"}
    page = visit(site / path, viewport=DESKTOP).page
    page.goto(page.url + "?rente=12")
    assert sentence in turns(page)
    assert page.locator("tr.has-turned").count() == 2


def test_benefits_that_are_not_sure_enough_make_the_value_unknown_not_negative(page) -> None:
    page.select_option("[name=bevis]", "dokumentert")
    texts = [line for line in turns(page) if "ukjent" in line]
    assert texts == [
        "Med krav om minst dokumentert nytte er netto nåverdi ukjent for Én pasientplan, Fleksibel skyss og Inneklima: "
        "Ingen prissatt nytte er sikker nok."
    ]
    assert page.locator("#prov-2018-skyss td").nth(2).inner_text().split() == ["..", "ukjent"]


def test_when_nothing_turns_it_says_so(page) -> None:
    page.select_option("[name=periode]", "40")
    (texts,) = turns(page)
    assert texts.startswith("Med 40 års analyseperiode snur ingen konklusjon")


def test_what_is_chosen_is_in_the_address_and_moves_with_back_and_forward(page) -> None:
    page.select_option("[name=kull]", "2018")
    page.select_option("[name=periode]", "5")
    page.uncheck("[name=restverdi]")
    assert page.url.endswith("?kull=2018&periode=5&restverdi=nei")
    before = turns(page)
    page.reload()
    assert (page.input_value("[name=periode]"), page.is_checked("[name=restverdi]"), turns(page)) == (
        "5",
        False,
        before,
    )
    page.go_back()
    expect(page.locator("[name=restverdi]")).to_be_checked()
    assert turns(page) != before
    page.click("[data-official-case]")
    assert page.url.endswith("?kull=2018")
    assert turns(page) == ["Endre en forutsetning for å se hva som snur."]


def test_the_language_link_keeps_what_is_chosen(page) -> None:
    page.select_option("[name=periode]", "5")
    assert page.locator(".other-language").get_attribute("href").endswith("/en/benefits/value/index.html?periode=5")


def test_choices_that_the_form_does_not_offer_are_left_alone(site, visit) -> None:
    page = visit(site / NB, viewport=DESKTOP).page
    page.goto(page.url + "?rente=mye&periode=7&bevis=tro")
    assert turns(page) == ["Endre en forutsetning for å se hva som snur."]


def test_the_rate_moves_with_the_arrow_keys_and_says_what_it_is(page) -> None:
    page.focus("[name=rente]")
    page.keyboard.press("ArrowRight")
    assert page.locator(".try output").inner_text() == "4,5\u00a0%"
    assert page.get_attribute("[name=rente]", "aria-valuetext") == "4,5\u00a0%"
    assert page.url.endswith("?rente=4.5")
    assert page.locator("[data-turns]").get_attribute("role") == "status"
    page.keyboard.press("ArrowLeft")
    assert page.locator(".try output").inner_text() == "4\u00a0% (offisiell)"
    assert "?" not in page.url


def test_the_caption_which_files_carry_says_under_which_assumptions(page) -> None:
    page.select_option("[name=periode]", "5")
    caption = page.locator("section:has(#prov) .caption").first.inner_text()
    assert caption.endswith("Tabellen viser andre forutsetninger enn de offisielle: med 5 års analyseperiode.")


def test_totals_of_the_map_follow_the_filter_and_findings_say_that_they_do_not(site, visit) -> None:
    page = visit(site / MAP, viewport=DESKTOP).page
    whole = page.locator("#gevinstkart tfoot td").all_inner_texts()
    page.select_option("[name=kull]", "2018")
    chosen = page.locator("#gevinstkart tfoot td").all_inner_texts()
    shown = page.locator("#gevinstkart tbody tr:visible")
    count = sum(shown.locator(f".mark-evidence-{level}").count() for level in (2, 3))
    assert sum(map(int, chosen)) == count < sum(map(int, whole))
    for table in ("gevinstkart", "kategorier-table", "for-hvem", "planned-realised-table", "prissatt"):
        assert page.locator(f"#{table}-heading").inner_text().startswith("Hele porteføljen:")


def test_conclusions_of_what_one_tries_are_about_the_whole_portfolio_and_say_so(page) -> None:
    page.select_option("[name=kull]", "2018")
    assert page.locator("#prov-heading").inner_text().startswith("Hele porteføljen:")
    assert page.locator("#prov tbody tr:visible").count() == 5


def test_a_table_in_which_nobody_selected_has_anything_says_so(site, visit) -> None:
    page = visit(site / "nb/gevinster/uten-kroner/index.html", viewport=DESKTOP).page
    page.select_option("[name=kull]", "2021")
    empty = page.locator("section:has(#ikke-prissatt) [data-no-rows]")
    assert empty.is_visible() and "Ingen av prosjektene i utvalget" in empty.inner_text()
    page.select_option("[name=kull]", "")
    assert empty.is_hidden()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_page_has_no_barriers_and_does_not_scroll_sideways(site, visit, barriers, width) -> None:
    seen = visit(site / NB, viewport={"width": width, "height": 900})
    seen.page.select_option("[name=bevis]", "dokumentert")
    seen.page.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true; })")
    assert barriers(seen.page) == []
    assert seen.page.evaluate("document.documentElement.scrollWidth") == width
    assert seen.complaints == []
