"""Benefits with a plan, as results of an activity of IATI: targets as planned, actuals as measured.

Belongs here: what a benefit, its plan and its measurements are in a ``result``, and why some of them are in none.
Does not belong here: the activity around it (`write_iati.py`).
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import defaultdict
from datetime import date
from decimal import Decimal

from gevinst.bilingual import LANGUAGES
from gevinst.contracts.vocabulary import FOR_THE_WORSE, MONEY
from gevinst.formats import iati
from gevinst.formats.iati_writing import Row, Writing, labelled, text_in, texts

_ABANDONED = "abandoned"


def write_results(activity: ET.Element, project_id: str, writing: Writing) -> None:
    """Write a result for each benefit of a project that somebody planned to measure."""
    unplanned = 0
    for benefit in writing.benefits.get(project_id, []):
        plans = writing.plans.get(benefit["benefit_id"], [])
        unplanned += not plans
        told = [plan for plan in plans if not _left_out(plan, benefit, writing)]
        if not told:
            continue
        kind = iati.RESULT_TYPES.get(told[0]["gain_nature_code"], iati.OTHER_RESULT)
        result = ET.SubElement(activity, "result", {"type": kind})
        texts(ET.SubElement(result, "title"), benefit, "name")
        ET.SubElement(result, "reference", {"vocabulary": iati.OWN_VOCABULARY, "code": benefit["benefit_id"]})
        for plan in told:
            _indicator(result, plan, writing)
    if unplanned:
        writing.leave(project_id, "result", "no_indicator", n=unplanned)


def _left_out(plan: Row, benefit: Row, writing: Writing) -> bool:
    """Whether a plan is no indicator of a result, which is then named."""
    if benefit["benefit_sign_code"] == FOR_THE_WORSE:
        reason = "for_the_worse"
    elif plan["gain_nature_code"] is None:
        reason = "no_result"
    elif plan["unit_kind_code"] == MONEY:
        reason = "money_without_currency"
    else:
        return False
    writing.leave(plan["benefit_plan_id"], "indicator", reason)
    return True


def _indicator(result: ET.Element, plan: Row, writing: Writing) -> None:
    said = {"measure": iati.measure_of(plan["unit_code"], plan["unit_kind_code"])}
    if plan["desired_direction_code"]:
        said["ascending"] = "1" if plan["desired_direction_code"] == "higher" else "0"
    indicator = ET.SubElement(result, "indicator", said)
    texts(ET.SubElement(indicator, "title"), plan, "indicator")
    labelled(ET.SubElement(indicator, "description"), "measurement_unit", plan["unit_code"], writing)
    _baseline(indicator, plan, writing)
    periods: dict[tuple[date, date], list[tuple[str, Row]]] = defaultdict(list)
    if plan["target_value"] is not None and _can_be_target(plan, writing):
        periods[iati.span_of(plan["target_on"], plan["target_precision"])].append(("target", plan))
    for measurement in plan["measurements"]:
        if measurement["measured_on"] is None:
            writing.leave(measurement["benefit_measurement_id"], "actual", "no_day_measured")
            continue
        when = iati.span_of(measurement["measured_on"], measurement["measured_precision"])
        periods[when].append(("actual", measurement))
    for (first, last), values in sorted(periods.items(), key=lambda item: item[0]):
        period = ET.SubElement(indicator, "period")
        ET.SubElement(period, "period-start", {"iso-date": first.isoformat()})
        ET.SubElement(period, "period-end", {"iso-date": last.isoformat()})
        for name, row in sorted(values, key=lambda value: value[0], reverse=True):  # IATI has targets first
            _value(period, name, row, writing)


def _can_be_target(plan: Row, writing: Writing) -> bool:
    if plan["benefit_status_code"] == _ABANDONED:
        reason = "abandoned_target"
    elif plan["target_on"] is None:
        reason = "no_target_day"
    else:
        return True
    writing.leave(plan["benefit_plan_id"], "target", reason)
    return False


def _baseline(indicator: ET.Element, plan: Row, writing: Writing) -> None:
    """The value before, whose year IATI requires; it has no place for a month alone."""
    if plan["baseline_value"] is None:
        return
    on, precision = plan["baseline_on"], plan["baseline_precision"]
    if on is None:
        writing.leave(plan["benefit_plan_id"], "baseline", "no_baseline_year")
        return
    if precision == "month":
        writing.leave(plan["benefit_plan_id"], "baseline", "month_of_baseline", known=iati.cut(on, precision))
    day = {"iso-date": on.isoformat()} if precision == "day" else {}
    ET.SubElement(indicator, "baseline", {**day, "year": str(on.year), "value": _number(plan["baseline_value"])})


def _value(period: ET.Element, name: str, row: Row, writing: Writing) -> None:
    """A target, or what was measured with who says so and how: a supplier's own figure must not pass for another's."""
    if name == "target":
        ET.SubElement(period, name, {"value": _number(row["target_value"])})
        return
    comment = ET.SubElement(ET.SubElement(period, name, {"value": _number(row["measured_value"])}), "comment")
    for language in LANGUAGES:
        who = iati.measured_by(language, writing.labels["stated_by", row["stated_by_code"], language])
        text_in(comment, "narrative", " ".join(filter(None, (who, row[f"method_{language}"]))), language)


def _number(value: float) -> str:
    """A number in digits, none of them lost."""
    return f"{Decimal(repr(value)).normalize():f}"
