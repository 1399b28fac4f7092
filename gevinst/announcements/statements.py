"""What one sentence says about a project: its owners, partners and name.

Belongs here: subjects and their verbs, words that say who owns or takes part, and names in quotation marks.
Does not belong here: where projects begin and end on a page (`projects_in_prose.py`) and labels with a colon
(`projects_in_fields.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from gevinst.announcements.name_lists import WITH, named_in, split_names
from gevinst.announcements.organisations import (
    is_group,
    is_organisation,
    is_pronoun,
    is_word_for_owner,
    joins_name,
    may_be_organisation,
    reads_as_name,
    says_kind,
)
from gevinst.announcements.vocabulary import compiled, limit, one_of, phrases, sentences

_QUOTED = r"[«“\"](?P<name>[^«»“”\"]{3,160})[»”\"]"
BEGINS_QUOTED = compiled(rf"^{one_of('lists.the_project')}?{_QUOTED}", re.IGNORECASE)
QUOTED = re.compile(_QUOTED)
_NAMED_BY = compiled(rf"{one_of('names.project_before')}\s+{_QUOTED}", re.IGNORECASE)
_GIVEN_TO = compiled(rf"{one_of('names.words_before')}\s+(?:prosjektet\s+)?{_QUOTED}")
_NAME_THEN_OWNER = compiled(
    rf"{_QUOTED}\s*(?:,\s*)?(?:\((?=[A-ZÆØÅÄÖÉ])|–\s|-\s|{one_of('names.owner_after')})(?P<owner>[^«»“”\"]+?)"
    rf"(?=\)|\s*(?:,|;|\b{one_of('organisations.and')}\b)\s*(?:[«“\"]|$)|\.(?:\s|$)|$"
    rf"|\s+{one_of('names.owner_ends')}\s)"
)
_OWNER_THEN_NAME = compiled(
    rf"(?P<owner>[A-ZÆØÅÄÖÉ][^«»“”\".;:]{{2,90}}?)\s*(?:\(|:|,|–|-|{one_of('names.after_owner')}|)\s*"
    rf"{one_of('names.its_project')}?\s*{_QUOTED}"
)
_GETS = compiled(rf"^.*\b{one_of('names.gets')}\s+(?=[A-ZÆØÅÄÖÉ])")
_ENDS_BEFORE = compiled(rf"\s+{one_of('names.ends_before')}\b.*$")
_VERB = compiled(rf"(?:,\s+|\s+){one_of('sentences.verbs')}\b(?P<rest>.*)$", re.DOTALL)
# Who receives applications or gives money runs the scheme, and owns no project.
_GIVES = compiled(rf"(?:\S+ ){{1,3}}?{one_of('statements.gives')}", re.IGNORECASE)
_RELATIVE = compiled(rf"\s+{one_of('names.relative')}$")
_LOOSE_END = compiled(rf"(?:\s+{one_of('names.ends_list')})+$")
_PLACES = frozenset(phrases("organisations.group_places"))
_STOP = frozenset(phrases("names.list_stop"))
_GOES_ON = frozenset(phrases("names.list_goes_on"))
_NAMES = r"(?P<names>[^.;]*?(?:\b(?:St|Dr|[A-ZÆØÅÄÖÉ])\.[^.;]*?)*)"
# Names end where a clause begins, and not at each comma: «Led by A, B and C, this project ...».
_END_OF_NAMES = rf"(?=,?\s+{one_of('statements.resumes')}\b|[.;](?:\s|$)|$)"
_OWNER_IS = compiled(
    rf"\b{one_of('statements.owner_is')}\s+(?:{one_of('organisations.article')} )?(?=[A-ZÆØÅÄÖÉ]|[Kk]ommun){_NAMES}"
    rf"{_END_OF_NAMES}",
    re.IGNORECASE,
)
_PARTNERS_ARE = compiled(rf"\b{one_of('statements.partners_are')}\s+{_NAMES}{_END_OF_NAMES}", re.IGNORECASE)
_IS_PARTNER = compiled(rf"^(?P<names>.+?)\s+{one_of('statements.is_partner')}", re.IGNORECASE)
_AS_PARTNERS = compiled(
    rf"(?:^|[\s,(]){one_of('statements.with')}\s+(?P<names>[^.;]+?)\s+{one_of('statements.as_partners')}\b",
    re.IGNORECASE,
)
_SUPPLIERS_ARE = compiled(rf"\b{one_of('statements.suppliers_are')}\s+{_NAMES}{_END_OF_NAMES}", re.IGNORECASE)
_IS_SUPPLIER = compiled(rf"^(?P<names>.+?)\s+{one_of('statements.is_supplier')}", re.IGNORECASE)
# «Leverandøren Klipp og Klar AS ble valgt ...»
_SUPPLIER_NAMED = compiled(
    rf"^(?i:{one_of('statements.supplier_words')})\s+(?P<names>(?:[A-ZÆØÅÄÖÉ0-9&][\w.&'-]*|og|and)"
    r"(?:\s(?:[A-ZÆØÅÄÖÉ0-9&][\w.&'-]*|og|and|&))*)(?=\s[a-zæøå]|[,.]|$)"
)
_BEGINS_OTHERWISE = compiled(
    rf"^(?:{one_of('statements.owner_is')}|{one_of('headings.led_by')}|{one_of('statements.partners_are')})\b",
    re.IGNORECASE,
)
# Who is meant by a word for the owner: «kommunen samarbeider med ...», "the council is working with ...".
_OF_OWNER = compiled(rf"^(?:{one_of('statements.we')})\b|^(?:{one_of('organisations.together_with')})\s", re.IGNORECASE)
# «Eastmere Council will, with Westmere Council, test ...»: the commas say that the words between are about who.
_WITH_BETWEEN = compiled(rf",\s+{one_of('statements.with')}\s+(?P<names>[A-ZÆØÅÄÖÉ][^.;]*?),(?=\s+[a-zæøåäöé])")


@dataclass(slots=True)
class Statement:
    """What one sentence states: owners, partners, suppliers, and a name in quotation marks."""

    owners: list[str] = field(default_factory=list)
    partners: list[str] = field(default_factory=list)
    suppliers: list[str] = field(default_factory=list)
    name: str | None = None
    is_sure: bool = False


def statement_of(sentence: str, *, is_listed: bool = False) -> Statement | None:
    """Owner and partners of a sentence whose subject is an organisation; `None` for any other sentence.

    In a list that is known to be of projects (`is_listed`) a subject with a capital that is no pronoun is enough.
    """
    # The subject is what comes before the verb; where it is long, the verb belongs to a subordinate clause.
    between = _WITH_BETWEEN.search(sentence)
    along = _bodies(between["names"]) if between else []
    if between and along:
        sentence = f"{sentence[: between.start()]}{sentence[between.end() :]}"
    match = _VERB.search(sentence)
    if not match or match.start() > limit("longest_subject"):
        return None
    subject = _RELATIVE.sub("", sentence[: match.start()].strip(" ,"))
    if _BEGINS_OTHERWISE.match(subject):
        return None
    if is_pronoun(subject) or not subject[:1].isupper() or re.search(r"[:«»?!]|(?<!St)\. ", subject):
        return None
    if _GIVES.match(f"{match[0]}".strip(" ,")):
        return None
    named = named_in(subject, is_subject=True)
    if not named.first or named.first[0][:1].islower() or is_word_for_owner(named.first[0]):
        return None
    short = all(len(name.split()) <= 3 for name in named.first[:-1])
    is_sure = all(is_organisation(name) for name in named.first) or (short and is_organisation(named.first[-1]))
    plain = all(len(name.split()) <= 3 and not is_group(name) for name in named.first)
    if not is_sure and not (is_listed and plain):
        return None
    found = Statement(
        owners=named.first,
        partners=named.along,
        name=name_in(match["rest"]) or _begins_with(match["rest"]),
        is_sure=is_sure,
    )
    # From the verb on: «går sammen med» is verb and cooperation in one.
    others = [*along, *along_in(sentence[match.start() :])]
    found.partners += [name for name in others if name not in (*found.partners, *found.owners)]
    return found


def _bodies(text: str) -> list[str]:
    """The names of a list whose first is an organisation; none when it is a list of something else."""
    names = [*(named := named_in(text)).first, *named.along]
    return names if names and may_be_organisation(names[0]) else []


def described_in(sentence: str) -> Statement | None:
    """What a sentence says by a noun: «Prosjekteier er ...», «Led by ...», «... er partner», «... as supplier»."""
    found = Statement(is_sure=True)
    if match := _OWNER_IS.search(sentence):
        named = named_in(match["names"])
        if named.first and may_be_organisation(named.first[0]) and not is_word_for_owner(named.first[0]):
            found.owners = named.first[:1]
            found.partners = [*named.first[1:], *named.along, *along_in(sentence[match.end() :])]
            found.name = name_in(sentence[match.end() :])
    supplied = _SUPPLIERS_ARE.search(sentence) or _IS_SUPPLIER.search(sentence) or _SUPPLIER_NAMED.match(sentence)
    if supplied and not found.owners:
        found.suppliers = _names(supplied["names"])
    along = _AS_PARTNERS.search(sentence) or _PARTNERS_ARE.search(sentence)
    along = along or (None if found.owners or found.suppliers else _IS_PARTNER.search(sentence))
    if along:
        found.partners += [name for name in _bodies(along["names"]) if name not in found.partners]
    return found if found.owners or found.partners or found.suppliers else None


def owner_in(sentence: str) -> Statement | None:
    """What a sentence states that names an owner, by a noun or by its subject; `None` for any other."""
    described = described_in(sentence)
    if described and described.owners:
        return described
    stated = statement_of(sentence)
    if stated and described:
        stated.partners += [name for name in described.partners if name not in (*stated.partners, *stated.owners)]
    return stated


def said_of(sentence: str, owners: Sequence[str]) -> Statement | None:
    """Partners and suppliers of a project whose owners are known, when a sentence is about them or the owner."""
    described = described_in(sentence)
    if described and not described.owners:
        return described
    stated = statement_of(sentence)
    if stated and set(stated.owners) & set(owners):
        return Statement(owners=stated.owners, partners=stated.partners, name=stated.name)
    if stated is None and _OF_OWNER.match(sentence):
        named = along_in(sentence)
        # Beside a body, a name without a word for its kind is one too.
        partners = [name for name in named if reads_as_name(name)] if any(map(may_be_organisation, named)) else []
        return Statement(partners=partners) if partners else None
    return None


def begins_with_body(sentence: str) -> str | None:
    """The body that a sentence begins with, whatever its verb: the words before the first in small letters."""
    words = sentence.split()
    for count in range(1, min(len(words), limit("words_of_body") + 1)):
        name, following = " ".join(words[:count]), words[count]
        goes_on = not following[:1].islower() or joins_name(following) or name.endswith(("-", ",", ":", "."))
        if not goes_on and is_organisation(name):
            return None if is_word_for_owner(name) else name
    return None


def _names(text: str) -> list[str]:
    """The names of suppliers: words in capitals are enough, since companies seldom say what they are."""
    return [name for name in named_in(text).first if reads_as_name(name) and not is_pronoun(name)]


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
    words = text[match.end() :].split()
    for place, word in enumerate(words):
        bare = word.strip("(),.;:")
        # «Høgskulen på Kysten» goes on, «... på kaien» does not.
        is_of_place = bare in _PLACES and bool(kept) and says_kind(kept[-1]) and words[place + 1 : place + 2]
        is_of_place = is_of_place and words[place + 1][:1].isupper() and not kept[-1].endswith(",")
        ends = word.startswith(("«", "“", "–")) or (bare and bare[0].islower() and _ends_list(bare))
        if ends and not is_of_place:
            break
        kept.append(word)
        if re.search(r"[.;:]$", word) and not re.fullmatch(r"(?:St|m\.fl|mfl)\.|[A-ZÆØÅÄÖÉ]\.", word):
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


def _begins_with(rest: str) -> str | None:
    """A name in quotation marks right after the verb: «Ringnes kommune leder «Bo lenger»»."""
    match = QUOTED.match(rest.lstrip())
    return match["name"].strip(" .,") if match else None


def name_in(text: str) -> str | None:
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
        owner = _ENDS_BEFORE.sub("", _GETS.sub("", match["owner"])).strip(" ,")
        owner = next(reversed(split_names(owner)), "")
        if is_organisation(owner):
            found.append((match["name"].strip(" .,"), owner, match.start("name")))
    return found
