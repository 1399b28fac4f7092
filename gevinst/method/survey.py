"""Survey results as they may be shown: rates, shares, hidden small counts, and where a series is broken.

Belongs here: what follows from published counts of answers, round by round.
Does not belong here: which counts give each other away (`disclosure.py`).
"""

from __future__ import annotations

from collections.abc import Iterator

import narwhals as nw
import polars as pl

from gevinst.method.as_of import with_known_on
from gevinst.method.disclosure import MIN_BASE, PERSONS, hidden_in_list, shown_pct
from gevinst.method.frames import Rules, Tables, blocks, reduced
from gevinst.method.shares import percentage_points, share_pct, wilson_interval

_QUESTION = ["survey_id", "survey_year", "question_id"]
_SERIES = ["survey_id", "question_id", "answer_id"]


def survey_marts(tables: Tables, rules: Rules) -> Iterator[pl.DataFrame]:
    """One row per edition year and answer option known by then; contract `survey_series`.

    Each edition is computed from its own rows, so that a later round never hides or shows anything in an older one, and
    each survey from its own.
    """
    years = reduced(tables["edition_years"].select("edition_year", "as_of_on"), "edition_year")
    known = with_known_on(tables["survey_results"], tables["sources"])
    for surveys in blocks(known, "survey_id", *_QUESTION, "answer_id"):
        for year, as_of_on in years.iter_rows():
            series = survey_series(surveys.filter(pl.col("known_on") <= as_of_on))
            yield series.with_columns(pl.lit(year).alias("edition_year"))


def survey_series(results: pl.DataFrame, *, k: int = PERSONS, min_base: int = MIN_BASE) -> pl.DataFrame:
    """`results` (contract `survey_results`), sorted, with what may be shown and the change since the round before.

    Adds `response_rate_pct` (answered per 100 invited), `share_pct` (of all who answered the question; "don't know"
    is a row of its own), `share_low_pct` and `share_high_pct` (Wilson's 95% interval, only where those invited are a
    sample: the answers of all there are have no interval), `is_suppressed`, `is_base_suppressed`, `previous_year`,
    `is_wording_changed`, `is_scale_changed`, `change_points` and `is_held_back` (which an edition decides, see
    `disclosure_between.py`). Counts below `k` respondents are null, as are others
    that would give them away, and shares also below `min_base` answers. Rates and shares are null where a part is
    unknown or larger than its whole. `change_points` is in percentage points since `previous_year`, the last round
    with the same question and answer; null in the first round, where a share is missing, and across a break: when the
    exact wording or the scale has changed, two rounds do not measure the same. Raises `ValueError` for a count below
    0.
    """
    ordered = results.sort(*_QUESTION, "answer_id")
    share = shown_pct(pl.col("answer_count"), pl.col("base_count"), min_base=min_base)
    suppressed = _suppressed(ordered, k).with_columns(
        pl.when(pl.col("answer_count") <= pl.col("base_count")).then(share).alias("share_pct")
    )
    # More answers than invited is a fault of the source: no rate rather than one above 100.
    is_rate = nw.col("answered_count") <= nw.col("invited_count")
    rated = nw.from_native(suppressed).with_columns(
        response_rate_pct=nw.when(is_rate).then(share_pct("answered_count", "invited_count"))
    )
    return with_changes(_with_interval(rated.to_native())).with_columns(is_held_back=pl.lit(value=False))


def _suppressed(ordered: pl.DataFrame, k: int) -> pl.DataFrame:
    """Counts of answers and of the base with small ones, and what gives them away, made null.

    Each question is a list whose total is its base. An unknown count hides itself and nothing else.
    """
    answers, bases, everyone = pl.col("answer_count"), pl.col("base_count"), pl.col("answered_count")
    hidden = (
        ordered.filter(answers.is_not_null()).group_by(_QUESTION, maintain_order=True).agg("answer_id", "answer_count")
    )
    # One flag per answer, and the last is of their total.
    flags = [hidden_in_list(counts, k).tolist() for counts in hidden["answer_count"]]
    per_answer = (
        hidden.select(*_QUESTION, "answer_id")
        .with_columns(pl.Series("is_suppressed", [flag[:-1] for flag in flags], dtype=pl.List(pl.Boolean)))
        .explode("answer_id", "is_suppressed")
    )
    per_base = hidden.select(*_QUESTION).with_columns(
        pl.Series("is_base_suppressed", [flag[-1] for flag in flags], dtype=pl.Boolean)
    )
    return (
        ordered.join(per_answer, on=[*_QUESTION, "answer_id"], how="left", maintain_order="left")
        .join(per_base, on=_QUESTION, how="left", maintain_order="left")
        .with_columns(
            pl.col("is_suppressed").fill_null(False),
            is_base_suppressed=pl.col("is_base_suppressed").fill_null(False)
            | bases.is_between(1, k - 1).fill_null(False),
        )
        .with_columns(
            pl.when(~pl.col("is_suppressed")).then(answers).alias("answer_count"),
            pl.when(~pl.col("is_base_suppressed")).then(bases).alias("base_count"),
            pl.when(~everyone.is_between(1, k - 1)).then(everyone).alias("answered_count"),
        )
    )


def _with_interval(rated: pl.DataFrame) -> pl.DataFrame:
    # Unknown population: no interval, since an interval around a full count would be wrong.
    is_sample = (nw.col("invited_count") < nw.col("population_count")) & ~nw.col("share_pct").is_null()
    low, high = (
        nw.when(is_sample).then(100 * end) for end in wilson_interval(nw.col("answer_count"), nw.col("base_count"))
    )
    return nw.from_native(rated).with_columns(share_low_pct=low, share_high_pct=high).to_native()


def with_changes(rated: pl.DataFrame) -> pl.DataFrame:
    """The rows of one edition year with the change of each share since the round before."""
    previous = {name: pl.col(name).shift(1).over(_SERIES, order_by="survey_year") for name in ("wording", "scale")}
    compared = rated.with_columns(
        pl.col("survey_year").shift(1).over(_SERIES, order_by="survey_year").alias("previous_year"),
        pl.col("share_pct").shift(1).over(_SERIES, order_by="survey_year").alias("_before"),
        (pl.col("wording") != previous["wording"]).fill_null(False).alias("is_wording_changed"),
        (pl.col("scale") != previous["scale"]).fill_null(False).alias("is_scale_changed"),
    )
    is_broken = nw.col("is_wording_changed") | nw.col("is_scale_changed")
    return (
        nw.from_native(compared)
        .with_columns(change_points=nw.when(~is_broken).then(percentage_points("_before", "share_pct")))
        .drop("_before")
        .to_native()
    )
