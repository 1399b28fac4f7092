"""``gevinst exchange``: the registry to and from the layouts that others use.

Belongs here: its arguments and what it prints. Does not belong here: the layouts (`gevinst.formats`).
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from gevinst.formats.exchange import FORMATS
from gevinst.formats.model import NotCarried
from gevinst.language.numbers import LANGUAGES
from gevinst.language.texts import Catalogue

_SHOWN = 12


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the sub-command."""
    parser = commands.add_parser("exchange", help="grants as 360Giving and benefits as GMPP, both ways")
    ways = parser.add_subparsers(required=True, metavar="WAY")
    out = ways.add_parser("export", help="write the edition in force to a file")
    out.add_argument("layout", choices=FORMATS)
    out.add_argument("file", type=Path, metavar="FILE", help="the file to write")
    out.set_defaults(run=_export)
    back = ways.add_parser("import", help="propose registry rows from a file; the registry itself is not touched")
    back.add_argument("layout", choices=FORMATS)
    back.add_argument("file", type=Path, metavar="FILE", help="the file to read")
    back.add_argument("draft", type=Path, metavar="DRAFT", help="a new folder for the proposed rows")
    back.set_defaults(run=_import)
    for way in (out, back):
        way.add_argument("--language", choices=LANGUAGES, default="nb", help="language of texts (default: nb)")


def _export(asked: argparse.Namespace) -> int:
    from gevinst.edition.store import find_edition
    from gevinst.formats.exchange import TABLES, export
    from gevinst.settings import load_settings

    edition = find_edition(load_settings(), None)
    n, left = export(
        edition.tables(TABLES),
        asked.layout,
        asked.file,
        edition_year=edition.edition_year,
        is_illustrative=edition.is_illustrative,
        language=asked.language,
    )
    catalogue = Catalogue(asked.language)
    print(catalogue.t("exchange.exported", n=n, path=asked.file))
    _tell(left, catalogue)
    return 0


def _import(asked: argparse.Namespace) -> int:
    from gevinst.formats.exchange import read
    from gevinst.formats.model import write_draft
    from gevinst.intake import read_core
    from gevinst.settings import load_settings

    numbers = read_core(load_settings().raw_dir).tables["organisation_numbers"]
    draft = read(asked.file, asked.layout, numbers)
    write_draft(draft, asked.draft)
    catalogue = Catalogue(asked.language)
    print(catalogue.t("exchange.imported", n=len(draft.tables["projects"]), path=asked.draft))
    _tell(draft.not_carried, catalogue)
    return 0


def _tell(left: Sequence[NotCarried], catalogue: Catalogue) -> None:
    print(catalogue.t("exchange.left_behind", n=len(left)))
    for one in left[:_SHOWN]:
        print(f"  {one.record}: {one.field}. {one.text(catalogue.language)}")
    if len(left) > _SHOWN:
        print("  " + catalogue.t("explain.more", n=len(left) - _SHOWN))
