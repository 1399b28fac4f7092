"""Reads the edition in force until told to stop, or until the first mixture: run as a program beside switches."""

from __future__ import annotations

import sys
from pathlib import Path

from gevinst.edition.store import edition_in_force
from gevinst.settings import load_settings


def main(stop: Path) -> int:
    """Read until there is a file `stop`, and hold the tables against the manifest; each is held against its sum too."""
    settings, seen, count = load_settings(), set[str](), 0
    while not stop.exists():
        count += 1
        edition = edition_in_force(settings)
        assert edition is not None
        names = edition.table("projects")["name_nb"].unique().to_list()
        assert len(names) == 1, names
        assert edition.row_counts["projects"] == edition.table("projects").height
        seen.add(edition.edition_id)
    print(f"{count} readings of {len(seen)} editions")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
