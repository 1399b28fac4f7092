"""The portfolio: how far every project has come, year by year, with filters.

Belongs here: the tables, which follow the filter.
Does not belong here: the ladder (`gevinst.site.figures.ladder`) and the filter (`gevinst.site.filters`).
"""

from __future__ import annotations

from dataclasses import replace

from gevinst.site.badges import best_benefit_cell, status_cell, status_legend, status_tile
from gevinst.site.blocks import Block, Cell, missing
from gevinst.site.context import View
from gevinst.site.filters import filter_values
from gevinst.site.page import Document, Page
from gevinst.site.pages.charts import chart_block
from gevinst.site.pages.overview.page import in_use
from gevinst.site.pages.portfolio.key_figures import key_figures
from gevinst.site.rows import Row as Facts
from gevinst.site.sentences import outcomes
from gevinst.site.table_spec import ColumnSpec, TableSpec, cell_column, code_column, number_column, project_column

_VIEWS = ("nyeste", "forlop")
"""The ladder and the years: two views of the same projects. Names are the same in both languages, as in addresses."""


def documents(view: View) -> list[Document]:
    """The one document."""
    projects, figures = view.data.projects, key_figures(view)
    ladder = chart_block(view, "ladder")
    return [
        Document(
            title=view.t("page_portfolio.title"),
            lead=_lead(view),
            values={
                "key_figures": figures,
                **filter_values(view, figures),
                "round_outcomes": _round_outcomes(view),
                "ladder": replace(ladder, follows_filter=True),
                "tiles": _tiles(view, projects),
                "views": [(name, view.t(f"page_portfolio.view_{name}")) for name in _VIEWS],
                "projects": _projects(view, projects),
                "report_lead": _lead(view, on_paper=True),
            },
        )
    ]


def _lead(view: View, *, on_paper: bool = False) -> str:
    """What is in use, by name, how projects have moved, and of how many nothing is known."""
    figures, catalogue = view.data.headlines, view.catalogue
    total, unknown = figures["projects"].value, figures["status_unknown"].value
    if total == 0:
        return f"{view.figures['ladder'].heading}."
    said = [view.t("sentences.known_projects", n=total)]
    if unknown == total:
        said.append(view.t("outcomes.all_unknown", n=total))
    else:
        months = view.settings.stale_after_months
        said += outcomes.in_use_sentences(figures, in_use(view), catalogue, stale_after_months=months)
        said += [moved] if (moved := outcomes.movement(figures, catalogue)) else []
        said += [view.t("outcomes.unknown", n=unknown)] if unknown else []
    return " ".join((*said, *([] if on_paper else [view.t("page_portfolio.lead_filter")])))


def _round_outcomes(view: View) -> Block | None:
    """What came of the projects of each round; nothing where no project is known."""
    if "round-outcomes" not in view.figures:
        return None
    return replace(chart_block(view, "round-outcomes"), stays_whole=True)


_TILES = TableSpec(
    "aar-for-aar",
    caption="page_portfolio.tiles_caption",
    tables=("project_status",),
    made_of=(("project_status", "edition_year", "current_status_code", "known_on", "is_stale"),),
    columns=(project_column(),),
    legend=status_legend,
    follows_filter=True,
    is_tiles=True,
    is_newest_last=True,
    is_sortable=False,
)


def _tiles(view: View, projects: list[Facts]) -> Block:
    """Status per project and edition year, as certainly was public then; blank before the project was."""
    known = {(row["project_id"], row["edition_year"]): row for row in view.data.rows("project_status")}
    years = sorted({year for _, year in known} | {view.edition.edition_year})
    rows = [
        {"project_id": one["project_id"], **{str(year): known.get((one["project_id"], year)) for year in years}}
        for one in projects
    ]
    spec = replace(_TILES, columns=(*_TILES.columns, *(_tile_column(str(year)) for year in years)))
    span = view.number.span(str(years[0]), str(years[-1]))
    heading = view.t("page_portfolio.tiles_heading")
    block = spec.block(view, rows, heading=heading, years=span, this_year=view.edition.edition_year)
    return replace(block, is_label=True)


def _tile_column(year: str) -> ColumnSpec:
    return cell_column(
        lambda view: year, lambda view, row: Cell("") if row[year] is None else status_tile(view, row[year])
    )


def _owners(view: View, project: Facts) -> Cell:
    owners = dict(zip(project["owner_ids"], project["owner_short_names"], strict=True))
    if not owners:
        return missing(view)
    links = tuple((name, view.organisation_href(one)) for one, name in owners.items())
    return Cell("", links=links)


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
        cell_column("page_portfolio.benefit", best_benefit_cell),
        number_column("page_portfolio.grant", "grant_amount", unit="money"),
        number_column("common.sources", "source_count"),
    ),
    kept=("common.cohort", "common.status", "page_portfolio.benefit"),
    follows_filter=True,
    is_master=True,
)


def _projects(view: View, projects: list[Facts]) -> Block:
    claims = {row["project_id"]: row for row in view.data.now("project_claims")}
    rows = [{**claims[project["project_id"]], **project} for project in projects]
    block = _PROJECTS.block(view, rows, heading=view.t("page_portfolio.projects_heading"))
    return replace(block, is_label=True)


PAGE = Page(
    name="portfolio", slugs={"nb": "portefolje", "en": "portfolio"}, documents=documents, nav_key="frame.nav_portfolio"
)
