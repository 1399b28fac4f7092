"""Pages and sentences make no numbers: what they show is counted in a mart, where checks and downloads reach it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SITE = Path(__file__).parents[3] / "gevinst" / "site"
LOOKED_AT = ("pages", "sentences", "rows.py", "context.py", "headlines.py", "render.py", "table_spec.py")
CALLS = {"sum", "fsum", "mean", "median", "quantile", "std", "var", "group_by", "agg", "Counter"}
MODULES = {"statistics", "collections.Counter"}
ALLOWED = {
    ("pages/benefits/tables.py", "_claims"): "widths of bars in a cell",
    ("pages/benefits/measured.py", "_rate_bar"): "widths of bars in a cell",
    ("rows.py", "of_project"): "which projects are read together",
}
"""By file and function, why it may: what is computed there is layout and no number for a reader."""


def offences(source: str) -> Iterator[tuple[str, str]]:
    """Function and what it computes, for every sum, mean, grouping and division in a module."""

    def look(node: ast.AST, function: str) -> Iterator[tuple[str, str]]:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            function = node.name
        if isinstance(node, ast.Call):
            called = node.func
            name = (
                called.id if isinstance(called, ast.Name) else called.attr if isinstance(called, ast.Attribute) else ""
            )
            if name in CALLS:
                yield function, f"{name}()"
        if isinstance(node, ast.BinOp | ast.AugAssign) and isinstance(node.op, ast.Div | ast.FloorDiv):
            yield function, "/"
        if isinstance(node, ast.Import):
            yield from ((function, alias.name) for alias in node.names if alias.name in MODULES)
        if isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
            yield from ((function, name) for name in names if name in MODULES)
        for child in ast.iter_child_nodes(node):
            yield from look(child, function)

    return look(ast.parse(source), "module")


def looked_at() -> list[Path]:
    paths = [SITE / name for name in LOOKED_AT]
    return sorted(found for path in paths for found in (path.rglob("*.py") if path.is_dir() else [path]))


def test_no_page_sums_groups_or_divides() -> None:
    found = {path.relative_to(SITE).as_posix(): path for path in looked_at()}
    assert "pages/portfolio/page.py" in found and "sentences/portfolio.py" in found
    assert [
        f"{name}: {function} computes {what}; make it a column of a mart"
        for name, path in found.items()
        for function, what in offences(path.read_text(encoding="utf-8"))
        if (name, function) not in ALLOWED
    ] == []


@pytest.mark.parametrize(
    ("planted", "what"),
    [
        ("def f(rows):\n    return sum(row['n'] for row in rows)", "sum()"),
        ("def f(frame):\n    return frame['n'].sum()", "sum()"),
        ("def f(frame):\n    return frame['n'].mean()", "mean()"),
        ("def f(frame):\n    return frame.group_by('k').len()", "group_by()"),
        ("def f(part, total):\n    return 100 * part / total", "/"),
        ("def f(part, total):\n    part //= total", "/"),
        ("def f(rows):\n    return Counter(rows)", "Counter()"),
        ("def f():\n    from collections import Counter", "collections.Counter"),
        ("def f():\n    import statistics", "statistics"),
        ("def f():\n    return [lambda row: sum(row)]", "sum()"),
    ],
)
def test_a_planted_computation_is_named_with_its_function(planted: str, what: str) -> None:
    assert list(offences(planted)) == [("f", what)]


def test_the_number_of_rows_shown_may_be_counted() -> None:
    assert list(offences("def f(view, rows):\n    return view.t('caption', n=len(rows))")) == []


NAMES = {"level_code"}
"""Functions of the method that give a name and no number."""
LOOK_UP = ("pages", "figures", "sentences")


def taken(path: Path) -> Iterator[str]:
    """Names that a module takes from `gevinst.method`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("gevinst.method"):
            yield from (alias.name for alias in node.names)


def test_a_page_takes_only_constants_and_names_from_the_method() -> None:
    modules = [path for folder in LOOK_UP for path in sorted((SITE / folder).rglob("*.py"))]
    assert len(modules) > 25
    found = {path.name: {name for name in taken(path) if not name.isupper() and name not in NAMES} for path in modules}
    assert {name: calculations for name, calculations in found.items() if calculations} == {}
