"""Taking back exactly the rows of one receipt, unless later rows rest on them.

Belongs here: which receipt, whether it can be taken back, and what the raw files are without its rows.
Does not belong here: receipts themselves (`receipts.py`) and the writing (`append.py`, through which this goes).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from gevinst.errors import EvaluatorError
from gevinst.findings import Finding, IntakeError
from gevinst.intake.append import Progress, Step, change_files
from gevinst.intake.content import content_faults
from gevinst.intake.core import read_typed, stopping_faults, stored
from gevinst.intake.receipts import Receipt, next_receipt_id, read_receipts, undone, without
from gevinst.scratch import scratch

Places = dict[tuple[str, int], tuple[str, int]]


class UndoError(EvaluatorError):
    """Rows that cannot be taken back; the message says why, and nothing was changed."""


def undo(
    raw_dir: Path,
    receipt_id: str | None = None,
    *,
    progress: Progress = lambda _step, _holder: None,
    at: datetime | None = None,
) -> tuple[Receipt, Receipt]:
    """Take the rows of a receipt out of the raw files under `raw_dir` (default: the last that can be).

    Returns the receipt taken back and that of the undoing.

    Raises:
        UndoError: there is no such receipt, it is undone, or its rows were edited since.
        IntakeError: later rows rest on those; one finding for each, with its file and line.
        WriteError: as `append_rows`.
    """
    who = f"gevinst undo {receipt_id or ''}".strip()
    made_at = at or datetime.now().astimezone()
    with change_files(raw_dir, who, progress) as change:
        receipt = _wanted(read_receipts(raw_dir), receipt_id)
        new = {block.file: _without(change.old, receipt, block.file) for block in receipt.blocks}
        new |= _folder_left_empty(change.old, new, receipt)
        progress(Step.CHECKING, "")
        _refuse_if_needed(change.old, new, receipt)
        done = Receipt(
            next_receipt_id(raw_dir, made_at), who, made_at.isoformat("T", "seconds"), undoes=receipt.receipt_id
        )
        change.write(new | {done.name: done.content()})
    return receipt, done


def _wanted(receipts: list[Receipt], receipt_id: str | None) -> Receipt:
    gone = undone(receipts)
    if receipt_id is None:
        left = [one for one in receipts if one.undoes is None and one.receipt_id not in gone]
        if not left:
            raise UndoError(
                "det er ingenting å ta tilbake: ingen rader er tatt inn siden kvitteringene begynte",
                "there is nothing to undo: no rows have been taken in that are not taken back already",
            )
        return left[-1]
    found = next((one for one in receipts if one.receipt_id == receipt_id), None)
    if found is None:
        raise UndoError(
            f"{receipt_id}: det finnes ingen slik kvittering; se dem med gevinst undo --list",
            f"{receipt_id}: there is no such receipt; see them with gevinst undo --list",
        )
    if found.undoes:
        raise UndoError(
            f"{receipt_id} er kvitteringen for noe som ble tatt tilbake; ta inn fila en gang til i stedet",
            f"{receipt_id} is the receipt of an undoing; import the file again instead",
        )
    if receipt_id in gone:
        raise UndoError(
            f"{receipt_id} er tatt tilbake før (kvittering {gone[receipt_id]})",
            f"{receipt_id} was taken back before (receipt {gone[receipt_id]})",
        )
    return found


def _without(old: Mapping[str, bytes], receipt: Receipt, file: str) -> bytes | None:
    """The file without the rows of the receipt; `None` when it was made for them and holds nothing else."""
    block = next(one for one in receipt.blocks if one.file == file)
    content = old.get(file, b"")
    left = without(content, block) if block.text else content
    if left is None or (block.is_new and not left.startswith(block.heading.encode())):
        raise UndoError(
            f"{file}: radene fra kvittering {receipt.receipt_id} er endret siden; sett dem tilbake, eller rett dem "
            "i fila",
            f"{file}: the rows of receipt {receipt.receipt_id} were edited since; restore them, or correct them in the "
            "file",
        )
    return None if block.is_new and left == block.heading.encode() else left


def _folder_left_empty(
    old: Mapping[str, bytes], new: Mapping[str, bytes | None], receipt: Receipt
) -> dict[str, bytes | None]:
    """Files that stay although they were made for the rows: a year is kept whole while one of its files has rows."""
    made = {block.file: block for block in receipt.blocks if block.is_new}
    in_use = {Path(name).parent for name in made if new[name] is not None}
    kept = {name for name in made if Path(name).parent in in_use and new[name] is None}
    return {name: made[name].heading.encode() for name in kept}


def _refuse_if_needed(old: Mapping[str, bytes], new: Mapping[str, bytes | None], receipt: Receipt) -> None:
    """Raise `IntakeError` for every row left that rests on one taken away."""
    with scratch() as place:
        before, after = (place / name for name in ("before", "after"))
        _write(before, old)
        _write(after, {name: content for name, content in {**old, **new}.items() if content is not None})
        left = read_typed(after, _moved(old, new, receipt))
        then = read_typed(before)
        known = {(one.file, one.row_number, one.column_name) for one in stopping_faults(then)}
        faults = [one for one in stopping_faults(left) if (one.file, one.row_number, one.column_name) not in known]
        if not faults:
            found = content_faults(stored(then), stored(left), left.rows, receipt.receipt_id)
            faults = [one.finding for one in found if not one.finding.is_note]
    if faults:
        raise IntakeError([_rests(one, receipt) for one in faults])


def _rests(finding: Finding, receipt: Receipt) -> Finding:
    return replace(
        finding,
        reason_nb=f"raden bygger på en som ville blitt tatt tilbake med {receipt.receipt_id}: {finding.reason_nb} Ta "
        "tilbake denne raden først.",
        reason_en=f"the row rests on one that would be taken back with {receipt.receipt_id}: {finding.reason_en} Take "
        "this row back first.",
    )


def _write(folder: Path, contents: Mapping[str, bytes]) -> None:
    for name, content in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def _moved(old: Mapping[str, bytes], new: Mapping[str, bytes | None], receipt: Receipt) -> Places:
    """The line that each line after the rows had before: a finding names the file as it is, not as it would be."""
    found: Places = {}
    for block in receipt.blocks:
        content, left = old[block.file], new[block.file]
        if left is None or not block.text:
            continue
        shared = next((n for n, (a, b) in enumerate(zip(content, left, strict=False)) if a != b), len(left))
        first = content[:shared].count(b"\n") + 1
        removed = content.count(b"\n") - left.count(b"\n")
        last = left.count(b"\n") + 1
        found |= {(block.file, line): (block.file, line + removed) for line in range(first, last + 1)}
    return found
