"""The throw-away installation of the pipeline's tests, to be broken."""

from tests.pipeline.conftest import installation, make_core

__all__ = ["installation", "make_core"]
