"""Planned beside realised: every indicator with baseline, target and each measurement, and unit by unit.

Belongs here: the columns and cells of those tables, for all projects and for one.
Does not belong here: what is said of benefits (`tables.py`) and how it is computed (mart `planned_realised`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from gevinst.contracts.vocabulary import BETTER, FOR_THE_WORSE, REACHED, UNCHANGED, WORSE
from gevinst.site.blocks import Bar, Block, Cell, missing, number_cell
from gevinst.site.context import View
from gevinst.site.pages.benefits.tables import lower
from gevinst.site.rows import Row as Facts
from gevinst.site.sentences import benefits as sentences
from gevinst.site.sentences.measures import as_stated, places, unit_words
from gevinst.site.table_spec import (
    TableSpec,
    cell_column,
    code_column,
    number_column,
    project_column,
    source_column,
    text_column,
)

_RATE_DRAWN_TO = 1.5
"""A bar is full at half as much again as planned, so that what was planned is at two thirds of every bar."""
_OUTCOME_MARKS = {REACHED: "evidence-4", BETTER: "evidence-2", UNCHANGED: "neutral", WORSE: "minus"}
_SHARE_OF_RESPONDENTS = "percent_of_respondents"


def plain(view: View, value: float | None) -> str:
    """A number with as many decimals as it has, at most one."""
    return as_stated(value, view.catalogue)


def unit_of(view: View, row: Facts) -> str:
    """The unit; of money also the currency and the year whose money it is."""
    return unit_words(row, view.label("measurement_unit", row["unit_code"]), view.catalogue)


def _indicator_note(view: View, row: Facts) -> str:
    """Unit, which way is better, and whether it is a disbenefit that is followed."""
    parts = [unit_of(view, row)]
    if row["desired_direction_code"]:
        parts.append(view.label("desired_direction", row["desired_direction_code"]))
    if row["benefit_sign_code"] == FOR_THE_WORSE:
        parts.append(view.t("page_benefits.is_disbenefit"))
    return "; ".join(parts)


def _planned_value(view: View, row: Facts, stem: str, key: str) -> Cell:
    """A baseline or target with its day; where it has been changed, the first one beside it."""
    value, first = row[f"{stem}_value"], row[f"first_{stem}_value"]
    notes = []
    if row[f"{stem}_on"]:
        notes.append(view.date(row, stem, short=True))
    if row[f"is_{stem}_changed"]:
        notes.append(view.t(f"page_benefits.{key}", value=plain(view, first)))
    cell = number_cell(view, value, places=places(value))
    return replace(cell, note="; ".join(notes) or None)


def _measured_value(view: View, row: Facts) -> Cell:
    """The value and its day; of a survey also the interval; of no measurement, when the next one is to come."""
    if not row["is_measured"]:
        planned = row["next_measurement_on"]
        note = None
        if planned is not None:
            note = view.t("page_benefits.to_be_measured", day=view.date(row, "next_measurement", short=True))
        return Cell(view.t("page_benefits.not_measured"), value="", is_number=True, note=note, csv="")
    notes = [view.date(row, "measured", short=True) if row["measured_on"] else view.t("page_benefits.undated")]
    if row["unit_code"] == _SHARE_OF_RESPONDENTS:
        if row["share_low_pct"] is None:
            notes.append(view.t("page_benefits.respondents_unknown"))
        else:
            low, high = (round(row[name]) for name in ("share_low_pct", "share_high_pct"))
            notes.append(view.t("page_benefits.interval", low=low, high=high, n=row["respondent_count"]))
    if not row["is_newest"]:
        notes.append(view.t("page_benefits.older_measurement"))
    value = row["measured_value"]
    return Cell(plain(view, value), value=value, is_number=True, note="; ".join(notes))


def _change(view: View, row: Facts) -> Cell:
    change = row["change_value"]
    if change is None:
        return number_cell(view, None)
    text = ("+" if change > 0 else "") + plain(view, change)
    if row["is_percentage_points"]:
        note = view.t("page_benefits.points")
    else:
        pct = row["change_pct"]
        note = None if pct is None else ("+" if pct > 0 else "") + view.number.percent(pct)
    return Cell(text, value=change, is_number=True, note=note)


def _rate(view: View, row: Facts) -> Cell:
    """Change measured over change planned, drawn as a bar; without one, why there is none."""
    if row["realisation_rate"] is None:
        return _no_rate(view, _why_no_rate(row))
    return _rate_bar(view, row["realisation_rate"])


def _why_no_rate(row: Facts) -> str:
    if not row["is_measured"]:
        return "not_measured"
    if row["target_value"] is None:
        return "no_target_known"
    return "no_baseline_known" if row["baseline_value"] is None else "nothing_planned"


def _no_rate(view: View, key: str) -> Cell:
    return Cell("", spoken=view.t(f"page_benefits.{key}"), value="", is_number=True, csv="")


def _rate_bar(view: View, rate: float) -> Cell:
    length = 100 * min(max(rate, 0.0), _RATE_DRAWN_TO) / _RATE_DRAWN_TO
    bars = (Bar(length, "evidence-4" if rate >= 1 else "evidence-2"), Bar(100 - length, "scale"))
    return Cell(view.number.percent(100 * rate), value=100 * rate, is_number=True, bars=bars)


def _unit_rate(view: View, row: Facts) -> Cell:
    rate = row["realisation_rate"]
    return _no_rate(view, "no_rate_of_unit") if rate is None else _rate_bar(view, rate)


def outcome_of(view: View, row: Facts) -> str:
    """How a measurement went; one without a target has missed none."""
    if row["measurement_outcome_code"] == BETTER and row["target_value"] is None:
        return view.t("page_benefits.better_without_target")
    return view.label("measurement_outcome", row["measurement_outcome_code"])


def _outcome(view: View, row: Facts) -> Cell:
    """How it went and who says so; of a plan, what it says itself of how far the benefit has come."""
    notes = []
    if row["stated_by_code"] is not None:
        notes.append(view.t("page_benefits.said_by", who=lower(view.label("stated_by", row["stated_by_code"]))))
    if row["benefit_status_code"] is not None:
        notes.append(_plan_status(view, row))
    note = ". ".join(notes) or None
    code = row["measurement_outcome_code"]
    if code is None:
        known = missing(view) if row["is_measured"] else Cell("", value="")
        return replace(known, note=note, csv=note or "")
    label = outcome_of(view, row)
    return Cell(label, mark=_OUTCOME_MARKS[code], note=note, csv=". ".join((label, *notes)))


def _plan_status(view: View, row: Facts) -> str:
    status = lower(view.label("benefit_status", row["benefit_status_code"]))
    if row["status_on"] is None:
        return view.t("page_benefits.plan_says", status=status)
    return view.t("page_benefits.plan_says_on", status=status, day=view.date(row, "status", short=True))


_PLAN_COLUMNS = (
    text_column("page_benefits.indicator", "indicator", note=_indicator_note, is_wide=True),
    cell_column(
        "page_benefits.baseline", lambda view, row: _planned_value(view, row, "baseline", "was_first"), is_number=True
    ),
    cell_column(
        "page_benefits.target", lambda view, row: _planned_value(view, row, "target", "was_first"), is_number=True
    ),
    cell_column("page_benefits.measured", _measured_value, is_number=True),
    cell_column("page_benefits.change", _change, is_number=True),
    cell_column("page_benefits.rate", _rate, is_number=True),
    cell_column("page_benefits.outcome", _outcome),
    source_column(),
)
_REALISED = TableSpec(
    "malt",
    caption="page_benefits.realised_caption",
    tables=("planned_realised",),
    columns=(project_column(), *_PLAN_COLUMNS),
    follows_filter=True,
)


def _realised_rows(view: View, planned: Iterable[Facts]) -> list[Facts]:
    """Indicators with each of their measurements, oldest first, and with nothing measured where nothing is."""
    places_of = view.data.project_places
    intervals = view.data.grouped("measurement_intervals", "benefit_measurement_id")
    nothing: Sequence[Facts] = (dict.fromkeys(("share_low_pct", "share_high_pct")),)
    rows = [
        {**row, **{name: intervals.get(row["benefit_measurement_id"], nothing)[-1][name] for name in nothing[0]}}
        for row in planned
    ]
    return sorted(
        rows,
        key=lambda row: (
            places_of[row["project_id"]],
            row["benefit_id"],
            row["benefit_plan_id"],
            row["is_newest"],
            str(row["measured_on"] or ""),
            row["benefit_measurement_id"] or "",
        ),
    )


def realised(view: View) -> Block:
    """Planned beside realised: a plan without measurement, a measurement without target and a changed baseline "
    "alike."""
    heading = sentences.realisation_heading(view.data.now("benefit_headlines")[0], view.catalogue)
    return _REALISED.block(view, _realised_rows(view, view.data.now("planned_realised")), heading=heading)


_OF_PROJECT = TableSpec(
    "malinger",
    heading="page_project.plans",
    caption="page_project.plans_caption",
    tables=("planned_realised",),
    columns=_PLAN_COLUMNS,
)


def realised_of_project(view: View, project_id: str) -> Block | None:
    """The same for one project; nothing where no indicator is known."""
    planned = view.data.of_project("planned_realised", project_id)
    return _OF_PROJECT.block_if_any(view, _realised_rows(view, planned))


_UNITS = TableSpec(
    "per-enhet",
    caption="page_benefits.by_unit_caption",
    tables=("realisation_by_unit",),
    columns=(
        code_column("page_benefits.unit", "measurement_unit", "unit_code"),
        code_column("page_benefits.nature", "gain_nature"),
        number_column("page_benefits.indicators", "plan_count"),
        number_column("page_benefits.measurements", "measurement_count"),
        number_column("page_benefits.with_target", "target_count"),
        number_column("page_benefits.reached", "reached_count"),
        number_column("page_benefits.worse", "disbenefit_count"),
        number_column("page_benefits.unknown_direction", "unknown_count"),
        cell_column("page_benefits.rate", _unit_rate, is_number=True),
    ),
    stays_whole=True,
)


def by_unit(view: View) -> Block:
    """How many indicators there are of each unit, and how the newest measurements went; units are never added."""
    counts = view.data.now("benefit_headlines")[0]
    heading = view.t("page_benefits.by_unit", n=counts["unit_count"])
    return _UNITS.block(view, view.data.now("realisation_by_unit"), heading=heading, n=counts["plan_count"])
