"""Tables of how sure benefits are: project by category, by whom they are for, who says so, and what is self-report.

Belongs here: the columns of those tables.
Does not belong here: what was planned and measured (`measured.py`), kroner (`economy.py`), any counting.
"""

from __future__ import annotations

from gevinst.contracts.vocabulary import (
    ACHIEVED,
    EFFECTS,
    FOR_THE_WORSE,
    NO_BENEFICIARY_STATED,
    NOT_CODED,
    NOT_FOUND,
)
from gevinst.site.badges import (
    ABSENCES,
    absence_tile,
    evidence_cell,
    evidence_legend,
    evidence_tile,
)
from gevinst.site.blocks import Bar, Block, Cell
from gevinst.site.context import View
from gevinst.site.figures import LegendEntry
from gevinst.site.rows import Row as Facts
from gevinst.site.sentences import benefits as sentences
from gevinst.site.table_spec import (
    ColumnSpec,
    TableSpec,
    cell_column,
    code_column,
    label_of,
    number_column,
    project_column,
    source_column,
    text_column,
)

_ACHIEVED_FROM = 2
"""Value of a square from which a benefit is at least reported (`badges.evidence_tile`)."""
_COUNTS = ("expected_count", "reported_count", "measured_by_participant_count", "documented_count")
_MARKS = ("evidence-1", "evidence-2", "evidence-3", "evidence-4")
_SUREST_FIRST = (
    "documented_category_count",
    "measured_by_participant_category_count",
    "reported_category_count",
    "expected_category_count",
)
_PARTLY_CODED = ("not-coded", "·")
"""A project that was coded for expected benefits alone, or for results alone: one of the two is still not looked "
"for."""


def lower(text: str) -> str:
    """The name of a code inside a sentence."""
    return text[:1].lower() + text[1:]


def beneficiaries(view: View, benefit_id: str) -> str:
    """Whom a benefit is for, all of them, as a list inside a sentence."""
    order = list(view.labels("beneficiary"))
    rows = view.data.grouped("benefit_beneficiaries", "benefit_id").get(benefit_id, ())
    codes = [row["beneficiary_code"] for row in rows]
    known = sorted(codes or [NO_BENEFICIARY_STATED], key=order.index)
    return view.catalogue.join([lower(view.label("beneficiary", code)) for code in known])


def kind_and_whom(view: View, row: Facts) -> str:
    """What kind of benefit it is, and for whom."""
    return view.t(
        "page_benefits.benefit_for",
        benefit=view.label("benefit", row["benefit_code"]),
        whom=beneficiaries(view, row["benefit_id"]),
    )


def _tile(view: View, row: Facts, category: str) -> Cell:
    """The surest evidence, or why there is none: nobody looked, or it is not in what was read."""
    if row[category] is not None:
        return evidence_tile(view, row[category])
    coded = (row["is_coded_expected"], row["is_coded_results"])
    if all(coded):
        return absence_tile(view, NOT_FOUND)
    if not any(coded):
        return absence_tile(view, NOT_CODED)
    mark, sign = _PARTLY_CODED
    words = view.t(f"page_benefits.{'results' if coded[0] else 'expected'}_not_coded")
    return Cell(sign, mark=mark, spoken=words, value=0, csv=words)


def _map(categories: dict[str, str]) -> TableSpec:
    """A column of tiles for each category found; `categories` are headings by code."""

    def category_column(code: str, heading: str) -> ColumnSpec:
        return cell_column(
            lambda _: heading,
            lambda view, row: _tile(view, row, code),
            total=lambda view, row: Cell(view.number.integer(row[code]), value=row[code], is_number=True),
        )

    return TableSpec(
        "gevinstkart",
        caption="page_benefits.map_caption",
        tables=("benefit_evidence", "benefit_by_project"),
        made_of=(
            "benefit_evidence",
            "benefit_by_project",
            ("benefit_trail", "evidence_code", "is_superseded", "valid_to"),
        ),
        columns=(
            project_column(total=lambda view, _: Cell(view.t("page_benefits.map_total"))),
            *(category_column(code, heading) for code, heading in categories.items()),
        ),
        legend=_map_legend,
        follows_filter=True,
        is_master=True,
        is_tiles=True,
        counts_from=_ACHIEVED_FROM,
    )


def _map_legend(view: View) -> tuple[LegendEntry, ...]:
    absent = (
        (*ABSENCES[NOT_FOUND], view.label("absence", NOT_FOUND)),
        (*_PARTLY_CODED, view.t("page_benefits.partly_coded")),
        (*ABSENCES[NOT_CODED], view.t("page_benefits.not_coded")),
    )
    return (*evidence_legend(view), *(LegendEntry(*entry) for entry in absent))


def evidence_map(view: View) -> Block:
    """Every project by every category found: the surest claim in force.

    Many documented first, then many measured, reported and expected; among equals the order of the portfolio.
    """
    best = {
        (row["project_id"], row["benefit_category_code"]): row["best_evidence_code"]
        for row in view.data.now("benefit_evidence")
    }
    found = {row["benefit_category_code"]: row for row in view.data.now("benefit_by_category")}
    headings = {
        code: label if found[code]["is_gain"] else view.t("page_benefits.not_a_benefit", name=label)
        for code, label in view.labels("benefit_category").items()
        if code in found
    }
    sureness = {row["project_id"]: row for row in view.data.now("benefit_by_project")}

    def surest_first(project: Facts) -> tuple[int, ...]:
        return tuple(-sureness[project["project_id"]][name] for name in _SUREST_FIRST)

    rows = [
        {**project, **{code: best.get((project["project_id"], code)) for code in headings}}
        for project in sorted(view.data.projects, key=surest_first)
    ]
    counts = view.data.now("benefit_headlines")[0]
    heading = sentences.evidence_heading(counts, view.catalogue)
    totals = {code: found[code]["achieved_project_count"] for code in headings}
    coded = counts["coded_project_count"]
    is_all = coded == counts["project_count"]
    said = view.t("page_benefits.coded_all") if is_all else view.t("page_benefits.coded", n=coded)
    return _map(headings).block(view, rows, heading=heading, total_row=totals, coded=said)


def _claims(view: View, row: Facts) -> Cell:
    """All claims as a number, and their parts as a bar, the surest first."""
    parts = reversed(list(zip(_COUNTS, _MARKS, strict=True)))
    bars = tuple(
        Bar(100 * row[name] / row["longest"], mark, view.number.integer(row[name])) for name, mark in parts if row[name]
    )
    total = row["claim_count"]
    return Cell(view.number.integer(total), value=total, is_number=True, bars=bars)


_BENEFICIARIES = TableSpec(
    "for-hvem",
    caption="page_benefits.beneficiary_caption",
    tables=("benefit_by_beneficiary",),
    columns=(
        code_column("page_benefits.beneficiary", "beneficiary"),
        code_column("page_benefits.nature", "gain_nature"),
        number_column("page_benefits.projects", "project_count"),
        number_column("page_benefits.benefits", "benefit_count"),
        number_column("page_benefits.expected", "expected_count"),
        number_column("page_benefits.reported", "reported_count"),
        number_column("page_benefits.by_participant", "measured_by_participant_count"),
        number_column("page_benefits.documented", "documented_count"),
        cell_column("page_benefits.claims", _claims),
    ),
    legend=evidence_legend,
    stays_whole=True,
)


def by_beneficiary(view: View) -> Block:
    """Claims in force by whom they are for; input factors and solutions in rows of their own, after the effects."""
    natures = list(view.labels("gain_nature"))
    effects_first = sorted(natures, key=lambda code: (code not in EFFECTS, natures.index(code)))
    claims = view.data.now("beneficiary_claims")
    counted = {(row["beneficiary_code"], row["gain_nature_code"]): row for row in claims}
    longest = max((row["claim_count"] for row in claims), default=1) or 1
    rows = [
        {**row, **counted[row["beneficiary_code"], row["gain_nature_code"]], "longest": longest}
        for row in view.data.now("benefit_by_beneficiary")
    ]
    rows.sort(
        key=lambda row: (
            effects_first.index(row["gain_nature_code"]),
            -row["claim_count"],
            -row["effect_claim_count"],
            row["beneficiary_code"],
        )
    )
    counts = view.data.now("benefit_headlines")[0]
    heading = sentences.beneficiaries_heading(counts, claims, view.labels("beneficiary"), view.catalogue)
    return _BENEFICIARIES.block(view, rows, heading=heading, n=counts["claim_count"])


def _share_column(heading: str, name: str) -> ColumnSpec:
    """A share, or nothing where there are too few to give one."""
    return number_column(heading, name, unit="percent", blank="page_benefits.too_few")


_SELF_REPORT = TableSpec(
    "egen-rapport",
    caption="page_benefits.self_report_caption",
    tables=("self_report_share",),
    columns=(
        code_column("page_benefits.category", "benefit_category"),
        number_column("page_benefits.achieved", "achieved_count"),
        number_column("page_benefits.self_reported", "self_reported_count"),
        _share_column("page_benefits.self_reported_pct", "self_reported_pct"),
        number_column("page_benefits.by_participant", "measured_by_participant_count"),
        number_column("page_benefits.documented", "documented_count"),
        number_column("page_benefits.measured_share", "measured_count"),
        _share_column("page_benefits.measured_pct", "measured_pct"),
    ),
    stays_whole=True,
)


_STATED_BY = TableSpec(
    "hvem-sier-det",
    heading="page_benefits.stated_by_heading",
    caption="page_benefits.stated_by_caption",
    tables=("benefit_by_stated_by",),
    columns=(
        cell_column("page_benefits.evidence", lambda view, row: evidence_cell(view, row["evidence_code"])),
        code_column("page_benefits.stated_by", "stated_by"),
        number_column("page_benefits.benefits", "benefit_count"),
        number_column("page_benefits.projects", "project_count"),
    ),
    stays_whole=True,
)


def stated_by(view: View) -> Block | None:
    """Of what is said to be achieved: how sure it is, and whose word it rests on; the surest first."""
    who = list(view.labels("stated_by"))
    rows = sorted(
        view.data.now("benefit_by_stated_by"),
        key=lambda row: (-ACHIEVED.index(row["evidence_code"]), who.index(row["stated_by_code"])),
    )
    return _STATED_BY.block_if_any(view, rows)


_DISBENEFITS = TableSpec(
    "ulemper",
    caption="page_benefits.disbenefits_caption",
    tables=("benefit_overview",),
    columns=(
        project_column(),
        text_column("page_benefits.disbenefit", "name", note=label_of("benefit"), is_wide=True),
        cell_column("page_benefits.evidence", lambda view, row: how_sure(view, row["best_evidence_code"])),
        code_column("page_benefits.stated_by", "stated_by", "best_stated_by_code"),
        source_column(),
    ),
    follows_filter=True,
)


def how_sure(view: View, code: str | None) -> Cell:
    """How sure a benefit is; of one that nobody has spoken of, that it is only in a plan."""
    return Cell(view.t("page_benefits.only_planned"), value=-1) if code is None else evidence_cell(view, code)


def disbenefits(view: View) -> Block | None:
    """Effects for the worse that somebody expects or reports: never among benefits, and never set off against them."""
    places = view.data.project_places
    rows = [row for row in view.data.now("benefit_overview") if row["benefit_sign_code"] == FOR_THE_WORSE]
    rows.sort(key=lambda row: (places[row["project_id"]], row["benefit_id"]))
    heading = sentences.disbenefits_heading(view.data.now("benefit_headlines")[0], view.catalogue)
    return _DISBENEFITS.block_if_any(view, rows, heading=heading)


def self_report(view: View) -> Block:
    """Of what is said to be achieved: how much is only reported, how much is measured, and by whom."""
    order = list(view.labels("benefit_category"))
    rows = sorted(view.data.now("self_report_share"), key=lambda row: order.index(row["benefit_category_code"]))
    heading = sentences.self_report_heading(view.data.now("benefit_headlines")[0], view.catalogue)
    return _SELF_REPORT.block(view, rows, heading=heading, n=view.settings.min_n_for_shares)
