"""Every field, described once: name, type, meaning in both languages, unit, code list, reference and bounds.

Belongs here: finding fields by name, and saying where the one of a table differs. The fields are defined by topic in
the modules beside this one.
Does not belong here: which table has which fields (`gevinst.contracts.registry` and its neighbours).

A table lists names, and overrides only what differs in it:

    columns=listed(
        "edition_year project_id round_id cohort_year",
        *override("name_nb/en", "Rundens navn.", "Name of the round."),
        "awarded_on/precision note_nb/en",
    )
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from gevinst.contracts.fields.ages import AGES
from gevinst.contracts.fields.benefit_headlines import BENEFIT_HEADLINES
from gevinst.contracts.fields.benefits import BENEFITS
from gevinst.contracts.fields.driver_outcomes import DRIVER_OUTCOMES
from gevinst.contracts.fields.drivers import DRIVERS
from gevinst.contracts.fields.economics import ECONOMICS
from gevinst.contracts.fields.follow_up import FOLLOW_UP
from gevinst.contracts.fields.headlines import HEADLINES
from gevinst.contracts.fields.organisations import ORGANISATIONS
from gevinst.contracts.fields.priced import PRICED
from gevinst.contracts.fields.priced_projects import PRICED_PROJECTS
from gevinst.contracts.fields.quality import QUALITY
from gevinst.contracts.fields.reading import READING
from gevinst.contracts.fields.realisation import REALISATION
from gevinst.contracts.fields.reference import REFERENCE
from gevinst.contracts.fields.register import REGISTER
from gevinst.contracts.fields.registry import REGISTRY
from gevinst.contracts.fields.results import RESULTS
from gevinst.contracts.fields.scheme import SCHEME
from gevinst.contracts.fields.shared import SHARED
from gevinst.contracts.fields.statistics import STATISTICS
from gevinst.contracts.model import LOCATOR, SOURCE, Column, bilingual, maintained


class FieldError(Exception):
    """A field that is described twice or not at all, or an override that changes nothing; the message names it."""


def described(*topics: tuple[Column, ...]) -> dict[str, Column]:
    """Fields of all topics by name; raises `FieldError` naming those that are described more than once."""
    found = [field for topic in topics for field in topic]
    twice = sorted(name for name, n in Counter(field.name for field in found).items() if n > 1)
    if twice:
        raise FieldError(f"described more than once: {', '.join(twice)}")
    return {field.name: field for field in found}


FIELDS = described(
    SHARED,
    REGISTRY,
    REFERENCE,
    BENEFITS,
    REALISATION,
    ECONOMICS,
    STATISTICS,
    RESULTS,
    READING,
    FOLLOW_UP,
    DRIVERS,
    AGES,
    HEADLINES,
    BENEFIT_HEADLINES,
    DRIVER_OUTCOMES,
    PRICED,
    PRICED_PROJECTS,
    REGISTER,
    SCHEME,
    ORGANISATIONS,
    QUALITY,
)

RESULT_SOURCE: tuple[Column, ...] = (SOURCE, LOCATOR)
"""The document behind a result: not known where the result rests on no single one."""


def listed(*parts: str | Column) -> tuple[Column, ...]:
    """The fields of a table in its order: names separated by spaces, between overrides.

    ``note_nb/en`` is the pair ``note_nb`` and ``note_en``; ``awarded_on/precision`` is ``awarded_on`` and
    ``awarded_precision``. Raises `FieldError` naming a field that is not described.
    """
    return tuple(column for part in parts for column in ([part] if isinstance(part, Column) else _fields(part)))


def override(name: str, nb: str = "", en: str = "", **differing: Any) -> tuple[Column, ...]:
    """The field or pair called `name` with another meaning, or with other rules, in one table.

    `nb` and `en` are the meaning here, as of a pair in two languages without the language, and of a date without its
    precision; `differing` are other attributes of `Column`, and a pair that they require is required in both
    languages. Raises `FieldError` naming a field that is not described or that would be the same without the override.
    """
    fields = tuple(_fields(name))
    first, *others = (replace(field, **differing) for field in fields)
    if nb and name.endswith("_nb/en"):
        make = bilingual if others[0].may_wait and not others[0].required else maintained
        first, *others = make(name.removesuffix("_nb/en"), nb, en, required=first.required)
    elif nb:
        first = replace(first, nb=nb, en=en)
    if (first, *others) == fields:
        raise FieldError(f"the override of {name} changes nothing; list its name instead")
    return (first, *others)


def _fields(names: str) -> Iterator[Column]:
    for name in names.split():
        first, _, last = name.partition("/")
        yield _field(first)
        if last:
            yield _field(f"{first.rpartition('_')[0]}_{last}")


def _field(name: str) -> Column:
    if name not in FIELDS:
        raise FieldError(f"no field called {name} is described")
    return FIELDS[name]


STRETCH_END: tuple[Column, ...] = override(
    "valid_to",
    "Dagen det neste ble kjent; tom når raden fortsatt gjelder. Dagen selv hører til neste rad.",
    "The day the next thing became known; empty when the row still holds. The day itself belongs to the next row.",
)
"""The end of a stretch of time, of a result that is kept by stretch."""
