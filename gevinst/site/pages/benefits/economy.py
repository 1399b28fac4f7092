"""Effects without and with a price: the plus-minus scale, scenarios in kroner, and where their sign changes.

Belongs here: the columns and cells of those tables.
Does not belong here: the calculation (`gevinst.method`) and what a reader may try (`what_if.py`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from gevinst.contracts.vocabulary import BENEFIT
from gevinst.language.numbers import MINUS
from gevinst.method.uncertainty import FRAM_FACTORS
from gevinst.site.badges import evidence_cell
from gevinst.site.blocks import Block, Cell, missing, number_cell
from gevinst.site.context import View
from gevinst.site.rows import Row as Facts
from gevinst.site.sentences import benefits as sentences
from gevinst.site.table_spec import (
    ColumnSpec,
    TableSpec,
    cell_column,
    code_column,
    number_column,
    project_column,
    source_column,
    text_column,
    text_of,
)

MILLIONS = 2
"""Decimals of millions of kroner: enough to show the sign of every change that a reader can try."""
_A_FIFTH = ("a_fifth_less", "a_fifth_more")


@dataclass(frozen=True)
class Economy:
    """The marts of priced effects in the edition's year, found by project; nothing when nobody states any value."""

    view: View

    @cached_property
    def projects(self) -> list[Facts]:
        """Rows of `priced_projects`, the highest middle estimate first, unknown last."""
        return sorted(self.view.data.now("priced_projects"), key=_highest_first)

    @cached_property
    def values(self) -> dict[str, Facts]:
        """The stated values by id."""
        return {row["benefit_value_id"]: row for row in self.view.data.rows("benefit_values")}

    @cached_property
    def rates(self) -> dict[str, list[Facts]]:
        """Rows of `return_rates` for the middle estimate, by project."""
        found: dict[str, list[Facts]] = defaultdict(list)
        for row in self.view.data.now("return_rates"):
            if row["scenario_code"] == "mid":
                found[row["project_id"]].append(row)
        return found


def _highest_first(row: Facts) -> tuple[bool, float, str]:
    return row["mid_amount"] is None, -(row["mid_amount"] or 0.0), row["project_id"]


def _on_scale(view: View, row: Facts) -> Cell:
    """The value in signs and words, coloured by whether all of it is for the better or for the worse."""
    low, high = row["low_step"], row["high_step"]
    if low is None:
        return missing(view)
    words = view.number.span(*(view.label("non_priced_value", row[name]) for name in ("low_code", "high_code")))
    signs = view.number.span(_signs(low), _signs(high))
    mark = "plus" if low > 0 else "minus" if high < 0 else "neutral"
    return Cell(f"{signs} {words}", mark=mark, value=low, is_number=True, csv=f"{signs} {words}")


def _signs(step: int) -> str:
    """0, plus signs or minus signs."""
    return "0" if step == 0 else ("+" if step > 0 else MINUS) * abs(step)


_NON_PRICED = TableSpec(
    "ikke-prissatt",
    caption="page_benefits.non_priced_caption",
    tables=("non_priced_assessments", "non_priced_effects"),
    made_of=("non_priced_assessments",),
    columns=(
        project_column(),
        text_column("page_benefits.effect", "name", note=text_of("reason"), is_wide=True),
        code_column("page_benefits.quantity", "effect_quantity", "quantity_code"),
        code_column("page_benefits.unit_value", "unit_value"),
        cell_column("page_benefits.scale", _on_scale, is_number=True),
        source_column(),
    ),
    follows_filter=True,
)


def non_priced(view: View) -> Block | None:
    """Effects without a price on the scale from minus four to plus four; never added, never converted to kroner."""
    assessed = {row["non_priced_effect_id"]: row for row in view.data.rows("non_priced_effects")}
    places = view.data.project_places
    rows = [{**assessed[row["non_priced_effect_id"]], **row} for row in view.data.now("non_priced_assessments")]
    rows.sort(key=lambda row: (places[row["project_id"]], row["non_priced_effect_id"]))
    heading = sentences.non_priced_heading(view.data.now("benefit_headlines")[0], view.catalogue)
    return _NON_PRICED.block_if_any(view, rows, heading=heading)


def evidence(view: View, row: Facts) -> Cell:
    """How sure a priced benefit is; says so when the value is tied to no claim."""
    code = row["evidence_code"]
    return Cell(view.t("page_benefits.no_claim"), value=-1) if code is None else evidence_cell(view, code)


def million_column(heading: str, name: str) -> ColumnSpec:
    """Kroner in millions."""
    return number_column(heading, name, unit="million", places=MILLIONS)


def _turning_rates(view: View, row: Facts) -> Cell:
    """Every rate at which the net present value is 0; there may be none, and more than one."""
    found = [rate["rate_pct"] for rate in row["rates"] if rate["rate_pct"] is not None]
    if not found:
        is_known = all(rate["root_count"] is not None for rate in row["rates"])
        return Cell(view.t("page_benefits.no_turning_rate"), csv="") if is_known else missing(view)
    note = view.t("page_benefits.several_rates") if len(found) > 1 else None
    text = view.catalogue.join([view.number.percent(rate, 1) for rate in found])
    return Cell(text, value=found[0] if len(found) == 1 else text, is_number=True, note=note)


def _per_invested(view: View, row: Facts) -> Cell:
    """Kroner per krone invested; unknown, and no number, without investment."""
    ratio = row["npv_per_invested"]
    return missing(view) if ratio is None else number_cell(view, ratio, places=2)


_PRICED = TableSpec(
    "prissatt",
    caption="page_benefits.priced_caption",
    tables=("priced_effects", "benefit_values"),
    made_of=("priced_effects",),
    columns=(
        project_column(),
        million_column("page_benefits.low", "low_amount"),
        million_column("page_benefits.mid", "mid_amount"),
        million_column("page_benefits.high", "high_amount"),
        cell_column("page_benefits.priced_evidence", evidence),
        cell_column("page_benefits.per_invested", _per_invested, is_number=True),
        cell_column("page_benefits.turns_at_rate", _turning_rates, is_number=True),
        source_column(),
    ),
    follows_filter=True,
)


def priced(economy: Economy) -> Block | None:
    """Net present value per project as a range, how sure the benefit is, and the rate at which the sign changes."""
    view = economy.view
    if not economy.projects:
        return None
    first = economy.projects[0]  # price year, reference year and ruleset are the same for all
    return _PRICED.block(
        view,
        [{**row, "rates": economy.rates[row["project_id"]]} for row in economy.projects],
        heading=sentences.priced_heading(view.data.now("benefit_headlines")[0], view.catalogue),
        price_year=first["price_year"],
        reference_year=first["reference_year"],
        ruleset=view.label("discount_ruleset", first["ruleset_code"]),
    )


def total(view: View) -> str:
    """The sum over projects with documented benefits, or why there is none."""
    row = view.data.now("priced_totals")[0]
    if not row["is_summed"]:
        return view.t("page_benefits.no_total")
    low, high = (view.number.million(row[name], MILLIONS) for name in ("low_amount", "high_amount"))
    return view.t("page_benefits.total", n=row["project_count"], low=low, high=high)


def _break_even(view: View, row: Facts) -> Cell:
    """The change that brings the net present value to 0, in per cent of the effect."""
    change = row["break_even_change_pct"]
    if change is None:
        return missing(view)
    if row["break_even_factor"] < 0:
        return Cell(view.t("page_benefits.holds_anyway"), value="", csv="", is_number=True)
    text = ("+" if change > 0 else "") + view.number.percent(change)
    return Cell(text, value=change, is_number=True)


def _evidence_of_benefit(view: View, row: Facts) -> Cell:
    """How sure a benefit is; a cost has no evidence to show."""
    return evidence(view, row) if row["effect_kind_code"] == BENEFIT else Cell("", value="", csv="")


_TURNING_POINTS = TableSpec(
    "vendepunkt",
    caption="page_benefits.turning_caption",
    tables=("priced_effects", "benefit_values"),
    made_of=(("priced_effects", "npv_amount"), "benefit_values"),
    columns=(
        project_column(),
        text_column("page_benefits.effect", "name"),
        code_column("page_benefits.effect_kind", "effect_kind"),
        cell_column("page_benefits.priced_evidence", _evidence_of_benefit),
        million_column("page_benefits.present_value", "present_value_amount"),
        *(million_column(f"page_benefits.{name}", name) for name in _A_FIFTH),
        cell_column("page_benefits.break_even", _break_even, is_number=True),
    ),
    follows_filter=True,
)


def turning_points(economy: Economy) -> Block | None:
    """Per effect: what a fifth more or less of it does, and how much it may change before the sign changes."""
    view = economy.view
    if not economy.projects:
        return None
    npvs = {
        (row["benefit_value_id"], row["factor"]): row["npv_amount"]
        for row in view.data.now("effect_sensitivities")
        if row["scenario_code"] == "mid"
    }
    order = {row["project_id"]: place for place, row in enumerate(economy.projects)}
    kinds = list(view.labels("effect_kind"))
    rows = [
        {
            **economy.values[row["benefit_value_id"]],
            **row,
            **{
                name: npvs[row["benefit_value_id"], factor] for name, factor in zip(_A_FIFTH, FRAM_FACTORS, strict=True)
            },
        }
        for row in view.data.now("effect_values")
        if row["scenario_code"] == "mid"
    ]
    rows.sort(key=lambda row: (order[row["project_id"]], kinds.index(row["effect_kind_code"]), row["effect_id"]))
    heading = sentences.turning_heading(view.data.now("benefit_headlines")[0], view.catalogue)
    return _TURNING_POINTS.block(view, rows, heading=heading)
