"""What the workbook shows beforehand: active projects, earlier statements about them, and rows to judge.

Belongs here: which rows a new workbook has.
Does not belong here: how they are written (`template.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from gevinst.bilingual import LANGUAGES
from gevinst.contracts.vocabulary import ENDED
from gevinst.language.texts import Catalogue
from gevinst.workbook.layout import SheetLayout

Row = dict[str, Any]


def newest_status(tables: Mapping[str, pl.DataFrame]) -> dict[str, Row]:
    """The statement about the latest date by project; of several about one date the last entered."""
    # Ascending, so that the newest wins in the dict; ids end in a number, which decides between rows of one date.
    rows = tables["status_assessments"].sort("assessed_on", "status_assessment_id")
    return {row["project_id"]: row for row in rows.iter_rows(named=True)}


def active_projects(tables: Mapping[str, pl.DataFrame]) -> list[Row]:
    """Projects that have not been stopped or continued as something else, in order of id."""
    closed = {project for project, row in newest_status(tables).items() if row["status_code"] in ENDED}
    projects = tables["projects"].sort("project_id").iter_rows(named=True)
    return [row for row in projects if row["project_id"] not in closed]


def shown_rows(layout: SheetLayout, tables: Mapping[str, pl.DataFrame], year: int) -> tuple[list[Row], int]:
    """Rows of a new sheet, and how many of them were entered before (they come first).

    Status has one row per active project; other statements are those about active projects. Where every row is a new
    judgement, there is one for each project (and driver) to be judged.
    """
    projects = [project["project_id"] for project in active_projects(tables)]
    match layout.contract.name:
        case "sources" | "coding_coverage":
            return [], 0
        case "assessment_rounds":
            return list(_round(tables, year)), 0
        case "status_assessments":
            newest = newest_status(tables)
            stated = [newest[project] for project in projects if project in newest]
            return [*stated, *({"project_id": project} for project in projects if project not in newest)], len(stated)
        case "driver_ratings":
            drivers = tables["codelists"].filter(pl.col("codelist") == "rated_driver").sort("rank")["code"]
            return [{"project_id": p, "rated_driver_code": driver} for p in projects for driver in drivers], 0
        case "counterfactuals":
            return [{"project_id": project} for project in projects], 0
    rows = [row for row in _stated(layout, tables) if row["_project"] in projects]
    return rows, len(rows)


def round_id(tables: Mapping[str, pl.DataFrame], year: int) -> str:
    """The year's round of an evaluator, when there is one; else the id that a new one gets."""
    rounds = tables["assessment_rounds"].filter(
        (pl.col("assessment_year") == year) & (pl.col("assessor_role_code") == "evaluator")
    )
    return rounds["assessment_round_id"][0] if rounds.height else f"{year}-evaluering"


def _round(tables: Mapping[str, pl.DataFrame], year: int) -> Iterator[Row]:
    wanted = round_id(tables, year)
    if wanted not in tables["assessment_rounds"]["assessment_round_id"]:
        names = {f"name_{code}": Catalogue(code).t("evaluator.round_name", year=year) for code in LANGUAGES}
        yield {
            "assessment_round_id": wanted,
            "assessment_year": year,
            **names,
            "assessor_role_code": "evaluator",
        }


def _stated(layout: SheetLayout, tables: Mapping[str, pl.DataFrame]) -> Iterator[Row]:
    """Rows of a table with the project each is about, where needed by way of its benefit or plan."""
    of_benefit = dict(tables["benefits"].select("benefit_id", "project_id").iter_rows())
    of_plan = {
        plan: of_benefit[one]
        for plan, one in tables["benefit_plans"].select("benefit_plan_id", "benefit_id").iter_rows()
    }
    rows = tables[layout.contract.name].sort(layout.contract.key)
    if layout.contract.name == "benefit_plans":
        rows = _newest_plans(rows)
    for row in rows.iter_rows(named=True):
        if "project_id" in row:
            project = row["project_id"]
        else:
            project = of_benefit[row["benefit_id"]] if "benefit_id" in row else of_plan[row["benefit_plan_id"]]
        yield {**row, "_project": project}


def _newest_plans(plans: pl.DataFrame) -> pl.DataFrame:
    """The last version of the plan of each indicator: what it says now, to be changed or left."""
    first = pl.coalesce("revises_plan_id", "benefit_plan_id").alias("_first")
    return plans.group_by(first, maintain_order=True).last().select(plans.columns)
