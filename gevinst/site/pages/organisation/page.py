"""Organisations: one document for each owner and supplier of a known project, and one that lists all who take part.

Belongs here: what the pages show and in which order.
Does not belong here: their tables (`tables.py`), sentences (`gevinst.site.sentences.organisations`) and any counting
(`gevinst.method.organisations`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gevinst.contracts.vocabulary import PARTNER, SUPPLIER
from gevinst.language.phrases import capital
from gevinst.method.organisations import ALL_ROLES, OWNER_GROUP
from gevinst.site.context import SourceLink, View
from gevinst.site.page import Document, Page
from gevinst.site.pages.organisation import tables
from gevinst.site.pages.project.result import status_sentence
from gevinst.site.rows import Row
from gevinst.site.sentences import organisations as sentences
from gevinst.site.sentences.scheme import independence


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the fact box; `href` where what it says has a page."""

    term: str
    text: str
    href: str | None = None
    source: SourceLink | None = None


def documents(view: View) -> Iterator[Document]:
    """The list, and one document per organisation of it."""
    taking_part: dict[str, list[Row]] = defaultdict(list)
    for row in view.data.rows("participations"):
        if row["project_id"] in view.data.project_by_id:
            taking_part[row["organisation_id"]].append(row)
    known = [one for one in sorted(taking_part) if view.data.has_own_page(one)]
    yield _index(view, taking_part)
    yield from (_document(view, one, taking_part[one]) for one in known)


def _index(view: View, taking_part: Mapping[str, Sequence[Row]]) -> Document:
    counts = {name: view.data.headlines[name].value for name in sentences.INDEX_FIGURES}
    return Document(
        title=view.t("page_organisation.index_title"),
        lead=sentences.index_lead(counts, view.catalogue),
        values={
            "organisation": None,
            "blocks": [
                block
                for block in (
                    tables.owners(view, counts["organisations_owning"]),
                    tables.suppliers(view, counts["organisations_supplying"]),
                    tables.partners(view, counts["organisations_partnering"], taking_part),
                )
                if block
            ],
        },
    )


def _document(view: View, organisation_id: str, rows: Sequence[Row]) -> Document:
    organisation = view.data.organisation_by_id[organisation_id]
    counts = {
        group: view.data.counts_of_organisation[organisation_id, group]
        for group in (ALL_ROLES, OWNER_GROUP, PARTNER, SUPPLIER)
        if (organisation_id, group) in view.data.counts_of_organisation
    }
    heading = view.t("page_organisation.projects", n=counts[ALL_ROLES]["project_count"])
    return Document(
        title=view.t("page_organisation.title", name=organisation["name"]),
        lead=_lead(view, organisation, rows, counts),
        tail=organisation_id,
        values={
            "organisation": organisation,
            "facts": list(_facts(view, organisation)),
            "remarks": list(_remarks(view, organisation_id, is_supplier=SUPPLIER in counts)),
            "projects": tables.projects(view, rows, heading),
        },
    )


def _lead(view: View, organisation: Row, rows: Sequence[Row], counts: dict[str, Row]) -> str:
    """In which roles, in how many projects, and what is known of how they went."""
    name, every = organisation["name"], counts[ALL_ROLES]
    words = {group: sentences.role_words(view.catalogue, group, rows) for group in counts if group != ALL_ROLES}
    known = view.data.project_by_id
    if every["project_count"] == 1:
        project = known[rows[0]["project_id"]]
        short_name = view.text(project, "short_name") or ""
        said = [
            sentences.one_project(view.catalogue, name, list(words.values()), short_name, project["cohort_year"]),
            *([view.t("page_organisation.disputed_one")] if every["disputed_count"] else []),
            status_sentence(view, project),
            *sentences.old_statements(every, view.catalogue, stale_after_months=view.settings.stale_after_months),
        ]
        return " ".join(said)
    mine = [known[one] for one in dict.fromkeys(row["project_id"] for row in rows)]
    in_use = [{**one, "name": view.text(one, "short_name")} for one in mine if one["is_in_use"]]
    return " ".join(
        (
            sentences.several_projects(view.catalogue, name, words, counts),
            *sentences.outcomes_of(every, in_use, view.catalogue, stale_after_months=view.settings.stale_after_months),
        )
    )


def _facts(view: View, organisation: Row) -> Iterator[Fact]:
    """Short name, type, other names, and what it has become part of."""
    source = view.source(organisation)
    if organisation["short_name"]:
        yield Fact(view.t("page_organisation.short_name"), organisation["short_name"], source=source)
    yield Fact(
        view.t("page_organisation.level"), view.label("organisation_level", organisation["level_code"]), None, source
    )
    others = tables.other_names(view, organisation)
    if others:
        listed = tables.listed_names(view, others)
        yield Fact(view.t("page_organisation.other_names"), listed, source=view.source(others[0]))
    successor = view.data.organisation_by_id.get(organisation["successor_id"] or "")
    if successor:
        href = view.organisation_href(successor["organisation_id"])
        yield Fact(view.t("page_organisation.successor"), successor["name"], href)


def _remarks(view: View, organisation_id: str, *, is_supplier: bool) -> Iterator[str]:
    """What must be known to read the table: whose merit outcomes are not, and what a supplier has written itself."""
    if not is_supplier:
        return
    yield view.t("page_organisation.supplier_caveat")
    for row in view.data.grouped("finding_sources", "organisation_id").get(organisation_id, ()):
        if row["delivered_project_count"]:
            yield capital(independence(row, view.data.source_by_id[row["source_id"]], view.catalogue))


PAGE = Page(
    name="organisation",
    slugs={"nb": "organisasjon", "en": "organisation"},
    documents=documents,
    footer_key="frame.nav_organisations",
)
