"""``gevinst exchange``: the registry to and from the layouts that others use.

Belongs here: its options and what it prints. Does not belong here: the layouts (`gevinst.formats`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gevinst.commands.options import FILE, Group, language
from gevinst.formats.exchange import LAYOUTS

if TYPE_CHECKING:
    from gevinst.formats.model import NotCarried
    from gevinst.language.texts import Catalogue

_SHOWN = 12
"""Kinds of things left behind that are listed before the rest is only counted: about half a screen."""
_SHOWN_FAULTS = 50
"""Faults that are listed, each on a line: they are to be corrected, so more of them are shown."""
_LAYOUT = click.argument("layout", type=click.Choice(list(LAYOUTS)))


@click.group(cls=Group)
def command() -> None:
    """Exchange grants as 360Giving, benefits as GMPP and IATI."""


@command.command("export")
@_LAYOUT
@click.argument("file", type=FILE)
@language("texts")
def export_edition(layout: str, file: Path, language: str) -> None:
    """Write the edition in force to FILE.

    Beside it goes a list of all that the layout has no place for, FILE.not_carried.csv.
    """
    from gevinst.edition.store import find_edition
    from gevinst.formats.exchange import TABLES, export
    from gevinst.formats.model import NOT_CARRIED, write_not_carried
    from gevinst.language.texts import Catalogue
    from gevinst.settings import load_settings

    edition = find_edition(load_settings(), None)
    n, left = export(
        edition.tables(TABLES),
        layout,
        file,
        edition_year=edition.edition_year,
        is_illustrative=edition.is_illustrative,
        language=language,
    )
    catalogue = Catalogue(language)
    print(catalogue.t("exchange.exported", n=n, path=file))
    _report(_grouped(left, catalogue), catalogue)
    listed = file.with_name(f"{file.name}.{NOT_CARRIED}")
    write_not_carried(left, listed, file.name)
    print(catalogue.t("exchange.all_in_file", path=listed))


@command.command("import")
@_LAYOUT
@click.argument("file", type=FILE)
@click.argument("draft", type=FILE)
@language("texts")
def import_file(layout: str, file: Path, draft: Path, language: str) -> int:
    """Propose registry rows from FILE; the registry itself is not touched.

    FILE is JSON, CSV or a workbook; for GMPP CSV or a workbook; for IATI XML. DRAFT is a new folder for the proposed
    rows and a list of what is wrong and what has no place. Exit code 1 when nothing can be proposed.
    """
    from gevinst.formats.exchange import read
    from gevinst.formats.model import FAULT, NOT_CARRIED, write_draft
    from gevinst.intake import read_core
    from gevinst.language.texts import Catalogue
    from gevinst.settings import load_settings

    numbers = read_core(load_settings().raw_dir).tables["organisation_numbers"]
    proposed = read(file, layout, numbers)
    write_draft(proposed, draft)
    catalogue = Catalogue(language)
    n = len(proposed.tables["projects"])
    print(catalogue.t("exchange.imported", n=n, path=draft))
    _report_faults(proposed.faults, catalogue)
    _report(_grouped([one for one in proposed.not_carried if one.kind != FAULT], catalogue), catalogue)
    print(catalogue.t("exchange.all_in_file", path=draft / NOT_CARRIED))
    return 0 if n else 1


def _report_faults(faults: Sequence[NotCarried], catalogue: Catalogue) -> None:
    """Print what is wrong in the file, one line each."""
    print(catalogue.t("exchange.faults", n=len(faults)))
    for one in faults[:_SHOWN_FAULTS]:
        print(f"  {one.sentence(catalogue.language)}")
    if len(faults) > _SHOWN_FAULTS:
        print("  " + catalogue.t("exchange.more", n=len(faults) - _SHOWN_FAULTS))


def _grouped(left: Sequence[NotCarried], catalogue: Catalogue) -> list[str]:
    """One line for each field and reason, or record that is set aside, with how often; what is once has its value."""
    groups: dict[tuple[str, str], list[NotCarried]] = {}
    for one in left:
        what = one.record if one.reason == "set_aside" else one.field
        groups.setdefault((what, one.text(catalogue.language)), []).append(one)
    return [
        f"{what} ({catalogue.t('exchange.times', n=len(found))}): {text}"
        if len(found) > 1
        else found[0].sentence(catalogue.language)
        for (what, text), found in groups.items()
    ]


def _report(lines: Sequence[str], catalogue: Catalogue) -> None:
    """Print what the other layout has no place for."""
    print(catalogue.t("exchange.left_behind", n=len(lines)))
    for line in lines[:_SHOWN]:
        print(f"  {line}")
    if len(lines) > _SHOWN:
        print("  " + catalogue.t("exchange.more", n=len(lines) - _SHOWN))
