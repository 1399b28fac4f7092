"""An invented portfolio of any size: copies of a small one, in blocks that fit in memory.

Belongs here: how rows of the small portfolio become rows of many, and how claims and organisations are spread.
Does not belong here: what the rows say (`portfolio.py`), and files (`blocks.py`).

A copy has its own projects, benefits, documents and organisations, whose ids end in its number. As in a real portfolio
some projects are spoken of much more than others, a few organisations take part in many projects, and nearly all that
is said of benefits is what somebody expects.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import polars as pl

from gevinst.contracts import CORE, Contract, Type
from gevinst.contracts.vocabulary import EXPECTED
from gevinst.illustrative.model import both
from gevinst.illustrative.portfolio import HORIZON, IllustrativeError, portfolio
from gevinst.illustrative.write import write_portfolio
from gevinst.intake import read_core
from gevinst.scratch import scratch

Frames = dict[str, pl.DataFrame]

MOST_WITHOUT_COPIES = 480
"""Projects of the largest portfolio that is made row by row, in some seconds; a larger one is made of copies."""
_COPIED = 96
"""Projects of the portfolio that is copied: each of twelve courses in each of eight cohorts."""
_BLOCK = 20_000
"""Projects of a block: with twenty claims a project some hundreds of megabytes."""
_PRICED_EACH = 10
"""Of so many copies one has benefits in kroner: in no real portfolio does each project have them."""
_SPOKEN_OF = 11.0
"""Shape of the gamma distribution of how much is said of a project: from the mean of 9.2 and the variance of 17.0
claims of a project in a real register of November 2026, less what chance alone gives."""
_EXPECTATIONS = 30.0
"""How much likelier it is that an expectation is said again than a result: 336 of the 385 claims of that register are
expectations, which twenty claims a project come near to."""
_CONCENTRATED = 2.2
"""Exponent by which copies of organisations are chosen: the first tenth of them take part in 35 of 100 projects, as the
first tenth of the 116 organisations of that register have 35 of 100 participations."""

_PROJECT, _AT, _COPY, _ORGANISATION = "_project", "_at", "_copy", "_organisation"
_AGAIN = "_again"
"""Place of a row's project in the small portfolio, null for what all share; its place among all projects; the number of
the copy, and of that whose organisations take part."""
_SHARED = {_AT: None, _COPY: 0, _ORGANISATION: 0}
_SAME_BENEFIT = ("Det samme målet er nevnt på nytt.", "The same goal is mentioned again.")
_ORGANISATIONS = ("organisations", "organisation_names")
_TEXTS: Mapping[str, tuple[str, ...]] = {
    "projects": ("name_nb", "name_en", "short_name_nb", "short_name_en"),
    "status_assessments": ("reason_nb", "reason_en"),
    "benefit_claims": ("statement_nb", "statement_en"),
    "organisations": ("name",),
    "organisation_names": ("name",),
    "sources": ("title",),
}
"""Texts by which rows are told apart: those of a copy bear its number."""
_ADDRESS = "address"
_LETTERS = dict(zip("0123456789", "bcdfghjklm", strict=True))
"""A number in a sentence would be taken for something that was measured; no word is made of these letters."""
_SHORT_NAME = 34
"""Characters of a short name that leave room for a number."""


def blocks(projects: int, claims: int | None, seed: int) -> Iterator[Frames]:
    """Rows of every core table, block by block: together `projects` projects, with `claims` claims if they are given.

    The first block holds what all projects share too. Frames conform to their contracts. The same arguments give the
    same rows in the same order. Raises `IllustrativeError` for fewer projects than there are courses, and for a number
    of claims below 0.
    """
    if claims is not None and claims < 0:
        raise IllustrativeError(f"there cannot be {claims} claims")
    small = _SmallPortfolio(projects if projects <= MOST_WITHOUT_COPIES else _COPIED, seed)
    return _blocks(small, projects, claims, seed)


def _blocks(small: _SmallPortfolio, projects: int, claims: int | None, seed: int) -> Iterator[Frames]:
    step = max(_BLOCK // small.size, 1) * small.size
    for number, first in enumerate(range(0, projects, step)):
        last = min(projects, first + step)
        rng = np.random.default_rng([seed, number])
        block = small.copied(first, last, -(-projects // small.size), rng)
        if claims is not None:
            said = _spread(block["benefit_claims"], claims * last // projects - claims * first // projects, rng)
            block = _without_lost_claims(block, said)
        yield {table.name: block[table.name].select(table.column_names) for table in CORE}


class _SmallPortfolio:
    """The portfolio that is copied: its tables, each row with the place of the one project that it is about."""

    def __init__(self, size: int, seed: int) -> None:
        with scratch() as folder:
            write_portfolio(portfolio(size, seed, HORIZON), folder / "raw")
            tables = read_core(folder / "raw").tables
        self.size = size
        self._tables: Frames = {"projects": tables["projects"].with_row_index(_PROJECT)}
        for table in CORE:
            if table.name != "projects":
                self._tables[table.name] = self._placed(table, tables[table.name])
        self._tables["sources"] = tables["sources"].join(self._own_sources(), on="source_id", how="left")
        # Organisations come with the first project of each copy, which every copy has.
        for name in _ORGANISATIONS:
            self._tables[name] = tables[name].with_columns(_place(0))

    def _placed(self, table: Contract, frame: pl.DataFrame) -> pl.DataFrame:
        """The rows with the place of their project, found through the first reference that leads to one."""
        for column, target, target_column in table.references:
            found = self._tables.get(target)
            if found is not None and found[_PROJECT].count():
                places = found.select(pl.col(target_column).alias(column), _PROJECT)
                return frame.join(places, on=column, how="left", maintain_order="left")
        return frame.with_columns(_place(None))

    def _own_sources(self) -> pl.DataFrame:
        """Documents that rows about one project alone rest on, with its place."""
        cited = [
            self._tables[table.name].select(pl.col(column).alias("source_id"), _PROJECT)
            for table in CORE
            for column, target, _ in table.references
            if target == "sources" and table.name not in _ORGANISATIONS
        ]
        by_source = pl.concat(cited).drop_nulls("source_id").group_by("source_id")
        of_one = (pl.col(_PROJECT).n_unique() == 1) & pl.col(_PROJECT).is_not_null().all()
        return by_source.agg(pl.col(_PROJECT).first(), is_own=of_one).filter("is_own").drop("is_own")

    def copied(self, first: int, last: int, copies: int, rng: np.random.Generator) -> Frames:
        """Every table of the projects from `first` to before `last`, of a portfolio of so many `copies`."""
        numbers = pl.DataFrame({_COPY: range(first // self.size, -(-last // self.size))})
        taking_part = (copies * rng.random(last - first) ** _CONCENTRATED).astype(np.int64)
        seats = pl.DataFrame({_AT: range(first, last), _ORGANISATION: taking_part})
        found: Frames = {}
        for table in CORE:
            rows = self._tables[table.name]
            own = rows.drop_nulls(_PROJECT).join(numbers, how="cross")
            own = own.with_columns((pl.col(_COPY) * self.size + pl.col(_PROJECT)).alias(_AT))
            own = own.join(seats, on=_AT, how="inner", maintain_order="left")
            if table.name in _ORGANISATIONS:
                own = own.with_columns(pl.col(_COPY).alias(_ORGANISATION))
            if table.name == "benefit_values":
                own = own.filter(pl.col(_COPY) % _PRICED_EACH == 0)
            is_here = (first == 0) & (copies == 1 or table.name != "round_figures")
            shared = rows.filter(pl.col(_PROJECT).is_null() & is_here)
            shared = shared.with_columns(pl.lit(value, pl.Int64).alias(name) for name, value in _SHARED.items())
            found[table.name] = self._renamed(table, pl.concat([shared.select(own.columns), own]))
        return found

    def _renamed(self, table: Contract, rows: pl.DataFrame) -> pl.DataFrame:
        """The rows under the ids and names of their copy."""
        targets = {column: target for column, target, _ in table.references}
        keys = (table.column(name) for name in table.key)
        ids = {key.name: table.name for key in keys if key.type is Type.TEXT and key.codelist is None} | targets
        texts = {name: pl.col(_COPY) for name in _TEXTS.get(table.name, ())}
        if table.name == "participations":
            texts["organisation_name"] = pl.col(_ORGANISATION)
        if table.name == "requests":  # a form is of an organisation
            ids["form_id"] = "organisations"
        return rows.with_columns(
            *(_numbered(name, self._number(name, target)) for name, target in ids.items() if self._is_copied(target)),
            *(_told_apart(name, number) for name, number in texts.items()),
            *(_numbered(_ADDRESS, self._number("source_id", "sources")) for _ in range(table.name == "sources")),
            *(_each_numbered(name) for name in ("depends_on_ids",) if name in rows.columns),
        )

    def _is_copied(self, target: str) -> bool:
        return self._tables[target][_PROJECT].count() > 0

    def _number(self, column: str, target: str) -> pl.Expr:
        """The copy that an id in `column` is of, which names a row of the table `target`."""
        if target == "organisations":
            return pl.col(_ORGANISATION)
        if target == "sources":  # rows about a project rest on documents of the whole scheme too
            own = self._tables["sources"].drop_nulls(_PROJECT)["source_id"].implode()
            return pl.when(pl.col(column).is_in(own)).then(pl.col(_COPY)).otherwise(0)
        return pl.col(_COPY)


def _place(place: int | None) -> pl.Expr:
    return pl.lit(place, pl.UInt32).alias(_PROJECT)


def _numbered(column: str, number: pl.Expr, mark: str = "-") -> pl.Expr:
    ending = pl.when(number > 0).then(pl.lit(mark) + number.cast(pl.String)).otherwise(pl.lit(""))
    return (pl.col(column) + ending).alias(column)


def _each_numbered(column: str) -> pl.Expr:
    """Ids of rows of the same project, separated by blanks."""
    number = pl.col(_COPY)
    each = pl.col(column).str.replace_all(" ", pl.lit("-") + number.cast(pl.String) + pl.lit(" "))
    return pl.when(number > 0).then(each + pl.lit("-") + number.cast(pl.String)).otherwise(column).alias(column)


def _told_apart(column: str, number: pl.Expr) -> pl.Expr:
    """The name with the number of its copy, or the sentence with letters for it."""
    text, digits = pl.col(column), number.cast(pl.String)
    letters = digits.str.replace_many(list(_LETTERS), list(_LETTERS.values()))
    sentence = pl.when(text.str.ends_with(".")).then(text.str.strip_suffix(".") + " (" + letters + ").")
    name = text.str.slice(0, _SHORT_NAME) if column.startswith("short_name") else text
    return pl.when(number > 0).then(sentence.otherwise(name + " " + digits)).otherwise(text).alias(column)


def _spread(claims: pl.DataFrame, wanted: int, rng: np.random.Generator) -> pl.DataFrame:
    """So many `wanted` claims: some of those there are, or all and some of them again.

    A project is spoken of more, or less, as a whole.
    """
    _, project = np.unique(claims[_AT].to_numpy(), return_inverse=True)
    heard = rng.gamma(_SPOKEN_OF, size=claims.height)[project]
    weights = heard * np.where((claims["evidence_code"] == EXPECTED).to_numpy(), _EXPECTATIONS, 1.0)
    if wanted <= claims.height:
        kept = np.sort(np.argsort(rng.exponential(size=claims.height) / weights)[:wanted])
        return claims[kept]
    times = 1 + rng.multinomial(wanted - claims.height, weights / weights.sum())
    rows = claims[np.repeat(np.arange(claims.height), times)]
    again = np.arange(rows.height) - np.repeat(np.cumsum(times) - times, times)
    said = rows.with_columns(pl.Series(_AGAIN, again))
    is_again = pl.col(_AGAIN) > 0
    return said.with_columns(
        _numbered("benefit_claim_id", pl.col(_AGAIN), "-igjen-"),
        *(_told_apart(name, pl.col(_AGAIN)) for name in _TEXTS["benefit_claims"]),
        *(
            pl.when(is_again).then(pl.lit(reason)).otherwise(name).alias(name)
            for name, reason in both("same_benefit_reason", *_SAME_BENEFIT).items()
        ),
    )


def _without_lost_claims(block: Frames, said: pl.DataFrame) -> Frames:
    """The block with the claims `said`: what referred to another claim refers to none, or is gone if it must."""
    found = {**block, "benefit_claims": said}
    present = said["benefit_claim_id"].implode()
    for table in CORE:
        for column, target, _ in table.references:
            if target == "benefit_claims":
                rows, is_there = found[table.name], pl.col(column).is_in(present)
                if table.column(column).required:
                    found[table.name] = rows.filter(is_there)
                else:
                    found[table.name] = rows.with_columns(pl.when(is_there).then(column).alias(column))
    return found
