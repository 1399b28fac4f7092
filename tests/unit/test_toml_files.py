"""Files in TOML that persons write: what stops one is told by line or key, all of it at once."""

from pathlib import Path

import pytest

from gevinst.findings import IntakeError
from gevinst.toml_files import TomlFile


def written(folder: Path, content: bytes) -> Path:
    path = folder / "noe.toml"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "nb", "en"),
    [
        (b"a = 1\n[b\n", "linje 2: fila er ikke gyldig TOML (Expected", "line 2: the file is not valid TOML (Expected"),
        (b'a = 1\nb = "x\n', "linje 2: fila er ikke gyldig TOML", "line 2: the file is not valid TOML"),
        (b"a = 1\nb = [1,", "linje 2: fila er ikke gyldig TOML", "line 2: the file is not valid TOML"),
        (b'a = 1\nb = "\xe5"\n', "linje 2: fila er ikke i UTF-8; lagre", "line 2: the file is not UTF-8; save"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_by_line(tmp_path: Path, content: bytes, nb: str, en: str) -> None:
    with pytest.raises(IntakeError) as refused:
        TomlFile(written(tmp_path, content))
    assert refused.value.message("nb").startswith(f"noe.toml, {nb}")
    assert refused.value.message("en").startswith(f"noe.toml, {en}")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(
        IntakeError, match=r"^noe\.toml: the file cannot be read \(No such file or directory\); correct"
    ):
        TomlFile(tmp_path / "noe.toml")


def test_the_mark_that_editors_of_windows_write_first_is_no_fault(tmp_path: Path) -> None:
    assert TomlFile(written(tmp_path, b"\xef\xbb\xbfa = 1\n")).content == {"a": 1}


def test_every_fault_is_told_with_its_key_its_value_and_what_was_meant(tmp_path: Path) -> None:
    file = TomlFile(written(tmp_path, b'languag = 1\nlanguage = "sv"\ncolumns = 3\n[source]\ntitel = "x"\nid = [1]\n'))
    file.unknown(file.content, ("language", "columns", "source"))
    source = file.table(file.content, "source")
    file.unknown(source, ("id", "title"), "source")
    assert file.language(file.content) == "nb"
    assert file.table(file.content, "columns") == {}
    assert file.text("source.id", source["id"]) == ""
    with pytest.raises(IntakeError) as refused:
        file.stop()
    assert refused.value.message("en").splitlines() == [
        "noe.toml, key languag: is unknown; use language, columns, source. Is it language?",
        "noe.toml, key source.titel: is unknown; use id, title. Is it title?",
        "noe.toml, key language, value «sv»: write nb or en.",
        "noe.toml, key columns, value «3»: should be a table, [columns].",
        "noe.toml, key source.id, value «[1]»: should be a text in quotes.",
    ]
    assert "nøkkel source.titel: er ukjent; bruk id, title. Er det title?" in refused.value.message("nb")


def test_numbers_and_days_are_texts_unless_they_must_stand_in_quotes(tmp_path: Path) -> None:
    file = TomlFile(written(tmp_path, b"a = 2025\nb = 2026-11-30\nc = true\n"))
    assert [file.text(key, file.content[key]) for key in "abc"] == ["2025", "2026-11-30", ""]
    assert file.text("a", file.content["a"], in_quotes=True) == ""
    assert [one.column_name for one in file.findings] == ["c", "a"]
