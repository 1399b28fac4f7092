"""The portfolio: how far every project has come, year by year, with filters.

Belongs here: the tables, which follow the filter.
Does not belong here: the ladder (`gevinst.site.figures.ladder`) and the filter (`selecting.py`).
"""

from __future__ import annotations

from dataclasses import replace

from gevinst.site.badges import evidence_cell, status_cell, status_legend, status_tile
from gevinst.site.blocks import (
    Block,
    Cell,
    Column,
    KeyFigure,
    Row,
    Table,
    figure_block,
    made,
    missing,
    number_cell,
    source_line,
)
from gevinst.site.context import Row as Facts
from gevinst.site.context import View
from gevinst.site.filters import filter_data, filter_values
from gevinst.site.page import Document, Page
from gevinst.site.pages.overview.page import in_use_change
from gevinst.site.sentences import portfolio as sentences


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
    counts = sentences.count_status(view.data.frame_now("project_status"))
    finding = f"{view.figures['ladder'].heading}."
    if counts.total == 0:
        return finding
    unknown = view.t("page_portfolio.lead_unknown", n=counts.unknown)
    return " ".join((finding, unknown, *([] if on_paper else [view.t("page_portfolio.lead_filter")])))


def _key_figures(view: View) -> list[KeyFigure]:
    counts = sentences.count_status(view.data.frame_now("project_status"))
    granted = sum(row["grant_nok"] is not None for row in view.data.projects)
    return [
        KeyFigure.count(view, counts.in_use, counts.total, "in_use", in_use_change(view, counts.in_use)),
        KeyFigure.count(view, counts.moved_up, counts.total, "moved_up", view.t("page_portfolio.key_moved_up_note")),
        KeyFigure.count(view, counts.stopped, counts.total, "stopped", view.t("page_portfolio.key_stopped_note")),
        KeyFigure.count(view, granted, counts.total, "grant", view.t("page_portfolio.key_grant_note")),
    ]


def _tiles(view: View, projects: list[Facts]) -> Block:
    """Status per project and edition year, as known then; blank before the project was known."""
    known: dict[tuple[str, int], str] = {}
    for row in view.data.rows("project_status"):
        known[row["project_id"], row["edition_year"]] = row["current_status_code"]
    years = sorted({year for _, year in known} | {view.edition.edition_year})
    rows = tuple(
        Row(
            (_name_cell(view, project), *(_tile(view, known.get((project["project_id"], year))) for year in years)),
            project_id=project["project_id"],
        )
        for project in projects
    )
    columns = (Column(view.t("common.project")), *(Column(str(year)) for year in years))
    span = view.number.span(str(years[0]), str(years[-1]))
    caption = view.t("page_portfolio.tiles_caption", n=len(rows), years=span)
    return Block(
        _tiles_heading(view),
        caption,
        Table("aar-for-aar", caption, columns, rows, is_tiles=True, is_newest_last=True),
        source_line(view, "project_status"),
        (made(view, "project_status", "edition_year", "current_status_code", "known_on"),),
        legend=status_legend(view),
        follows_filter=True,
    )


def _tiles_heading(view: View) -> str:
    """For how many projects something beyond the award is known, now and the year before."""
    now = sentences.count_status(view.data.frame_now("project_status"))
    previous = view.data.previous_year
    if previous is None:
        return view.t("page_portfolio.tiles_first", n=now.total - now.unknown, total=now.total)
    before = sentences.count_status(view.data.frame_of("project_status", previous))
    return view.t(
        "page_portfolio.tiles",
        n=now.total - now.unknown,
        total=now.total,
        before=before.total - before.unknown,
        previous_year=previous,
    )


def _tile(view: View, code: str | None) -> Cell:
    return Cell("") if code is None else status_tile(view, code)


def _name_cell(view: View, project: Facts) -> Cell:
    return Cell(view.text(project, "short_name") or "", href=view.project_href(project["project_id"]))


def _projects(view: View, projects: list[Facts]) -> Block:
    names = (
        "common.project",
        "common.cohort",
        "common.sector",
        "common.project_owner",
        "common.status",
        "page_portfolio.benefit",
        "page_portfolio.grant",
        "common.sources",
    )
    numbers = ("common.cohort", "page_portfolio.grant", "common.sources")
    columns = tuple(Column(view.t(name), name in numbers, is_sortable=True) for name in names)
    rows = tuple(_project_row(view, project) for project in projects)
    caption = view.t("page_portfolio.projects_caption", n=len(rows))
    return Block(
        view.t("sentences.known_projects", n=len(rows)).rstrip("."),
        caption,
        Table("prosjekter", caption, columns, rows, is_master=True),
        source_line(view, "projects", "participations", "project_status", "project_coverage"),
        (made(view, "projects"), made(view, "project_coverage")),
        follows_filter=True,
    )


def _project_row(view: View, project: Facts) -> Row:
    owners = view.catalogue.join(list(dict.fromkeys(project["owner_short_names"])))
    grant = project["grant_nok"]
    return Row(
        (
            _name_cell(view, project),
            Cell(str(project["cohort_year"]), value=project["cohort_year"], is_number=True),
            Cell(view.label("sector", project["sector_code"])),
            Cell(owners) if owners else missing(view),
            status_cell(view, project),
            _best_benefit(view, project),
            number_cell(view, None) if grant is None else Cell(view.number.nok(grant), value=grant, is_number=True),
            number_cell(view, project["source_count"]),
        ),
        project_id=project["project_id"],
        data=filter_data(view, project),
    )


def _best_benefit(view: View, project: Facts) -> Cell:
    """The surest benefit of a project."""
    for level, flag in (
        ("dokumentert", "has_documented_benefit"),
        ("oppgitt", "has_reported_benefit"),
        ("forventet", "has_expected_benefit"),
    ):
        if project[flag]:
            return evidence_cell(view, level)
    return Cell(view.number.missing, spoken=view.t("page_portfolio.no_benefit_found"), value="", csv="")


PAGE = Page(
    name="portfolio", slugs={"nb": "portefolje", "en": "portfolio"}, documents=documents, nav_key="frame.nav_portfolio"
)
