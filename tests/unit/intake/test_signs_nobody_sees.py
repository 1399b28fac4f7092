"""What a person cannot see does not reach the register: it is refused where it stands, shown by its number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from gevinst.characters import as_seen, visible
from gevinst.contracts import Column, Type, contract
from gevinst.findings import Finding, IntakeError
from gevinst.intake import read_core
from gevinst.intake.integrity import dangling_references, duplicate_keys
from gevinst.intake.read_csv import read_delimited
from gevinst.intake.validate import apply_contract

Edit = Callable[[str, str, str], None]
TABLE = replace(
    contract("kpi"),
    name="small",
    key=("id",),
    columns=(
        Column("id", Type.TEXT, "Nøkkel.", "Key.", required=True),
        Column("note", Type.TEXT, "Merknad.", "Note."),
    ),
)


def read(tmp_path: Path, content: str | bytes):
    path = tmp_path / "small.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    held = read_delimited(path, "small.csv", TABLE)
    typed, findings = apply_contract(held.rows, TABLE, {})
    return typed, [*held.findings, *findings]


@pytest.mark.parametrize(
    "sign",
    [
        *("\x00", "\x02", "\x07", "\x0b", "\x0c", "\x1b", "\x1e", "\x7f", "\x85", "\x9f"),
        *("\u00ad", "\u034f", "\u061c", "\u180e", "\u200b", "\u200c", "\u200d", "\u200e", "\u202e", "\u2060", "\u2066"),
        *("\u2028", "\u2029", "\u2800", "\u3164", "\ufe0f", "\ufeff", "\uffa0", "\ufff9", "\ufffd", "\uffff"),
        *("\ue000", "\u0378", "\U000e0041", "\U000f0000", "\U0001d173"),
    ],
)
def test_a_sign_nobody_sees_is_refused_by_row_and_column_and_shown_by_its_number(tmp_path, sign) -> None:
    typed, findings = read(tmp_path, f"id,note\na,hel\nb,to{sign}deler\nc,hel\n")
    assert typed["id"].to_list() == ["a", "c"]
    (one,) = findings
    assert (one.row_number, one.column_name, one.value) == (3, "note", f"to[U+{ord(sign):04X}]deler")
    assert "tegn som ingen ser eller kan lese" in one.reason_nb


@pytest.mark.parametrize(
    "text",
    [
        "Sámi giella",
        "naïve – «blåbær»",
        "kr\u00a0500\u202f000",
        "👩‍💻 og ❤️ 1️⃣ 👍🏽",
        "en\nto",
        "a\tb",
        "北京",
        "ﬁnansiering",
    ],
)
def test_what_can_be_seen_is_taken(tmp_path, text) -> None:
    typed, findings = read(tmp_path, f'id,note\na,"{text}"\n')
    assert (typed["note"].to_list(), findings) == ([text], [])


def test_a_carriage_return_inside_a_line_is_no_end_of_a_row(tmp_path) -> None:
    typed, findings = read(tmp_path, 'id,note\na,en\rto\nb,"en\rto"\nc,hel\n')
    assert typed["id"].to_list() == ["c"]
    assert [(one.row_number, one.value) for one in findings] == [(2, "en[U+000D]to"), (3, "en[U+000D]to")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_program_may_end_its_lines_as_it_does(tmp_path, end) -> None:
    typed, findings = read(tmp_path, f'id,note{end}a,hel{end}b,"en{end}to"{end}')
    assert (typed["note"].to_list(), findings) == (["hel", "en\nto"], [])


def test_letters_with_their_accents_apart_are_put_together(tmp_path) -> None:
    assert read(tmp_path, "id,note\na,Ba\u030asta\u030ad\n")[0]["note"].to_list() == ["Båståd"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        *(("2019-flyt", "2019-Flyt"), ("2019-flyt", "２０１９-flyt"), ("2019 flyt", "2019\u00a0flyt")),
        *(("finans", "ﬁnans"), ("nr2", "nr²"), ("æ-1", "Æ-1"), ("\u212b", "å")),
    ],
)
def test_two_keys_that_look_alike_are_refused_by_naming_both(tmp_path, first, second) -> None:
    typed, findings = read(tmp_path, f"id,note\n{first},\n{second},\n")
    assert findings == []
    (one,) = duplicate_keys(typed, TABLE)
    assert (one.row_number, one.column_name, one.value) == (3, "id", second)
    assert f"«{first if first != chr(0x212B) else 'Å'}» in small.csv, row 2" in one.reason_en


def test_a_key_in_letters_of_another_alphabet_is_refused(tmp_path) -> None:
    _, findings = read(tmp_path, "id,note\nsосе,\nace,αβγ\n")  # the first is Cyrillic but for its s
    assert [(one.row_number, one.column_name) for one in findings] == [(2, "id")]


def test_a_reference_that_only_looks_right_is_told_what_it_looks_like(tmp_path) -> None:
    typed, _ = read(tmp_path, "id,note\n2019-flyt,\n2020-x,2019-Flyt\n")
    pointing = replace(TABLE, columns=(TABLE.columns[0], replace(TABLE.columns[1], references="small.id")))
    (one,) = dangling_references(typed, pointing, {"small": typed})
    assert one.row_number == 3 and "looks like «2019-flyt» there" in one.reason_en


def test_one_control_sign_in_a_short_name_ends_a_run_by_naming_its_row(raw_dir: Path, edit: Edit) -> None:
    edit("registry/projects.csv", "eInnsyn", "eIn\x02nsyn")
    with pytest.raises(IntakeError) as stopped:
        read_core(raw_dir)
    first = str(stopped.value).splitlines()[0]
    assert "was set aside for a fault in it" in first and "registry/projects.csv, row " in first
    assert "eIn[U+0002]nsyn" in first and "\x02" not in str(stopped.value)


def test_a_text_longer_than_any_page_is_refused_and_cut_where_it_is_shown(tmp_path) -> None:
    typed, findings = read(tmp_path, f"id,note\na,{'x' * 20_000}\nb,{'x' * 20_001}\n")
    assert typed["id"].to_list() == ["a"]
    (one,) = findings
    assert (one.row_number, one.column_name) == (3, "note") and one.value and len(one.value) < 600


def test_a_message_shows_no_sign_that_nobody_sees_wherever_it_stands() -> None:
    one = Finding("a\u202eb.csv", "nb.", "en.", column_name="\u200bnavn", value="x\x1b[31m", sheet="Ark\x07")
    assert one.sentence() == "a[U+202E]b.csv, sheet Ark[U+0007], column [U+200B]navn, value «x[U+001B][31m»: en."


def test_marks_without_width_do_not_tell_two_texts_apart() -> None:
    assert as_seen("Nav\u200b\u00ad") == as_seen("NAV") and as_seen("Nav") != as_seen("Naw")
    assert visible("en\u00a0linje\n") == "en\u00a0linje\n"
