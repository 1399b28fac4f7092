"""Coverage and quality: how much is known, where sources disagree, and whether the checks passed.

Belongs here: what stands on the page and in which order.
Does not belong here: the tables (`coverage_tables.py`, `round_tables.py`) and the checks (`gevinst.quality`).
"""

from __future__ import annotations

from gevinst.site.blocks import KeyFigure, made
from gevinst.site.context import View
from gevinst.site.page import Document, Page
from gevinst.site.pages.coverage import rounds as round_tables
from gevinst.site.pages.coverage import tables
from gevinst.site.pages.coverage.disagreements import Disagreement, gather
from gevinst.site.sentences import portfolio as sentences

_CONTENTS = (
    ("kontroller-heading", "checks"),
    ("dekning-heading", "matrix"),
    ("runder-heading", "rounds"),
    ("avstemming-heading", "reconciliation"),
    ("uenighet", "disagreements"),
    ("satt-til-side-heading", "quarantine"),
)


def documents(view: View) -> list[Document]:
    """The one document."""
    disagreements = gather(view, view.data.rows("disagreements"))
    checks, failed = tables.checks(view)
    return [
        Document(
            title=view.t("page_coverage.title"),
            lead=_lead(view),
            values={
                "key_figures": _key_figures(view, disagreements),
                "contents": [(anchor, view.t(f"page_coverage.to_{name}")) for anchor, name in _CONTENTS],
                "checks": checks,
                "failed": failed,
                "matrix": tables.matrix(view),
                "groups": tables.groups(view),
                "rounds": round_tables.rounds_table(view),
                "stated": round_tables.stated_figures(view),
                "reconciliation": round_tables.reconciliation(view),
                "disagreements": disagreements,
                "made_disagreements": (made(view, "disagreements"),),
                "quarantine": tables.quarantine(view),
                "corrections": tables.corrections(view),
            },
        )
    ]


def _lead(view: View) -> str:
    facts = sentences.coverage_sentences(
        view.data.frame_now("project_coverage"), view.catalogue, min_n=view.settings.min_n_for_shares
    )
    checks = view.data.rows("quality_checks")
    return " ".join(
        (
            facts["has_status_beyond_award"],
            sentences.reconciliation_summary(view.data.frame_now("reconciliation"), view.catalogue),
            view.t("frame.checks", n=len(checks), passed=sum(row["is_passed"] for row in checks)),
        )
    )


def _key_figures(view: View, disagreements: list[Disagreement]) -> list[KeyFigure]:
    checks = view.data.rows("quality_checks")
    rounds = view.data.now("round_overview")
    unnamed = sum(row["unnamed_count"] or 0 for row in rounds)
    unknown = sum(row["unnamed_count"] is None for row in rounds)
    sources = view.data.rows("sources")
    partly = sum(row["is_partly_read"] for row in sources)
    return [
        KeyFigure(
            view.number.integer(sum(row["is_passed"] for row in checks)),
            view.t("page_coverage.key_of_checks", n=len(checks)),
            view.t("page_coverage.key_checks"),
            (),
        ),
        KeyFigure(
            view.number.integer(len(sources)),
            view.t("page_coverage.key_documents", n=len(sources)),
            view.t("page_coverage.key_read"),
            (view.t("page_coverage.key_partly", n=partly),),
        ),
        KeyFigure(
            view.number.integer(unnamed),
            view.t("page_coverage.key_projects", n=unnamed),
            view.t("page_coverage.key_unnamed"),
            (view.t("page_coverage.key_unnamed_note", n=unknown),),
        ),
        KeyFigure(
            view.number.integer(len(disagreements)),
            view.t("page_coverage.key_things", n=len(disagreements)),
            view.t("page_coverage.key_disagreements"),
            (view.t("page_coverage.key_disagreements_note"),),
        ),
    ]


PAGE = Page(
    name="coverage", slugs={"nb": "dekning", "en": "coverage"}, documents=documents, footer_key="frame.nav_quality"
)
