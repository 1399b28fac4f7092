"""The register: every benefit as one row, with what was promised, what is reported, and who says so.

Belongs here: the page, its columns and what a reader can choose by.
Does not belong here: which stage a benefit is at (mart `benefit_register`), splitting a long table
(`gevinst.site.paging`) and counting the rows of a selection (``register.js``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from gevinst.bilingual import LANGUAGES
from gevinst.contracts.vocabulary import (
    ABSENCES,
    BENEFIT_STAGES,
    EXPECTED,
    NO_BENEFICIARY_STATED,
    NOT_CODED,
    NOT_FOUND,
    PROMISE_KINDS,
    PROMISED_AS_GOAL,
    STAGE_DOCUMENTED,
    STAGE_MEASURED,
    STAGE_PROMISED,
    STAGE_REPORTED,
    STATED_NOT,
)
from gevinst.language.phrases import capital
from gevinst.site.badges import stage_cell, stage_legend, status_cell
from gevinst.site.blocks import Block, Cell, missing, number_cell
from gevinst.site.context import View
from gevinst.site.filters import Choice, filter_values
from gevinst.site.page import Document, Page
from gevinst.site.pages.benefits.measured import outcome_of, unit_of
from gevinst.site.pages.benefits.tables import lower
from gevinst.site.rows import Row as Facts
from gevinst.site.sentences import register as sentences
from gevinst.site.sentences.measures import places
from gevinst.site.sentences.reading import read_whole
from gevinst.site.table_spec import TableSpec, cell_column, code_column, source_column

NAME = "benefits_register"
STAGE_VALUES = dict(zip(BENEFIT_STAGES, ("lovet", "sagt", "malt", "dokumentert"), strict=True))
PROMISE_VALUES = dict(zip(PROMISE_KINDS, ("lovet-mal", "lovet-forventet", "lovet-plan"), strict=True))
ABSENCE_VALUES = dict(zip(ABSENCES, ("ikke-kodet", "ikke-funnet", "ikke-slik"), strict=True))
"""What the address calls each choice: the same in both languages, as with other choices."""
MEASUREMENT_VALUES = {"missing": "ikke-malt", "overdue": "forfalt", "without_target": "uten-mal"}
"""Choices by the measurement, beside the codes of how it went."""
OWN_CHOICES = ("stadium", "resultat", "maling", "kategori", "hvem")
_OWNER = "prosjekteier"


@dataclass(frozen=True, slots=True)
class SavedView:
    """A selection that answers a question: its words, how many benefits are in it, and its address."""

    text: str
    amount: str
    href: str


def _name(view: View, row: Facts) -> Cell:
    indicator = view.text(row, "indicator")
    note = view.t("benefit_register.indicator", indicator=indicator) if indicator else None
    return Cell(view.text(row, "name") or "", note=note)


def _stage(view: View, row: Facts) -> Cell:
    """How far the benefit has come; of a promised one how it is promised and why nothing is known of it, of a measured
    one how it went, and of one in a plan when it is to be measured and who answers.
    """
    cell = stage_cell(view, row["stage_code"])
    notes = []
    if row["stage_code"] == STAGE_PROMISED:
        notes += [view.label("promise_kind", row["promise_code"]), _why_unknown(view, row["results_absence_code"])]
    if row["measurement_outcome_code"] is not None:
        notes.append(outcome_of(view, row))
    # When and who are as different as the rows, and would be twice in each of them; files of the edition have both.
    to_come = _to_come(view, row["unmeasured"]) if row["plan_count"] and row["unmeasured"] else ()
    note = "; ".join((*notes, *to_come))
    label = view.label("benefit_stage", row["stage_code"])
    return replace(cell, note=capital(note), csv="; ".join((label, *notes))) if note else cell


def _why_unknown(view: View, absence: str) -> str:
    return view.t(f"benefit_register.result_{absence}")


def _to_come(view: View, row: Facts) -> Iterator[str]:
    """When it is to be measured, and who answers where that is not the owner of the project."""
    if row["next_measurement_on"] is not None:
        when = "overdue" if row["is_overdue"] else "to_be_measured"
        yield view.t(f"page_benefits.{when}", day=view.date(row, "next_measurement", short=True))
    role, organisation_id = row["responsible_role_code"], row["responsible_organisation_id"]
    organisation = view.data.organisation_by_id.get(organisation_id, {})
    names = [
        organisation.get("short_name") or organisation.get("name"),
        role and lower(view.label("benefit_role", role)),
    ]
    if role != _OWNER and any(names):
        yield view.t("benefit_register.responsible", who=", ".join(name for name in names if name))


def _project(view: View, row: Facts) -> Cell:
    project = view.data.project_by_id[row["project_id"]]
    status = status_cell(view, project)
    note = ", ".join(part for part in (view.label("status", project["current_status_code"]), status.note) if part)
    return Cell(view.text(project, "short_name") or "", href=view.project_href(row["project_id"]), note=note)


def _who(view: View, row: Facts) -> Cell:
    """Who says so; below it what the plan states of itself."""
    code, status = row["stated_by_code"], row["benefit_status_code"]
    who = view.t("benefit_register.plan_alone") if code is None else view.label("stated_by", code)
    if status is None:
        return Cell(who)
    said = lower(view.label("benefit_status", status))
    if row["status_on"] is None:
        return Cell(who, note=view.t("page_benefits.plan_says", status=said))
    day = view.date(row, "status", short=True)
    return Cell(who, note=view.t("page_benefits.plan_says_on", status=said, day=day))


def _for_whom(view: View, row: Facts) -> Cell:
    names = [view.label("beneficiary", code) for code in row["beneficiaries"]]
    return Cell(view.catalogue.join([names[0], *(lower(name) for name in names[1:])]))


def _value(view: View, row: Facts, name: str) -> Cell:
    value = row[name]
    return number_cell(view, value, places=places(value)) if value is not None else Cell("")


def _target(view: View, row: Facts) -> Cell:
    cell = _value(view, row, "target_value")
    return replace(cell, note=view.date(row, "target", short=True)) if row["target_on"] else cell


def _newest(view: View, row: Facts) -> Cell:
    cell = _value(view, row, "newest_value")
    return replace(cell, note=unit_of(view, row)) if row["unit_code"] else cell


def _year(view: View, row: Facts) -> Cell:
    """The year that the newest statement is about, else that in which it became known."""
    about, known = row["about_on"], row["newest_known_on"]
    if about is not None:
        return Cell(str(about.year), value=about.year)
    return Cell(str(known.year), value=known.year) if known is not None else missing(view)


_REGISTER = TableSpec(
    "register",
    caption="benefit_register.caption",
    tables=("benefit_register", "benefit_beneficiaries", "unmeasured_benefits"),
    made_of=("benefit_register",),
    anchor="{benefit_id}",
    columns=(
        cell_column("page_benefits.benefit", _name, is_wide=True),
        cell_column("benefit_register.stage", _stage),
        cell_column("common.project", _project),
        cell_column("page_benefits.stated_by", _who),
        code_column("benefit_register.category", "benefit_category"),
        cell_column("page_benefits.beneficiary", _for_whom),
        cell_column("page_benefits.baseline", lambda view, row: _value(view, row, "baseline_value"), is_number=True),
        cell_column("page_benefits.target", _target, is_number=True),
        cell_column("benefit_register.newest", _newest, is_number=True),
        cell_column("benefit_register.year", _year),
        source_column(),
    ),
    kept=("benefit_register.stage", "common.project"),
    legend=stage_legend,
    follows_filter=True,
)


@lru_cache(maxsize=len(LANGUAGES))
def register_rows(view: View) -> tuple[Facts, ...]:
    """Every benefit, the furthest come first, then by project; with whom it is for, in the order of the code list."""
    whom = list(view.labels("beneficiary"))
    found = {
        benefit_id: [row["beneficiary_code"] for row in rows]
        for benefit_id, rows in view.data.grouped("benefit_beneficiaries", "benefit_id").items()
    }
    unmeasured = {row["benefit_id"]: row for row in view.data.now("unmeasured_benefits")}
    rows = [
        {
            **row,
            "beneficiaries": sorted(found.get(row["benefit_id"], [NO_BENEFICIARY_STATED]), key=whom.index),
            "unmeasured": unmeasured.get(row["benefit_id"]),
        }
        for row in view.data.now("benefit_register")
    ]
    places_of = view.data.project_places
    return tuple(
        sorted(
            rows,
            key=lambda row: (-BENEFIT_STAGES.index(row["stage_code"]), places_of[row["project_id"]], row["benefit_id"]),
        )
    )


@lru_cache(maxsize=len(LANGUAGES))
def row_hrefs(view: View) -> dict[str, str]:
    """Address of every benefit's row, on the page of the register that has it."""
    return {
        row["benefit_id"]: view.row_href(NAME, place, row["benefit_id"])
        for place, row in enumerate(register_rows(view))
    }


def register(view: View) -> Block:
    """The whole register, however many rows it has."""
    counts = view.data.now("register_counts")[0]
    heading = view.t("benefit_register.heading", n=counts["benefit_count"], projects=counts["project_count"])
    return _REGISTER.block(view, register_rows(view), heading=heading, n=counts["benefit_count"])


def _facets(view: View) -> Mapping[str, list[str]]:
    """What choices compare with, of every row."""
    rows = register_rows(view)
    return {
        "stadium": [
            " ".join(
                [
                    STAGE_VALUES[row["stage_code"]],
                    *([PROMISE_VALUES[row["promise_code"]]] if row["promise_code"] else []),
                ]
            )
            for row in rows
        ],
        "resultat": [ABSENCE_VALUES.get(row["results_absence_code"], "") for row in rows],
        "maling": [" ".join(_measurement(row)) for row in rows],
        "kategori": [row["benefit_category_code"] or "" for row in rows],
        "hvem": [" ".join(row["beneficiaries"]) for row in rows],
    }


def _measurement(row: Facts) -> Iterator[str]:
    """What a benefit is chosen by of its measurement; one that is only expected, in no plan, lacks none."""
    unmeasured = row["unmeasured"]
    if unmeasured and (row["plan_count"] or unmeasured["evidence_code"] != EXPECTED):
        yield MEASUREMENT_VALUES["missing"]
        if unmeasured["is_overdue"]:
            yield MEASUREMENT_VALUES["overdue"]
    if row["newest_value"] is not None and row["target_value"] is None:
        yield MEASUREMENT_VALUES["without_target"]
    if row["measurement_outcome_code"] is not None:
        yield row["measurement_outcome_code"]


def _own_choices(view: View) -> list[Choice]:
    """Stage, result, measurement, category and for whom; only what some benefit has."""
    facets = {name: {code for text in texts for code in text.split()} for name, texts in _facets(view).items()}
    stages = [(STAGE_VALUES[stage], view.t(f"benefit_register.stage_{stage}")) for stage in BENEFIT_STAGES]
    promises = [(PROMISE_VALUES[kind], view.t(f"benefit_register.promise_{kind}")) for kind in PROMISE_KINDS]
    options = {
        "stadium": [stages[0], *promises, *stages[1:]],
        "resultat": [
            (ABSENCE_VALUES[code], capital(_why_unknown(view, code))) for code in (NOT_FOUND, NOT_CODED, STATED_NOT)
        ],
        "maling": [
            *((value, view.t(f"benefit_register.measurement_{name}")) for name, value in MEASUREMENT_VALUES.items()),
            *view.labels("measurement_outcome").items(),
        ],
        "kategori": list(view.labels("benefit_category").items()),
        "hvem": list(view.labels("beneficiary").items()),
    }
    return [
        Choice(
            name,
            view.t(f"benefit_register.choice_{name}"),
            tuple((value, label) for value, label in options[name] if value in facets[name]),
        )
        for name in OWN_CHOICES
    ]


def saved_views(view: View) -> list[SavedView]:
    """Selections that answer what readers ask first, with how many benefits are in each; none of nothing but the first.

    That nothing of a promised benefit is found is told apart from that nobody has looked.
    """
    counts = view.data.now("register_counts")[0]
    lovet = STAGE_VALUES[STAGE_PROMISED]
    found = (
        ("not_found", "promised_not_found_count", f"stadium={lovet}&resultat={ABSENCE_VALUES[NOT_FOUND]}"),
        ("goal", "promised_goal_count", f"stadium={PROMISE_VALUES[PROMISED_AS_GOAL]}"),
        ("not_coded", "promised_not_coded_count", f"stadium={lovet}&resultat={ABSENCE_VALUES[NOT_CODED]}"),
        ("stated_not", "promised_stated_not_count", f"stadium={lovet}&resultat={ABSENCE_VALUES[STATED_NOT]}"),
        ("said", "said_count", f"stadium={STAGE_VALUES[STAGE_REPORTED]}"),
        ("measured", "measured_stage_count", f"stadium={STAGE_VALUES[STAGE_MEASURED]}"),
        ("documented", "documented_stage_count", f"stadium={STAGE_VALUES[STAGE_DOCUMENTED]}"),
    )
    return [
        SavedView(
            view.t(f"benefit_register.view_{name}"), view.number.integer(counts[count]), f"{view.href(NAME)}?{query}"
        )
        for name, count, query in found
        if counts[count] or name == "not_found"
    ]


_ANSWERS = (
    ("benefits", "benefit_count", ""),
    ("projects", "project_count", ""),
    ("not_found", "promised_not_found_count", "ikke-funnet"),
    ("not_coded", "promised_not_coded_count", "ikke-kodet"),
    ("stated_not", "promised_stated_not_count", "ikke-slik"),
    ("said", "said_count", "sagt"),
    ("measured", "measured_stage_count", "malt"),
    ("documented", "documented_stage_count", "dokumentert"),
)
"""Rows of the table of answers: text, column of the mart, and the code that the browser counts by."""


def _answers(view: View) -> list[tuple[str, str, str]]:
    """What is known of the whole portfolio: words, number, and what the browser counts the same by of a selection."""
    counts = view.data.now("register_counts")[0]
    return [
        (view.t(f"benefit_register.answer_{name}"), view.number.integer(counts[column]), code or name)
        for name, column, code in _ANSWERS
        if counts[column] or name not in ("not_coded", "stated_not")
    ]


def documents(view: View) -> list[Document]:
    """The one document, which becomes one per hundred benefits (`gevinst.site.paging`)."""
    counts = view.data.now("register_counts")[0]
    projects = filter_values(view)
    told = counts["told_pct"]
    values: dict[str, Any] = {
        "choices": projects["choices"],
        "own_choices": _own_choices(view),
        "few_below": projects["few_below"],
        "total": counts["benefit_count"],
        "views": saved_views(view),
        "answers": _answers(view),
        "told": None if told is None else view.number.percent(told),
        "words": {
            **projects["words"],
            **{name: _kept(view, name, taken) for name, taken in _SPOKEN.items()},
            "shown_rows": view.t(
                "benefit_register.shown_rows", n=counts["benefit_count"], shown="{shown}", total="{total}"
            ),
            "no_rows": view.t("benefit_register.no_rows"),
        },
        "register": replace(register(view), facets=_facets(view)),
    }
    return [
        Document(
            title=view.t("benefit_register.title"),
            lead=" ".join((sentences.lead(counts, view.catalogue), read_whole(view.data.headlines, view.catalogue))),
            values=values,
            scripts=("benefits/register.js",),
        )
    ]


def _kept(view: View, name: str, places: Sequence[str]) -> str:
    """A text with its places as they are, for the browser to fill."""
    values: dict[str, Any] = {place: f"{{{place}}}" for place in places}
    return view.t(f"benefit_register.{name}", **values)


_SPOKEN: Mapping[str, Sequence[str]] = {
    "of_selection": ("benefits", "projects"),
    "of_selection_stages": ("benefits", "projects", "a", "b", "c", "d"),
    "of_selection_uncoded": ("e",),
    "one_benefit": (),
    "many_benefits": ("count",),
    "one_project": (),
    "many_projects": ("count",),
    "cohorts": ("first", "second"),
    "unequal_time": (),
    "no_cohorts": (),
    "too_few": (),
}
"""Texts that the browser puts numbers into, and what it puts in."""

PAGE = Page(
    name=NAME,
    slugs={"nb": "gevinster/register", "en": "benefits/register"},
    documents=documents,
    opens_under="benefits",
    own_template="benefits/register.html",
)
