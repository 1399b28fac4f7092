"""Names of organisations and persons: recognised, split from lists, and assigned as owner or partners.

Belongs here: what looks like an organisation or a person, where one name ends and the next begins, groups without a
name, and adding the organisations of a field to a project.
Does not belong here: looking names up in the registry (`to_rows.py`), finding the list on the page
(`projects_in_fields.py`) and lines that are about persons as such (`article.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from gevinst.announcements.model import Found, Line, Project
from gevinst.announcements.vocabulary import confidence, limit, one_of, pattern
from gevinst.persons import NAME, is_given_name

_ORG_WORD = re.compile(rf"\b(?:{one_of('organisations.words')}|(?i:\w*{one_of('organisations.endings')}))\b")
_ACRONYM = re.compile(r"\([A-ZÆØÅ][A-Za-zÆØÅæøå-]{1,9}\)$")
_PREPOSITION = re.compile(rf"\s{one_of('organisations.prepositions')}\s", re.IGNORECASE)
_NOT_ORG = re.compile(rf"^{one_of('organisations.not_one')}\b", re.IGNORECASE)
_GROUP = re.compile(
    rf"^(?:{one_of('organisations.group_begins')}(?:\s|$).*"
    rf"|{one_of('organisations.groups')}(?:\s+{one_of('organisations.group_places')}\b.*)?)$",
    re.IGNORECASE,
)
_AND_MORE = re.compile(
    rf"(?:,?\s*{one_of('organisations.and')}\s+)?(?:,\s*)?\b{one_of('organisations.and_more')}(?=\W|$)", re.IGNORECASE
)
WITH = re.compile(
    rf"\s*[,(]?\s*{one_of('organisations.together_with')}\s+(?:{one_of('organisations.among')} )?", re.IGNORECASE
)
_AND = re.compile(rf"\s+(?:{one_of('organisations.and')}|&)\s+|\s+{one_of('organisations.and_besides')}\s+")
_BEGINS_WITH_AND = re.compile(rf"{one_of('organisations.and')} ", re.IGNORECASE)
_PART_OF = re.compile(rf"^{one_of('organisations.part_of')}\b|\bDPS$|\bbydel$", re.IGNORECASE)
_WHOLE = re.compile(rf"\b{one_of('organisations.whole')}\b")
_LIST_OF_MUNICIPALITIES = re.compile(rf"^(?i:{one_of('organisations.municipalities_before')})\s+(?=[A-ZÆØÅ])")
_PLURAL = re.compile(r"\s+kommun(?:er|ar)$")
_TOPIC_OF = re.compile(rf"^(?:The )?(?:Norwegian )?{one_of('organisations.of_a_topic')} (?:of|for) [\w ]+$")
_FIRST_OF_TWO = one_of("organisations.first_of_two")
_SECOND_OF_TWO = re.compile(rf"(?:{one_of('organisations.second_of_two')}|Søre)\b")
_SCHEME = re.compile(rf"\b{one_of('organisations.scheme')}\b")
_ROLE = re.compile(rf"\s*\({one_of('organisations.roles')}\)", re.IGNORECASE)
_NONE = pattern("organisations.none")
_CONTACT = re.compile(
    rf"@|www\.|https?:|\b\d{{2}} ?\d{{2}} ?\d{{2}} ?\d{{2}}\b|\b{one_of('organisations.contact')}\b", re.IGNORECASE
)
_NOT_JOINED = re.compile(rf"{one_of('organisations.not_joined')}\b")
_COMPANY = re.compile(rf"\b{one_of('organisations.company_ends')}$")
_KNOWN = re.compile(one_of("organisations.known"))
_DOUBLE_NAMES = pattern("organisations.double_names")
# A kind in small letters at the end belongs to all of the name before it: «Fonn og Fjell bydel».
_LOWER_KIND = re.compile(r"\s[a-zæøå]+$")
_FIRST_WORD = re.compile(rf"^{one_of('organisations.first_word')}\s+")
_TITLE = pattern("persons.titles", words=True)
_SAYS = re.compile(rf"\s*[,–-]*\s*(?:,|–)\s*{one_of('persons.says')}\b.*$", re.IGNORECASE)


@dataclass(slots=True)
class Named:
    """Names in a list, in order: before and after words that mean "together with", and groups without a name."""

    first: list[str] = field(default_factory=list)
    along: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)


def is_person(text: str) -> bool:
    """Whether `text` is a person's name, alone or with a title: capitalised words, the first a given name."""
    bare = re.sub(r"\(.*?\)", "", text).strip(" .,:;")
    match = NAME.match(bare)
    if not match or not is_given_name(match["first"]):
        return False
    # «Kari Nordlund fra Vestmark» is mostly a name; a long sentence that begins with one is about something. 0.6 leaves
    # room for a place or a title of some words after the name.
    is_most = len(bare.split()) <= limit("words_of_person") and match.end() >= len(bare) * 0.6
    return is_most or bool(_TITLE.search(bare[match.end() :]))


def is_title(text: str) -> bool:
    """Whether a short text is a job title."""
    is_short = len(text.split()) <= limit("words_of_person")
    return is_short and bool(_TITLE.search(text)) and not re.search(r"\d", text)


def without_speaker(sentence: str) -> str:
    """The sentence without the words that say who said it."""
    return _SAYS.sub("", sentence).strip(" ,–-")


def is_organisation(text: str) -> bool:
    """Whether `text` looks like the name of an organisation."""
    bare = text.strip(" .,:;")
    if not bare or len(bare) > limit("longest_organisation") or _NOT_ORG.match(bare):
        return False
    if not (bare[0].isupper() or bare[0].isdigit()) or len(bare.split()) > limit("words_of_organisation"):
        return False
    if re.search(r"[?!«»]", bare) or bare.count("(") != bare.count(")") or is_person(bare):
        return False
    # An abbreviation alone: NAV, KS, KiNS.
    if re.fullmatch(r"[A-ZÆØÅ]{2,6}|[A-Z][a-z]?[A-Z]\w{1,4}", bare):
        return True
    return bool(_ORG_WORD.search(_head(bare)))


def is_scheme(owner: str) -> bool:
    """Whether an organisation is one of those that run the scheme, and so is the subject without owning a project."""
    return bool(_SCHEME.search(owner))


def may_be_organisation(text: str) -> bool:
    """Whether `text` looks like an organisation, or ends with an abbreviation in brackets as their names often do."""
    return is_organisation(text) or (text[:1].isupper() and bool(_ACRONYM.search(text)))


def _head(name: str) -> str:
    """The words that give the kind of organisation: those before the first preposition.

    A hyphenated first part (`Arbeids- og velferdsdirektoratet`) and names of regions belong to the head.
    """
    for match in _PREPOSITION.finditer(name):
        before = name[: match.start()]
        if before.endswith("-") or re.search(rf"(?:{_FIRST_OF_TWO}|Helse [\w-]+)$", before):
            continue
        if match[0].strip().lower() == "og" and re.search(
            r"^[\w-]+(?: [A-ZÆØÅ][\w-]+){0,2} (?:kommune|R?HF|fylkeskommune|bydel|AS|SA|IKS|KF)$", name[match.end() :]
        ):
            continue
        return before
    return name


def is_pronoun(text: str) -> bool:
    """Whether a subject is a word that names no organisation, such as `the project` or `we`."""
    return bool(_NOT_ORG.match(text.strip()))


def is_group(text: str) -> bool:
    """Whether `text` refers to several organisations without naming them, such as `kommuner`."""
    bare = text.strip(" .,:;")
    # «Ti kommuner» is a group, «Ti til Tolv» a name: what is counted has no capital.
    return bool(_GROUP.match(bare)) and not (bare[:1].isupper() and bare.split()[-1][:1].isupper() and " " in bare)


def without_brackets(name: str) -> str:
    """A name in lower case without the brackets after it, for comparison."""
    return re.sub(r"\s*\([^)]*\)", "", name).strip().lower()


def named_in(value: str, *, is_subject: bool = False) -> Named:
    """The organisations that a list names, or the subject of a sentence; persons and titles are left out."""
    found = Named()
    for index, part in enumerate(WITH.split(_AND_MORE.sub("", value))):
        for name in split_names(part, is_subject=is_subject):
            if is_group(name) or (name[:1].islower() and not is_organisation(name[:1].upper() + name[1:])):
                found.groups.append(name)
            elif not (is_person(name) or is_title(name) or _CONTACT.search(name)):
                (found.along if index else found.first).append(name)
    return found


def split_names(value: str, *, is_subject: bool = False) -> list[str]:
    """The names in a list, in order, each without the comma, `og` or bullet that separated them."""
    bare = value.strip().strip("•-– ").rstrip(";, ")
    pieces: list[str] = []
    for chunk in re.split(r"\s*[;\n•]\s*|\s+[/+]\s+|\s+\|\s+", bare):
        listed = _at_commas(chunk)
        # «kommunene Lyngby og Steinmo» and «Lyngby og Steinmo kommuner» say themselves that they are several.
        several = bool(_LIST_OF_MUNICIPALITIES.match(chunk) or (_PLURAL.search(chunk) and not is_group(chunk)))
        for place, piece in enumerate(listed):
            is_last = 0 < place == len(listed) - 1
            pieces += _at_ands(piece, is_last=is_last, several=several, is_subject=is_subject)
    # «kommunene Lyngby og Steinmo» and «Lyngby og Steinmo kommuner»: each place gets the word of its own.
    plural = _LIST_OF_MUNICIPALITIES.match(pieces[0]) if pieces else None
    if plural:
        pieces[0] = pieces[0][plural.end() :]
        pieces = [piece if is_organisation(piece) or is_group(piece) else f"{piece} kommune" for piece in pieces]
    elif len(pieces) > 1 and _PLURAL.search(pieces[-1]) and not is_group(pieces[-1]):
        names = [_PLURAL.sub("", piece) for piece in pieces]
        pieces = [name if is_organisation(name) else f"{name} kommune" for name in names]
    return [name for name in (_tidy(piece) for piece in pieces) if name]


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
        if _belongs(before, after):
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
    first, second = _says_kind(before), _says_kind(after) or _says_kind(whole)
    if first and second:
        return True
    if first:
        # The word for its kind ends the first name, which is then whole: «Storvik kommune og Blåtind».
        return _says_kind(before.split()[-1]) or len(before.split()) == 1
    if second and (_LOWER_KIND.search(after) or not _says_kind(after)):
        return is_subject and not _DOUBLE_NAMES.search(f"{before} og {after}")
    if second:
        # «Kartverket» needs no word before it, while «Grønn AS» may.
        return len(before.split()) > 1 or (len(after.split()) == 1 and not _COMPANY.search(after))
    return ends_list or (len(before.split()) > 1 and len(after.split()) > 1)


def _says_kind(name: str) -> bool:
    """Whether a name carries a word for its kind, or is an abbreviation."""
    bare = name.strip(" .,()")
    is_known = bool(_KNOWN.fullmatch(bare))
    return is_known or may_be_organisation(bare) or bool(_ORG_WORD.search(bare)) or bool(_COMPANY.search(bare))


def second_reading(name: str) -> list[str]:
    """The two names that a name with an «og» may be, when only its second half says what it is; else none."""
    for joint in _AND.finditer(name):
        before, after = name[: joint.start()], name[joint.end() :]
        if not _belongs(before, after) and before[-1:] not in "-," and after[:1].isupper() and not _says_kind(before):
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
    if re.search(rf"(?:{_FIRST_OF_TWO}|Nordre)$", before) and _SECOND_OF_TWO.match(after):
        return True
    if re.match(r"(?:Stats\w+|Fylkesmannen) i [\w-]+$", before) and re.fullmatch(r"[A-ZÆØÅ][a-zæøå]+", after):
        return not is_organisation(after)
    if _TOPIC_OF.match(before) and not _ORG_WORD.search(after) and not re.fullmatch(r"[A-Z]{2,6}", after):
        return True
    return bool(re.fullmatch(r"Design|Design-|Ernst|Bing|Helse", before)) and len(after.split()) <= 3


def _tidy(name: str) -> str:
    """A name without quotation marks, role and full stop; empty where the page says that there is none yet."""
    bare = name.strip().strip("•*_ ").strip('«»"“”').strip()
    bare = _ROLE.sub("", _FIRST_WORD.sub("", bare))
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
        others = [*named.first[owned:], *named.along]
        add_names(project.partners, value, others, sure * confidence("factors.beside_owner"))


def add_names(known: list[Found], line: Line, names: Sequence[str], sure: float) -> None:
    """Append the names that are not there yet, with the source line of each and the confidence `sure`."""
    # «kommune» may have been added to a name out of «Lyngby og Steinmo kommuner», and is then not in the line.
    add(known, [Found(name, line.of(name.split(" kommune")[0]), sure) for name in names])


def add(known: list[Found], new: Sequence[Found]) -> None:
    """Append the values that are not there yet, ignoring case."""
    for found in new:
        if str(found.value).lower() not in {str(one.value).lower() for one in known}:
            known.append(found)
