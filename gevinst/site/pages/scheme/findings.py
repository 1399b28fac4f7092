"""What others have said about the scheme, on its page: Menon's findings, gains of the scheme, proposals and background.

Belongs here: the columns of those tables.
Does not belong here: what single projects say of benefits (page ``benefits``) and any counting (`gevinst.method`).
"""

from __future__ import annotations

from dataclasses import dataclass

from gevinst.addresses import addressed
from gevinst.contracts.vocabulary import ABSENCE, BENEFIT_KIND, FINDINGS_APART, PROGRAMME_GAIN
from gevinst.site.badges import status_cell
from gevinst.site.blocks import Block, Cell, number_cell
from gevinst.site.context import SourceLink, View
from gevinst.site.rows import Row as Facts
from gevinst.site.table_spec import (
    TableSpec,
    cell_column,
    code_column,
    date_column,
    number_column,
    project_column,
    source_column,
    text_column,
    words_column,
)

_COUNT = "count"
"""The unit of what is only counted."""


def _hedged(view: View, row: Facts) -> str | None:
    return view.t("page_scheme.hedged") if row["is_hedged"] else None


def _of_kind(view: View, *kinds: str) -> list[Facts]:
    found = [row for row in view.data.rows("portfolio_findings") if row["finding_kind_code"] in kinds]
    return sorted(found, key=lambda row: row["portfolio_finding_id"])


_BESIDE = TableSpec(
    "funn-gevinster",
    caption="page_scheme.beside_caption",
    tables=("portfolio_findings", "benefit_by_category"),
    columns=(
        text_column("page_scheme.found_together", "statement", note=_hedged, is_wide=True),
        number_column("page_scheme.said_achieved", "achieved_project_count", blank="page_scheme.not_one_kind"),
        number_column("page_scheme.said_expected", "expected_project_count", blank="page_scheme.not_one_kind"),
        source_column(),
    ),
)
_NOTHING: Facts = {"achieved_project_count": 0, "expected_project_count": 0}
_NOT_ONE_KIND: Facts = dict.fromkeys(_NOTHING)


def beside_projects(view: View) -> Block | None:
    """What was found for projects together, beside how many single projects say the same of themselves.

    A finding about several kinds of benefit at once has no number beside it.
    """
    category = {row["benefit_code"]: row["benefit_category_code"] for row in view.data.rows("benefit_categories")}
    counted = {row["benefit_category_code"]: row for row in view.data.now("benefit_by_category")}
    rows = [
        {
            **(counted.get(category[row["benefit_code"]], _NOTHING) if row["benefit_code"] else _NOT_ONE_KIND),
            **row,
        }
        for row in _of_kind(view, BENEFIT_KIND)
    ]
    rows.sort(key=lambda row: (row["benefit_code"] is not None, row["portfolio_finding_id"]))
    total = view.data.now("scheme_headlines")[0]["project_count"]
    return _BESIDE.block_if_any(view, rows, heading=view.t("page_scheme.beside"), total=total)


_GAINS = TableSpec(
    "ordningens-gevinster",
    caption="page_scheme.gains_caption",
    tables=("portfolio_findings",),
    columns=(
        text_column("page_scheme.statement", "statement", note=_hedged, is_wide=True),
        date_column("common.date", "as_of"),
        source_column(),
    ),
)


def programme_gains(view: View) -> Block | None:
    """Gains of the scheme as a whole, which no single project has, as sources put them."""
    return _GAINS.block_if_any(view, _of_kind(view, PROGRAMME_GAIN), heading=view.t("page_scheme.gains"))


_PROPOSED = TableSpec(
    "forslag",
    heading="page_scheme.proposed",
    caption="page_scheme.proposed_caption",
    tables=("finding_projects", "portfolio_findings", "project_status"),
    made_of=("finding_projects", "project_status"),
    columns=(
        project_column(),
        cell_column(
            "page_scheme.became", lambda view, row: status_cell(view, view.data.project_by_id[row["project_id"]])
        ),
        words_column("page_scheme.counted_in", lambda view, row: view.text(row["finding"], "statement")),
        text_column("common.reason", "reason", is_wide=True),
        source_column(),
    ),
)


def proposed(view: View) -> Block | None:
    """Which projects a finding is about, as we propose it where the source names none, and what became of each."""
    stated = {row["portfolio_finding_id"]: row for row in view.data.rows("portfolio_findings")}
    rows = [
        {**row, "finding": stated[row["portfolio_finding_id"]]}
        for row in view.data.rows("finding_projects")
        if row["project_id"] in view.data.project_by_id
    ]
    return _PROPOSED.block_if_any(view, rows)


_FINDINGS = TableSpec(
    "funn",
    caption="page_scheme.findings_caption",
    tables=("portfolio_findings",),
    columns=(
        text_column("page_scheme.statement", "statement", note=_hedged, is_wide=True),
        code_column("page_scheme.kind", "finding_kind"),
        cell_column(
            "page_scheme.value",
            lambda view, row: Cell("") if row["value"] is None else number_cell(view, row["value"]),
            is_number=True,
        ),
        date_column("common.date", "as_of"),
        source_column(),
    ),
)


def findings(view: View) -> Block | None:
    """What else others have said about the scheme as a whole, each with its source."""
    kinds = list(view.labels("finding_kind"))
    rows = _of_kind(view, *(kind for kind in kinds if kind not in FINDINGS_APART))
    rows.sort(key=lambda row: kinds.index(row["finding_kind_code"]))
    return _FINDINGS.block_if_any(
        view, rows, heading=view.t("page_scheme.findings", n=addressed(len(rows), "portfolio_findings"))
    )


def absences(view: View) -> list[tuple[str, SourceLink]]:
    """What was not found in what was read, one sentence each with its source."""
    return [(view.text(row, "statement") or "", view.source_of(row)) for row in _of_kind(view, ABSENCE)]


@dataclass(frozen=True, slots=True)
class Background:
    """One fact that is not about the scheme, with its figure in words where it has one."""

    label: str
    statement: str
    figure: str | None
    source: SourceLink


def background(view: View) -> list[Background]:
    """Facts about other schemes and the public sector at large, for a box of their own."""
    return [
        Background(
            view.text(row, "label") or "",
            view.text(row, "statement") or "",
            _figure(view, row),
            view.source_of(row),
        )
        for row in view.data.rows("background_facts")
    ]


def _figure(view: View, row: Facts) -> str | None:
    if row["value"] is None:
        return None
    places = 0 if float(row["value"]).is_integer() else 1
    value = view.number.decimal(row["value"], places)
    if row["unit_code"] in (None, _COUNT):  # "251" says what it counts in the sentence before it
        return value
    return view.t("page_scheme.background_figure", value=value, unit=view.label("measurement_unit", row["unit_code"]))
