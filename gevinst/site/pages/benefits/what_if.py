"""What if: other assumptions that a reader may try, computed in the browser from the yearly flows on the page.

Belongs here: the choices, the flows and the words for ``assumptions.js``, and the table of the official case.
Does not belong here: the calculation, which is made in the browser, and its start values (marts of priced effects).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from gevinst.contracts.vocabulary import ACHIEVED, BENEFIT, EVIDENCE, SCENARIOS
from gevinst.language.texts import entries, placeholders
from gevinst.site import parts
from gevinst.site.blocks import Block
from gevinst.site.context import View
from gevinst.site.pages.benefits.economy import MILLIONS, Economy, evidence, million_column
from gevinst.site.rows import Row as Facts
from gevinst.site.table_spec import TableSpec, cell_column, project_column, words_column

RATES = {"min": 0, "max": 15, "step": 0.5}
"""What the slider of the discount rate offers, in per cent; 0 shows the sum without discounting."""
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
class WhatIf:
    """What the template draws: the table of the official case, the choices, and the data for the browser."""

    block: Block
    official_rate: float
    rates: dict[str, float]
    periods: tuple[tuple[str, str], ...]
    levels: tuple[tuple[str, str], ...]
    data: dict[str, Any]


def _sign(row: Facts) -> str:
    """What the low, middle and high estimate say together; the browser says the same."""
    if not row["is_known"]:
        return "unknown"
    return "positive" if row["is_positive"] else "negative" if row["is_negative"] else "unsure"


_OFFICIAL = TableSpec(
    _TABLE,
    heading="what_if.heading",
    caption="what_if.caption",
    tables=("priced_effects", "benefit_values", "discount_rates"),
    made_of=("priced_effects", "discount_rates"),
    columns=(
        project_column(),
        cell_column("page_benefits.priced_evidence", evidence),
        million_column("page_benefits.low", "low_amount"),
        million_column("page_benefits.mid", "mid_amount"),
        million_column("page_benefits.high", "high_amount"),
        million_column("page_benefits.official_mid", "mid_amount"),
        words_column("page_benefits.sign", lambda view, row: view.t(f"what_if.{_sign(row)}")),
    ),
    anchor=f"{_TABLE}-{{project_id}}",  # rows follow no filter: the conclusions are about all of them
)


def what_if(economy: Economy) -> WhatIf | None:
    """Everything for trying assumptions; `None` when no effect has a price and there is nothing to try, or when a page
    cannot carry the yearly amounts of so many projects.
    """
    if not economy.projects or len(economy.projects) > parts.MOST_TRIED:
        return None
    view, first = economy.view, economy.projects[0]
    steps = view.data.now("discount_steps")
    official = steps[0]["rate_pct"]
    return WhatIf(
        _OFFICIAL.block(view, economy.projects, price_year=first["price_year"], reference_year=first["reference_year"]),
        official,
        RATES,
        tuple((str(years), view.t("what_if.years", n=years)) for years in PERIODS),
        tuple((code, view.t(f"what_if.level_{code}")) for code in ACHIEVED),
        {
            "schedule": [[step["from_year"], step["to_year"], step["rate"]] for step in steps],
            "official_rate": official,
            "evidence": list(EVIDENCE),
            "projects": _projects(economy),
            "words": _words(view),
        },
    )


def _projects(economy: Economy) -> list[dict[str, Any]]:
    """What the browser computes with: per project its years and effects, in the order of the table."""
    view = economy.view
    evidence_of = {row["benefit_value_id"]: row["evidence_code"] for row in view.data.now("effect_values")}
    flows: dict[str, dict[str, list[Facts]]] = defaultdict(lambda: defaultdict(list))
    for row in view.data.now("priced_flows"):  # by value, scenario and year, the order of its key
        flows[row["project_id"]][row["benefit_value_id"]].append(row)
    return [
        {
            "id": project["project_id"],
            "name": view.text(view.data.project_by_id[project["project_id"]], "short_name"),
            **{name: timing[name] for name in ("start_year", "last_year", "reference_year")},
            "effects": [_effect(rows, evidence_of[value_id]) for value_id, rows in effects.items()],
        }
        for project in economy.projects
        for effects in [flows[project["project_id"]]]
        for timing in [next(iter(effects.values()))[0]]
    ]


def _effect(rows: list[Facts], evidence_code: str | None) -> dict[str, Any]:
    """Yearly totals per scenario, from the first year on; a total is the amount with its tax financing cost."""
    return {
        "is_benefit": rows[0]["effect_kind_code"] == BENEFIT,
        "evidence": evidence_code,
        "first_year": rows[0]["year"],
        **{name: [row["total_amount"] for row in rows if row["scenario_code"] == name] for name in SCENARIOS},
    }


def _words(view: View) -> dict[str, Any]:
    """Texts for the browser, which fills in the braces itself."""
    kept: dict[str, Any] = {
        name: f"{{{name}}}" for name in ("when", "projects", "rate", "years", "level", "first", "second", "sign", "n")
    }
    found: dict[str, Any] = {name: view.t(f"what_if.{name}", **_used(name, kept)) for name in _WORDS}
    return {
        **found,
        "list_end": view.t("common.list_end", head="{head}", last="{last}"),
        "million": view.number.million(0.0, MILLIONS).replace(view.number.decimal(0.0, MILLIONS), "{amount}"),
        "decimals": MILLIONS,
        "missing": view.number.missing,
        "missing_spoken": view.t("symbols.missing"),
        "levels": {code: view.t(f"page_benefits.stage_{code}") for code in ACHIEVED},
    }


def _used(name: str, kept: dict[str, Any]) -> dict[str, Any]:
    """The braces that the text called `name` has placeholders for."""
    return {key: kept[key] for key in placeholders(entries()[f"what_if.{name}"]["nb"])}
