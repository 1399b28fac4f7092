"""What the bridge to Great Expectations promises, whatever the checks are."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from typing import Any

import polars as pl
import pytest

from gevinst.contracts.vocabulary import CheckOutcome
from gevinst.quality import Owner, QualityError, Severity
from gevinst.quality.bridge import run_suite
from gevinst.quality.suites import SuiteCheck
from tests.data.quality_world import with_rows


def a_check(check_id: str, expectation: str, **arguments: Any) -> SuiteCheck:
    return SuiteCheck(check_id, "projects", Severity.CRITICAL, "nb", "en", Owner.MAINTAINER, expectation, arguments)


PASSES = a_check("passes", "ExpectColumnValuesToNotBeNull", column="project_id")
FAILS = a_check("fails", "ExpectColumnValuesToBeInSet", column="project_id", value_set=["2018-skyss"])
PAIR = a_check("pair", "ExpectColumnPairValuesToBeEqual", column_A="project_id", column_B="project_id")


def test_importing_the_package_does_not_import_great_expectations() -> None:
    code = (
        "import json, sys, gevinst.quality;"
        "print(json.dumps([name for name in ('great_expectations', 'pandas', 'dagster') if name in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []


def test_checking_does_not_load_spark_which_stays_there_for_whoever_needs_it() -> None:
    code = (
        "import sys; from gevinst.quality.bridge import _batches; _batches();"
        "print('great_expectations' in sys.modules, 'pyspark' in sys.modules); import pyspark"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "True False\n"


def test_a_check_of_an_empty_frame_has_nothing_to_check_and_has_not_passed(world: dict[str, pl.DataFrame]) -> None:
    results = run_suite("projects", ("project_id",), world["projects"].clear(), [PASSES, FAILS])
    assert [(result.check.check_id, result.outcome, result.checked_count) for result in results] == [
        ("passes", CheckOutcome.NOTHING, 0),
        ("fails", CheckOutcome.NOTHING, 0),
    ]


@pytest.mark.parametrize("order", [(PASSES, FAILS, PAIR), (PAIR, FAILS, PASSES), (FAILS, PAIR, PASSES)])
def test_results_belong_to_their_check_in_any_order(
    order: tuple[SuiteCheck, ...], world: dict[str, pl.DataFrame]
) -> None:
    results = run_suite("projects", ("project_id",), world["projects"], order)
    assert [result.check for result in results] == list(order)
    assert {result.check.check_id: result.has_failed for result in results} == {
        "passes": False,
        "fails": True,
        "pair": False,
    }


def test_a_column_that_does_not_exist_is_an_error_and_not_bad_data(world: dict[str, pl.DataFrame]) -> None:
    typo = a_check("typo", "ExpectColumnValuesToNotBeNull", column="projectid")
    with pytest.raises(QualityError, match=r"check typo raised an exception: .*projectid"):
        run_suite("projects", ("project_id",), world["projects"], [PASSES, typo])


def test_a_comparison_of_unlike_types_is_an_error_and_not_bad_data(world: dict[str, pl.DataFrame]) -> None:
    unlike = a_check("unlike", "ExpectColumnValuesToBeBetween", column="name_nb", min_value=1, max_value=2)
    with pytest.raises(QualityError, match="check unlike raised an exception"):
        run_suite("projects", ("project_id",), world["projects"], [unlike])


@pytest.mark.parametrize(
    "check",
    [
        a_check("no-such", "ExpectNothingInParticular", column="project_id"),
        a_check("no-column", "ExpectColumnValuesToNotBeNull"),
        a_check("bad-value", "ExpectColumnValuesToNotBeNull", column="project_id", mostly=7),
    ],
    ids=lambda check: check.check_id,
)
def test_a_check_that_cannot_be_set_up_names_itself(check: SuiteCheck, world: dict[str, pl.DataFrame]) -> None:
    with pytest.raises(QualityError, match=f"check {check.check_id} cannot be set up"):
        run_suite("projects", ("project_id",), world["projects"], [check])


def test_two_checks_with_one_id_are_an_error(world: dict[str, pl.DataFrame]) -> None:
    with pytest.raises(QualityError, match="suite of projects"):
        run_suite(
            "projects", ("project_id",), world["projects"], [FAILS, dataclasses.replace(PASSES, check_id="fails")]
        )


def test_counts_are_plain_and_the_first_ten_keys_are_listed_in_order(world: dict[str, pl.DataFrame]) -> None:
    names = [f"2018-p{number:02}" for number in range(12)]
    rows = [{**world["projects"].row(0, named=True), "project_id": name} for name in reversed(names)]
    many = with_rows(world, "projects", rows)["projects"]
    (result,) = run_suite("projects", ("project_id",), many, [FAILS])
    assert (type(result.unexpected_count), result.unexpected_count) == (int, 12)
    assert (type(result.checked_count), result.checked_count) == (int, 12)
    assert type(result.has_failed) is bool
    assert result.unexpected_keys == tuple(names[:10])


def test_a_key_of_several_columns_is_listed_in_full_and_no_text_is(world: dict[str, pl.DataFrame]) -> None:
    rows = world["codelists"].to_dicts()
    rows[0]["label_nb"] = "en personlig tekst"
    check = SuiteCheck(
        "labels", "codelists", Severity.WARNING, "nb", "en", Owner.MAINTAINER,
        "ExpectColumnValuesToNotMatchRegex", {"column": "label_nb", "regex": "personlig"},
    )  # fmt: skip
    (result,) = run_suite("codelists", ("codelist", "code"), with_rows(world, "codelists", rows)["codelists"], [check])
    assert result.unexpected_keys == ("status/i_gang",)
