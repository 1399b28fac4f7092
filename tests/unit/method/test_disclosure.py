from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from scipy.optimize import linprog

from gevinst.method.disclosure import (
    ORGANISATIONS,
    PERSONS,
    hidden_in_list,
    shown_pct,
)
from tests.reference.two_way_tables import hidden_in_table, suppressed_table

shapes = array_shapes(min_dims=2, max_dims=2, max_side=4)
small_tables = arrays(np.int64, shapes, elements=st.integers(0, 12))
sparse_tables = arrays(np.int64, shapes, elements=st.sampled_from([0, 0, 0, 1, 2, 6]))


def with_totals(counts) -> np.ndarray:
    inner = np.asarray(counts)
    return np.block([[inner, inner.sum(axis=1, keepdims=True)], [inner.sum(axis=0, keepdims=True), inner.sum()]])


def worked_out(full: np.ndarray, hidden: np.ndarray) -> list[tuple[int, int]]:
    """Hidden numbers that an attacker can compute, with linear programming on what is shown.

    Independent of the method: each line of the table is an equation, hidden numbers are unknowns from 0 up, and a
    number is worked out when its smallest and largest possible values are the same. The equations are those of a
    flow, so bounds are whole numbers without asking for it.
    """
    unknowns = {(int(r), int(c)): place for place, (r, c) in enumerate(np.argwhere(hidden))}
    lines = [[(r, c) for c in range(full.shape[1])] for r in range(full.shape[0])]
    lines += [[(r, c) for r in range(full.shape[0])] for c in range(full.shape[1])]
    left, right = np.zeros((len(lines), max(len(unknowns), 1))), np.zeros(len(lines))
    for number, line in enumerate(lines):
        for cell in line:
            sign = -1 if cell == line[-1] else 1
            if cell in unknowns:
                left[number, unknowns[cell]] += sign
            else:
                right[number] -= sign * full[cell]
    found = []
    for cell, place in unknowns.items():
        aim = np.zeros(len(unknowns))
        aim[place] = 1
        most = linprog(-aim, A_eq=left, b_eq=right)
        if most.status == 3 or -most.fun > full[cell] + 0.5:
            continue
        least = linprog(aim, A_eq=left, b_eq=right)
        if -most.fun - least.fun < 0.5:
            found.append(cell)
    return found


@settings(deadline=None)
@given(counts=small_tables | sparse_tables, k=st.integers(2, 6))
def test_no_hidden_number_can_be_worked_out_by_subtraction(counts, k) -> None:
    full, hidden = with_totals(counts), hidden_in_table(counts, k)
    assert worked_out(full, hidden) == []
    assert hidden[(full > 0) & (full < k)].all(), "every small number is hidden"
    if not ((full > 0) & (full < k)).any():
        assert not hidden.any(), "nothing is hidden without need"


@settings(deadline=None)
@given(counts=st.lists(st.integers(0, 12), min_size=1, max_size=6), k=st.integers(2, 6))
def test_no_hidden_number_of_a_list_can_be_worked_out_from_its_total(counts, k) -> None:
    hidden = hidden_in_list(counts, k)
    unknown = [value for value, is_hidden in zip(counts, hidden, strict=False) if is_hidden]
    assert hidden[-1] or len(unknown) != 1
    if unknown and not hidden[-1]:
        assert sum(unknown) > 0, "zeros that sum to a shown zero would be given away"
    assert all(hidden[place] for place, value in enumerate([*counts, sum(counts)]) if 0 < value < k)


def test_the_attack_itself_works_hiding_only_the_small_numbers_is_not_enough() -> None:
    full = with_totals([[2, 10, 20], [30, 40, 50], [6, 7, 8]])
    assert worked_out(full, (full > 0) & (full < PERSONS)) == [(0, 0)]


def test_the_smallest_numbers_that_close_the_way_are_hidden_with_a_small_one() -> None:
    hidden = hidden_in_table([[2, 10, 20], [30, 40, 50], [6, 7, 8]], PERSONS)
    assert np.argwhere(hidden).tolist() == [[0, 0], [0, 1], [2, 0], [2, 1]]


def test_hiding_two_in_each_line_can_still_give_a_number_away_and_is_seen() -> None:
    # Rows 0 and 1 hide two each, but those of row 1 sum to 0, so nothing there is unknown.
    counts = [[3, 9, 20], [0, 0, 20], [20, 20, 20]]
    naive = np.zeros((4, 4), dtype=bool)
    naive[:2, :2] = True
    assert worked_out(with_totals(counts), naive)
    assert worked_out(with_totals(counts), hidden_in_table(counts, PERSONS)) == []


@pytest.mark.parametrize("counts", [[[0, 0], [2, 6]], [[2, 0, 0], [6, 0, 0], [0, 0, 0]], [[0, 1, 0]], [[1]]])
def test_zeros_hide_nothing_that_would_have_to_fall_below_them(counts) -> None:
    hidden = hidden_in_table(counts, PERSONS)
    assert hidden.any()
    assert worked_out(with_totals(counts), hidden) == []


def test_zero_and_the_threshold_itself_may_be_shown() -> None:
    assert not hidden_in_list([0, 5, 9], PERSONS).any()
    assert not hidden_in_list([0, 3, 9], ORGANISATIONS).any()
    assert hidden_in_list([0, 4, 9], PERSONS).tolist() == [False, True, True, False]


def test_a_total_that_is_small_is_hidden_too() -> None:
    assert hidden_in_list([2], PERSONS).tolist() == [True, True]
    assert hidden_in_list([1, 2, 0], PERSONS).tolist() == [True, True, False, True]


def test_a_suppressed_table_says_what_is_hidden_and_holds_no_value_there() -> None:
    cells = pl.DataFrame({"sector": ["a", "a", "b"], "status": ["x", "y", "y"], "n": [2, 30, 40]})
    table = suppressed_table(cells, "sector", "status", "n", PERSONS)
    assert table.columns == ["sector", "status", "n", "is_suppressed"]
    assert table.height == 9
    assert table.filter(pl.col("is_suppressed") != pl.col("n").is_null()).height == 0
    assert table.filter(pl.col("sector").is_null() & pl.col("status").is_null())["n"].item() == 72
    assert table.filter(sector="a", status="x").select("n", "is_suppressed").row(0) == (None, True)


@pytest.mark.parametrize(
    ("cells", "complaint"),
    [
        ({"r": ["a"], "c": [None], "n": [1]}, "must have a label"),
        ({"r": ["a", "a"], "c": ["x", "x"], "n": [1, 2]}, "is listed twice"),
        ({"r": ["a", "b"], "c": ["x", "x"], "n": [1, -2]}, r"count at \(1, 0\)"),
        ({"r": ["a", "b"], "c": ["x", "x"], "n": [None, 2]}, r"count at \(0, 0\)"),
    ],
)
def test_counts_that_cannot_be_counts_are_refused_and_named(cells, complaint) -> None:
    with pytest.raises(ValueError, match=complaint):
        suppressed_table(pl.DataFrame(cells, schema_overrides={"c": pl.String}), "r", "c", "n", PERSONS)


def test_a_threshold_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        hidden_in_list([1], 0)


def test_a_percentage_is_hidden_with_its_count_with_its_base_and_below_base_ten() -> None:
    shown = pl.DataFrame({"n": [5, None, 5, 5, 5], "base": [10, 50, None, 9, 0]})
    pct = shown.select(pct=shown_pct(pl.col("n"), pl.col("base")))["pct"]
    assert pct.to_list() == [50.0, None, None, None, None]
    low = shown.select(pct=shown_pct(pl.col("n"), pl.col("base"), min_base=0))["pct"]
    assert low.to_list() == [50.0, None, None, pytest.approx(500 / 9), None]
