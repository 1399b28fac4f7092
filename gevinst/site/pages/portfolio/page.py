"""The portfolio: how far every project has come, year by year, with filters.

Belongs here: the tables, which follow the filter.
Does not belong here: the ladder (`gevinst.site.figures.ladder`) and the filter (`gevinst.site.filters`).
"""

from __future__ import annotations

from dataclasses import replace

from gevinst.site.badges import evidence_cell, no_benefit_cell, status_cell, status_legend, status_tile
from gevinst.site.blocks import Block, Cell, KeyFigure, figure_block, made, missing
from gevinst.site.context import Row as Facts
from gevinst.site.context import View
from gevinst.site.filters import filter_values
from gevinst.site.page import Document, Page
from gevinst.site.pages.overview.page import in_use_note
from gevinst.site.table_spec import ColumnSpec, TableSpec, cell_column, code_column, number_column, project_column


def documents(view: View) -> list[Document]:
    """The one document."""
    projects = view.data.projects
    ladder = figure_block(view, view.figures["ladder"], (made(view, "project_status"),))
    return [
        Document(
            title=view.t("page_portfolio.title"),
            lead=_lead(view),
            values={
                "key_figures": _key_figures(view),
                **filter_values(view),
                "ladder": replace(ladder, follows_filter=True, has_tiles=True),
                "tiles": _tiles(view, projects),
                "projects": _projects(view, projects),
                "report_lead": _lead(view, on_paper=True),
            },
        )
    ]


def _lead(view: View, *, on_paper: bool = False) -> str:
    figures = view.data.headlines
    finding = f"{view.figures['ladder'].heading}."
    if figures["projects"].value == 0:
        return finding
    unknown = view.t("page_portfolio.lead_unknown", n=figures["status_unknown"].value)
    return " ".join((finding, unknown, *([] if on_paper else [view.t("page_portfolio.lead_filter")])))


def _key_figures(view: View) -> list[KeyFigure]:
    figures = view.data.headlines
    return [
        KeyFigure.count(view, figures["in_use"], "in_use", in_use_note(view)),
        KeyFigure.count(view, figures["moved_up"], "moved_up", view.t("page_portfolio.key_moved_up_note")),
        KeyFigure.count(view, figures["stopped"], "stopped", view.t("page_portfolio.key_stopped_note")),
        KeyFigure.count(view, figures["has_grant"], "grant", view.t("page_portfolio.key_grant_note")),
    ]


_TILES = TableSpec(
    "aar-for-aar",
    caption="page_portfolio.tiles_caption",
    tables=("project_status",),
    made_of=(("project_status", "edition_year", "current_status_code", "known_on"),),
    columns=(project_column(),),
    legend=status_legend,
    follows_filter=True,
    is_tiles=True,
    is_newest_last=True,
    is_sortable=False,
)


def _tiles(view: View, projects: list[Facts]) -> Block:
    """Status per project and edition year, as known then; blank before the project was known."""
    statuses = view.data.rows("project_status")
    known = {(row["project_id"], row["edition_year"]): row["current_status_code"] for row in statuses}
    years = sorted({year for _, year in known} | {view.edition.edition_year})
    rows = [
        {"project_id": one["project_id"], **{str(year): known.get((one["project_id"], year)) for year in years}}
        for one in projects
    ]
    spec = replace(_TILES, columns=(*_TILES.columns, *(_tile_column(str(year)) for year in years)))
    span = view.number.span(str(years[0]), str(years[-1]))
    return spec.block(view, rows, heading=_tiles_heading(view), years=span)


def _tile_column(year: str) -> ColumnSpec:
    return cell_column(
        lambda view: year, lambda view, row: Cell("") if row[year] is None else status_tile(view, row[year])
    )


def _tiles_heading(view: View) -> str:
    """For how many projects it is known what became of them."""
    now = view.data.headlines["status_known"]
    return view.t("page_portfolio.tiles_first", n=now.value, total=now.total)


def _best_benefit(view: View, project: Facts) -> Cell:
    """The surest benefit of a project, or why none is known."""
    level = project["best_evidence_code"]
    return no_benefit_cell(view, project) if level is None else evidence_cell(view, level)


def _owners(view: View, project: Facts) -> Cell:
    owners = view.catalogue.join(list(dict.fromkeys(project["owner_short_names"])))
    return Cell(owners) if owners else missing(view)


_PROJECTS = TableSpec(
    "prosjekter",
    caption="page_portfolio.projects_caption",
    tables=("projects", "participations", "project_status", "project_coverage"),
    made_of=("projects", "project_coverage"),
    columns=(
        project_column(),
        cell_column(
            "common.cohort",
            lambda view, row: Cell(str(row["cohort_year"]), value=row["cohort_year"], is_number=True),
            is_number=True,
        ),
        code_column("common.sector", "sector"),
        cell_column("common.project_owner", _owners),
        cell_column("common.status", status_cell),
        cell_column("page_portfolio.benefit", _best_benefit),
        number_column("page_portfolio.grant", "grant_nok", unit="nok"),
        number_column("common.sources", "source_count"),
    ),
    follows_filter=True,
    is_master=True,
)


def _projects(view: View, projects: list[Facts]) -> Block:
    return _PROJECTS.block(view, projects, heading=view.t("sentences.known_projects", n=len(projects)).rstrip("."))


PAGE = Page(
    name="portfolio", slugs={"nb": "portefolje", "en": "portfolio"}, documents=documents, nav_key="frame.nav_portfolio"
)
