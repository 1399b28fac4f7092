"""Benefits: which there are, for whom, how sure they are, what came of the plans, and what would change that.

Belongs here: what the page shows and in which order.
Does not belong here: the tables (`tables.py` and its neighbours), those on pages of their own (`lists.py`), the figure
and the sentences.
"""

from __future__ import annotations

from dataclasses import replace

from gevinst.site.blocks import KeyFigure, figure_block, made
from gevinst.site.context import Row as Facts
from gevinst.site.context import View
from gevinst.site.filters import filter_values
from gevinst.site.page import Document, Page
from gevinst.site.pages.benefits import economy as values
from gevinst.site.pages.benefits import measured, plans, tables
from gevinst.site.pages.benefits.lists import Summary, summary, valued_summary
from gevinst.site.pages.benefits.not_benefits import not_benefits
from gevinst.site.pages.benefits.register import saved_views
from gevinst.site.pages.scheme.findings import beside_projects
from gevinst.site.sentences import benefits as sentences
from gevinst.site.sentences.reading import read_whole

_CONTENTS = (
    ("gevinstkart-heading", "map"),
    ("kategorier-table-heading", "categories"),
    ("for-hvem-heading", "beneficiary"),
    ("planlagt-oppnadd-heading", "achieved"),
    ("malt-heading", "measured"),
    ("ikke-malt-heading", "unmeasured"),
    ("ikke-prissatt-heading", "non_priced"),
    ("prissatt-heading", "priced"),
    ("ikke-gevinster-heading", "not_benefits"),
)


def documents(view: View) -> list[Document]:
    """The one document."""
    counts = view.data.now("benefit_headlines")[0]
    categories = figure_block(view, view.figures["kategorier"], (made(view, "benefit_evidence"),))
    return [
        Document(
            title=view.t("page_benefits.title"),
            lead=_lead(view, counts),
            values={
                "key_figures": _key_figures(view, counts),
                "views": saved_views(view),
                "contents": [(anchor, view.t(f"page_benefits.to_{name}")) for anchor, name in _CONTENTS],
                **filter_values(view),
                "evidence_map": tables.evidence_map(view),
                "categories": replace(categories, stays_whole=True),
                "beside": beside_projects(view),
                "by_beneficiary": tables.by_beneficiary(view),
                "stated_by": tables.stated_by(view),
                "self_report": tables.self_report(view),
                "disbenefits": tables.disbenefits(view),
                "by_unit": measured.by_unit(view),
                **_summaries(view),
            },
        )
    ]


def _summaries(view: View) -> dict[str, Summary]:
    """What is said of the tables on pages of their own."""
    return {
        "achieved": summary(view, "achieved", plans.achieved(view)),
        "measured": summary(view, "measured", measured.realised(view)),
        "unmeasured": summary(view, "unmeasured", plans.unmeasured(view)),
        "non_priced": valued_summary(view, "non_priced", "ikke-prissatt", values.non_priced(view)),
        "priced": valued_summary(view, "priced", "prissatt", values.priced(values.Economy(view))),
        "apart": summary(view, "apart", not_benefits(view)),
    }


def _lead(view: View, counts: Facts) -> str:
    """What is found and how sure it is, with how much was read, since all of it may be in what was not."""
    lead = sentences.benefits_lead(
        counts, view.data.now("benefit_by_stated_by"), view.labels("stated_by"), view.catalogue
    )
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
