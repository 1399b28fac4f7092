"""Tables of the pages about organisations: the projects of one, and lists of owners, suppliers and partners.

Belongs here: the columns of those tables.
Does not belong here: the rest of the pages (`page.py`) and any counting (`gevinst.method.organisations`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from gevinst.addresses import bare
from gevinst.contracts.vocabulary import NEVER_ASSESSED, PARTICIPATION_ROLES, PARTNER, SUPPLIER
from gevinst.language.names import alphabetical
from gevinst.method.organisations import OWNER_GROUP
from gevinst.site import parts
from gevinst.site.badges import best_benefit_cell, status_cell
from gevinst.site.blocks import Block, Cell, some_named
from gevinst.site.context import View
from gevinst.site.rows import Row as Facts
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
    made_of=(),
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


def projects(view: View, rows: Sequence[Facts], heading: str) -> Block:
    """The projects of one organisation, a row per role, the oldest cohort first."""
    known = view.data.project_by_id
    placed = sorted(
        ({**row, "cohort": str(known[row["project_id"]]["cohort_year"])} for row in rows),
        key=lambda row: (PARTICIPATION_ROLES.index(row["role_code"]), row["cohort"], row["project_id"]),
    )
    return _PROJECTS.block(view, placed, heading=heading)


def _disputed(view: View, row: Facts) -> str | None:
    return view.t("page_scheme.disputed", n=row["disputed_count"]) if row["disputed_count"] else None


_SPELLINGS = ("misspelling", "variant")
"""Names of an organisation that only help to find it; they are no names that it goes by."""


def other_names(view: View, organisation: Facts) -> list[Facts]:
    """Names that an organisation goes by beside its own and its short one."""
    told = (organisation["name"], organisation["short_name"])
    return [
        row
        for row in view.data.names_of_organisation.get(organisation["organisation_id"], [])
        if row["name"] not in told and row["name_kind_code"] not in _SPELLINGS
    ]


def listed_names(view: View, names: Sequence[Facts]) -> str:
    """*Etaten (tidligere navn)*: other names with what kind of name each is."""
    return ", ".join(f"{row['name']} ({view.label('name_kind', row['name_kind_code'])})" for row in names)


def _partner(view: View, row: Facts) -> Cell:
    """The name, with the others that it goes by where it has no page that says them."""
    organisation = view.data.organisation_by_id[row["organisation_id"]]
    if view.data.has_own_page(row["organisation_id"]):
        return Cell(organisation["name"], href=view.organisation_href(row["organisation_id"]))
    short_name = [organisation["short_name"]] if organisation["short_name"] else []
    others = listed_names(view, other_names(view, organisation))
    return Cell(organisation["name"], note="; ".join([*short_name, *([others] if others else [])]) or None)


def _shared_projects(view: View, row: Facts) -> Cell:
    """The projects that it is a partner in, each a link to its page; what is written of the role stands there."""
    known = view.data.project_by_id
    named = [(view.text(known[one], "short_name") or "", view.project_href(one)) for one in row["project_ids"]]
    links = some_named(view, named, "participations", parts.MOST_SHARED)
    return Cell("", links=links, csv=bare(", ".join(name for name, _ in links)))


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
    columns=(
        cell_column("page_organisation.organisation", _partner),
        _LEVEL,
        _COUNT,
        cell_column("page_organisation.shared_projects", _shared_projects, is_wide=True),
    ),
    kept=("page_organisation.shared_projects",),
    anchor="{organisation_id}",
)
"""All that is known of partners: one that neither owns nor supplies has no page of its own."""


def owners(view: View, count: int) -> Block | None:
    """Owners and co-owners, with what became of their projects."""
    return _listed(view, _OWNERS, OWNER_GROUP, "owners", count)


def suppliers(view: View, count: int) -> Block | None:
    """Suppliers, with how many projects each has delivered to."""
    return _listed(view, _SUPPLIERS, SUPPLIER, "suppliers", count)


def partners(view: View, count: int, taking_part: Mapping[str, Sequence[Facts]]) -> Block | None:
    """Partners, with the projects that each takes part in; `taking_part` are participations by organisation."""
    projects = {
        one: list(dict.fromkeys(row["project_id"] for row in rows if row["role_code"] == PARTNER))
        for one, rows in taking_part.items()
    }
    return _listed(view, _PARTNERS, PARTNER, "partners", count, project_ids=projects)


def _listed(view: View, spec: TableSpec, group: str, name: str, count: int, **more: Mapping[str, Any]) -> Block | None:
    rows = [
        {
            **row,
            **{column: organisation[column] for column in ("name", "level_code")},
            **{column: values[row["organisation_id"]] for column, values in more.items()},
        }
        for row in view.data.now("organisation_outcomes")
        if row["role_group"] == group
        for organisation in (view.data.organisation_by_id[row["organisation_id"]],)
    ]
    rows.sort(key=lambda row: alphabetical(row["name"]))
    block = spec.block_if_any(view, rows, heading=view.t(f"page_organisation.{name}", n=count), n=count)
    return block and replace(block, is_split=True)
