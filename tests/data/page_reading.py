"""Reading built pages in tests."""

from __future__ import annotations

from pathlib import Path

import polars as pl
from bs4 import BeautifulSoup, Tag

from gevinst.site.page import Page
from gevinst.site.pages import PAGES


def read(path: Path) -> BeautifulSoup:
    """A page as a tree."""
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def pages(site: Path) -> list[Path]:
    """Every page of a site."""
    return sorted(site.rglob("*.html"))


ASSESSED = ("benefits_non_priced", "benefits_valued")
"""Kinds of page that there are once somebody assesses what effects are worth, which no real source has done."""


def document_of(site: Path, page: Page, language: str) -> Path | None:
    """The file of a kind of page; of several, the one that says most; `None` where a kind has no document."""
    only = site / page.path(language).removeprefix("/")
    others = {site / other.path(language).removeprefix("/") for other in PAGES}
    several = [path for path in only.parent.glob("*/index.html") if path not in others]
    found = [only] if only.exists() else several
    return max(found, key=lambda path: (path.stat().st_size, path), default=None)


def text_of(tag: Tag | BeautifulSoup | None) -> str:
    """What a reader sees in a tag that must be there."""
    assert tag is not None
    return " ".join(tag.get_text(" ").split())


def with_value(frame: pl.DataFrame, key: str, key_value: str, **values: object) -> pl.DataFrame:
    """The frame with other values in the row whose `key` is `key_value`."""
    chosen = pl.col(key) == key_value
    return frame.with_columns(
        pl.when(chosen).then(pl.lit(value)).otherwise(pl.col(name)).alias(name) for name, value in values.items()
    )
