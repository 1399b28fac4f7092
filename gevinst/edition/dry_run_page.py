"""The page of a dry run, "What would change?": a working paper with the site's styles, and no page of the site.

Belongs here: its sections, its sentences, and writing it beside the pages that the dry run has built.
Does not belong here: finding what would change (`gevinst.edition.dry_run`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from html import unescape
from pathlib import Path

import polars as pl

from gevinst.bilingual import LANGUAGES
from gevinst.contracts import contract
from gevinst.contracts.schema import polars_schema
from gevinst.edition.dry_run import WouldChange, edition_folder
from gevinst.language.texts import Catalogue
from gevinst.layout import SITE
from gevinst.method.catalogue import compute_mart
from gevinst.method.frames import Rules
from gevinst.quality import count_checks
from gevinst.settings import Settings
from gevinst.site.blocks import Block, Cell, Table
from gevinst.site.bundle import write_assets
from gevinst.site.context import View
from gevinst.site.headlines import Headlines, headlines
from gevinst.site.page import Document, Page
from gevinst.site.pages import path_of
from gevinst.site.pages.coverage import tables as coverage_tables
from gevinst.site.render import render
from gevinst.site.rows import Row, SiteData
from gevinst.site.sentences import portfolio as sentences
from gevinst.site.table_spec import TableSpec, cell_column, number_column, plain_column, text_column, words_column

_SLUGS = {"nb": "hva-endres", "en": "what-would-change"}
_HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
_MARKUP = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading that says how much, and the table that says what; only the heading is shown when there is no row."""

    heading: str
    caption: str
    table: Table


def write_would_change(result: WouldChange, settings: Settings) -> dict[str, Path]:
    """Write the page in both languages into the site that the dry run has built; their paths by language.

    `settings` are those of the dry run. Where it stopped before there was a site, the page is written alone, with the
    styles beside it.
    """
    site = edition_folder(settings) / SITE
    if not (site / "assets").exists():
        write_assets(site)
    page = Page("would_change", _SLUGS, lambda view: [_document(view, result, site)], own_template="would_change.html")
    written: dict[str, Path] = {}
    for language in LANGUAGES:
        view = View(SiteData(result.tables, result.info), language, settings, path_of)
        path = page.path(language)
        written[language] = site / path.removeprefix("/")
        written[language].parent.mkdir(parents=True, exist_ok=True)
        for document in page.documents(view):
            written[language].write_text(render(view, page, document, path), encoding="utf-8")
    return written


def summary(result: WouldChange, catalogue: Catalogue) -> str:
    """What would change, or what stops the edition, in two or three sentences."""
    t = catalogue.t
    failed = count_checks(result.tables["quality_checks"]).critical_failed
    edition = result.info.edition_id
    if not result.is_built:
        reasons = [t("page_would_change.reason_faults", n=len(result.stops))] if result.stops else []
        reasons += [t("page_would_change.reason_checks", n=failed)] if failed else []
        reasons = reasons or [t("page_would_change.reason_run")]
        return t("page_would_change.not_built", edition=edition, reasons=catalogue.join(reasons))
    return f"{_compared(result, catalogue)} {_effect(result, catalogue)}"


def _compared(result: WouldChange, catalogue: Catalogue) -> str:
    if result.before is None:
        rows = sum(frame.height for frame in result.tables.values())
        return catalogue.t("page_would_change.no_before", rows=rows, tables=len(result.tables))
    if not result.rows:
        return catalogue.t("page_would_change.nothing", before=result.before.edition_id)
    return catalogue.t(
        "page_would_change.compared",
        before=result.before.edition_id,
        added=sum(entry.added for entry in result.rows),
        changed=sum(entry.changed for entry in result.rows),
        withdrawn=sum(entry.withdrawn for entry in result.rows),
        tables=len(result.rows),
        pages=len(_addresses(result, catalogue.language)),
    )


def _effect(result: WouldChange, catalogue: Catalogue) -> str:
    if not result.is_put_in_force:
        return catalogue.t("page_would_change.shelved")
    if result.replaces is None:
        return catalogue.t("page_would_change.in_force")
    return catalogue.t("page_would_change.replaces", replaced=result.replaces.edition_id)


def _document(view: View, result: WouldChange, site: Path) -> Document:
    _, failed = coverage_tables.checks(view)
    blocks: list[Block | None] = [failed, coverage_tables.quarantine(view)]
    sections = [Section(block.heading, block.caption, block.table) for block in blocks if block is not None]
    if result.stops:
        sections.insert(0, _section(view, _FAULTS, [asdict(stop) for stop in result.stops]))
    is_compared = result.before_tables is not None
    if is_compared:
        sections += [_key_figures(view, result), _section(view, _ROWS, [asdict(entry) for entry in result.rows])]
    return Document(
        title=view.t("page_would_change.title"),
        lead=summary(result, view.catalogue),
        values={
            "sections": sections,
            "is_stopped": not result.is_built,
            "news": _news(view, result) if is_compared else None,
            "pages": _pages(view, result, site) if is_compared else None,
        },
    )


_FAULTS = TableSpec(
    "faults",
    heading="page_would_change.faults",
    caption="page_would_change.faults_caption",
    columns=(
        plain_column("page_coverage.file", "file", note=lambda view, row: row["sheet"]),
        number_column("page_coverage.line", "row_number"),
        plain_column("page_coverage.column", "column_name"),
        plain_column("page_coverage.cell_value", "value"),
        text_column("common.reason", "reason", is_wide=True),
    ),
)
_COMPARED = {
    **{name: name for name in ("projects", "in_use", "stopped", "continued")},
    "unknown": "status_unknown",
    **{level: f"has_{level}_benefit" for level in ("expected", "reported", "documented")},
    **{name: name for name in ("claims", "measurements", "sources")},
}
"""Ids of headline figures by their names on the page."""
_KEY_FIGURES = TableSpec(
    "key-figures",
    heading="page_would_change.key_figures",
    caption="page_would_change.key_figures_caption",
    columns=(
        words_column("page_would_change.key_figure", lambda view, row: view.t(f"page_would_change.key_{row['name']}")),
        number_column("page_would_change.now", "now"),
        number_column("page_would_change.would_be", "would_be"),
    ),
)
_ROWS = TableSpec(
    "rows",
    heading="page_would_change.rows",
    caption="page_would_change.rows_caption",
    columns=(
        words_column(
            "page_would_change.table",
            lambda view, row: contract(row["name"]).title(view.language),
            note=lambda view, row: ", ".join(row["first_keys"]) or None,
            is_wide=True,
        ),
        number_column("page_would_change.now", "before"),
        *(number_column(f"page_would_change.{name}", name) for name in ("added", "changed", "withdrawn")),
    ),
)
_PAGES = TableSpec(
    "pages",
    heading="page_would_change.pages",
    caption="page_would_change.pages_caption",
    columns=(cell_column("page_would_change.page", lambda view, row: row["cell"], is_wide=True),),
)


def _section(view: View, spec: TableSpec, rows: Sequence[Row]) -> Section:
    block = spec.block(view, rows)
    return Section(block.heading, block.caption, block.table)


def _key_figures(view: View, result: WouldChange) -> Section:
    before = result.before_tables or {}
    year = result.before.edition_year if result.before else result.info.edition_year
    old = _figures(view, before, year)
    new = _figures(view, result.tables, result.info.edition_year)
    rows = [
        {"name": name, "now": old[figure_id].value, "would_be": new[figure_id].value}
        for name, figure_id in _COMPARED.items()
        if old[figure_id].value != new[figure_id].value
    ]
    return _section(view, _KEY_FIGURES, rows)


def _figures(view: View, tables: dict[str, pl.DataFrame], year: int) -> Headlines:
    """Headline figures of an edition; computed from its tables when it was published before the mart existed."""
    mart = contract("headline_counts")
    if mart.name in tables:
        rows = tables[mart.name]
    else:
        settings = view.settings
        rules = Rules(year, year, settings.stale_after_months, settings.min_n_for_shares)
        empty = {name: pl.DataFrame(schema=polars_schema(contract(name))) for name in mart.depends_on}
        inputs = {name: tables.get(name, empty[name]) for name in mart.depends_on}
        rows = compute_mart(mart, inputs, rules, is_illustrative=view.edition.is_illustrative)
    return headlines(rows.filter(pl.col("edition_year") == year))


def _pages(view: View, result: WouldChange, site: Path) -> Section:
    """Changed pages of the view's language, by their headings."""
    return _section(view, _PAGES, [{"cell": _page(view, page, site)} for page in _addresses(result, view.language)])


def _addresses(result: WouldChange, language: str) -> list[str]:
    """Site-absolute addresses of changed pages in one language."""
    addresses = [path.removeprefix(SITE) for path in result.pages]
    return [address for address in addresses if address.startswith(f"/{language}/")]


def _page(view: View, address: str, site: Path) -> Cell:
    path = site / address.removeprefix("/")
    if not path.exists():
        return Cell(view.t("page_would_change.gone", page=address))
    heading = _HEADING.search(path.read_text(encoding="utf-8"))
    name = unescape(_MARKUP.sub("", heading[1])).strip() if heading else address
    return Cell(name, href=address, note=address)


def _news(view: View, result: WouldChange) -> list[str]:
    """Changes that readers would see reported and do not see now."""
    key = ["edition_year", "change_id"]
    reported = (result.before_tables or {})["edition_changes"].select(key)
    changes = result.tables["edition_changes"].filter(pl.col("edition_year") == result.info.edition_year)
    new = changes.join(reported, on=key, how="anti")
    projects, rounds, codelists = (result.tables[name] for name in ("projects", "rounds", "codelists"))
    would_report = sentences.change_sentences(new, projects, rounds, codelists, view.catalogue)
    return [sentence.text for sentence in would_report]
