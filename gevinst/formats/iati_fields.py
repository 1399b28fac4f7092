"""Every field of an activity of IATI 2.0x that Gevinst knows, and how the elements of a file become fields.

Belongs here: where each element and attribute goes or why it has no place, and the texts in an element.
Does not belong here: what rows are proposed (`read_iati.py`, `read_iati_results.py`), and XML (`foreign_xml.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from sys import intern
from typing import Any

from gevinst.bilingual import ENTERED, LANGUAGES
from gevinst.formats import iati
from gevinst.formats.foreign_xml import Element
from gevinst.formats.headings import Leaf
from gevinst.formats.importer import Carried, Fields, Named, Record, pattern
from gevinst.formats.values import readable, shown

_NO_FIELD = Named("no_field")
_INDICATOR = "result/*/indicator/*"
_PERIOD = f"{_INDICATOR}/period/*"
_WHOLE = {
    **dict.fromkeys(
        (
            *("other-identifier", "activity-scope", "recipient-region", "location", "tag", "country-budget-items"),
            *("humanitarian-scope", "policy-marker", "collaboration-type", "default-flow-type"),
            *("default-finance-type", "default-aid-type", "default-tied-status", "budget", "planned-disbursement"),
            *("capital-spend", "transaction", "document-link", "related-activity", "legacy-data", "conditions"),
            *("crs-add", "fss", "dimension", "comment", "reference"),
        ),
        _NO_FIELD,
    ),
    "contact-info": Named("person", is_personal=True),
}
"""Elements that have no place with all that is in them, wherever they stand."""


def _texts(path: str, fate: Carried | Named) -> dict[str, Carried | Named]:
    return {f"{path}/narrative/*": fate, f"{path}/narrative/*/@{iati.LANGUAGE}": fate}


FIELDS: Fields = {
    f"@{iati.LANGUAGE}": Named("iati_language"),
    **{
        f"@{name}": _NO_FIELD
        for name in (
            *("default-currency", "last-updated-datetime", "hierarchy", "humanitarian", "linked-data-uri"),
            "budget-not-provided",
        )
    },
    "iati-identifier/*": Carried("projects.source_locator"),
    **_texts("reporting-org/*", Named("iati_reporter")),
    **{f"reporting-org/*/@{name}": Named("iati_reporter") for name in ("ref", "type", "secondary-reporter")},
    **_texts("title/*", Carried("projects.name_nb")),
    **_texts("description/*", Carried("projects.problem_nb")),
    "description/*/@type": _NO_FIELD,
    "participating-org/*/narrative/*": Carried("participations.organisation_name"),
    f"participating-org/*/narrative/*/@{iati.LANGUAGE}": _NO_FIELD,
    "participating-org/*/@ref": Carried("participations.organisation_id"),
    "participating-org/*/@role": Carried("participations.role_code"),
    "participating-org/*/@type": Named("organisation_kind"),
    "participating-org/*/@activity-id": _NO_FIELD,
    "participating-org/*/@crs-channel-code": _NO_FIELD,
    "activity-status/*/@code": Named("iati_status"),
    "activity-date/*/@type": Carried("project_events.event_code"),
    "activity-date/*/@iso-date": Carried("project_events.event_on"),
    "activity-date/*/narrative/*": Carried("project_events.event_precision"),
    f"activity-date/*/narrative/*/@{iati.LANGUAGE}": _NO_FIELD,
    **_texts("recipient-country/*", _NO_FIELD),
    "recipient-country/*/@code": _NO_FIELD,
    "recipient-country/*/@percentage": _NO_FIELD,
    **_texts("sector/*", Named("category_not_a_sector")),
    "sector/*/@code": Carried("projects.sector_code"),
    "sector/*/@vocabulary": Named("vocabulary"),
    "sector/*/@vocabulary-uri": Named("vocabulary"),
    "sector/*/@percentage": Named("category_not_a_sector"),
    "result/*/@type": Carried("benefits.chain_level_code"),
    "result/*/@aggregation-status": _NO_FIELD,
    **_texts("result/*/title/*", Carried("benefits.name_nb")),
    **_texts("result/*/description/*", _NO_FIELD),
    "result/*/reference/*/@code": Carried("benefits.benefit_id"),
    "result/*/reference/*/@vocabulary": Named("vocabulary"),
    "result/*/reference/*/@vocabulary-uri": Named("vocabulary"),
    f"{_INDICATOR}/@measure": Carried("benefit_plans.unit_code"),
    f"{_INDICATOR}/@ascending": Carried("benefit_plans.desired_direction_code"),
    f"{_INDICATOR}/@aggregation-status": _NO_FIELD,
    **_texts(f"{_INDICATOR}/title/*", Carried("benefit_plans.indicator_nb")),
    **_texts(f"{_INDICATOR}/description/*", Carried("benefit_plans.unit_code")),
    f"{_INDICATOR}/baseline/*/@value": Carried("benefit_plans.baseline_value"),
    f"{_INDICATOR}/baseline/*/@year": Carried("benefit_plans.baseline_on"),
    f"{_INDICATOR}/baseline/*/@iso-date": Carried("benefit_plans.baseline_on"),
    f"{_PERIOD}/period-start/*/@iso-date": Carried("benefit_measurements.measured_on"),
    f"{_PERIOD}/period-end/*/@iso-date": Carried("benefit_measurements.measured_on"),
    f"{_PERIOD}/target/*/@value": Carried("benefit_plans.target_value"),
    f"{_PERIOD}/actual/*/@value": Carried("benefit_measurements.measured_value"),
    **_texts(f"{_PERIOD}/actual/*/comment/*", Carried("benefit_measurements.method_nb")),
    **{f"{name}/*": fate for name, fate in _WHOLE.items()},
}
"""Each field of an activity that Gevinst knows. Of those carried, one that cannot be is named with what is wrong."""

_BOKMAL = ("no",)
"""Codes of languages that are not the registry's own and mean its first: files say "no" of bokmål."""


def leaves(activity: Element) -> Iterator[Leaf]:
    """Every attribute and text of an activity with the path to it, by the names that `FIELDS` has."""
    seen: Counter[str] = Counter()
    waiting: list[tuple[str, Element]] = [("", activity)]
    while waiting:
        path, element = waiting.pop()
        start = f"{path}/" if path else ""
        for name, value in element.attributes.items():
            if shown(value) and not name.startswith("xmlns"):
                yield _leaf(f"{start}@{name}", value, seen)
        if element.text:
            yield _leaf(path or "text()", element.text, seen)
        places: Counter[str] = Counter()
        inside = []
        for child in element.children:
            inside.append((f"{start}{child.name}/{places[child.name]}", child))
            places[child.name] += 1
        waiting += reversed(inside)


def _leaf(path: str, value: str, seen: Counter[str]) -> Leaf:
    path = intern(readable(path))
    whole = next((part for part in path.split("/") if part in _WHOLE), None) if pattern(path) not in FIELDS else None
    if whole is None:
        return Leaf(path, path, value)
    seen[whole] += 1
    return Leaf(f"{whole}/{seen[whole]}", path, value)


def carry_texts(
    record: Record,
    path: str,
    element: Element,
    row: dict[str, Any],
    stem: str,
    usual: str | None,
    read: Callable[[str, str], str] = lambda text, language: text,
) -> None:
    """Carry the narratives of an element to the columns of `stem`; `usual` is the language of those that name none.

    `read` makes what is carried of a text in a language.
    """
    for n, narrative in element.all("narrative"):
        name = f"{path}/narrative/{n}"
        stated = f"{name}/@{iati.LANGUAGE}"
        names = [one for one in (name, stated) if record.is_open(one)]
        language = column_language(narrative.attributes.get(iati.LANGUAGE, usual))
        column = f"{stem}_{language}"
        if language is None:
            for one in names:
                record.name(one, "other_language")
        elif narrative.text and column not in row:
            value = read(narrative.text, language)
            for one in names:
                record.carry(one, row, column, value)


def column_language(stated: str | None) -> str | None:
    """The language of the registry that a file means, or `None`."""
    code = (stated or "").strip().lower().replace("_", "-").partition("-")[0]
    return ENTERED if code in _BOKMAL else code if code in LANGUAGES else None
