"""The front page: what is known in all, what is new, and what needs looking into.

Belongs here: what the page shows and in which order.
Does not belong here: the sentences (`gevinst.site.sentences.portfolio`) and the figure (`gevinst.site.figures`).
"""

from __future__ import annotations

from dataclasses import dataclass

from gevinst.site.blocks import KeyFigure, figure_block, made
from gevinst.site.context import SourceLink, View
from gevinst.site.page import Document, Page
from gevinst.site.sentences import portfolio as sentences

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
            lead=sentences.overview_ingress(view.data.headlines, view.catalogue),
            values={
                "key_figures": _key_figures(view),
                "changes_heading": view.t("page_overview.changes"),
                "changes_lead": sentences.changes_summary(counts, view.edition.previous_edition_id, view.catalogue),
                "changes": _changes(view),
                "change_groups": _grouped(view, _changes(view)),
                "shown_changes": SHOWN_CHANGES,
                "cohorts": figure_block(view, view.figures["cohorts"], (made(view, "project_status"),)),
                "findings": _findings(view),
                "attention": _attention(view),
            },
        )
    ]


def _key_figures(view: View) -> list[KeyFigure]:
    figures = view.data.headlines
    documented, continued = figures["has_documented_benefit"].value, figures["continued"].value
    return [
        KeyFigure.count(view, figures["in_use"], "in_use", in_use_note(view)),
        KeyFigure.count(
            view, figures["has_reported_benefit"], "reported", view.t("page_overview.key_documented", n=documented)
        ),
        KeyFigure.count(view, figures["stopped"], "stopped", view.t("page_overview.key_continued", n=continued)),
        KeyFigure.count(
            view, figures["has_status_beyond_award"], "beyond_award", view.t("page_overview.key_beyond_award_note")
        ),
    ]


def in_use_note(view: View) -> str | None:
    """How many of those in use rest on an old statement, and how many on our own inference; `None` when none is."""
    figures = view.data.headlines
    if not figures["in_use"].value:
        return None
    stale, inferred = figures["in_use_stale"].value, figures["in_use_inferred"].value
    return (
        f"{view.t('page_overview.key_in_use_stale', n=stale)} {view.t('page_overview.key_in_use_inferred', n=inferred)}"
    )


def _changes(view: View) -> list[Change]:
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
    """Three findings, each with the address of its figure or table."""
    facts = sentences.coverage_sentences(view.data.headlines, view.catalogue)
    return [
        (f"{view.figures['ladder'].heading}.", view.href("portfolio", anchor="ladder")),
        (facts["has_reported_benefit"], view.href("coverage", anchor="dekning")),
        (f"{view.figures['rounds'].heading}.", view.href("scheme", anchor="rounds")),
    ]


def _attention(view: View) -> list[str]:
    return sentences.attention(view.data.headlines, view.catalogue, stale_after_months=view.settings.stale_after_months)


PAGE = Page(name="overview", slugs={"nb": "", "en": ""}, documents=documents, nav_key="frame.nav_overview")
