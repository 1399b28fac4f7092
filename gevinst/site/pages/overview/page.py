"""The front page: what came of the money, project by project, what followed, and what is new.

Belongs here: what the page shows and in which order.
Does not belong here: the sentences (`gevinst.site.sentences.brief`) and the tiles (``tiles.py``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gevinst.contracts.vocabulary import DOCUMENTED, GIVEN_AMOUNTS, MEASURED_BY_PARTICIPANT, OUTCOME_IN_USE
from gevinst.language.phrases import age
from gevinst.language.texts import Catalogue
from gevinst.site import parts
from gevinst.site.context import SourceLink, View
from gevinst.site.page import Document, Page
from gevinst.site.pages.follow_up import requests as requested
from gevinst.site.pages.follow_up import words
from gevinst.site.pages.overview import tiles
from gevinst.site.rows import Row
from gevinst.site.sentences import brief
from gevinst.site.sentences import portfolio as sentences
from gevinst.site.sentences import scheme as scheme_sentences

SHOWN_CHANGES = 5
SHOWN_ASKED = 5
SHOWN_POINTS = 6
"""Projects named in a column; the rest are behind its link."""


@dataclass(frozen=True, slots=True)
class Point:
    """What is said of one project, after its name; without a name it is said of them all."""

    text: str
    name: str | None = None
    href: str | None = None

    @property
    def sentence(self) -> str:
        """The same as running text."""
        return f"{self.name} {self.text}" if self.name else self.text


@dataclass(frozen=True, slots=True)
class Column:
    """One of the columns below the tiles, with a link to where the rest stands."""

    anchor: str
    heading: str
    points: tuple[Point, ...]
    href: str
    link: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One project that we want to hear from: whose it is, why, and what the owner is asked."""

    name: str
    href: str
    owner: str
    reason: str
    question: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change with where to read more."""

    group: str
    text: str
    reason: str | None
    href: str | None
    source: SourceLink | None


def _progress_before(view: View) -> Row | None:
    """How old what was known was a year earlier; nothing in an edition made in hindsight, or where nobody was asked."""
    now = view.data.now("follow_up_progress")[0]
    if view.data.reconstructed_on is not None or not now["asked_owner_count"]:
        return None
    rows = [row for row in view.data.rows("follow_up_progress") if row["edition_year"] == view.data.previous_year]
    return rows[0] if rows and rows[0]["project_count"] else None


def documents(view: View) -> list[Document]:
    """The one document."""
    counts = view.data.frame_now("change_counts")
    columns, asked = _columns(view), _asked(view)
    contents = [(column.anchor, column.heading) for column in columns]
    if asked:
        contents.append(("folges-opp", view.t("page_overview.asked")))
    contents.append(("nytt", view.t("page_overview.changes")))
    return [
        Document(
            title=view.t("page_overview.title"),
            lead=lead(view),
            more=more(view),
            values={
                "rounds": tiles.rounds(view),
                "legend": tiles.legend(view),
                "columns": columns,
                "contents": contents,
                "asked": asked,
                "asked_count": view.data.headlines["follow_ups"].value,
                "progress": view.data.now("follow_up_progress")[0],
                "progress_before": _progress_before(view),
                "answered": requested.heading(view),
                "limit": age(view.catalogue, view.settings.stale_after_months),
                # On paper what followed stands in the lead already.
                "points": [point.sentence for column in columns[:-1] for point in column.points],
                "changes_heading": view.t("page_overview.changes"),
                "changes_lead": sentences.changes_summary(
                    counts,
                    view.edition.previous_edition_id,
                    view.catalogue,
                    reconstructed_on=view.data.reconstructed_on,
                ),
                # A first edition has no news, and neither has one made in hindsight: one line says why.
                "has_news": view.edition.previous_edition_id is not None and view.data.reconstructed_on is None,
                "changes": _changes(view),
                "change_groups": _grouped(view, _changes(view)),
                "shown_changes": SHOWN_CHANGES,
                "most_changes": parts.LONGEST_WHOLE,
                "changes_file": view.csv_file("edition_changes"),
            },
        )
    ]


def lead(view: View) -> str:
    """What was paid, what is in use, by name, and what was measured, by whom."""
    return " ".join(
        (
            paid(view),
            brief.in_use(view.data.headlines, used(view), view.catalogue),
            brief.measured(view.data.now("benefit_headlines")[0], measured(view), view.catalogue),
        )
    )


def paid(view: View) -> str:
    """What the scheme has awarded and set aside, since the first round whose amount is known."""
    data = view.data
    told = [row["cohort_year"] for row in data.now("round_overview") if row["amount_kind_code"] in GIVEN_AMOUNTS]
    return brief.paid(data.now("scheme_headlines")[0], min(told, default=None), view.catalogue)


def more(view: View) -> str:
    """What followed of other funding, of how many projects nothing is known, and how many we want to hear from."""
    figures = view.data.headlines
    said = (
        scheme_sentences.followed(view.data.now("scheme_headlines")[0], view.catalogue),
        brief.unknown(figures, view.catalogue),
        asked_sentence(view),
    )
    return " ".join(sentence for sentence in said if sentence)


def in_use(view: View) -> list[Row]:
    """Projects that are known to have come into use, with their short `name`, those last heard of first."""
    return [row for row in used(view) if row["outcome_code"] == OUTCOME_IN_USE]


def used(view: View) -> list[Row]:
    """Projects in use, and then those partly so, with their short `name`; those last heard of first."""
    rows = [
        {**row, "name": view.text(row, "short_name")} for row in view.data.projects if row["outcome_code"] in brief.USES
    ]
    newest = sorted(rows, key=lambda row: (row["status_on"], row["project_id"]), reverse=True)
    return sorted(newest, key=lambda row: brief.USES.index(row["outcome_code"]))


def measured(view: View) -> list[Row]:
    """Projects with a benefit that was measured, with their short `name` and who states it; the surest first."""
    stated: dict[str, dict[str, set[str]]] = {}
    for row in view.data.now("benefit_overview"):
        if row["is_gain"] and row["best_evidence_code"] in (MEASURED_BY_PARTICIPANT, DOCUMENTED):
            by_level = stated.setdefault(row["project_id"], {})
            by_level.setdefault(row["best_evidence_code"], set()).add(row["best_stated_by_code"])
    rows = []
    for row in view.data.now("benefit_by_project"):
        by_level = stated.get(row["project_id"], {})
        if by_level:
            level = DOCUMENTED if DOCUMENTED in by_level else MEASURED_BY_PARTICIPANT
            project = view.data.project_by_id[row["project_id"]]
            rows.append(
                {
                    **row,
                    "name": view.text(project, "short_name"),
                    "is_documented": level == DOCUMENTED,
                    "stated_by_codes": sorted(by_level[level]),
                }
            )
    return sorted(rows, key=lambda row: (not row["is_documented"], row["project_id"]))


def _columns(view: View) -> list[Column]:
    counts = view.data.now("scheme_headlines")[0]
    in_use = _points(view, used(view), brief.how_known)
    known = _points(view, measured(view), brief.measured_here)
    followed = scheme_sentences.followed(counts, view.catalogue) or view.t("page_overview.followed_none")
    return [
        Column(
            "i-bruk",
            view.t("page_overview.use_heading"),
            tuple(in_use) or (Point(brief.in_use(view.data.headlines, (), view.catalogue)),),
            view.href("portfolio", anchor="prosjekter"),
            view.t("page_overview.use_more"),
        ),
        Column(
            "hva-er-malt",
            view.t("page_overview.measured_heading"),
            (*known, Point(brief.goals(view.data.now("benefit_headlines")[0], view.catalogue))),
            view.href("benefits"),
            view.t("page_overview.measured_more"),
        ),
        Column(
            "fulgte-etter",
            view.t("page_overview.followed_heading"),
            (Point(followed), Point(f"{scheme_sentences.onward_heading(counts, view.catalogue)}.")),
            view.href("scheme", anchor="videre-finansiering-heading"),
            view.t("page_overview.followed_more"),
        ),
    ]


def _asked(view: View) -> list[Asked]:
    """The first of those whom we want to hear from."""
    return [
        Asked(
            words.project_name(view, row),
            view.project_href(row["project_id"]),
            words.owners(view, row),
            words.reason(view, row),
            words.question(view, row),
        )
        for row in wanted(view)[:SHOWN_ASKED]
    ]


def wanted(view: View) -> list[Row]:
    """Rows of those whom we want to hear from, first those to ask first; an edition made in hindsight asks nobody."""
    return [] if view.data.reconstructed_on is not None else words.listed(view)


def asked_sentence(view: View) -> str | None:
    """How many we want to hear from, where anybody is asked."""
    return brief.asked(view.data.headlines, view.catalogue) if wanted(view) else None


def _points(view: View, rows: list[Row], sentence: Callable[[Row, Catalogue], str]) -> list[Point]:
    """What is said of each project, for as many as a column shows."""
    return [
        Point(sentence(row, view.catalogue), row["name"], view.project_href(row["project_id"]))
        for row in rows[:SHOWN_POINTS]
    ]


def _changes(view: View) -> list[Change]:
    """What is new; a reconstruction has no news."""
    if view.data.reconstructed_on is not None:
        return []
    tables = view.data.tables
    found = sentences.change_sentences(
        view.data.frame_now("edition_changes"),
        tables["projects"],
        tables["rounds"],
        tables["codelists"],
        view.catalogue,
    )
    return [
        Change(
            change.group,
            change.text,
            change.reason,
            view.project_href(change.project_id) if change.project_id else None,
            view.source({"source_id": change.source_id, "source_locator": change.source_locator}),
        )
        for change in found
    ]


def _grouped(view: View, changes: list[Change]) -> list[tuple[str, list[Change]]]:
    """Heading and changes of each list that has any; what happened comes first."""
    return [
        (sentences.change_heading(group, view.edition.previous_edition_id, view.catalogue), listed)
        for group in sentences.CHANGE_GROUPS
        if (listed := [change for change in changes if change.group == group])
    ]


PAGE = Page(name="overview", slugs={"nb": "", "en": ""}, documents=documents, nav_key="frame.nav_overview")
