"""Every published share, rate and estimate says how far it can be trusted: n, interval and suppression."""

from __future__ import annotations

from gevinst.contracts import MARTS, PUBLISHED, Column, Contract, Type
from gevinst.contracts.model import with_basis

PLAIN_UNITS = {
    *("count", "months", "step -1-6", "step -4 to 4", "see unit_code", "rating 1-5, actors or years", "place"),
    *(
        "amount of one effect, prices of price_year",
        "per cent of one effect",
        "amount of one award, prices of price_year",
    ),
    *("factor", "per cent per year, stated", "years"),
}
"""Units of what is counted or stated, or computed from a single stated value: no share, rate or estimate."""
CHANGES = "percentage points when is_percentage_points, else unit_code"
"""The difference of two stated values of one measurement."""
SAMPLED_UNITS = {"-1 to 1", "at most 1", "rating 1-5"}
"""Units of correlations, of agreement and of ratings by several people, which never come without a range."""

COLUMNS = [(table, column) for table in PUBLISHED for column in table.columns]
MEASURED = [(table, column) for table, column in COLUMNS if column.n_column]


def bounds_of(table: Contract) -> set[str | None]:
    """Names of columns that are themselves ends of an interval or of a leave-one-out range."""
    named = {name for column in table.columns for name in (column.low_column, column.high_column)}
    return named | {"rho_low", "rho_high"}


def called(table: Contract, column: Column) -> str:
    return f"{table.name}.{column.name}"


def test_a_computed_share_rate_or_estimate_names_its_n() -> None:
    """Whatever has a unit that is not in the list of plain ones must say n, so that a new unit asks for a decision."""
    lacking = [
        called(table, column)
        for table in MARTS
        for column in table.columns
        if column.unit and column.unit not in PLAIN_UNITS | {CHANGES}
        if not column.unit.startswith("amount, current")
        if column.name not in bounds_of(table) and not column.n_column
    ]
    assert lacking == []


def test_estimates_name_their_interval() -> None:
    lacking = [
        called(table, column)
        for table, column in COLUMNS
        if table in MARTS and column.unit in SAMPLED_UNITS
        if column.name not in bounds_of(table) and not (column.low_column and column.high_column)
    ]
    assert lacking == []


def test_a_survival_curve_and_a_survey_share_name_their_interval() -> None:
    with_interval = {called(table, column) for table, column in COLUMNS if column.low_column}
    assert {"time_to_use.not_in_use_pct", "survey_series.share_pct"} <= with_interval


def test_what_a_column_rests_on_stands_in_the_same_table_with_a_fitting_type() -> None:
    wrong = []
    for table, column in MEASURED:
        assert column.n_column is not None
        n = table.column(column.n_column)
        ends = [table.column(name) for name in (column.low_column, column.high_column) if name]
        flag = column.suppressed_column
        fits = (n.type, n.unit) == (Type.INTEGER, "count")
        fits &= all((end.type, end.unit) == (column.type, column.unit) for end in ends)
        fits &= flag is None or table.column(flag).type is Type.BOOLEAN
        if not fits:
            wrong.append(called(table, column))
    assert wrong == []
    assert MEASURED


def test_a_share_in_a_table_that_hides_small_numbers_names_the_flag() -> None:
    lacking = [
        called(table, column)
        for table, column in MEASURED
        if any(other.name == "is_suppressed" for other in table.columns)
        if not column.suppressed_column and column.name != "response_rate_pct"  # of all questions of a round
    ]
    assert lacking == []


def test_a_share_of_all_there_is_has_n_and_no_interval() -> None:
    share = Column("x_pct", Type.NUMBER, "", "", unit="per cent")
    assert with_basis(share, "n").low_column is None
    between = with_basis(share, "n", interval=("a", "b"), suppressed="c")
    assert (between.n_column, between.low_column, between.high_column, between.suppressed_column) == (
        "n",
        "a",
        "b",
        "c",
    )
