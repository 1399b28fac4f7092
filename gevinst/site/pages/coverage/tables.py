"""Tables of the coverage page.

Belongs here: the columns of those tables.
Does not belong here: the rest of the page (`page.py`).
"""

from __future__ import annotations

from dataclasses import replace

from gevinst.contracts import contract
from gevinst.contracts.translations import is_translation
from gevinst.contracts.vocabulary import NOT_FOUND, CheckOutcome
from gevinst.method.coverage import FACTS
from gevinst.quality import ALL_TABLES, counts_of_table
from gevinst.site.badges import absence_legend, absence_tile
from gevinst.site.blocks import Block, Cell, number_cell
from gevinst.site.context import View
from gevinst.site.figures import LegendEntry
from gevinst.site.rows import Row as Facts
from gevinst.site.sentences import reading
from gevinst.site.table_spec import (
    ColumnSpec,
    TableSpec,
    cell_column,
    code_column,
    number_column,
    plain_column,
    project_column,
    source_column,
    text_column,
    words_column,
)


def _first_keys(view: View, row: Facts) -> str | None:
    return view.t("page_coverage.first_keys", keys=row["unexpected_keys"]) if row["unexpected_keys"] else None


_MARKS = {CheckOutcome.FAILED: "failed", CheckOutcome.NOTHING: "not-assessed", CheckOutcome.PASSED: "passed"}
"""In the order of the table: what calls for action first, and what has shown nothing before what has passed."""


def _outcome(view: View, row: Facts) -> Cell:
    code = row["check_outcome_code"]
    return Cell(view.label("check_outcome", code), mark=_MARKS[code])


def _checked(view: View, row: Facts) -> str:
    name = row["table_name"]
    return view.t("page_coverage.all_tables") if name == ALL_TABLES else contract(name).title(view.language)


_CHECK_COLUMNS = (
    text_column("page_coverage.check", "description", note=_first_keys, is_wide=True),
    cell_column("page_coverage.outcome", _outcome),
    code_column("page_coverage.severity", "severity"),
    words_column("page_coverage.table", _checked),
    number_column("page_coverage.checked", "checked_count"),
    number_column("page_coverage.deviating", "unexpected_count"),
)


def _checks_spec(table_id: str, heading: str, caption: str) -> TableSpec:
    return TableSpec(
        table_id,
        heading=f"page_coverage.{heading}",
        caption=f"page_coverage.{caption}",
        tables=("quality_checks",),
        columns=_CHECK_COLUMNS,
    )


_CHECKS = _checks_spec("kontroller", "checks", "checks_caption")
_CHECKS_OF = _checks_spec("kontroller", "checks", "checks_of_caption")
_FAILED = _checks_spec("feilet", "checks_failed", "failed_caption")


def checks(view: View) -> tuple[Block, Block | None]:
    """Results of all quality checks, and of those that did not pass when there are any."""
    rows = _failed_first(view, view.data.rows("quality_checks"))
    failed = [row for row in rows if row["check_outcome_code"] == CheckOutcome.FAILED]
    counts = view.data.checks
    block = _CHECKS.block(view, rows, passed=counts.passed, failed=counts.failed, nothing=counts.nothing)
    return block, _FAILED.block_if_any(view, failed)


def checks_of(view: View, table_name: str) -> Block | None:
    """Results of the checks of one table, `None` when it has none of its own."""
    mine = [row for row in view.data.rows("quality_checks") if row["table_name"] == table_name]
    counts = counts_of_table(view.data.tables["quality_checks"], table_name)
    outcomes = {"passed": counts.passed, "failed": counts.failed, "nothing": counts.nothing}
    return _CHECKS_OF.block_if_any(view, _failed_first(view, mine), **outcomes)


def _failed_first(view: View, rows: list[Facts]) -> list[Facts]:
    severities, outcomes = list(view.labels("severity")), list(_MARKS)

    def place(row: Facts) -> tuple[int, int, str]:
        outcome = outcomes.index(row["check_outcome_code"])
        return outcome, severities.index(row["severity_code"]), row["check_id"]

    return sorted(rows, key=place)


_ABSENCE_OF = {
    "has_status_beyond_award": ("status_absence_code", "is_coded_status"),
    "has_expected_benefit": ("expected_absence_code", "is_coded_expected"),
    "has_reported_benefit": ("results_absence_code", "is_coded_results"),
    "has_documented_benefit": ("results_absence_code", "is_coded_results"),
}
"""For facts that documents are coded for: the column that says why one is not known, and that of what was coded."""


def _fact_column(fact: str) -> ColumnSpec:
    """Whether a fact is known, as a tick or why it is not; below, of how many projects it is, of those looked at."""
    why, coded = _ABSENCE_OF.get(fact, (None, None))

    def cell(view: View, row: Facts) -> Cell:
        if row[fact]:
            return Cell("✓", mark="yes", spoken=view.t("page_coverage.known"), value=1)
        # A result that is known and not documented was looked for.
        return absence_tile(view, (row[why] if why else None) or NOT_FOUND)

    def total(view: View, row: Facts) -> Cell:
        note = view.t("page_coverage.of_coded", n=row[coded]) if coded else None
        return replace(number_cell(view, row[fact]), note=note)

    return cell_column(f"page_coverage.{fact}", cell, total=total)


def _matrix_legend(view: View) -> tuple[LegendEntry, ...]:
    return (LegendEntry("yes", "✓", view.t("page_coverage.known_meaning")), *absence_legend(view))


def _of_eight(view: View, row: Facts) -> Cell:
    count = row["known_count"]
    return Cell(view.t("page_coverage.of_eight", n=count), value=count, is_number=True)


_MATRIX = TableSpec(
    "dekning",
    caption="page_coverage.matrix_caption",
    tables=("project_coverage",),
    columns=(
        project_column(total=lambda view, row: Cell(view.t("page_coverage.known_of", n=row["projects"]))),
        *(_fact_column(fact) for fact in FACTS),
        cell_column("page_coverage.known_count", _of_eight, is_number=True, total=lambda view, row: Cell("")),
    ),
    legend=_matrix_legend,
    is_tiles=True,
)


def matrix(view: View) -> Block:
    """Project by fact: known, or why it is not."""
    projects = sorted(view.data.projects, key=lambda row: (-row["known_count"], row["project_id"]))
    figures = view.data.headlines
    coded = [name for _, name in _ABSENCE_OF.values()]
    return _MATRIX.block(
        view,
        projects,
        heading=reading.coded_for(figures, view.catalogue),
        total_row={name: figures[name].value for name in ("projects", *FACTS, *coded)},
    )


def _group(view: View, row: Facts) -> str:
    code = row["public_evidence_group_code"]
    return (
        f"{code}: {view.label('public_evidence_group', code)}" if code is not None else view.t("page_coverage.no_group")
    )


_GROUPS = TableSpec(
    "grupper",
    caption="page_coverage.groups_caption",
    tables=("project_status", "project_coverage"),
    made_of=(("project_status", "public_evidence_group_code"), "project_coverage"),
    columns=(
        words_column("page_coverage.group", _group, is_wide=True),
        number_column("page_coverage.projects", "project_count"),
        *(number_column(f"page_coverage.{fact}", f"{fact}_count") for fact in FACTS),
    ),
)


_IN_USE = "A"
"""Group of projects with public evidence of use."""


def groups(view: View) -> Block:
    """How many facts are known, by what is known of the project in all."""
    order = [*view.labels("public_evidence_group"), None]
    rows = sorted(
        view.data.now("evidence_group_counts"), key=lambda row: order.index(row["public_evidence_group_code"])
    )
    in_use = next((row["project_count"] for row in rows if row["public_evidence_group_code"] == _IN_USE), 0)
    total = view.data.headlines["projects"].value
    return _GROUPS.block(view, rows, heading=view.t("page_coverage.groups", n=in_use, total=total), n=total)


_QUARANTINE = TableSpec(
    "satt-til-side",
    heading="page_coverage.quarantine",
    caption="page_coverage.quarantine_caption",
    tables=("quarantine",),
    columns=(
        plain_column("page_coverage.file", "file", note=lambda view, row: row["sheet"]),
        number_column("page_coverage.line", "row_number"),
        plain_column("page_coverage.column", "column_name"),
        plain_column("page_coverage.cell_value", "value"),
        text_column("common.reason", "reason"),
    ),
)


def quarantine(view: View) -> Block | None:
    """Rows that could not be used."""
    return _QUARANTINE.block_if_any(view, view.data.rows("quarantine"))


_CORRECTIONS = TableSpec(
    "rettelser",
    heading="page_coverage.corrections",
    caption="page_coverage.corrections_caption",
    tables=("corrections",),
    columns=(
        words_column(
            "page_coverage.where",
            lambda view, row: contract(row["table_name"]).title(view.language),
            note=lambda view, row: f"{row['key']}, {row['column_name']}",
        ),
        plain_column("page_coverage.stood", "expect"),
        plain_column("page_coverage.stands", "replace"),
        text_column("common.reason", "reason"),
        source_column(),
    ),
)


def corrections(view: View) -> Block | None:
    """Known errors of sources and of entry that are corrected at intake; a translation corrects nothing."""
    rows = [row for row in view.data.rows("corrections") if not is_translation(row)]
    return _CORRECTIONS.block_if_any(view, rows)
