"""Editions: what has changed from one edition year to the next, why, and what was believed when.

Belongs here: what the page shows and in which order, and its tables.
Does not belong here: the sentences (`gevinst.site.sentences.portfolio`) and finding changes (`gevinst.method.changes`).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from itertools import pairwise

from gevinst.site.blocks import Block, Table, made
from gevinst.site.context import Row as Facts
from gevinst.site.context import View
from gevinst.site.page import Document, Page
from gevinst.site.sentences import portfolio as sentences
from gevinst.site.table_spec import TableSpec, code_column, link_column, number_column, plain_column, source_column

_FACTS = ("has_status_beyond_award", "has_reported_benefit", "has_documented_benefit")


@dataclass(frozen=True, slots=True)
class Year:
    """What became new in one edition year: a heading that sums it up, and one row per change."""

    year: int
    anchor: str
    heading: str
    caption: str
    table: Table | None


def documents(view: View) -> list[Document]:
    """The one document."""
    years = [_year(view, year, before) for year, before in _pairs(view)]
    return [
        Document(
            title=view.t("page_editions.title"),
            lead=_lead(view),
            values={
                "contents": [
                    ("trodd", view.t("page_editions.to_known")),
                    *([("endringer-heading", view.t("page_editions.to_counts"))] if years else []),
                    *((year.anchor, str(year.year)) for year in years),
                ],
                "known": _known(view),
                "counts": _counts(view, years),
                "years": years,
                "made_changes": (made(view, "edition_changes"),),
            },
        )
    ]


def _lead(view: View) -> str:
    edition, previous = view.edition, view.data.previous_year
    changes = sentences.changes_summary(view.data.frame_now("change_counts"), previous, view.catalogue)
    if edition.previous_edition_id is None:
        compared = view.t("page_editions.not_compared")
    else:
        compared = view.t("page_editions.compared", edition=edition.previous_edition_id)
    return f"{changes} {compared}"


_CHANGES = TableSpec(
    "endringer",
    caption="page_editions.year_caption",
    columns=(
        link_column(
            "page_editions.change",
            lambda view, row: row["text"],
            lambda view, row: view.project_href(row["project_id"]) if _is_known(view, row) else None,
            is_wide=True,
        ),
        code_column("page_editions.kind", "change_kind", "kind"),
        plain_column("common.reason", "reason", is_wide=True),
        source_column(),
    ),
)


def _is_known(view: View, row: Facts) -> bool:
    return row["project_id"] in view.data.project_by_id


def _pairs(view: View) -> list[tuple[int, int]]:
    """Each edition year and the one before it, newest first, from the second year in which any project was known."""
    known = sorted(row["edition_year"] for row in view.data.rows("edition_years") if row["project_count"])
    return [(year, before) for before, year in pairwise(known)][::-1]


def _year(view: View, year: int, before: int) -> Year:
    tables = view.data.tables
    frame = view.data.frame_of("edition_changes", year)
    changes = sentences.change_sentences(
        frame, tables["projects"], tables["rounds"], tables["codelists"], view.catalogue
    )
    spec = replace(_CHANGES, table_id=f"endringer-{year}")
    table = spec.table(view, [asdict(change) for change in changes], year=year, previous_year=before)
    return Year(
        year=year,
        anchor=f"ar-{year}",
        heading=sentences.changes_summary(view.data.frame_of("change_counts", year), before, view.catalogue).rstrip(
            "."
        ),
        caption=table.caption,
        table=table if changes else None,
    )


def _counts(view: View, years: list[Year]) -> Block | None:
    """Changes by kind and year; kinds that no year has are left out."""
    if not years:
        return None
    shown = sorted(year.year for year in years)
    counts = view.data.rows("change_counts")
    counted = {(row["change_kind_code"], row["edition_year"]): row["item_count"] for row in counts}
    sums = {row["edition_year"]: row["year_count"] for row in counts if row["edition_year"] in shown}
    kinds = [code for code in view.labels("change_kind") if any(counted[code, year] for year in shown)]
    most = max(shown, key=lambda year: (sums[year], year))
    rows = [
        {"name": view.label("change_kind", kind), **{str(year): counted[kind, year] for year in shown}}
        for kind in kinds
    ]
    return _by_year(_COUNTS, "page_editions.kind", shown).block(
        view,
        rows,
        heading=view.t("page_editions.counts", n=sums[most], year=most),
        total_row={"name": view.t("page_editions.total"), **{str(year): sums[year] for year in shown}},
        n=len(shown),
    )


_MEASURES = {
    "documents": "sources",
    "known": "projects",
    **{fact: fact for fact in _FACTS},
    "in_use": "in_use",
    "stopped": "stopped",
}
"""Headline figures by what they are called on the page."""
_COUNTS = TableSpec(
    "endringer",
    caption="page_editions.counts_caption",
    tables=("edition_changes",),
    made_of=(("edition_changes", "change_kind_code", "item_count"),),
    columns=(),
    is_newest_last=True,
    is_sortable=False,
)
_KNOWN = TableSpec(
    "trodd",
    caption="page_editions.known_caption",
    tables=("edition_years", "project_status", "project_coverage"),
    made_of=("edition_years", ("project_status", "is_in_use", "is_stopped"), ("project_coverage", *_FACTS)),
    columns=(),
    is_newest_last=True,
    is_sortable=False,
)


def _known(view: View) -> Block:
    """Key numbers of each edition year side by side: what was believed when."""
    years = sorted(row["edition_year"] for row in view.data.rows("edition_years"))
    figures = {year: view.data.headlines_of(year) for year in years}
    measures = {name: {year: figures[year][figure_id].value for year in years} for name, figure_id in _MEASURES.items()}
    rows = [
        {"name": view.t(f"page_editions.{name}"), **{str(year): n for year, n in counts.items()}}
        for name, counts in measures.items()
    ]
    newest = measures["known"][view.edition.edition_year]
    heading = view.t("page_editions.known_heading", n=newest, year=view.edition.edition_year)
    return _by_year(_KNOWN, "page_editions.measure", years).block(view, rows, heading=heading, n=len(years))


def _by_year(spec: TableSpec, first: str, years: list[int]) -> TableSpec:
    """`spec` with a column of names under the heading `first`, and one of numbers per year."""
    numbers = (number_column(lambda view, year=year: str(year), str(year)) for year in years)
    return replace(spec, columns=(plain_column(first, "name"), *numbers))


PAGE = Page(
    name="editions",
    slugs={"nb": "utgaver", "en": "editions"},
    documents=documents,
    nav_key="frame.nav_editions",
)
