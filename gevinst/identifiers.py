"""Identifiers that others have given: organisation numbers and municipality codes.

Belongs here: whether a number can be right, and which code a municipality had later.
Does not belong here: names of organisations and what a project's identifiers are.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

import polars as pl

_WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)
_WRITTEN = re.compile(
    r"(?:org(?:anisasjons?)?\W{0,2}(?:nr|nummer|no|number)?\b\W{0,2}|organi[sz]ation\s+number\W{0,2}|no-brc-)?"
    r"(?:no)?[\s\W]*([0-9](?:[\s.·\-\u2010-\u2015]*[0-9])*)[\s.]*(?:mva)?[\s.]*",
    re.IGNORECASE,
)


def organisation_number(column: str) -> pl.Expr:
    """The nine digits of a Norwegian organisation number: without spaces, a `NO` before and an `MVA` after.

    Null when nothing is given or what is left is not nine digits.
    """
    bare = pl.col(column).str.replace_all(r"\s", "").str.to_uppercase().str.replace(r"^NO", "").str.replace(r"MVA$", "")
    return pl.when(bare.str.contains(r"^[0-9]{9}$")).then(bare)


def is_organisation_number(column: str) -> pl.Expr:
    """Whether the check digit is right: false for anything that is not an organisation number, null for null.

    The first eight digits times 3 2 7 6 5 4 3 2, summed, rest modulo 11: the check digit is 0 when the rest is 0,
    else 11 less the rest; with rest 1 there is no such number. Source: the register at Brønnøysund.
    Says nothing of whether the number is given to anybody.
    """
    digits = organisation_number(column)
    total = pl.sum_horizontal(
        digits.str.slice(place, 1).cast(pl.Int64) * weight for place, weight in enumerate(_WEIGHTS)
    )
    check = (11 - total % 11) % 11
    is_right = (check == digits.str.slice(8, 1).cast(pl.Int64)).fill_null(False)
    return pl.when(pl.col(column).is_not_null()).then(is_right)


def written_number(text: str) -> str | None:
    """The nine digits of an organisation number as people write it, or `None` when the text is not meant as one.

    With points, hyphens or spaces between, ``Orgnr.``, ``NO-BRC-`` or `NO` before, `MVA` after.
    """
    digits = digits_of_number(text)
    return digits if digits is not None and len(digits) == 9 else None


def digits_of_number(text: str) -> str | None:
    """The digits of a text that is meant as an organisation number, however many, or `None`."""
    found = _WRITTEN.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return re.sub(r"[^0-9]", "", found[1]) if found else None


def is_right_number(digits: str) -> bool:
    """Whether nine digits have the right check digit (see `is_organisation_number`); false for anything else."""
    if not re.fullmatch(r"[0-9]{9}", digits):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits[:8], _WEIGHTS, strict=True))
    return (11 - total % 11) % 11 == int(digits[8])


def municipality_codes_on(codes: pl.DataFrame, changes: pl.DataFrame, on: date) -> pl.DataFrame:
    """`codes` (with `municipality_code` and `valid_on`, the day the code was in use) and the code on the day `on`.

    Follows the rows of `changes` (contract `municipality_changes`) with `valid_on` < `changed_on` <= `on`, day by
    day, along new codes and mergers. Adds `code_then`, and `is_changed`, `is_split` and `is_backwards`. The code is
    null with `is_split` when the municipality was split, since no one code has taken over; null with `is_backwards`
    when `on` lies before `valid_on`: a merger cannot be undone, and a table of some changes cannot tell which were;
    and null when `valid_on` is. A code without a listed change is passed on with `is_changed` false, which does not
    prove that it was unchanged. Codes are text with leading zeros.
    Source: Statistics Norway's classification of municipalities.
    """
    split = pl.col("municipality_change_code") == "split"
    steps = changes.group_by("changed_on", "old_code").agg(
        pl.col("new_code").first().alias("_new"), (split.any() | (pl.col("new_code").n_unique() > 1)).alias("_split")
    )
    then = codes.with_columns(code_then=pl.col("municipality_code"), is_changed=pl.lit(False), is_split=pl.lit(False))
    for day in steps.filter(pl.col("changed_on") <= on)["changed_on"].unique().sort():
        then = (
            then.join(
                steps.filter(changed_on=day),
                left_on="code_then",
                right_on="old_code",
                how="left",
                maintain_order="left",
            )
            .with_columns(_meets=(pl.col("_split").is_not_null() & (pl.col("valid_on") < day)).fill_null(False))
            .with_columns(is_split=pl.col("is_split") | (pl.col("_meets") & pl.col("_split").fill_null(False)))
            .with_columns(
                code_then=pl.when(pl.col("is_split"))
                .then(None)
                .when(pl.col("_meets"))
                .then(pl.col("_new"))
                .otherwise(pl.col("code_then")),
                is_changed=pl.col("is_changed") | pl.col("_meets"),
            )
            .select(*codes.columns, "code_then", "is_changed", "is_split")
        )
    return then.with_columns(
        code_then=pl.when(pl.col("valid_on") <= on).then(pl.col("code_then")),
        is_backwards=(pl.col("valid_on") > on).fill_null(False),
    )
