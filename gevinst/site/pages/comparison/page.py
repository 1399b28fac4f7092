"""Comparison: what had come of projects at equal age, group by group, and of two selections side by side.

Belongs here: the tables by group, and what the browser compares two selections by.
Does not belong here: counting (`gevinst.method.ages`), the sentences (`gevinst.site.sentences.comparison`) and
comparing two selections (``comparison.js``).
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from gevinst.addresses import no_figure
from gevinst.contracts.vocabulary import OUTCOMES
from gevinst.method.ages import COHORT, EVERY_PROJECT, OWNER_LEVEL, SECTOR
from gevinst.site.blocks import Block
from gevinst.site.context import View
from gevinst.site.filters import filter_values
from gevinst.site.page import Document, Page
from gevinst.site.rows import Row as Facts
from gevinst.site.sentences.comparison import comparison_lead
from gevinst.site.table_spec import ColumnSpec, TableSpec, number_column, plain_column

AGES = (3, 5)
"""Whole years after the award in the tables: by three a project that was funded for one or two has ended, and by five
there has been time to introduce something. A reader can choose any other for two selections."""
_COUNTED = ("project_count", "in_use_count", "partly_in_use_count", "unknown_outcome_count")
_SELECTED_BY = ("kull", "sektor", "eier")


def documents(view: View) -> list[Document]:
    """The one document."""
    rows = {(one["comparison_group"], one["group_value"], one["age_years"]): one for one in _now(view)}
    reached = sorted({age for _, _, age in rows})
    shown = [age for age in AGES if age in reached]
    selection = filter_values(view)
    groups = [block for group in (COHORT, SECTOR, OWNER_LEVEL) if (block := _table(view, rows, group, shown))]
    return [
        Document(
            title=view.t("page_comparison.title"),
            lead=comparison_lead(rows, shown[-1] if shown else None, view.catalogue),
            values={
                "contents": [
                    *([("to-utvalg", view.t("page_comparison.two"))] if reached else []),
                    *((f"{block.table.table_id}-heading", block.heading) for block in groups),
                ],
                "groups": groups,
                "tool": _tool(view, rows, reached, selection) if reached else None,
                "words": {"few": view.t("filter.few"), "share": view.t("page_comparison.share", share="{share}")},
            },
            scripts=("comparison/comparison.js",) if reached else (),
        )
    ]


def _now(view: View) -> list[Facts]:
    return view.data.now("outcomes_by_age")


def _table(view: View, rows: dict[Any, Facts], group: str, ages: list[int]) -> Block | None:
    """What had come of each value of a group; one without a project that has reached the first age is left out."""
    names = _names(view, group)
    found = [
        {
            "name": name,
            **{f"{column}_{age}": _count(rows, (group, value, age), column) for age in ages for column in _COUNTED},
        }
        for value, name in names.items()
        if ages and (group, value, ages[0]) in rows
    ]
    return _spec(group, ages).block_if_any(view, found, heading=view.t(f"page_comparison.by_{group}"))


def _count(rows: dict[Any, Facts], key: tuple[str, str, int], column: str) -> int | None:
    return rows[key][column] if key in rows else None


def _names(view: View, group: str) -> dict[str, str]:
    """What the values of a group are called, in the order in which they are shown."""
    if group == COHORT:
        years = sorted({row["group_value"] for row in _now(view) if row["comparison_group"] == COHORT})
        return {year: year for year in years}
    return dict(view.labels("sector" if group == SECTOR else "organisation_level"))


def _spec(group: str, ages: list[int]) -> TableSpec:
    def column(name: str, age: int) -> ColumnSpec:
        return number_column(
            lambda view: view.t(f"page_comparison.{name}", n=no_figure(age, "limit")),
            f"{name}_{age}",
            blank="page_comparison.not_reached",
        )

    return TableSpec(
        f"alder-{group.replace('_', '-')}",
        caption="page_comparison.caption",
        tables=("outcomes_by_age",),
        columns=(
            plain_column(f"page_comparison.{group}", "name"),
            *(column(name, age) for age in ages for name in _COUNTED),
        ),
    )


def _tool(view: View, rows: dict[Any, Facts], reached: list[int], selection: dict[str, Any]) -> dict[str, Any]:
    """What the browser counts two selections from, and the whole portfolio at the age that it begins with."""
    age = max(one for one in reached if one <= AGES[-1])
    every = rows[EVERY_PROJECT, EVERY_PROJECT, age]
    lines = [("project_count", "reached"), *((f"{name}_count", name) for name in ("in_use", "partly_in_use", "result"))]
    lines += [("ended_count", "ended"), ("unknown_outcome_count", "unknown")]
    return {
        "age": age,
        "ages": reached,
        "choices": [choice for choice in selection["choices"] if choice.name in _SELECTED_BY],
        "few_below": selection["few_below"],
        "lines": [
            (name, view.t(f"page_comparison.line_{name}"), view.number.integer(every[column])) for column, name in lines
        ],
        "projects": _compared(view, selection["selectable"]),
    }


def _compared(view: View, selectable: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is compared of each project, and its outcomes from the first year on, as places in the list of outcomes."""
    outcomes: dict[str, dict[int, int]] = defaultdict(dict)
    for row in view.data.now("project_ages"):
        outcomes[row["project_id"]][row["age_years"]] = OUTCOMES.index(row["outcome_code"])
    return [
        {
            **{name: one[name] for name in _SELECTED_BY},
            "utfall": "".join(str(outcomes[one["id"]][age]) for age in sorted(outcomes[one["id"]])),
        }
        for one in selectable
    ]


PAGE = Page(
    name="comparison",
    slugs={"nb": "sammenligning", "en": "comparison"},
    documents=documents,
    opens_under="portfolio",
    footer_key="frame.nav_comparison",
)
