"""Nothing of unbounded size in Python: what mart functions collect does not follow the number of projects."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gevinst.contracts import MARTS, contract
from gevinst.method import association, frames, priced
from gevinst.method.catalogue import MART_FUNCTIONS, mart_parts
from gevinst.method.frames import Rules, TooManyRows, blocks, lazy, reduced
from tests.data.rendered import invented_tables

METHOD = Path(frames.__file__).parent
RULES = Rules(2016, 2026)

OUT_OF_AN_ENGINE = {"collect", "collect_async", "collect_batches", "pl", "df", "arrow", "fetchall", "fetchnumpy"}
COMPARE_EDITIONS = {"news.py", "follow_up_answers.py"}
"""They compare tables of editions that have been read already, and make no mart."""


def collections(source: str) -> list[int]:
    """Lines that bring rows from an engine into Python."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return [
        call.lineno for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr in OUT_OF_AN_ENGINE
    ]


def test_the_method_brings_rows_into_python_in_one_module_only_which_limits_them() -> None:
    others = [path for path in METHOD.glob("*.py") if path.name not in {"frames.py", *COMPARE_EDITIONS}]
    assert len(others) > 40
    found = {path.name: collections(path.read_text(encoding="utf-8")) for path in others}
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize("body", ['tables["projects"].collect("polars")', "relation.pl()", "query().fetchall()"])
def test_a_planted_collection_is_found(body: str) -> None:
    assert collections(f"def mart(tables, rules):\n    return {body}\n") == [2]


def twice(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The table of a portfolio beside that of its copy, in which every id is another; tables without ids stay."""
    ids = [column for column in frame.columns if column.endswith(("_id", "_ids"))]
    if not {*ids} & {*contract(name).key}:
        return frame
    return pl.concat([frame, frame.with_columns(pl.col(column) + "-copy" for column in ids)])


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """How many rows each collection brings into Python."""
    heights: list[int] = []
    collect = nw.LazyFrame[Any].collect

    def counting(self: nw.LazyFrame[Any], *args: Any, **options: Any) -> nw.DataFrame[Any]:
        rows = collect(self, *args, **options)
        heights.append(len(rows))
        return rows

    with monkeypatch.context() as patch:
        patch.setattr(nw.LazyFrame, "collect", counting)
        yield heights


def collected(tables: dict[str, pl.DataFrame], monkeypatch: pytest.MonkeyPatch) -> dict[str, list[int]]:
    """What each mart function collects to make its parts; the parts themselves stay in their engine."""
    found = {}
    for mart in MARTS:
        inputs = {name: tables[name] for name in mart.depends_on}
        with counted(monkeypatch) as heights:
            for _ in mart_parts(mart, inputs, RULES, is_illustrative=True):
                pass
        found[mart.name] = heights
    return found


@pytest.mark.slow
def test_a_portfolio_of_twice_as_many_projects_brings_no_more_rows_into_python_at_once(monkeypatch) -> None:
    once = {name: frame for name, frame in invented_tables().items() if name != "quality_checks"}
    copied = {name: twice(name, frame) for name, frame in once.items()}
    assert copied["project_status"].height == 2 * once["project_status"].height
    monkeypatch.setattr(frames, "BLOCK_ROWS", 1)  # a project at a time, since all of this portfolio would be one block
    # How much is drawn from the rows does not matter here.
    monkeypatch.setattr(association, "DRAWS", 99)
    monkeypatch.setattr(priced, "DRAWS", 1_000)
    before, after = collected(once, monkeypatch), collected(copied, monkeypatch)
    assert set(before) == set(MART_FUNCTIONS)
    in_blocks = {"npv_simulations", "return_rates", "survey_series"}
    for name, heights in before.items():
        # Of what comes in blocks, the list of the blocks grows, one row for a hundred thousand.
        most = [max(rows[1:] if name in in_blocks else rows, default=0) for rows in (heights, after[name])]
        assert most[1] <= most[0], f"{name} collects {most[1]} rows where it collected {most[0]}"
    assert sum(map(bool, before.values())) >= 9, "the statistics are among those that collect"


def test_a_function_that_forgets_to_reduce_stops_instead_of_filling_the_memory(monkeypatch) -> None:
    monkeypatch.setattr(frames, "MOST_ROWS", 3)
    rows = lazy(pl.DataFrame({"project_id": ["c", "a", "b"]}))
    assert reduced(rows, "project_id")["project_id"].to_list() == ["a", "b", "c"]
    one_more = lazy(pl.DataFrame({"project_id": ["c", "a", "b", "d"]}))
    with counted(monkeypatch) as heights, pytest.raises(TooManyRows, match="more than 3 rows by project_id"):
        reduced(one_more, "project_id")
    assert heights == [4], "one row too many is enough to know"


@given(
    sizes=st.lists(st.integers(1, 6), max_size=12),
    most=st.integers(1, 8),
    seed=st.integers(0, 9),
)
def test_blocks_hold_every_row_once_whole_keys_and_hardly_more_than_asked_for(sizes, most, seed) -> None:
    rows = [(f"p{number:02}", place) for number, size in enumerate(sizes) for place in range(size)]
    frame = pl.DataFrame(rows, {"project_id": pl.String, "place": pl.Int64}, orient="row")
    shuffled = frame.sample(fraction=1, shuffle=True, seed=seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(frames, "BLOCK_ROWS", most)
        parts = list(blocks(lazy(shuffled), "project_id", "project_id", "place"))
    assert pl.concat([frame.clear(), *parts]).equals(frame)
    assert sum(part["project_id"].n_unique() for part in parts) == len(sizes)
    assert all(part.height < most + max(sizes) for part in parts)
