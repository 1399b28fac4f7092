"""Projects in sentences and paragraphs, without labels.

Belongs here: the order in which lists and sentences are tried, headings above a text that says who owns a project, and
paragraphs that hold one or several.
Does not belong here: items of lists (`projects_in_lists.py`), pages of one project (`own_project.py`), labels and
tables (`projects_in_fields.py`, `projects_in_tables.py`), what one sentence says (`statements.py`) and what else a text
says about a project (`projects.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gevinst.announcements.amounts import amounts_in, without_amount
from gevinst.announcements.article import is_heading
from gevinst.announcements.model import Found, Line, Project
from gevinst.announcements.name_lists import put_organisations
from gevinst.announcements.organisations import is_organisation, is_scheme
from gevinst.announcements.own_project import single
from gevinst.announcements.projects_in_lists import (
    AFTER_LIST,
    add_said,
    at_least_two,
    bulleted,
    describe,
    headed,
    in_rows,
    is_body_alone,
    listed,
    pieces_of,
    put_statement,
    stacked,
)
from gevinst.announcements.statements import (
    BEGINS_QUOTED,
    first_statement,
    name_in,
    owner_in,
    quoted_with_owner,
)
from gevinst.announcements.titles import bare_title, is_general, unquoted
from gevinst.announcements.vocabulary import compiled, confidence, label_of, limit, one_of, sentences

_NEWS = compiled(rf"{one_of('documents.award')}|{one_of('documents.news_title')}", re.IGNORECASE)


def projects_in_text(lines: Sequence[Line]) -> list[Project]:
    """Projects in a list after words that announce one; else in bullets or paragraphs that begin with an owner.

    The first way that finds any is used: each has a lower confidence than those before it.
    """
    ways = (stacked, _listed, headed, _titled, _quoted, bulleted, in_rows, inline, _paragraphs, listed, single)
    amounts: dict[int, str] = {}
    bare = [_without_amount(line, amounts) for line in lines]
    found = next((found for way in ways if (found := way(bare))), [])
    for project in found:
        number = next((line.number for line in project.lines if line.number in amounts), None)
        kroner = amounts_in(f"støtte {amounts[number]}") if number else []
        # Lines that several projects share say of which each amount is only in their sentences.
        shared = sum(1 for one in found if any(line.number == number for line in one.lines)) > 1
        if len(kroner) == 1 and not shared and len(found) > 1:
            project.grant = Found(kroner[0].nok, number, confidence("lists.amount_of_item"))
    return found


def _listed(lines: Sequence[Line]) -> list[Project]:
    """A list of several projects; a single item may be what the page says first of something else."""
    return at_least_two(listed(lines))


def _without_amount(line: Line, amounts: dict[int, str]) -> Line:
    """An item of a list without the amount at its end, which is kept by the number of the line."""
    if line.is_quiet or line.cells or len(line.text) > limit("longest_heading") or label_of(line.text):
        return line
    text, amount = without_amount(line.text)
    # A sentence with an amount at its end is no item.
    if amount is None or (text and re.search(r"[.!?] ", text)):
        return line
    amounts[line.number] = amount
    return replace(line, text=text)


def _titled(lines: Sequence[Line]) -> list[Project]:
    """Headings that are only a name, each above a text that says who owns the project; at least two of them."""
    found: list[Project] = []
    # Where the page marks its headings, a short line without a mark is none.
    has_levels = sum(1 for line in lines if line.level > 1 and not line.is_quiet) > 1
    heads = [is_heading(line) and (line.level > 0 or not has_levels) for line in lines]
    for index, line in enumerate(lines):
        title = bare_title(line.text)
        long = len(title.split()) > limit("words_of_name_alone")
        if not heads[index] or long or is_general(title) or is_organisation(title) or AFTER_LIST.match(title):
            continue
        if _NEWS.search(title):  # «Tre kommuner får støtte» is the title of the page
            continue
        rest = range(index + 1, len(lines))
        # The name of a body alone below a heading is no heading of its own.
        end = next((n for n in rest if heads[n] and not _is_said_of(lines[n])), len(lines))
        below = [one for one in lines[index + 1 : end] if not one.is_quiet and not one.cells]
        project = Project(first_line=line.number, lines=list(lines[index:end]))
        describe(project, below)
        if project.owners and not is_scheme(str(project.owners[0].value)):
            project.name = Found(unquoted(title), line.number, confidence("lists.heading_without_owner"))
            found.append(project)
    return at_least_two(found)


def _is_said_of(line: Line) -> bool:
    """Whether a line that could be a heading is the owner or the amount of the project whose name is above it."""
    return not line.level and (is_body_alone(line.text) or not line.text or bool(amounts_in(f"støtte {line.text}")))


def _quoted(lines: Sequence[Line]) -> list[Project]:
    """Paragraphs that each hold one name in quotation marks and say who owns what is called so; at least two."""
    found: list[Project] = []
    for line in lines:
        if line.is_quiet or line.cells or line.level or line.is_field or len(line.text) < limit("shortest_paragraph"):
            continue
        project = Project(first_line=line.number, lines=[line])
        told = sentences(line.text)
        names = {name for sentence in told if (name := name_in(sentence) or _begins_quoted(sentence))}
        for sentence in told:
            stated = owner_in(sentence)
            if stated and stated.is_sure and not project.owners:
                put_statement(project, replace(stated, name=None), line, confidence("lists.owner_of_quoted"))
        if len(names) == 1 and project.owners and not is_scheme(str(project.owners[0].value)):
            name = names.pop()
            project.name = Found(name, line.of(name), confidence("lists.quoted_in_sentence"))
            add_said(project, line, confidence("lists.text_below_heading"))
            found.append(project)
    return at_least_two(found)


def _begins_quoted(sentence: str) -> str | None:
    match = BEGINS_QUOTED.match(sentence)
    return match["name"].strip(" .,") if match else None


def inline(lines: Sequence[Line]) -> list[Project]:
    """Names in quotation marks with their owners in running text, at least two in one paragraph."""
    found: list[Project] = []
    for line in lines:
        stated = (
            [] if line.is_quiet else [(piece, first_statement(piece.text, is_listed=True)) for piece in pieces_of(line)]
        )
        named = [(piece, one) for piece, one in stated if one and one.name]
        for piece, one in at_least_two(named):
            project = Project(first_line=line.number, lines=[piece])
            put_statement(project, one, piece, confidence("lists.quoted"))
            found.append(project)
        pairs = [] if line.is_quiet or len(named) >= 2 else quoted_with_owner(line.text)
        for name, owner, offset in at_least_two(pairs):
            number = line.at(offset)
            project = Project(
                name=Found(name, number, confidence("lists.quoted")), first_line=line.number, lines=[line]
            )
            put_organisations(project, "owner", Line(number, owner), confidence("lists.owner_of_quoted"))
            if project.owners and not any(one.name and one.name.value == name for one in found):
                found.append(project)
    return found


def _paragraphs(lines: Sequence[Line]) -> list[Project]:
    """Paragraphs that begin with an owner who is to do something with the award, at least two with different owners."""
    found: list[Project] = []
    for line, is_one_of_several in ((piece, len(pieces) > 1) for pieces in map(pieces_of, lines) for piece in pieces):
        if line.is_quiet or line.level or len(line.text) < limit("shortest_paragraph") or line.cells:
            continue
        stated = first_statement(line.text, is_listed=is_one_of_several)
        if stated is None or is_scheme(stated.owners[0]):
            continue
        project = Project(first_line=line.number, lines=[line])
        put_statement(project, stated, line, confidence("lists.paragraph"))
        owners = {str(one.value) for one in project.owners}
        if not any(owners & {str(one.value) for one in known.owners} for known in found):
            found.append(project)
    return at_least_two(found)
