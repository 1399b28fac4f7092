"""Tables of the method page: all tables of the edition, and how old the assessments are.

Belongs here: the columns and cells of those tables.
Does not belong here: the rest of the page (`method.py`) and the page of each table (`dictionary.py`).
"""

from __future__ import annotations

from collections import Counter

from gevinst.contracts import PUBLISHED, Contract
from gevinst.layout import CSV_FOLDER, PARQUET_FOLDER
from gevinst.site.blocks import Block, Cell, Row, Table, columns, made, number_cell, source_line
from gevinst.site.context import View

_LAYERS = ("core", "marts", "quality")


def tables(view: View) -> Block:
    """Every table of the edition, with its rows, its checks and its files; tables with failed checks first."""
    checks: dict[str, list[bool]] = {table.name: [] for table in PUBLISHED}
    for row in view.data.rows("quality_checks"):
        checks.get(row["table_name"], []).append(row["is_passed"])
    order = sorted(PUBLISHED, key=lambda table: (all(checks[table.name]), _LAYERS.index(table.layer)))
    headings = ("table", "kind", "rows", "columns", "passed", "file", "other_file")
    caption = view.t("page_method.tables_caption", n=len(order))
    shape = columns(view, [f"page_method.{name}" for name in headings], numbers=(2, 3, 4))
    rows = tuple(_table(view, table, checks[table.name]) for table in order)
    failed = sum(not all(outcomes) for outcomes in checks.values())
    return Block(
        view.t("page_method.tables", n=failed, total=len(order)),
        caption,
        Table("alle-tabeller", caption, shape, rows),
        source_line(view, "quality_checks"),
        (made(view, "quality_checks", "table_name", "is_passed"),),
    )


def _table(view: View, table: Contract, outcomes: list[bool]) -> Row:
    passed = sum(outcomes)
    share = view.t("page_method.passed_of", n=len(outcomes), passed=passed)
    mark = "passed" if passed == len(outcomes) else "failed"
    return Row(
        (
            Cell(table.title(view.language), href=view.href("dictionary", table.name)),
            Cell(view.t(f"page_method.kind_{table.layer}")),
            number_cell(view, view.data.tables[table.name].height),
            number_cell(view, len(table.all_columns)),
            Cell(share, value=passed, mark=mark, csv=share) if outcomes else Cell(view.t("page_method.no_checks")),
            Cell(view.t("page_method.csv"), href=view.edition_file(f"{CSV_FOLDER}/{table.name}.csv")),
            Cell(view.t("page_method.parquet"), href=view.edition_file(f"{PARQUET_FOLDER}/{table.name}.parquet")),
        )
    )


def ages(view: View) -> Block:
    """How long ago the newest status of each project was assessed."""
    limit = view.settings.stale_after_months
    counted = Counter(_age(row["months_since_status"], limit) for row in view.data.now("project_status"))
    total = sum(counted.values())
    rows = tuple(
        Row((Cell(view.t(f"page_method.age_{name}", **values)), number_cell(view, counted[name])))
        for name, values in (("new", {}), ("recent", {"months": limit}), ("old", {"months": limit}), ("unknown", {}))
    )
    caption = view.t("page_method.ages_caption", n=total)
    shape = columns(view, ("page_method.age", "page_method.projects"), numbers=(1,))
    sum_row = (Cell(view.t("page_method.ages_total")), number_cell(view, total))
    return Block(
        view.t("page_method.ages", n=counted["old"], total=total, months=limit),
        caption,
        Table("alder", caption, shape, rows, total=sum_row),
        source_line(view, "project_status"),
        (made(view, "project_status", "months_since_status", "is_stale", "status_on"),),
    )


def _age(months: int | None, limit: int) -> str:
    if months is None:
        return "unknown"
    if months >= limit:
        return "old"
    return "new" if months < limit / 2 else "recent"
