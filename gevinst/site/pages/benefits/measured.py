"""Tables of measurements: baseline, target, value and how it went, one by one and unit by unit.

Belongs here: the columns and cells of those tables.
Does not belong here: what is said without a measurement (`plans.py`) and intervals (mart `measurement_intervals`).
"""

from __future__ import annotations

from gevinst.contracts.vocabulary import BETTER, REACHED, UNCHANGED, WORSE
from gevinst.site.blocks import Bar, Block, Cell, number_cell
from gevinst.site.context import Row as Facts
from gevinst.site.context import View
from gevinst.site.pages.benefits.tables import lower
from gevinst.site.sentences import benefits as sentences
from gevinst.site.table_spec import (
    TableSpec,
    cell_column,
    code_column,
    label_of,
    number_column,
    project_column,
    source_column,
    text_column,
)

_RATE_DRAWN_TO = 1.5
"""A bar is full at half as much again as planned, so that what was planned is at two thirds of every bar."""
_OUTCOME_MARKS = {REACHED: "evidence-3", BETTER: "evidence-2", UNCHANGED: "neutral", WORSE: "minus"}


def plain(view: View, value: float | None) -> str:
    """A number with as many decimals as it has, at most one."""
    return view.number.decimal(value, places(value))


def places(value: float | None) -> int:
    """As many decimals as the value has, at most one."""
    return 0 if value is None or value == round(value) else 1


def _measured_value(view: View, row: Facts) -> Cell:
    """The value; of a survey also the interval, or that nobody says how many answered."""
    note = None
    if row["unit_code"] == "percent_of_respondents":
        note = view.t("page_benefits.respondents_unknown")
        if row["share_low_pct"] is not None:
            low, high = (round(row[name]) for name in ("share_low_pct", "share_high_pct"))
            note = view.t("page_benefits.interval", low=low, high=high, n=row["respondent_count"])
    return Cell(plain(view, row["measured_value"]), value=row["measured_value"], is_number=True, note=note)


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
    """Change measured over change planned, drawn as a bar; empty without a target."""
    rate = row["realisation_rate"]
    if rate is None:
        return Cell("", spoken=view.t("page_benefits.no_target"), value="", is_number=True, csv="")
    length = 100 * min(max(rate, 0.0), _RATE_DRAWN_TO) / _RATE_DRAWN_TO
    bars = (Bar(length, "evidence-3" if rate >= 1 else "evidence-2"), Bar(100 - length, "scale"))
    return Cell(view.number.percent(100 * rate), value=100 * rate, is_number=True, bars=bars)


def _outcome(view: View, row: Facts) -> Cell:
    """How it went, and who says so."""
    day = view.date(row, "measured") if row["measured_on"] else view.t("page_benefits.undated")
    said_by = view.t("page_benefits.said_by", who=lower(view.label("stated_by", row["stated_by_code"])), day=day)
    code = row["measurement_outcome_code"]
    if code is None:
        return Cell(view.number.missing, spoken=view.t("symbols.missing"), note=said_by, csv="")
    label = view.label("measurement_outcome", code)
    if code == "better" and row["target_value"] is None:
        label = view.t("page_benefits.better_without_target")
    return Cell(label, mark=_OUTCOME_MARKS[code], note=said_by, csv=f"{label}, {said_by}")


_MEASUREMENTS = TableSpec(
    "malt",
    caption="page_benefits.measurements_caption",
    tables=("planned_realised",),
    columns=(
        project_column(),
        text_column(
            "page_benefits.indicator", "indicator", note=label_of("measurement_unit", "unit_code"), is_wide=True
        ),
        number_column("page_benefits.baseline", "baseline_value", places=places),
        number_column("page_benefits.target", "target_value", places=places),
        cell_column("page_benefits.measured", _measured_value, is_number=True),
        cell_column("page_benefits.change", _change, is_number=True),
        cell_column("page_benefits.rate", _rate, is_number=True),
        cell_column("page_benefits.outcome", _outcome),
        source_column(),
    ),
    follows_filter=True,
)


def measurements(view: View) -> Block:
    """Every newest measurement: baseline, target, value with interval, change and how it went."""
    order = [project["project_id"] for project in view.data.projects]
    intervals = {row["benefit_measurement_id"]: row for row in view.data.now("measurement_intervals")}
    nothing = dict.fromkeys(("share_low_pct", "share_high_pct"))
    newest = [
        {**row, **{name: intervals.get(row["benefit_measurement_id"], nothing)[name] for name in nothing}}
        for row in view.data.now("planned_realised")
        if row["is_newest"]
    ]
    newest.sort(key=lambda row: (order.index(row["project_id"]), row["benefit_measurement_id"]))
    heading = sentences.measurements_heading(view.data.now("benefit_headlines")[0], view.catalogue)
    return _MEASUREMENTS.block(view, newest, heading=heading)


_UNITS = TableSpec(
    "per-enhet",
    caption="page_benefits.by_unit_caption",
    tables=("realisation_by_unit",),
    columns=(
        code_column("page_benefits.unit", "measurement_unit", "unit_code"),
        code_column("page_benefits.nature", "gain_nature"),
        number_column("page_benefits.measurements", "measurement_count"),
        number_column("page_benefits.with_target", "target_count"),
        number_column("page_benefits.reached", "reached_count"),
        number_column("page_benefits.worse", "disbenefit_count"),
        number_column("page_benefits.unknown_direction", "unknown_count"),
        cell_column("page_benefits.rate", _rate, is_number=True),
    ),
    stays_whole=True,
)


def by_unit(view: View) -> Block:
    """How the newest measurements went, unit by unit; units are never added to each other."""
    counts = view.data.now("benefit_headlines")[0]
    heading = view.t("page_benefits.by_unit", n=counts["unit_count"])
    return _UNITS.block(view, view.data.now("realisation_by_unit"), heading=heading, n=counts["measurement_count"])
