"""From our checks to Great Expectations and back.

Belongs here: everything that depends on Great Expectations. It is imported inside the function, because that takes
seconds, which only a run of checks should cost.
Does not belong here: which checks there are (`suites`).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import polars as pl

from gevinst.quality.model import LISTED_KEYS, CheckResult, QualityError
from gevinst.quality.suites.model import SuiteCheck

_CHECK_ID = "check_id"


def run_suite(
    name: str, key: tuple[str, ...], frame: pl.DataFrame, checks: Sequence[SuiteCheck], listed: int | None = LISTED_KEYS
) -> list[CheckResult]:
    """Results of `checks` on `frame`, in their order, with the first `listed` keys of deviating rows (`None`: all).

    `name` is that of the frame, for messages; the columns of `key` name the deviating rows. An empty frame has no row
    that could deviate: nothing is checked.

    Raises:
        QualityError: an expectation does not exist, has wrong arguments or raised an exception; with the check's id and
            the message. Great Expectations itself would report that as bad data.
    """
    if not checks or frame.is_empty():
        return [CheckResult(check, False, 0, 0) for check in checks]
    listed = frame.height if listed is None else listed
    # By id, not by position: Great Expectations does not promise results in the order of the expectations.
    found = {str(result.expectation_config.meta[_CHECK_ID]): result for result in _validate(frame, checks, key, listed)}
    if set(found) != {check.check_id for check in checks} or len(found) != len(checks):
        raise QualityError(f"the suite of {name} must have one result per check; are two ids the same?")
    return [_result(check, found[check.check_id], key, listed) for check in checks]


@cache
def _batches() -> Any:
    """Where a frame becomes a batch: made once in a process, since it takes longer than to check a small table.

    It keeps the frame given last, and no other.
    """
    os.environ["GX_ANALYTICS_ENABLED"] = "false"  # read at import: set afterwards, it would come too late
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    frames = context.data_sources.add_pandas("frames").add_dataframe_asset("frame")
    return frames.add_batch_definition_whole_dataframe("all")


def _validate(frame: pl.DataFrame, checks: Sequence[SuiteCheck], key: tuple[str, ...], listed: int) -> Iterable[Any]:
    batches = _batches()
    from great_expectations import ExpectationSuite

    suite = ExpectationSuite(name="suite", expectations=[_expectation(check) for check in checks])
    # Arrow-backed pandas keeps whole numbers whole and dates comparable; plain pandas does neither with nulls.
    batch = batches.get_batch(batch_parameters={"dataframe": frame.to_pandas(use_pyarrow_extension_array=True)})
    # SUMMARY gives counts and the first keys; COMPLETE would also build a query and a list of all values.
    result_format = {
        "result_format": "SUMMARY",
        "partial_unexpected_count": listed,
        "unexpected_index_column_names": list(key),
    }
    return batch.validate(suite, result_format=result_format).results


def _expectation(check: SuiteCheck) -> Any:
    import great_expectations.expectations as expectations

    try:
        return getattr(expectations, check.expectation)(
            **check.arguments, severity=check.severity.value, meta={_CHECK_ID: check.check_id}
        )
    except (AttributeError, TypeError, ValueError) as error:
        raise QualityError(f"check {check.check_id} cannot be set up: {error}") from error


def _result(check: SuiteCheck, validation: Any, key: tuple[str, ...], listed: int) -> CheckResult:
    message = _exception_message(validation.exception_info)
    if message is not None:
        raise QualityError(f"check {check.check_id} raised an exception: {message}")
    result = validation.result
    keys = tuple("/".join(str(row[name]) for name in key) for row in result["partial_unexpected_index_list"])
    # Counts come as NumPy scalars. Rows with a missing value are not checked, and so not counted as checked.
    return CheckResult(
        check=check,
        has_failed=not validation.success,
        checked_count=int(result["element_count"]) - int(result.get("missing_count") or 0),
        unexpected_count=int(result["unexpected_count"]),
        unexpected_keys=keys[:listed],
    )


def _exception_message(info: Mapping[str, Any] | None) -> str | None:
    """The message of an exception; Great Expectations reports it as such or one level down, under each metric."""
    for part in [info, *(info or {}).values()]:
        if isinstance(part, Mapping) and part.get("raised_exception"):
            return str(part["exception_message"])
    return None
