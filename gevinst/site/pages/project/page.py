"""One page per project: everything that is known of it, each fact with its source.

Belongs here: what the page shows and in which order, facts and history.
Does not belong here: the box of the result (`result.py`) and tables of claims, measurements and figures (`tables.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from gevinst.contracts.vocabulary import PARTICIPATION_ROLES, STATED_NOT
from gevinst.site.badges import status_mark
from gevinst.site.context import SourceLink, View
from gevinst.site.page import Document, Page
from gevinst.site.pages.coverage.disagreements import gather
from gevinst.site.pages.project import tables as project_tables
from gevinst.site.pages.project.result import result_of, status_sentence
from gevinst.site.rows import Row

_SOURCED = (
    "participations",
    "project_events",
    "project_grants",
    "status_assessments",
    "benefits",
    "benefit_claims",
    "counterfactual_statements",
    "project_phases",
    "follow_on_funding",
    "context_figures",
    "project_relations",
    "disagreements",
    "planned_realised",
)
"""Tables whose rows are on the page, with the document behind each."""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that is known, with its document and page; `text` is `None` when no source says it."""

    text: str | None
    source: SourceLink | None = None
    tags: tuple[str, ...] = ()
    note: str | None = None
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the fact box."""

    term: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One statement on the timeline; `clocks` says when it became public and when it was recorded."""

    when: str
    mark: str
    status: str
    said_by: str
    reason: str
    source: SourceLink
    clocks: str
    tags: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase of the work that a source shows the project to have been in."""

    name: str
    when: str
    source: SourceLink
    tags: tuple[str, ...] = field(default=())


def documents(view: View) -> Iterator[Document]:
    """One document per project known in this edition."""
    return (_document(view, project) for project in view.data.projects)


def _document(view: View, project: Row) -> Document:
    project_id = project["project_id"]
    (counts,) = view.data.of_project("benefit_by_project", project_id)
    shared = view.source(view.data.fact_of(project_id))
    return Document(
        title=view.text(project, "short_name") or project_id,
        lead=_lead(view, project),
        more=_official_title(view, project),
        tail=project_id,
        values={
            "project": project,
            "result": result_of(view, project, absence_of_benefits(view, counts), _read_whole(view, project)),
            "facts": _unrepeated(_facts(view, project), shared),
            "facts_source": shared,
            "problem": Said(view.text(project, "problem")),
            "timeline": _timeline(view, project_id),
            "phases": _phases(view, project_id),
            "blocks": project_tables.blocks(view, project_id),
            "no_benefits": absence_of_benefits(view, counts),
            "relations": _relations(view, project_id),
            "disagreements": gather(view, view.data.of_project("disagreements", project_id)),
            "documents": _documents_behind(view, project_id),
        },
    )


def _lead(view: View, project: Row) -> str:
    """When the project was funded, and how far it has come."""
    funded = view.t("page_project.funded", year=str(project["cohort_year"]))
    return f"{funded} {status_sentence(view, project)}"


def _official_title(view: View, project: Row) -> str:
    """The official title, where it is another than the name that pages use; nothing where it is the same.

    Below the lead and not in it: official titles are long, and the lead is what a reader reads first.
    """
    name = view.text(project, "name")
    return "" if name == view.text(project, "short_name") else view.t("page_project.official_title", name=name)


def _read_whole(view: View, project: Row) -> str:
    """How many of the documents on the project were read in whole: what was not found may be in the others."""
    whole, total = project["read_whole_count"], project["source_count"]
    if whole == total:
        return view.t("page_project.read_whole_all", n=total)
    return view.t("page_project.read_whole", n=whole, total=total)


def absence_of_benefits(view: View, project: Row) -> str:
    """Why no benefit of a project is known: nobody looked, it is not in what was read, or a source says that none came.

    Takes a row with `expected_absence_code` and `results_absence_code`; of a project with benefits nothing is said.
    """
    expected, results = project["expected_absence_code"], project["results_absence_code"]
    if results == STATED_NOT:
        return view.t("page_project.results_stated_not")
    return view.t(f"page_project.benefits_{expected}_{results}") if expected and results else ""


def _facts(view: View, project: Row) -> list[Fact]:
    project_id = project["project_id"]
    fact = view.data.fact_of(project_id)
    source = view.source(fact)
    award = view.data.round_by_id[project["round_id"]]
    members = [_members(view, project_id, seat) for seat in PARTICIPATION_ROLES]
    group = project["public_evidence_group_code"]
    facts = [
        *(fact for fact in members if fact),
        Fact(view.t("common.round"), (Said(view.text(award, "name"), source),)),
        _events(view, project_id, "started"),
        _events(view, project_id, "ended"),
        _grant(view, project_id),
        Fact(
            view.t("common.sector"),
            (Said(view.label("sector", project["sector_code"]), source, (view.t("page_project.sector_by_us"),)),),
        ),
    ]
    if group:
        newest = view.data.of_project("project_status", project_id)[0]
        known = Said(view.label("public_evidence_group", group), view.source(newest))
        facts.append(Fact(view.t("page_project.evidence_group"), (known,)))
    if note := view.text(fact, "note"):
        facts.append(Fact(view.t("page_project.note"), (Said(note, source),)))
    return facts


def _without(said: Said, shared: SourceLink | None) -> Said:
    return replace(said, source=None) if said.source == shared else said


def _unrepeated(facts: list[Fact], shared: SourceLink | None) -> list[Fact]:
    """The facts without the document that the box names once, below all that rest on it."""
    return [replace(fact, said=tuple(_without(said, shared) for said in fact.said)) for fact in facts]


def _members(view: View, project_id: str, seat: str) -> Fact | None:
    """Organisations in one role; owner and supplier are listed even when they are not known."""
    rows = [row for row in view.data.of_project("participations", project_id) if row["role_code"] == seat]
    if not rows:
        return Fact(view.t(f"page_project.{seat}", n=1), (Said(None),)) if seat in ("owner", "supplier") else None
    disputed = (view.t("page_project.disputed"),)
    said = tuple(
        Said(
            row["organisation_name"],
            view.source(row),
            disputed if row["is_disputed"] else (),
            view.text(row, "note"),
            view.organisation_href(row["organisation_id"]),
        )
        for row in rows
    )
    return Fact(view.t(f"page_project.{seat}", n=len(rows)), said)


def _events(view: View, project_id: str, event: str) -> Fact:
    """Start or end, by every source that gives a date."""
    rows = [row for row in view.data.of_project("project_events", project_id) if row["event_code"] == event]
    said = tuple(Said(view.date(row, "event"), view.source(row), note=view.text(row, "note")) for row in rows)
    return Fact(view.t(f"page_project.{event}"), said or (Said(None),))


def _grant(view: View, project_id: str) -> Fact:
    rows = view.data.of_project("project_grants", project_id)
    prices = (view.t("page_project.current_prices"),)
    said = tuple(
        Said(view.number.money(row["grant_amount"]), view.source(row), prices, view.text(row, "note")) for row in rows
    )
    return Fact(view.t("page_project.grant"), said or (Said(None),))


def _timeline(view: View, project_id: str) -> list[Step]:
    """Statements of status, newest first."""
    rows = view.data.of_project("status_assessments", project_id)
    rows.sort(key=lambda row: (row["assessed_on"], row["status_assessment_id"]), reverse=True)
    return [
        Step(
            when=view.date(row, "assessed"),
            mark=status_mark(row["status_code"]),
            status=view.label("status", row["status_code"]),
            said_by=view.label("stated_by", row["stated_by_code"]),
            reason=view.text(row, "reason") or "",
            source=view.source_of(row),
            clocks=_clocks(view, row),
            tags=(view.t("common.inferred"),) if row["is_inferred"] else (),
        )
        for row in rows
    ]


def _clocks(view: View, row: Row) -> str:
    """When the document became public, as closely as anybody knows, and when the statement was recorded."""
    (reading,) = view.data.grouped("document_reading", "source_id")[row["source_id"]]
    first, last = reading["public_from"], reading["public_to"]
    until = view.number.date(last)
    if first is None:
        public = view.t("page_project.public_by", last=until)
    elif first == last:
        public = view.t("page_project.public_on", last=until)
    else:
        public = view.t("page_project.public_between", first=view.number.date(first), last=until)
    if row["recorded_on"] is None:
        return public
    return view.t("page_project.clocks", public=public, recorded=view.number.date(row["recorded_on"]))


def _phases(view: View, project_id: str) -> list[Phase]:
    """Phases of the work, in the order of their code list; which of them we infer, and when, is said."""
    order = list(view.labels("project_phase"))
    rows = sorted(
        view.data.of_project("project_phases", project_id),
        key=lambda row: (order.index(row["phase_code"]), str(row["phase_on"] or ""), row["source_id"]),
    )
    return [
        Phase(
            name=view.label("project_phase", row["phase_code"]),
            when=view.date(row, "phase") if row["phase_on"] else view.t("page_project.phase_undated"),
            source=view.source_of(row),
            tags=(view.t("page_project.phase_inferred"),) if row["is_inferred"] else (),
        )
        for row in rows
    ]


def _relations(view: View, project_id: str) -> list[tuple[str, str, str | None, str | None, Said]]:
    """Kind, name and its language, address of the other's page, note; shown on the pages of both projects."""
    found = []
    for row in view.data.relations_of_project.get(project_id, ()):
        mine = row["project_id"] == project_id
        other = row["related_project_id"] if mine else row["project_id"]
        kind = view.label("project_relation", row["relation_code"]) if mine else view.t("page_project.followed_by")
        known = view.data.project_by_id.get(other) if other else None
        name = view.text(known, "short_name") if known else row["related_name"]
        href = view.project_href(other) if other and known else None
        # What is no project here is called what the document calls it.
        language = None if known else view.title_language(row["source_id"])
        found.append((kind, name, language, href, Said(view.text(row, "note"), view.source(row))))
    return found


def _documents_behind(view: View, project_id: str) -> list[Row]:
    """Every document that the page cites, by publisher and date."""
    rows = [view.data.fact_of(project_id)]
    for name in _SOURCED:
        rows += view.data.of_project(name, project_id)
    rows += view.data.relations_of_project.get(project_id, ())
    cited = {row["source_id"] for row in rows if row["source_id"]}
    documents = [view.data.source_by_id[source_id] for source_id in sorted(cited)]
    return sorted(documents, key=lambda row: (row["publisher"], str(row["published_on"]), row["source_id"]))


PAGE = Page(
    name="project",
    slugs={"nb": "prosjekt", "en": "project"},
    documents=documents,
    opens_under="portfolio",
    tails=lambda view: list(view.data.project_by_id),
    document=lambda view, project_id: _document(view, view.data.project_by_id[project_id]),
)
