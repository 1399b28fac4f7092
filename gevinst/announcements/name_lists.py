"""Lists of names: where one ends and the next begins, who of them owns and who takes part.

Belongs here: parting lists at commas, «og» and words that mean "together with", brackets with partners, places that
share one word for their kind, groups without a name, and adding the names of a field to a project.
Does not belong here: what looks like an organisation or a person (`organisations.py`), looking names up in the registry
(`to_rows.py`), and finding the list on the page (`projects_in_fields.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from gevinst.announcements.model import Found, Line, Project
from gevinst.announcements.organisations import (
    COMPANY,
    FIRST_OF_TWO,
    ORG_WORD,
    is_group,
    is_organisation,
    is_person,
    is_title,
    reads_as_name,
    says_kind,
)
from gevinst.announcements.vocabulary import compiled, confidence, one_of, pattern, phrases, words

_AND_MORE = compiled(
    rf"(?:,?\s*{one_of('organisations.and')}\s+)?(?:,\s*)?\b{one_of('organisations.and_more')}(?=\W|$)", re.IGNORECASE
)
WITH = compiled(
    rf"\s*[,(]?\s*{one_of('organisations.together_with')}\s+(?:{one_of('organisations.among')} )?", re.IGNORECASE
)
_AND = compiled(rf"\s+(?:{one_of('organisations.and')}|&)\s+|\s+{one_of('organisations.and_besides')}\s+")
_BEGINS_WITH_AND = compiled(rf"{one_of('organisations.and')} ", re.IGNORECASE)
_PART_OF = compiled(rf"^{one_of('organisations.part_of')}\b|\bDPS$|\bbydel$", re.IGNORECASE)
_WHOLE = compiled(rf"\b{one_of('organisations.whole')}\b")
# «kommunene Lyngby og Steinmo», «Lyngby og Steinmo kommuner», «Northmere and Southmere Councils»: what each is called.
_BEFORE, _AFTER = words("plurals_before"), words("plurals_after")
_KIND_BEFORE = re.compile(rf"^(?P<kind>{'|'.join(_BEFORE)})\s+(?=[A-ZÆØÅÄÖÉ])", re.IGNORECASE)
_KIND_AFTER = re.compile(rf"\s+(?P<kind>{'|'.join(sorted(_AFTER, key=len, reverse=True))})$", re.IGNORECASE)
_TOGETHER = phrases("statements.together")[0]
# «(partnere: A, B)», «(med A og B)», «(in partnership with A)», and two bodies or more alone in brackets.
_IN_BRACKETS = compiled(
    rf"\s*\((?P<says>(?:{one_of('organisations.together_with')}|{one_of('statements.with')}|{one_of('labels.partners')}"
    rf"|{one_of('organisations.and')})\s*:?\s+)?(?P<names>[^()]+(?:\([^()]*\)[^()]*)*)\)",
    re.IGNORECASE,
)
# «Westmere Council with Eastmere Trust»: between two names the bare word means the same as «together with».
_BARE_WITH = compiled(rf"\s+{one_of('statements.with')}\s+(?=(?:{one_of('organisations.article')} )?[A-ZÆØÅÄÖÉ])")
_APPOSITION = compiled(
    rf"^(?:{one_of('organisations.article')} )?(?i:{one_of('organisations.appositions')})\s+(?=[A-ZÆØÅÄÖÉ])"
)
_TOPIC_OF = compiled(rf"^(?:The )?(?:Norwegian )?{one_of('organisations.of_a_topic')} (?:of|for) [\w ]+$")
_SECOND_OF_TWO = compiled(rf"(?:{one_of('organisations.second_of_two')}|Søre)\b")
_ROLE = compiled(rf"\s*\({one_of('organisations.roles')}\)", re.IGNORECASE)
_NONE = pattern("organisations.none")
_CONTACT = compiled(
    rf"@|www\.|https?:|\b\d{{2}} ?\d{{2}} ?\d{{2}} ?\d{{2}}\b|\b{one_of('organisations.contact')}\b", re.IGNORECASE
)
_NOT_JOINED = compiled(rf"{one_of('organisations.not_joined')}\b")
_DOUBLE_NAMES = pattern("organisations.double_names")
# «Health and Care Partnership»: two words for one thing that a body is for.
_ONE_TOPIC = compiled(rf"\b{one_of('organisations.one_topic')}\b")
_FIRST_WORD = compiled(rf"^{one_of('organisations.first_word')}\s+")
# A kind in small letters at the end belongs to all of the name before it: «Fonn og Fjell bydel».
_LOWER_KIND = re.compile(r"\s[a-zæøåäöé]+$")


@dataclass(slots=True)
class Named:
    """Names in a list, in order: before and after words that mean "together with", and groups without a name."""

    first: list[str] = field(default_factory=list)
    along: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)


def named_in(value: str, *, is_subject: bool = False) -> Named:
    """The organisations that a list names, or the subject of a sentence; persons and titles are left out."""
    found = Named()
    parts = [piece for part in WITH.split(opened(_AND_MORE.sub("", value))) for piece in _at_bare_with(part)]
    for index, part in enumerate(parts):
        for name in split_names(part, is_subject=is_subject):
            if is_group(name) or (name[:1].islower() and not is_organisation(name[:1].upper() + name[1:])):
                found.groups.append(name)
            elif not (is_person(name) or is_title(name) or _CONTACT.search(name)):
                (found.along if index else found.first).append(name)
    return found


def opened(text: str) -> str:
    """A text with «together with» in place of brackets around partners."""
    for match in reversed(list(_IN_BRACKETS.finditer(text))):
        names = split_names(match["names"])
        # «Owner (A, B)», but not «Name (Owner, med A)».
        after_body = says_kind(text[: match.start()].strip().rpartition(" – ")[2])
        are_bodies = after_body and len(names) > 1 and all(is_organisation(name) for name in names)
        if match["says"] or are_bodies:
            text = f"{text[: match.start()]}, {_TOGETHER} {match['names'].strip()}{text[match.end() :]}"
    return text


def _at_bare_with(part: str) -> list[str]:
    """A part of a list, parted where a body is followed by a bare «med» or "with" and another name."""
    for match in _BARE_WITH.finditer(part):
        before = split_names(part[: match.start()])
        if before and says_kind(before[-1]) and before[-1][-1:] != "-":
            return [part[: match.start()], *_at_bare_with(part[match.end() :])]
    return [part]


def split_names(value: str, *, is_subject: bool = False) -> list[str]:
    """The names in a list, in order, each without the comma, `og` or bullet that separated them."""
    bare = value.strip().strip("•-– ").rstrip(";, ")
    chunks = re.split(r"\s*[;\n•]\s*|\s+[/+]\s+|\s+\|\s+", bare)
    found: list[str] = []
    for chunk in chunks:
        before, after = _KIND_BEFORE.match(chunk), None if is_group(chunk) else _KIND_AFTER.search(chunk)
        listed = _at_commas(chunk[before.end() :] if before else chunk)
        if len(chunks) > 1 and len(listed) > 1 and says_kind(listed[0]):
            # Where names are on lines of their own, «Westmere Institute, Westmere» ends in a place.
            listed = [listed[0], *(piece for piece in listed[1:] if says_kind(piece))]
        pieces: list[str] = []
        for place, piece in enumerate(listed):
            is_last = 0 < place == len(listed) - 1
            pieces += _at_ands(piece, is_last=is_last, several=bool(before or after), is_subject=is_subject)
        found += _each_of_its_kind(pieces, before, after)
    return [name for name in (_tidy(piece) for piece in found) if name]


def _each_of_its_kind(pieces: list[str], before: re.Match[str] | None, after: re.Match[str] | None) -> list[str]:
    """The names of a list, each with the word for its kind that the list says once, in the plural."""
    if before:
        form = _BEFORE[before["kind"].lower()]
        return [piece if is_organisation(piece) or is_group(piece) else form.format(piece) for piece in pieces]
    if after and len(pieces) > 1 and pieces[-1][:1].isupper() and not is_group(pieces[-1]):
        form = _AFTER[after["kind"].lower()]
        names = [*pieces[:-1], _KIND_AFTER.sub("", pieces[-1])]
        return [name if is_organisation(name) else form.format(name) for name in names]
    return pieces


def _at_commas(chunk: str) -> list[str]:
    """Split at commas, but not after a hyphen, inside brackets, or between a unit and its organisation."""
    pieces: list[str] = []
    for piece in re.split(r"\s*,\s*(?![^()]*\))", chunk):
        before = pieces[-1] if pieces else ""
        if before.endswith("-") or (_PART_OF.search(before) and _WHOLE.search(piece) and not _AND.search(piece)):
            pieces[-1] = f"{before}, {piece}"
        elif before and (joined := _BEGINS_WITH_AND.match(piece)):
            pieces.append(piece[joined.end() :])
        elif piece:
            pieces.append(piece)
    return pieces


def _at_ands(piece: str, *, is_last: bool, several: bool, is_subject: bool) -> list[str]:
    """Split a piece at `og`, `and` and `&` where two names meet, and not inside one.

    `is_last` is for the last piece of a list with commas, whose «og» joins the list.
    """
    joints = list(_AND.finditer(piece))
    kept: list[str] = []
    start = 0
    for place, joint in enumerate(joints):
        before = piece[start : joint.start()]
        after = piece[joint.end() : joints[place + 1].start() if place + 1 < len(joints) else len(piece)]
        whole = piece[joint.end() :]
        ends_list = is_last and joint[0].strip() != "&"
        topics = (match.span() for match in _ONE_TOPIC.finditer(piece))
        if _belongs(before, after) or any(begins < joint.start() < ends for begins, ends in topics):
            continue
        if several or _are_two(before, after, whole, ends_list=ends_list, is_subject=is_subject):
            kept.append(before)
            start = joint.end()
    return [*kept, piece[start:]]


def _are_two(before: str, after: str, whole: str, *, ends_list: bool, is_subject: bool) -> bool:
    """Whether the words before and after an «og» are two names; `whole` is all that follows, with further «og».

    «Nore og Uvdal kommune» and «Blå og Grønn AS» are one: only the second half says what it is. Where both halves do,
    or neither does and the «og» ends a list or both have several words of their own, they are two. As the subject of a
    sentence, two municipalities mostly share one word.
    """
    if is_group(after) or is_group(whole) or after[:1].islower():
        return True
    first, second = says_kind(before), says_kind(after) or says_kind(whole)
    if first and second:
        return True
    if first:
        # The word for its kind ends the first name, which is then whole: «Storvik kommune og Blåtind».
        return says_kind(before.split()[-1]) or len(before.split()) == 1
    if second and (_LOWER_KIND.search(after) or not says_kind(after)):
        return is_subject and not _DOUBLE_NAMES.search(f"{before} og {after}")
    if second:
        # «Kartverket» needs no word before it, while «Grønn AS» may.
        return len(before.split()) > 1 or (len(after.split()) == 1 and not COMPANY.search(after))
    return ends_list or (len(before.split()) > 1 and len(after.split()) > 1)


def second_reading(name: str) -> list[str]:
    """The two names that a name with an «og» may be, when only its second half says what it is; else none."""
    for joint in _AND.finditer(name):
        before, after = name[: joint.start()], name[joint.end() :]
        if not _belongs(before, after) and before[-1:] not in "-," and after[:1].isupper() and not says_kind(before):
            return [before, after]
    return []


def _belongs(before: str, after: str) -> bool:
    """Whether `before og after` is one name."""
    if before.endswith("-") or before.count("(") > before.count(")"):
        return True
    if after[:1].islower():
        return not is_group(after) and not _NOT_JOINED.match(after)
    if re.match(r"Helse [\w-]+$", before) and re.fullmatch(r"[\w-]+ R?HF", after):
        return True
    if re.search(rf"(?:{FIRST_OF_TWO}|Nordre)$", before) and _SECOND_OF_TWO.match(after):
        return True
    if re.match(r"(?:Stats\w+|Fylkesmannen) i [\w-]+$", before) and re.fullmatch(r"[A-ZÆØÅÄÖÉ][a-zæøåäöé]+", after):
        return not is_organisation(after)
    if _TOPIC_OF.match(before) and not ORG_WORD.search(after) and not re.fullmatch(r"[A-Z]{2,6}", after):
        return True
    return bool(re.fullmatch(r"Design|Design-|Ernst|Bing|Helse", before)) and len(after.split()) <= 3


def _tidy(name: str) -> str:
    """A name without quotation marks, role and full stop; empty where the page says that there is none yet."""
    bare = name.strip().strip("•*_ ").strip('«»"“”').strip()
    bare = _APPOSITION.sub("", _ROLE.sub("", _FIRST_WORD.sub("", bare)))
    if bare.endswith(".") and not re.search(r"\b(?:St|A\.S|Inc|Ltd|Co)\.$", bare):
        bare = bare[:-1]
    bare = bare.rstrip(",;: ")
    if bare.count(")") > bare.count("("):
        bare = bare.rstrip(")")
    return "" if _NONE.fullmatch(bare) else bare


def put_organisations(project: Project, role: str, value: Line, sure: float) -> None:
    """Add the organisations of a field to a project: the first of several owners is the owner, the others are partners.

    Rule: the registry's role `owner` is «den først nevnte når kilden nevner flere»; a label in the plural (`role` is
    ``owners``) makes all of them owners.
    """
    named = named_in(value.text)
    if role in ("suppliers", "partners"):
        known = project.suppliers if role == "suppliers" else project.partners
        add_names(known, value, [*named.first, *named.along], sure)
    elif role == "owners":
        add_names(project.owners, value, named.first, sure)
        add_names(project.partners, value, named.along, sure)
    else:
        owned = 0 if project.owners else 1
        add_names(project.owners, value, named.first[:owned], sure)
        beside = sure * confidence("factors.beside_owner")
        add_names(project.partners, value, [name for name in named.first[owned:] if says_kind(name)], beside)
        # What no word says to be a body is as likely the place of the owner.
        others = [name for name in named.first[owned:] if not says_kind(name)]
        add_names(project.partners, value, others, min(beside, confidence("fields.beside_owner")))
        add_names(project.partners, value, named.along, beside)


def add_names(known: list[Found], line: Line, names: Sequence[str], sure: float) -> None:
    """Append the names that are not there yet, with the source line of each and the confidence `sure`."""
    unlike = confidence("fields.unlike_body")
    # The kind may have been added to a name out of «Lyngby og Steinmo kommuner», which is then not in the line.
    add(
        known, [Found(name, _line_of(line, name), sure if reads_as_name(name) else min(sure, unlike)) for name in names]
    )


def _line_of(line: Line, name: str) -> int:
    words_of = name.split()
    shorter = (" ".join(words_of[:count]) for count in range(len(words_of), 0, -1))
    return line.of(next((text for text in (*shorter, words_of[-1]) if text in line.text), name))


def add(known: list[Found], new: Sequence[Found]) -> None:
    """Append the values that are not there yet, ignoring case."""
    for found in new:
        if str(found.value).lower() not in {str(one.value).lower() for one in known}:
            known.append(found)
