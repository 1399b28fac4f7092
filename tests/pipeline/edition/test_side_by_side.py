"""Editions of several schemes on one page: what it says, and every reason for which it is not made."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from bs4 import BeautifulSoup, Tag

from gevinst.cli import main
from gevinst.edition.checksums import write_sums
from gevinst.edition.side_by_side import MOST
from tests.data.compared_schemes import FIRST, SECOND, Project, publish_in, tables_of

NAMES = {"first": "Designmidlene", "second": "Fylkespotten"}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Folders of the editions of two schemes, by `NAMES`; not to be changed."""
    place = tmp_path_factory.mktemp("schemes")
    return {
        "first": publish_in(place / "first", NAMES["first"], tables_of(*FIRST)),
        "second": publish_in(place / "second", NAMES["second"], tables_of(*SECOND), currency="EUR"),
    }


@pytest.fixture
def copied(published: dict[str, Path], tmp_path: Path) -> Callable[[str], Path]:
    """Copies one of the editions, for a test that changes it; the folder keeps its name."""
    return lambda name: Path(shutil.copytree(published[name], tmp_path / name / published[name].name))


def compare(*folders: Path, out: Path, language: str = "nb") -> int:
    return main(["compare", *map(str, folders), "--out", str(out), "--language", language])


def read(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def cells(page: BeautifulSoup, table: str) -> list[list[str]]:
    """What the rows of a table say to those who listen, headings of rows among them."""
    found = page.select_one(f'table[aria-labelledby="{table}"]')
    assert found is not None, f"there is no table {table}"
    return [[heard(cell) for cell in row.select("th, td")] for row in found.select("tbody > tr")]


def heard(cell: Tag) -> str:
    seen = BeautifulSoup(str(cell), "html.parser")
    for sign in seen.select('[aria-hidden="true"]'):
        sign.decompose()
    return seen.get_text(" ", strip=True).replace("\u00a0", " ")


@pytest.fixture
def page(published: dict[str, Path], tmp_path: Path) -> BeautifulSoup:
    assert compare(*published.values(), out=tmp_path / "page.html") == 0
    return read(tmp_path / "page.html")


def test_the_page_says_what_is_compared_and_how_many_projects_each_has(page) -> None:
    rows = cells(page, "what")
    assert [row[:5] for row in rows] == [
        ["A Designmidlene", "2026-1 Foreløpig.", "22. november 2026", "11", "NOK"],
        ["B Fylkespotten", "2026-1 Foreløpig.", "22. november 2026", "13", "EUR"],
    ]
    assert len({row[5] for row in rows}) == 2, "each edition is known by its own sum"


def test_only_ages_of_which_every_scheme_has_enough_are_compared_and_the_others_are_named(page) -> None:
    assert cells(page, "ages") == [
        ["To år", "6", "7", "Ja"],
        ["Fem år", "4", "6", "Nei, for få i A"],
        ["Uten kjent alder", "1", "0", "Nei"],
    ]
    assert [one.get_text() for one in page.select(".chapter-of-age > h2")] == ["To år etter tildelingen"]
    assert "Én aldersgruppe har minst fem prosjekter" in page.select_one(".lead").get_text()


def test_the_map_has_each_number_with_its_base_and_says_what_is_withheld(page) -> None:
    rows = {name: found for name, *found in cells(page, "evidence-2")}
    withheld_2 = "holdt tilbake, bare to prosjekter ligger til grunn"
    withheld_4 = "holdt tilbake, bare fire prosjekter ligger til grunn"
    assert rows["Tid og ressurser"] == ["1 av 6", withheld_2, "5 av 5", withheld_4, *["0 av 5", withheld_4] * 2]
    assert rows["Ny kunnskap"] == ["0 av 6", withheld_2, *["0 av 5", withheld_4] * 3]
    assert "Gevinstpotensial uten innhold" not in rows
    signs = [sign.get_text() for sign in page.select('[id^="evidence"] ~ .scroll td [aria-hidden]')]
    assert ":" in signs


def test_what_nobody_is_coded_for_is_unknown_and_not_nought(published, tmp_path) -> None:
    unread = [Project(is_coded_results=False)] * 6
    other = publish_in(tmp_path / "unread", "Uleste midler", tables_of(*unread))
    assert compare(published["first"], other, out=tmp_path / "page.html", language="en") == 0
    rows = {name: found for name, *found in cells(read(tmp_path / "page.html"), "evidence-2")}
    assert rows["Time and resources"] == ["1 of 6", "0 of 6", "5 of 5", *["unknown, none is coded", "0 of 5"] * 2, *[
        "unknown, none is coded"
    ]]  # fmt: skip


def test_who_pays_stands_beside_who_gains_and_levels_with_too_few_are_named(page) -> None:
    rows = cells(page, "achieved-2")
    none, few = "ukjent, ingen har slike gevinster", "holdt tilbake, bare to prosjekter ligger til grunn"
    assert rows == [
        ["Stat", "Designmidlene", "6", "5", "0 av 5", "0 av 5", "5 av 5", "0 av 5", "0 av 5", "5 av 5", "0 av 5"],
        ["Fylkespotten", "5", "0", *[none] * 7],
        ["Alle eiere", "Designmidlene", "6", "5", "0 av 5", "0 av 5", "5 av 5", "0 av 5", "0 av 5", "5 av 5", "0 av 5"],
        ["Fylkespotten", "7", "2", *[few] * 7],
    ]
    notes = [note.get_text() for note in page.select(".note-below")]
    assert "Færre enn fem prosjekter med slike gevinster i hver utgave: Kommune (A 0, B 2)." in notes
    assert page.select_one('table[aria-labelledby="promised-2"]') is None, "one promise in all is no basis"


def test_the_page_ranks_nobody_names_no_cause_and_says_that_the_data_are_invented(page) -> None:
    text = page.get_text(" ")
    assert (
        "Illustrerende data. Prosjekter og tall på denne siden er oppdiktet." in page.select_one(".banner").get_text()
    )
    assert page.title.get_text().startswith("Illustrerende data.")
    assert not {"best", "beste", "bedre", "dårligst", "fører", "førte", "skyldes"} & set(text.lower().split())
    assert "De sier ikke hvorfor ordningene er ulike" in text


def test_the_page_needs_no_other_file_and_is_the_same_each_time(published, tmp_path) -> None:
    for name in ("one.html", "two.html"):
        assert compare(*published.values(), out=tmp_path / name) == 0
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()
    page = read(tmp_path / "one.html")
    assert page.select("script") == []
    links = [one.get("href") or one.get("src") for one in page.select("[href], [src]")]
    assert [link for link in links if not str(link).startswith(("#", "data:"))] == []
    assert "url(data:font/woff2" in page.style.get_text() and ".woff2)" not in page.style.get_text()
    assert "SIL OPEN FONT LICENSE" in page.footer.get_text().upper()


def test_a_page_in_english_has_no_norwegian_headings(published, tmp_path) -> None:
    assert compare(*published.values(), out=tmp_path / "page.html", language="en") == 0
    page = read(tmp_path / "page.html")
    assert page.html["lang"] == "en"
    assert page.h1.get_text() == "What is known of the benefits at equal age?"
    assert cells(page, "ages")[1] == ["Five years", "4", "6", "No, too few in A"]


def test_a_workspace_stands_for_its_edition_in_force(published, tmp_path) -> None:
    workspaces = [path.parents[3] for path in published.values()]
    assert compare(*workspaces, out=tmp_path / "a.html") == 0
    assert compare(*published.values(), out=tmp_path / "b.html") == 0
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_ages_that_no_two_schemes_share_give_a_page_that_says_so(published, tmp_path) -> None:
    young = publish_in(tmp_path / "young", "Nye midler", tables_of(*[Project(months=3)] * 8))
    assert compare(published["first"], young, out=tmp_path / "page.html") == 0
    page = read(tmp_path / "page.html")
    assert "Ingen aldersgruppe har minst fem prosjekter i hver utgave." in page.select_one(".lead").get_text()
    assert cells(page, "ages")[0] == ["Under ett år", "0", "8", "Nei, for få i A"]
    assert page.select(".chapter-of-age") == []


def test_real_editions_carry_no_flag(published, tmp_path) -> None:
    places = [
        publish_in(tmp_path / name, name, tables_of(*projects), is_illustrative=False)
        for name, projects in (("En", FIRST), ("To", SECOND))
    ]
    assert compare(*places, out=tmp_path / "page.html") == 0
    page = read(tmp_path / "page.html")
    assert page.select(".banner") == []
    assert page.title.get_text().startswith("Hva er kjent")


# --- refusals ---------------------------------------------------------------------------------------------------


@pytest.fixture
def refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[str, str]]:
    """Compares, and gives the one line with the reason in bokmål and in English; nothing may be written."""

    def reasons(*folders: Path) -> tuple[str, str]:
        said: list[str] = []
        for language in ("nb", "en"):
            assert compare(*folders, out=tmp_path / "page.html", language=language) == 1
            (line,) = capsys.readouterr().err.splitlines()
            said.append(line)
        assert not (tmp_path / "page.html").exists()
        return said[0], said[1]

    return reasons


def changed(edition: Path, table: str, change: pl.Expr | Callable[[pl.DataFrame], pl.DataFrame]) -> Path:
    """The edition with other rows of a table, as if it had been published so."""
    path = edition / f"tables/parquet/{table}.parquet"
    frame = pl.read_parquet(path)
    (frame.with_columns(change) if isinstance(change, pl.Expr) else change(frame)).write_parquet(path)
    write_sums(edition)
    return edition


def test_fewer_than_two_editions_are_no_comparison(published, refused) -> None:
    assert refused(published["first"]) == (
        "en sammenligning trenger minst to utgaver, og 1 er oppgitt",
        "a comparison needs two editions or more, and 1 is named",
    )
    assert "og 0 er oppgitt" in refused()[0]


def test_more_editions_than_a_page_has_room_for_are_refused(published, refused) -> None:
    assert f"plass til {MOST} utgaver, og {MOST + 1} er oppgitt" in refused(*[published["first"]] * (MOST + 1))[0]


def test_an_edition_is_not_compared_with_itself_nor_with_a_copy(published, copied, refused) -> None:
    for other in (published["first"], copied("first"), published["first"].parents[3]):
        nb, en = refused(published["first"], other)
        assert nb == "utgave 2026-1 av Designmidlene er oppgitt to ganger; en utgave sammenlignes ikke med seg selv"
        assert en == "edition 2026-1 of Designmidlene is named twice; an edition is not compared with itself"


def test_invented_data_never_stand_beside_real(published, refused, tmp_path) -> None:
    real = publish_in(tmp_path / "real", "Ekte midler", tables_of(*SECOND), is_illustrative=False)
    nb, en = refused(real, published["first"])
    assert nb == (
        "utgave 2026-1 av Designmidlene er oppdiktet, og utgave 2026-1 av Ekte midler er ekte; de to sammenlignes aldri"
    )
    assert "is invented" in en and "is real; the two are never compared" in en


@pytest.mark.parametrize(
    ("list_name", "code", "fault", "names"),
    [
        ("status", "provd_ut", "missing", ("statustrinnene", "the ladder")),
        ("status", "stanset", "moved", ("statustrinnene", "the ladder")),
        ("evidence", "oppgitt", "moved", ("bevisgradene", "the grades of evidence")),
        ("benefit_category", "solutions", "reworded", ("gevinstkategoriene", "the categories of benefits")),
        ("organisation_level", "stat", "missing", ("eiernivåene", "the levels of owners")),
        ("beneficiary", "ansatte", "reworded", ("mottakerne", "the beneficiaries")),
    ],
)
def test_lists_that_do_not_match_are_refused_with_the_codes_that_differ(
    copied, refused, published, list_name: str, code: str, fault: str, names: tuple[str, str]
) -> None:
    is_it = (pl.col("codelist") == list_name) & (pl.col("code") == code)
    changes: dict[str, pl.Expr | Callable[[pl.DataFrame], pl.DataFrame]] = {
        "missing": lambda frame: frame.filter(~is_it),
        "moved": pl.when(is_it).then(99).otherwise(pl.col("rank")).alias("rank"),
        "reworded": pl.when(is_it)
        .then(pl.lit("Noe annet"))
        .otherwise(pl.col("description_nb"))
        .alias("description_nb"),
    }
    nb, en = refused(published["first"], changed(copied("second"), "codelists", changes[fault]))
    assert f"({names[0]}: {code})" in nb and "ingenting oversettes fra en liste til en annen" in nb
    assert f"({names[1]}: {code})" in en and "nothing is mapped from one list to another" in en


def test_kinds_of_benefits_that_two_schemes_sort_differently_are_refused(copied, refused, published) -> None:
    of_kind = pl.when(pl.col("benefit_code") == "data_reuse").then(pl.lit("societal_effects"))
    moved = of_kind.otherwise(pl.col("benefit_category_code")).alias("benefit_category_code")
    nb, en = refused(published["first"], changed(copied("second"), "benefit_categories", moved))
    assert "(hvilken kategori gevinstene hører til: data_reuse)" in nb
    assert "(which category benefits belong to: data_reuse)" in en


def test_an_edition_that_has_changed_since_it_was_published_is_refused(copied, refused, published) -> None:
    edition = copied("second")
    (edition / "README.txt").write_text("noe annet", encoding="utf-8")
    nb, en = refused(published["first"], edition)
    assert "er ikke slik den ble bygd (README.txt has changed)" in nb
    assert "is not as it was built: README.txt has changed" in en


@pytest.mark.parametrize("is_column", [False, True])
def test_an_edition_from_before_a_table_or_a_column_existed_is_refused(
    copied, refused, published, is_column: bool
) -> None:
    edition = copied("second")
    if is_column:
        changed(edition, "benefit_register", lambda frame: frame.drop("stage_code"))
    else:
        (edition / "tables/parquet/benefit_register.parquet").unlink()
        write_sums(edition)
    wanted = "benefit_register.stage_code" if is_column else "benefit_register"
    nb, en = refused(published["first"], edition)
    assert nb == f"utgave 2026-1 av Fylkespotten er fra før {wanted} fantes; publiser en ny utgave først"
    assert en == f"edition 2026-1 of Fylkespotten is from before {wanted} existed; publish a new edition first"


def test_an_edition_that_does_not_say_which_scheme_it_is_of_is_refused(copied, refused, published) -> None:
    edition = copied("second")
    manifest = json.loads((edition / "manifest.json").read_text(encoding="utf-8"))
    assert manifest.pop("scheme") == {"name_nb": "Fylkespotten", "name_en": "Fylkespotten", "currency": "EUR"}
    (edition / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    write_sums(edition)
    nb, en = refused(published["first"], edition)
    assert "sier ikke hvilken ordning den gjelder" in nb and "publiser en ny utgave først" in nb
    assert "does not say which scheme it is of" in en


def test_a_candidate_is_refused(copied, refused, published) -> None:
    edition = copied("second")
    manifest = json.loads((edition / "manifest.json").read_text(encoding="utf-8"))
    manifest["edition"]["state"] = "candidate"
    (edition / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    write_sums(edition)
    assert "er en kandidat; bare publiserte utgaver sammenlignes" in refused(published["first"], edition)[0]


def test_a_folder_that_is_neither_an_edition_nor_a_workspace_is_named(refused, published, tmp_path) -> None:
    nb, en = refused(published["first"], tmp_path / "nothing")
    assert nb == f"{tmp_path / 'nothing'} er verken mappa til en publisert utgave eller et arbeidsområde"
    assert en == f"{tmp_path / 'nothing'} is neither the folder of a published edition nor a workspace"


def test_a_workspace_without_an_edition_in_force_is_named(refused, published, tmp_path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "scheme.toml").write_text('[scheme]\nname = "Tomme midler"\n', encoding="utf-8")
    nb, en = refused(published["first"], tmp_path / "empty")
    assert nb == f"ingen utgave gjelder i arbeidsområdet {tmp_path / 'empty'}; publiser en der først"
    assert "no edition is in force in the workspace" in en


def test_an_edition_in_a_folder_of_another_name_is_refused_in_both_languages(copied, refused, published) -> None:
    edition = copied("second")
    renamed = edition.rename(edition.with_name("2025-1"))
    nb, en = refused(published["first"], renamed)
    assert "mappa må hete det samme som utgaven" in nb and "must bear its edition's id" in en


def test_two_editions_of_one_scheme_are_told_apart_by_their_numbers(published, tmp_path) -> None:
    edition = publish_in(tmp_path / "later", NAMES["first"], tables_of(*SECOND))
    later = Path(edition.rename(edition.with_name("2026-2")))
    manifest = json.loads((later / "manifest.json").read_text(encoding="utf-8"))
    manifest["edition"]["edition_id"] = "2026-2"
    (later / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    write_sums(later)
    assert compare(published["first"], later, out=tmp_path / "page.html") == 0
    named = [row[0] for row in cells(read(tmp_path / "page.html"), "what")]
    assert named == ["A Designmidlene, utgave 2026-1", "B Designmidlene, utgave 2026-2"]
