"""Coverage and quality: how much is known, where sources disagree, and whether the checks passed.

Belongs here: what the page shows and in which order.
Does not belong here: the tables (`tables.py`, `rounds.py`) and the checks (`gevinst.quality`).
"""

from __future__ import annotations

from gevinst.quality import count_unaddressed
from gevinst.site import parts
from gevinst.site.blocks import KeyFigure, made
from gevinst.site.context import View
from gevinst.site.page import Document, Page
from gevinst.site.pages.charts import chart_block
from gevinst.site.pages.coverage import progress as progress_tables
from gevinst.site.pages.coverage import reading as reading_tables
from gevinst.site.pages.coverage import rounds as round_tables
from gevinst.site.pages.coverage import tables
from gevinst.site.pages.coverage.disagreements import Disagreement, gather
from gevinst.site.sentences import portfolio as sentences
from gevinst.site.sentences.reading import read_whole

_CONTENTS = (
    ("kontroller-heading", "checks"),
    ("dekning-heading", "matrix"),
    ("known-over-time-table-heading", "over_time"),
    ("alderen-paa-kunnskapen-heading", "progress"),
    ("les-igjen-heading", "reading"),
    ("samsvar-heading", "agreement"),
    ("runder-heading", "rounds"),
    ("avstemming-heading", "reconciliation"),
    ("uenighet", "disagreements"),
    ("satt-til-side-heading", "quarantine"),
)


def documents(view: View) -> list[Document]:
    """The one document."""
    disagreements, are_all_shown = _disagreements(view)
    checks, failed = tables.checks(view)
    reading_list = reading_tables.reading_list(view)
    over_time = chart_block(view, "known-over-time") if "known-over-time" in view.figures else None
    shown = {"reading": reading_list is not None, "over_time": over_time is not None}
    return [
        Document(
            title=view.t("page_coverage.title"),
            lead=_lead(view),
            values={
                "key_figures": _key_figures(view),
                "contents": [
                    (anchor, view.t(f"page_coverage.to_{name}")) for anchor, name in _CONTENTS if shown.get(name, True)
                ],
                "checks": checks,
                "failed": failed,
                "matrix": tables.matrix(view),
                "groups": tables.groups(view),
                "over_time": over_time,
                "progress": progress_tables.progress(view),
                "reading_list": reading_list,
                "agreement": reading_tables.agreement(view),
                "rounds": round_tables.rounds_table(view),
                "stated": round_tables.stated_figures(view),
                "reconciliation": round_tables.reconciliation(view),
                "disagreements": disagreements,
                "are_all_shown": are_all_shown,
                "made_disagreements": (made(view, "disagreements"),),
                "quarantine": tables.quarantine(view),
                "corrections": tables.corrections(view),
            },
        )
    ]


def _disagreements(view: View) -> tuple[list[Disagreement], bool]:
    """Every disagreement; of very many, first those about no single project, since the others are on its page too."""
    found = gather(view, view.data.rows("disagreements"))
    if len(found) <= parts.LONGEST_WHOLE:
        return found, True
    return sorted(found, key=lambda one: one.project is not None)[: parts.LONGEST_WHOLE], False


def _lead(view: View) -> str:
    """How much was read, known and reconciled; how many checks passed stands below, as on every page."""
    figures = view.data.headlines
    return " ".join(
        (
            read_whole(figures, view.catalogue),
            sentences.coverage_sentences(figures, view.catalogue)["has_status_beyond_award"],
            sentences.reconciliation_summary(figures, view.catalogue),
        )
    )


def _rest_of_documents(view: View) -> tuple[str, ...]:
    """How the documents were read that were not read in full, where there are any."""
    figures = view.data.headlines
    not_read = figures["sources_not_read"].value
    if figures["sources_partly_read"].value:
        return (view.t("page_coverage.key_not_read", n=not_read),)
    if not_read:
        return (view.t("page_coverage.key_rest_not_read", n=not_read, total=figures["sources"].value),)
    return ()


def _key_figures(view: View) -> list[KeyFigure]:
    figures = view.data.headlines
    checks = view.data.checks
    sources, read = figures["sources"].value, figures["sources_read_whole"].value
    unnamed = figures["unnamed_projects"].value
    disagreements = figures["disagreements"].value
    return [
        KeyFigure(
            view.number.integer(checks.passed),
            view.t("page_coverage.key_of_checks", n=checks.count),
            view.t("page_coverage.key_checks"),
            (view.t("page_coverage.key_nothing", n=checks.nothing),),
        ),
        KeyFigure(
            view.number.integer(read),
            view.t("page_coverage.key_documents", n=sources),
            view.t("page_coverage.key_read", n=read, total=sources),
            _rest_of_documents(view),
        ),
        KeyFigure(
            view.number.integer(unnamed),
            view.t("page_coverage.key_projects", n=unnamed),
            view.t("page_coverage.key_unnamed"),
            (view.t("page_coverage.key_unnamed_note", n=figures["rounds_without_selected"].value),),
        ),
        KeyFigure(
            view.number.integer(disagreements),
            view.t("page_coverage.key_things", n=disagreements),
            view.t("page_coverage.key_disagreements"),
            (view.t("page_coverage.key_disagreements_note"),),
        ),
        *_addresses(view),
    ]


def _addresses(view: View) -> list[KeyFigure]:
    """How many claims rest on a source that nobody outside can look up; nothing where that was not checked."""
    counts = count_unaddressed(view.data.tables["quality_checks"])
    if counts is None:
        return []
    return [
        KeyFigure(
            view.number.integer(counts.claims),
            view.t("page_coverage.key_claims", n=counts.of_claims),
            view.t("page_coverage.key_unaddressed"),
            (view.t("page_coverage.key_unaddressed_note", n=counts.sources),),
        )
    ]


PAGE = Page(
    name="coverage", slugs={"nb": "dekning", "en": "coverage"}, documents=documents, nav_key="frame.nav_coverage"
)
