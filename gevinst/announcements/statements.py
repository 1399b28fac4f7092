"""What one sentence says about a project: its owners, partners and name.

Belongs here: subjects and their verbs, words that say who owns or takes part, and names in quotation marks.
Does not belong here: where projects begin and end on a page (`projects_in_prose.py`) and labels with a colon
(`projects_in_fields.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gevinst.announcements.name_lists import WITH, named_in, split_names
from gevinst.announcements.organisations import is_group, is_organisation, is_pronoun, may_be_organisation
from gevinst.announcements.vocabulary import limit, one_of, phrases, sentences

_QUOTED = r"[«“\"](?P<name>[^«»“”\"]{3,160})[»”\"]"
BEGINS_QUOTED = re.compile(rf"^{one_of('lists.the_project')}?{_QUOTED}", re.IGNORECASE)
QUOTED = re.compile(_QUOTED)
_NAMED_BY = re.compile(rf"{one_of('names.project_before')}\s+{_QUOTED}", re.IGNORECASE)
_GIVEN_TO = re.compile(rf"{one_of('names.words_before')}\s+(?:prosjektet\s+)?{_QUOTED}")
_NAME_THEN_OWNER = re.compile(
    rf"{_QUOTED}\s*(?:,\s*)?(?:\((?=[A-ZÆØÅÄÖÉ])|–\s|-\s|{one_of('names.owner_after')})(?P<owner>[^«»“”\"]+?)"
    rf"(?=\)|\s*(?:,|;|\b{one_of('organisations.and')}\b)\s*(?:[«“\"]|$)|\.(?:\s|$)|$"
    rf"|\s+{one_of('names.owner_ends')}\s)"
)
_OWNER_THEN_NAME = re.compile(
    rf"(?P<owner>[A-ZÆØÅÄÖÉ][^«»“”\".;:]{{2,90}}?)\s*(?:\(|:|,|–|-|{one_of('names.after_owner')}|)\s*"
    rf"{one_of('names.its_project')}?\s*{_QUOTED}"
)
_GETS = re.compile(rf"^.*\b{one_of('names.gets')}\s+(?=[A-ZÆØÅÄÖÉ])")
_ENDS_BEFORE = re.compile(rf"\s+{one_of('names.ends_before')}\b.*$")
_VERB = re.compile(rf"(?:,\s+|\s+){one_of('sentences.verbs')}\b(?P<rest>.*)$", re.DOTALL)
# Who receives applications or gives money runs the scheme, and owns no project.
_GIVES = re.compile(rf"(?:\S+ ){{1,3}}?{one_of('statements.gives')}", re.IGNORECASE)
_RELATIVE = re.compile(rf"\s+{one_of('names.relative')}$")
_LOOSE_END = re.compile(rf"(?:\s+{one_of('names.ends_list')})+$")
_STOP = frozenset(phrases("names.list_stop"))
_GOES_ON = frozenset(phrases("names.list_goes_on"))
_OWNER_IS = re.compile(
    rf"\b{one_of('statements.owner_is')}\s+(?P<names>(?:[Kk]ommun\w+ )?[A-ZÆØÅÄÖÉ].+?)(?:\.\s|\.?$)", re.IGNORECASE
)
_PARTNERS_ARE = re.compile(rf"\b{one_of('statements.partners_are')}\s+(?P<names>.+?)(?:\.\s|\.?$)", re.IGNORECASE)
_IS_PARTNER = re.compile(rf"^(?P<names>.+?)\s+{one_of('statements.is_partner')}", re.IGNORECASE)
# «Eastmere Council will, with Westmere Council, test ...»: the commas say that the words between are about who.
_WITH_BETWEEN = re.compile(rf",\s+{one_of('statements.with')}\s+(?P<names>[A-ZÆØÅÄÖÉ][^.;]*?),(?=\s+[a-zæøåäöé])")


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
    between = _WITH_BETWEEN.search(sentence)
    along = _bodies(between["names"]) if between else []
    if between and along:
        sentence = f"{sentence[: between.start()]}{sentence[between.end() :]}"
    match = _VERB.search(sentence)
    if not match or match.start() > limit("longest_subject"):
        return None
    subject = _RELATIVE.sub("", sentence[: match.start()].strip(" ,"))
    if is_pronoun(subject) or not subject[:1].isupper() or re.search(r"[:«»?!]|(?<!St)\. ", subject):
        return None
    if _GIVES.match(f"{match[0]}".strip(" ,")):
        return None
    named = named_in(subject, is_subject=True)
    if not named.first or named.first[0][:1].islower():
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
    """Owner and partners where a sentence says so by a noun: «Prosjekteier er ...», «Led by ...», «... er partner»."""
    found = Statement(is_sure=True)
    if match := _OWNER_IS.search(sentence):
        named = named_in(match["names"])
        if named.first and may_be_organisation(named.first[0]):
            found.owners = named.first[:1]
            found.partners = [*named.first[1:], *named.along]
    along = _PARTNERS_ARE.search(sentence) or (None if found.owners else _IS_PARTNER.search(sentence))
    if along:
        found.partners += _bodies(along["names"])
    return found if found.owners or found.partners else None


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
