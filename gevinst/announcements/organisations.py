"""What the name of an organisation or a person looks like.

Belongs here: recognising one name: words for the kind of a body, abbreviations, persons and titles, and words that are
neither.
Does not belong here: lists of names (`name_lists.py`), looking names up in the registry (`to_rows.py`), and lines that
are about persons as such (`article.py`).
"""

from __future__ import annotations

import re

from gevinst.announcements.vocabulary import compiled, limit, one_of, pattern
from gevinst.persons_and_contacts import NAME, is_given_name

ORG_WORD = compiled(rf"\b(?:{one_of('organisations.words')}|(?i:\w*{one_of('organisations.endings')}))\b")
# «Nore og Lia kommune»: a place, and the kind that belongs to both.
_PLACE_AND_KIND = compiled(rf"^[\w-]+(?: [A-ZÆØÅÄÖÉ][\w-]+){{0,2}} (?:{one_of('organisations.closed')}|RHF|AS|SA)$")
_ACRONYM = re.compile(r"\([A-ZÆØÅÄÖÉ][A-Za-zÆØÅæøå-]{1,9}\)$")
_PREPOSITION = compiled(rf"\s{one_of('organisations.prepositions')}\s", re.IGNORECASE)
# After «Storvik kommune» a word in small letters that joins nothing begins what the sentence says of it.
_GOES_ON = compiled(
    rf"\b{one_of('organisations.closed')}\s+(?!(?i:{one_of('organisations.prepositions')}|{one_of('organisations.and')}"
    rf"|{one_of('organisations.particles')})\b)[a-zæøåäöé]"
)
_NOT_ORG = compiled(rf"^{one_of('organisations.not_one')}\b", re.IGNORECASE)
_GROUP = compiled(
    rf"^(?:{one_of('organisations.group_begins')}(?:\s|$).*"
    rf"|{one_of('organisations.groups')}(?:\s+{one_of('organisations.group_places')}\b.*)?)$",
    re.IGNORECASE,
)
FIRST_OF_TWO = one_of("organisations.first_of_two")
_SCHEME = compiled(rf"\b{one_of('organisations.scheme')}\b")
COMPANY = compiled(rf"\b{one_of('organisations.company_ends')}$")
_KNOWN = compiled(one_of("organisations.known"))
_PARTICLE = compiled(rf"{one_of('organisations.particles')}|{one_of('organisations.prepositions')}", re.IGNORECASE)
# A label or the end of a sentence inside: what follows is something else.
_NOT_ONE_NAME = re.compile(r"[:?!«»]|[a-zæøåäöé]{3,}\. [A-ZÆØÅÄÖÉ]")
_WORD_FOR_OWNER = pattern("statements.we")
_TITLE = pattern("persons.titles", words=True)
_SAYS = compiled(rf"\s*[,–-]*\s*(?:,|–)\s*{one_of('persons.says')}\b.*$", re.IGNORECASE)


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
    if re.fullmatch(r"[A-ZÆØÅÄÖÉ]{2,6}|[A-Z][a-z]?[A-Z]\w{1,4}", bare):
        return True
    return bool(ORG_WORD.search(_head(bare))) and not _GOES_ON.search(bare)


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
        if before.endswith("-") or re.search(rf"(?:{FIRST_OF_TWO}|Helse [\w-]+)$", before):
            continue
        if match[0].strip().lower() == "og" and _PLACE_AND_KIND.search(name[match.end() :]):
            continue
        return before
    return name


def joins_name(word: str) -> bool:
    """Whether a word in small letters may be inside a name: «Etaten for kartdata», «Nore og Lia kommune»."""
    return bool(_PARTICLE.fullmatch(word)) or bool(ORG_WORD.fullmatch(word))


def is_pronoun(text: str) -> bool:
    """Whether a subject is a word that names no organisation, such as `the project` or `we`."""
    return bool(_NOT_ORG.match(text.strip()))


def is_word_for_owner(text: str) -> bool:
    """Whether a word stands for the owner and is no name: «kommunen», "the council"."""
    return bool(_WORD_FOR_OWNER.fullmatch(text.strip(" .,")))


def is_group(text: str) -> bool:
    """Whether `text` refers to several organisations without naming them, such as `kommuner`."""
    bare = text.strip(" .,:;")
    # «Ti kommuner» is a group, «Ti til Tolv» a name: what is counted has no capital.
    return bool(_GROUP.match(bare)) and not (bare[:1].isupper() and bare.split()[-1][:1].isupper() and " " in bare)


def without_brackets(name: str) -> str:
    """A name in lower case without the brackets after it, for comparison."""
    return re.sub(r"\s*\([^)]*\)", "", name).strip().lower()


def says_kind(name: str) -> bool:
    """Whether a name carries a word for its kind, or is an abbreviation."""
    bare = name.strip(" .,()")
    is_known = bool(_KNOWN.fullmatch(bare))
    return is_known or may_be_organisation(bare) or bool(ORG_WORD.search(bare)) or bool(COMPANY.search(bare))


def reads_as_name(name: str) -> bool:
    """Whether a name reads as that of a body: with a word for its kind, or each of its words with a capital."""
    if name[:1].islower() or _NOT_ONE_NAME.search(name):
        return False
    if says_kind(name):
        return True
    rest = [word for word in name.split() if not _PARTICLE.fullmatch(word)]
    is_short = len(rest) <= limit("words_of_body")
    return is_short and all(re.match(r"[A-ZÆØÅÄÖÉ0-9&+(.]", word) for word in rest)
