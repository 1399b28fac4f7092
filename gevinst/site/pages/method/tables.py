"""Tables of the method page: all tables of the edition, and how old the assessments are.

Belongs here: the columns and cells of those tables.
Does not belong here: the rest of the page (`page.py`) and the page of each table (`gevinst.site.pages.dictionary`).
"""

from __future__ import annotations

from collections.abc import Callable

from gevinst.addresses import addressed, no_figure
from gevinst.contracts import PUBLISHED
from gevinst.quality import counts_of_table
from gevinst.site.blocks import Block, Cell
from gevinst.site.context import View
from gevinst.site.rows import Row as Facts
from gevinst.site.table_spec import ColumnSpec, TableSpec, cell_column, link_column, number_column, words_column

_LAYERS = ("core", "marts", "quality")


def _passed_of(view: View, row: Facts) -> Cell:
    passed, count = row["passed"], row["checks"]
    if count == 0:
        return Cell(view.t("page_method.no_checks"))
    text = view.t("page_method.passed_of", n=count, passed=passed)
    return Cell(text, value=passed, mark="passed" if passed == count else "failed", csv=text)


def _file_column(key: str, form: str, file: Callable[[View, str], str]) -> ColumnSpec:
    """A link to the table's file of one format."""
    return link_column(
        f"page_method.{key}",
        lambda view, row: view.t(f"page_method.{form}"),
        lambda view, row: file(view, row["table"].name),
    )


_TABLES = TableSpec(
    "alle-tabeller",
    caption="page_method.tables_caption",
    tables=("quality_checks",),
    made_of=(("quality_checks", "table_name", "check_outcome_code"),),
    columns=(
        link_column(
            "page_method.table",
            lambda view, row: row["table"].title(view.language),
            lambda view, row: view.href("dictionary", row["table"].name),
        ),
        words_column("page_method.kind", lambda view, row: view.t(f"page_method.kind_{row['table'].layer}")),
        number_column("page_method.rows", "rows"),
        number_column("page_method.columns", "columns"),
        cell_column("page_method.passed", _passed_of, is_number=True),
        _file_column("file", "csv", View.csv_file),
        _file_column("other_file", "parquet", View.parquet_file),
    ),
)


def tables(view: View) -> Block:
    """Every table of the edition, with its rows, its checks and its files; tables with failed checks first."""
    checks = {table.name: counts_of_table(view.data.tables["quality_checks"], table.name) for table in PUBLISHED}
    # The sort is stable: within a layer tables stay in the order of the contracts.
    order = sorted(PUBLISHED, key=lambda table: (checks[table.name].failed == 0, _LAYERS.index(table.layer)))
    rows = [
        {
            "table": table,
            "rows": addressed(view.data.tables[table.name].height, table.name),
            "columns": no_figure(len(table.all_columns), "house"),
            "checks": checks[table.name].count,
            "passed": checks[table.name].passed,
        }
        for table in order
    ]
    failed = [table for table in order if checks[table.name].failed]
    return _TABLES.block(
        view,
        rows,
        heading=view.t("page_method.tables", n=no_figure(len(failed), "house"), total=no_figure(len(order), "house")),
    )


def _age_words(view: View, row: Facts) -> str:
    """The name of an age group; some name the limit in months."""
    return view.t(f"page_method.{row['age']}", **row["values"])


_AGES = TableSpec(
    "alder",
    caption="page_method.ages_caption",
    tables=("project_status",),
    made_of=(("project_status", "months_since_status", "is_stale", "status_on"),),
    columns=(words_column("page_method.age", _age_words), number_column("page_method.projects", "projects")),
)


def ages(view: View) -> Block:
    """How long ago the newest status of each project was assessed."""
    limit = view.settings.stale_after_months
    figures = view.data.headlines
    total, old = figures["projects"].value, figures["status_old"].value
    rows = [
        {"age": f"age_{age}", "values": values, "projects": figures[name].value}
        for age, name, values in (
            ("new", "status_new", {}),
            ("recent", "status_recent", {"months": limit}),
            ("old", "status_old", {"months": limit}),
            ("unknown", "status_undated", {}),
        )
    ]
    return _AGES.block(
        view,
        rows,
        heading=view.t("page_method.ages", n=old, total=total, months=limit),
        total_row={"age": "ages_total", "values": {}, "projects": total},
        n=total,
    )
