"""The small world in which every check passes, as the unit tests of quality have it."""

from tests.unit.quality.conftest import world

__all__ = ["world"]
