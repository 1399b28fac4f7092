"""Files as they must not be, some hundreds of them, made by a seed: never stored, always the same.

Belongs here: what is wrong with each file, for which reader it is, and what it hides that must not be lost in silence.
Does not belong here: opening them (`test_hostile_files.py`), and workbooks and pages (`hostile_packages.py`).

Add a kind, not a case: what once broke a reader stands here as the pattern that it is an instance of.
"""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

SEED = 13
PLANTED = "plantet7"
"""A word that is read, or named in a finding, or is in a file that is refused as a whole."""
REFUSED, READ, EITHER = "refused", "read", "either"
"""What is expected: one sentence, something read, or any of the two, where a reader may do as it likes."""


@dataclass(frozen=True, slots=True)
class Hostile:
    """One file: what it is called, who reads it, its bytes, what is expected, and whether it hides `PLANTED`.

    A finding may name `instead` what `PLANTED` is in.
    """

    name: str
    reader: str
    content: bytes
    expected: str = EITHER
    is_planted: bool = False
    instead: str = ""


UNSEEN = [
    *("\x00", "\x01", "\x02", "\x08", "\x0b", "\x0c", "\x0e", "\x1b", "\x1c", "\x1f", "\x7f", "\x80", "\x85", "\x9d"),
    *("\u00ad", "\u034f", "\u061c", "\u115f", "\u17b4", "\u180e", "\u200b", "\u200d", "\u200e", "\u202e", "\u2028"),
    *("\u2029", "\u2060", "\u2066", "\u2800", "\u3164", "\ufe0f", "\ufeff", "\uffa0", "\ufff9", "\ufffd", "\uffff"),
    *("\ue000", "\u0378", "\U000e0041", "\U000f0000", "\U0010ffff", "\U0001d173"),
]
NUMBERS = [
    "9" * 400,
    "1e400",
    "-1e400",
    "inf",
    "nan",
    "Infinity",
    "1_000",
    "１２",
    "٣",
    "+7",
    "0x10",
    "1e5",
    "--1",
    "1,5,5",
]
DAYS = ["0000-00-00", "0001-01-01", "2026-02-30", "9999-12-31", "1899-12-31", "20260101", "2026-1-1", "२०२६-01-01"]
ENCODINGS = ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-7", "latin-1", "cp1252", "cp037", "cp865", "utf-8-sig"]
NOT_TEXT = {
    "pdf": b"%PDF-1.7\n1 0 obj << /Type /Catalog >>",
    "png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "zip": b"PK\x03\x04\x14\x00\x00\x00",
    "zip-end": b"PK\x05\x06" + bytes(18),
    "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "ole-locked": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
    "gzip": b"\x1f\x8b\x08\x00" + bytes(40),
    "empty": b"",
    "mark": b"\xef\xbb\xbf",
    "breaks": b"\n\r\n\r \t\n",
    "zeros": bytes(4_000),
    "cut": "æøå".encode()[:-1],
    "half": b"id,text\na,\xed\xa0\x80\n",
    "overlong": b"id,text\na,\xc0\xaf\n",
}
HEADING = ("id", "text", "number", "whole", "flag", "day")
ROWS = [(f"rad-{n}", f"tekst {n}", f"{n}.5", f"{n}", "true", "2024-02-29") for n in range(1, 9)]


def corpus(only: str | None = None, *, with_large: bool = True) -> Iterator[Hostile]:
    """Every file, or those of one reader, in an order that never changes.

    Those that are large, unpacked or as they are, may be left out: it takes a minute to make them.
    """
    from tests.faults.hostile_activities import activities
    from tests.faults.hostile_packages import packages, pages

    chance = random.Random(SEED)
    plain = (_delimited(chance, with_large=with_large), _json(chance), _foreign_tables(chance), _proposals())
    for files in (*plain, packages(chance, only, with_large=with_large), pages(chance), activities(chance)):
        yield from (one for one in files if only in (None, one.reader))


def table(rows: list[tuple[str, ...]], heading: tuple[str, ...] = HEADING, separator: str = ",") -> str:
    """Delimited text."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\n").writerows([heading, *rows])
    return text.getvalue()


def with_cell(column: int, value: str, chance: random.Random) -> str:
    """The table with `value` in a cell of one row, by chance."""
    rows = list(ROWS)
    at = chance.randrange(len(rows))
    rows[at] = (*rows[at][:column], value, *rows[at][column + 1 :])
    return table(rows)


def _delimited(chance: random.Random, *, with_large: bool) -> Iterator[Hostile]:
    """For both readers of delimited files: the strict one of raw files, and the one of what people save."""
    for number, sign in enumerate(UNSEEN):
        yield Hostile(f"unseen-{number}", "raw", with_cell(1, f"{PLANTED}{sign}x", chance).encode(), READ, True)
    for number, sign in enumerate(UNSEEN[::4]):
        yield Hostile(f"unseen-key-{number}", "raw", with_cell(0, f"{PLANTED}{sign}", chance).encode(), READ, True)
        heading = (f"id{sign}", *HEADING[1:])
        yield Hostile(f"unseen-heading-{number}", "raw", table(ROWS, heading).encode(), REFUSED)
    for number, value in enumerate(NUMBERS):
        yield Hostile(f"number-{number}", "raw", with_cell(2, value, chance).encode(), READ)
        yield Hostile(f"whole-{number}", "raw", with_cell(3, value, chance).encode(), READ)
    for number, value in enumerate(DAYS):
        yield Hostile(f"day-{number}", "raw", with_cell(5, value, chance).encode(), READ)
    for value in ("TRUE", "sann", "1", "tru\u0435"):
        yield Hostile(f"flag-{value}", "raw", with_cell(4, value, chance).encode(), READ)
    for encoding in ENCODINGS:
        content = with_cell(1, f"blåbær {PLANTED}", chance).encode(encoding)
        yield Hostile(f"encoding-{encoding}", "raw", content, EITHER, True)
        yield Hostile(f"person-encoding-{encoding}", "person", content, EITHER, True)
    for kind, content in NOT_TEXT.items():
        for reader in ("raw", "person", "workbook", "360giving", "gmpp", "page", "proposals"):
            is_text = kind in ("cut", "half", "overlong") and reader == "page"  # read as Windows-1252
            expected = EITHER if is_text else REFUSED
            yield Hostile(f"{reader}-is-{kind}", reader, content, expected)
    quotes = ['"', '""', '"""', 'a"b', '"a"b', 'a,"b', "\\", "'", '"\n', '"a\n\nb"', '" "', "=1+1", "@SUM(A1)"]
    for number, text in enumerate(quotes):
        lines = table(ROWS).split("\n")
        lines[3] = f"rad-x,{text},1.5,1,true,2024-01-01"
        yield Hostile(f"quotes-{number}", "raw", "\n".join(lines).encode())
        yield Hostile(f"person-quotes-{number}", "person", "\n".join(lines).encode())
    for number, separator in enumerate([";", "\t", "|", ":", " ", "\x1f"]):
        text = table(ROWS, separator=separator)
        yield Hostile(f"separator-{number}", "raw", text.encode(), REFUSED)
        yield Hostile(f"person-separator-{number}", "person", text.encode())
    for number, end in enumerate(["\r", "\r\n", "\n\r", "\n\n\n", "\r\r\n"]):
        yield Hostile(f"ends-{number}", "raw", table(ROWS).replace("\n", end).encode())
    for number, end in enumerate(["\x85", "\u2028", "\x0b", "\x0c"]):
        yield Hostile(f"no-ends-{number}", "raw", table(ROWS).replace("\n", end).encode(), REFUSED)
    for columns in (201, 10_000):
        yield Hostile(f"wide-{columns}", "raw", table([], tuple(f"k{n}" for n in range(columns))).encode(), REFUSED)
        yield Hostile(f"wide-row-{columns}", "raw", (table(ROWS) + "," * columns + "\n").encode(), REFUSED)
    for number in range(8):
        yield Hostile(f"chance-{number}", "raw", chance.randbytes(3_000), REFUSED)
        yield Hostile(f"person-chance-{number}", "person", chance.randbytes(3_000), REFUSED)
    yield Hostile("long-text", "raw", with_cell(1, PLANTED + "x" * 20_001, chance).encode(), READ, True)
    if not with_large:
        return
    yield Hostile("endless-text", "raw", with_cell(1, "x" * 3_000_000, chance).encode(), REFUSED)
    yield Hostile("uneven", "raw", (table(ROWS) + f"a,{PLANTED}\n" + "b\n" * 50_000).encode(), READ, True)
    yield Hostile("blank", "raw", (table(ROWS) + ",,,,,\n" * 100_000).encode(), READ)
    yield Hostile("cells", "raw", (table(ROWS) + "a,b,1,1,true,2024-01-01\n" * 340_000).encode(), REFUSED)


GRANT: dict[str, Any] = {
    "id": "360G-fond-17",
    "title": f"Bedre {PLANTED}",
    "description": "Færre skal stå i kø.",
    "currency": "NOK",
    "amountAwarded": 250000,
    "awardDate": "2031-04-02",
    "plannedDates": [{"startDate": "2031-05-01", "endDate": "2032-05-01"}],
    "recipientOrganization": [{"id": "NO-BRC-974760673", "name": "Etaten"}],
    "fundingOrganization": [{"id": "GB-COH-1", "name": "Fondet"}],
    "grantProgramme": [{"code": "p", "title": "P"}],
}
SHAPES: list[Any] = [
    None,
    True,
    7,
    -1.5,
    "",
    "x",
    [],
    {},
    [[]],
    [{}],
    [None],
    {"0": {}},
    [7],
    {"a": [{"b": 1}]},
    "x" * 30_000,
]


def _json(chance: random.Random) -> Iterator[Hostile]:
    def grants(*ones: Any) -> bytes:
        return json.dumps({"grants": list(ones)}).encode("utf-8", "surrogatepass")

    for field in GRANT:
        for number, shape in enumerate(chance.sample(SHAPES, 4)):
            planted = field != "title"
            yield Hostile(f"shape-{field}-{number}", "360giving", grants(GRANT | {field: shape}), EITHER, planted)
    for number, sign in enumerate([*UNSEEN[::5], "\ud800", "\udfff"]):
        yield Hostile(
            f"json-unseen-{number}", "360giving", grants(GRANT | {f"k{sign}": f"{PLANTED}{sign}"}), READ, True
        )
    texts = {
        "deep": "[" * 200_000,
        "deep-objects": '{"grants":' * 50_000,
        "deep-grant": '{"grants":[' + '{"a":' * 900 + "1" + "}" * 900 + "]}",
        "keys": '{"grants":[{"id":"1","title":"t",' + ",".join('"a":1' for _ in range(60_000)) + "}]}",
        "digits": '{"grants":[{"id":"1","title":"t","currency":"NOK","amountAwarded":' + "9" * 100_000 + "}]}",
        "exponent": '{"grants":[{"id":"1","title":"t","currency":"NOK","amountAwarded":1e999999999}]}',
        "tiny": '{"grants":[{"id":"1","title":"t","currency":"NOK","amountAwarded":1e-999999999}]}',
        "nan": '{"grants":[{"id":"1","title":"t","currency":"NOK","amountAwarded":NaN}]}',
        "scalars": "7",
        "text": '"grants"',
        "null": "null",
        "list-of-lists": '{"grants":[[[]],1,null,"x"]}',
        "empty-lists": '{"grants":[' + ",".join("[]" for _ in range(100_000)) + "]}",
        "lines": '{"id":"1","title":"t"}\n' * 50 + "{broken",
        "trailing": '{"grants":[]}}',
        "comment": '// x\n{"grants":[]}',
        "single": "{'grants':[]}",
        "open": '{"grants":[{"id":"1"',
    }
    for name, text in texts.items():
        yield Hostile(f"json-{name}", "360giving", text.encode())
    for encoding in ENCODINGS:
        yield Hostile(f"json-{encoding}", "360giving", json.dumps({"grants": [GRANT]}).encode(encoding))
    for number in range(6):
        whole = bytearray(grants(GRANT))
        for _ in range(4):
            whole[chance.randrange(len(whole))] = chance.randrange(256)
        yield Hostile(f"json-flipped-{number}", "360giving", bytes(whole))


GMPP = ("GMPP ID Number", "Project Name", "Department", "Description", "Start Date", "End Date", "Benefits narrative")


def _foreign_tables(chance: random.Random) -> Iterator[Hostile]:
    titles = ("Identifier", "Title", "Description", "Currency", "Amount Awarded", "Award Date", "Recipient Org:Name")
    tables = {
        "360giving": (titles, ("360G-1", PLANTED, "Færre i kø.", "NOK", "250000", "2031-04-02", "Etaten")),
        "gmpp": (GMPP, ("MOD_0001_1516-Q1", PLANTED, "Dept", "What", "01/02/2020", "03/04/2030", "Much")),
    }
    for reader, (heading, row) in tables.items():
        for column in range(len(heading)):
            for number, value in enumerate(chance.sample([*NUMBERS, *DAYS, *UNSEEN, "x" * 30_000], 4)):
                cells = (*row[:column], f"{value}", *row[column + 1 :])
                content = table([cells, row], heading).encode()
                yield Hostile(f"{reader}-cell-{column}-{number}", reader, content, EITHER, True)
        whole = table([row] * 3, heading)
        kinds = {
            "preamble": "\n".join(f"linje {n}" for n in range(70)) + "\n" + whole,
            "quotes": whole + 'a,"b\n' * 3_000,
            "stray-quotes": whole + 'a,b"c","d"e\n' * 30_000,
            "wide": table([row + ("x",) * 2_000], heading + tuple(f"k{n}" for n in range(2_000))),
            "no-heading": table([row], row),
            "heading-again": "\n".join([whole] * 40),
            "mixed-ends": whole.replace("\n", "\r", 2),
        }
        for kind, text in kinds.items():
            yield Hostile(f"{reader}-{kind}", reader, text.encode())


def _proposals() -> Iterator[Hostile]:
    """About a page that lies beside them, in two lines."""
    good: dict[str, Any] = {
        "page": "side.txt",
        "projects": [{"name": {"value": "Arkivfloken", "line": 2, "quote": "Prosjektet Arkivfloken"}}],
    }
    odd: list[Any] = [
        *SHAPES,
        {"value": "\ud800", "line": 2, "quote": "\ud800"},
        {"value": "x", "line": 10**30, "quote": "x"},
    ]
    for number, value in enumerate(
        [*odd, {"value": "x", "line": -1, "quote": "x"}, {"value": 1, "line": True, "quote": 1}]
    ):
        for place in ("name", "grant", "gains", "owners"):
            said = json.dumps(good | {"projects": [good["projects"][0] | {place: value}]})
            yield Hostile(f"proposal-{place}-{number}", "proposals", said.encode())
    texts = {
        "deep": '{"page":' + "[" * 100_000,
        "digits": '{"page":"side.txt","projects":[{"grant":{"value":' + "9" * 5_000 + ',"line":1,"quote":"x"}}]}',
        "nan": '{"page":"side.txt","projects":[{"name":{"value":"x","line":NaN,"quote":"x","confidence":NaN}}]}',
        "no-page": '{"page":"../../../etc/passwd"}',
        "folder": '{"page":"."}',
        "zero": '{"page":"\\u0000"}',
        "long": json.dumps({"page": "x" * 5_000}),
        "unknown": '{"page":"side.txt","\\u202ekode":1}',
    }
    for name, text in texts.items():
        yield Hostile(f"proposal-{name}", "proposals", text.encode(), REFUSED)
