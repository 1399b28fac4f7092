"""What a column of a register can be, as data in TOML.

Belongs here: the targets of a mapping, the code lists of those that are codes, and which target a heading suggests.
Does not belong here: words of headings (``targets.toml``), and what becomes of the values (`rows.py`).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from gevinst.bilingual import Bilingual

TEXT, CODE, DATE, YEAR, AMOUNT = "text", "code", "date", "year", "amount"
CURRENCY, COUNTRY, SEVERAL = "currency", "country", "several"
"""Kinds of values: the first and the last are texts, of which `SEVERAL` holds one or more names."""

CODELISTS = {
    "projects.sector_code": "sector",
    "owner.level_code": "organisation_level",
    "partners.level_code": "organisation_level",
    "status_assessments.status_code": "status",
    "benefits.benefit_code": "benefit",
    "benefit_claims.evidence_code": "evidence",
}
OWN_LISTS = ("sector", "organisation_level")
"""Code lists that a scheme may add codes of its own to: the others are the method's, and are mapped to or left out."""
_SPELT = str.maketrans({"æ": "(?:æ|ae)", "ø": "(?:ø|oe?)", "å": "(?:å|aa?)"})
_A_NUMBER = re.compile(r"\d{5}")
"""What a value has and no heading: a year has four digits."""
NEEDED = ("projects.name", "owner.name")
"""Targets that every project must have a value of, from a column or fixed."""


@dataclass(frozen=True, slots=True)
class Target:
    """A place that a column may go to: its kind of values, what it is, and expressions for headings.

    Headings that are `weak` are for this where no other column is: a municipality may own the project, or be its place.
    """

    name: str
    kind: str
    what: Bilingual
    headings: tuple[re.Pattern[str], ...]
    weak: tuple[re.Pattern[str], ...] = ()

    def is_weak(self, heading: str) -> bool:
        """Whether the words of a heading are for this only where no other column is."""
        return any(form.fullmatch(in_words(heading)) for form in self.weak)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Headings without a place here, and why."""

    name: str
    why: Bilingual
    headings: tuple[re.Pattern[str], ...]


@cache
def _content() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "targets.toml").read_text(encoding="utf-8"))


@cache
def targets() -> dict[str, Target]:
    """Every target by name, in the order in which headings are tried."""
    return targets_of({name: one for name, one in _content().items() if name != "left_out"})


def targets_of(content: dict[str, Any]) -> dict[str, Target]:
    """Targets by name as a file has them; one without a kind holds texts."""
    return {
        name: Target(
            name,
            one.get("kind", TEXT),
            Bilingual(one["nb"], one["en"]),
            *map(_compiled, (one["headings"], one.get("weak", []))),
        )
        for name, one in content.items()
    }


@cache
def left_out() -> tuple[LeftOut, ...]:
    """What headings may be that has no place here."""
    return tuple(
        LeftOut(name, Bilingual(one["nb"], one["en"]), _compiled(one["headings"]))
        for name, one in _content()["left_out"].items()
    )


def _compiled(expressions: list[str]) -> tuple[re.Pattern[str], ...]:
    """The expressions, which find letters of Norwegian spelt without them, too: exports often lack them."""
    return tuple(re.compile(expression.translate(_SPELT)) for expression in expressions)


def in_words(heading: str) -> str:
    """A heading as its words: small letters, ``recipientOrg/0/name`` parted, without signs, numbers and brackets."""
    bare = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", heading)
    parted = re.sub(r"(?<=[a-zæøå])(?=[A-ZÆØÅ])", " ", bare).lower()
    return " ".join(re.sub(r"[^a-zæøåäöéü]+", " ", parted).split())


def suggested(heading: str) -> list[Target]:
    """Targets that the words of a heading fit, those tried first before others."""
    words = in_words(heading)
    if _A_NUMBER.search(heading):
        return []
    return [one for one in targets().values() if any(form.fullmatch(words) for form in (*one.headings, *one.weak))]


def without_place(heading: str) -> list[LeftOut]:
    """What the words of a heading say that has no place here."""
    words = in_words(heading)
    return [one for one in left_out() if any(form.fullmatch(words) for form in one.headings)]
