"""An installation with an edition of the invented portfolio in force, for whatever explains its figures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from gevinst.contracts import ALL
from gevinst.contracts.schema import polars_schema
from gevinst.illustrative import portfolio, write_portfolio
from gevinst.intake import read_core
from gevinst.layout import PARQUET_FOLDER
from gevinst.method.catalogue import compute_marts
from gevinst.method.frames import Rules
from gevinst.settings import Settings, load_settings
from tests.data.manifests import describe_edition


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pl.DataFrame]:
    """The invented portfolio: several documents about each project, known in different years."""
    folder = tmp_path_factory.mktemp("explain") / "raw"
    write_portfolio(portfolio(12), folder)
    read = read_core(folder)
    core = {**read.tables, "corrections": read.corrections, "quarantine": read.quarantine}
    empty = {table.name: pl.DataFrame(schema=polars_schema(table)) for table in ALL}
    return {**empty, **core, **compute_marts(core, Rules(2016, 2026), is_illustrative=True)}


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("GEVINST_MARTS_DIR", str(tmp_path / "marts"))
    return load_settings()


@pytest.fixture
def publish(settings: Settings) -> Callable[[dict[str, pl.DataFrame]], Settings]:
    """Put an edition 2026-1 of these tables in force."""

    def publish(tables: dict[str, pl.DataFrame]) -> Settings:
        folder = settings.editions_dir / "2026-1"
        (folder / PARQUET_FOLDER).mkdir(parents=True)
        for name, frame in tables.items():
            frame.write_parquet(folder / PARQUET_FOLDER / f"{name}.parquet")
        describe_edition(folder, is_illustrative=True)
        settings.current.symlink_to(folder, target_is_directory=True)
        return settings

    return publish


@pytest.fixture
def published(publish: Callable[..., Settings], tables: dict[str, pl.DataFrame]) -> Settings:
    """An installation with edition 2026-1 in force."""
    return publish(tables)
