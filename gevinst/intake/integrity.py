"""Rules about a whole table: unique keys, references to rows that exist, and no persons' data anywhere.

Belongs here: faults that stop a run, because setting one row aside would not remove them.
Does not belong here: faults of one value (`validate.py`).
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl

from gevinst.bilingual import LANGUAGES
from gevinst.characters import MARKS, as_seen, visible
from gevinst.contracts import Contract, Type
from gevinst.findings import Finding, Rule
from gevinst.intake.read_csv import FILE, ROW
from gevinst.intake.validate import Both
from gevinst.persons_and_contacts import Found, Kind, cells_with

_KINDS: dict[Kind, Both] = {
    Kind.EMAIL: ("en e-postadresse", "an e-mail address"),
    Kind.PHONE: ("et telefonnummer", "a telephone number"),
    Kind.IDENTITY_NUMBER: ("et fødselsnummer", "a national identity number"),
    Kind.BANK_ACCOUNT: ("et kontonummer", "an account number"),
    Kind.NAME: ("navnet på en person", "the name of a person"),
}

_MOST_SHOWN = 10
"""Of a long circle, as many keys are named as one can follow."""
SetAside = Mapping[str, Mapping[str, Finding]]
"""Keys of rows that were set aside, by table, with the finding about each."""


def duplicate_keys(rows: pl.DataFrame, contract: Contract) -> list[Finding]:
    """One finding per row whose key an earlier row has, or has in other characters that look the same."""
    key = list(contract.key)
    # The row's place among those with the same key, in the order of the files: the first one keeps the key, and the
    # later ones name it. `is_duplicated` would report the first one too.
    seen = [_as_seen(name) if rows.schema[name] == pl.String else pl.col(name) for name in key]
    repeated = rows.with_columns(
        pl.col(ROW).first().over(seen).alias("_first_row"),
        pl.col(FILE).first().over(seen).alias("_first_file"),
        pl.concat_str([pl.col(name).cast(pl.String).fill_null("None") for name in key], separator=" + ").alias("_key"),
        pl.int_range(pl.len()).over(seen).alias("_nth"),
    ).with_columns(pl.col("_key").first().over(seen).alias("_first_key"))
    return [
        _repeated(row, " + ".join(key), row["_first_key"] == row["_key"])
        for row in repeated.filter(pl.col("_nth") > 0).iter_rows(named=True)
    ]


def _as_seen(column: str) -> pl.Expr:
    """`gevinst.characters.as_seen` for a column."""
    return pl.col(column).str.normalize("NFKC").str.replace_all(MARKS.pattern, "").str.to_lowercase()


def _repeated(row: Mapping[str, Any], key: str, is_same: bool) -> Finding:
    where = f"{row['_first_file']}, {{}} {row['_first_row']}"
    if is_same:
        nb = f"nøkkelen står allerede i {where.format('rad')}; gi raden en egen nøkkel."
        en = f"the key is already used in {where.format('row')}; give the row its own key."
    else:
        first = visible(row["_first_key"])
        nb = f"nøkkelen ser ut som «{first}» i {where.format('rad')}; skriv den likt, eller gi raden en egen nøkkel."
        en = f"the key looks like «{first}» in {where.format('row')}; write it the same, or give the row its own key."
    return Finding(row[FILE], nb, en, row_number=row[ROW], column_name=key, value=row["_key"], rule=Rule.KEY)


def _in_table(table: str, target: str) -> Both:
    return f"i {table} ({target})", f"in {table} ({target})"


def dangling_references(
    rows: pl.DataFrame,
    contract: Contract,
    tables: Mapping[str, pl.DataFrame],
    where: Callable[[str, str], Both] = _in_table,
    set_aside: SetAside | None = None,
) -> list[Finding]:
    """One finding per value that should refer to a row of another table and does not.

    `where` says of a table and column, in bokmål and English, where the value should have been found. When the row was
    there and was set aside (`set_aside`), that is said instead: the fault is in that row.
    """
    findings: list[Finding] = []
    for column, table, target in contract.references:
        # Polars promises no order of rows after a join unless `maintain_order` asks for it.
        lost = rows.filter(pl.col(column).is_not_null()).join(
            tables[table].select(pl.col(target)).unique(),
            left_on=column,
            right_on=target,
            how="anti",
            maintain_order="left",
        )
        if lost.is_empty():
            continue
        alike = {as_seen(one): one for one in tables[table][target].drop_nulls().unique()}
        aside = (set_aside or {}).get(table, {})
        for file, row, value in lost.select(FILE, ROW, column).iter_rows():
            nb, en = _why_lost(value, where(table, target), aside.get(value), alike.get(as_seen(value)))
            findings.append(Finding(file, nb, en, row_number=row, column_name=column, value=value, rule=Rule.REFERENCE))
    return findings


def _why_lost(value: str, where: Both, aside: Finding | None, alike: str | None) -> Both:
    if aside is not None:
        return (
            f"raden som verdien viser til, er lagt til side, fordi noe i den er galt; rett den: {aside.sentence('nb')}",
            f"the row that the value refers to was set aside for a fault in it; correct that: {aside.sentence('en')}",
        )
    if alike is not None:
        return (
            f"verdien finnes ikke {where[0]}, men ser ut som «{visible(alike)}» der; skriv den likt.",
            f"the value is not {where[1]}, but looks like «{visible(alike)}» there; write it the same.",
        )
    return (
        f"verdien finnes ikke {where[0]}; rett den, eller legg til raden den skal vise til.",
        f"the value is not {where[1]}; correct it, or add the row that it should refer to.",
    )


def circles(rows: pl.DataFrame, contract: Contract) -> list[Finding]:
    """One finding per circle: what comes after itself has no end, and no page could say what holds now.

    Of every column that refers to its own table, and of the relations that lead from project to project.
    """
    columns = [(contract.key[0], column) for column, table, _ in contract.references if table == contract.name]
    found = [finding for start, end in columns for finding in _circles(rows, start, end)]
    if contract.name == "project_relations":
        both = ("project_id", "related_project_id")
        onward = rows.filter(relation_code="continued_in")
        turned = rows.filter(relation_code="predecessor").rename(dict(zip(both, reversed(both), strict=True)))
        found += _circles(pl.concat([onward, turned.select(rows.columns)]), *both)
    return found


def _circles(rows: pl.DataFrame, start: str, end: str) -> list[Finding]:
    links = _on_circles(rows.select(start, end).drop_nulls().rows())
    onwards: dict[str, set[str]] = {}
    for one, other in links:
        onwards.setdefault(one, set()).add(other)
    found: list[Finding] = []
    told: set[str] = set()
    for file, row, one, other in rows.select(FILE, ROW, start, end).iter_rows():
        if (one, other) not in links or one in told or not (way := _way(other, one, onwards)):
            continue
        told.update(way)
        way = [one, *way] if len(way) <= _MOST_SHOWN else [one, *way[:_MOST_SHOWN], "…", one]
        shown = " → ".join(visible(key) for key in way)
        nb = f"raden går i ring: {shown}; rett den av dem som er feil."
        en = f"the row goes round in a circle: {shown}; correct the one that is wrong."
        found.append(Finding(file, nb, en, row_number=row, column_name=end, value=other, rule=Rule.REFERENCE))
    return found


def _on_circles(links: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
    """The links without those that lead nowhere in the end, or come from nowhere in the beginning."""
    onwards = _without_ends(set(links))
    return {(one, other) for other, one in _without_ends({(other, one) for one, other in onwards})}


def _without_ends(links: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """The links without those from which every way comes to an end; each link is looked at once."""
    before: dict[str, list[str]] = {}
    left = Counter(one for one, _ in links)
    for one, other in links:
        before.setdefault(other, []).append(one)
    ended = [other for other in before if not left[other]]
    for other in ended:  # grows while it is read
        for one in before.get(other, ()):
            left[one] -= 1
            if not left[one]:
                ended.append(one)
    gone = set(ended)
    return {(one, other) for one, other in links if one not in gone and other not in gone}


def _way(start: str, end: str, onwards: Mapping[str, set[str]]) -> list[str]:
    """The shortest way from one to the other along the links, with both ends; empty when there is none."""
    before: dict[str, str | None] = {start: None}
    waiting = deque([start])
    while waiting:
        at: str | None = waiting.popleft()
        if at == end:
            way: list[str] = []
            while at is not None:
                way.append(at)
                at = before[at]
            return way[::-1]
        for following in sorted(onwards.get(at or "", ())):
            if following not in before:
                before[following] = at
                waiting.append(following)
    return []


def persons_data(rows: pl.DataFrame, contract: Contract) -> list[Finding]:
    """One finding per cell that holds persons' data: what is read here is stored, logged and published.

    Codes are left out: a text that is none is refused as such. A number is looked at for an identity number alone,
    written without the 0 it may begin with; a telephone number could be an amount.
    """
    texts = [column.name for column in contract.columns if column.type is Type.TEXT and not column.codelist]
    numbers = [column.name for column in contract.columns if column.type in (Type.INTEGER, Type.NUMBER)]
    long = pl.col(numbers).cast(pl.Int64, strict=False)
    # Of round amounts one in 400 has the control digits of a number that is reserved for tests.
    may_be_one = long.is_between(10**9, 10**11 - 1) & (long % 1000 != 0)
    eleven = rows.select(pl.when(may_be_one).then(long).cast(pl.String).str.zfill(11))
    found = [
        *cells_with(rows, texts),
        *(one for one in cells_with(eleven, numbers) if one[2][0].kind is Kind.IDENTITY_NUMBER),
    ]
    return [_of_a_person(rows[FILE][place], rows[ROW][place], name, what) for place, name, what in found]


def _of_a_person(file: str, row: int, column: str, found: tuple[Found, ...]) -> Finding:
    nb, en = (
        ", ".join(dict.fromkeys(_KINDS[one.kind][language] for one in found)) for language in range(len(LANGUAGES))
    )
    return Finding(
        file,
        f"teksten inneholder {nb}, og personopplysninger skal ikke inn i registeret; skriv rollen eller virksomheten i "
        "stedet.",
        f"the text holds {en}, and persons' data are kept out of the register; write the role or the organisation "
        "instead.",
        row_number=row,
        column_name=column,
        value=", ".join(one.masked for one in found),
        rule=Rule.PERSON,
    )
