"""Reads the edition in force a number of times and stops at the first mixture: run as a program beside switches."""

from __future__ import annotations

import sys

from gevinst.edition.store import edition_in_force
from gevinst.settings import load_settings


def main(count: int) -> int:
    """Read, and hold the tables against the manifest; each is held against its sum as it is read."""
    settings, seen = load_settings(), set[str]()
    for _ in range(count):
        edition = edition_in_force(settings)
        assert edition is not None
        names = edition.table("projects")["name_nb"].unique().to_list()
        assert len(names) == 1, names
        assert edition.row_counts["projects"] == edition.table("projects").height
        seen.add(edition.edition_id)
    print(f"{count} readings of {len(seen)} editions")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
