"""Receipts: what each import and each accept added to the raw files, and how to find exactly those rows again.

Belongs here: the file that records one change, reading all of them, and locating the rows of one in a raw file.
Does not belong here: writing raw files (`append.py`) and taking rows back (`undo.py`).

A receipt is written in the same change as its rows, so that there is none without the other. It holds the bytes that
were added to each file: rows are found by what they are, wherever later imports and later undoing have moved them.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

FOLDER = ".receipts"
"""Inside the raw folder, since a receipt is replaced together with raw files; hidden, so that it is no input."""


@dataclass(frozen=True, slots=True)
class Block:
    """Rows added to one file: its table, the line of the first row, how many, and the text that was put after the rest.

    `is_new` is true of a file that did not exist; `heading` is then what it began with. `origins` are file and row that
    each row was delivered in.
    """

    file: str
    table: str
    first_line: int
    row_count: int
    text: str
    is_new: bool = False
    heading: str = ""
    origins: Sequence[Sequence[str | int]] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """One change: its id, the command, when, the files it came from with their SHA-256, and the rows by file.

    `undoes` is the id of the receipt whose rows were taken back, when this is the receipt of that.
    """

    receipt_id: str
    who: str
    made_at: str
    inputs: Mapping[str, str] = field(default_factory=dict[str, str])
    blocks: Sequence[Block] = ()
    undoes: str | None = None

    @property
    def row_count(self) -> int:
        """Rows over all files."""
        return sum(block.row_count for block in self.blocks)

    @property
    def name(self) -> str:
        """Its file below the raw folder."""
        return f"{FOLDER}/{self.receipt_id}.json"

    def content(self) -> bytes:
        """The file that records it."""
        plain: dict[str, Any] = {
            "receipt_id": self.receipt_id,
            "who": self.who,
            "made_at": self.made_at,
            "inputs": dict(self.inputs),
            "blocks": [{name: getattr(block, name) for name in Block.__slots__} for block in self.blocks],
            "undoes": self.undoes,
        }
        return (json.dumps(plain, ensure_ascii=False, indent=1) + "\n").encode()


def read_receipts(raw_dir: Path) -> list[Receipt]:
    """Every receipt of the raw files, in the order in which they were made."""
    found = [_read(path) for path in (raw_dir / FOLDER).glob("*.json")]
    return sorted(found, key=lambda receipt: _number(receipt.receipt_id))


def next_receipt_id(raw_dir: Path, at: datetime) -> str:
    """The id of the next receipt: the day, and a number that no other receipt has."""
    used = [_number(path.stem)[1] for path in (raw_dir / FOLDER).glob("*.json")]
    return f"{at:%Y%m%d}-{max(used, default=0) + 1}"


def undone(receipts: Sequence[Receipt]) -> dict[str, str]:
    """The id of the undoing receipt by that of the one undone."""
    return {receipt.undoes: receipt.receipt_id for receipt in receipts if receipt.undoes}


def hashes_of(path: Path) -> dict[str, str]:
    """SHA-256 by name of a file, or of each file in a folder."""
    files = sorted(one for one in path.iterdir() if one.is_file()) if path.is_dir() else [path]
    names = {one: f"{path.name}/{one.name}" if path.is_dir() else one.name for one in files}
    return {name: hashlib.sha256(one.read_bytes()).hexdigest() for one, name in names.items()}


def rows_with_origins(raw_dir: Path, table: str) -> Iterator[tuple[dict[str, str], str, int]]:
    """Each row of a table that has a receipt and was not taken back, with the file and row it was delivered in."""
    receipts = read_receipts(raw_dir)
    gone = undone(receipts)
    for block in (block for one in receipts if one.receipt_id not in gone for block in one.blocks):
        if block.table == table and (raw_dir / block.file).exists():
            with (raw_dir / block.file).open(encoding="utf-8-sig", newline="") as file:
                heading = next(csv.reader(file))
            rows = csv.DictReader(io.StringIO(block.text.lstrip("\r\n")), heading)
            for row, (name, number) in zip(rows, block.origins, strict=True):
                yield row, str(name), int(number)


def without(content: bytes, block: Block) -> bytes | None:
    """`content` of a raw file without the rows of `block`; `None` when they are not there as they were added."""
    added = block.text.encode()
    rows = added.lstrip(b"\r\n")
    start = content.rfind(rows)
    # At the start of a line: the same characters at the end of a longer row are another row.
    if start <= 0 or content[start - 1 : start] not in (b"\n", b"\r"):
        return None
    end = start + len(rows)
    lead = len(added) - len(rows)
    # A line end that the file lacked came with the rows, and goes with them unless rows were added after them.
    if lead and end == len(content):
        start -= lead
    return content[:start] + content[end:]


def _number(receipt_id: str) -> tuple[str, int]:
    day, _, number = receipt_id.rpartition("-")
    return day, int(number)


def _read(path: Path) -> Receipt:
    plain = json.loads(path.read_text(encoding="utf-8"))
    return Receipt(**plain | {"blocks": [Block(**block) for block in plain["blocks"]]})
