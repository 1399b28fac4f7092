"""A place in a document is said in the reader's language where its form is regular, and else known to be bokmål."""

import pytest

from gevinst.language.locators import located


@pytest.mark.parametrize(
    ("locator", "english"),
    [
        ("linje 12", "line 12"),
        ("linje 12 og 14", "lines 12 and 14"),
        ("linje 12–14", "lines 12–14"),
        ("linje 1, 3 og 5", "lines 1, 3 and 5"),
        ("side 3", "page 3"),
        ("punkt 4.2", "item 4.2"),
        ("figur 3-1", "figure 3-1"),
        ("avsnitt 2", "paragraph 2"),
        ("første avsnitt", "first paragraph"),
        ("siste kulepunkt", "last bullet"),
        ("ingressen", "the lead"),
        ("hele dokumentet", "the whole document"),
    ],
)
def test_a_regular_place_is_said_in_english(locator: str, english: str) -> None:
    assert located(locator, "en") == (english, "en")


@pytest.mark.parametrize(
    "locator",
    [
        "avsnittet om målet",
        "Linje 12 og barnehagen",
        "linje",
        "linje tolv",
        "første gang",
        "figur 3-1: omfang og betydning",
        "mål 2, første resultat",
        "",
    ],
)
def test_any_other_place_stays_in_the_language_it_was_written_in(locator: str) -> None:
    assert located(locator, "en") == (locator, "nb")


@pytest.mark.parametrize("locator", ["linje 12", "avsnittet om målet"])
def test_norwegian_readers_get_the_place_as_it_was_written(locator: str) -> None:
    assert located(locator, "nb") == (locator, "nb")
