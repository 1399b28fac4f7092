"""The brief: the answer of the front page on one sheet of paper, for whoever reads one page.

Belongs here: what the sheet holds and in which order; the page and the PDF (`gevinst.site.report.brief`) show the same.
Does not belong here: the sentences, which the front page shares (`gevinst.site.sentences`), and how the PDF is set.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gevinst.contracts.vocabulary import (
    OUTCOME_CONTINUED,
    OUTCOME_IN_USE,
    OUTCOME_PARTLY,
    OUTCOME_RESULT,
    OUTCOME_STOPPED,
    OUTCOME_UNKNOWN,
)
from gevinst.layout import SITE
from gevinst.site.context import View
from gevinst.site.page import Document, Page
from gevinst.site.pages.follow_up import words
from gevinst.site.pages.overview.page import asked_sentence, measured, paid, used, wanted
from gevinst.site.pages.overview.tiles import SILENT
from gevinst.site.sentences import brief
from gevinst.site.sentences import scheme as scheme_sentences

MOST_NAMED = 6
MOST_ASKED = 3
"""As many as leave the rest of one sheet of paper to what is said of all."""
_MARKS: dict[str, str] = {
    OUTCOME_IN_USE: "step-5",
    OUTCOME_PARTLY: "step-4",
    OUTCOME_RESULT: "step-2",
    OUTCOME_STOPPED: "stopped",
    OUTCOME_CONTINUED: "continued",
    OUTCOME_UNKNOWN: SILENT,
}
_COUNTED_AS = {OUTCOME_UNKNOWN: "status_unknown"}
"""The headline figure of an outcome, where it is not called by the outcome's code."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the answer: what it is about, and what is said."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many projects came out in one way: `count` as a number for the width of its field, and as written."""

    label: str
    mark: str
    count: int
    written: str


def documents(view: View) -> list[Document]:
    """The one document."""
    return [Document(title=view.t("page_overview.title"), lead=view.t("page_brief.lead"), values=content(view))]


def content(view: View) -> dict[str, Any]:
    """What the sheet says, for the page and for the PDF alike."""
    return {
        "publisher": _publisher(view),
        "parts": _parts(view),
        "outcomes_heading": view.t("page_brief.outcomes", n=view.data.headlines["projects"].value),
        "outcomes": _outcomes(view),
        "named_heading": view.t("page_brief.named"),
        "named": [f"{row['name']} {brief.how_known(row, view.catalogue)}" for row in used(view)[:MOST_NAMED]],
        "asked_heading": view.t("page_brief.asked"),
        "asked": _asked(view),
        "weakest_heading": view.t("page_brief.weakest"),
        "weakest": brief.weakest(
            view.data.headlines, view.catalogue, stale_after_months=view.settings.stale_after_months
        ),
        "how_to_read": view.t("frame.basis_illustrative" if view.edition.is_illustrative else "frame.basis"),
        "full_pages": _full_pages(view),
    }


def _publisher(view: View) -> str:
    """Who publishes, of which day the data are, and which edition it is."""
    owner = view.settings.owner.responsible_body or view.t("frame.not_stated")
    edition = view.edition
    said = (
        f"{view.t('frame.responsible')}: {owner}.",
        view.t("frame.data_as_of", day=edition.as_of_on),
        view.t("frame.edition", edition=edition.edition_id),
    )
    return " ".join(said)


def _parts(view: View) -> list[Part]:
    """The sentences of the front page, each with what it is about; those with nothing to say are left out."""
    figures, catalogue = view.data.headlines, view.catalogue
    said = {
        "paid": paid(view),
        "use": brief.in_use(figures, used(view), catalogue),
        "measured": brief.measured(view.data.now("benefit_headlines")[0], measured(view), catalogue),
        "followed": scheme_sentences.followed(view.data.now("scheme_headlines")[0], catalogue),
        "unknown": brief.unknown(figures, catalogue),
        "want": asked_sentence(view),
    }
    return [Part(view.t(f"page_brief.{name}"), text) for name, text in said.items() if text]


def _outcomes(view: View) -> list[Outcome]:
    """How many projects came out in which way; those of which nothing is known among them."""
    figures = view.data.headlines
    counted = {code: figures[_COUNTED_AS.get(code, code)].value for code in _MARKS}
    return [
        Outcome(view.label("outcome", code), _MARKS[code], int(count), view.number.integer(count))
        for code, count in counted.items()
        if count
    ]


def _asked(view: View) -> list[str]:
    """The first questions to owners: the project, whose it is, and what we ask."""
    return [
        view.t(
            "page_brief.question",
            project=words.project_name(view, row),
            owner=words.owners(view, row) or view.t("page_follow_up.owner_unknown"),
            question=words.question(view, row),
        )
        for row in wanted(view)[:MOST_ASKED]
    ]


def _full_pages(view: View) -> str:
    """Where all pages are; without an address of the site, in which edition."""
    site = view.settings.site
    if not site.base_url:
        return view.t("page_brief.full_pages", edition=view.edition.edition_id)
    address = f"{site.of_edition(view.edition.edition_id)}{SITE}/"
    return view.t("page_brief.full_pages_at", edition=view.edition.edition_id, address=address)


PAGE = Page(name="brief", slugs={"nb": "kortversjon", "en": "brief"}, documents=documents, footer_key="frame.nav_brief")
