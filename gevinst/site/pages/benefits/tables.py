"""Tables of how sure benefits are: project by category, by whom they are for, and how much rests on self-report.

Belongs here: the columns and cells of those tables.
Does not belong here: what was planned and measured (`benefits_plans.py`) and values in kroner (`benefits_values.py`).
"""

from __future__ import annotations

from collections import defaultdict

from gevinst.site.badges import evidence_legend, evidence_tile
from gevinst.site.blocks import Bar, Block, Cell, Column, Row, Table, columns, made, number_cell, source_line
from gevinst.site.context import Row as Facts
from gevinst.site.context import View
from gevinst.site.figures import LegendEntry
from gevinst.site.filters import filter_data
from gevinst.site.sentences import benefits as sentences

_ACHIEVED_FROM = 2
"""Value of a square from which a benefit is at least reported (`marks.evidence_tile`)."""
_COUNTS = ("expected_count", "reported_count", "documented_count")
_MARKS = ("evidence-1", "evidence-2", "evidence-3")


def name_cell(view: View, project_id: str) -> Cell:
    """The project, as a link to its page."""
    project = view.data.project_by_id[project_id]
    return Cell(view.text(project, "short_name") or "", href=view.project_href(project_id))


def lower(text: str) -> str:
    """The name of a code inside a sentence."""
    return text[:1].lower() + text[1:]


def evidence_map(view: View) -> Block:
    """Every project by every category found: the surest claim in force; the master table of the page's filter."""
    evidence = view.data.now("benefit_evidence")
    best = {(row["project_id"], row["benefit_category_code"]): row["best_evidence_code"] for row in evidence}
    found = {row["benefit_category_code"]: row["is_gain"] for row in evidence}
    categories = {code: label for code, label in view.labels("benefit_category").items() if code in found}
    tiles = {
        project["project_id"]: [evidence_tile(view, best.get((project["project_id"], code))) for code in categories]
        for project in view.data.projects
    }
    ordered = sorted(view.data.projects, key=lambda row: _surest_first(tiles[row["project_id"]]))
    rows = tuple(
        Row(
            (name_cell(view, project["project_id"]), *tiles[project["project_id"]]),
            project_id=project["project_id"],
            data=filter_data(view, project),
        )
        for project in ordered
    )
    sums = (
        sum(float(cells[place].value or 0) >= _ACHIEVED_FROM for cells in tiles.values())
        for place in range(len(categories))
    )
    headings = [
        Column(label if found[code] else view.t("page_benefits.not_a_benefit", name=label), is_sortable=True)
        for code, label in categories.items()
    ]
    caption = view.t("page_benefits.map_caption", n=len(rows))
    table = Table(
        "gevinstkart",
        caption,
        (Column(view.t("common.project"), is_sortable=True), *headings),
        rows,
        is_master=True,
        is_tiles=True,
        total=(Cell(view.t("page_benefits.map_total")), *(number_cell(view, n) for n in sums)),
        counts_from=_ACHIEVED_FROM,
    )
    nothing = LegendEntry("evidence-0", "", view.t("page_benefits.nothing_found"))
    return Block(
        sentences.evidence_heading(view.data.frame_now("benefit_evidence"), len(rows), view.catalogue),
        caption,
        table,
        source_line(view, "benefit_evidence"),
        (made(view, "benefit_evidence"), made(view, "benefit_trail", "evidence_code", "is_superseded", "valid_to")),
        legend=(*evidence_legend(view), nothing),
        follows_filter=True,
    )


def _surest_first(tiles: list[Cell]) -> tuple[int, ...]:
    """Many documented first, then many reported, then many expected; among equals the order of the portfolio."""
    values = [int(float(tile.value or 0)) for tile in tiles]
    return tuple(-values.count(level) for level in (3, 2, 1))


def by_beneficiary(view: View) -> Block:
    """Claims in force by whom they are for; input factors and solutions in rows of their own, after the effects."""
    natures = list(view.labels("gain_nature"))
    effects_first = sorted(natures, key=lambda code: (code not in sentences.EFFECTS, natures.index(code)))
    totals: dict[str, int] = defaultdict(int)
    for row in view.data.now("benefit_by_beneficiary"):
        if row["gain_nature_code"] in sentences.EFFECTS:
            totals[row["beneficiary_code"]] += _claims(row)
    ranked = sorted(
        view.data.now("benefit_by_beneficiary"),
        key=lambda row: (
            effects_first.index(row["gain_nature_code"]),
            -_claims(row),
            -totals[row["beneficiary_code"]],
            row["beneficiary_code"],
        ),
    )
    largest = max((_claims(row) for row in ranked), default=1)
    headings = ("beneficiary", "nature", "projects", "expected", "reported", "documented", "claims")
    caption = view.t("page_benefits.beneficiary_caption", n=sum(map(_claims, ranked)))
    table = Table(
        "for-hvem",
        caption,
        columns(view, [f"page_benefits.{name}" for name in headings], numbers=range(2, 6)),
        tuple(_beneficiary(view, row, largest) for row in ranked),
    )
    return Block(
        sentences.beneficiaries_heading(
            view.data.frame_now("benefit_by_beneficiary"), view.labels("beneficiary"), view.catalogue
        ),
        caption,
        table,
        source_line(view, "benefit_by_beneficiary"),
        (made(view, "benefit_by_beneficiary"),),
        legend=evidence_legend(view),
        stays_whole=True,
    )


def _claims(row: Facts) -> int:
    return sum(row[name] for name in _COUNTS)


def _beneficiary(view: View, row: Facts, largest: int) -> Row:
    total = _claims(row)
    bars = tuple(
        Bar(100 * row[name] / max(largest, 1), mark, view.number.integer(row[name]))
        for name, mark in reversed(list(zip(_COUNTS, _MARKS, strict=True)))
        if row[name]
    )
    return Row(
        (
            Cell(view.label("beneficiary", row["beneficiary_code"])),
            Cell(view.label("gain_nature", row["gain_nature_code"])),
            number_cell(view, row["project_count"]),
            *(number_cell(view, row[name]) for name in _COUNTS),
            Cell(view.number.integer(total), value=total, is_number=True, bars=bars),
        )
    )


def self_report(view: View) -> Block:
    """Of what is said to be achieved: how much is only reported, how much is measured, and by whom."""
    order = list(view.labels("benefit_category"))
    rows = sorted(view.data.now("self_report_share"), key=lambda row: order.index(row["benefit_category_code"]))
    headings = (
        "category",
        "achieved",
        "self_reported",
        "self_reported_pct",
        "measured",
        "measured_pct",
        "by_participant",
    )
    caption = view.t("page_benefits.self_report_caption", n=view.settings.min_n_for_shares)
    table = Table(
        "egen-rapport",
        caption,
        columns(view, [f"page_benefits.{name}" for name in headings], numbers=range(1, 7)),
        tuple(
            Row(
                (
                    Cell(view.label("benefit_category", row["benefit_category_code"])),
                    number_cell(view, row["achieved_count"]),
                    number_cell(view, row["self_reported_count"]),
                    _share(view, row["self_reported_pct"]),
                    number_cell(view, row["measured_count"]),
                    _share(view, row["measured_pct"]),
                    number_cell(view, row["measured_by_participant_count"]),
                )
            )
            for row in rows
        ),
    )
    return Block(
        sentences.self_report_heading(view.data.frame_now("self_report_share"), view.catalogue),
        caption,
        table,
        source_line(view, "self_report_share"),
        (made(view, "self_report_share"),),
        stays_whole=True,
    )


def _share(view: View, share: float | None) -> Cell:
    """A share, or nothing where there are too few to give one."""
    if share is None:
        return Cell("", spoken=view.t("page_benefits.too_few"), is_number=True, value="", csv="")
    return Cell(view.number.percent(share), value=share, is_number=True)
