"""Tables of the pages about organisations: the projects of one, and lists of owners, suppliers and partners.

Belongs here: the columns of those tables.
Does not belong here: the rest of the pages (`page.py`) and any counting (`gevinst.method.organisations`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gevinst.contracts.vocabulary import NEVER_ASSESSED, PARTICIPATION_ROLES, PARTNER, SUPPLIER
from gevinst.language.names import alphabetical
from gevinst.method.organisations import OWNER_GROUP
from gevinst.site.badges import best_benefit_cell, status_cell
from gevinst.site.blocks import Block, Cell, Table, source_line
from gevinst.site.context import Row as Facts
from gevinst.site.context import View
from gevinst.site.table_spec import (
    TableSpec,
    cell_column,
    code_column,
    number_column,
    organisation_column,
    plain_column,
    project_column,
    source_column,
)


def _role(view: View, row: Facts) -> Cell:
    """The role, with the place of a supplier where the source says it, and what must be known of it."""
    role = view.label("participation_role", row["role_code"])
    place = row["supplier_role_code"]
    remarks = [
        *([view.label("supplier_role", place)] if place and place != "not_stated" else []),
        *([view.t("page_project.disputed")] if row["is_disputed"] else []),
        *([note] if (note := view.text(row, "note")) else []),
    ]
    order = PARTICIPATION_ROLES.index(row["role_code"])
    return Cell(role, value=order, note="; ".join(remarks) or None, csv=role)


def _status(view: View, row: Facts) -> Cell:
    """The newest status with its year: whoever reads it must see how old it is."""
    project = view.data.project_by_id[row["project_id"]]
    cell = status_cell(view, project)
    if project["current_status_code"] == NEVER_ASSESSED or project["status_on"] is None:
        return cell
    year = str(project["status_on"].year)
    return replace(cell, note=f"{year}, {cell.note}" if cell.note else year)


_PROJECTS = TableSpec(
    "prosjekter",
    caption="page_organisation.projects_caption",
    tables=("participations", "project_status", "project_coverage"),
    columns=(
        project_column(),
        cell_column("common.status", _status),
        cell_column("page_organisation.role", _role),
        cell_column(
            "page_portfolio.benefit",
            lambda view, row: best_benefit_cell(view, view.data.project_by_id[row["project_id"]]),
        ),
        plain_column("common.cohort", "cohort"),
        source_column("page_organisation.source_of_role"),
    ),
)


def projects(view: View, rows: Sequence[Facts]) -> Table:
    """The projects of one organisation, a row per role, the oldest cohort first."""
    known = view.data.project_by_id
    placed = sorted(
        ({**row, "cohort": str(known[row["project_id"]]["cohort_year"])} for row in rows),
        key=lambda row: (PARTICIPATION_ROLES.index(row["role_code"]), row["cohort"], row["project_id"]),
    )
    return _PROJECTS.table(view, placed)


def projects_source(view: View) -> str:
    """What the table of `projects` rests on."""
    return source_line(view, *_PROJECTS.tables)


def _disputed(view: View, row: Facts) -> str | None:
    return view.t("page_scheme.disputed", n=row["disputed_count"]) if row["disputed_count"] else None


_NAME = organisation_column("page_organisation.organisation")
_LEVEL = code_column("page_organisation.level", "organisation_level", "level_code")
_COUNT = number_column("page_organisation.project_count", "project_count", note=_disputed)

_OWNERS = TableSpec(
    "eierliste",
    caption="page_organisation.owners_caption",
    tables=("organisation_outcomes",),
    columns=(
        _NAME,
        _LEVEL,
        _COUNT,
        *(
            number_column(f"page_organisation.{name}", name)
            for name in (
                "in_use_count",
                "partly_in_use_count",
                "result_not_in_use_count",
                "stopped_count",
                "continued_count",
                "unknown_outcome_count",
            )
        ),
    ),
)

_SUPPLIERS = TableSpec(
    "leverandorliste",
    caption="page_organisation.suppliers_caption",
    tables=("organisation_outcomes",),
    made_of=(("organisation_outcomes", "project_count", "disputed_count"),),
    columns=(_NAME, _COUNT),
)
"""Without outcomes: side by side they would rank suppliers by what others decided."""

_PARTNERS = TableSpec(
    "samarbeidspartliste",
    caption="page_organisation.partners_caption",
    tables=("organisation_outcomes",),
    made_of=(("organisation_outcomes", "project_count", "disputed_count"),),
    columns=(_NAME, _LEVEL, _COUNT),
)


def owners(view: View, count: int) -> Block | None:
    """Owners and co-owners, with what became of their projects."""
    return _listed(view, _OWNERS, OWNER_GROUP, "owners", count)


def suppliers(view: View, count: int) -> Block | None:
    """Suppliers, with how many projects each has delivered to."""
    return _listed(view, _SUPPLIERS, SUPPLIER, "suppliers", count)


def partners(view: View, count: int) -> Block | None:
    """Partners, with how many projects each takes part in."""
    return _listed(view, _PARTNERS, PARTNER, "partners", count)


def _listed(view: View, spec: TableSpec, group: str, name: str, count: int) -> Block | None:
    rows = [
        {**row, **{column: organisation[column] for column in ("name", "level_code")}}
        for row in view.data.now("organisation_outcomes")
        if row["role_group"] == group
        for organisation in (view.data.organisation_by_id[row["organisation_id"]],)
    ]
    rows.sort(key=lambda row: alphabetical(row["name"]))
    return spec.block_if_any(view, rows, heading=view.t(f"page_organisation.{name}", n=count), n=count)
