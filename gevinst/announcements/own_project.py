"""The one project of a page on which its owner, or somebody else, tells that it got support.

Belongs here: who got support for what, by title and lead, and what the other sentences add.
Does not belong here: pages on several projects (`projects_in_prose.py`), and what one sentence says (`statements.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gevinst.announcements.article import is_heading
from gevinst.announcements.model import Found, Line, Project
from gevinst.announcements.organisations import is_organisation, is_scheme
from gevinst.announcements.projects_in_lists import add_said, complete_named, put_statement
from gevinst.announcements.statements import QUOTED, described_in, name_in, statement_of
from gevinst.announcements.titles import bare_title, is_general
from gevinst.announcements.vocabulary import compiled, confidence, is_section, limit, one_of, pattern, sentences

_GOT = pattern("lists.got")
_NEWS = compiled(rf"{one_of('documents.award')}|{one_of('documents.news_title')}|{one_of('lists.got')}", re.IGNORECASE)
_VERB = compiled(rf"\b{one_of('sentences.verbs')}\b")
_ONE_PROJECT = pattern("own_project.one", words=True)
_ABOUT_SCHEME = pattern("headings.of_scheme")
# «til prosjektet Ferjekai med innhald.»: without quotation marks a name goes on to the end of its clause.
_UNQUOTED = compiled(
    rf"\b{one_of('own_project.names')}\s+(?P<name>[A-ZÆØÅÄÖÉ][^.,;:«»“”\"]{{2,80}}?)"
    rf"(?=[.,;]|$|\s+{one_of('names.owner_ends')}\s)"
)


def single(lines: Sequence[Line]) -> list[Project]:
    """The one project of a page on which an owner reports its own award: title or lead says that it got one."""
    article = _article(lines)
    top = article[: limit("lines_of_lead")]
    for line in top:
        for sentence in sentences(line.text)[:2]:
            stated = statement_of(sentence, is_listed=True)
            known = stated and (stated.is_sure or len(stated.owners) > 1)
            if stated and known and _GOT.search(sentence) and not is_scheme(stated.owners[0]):
                project = Project(first_line=line.number, lines=list(lines))
                put_statement(project, stated, line, confidence("lists.paragraph"))
                complete_named(project, [one for one in top if one is not line])
                _put_name(project, top)
                for one in article:
                    add_said(project, one, confidence("lists.text_below_heading"))
                # Money to a body is no project by itself.
                return [project] if project.name or any(_ONE_PROJECT.search(one.text) for one in top) else []
    return _told_by_others(lines, article, top)


def _told_by_others(lines: Sequence[Line], article: Sequence[Line], top: Sequence[Line]) -> list[Project]:
    """The one project of a page whose lead gives its name and says by a noun who owns it: «X» eies av ..."""
    for line in top:
        for sentence in sentences(line.text):
            described, name = described_in(sentence), name_in(sentence)
            if described and described.owners and name and not is_scheme(described.owners[0]):
                project = Project(first_line=line.number, lines=list(lines))
                put_statement(project, replace(described, name=name), line, confidence("lists.paragraph"))
                for one in article:
                    add_said(project, one, confidence("lists.text_below_heading"))
                return [project]
    return []


def _article(lines: Sequence[Line]) -> list[Line]:
    """The lines from the title on, without those below a heading that is about the scheme."""
    kept = [line for line in lines if not line.is_quiet and not line.cells]
    begins = next((place for place, line in enumerate(kept) if line.level == 1), 0)
    found: list[Line] = []
    is_about_scheme = False
    for line in kept[begins:]:
        if is_heading(line):
            is_about_scheme = bool(_ABOUT_SCHEME.match(line.text))
        if not is_about_scheme:
            found.append(line)
    return found


def _put_name(project: Project, top: Sequence[Line]) -> None:
    """The name by the words before it, by quotation marks, or by a title that tells nothing else."""
    quoted: list[tuple[Line, str]] = []
    for line in top:
        for sentence in sentences(line.text):
            if project.name is None and (name := name_in(sentence)):
                project.name = Found(name, line.of(name), confidence("lists.quoted_in_sentence"))
            quoted += [(line, match["name"].strip(" .,")) for match in QUOTED.finditer(sentence)]
    if project.name is None and len({name for _, name in quoted}) == 1:
        line, name = quoted[0]
        project.name = Found(name, line.of(name), confidence("lists.only_quoted"))
    for line in top:
        if project.name is None and (match := _UNQUOTED.search(line.text)):
            project.name = Found(match["name"].strip(), line.at(match.start("name")), confidence("lists.only_quoted"))
    title = bare_title(top[0].text) if top and top[0].level == 1 else ""
    if project.name is None and title and _is_name(title):
        project.name = Found(title, top[0].number, confidence("lists.title_of_own"))


def _is_name(title: str) -> bool:
    """Whether a title is the name of the project and not what happened to it."""
    tells = _NEWS.search(title) or _VERB.search(title) or re.search(r"[.!?:]", title)
    is_short = len(title.split()) <= limit("words_of_title_as_name")
    return is_short and not tells and not is_general(title) and not is_section(title) and not is_organisation(title)
