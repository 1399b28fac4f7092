from __future__ import annotations

from pathlib import Path

import pytest

from gevinst.announcements.document import AnnouncementError, document_of, read_document


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.7\n...", "this is a PDF"),
        (b"PK\x03\x04rest", "packed file such as a workbook"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "this is not text"),
        (b"", "the file is empty"),
        (b" \n\n ", "the file is empty"),
        (b"x" * 5_000_001, "is more than a page"),
    ],
)
def test_what_is_no_page_is_refused_in_one_sentence_that_names_it(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(content)
    with pytest.raises(AnnouncementError) as refused:
        read_document(path)
    assert str(refused.value).startswith(f"{path}: ") and reason in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AnnouncementError, match="there is no such file"):
        read_document(tmp_path / "page.txt")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_letters_survive_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes("Øvingsrom på Åsen\n".encode(encoding))
    assert [line.text for line in read_document(path).lines] == ["Øvingsrom på Åsen"]


def test_lines_keep_their_numbers_when_broken_lines_are_joined() -> None:
    document = document_of("page.txt", "Tittel\n\nLeverandører: Rund Trekant og\nTredje Trapp\n\nSlutt")
    joined = next(line for line in document.lines if line.text.startswith("Leverandører"))
    assert joined.text == "Leverandører: Rund Trekant og Tredje Trapp"
    assert joined.of("Rund Trekant") == 3 and joined.of("Tredje Trapp") == 4


def test_scripts_menus_and_forms_of_html_are_no_lines() -> None:
    html = (
        "<html><body><nav>Meny</nav><script>var x = 'Virksomhet: X';</script><form>Søk</form>\n"
        "<main><h1>Tittel</h1>\n<p>Virksomhet: Havmyra kommune<br>Leverandør: Rund Trekant</p></main></body></html>"
    )
    lines = document_of("page.html", html).lines
    assert [(line.number, line.text) for line in lines] == [
        (2, "Tittel"),
        (3, "Virksomhet: Havmyra kommune"),
        (3, "Leverandør: Rund Trekant"),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<div>" * 201, "201 elements inside each other"),
        ("<table><tr><td>" * 400, "elements inside each other"),
        ("<p>x" + "<br>" * 50_000, "too many altogether"),
        ("Prosjekt " + "Å" * 1_001, "without paragraphs or blanks"),
        ("ord " * 5_001, "is a text of 20003 characters"),
    ],
)
def test_a_page_that_no_person_has_written_is_refused_in_one_sentence_with_its_line(text: str, said: str) -> None:
    with pytest.raises(AnnouncementError) as refused:
        document_of("page.html", f"Tittel\n{text}")
    assert said in str(refused.value) and "line 2 " in str(refused.value) and "\n" not in str(refused.value)


def test_marks_nobody_sees_are_no_part_of_words_and_line_ends_are_those_of_any_system(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes("Til\u00addeling\u200e\x02 og\x0bmer\r\rVirksomhet:\u2028Havmyra\r".encode() + b"Mer tekst. " * 40)
    assert [(line.number, line.text) for line in read_document(path).lines] == [
        (1, "Tildeling og mer"),
        (3, "Virksomhet: Havmyra"),
        (4, " ".join(["Mer tekst."] * 40)),
    ]
