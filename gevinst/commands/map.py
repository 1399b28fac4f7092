"""``gevinst map``: a register that others keep, into the registry by a mapping that a person can read.

Belongs here: its options and what it prints. Does not belong here: mapping (`gevinst.mapping`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gevinst.commands.options import FILE, Command, language

if TYPE_CHECKING:
    from gevinst.findings import Finding
    from gevinst.language.texts import Catalogue
    from gevinst.mapping.take_in import Outcome

_SHOWN = 40
"""Findings of one kind that are listed: a register with more has one fault many times."""

_VALUES = 8
"""Values that are listed of rows that have the same fault."""


@click.command(cls=Command, short_help="Take in the register that a scheme has, by a mapping that is proposed.")
@click.argument("file", type=FILE)
@click.option("--out", type=FILE, metavar="TOML", help="Propose a mapping, and write it to this new file.")
@click.option(
    "--to",
    type=click.Choice(["projects", "benefits"]),
    default="projects",
    show_default=True,
    help="What the rows of FILE are: projects, or the benefits of one project; a mapping says it itself.",
)
@click.option("--with", "mapping", type=FILE, metavar="TOML", help="Enter what FILE says by this mapping.")
@click.option("--sheet", metavar="NAME", help="Sheet to propose a mapping of (default: the one with most records).")
@click.option("--year", type=int, metavar="Y", help="Year and folder of rows of evaluations (default: the year now).")
@click.option("--check", "only_check", is_flag=True, help="Say what would be entered, and enter nothing.")
@language("the messages")
def command(
    file: Path,
    out: Path | None,
    to: str,
    mapping: Path | None,
    sheet: str | None,
    year: int | None,
    only_check: bool,
    language: str,
) -> int:
    """Take in FILE, a register of projects that a scheme has, or of benefits that a project has.

    FILE may be XLSX, ODS, CSV, JSON or XML.

    First with --out: each column gets a place, or a reason why it has none. Read the mapping, correct it, and name it
    --with. The same mapping takes in next year's export: new projects are added, values that differ are corrected, and
    no project is entered twice. Exit code 1 when something must be corrected first.
    """
    from gevinst.language.texts import Catalogue

    catalogue = Catalogue(language)
    if (out is None) == (mapping is None):
        raise click.UsageError(catalogue.t("map.either"))
    if out is not None:
        return _propose(file, out, to, sheet, catalogue)
    assert mapping is not None
    return _take_in(file, mapping, year, catalogue, only_check=only_check)


def _propose(file: Path, out: Path, to: str, sheet: str | None, catalogue: Catalogue) -> int:
    from datetime import date

    from gevinst.intake.core import read_typed
    from gevinst.mapping.benefit_layout import headings_known, propose_layout
    from gevinst.mapping.mapping_file import read_columns
    from gevinst.mapping.proposals import propose
    from gevinst.mapping.register import open_register
    from gevinst.mapping.take_in import labels_of
    from gevinst.settings import load_settings
    from gevinst.workspace import scheme

    if out.exists():
        print(catalogue.t("map.mapping_taken", path=out), file=sys.stderr)
        return 1
    own = scheme()
    labels = labels_of(read_typed(load_settings().raw_dir))
    if to == "benefits":
        register = open_register(file, sheet, known=headings_known)
        text = propose_layout(register, labels, catalogue.language)
    else:
        register = open_register(file, sheet)
        keeper = own.funder or own.name(catalogue.language)
        text = propose(register, labels, keeper, catalogue.language, date.today())
    out.write_text(text, encoding="utf-8", newline="\n")
    columns = len(read_columns(text))
    print(catalogue.t("map.proposed", path=out, columns=columns, total=len(register.headings)))
    if register.other_sheets:
        print(catalogue.t("map.other_sheets", sheets=", ".join(register.other_sheets)))
    return 0


def _take_in(file: Path, mapping: Path, year: int | None, catalogue: Catalogue, *, only_check: bool) -> int:
    from gevinst.commands.progress import report_steps
    from gevinst.mapping.take_in import take_in_register
    from gevinst.settings import load_settings

    progress = report_steps(catalogue.language)
    raw_dir = load_settings().raw_dir
    outcome = take_in_register(file, mapping, raw_dir, only_check=only_check, year=year, progress=progress)
    _list("map.told", outcome.findings, catalogue)
    for line in _counts(outcome, catalogue):
        print(line)
    if outcome.faults:
        _list("map.to_correct", outcome.faults, catalogue)
        print(catalogue.t("map.not_entered"))
        return 1
    if only_check:
        print(catalogue.t("map.only_checked"))
    elif outcome.receipt_id is None:
        print(catalogue.t("map.nothing_new"))
    else:
        print(catalogue.t("append.receipt", receipt=outcome.receipt_id))
    return 0


def _counts(outcome: Outcome, catalogue: Catalogue) -> Iterator[str]:
    """What became of the projects of a register, or how many rows each table got from one of benefits."""
    from gevinst.contracts import contract

    if outcome.counts:
        names = ("added", "changed", "same", "set_aside")
        yield catalogue.t("map.counts", **{name: outcome.counts[name] for name in names})
        if gone := outcome.counts["gone"]:
            yield catalogue.t("map.gone", n=gone)
    elif outcome.rows:
        rows = (f"{contract(table).title(catalogue.language)} {n}" for table, n in outcome.rows.items())
        yield catalogue.t("map.new_rows", rows=", ".join(rows))


def _list(key: str, findings: Sequence[Finding], catalogue: Catalogue) -> None:
    """The findings under one line; those that say the same of many rows of a column are one line."""
    if not findings:
        return
    groups: dict[tuple[str, str | None, str], list[Finding]] = {}
    for one in findings:
        groups.setdefault((one.file, one.column_name, one.reason_nb), []).append(one)
    print(catalogue.t(key, n=len(groups)))
    for same in list(groups.values())[:_SHOWN]:
        print(f"  {same[0].sentence(catalogue.language)}{_more(same, catalogue)}")
    if len(groups) > _SHOWN:
        print("  " + catalogue.t("exchange.more", n=len(groups) - _SHOWN))


def _more(same: Sequence[Finding], catalogue: Catalogue) -> str:
    """How many rows more a finding is about, and what stands in them where that is something else."""
    if len(same) == 1:
        return ""
    values = list(dict.fromkeys(f"«{one.value}»" for one in same if one.value not in (None, same[0].value)))
    listed = ", ".join(values[:_VALUES]) + (" …" if len(values) > _VALUES else "")
    return f" ({catalogue.t('map.more_rows', n=len(same) - 1)}{f': {listed}' if listed else ''})"
