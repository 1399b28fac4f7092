"""Editions: what is new since the edition published before, and where all editions are.

Belongs here: what the page shows and in which order, and its tables.
Does not belong here: the sentences (`gevinst.site.sentences.portfolio`) and finding changes (`gevinst.method.news`).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

from gevinst.site.blocks import Table, made
from gevinst.site.context import View
from gevinst.site.page import Document, Page
from gevinst.site.rows import Row as Facts
from gevinst.site.sentences import portfolio as sentences
from gevinst.site.table_spec import TableSpec, code_column, link_column, plain_column, source_column


@dataclass(frozen=True, slots=True)
class News:
    """One list of what is new since the edition before: its heading, and one row per change."""

    anchor: str
    heading: str
    table: Table


def documents(view: View) -> list[Document]:
    """The one document."""
    news = _news(view)
    return [
        Document(
            title=view.t("page_editions.title"),
            lead=_lead(view),
            values={
                "contents": [
                    *((listed.anchor, listed.heading) for listed in news),
                    ("frosset", view.t("page_editions.to_frozen")),
                ],
                "news": news,
                "made_changes": (made(view, "edition_changes"),),
                "changes_file": view.csv_file("edition_changes"),
                "words": {
                    "listed": view.t("page_editions.listed", edition="{edition}", day="{day}"),
                    "in_force": view.t("page_editions.in_force"),
                },
            },
        )
    ]


def _lead(view: View) -> str:
    return sentences.changes_summary(
        view.data.frame_now("change_counts"),
        view.edition.previous_edition_id,
        view.catalogue,
        reconstructed_on=view.data.reconstructed_on,
    )


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


def _news(view: View) -> list[News]:
    """The lists that hold anything, what happened first; a reconstruction has none."""
    if view.data.reconstructed_on is not None:
        return []
    tables = view.data.tables
    changes = sentences.change_sentences(
        view.data.frame_now("edition_changes"),
        tables["projects"],
        tables["rounds"],
        tables["codelists"],
        view.catalogue,
    )
    found = []
    for group in sentences.CHANGE_GROUPS:
        if listed := [asdict(change) for change in changes if change.group == group]:
            heading = sentences.change_heading(group, view.edition.previous_edition_id, view.catalogue)
            anchor = f"nytt-{group.replace('_', '-')}"
            found.append(News(anchor, heading, replace(_CHANGES, table_id=anchor).table(view, listed)))
    return found


PAGE = Page(
    name="editions",
    slugs={"nb": "utgaver", "en": "editions"},
    documents=documents,
    footer_key="frame.nav_editions",
)
