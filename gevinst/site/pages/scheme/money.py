"""Money on the page about the scheme: grants per project, and follow-on funding.

Belongs here: the columns of these tables.
Does not belong here: kroner of one year (`gevinst.method.scheme`) and the figure (`gevinst.site.figures.money`).
"""

from __future__ import annotations

from gevinst.site.blocks import Block, Cell, missing
from gevinst.site.context import View
from gevinst.site.rows import Row as Facts
from gevinst.site.sentences import scheme as sentences
from gevinst.site.table_spec import (
    TableSpec,
    cell_column,
    date_column,
    number_column,
    plain_column,
    project_column,
    source_column,
    text_column,
)


def _funder(view: View, row: Facts) -> Cell:
    """Who gave the money, where a source says so."""
    if row["funder_id"] is None:
        return missing(view)
    return Cell(view.data.organisation_by_id[row["funder_id"]]["name"])


_FOLLOW_ON = TableSpec(
    "videre-finansiering",
    heading="page_project.funding",
    caption="page_project.funding_caption",
    tables=("follow_on_funding",),
    columns=(
        project_column(),
        text_column("page_project.what_for", "name", is_wide=True),
        number_column("page_project.amount", "amount", unit="money"),
        cell_column("page_project.funder", _funder),
        date_column("common.date", "awarded"),
        source_column(),
    ),
)


def _grants(price_year: int | None) -> TableSpec:
    """Grants in current and constant prices; without a price index the heading says that there are none."""
    return TableSpec(
        "stotte",
        caption="page_scheme.grants_caption",
        tables=("project_grants", "kpi"),
        columns=(
            project_column(),
            plain_column("common.cohort", "cohort"),
            number_column("money.current", "grant_amount", unit="money"),
            number_column(lambda view: fixed_kroner(view, price_year), "fixed_amount", unit="money"),
            text_column("rounds.note", "note", is_wide=True),
            source_column(),
        ),
    )


def fixed_kroner(view: View, price_year: int | None) -> str:
    """What a column in constant prices is called."""
    return view.t("money.no_fixed") if price_year is None else view.t("money.fixed", price_year=price_year)


def grants(view: View) -> Block | None:
    """Grants to single projects, where a source states them."""
    stated = {row["project_id"]: row for row in view.data.rows("project_grants")}
    rows = sorted(
        (
            {**stated[row["project_id"]], **row, "cohort": str(row["cohort_year"])}
            for row in view.data.now("grant_amounts")
        ),
        key=lambda row: (-row["cohort_year"], row["project_id"]),
    )
    if not rows:
        return None
    counts = view.data.now("scheme_headlines")[0]
    return _grants(rows[0]["price_year"]).block(
        view, rows, heading=sentences.grants_heading(counts, view.catalogue), total=counts["project_count"]
    )


def follow_on(view: View) -> Block | None:
    """Money that others gave for work that builds on a project; it is no benefit, and the heading says so."""
    known = [row for row in view.data.rows("follow_on_funding") if row["project_id"] in view.data.project_by_id]
    return _FOLLOW_ON.block_if_any(view, known)
