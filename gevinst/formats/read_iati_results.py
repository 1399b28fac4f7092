"""Results of activities of others, to proposed benefits, plans and measurements.

Belongs here: what becomes of a ``result``: its indicators are plans, targets are theirs, and actuals are measurements.
Does not belong here: the activity around it (`read_iati.py`), and writing results (`iati_results.py`).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from gevinst.bilingual import LANGUAGES
from gevinst.formats import iati
from gevinst.formats.foreign_xml import Element
from gevinst.formats.iati_fields import carry_texts, column_language
from gevinst.formats.importer import Record
from gevinst.formats.model import FILL_IN
from gevinst.formats.values import amount_of, date_of, number_of
from gevinst.reference import shipped

_LEVELS: Mapping[str, str] = {code: level for level, code in iati.RESULT_TYPES.items()}
_DIRECTIONS = {"1": "higher", "true": "higher", "0": "lower", "false": "lower"}
_PARTS = ("dimension", "location")
_YEARS = range(1900, 2200)


class _Value(NamedTuple):
    """A target or an actual with its place in the file and its period."""

    path: str
    element: Element
    amount: Decimal
    period: str
    on: date
    precision: str
    is_exact: bool


class Results:
    """What results are read with: the labels of codes, by language."""

    def __init__(self) -> None:
        labels = list(_labels())
        self._units = {
            (language, label.lower()): code for name, code, language, label in labels if name == "measurement_unit"
        }
        self._stated_by = {
            (language, iati.measured_by(language, label)): code
            for name, code, language, label in labels
            if name == "stated_by"
        }

    def propose(self, record: Record, activity: Element, project_id: str, usual: str | None, *, is_own: bool) -> None:
        """Propose a benefit for each result of an activity; `usual` is the language of texts that name none."""
        used: set[str] = set()
        for n, result in activity.all("result"):
            path = f"result/{n}"
            benefit = record.row("benefits", {"benefit_id": f"{project_id}-{n + 1:02}", "project_id": project_id})
            if is_own:
                _own_id(record, path, result, benefit, used)
            used.add(benefit["benefit_id"])
            for name in _references(path, result):
                if record.is_open(name):
                    record.name(name, "no_field")
            for m, title in result.all("title"):
                carry_texts(record, f"{path}/title/{m}", title, benefit, "name", usual)
            if not _has_title(result):
                record.fault(f"{path}/title", "field_missing")
            level = _LEVELS.get(record.text(f"{path}/@type"))
            _settle(record, f"{path}/@type", benefit, "chain_level_code", level, "other_result_type")
            for m, indicator in result.all("indicator"):
                plan_id = f"{benefit['benefit_id']}-plan-{m + 1:02}"
                plan = record.row("benefit_plans", {"benefit_plan_id": plan_id, "benefit_id": benefit["benefit_id"]})
                self._indicator(record, f"{path}/indicator/{m}", indicator, plan, usual)

    def _indicator(
        self, record: Record, path: str, indicator: Element, plan: dict[str, Any], usual: str | None
    ) -> None:
        for n, title in indicator.all("title"):
            carry_texts(record, f"{path}/title/{n}", title, plan, "indicator", usual)
        if not _has_title(indicator):
            record.fault(f"{path}/title", "field_missing")
        self._unit(record, path, indicator, plan, usual)
        direction = _DIRECTIONS.get(record.text(f"{path}/@ascending"))
        _settle(record, f"{path}/@ascending", plan, "desired_direction_code", direction, "unknown_code")
        _baseline(record, path, indicator, plan)
        targets: list[_Value] = []
        actuals: list[_Value] = []
        for n, period in indicator.all("period"):
            _period(record, f"{path}/period/{n}", period, targets, actuals)
        last = max(targets, key=lambda target: target.on, default=None)
        if last:
            _carry_value(record, last, plan, "target")
        for number, actual in enumerate(actuals, 1):
            measurement = record.row(
                "benefit_measurements",
                {
                    "benefit_measurement_id": f"{plan['benefit_plan_id']}-{number:02}",
                    "benefit_plan_id": plan["benefit_plan_id"],
                },
            )
            _carry_value(record, actual, measurement, "measured")
            for n, comment in actual.element.all("comment"):
                self._comment(record, f"{actual.path}/comment/{n}", comment, measurement, usual)

    def _unit(self, record: Record, path: str, indicator: Element, plan: dict[str, Any], usual: str | None) -> None:
        """The unit: by its name, which stands in the description of what was exported from here, else per cent."""
        texts = []
        for n, description in indicator.all("description"):
            for m, narrative in description.all("narrative"):
                language = column_language(narrative.attributes.get(iati.LANGUAGE, usual))
                unit = self._units.get((language or "", narrative.text.lower()))
                texts.append((f"{path}/description/{n}/narrative/{m}", unit))
        named = {unit for _, unit in texts if unit}
        unit = named.pop() if len(named) == 1 else None
        measure = record.text(f"{path}/@measure")
        for name, found in texts:
            for one in (name, f"{name}/@{iati.LANGUAGE}"):
                if record.is_open(one) and unit and found == unit:
                    record.carry(one, plan, "unit_code", unit)
                elif record.is_open(one):
                    record.name(one, "no_field")
        unit = unit or (iati.PERCENT if measure == iati.MEASURE_PERCENT else None)
        if not record.is_open(f"{path}/@measure"):
            return
        if unit:
            record.carry(f"{path}/@measure", plan, "unit_code", unit)
        elif measure == iati.MEASURE_QUALITATIVE:
            record.name(f"{path}/@measure", "qualitative")
        else:
            record.name(f"{path}/@measure", "unit_unknown", kind=FILL_IN)

    def _comment(self, record: Record, path: str, comment: Element, row: dict[str, Any], usual: str | None) -> None:
        """How it was measured; what was exported from here says first who states it."""

        def without_who(text: str, language: str) -> str:
            for (of_language, words), code in self._stated_by.items():
                if of_language == language and (text == words or text.startswith(f"{words} ")):
                    row["stated_by_code"] = code
                    return text.removeprefix(words).strip() or text
            return text

        carry_texts(record, path, comment, row, "method", usual, without_who)


def _labels() -> Iterator[tuple[str, str, str, str]]:
    """The code lists that come with the program: list, code, language and label."""
    path = shipped("codelists")
    if path is None:
        raise FileNotFoundError("codelists.csv does not come with the program")
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for language in LANGUAGES:
                yield row["codelist"], row["code"], language, row[f"label_{language}"]


def _own_id(record: Record, path: str, result: Element, benefit: dict[str, Any], used: set[str]) -> None:
    """The benefit's own id, where the file was exported from here."""
    for n, reference in result.all("reference"):
        name = f"{path}/reference/{n}/@code"
        is_own = reference.attributes.get("vocabulary") == iati.OWN_VOCABULARY
        if is_own and record.is_open(name) and record.text(name) not in used:
            record.carry(name, benefit, "benefit_id")
            return


def _has_title(element: Element) -> bool:
    return any(narrative.text for _, title in element.all("title") for narrative in title.children)


def _references(path: str, result: Element) -> list[str]:
    return [f"{path}/reference/{n}/@code" for n, _ in result.all("reference")]


def _settle(record: Record, name: str, row: dict[str, Any], column: str, value: str | None, reason: str) -> None:
    """Carry a code that the registry has, and name any other."""
    if not record.is_open(name):
        return
    if value:
        record.carry(name, row, column, value)
    else:
        record.name(name, reason)


def _amount(record: Record, path: str, element: Element) -> Decimal | None:
    """The value of a baseline, target or actual; `None`, and named, when it is none or only a part."""
    name = f"{path}/@value"
    if not record.is_open(name):
        return None
    if any(child.name in _PARTS for child in element.children):
        record.name(name, "part_of_value")
        return None
    amount = amount_of(record.text(name))
    if amount is None:
        record.fault(name, "bad_measured_value")
    return amount


def _baseline(record: Record, path: str, indicator: Element, plan: dict[str, Any]) -> None:
    """The first baseline of the whole; later ones are named by the frame."""
    for n, element in indicator.all("baseline"):
        place = f"{path}/baseline/{n}"
        if "baseline_value" in plan:
            return
        amount = _amount(record, place, element)
        if amount is None:
            continue
        day, year = record.text(f"{place}/@iso-date"), record.text(f"{place}/@year")
        found = date_of(day) if day else None
        if day and found is None:
            record.fault(f"{place}/@iso-date", "bad_iso_date")
        if found is None and year.isdecimal() and int(year) in _YEARS:
            found = date_of(year)
        record.carry(f"{place}/@value", plan, "baseline_value", number_of(amount))
        if found is None:
            if year:
                record.fault(f"{place}/@year", "bad_iso_date")
            continue
        plan["baseline_precision"] = found.precision
        if record.is_open(f"{place}/@iso-date"):
            record.carry(f"{place}/@iso-date", plan, "baseline_on", found.on)
        if year and year != str(found.on.year):
            record.fault(f"{place}/@year", "years_differ")
        elif year:
            record.carry(f"{place}/@year", plan, "baseline_on", found.on)


def _period(record: Record, path: str, period: Element, targets: list[_Value], actuals: list[_Value]) -> None:
    """Add the values of a period, with the day, month or year that it is, else its last day."""
    bounds = [f"{path}/period-start/0/@iso-date", f"{path}/period-end/0/@iso-date"]
    days = [date_of(record.text(name)) for name in bounds]
    for name, day in zip(bounds, days, strict=True):
        if day is None and record.is_open(name):
            record.fault(name, "bad_iso_date")
    first, last = days
    when = iati.dated(first.on, last.on) if first and last else None
    is_in_order = first is not None and last is not None and first.on <= last.on
    n = 0
    for kind, found in (("target", targets), ("actual", actuals)):
        for place, element in period.all(kind):
            value = f"{path}/{kind}/{place}"
            if first is None or last is None or not is_in_order:
                if record.is_open(f"{value}/@value"):
                    record.name(f"{value}/@value", "value_without_period")
                continue
            amount = _amount(record, value, element)
            if amount is not None:
                on, precision = when or (last.on, "day")
                found.append(_Value(value, element, amount, path, on, precision, when is not None))
                n += 1
    if not n:
        for name in bounds:
            if record.is_open(name):
                record.name(name, "period_without_value")


def _carry_value(record: Record, value: _Value, row: dict[str, Any], stem: str) -> None:
    """Carry a value and its time; the period is settled by the first of its values."""
    record.carry(f"{value.path}/@value", row, f"{stem}_value", number_of(value.amount))
    row |= {f"{stem}_on": value.on, f"{stem}_precision": value.precision}
    start, end = (f"{value.period}/{name}/0/@iso-date" for name in ("period-start", "period-end"))
    if record.is_open(end):
        record.carry(end, row, f"{stem}_on", value.on)
    if record.is_open(start) and value.is_exact:
        record.carry(start, row, f"{stem}_on", value.on)
    elif record.is_open(start):
        record.name(start, "end_of_period_used")
