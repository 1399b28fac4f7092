from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays
from scipy.optimize import linprog

from gevinst.method.disclosure import ORGANISATIONS, PERSONS, hidden_in_list, hidden_numbers, shown_pct
from tests.reference.two_way_tables import hidden_in_table, sums_of, suppressed_table, with_totals

shapes = array_shapes(min_dims=2, max_dims=2, max_side=4)
small_tables = arrays(np.int64, shapes, elements=st.integers(0, 12))
sparse_tables = arrays(np.int64, shapes, elements=st.sampled_from([0, 0, 0, 1, 2, 6]))
groups = st.lists(st.lists(st.sampled_from([0, 0, 1, 2, 6, 12]), min_size=1, max_size=3), min_size=1, max_size=4)

Range = tuple[float, float]

EXAMPLES = 50
"""Each example solves some ten linear programs for the attack: 50 keep the unit tests under a minute."""


def ranges(numbers, sums, hidden, structural=()) -> dict[int, Range]:
    """What an attacker can tell of each hidden number: the least and the most it could be, by linear programming.

    Independent of the method: each sum is an equation, hidden numbers are unknowns from 0 up. The equations of tables
    and of subtotals are those of a flow, so that bounds are whole numbers without asking for it.
    """
    unknowns = {int(place): column for column, place in enumerate(np.flatnonzero(hidden))}
    left, right = np.zeros((len(sums), max(len(unknowns), 1))), np.zeros(len(sums))
    for line, (total, parts) in enumerate(sums):
        for sign, place in [(-1, total), *((1, part) for part in parts)]:
            if place in unknowns:
                left[line, unknowns[place]] += sign
            else:
                right[line] -= sign * numbers[place]
    limits = [(0, 0 if place in structural else None) for place in unknowns] or [(0, 0)]
    found = {}
    for place, column in unknowns.items():
        aim = np.zeros(len(unknowns))
        aim[column] = 1
        least, most = (
            linprog(aim, A_eq=left, b_eq=right, bounds=limits),
            linprog(-aim, left * 0, right * 0, left, right, limits),
        )
        found[place] = (least.fun, np.inf if most.status == 3 else -most.fun)
    return found


def ranges_in_table(counts, hidden) -> dict[int, Range]:
    full = with_totals(counts)
    return ranges(full.ravel(), sums_of(full.shape), np.asarray(hidden).ravel())


def narrower(found: dict[int, Range], width: float) -> list[int]:
    return [place for place, (least, most) in found.items() if most - least < width - 1e-6]


def has_lone(numbers, sums, structural=()) -> bool:
    """Whether some sum is all in one part, though it could be in another."""
    return any(
        sum(numbers[part] > 0 for part in parts) == 1
        and any(numbers[part] == 0 and part not in structural for part in parts)
        for _, parts in sums
    )


@settings(deadline=None, max_examples=EXAMPLES)
@given(counts=small_tables | sparse_tables, k=st.integers(2, 6), width=st.integers(1, 5))
def test_no_hidden_number_of_a_table_can_be_told_closer_than_the_least_width(counts, k, width) -> None:
    full, hidden = with_totals(counts), hidden_in_table(counts, k, width=width)
    assert narrower(ranges_in_table(counts, hidden), width) == []
    assert hidden[(full > 0) & (full < k)].all(), "every small number is hidden"
    if not ((full > 0) & (full < k)).any() and not has_lone(full.ravel(), sums_of(full.shape)):
        assert not hidden.any(), "nothing is hidden without need"


@settings(deadline=None, max_examples=EXAMPLES)
@given(counts=sparse_tables, k=st.integers(2, 6))
def test_nowhere_do_the_shown_numbers_tell_that_all_of_a_line_are_in_one_cell(counts, k) -> None:
    full = with_totals(counts)
    hidden = hidden_in_table(counts, k).ravel()
    for total, parts in sums_of(full.shape):
        numbers = full.ravel()
        if numbers[total] > 0 and len(parts) > 1:
            assert sum(numbers[part] > 0 or hidden[part] for part in parts) > 1


@settings(deadline=None, max_examples=EXAMPLES)
@given(tree=groups, k=st.integers(2, 6), width=st.integers(1, 5))
def test_subtotals_and_what_is_in_them_are_protected_together(tree, k, width) -> None:
    numbers, sums = with_subtotals(tree)
    hidden = hidden_numbers(numbers, sums, k, width=width)
    assert narrower(ranges(numbers, sums, hidden), width) == []
    assert all(is_hidden for number, is_hidden in zip(numbers, hidden, strict=True) if 0 < number < k)


@settings(deadline=None)
@given(counts=st.lists(st.integers(0, 12), min_size=1, max_size=6), k=st.integers(2, 6))
def test_a_hidden_number_of_a_list_may_be_anything_fewer_than_the_threshold_is(counts, k) -> None:
    hidden = hidden_in_list(counts, k)
    numbers = [*counts, sum(counts)]
    assert narrower(ranges(numbers, [(len(counts), range(len(counts)))], hidden), k - 1) == []
    assert all(hidden[place] for place, value in enumerate(numbers) if 0 < value < k)
    assert not hidden[-1] or sum(counts) < k, "a total that is not small need never be hidden"


def with_subtotals(tree: list[list[int]]) -> tuple[list[int], list[tuple[int, list[int]]]]:
    """Counts in groups, then each group's subtotal, then the total; and which of them add up to which."""
    numbers = [count for group in tree for count in group]
    first, sums = 0, []
    for offset, group in enumerate(tree):
        sums.append((sum(map(len, tree)) + offset, list(range(first, first + len(group)))))
        first += len(group)
    subtotals = [total for total, _ in sums]
    sums.append((subtotals[-1] + 1, subtotals))
    return [*numbers, *map(sum, tree), sum(numbers)], sums


def test_a_subtotal_lets_nobody_work_out_what_a_list_alone_would_hide() -> None:
    tree = [[2, 8], [9, 20]]
    numbers, sums = with_subtotals(tree)
    flat = [True, True, False, False, False, False, False]
    assert hidden_numbers(numbers, sums, PERSONS).tolist() == flat, "within one group, the subtotal still shown"
    alone, its_sums = with_subtotals([[2], [8, 9]])
    hidden = hidden_numbers(alone, its_sums, PERSONS)
    assert hidden.tolist() == [True, True, False, True, True, False], (
        "2 is its own subtotal, so the other is hidden too"
    )
    assert narrower(ranges(alone, its_sums, [True, True, False, True, False, False]), 1) != []


def test_sums_that_do_not_add_up_are_refused_and_named() -> None:
    with pytest.raises(ValueError, match="total at place 4 is 28, but its parts add up to 29"):
        hidden_numbers([2, 8, 9, 20, 28], [(4, [2, 3]), (4, [2, 3])], PERSONS)
    with pytest.raises(ValueError, match="structural zero at place 1 is 4"):
        hidden_in_list([8, 4], PERSONS, structural=[1])


def test_the_attack_itself_works_hiding_only_the_small_numbers_is_not_enough() -> None:
    counts = [[2, 10, 20], [30, 40, 50], [6, 7, 8]]
    full = with_totals(counts)
    assert ranges_in_table(counts, (full > 0) & (full < PERSONS)) == {0: (2, 2)}


def test_the_smallest_numbers_that_close_the_way_are_hidden_with_a_small_one() -> None:
    hidden = hidden_in_table([[2, 10, 20], [30, 40, 50], [6, 7, 8]], PERSONS)
    assert np.argwhere(hidden).tolist() == [[0, 0], [0, 1], [2, 0], [2, 1]]


def test_hiding_two_in_each_line_can_still_give_a_number_away_and_is_seen() -> None:
    # Rows 0 and 1 hide two each, but those of row 1 sum to 0, so nothing there is unknown.
    counts = [[3, 9, 20], [0, 0, 20], [20, 20, 20]]
    naive = np.zeros((4, 4), dtype=bool)
    naive[:2, :2] = True
    assert narrower(ranges_in_table(counts, naive), 1)
    assert not narrower(ranges_in_table(counts, hidden_in_table(counts, PERSONS)), 1)


@pytest.mark.parametrize("counts", [[[0, 0], [2, 6]], [[2, 0, 0], [6, 0, 0], [0, 0, 0]], [[0, 1, 0]], [[1]]])
def test_zeros_hide_nothing_that_would_have_to_fall_below_them(counts) -> None:
    hidden = hidden_in_table(counts, PERSONS)
    assert hidden.any()
    assert narrower(ranges_in_table(counts, hidden), 1) == []


@pytest.mark.parametrize(
    ("width", "hidden"),
    [(1, [True, True, False, False]), (2, [True, True, False, False]), (3, [True, True, True, False])],
)
def test_a_range_of_exactly_the_least_width_is_enough_and_one_less_is_not(width, hidden) -> None:
    # The two that are 1 sum to 2, so that each could be 0, 1 or 2: a range of 2.
    assert hidden_in_list([1, 1, 9], PERSONS, width=width).tolist() == hidden


def test_what_is_hidden_with_a_small_number_keeps_the_least_width_too() -> None:
    # The companions of the small numbers are safe from being worked out, but two of them would keep a range below 4.
    counts = [[3, 9, 1], [6, 1, 2], [6, 3, 1]]
    assert narrower(ranges_in_table(counts, hidden_in_table(counts, ORGANISATIONS, width=4)), 4) == []


def test_the_least_width_is_that_of_fewer_than_the_threshold() -> None:
    assert hidden_in_list([2, 2, 9], PERSONS).tolist() == [True, True, False, False], "0 to 4 is fewer than 5"
    assert hidden_in_list([2, 1, 9], PERSONS).tolist() == [True, True, True, False], "0 to 3 is closer"


def test_zero_and_the_threshold_itself_may_be_shown() -> None:
    assert not hidden_in_list([0, 5, 9], PERSONS).any()
    assert not hidden_in_list([0, 3, 9], ORGANISATIONS).any()
    assert hidden_in_list([0, 4, 9], PERSONS).tolist() == [False, True, True, False]


def test_a_zero_that_tells_where_all_are_is_hidden_and_one_that_tells_less_is_not() -> None:
    assert hidden_in_list([9, 0, 0], PERSONS).tolist() == [True, True, False, False]
    assert not hidden_in_list([5, 5, 0], PERSONS).any()
    assert not hidden_in_list([0, 0, 0], PERSONS).any(), "of nobody nothing is told"
    assert not hidden_in_list([9], PERSONS).any(), "who could be nowhere else tells nothing"


def test_a_structural_zero_is_shown_and_tells_nothing() -> None:
    assert not hidden_in_list([9, 0, 0], PERSONS, structural=[1, 2]).any()
    assert hidden_in_list([9, 0, 0], PERSONS, structural=[1]).tolist() == [True, False, True, False]
    small = hidden_in_list([2, 0, 9], PERSONS, structural=[1])
    assert small.tolist() == [True, False, True, False]
    row = hidden_in_table([[2, 0], [8, 0], [9, 0]], PERSONS, structural=[(0, 1), (1, 1), (2, 1)])
    assert not row[:, 1].any(), "a total of structural zeros is one itself"


def test_a_zero_of_a_row_and_of_a_column_serves_both() -> None:
    # Row 0 is all in one cell, and so is column 2, whose last cell can be nothing but 0.
    hidden = hidden_in_table([[9, 0, 0], [7, 6, 8], [8, 7, 0]], PERSONS, structural=[(2, 2)])
    assert hidden[0].tolist() == [True, False, True, False]


def test_a_count_is_hidden_before_a_zero_and_a_zero_before_a_total() -> None:
    before_zero = hidden_in_table([[2, 0, 8], [9, 9, 9], [9, 9, 9]], ORGANISATIONS)
    assert np.argwhere(before_zero).tolist() == [[0, 0], [0, 2], [1, 0], [1, 2]]
    # What could be only 0 leaves but two ways: the zero at (1, 1), or the totals of two columns.
    before_total = hidden_in_table(
        [[2, 8, 0], [9, 0, 9], [0, 7, 0]], ORGANISATIONS, structural=[(0, 2), (2, 0), (2, 2)]
    )
    assert np.argwhere(before_total).tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]


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
        ({"r": ["a", "b"], "c": ["x", "x"], "n": [1, -2]}, "count at place 2 "),
        ({"r": ["a", "b"], "c": ["x", "x"], "n": [None, 2]}, "count at place 0 "),
    ],
)
def test_counts_that_cannot_be_counts_are_refused_and_named(cells, complaint) -> None:
    with pytest.raises(ValueError, match=complaint):
        suppressed_table(pl.DataFrame(cells, schema_overrides={"c": pl.String}), "r", "c", "n", PERSONS)


def test_a_threshold_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        hidden_in_list([1], 0)
    with pytest.raises(ValueError, match="at least 1"):
        hidden_in_list([1], PERSONS, width=0)
    with pytest.raises(ValueError, match="at least one count"):
        hidden_in_list([], PERSONS)


def test_a_percentage_is_hidden_with_its_count_with_its_base_and_below_base_ten() -> None:
    shown = pl.DataFrame({"n": [5, None, 5, 5, 5], "base": [10, 50, None, 9, 0]})
    pct = shown.select(pct=shown_pct(pl.col("n"), pl.col("base")))["pct"]
    assert pct.to_list() == [50.0, None, None, None, None]
    low = shown.select(pct=shown_pct(pl.col("n"), pl.col("base"), min_base=0))["pct"]
    assert low.to_list() == [50.0, None, None, pytest.approx(500 / 9), None]
