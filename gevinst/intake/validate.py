"""Text to typed values by contract; rows that do not fit are set aside, never dropped in silence.

Belongs here: parsing, required values, code lists and bounds, one column at a time.
Does not belong here: rules across rows or tables (`integrity.py`) and content checks (`gevinst.quality`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from gevinst.contracts import YEARS, Column, Contract, Type
from gevinst.contracts.schema import polars_schema
from gevinst.findings import Finding, Rule
from gevinst.intake.read_csv import FILE, ROW

Codes = Mapping[str, list[str]]
"""Allowed codes by code list."""

# Narrower than Polars' own casts, which also accept "1e5", "+7", "inf" and dates with trailing text. A thousands
# separator or a decimal comma is refused here: 1,234 could be either.
_PATTERNS = {
    Type.INTEGER: r"^-?\d+$",
    Type.NUMBER: r"^-?\d+(\.\d+)?$",
    Type.BOOLEAN: r"^(true|false)$",
    Type.DATE: r"^\d{4}-\d{2}-\d{2}$",
}

# Signs that are drawn as nothing or end a line for some programs, and the one that stands for what could not be read.
# A line break and a tab inside a cell are seen, and so is what joins the parts of a picture sign.
_UNSEEN = r"[\p{Cc}\p{Cf}\p{Cn}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\x{2800}\x{FFFD}&&[^\n\t]]"
_PICTURES = r"\p{Extended_Pictographic}\p{Emoji_Modifier}?[\x{FE0F}\x{200D}]+|[0-9#*]\x{FE0F}\x{20E3}"
_NOT_LATIN = r"[\p{L}&&[^\p{Latin}]]"
_LONGEST_TEXT = 20_000
"""Characters of a cell: some ten pages, which no title, statement or method of the register needs."""
_LARGEST = 1e15
"""Numbers from here on lose their last digits when they are stored; no measure of a project comes near."""

Both = tuple[str, str]
"""The same text in bokmål and in English."""


@dataclass(frozen=True, slots=True)
class Wording:
    """How findings describe a valid value: the form of each type, and the codes of a list by the list's name."""

    forms: Mapping[Type, Both]
    codes: Callable[[str, list[str]], Both]


def _listed(codelist: str, allowed: list[str]) -> Both:
    listed = ", ".join(allowed)
    return listed, listed


DELIMITED = Wording(
    {
        Type.INTEGER: ("et helt tall uten mellomrom", "a whole number without spaces"),
        Type.NUMBER: ("et tall med punktum som desimaltegn", "a number with a point as decimal mark"),
        Type.BOOLEAN: ("true eller false", "true or false"),
        Type.DATE: ("en dato som ÅÅÅÅ-MM-DD", "a date as YYYY-MM-DD"),
    },
    _listed,
)
"""The wording for delimited files."""


def apply_contract(
    rows: pl.DataFrame, contract: Contract, codes: Codes, wording: Wording = DELIMITED
) -> tuple[pl.DataFrame, list[Finding]]:
    """Typed rows that conform to the contract (with `ROW` and `FILE`), and one finding per fault in the others.

    `rows` is all text with `ROW` and `FILE`; null means unknown. The result has the contract's declared columns.
    """
    schema = polars_schema(contract)
    tries = [trial for column in contract.columns for trial in _trials(column, codes, wording)]
    tries += [trial for column in contract.columns if column.type is Type.TEXT for trial in _seen(column, contract)]
    # Asked of all columns in one pass: nearly no table has a fault, and a pass for each rule is what reading took.
    asked = [trial.fault.any().alias(str(number)) for number, trial in enumerate(tries)]
    met = rows.select(asked).row(0) if asked else ()
    findings = [finding for trial, is_met in zip(tries, met, strict=True) if is_met for finding in trial.found(rows)]
    typed = rows.with_columns(_parse(column) for column in contract.columns)
    # A row with any fault is set aside whole: kept with the faulty value as null, it would count as "unknown".
    bad = pl.DataFrame(
        [(f.file, f.row_number) for f in findings], schema={FILE: pl.String, ROW: pl.Int64}, orient="row"
    )
    kept = typed.join(bad.unique(), on=[FILE, ROW], how="anti", maintain_order="left")
    return kept.cast(pl.Schema({column.name: schema[column.name] for column in contract.columns})), findings


def _parse(column: Column) -> pl.Expr:
    value = pl.col(column.name)
    if column.type is Type.TEXT:
        return value
    fits = pl.when(value.str.contains(_PATTERNS[column.type])).then(value)
    if column.type is Type.BOOLEAN:
        return fits.eq("true")
    if column.type is Type.DATE:
        return fits.str.to_date("%Y-%m-%d", strict=False)  # null for 2026-02-30, which the pattern lets through
    if column.type is Type.INTEGER:
        return fits.cast(pl.Int64, strict=False)
    parsed = fits.cast(pl.Float64, strict=False)
    return pl.when(parsed.abs() < _LARGEST).then(parsed)  # 400 digits would become infinity


@dataclass(frozen=True, slots=True)
class _Trial:
    """One rule of one column: which rows break it, and what is said of them."""

    column: Column
    rule: Rule
    fault: pl.Expr
    nb: str
    en: str

    def found(self, rows: pl.DataFrame) -> list[Finding]:
        bad = rows.filter(self.fault).select(FILE, ROW, self.column.name)
        return [
            Finding(file, self.nb, self.en, row_number=row, column_name=self.column.name, value=value, rule=self.rule)
            for file, row, value in bad.iter_rows()
        ]


def _trials(column: Column, codes: Codes, wording: Wording) -> Iterator[_Trial]:
    """The rules of one column, which stands in the rows as text."""
    value, parsed = pl.col(column.name), _parse(column)
    if column.required:
        yield _Trial(
            column,
            Rule.REQUIRED,
            value.is_null(),
            "verdien mangler, men må fylles ut; skriv den, eller fjern resten av raden.",
            "the value is missing but is required; enter it, or remove the rest of the row.",
        )
    if column.type is not Type.TEXT:
        nb, en = wording.forms[column.type]
        yield _Trial(
            column,
            Rule.FORM,
            value.is_not_null() & parsed.is_null(),
            f"verdien er ikke {nb}; rett den.",
            f"the value is not {en}; correct it.",
        )
    if column.type is Type.DATE:
        yield _Trial(
            column,
            Rule.RANGE,
            ~parsed.dt.year().is_between(YEARS[0], YEARS[-1]),
            f"datoen er før {YEARS[0]} eller etter {YEARS[-1]}; rett årstallet.",
            f"the date is before {YEARS[0]} or after {YEARS[-1]}; correct the year.",
        )
    if column.codelist:
        allowed = codes.get(column.codelist, [])
        nb, en = wording.codes(column.codelist, allowed)
        yield _Trial(
            column,
            Rule.CODE,
            value.is_not_null() & ~value.is_in(allowed),
            f"koden er ikke i kodelista {column.codelist}; bruk en av: {nb}.",
            f"the code is not in code list {column.codelist}; use one of: {en}.",
        )
    if column.minimum is not None:
        yield _Trial(
            column,
            Rule.RANGE,
            parsed < column.minimum,
            f"verdien er under {column.minimum:g}, som er den laveste; rett den.",
            f"the value is below {column.minimum:g}, the lowest allowed; correct it.",
        )
    if column.maximum is not None:
        yield _Trial(
            column,
            Rule.RANGE,
            parsed > column.maximum,
            f"verdien er over {column.maximum:g}, som er den høyeste; rett den.",
            f"the value is above {column.maximum:g}, the highest allowed; correct it.",
        )


def _seen(column: Column, contract: Contract) -> Iterator[_Trial]:
    """The rules about the characters of a text: what is stored is what a person sees, and no more than can be read."""
    value = pl.col(column.name)
    yield _Trial(
        column,
        Rule.FORM,
        value.str.len_chars() > _LONGEST_TEXT,
        f"teksten har mer enn {_LONGEST_TEXT} tegn; kort den ned, eller vis til et dokument.",
        f"the text has more than {_LONGEST_TEXT} characters; shorten it, or refer to a document.",
    )
    if column.codelist is None:  # a code with such a sign is in no list, which is said already
        yield _Trial(
            column,
            Rule.FORM,
            value.str.replace_all(_PICTURES, "").str.contains(_UNSEEN),
            "verdien har tegn som ingen ser eller kan lese, vist her med nummer i hakeparentes; skriv den uten dem.",
            "the value holds signs that nobody sees or can read, shown here by number in brackets; write it without.",
        )
    if column.name in contract.key:
        yield _Trial(
            column,
            Rule.KEY,
            value.str.contains(_NOT_LATIN),
            "nøkkelen har bokstaver fra et annet alfabet, som kan se ut som latinske; skriv den på nytt.",
            "the key holds letters of another alphabet, which may look like Latin ones; type it again.",
        )
