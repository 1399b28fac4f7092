"""``gevinst undo``: the rows of an import or accept out of the raw files again.

Belongs here: its options and what it prints. Does not belong here: whether rows may be taken back (`gevinst.intake`).
"""

from __future__ import annotations

from pathlib import Path

import click

from gevinst.commands.options import Command, language, raw_dir


@click.command(cls=Command, short_help="Take back the rows of an import or accept, all of them or none.")
@click.argument("receipt", required=False)
@click.option("--list", "is_list", is_flag=True, help="List the receipts and change nothing.")
@raw_dir("Folder of the raw files")
@language("the messages")
def command(receipt: str | None, is_list: bool, raw_dir: Path | None, language: str) -> None:
    """Take back exactly the rows of RECEIPT (default: the last import or accept), unless later rows rest on them."""
    from gevinst.commands.progress import report_steps
    from gevinst.intake.receipts import read_receipts, undone
    from gevinst.intake.undo import undo
    from gevinst.language.texts import Catalogue
    from gevinst.settings import load_settings

    t = Catalogue(language).t
    raw_dir = raw_dir or load_settings().raw_dir
    if is_list:
        receipts = read_receipts(raw_dir)
        gone = undone(receipts)
        for one in receipts:
            state = t("append.of_undo", receipt=one.undoes) if one.undoes else t("append.rows", n=one.row_count)
            if one.receipt_id in gone:
                state += t("append.undone", receipt=gone[one.receipt_id])
            print(f"{one.receipt_id}  {one.made_at}  {one.who}: {state}")
            for name, digest in one.inputs.items():
                print(f"    {name}  sha256 {digest}")
        if not receipts:
            print(t("append.no_receipts"))
        return
    taken, done = undo(raw_dir, receipt, progress=report_steps(language))
    print(t("append.taken_back", n=taken.row_count, receipt=taken.receipt_id))
    for block in taken.blocks:
        if block.row_count:
            print(t("evaluator.taken_in_file", n=block.row_count, file=block.file))
    print(t("append.receipt_of_undo", receipt=done.receipt_id))
