"""Pages look numbers up: from the method they take constants, and the names of levels, but never a calculation."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

SITE = Path(__file__).parents[3] / "gevinst" / "site"
LOOKED_UP = ("pages/benefits", "pages/drivers", "pages/scheme", "figures", "sentences")
NAMES = {"level_code"}
"""Functions of the method that give a name and no number."""


def taken(path: Path) -> Iterator[str]:
    """Names that a module takes from `gevinst.method`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("gevinst.method"):
            yield from (alias.name for alias in node.names)


def test_a_page_takes_only_constants_and_names_from_the_method() -> None:
    modules = [path for folder in LOOKED_UP for path in sorted((SITE / folder).rglob("*.py"))]
    assert len(modules) > 25
    found = {path.name: {name for name in taken(path) if not name.isupper() and name not in NAMES} for path in modules}
    assert {name: calculations for name, calculations in found.items() if calculations} == {}
