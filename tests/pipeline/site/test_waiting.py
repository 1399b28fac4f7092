"""While English texts wait, the English pages show the Norwegian, say so and mark its language; the Norwegian stay."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import polars as pl
import pytest
from bs4 import BeautifulSoup

from gevinst.contracts import ALL
from tests.data.page_reading import pages, read
from tests.data.waiting import without_english

DICTIONARY = "nb/metode/tabell/"
OF_AN_ENGLISH_COLUMN = re.compile(r'<tr id="kolonne-\w+_en".*?</tr>', re.DOTALL)
"""What the dictionary says of a column in English: how many rows have something in it, which is what differs."""
LONG_ENOUGH = 9
"""Letters from which a text on a page is that text and no part of another word."""
NAMED = "h1, h2, h3, h4, h5, h6, a, button, caption, dt, summary, th[scope=row], label, option"


@pytest.fixture(scope="session")
def waiting(make: Callable[..., Path], tables: dict[str, pl.DataFrame]) -> Path:
    """The site of the small edition while all of its English texts wait."""
    emptied = without_english(tables)
    return make(**{name: frame for name, frame in emptied.items() if not frame.equals(tables[name])})


def english(site: Path) -> list[Path]:
    return [path for path in pages(site) if path.relative_to(site).parts[0] == "en"]


def texts_in_norwegian(tables: dict[str, pl.DataFrame]) -> set[str]:
    """Every entered text whose English is another."""
    pairs = {
        pair
        for table in ALL
        if table.name in tables
        for stem in table.stems_that_wait
        for pair in tables[table.name].select(f"{stem}_nb", f"{stem}_en").drop_nulls().iter_rows()
    }
    return {nb for nb, en in pairs if nb != en and len(nb) >= LONG_ENOUGH}


def unmarked(page: str, texts: Iterable[str]) -> list[str]:
    """Texts that stand on a page, in what is read or in what only scripts and tags hold, without a word of it."""
    said = html.unescape(page).replace("\\u003c", "<").replace("<br>", " ")  # labels of figures are broken into lines
    found = []
    for text in sorted(texts, key=len, reverse=True):  # a short text may be part of a longer one
        said = re.sub(rf"{re.escape(text)}(?:</span>)? \(in Norwegian\)", "", said)
        found += [text] if text in said else []
    return found


def test_every_norwegian_text_on_an_english_page_says_that_it_is(
    waiting: Path, tables: dict[str, pl.DataFrame]
) -> None:
    texts = texts_in_norwegian(tables)
    assert len(texts) > 20
    found = {
        path.relative_to(waiting).as_posix(): unmarked(path.read_text("utf-8"), texts) for path in english(waiting)
    }
    assert {name: some for name, some in found.items() if some} == {}


@pytest.mark.slow
def test_every_norwegian_text_that_is_read_on_an_english_page_has_its_language(
    waiting: Path, tables: dict[str, pl.DataFrame]
) -> None:
    texts, marked, strays = texts_in_norwegian(tables), Counter[str](), []
    for path in english(waiting):
        tree = read(path)
        for plain in tree.select("textarea"):  # a letter is plain text: its words say so, and no element can
            letter = plain.get_text()
            assert all(f"{text} (in Norwegian)" in letter for text in texts if text in letter)
        for hidden in tree.select("script, style, title, svg, option, textarea"):
            hidden.decompose()
        for part in tree.select('body span[lang="nb"]'):
            marked[part.get_text()] += 1
            # The title of a Norwegian document is no text that waits for its translation.
            if part.get_text() in texts:
                assert str(part.next_sibling).startswith(" (in Norwegian)"), "a reader who sees is told too"
            part.decompose()
        words = tree.get_text()
        strays += [(path.relative_to(waiting).as_posix(), text) for text in texts if text in words]
    assert strays == []
    assert len(marked.keys() & texts) > len(texts) / 2


@pytest.mark.slow
def test_no_heading_link_or_cell_is_empty_for_want_of_english_and_nothing_says_none(site: Path, waiting: Path) -> None:
    for path in english(waiting):
        before, after = read(site / path.relative_to(waiting)), read(path)
        assert empty(after) == empty(before), path
        assert nones(after) == nones(before), path


def empty(tree: BeautifulSoup) -> Counter[str]:
    """How many elements of each kind have nothing to read in them."""
    silent = (one for one in tree.select(f"{NAMED}, td, dd, li, p") if not one.get_text(strip=True))
    return Counter(one.name for one in silent if not one.select("img, svg, input"))


def nones(tree: BeautifulSoup) -> int:
    return len(re.findall(r"\bNone\b", str(tree)))


def test_the_norwegian_pages_are_the_same_while_english_waits(site: Path, waiting: Path) -> None:
    def content(folder: Path) -> dict[str, str | bytes]:
        found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.html")}
        return {
            name: re.sub(OF_AN_ENGLISH_COLUMN, "", path.read_text("utf-8")) if DICTIONARY in name else path.read_bytes()
            for name, path in found.items()
            if not name.startswith("en/")
        }

    assert content(waiting) == content(site)
    assert len(content(site)) > 20


def test_a_page_of_a_project_is_called_by_its_norwegian_name_in_words_that_a_title_can_hold(
    waiting: Path, tables: dict[str, pl.DataFrame]
) -> None:
    project = tables["projects"].row(0, named=True)
    tree = read(waiting / "en" / "project" / project["project_id"] / "index.html")
    assert tree.title is not None and tree.h1 is not None
    assert f"{project['short_name_nb']} (in Norwegian)" in tree.title.get_text()
    (name,) = tree.h1.select('span[lang="nb"]')
    assert name.get_text() == project["short_name_nb"]
