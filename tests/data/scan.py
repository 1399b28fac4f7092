"""Every text in a folder, whatever kind of file it lies in, searched for one person."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import polars as pl
from pypdf import PdfReader

from tests.data.canary import told_of


def told_in(folder: Path) -> dict[str, list[str]]:
    """By file below `folder`, what it tells of the person; empty when no file tells anything."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    found = {path.relative_to(folder).as_posix(): told_of("\n".join(_texts(path))) for path in files}
    return {name: told for name, told in found.items() if told}


def _texts(path: Path) -> Iterator[str]:
    """The name of the file, its bytes as text, and what they hold in another form."""
    content = path.read_bytes()
    yield path.name
    yield from _decoded(content)
    if path.suffix == ".parquet":
        yield pl.read_parquet(path).select(pl.all().cast(pl.String, strict=False)).write_csv()
    elif path.suffix == ".duckdb":
        with duckdb.connect(str(path), read_only=True) as database:
            for schema, name in database.sql("SELECT schema_name, table_name FROM duckdb_tables()").fetchall():
                yield str(database.sql(f'SELECT * FROM "{schema}"."{name}"').fetchall())
    elif path.suffix == ".pdf":
        yield from (page.extract_text() for page in PdfReader(path).pages)
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for name in packed.namelist():
                yield from _decoded(packed.read(name))
    elif content.startswith(b"\x1f\x8b"):
        yield from _decoded(gzip.decompress(content))


def _decoded(content: bytes) -> Iterator[str]:
    for encoding in ("utf-8", "utf-16-le", "latin-1"):
        yield content.decode(encoding, errors="ignore")
    yield re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), content.decode("latin-1"))  # as JSON has it
