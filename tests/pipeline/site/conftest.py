"""The small invented edition as a built site."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from bs4 import BeautifulSoup

from gevinst.layout import EditionInfo
from gevinst.site import build
from gevinst.site.build import build_site
from tests.data import kept
from tests.data.page_reading import pages, read
from tests.data.small_edition import SMALL_EDITION, small_tables


@pytest.fixture(scope="session")
def tables() -> dict[str, pl.DataFrame]:
    """The tables of the small edition."""
    return small_tables()


def build_undrawn(tables: dict[str, pl.DataFrame], edition: EditionInfo, out: Path) -> None:
    """Build a site whose figures stay undrawn: a browser draws them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "render_svgs", lambda figures, cache_dir, progress: list(figures))
        build_site(tables, edition, out, cache_dir=out.parent / "cache", progress=print)


@pytest.fixture(scope="session")
def make(tables: dict[str, pl.DataFrame]) -> Callable[..., Path]:
    """Build a site, with other tables or another edition if requested; not to be changed."""

    def build_one(edition: EditionInfo = SMALL_EDITION, **changed: pl.DataFrame) -> Path:
        rows = {name: frame.write_csv() for name, frame in sorted(changed.items())}
        name = hashlib.sha256(repr((edition, rows)).encode()).hexdigest()[:16]
        made = kept.folder(f"site-{name}", lambda place: build_undrawn({**tables, **changed}, edition, place / "site"))
        return made / "site"

    return build_one


@pytest.fixture(scope="session")
def site(tables: dict[str, pl.DataFrame]) -> Path:
    """The site of the small edition, built once for all processes; not to be changed."""
    made = kept.folder("site-undrawn", lambda folder: build_undrawn(tables, SMALL_EDITION, folder / "site"))
    return made / "site"


@pytest.fixture(scope="session")
def trees(site: Path) -> dict[Path, BeautifulSoup]:
    """Every page of the site, parsed once; not to be changed."""
    return {path.resolve(): read(path) for path in pages(site)}
