"""Sentences about what became of projects: what is in use, how old that is, and what nobody has told.

Belongs here: pure functions from headline figures and rows of one edition year to sentences. None uses the present
tense of an old statement, and none makes an outcome of silence.
Does not belong here: the wording (``texts/outcomes.toml``) and deciding outcomes (`gevinst.method.status`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gevinst.language.phrases import age, capital, part_of
from gevinst.language.texts import Catalogue
from gevinst.site.headlines import Headlines

Facts = Mapping[str, Any]

NAMED_AT_MOST = 6
"""With more projects in use than this they are counted: a sentence of names is no longer read."""


def in_use_sentences(
    figures: Headlines, in_use: Sequence[Facts], catalogue: Catalogue, *, stale_after_months: int
) -> list[str]:
    """What is known to have come into use, by name where they are few, with how many rest on what."""
    count, stale = figures["in_use"].value, figures["in_use_stale"].value
    if count == 0:
        return [catalogue.t("outcomes.none_in_use")]
    old = _old(count, stale, catalogue, stale_after_months)
    if count <= NAMED_AT_MOST:
        names = catalogue.join([named(row, catalogue) for row in in_use])
        return [catalogue.t("outcomes.in_use_named", n=count, names=names), *([old] if stale else [])]
    inferred = figures["in_use_inferred"].value
    return [
        catalogue.t("outcomes.in_use_counted", n=count),
        *([old] if stale else []),
        *([catalogue.t("outcomes.inferred", n=inferred)] if inferred else []),
    ]


def _old(count: int, stale: int, catalogue: Catalogue, stale_after_months: int) -> str:
    """How many of the statements of use are old: none, some, or all of them."""
    years = age(catalogue, stale_after_months)
    if stale == 0:
        return catalogue.t("outcomes.stale_none", n=count, age=years)
    if stale < count:
        return catalogue.t("outcomes.stale_some", n=stale, age=years)
    if count == 2:  # a language has a word of its own for all of two
        return catalogue.t("outcomes.stale_both", age=years)
    return catalogue.t("outcomes.stale_all", n=count, age=years)


def named(row: Facts, catalogue: Catalogue) -> str:
    """A project in use (`name`, `status_on`, `is_inferred`) with the year, and whether the link is inferred."""
    key = "outcomes.name_inferred" if row["is_inferred"] else "outcomes.name_and_year"
    return catalogue.t(key, project=row["name"], year=row["status_on"].year)


def in_use_notes(figures: Headlines, catalogue: Catalogue, *, stale_after_months: int) -> tuple[str, ...]:
    """What must be known to read the number in use: how many statements are old, and how many links are inferred."""
    count, stale, inferred = (figures[name].value for name in ("in_use", "in_use_stale", "in_use_inferred"))
    if count == 0:
        return ()
    old = _old(count, stale, catalogue, stale_after_months)
    return (old, *((catalogue.t("outcomes.inferred", n=inferred),) if inferred else ()))


def ladder_heading(figures: Headlines, catalogue: Catalogue) -> str:
    """The finding above the ladder: how many are in use, or were when last heard of."""
    total, count, stale = (figures[name].value for name in ("projects", "in_use", "in_use_stale"))
    if total == 0:
        return catalogue.t("sentences.known_projects", n=0).rstrip(".")
    if figures["status_unknown"].value == total:
        return catalogue.t("outcomes.ladder_nothing")
    fresh = figures["in_use_fresh"].value
    if count == 0:
        sentence = catalogue.t("outcomes.ladder_none_in_use", n=0, who=part_of(catalogue, 0, total))
    elif fresh == 0:
        sentence = catalogue.t("outcomes.ladder_was_in_use", n=count, who=part_of(catalogue, count, total))
    else:
        sentence = catalogue.t("outcomes.ladder_is_in_use", n=fresh, who=part_of(catalogue, fresh, total))
        if stale:
            sentence = catalogue.t("outcomes.ladder_some_were", n=stale, first=sentence)
    return capital(sentence)


def movement(figures: Headlines, catalogue: Catalogue) -> str | None:
    """How many have moved between two statements that show how far they are; `None` when none has two."""
    again, up, down = (figures[name].value for name in ("assessed_again", "moved_up", "fallen_back"))
    if again == 0:
        return None
    sentence = catalogue.t("outcomes.moved_up", n=up, total=again)
    return f"{sentence} {catalogue.t('outcomes.fallen', n=down)}" if down else sentence
