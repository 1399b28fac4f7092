"""Projects in lists and sentences, without labels.

Belongs here: where a list of projects begins and ends, and what an item says about owner and name.
Does not belong here: labels and tables (`projects_in_fields.py`, `projects_in_tables.py`), what one sentence says
(`statements.py`) and what else a text says about a project (`projects.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from gevinst.announcements.amounts import amounts_in, without_amount
from gevinst.announcements.article import is_heading
from gevinst.announcements.model import Found, Line, Project
from gevinst.announcements.name_lists import add_names, put_organisations
from gevinst.announcements.organisations import is_organisation, is_scheme
from gevinst.announcements.statements import (
    BEGINS_QUOTED,
    QUOTED,
    Statement,
    along_in,
    described_in,
    first_statement,
    name_in,
    quoted_with_owner,
    statement_of,
)
from gevinst.announcements.titles import bare_title, is_general, is_only_organisations, owner_and_name, unquoted
from gevinst.announcements.vocabulary import confidence, is_section, label_of, limit, one_of, pattern, sentences

T = TypeVar("T")

_INTRODUCED = pattern("lists.introduced")
_GOT = pattern("lists.got")
_AFTER_LIST = re.compile(rf"^{one_of('lists.after')}", re.IGNORECASE)
_NOT_A_NAME = re.compile(rf"{one_of('lists.not_a_name')}\b")
_NEWS = re.compile(rf"{one_of('documents.award')}|{one_of('documents.news_title')}", re.IGNORECASE)
_WE_WITH = re.compile(rf"^(?:{one_of('statements.we')})\b", re.IGNORECASE)
_AFTER_COLON = re.compile(r"(?<=[a-zæøåäöé]):\s+(?=[A-ZÆØÅÄÖÉ])")


def projects_in_text(lines: Sequence[Line]) -> list[Project]:
    """Projects in a list after words that announce one; else in bullets or paragraphs that begin with an owner.

    The first way that finds any is used: each has a lower confidence than those before it.
    """
    ways = (_listed, _headed, _titled, _bulleted, _rows, inline, _paragraphs, _single)
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


def _listed(lines: Sequence[Line]) -> list[Project]:
    best: list[Project] = []
    for index, line in enumerate(lines):
        is_long = len(line.text) > limit("longest_introduction")
        if line.is_quiet or line.cells or is_long or not _INTRODUCED.search(line.text):
            continue
        before_bullet = index + 1 < len(lines) and lines[index + 1].is_bullet
        if not (line.level or line.text.endswith(":") or is_heading(line) or before_bullet):
            continue
        found = _items(lines[index + 1 :], line.level)
        if len(found) > len(best):  # the longest: a page may announce its themes or partners in the same words
            best = found
    return best


def _items(lines: Sequence[Line], level: int) -> list[Project]:
    """Projects of the list that begins at the first line, up to a heading that ends it."""
    found: list[Project] = []
    chunk: list[Line] = []
    bullets = bool(lines) and lines[0].is_bullet
    for line in (piece for whole in lines if not whole.is_quiet for piece in _pieces(whole)):
        heading = is_heading(line)
        if heading and (_AFTER_LIST.match(line.text) or (level and line.level and line.level <= level)):
            break
        if bullets and not line.is_bullet:
            break
        is_pair = not bullets and not label_of(line.text) and all(owner_and_name(line.text))
        starts = (
            line.is_bullet
            or is_pair
            or (heading and not is_section(line.text))
            or (not bullets and first_statement(line.text) is not None)
        )
        joins = chunk and not line.is_bullet and is_heading(chunk[-1]) and not heading and not is_pair
        if starts and not joins:
            _take(chunk, found)
            chunk = []
        chunk.append(line)
    _take(chunk, found)
    return found


def _pieces(line: Line) -> list[Line]:
    """A paragraph in which several owners have a sentence each, as a line for each of them; others as they are."""
    if line.is_bullet or line.level or line.cells:
        return [line]
    begun: list[list[str]] = []
    owners: set[str] = set()
    for sentence in (part for whole in sentences(line.text) for part in _AFTER_COLON.split(whole)):
        stated = statement_of(sentence, is_listed=bool(owners))
        begins = stated is not None and (stated.is_sure or bool(owners)) and not owners & set(stated.owners)
        if begins and stated:
            owners |= set(stated.owners)
        if begins or not begun:
            begun.append([sentence])
        else:
            begun[-1].append(sentence)
    if len(owners) < 2:
        return [line]
    return [replace(line, text=" ".join(piece), number=line.of(piece[0][:40]), parts=()) for piece in begun]


def _take(chunk: list[Line], found: list[Project]) -> None:
    """Append the project of an item; a paragraph that is not a project belongs to the one before it."""
    if not chunk:
        return
    is_listed = chunk[0].is_bullet
    project = _item(chunk, is_listed=is_listed)
    if project:
        found.append(project)
    elif found and not is_listed and not is_heading(chunk[0]):
        found[-1].lines += chunk


def _item(chunk: list[Line], *, is_listed: bool = False) -> Project | None:
    """The project of an item: by its heading, a pair of owner and name, or the subject of a sentence."""
    first, rest = chunk[0], chunk[1:]
    project = Project(first_line=first.number, lines=list(chunk))
    is_short_bullet = first.is_bullet and len(first.text) <= limit("longest_heading") and not first.text.endswith(".")
    if (is_heading(first) or is_short_bullet) and not (rest and first_statement(first.text)):
        if is_general(bare_title(first.text)) and not re.search(r"[:–«]", first.text):
            return None
        if _of_heading(project, first, rest):
            return project
    return _of_sentences(project, chunk, is_listed=is_listed)


def _of_heading(project: Project, first: Line, rest: list[Line]) -> bool:
    pairs = quoted_with_owner(first.text)
    owner, name = (pairs[0][1], pairs[0][0]) if len(pairs) == 1 else owner_and_name(first.text)
    if owner:
        put_organisations(project, "owner", Line(first.number, owner), confidence("lists.heading"))
        if name:
            _put_name(project, name, first, confidence("lists.heading"))
        _complete(project, rest)
        return True
    if rest and name and not is_general(name) and len(name.split()) <= limit("words_of_name_alone"):
        for line in rest[:3]:
            stated = next(filter(None, map(statement_of, sentences(line.text)[:3])), None)
            if stated:
                project.name = Found(name, first.number, confidence("lists.heading_without_owner"))
                _put(project, stated, line, confidence("lists.text_below_heading"))
                return True
    return False


def _put_name(project: Project, name: str, line: Line, sure: float) -> None:
    """A short right side is a name; a sentence is a description, and the project stays without a name."""
    is_short = len(name.split()) <= limit("words_of_name")
    if project.name is None and is_short and not name.rstrip().endswith(".") and not _NOT_A_NAME.match(name):
        project.name = Found(unquoted(name), line.of(name), sure)


def _complete(project: Project, rest: list[Line]) -> None:
    """Name in quotation marks and partners from the text below an owner's heading."""
    for line in rest[:4]:
        for stated in filter(None, map(statement_of, sentences(line.text)[:3])):
            if stated.name and project.name is None:
                project.name = Found(stated.name, line.of(stated.name), confidence("lists.quoted_below_heading"))
            add_names(project.partners, line, stated.partners, confidence("lists.text_below_heading"))
        if project.name is None and (match := BEGINS_QUOTED.match(line.text)):
            project.name = Found(match["name"], line.number, confidence("lists.quoted_below_heading"))


def _of_sentences(project: Project, chunk: list[Line], *, is_listed: bool) -> Project | None:
    for line in chunk[:2]:
        pairs = quoted_with_owner(line.text)
        stated = first_statement(line.text, is_listed=is_listed)
        if stated:
            _put(project, stated, line, confidence("lists.sentence" if stated.is_sure else "lists.sentence_by_place"))
            if project.name is None and len(pairs) == 1:
                project.name = Found(pairs[0][0], line.of(pairs[0][0]), confidence("lists.quoted_in_sentence"))
            return project
        if len(pairs) == 1:
            name, owner, offset = pairs[0]
            put_organisations(project, "owner", Line(line.number, owner), confidence("lists.owner_of_quoted"))
            project.name = Found(name, line.at(offset), confidence("lists.quoted"))
            return project
        match = re.match(r"^(?P<owner>[^:]{2,100}):\s+(?P<text>.{3,})$", line.text)
        if match and not label_of(line.text) and is_organisation(match["owner"]):
            put_organisations(project, "owner", Line(line.number, match["owner"]), confidence("lists.owner_of_quoted"))
            _put_name(project, match["text"].rstrip("."), line, confidence("lists.after_colon"))
            return project
    return None


def _put(project: Project, stated: Statement, line: Line, sure: float) -> None:
    add_names(project.owners, line, stated.owners, sure)
    add_names(project.partners, line, stated.partners, sure * confidence("factors.beside_owner"))
    if stated.name and project.name is None:
        project.name = Found(stated.name, line.of(stated.name), sure)


def _headed(lines: Sequence[Line]) -> list[Project]:
    """Headings that hold both owner and name, at least two of them."""
    found: list[Project] = []
    for index, line in enumerate(lines):
        if not is_heading(line):
            continue
        owner, name = owner_and_name(line.text)
        if owner and name and not is_general(name):
            end = next((n for n in range(index + 1, len(lines)) if is_heading(lines[n])), len(lines))
            project = _item(list(lines[index:end]))
            found += [project] if project else []
    return _at_least_two(found)


def _titled(lines: Sequence[Line]) -> list[Project]:
    """Headings that are only a name, each above a text that says who owns the project; at least two of them."""
    found: list[Project] = []
    for index, line in enumerate(lines):
        title = bare_title(line.text)
        long = len(title.split()) > limit("words_of_name_alone")
        if not is_heading(line) or long or is_general(title) or is_organisation(title) or _AFTER_LIST.match(title):
            continue
        if _NEWS.search(title):  # «Tre kommuner får støtte» is the title of the page
            continue
        rest = range(index + 1, len(lines))
        # The name of a body alone below a heading is no heading of its own.
        end = next((n for n in rest if is_heading(lines[n]) and not _is_said_of(lines[n])), len(lines))
        below = [one for one in lines[index + 1 : end] if not one.is_quiet and not one.cells]
        project = Project(first_line=line.number, lines=list(lines[index:end]))
        _describe(project, below)
        if project.owners and not is_scheme(str(project.owners[0].value)):
            project.name = Found(unquoted(title), line.number, confidence("lists.heading_without_owner"))
            found.append(project)
    return _at_least_two(found)


def _is_said_of(line: Line) -> bool:
    """Whether a line that could be a heading is the owner or the amount of the project whose name is above it."""
    return not line.level and (_is_body_alone(line.text) or not line.text or bool(amounts_in(f"støtte {line.text}")))


def _is_body_alone(text: str) -> bool:
    """Whether a line is nothing but the names of bodies: no sentence, no label, no number."""
    is_said = re.search(r"[.:;!?\d](?:\s|$)", text) or statement_of(text) or described_in(text)
    return not is_said and is_only_organisations(text)


def _describe(project: Project, below: Sequence[Line]) -> None:
    """Owner and partners from the first sentences below a heading; the first that names an owner decides."""
    for line in below[: limit("lines_of_project")]:
        if not project.owners and _is_body_alone(line.text):
            put_organisations(project, "owner", line, confidence("lists.heading_without_owner"))
            continue
        for sentence in sentences(line.text)[:4]:
            stated = statement_of(sentence) or described_in(sentence)
            if stated is None or (stated.owners and not stated.is_sure):
                continue
            sure = confidence("lists.text_below_heading")
            if stated.owners and not project.owners:
                _put(project, stated, line, sure)
            elif not stated.owners or str(project.owners[0].value) in stated.owners:
                add_names(project.partners, line, stated.partners, sure)


def _rows(lines: Sequence[Line]) -> list[Project]:
    """Lines one below the other that hold owner and name each, at least two of them."""
    found: list[Project] = []
    for line in lines:
        if line.is_quiet or line.cells or line.level or len(line.text) > limit("longest_heading"):
            continue
        owner, name = (None, None) if label_of(line.text) else owner_and_name(line.text)
        if owner and name and not is_general(name) and not line.text.endswith("."):
            project = Project(first_line=line.number, lines=[line])
            put_organisations(project, "owner", Line(line.number, owner), confidence("lists.heading"))
            _put_name(project, name, line, confidence("lists.heading"))
            found.append(project)
    return _at_least_two(found)


def _bulleted(lines: Sequence[Line]) -> list[Project]:
    """Bullets that begin with an owner, at least two of them."""
    items = (_item([line]) for line in lines if line.is_bullet and not line.is_quiet)
    return _at_least_two([project for project in items if project and project.owners])


def inline(lines: Sequence[Line]) -> list[Project]:
    """Names in quotation marks with their owners in running text, at least two in one paragraph."""
    found: list[Project] = []
    for line in lines:
        stated = (
            [] if line.is_quiet else [(piece, first_statement(piece.text, is_listed=True)) for piece in _pieces(line)]
        )
        named = [(piece, one) for piece, one in stated if one and one.name]
        for piece, one in _at_least_two(named):
            project = Project(first_line=line.number, lines=[piece])
            _put(project, one, piece, confidence("lists.quoted"))
            found.append(project)
        pairs = [] if line.is_quiet or len(named) >= 2 else quoted_with_owner(line.text)
        for name, owner, offset in _at_least_two(pairs):
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
    for line, is_one_of_several in ((piece, len(pieces) > 1) for pieces in map(_pieces, lines) for piece in pieces):
        if line.is_quiet or line.level or len(line.text) < limit("shortest_paragraph") or line.cells:
            continue
        stated = first_statement(line.text, is_listed=is_one_of_several)
        if stated is None or is_scheme(stated.owners[0]):
            continue
        project = Project(first_line=line.number, lines=[line])
        _put(project, stated, line, confidence("lists.paragraph"))
        owners = {str(one.value) for one in project.owners}
        if not any(owners & {str(one.value) for one in known.owners} for known in found):
            found.append(project)
    return _at_least_two(found)


def _at_least_two(found: list[T]) -> list[T]:
    """One of a kind may be an example; two are a list."""
    return found if len(found) >= 2 else []


def _single(lines: Sequence[Line]) -> list[Project]:
    """The one project of a page on which an owner reports its own award: title or lead says that it got one."""
    top = [line for line in lines if not line.is_quiet and not line.cells][: limit("lines_of_lead")]
    for line in top:
        for sentence in sentences(line.text)[:2]:
            stated = statement_of(sentence, is_listed=True)
            known = stated and (stated.is_sure or len(stated.owners) > 1)
            if stated and known and _GOT.search(sentence) and not is_scheme(stated.owners[0]):
                project = Project(first_line=line.number, lines=list(lines))
                _put(project, stated, line, confidence("lists.paragraph"))
                _complete(project, [one for one in top if one is not line])
                _say_more(project, top)
                return [project]
    return []


def _say_more(project: Project, top: Sequence[Line]) -> None:
    """Name and partners in other sentences of a page on one project: «Det er prosjektet «X» som får støtte»."""
    quoted: list[tuple[Line, str]] = []
    for line in top:
        for sentence in sentences(line.text):
            if project.name is None and (name := name_in(sentence)):
                project.name = Found(name, line.of(name), confidence("lists.quoted_in_sentence"))
            quoted += [(line, match["name"]) for match in QUOTED.finditer(sentence)]
            described = described_in(sentence)
            names = described.partners if described and not described.owners else []
            if _WE_WITH.search(sentence):
                names = [*names, *along_in(sentence)]
            known = {str(one.value) for one in project.owners}
            fresh = [name for name in names if name not in known]
            add_names(project.partners, line, fresh, confidence("lists.text_below_heading"))
    if project.name is None and len({name.strip(" .,") for _, name in quoted}) == 1:
        line, name = quoted[0]
        project.name = Found(name.strip(" .,"), line.of(name), confidence("lists.only_quoted"))
