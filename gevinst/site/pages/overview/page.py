"""The front page: what is known in all, what is new, and what needs looking into.

Belongs here: what the page shows and in which order.
Does not belong here: the sentences (`gevinst.site.sentences.portfolio`) and the figure (`gevinst.site.figures`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from gevinst.contracts.vocabulary import OUTCOME_IN_USE
from gevinst.site.blocks import KeyFigure, figure_block, made
from gevinst.site.context import Row, SourceLink, View
from gevinst.site.page import Document, Page
from gevinst.site.sentences import outcomes
from gevinst.site.sentences import portfolio as sentences
from gevinst.site.sentences import scheme as scheme_sentences

SHOWN_CHANGES = 5


@dataclass(frozen=True, slots=True)
class Change:
    """One change with where to read more."""

    group: str
    text: str
    reason: str | None
    href: str | None
    source: SourceLink | None


def documents(view: View) -> list[Document]:
    """The one document."""
    counts = view.data.frame_now("change_counts")
    return [
        Document(
            title=view.t("page_overview.title"),
            lead=outcomes.overview_ingress(
                view.data.headlines,
                in_use(view),
                view.catalogue,
                stale_after_months=view.settings.stale_after_months,
            ),
            values={
                "key_figures": _key_figures(view),
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
                "cohorts": figure_block(view, view.figures["cohorts"], (made(view, "project_status"),)),
                "findings": _findings(view),
                "attention": _attention(view),
            },
        )
    ]


def in_use(view: View) -> list[Row]:
    """Projects that are known to have come into use, with their short `name`, those last heard of first."""
    rows = [
        {**row, "name": view.text(row, "short_name")}
        for row in view.data.projects
        if row["outcome_code"] == OUTCOME_IN_USE
    ]
    return sorted(rows, key=lambda row: (row["status_on"], row["project_id"]), reverse=True)


def _key_figures(view: View) -> list[KeyFigure]:
    figures = view.data.headlines
    documented = figures["has_documented_benefit"].value
    return [
        in_use_figure(view),
        KeyFigure.count(view, figures["partly_in_use"], "partly_in_use", None),
        KeyFigure.count(
            view, figures["has_reported_benefit"], "reported", view.t("page_overview.key_documented", n=documented)
        ),
        KeyFigure.count(view, figures["status_unknown"], "unknown", None),
    ]


def in_use_figure(view: View) -> KeyFigure:
    """How many are known to have come into use, with how many rest on an old statement or on our own inference."""
    figures = view.data.headlines
    months = view.settings.stale_after_months
    notes = outcomes.in_use_notes(figures, view.catalogue, stale_after_months=months)
    return replace(KeyFigure.count(view, figures["in_use"], "in_use", None), notes=notes)


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


def _findings(view: View) -> list[tuple[str, str]]:
    """What the scheme has granted, what others have added, and how hard it was to get in; each with its address."""
    counts = view.data.now("scheme_headlines")[0]
    found = (
        (scheme_sentences.granted(counts, view.catalogue), "money"),
        (scheme_sentences.followed(counts, view.catalogue), "videre-finansiering-heading"),
        (scheme_sentences.accepted(counts, view.catalogue), "rounds"),
    )
    return [(text, view.href("scheme", anchor=anchor)) for text, anchor in found if text]


def _attention(view: View) -> list[str]:
    return sentences.attention(view.data.headlines, view.catalogue, stale_after_months=view.settings.stale_after_months)


PAGE = Page(name="overview", slugs={"nb": "", "en": ""}, documents=documents, nav_key="frame.nav_overview")
