"""The chapters of the report, in order: what each says, taken from pages, sentences and marts of the same edition.

Belongs here: which chapters there are, and which parts each has.
Does not belong here: the tables that paper has alone (`tables.py`), the cover (`content.py`) and how it looks
(``report.typ``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass

from gevinst.contracts.vocabulary import CheckOutcome
from gevinst.layout import SITE
from gevinst.site.context import View
from gevinst.site.page import Document
from gevinst.site.pages import PAGES
from gevinst.site.pages.benefits import economy, measured
from gevinst.site.pages.benefits.not_benefits import not_benefits
from gevinst.site.pages.brief.page import content as brief_content
from gevinst.site.pages.method import tables as method_tables
from gevinst.site.pages.method.page import rules
from gevinst.site.pages.overview import page as overview
from gevinst.site.pages.scheme import money
from gevinst.site.pages.scheme.findings import beside_projects
from gevinst.site.report import parts, tables
from gevinst.site.report.parts import Part
from gevinst.site.sentences import brief, portfolio
from gevinst.site.sentences.reading import coded_for, reading_list_heading

_RULES = ("unknown", "four_things", "never_a_benefit", "population", "small_n", "disagreement", "stopped", "old")
_PLACES = ("portfolio", "benefits_register", "follow_up", "sources", "coverage", "method")
"""Pages that have what the report leaves out, in the order of its chapters."""
_MOST_NEWS = 8
"""Changes of each list; how many there are in all stands before them."""
_MOST_LEVELS = 40
"""Rows of the counts behind an association: all of them, since it cannot be judged without."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter: `name` finds its title; `parts` are `None` where there is nothing to say and it is left out."""

    name: str
    lead: str | None
    parts: list[Part | None]


def chapters(view: View) -> list[Chapter]:
    """Every chapter that has something to say."""
    return [chapter for make in CHAPTERS if (chapter := make(view)) is not None]


def _document(view: View, name: str) -> Document:
    (page,) = (page for page in PAGES if page.name == name)
    return next(iter(page.documents(view)))


def _lead(document: Document) -> str:
    """What a page answers; one that tells what to do there has other words for paper."""
    return str(document.values.get("report_lead", document.lead))


def _brief(view: View) -> Chapter:
    """What the brief says, in the same words, and what is new where an edition was published before."""
    said = brief_content(view)
    outcomes = [asdict(one) for one in said["outcomes"]]
    return Chapter(
        "brief",
        None,
        [
            parts.terms([(part.label, part.text) for part in said["parts"]], width=1.2),
            {"kind": "outcomes", "heading": said["outcomes_heading"], "items": outcomes} if outcomes else None,
            parts.points(said["named"], said["named_heading"]) if said["named"] else None,
            parts.points(said["asked"], said["asked_heading"]) if said["asked"] else None,
            parts.points([said["weakest"], said["how_to_read"]], said["weakest_heading"]),
            *_news(view),
        ],
    )


def _news(view: View) -> list[Part]:
    """How much is new of each kind, and the first of each list: what happened, and what was only found now."""
    document = _document(view, "overview")
    if not document.values["has_news"]:
        return []
    groups: list[tuple[str, list[overview.Change]]] = document.values["change_groups"]
    return [
        parts.points([document.values["changes_lead"]], document.values["changes_heading"]),
        *(parts.points([change.text for change in listed[:_MOST_NEWS]], heading) for heading, listed in groups),
    ]


def _scheme(view: View) -> Chapter:
    """What was paid, how many applied, and what others added, which is no benefit."""
    follow_on = money.follow_on(view)
    return Chapter(
        "scheme",
        _lead(_document(view, "scheme")),
        [tables.rounds(view), parts.of_block(view, follow_on) if follow_on else None],
    )


def _projects(view: View) -> Chapter:
    return Chapter("projects", _lead(_document(view, "portfolio")), [tables.projects(view)])


def _benefits(view: View) -> Chapter:
    """What was promised, said and measured; amounts only where somebody has stated any."""
    document = _document(view, "benefits")
    categories = document.values["categories"]
    values = economy.Economy(view)
    priced = economy.priced(values)
    blocks = (
        measured.realised(view) if view.data.now("benefit_headlines")[0]["plan_count"] else None,
        economy.non_priced(view),
        priced,
        beside_projects(view),
    )
    return Chapter(
        "benefits",
        _lead(document),
        [
            tables.stages(view),
            parts.figure(categories, is_floating=True) if categories.table.rows else None,
            tables.told(view),
            *(parts.of_block(view, block) for block in blocks if block is not None),
            parts.paragraph(economy.total(view)) if priced else None,
            parts.paragraph(f"{not_benefits(view).heading}."),
        ],
    )


def _drivers(view: View) -> Chapter | None:
    """What goes together with use, once there is enough for an estimate; the table, which can break, between figures,
    which cannot: two of them one after the other would leave half a page empty.
    """
    (page,) = (page for page in PAGES if page.name == "drivers")
    if not page.earns_menu(view):
        return None
    document = next(iter(page.documents(view)))
    levels = parts.of_block(view, document.values["counts"], most=_MOST_LEVELS)
    association, time = (parts.figure(document.values[name]) for name in ("association", "time"))
    return Chapter("drivers", _lead(document), [association, levels, time])


def _follow_up(view: View) -> Chapter | None:
    asked = tables.asked(view)
    return None if asked is None else Chapter("follow_up", _lead(_document(view, "follow_up")), [asked])


def _coverage(view: View) -> Chapter:
    """How much was read and coded, where evidence is weakest, and the checks that did not pass."""
    figures, catalogue = view.data.headlines, view.catalogue
    weakest = brief.old_or_hoped_for(figures, catalogue, stale_after_months=view.settings.stale_after_months)
    facts = portfolio.coverage_sentences(figures, catalogue)
    read = [f"{coded_for(figures, catalogue)}.", f"{reading_list_heading(figures, catalogue)}."]
    return Chapter(
        "coverage",
        _lead(_document(view, "coverage")),
        [
            parts.points([*weakest, *read], view.t("page_brief.weakest")),
            parts.points(facts.values(), view.t("report.known")) if figures["projects"].value else None,
            parts.of_block(view, method_tables.ages(view)),
            _failed(view),
        ],
    )


def _failed(view: View) -> Part | None:
    """The checks that did not pass, each as a sentence."""
    rows = [row for row in view.data.rows("quality_checks") if row["check_outcome_code"] == CheckOutcome.FAILED]
    if not rows:
        return None
    said = [
        view.t(
            "report.check_failed",
            n=row["unexpected_count"],
            check=view.text(row, "description"),
            checked=row["checked_count"],
            severity=view.label("severity", row["severity_code"]),
        )
        for row in rows
    ]
    failed = view.data.checks.failed
    return parts.points(said, view.t("page_coverage.checks_failed", n=failed))


def _method(view: View) -> Chapter:
    """The rules, and what the steps and the levels of evidence mean."""
    document = _document(view, "method")
    invented = ("invented",) if view.edition.is_illustrative else ()
    ladder, evidence = document.values["ladder"], document.values["evidence"]
    return Chapter(
        "method",
        _lead(document),
        [
            parts.terms(rules(view, (*_RULES, "inferred", "money", *invented))),
            parts.terms(
                [(one.label, one.meaning) for one in ladder],
                view.t("page_method.ladder"),
                signs=[(one.mark, one.sign) for one in ladder],
            ),
            parts.terms(
                [(name, meaning) for name, _, meaning in (one.text.partition(": ") for one in evidence)],
                view.t("page_method.evidence"),
                signs=[(one.mark, one.glyph) for one in evidence],
            ),
        ],
    )


def _where(view: View) -> Chapter:
    """Where a reader finds the documents and all that is not on paper."""
    site = view.settings.site
    root = f"{site.of_edition(view.edition.edition_id)}{SITE}" if site.base_url else SITE
    places = [
        (view.t(f"report.where_{name}"), f"{root}{view.href(name)}".removesuffix("index.html")) for name in _PLACES
    ]
    return Chapter(
        "where", view.t("report.where_lead", edition=view.edition.edition_id), [parts.terms(places, width=4)]
    )


CHAPTERS: tuple[Callable[[View], Chapter | None], ...] = (
    _brief,
    _scheme,
    _projects,
    _benefits,
    _drivers,
    _follow_up,
    _coverage,
    _method,
    _where,
)
"""In the order of the report."""
