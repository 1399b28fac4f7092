"""Tables of the page about the scheme: conflicting figures, suppliers, owners and what goes on.

Belongs here: the columns of those tables.
Does not belong here: money (`money.py`), what rounds asked for (`rounds.py`), what others say (`findings.py`), the rest
of the page (`page.py`) and any counting (`gevinst.method.scheme`).
"""

from __future__ import annotations

from collections import defaultdict

from gevinst.addresses import addressed
from gevinst.method.scheme import ALL
from gevinst.site import parts
from gevinst.site.blocks import Block, Cell, some_named
from gevinst.site.context import View
from gevinst.site.rows import Row as Facts
from gevinst.site.sentences import scheme as sentences
from gevinst.site.table_spec import (
    ColumnSpec,
    TableSpec,
    cell_column,
    code_column,
    label_of,
    link_column,
    number_column,
    organisation_column,
    plain_column,
    project_column,
    source_column,
    text_column,
    text_of,
    words_column,
    yes_no_column,
)

_ONWARD = ("continued_in", "predecessor")


def _stated(view: View, row: Facts) -> Cell:
    """A figure as its source states it: kroner or a count."""
    value = row["value"]
    text = view.number.money(value) if row["measure_code"] == "amount" else view.number.integer(value)
    return Cell(text, value=value, is_number=True)


_CONFLICTS = TableSpec(
    "uenige-tall",
    caption="page_scheme.conflicts_caption",
    tables=("round_figures",),
    columns=(
        words_column("common.round", lambda view, row: view.text(view.data.round_by_id[row["round_id"]], "name")),
        code_column("page_coverage.measure", "round_measure", "measure_code", note=label_of("amount_kind")),
        cell_column("page_coverage.value", _stated, is_number=True),
        code_column("page_coverage.basis", "figure_basis", "basis_code", note=text_of("note"), is_wide=True),
        yes_no_column("page_coverage.used", "is_preferred"),
        source_column(),
    ),
)


def conflicts(view: View) -> Block | None:
    """Figures about a round that sources state differently, side by side; the one in use is marked."""
    figures = {row["round_figure_id"]: row for row in view.data.rows("round_figures")}
    order = list(view.data.round_by_id)[::-1]
    rows = sorted(
        view.data.now("round_disagreements"),
        key=lambda row: (
            order.index(row["round_id"]),
            row["measure_code"],
            row["compared_as"],
            not row["is_preferred"],
            row["round_figure_id"],
        ),
    )
    heading = view.t("page_scheme.conflicts", n=view.data.now("scheme_headlines")[0]["disagreement_count"])
    return _CONFLICTS.block_if_any(view, [figures[row["round_figure_id"]] for row in rows], heading=heading)


def _disputed(view: View, row: Facts) -> str | None:
    return view.t("page_scheme.disputed", n=row["disputed_count"]) if row["disputed_count"] else None


_SUPPLIERS = TableSpec(
    "leverandorer",
    caption="page_scheme.suppliers_caption",
    tables=("participations", "organisations"),
    made_of=("participations",),
    columns=(
        organisation_column("page_scheme.supplier"),
        number_column("page_scheme.delivered", "project_count"),
        plain_column("page_scheme.delivered_to", "projects", note=_disputed, is_wide=True),
    ),
)


def suppliers(view: View) -> Block | None:
    """Suppliers and the projects each has delivered to, the most first."""
    served: dict[str, set[str]] = defaultdict(set)
    for row in view.data.rows("participations"):
        if row["role_code"] == "supplier" and row["project_id"] in view.data.project_by_id:
            served[row["organisation_id"]].add(row["project_id"])
    rows = [
        {
            **row,
            "name": view.data.organisation_by_id[row["organisation_id"]]["name"],
            "projects": _named(view, served[row["organisation_id"]]),
        }
        for row in view.data.now("supplier_deliveries")
    ]
    rows.sort(key=lambda row: (-row["project_count"], row["name"].casefold()))
    counts = view.data.now("scheme_headlines")[0]
    return _SUPPLIERS.block_if_any(
        view,
        rows,
        heading=sentences.suppliers_heading(counts, view.catalogue),
        n=counts["served_project_count"],
        total=counts["project_count"],
    )


def _named(view: View, project_ids: set[str]) -> str:
    """Projects by name."""
    names = sorted(view.text(view.data.project_by_id[one], "short_name") or "" for one in project_ids)
    found = some_named(view, [(name, None) for name in names], "participations", parts.MOST_SHARED)
    return ", ".join(name for name, _ in found)


def owners(view: View) -> Block:
    """Projects by policy area and the level of government of their owners and co-owners."""
    groups = view.data.now("owner_groups")
    found = {(row["sector"], row["owner_level"]): row["project_count"] for row in groups}
    levels = {code: label for code, label in view.labels("organisation_level").items() if (ALL, code) in found}

    nobody = addressed(0, "owner_groups")

    def row_of(sector: str, name: str) -> Facts:
        return {"name": name, **{level: found.get((sector, level), nobody) for level in (*levels, ALL)}}

    rows = [row_of(sector, label) for sector, label in view.labels("sector").items() if (sector, ALL) in found]
    total = view.data.now("scheme_headlines")[0]["project_count"]
    return _owners(levels).block(
        view,
        rows,
        heading=sentences.owners_heading(groups, levels, total, view.catalogue),
        total_row=row_of(ALL, view.t("page_scheme.all_sectors")),
        n=total,
    )


def _owners(levels: dict[str, str]) -> TableSpec:
    """A column for each level of government that any owner has."""

    def level_column(code: str, label: str) -> ColumnSpec:
        return number_column(lambda _: label, code)

    return TableSpec(
        "eiere",
        caption="page_scheme.owners_caption",
        tables=("projects", "participations", "organisations"),
        made_of=(("projects", "sector_code"), "participations"),
        columns=(
            plain_column("common.sector", "name"),
            *(level_column(code, label) for code, label in levels.items()),
            number_column("page_scheme.all_levels", ALL),
        ),
    )


def _related(view: View, row: Facts) -> str | None:
    """The other side of a relation: a project of the edition, else what the source calls it."""
    related = view.data.project_by_id.get(row["related_project_id"])
    return view.text(related, "short_name") if related else row["related_name"]


def _related_href(view: View, row: Facts) -> str | None:
    related = row["related_project_id"]
    return view.project_href(related) if related in view.data.project_by_id else None


_ONWARD_TABLE = TableSpec(
    "videre",
    caption="page_scheme.onward_caption",
    tables=("project_relations", "project_status"),
    made_of=("project_relations",),
    columns=(
        project_column(),
        code_column("page_scheme.relation", "project_relation", "relation_code"),
        link_column("page_scheme.other", _related, _related_href),
        text_column("rounds.note", "note", is_wide=True),
        source_column(),
    ),
)


def onward(view: View) -> Block | None:
    """Projects that build on another, and work that has taken over after a project."""
    known = view.data.project_by_id
    rows = [
        row
        for row in view.data.rows("project_relations")
        if row["relation_code"] in _ONWARD and row["project_id"] in known
    ]
    rows.sort(key=lambda row: (row["project_id"], row["relation_code"]))
    heading = sentences.onward_heading(view.data.now("scheme_headlines")[0], view.catalogue)
    return _ONWARD_TABLE.block_if_any(view, rows, heading=heading)
