"""A folder that passes for an edition: the description that the store reads, without the files it describes."""

import json
from dataclasses import asdict, replace
from pathlib import Path

from gevinst.edition.checksums import write_sums
from gevinst.layout import MANIFEST, EditionInfo
from tests.data.small_edition import SMALL_EDITION


def describe_edition(folder: Path, info: EditionInfo = SMALL_EDITION, *, is_illustrative: bool = False) -> None:
    """Write into `folder` the manifest of an edition of its name and year, in all else like `info`."""
    year = int(folder.name.partition("-")[0])
    stated = replace(info, edition_id=folder.name, edition_year=year, is_illustrative=is_illustrative)
    edition = {**asdict(stated), "as_of_on": stated.as_of_on.isoformat()}
    stating = {"edition": edition, "built_at": f"{year}-12-31T12:00:00+00:00", "tables": {"projects": 0}}
    (folder / MANIFEST).write_text(json.dumps(stating), encoding="utf-8")
    write_sums(folder)
