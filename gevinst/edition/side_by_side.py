"""Editions of several schemes beside one another: which may be compared, and what is then counted of them.

An edition is compared as it was published, from its own tables. What cannot be compared is refused in one sentence,
and never mapped: editions whose ladders, grades of evidence, categories, beneficiaries or levels of owners are not the
same lists, and invented data beside real.

Belongs here: finding the editions that somebody names, the reasons to refuse them, and reading their tables.
Does not belong here: counting (`gevinst.method.side_by_side`), the page (`side_by_side_page.py`), and what changed from
one edition of a scheme to the next (`differences.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl

from gevinst.bilingual import LANGUAGES, Bilingual
from gevinst.edition.checksums import link_of, verify_files
from gevinst.edition.store import Edition, edition_in_force, is_edition_id, open_edition
from gevinst.errors import EditionError
from gevinst.layout import SUMS
from gevinst.method.frames import reduced
from gevinst.method.side_by_side import (
    LISTS,
    MEANING,
    NEEDED,
    age_bands,
    differing_codes,
    differing_kinds,
    evidence_map,
    payers_and_gainers,
    project_totals,
    stacked,
)
from gevinst.settings import load_settings
from gevinst.workspace import VARIABLE, Scheme, is_workspace

Tables = Mapping[str, pl.DataFrame]
Row = dict[str, Any]

MOST = 9
"""Editions that a page has room for: with more, columns that belong together are no longer seen together."""
_NAMES = {
    "status": Bilingual("statustrinnene", "the ladder"),
    "evidence": Bilingual("bevisgradene", "the grades of evidence"),
    "benefit_category": Bilingual("gevinstkategoriene", "the categories of benefits"),
    "organisation_level": Bilingual("eiernivåene", "the levels of owners"),
    "beneficiary": Bilingual("mottakerne", "the beneficiaries"),
}
"""What the code lists `LISTS` are called in a refusal."""
_KINDS = Bilingual("hvilken kategori gevinstene hører til", "which category benefits belong to")


@dataclass(frozen=True, slots=True)
class Compared:
    """One of the editions compared: the scheme it is of, and the sum by which whoever holds a copy knows it."""

    edition: Edition
    scheme: Scheme
    digest: str


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Editions that may be compared, and the rows of `gevinst.method.side_by_side` about them.

    A row's `place` is that of its edition in `compared`; projects of unknown age come last in `bands`. `codelists` has
    the lists that are the same in all of them.
    """

    compared: tuple[Compared, ...]
    codelists: pl.DataFrame
    totals: Sequence[Row]
    bands: Sequence[Row]
    evidence: Sequence[Row]
    payers: Sequence[Row]
    min_n: int

    @property
    def is_illustrative(self) -> bool:
        """Whether the editions hold invented data, all of them then."""
        return self.compared[0].edition.is_illustrative


def side_by_side(folders: Sequence[Path], min_n: int) -> SideBySide:
    """The editions in `folders` beside one another, at ages of which each has at least `min_n` projects.

    A folder is that of a published edition, or a workspace, whose edition in force is taken. Raises `EditionError` with
    the reason for what may not be compared.
    """
    if len(folders) < 2:
        raise EditionError(
            f"a comparison needs two editions or more, and {len(folders)} is named",
            f"en sammenligning trenger minst to utgaver, og {len(folders)} er oppgitt",
        )
    if len(folders) > MOST:
        raise EditionError(
            f"a page has room for {MOST} editions, and {len(folders)} are named",
            f"en side har plass til {MOST} utgaver, og {len(folders)} er oppgitt",
        )
    compared = tuple(_compared(folder) for folder in folders)
    _require_different(compared)
    _require_one_kind(compared)
    tables = [_tables(one.edition) for one in compared]
    _require_same_lists(compared, tables)
    above = stacked([(one.edition.edition_year, frames) for one, frames in zip(compared, tables, strict=True)])
    return SideBySide(
        compared,
        tables[0]["codelists"],
        _rows(project_totals(above), "place"),
        sorted(_rows(age_bands(above, min_n), "age_years", "place"), key=lambda row: row["age_years"] is None),
        _rows(evidence_map(above, min_n), "age_years", "benefit_category_code", "place", "evidence_code"),
        _rows(payers_and_gainers(above, min_n), "age_years", "owner_level", "is_achieved", "place", "beneficiary_code"),
        min_n,
    )


def _rows(frame: nw.LazyFrame[Any], *order: str) -> list[Row]:
    return reduced(frame, *order).to_dicts()


def _compared(folder: Path) -> Compared:
    edition = _edition(folder)
    verify_files(edition.path)
    edition = open_edition(edition.path)
    if edition.info.state == "candidate":
        raise EditionError(
            f"{edition.path} is a candidate; only published editions are compared",
            f"{edition.path} er en kandidat; bare publiserte utgaver sammenlignes",
        )
    return Compared(edition, edition.scheme, link_of(edition.path).digest)


def _edition(folder: Path) -> Edition:
    """The edition in a folder, or that in force where the folder is a workspace; nothing of it is read yet."""
    place = folder.resolve()
    if is_workspace(place):
        # The workspace alone says where its editions are; what is set for another one does not hold for it.
        in_force = edition_in_force(load_settings({VARIABLE: str(place)}))
        if in_force is None:
            raise EditionError(
                f"no edition is in force in the workspace {folder}; publish one there first",
                f"ingen utgave gjelder i arbeidsområdet {folder}; publiser en der først",
            )
        return in_force
    if not (place / SUMS).is_file() and not is_edition_id(place.name):
        raise EditionError(
            f"{folder} is neither the folder of a published edition nor a workspace",
            f"{folder} er verken mappa til en publisert utgave eller et arbeidsområde",
        )
    return Edition(place)


def _require_different(compared: Sequence[Compared]) -> None:
    for one, other in combinations(compared, 2):
        is_same = (one.scheme.name, one.edition.edition_id) == (other.scheme.name, other.edition.edition_id)
        if is_same or one.digest == other.digest:
            name, edition = one.scheme.name, one.edition.edition_id
            raise EditionError(
                f"edition {edition} of {name.en} is named twice; an edition is not compared with itself",
                f"utgave {edition} av {name.nb} er oppgitt to ganger; en utgave sammenlignes ikke med seg selv",
            )


def _require_one_kind(compared: Sequence[Compared]) -> None:
    invented = [one for one in compared if one.edition.is_illustrative]
    real = [one for one in compared if not one.edition.is_illustrative]
    if invented and real:
        raise EditionError(
            f"edition {invented[0].edition.edition_id} of {invented[0].scheme.name.en} is invented and edition "
            f"{real[0].edition.edition_id} of {real[0].scheme.name.en} is real; the two are never compared",
            f"utgave {invented[0].edition.edition_id} av {invented[0].scheme.name.nb} er oppdiktet, og utgave "
            f"{real[0].edition.edition_id} av {real[0].scheme.name.nb} er ekte; de to sammenlignes aldri",
        )


def _tables(edition: Edition) -> dict[str, pl.DataFrame]:
    missing = [name for name in NEEDED if not edition.has_table(name)]
    tables = {} if missing else edition.tables(NEEDED)
    missing += [
        f"{name}.{column}" for name, frame in tables.items() for column in NEEDED[name] if column not in frame.columns
    ]
    if missing:
        name = edition.scheme.name
        raise EditionError(
            f"edition {edition.edition_id} of {name.en} is from before {', '.join(missing)} existed; publish a new "
            "edition first",
            f"utgave {edition.edition_id} av {name.nb} er fra før {', '.join(missing)} fantes; publiser en ny utgave "
            "først",
        )
    return tables


def _require_same_lists(compared: Sequence[Compared], tables: Sequence[Tables]) -> None:
    """Refuse what does not mean the same in all editions, all of it at once."""
    differing = {_NAMES[name]: differing_codes([_meanings(frames, name) for frames in tables]) for name in LISTS}
    differing[_KINDS] = differing_kinds([_categories(frames) for frames in tables])
    found = {name: codes for name, codes in differing.items() if codes}
    if found:
        nb, en = ("; ".join(f"{name(one)}: {', '.join(codes)}" for name, codes in found.items()) for one in LANGUAGES)
        editions = " / ".join(f"{one.scheme.name.nb} {one.edition.edition_id}" for one in compared)
        in_english = " / ".join(f"{one.scheme.name.en} {one.edition.edition_id}" for one in compared)
        raise EditionError(
            f"{in_english} cannot be compared, since codes are missing or mean something else in one of them ({en}); "
            "nothing is mapped from one list to another",
            f"{editions} kan ikke sammenlignes, for koder mangler eller betyr noe annet i en av dem ({nb}); ingenting "
            "oversettes fra en liste til en annen",
        )


def _meanings(tables: Tables, name: str) -> dict[str, object]:
    rows = tables["codelists"].filter(pl.col("codelist") == name).select("code", *MEANING)
    return {code: meaning for code, *meaning in rows.iter_rows()}


def _categories(tables: Tables) -> dict[str, str]:
    return dict(tables["benefit_categories"].select("benefit_code", "benefit_category_code").iter_rows())
