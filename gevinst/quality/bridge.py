"""From our checks to Great Expectations and back.

Belongs here: everything that depends on Great Expectations. It is imported inside the function, because that takes
seconds, which only a run of checks should cost. It is given rows in blocks, and what it finds in them is added up.
Does not belong here: which checks there are (`suites`), and those that no block can be asked alone (`repeated`).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import polars as pl

from gevinst.quality.model import BLOCK_ROWS, LISTED_KEYS, CheckResult, QualityError
from gevinst.quality.repeated import is_about_other_rows, repeated
from gevinst.quality.suites.model import SuiteCheck, columns_of
from gevinst.workspace import scheme

_CHECK_ID = "check_id"


def run_suite(
    name: str,
    key: tuple[str, ...],
    frame: pl.DataFrame | pl.LazyFrame,
    checks: Sequence[SuiteCheck],
    listed: int | None = LISTED_KEYS,
    block_rows: int = BLOCK_ROWS,
) -> list[CheckResult]:
    """Results of `checks` on `frame`, in their order, with the first `listed` keys of deviating rows (`None`: all).

    `name` is that of the frame, for messages; the columns of `key` name the deviating rows, and put them in order. Of
    the frame no more than `block_rows` rows leave their engine at once, with the columns that the checks name. An empty
    frame has no row that could deviate: nothing is checked.

    Raises:
        QualityError: an expectation does not exist, has wrong arguments or raised an exception; with the check's id and
            the message. Great Expectations itself would report that as bad data.
    """
    found = {check.check_id: _Found() for check in checks}
    if len(found) != len(checks):
        raise QualityError(f"the suite of {name} must have one result per check; are two ids the same?")
    text = pl.concat_str(pl.col(key).cast(pl.String).fill_null(""), separator="/")
    rows = frame.lazy()
    for check in filter(is_about_other_rows, checks):
        count, keys = repeated(check, text, rows)
        found[check.check_id].add(count, len(keys), keys.sort().head(len(keys) if listed is None else listed))
    by_row = [check for check in checks if not is_about_other_rows(check)]
    for block in _blocks(rows, key, by_row, block_rows):
        # In order of the keys, so that the first of each block are among the first of all that are found.
        _add(name, block.sort(text), by_row, key, listed, found)
    return [found[check.check_id].result(check, listed) for check in checks]


@dataclass(slots=True)
class _Found:
    """What a check found in the blocks so far."""

    checked: int = 0
    unexpected: int = 0
    keys: list[str] = field(default_factory=list)

    def add(self, checked: int, unexpected: int, keys: Iterable[str]) -> None:
        self.checked += checked
        self.unexpected += unexpected
        self.keys.extend(keys)

    def result(self, check: SuiteCheck, listed: int | None) -> CheckResult:
        """By the rule of Great Expectations: a share of the rows that are checked, `mostly`, must be right."""
        right = self.checked - self.unexpected
        has_failed = self.checked > 0 and right / self.checked < check.arguments.get("mostly", 1)
        return CheckResult(check, has_failed, self.checked, self.unexpected, tuple(sorted(self.keys)[:listed]))


def _blocks(
    rows: pl.LazyFrame, key: tuple[str, ...], checks: Sequence[SuiteCheck], block_rows: int
) -> Iterator[pl.DataFrame]:
    if not checks:
        return
    needed = {*key, *(name for check in checks for name in _columns(check.arguments))}
    # A column that does not exist is left out here: Great Expectations names the check that asks for it.
    narrow = rows.select(name for name in rows.collect_schema().names() if name in needed)
    for batch in narrow.collect_batches(chunk_size=block_rows, maintain_order=False):
        yield from (block for block in batch.iter_slices(block_rows) if not block.is_empty())


def _columns(arguments: Mapping[str, Any]) -> Iterator[str]:
    """The columns that the arguments of an expectation name, those of its condition on rows too."""
    yield from (arguments[name] for name in ("column", "column_A", "column_B") if name in arguments)
    yield from arguments.get("column_list", ())
    if "row_condition" in arguments:
        yield from columns_of(arguments["row_condition"])


def _add(
    name: str,
    block: pl.DataFrame,
    checks: Sequence[SuiteCheck],
    key: tuple[str, ...],
    listed: int | None,
    found: Mapping[str, _Found],
) -> None:
    """Add what the checks find in a block to what they `found`."""
    validated = list(_validate(block, checks, key, block.height if listed is None else listed))
    # By id, not by position: Great Expectations does not promise results in the order of the expectations.
    results = {str(result.expectation_config.meta[_CHECK_ID]): result for result in validated}
    if set(results) != {check.check_id for check in checks} or len(results) != len(validated):
        raise QualityError(f"the suite of {name} must have one result per check")
    for check in checks:
        found[check.check_id].add(*_counts(check, results[check.check_id], key, listed))


@cache
def _batches() -> Any:
    """Where a frame becomes a batch: made once in a process, since it takes longer than to check a small table.

    It keeps the frame given last, and no other.
    """
    os.environ["GX_ANALYTICS_ENABLED"] = "false"  # read at import: set afterwards, it would come too late
    with _hidden("pyspark"):
        import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    frames = context.data_sources.add_pandas("frames").add_dataframe_asset("frame")
    return frames.add_batch_definition_whole_dataframe("all")


@contextmanager
def _hidden(package: str) -> Iterator[None]:
    """Let a package that nobody has loaded yet be as if it were not installed.

    Great Expectations loads Spark where it finds it, which takes a second and warns of versions on the terminal. Rows
    are always given to it in memory.
    """
    is_loaded = package in sys.modules
    if not is_loaded:
        sys.modules[package] = None  # pyright: ignore[reportArgumentType] - how Python marks what must not be found
    try:
        yield
    finally:
        if not is_loaded:
            del sys.modules[package]


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
            **check.arguments_of(scheme()), severity=check.severity.value, meta={_CHECK_ID: check.check_id}
        )
    except (AttributeError, TypeError, ValueError) as error:
        raise QualityError(f"check {check.check_id} cannot be set up: {error}") from error


def _counts(
    check: SuiteCheck, validation: Any, key: tuple[str, ...], listed: int | None
) -> tuple[int, int, Iterable[str]]:
    """Rows checked, those that deviate, and the keys of the first of these."""
    message = _exception_message(validation.exception_info)
    if message is not None:
        raise QualityError(f"check {check.check_id} raised an exception: {message}")
    result = validation.result
    keys = ["/".join(str(row[name]) for name in key) for row in result["partial_unexpected_index_list"][:listed]]
    # Counts come as NumPy scalars. Rows with a missing value are not checked, and so not counted as checked.
    checked = int(result["element_count"]) - int(result.get("missing_count") or 0)
    return checked, int(result["unexpected_count"]), keys


def _exception_message(info: Mapping[str, Any] | None) -> str | None:
    """The message of an exception; Great Expectations reports it as such or one level down, under each metric."""
    for part in [info, *(info or {}).values()]:
        if isinstance(part, Mapping) and part.get("raised_exception"):
            return str(part["exception_message"])
    return None
