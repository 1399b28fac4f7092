"""The type of a page, its language, title, date and publisher.

Belongs here: how the signs of each type decide, and the page's facts about itself.
Does not belong here: the signs (`vocabulary`) and what the page is about (`projects.py`, `rounds.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gevinst.announcements.amounts import date_in
from gevinst.announcements.article import is_heading
from gevinst.announcements.document import Document
from gevinst.announcements.model import Found, Line
from gevinst.announcements.organisations import is_organisation
from gevinst.announcements.projects_in_fields import Field
from gevinst.announcements.rounds import states_selection
from gevinst.announcements.table_cells import bare_heading
from gevinst.announcements.titles import is_only_organisations
from gevinst.announcements.vocabulary import (
    LANGUAGES,
    codes,
    column_of,
    compiled,
    confidence,
    label_of,
    limit,
    one_of,
    pattern,
    phrases,
)

TYPES = (
    "award_news", "cohort_page", "project_page", "ministry_release", "vendor_table", "call", "scheme_rules",
    "portfolio_page", "programme_page", "cofinancing_page", "vendor_case", "summary_article", "other",
)  # fmt: skip
_OTHERS = ("da", "sv", "de", "fi", "fr", "is", "se")
"""Languages that are recognised in order to say that they are not read; `und` is one that is not recognised."""
_SIGNS = {name: pattern(f"documents.{name}") for name in codes("documents")}
_DATED = compiled(rf"\b{one_of('documents.dated')}\s*:\s*(?=\d)", re.IGNORECASE)
_NEWS = pattern("documents.news_title")


def language_of(document: Document) -> Found:
    """`nb`, `nn` or `en` by the words that only one of them has."""
    # Bokmål and nynorsk share most words: those of both decide against English, those of one between the two.
    words = re.findall(r"[^\W\d_]+", " ".join(line.text for line in document.lines if not line.is_quiet).lower())

    def count(name: str, language: str) -> int:
        return sum(words.count(word) for word in phrases(f"language.{name}", language))

    norwegian, (bokmal, nynorsk, english) = count("norwegian", "shared"), (count("own", code) for code in LANGUAGES)
    foreign, hits = _other_language(words)
    # Danish shares most of its words with bokmål: some that bokmål does not have outweigh many that both do.
    if hits >= limit("least_words_of_other") and hits * limit("weight_of_other") >= max(bokmal + nynorsk, english):
        return Found(foreign, None, confidence("language.other"))
    if len(words) >= limit("least_words_to_judge") and norwegian + english < len(words) * confidence("language.share"):
        return Found("und", None, confidence("language.other"))
    declared = (document.meta.language or "").lower()[:2].replace("no", "nb")
    if english + norwegian < limit("least_words_of_language") and declared in LANGUAGES:
        return Found(declared, None, confidence("language.declared"))
    least, more = confidence("language.least"), confidence("language.all_one")
    if english > norwegian:
        return Found("en", None, round(least + more * english / (english + norwegian), 2))
    code = "nn" if nynorsk > bokmal else "nb"
    return Found(code, None, round(least + more * max(nynorsk, bokmal) / max(nynorsk + bokmal, 1), 2))


def _other_language(words: Sequence[str]) -> tuple[str, int]:
    """The language that is none of ours with the most words that only it has, and how many."""
    counts = {code: sum(words.count(word) for word in phrases(f"other_languages.{code}", "shared")) for code in _OTHERS}
    best = max(counts, key=lambda code: counts[code])
    return best, counts[best]


def title_of(document: Document) -> Line | None:
    """The title: the first heading of the page, else its first line when that is short and no sentence."""
    for line in document.lines:
        if line.level == 1 and not line.is_quiet:
            return line
    first = _headings_at_top(document)
    # Above the title are often the name of the site and its menu.
    alone = [line for line, is_alone in first if is_alone and not is_only_organisations(line.text)]
    if first:
        return alone[0] if alone else first[0][0]
    if document.meta.title:
        return Line(document.meta.title[1], document.meta.title[0], level=1)
    return None


def _headings_at_top(document: Document) -> list[tuple[Line, bool]]:
    """The lines at the top that could be the title, and whether nothing is directly below each."""
    found: list[tuple[Line, bool]] = []
    for index, line in enumerate(document.lines[: limit("lines_to_title")]):
        if line.is_quiet:
            continue
        label = label_of(line.text)
        if (line.level or is_heading(line)) and not (label and label.field in ("person", "other", "published")):
            below = document.lines[index + 1 : index + 2]
            found.append((line, line.level > 0 or not below or below[0].after_gap))
        elif index and len(line.text) > limit("longest_before_title"):
            break
    return found


def published_of(document: Document, fields: Sequence[Field]) -> Found | None:
    """When the page was published, else last changed: from its head, its labels, or a line that is only a date."""
    if document.meta.published:
        return Found(*document.meta.published, confidence("page.published_in_head"))
    for field in fields:
        if field.field == "published" and (found := date_in(field.value.text)):
            return Found(found, field.value.number, confidence("page.published_label"))
    said = {field.value.number for field in fields}
    for line in document.lines:
        if line.number in said and document.text is not None:  # the value of a label that says what the date is of
            continue
        stated = _DATED.search(line.text)
        if stated and (dated := date_in(line.text[stated.end() :][:20])) and len(dated) == 10:
            return Found(dated, line.number, confidence("page.published_in_line"))
        for cell in line.cells:  # «Publisert 9.5.2030 | Sist oppdatert 10.5.2030»
            if _SIGNS["published"].match(cell.text) and (dated := date_in(cell.text)) and len(dated) == 10:
                return Found(dated, cell.number, confidence("page.published_alone"))
        # Only a whole date is one of publication; a month or a year alone is about something else.
        if line.cells or label_of(line.text) or not (found := date_in(line.text)) or len(found) < 10:
            continue
        if _SIGNS["published"].match(line.text) or len(line.text) <= limit("longest_date"):
            return Found(found, line.number, confidence("page.published_alone"))
        if re.match(r"^[\d. ]*\w+\.? \d{4}\s*(?:[|•·-].*|kl\.? .*)?$", line.text) and len(line.text) < 60:
            return Found(found, line.number, confidence("page.published_first"))
    return None


def publisher_of(document: Document, fields: Sequence[Field]) -> Found | None:
    """Publisher of the page: from a label, the head, or an organisation in the contact's title."""
    for field in fields:
        if field.field == "publisher" and len(field.value.text) <= limit("longest_publisher"):
            return Found(field.value.text.rstrip("."), field.value.number, confidence("page.publisher_label"))
    if document.meta.publisher:
        return Found(*document.meta.publisher, confidence("page.publisher_in_head"))
    for line in document.lines:
        _, comma, tail = line.text.rpartition(", ")
        short = line.is_quiet and comma and len(line.text) <= limit("longest_contact")
        if short and is_organisation(tail) and not label_of(line.text):
            return Found(tail, line.number, confidence("page.publisher_of_contact"))
    return None


@dataclass(frozen=True, slots=True)
class Contents:
    """The findings about a page on which its type depends."""

    projects: int
    has_table: bool
    has_suppliers: bool
    is_labelled: bool
    has_grants: bool = False


class _Signs:
    """The page's text in three lengths, and the lines of signs in it."""

    def __init__(self, document: Document, title: Line | None) -> None:
        self._lines = document.lines
        named = [title.text if title else ""]
        lines = [line for line in document.lines if len(line.text) > 3]
        self._texts = {
            "page": " \n".join(line.text for line in lines),
            "head": " \n".join([*named, *(line.text for line in lines[: limit("lines_of_head")] if not line.cells)]),
            "top": " \n".join([*named, *(line.text for line in lines[:3] if not line.is_quiet)]),
        }

    def line(self, sign: str, where: str = "page") -> int | None:
        """Number of the line with the sign; `None` when it is not there."""
        match = _SIGNS[sign].search(self._texts[where])
        if not match:
            return None
        first = match[0].split("\n")[0].strip()[:40]
        return next((line.number for line in self._lines if first in line.text), 1)

    def found(self, kind: str, sign: str, where: str, key: str) -> Found | None:
        """A type with the line of its sign and the confidence `key`; `None` when the sign is not there."""
        line = self.line(sign, where)
        return Found(kind, line, confidence(f"type.{key}")) if line else None


def type_of(document: Document, title: Line | None, contents: Contents) -> Found:
    """The type of document, one of `TYPES`, by its signs and by how many projects it is about."""
    signs = _Signs(document, title)
    # From the most distinctive sign to the least. Rules and calls come first, because they quote awards as examples;
    # the number of projects decides only where no sign does.
    if not contents.projects and (found := signs.found("scheme_rules", "rules", "head", "rules_in_head")):
        return found
    if is_list_of_applicants(document):
        return Found("other", signs.line("applicants"), confidence("type.applicants"))
    if is_call(document, title):
        return Found("call", signs.line("call"), confidence("type.call"))
    release = signs.found("ministry_release", "release", "page", "release")
    if release and (contents.projects != 1 or signs.line("award")):
        return release
    if contents.has_table and contents.has_suppliers and contents.projects:
        return Found("vendor_table", None, confidence("type.vendor_table"))
    if contents.projects <= 1 and (found := signs.found("cofinancing_page", "cofund", "head", "cofinancing")):
        return found
    if contents.projects >= 2 or (contents.projects and contents.has_table):
        return _type_of_many(signs, title, has_grants=contents.has_grants)
    if contents.projects == 1:
        return _type_of_one(signs, is_labelled=contents.is_labelled)
    return _type_of_none(signs, is_award=is_about_award(document, title))


def _type_of_many(signs: _Signs, title: Line | None, *, has_grants: bool) -> Found:
    is_news = title is not None and _NEWS.search(title.text)
    bank = signs.found("portfolio_page", "projects_bank", "head", "projects_bank")
    return (
        (None if signs.line("award", "top") else signs.found("programme_page", "programme", "head", "programme"))
        or (None if is_news else signs.found("cohort_page", "cohort", "head", "cohort_in_head"))
        or (None if signs.line("award", "head") else bank)
        or signs.found("award_news", "award", "page", "award_of_many")
        or (Found("award_news", None, confidence("type.award_by_grants")) if has_grants else None)
        or Found("cohort_page", None, confidence("type.many_without_sign"))
    )


def _type_of_one(signs: _Signs, *, is_labelled: bool) -> Found:
    return (
        signs.found("vendor_case", "vendor_case", "page", "vendor_case")
        or signs.found("portfolio_page", "portfolio", "page", "portfolio")
        or (None if is_labelled else signs.found("award_news", "award", "head", "award_of_one"))
        or Found("project_page", None, confidence("type.one_without_sign"))
    )


def _type_of_none(signs: _Signs, *, is_award: bool) -> Found:
    programme = signs.found("programme_page", "programme", "head", "programme_without_project")
    return (
        signs.found("summary_article", "summary", "head", "summary")
        or (None if signs.line("award", "top") else programme)
        or (signs.found("award_news", "award", "head", "award_of_none") if is_award else None)
        or signs.found("scheme_rules", "rules", "page", "rules_in_text")
        or Found("other", None, confidence("type.none_without_sign"))
    )


def is_call(document: Document, title: Line | None) -> bool:
    """Whether the page invites applications: in its head, or more often than it mentions an award."""
    call, award = _SIGNS["call"], _SIGNS["award"]
    if states_selection(document.lines):
        return False
    lines = [line.text for line in document.lines if not line.cells and not line.is_quiet]
    head = " \n".join([title.text if title else "", *lines[:6]])
    top = title.text if title else (lines[0] if lines else "")
    if award.search(top) and not call.search(top):
        return False
    if any(_SIGNS["procured"].search(text) for text in lines):
        return False
    calls, awards = (sum(1 for text in lines if sign.search(text)) for sign in (call, award))
    in_head = bool(call.search(head)) and (calls >= awards or not award.search(head))
    return in_head or calls >= max(limit("least_calls"), awards * 2)


def is_list_of_applicants(document: Document) -> bool:
    """Whether the page lists who applied, before anything was awarded: by a table of what they ask for, or by words."""
    if states_selection(document.lines):
        return False
    kept = [line for line in document.lines if not line.is_quiet]
    heads = [{column_of(bare_heading(cell.text)) for cell in line.cells} for line in kept if line.cells]
    has_table = any("applied" in head and head & {"owner", "name"} and "grant" not in head for head in heads)
    signs = sum(1 for line in kept if not line.cells and _SIGNS["applicants"].search(line.text))
    return signs + has_table >= limit("least_signs_of_applicants")


def is_about_award(document: Document, title: Line | None) -> bool:
    """Whether the page announces that somebody was given funding, and is no call."""
    stated = _has_sign(document, "award") or states_selection(document.lines) is not None
    return stated and not is_call(document, title)


def is_about_projects(document: Document, title: Line | None) -> bool:
    """Whether sentences of the page may be about projects: it is about an award or a cohort, and no call."""
    is_bank = title is not None and bool(_SIGNS["projects_bank"].search(title.text))
    stated = is_bank or any(_has_sign(document, sign) for sign in ("award", "cohort", "procured"))
    return (stated or states_selection(document.lines) is not None) and not is_call(document, title)


def _has_sign(document: Document, sign: str) -> bool:
    return bool(_SIGNS[sign].search(" \n".join(line.text for line in document.lines if not line.is_quiet)))
