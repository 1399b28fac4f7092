"""All documents, with what rests on each of them.

Belongs here: the list and the counting of rows per document.
Does not belong here: the rows themselves (the other pages).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from gevinst.addresses import addressed
from gevinst.contracts import CORE, PUBLISHED
from gevinst.site.blocks import made
from gevinst.site.context import Row, View
from gevinst.site.page import Document, Page

_TABLES = [table for table in CORE if table in PUBLISHED]


@dataclass(frozen=True, slots=True)
class Entry:
    """One document, how many rows of which table rest on it, and the projects they are about."""

    row: Row
    notes: tuple[str, ...]
    rests: str
    projects: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Documents of one type."""

    anchor: str
    kind: str
    heading: str
    entries: tuple[Entry, ...]


def documents(view: View) -> list[Document]:
    """The one document."""
    rows = view.data.rows("sources")
    groups, figures = _groups(view, rows), view.data.headlines
    lead = " ".join(
        (
            view.t("page_sources.lead_count", n=figures["sources"].value, publishers=figures["publishers"].value),
            view.t(
                "page_sources.lead_limits",
                partly=figures["sources_partly_read"].value,
                undated=figures["sources_undated"].value,
            ),
            *(
                view.t(f"page_sources.{key}", n=figures[name].value)
                for key, name in (("lead_unfound", "sources_without_address"), ("lead_closed", "sources_not_public"))
                if figures[name].value
            ),
            view.t("page_sources.lead_missing"),
        )
    )
    return [
        Document(
            title=view.t("page_sources.title"),
            lead=lead,
            values={
                "groups": groups,
                "contents": [(group.anchor, group.kind) for group in groups],
                "made": (made(view, "sources"),),
            },
        )
    ]


def _counts(view: View) -> dict[str, dict[str, int]]:
    """By document: rows that rest on it, by table."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for row in view.data.now("source_use"):
        found[row["source_id"]][row["table_name"]] = row["row_count"]
    return found


def _projects(view: View) -> dict[str, set[str]]:
    """By document: the projects that rows resting on it are about."""
    found: dict[str, set[str]] = defaultdict(set)
    for table in _TABLES:
        if {"source_id", "project_id"} <= set(table.column_names):
            for row in view.data.rows(table.name):
                if row["project_id"] in view.data.project_by_id:
                    found[row["source_id"]].add(row["project_id"])
    return found


def _groups(view: View, rows: list[Row]) -> list[Group]:
    groups = []
    counts, projects = _counts(view), _projects(view)
    for code, label in view.labels("document_type").items():
        mine = sorted((row for row in rows if row["document_type_code"] == code), key=_newest_first)
        if mine:
            kind = label[:1].upper() + label[1:]
            heading = view.t(
                "page_sources.group", kind=kind, n=addressed(len(mine), f"sources.document_type_code={code}")
            )
            entries = tuple(_entry(view, row, counts[row["source_id"]], projects[row["source_id"]]) for row in mine)
            groups.append(Group(f"type-{code}", kind, heading, entries))
    return groups


def _newest_first(row: Row) -> tuple[bool, int, str]:
    published = row["published_on"]
    return (published is None, -(published.toordinal() if published else 0), row["source_id"])


def _entry(view: View, row: Row, tables: dict[str, int], projects: set[str]) -> Entry:
    titles = [f"{table.title(view.language).lower()} {tables[table.name]}" for table in _TABLES if table.name in tables]
    rests = view.t("page_sources.rests", tables=", ".join(titles)) if titles else view.t("page_sources.rests_nothing")
    named = [view.data.project_by_id[project_id] for project_id in sorted(projects)]
    return Entry(
        row,
        tuple(_notes(view, row)),
        rests,
        tuple((view.text(one, "short_name") or "", view.project_href(one["project_id"])) for one in named),
    )


def _notes(view: View, row: Row) -> Iterator[str]:
    """When an undated document became public, with the evidence, and why one has no address."""
    first, last = row["public_not_before"], row["public_not_after"]
    if row["published_on"] is None and last is not None:
        if first is None:
            yield view.t("page_sources.bounded_last", last=last)
        else:
            yield view.t("page_sources.bounded", first=first, last=last)
        if basis := view.text(row, "public_bounds_basis"):
            yield basis
    if row["address"] is None:
        yield view.t(
            "page_sources.no_public_address" if row["has_no_public_address"] else "page_sources.address_not_found"
        )


PAGE = Page(
    name="sources", slugs={"nb": "kilder", "en": "sources"}, documents=documents, footer_key="frame.nav_sources"
)
