"""What rounds asked for, on the page about the scheme: criteria and priorities, own funding, suppliers by cohort.

Belongs here: the columns of those tables.
Does not belong here: money (`money.py`), findings (`tables.py`) and any counting (`gevinst.method.scheme`).
"""

from __future__ import annotations

from gevinst.site.blocks import Block
from gevinst.site.context import View
from gevinst.site.rows import Row as Facts
from gevinst.site.sentences import scheme as sentences
from gevinst.site.table_spec import (
    TableSpec,
    code_column,
    link_column,
    number_column,
    organisation_column,
    plain_column,
    source_column,
    text_column,
    words_column,
)


def _round_name(view: View, row: Facts) -> str | None:
    return view.text(view.data.round_by_id[row["round_id"]], "name")


def _in_order(view: View) -> list[str]:
    """Rounds, the newest first."""
    return list(view.data.round_by_id)[::-1]


_CRITERIA = TableSpec(
    "kriterier",
    caption="page_scheme.criteria_caption",
    tables=("round_criteria", "rounds"),
    made_of=("round_criteria",),
    columns=(
        words_column("common.round", _round_name),
        code_column("page_scheme.criterion_kind", "criterion_kind"),
        text_column("page_scheme.criterion", "statement", is_wide=True),
        source_column(),
    ),
)


def criteria(view: View) -> Block | None:
    """What projects were assessed by, what was given priority, and what was required, round by round."""
    order = _in_order(view)
    rows = sorted(
        view.data.rows("round_criteria"), key=lambda row: (order.index(row["round_id"]), row["round_criterion_id"])
    )
    return _CRITERIA.block_if_any(view, rows, heading=view.t("page_scheme.criteria"))


def _whose(view: View, row: Facts) -> str | None:
    """The round, or the project, that the contribution is of."""
    if row["round_id"] is not None:
        return _round_name(view, row)
    project = view.data.project_by_id[row["project_id"]]
    return view.text(project, "short_name")


def _project_href(view: View, row: Facts) -> str | None:
    return None if row["project_id"] is None else view.project_href(row["project_id"])


_OWN_FUNDING = TableSpec(
    "egenfinansiering",
    caption="page_scheme.own_funding_caption",
    tables=("own_funding",),
    columns=(
        link_column("page_scheme.own_funding_of", _whose, _project_href),
        code_column("page_scheme.own_funding_kind", "own_funding_kind"),
        number_column("page_scheme.own_share", "own_share_pct", unit="percent"),
        number_column("page_scheme.own_amount", "own_amount", unit="money"),
        text_column("rounds.note", "note", is_wide=True),
        source_column(),
    ),
)


def own_funding(view: View) -> Block | None:
    """What owners contribute themselves, for whole rounds first."""
    order = _in_order(view)
    known = [
        row
        for row in view.data.rows("own_funding")
        if row["round_id"] is not None or row["project_id"] in view.data.project_by_id
    ]
    known.sort(
        key=lambda row: (
            row["round_id"] is None,
            order.index(row["round_id"]) if row["round_id"] else 0,
            row["own_funding_id"],
        )
    )
    return _OWN_FUNDING.block_if_any(view, known, heading=view.t("page_scheme.own_funding"))


_SUPPLIER_COHORTS = TableSpec(
    "leverandorer-kull",
    caption="page_scheme.supplier_cohorts_caption",
    tables=("supplier_cohorts",),
    columns=(
        plain_column("common.cohort", "cohort"),
        organisation_column("page_scheme.supplier"),
        number_column("page_scheme.delivered", "project_count"),
        number_column("page_scheme.as_lead", "lead_count"),
        number_column("page_scheme.as_member", "consortium_member_count"),
        number_column("page_scheme.as_sole", "sole_count"),
        number_column("page_scheme.as_sub", "sub_supplier_count"),
        number_column("page_scheme.place_not_stated", "not_stated_count"),
    ),
)


def supplier_cohorts(view: View) -> Block | None:
    """Suppliers cohort by cohort, with their place among those who deliver together."""
    rows = [
        {
            **row,
            "cohort": str(row["cohort_year"]),
            "name": view.data.organisation_by_id[row["organisation_id"]]["name"],
        }
        for row in view.data.now("supplier_cohorts")
    ]
    rows.sort(key=lambda row: (-row["cohort_year"], -row["project_count"], row["name"].casefold()))
    return _SUPPLIER_COHORTS.block_if_any(view, rows, heading=view.t("page_scheme.supplier_cohorts"))


def independence(view: View) -> list[str]:
    """Who has written of the scheme and is itself a supplier in it: one sentence each."""
    return [
        sentences.independence(row, _named(view, row["source_id"]), view.catalogue)
        for row in view.data.now("finding_sources")
        if row["delivered_project_count"]
    ]


def _named(view: View, source_id: str) -> Facts:
    """A document with the language of its title marked."""
    row = view.data.source_by_id[source_id]
    return {**row, "title": view.catalogue.in_language(row["title"], view.title_language(source_id))}
