"""Projects told in lists and sentences, without labels.

Belongs here: where a list of projects begins and ends, its items, and what an item says of owner and name.
Does not belong here: blocks of fields (`blocks.py`), tables (`tables.py`), and taking a sentence apart (`subjects.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gevinst.announcements.fields import add, put_organisations
from gevinst.announcements.headings import bare_title, is_general, is_heading, owner_and_name, unquoted
from gevinst.announcements.model import Found, Line, Project
from gevinst.announcements.organisations import is_organisation, is_scheme
from gevinst.announcements.subjects import Told, quoted_with_owner, told_in
from gevinst.announcements.vocabulary import is_section, label_of
from gevinst.announcements.words import NUMBER, sentences

_LIST = re.compile(
    rf"(?:^|\b)(?:her er|her finner du|her finn du|dette er|disse|desse|de|dei|følgende|følgjande|årets|årets|the|"
    rf"these|here are|this year's)\b.{{0,60}}\b(?:prosjekt\w*|project\w*|får .*(?:støtte|midl)|"
    rf"{NUMBER} .*(?:stimulab))"
    rf"|^(?:stimulab-?)?(?:prosjektene|prosjekta|prosjekter|prosjekt|projects|the projects)(?: i (?:kullet|20\d\d)|"
    rf" 20\d\d)?:?$"
    r"|^(?:disse|desse|these|følgende|følgjande)\b.*(?:støtte|midl\w+|fund\w+|tildel\w+|prosjekt\w*|project\w*)"
    r"|(?:prosjektene|prosjekta|projects|prosjekter|støtte|midler|midlar) (?:er|are|til|går til|gjekk til)\s*:$",
    re.IGNORECASE,
)
_GOT = re.compile(
    r"\b(?:får|fått|fikk|fekk|er (?:valgt|vald|med|tatt opp|blant|mellom)|tildelt|valgt ut|receives?|received|"
    r"awarded|selected|has been given)\b"
    r".*\b(?:støtte|stønad|midl\w+|million\w+|stimu-?lab|funding|support)",
    re.IGNORECASE,
)
_AFTER_COLON = re.compile(r"(?<=[a-zæøå]):\s+(?=[A-ZÆØÅ])")
SHORTEST_PARAGRAPH = 60
LONGEST_INTRODUCTION = 260
_AFTER_LIST = re.compile(
    r"^(?:kontakt|om stimulab|dette er stimulab|om ordningen|om ordninga|fakta|les mer|about|what happens next|"
    r"dette skjer|slik|neste|bakgrunn|se |sjå |"
    r"tidligere|tidlegare|earlier|previous|om tildelingen|hva er stimulab|kva er stimulab|what is stimulab|"
    r"veien videre|vegen vidare|next steps)",
    re.IGNORECASE,
)


def projects_of(lines: Sequence[Line]) -> list[Project]:
    """Projects told in a list after words that announce one; else in bullets or paragraphs that begin with an owner."""
    found = _listed(lines)
    found = found or _headed(lines)
    found = found or _bulleted(lines)
    found = found or inline(lines)
    found = found or _paragraphs(lines)
    return found or _single(lines)


def _single(lines: Sequence[Line]) -> list[Project]:
    """The one project of a page on which an owner tells of its own award: title or lead says that it got one."""
    told_lines = [line for line in lines if not line.is_quiet and not line.cells][:5]
    if not any(re.search(r"stimu-?lab", line.text, re.IGNORECASE) for line in told_lines):
        return []
    for line in told_lines:
        for sentence in sentences(line.text)[:2]:
            told = told_in(sentence, is_listed=True)
            known = told and (told.is_sure or len(told.owners) > 1)
            if told and known and _GOT.search(sentence) and not is_scheme(told.owners[0]):
                project = Project(first_line=line.number, lines=list(lines))
                _put(project, told, line, 0.6)
                _complete(project, [one for one in told_lines if one is not line])
                return [project]
    return []


def _listed(lines: Sequence[Line]) -> list[Project]:
    best: list[Project] = []
    for index, line in enumerate(lines):
        if line.is_quiet or line.cells or len(line.text) > LONGEST_INTRODUCTION or not _LIST.search(line.text):
            continue
        if not (
            line.level
            or line.text.endswith(":")
            or is_heading(line)
            or (index + 1 < len(lines) and lines[index + 1].is_bullet)
        ):
            continue
        found = _items(lines[index + 1 :], line.level)
        if len(found) > len(best):
            best = found
    return best


def _items(lines: Sequence[Line], level: int) -> list[Project]:
    found: list[Project] = []
    chunk: list[Line] = []
    bullets = bool(lines) and lines[0].is_bullet
    for line in (piece for whole in lines if not whole.is_quiet for piece in _pieces(whole)):
        heading = is_heading(line) and not line.is_bullet
        if heading and (_AFTER_LIST.match(line.text) or (level and line.level and line.level <= level)):
            break
        if bullets and not line.is_bullet:
            break
        starts = (
            line.is_bullet
            or (heading and not is_section(line.text))
            or (not bullets and bool(told_in(first_sentence(line.text))))
        )
        joins = chunk and not line.is_bullet and is_heading(chunk[-1]) and not heading
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
        told = told_in(sentence, is_listed=bool(owners))
        if told and (told.is_sure or owners) and not owners & set(told.owners):
            owners |= set(told.owners)
            begun.append([sentence])
        elif begun:
            begun[-1].append(sentence)
        else:
            begun.append([sentence])
    if len(owners) < 2:
        return [line]
    return [replace(line, text=" ".join(piece), number=line.of(piece[0][:40]), parts=()) for piece in begun]


def _take(chunk: list[Line], found: list[Project]) -> None:
    is_listed = bool(chunk) and chunk[0].is_bullet
    project = item(chunk, is_listed=is_listed) if chunk else None
    if project:
        found.append(project)
    elif chunk and found and not is_listed and not is_heading(chunk[0]):
        found[-1].lines += chunk


def first_sentence(text: str) -> str:
    """The first sentence of a paragraph, or nothing."""
    return next(iter(sentences(text)), "")


def item(chunk: list[Line], *, is_listed: bool) -> Project | None:
    """The project that an item tells of: by its heading, a pair of owner and name, or the subject of a sentence."""
    first, rest = chunk[0], chunk[1:]
    project = Project(first_line=first.number, lines=list(chunk))
    headed = is_heading(first) or (first.is_bullet and len(first.text) <= 170 and not first.text.endswith("."))
    if headed and not (rest and told_in(first_sentence(first.text))):
        if is_general(bare_title(first.text)) and not re.search(r"[:–«]", first.text):
            return None
        return project if _of_heading(project, first, rest) else _of_sentences(project, chunk, is_listed=is_listed)
    return _of_sentences(project, chunk, is_listed=is_listed)


def _of_heading(project: Project, first: Line, rest: list[Line]) -> bool:
    pairs = quoted_with_owner(first.text)
    owner, name = (pairs[0][1], pairs[0][0]) if len(pairs) == 1 else owner_and_name(first.text)
    if owner:
        put_organisations(project, "owner", Line(first.number, owner), 0.85)
        if name:
            _named(project, name, first, 0.85)
        _complete(project, rest)
        return True
    if rest and name and not is_general(name) and len(name.split()) <= 20:
        for line in rest[:3]:
            for sentence in sentences(line.text)[:3]:
                told = told_in(sentence)
                if told:
                    project.name = Found(name, first.number, 0.8)
                    _put(project, told, line, 0.75)
                    return True
    return False


def _named(project: Project, name: str, line: Line, confidence: float) -> None:
    """A short right side is a name; a sentence is a description, and the project stays without a name."""
    is_name = (
        len(name.split()) <= 18
        and not name.rstrip().endswith(".")
        and not re.match(r"(?:å|skal|vil|to|vil|will)\b", name)
    )
    if is_name and project.name is None:
        project.name = Found(unquoted(name), line.of(name), confidence)


def _complete(project: Project, rest: list[Line]) -> None:
    """Name in quotation marks and partners from the text below an owner's heading."""
    for line in rest[:4]:
        for sentence in sentences(line.text)[:3]:
            told = told_in(sentence)
            if told is None:
                continue
            if told.name and project.name is None:
                project.name = Found(told.name, line.of(told.name), 0.8)
            add(project.partners, [Found(name, line.of(name), 0.75) for name in told.partners])
        if project.name is None and (
            match := re.match(r"^(?:prosjektet |the project )?[«“\"](?P<name>[^«»“”\"]{3,160})[»”\"]", line.text, re.I)
        ):
            project.name = Found(match["name"], line.number, 0.8)


def _of_sentences(project: Project, chunk: list[Line], *, is_listed: bool) -> Project | None:
    for line in chunk[:2]:
        pairs = quoted_with_owner(line.text)
        told = told_in(first_sentence(line.text), is_listed=is_listed)
        if told:
            _put(project, told, line, 0.8 if told.is_sure else 0.65)
            if project.name is None and len(pairs) == 1:
                project.name = Found(pairs[0][0], line.of(pairs[0][0]), 0.75)
            return project
        if len(pairs) == 1:
            put_organisations(project, "owner", Line(line.number, pairs[0][1]), 0.8)
            project.name = Found(pairs[0][0], line.at(pairs[0][2]), 0.85)
            return project
        match = re.match(r"^(?P<owner>[^:]{2,100}):\s+(?P<text>.{3,})$", line.text)
        if match and not label_of(line.text) and is_organisation(match["owner"]):
            put_organisations(project, "owner", Line(line.number, match["owner"]), 0.8)
            _named(project, match["text"].rstrip("."), line, 0.7)
            return project
    return None


def _put(project: Project, told: Told, line: Line, confidence: float) -> None:
    add(project.owners, [Found(name, line.of(name), confidence) for name in told.owners])
    add(project.partners, [Found(name, line.of(name), confidence * 0.95) for name in told.partners])
    if told.name and project.name is None:
        project.name = Found(told.name, line.of(told.name), confidence)


def _headed(lines: Sequence[Line]) -> list[Project]:
    """Headings that hold both owner and name, at least two of them."""
    found: list[Project] = []
    for index, line in enumerate(lines):
        if not is_heading(line) or line.is_bullet:
            continue
        owner, name = owner_and_name(line.text)
        if owner and name and not is_general(name):
            rest = []
            for after in lines[index + 1 :]:
                if is_heading(after):
                    break
                rest.append(after)
            project = item([line, *rest], is_listed=False)
            found += [project] if project else []
    return found if len(found) >= 2 else []


def _bulleted(lines: Sequence[Line]) -> list[Project]:
    """Bullets that begin with an owner, at least two of them."""
    found = [
        project
        for line in lines
        if line.is_bullet and not line.is_quiet and (project := item([line], is_listed=False)) and project.owners
    ]
    return found if len(found) >= 2 else []


def inline(lines: Sequence[Line]) -> list[Project]:
    """Names in quotation marks with their owners in running text, at least two in one paragraph."""
    found: list[Project] = []
    for line in lines:
        pairs = [] if line.is_quiet else quoted_with_owner(line.text)
        if len(pairs) < 2:
            continue
        for name, owner, offset in pairs:
            project = Project(name=Found(name, line.at(offset), 0.85), first_line=line.number, lines=[line])
            put_organisations(project, "owner", Line(line.at(offset), owner), 0.8)
            if not any(one.name and one.name.value == name for one in found):
                found.append(project)
    return found


def _paragraphs(lines: Sequence[Line]) -> list[Project]:
    """Paragraphs that begin with an owner who is to do something with the award, at least two with different owners."""
    found: list[Project] = []
    pieces = [(piece, parts) for whole in lines for parts in [_pieces(whole)] for piece in parts]
    for line, parts in pieces:
        if line.is_quiet or line.level or len(line.text) < SHORTEST_PARAGRAPH or line.cells:
            continue
        told = told_in(first_sentence(line.text), is_listed=len(parts) > 1)
        if told is None or is_scheme(told.owners[0]):
            continue
        project = Project(first_line=line.number, lines=[line])
        _put(project, told, line, 0.6)
        owners = {str(one.value) for one in project.owners}
        if not any(owners & {str(one.value) for one in known.owners} for known in found):
            found.append(project)
    return found if len(found) >= 2 else []
