"""Effects without and with a price: the plus-minus scale, worked scenarios in kroner, and where they turn.

Belongs here: the columns and cells of those tables.
Does not belong here: the calculation (`gevinst.method`) and what a reader may try (`benefits_trying.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import polars as pl

from gevinst.contracts.vocabulary import BENEFIT, SCENARIOS
from gevinst.language.numbers import MINUS
from gevinst.method.assumptions import documented_total, effects_under, flows_under
from gevinst.method.frames import lazy
from gevinst.method.npv import break_even
from gevinst.method.returns import internal_rates
from gevinst.method.uncertainty import FRAM_FACTORS, one_way
from gevinst.site.badges import evidence_cell
from gevinst.site.blocks import Bar, Block, Cell, Row, Table, columns, made, missing, source_cell, source_line
from gevinst.site.context import Row as Facts
from gevinst.site.context import View
from gevinst.site.pages.benefits.tables import name_cell
from gevinst.site.sentences import benefits as sentences

_STEPS = range(-4, 5)
MILLIONS = 2
"""Decimals of millions of kroner: enough to tell the sign of what is worth trying."""


@dataclass(frozen=True)
class Economy:
    """What is computed from the values stated in one edition; empty frames when nobody states any."""

    view: View

    @cached_property
    def effects(self) -> pl.DataFrame:
        """Present values per effect and scenario, under the ruleset."""
        return effects_under(self.view.data.tables, self.view.edition.edition_year)

    @cached_property
    def flows(self) -> pl.DataFrame:
        """Yearly flows per effect and scenario."""
        return flows_under(self.view.data.tables, self.view.edition.edition_year)

    @cached_property
    def values(self) -> dict[str, Facts]:
        """The stated values by id."""
        return {row["benefit_value_id"]: row for row in self.view.data.rows("benefit_values")}

    @cached_property
    def by_project(self) -> dict[str, dict[str, Facts]]:
        """Rows of mart `priced_effects` by project and scenario, the highest middle estimate first, unknown last."""
        found: dict[str, dict[str, Facts]] = {}
        for row in self.view.data.now("priced_effects"):
            found.setdefault(row["project_id"], {})[row["scenario_code"]] = row
        return dict(sorted(found.items(), key=lambda item: _highest_first(item[1]["mid"]["npv_nok"], item[0])))

    def weakest_evidence(self, project_id: str) -> str | None:
        """How sure the least sure benefit of a project is; `None` when one of them is tied to no claim."""
        chosen = self.effects.filter((pl.col("project_id") == project_id) & (pl.col("effect_kind_code") == BENEFIT))
        codes = set(chosen["evidence_code"])
        return None if None in codes else min(codes, key=sentences.LEVELS.index, default=None)


def _highest_first(npv: float | None, project_id: str) -> tuple[bool, float, str]:
    return npv is None, -(npv or 0.0), project_id


def non_priced(view: View) -> Block | None:
    """Effects without a price on the scale from minus four to plus four; never added, never turned into kroner."""
    reasons = {row["non_priced_effect_id"]: row for row in view.data.rows("non_priced_effects")}
    order = [project["project_id"] for project in view.data.projects]
    rows = sorted(
        view.data.now("non_priced_assessments"),
        key=lambda row: (order.index(row["project_id"]), row["non_priced_effect_id"]),
    )
    if not rows:
        return None
    headings = ("effect", "quantity", "unit_value", "scale")
    caption = view.t("page_benefits.non_priced_caption", n=len(rows))
    table = Table(
        "ikke-prissatt",
        caption,
        columns(
            view,
            ("common.project", *(f"page_benefits.{name}" for name in headings), "common.source"),
            numbers=(4,),
            wide=(1,),
        ),
        tuple(_non_priced(view, row, reasons[row["non_priced_effect_id"]]) for row in rows),
    )
    return Block(
        sentences.non_priced_heading(view.data.frame_now("non_priced_assessments"), view.catalogue),
        caption,
        table,
        source_line(view, "non_priced_assessments", "non_priced_effects"),
        (made(view, "non_priced_assessments"),),
        follows_filter=True,
    )


def _non_priced(view: View, row: Facts, assessed: Facts) -> Row:
    quantity, unit_value = row["quantity_code"], row["unit_value_code"]
    return Row(
        (
            name_cell(view, row["project_id"]),
            Cell(view.text(row, "name") or "", note=view.text(assessed, "reason")),
            missing(view) if quantity is None else Cell(view.label("effect_quantity", quantity)),
            missing(view) if unit_value is None else Cell(view.label("unit_value", unit_value)),
            _on_scale(view, row),
            source_cell(view, row),
        ),
        project_id=row["project_id"],
    )


def _on_scale(view: View, row: Facts) -> Cell:
    """The value in signs and words, and where it lies on the scale."""
    low, high = row["low_step"], row["high_step"]
    if low is None:
        return missing(view)
    words = view.number.span(*(view.label("non_priced_value", row[name]) for name in ("low_code", "high_code")))
    signs = view.number.span(_signs(low), _signs(high))
    unit = 100 / len(_STEPS)
    mark = "plus" if low > 0 else "minus" if high < 0 else "neutral"
    parts = (
        Bar(unit * (low - _STEPS[0]), "scale"),
        Bar(unit * (high - low + 1), mark, signs),
        Bar(unit * (_STEPS[-1] - high), "scale"),
    )
    bars = tuple(part for part in parts if part.share)
    return Cell(f"{signs} {words}", value=low, is_number=True, bars=bars, csv=f"{signs} {words}")


def _signs(step: int) -> str:
    """0, plus signs or minus signs."""
    return "0" if step == 0 else ("+" if step > 0 else MINUS) * abs(step)


def priced(economy: Economy) -> Block | None:
    """Net present value per project as a range, how sure the benefit is, and the rate at which the sign turns."""
    view = economy.view
    if not economy.by_project:
        return None
    first = next(iter(economy.by_project.values()))["mid"]
    rates = internal_rates(economy.flows.filter(pl.col("scenario_code") == "mid"))
    headings = ("low", "mid", "high", "priced_evidence", "per_invested", "turns_at_rate")
    caption = view.t(
        "page_benefits.priced_caption",
        n=len(economy.by_project),
        price_year=first["price_year"],
        reference_year=first["reference_year"],
        ruleset=view.label("discount_ruleset", first["ruleset_code"]),
    )
    table = Table(
        "prissatt",
        caption,
        columns(
            view,
            ("common.project", *(f"page_benefits.{name}" for name in headings), "common.source"),
            numbers=(1, 2, 3, 5, 6),
        ),
        tuple(_priced(economy, project_id, rates) for project_id in economy.by_project),
    )
    return Block(
        sentences.priced_heading(view.data.frame_now("priced_effects"), view.catalogue),
        caption,
        table,
        source_line(view, "priced_effects", "benefit_values"),
        (made(view, "priced_effects"),),
        follows_filter=True,
    )


def _priced(economy: Economy, project_id: str, rates: pl.DataFrame) -> Row:
    view, scenarios = economy.view, economy.by_project[project_id]
    newest = max(
        (row for row in economy.values.values() if row["project_id"] == project_id),
        key=lambda row: row["benefit_value_id"],
    )
    invested = scenarios["mid"]["npv_per_invested_nok"]
    return Row(
        (
            name_cell(view, project_id),
            *(million_cell(view, scenarios[name]["npv_nok"]) for name in SCENARIOS),
            evidence(view, economy.weakest_evidence(project_id)),
            missing(view)
            if invested is None
            else Cell(view.number.decimal(invested, 2), value=invested, is_number=True),
            _turning_rates(view, rates.filter(pl.col("project_id") == project_id)),
            source_cell(view, newest),
        ),
        project_id=project_id,
    )


def evidence(view: View, code: str | None) -> Cell:
    """How sure a priced benefit is; says so when the value is tied to no claim."""
    return Cell(view.t("page_benefits.no_claim"), value=-1) if code is None else evidence_cell(view, code)


def million_cell(view: View, amount: float | None) -> Cell:
    """Kroner in millions."""
    if amount is None:
        return Cell(view.number.missing, spoken=view.t("symbols.missing"), is_number=True, value="", csv="")
    return Cell(view.number.million_nok(amount, MILLIONS), value=amount, is_number=True)


def _turning_rates(view: View, roots: pl.DataFrame) -> Cell:
    """Every rate at which the net present value is 0; there may be none, and more than one."""
    found = [rate for rate in roots["rate_pct"].to_list() if rate is not None]
    if not found:
        is_known = roots["root_count"].null_count() == 0
        return Cell(view.t("page_benefits.no_turning_rate"), csv="") if is_known else missing(view)
    note = view.t("page_benefits.several_rates") if len(found) > 1 else None
    text = view.catalogue.join([view.number.percent(rate, 1) for rate in found])
    return Cell(text, value=found[0] if len(found) == 1 else text, is_number=True, note=note)


def total(economy: Economy) -> str:
    """The sum over projects with documented benefits, or why there is none."""
    view = economy.view
    summed = documented_total(economy.effects, view.data.tables["project_relations"])
    if summed is None:
        return view.t("page_benefits.no_total")
    row = summed.row(0, named=True)
    low, high = (view.number.million_nok(row[name], MILLIONS) for name in ("low", "high"))
    return view.t("page_benefits.total", n=row["project_count"], low=low, high=high)


def turning_points(economy: Economy) -> Block | None:
    """Per effect: what a fifth more or less of it does, and how much it may change before the sign turns."""
    view = economy.view
    if not economy.by_project:
        return None
    middle = lazy(economy.effects.filter(pl.col("scenario_code") == "mid"))
    points = break_even(middle).collect("polars").to_native()
    changed = one_way(middle).collect("polars").to_native()
    order = list(economy.by_project)
    kinds = list(view.labels("effect_kind"))
    rows = sorted(
        points.iter_rows(named=True),
        key=lambda row: (order.index(row["project_id"]), kinds.index(row["effect_kind_code"]), row["effect_id"]),
    )
    npvs = {(row["benefit_value_id"], row["factor"]): row["npv_nok"] for row in changed.iter_rows(named=True)}
    headings = (
        "effect",
        "effect_kind",
        "priced_evidence",
        "present_value",
        "a_fifth_less",
        "a_fifth_more",
        "break_even",
    )
    caption = view.t("page_benefits.turning_caption", n=len(rows))
    table = Table(
        "vendepunkt",
        caption,
        columns(view, ("common.project", *(f"page_benefits.{name}" for name in headings)), numbers=(4, 5, 6, 7)),
        tuple(_turning_point(economy, row, npvs) for row in rows),
    )
    return Block(
        sentences.turning_heading(points, changed, view.catalogue),
        caption,
        table,
        source_line(view, "priced_effects", "benefit_values"),
        (made(view, "priced_effects", "npv_nok"), made(view, "benefit_values")),
        follows_filter=True,
    )


def _turning_point(economy: Economy, row: Facts, npvs: dict[tuple[str, float], float | None]) -> Row:
    view = economy.view
    is_benefit = row["effect_kind_code"] == BENEFIT
    return Row(
        (
            name_cell(view, row["project_id"]),
            Cell(view.text(economy.values[row["benefit_value_id"]], "name") or ""),
            Cell(view.label("effect_kind", row["effect_kind_code"])),
            evidence(view, row["evidence_code"]) if is_benefit else Cell("", value="", csv=""),
            million_cell(view, row["present_value_nok"]),
            *(million_cell(view, npvs[row["benefit_value_id"], factor]) for factor in FRAM_FACTORS),
            _break_even(view, row),
        ),
        project_id=row["project_id"],
    )


def _break_even(view: View, row: Facts) -> Cell:
    """The change that brings the net present value to 0, in per cent of the effect."""
    change = row["break_even_change_pct"]
    if change is None:
        return missing(view)
    if row["break_even_factor"] < 0:
        return Cell(view.t("page_benefits.holds_anyway"), value="", csv="", is_number=True)
    text = ("+" if change > 0 else "") + view.number.percent(change)
    return Cell(text, value=change, is_number=True)
