"""The throw-away installation of the pipeline's tests, to be broken."""

from tests.pipeline.conftest import installation, make_core, published_small
from tests.pipeline.edition.conftest import build, built, info, settings, tables

__all__ = ["build", "built", "info", "installation", "make_core", "published_small", "settings", "tables"]
