"""Every download opens in the oldest reader that ``docs/publishing.md`` promises, with every table and every row."""

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import polars as pl
import pytest
from python_calamine import CalamineWorkbook

from gevinst.contracts import PUBLISHED
from gevinst.edition import Provenance, build_edition
from gevinst.edition.store import Edition
from gevinst.formats.formulas import harmless
from gevinst.layout import CROISSANT, CSV_FOLDER, PARQUET_FOLDER, database_name, workbook_name
from gevinst.settings import load_settings
from tests.data.states import STATES

pytestmark = pytest.mark.slow

READERS = Path(__file__).parents[2] / "build" / "readers"
TABLES = [table.name for table in PUBLISHED]

# Runs in DuckDB's own Python process; prints its version and, by table, what differs from the Parquet file.
COMPARE = """
import json, sys
import duckdb
database, folder, tables = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
connection = duckdb.connect(database, read_only=True)
differing = {}
for schema, name in tables:
    table, parquet = f'"{schema}"."{name}"', f"read_parquet('{folder}/parquet/{name}.parquet')"
    count = lambda query: connection.execute(f"select count(*) from ({query})").fetchone()[0]
    rows = count(f"from {table}")
    found = {
        "in the database only": count(f"from {table} except all from {parquet}"),
        "in Parquet only": count(f"from {parquet} except all from {table}"),
        "fewer in CSV": rows - count(f"from read_csv('{folder}/csv/{name}.csv', header=true, all_varchar=true)"),
        "types": sum(
            a[:2] != b[:2]
            for a, b in zip(*(connection.execute(f"describe from {kind}").fetchall() for kind in (table, parquet)))
        ),
    }
    if any(found.values()):
        differing[name] = found
print(json.dumps([duckdb.__version__, differing]))
"""

# Runs beside the reader of Croissant; prints what it finds wrong, and the number of rows of each table.
DESCRIBED = """
import json, logging, sys
logging.disable(logging.WARNING)
import mlcroissant
dataset = mlcroissant.Dataset(jsonld=sys.argv[1])
issues = dataset.metadata.ctx.issues
rows = {records.uuid: sum(1 for row in dataset.records(records.uuid)) for records in dataset.metadata.record_sets}
print(json.dumps([sorted(issues.errors), sorted(issues.warnings), rows]))
"""


def missing(reason: str) -> None:
    """Skip for want of a reader, or fail if GEVINST_REQUIRE_READERS=1 (as in CI)."""
    if os.environ.get("GEVINST_REQUIRE_READERS") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """The edition of the committed data, without pages."""
    tables, info = STATES["normal"]()
    folder = tmp_path_factory.mktemp("readers") / info.edition_id
    provenance = Provenance(None, {}, "run-1", datetime(2026, 11, 22, tzinfo=UTC))
    return Edition(build_edition(tables, info, folder, lambda site: {}, print, provenance, load_settings()))


@pytest.fixture(scope="module")
def soffice(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Convert files with LibreOffice, without a window and with a profile of its own; gives the folder of results."""
    program = shutil.which("soffice")
    if program is None:
        missing("no LibreOffice: soffice is not on the path")
    profile = tmp_path_factory.mktemp("profile").as_uri()

    def convert(form: str, files: list[Path], *options: str) -> Path:
        out = tmp_path_factory.mktemp("converted")
        command = [program, f"-env:UserInstallation={profile}", "--headless", *options]
        done = subprocess.run(
            [*command, "--convert-to", form, "--outdir", out, *files], capture_output=True, text=True, timeout=600
        )
        assert done.returncode == 0, done.stderr
        return out

    return convert


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def shown(frame: pl.DataFrame) -> dict[str, list[str]]:
    """Texts of a table by column, as spreadsheets hold them; unknown is empty."""
    return harmless(frame.select(pl.col(pl.String))).fill_null("").to_dict(as_series=False)


@pytest.mark.parametrize("version", ["1.4", "1.5"])
def test_an_old_duckdb_reads_the_database_parquet_and_csv(edition: Edition, version: str) -> None:
    reader = READERS / f"duckdb-{version}"
    if not (reader / ".ready").exists():
        missing(f"no DuckDB {version}: run `make readers`")
    tables = json.dumps([[table.layer, table.name] for table in PUBLISHED])
    database = edition.path / database_name(edition.edition_id)
    done = subprocess.run(
        [sys.executable, "-c", COMPARE, database, edition.path / "tables", tables],
        env={**os.environ, "PYTHONPATH": str(reader)}, capture_output=True, text=True,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    found, differing = json.loads(done.stdout)
    assert found.startswith(f"{version}.")
    assert differing == {}


def test_the_reader_of_croissant_finds_the_description_valid_and_reads_every_row(edition: Edition) -> None:
    reader = READERS / "croissant"
    if not (reader / ".ready").exists():
        missing("no reader of Croissant: run `make readers`")
    done = subprocess.run(
        [sys.executable, "-c", DESCRIBED, edition.path / CROISSANT],
        env={**os.environ, "PYTHONPATH": str(reader)}, capture_output=True, text=True,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    errors, warnings, rows = json.loads(done.stdout.splitlines()[-1])
    assert errors == []
    # Editions are numbered within a year, and not as versions of software are.
    assert len(warnings) == 1 and "follow MAJOR.MINOR.PATCH" in warnings[0], warnings
    assert rows == {name: edition.table(name).height for name in TABLES}


def test_pandas_reads_csv_parquet_and_the_workbook(edition: Edition) -> None:
    workbook = edition.path / workbook_name(edition.edition_id)
    # Without `dtype` pandas takes the text 0301 for the number 301, whatever the cell says that it is.
    sheets = pd.read_excel(workbook, sheet_name=None, keep_default_na=False, engine="openpyxl", dtype=str)

    assert list(sheets) == ["notes", *TABLES, "columns"]
    for name in TABLES:
        frame = edition.table(name)
        parquet = pd.read_parquet(edition.path / PARQUET_FOLDER / f"{name}.parquet")
        table = pd.read_csv(edition.path / CSV_FOLDER / f"{name}.csv", dtype=str, keep_default_na=False)
        for read in (parquet, table, sheets[name]):
            assert (list(read.columns), len(read)) == (frame.columns, frame.height), name
        for column, texts in shown(frame).items():
            assert table[column].to_list() == texts == sheets[name][column].to_list(), (name, column)
        assert pl.from_pandas(parquet, schema_overrides=dict(frame.schema)).equals(frame), name


def test_libreoffice_reads_every_sheet_of_the_workbook(edition: Edition, soffice: Callable[..., Path]) -> None:
    # Comma, quotation mark, UTF-8, from line 1; the last number asks for a file per sheet.
    form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    out = soffice(form, [edition.path / workbook_name(edition.edition_id)])

    stem = Path(workbook_name(edition.edition_id)).stem
    assert {path.name for path in out.iterdir()} == {f"{stem}-{name}.csv" for name in ["notes", *TABLES, "columns"]}
    for name in TABLES:
        frame = edition.table(name)
        heading, *rows = read_csv(out / f"{stem}-{name}.csv")
        assert (heading, len(rows)) == (frame.columns, frame.height), name
        for column, texts in shown(frame).items():
            assert [row[heading.index(column)] for row in rows] == texts, (name, column)


def test_libreoffice_reads_every_csv_file(edition: Edition, soffice: Callable[..., Path]) -> None:
    files = [edition.path / CSV_FOLDER / f"{name}.csv" for name in TABLES]
    out = soffice("xlsx", files, "--infilter=CSV:44,34,76,1")

    for name in TABLES:
        frame = edition.table(name)
        heading, *rows = CalamineWorkbook.from_path(out / f"{name}.xlsx").get_sheet_by_index(0).to_python()
        assert (heading, len(rows)) == (frame.columns, frame.height), name
