import csv
import gzip
import json
import re
import sqlite3
import subprocess
import threading
import urllib.request
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version

import frictionless
import polars as pl
import pytest

from gevinst import layout
from gevinst.contracts import PUBLISHED, contract
from gevinst.contracts.schema import ContractError
from gevinst.contracts.vocabulary import REFERENCE_DATA
from gevinst.edition import EditionError, Provenance, build_edition, code_version, input_hash, input_hashes
from gevinst.layout import CSV_FOLDER
from gevinst.warehouse import Warehouse

FORMULAS = ["=1+1", "+47", "-3", "@SUM(A1)", "\t=1", "\r=1"]


def read_csv(folder, table):
    with (folder / "tables" / "csv" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def shuffled(tables):
    return {name: frame.reverse().select(sorted(frame.columns)) for name, frame in reversed(tables.items())}


def test_two_builds_of_the_same_tables_give_the_same_bytes_whatever_the_order_of_rows_and_columns(
    build, tables, content
):
    first = content(build())
    second = content(build(shuffled(tables)))

    assert set(first) == set(second)
    differing = {name for name in first if first[name] != second[name]}
    assert differing <= {"gevinst-2026-1.duckdb", "SHA256SUMS"}
    assert {"SHA256SUMS", "datapackage.json", "dcat.jsonld", "site/nb/index.html", "tables/csv/projects.csv"} <= set(
        first
    )


@pytest.mark.slow
def test_the_manifest_alone_tells_when_it_was_built(tables, info, settings, content):
    def built(run_id, hour):
        at = datetime(2026, 11, 23, hour, tzinfo=UTC)
        target = settings.candidates_dir / info.edition_id
        provenance = Provenance(True, {}, run_id, at)
        return content(build_edition(tables, info, target, lambda out: {}, lambda step: None, provenance, settings))

    first, second = built("run-1", 8), built("run-2", 9)

    assert {name for name in first if first[name] != second[name]} <= {
        "manifest.json",
        "gevinst-2026-1.duckdb",
        "SHA256SUMS",
    }
    assert json.loads(second["manifest.json"])["built_at"] == "2026-11-23T09:00:00+00:00"


def test_the_checksums_agree_by_the_usual_command_and_cover_every_other_file(built, content):
    folder = built()

    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=folder, capture_output=True, text=True
    )

    assert (done.returncode, done.stderr) == (0, "")
    covered = {line.removesuffix(": OK") for line in done.stdout.splitlines()}
    assert covered == set(content(folder)) - {"SHA256SUMS"}


def test_an_edition_lists_the_software_it_was_made_with_and_its_licences(built):
    folder = built()

    bill = json.loads((folder / "sbom.cdx.json").read_text(encoding="utf-8"))
    assert {"polars", "duckdb", "plotly.js-cartesian-dist-min"} <= {one["name"] for one in bill["components"]}
    assert re.search(r"^polars [\d.]+ +MIT$", (folder / "LICENCES.txt").read_text(encoding="utf-8"), re.MULTILINE)
    readme, sums = ((folder / name).read_text(encoding="utf-8") for name in ("README.txt", "SHA256SUMS"))
    assert all(name in text for name in ("sbom.cdx.json", "LICENCES.txt") for text in (readme, sums))


def test_the_data_package_is_valid_and_its_rows_keep_types_keys_and_references(built):
    report = frictionless.validate(built() / "datapackage.json")

    assert report.valid, report.flatten(["name", "rowNumber", "type", "note"])
    assert report.stats["tasks"] == len(PUBLISHED)


@pytest.mark.slow
def test_a_broken_reference_would_make_the_data_package_invalid(build, tables):
    orphan = tables["projects"].with_columns(round_id=pl.lit("1999"))

    report = frictionless.validate(build({**tables, "projects": orphan}) / "datapackage.json")

    assert {error[1] for error in report.flatten(["name", "type"])} == {"foreign-key"}


def test_the_data_package_tells_meaning_unit_and_additivity_in_both_languages(built):
    package = json.loads((built() / "datapackage.json").read_text(encoding="utf-8"))

    funding = next(resource for resource in package["resources"] if resource["name"] == "follow_on_funding")
    amount = next(field for field in funding["schema"]["fields"] if field["name"] == "amount")
    column = contract("follow_on_funding").column("amount")
    assert (amount["description"], amount["description_nb"]) == (column.en, column.nb)
    assert (amount["unit"], amount["additivity"]) == ("amount, current prices", "yes")
    assert funding["schema"]["primaryKey"] == ["follow_on_funding_id"]
    assert {"title": "tekst (tekst)", "path": "https://example.org/early"} in package["sources"]


def test_the_data_package_tells_the_documents_of_the_program_from_those_read_for_the_scheme(built, tables):
    of_program = (
        tables["sources"]
        .head(1)
        .with_columns(source_id=pl.lit("a-of-program"), title=pl.lit("KPI"), document_type_code=pl.lit(REFERENCE_DATA))
    )
    sources = json.loads(
        (built({**tables, "sources": pl.concat([of_program, tables["sources"]])}) / "datapackage.json").read_text()
    )["sources"]

    assert [source.get("comes_with_program") for source in sources] == [None] * tables["sources"].height + [True]
    assert sources[-1]["title"] == "KPI (tekst)"


def test_the_data_package_states_where_n_interval_and_suppression_are_or_why_there_are_none(built):
    package = json.loads((built() / "datapackage.json").read_text(encoding="utf-8"))
    resources = {resource["name"]: resource for resource in package["resources"]}

    fields = {field["name"]: field for field in resources["survey_series"]["schema"]["fields"]}
    texts = {name: fields["share_pct"][f"{name}_column"] for name in ("n", "low", "high", "suppressed")}
    assert texts == {"n": "base_count", "low": "share_low_pct", "high": "share_high_pct", "suppressed": "is_suppressed"}
    assert "n_column" not in fields["base_count"]
    reasons = {name: resource["uncertainty"] for name, resource in resources.items()}
    assert "low_column" in reasons["time_to_use"] and "hidden." in reasons["survey_series"]
    assert "not of a sample" in reasons["round_overview"]
    assert "rows of the low and high estimate" in reasons["priced_effects"]
    assert "No share or estimate is computed" in reasons["projects"]
    assert all(resource["uncertainty_nb"] != resource["uncertainty"] for resource in package["resources"])


def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless_in_csv_and_left_alone_elsewhere(build, tables):
    findings = pl.concat([tables["portfolio_findings"]] * len(FORMULAS)).with_columns(
        portfolio_finding_id=pl.format("f-{}", pl.row_index()),
        statement_nb=pl.Series(FORMULAS),
        statement_en=pl.lit("5 = 2 + 3"),
        value=pl.lit(-5.0),
    )
    folder = build({**tables, "portfolio_findings": findings})

    written = read_csv(folder, "portfolio_findings")

    assert [cell["statement_nb"] for cell in written] == [f"'{formula}" for formula in FORMULAS]
    assert {(cell["statement_en"], cell["value"]) for cell in written} == {("5 = 2 + 3", "-5.0")}
    assert pl.read_parquet(folder / "tables/parquet/portfolio_findings.parquet")["statement_nb"].to_list() == FORMULAS


def test_what_no_spreadsheet_opens_whole_is_compressed_and_every_description_says_where_it_is(
    build, tables, content, monkeypatch
):
    # Only the name of the file asks this limit here: the workbook has its own sight of it.
    monkeypatch.setattr(layout, "ROWS_OF_A_SHEET", tables["sources"].height)
    folder = build()

    packed = {path.name for path in (folder / CSV_FOLDER).iterdir() if path.suffix == ".gz"}
    assert packed == {f"{name}.csv.gz" for name, frame in tables.items() if frame.height >= tables["sources"].height}
    assert packed and "rounds.csv.gz" not in packed
    with gzip.open(folder / CSV_FOLDER / "sources.csv.gz", "rt", encoding="utf-8", newline="") as file:
        assert [row["source_id"] for row in csv.DictReader(file)] == tables["sources"]["source_id"].sort().to_list()
    report = frictionless.validate(folder / "datapackage.json")
    assert report.valid, report.flatten(["name", "rowNumber", "type", "note"])
    for description in ("datapackage.json", "croissant.json", "dcat.jsonld"):
        named = set(re.findall(r"tables/csv/[a-z_.]+", (folder / description).read_text(encoding="utf-8")))
        assert named == {path.relative_to(folder).as_posix() for path in (folder / CSV_FOLDER).iterdir()}
    again = content(build())
    assert all(again[f"{CSV_FOLDER}/{name}"] == (folder / CSV_FOLDER / name).read_bytes() for name in packed)


def test_unknown_stays_empty_in_csv_and_null_in_parquet_and_database(built):
    folder = built()

    assert [cell["value"] for cell in read_csv(folder, "portfolio_findings")] == [""]
    assert pl.read_parquet(folder / "tables/parquet/portfolio_findings.parquet")["value"].to_list() == [None]
    database = Warehouse(folder / "gevinst-2026-1.duckdb", read_only=True)
    assert database.read(contract("portfolio_findings"))["value"].to_list() == [None]


def test_every_table_is_in_the_database_with_its_rows_and_no_journal_is_left_beside(built, tables, content):
    folder = built()

    stored = Warehouse(folder / "gevinst-2026-1.duckdb", read_only=True).read_all(PUBLISHED)
    assert {name: frame.height for name, frame in stored.items()} == {
        table.name: tables[table.name].height for table in PUBLISHED
    }
    assert {name for name in content(folder) if "duckdb" in name} == {"gevinst-2026-1.duckdb"}


def test_a_database_of_few_rows_is_a_small_download(built):
    assert (built() / "gevinst-2026-1.duckdb").stat().st_size < 2_000_000


def test_the_manifest_tells_the_scheme_rows_checks_inputs_and_software(built, settings):
    manifest = json.loads((built() / "manifest.json").read_text(encoding="utf-8"))

    nb, en = settings.scheme.name
    assert manifest["scheme"] == {"name_nb": nb, "name_en": en, "currency": "NOK"}
    assert manifest["edition"]["edition_id"] == "2026-1"
    assert manifest["edition"]["as_of_on"] == "2026-11-22"
    assert manifest["tables"]["projects"] == 2
    failed = {"warning": ["projects.grant"]}
    assert manifest["checks"] == {"passed": 1, "failed": 1, "nothing_to_check": 0, "failed_ids": failed}
    assert manifest["inputs"] == {"sources.csv": "00"}
    assert manifest["run_id"] == "run-1"
    assert {"python", "gevinst", "duckdb", "polars"} <= set(manifest["software"])


@pytest.mark.slow
def test_the_readme_explains_the_folder_in_both_languages_and_warns_only_of_invented_data(build):
    real = (build() / "README.txt").read_text(encoding="utf-8")
    invented = (build(is_illustrative=True) / "README.txt").read_text(encoding="utf-8")

    for expected in ("utgave 2026-1", "edition 2026-1", "22.\xa0november", "22\xa0November", "sha256sum -c"):
        assert expected in real
    assert "ILLUSTR" not in real
    assert "ILLUSTRERENDE" in invented and "ILLUSTRATIVE" in invented


def test_the_address_of_an_edition_leads_to_its_pages_on_a_host_that_knows_no_other_rule(built, tmp_path):
    folder = built()
    handler = partial(SimpleHTTPRequestHandler, directory=folder.parent)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}/2026-1/") as answer:
            page = answer.read().decode()
        server.shutdown()

    (leads_to,) = re.findall(r'<meta http-equiv="refresh" content="0; url=([^"]+)">', page)
    assert (folder / leads_to).read_text(encoding="utf-8") == "<p>Gevinst</p>"
    assert f'<a href="{leads_to}">' in page
    assert "  index.html\n" in (folder / "SHA256SUMS").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_crash_while_the_pages_are_built_leaves_everything_as_it_was(build, settings, content):
    build()
    before = content(settings.marts_dir)

    def crash(out):
        (out / "half.html").write_text("<p>", encoding="utf-8")
        raise RuntimeError("no chart")

    with pytest.raises(RuntimeError, match="no chart"):
        build(site_builder=crash)

    assert content(settings.marts_dir) == before


@pytest.mark.slow
def test_a_crash_while_the_new_takes_the_place_of_the_old_keeps_the_old(build, settings, content, monkeypatch):
    build()
    before = content(settings.marts_dir)
    from gevinst.edition import build as module

    rename = module.os.rename

    def fails_for_the_new(source, target):
        if "building" in source.name:
            raise OSError("disk gone")
        rename(source, target)

    monkeypatch.setattr(module.os, "rename", fails_for_the_new)
    with pytest.raises(OSError, match="disk gone"):
        build()

    assert content(settings.marts_dir) == before


@pytest.mark.slow
def test_a_candidate_is_replaced_whole_and_nothing_is_left_beside_it(build, settings, tables):
    build()
    without = {**tables, "quality_checks": tables["quality_checks"].head(1)}

    folder = build(without)

    assert [path.name for path in settings.candidates_dir.iterdir()] == ["2026-1"]
    assert len(read_csv(folder, "quality_checks")) == 1


def test_missing_and_unknown_tables_are_named(build, tables):
    wrong = {("prosjekter" if name == "projects" else name): frame for name, frame in tables.items()}

    with pytest.raises(EditionError, match="table projects is missing; table prosjekter has no contract"):
        build(wrong, site_builder=lambda out: {})


def test_a_table_that_breaks_its_contract_stops_the_build(build, tables):
    with pytest.raises(ContractError, match="table kpi: column base_year is missing"):
        build({**tables, "kpi": tables["kpi"].drop("base_year")})


@pytest.mark.slow
def test_invented_rows_never_pass_for_real_ones(build, tables):
    invented = tables["projects"].with_columns(is_illustrative=pl.lit(value=True))

    with pytest.raises(EditionError, match="marked as real, but has invented rows in projects"):
        build({**tables, "projects": invented})
    assert build({**tables, "projects": invented}, is_illustrative=True).exists()


@pytest.mark.parametrize("edition_id", ["2025-1", "2026", "2026-0", "2026-01"])
def test_an_edition_bears_its_year_and_a_number(build, edition_id):
    with pytest.raises(EditionError, match=edition_id):
        build(edition_id=edition_id)


def test_a_folder_bears_its_editions_id(tables, info, settings):
    with pytest.raises(EditionError, match="must be built in a folder of that name, not 2026-2"):
        build_edition(
            tables, info, settings.candidates_dir / "2026-2", lambda out: {}, lambda step: None,
            Provenance(None, {}, "run-1", datetime(2026, 11, 22, tzinfo=UTC)), settings,
        )  # fmt: skip


@pytest.mark.slow
def test_each_step_is_reported_while_it_is_built(tables, info, settings):
    texts = []
    provenance = Provenance(None, {}, "run-1", datetime(2026, 11, 22, tzinfo=UTC))

    build_edition(tables, info, settings.candidates_dir / "2026-1", lambda out: {}, texts.append, provenance, settings)

    steps = [step for step in texts if not step.startswith("dcat.jsonld")]
    assert [step.split()[0] for step in steps] == ["writing", "building", "summing"]


def test_the_input_hash_follows_names_and_content_of_raw_files_and_nothing_else(tmp_path):
    raw = tmp_path / "raw"
    (raw / "registry").mkdir(parents=True)
    (raw / "registry" / "sources.csv").write_text("a", encoding="utf-8")
    before = input_hash(raw)

    (raw / ".hidden").write_text("x", encoding="utf-8")
    assert input_hash(raw) == before
    assert list(input_hashes(raw)) == ["registry/sources.csv"]

    (raw / "registry" / "sources.csv").write_text("b", encoding="utf-8")
    changed = input_hash(raw)
    (raw / "registry" / "sources.csv").rename(raw / "registry" / "kilder.csv")
    assert len({before, changed, input_hash(raw)}) == 3


def test_the_code_version_tells_commit_and_uncommitted_changes(tmp_path):
    installed = (f"v{version('gevinst')}", None)
    assert (code_version(tmp_path).commit, code_version(tmp_path).is_dirty) == installed

    def git(*arguments):
        identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
        subprocess.run(["git", "-C", tmp_path, *identity, *arguments], check=True, capture_output=True)

    git("init")
    (tmp_path / "code.py").write_text("1", encoding="utf-8")
    git("add", "code.py")
    git("commit", "--message", "Add code")
    assert len(code_version(tmp_path).commit) == 12
    assert code_version(tmp_path).is_dirty is False
    (tmp_path / "code.py").write_text("2", encoding="utf-8")
    assert code_version(tmp_path).is_dirty is True
    (tmp_path / "site-packages").mkdir()
    below = code_version(tmp_path / "site-packages")
    assert (below.commit, below.is_dirty) == installed, "commits of data that the program lies among are not its own"


def test_the_sqlite_file_holds_as_many_rows_of_every_table_as_its_csv(built):
    folder = built()

    with closing(sqlite3.connect(folder / "gevinst-2026-1.sqlite")) as connection:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        counts = {
            table.name: connection.execute(f'select count(*) from "{table.name}"').fetchone()[0] for table in PUBLISHED
        }
    assert counts == {path.stem: len(read_csv(folder, path.stem)) for path in (folder / "tables/csv").iterdir()}
