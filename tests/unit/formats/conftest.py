"""The committed tables with the marts an exchange reads, and a folder of editions with an edition made of them."""

from pathlib import Path

import polars as pl
import pytest

from gevinst.contracts import contract
from gevinst.intake import read_core
from gevinst.layout import PARQUET_FOLDER
from gevinst.method.catalogue import MART_FUNCTIONS, compute_mart
from gevinst.method.frames import Rules
from gevinst.settings import load_settings
from tests.data.manifests import describe_edition

MARTS = (
    "edition_years",
    "status_validity",
    "project_status",
    "claim_validity",
    "benefit_trail",
    "benefit_evidence",
    "plan_validity",
    "planned_realised",
)


@pytest.fixture(scope="session")
def tables() -> dict[str, pl.DataFrame]:
    core = read_core(load_settings().raw_dir)
    read = {**core.tables, "corrections": core.corrections, "quarantine": core.quarantine}
    for name in MART_FUNCTIONS:
        if name in MARTS:
            read[name] = compute_mart(contract(name), read, Rules(2016, 2026), is_illustrative=False)
    return read


@pytest.fixture
def published(tables, tmp_path: Path) -> Path:
    """A marts folder with one edition in force."""
    marts = tmp_path / "marts"
    edition = marts / "editions" / "2026-1"
    (edition / PARQUET_FOLDER).mkdir(parents=True)
    for name, frame in tables.items():
        frame.write_parquet(edition / PARQUET_FOLDER / f"{name}.parquet")
    describe_edition(edition)
    (marts / "current").symlink_to("editions/2026-1")
    return marts
