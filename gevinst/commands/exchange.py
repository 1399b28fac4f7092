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
"""Fields left behind that are listed before the rest is only counted: about half a screen."""
_LAYOUT = click.argument("layout", type=click.Choice(list(LAYOUTS)))


@click.group(cls=Group)
def command() -> None:
    """Exchange grants as 360Giving and benefits as GMPP, both ways."""


@command.command("export")
@_LAYOUT
@click.argument("file", type=FILE)
@language("texts")
def export_edition(layout: str, file: Path, language: str) -> None:
    """Write the edition in force to FILE."""
    from gevinst.edition.store import find_edition
    from gevinst.formats.exchange import TABLES, export
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
    _report(left, catalogue)


@command.command("import")
@_LAYOUT
@click.argument("file", type=FILE)
@click.argument("draft", type=FILE)
@language("texts")
def import_file(layout: str, file: Path, draft: Path, language: str) -> None:
    """Propose registry rows from FILE; the registry itself is not touched.

    DRAFT is a new folder for the proposed rows.
    """
    from gevinst.formats.exchange import read
    from gevinst.formats.model import write_draft
    from gevinst.intake import read_core
    from gevinst.language.texts import Catalogue
    from gevinst.settings import load_settings

    numbers = read_core(load_settings().raw_dir).tables["organisation_numbers"]
    proposed = read(file, layout, numbers)
    write_draft(proposed, draft)
    catalogue = Catalogue(language)
    print(catalogue.t("exchange.imported", n=len(proposed.tables["projects"]), path=draft))
    _report(proposed.not_carried, catalogue)


def _report(left: Sequence[NotCarried], catalogue: Catalogue) -> None:
    """Print which fields the other layout has no place for."""
    print(catalogue.t("exchange.left_behind", n=len(left)))
    for one in left[:_SHOWN]:
        print(f"  {one.record}: {one.field}. {one.text(catalogue.language)}")
    if len(left) > _SHOWN:
        print("  " + catalogue.t("explain.more", n=len(left) - _SHOWN))
