"""Reads the edition in force until told to stop, or until the first mixture: run as a program beside switches."""

from __future__ import annotations

import sys
from pathlib import Path

from gevinst.edition.store import edition_in_force
from gevinst.settings import load_settings

STOP = "stop"


def main(folder: Path, readings: int) -> int:
    """Read until `readings` are done and there is a file `STOP` in `folder`; each edition that is met leaves one there.

    The tables are held against the manifest; each is held against its sum too.
    """
    settings, seen, count = load_settings(), set[str](), 0
    while count < readings or not (folder / STOP).exists():
        count += 1
        edition = edition_in_force(settings)
        assert edition is not None
        names = edition.table("projects")["name_nb"].unique().to_list()
        assert len(names) == 1, names
        assert edition.row_counts["projects"] == edition.table("projects").height
        if edition.edition_id not in seen:
            seen.add(edition.edition_id)
            (folder / edition.edition_id).touch()
    print(f"{count} readings of {len(seen)} editions")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
