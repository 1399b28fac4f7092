"""Disclosure control between publications: what a change from one to the next would tell of those who answered.

Two tables that each hide their small counts may give one away together: 12 said yes in one edition and 13 in the next,
and the answer of whoever answered late is known. Figures whose change would tell so are held back: they stay as they
were published, and say so, until enough have answered.

Belongs here: comparing results with those published before, and holding them back. It is done when an edition is built,
since the marts do not know what was published.
Does not belong here: small counts within one table (`disclosure.py`), and finding the editions (`gevinst.edition`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import polars as pl

from gevinst.method.disclosure import ORGANISATIONS, PERSONS
from gevinst.method.survey import with_changes

HELD = "is_held_back"
RESULTS = ("survey_series", "additionality")
"""The results that count what respondents answered."""
_QUESTION = ("survey_id", "survey_year", "question_id")
_OF_SURVEY = (
    "population_count", "invited_count", "answered_count", "response_rate_pct", "answer_count", "base_count",
    "share_pct", "share_low_pct", "share_high_pct", "is_suppressed", "is_base_suppressed",
)  # fmt: skip
_OF_ADDITIONALITY = (
    "asked_count", "known_count", "strict_count", "broad_count", "strict_pct", "broad_pct", "is_suppressed",
)  # fmt: skip

Frames = Mapping[str, pl.DataFrame]
Row = dict[str, Any]


def held_back(now: Frames, published: Sequence[Frames]) -> dict[str, pl.DataFrame]:
    """`RESULTS` of an edition as they may be published after `published`, the editions before, the oldest first."""
    before = {name: [frames[name] for frames in published] for name in RESULTS}
    return {
        "survey_series": _surveys(now["survey_series"], before["survey_series"]),
        "additionality": _additionality(now["additionality"], before["additionality"]),
    }


def reveals(before: Sequence[int | None], now: Sequence[int | None], k: int) -> bool:
    """Whether the change of a list of counts, and last of their total, tells what fewer than `k` answered.

    So does a change of one count alone, however large: all who are new answered the same. What was hidden in either
    tells nothing.
    """
    steps = [None if a is None or b is None else abs(b - a) for a, b in zip(before, now, strict=True)]
    moved = [step for step in steps if step]
    parts = [step for step in steps[:-1] if step is not None]
    is_alike = len(parts) > 1 and sum(step > 0 for step in parts) == 1
    return bool(moved) and (min(moved) < k or is_alike)


def _surveys(now: pl.DataFrame, published: Sequence[pl.DataFrame]) -> pl.DataFrame:
    earlier = [
        _by_question(frame.filter(pl.col("edition_year") == pl.col("edition_year").max())) for frame in published
    ]
    rows: list[Row] = []
    for question, answers in _by_question(now, "edition_year").items():
        references = [found[question[1:]] for found in earlier if question[1:] in found]
        is_held = any(reveals(*_compared(reference, answers), PERSONS) for reference in references)
        rows += [
            _held(row, references[-1].get(answer), _OF_SURVEY) if is_held else row for answer, row in answers.items()
        ]
    held = pl.DataFrame(rows, schema=now.schema)
    if not held[HELD].any():
        return now
    # Changes since the round before follow from the shares, and would give back what was held.
    of_years = held.partition_by("edition_year", maintain_order=True)
    return pl.concat([now.clear(), *(with_changes(year).select(now.columns) for year in of_years)])


def _by_question(frame: pl.DataFrame, *first: str) -> dict[tuple[Any, ...], dict[str, Row]]:
    found: dict[tuple[Any, ...], dict[str, Row]] = {}
    for row in frame.iter_rows(named=True):
        found.setdefault(tuple(row[name] for name in (*first, *_QUESTION)), {})[row["answer_id"]] = row
    return found


def _compared(before: Mapping[str, Row], now: Mapping[str, Row]) -> tuple[list[int | None], list[int | None]]:
    """The counts of answers that both have, and last the number who answered the question."""
    shared = [answer for answer in now if answer in before]
    first, second = (
        [*(rows[answer]["answer_count"] for answer in shared), next(iter(rows.values()))["base_count"]]
        for rows in (before, now)
    )
    return first, second


def _held(row: Row, reference: Row | None, columns: Sequence[str]) -> Row:
    """The row with what was published before; of an answer that was not there before, nothing."""
    kept = {name: reference[name] if reference else None for name in columns}
    hidden = {} if reference else {"is_suppressed": True, "is_base_suppressed": True}
    return {**row, **kept, **hidden, HELD: True}


def _additionality(now: pl.DataFrame, published: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Each year is also compared with the one before it, which stands beside it in the same table."""
    earlier = [{row["edition_year"]: row for row in frame.iter_rows(named=True)} for frame in published]
    rows: list[Row] = []
    for row in now.sort("edition_year").iter_rows(named=True):
        references = [*rows[-1:], *(found[row["edition_year"]] for found in earlier if row["edition_year"] in found)]
        references = [
            one for one in references if one["known_count"]
        ]  # before anybody answered, there is nothing to compare
        is_held = any(reveals(*_groups(reference, row), ORGANISATIONS) for reference in references)
        rows.append(_held(row, references[-1], _OF_ADDITIONALITY) if is_held else row)
    return pl.DataFrame(rows, schema=now.schema)


def _groups(before: Row, now: Row) -> tuple[list[int | None], list[int | None]]:
    """How many answered in each way that both rows tell apart, and last how many in all."""
    told = [name for name in ("strict_count", "broad_count") if before[name] is not None and now[name] is not None]
    if not told:  # how many answered, and nothing of what
        return [None], [None]
    first, second = ([0, *(row[name] for name in told), row["known_count"]] for row in (before, now))
    return [*_steps(first), first[-1]], [*_steps(second), second[-1]]


def _steps(counts: Sequence[int]) -> list[int]:
    return [larger - smaller for smaller, larger in pairwise(counts)]
