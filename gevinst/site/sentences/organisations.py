"""Sentences about an organisation: in which roles it takes part, and what is known of its projects.

Belongs here: pure functions from rows of `organisation_outcomes` to sentences. None makes an outcome of silence, and
none tells an outcome as the work of the organisation.
Does not belong here: the wording (``texts/organisations.toml``) and counting (`gevinst.method.organisations`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gevinst.contracts.vocabulary import OUTCOME_CONTINUED, OUTCOME_PARTLY, OUTCOME_RESULT, OUTCOME_STOPPED
from gevinst.language.phrases import age, capital
from gevinst.language.texts import Catalogue
from gevinst.method.organisations import ALL_ROLES, OWNER_GROUP
from gevinst.site.sentences.outcomes import NAMED_AT_MOST, named

Facts = Mapping[str, Any]

_BESIDE_USE = (OUTCOME_PARTLY, OUTCOME_RESULT, OUTCOME_STOPPED, OUTCOME_CONTINUED)
"""Outcomes that are told after use, each under its own name; columns and texts are called by their codes."""
INDEX_FIGURES = ("organisations", "organisations_owning", "organisations_partnering", "organisations_supplying")
"""Headline figures of the list of organisations; the parts after the whole, called as their texts are."""


def index_lead(counts: Mapping[str, int], catalogue: Catalogue) -> str:
    """How many take part, and in which roles; `counts` are by the names of `INDEX_FIGURES`."""
    whole, *parts = INDEX_FIGURES
    total = counts[whole]
    if total < 2:
        return catalogue.t("organisations.index", n=total)
    roles = catalogue.join([catalogue.t(f"organisations.{name}", n=counts[name]) for name in parts])
    return catalogue.t("organisations.index", n=total, roles=roles)


def role_words(catalogue: Catalogue, group: str, participations: Sequence[Facts]) -> str:
    """What an organisation is in a group of roles, which owners and co-owners share."""
    if group != OWNER_GROUP:
        return catalogue.t(f"organisations.{group}")
    roles = {row["role_code"] for row in participations}
    both = {OWNER_GROUP, "co_owner"} <= roles
    return catalogue.t(
        "organisations.owner_or_co_owner"
        if both
        else "organisations.owner"
        if OWNER_GROUP in roles
        else "organisations.co_owner"
    )


def one_project(catalogue: Catalogue, name: str, roles: Sequence[str], project: str, cohort_year: int) -> str:
    """The only project of an organisation, and its roles there."""
    return catalogue.t(
        "organisations.one_project", name=name, project=project, year=str(cohort_year), roles=catalogue.join(roles)
    )


def several_projects(catalogue: Catalogue, name: str, roles: Mapping[str, str], counts: Mapping[str, Facts]) -> str:
    """In how many projects an organisation has which role, and in how many of them sources disagree on it.

    `counts` are its rows of `organisation_outcomes` by role group, and `roles` the words for the groups it is in.
    """
    every = counts[ALL_ROLES]
    total = every["project_count"]
    if len(roles) == 1:
        (role,) = roles.values()
        sentence = catalogue.t("organisations.several_one_role", name=name, n=total, role=role)
    else:
        parts = [
            catalogue.t("organisations.role_in", role=words, n=counts[group]["project_count"])
            for group, words in roles.items()
        ]
        sentence = catalogue.t("organisations.several_roles", name=name, n=total, parts=catalogue.join(parts))
    disputed = every["disputed_count"]
    return f"{sentence} {catalogue.t('organisations.disputed', n=disputed)}" if disputed else sentence


def outcomes_of(counts: Facts, in_use: Sequence[Facts], catalogue: Catalogue, *, stale_after_months: int) -> list[str]:
    """What is known to have become of several projects, how old that is, and of how many nothing is known.

    `in_use` are rows of those in use, with `name`.
    """
    unknown, used = counts["unknown_outcome_count"], counts["in_use_count"]
    if counts["known_outcome_count"] == 0:
        return [catalogue.t("outcomes.all_unknown", n=unknown)]
    said = [_in_use(counts, in_use, catalogue) if used else catalogue.t("outcomes.none_in_use")]
    others = [
        catalogue.t(f"organisations.{name}", n=counts[f"{name}_count"])
        for name in _BESIDE_USE
        if counts[f"{name}_count"]
    ]
    said += [f"{capital(_clauses(others, catalogue))}."] if others else []
    said += old_statements(counts, catalogue, stale_after_months=stale_after_months)
    return [*said, *([catalogue.t("outcomes.unknown", n=unknown)] if unknown else [])]


def _clauses(parts: Sequence[str], catalogue: Catalogue) -> str:
    """Clauses that each have a subject of their own, which a comma parts from the others."""
    *head, last = parts
    return catalogue.t("organisations.clauses", head=", ".join(head), last=last) if head else last


def _in_use(counts: Facts, in_use: Sequence[Facts], catalogue: Catalogue) -> str:
    used, inferred = counts["in_use_count"], counts["in_use_inferred_count"]
    if used <= NAMED_AT_MOST:
        names = catalogue.join([named(row, catalogue) for row in in_use])
        return catalogue.t("outcomes.in_use_named", n=used, names=names)
    sentence = catalogue.t("outcomes.in_use_counted", n=used)
    return f"{sentence} {catalogue.t('outcomes.inferred', n=inferred)}" if inferred else sentence


def old_statements(counts: Facts, catalogue: Catalogue, *, stale_after_months: int) -> list[str]:
    """How many of the statements of how projects went are old; nothing where none is."""
    known, old = counts["known_outcome_count"], counts["stale_count"]
    if not old:
        return []
    years = age(catalogue, stale_after_months)
    if old < known:
        return [catalogue.t("organisations.old_some", n=old, age=years)]
    if counts["project_count"] == 1:
        return [catalogue.t("organisations.old_one", age=years)]
    if known == 1:
        return [catalogue.t("organisations.old_some", n=old, age=years)]
    return [catalogue.t("organisations.old_both" if known == 2 else "organisations.old_all", age=years)]
