"""What a reader may try: other assumptions, computed in the browser from the yearly flows that the page carries.

Belongs here: the choices, the flows and the words for ``assets/js/assumptions.js``, and the table of the official case.
Does not belong here: the calculation (`gevinst.method.assumptions`, and the same in the browser).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

from gevinst.contracts.vocabulary import ACHIEVED, BENEFIT, SCENARIOS
from gevinst.language.texts import entries, placeholders
from gevinst.method.assumptions import BASE, schedule_under
from gevinst.method.frames import lazy
from gevinst.site.blocks import Block, Cell, Row, Table, columns, made, source_line
from gevinst.site.context import View
from gevinst.site.pages.benefits.economy import MILLIONS, Economy, evidence, million_cell
from gevinst.site.pages.benefits.tables import lower, name_cell
from gevinst.site.sentences import benefits as sentences

RATES = {"min": 0, "max": 15, "step": 0.5}
"""What the slider of the discount rate offers, in per cent."""
PERIODS = (5, 10, 15, 20, 30, 40)
"""Analysis periods on offer, in years."""
_TABLE = "prov"
_WORDS = (
    "official_rate",
    "other_rate",
    "at_rate",
    "in_years",
    "without_residual",
    "only_level",
    "turns_negative",
    "turns_positive",
    "becomes_unknown",
    "new_first",
    "new_order",
    "nothing_turns",
    "official",
    "official_case",
    "other_case",
    "all_projects",
    "positive",
    "negative",
    "unsure",
    "unknown",
    "turned",
)


@dataclass(frozen=True, slots=True)
class Trying:
    """What the template draws: the table of the official case, the choices, and the data for the browser."""

    block: Block
    official_rate: float
    rates: dict[str, float]
    periods: tuple[tuple[str, str], ...]
    levels: tuple[tuple[str, str], ...]
    data: dict[str, Any]


def trying(economy: Economy) -> Trying | None:
    """Everything for trying assumptions; `None` when no effect has a price and there is nothing to try."""
    if not economy.by_project:
        return None
    view = economy.view
    schedule = schedule_under(
        {name: lazy(view.data.tables[name]) for name in ("benefit_values", "discount_rates")}, BASE
    )
    official = round(100 * schedule[0].rate, 6)
    return Trying(
        _table(economy),
        official,
        RATES,
        tuple((str(years), view.t("what_if.years", n=years)) for years in PERIODS),
        tuple((code, view.t(f"what_if.level_{code}")) for code in ACHIEVED),
        {
            "schedule": [[step.from_year, step.to_year, step.rate] for step in schedule],
            "official_rate": official,
            "evidence": list(sentences.LEVELS),
            "projects": [_project(economy, project_id) for project_id in economy.by_project],
            "words": _words(view),
        },
    )


def _table(economy: Economy) -> Block:
    view = economy.view
    first = next(iter(economy.by_project.values()))["mid"]
    headings = ("priced_evidence", "low", "mid", "high", "official_mid", "sign")
    caption = view.t(
        "what_if.caption",
        n=len(economy.by_project),
        price_year=first["price_year"],
        reference_year=first["reference_year"],
    )
    rows = tuple(_row(economy, project_id) for project_id in economy.by_project)
    names = ("common.project", *(f"page_benefits.{name}" for name in headings))
    table = Table(_TABLE, caption, columns(view, names, numbers=(2, 3, 4, 5)), rows)
    return Block(
        view.t("what_if.heading"),
        caption,
        table,
        source_line(view, "priced_effects", "benefit_values", "discount_rates"),
        (made(view, "priced_effects"), made(view, "discount_rates")),
    )


def _row(economy: Economy, project_id: str) -> Row:
    view, scenarios = economy.view, economy.by_project[project_id]
    npvs = [scenarios[name]["npv_nok"] for name in SCENARIOS]
    return Row(
        (
            name_cell(view, project_id),
            evidence(view, economy.weakest_evidence(project_id)),
            *(million_cell(view, npv) for npv in npvs),
            million_cell(view, npvs[1]),
            Cell(view.t(f"what_if.{sign_of(npvs)}")),
        ),
        anchor=f"{_TABLE}-{project_id}",  # all of them, whatever the filter selects: the conclusions are about all
    )


def sign_of(npvs: list[float | None]) -> str:
    """What the low, middle and high estimate say together; the browser says the same."""
    known = [npv for npv in npvs if npv is not None]
    if len(known) < len(npvs):
        return "unknown"
    if all(npv > 0 for npv in known):
        return "positive"
    return "negative" if all(npv < 0 for npv in known) else "unsure"


def _project(economy: Economy, project_id: str) -> dict[str, Any]:
    flows = economy.flows.filter(pl.col("project_id") == project_id)
    timing = flows.row(0, named=True)
    return {
        "id": project_id,
        "name": economy.view.text(economy.view.data.project_by_id[project_id], "short_name"),
        "start_year": timing["start_year"],
        "last_year": timing["last_year"],
        "reference_year": timing["reference_year"],
        "effects": [
            _effect(economy, mine)
            for _, mine in flows.sort("benefit_value_id", "year").group_by("benefit_value_id", maintain_order=True)
        ],
    }


def _effect(economy: Economy, flows: pl.DataFrame) -> dict[str, Any]:
    """Yearly totals per scenario, from the first year on; a total is the amount with its tax financing cost."""
    value_id = flows.item(0, "benefit_value_id")
    codes = economy.effects.filter(pl.col("benefit_value_id") == value_id)
    return {
        "is_benefit": flows.item(0, "effect_kind_code") == BENEFIT,
        "evidence": codes.item(0, "evidence_code"),
        "first_year": flows.item(0, "year"),
        **{name: flows.filter(pl.col("scenario_code") == name)["total_nok"].to_list() for name in SCENARIOS},
    }


def _words(view: View) -> dict[str, Any]:
    """What the browser says; it fills in the braces itself."""
    kept: dict[str, Any] = {
        name: f"{{{name}}}" for name in ("when", "projects", "rate", "years", "level", "first", "second", "sign", "n")
    }
    found: dict[str, Any] = {name: view.t(f"what_if.{name}", **_used(name, kept)) for name in _WORDS}
    return {
        **found,
        "list_end": view.t("common.list_end", head="{head}", last="{last}"),
        "million": view.number.million_nok(0.0, MILLIONS).replace(view.number.decimal(0.0, MILLIONS), "{amount}"),
        "decimals": MILLIONS,
        "missing": view.number.missing,
        "missing_spoken": view.t("symbols.missing"),
        "levels": {code: lower(view.label("evidence", code)) for code in ACHIEVED},
    }


def _used(name: str, kept: dict[str, Any]) -> dict[str, Any]:
    """The braces that the text called `name` has a place for."""
    return {key: kept[key] for key in placeholders(entries()[f"what_if.{name}"]["nb"])}
