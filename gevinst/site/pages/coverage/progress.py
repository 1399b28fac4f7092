"""How old what is known is, and whether those who were asked have answered, edition year by edition year.

Belongs here: that table.
Does not belong here: who was asked about what (the page on follow-up).
"""

from __future__ import annotations

from gevinst.language.phrases import age
from gevinst.site.blocks import Block, Cell
from gevinst.site.context import View
from gevinst.site.rows import Row
from gevinst.site.table_spec import TableSpec, cell_column, number_column


def _year(view: View, row: Row) -> Cell:
    return Cell(str(row["edition_year"]), value=row["edition_year"])


def _limit(view: View) -> str:
    return age(view.catalogue, view.settings.stale_after_months)


def _half(view: View) -> str:
    return age(view.catalogue, view.settings.ageing_after_months)


def _fresh(view: View) -> str:
    return view.t("page_coverage.progress_fresh", half=_half(view))


def _ageing(view: View) -> str:
    return view.t("page_coverage.progress_ageing", half=_half(view), limit=_limit(view))


def _old(view: View) -> str:
    return view.t("page_coverage.progress_old", limit=_limit(view))


_PROGRESS = TableSpec(
    "alderen-paa-kunnskapen",
    caption="page_coverage.progress_caption",
    tables=("follow_up_progress",),
    columns=(
        cell_column("page_coverage.progress_year", _year),
        number_column("page_coverage.progress_projects", "project_count"),
        number_column(_fresh, "fresh_word_count"),
        number_column(
            _ageing,
            "ageing_word_count",
        ),
        number_column(_old, "old_word_count"),
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
    return _PROGRESS.block(view, rows, heading=view.t("page_coverage.progress"), limit=_limit(view))
