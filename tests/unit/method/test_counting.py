"""Steps that most marts share: what belongs to a code, and its place in an order, on every engine alike."""

from __future__ import annotations

import ast
from pathlib import Path

import narwhals as nw
import polars as pl
import pytest

from gevinst.method import counting
from gevinst.method.counting import mapped, place_in
from gevinst.method.frames import lazy

METHOD = Path(counting.__file__).parent
CODES = pl.DataFrame({"code": ["b", "a", "x", None]})
LACKING = {"replace_strict", "first", "last", "arg_max", "arg_min"}
"""What narwhals has on Polars and DuckDB and not on each Spark: over an order, by a dictionary, or by position."""


def computed(expression: nw.Expr) -> list[object]:
    return lazy(CODES).select(found=expression).collect("polars")["found"].to_list()


def test_a_code_gives_its_text_and_any_other_or_none_the_one_for_the_rest() -> None:
    assert computed(mapped("code", {"a": "A", "b": "B"}, "?")) == ["B", "A", "?", "?"]


@pytest.mark.parametrize(("first", "places"), [(0, [1, 0, None, None]), (1, [2, 1, None, None])])
def test_a_code_has_its_place_in_the_order_and_any_other_or_none_has_no_place(first: int, places: list[object]) -> None:
    found = lazy(CODES).select(found=place_in("code", ("a", "b"), first)).collect("polars")
    assert found["found"].to_list() == places
    assert found.schema["found"] == nw.Int64


def called(source: str) -> set[str]:
    calls = (node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return {call.attr for call in calls if isinstance(call, ast.Attribute)} & LACKING


def test_the_method_asks_for_nothing_that_one_of_its_engines_lacks() -> None:
    assert called("nw.col('a').replace_strict([1], [2])") == {"replace_strict"}, "a planted one is found"
    found = {path.name: called(path.read_text(encoding="utf-8")) for path in METHOD.glob("*.py")}
    assert {name: calls for name, calls in found.items() if calls} == {}
