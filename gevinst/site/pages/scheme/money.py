"""Money on the page about the scheme: amounts per round, grants per project, and follow-on funding.

Belongs here: these tables, and amounts turned into constant prices by `gevinst.method`.
Does not belong here: the rest of the page (`scheme.py`) and the figure (`gevinst.site.figures.money`).
"""

from __future__ import annotations

import polars as pl

from gevinst.method.frames import lazy
from gevinst.method.rounds import in_fixed_kroner
from gevinst.site.blocks import (
    Block,
    Cell,
    Column,
    Row,
    Table,
    columns,
    made,
    missing,
    number_cell,
    source_cell,
    source_line,
)
from gevinst.site.context import View
from gevinst.site.sentences import scheme as sentences


def amounts(view: View) -> pl.DataFrame:
    """Rows of `round_overview` of the edition's year with `fixed_nok` and `to_price_year`."""
    return _fixed(view, view.data.frame_now("round_overview"), "amount_nok")


def _fixed(view: View, frame: pl.DataFrame, amount: str) -> pl.DataFrame:
    return in_fixed_kroner(lazy(frame), lazy(view.data.tables["kpi"]), amount).collect("polars").to_native()


def grants(view: View) -> Block | None:
    """Grants to single projects, where a source states them."""
    cohorts = view.data.frame_now("project_status").select("project_id", "cohort_year")
    frame = _fixed(view, view.data.tables["project_grants"].join(cohorts, on="project_id"), "grant_nok")
    rows = frame.sort("cohort_year", "project_id").to_dicts()
    if not rows:
        return None
    total = len(view.data.projects)
    price_year = rows[0]["to_price_year"]
    caption = view.t("page_scheme.grants_caption", n=len(rows), total=total)
    fixed = view.t("money.no_fixed") if price_year is None else view.t("money.fixed", price_year=price_year)
    headings = ("common.project", "common.cohort", "money.current")
    more = ("rounds.note", "common.source")
    fixed_column = Column(fixed, is_number=True, is_sortable=True)
    table = Table(
        "stotte",
        caption,
        (*columns(view, headings, numbers=(2,)), fixed_column, *columns(view, more, wide=(0,))),
        tuple(
            Row(
                (
                    Cell(
                        view.text(view.data.project_by_id[row["project_id"]], "short_name") or "",
                        href=view.project_href(row["project_id"]),
                    ),
                    Cell(str(row["cohort_year"])),
                    kroner(view, row["grant_nok"]),
                    kroner(view, row["fixed_nok"]),
                    Cell(view.text(row, "note") or ""),
                    source_cell(view, row),
                )
            )
            for row in rows
        ),
    )
    return Block(
        sentences.grants_heading(len(rows), total, view.catalogue),
        caption,
        table,
        source_line(view, "project_grants", "kpi"),
        (made(view, "project_grants"), made(view, "kpi")),
    )


def follow_on(view: View) -> Block | None:
    """Money that others gave for work that builds on a project; it is no benefit, and the heading says so."""
    rows = view.data.rows("follow_on_funding")
    if not rows:
        return None
    caption = view.t("page_project.funding_caption")
    headings = ("common.project", "page_project.what_for", "page_project.amount", "page_project.funder", "common.date")
    table = Table(
        "videre-finansiering",
        caption,
        columns(view, (*headings, "common.source"), numbers=(2,), wide=(1,)),
        tuple(
            Row(
                (
                    Cell(
                        view.text(view.data.project_by_id[row["project_id"]], "short_name") or "",
                        href=view.project_href(row["project_id"]),
                    ),
                    Cell(view.text(row, "name") or ""),
                    kroner(view, row["amount_nok"]),
                    Cell(view.data.organisation_by_id[row["funder_id"]]["name"]) if row["funder_id"] else missing(view),
                    Cell(view.date(row, "awarded", short=True), value=str(row["awarded_on"]))
                    if row["awarded_on"]
                    else missing(view),
                    source_cell(view, row),
                )
            )
            for row in rows
            if row["project_id"] in view.data.project_by_id
        ),
    )
    return Block(
        view.t("page_project.funding", n=len(table.rows)),
        caption,
        table,
        source_line(view, "follow_on_funding"),
        (made(view, "follow_on_funding"),),
    )


def kroner(view: View, amount: float | None) -> Cell:
    """An amount in whole kroner, or the sign for unknown."""
    if amount is None:
        return number_cell(view, None)
    return Cell(view.number.nok(amount), value=amount, is_number=True)
