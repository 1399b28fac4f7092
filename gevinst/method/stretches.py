"""Stretches of time: what was known of a thing from one day on which something became known to the next.

Belongs here: how a result is computed and kept by stretch, and how an edition year sees it. Results about single things
(a project, a benefit, an indicator) are kept so: a row is stored when something changes, and not again each year. Sums
over many things stay per edition year: they are few, and something changes in nearly every one of them each year.
Does not belong here: when a row became known (`as_of.py`), and what a result says.

A stretch is the days from `valid_from` to before `valid_to`, null while it lasts. Those of one thing meet: each ends on
the day the next begins.
"""

from __future__ import annotations

from typing import Any

import narwhals as nw

from gevinst.method.as_of import first_edition_of
from gevinst.method.counting import different


def moments(thing: str, *dated: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """One row per thing and day on which anything about it became known, with the stretch that begins then.

    `thing` is the column that says which thing; `dated` are frames with that column and `known_on`. Columns: the thing,
    `valid_from` and `valid_to`.
    """
    days = [frame.select(thing, valid_from="known_on") for frame in dated]
    begun = different(nw.concat(days, how="vertical"), thing, "valid_from")
    return begun.with_columns(valid_to=_next_begins(thing))


def known_at_moments(rows: nw.LazyFrame[Any], begun: nw.LazyFrame[Any], thing: str) -> nw.LazyFrame[Any]:
    """`rows` (with the thing and `known_on`) once for each of the `moments` of that thing at which it was known.

    Adds `valid_from`. A row meets moments of its own thing alone: never an edition, and never another thing.
    """
    days = begun.select(thing, "valid_from")
    return rows.join(days, on=thing, how="inner").filter(nw.col("known_on") <= nw.col("valid_from"))


def standing_at_moments(parts: nw.LazyFrame[Any], begun: nw.LazyFrame[Any], thing: str) -> nw.LazyFrame[Any]:
    """Rows of `parts`, kept by stretch, that stand at each of the `moments` of the thing they are part of.

    `valid_from` becomes that of the thing; `valid_to` is left out.
    """
    days = begun.select(thing, _moment="valid_from")
    standing = parts.join(days, on=thing, how="inner").filter(_holds(nw.col("_moment")))
    return standing.drop("valid_from", "valid_to").rename({"_moment": "valid_from"})


def merged(stretches: nw.LazyFrame[Any], thing: str) -> nw.LazyFrame[Any]:
    """`stretches` (one row per thing and `valid_from`), where those that say the same as the one before are part of it.

    All columns but the days count as what a stretch says; `valid_to` is computed again.
    """
    said = [name for name in stretches.collect_schema().names() if name not in (thing, "valid_from", "valid_to")]
    before = {f"_before_{name}": nw.col(name).shift(1).over(thing, order_by="valid_from") for name in said}
    # Counted rather than told by nulls: the first stretch of a thing may itself say nothing at all.
    place = nw.col("valid_from").cum_count().over(thing, order_by="valid_from")
    compared = stretches.with_columns(**before, _place=place)
    same = nw.all_horizontal(*(_is_same(name, f"_before_{name}") for name in said), ignore_nulls=False)
    kept = compared.filter((nw.col("_place") == 1) | ~same).drop("_place", *before)
    return kept.with_columns(valid_to=_next_begins(thing))


def stretches_per_edition(stretches: nw.LazyFrame[Any], calendar: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """`stretches` once for each edition whose `as_of_on` they hold: what each edition sees of each thing.

    Adds `edition_year` and `as_of_on`; the days of the stretch are left out, since no edition knows its end.
    """
    years = calendar.select("edition_year", "as_of_on")
    beyond = years.select(_beyond=nw.col("edition_year").max() + 1)
    placed = (
        stretches.join(_first_years(stretches, "valid_from", "_first", calendar), on="valid_from", how="inner")
        .join(_first_years(stretches, "valid_to", "_end", calendar), on="valid_to", how="left")
        .join(beyond, how="cross")
        .with_columns(_end=nw.coalesce("_end", "_beyond"))
    )
    ends = nw.concat([years.select(_end="edition_year"), beyond.select(_end="_beyond")], how="vertical")
    # Years are crossed with years: a stretch meets the editions from its first to its last and no other.
    spans = years.select(_first="edition_year").join(ends, how="cross").join(years, how="cross")
    held = spans.filter((nw.col("_first") <= nw.col("edition_year")) & (nw.col("edition_year") < nw.col("_end")))
    return placed.join(held, on=["_first", "_end"], how="inner").drop(
        "valid_from", "valid_to", "_first", "_end", "_beyond"
    )


def _first_years(stretches: nw.LazyFrame[Any], day: str, name: str, calendar: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """For each value of the column `day` the first edition year that has come by then, as `name`."""
    days = different(stretches.filter(~nw.col(day).is_null()), day).with_columns(known_on=nw.col(day))
    return first_edition_of(days, calendar).select(day, nw.col("edition_year").alias(name))


def _next_begins(thing: str) -> nw.Expr:
    return nw.col("valid_from").shift(-1).over(thing, order_by="valid_from")


def _holds(day: nw.Expr) -> nw.Expr:
    """Whether a stretch holds a day: the last one holds all that follow."""
    return (nw.col("valid_from") <= day) & (nw.col("valid_to").is_null() | (day < nw.col("valid_to")))


def _is_same(now: str, before: str) -> nw.Expr:
    """Whether two columns hold the same, null and null included."""
    return (nw.col(now) == nw.col(before)).fill_null(False) | (nw.col(now).is_null() & nw.col(before).is_null())
