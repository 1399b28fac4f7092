"""Tables of the page about the scheme: conflicting figures, suppliers, owners, what goes on, and what others say.

Belongs here: the columns and cells of those tables.
Does not belong here: money (`scheme_money.py`) and the rest of the page (`scheme.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from gevinst.contracts.vocabulary import AWARD, GIVEN_AMOUNTS
from gevinst.site.blocks import (
    Block,
    Cell,
    Column,
    Row,
    Table,
    columns,
    made,
    missing,
    number_cell,
    source_cell,
    source_line,
)
from gevinst.site.context import Row as Facts
from gevinst.site.context import SourceLink, View
from gevinst.site.sentences import scheme as sentences

ABSENCE = "absence"
_ONWARD = ("continued_in", "predecessor")


def conflicts(view: View) -> Block | None:
    """Figures about a round that sources state differently, side by side; the one in use is marked.

    An award and a frame of the same round stand here too, with their kinds: both are told as what the round gave.
    """
    by_measure: dict[tuple[str, ...], list[Facts]] = defaultdict(list)
    for row in view.data.rows("round_figures"):
        kind = row["amount_kind_code"] or ""
        by_measure[row["round_id"], row["measure_code"], AWARD if kind in GIVEN_AMOUNTS else kind].append(row)
    order = list(view.data.round_by_id)
    differing = {key: rows for key, rows in by_measure.items() if len({row["value"] for row in rows}) > 1}
    if not differing:
        return None
    rows = [
        row
        for key in sorted(differing, key=lambda key: (order.index(key[0]), *key[1:]))
        for row in sorted(differing[key], key=lambda row: (not row["is_preferred"], row["round_figure_id"]))
    ]
    caption = view.t("page_scheme.conflicts_caption", n=len(rows))
    headings = ("common.round", "page_coverage.measure", "page_coverage.value", "page_coverage.basis")
    table = Table(
        "uenige-tall",
        caption,
        columns(view, (*headings, "page_coverage.used", "common.source"), numbers=(2,), wide=(3,)),
        tuple(_conflict(view, row) for row in rows),
    )
    return Block(
        view.t("page_scheme.conflicts", n=len(differing)),
        caption,
        table,
        source_line(view, "round_figures"),
        (made(view, "round_figures"),),
    )


def _conflict(view: View, row: Facts) -> Row:
    kind = view.label("amount_kind", row["amount_kind_code"]) if row["amount_kind_code"] else None
    value = view.number.nok(row["value"]) if row["measure_code"] == "amount" else view.number.integer(row["value"])
    return Row(
        (
            Cell(view.text(view.data.round_by_id[row["round_id"]], "name") or ""),
            Cell(view.label("round_measure", row["measure_code"]), note=kind),
            Cell(value, value=row["value"], is_number=True),
            Cell(view.label("figure_basis", row["basis_code"]), note=view.text(row, "note")),
            Cell(view.t("common.yes" if row["is_preferred"] else "common.no")),
            source_cell(view, row),
        )
    )


def suppliers(view: View) -> Block | None:
    """Suppliers and the projects each has delivered to, the most first."""
    deliveries: dict[str, dict[str, bool]] = defaultdict(dict)
    for row in view.data.rows("participations"):
        if row["role_code"] == "supplier" and row["project_id"] in view.data.project_by_id:
            deliveries[row["organisation_id"]][row["project_id"]] = row["is_disputed"]
    if not deliveries:
        return None
    served = {project for projects in deliveries.values() for project in projects}
    name = {supplier: view.data.organisation_by_id[supplier]["name"] for supplier in deliveries}
    caption = view.t("page_scheme.suppliers_caption", n=len(served), total=len(view.data.projects))
    ordered = sorted(deliveries, key=lambda supplier: (-len(deliveries[supplier]), name[supplier].casefold()))
    headings = ("page_scheme.supplier", "page_scheme.delivered", "page_scheme.delivered_to")
    table = Table(
        "leverandorer",
        caption,
        columns(view, headings, numbers=(1,), wide=(2,)),
        tuple(_supplier(view, name[supplier], deliveries[supplier]) for supplier in ordered),
    )
    return Block(
        sentences.suppliers_heading([len(projects) for projects in deliveries.values()], len(served), view.catalogue),
        caption,
        table,
        source_line(view, "participations", "organisations"),
        (made(view, "participations"),),
    )


def _supplier(view: View, name: str, projects: dict[str, bool]) -> Row:
    disputed = sum(projects.values())
    names = sorted(view.text(view.data.project_by_id[project], "short_name") or "" for project in projects)
    note = view.t("page_scheme.disputed", n=disputed) if disputed else None
    return Row((Cell(name), number_cell(view, len(projects)), Cell(", ".join(names), note=note)))


def owners(view: View) -> Block:
    """Projects by policy area and the level of government of their owners and co-owners."""
    projects = view.data.projects
    used = {level for project in projects for level in project["owner_levels"]}
    levels = {code: label for code, label in view.labels("organisation_level").items() if code in used}
    counts = {label: sum(code in project["owner_levels"] for project in projects) for code, label in levels.items()}
    rows = []
    for sector, label in view.labels("sector").items():
        mine = [project for project in projects if project["sector_code"] == sector]
        if mine:
            rows.append(_owned(view, label, mine, levels))
    caption = view.t("page_scheme.owners_caption", n=len(projects))
    first, last = columns(view, ("common.sector", "page_scheme.all_levels"), numbers=(1,))
    table = Table(
        "eiere",
        caption,
        (first, *(Column(label, is_number=True, is_sortable=True) for label in levels.values()), last),
        tuple(rows),
        total=_owned(view, view.t("page_scheme.all_sectors"), projects, levels).cells,
    )
    return Block(
        sentences.owners_heading(counts, len(projects), view.catalogue),
        caption,
        table,
        source_line(view, "projects", "participations", "organisations"),
        (made(view, "projects", "sector_code"), made(view, "participations")),
    )


def _owned(view: View, name: str, projects: list[Facts], levels: Iterable[str]) -> Row:
    counts = (number_cell(view, sum(level in project["owner_levels"] for project in projects)) for level in levels)
    return Row((Cell(name), *counts, number_cell(view, len(projects))))


def onward_rows(view: View) -> list[Facts]:
    """Relations that say a project builds on another, or that other work has taken over."""
    known = view.data.project_by_id
    return [
        row
        for row in view.data.rows("project_relations")
        if row["relation_code"] in _ONWARD and row["project_id"] in known
    ]


def onward_counts(view: View) -> tuple[int, int]:
    """How many projects have such a relation, and how many have spread to others."""
    spread = sum(project["current_status_code"] == "spredt" for project in view.data.projects)
    return len({row["project_id"] for row in onward_rows(view)}), spread


def onward(view: View) -> Block | None:
    """Projects that build on another, and work that has taken over after a project."""
    rows = onward_rows(view)
    if not rows:
        return None
    caption = view.t("page_scheme.onward_caption", n=len(rows))
    headings = ("common.project", "page_scheme.relation", "page_scheme.other", "rounds.note", "common.source")
    table = Table(
        "videre",
        caption,
        columns(view, headings, wide=(3,)),
        tuple(_relation(view, row) for row in sorted(rows, key=lambda row: (row["project_id"], row["relation_code"]))),
    )
    return Block(
        sentences.onward_heading(*onward_counts(view), view.catalogue),
        caption,
        table,
        source_line(view, "project_relations", "project_status"),
        (made(view, "project_relations"),),
    )


def _relation(view: View, row: Facts) -> Row:
    known = view.data.project_by_id
    related = row["related_project_id"]
    other = (
        Cell(view.text(known[related], "short_name") or "", href=view.project_href(related))
        if related in known
        else Cell(row["related_name"] or "")
    )
    return Row(
        (
            Cell(
                view.text(known[row["project_id"]], "short_name") or "",
                href=view.project_href(row["project_id"]),
            ),
            Cell(view.label("project_relation", row["relation_code"])),
            other,
            Cell(view.text(row, "note") or ""),
            source_cell(view, row),
        )
    )


def findings(view: View) -> Block | None:
    """What others have said about the scheme as a whole, each with its source."""
    rows = [row for row in view.data.rows("portfolio_findings") if row["finding_kind_code"] != ABSENCE]
    if not rows:
        return None
    kinds = list(view.labels("finding_kind"))
    rows.sort(key=lambda row: (kinds.index(row["finding_kind_code"]), row["portfolio_finding_id"]))
    caption = view.t("page_scheme.findings_caption", n=len(rows))
    headings = ("page_scheme.statement", "page_scheme.kind", "page_coverage.value", "common.date", "common.source")
    table = Table(
        "funn",
        caption,
        columns(view, headings, numbers=(2,), wide=(0,)),
        tuple(_finding(view, row) for row in rows),
    )
    documents = len({row["source_id"] for row in rows})
    return Block(
        view.t("page_scheme.findings", n=len(rows), documents=view.t("page_scheme.documents", n=documents)),
        caption,
        table,
        source_line(view, "portfolio_findings"),
        (made(view, "portfolio_findings"),),
    )


def _finding(view: View, row: Facts) -> Row:
    hedged = view.t("page_scheme.hedged") if row["is_hedged"] else None
    value = Cell("") if row["value"] is None else number_cell(view, row["value"])
    day = (
        missing(view)
        if row["as_of_on"] is None
        else Cell(view.date(row, "as_of", short=True), value=str(row["as_of_on"]))
    )
    return Row(
        (
            Cell(view.text(row, "statement") or "", note=hedged),
            Cell(view.label("finding_kind", row["finding_kind_code"])),
            value,
            day,
            source_cell(view, row),
        )
    )


def absences(view: View) -> list[tuple[str, SourceLink]]:
    """What sources do not tell, one sentence each with its source."""
    return [
        (view.text(row, "statement") or "", view.source_of(row))
        for row in view.data.rows("portfolio_findings")
        if row["finding_kind_code"] == ABSENCE
    ]
