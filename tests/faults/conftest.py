"""The throw-away installation of the pipeline's tests, to be broken."""

import pytest

from tests.pipeline.conftest import installation, make_core, published_small
from tests.pipeline.edition.conftest import build, built, info, settings, tables


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Kills of whole runs first: they take minutes each, and one that begins last leaves the other core idle."""
    items.sort(key=lambda item: "any_moment" not in item.name)


__all__ = ["build", "built", "info", "installation", "make_core", "published_small", "settings", "tables"]
