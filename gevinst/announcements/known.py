"""What the registry already has, for a draft to build on.

Belongs here: looking organisations, rounds and projects up by what a page calls them, and ids for new ones.
Does not belong here: reading pages (which needs no registry) and the rows of a draft (`rows.py`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from gevinst.announcements.projects import similar
from gevinst.contracts import CORE
from gevinst.intake.journal import read_steadily
from gevinst.intake.read_csv import read_delimited

_TABLES = (
    "organisations", "organisation_names", "rounds", "round_figures", "projects", "participations", "project_relations",
    "project_events", "project_grants", "sources", "municipality_codes",
)  # fmt: skip
_LETTERS = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ä": "a", "ö": "o", "ü": "u", "ð": "d", "þ": "th", "ß": "ss"})


@dataclass(frozen=True, slots=True)
class Registry:
    """The tables of the registry as text, by name."""

    tables: dict[str, pl.DataFrame]

    def organisation(self, name: str) -> str | None:
        """Id of the organisation that goes by `name`, with or without an abbreviation in brackets."""
        forms = [name, re.sub(r"\s*\([^)]*\)", "", name)]
        names = self.tables["organisation_names"]
        listed = dict(zip(names["name"].str.to_lowercase(), names["organisation_id"], strict=True))
        own = self.tables["organisations"]
        listed = {**dict(zip(own["name"].str.to_lowercase(), own["organisation_id"], strict=True)), **listed}
        return next((listed[form.lower()] for form in forms if form.lower() in listed), None)

    def round(self, year: int) -> str | None:
        """Id of the first round of a cohort year."""
        rows = self.tables["rounds"].filter(pl.col("cohort_year") == str(year)).sort("round_id")
        return rows["round_id"][0] if rows.height else None

    def project(self, name: str | None, owner_id: str | None, round_ids: Iterable[str]) -> str | None:
        """Id of a project of one of these rounds with this name, or without a name on the page and with this owner."""
        rows = self.tables["projects"].filter(pl.col("round_id").is_in(list(round_ids)))
        owners = self.tables["participations"].filter(pl.col("role_code") == "owner")
        owned = owners.filter(pl.col("organisation_id") == owner_id)["project_id"].to_list() if owner_id else []
        renamed = self.tables["project_relations"].filter(pl.col("relation_code") == "renamed")
        other = dict(zip(renamed["project_id"], renamed["related_name"], strict=True))
        for row in rows.iter_rows(named=True):
            names = [row["name_nb"], row["name_en"], row["short_name_nb"], other.get(row["project_id"])]
            if name and any(known and similar(name, known) for known in names):
                return row["project_id"]
        held = [project for project in rows["project_id"] if project in owned]
        return held[0] if len(held) == 1 and name is None else None

    def rounds_of(self, year: int) -> list[str]:
        """Ids of all rounds of a cohort year."""
        return self.tables["rounds"].filter(pl.col("cohort_year") == str(year))["round_id"].to_list()

    def has(self, table: str, column: str, value: str) -> bool:
        """Whether a table has a row with this value."""
        return value in set(self.tables[table][column])

    def municipality(self, name: str) -> str | None:
        """Code of the municipality that `name` is the whole name of."""
        bare = re.sub(r"\s+kommune$", "", re.sub(r"^.*, ", "", name))
        rows = self.tables["municipality_codes"].filter(
            (pl.col("name").str.to_lowercase() == bare.lower()) & pl.col("valid_to_on").is_null()
        )
        return rows["municipality_code"][0] if rows.height == 1 else None


def read_registry(raw_dir: Path) -> Registry:
    """The registry under `raw_dir`; raises `IntakeError` when a file of it cannot be read."""
    return read_steadily(raw_dir, lambda: _read(raw_dir))


def _read(raw_dir: Path) -> Registry:
    tables: dict[str, pl.DataFrame] = {}
    for contract in CORE:
        if contract.name in _TABLES:
            path = raw_dir / (contract.folder or "") / f"{contract.name}.csv"
            tables[contract.name] = read_delimited(path, path.relative_to(raw_dir).as_posix(), contract).rows
    return Registry(tables)


def slug(text: str, longest: int = 40) -> str:
    """Text as part of an id: small letters a to z, digits and hyphens, cut between words."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_LETTERS)).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain)
    kept: list[str] = []
    for word in words:
        if kept and len("-".join([*kept, word])) > longest:
            break
        kept.append(word)
    return "-".join(kept)[:longest].strip("-") or "ukjent"


def short_name(name: str, longest: int = 40) -> str:
    """The part of a project's name before a dash, colon or bracket, cut between words."""
    bare = re.split(r"\s+[–—-]\s+|:\s|\s\(", name)[0].strip()
    if len(bare) <= longest:
        return bare
    cut = bare[:longest].rsplit(" ", 1)[0]
    return re.sub(r"\s+(?:og|i|av|for|til|med|på|om|and|of|the|to|in|som|ved|frå|fra)$", "", cut)
