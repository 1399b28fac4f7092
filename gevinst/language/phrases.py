"""Parts that sentences are composed of.

Belongs here: phrases that the sentences of more than one page need.
Does not belong here: whole sentences (`gevinst.site.sentences`) and the wording (``texts/*.toml``).
"""

from __future__ import annotations

from collections.abc import Sequence

from gevinst.addresses import LANGUAGE_MARKS
from gevinst.language.texts import Catalogue

_ROUND_WORDS = {"nb": ("runden ", "runde "), "en": ("the round ", "round ")}
"""How a name begins that says that it is a round, by language."""


def share_of(catalogue: Catalogue, part: int, total: int, share_pct: float | None) -> str:
    """`part` of `total` projects in digits, with `share_pct` (0-100) where it is known and part of the whole."""
    who = part_of(catalogue, part, total, in_words=False)
    if 0 < part < total and share_pct is not None:
        return catalogue.t("sentences.share", who=who, share=share_pct)
    return who


def part_of(catalogue: Catalogue, part: int, total: int, *, in_words: bool = True) -> str:
    """*ingen av 40 prosjekter*, *ett av 40 prosjekter*, *alle 40 prosjekter*; the total is always included."""
    if part == 0:
        return catalogue.t("sentences.part_none", n=total)
    if part == total:
        return catalogue.t("sentences.part_all", n=total)
    if in_words:
        return catalogue.t("sentences.part_some", n=total, part=part)
    return catalogue.t("sentences.part_some_digits", n=total, part=part)


def age(catalogue: Catalogue, months: int) -> str:
    """A length of time in words: *to år*, or *18 måneder* where it is not of whole years."""
    years, rest = divmod(months, 12)
    if rest or not years:
        return catalogue.t("common.months", n=months)
    return catalogue.t("common.years", n=years)


def rounds_named(catalogue: Catalogue, names: Sequence[str]) -> str:
    """Award rounds by name inside a sentence: *rundene «2021» og «2022»*.

    A name that says itself that it is a round is not said to be one again: *runden i 2021*, not *runden «Runden i
    2021»*. Where only some do, each name stands with its own word.
    """
    own = {name: _lower_first(name) for name in names if name.lower().startswith(_ROUND_WORDS[catalogue.language])}
    quoted = {name: catalogue.t("scheme.round_name", name=name) for name in names}
    if not own:
        return catalogue.t("scheme.rounds_named", n=len(names), names=catalogue.join(list(quoted.values())))
    one = {name: catalogue.t("scheme.rounds_named", n=1, names=text) for name, text in quoted.items()}
    return catalogue.join([own.get(name, one[name]) for name in names])


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def capital(text: str) -> str:
    """The text with a capital first letter."""
    marks = len(text) - len(text.lstrip(LANGUAGE_MARKS))
    return text[: marks + 1].upper() + text[marks + 1 :]
