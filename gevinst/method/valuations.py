"""Valuations in force: which row tells of an effect in each edition.

Belongs here: the as-of rule for effects that are valued again in a later assessment round.
Does not belong here: what is computed from the rows (`npv.py`, `value_matrix.py`).
"""

from __future__ import annotations

from typing import Any

import narwhals as nw

from gevinst.method.known import with_known_on


def in_force(
    valuations: nw.LazyFrame[Any], sources: nw.LazyFrame[Any], editions: nw.LazyFrame[Any], row_id: str
) -> nw.LazyFrame[Any]:
    """`valuations` once for each edition year in which the row is the newest known one about its effect.

    The effect is `project_id` and `effect_id`; a row is known from the day its source is (`known_on`), and gives way
    to the next known row about the same effect. Of rows known on the same day the one with the last id counts.
    Adds `edition_year` and `known_on`.
    """
    effect = ("project_id", "effect_id")
    dated = with_known_on(valuations, sources)
    # Of rows known on the same day all but the last get an empty span, which no edition falls into.
    spans = dated.with_columns(_until=nw.col("known_on").shift(-1).over(*effect, order_by=["known_on", row_id]))
    return (
        spans.join(editions.select("edition_year", "as_of_on"), how="cross")
        .filter(
            (nw.col("known_on") <= nw.col("as_of_on"))
            & (nw.col("_until").is_null() | (nw.col("as_of_on") < nw.col("_until")))
        )
        .drop("_until", "as_of_on")
    )
