"""What became of a project, first on its page: its status, the surest benefit, what is not known, who may know.

Belongs here: the box of the result, and the line of what was said over the years.
Does not belong here: facts and history (`page.py`), and tables (`tables.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gevinst.contracts.vocabulary import (
    AWARDED,
    NEVER_ASSESSED,
    NOT_CODED,
    NOT_FOUND,
    OWNER_ROLES,
    STATED_NOT,
    STEPS,
)
from gevinst.language.phrases import age, capital
from gevinst.site.badges import grows_old, status_mark, status_sign
from gevinst.site.blocks import Cell
from gevinst.site.context import SourceLink, View
from gevinst.site.pages.follow_up.requests import obstacles
from gevinst.site.pages.project.tables import ranked_benefits, sureness_of
from gevinst.site.rows import Row

_NO_STATEMENT = (AWARDED, NEVER_ASSESSED)
"""Statuses that say nothing of how it went."""
_FACTS = ("owner", "supplier", "period", "grant")
"""Facts that every project has, whether a source says them or not; the ends of columns of `project_coverage`."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One thing that was said of how far a project had come, as a part of the line."""

    mark: str
    sign: str
    text: str
    when: str
    is_hatched: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What the owner says, beside what is assessed: when it was asked, and its newest answer where it gave one."""

    text: str
    source: SourceLink | None


@dataclass(frozen=True, slots=True)
class Result:
    """The box: sentences, and the marks in front of them. `best` is empty while no benefit is known."""

    mark: Stage | None
    status: str
    said_by: str | None
    is_inferred: bool
    source: SourceLink | None
    best: Cell | None
    best_text: str
    best_name: str | None
    best_said_by: str | None
    best_source: SourceLink | None
    results_absent: str | None
    benefit_count: int
    unknown: tuple[tuple[str, str], ...]
    read: str
    owners: str | None
    answer: Answer | None
    line: tuple[Stage, ...]


def result_of(view: View, project: Row, no_benefits: str, read: str) -> Result:
    """The result; `no_benefits` says why no benefit is known, and `read` how much of the documents was read."""
    project_id = project["project_id"]
    statements = _statements(view, project_id)
    newest = statements[-1] if statements and project["current_status_code"] not in _NO_STATEMENT else None
    gains = [row for row in ranked_benefits(view, project_id) if row["is_gain"]]
    best = sureness_of(view, gains[0]) if gains else None
    absent = project["results_absence_code"]
    return Result(
        mark=_stage(view, newest, is_old=grows_old(project)) if newest else None,
        status=_remark(view, project, newest),
        said_by=view.label("stated_by", newest["stated_by_code"]) if newest else None,
        is_inferred=project["is_inferred"],
        source=view.source(newest) if newest else None,
        best=replace(best, note=None) if best else None,
        best_text=gains[0]["what"] if gains else no_benefits,
        best_name=view.text(gains[0], "name") if gains else None,
        best_said_by=best.note if best else None,
        best_source=view.source(gains[0]) if gains else None,
        results_absent=view.t(f"page_project.results_{absent}") if gains and absent else None,
        benefit_count=view.data.of_project("benefit_by_project", project_id)[0]["benefit_count"],
        unknown=_unknown(view, project, gains, is_status_told=newest is None),
        read=read,
        owners=_owners(view, project_id),
        answer=_answer(view, project_id),
        line=_line(view, project, statements),
    )


def _answer(view: View, project_id: str) -> Answer | None:
    """The newest answer, or that there is none to the newest form; nothing where the owner was never asked."""
    rows = view.data.of_project("request_outcomes", project_id)
    if not rows:
        return None
    newest = max(rows, key=lambda row: (row["is_answered"], row["answered_on"] or row["asked_on"]))
    if not newest["is_answered"]:
        return Answer(view.t("page_project.not_answered", day=newest["asked_on"]), None)
    status = newest["answered_status_code"]
    said = [
        view.t("page_project.answered_status", day=newest["answered_on"], status=view.label("status", status))
        if status
        else view.t("page_project.answered", day=newest["answered_on"]),
        *obstacles(view, newest),
        view.t("page_project.not_assessed"),
    ]
    return Answer(" ".join(said), view.source(newest))


def status_sentence(view: View, project: Row) -> str:
    """The newest status: in the present tense while it is fresh, with its year when it is old; why none is known."""
    code = project["current_status_code"]
    if code in _NO_STATEMENT:
        return view.t(f"page_project.status_{project['status_absence_code'] or NOT_FOUND}")
    if project["is_stale"]:
        return view.t(f"page_project.was_{code}", year=str(project["status_on"].year))
    return view.t(f"page_project.is_{code}", day=view.date(project, "status"))


def _remark(view: View, project: Row, newest: Row | None) -> str:
    """The time of the newest status, and that an old one may no longer hold."""
    if newest is None:
        return view.t("page_project.no_status")
    day = f"{capital(view.date(project, 'status'))}."
    # What has ended stays so, however long ago it was said.
    if not project["is_stale"] or project["current_status_code"] not in STEPS:
        return day
    return f"{day} {view.t('page_project.is_old', age=age(view.catalogue, view.settings.stale_after_months))}"


def _statements(view: View, project_id: str) -> list[Row]:
    """What is said of how far the project had come, by the time that it is about."""
    rows = [row for row in view.data.of_project("status_assessments", project_id) if row["assessed_on"]]
    return sorted(rows, key=lambda row: (row["assessed_on"], row["status_assessment_id"]))


def _stage(view: View, row: Row, *, is_old: bool = False) -> Stage:
    code = row["status_code"]
    return Stage(
        status_mark(code),
        status_sign(code),
        view.label("status", code),
        str(row["assessed_on"].year),
        is_hatched=is_old,
    )


def _line(view: View, project: Row, statements: Sequence[Row]) -> tuple[Stage, ...]:
    """Every statement in its year, the same in one year once; after an old step, that today is not known."""
    is_old = grows_old(project)
    stages = list(dict.fromkeys(_stage(view, row) for row in statements))
    if is_old and statements:
        stages[-1] = _stage(view, statements[-1], is_old=True)
        if project["current_status_code"] in STEPS:
            now = str(view.edition.edition_year)
            stages.append(Stage("not-assessed", "?", view.t("page_project.not_known_now"), now))
    return tuple(stages)


def _unknown(view: View, project: Row, gains: Sequence[Row], *, is_status_told: bool) -> tuple[tuple[str, str], ...]:
    """What is not known of the project, by why: nobody looked, it is not in what was read, or a source denies it."""
    reasons: dict[str, list[str]] = {NOT_FOUND: [], NOT_CODED: [], STATED_NOT: []}
    # Where no benefit is known, the box says why in words of its own, as it does of results.
    for name in (*(() if is_status_told else ("status",)), *(("expected",) if gains else ())):
        if reason := project[f"{name}_absence_code"]:
            reasons[reason].append(name)
    reasons[NOT_FOUND] += [name for name in _FACTS if not project[f"has_{name}"]]
    if gains and not any(row["plan_count"] for row in gains):
        reasons[NOT_FOUND if project["is_coded_expected"] else NOT_CODED].append("plan")
    return tuple(
        (
            capital(view.label("absence", reason)),
            view.catalogue.join([view.t(f"page_project.unknown_{name}") for name in names]),
        )
        for reason, names in reasons.items()
        if names
    )


def _owners(view: View, project_id: str) -> str | None:
    """Who owns the project and may know more; `None` when no source says who does."""
    rows = [row for row in view.data.of_project("participations", project_id) if row["role_code"] in OWNER_ROLES]
    names = list(dict.fromkeys(row["organisation_name"] for row in rows))
    if not names:
        return None
    return view.t("page_project.may_know_owner", names=view.catalogue.join(names), n=len(names))
