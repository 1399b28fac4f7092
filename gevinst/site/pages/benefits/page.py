"""Benefits: which there are, for whom, how sure they are, what came of the plans, and what would change that.

Belongs here: what the page shows and in which order.
Does not belong here: the tables (`tables.py` and its neighbours), those on pages of their own (`lists.py`), the figure
and the sentences.
"""

from __future__ import annotations

from dataclasses import replace

from gevinst.site.blocks import Block, KeyFigure
from gevinst.site.context import View
from gevinst.site.filters import filter_values
from gevinst.site.page import Document, Page
from gevinst.site.pages.benefits import measured, tables
from gevinst.site.pages.benefits.lists import Summary, summary, unmeasured_summary, valued_summaries
from gevinst.site.pages.benefits.not_benefits import not_benefits
from gevinst.site.pages.benefits.register import saved_views
from gevinst.site.pages.charts import chart_block
from gevinst.site.pages.scheme.findings import beside_projects
from gevinst.site.rows import Row as Facts
from gevinst.site.sentences import benefits as sentences
from gevinst.site.sentences.reading import read_whole

LONGEST_MAP = 50
"""A map of more projects than this is folded: a screen holds some twenty."""


def documents(view: View) -> list[Document]:
    """The one document."""
    counts = view.data.now("benefit_headlines")[0]
    categories = chart_block(view, "kategorier")
    planned = chart_block(view, "planned-realised") if "planned-realised" in view.figures else None
    return [
        Document(
            title=view.t("page_benefits.title"),
            lead=_lead(view, counts),
            values={
                "key_figures": _key_figures(view, counts),
                "views": saved_views(view),
                **filter_values(view),
                "evidence_map": tables.evidence_map(view),
                "longest_map": LONGEST_MAP,
                "categories": replace(categories, stays_whole=True),
                "planned": planned and replace(planned, stays_whole=True),
                "summaries": _summaries(view),
                "folded": _folded(view),
            },
        )
    ]


def _folded(view: View) -> list[Block]:
    """Tables for those who want to know more: their headings say what is in them."""
    blocks = (
        beside_projects(view),
        tables.by_beneficiary(view),
        tables.stated_by(view),
        measured.by_unit(view),
        tables.self_report(view),
        tables.disbenefits(view),
    )
    return [block for block in blocks if block is not None]


def _summaries(view: View) -> list[Summary]:
    """What is said of the tables on pages of their own, a line each."""
    return [
        unmeasured_summary(view),
        *valued_summaries(view),
        summary(view, "apart", not_benefits(view)),
    ]


def _lead(view: View, counts: Facts) -> str:
    """What is found and how sure it is, with how much was read, since all of it may be in what was not."""
    lead = sentences.benefits_lead(counts, view.data.now("benefit_by_stated_by"), view.catalogue)
    return f"{lead} {read_whole(view.data.headlines, view.catalogue)}" if counts["project_count"] else lead


_KEY_FIGURES = {
    "documented": "coded_results",
    "measured_by_participant": "coded_results",
    "reported": "coded_results",
    "expected": "coded_expected",
}
"""The large numbers, each with what its projects were coded for: nothing is said of others."""


def _key_figures(view: View, counts: Facts) -> list[KeyFigure]:
    return [
        KeyFigure(
            view.number.integer(counts[f"{name}_project_count"]),
            view.t(f"page_benefits.of_{coded}", n=counts[f"{coded}_project_count"]),
            view.t(f"page_benefits.key_{name}"),
            (view.t(f"page_benefits.key_{name}_note"),),
        )
        for name, coded in _KEY_FIGURES.items()
    ]


PAGE = Page(
    name="benefits", slugs={"nb": "gevinster", "en": "benefits"}, documents=documents, nav_key="frame.nav_benefits"
)
