"""Tables of measurements: baseline, target, value and how it went, one by one and unit by unit.

Belongs here: the columns and cells of those tables.
Does not belong here: what is said without a measurement (`benefits_plans.py`).
"""

from __future__ import annotations

from gevinst.contracts.vocabulary import BETTER, REACHED, UNCHANGED, WORSE
from gevinst.method.shares import wilson_interval
from gevinst.site.blocks import Bar, Block, Cell, Row, Table, columns, made, number_cell, source_cell, source_line
from gevinst.site.context import Row as Facts
from gevinst.site.context import View
from gevinst.site.pages.benefits.tables import lower, name_cell
from gevinst.site.sentences import benefits as sentences

_RATE_DRAWN_TO = 1.5
_OUTCOME_MARKS = {REACHED: "evidence-3", BETTER: "evidence-2", UNCHANGED: "neutral", WORSE: "minus"}


def measurements(view: View) -> Block:
    """Every newest measurement: baseline, target, value with interval, change and how it went."""
    newest = [row for row in view.data.now("planned_realised") if row["is_newest"]]
    order = [project["project_id"] for project in view.data.projects]
    newest.sort(key=lambda row: (order.index(row["project_id"]), row["benefit_measurement_id"]))
    headings = ("indicator", "baseline", "target", "measured", "change", "rate", "outcome")
    caption = view.t("page_benefits.measurements_caption", n=len(newest))
    table = Table(
        "malt",
        caption,
        columns(
            view,
            ("common.project", *(f"page_benefits.{name}" for name in headings), "common.source"),
            numbers=(2, 3, 4, 5, 6),
            wide=(1,),
        ),
        tuple(_measurement(view, row) for row in newest),
    )
    return Block(
        sentences.measurements_heading(view.data.frame_now("planned_realised").filter(is_newest=True), view.catalogue),
        caption,
        table,
        source_line(view, "planned_realised"),
        (made(view, "planned_realised"),),
        follows_filter=True,
    )


def _measurement(view: View, row: Facts) -> Row:
    return Row(
        (
            name_cell(view, row["project_id"]),
            Cell(view.text(row, "indicator") or "", note=view.label("measurement_unit", row["unit_code"])),
            *_told(view, row),
            source_cell(view, row),
        ),
        project_id=row["project_id"],
    )


def _told(view: View, row: Facts) -> list[Cell]:
    """What the measurement says: baseline, target, value, change, rate and outcome."""
    day = view.date(row, "measured") if row["measured_on"] else view.t("page_benefits.undated")
    said_by = view.t("page_benefits.said_by", who=lower(view.label("stated_by", row["stated_by_code"])), day=day)
    return [
        *(number_cell(view, row[name], places=places(row[name])) for name in ("baseline_value", "target_value")),
        _measured_value(view, row),
        _change(view, row),
        _rate(view, row),
        _outcome(view, row, said_by),
    ]


def _outcome(view: View, row: Facts, said_by: str) -> Cell:
    code = row["measurement_outcome_code"]
    if code is None:
        return Cell(view.number.missing, spoken=view.t("symbols.missing"), note=said_by, csv="")
    label = view.label("measurement_outcome", code)
    if code == "better" and row["target_value"] is None:
        label = view.t("page_benefits.better_without_target")
    return Cell(label, mark=_OUTCOME_MARKS[code], note=said_by, csv=f"{label}, {said_by}")


def _measured_value(view: View, row: Facts) -> Cell:
    """The value; of a survey also the interval, or that nobody says how many answered."""
    value = row["measured_value"]
    note = None
    if row["unit_code"] == "percent_of_respondents":
        note = view.t("page_benefits.respondents_unknown")
        if (n := row["respondent_count"]) is not None:
            low, high = wilson_interval(round(value * n / 100), n) or (0.0, 1.0)
            note = view.t("page_benefits.interval", low=round(100 * low), high=round(100 * high), n=n)
    return Cell(plain(view, value), value=value, is_number=True, note=note)


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


def by_unit(view: View) -> Block:
    """How the newest measurements went, unit by unit; units are never added to each other."""
    rows = view.data.now("realisation_by_unit")
    headings = ("unit", "nature", "measurements", "with_target", "reached", "worse", "unknown_direction", "rate")
    caption = view.t("page_benefits.by_unit_caption", n=sum(row["measurement_count"] for row in rows))
    counts = ("measurement_count", "target_count", "reached_count", "disbenefit_count", "unknown_count")
    table = Table(
        "per-enhet",
        caption,
        columns(view, [f"page_benefits.{name}" for name in headings], numbers=range(2, 8)),
        tuple(
            Row(
                (
                    Cell(view.label("measurement_unit", row["unit_code"])),
                    Cell(view.label("gain_nature", row["gain_nature_code"])),
                    *(number_cell(view, row[name]) for name in counts),
                    _rate(view, row),
                )
            )
            for row in rows
        ),
    )
    return Block(
        view.t("page_benefits.by_unit", n=len({row["unit_code"] for row in rows})),
        caption,
        table,
        source_line(view, "realisation_by_unit"),
        (made(view, "realisation_by_unit"),),
        stays_whole=True,
    )


def plain(view: View, value: float | None) -> str:
    return view.number.decimal(value, places(value))


def places(value: float | None) -> int:
    """As many decimals as the value has, at most one."""
    return 0 if value is None or value == round(value) else 1
