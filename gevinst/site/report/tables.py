"""Tables that paper has alone: rounds with totals, all projects by round, benefits that are told of, whom to ask.

Belongs here: their rows and columns, from marts; each number is a cell of one.
Does not belong here: tables that a page has as well (`parts.of_block`) and the words of a status (the front page).
"""

from __future__ import annotations

from collections.abc import Iterator

from gevinst.addresses import no_figure
from gevinst.contracts.vocabulary import STAGE_PROMISED
from gevinst.site.badges import evidence_cell, grows_old, no_benefit_text, stage_cell
from gevinst.site.blocks import source_line
from gevinst.site.context import View
from gevinst.site.figures import LegendEntry
from gevinst.site.pages.benefits.register import register_rows
from gevinst.site.pages.follow_up import words
from gevinst.site.pages.overview import page as overview
from gevinst.site.pages.overview import tiles
from gevinst.site.report.parts import Column, Entry, Group, Part, of_cell, table
from gevinst.site.rows import Row

MOST_BENEFITS = 60
MOST_ASKED = 10
"""Rows on paper; how many there are in all stands above or below."""


def rounds(view: View) -> Part:
    """Every round: cohort, applicants, selected, those no source names, and the amount; with the totals known."""
    counts = view.data.now("scheme_headlines")[0]
    return table(
        [
            Column(view.t("common.round"), 5.6),
            Column(view.t("common.cohort"), 1.6, is_number=True),
            Column(view.t("rounds.applicants"), 2.7, is_number=True),
            Column(view.t("rounds.selected"), 1.9, is_number=True),
            Column(view.t("page_coverage.unnamed"), 2.5, is_number=True),
            Column(view.t("page_project.amount"), 5.4, is_number=True),
        ],
        [Group([_round(view, row) for row in _in_order(view)])],
        heading=view.t("report.rounds", n=counts["round_count"]),
        caption=view.t("report.rounds_caption"),
        source=source_line(view, "round_overview"),
        sign=view.t("figure.missing_sign"),
        total=_round_totals(view, counts),
    )


def _in_order(view: View) -> list[Row]:
    return sorted(view.data.now("round_overview"), key=lambda row: (row["cohort_year"], row["round_id"]))


def _round(view: View, row: Row) -> list[Entry]:
    bases = view.labels("figure_basis")
    applicants = row["applicant_basis_code"]
    note = view.t("rounds.note_disagreement") if row["has_disagreement"] else None
    return [
        Entry(view.text(view.data.round_by_id[row["round_id"]], "name") or "", note),
        Entry(str(row["cohort_year"]), is_number=True),
        Entry(
            view.number.integer(row["applicant_count"]),
            bases[applicants] if applicants not in (None, "stated") else None,
            is_number=True,
        ),
        Entry(view.number.integer(row["selected_count"]), is_number=True),
        Entry(view.number.integer(row["unnamed_count"]), is_number=True),
        Entry(tiles.amount(view, row) or view.number.missing, is_number=True),
    ]


def _round_totals(view: View, counts: Row) -> list[Entry]:
    """Sums over the rounds where each is known; funding awarded and frames are never added."""

    def counted(measure: str) -> Entry:
        n = counts[f"{measure}_round_count"]
        note = view.t("report.in_rounds", n=n) if counts[f"unknown_{measure}_round_count"] else None
        return Entry(view.number.integer(counts[f"{measure}_count"]), note, is_number=True)

    def summed(column: str, key: str) -> str | None:
        amount = counts[column]
        return None if amount is None else view.t(f"page_overview.{key}", amount=view.number.million(amount))

    amounts = [said for said in (summed("awarded_amount", "awarded"), summed("frame_amount", "set_aside")) if said]
    return [
        Entry(view.t("page_method.ages_total")),
        Entry("", is_number=True),
        counted("applicant"),
        counted("selected"),
        Entry(view.number.integer(view.data.headlines["unnamed_projects"].value), is_number=True),
        Entry(amounts[0] if amounts else view.number.missing, amounts[1] if amounts[1:] else None, is_number=True),
    ]


def projects(view: View) -> Part:
    """Every project, round by round: owner, status with its year, and the surest benefit."""
    mine: dict[str, list[Row]] = {}
    for row in view.data.projects:
        mine.setdefault(row["round_id"], []).append(row)
    known = {row["round_id"]: row for row in _in_order(view)}
    return table(
        [
            Column(view.t("common.project"), 3.5),
            Column(view.t("common.project_owner"), 3.2),
            Column(view.t("common.status"), 4.4),
            Column(view.t("report.surest_benefit"), 2.9),
        ],
        [
            Group(
                [*(_project(view, row) for row in mine.get(round_id, [])), *_unnamed(view, row)],
                _round_name(view, row),
            )
            for round_id, row in known.items()
        ],
        caption=view.t("report.projects_caption"),
        source=source_line(view, "projects", "project_status", "project_coverage"),
        sign=view.t("figure.missing_sign"),
        legend=_status_legend(view),
    )


def _round_name(view: View, row: Row) -> str:
    name = view.text(view.data.round_by_id[row["round_id"]], "name") or ""
    said = tiles.amount(view, row)
    return view.t("report.round_and_amount", round=name, amount=said) if said else name


def _project(view: View, row: Row) -> list[Entry]:
    level = row["best_evidence_code"]
    benefit = of_cell(evidence_cell(view, level)) if level else Entry(no_benefit_text(view, row))
    return [
        Entry(view.text(row, "short_name") or ""),
        Entry(view.catalogue.join(list(dict.fromkeys(row["owner_short_names"]))) or view.number.missing),
        Entry(tiles.status_words(view, row), mark=tiles.tile_mark(row), is_hatched=grows_old(row)),
        benefit,
    ]


def _unnamed(view: View, row: Row) -> Iterator[list[Entry]]:
    """One row for the projects of a round that no source names."""
    count = row["unnamed_count"]
    if count and count > 0:
        said = f"{view.t('page_overview.unnamed_many', n=count)} {view.t('page_overview.in_sources')}"
        yield [Entry(said, span=4)]


def _status_legend(view: View) -> tuple[LegendEntry, ...]:
    """The colours of status, what hatching means, and the signs of the surest benefit, as far as they occur."""
    evidence = tuple(
        LegendEntry(cell.mark or "", cell.glyph, cell.text)
        for code in view.labels("evidence")
        if (cell := of_cell(evidence_cell(view, code))).mark
    )
    return (*tiles.legend(view), *evidence)


def stages(view: View) -> Part:
    """How many benefits have come how far."""
    counts = view.data.now("register_counts")[0]
    rows = [
        [Entry(words), Entry(view.number.integer(counts[column]), is_number=True)]
        for words, column in _stage_counts(view)
        if counts[column] or column in ("promised_not_found_count", "measured_stage_count", "documented_stage_count")
    ]
    return table(
        [Column(view.t("benefit_register.stage"), 5), Column(view.t("page_benefits.benefits"), 1.2, is_number=True)],
        [Group(rows)],
        heading=view.t("benefit_register.heading", n=counts["benefit_count"], projects=counts["project_count"]),
        caption=view.t("report.stages_caption"),
        source=source_line(view, "benefit_register"),
    )


def _stage_counts(view: View) -> list[tuple[str, str]]:
    names = {
        "not_found": "promised_not_found_count",
        "not_coded": "promised_not_coded_count",
        "stated_not": "promised_stated_not_count",
        "said": "said_count",
        "measured": "measured_stage_count",
        "documented": "documented_stage_count",
    }
    return [(view.t(f"benefit_register.answer_{name}"), column) for name, column in names.items()]


def told(view: View) -> Part | None:
    """Benefits that somebody says have come, the surest first: of which project, how sure, who says so and where."""
    rows = [row for row in register_rows(view) if row["stage_code"] != STAGE_PROMISED]
    if not rows:
        return None
    counts = view.data.now("register_counts")[0]
    is_cut = len(rows) > MOST_BENEFITS
    left_out = view.t("report.first_of", shown=no_figure(MOST_BENEFITS, "house"), n=counts["told_count"])
    return table(
        [
            Column(view.t("page_benefits.benefit"), 5),
            Column(view.t("common.project"), 3),
            Column(view.t("benefit_register.stage"), 2.8),
            Column(view.t("page_benefits.stated_by"), 2.4),
            Column(view.t("common.source"), 3.6),
        ],
        [Group([_benefit(view, row) for row in rows[:MOST_BENEFITS]])],
        heading=view.t("report.told", n=counts["told_count"]),
        caption=view.t("report.told_caption"),
        source=source_line(view, "benefit_register"),
        sign=view.t("figure.missing_sign"),
        left_out=left_out if is_cut else None,
    )


def _benefit(view: View, row: Row) -> list[Entry]:
    source = view.source(row)
    return [
        Entry(view.text(row, "name") or ""),
        Entry(view.text(view.data.project_by_id[row["project_id"]], "short_name") or ""),
        of_cell(stage_cell(view, row["stage_code"])),
        Entry(view.label("stated_by", row["stated_by_code"]) if row["stated_by_code"] else view.number.missing),
        Entry(source.label if source else view.number.missing),
    ]


def asked(view: View) -> Part | None:
    """The first of those whom we want to hear from: owner, why, and the question."""
    rows = overview.wanted(view)
    if not rows:
        return None
    n = view.data.headlines["follow_ups"].value
    return table(
        [
            Column(view.t("page_follow_up.place"), 1, is_number=True),
            Column(view.t("common.project"), 3),
            Column(view.t("common.project_owner"), 3),
            Column(view.t("page_follow_up.last_known"), 3.6),
            Column(view.t("page_follow_up.question"), 6),
        ],
        [Group([_asked(view, row) for row in rows[:MOST_ASKED]])],
        caption=view.t("report.asked_caption", shown=no_figure(len(rows[:MOST_ASKED]), "house"), n=n),
        source=source_line(view, "follow_ups"),
        sign=view.t("figure.missing_sign"),
    )


def _asked(view: View, row: Row) -> list[Entry]:
    return [
        Entry(view.number.integer(row["follow_up_order"]), is_number=True),
        Entry(words.project_name(view, row)),
        Entry(words.owners(view, row) or view.t("page_follow_up.owner_unknown")),
        Entry(words.last_word(view, row), words.how_old(view, row)),
        Entry(words.question(view, row), words.reason(view, row)),
    ]
