from __future__ import annotations

import polars as pl
import pytest

from gevinst.contracts import ALL, Additivity, contract
from gevinst.contracts.schema import polars_schema
from gevinst.method.additivity import AdditivityError, sum_measure
from gevinst.method.frames import lazy

EVIDENCE, STATUS = contract("benefit_evidence"), contract("project_status")
BY_CATEGORY = ["edition_year", "benefit_category_code"]


def evidence(*rows: tuple[int, str, str, int | None]) -> pl.DataFrame:
    cells = [
        {"edition_year": year, "project_id": project, "benefit_category_code": category, "reported_count": count}
        for year, project, category, count in rows
    ]
    return pl.DataFrame(cells, schema=polars_schema(EVIDENCE))


def summed(frame: pl.DataFrame, over: list[str]) -> list[tuple[object, ...]]:
    result = sum_measure(lazy(frame.lazy()), EVIDENCE, "reported_count", over).collect("polars").to_native()
    return sorted(result.rows())


def test_an_additive_measure_is_summed_in_each_group() -> None:
    frame = evidence((2020, "a", "solutions", 1), (2020, "b", "solutions", 2), (2021, "a", "solutions", 4))
    assert summed(frame, BY_CATEGORY) == [(2020, "solutions", 3), (2021, "solutions", 4)]


def test_a_sum_with_an_unknown_part_is_unknown_and_not_smaller() -> None:
    frame = evidence((2020, "a", "solutions", 1), (2020, "b", "solutions", None), (2021, "a", "solutions", 4))
    assert summed(frame, BY_CATEGORY) == [(2020, "solutions", None), (2021, "solutions", 4)]


def test_a_sum_across_edition_years_is_refused_and_says_why() -> None:
    with pytest.raises(AdditivityError, match=r"benefit_evidence\.reported_count may not be summed across edition"):
        sum_measure(lazy(evidence().lazy()), EVIDENCE, "reported_count", ["benefit_category_code"])


def test_input_factors_are_not_summed_together_with_end_effects() -> None:
    with pytest.raises(AdditivityError, match="over all kinds of benefit: input factors and end effects"):
        sum_measure(lazy(evidence().lazy()), EVIDENCE, "reported_count", ["edition_year", "project_id"])


def test_a_measure_that_is_not_additive_is_refused_even_within_an_edition() -> None:
    frame = lazy(pl.DataFrame(schema=polars_schema(STATUS)).lazy())
    with pytest.raises(AdditivityError, match=r"project_status\.months_since_award .* is not additive"):
        sum_measure(frame, STATUS, "months_since_award", ["edition_year"])


def test_an_ordinal_step_or_a_code_is_never_summed() -> None:
    frame = lazy(pl.DataFrame(schema=polars_schema(STATUS)).lazy())
    for column, reason in (("current_step", "not additive"), ("current_status_code", "not a measure")):
        with pytest.raises(AdditivityError, match=reason):
            sum_measure(frame, STATUS, column, ["edition_year"])


def test_every_refused_column_of_a_sum_of_several_is_named() -> None:
    with pytest.raises(AdditivityError) as refused:
        sum_measure(lazy(evidence().lazy()), EVIDENCE, ["reported_count", "project_id"], ["edition_year"])
    assert "reported_count" in str(refused.value)
    assert "project_id" in str(refused.value)


def test_a_table_without_edition_years_may_be_summed_over_all_its_rows() -> None:
    funding = contract("follow_on_funding")
    rows = [{"project_id": "a", "amount": 2.0}, {"project_id": "a", "amount": 3.0}]
    frame = pl.DataFrame(rows, schema=polars_schema(funding))
    total = sum_measure(lazy(frame.lazy()), funding, "amount", ["project_id"]).collect("polars").to_native()
    assert total.rows() == [("a", 5.0)]


def test_every_measure_in_every_contract_says_whether_it_may_be_summed() -> None:
    unsaid = [
        f"{table.name}.{column.name}"
        for table in ALL
        for column in table.columns
        if column.unit and column.additivity is None
    ]
    assert unsaid == []
    steps = [c.name for table in ALL for c in table.columns if c.name.endswith("_step")]
    ordinal = [table.column(name) for table in ALL for name in steps if name in table.column_names]
    assert {column.additivity for column in ordinal} == {Additivity.NO}
