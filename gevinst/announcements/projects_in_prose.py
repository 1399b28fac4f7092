"""Projects in lists and sentences, without labels.

Belongs here: where a list of projects begins and ends, what an item says about owner and name, and extracting owner,
partners and a quoted name from one sentence.
Does not belong here: labels and tables (`projects_in_fields.py`) and what else a text says about a project
(`projects.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from gevinst.announcements.article import bare_title, is_general, is_heading, owner_and_name, unquoted
from gevinst.announcements.model import Found, Line, Project
from gevinst.announcements.organisations import (
    WITH,
    add_names,
    is_group,
    is_organisation,
    is_pronoun,
    is_scheme,
    named_in,
    put_organisations,
)
from gevinst.announcements.vocabulary import (
    confidence,
    is_section,
    label_of,
    limit,
    one_of,
    pattern,
    phrases,
    sentences,
)

T = TypeVar("T")

_SCHEME = re.compile(r"stimu-?lab", re.IGNORECASE)
_INTRODUCED = pattern("lists.introduced")
_GOT = pattern("lists.got")
_AFTER_LIST = re.compile(rf"^{one_of('lists.after')}", re.IGNORECASE)
_NOT_A_NAME = re.compile(rf"{one_of('lists.not_a_name')}\b")
_AFTER_COLON = re.compile(r"(?<=[a-zæøå]):\s+(?=[A-ZÆØÅ])")

_QUOTED = r"[«“\"](?P<name>[^«»“”\"]{3,160})[»”\"]"
_BEGINS_QUOTED = re.compile(rf"^{one_of('lists.the_project')}?{_QUOTED}", re.IGNORECASE)
_NAMED_BY = re.compile(rf"{one_of('names.project_before')}\s+{_QUOTED}", re.IGNORECASE)
_GIVEN_TO = re.compile(rf"{one_of('names.words_before')}\s+(?:prosjektet\s+)?{_QUOTED}")
_NAME_THEN_OWNER = re.compile(
    rf"{_QUOTED}\s*(?:,\s*)?(?:\((?=[A-ZÆØÅ])|–\s|-\s|{one_of('names.owner_after')})(?P<owner>[^«»“”\"]+?)"
    rf"(?=\)|\s*(?:,|;|\b{one_of('organisations.and')}\b)\s*(?:[«“\"]|$)|\.(?:\s|$)|$"
    rf"|\s+{one_of('names.owner_ends')}\s)"
)
_OWNER_THEN_NAME = re.compile(
    rf"(?P<owner>[A-ZÆØÅ][^«»“”\".;:]{{2,90}}?)\s*(?:\(|:|,|–|-|{one_of('names.after_owner')}|)\s*"
    rf"{one_of('names.its_project')}?\s*{_QUOTED}"
)
_GETS = re.compile(rf"^.*\b{one_of('names.gets')}\s+(?=[A-ZÆØÅ])")
_ENDS_BEFORE = re.compile(rf"\s+{one_of('names.ends_before')}\b.*$")
_LAST_OF_LIST = re.compile(rf"\b{one_of('organisations.and')}\s+(?=[A-ZÆØÅ])")
_VERB = re.compile(rf"(?:,\s+|\s+){one_of('sentences.verbs')}\b(?P<rest>.*)$", re.DOTALL)
_RELATIVE = re.compile(rf"\s+{one_of('names.relative')}$")
_LOOSE_END = re.compile(rf"(?:\s+{one_of('names.ends_list')})+$")
_STOP = frozenset(phrases("names.list_stop"))
_GOES_ON = frozenset(phrases("names.list_goes_on"))


@dataclass(slots=True)
class Statement:
    """What one sentence states: owners, partners, and a name in quotation marks."""

    owners: list[str] = field(default_factory=list)
    partners: list[str] = field(default_factory=list)
    name: str | None = None
    is_sure: bool = False


def statement_of(sentence: str, *, is_listed: bool = False) -> Statement | None:
    """Owner and partners of a sentence whose subject is an organisation; `None` for any other sentence.

    In a list that is known to be of projects (`is_listed`) a subject with a capital that is no pronoun is enough.
    """
    # The subject is what comes before the verb; where it is long, the verb belongs to a subordinate clause.
    match = _VERB.search(sentence)
    if not match or match.start() > limit("longest_subject"):
        return None
    subject = _RELATIVE.sub("", sentence[: match.start()].strip(" ,"))
    if is_pronoun(subject) or not subject[:1].isupper() or re.search(r"[:«»?!]|(?<!St)\. ", subject):
        return None
    named = named_in(subject, is_subject=True)
    if not named.first or named.first[0][:1].islower():
        return None
    short = all(len(name.split()) <= 3 for name in named.first[:-1])
    is_sure = all(is_organisation(name) for name in named.first) or (short and is_organisation(named.first[-1]))
    plain = all(len(name.split()) <= 3 and not is_group(name) for name in named.first)
    if not is_sure and not (is_listed and plain):
        return None
    found = Statement(owners=named.first, partners=named.along, name=_name_in(match["rest"]), is_sure=is_sure)
    found.partners += [name for name in along_in(match["rest"]) if name not in (*found.partners, *found.owners)]
    return found


def first_statement(text: str, *, is_listed: bool = False) -> Statement | None:
    """What the first sentence of a paragraph states."""
    first = next(iter(sentences(text)), "")
    return statement_of(first, is_listed=is_listed)


def along_in(text: str) -> list[str]:
    """Organisations after the first words that mean "together with"."""
    match = WITH.search(text)
    if not match:
        return []
    kept: list[str] = []
    for word in text[match.end() :].split():
        bare = word.strip("(),.;:")
        if word.startswith(("«", "“", "–")) or (bare and bare[0].islower() and _ends_list(bare)):
            break
        kept.append(word)
        if re.search(r"[.;:]$", word) and not re.fullmatch(r"(?:St|m\.fl|mfl)\.|[A-ZÆØÅ]\.", word):
            break
    named = named_in(_LOOSE_END.sub("", " ".join(kept).rstrip(".;:, ")))
    names = [name for name in [*named.first, *named.along] if name[:1].isupper() or is_organisation(name)]
    return [name for name in names if not is_pronoun(name)]


def _ends_list(word: str) -> bool:
    """Whether a word in small letters ends a list of names: a known one, or what looks like a verb in -e."""
    if word in _STOP:
        return True
    looks_like_verb = word.endswith("e") and len(word) >= limit("shortest_verb_in_e") and word not in _GOES_ON
    return looks_like_verb and not is_organisation(word[:1].upper() + word[1:])


def _name_in(text: str) -> str | None:
    """A project's name in quotation marks, when the words before it mark it as one."""
    match = _NAMED_BY.search(text) or _GIVEN_TO.search(text)
    return match["name"].strip(" .,") if match else None


def quoted_with_owner(text: str) -> list[tuple[str, str, int]]:
    """Pairs of name and owner such as «Name» ved Owner, with the offset of each name."""
    found: list[tuple[str, str, int]] = []
    for match in _NAME_THEN_OWNER.finditer(text):
        named = named_in(match["owner"])
        if named.first and is_organisation(named.first[0]):
            found.append((match["name"].strip(" .,"), match["owner"].strip(" ,."), match.start("name")))
    if found:
        return found
    # Only then the other order: «A» ved X og «B» ved Y would otherwise also pair X with «B».
    for match in _OWNER_THEN_NAME.finditer(text):
        owner = _LAST_OF_LIST.split(match["owner"])[-1].strip(" ,")
        owner = _ENDS_BEFORE.sub("", _GETS.sub("", owner))
        if is_organisation(owner):
            found.append((match["name"].strip(" .,"), owner, match.start("name")))
    return found


def projects_in_text(lines: Sequence[Line]) -> list[Project]:
    """Projects in a list after words that announce one; else in bullets or paragraphs that begin with an owner.

    The first way that finds any is used: each has a lower confidence than those before it.
    """
    ways = (_listed, _headed, _bulleted, inline, _paragraphs, _single)
    return next((found for way in ways if (found := way(lines))), [])


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
        starts = (
            line.is_bullet
            or (heading and not is_section(line.text))
            or (not bullets and first_statement(line.text) is not None)
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
        if project.name is None and (match := _BEGINS_QUOTED.match(line.text)):
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


def _bulleted(lines: Sequence[Line]) -> list[Project]:
    """Bullets that begin with an owner, at least two of them."""
    items = (_item([line]) for line in lines if line.is_bullet and not line.is_quiet)
    return _at_least_two([project for project in items if project and project.owners])


def inline(lines: Sequence[Line]) -> list[Project]:
    """Names in quotation marks with their owners in running text, at least two in one paragraph."""
    found: list[Project] = []
    for line in lines:
        pairs = [] if line.is_quiet else quoted_with_owner(line.text)
        for name, owner, offset in _at_least_two(pairs):
            number = line.at(offset)
            project = Project(
                name=Found(name, number, confidence("lists.quoted")), first_line=line.number, lines=[line]
            )
            put_organisations(project, "owner", Line(number, owner), confidence("lists.owner_of_quoted"))
            if not any(one.name and one.name.value == name for one in found):
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
    if not any(_SCHEME.search(line.text) for line in top):
        return []
    for line in top:
        for sentence in sentences(line.text)[:2]:
            stated = statement_of(sentence, is_listed=True)
            known = stated and (stated.is_sure or len(stated.owners) > 1)
            if stated and known and _GOT.search(sentence) and not is_scheme(stated.owners[0]):
                project = Project(first_line=line.number, lines=list(lines))
                _put(project, stated, line, confidence("lists.paragraph"))
                _complete(project, [one for one in top if one is not line])
                return [project]
    return []
