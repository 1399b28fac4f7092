"""What must not change while code is moved: every table and every page of five editions, written to a folder.

``make golden OUT=before``, change the code, ``make golden OUT=after``, ``diff -r before after``: equal folders are the
proof that a move changed nothing that a reader gets. Nothing is frozen in the repository, since each change that is
meant would have to freeze it again.

Belongs here: writing the golden files. Does not belong here: tests of what they say.
"""

import hashlib
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from gevinst.edition import Provenance, build_edition
from gevinst.edition.checksums import write_sums
from gevinst.settings import load_settings
from gevinst.site.build import build_site
from tests.data.states import STATES

FROZEN = ("normal", "illustrative", "failed", "archived", "few")
"""The real portfolio, the invented one, and three states that an edition can be in."""
MOMENT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def write(out: Path, cache: Path) -> None:
    """Write tables as CSV, the whole edition and its site of every state in `FROZEN` below `out`."""
    for state in FROZEN:
        print(f"{state}: tables and pages", flush=True)
        tables, info = STATES[state]()
        folder = out / state
        (folder / "tables").mkdir(parents=True)
        for name, frame in sorted(tables.items()):
            frame.write_csv(folder / "tables" / f"{name}.csv")

        def pages(site: Path, tables=tables, info=info) -> Mapping[str, str]:
            reports = site.parent / "report"
            built = build_site(tables, info, site, cache_dir=cache, progress=lambda step: None, reports=reports)
            return built.fingerprints

        edition = build_edition(
            tables,
            info,
            folder / info.edition_id,
            pages,
            lambda step: None,
            Provenance(None, {}, "golden", MOMENT),
            load_settings(),
        )
        for database in edition.glob("*.duckdb"):
            database.unlink()  # its bytes differ from build to build; the Parquet files hold the same rows
        write_sums(edition)
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(out).as_posix()}"
        for path in sorted(out.rglob("*"))
        if path.is_file()
    ]
    print(f"{len(lines)} files, {hashlib.sha256(chr(10).join(lines).encode()).hexdigest()[:16]}")


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(".pytest_cache") / "golden-figures")
