"""An edition as one file to carry: all of it as a zip, or its overview and portfolio as one page.

Belongs here: the zip, and the names of both files.
Does not belong here: the page (`gevinst.site.single_file`).
"""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from gevinst.edition.checksums import verify_files
from gevinst.edition.store import Edition
from gevinst.settings import Settings
from gevinst.site.single_file import single_file
from gevinst.whole_files import files_below, write_atomically


def pack_zip(edition: Edition, out: Path) -> Path:
    """Write ``gevinst-<edition>.zip`` into the folder `out` and return its path; an existing file is replaced.

    The same edition gives the same bytes: names in order, and every file dated the edition's own day. Raises
    `EditionError` when a file is not as it was published.
    """
    verify_files(edition.path)
    day = edition.info.as_of_on
    folder = f"gevinst-{edition.edition_id}"

    def write(path: Path) -> None:
        with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=9) as pack:
            for name in files_below(edition.path):
                # Time, system (3 is Unix) and mode are fixed: the zip module would take them from this machine.
                entry = ZipInfo(f"{folder}/{name}", (day.year, day.month, day.day, 0, 0, 0))
                entry.compress_type, entry.create_system = ZIP_DEFLATED, 3
                entry.external_attr = (stat.S_IFREG | 0o644) << 16
                pack.writestr(entry, (edition.path / name).read_bytes())

    return write_atomically(out / f"{folder}.zip", write)


def pack_page(
    edition: Edition, language: str, settings: Settings, out: Path, progress: Callable[[str], object]
) -> Path:
    """Write ``gevinst-<edition>-<language>.html`` into the folder `out` and return its path (see `single_file`).

    Raises `EditionError` when the edition was published before a table existed that the pages need.
    """
    html = single_file(edition.tables(), edition.info, language, settings, progress)
    return write_atomically(
        out / f"gevinst-{edition.edition_id}-{language}.html",
        lambda path: path.write_text(html, encoding="utf-8", newline="\n"),
    )
