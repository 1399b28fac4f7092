"""Rules that apply to every table alike, derived from the contracts.

Belongs here: rules about kinds of columns wherever they occur (texts, pairs of languages, the flag for invented
rows), and about how many rows were set aside.
Does not belong here: rules that name a particular table, and those about dates (`dates.py`) and about what is
cited (`citations.py`).
"""

from __future__ import annotations

from pathlib import PurePosixPath

import polars as pl

from gevinst.bilingual import LANGUAGES, TRANSLATED
from gevinst.contracts import CORE
from gevinst.contracts.translations import TO_TRANSLATE, waits
from gevinst.contracts.vocabulary import Severity
from gevinst.persons_and_contacts import Kind
from gevinst.quality.invariants.model import (
    Invariant,
    Outcome,
    Tables,
    cells_at_fault,
    invariant,
    of_this_edition,
    persons_data,
)
from gevinst.quality.model import ALL_TABLES, Owner

_LONG_ENOUGH_TO_DIFFER = 5
"""Words from which a text is a sentence and not a name, and hence not the same in two languages."""
_MOST_SET_ASIDE = 0.05
"""Share of a table's rows: a few typing errors stay below it, while another date format or column order exceeds it."""


@invariant(
    ALL_TABLES,
    Severity.CRITICAL,
    Owner.MAINTAINER,
    nb="Ingen tekst i noen tabell inneholder telefonnummer, e-postadresse, fødselsnummer eller kontonummer. De er "
    "personopplysninger og skal ikke publiseres.",
    en="No text in any table holds a phone number, an e-mail address, a national identity number or an account number. "
    "They are personal data and must not be published.",
)
def no_contact_data(tables: Tables) -> Outcome:
    """A contact block copied along with a page: the person's number would be published and kept in every edition."""
    return persons_data(tables, set(Kind) - {Kind.NAME})


@invariant(
    ALL_TABLES,
    Severity.WARNING,
    Owner.EVALUATOR,
    nb="Tekster finnes på norsk, og de som hører til lister og kode, også på engelsk. Ellers får de som leser på ett "
    "av språkene, teksten på det andre.",
    en="Texts exist in Norwegian, and those of lists and code in English too. Otherwise readers of one language get "
    "the text in the other.",
    remedy=("Skriv teksten på språket som mangler.", "Write the text in the language that is missing."),
)
def texts_in_both_languages(tables: Tables) -> Outcome:
    """A caveat added in English only, or a code without its English text. What evaluators enter in Norwegian may wait
    for a translator (`english_texts_are_written`).
    """
    looked_at: list[pl.LazyFrame] = []
    faults: list[pl.LazyFrame] = []
    for contract, frame in of_this_edition(tables):
        looked_at += [frame] * len(contract.stems)
        missing = {
            f"{stem}_{here}": pl.col(f"{stem}_{here}").is_null() & pl.col(f"{stem}_{there}").is_not_null()
            for stem in contract.stems
            for here, there in (LANGUAGES, reversed(LANGUAGES))
            if not contract.column(f"{stem}_{here}").may_wait
        }
        faults += [cells_at_fault(contract, frame, missing)] if missing else []
    return Outcome(looked_at, faults)


@invariant(
    ALL_TABLES,
    Severity.WARNING,
    Owner.EVALUATOR,
    nb="Ingen tekst venter på oversettelse til engelsk. Imens står den på norsk på de engelske sidene, og er merket.",
    en="No text waits for its English translation. While it waits, the English pages show it in Norwegian, marked.",
    remedy=(
        "Fyll ut arket «Til oversettelse» i et nytt regneark; ingenting stanser imens.",
        "Fill in the sheet «For translation» of a new workbook; nothing is held up meanwhile.",
    ),
    is_told_once=True,
)
def english_texts_are_written(tables: Tables) -> Outcome:
    """A status entered in Norwegian that nobody has translated: the readers of the English page meet Norwegian."""
    looked_at: list[pl.LazyFrame] = []
    faults: list[pl.LazyFrame] = []
    for contract in (contract for contract in TO_TRANSLATE if contract.name in tables):
        frame = tables[contract.name]
        waiting = {f"{stem}_{TRANSLATED}": waits(stem) for stem in contract.stems_that_wait}
        looked_at += [frame] * len(waiting)
        faults.append(cells_at_fault(contract, frame, waiting))
    return Outcome(looked_at, faults)


@invariant(
    ALL_TABLES,
    Severity.WARNING,
    Owner.EVALUATOR,
    nb="Setninger er ikke like på norsk og engelsk. Like setninger er ikke oversatt.",
    en="Sentences are not the same in Norwegian and English. Sentences that are the same have not been translated.",
)
def texts_are_translated(tables: Tables) -> Outcome:
    """The Norwegian text pasted into the English column; names of a few words may rightly be the same."""
    looked_at: list[pl.LazyFrame] = []
    faults: list[pl.LazyFrame] = []
    for contract, frame in of_this_edition(tables):
        if contract.stems:
            same = {f"{stem}_en": _is_same_sentence(f"{stem}_nb", f"{stem}_en") for stem in contract.stems}
            looked_at += [frame] * len(same)
            faults.append(cells_at_fault(contract, frame, same))
    return Outcome(looked_at, faults)


def _is_same_sentence(nb: str, en: str) -> pl.Expr:
    is_sentence = pl.col(nb).str.count_matches(r"\S+") >= _LONG_ENOUGH_TO_DIFFER
    return (pl.col(nb) == pl.col(en)) & is_sentence


@invariant(
    ALL_TABLES,
    Severity.CRITICAL,
    Owner.MAINTAINER,
    nb="Alle rader i alle tabeller er enten ekte eller oppdiktet for å vise løsningen. Blandes de, får ekte prosjekter "
    "oppdiktede resultater.",
    en="All rows of all tables are either real or invented to show the pipeline. Mixed, real projects get invented "
    "results.",
)
def one_kind_of_data(tables: Tables) -> Outcome:
    """An invented row beside a real one; the tables with rows of the rarer kind are listed."""
    rows = [frame for _, frame in of_this_edition(tables)]
    is_invented = pl.col("is_illustrative")
    counts = pl.concat(
        [
            frame.select(table=pl.lit(contract.name), invented=is_invented.sum(), real=(~is_invented).sum())
            for contract, frame in of_this_edition(tables)
        ]
    ).collect()
    # The rarer kind is the one that got in by mistake; with one kind only it is empty, and the check passes.
    rarer = min("invented", "real", key=lambda kind: counts[kind].sum())
    return Outcome(rows, [counts.lazy().filter(pl.col(rarer) > 0).select("table")])


@invariant(
    "quarantine",
    Severity.CRITICAL,
    Owner.EVALUATOR,
    reads=("quarantine",),
    nb="Under 5 prosent av radene i hver tabell er satt til side. Mangler flere, er tallene ikke til å stole på.",
    en="Fewer than 5 per cent of the rows of each table are set aside. When more are missing, the figures cannot be "
    "trusted.",
)
def few_rows_set_aside(tables: Tables) -> Outcome:
    """A delivery with another date format: most rows are set aside, and the rest looks like a complete table."""
    kept = pl.concat(
        [frame.select(name=pl.lit(contract.name), kept=pl.len()) for contract, frame in of_this_edition(tables)]
    )
    stem = pl.col("file").map_elements(lambda file: PurePosixPath(file).stem, return_dtype=pl.String)
    is_sheet = pl.col("sheet").fill_null("") != ""
    # A row with three faults has three findings and is still one row.
    rows = tables["quarantine"].select("file", "row_number", "sheet").unique()
    # A file or a sheet is named after its table.
    lost = (
        rows.with_columns(name=pl.when(is_sheet).then("sheet").otherwise(stem))
        .group_by("name")
        .agg(lost=pl.struct("file", "row_number").n_unique())
    )
    share = pl.col("lost") / (pl.col("lost") + pl.col("kept").fill_null(0))
    return Outcome([kept], [lost.join(kept, on="name", how="left").filter(share >= _MOST_SET_ASIDE).select("name")])


@invariant(
    "quarantine",
    Severity.WARNING,
    Owner.EVALUATOR,
    reads=("quarantine",),
    nb="Ingen rader er satt til side. Hver slik rad er noe noen har meldt inn, og som ikke er med i tallene.",
    en="No rows are set aside. Every such row is something that somebody reported and that the figures leave out.",
)
def no_rows_set_aside(tables: Tables) -> Outcome:
    """A row that nobody corrects: it stays out of every later edition."""
    rows = tables["quarantine"].select(pl.concat_str("file", pl.col("row_number").cast(pl.String), separator=":"))
    # Every row that was read is one that might have been set aside: without any, there was still something to look at.
    read = [tables[contract.name] for contract in CORE if contract.name in tables]
    return Outcome([*read, rows], [rows])


INVARIANTS_EVERYWHERE: tuple[Invariant, ...] = (
    no_contact_data,
    texts_in_both_languages,
    english_texts_are_written,
    texts_are_translated,
    one_kind_of_data,
    few_rows_set_aside,
    no_rows_set_aside,
)
