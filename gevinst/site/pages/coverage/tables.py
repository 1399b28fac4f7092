"""Tables of the coverage page.

Belongs here: the columns and cells of those tables.
Does not belong here: the rest of the page (`coverage.py`).
"""

from __future__ import annotations

from collections import defaultdict

from gevinst.contracts import contract
from gevinst.method.coverage import FACTS
from gevinst.quality import ALL_TABLES
from gevinst.site.blocks import Block, Cell, Row, Table, columns, made, number_cell, source_cell, source_line
from gevinst.site.context import Row as Facts
from gevinst.site.context import View
from gevinst.site.sentences import portfolio as sentences


def checks(view: View) -> tuple[Block, Block | None]:
    """Results of all quality checks, and of those that did not pass when there are any."""
    rows = _failed_first(view, view.data.rows("quality_checks"))
    failed = [row for row in rows if not row["is_passed"]]
    return (
        _checks(view, rows, "kontroller", _outcome(view, rows), "page_coverage.checks_caption"),
        _checks(
            view, failed, "feilet", view.t("page_coverage.checks_failed", n=len(failed)), "page_coverage.failed_caption"
        )
        if failed
        else None,
    )


def checks_of(view: View, table_name: str) -> Block | None:
    """Results of the checks of one table, `None` when it has none of its own."""
    mine = [row for row in view.data.rows("quality_checks") if row["table_name"] == table_name]
    if not mine:
        return None
    return _checks(
        view, _failed_first(view, mine), "kontroller", _outcome(view, mine), "page_coverage.checks_of_caption"
    )


def _failed_first(view: View, rows: list[Facts]) -> list[Facts]:
    severities = list(view.labels("severity"))
    return sorted(rows, key=lambda row: (row["is_passed"], severities.index(row["severity_code"]), row["check_id"]))


def _outcome(view: View, rows: list[Facts]) -> str:
    passed = sum(row["is_passed"] for row in rows)
    return view.t("page_coverage.checks", n=len(rows), passed=passed, failed=len(rows) - passed)


def _checks(view: View, rows: list[Facts], table_id: str, heading: str, caption_key: str) -> Block:
    caption = view.t(caption_key, n=len(rows))
    headings = ("check", "outcome", "severity", "table", "checked", "deviating")
    table = Table(
        table_id,
        caption,
        columns(view, [f"page_coverage.{name}" for name in headings], numbers=(4, 5), wide=(0,)),
        tuple(_check(view, row) for row in rows),
    )
    return Block(heading, caption, table, source_line(view, "quality_checks"), (made(view, "quality_checks"),))


def _check(view: View, row: Facts) -> Row:
    outcome = "passed" if row["is_passed"] else "failed"
    keys = view.t("page_coverage.first_keys", keys=row["unexpected_keys"]) if row["unexpected_keys"] else None
    return Row(
        (
            Cell(view.text(row, "description") or "", note=keys),
            Cell(view.t(f"page_coverage.{outcome}"), mark=outcome),
            Cell(view.label("severity", row["severity_code"])),
            Cell(_checked(view, row["table_name"])),
            number_cell(view, row["checked_count"]),
            number_cell(view, row["unexpected_count"]),
        )
    )


def _checked(view: View, table_name: str) -> str:
    return view.t("page_coverage.all_tables") if table_name == ALL_TABLES else contract(table_name).title(view.language)


def matrix(view: View) -> Block:
    """Project by fact: known or not found."""
    projects = sorted(view.data.projects, key=lambda row: (-row["known_count"], row["project_id"]))
    known, unknown = view.t("page_coverage.known"), view.t("page_coverage.not_found")
    rows = tuple(
        Row(
            (
                Cell(view.text(project, "short_name") or "", href=view.project_href(project["project_id"])),
                *(
                    Cell("✓", mark="yes", spoken=known, value=1)
                    if project[fact]
                    else Cell(view.number.missing, spoken=unknown, value=0, csv=unknown)
                    for fact in FACTS
                ),
                Cell(
                    view.t("page_coverage.of_eight", n=project["known_count"]),
                    value=project["known_count"],
                    is_number=True,
                ),
            )
        )
        for project in projects
    )
    headings = ("common.project", *(f"page_coverage.{fact}" for fact in FACTS), "page_coverage.known_count")
    sums = (number_cell(view, sum(project[fact] for project in projects)) for fact in FACTS)
    total = (Cell(view.t("page_coverage.known_of", n=len(projects))), *sums, Cell(""))
    facts = sentences.coverage_sentences(
        view.data.frame_now("project_coverage"), view.catalogue, min_n=view.settings.min_n_for_shares
    )
    caption = view.t("page_coverage.matrix_caption", n=len(rows))
    table = Table(
        "dekning", caption, columns(view, headings, numbers=(len(FACTS) + 1,)), rows, is_tiles=True, total=total
    )
    return Block(
        facts["has_reported_benefit"].rstrip("."),
        caption,
        table,
        source_line(view, "project_coverage"),
        (made(view, "project_coverage"),),
    )


def groups(view: View) -> Block:
    """How many facts are known, by what is known of the project in all."""
    by_group: dict[str | None, list[Facts]] = defaultdict(list)
    for project in view.data.projects:
        by_group[project["public_evidence_group_code"]].append(project)
    rows = []
    for code, label in (*view.labels("public_evidence_group").items(), (None, view.t("page_coverage.no_group"))):
        mine = by_group[code]
        if mine or code:
            facts = (number_cell(view, sum(row[fact] for row in mine)) for fact in FACTS)
            name = Cell(f"{code}: {label}" if code else label)
            rows.append(Row((name, number_cell(view, len(mine)), *facts)))
    headings = ("page_coverage.group", "page_coverage.projects", *(f"page_coverage.{fact}" for fact in FACTS))
    caption = view.t("page_coverage.groups_caption", n=len(view.data.projects))
    table = Table("grupper", caption, columns(view, headings, numbers=range(1, len(headings)), wide=(0,)), tuple(rows))
    in_use = len(by_group["A"])
    return Block(
        view.t("page_coverage.groups", n=in_use, total=len(view.data.projects)),
        caption,
        table,
        source_line(view, "project_status", "project_coverage"),
        (made(view, "project_status", "public_evidence_group_code"), made(view, "project_coverage")),
    )


def quarantine(view: View) -> Block | None:
    """Rows that could not be used."""
    rows = view.data.rows("quarantine")
    table = Table(
        "satt-til-side",
        view.t("page_coverage.quarantine_caption", n=len(rows)),
        columns(
            view,
            (
                "page_coverage.file",
                "page_coverage.line",
                "page_coverage.column",
                "page_coverage.cell_value",
                "common.reason",
            ),
            numbers=(1,),
        ),
        tuple(
            Row(
                (
                    Cell(row["file"], note=row["sheet"]),
                    number_cell(view, row["row_number"]),
                    Cell(row["column_name"]),
                    Cell(row["value"] or ""),
                    Cell(view.text(row, "reason") or ""),
                )
            )
            for row in rows
        ),
    )
    if not rows:
        return None
    return Block(
        view.t("page_coverage.quarantine", n=len(rows)),
        table.caption,
        table,
        source_line(view, "quarantine"),
        (made(view, "quarantine"),),
    )


def corrections(view: View) -> Block | None:
    """Known errors of sources that are mended at intake."""
    rows = view.data.rows("corrections")
    if not rows:
        return None
    table = Table(
        "rettelser",
        view.t("page_coverage.corrections_caption", n=len(rows)),
        columns(
            view,
            ("page_coverage.where", "page_coverage.stood", "page_coverage.stands", "common.reason", "common.source"),
        ),
        tuple(
            Row(
                (
                    Cell(contract(row["table_name"]).title(view.language), note=f"{row['key']}, {row['column_name']}"),
                    Cell(row["expect"]),
                    Cell(row["replace"]),
                    Cell(view.text(row, "reason") or ""),
                    source_cell(view, row),
                )
            )
            for row in rows
        ),
    )
    return Block(
        view.t("page_coverage.corrections", n=len(rows)),
        table.caption,
        table,
        source_line(view, "corrections"),
        (made(view, "corrections"),),
    )
