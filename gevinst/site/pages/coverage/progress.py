"""How old what is known is, and whether those who were asked have answered, edition year by edition year.

Belongs here: that table.
Does not belong here: who was asked about what (the page on follow-up).
"""

from __future__ import annotations

from gevinst.site.blocks import Block, Cell
from gevinst.site.context import View
from gevinst.site.rows import Row
from gevinst.site.table_spec import TableSpec, cell_column, number_column


def _year(view: View, row: Row) -> Cell:
    return Cell(str(row["edition_year"]), value=row["edition_year"])


_PROGRESS = TableSpec(
    "alderen-paa-kunnskapen",
    caption="page_coverage.progress_caption",
    tables=("follow_up_progress",),
    columns=(
        cell_column("page_coverage.progress_year", _year),
        number_column("page_coverage.progress_projects", "project_count"),
        number_column("page_coverage.progress_fresh", "fresh_word_count"),
        number_column("page_coverage.progress_ageing", "ageing_word_count"),
        number_column("page_coverage.progress_old", "old_word_count"),
        number_column("page_coverage.progress_old_share", "old_word_pct", unit="percent"),
        number_column("page_coverage.progress_asked", "asked_owner_count"),
        number_column("page_coverage.progress_answered", "answered_owner_count"),
        number_column("page_coverage.progress_answered_share", "answered_owner_pct", unit="percent"),
    ),
    is_newest_last=True,
)


def progress(view: View) -> Block:
    """One row for each edition year in which a project was known, the newest last."""
    rows = [row for row in view.data.rows("follow_up_progress") if row["project_count"]]
    return _PROGRESS.block(view, rows, heading=view.t("page_coverage.progress"), limit=view.settings.stale_after_months)
