"""Sentences whose subject is an organisation, and the organisations that act with it.

Belongs here: taking owner, partners and a quoted name out of one sentence.
Does not belong here: which sentences are about projects (`items.py`, `projects.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gevinst.announcements.organisations import WITH, is_group, is_organisation, is_pronoun, named_in
from gevinst.announcements.words import word_list

_VERB = re.compile(
    r"(?:,\s+|\s+)(?P<verb>(?:har fått|skal|vil|ønsker|ønskjer|ønskte|ønsket|får|fekk|fikk|jobber|arbeider|"
    r"arbeidar|utvikler|utviklar|utforsker|utforskar|"
    r"planlegger|planlegg|prøver|prøvar|tester|testar|går sammen|går saman|tar sikte på|tek sikte på|har som mål|"
    r"leder|leiar|eier|eig|samarbeider|samarbeidar|"
    r"blir tildelt|ble tildelt|er opptatt av|er oppteken av|er blant|er mellom|er med|er en av|er ein av|"
    r"vart tildelt|ble valgt|er tildelt|mottar|mottek|søker|ser på|undersøker|undersøkjer|lager|lagar|tar tak i|"
    r"tek tak i|bruker|brukar|"
    r"will|is to|are to|wants? to|aims? to|plans? to|receives?|received|gets?|is developing|are developing|"
    r"is exploring|intends? to|has been awarded|"
    r"was awarded|is awarded|explores?|develops?|is working|are working|works|hopes to|leads|is leading|"
    r"has received|is given))\b(?P<rest>.*)$",
    re.DOTALL,
)
_QUOTED = re.compile(r"[«“\"](?P<name>[^«»“”\"]{3,160})[»”\"]")
_NAMED_BY = re.compile(
    r"(?:\bprosjektet|\bprosjektene|\bprosjekta|\bprosjekt(?:namnet|navnet)|"
    r"\bproject)\s+[«“\"](?P<name>[^«»“”\"]{3,160})[»”\"]",
    re.IGNORECASE,
)
_QUOTED_WITH_OWNER = re.compile(
    r"[«“\"](?P<name>[^«»“”\"]{3,160})[»”\"]\s*(?:,\s*)?(?:\((?=[A-ZÆØÅ])|–\s|-\s|ved\s|hos\s|hjå\s|frå\s|fra\s|"
    r"i regi av\s|leda av\s|ledet av\s|eid av\s|"
    r"eigd av\s|i\s(?=[A-ZÆØÅ])|at\s|by\s|led by\s|run by\s|from\s|owned by\s|of\s)(?P<owner>[^«»“”\"]+?)"
    r"(?=\)|\s*(?:,|;|\bog\b|\band\b|\bsamt\b)\s*(?:[«“\"]|$)|\.(?:\s|$)|$|\s+(?:skal|vil|som|will|which|er|har)\s)"
)
_OWNER_WITH_QUOTED = re.compile(
    r"(?P<owner>[A-ZÆØÅ][^«»“”\".;:]{2,90}?)\s*(?:\(|:|,|–|-|med|with|for|får støtte til|får midler til|støtte til|"
    r"støtte for|midler til|midlar til|stønad til|funding for|support for|)\s*(?:prosjektet|project|sitt prosjekt|"
    r"its project)?\s*"
    r"[«“\"](?P<name>[^«»“”\"]{3,160})[»”\"]"
)
_STOP = word_list("""
å som der hvor skal vil kan har er var om på ved til fra frå gjennom to will which that on by å blant utvikle
utvikla utforske utforska jobbe arbeide arbeida lage laga se sjå finne finna teste testa prøve prøva bidra etablere
etablera skape skapa få gå ta gi gje bli være vere gjøre gjere bygge byggje forbedre betre undersøke undersøkje
samordne samordna forenkle forenkla forebygge førebyggje styrke styrkje redusere redusera starte start kartlegge
kartleggje endre endra develop explore create build test improve find make look examine study design work reduce
simplify establish has have had was were is are in_order så slik når dersom hvis for_å legge leggje løse løyse samle
samla tenke tenkje hente måle måla utarbeide utarbeida gjennomføre gjennomføra using through where who tar tek
jobber arbeider arbeidar utvikler utforsker samarbeider ser får fått både med under innenfor innan
starter startar begynner varer skjer gir gjev fører går bruker brukar gjennomfører gjennomføres
""")
_NOUNS_IN_E = word_list("""
kommune fylkeskommune ulike lokale statlige statlege private andre noe noen nokre ansatte frivillige frivillege
ideelle regionale kommunale kommunene tillitsvalgte tillitsvalde flere fleire helse the some several utvalgte
utvalde berørte aktuelle øvrige tre pårørende relevante seks fire norske forskere nærliggende omkringliggende
institute office service trade science college state centre justice defence nature culture finance tjeneste teneste
""")


@dataclass(slots=True)
class Told:
    """What one sentence tells: owners, partners, a name in quotation marks, and the text after the verb."""

    owners: list[str] = field(default_factory=list)
    partners: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    name: str | None = None
    is_sure: bool = False


def told_in(sentence: str, *, is_listed: bool = False) -> Told | None:
    """Owner and partners of a sentence whose subject is an organisation; `None` for any other sentence.

    In a list that is known to be of projects (`is_listed`) a subject with a capital that is no pronoun is enough.
    """
    match = _VERB.search(sentence)
    if not match or match.start() > 170:
        return None
    subject = re.sub(r"\s+(?:som|which|that)$", "", sentence[: match.start()].strip(" ,"))
    if is_pronoun(subject) or not subject[:1].isupper() or re.search(r"[:«»?!]|(?<!St)\. ", subject):
        return None
    named = named_in(subject)
    if not named.first or named.first[0][:1].islower():
        return None
    short = all(len(name.split()) <= 3 for name in named.first[:-1])
    is_sure = all(is_organisation(name) for name in named.first) or (short and is_organisation(named.first[-1]))
    plain = all(len(name.split()) <= 3 and not is_group(name) for name in named.first)
    if not is_sure and not (is_listed and plain):
        return None
    told = Told(owners=named.first, partners=named.along, groups=named.groups, is_sure=is_sure)
    names, groups = along_in(match["rest"])
    told.partners += [name for name in names if name not in told.partners and name not in told.owners]
    told.groups += groups
    told.name = name_in(match["rest"])
    return told


def along_in(text: str) -> tuple[list[str], list[str]]:
    """Organisations, and groups without a name, after the first words that mean together with."""
    match = WITH.search(text)
    if not match:
        return [], []
    kept: list[str] = []
    for word in text[match.end() :].split():
        bare = word.strip("(),.;:")
        if word.startswith(("«", "“", "–")) or (bare and bare[0].islower() and _ends_list(bare)):
            break
        kept.append(word)
        if re.search(r"[.;:]$", word) and not re.fullmatch(r"(?:St|m\.fl|mfl)\.|[A-ZÆØÅ]\.", word):
            break
    chunk = re.sub(r"(?:\s+(?:og|and|i|for|samt|av|of|in|,))+$", "", " ".join(kept).rstrip(".;:, "))
    named = named_in(chunk)
    names = [name for name in [*named.first, *named.along] if name[:1].isupper() or is_organisation(name)]
    return [name for name in names if not is_pronoun(name)], named.groups


def _ends_list(word: str) -> bool:
    if word in _STOP:
        return True
    return (
        word.endswith("e")
        and len(word) >= 5
        and word not in _NOUNS_IN_E
        and not is_organisation(word[:1].upper() + word[1:])
    )


def name_in(text: str) -> str | None:
    """A project's name in quotation marks, when the words before it say that it is one."""
    match = _NAMED_BY.search(text) or re.search(
        r"(?:til|støtte til|midler til|midlar til|med|for|funding for|with|support for|kalt|kalla|"
        r"called)\s+(?:prosjektet\s+)?" + _QUOTED.pattern,
        text,
    )
    return match["name"].strip(" .,") if match else None


def quoted_with_owner(text: str) -> list[tuple[str, str, int]]:
    """Pairs of name and owner such as «Name» ved Owner, with the offset of each name."""
    found: list[tuple[str, str, int]] = []
    for match in _QUOTED_WITH_OWNER.finditer(text):
        named = named_in(match["owner"])
        if named.first and is_organisation(named.first[0]):
            found.append((match["name"].strip(" .,"), match["owner"].strip(" ,."), match.start("name")))
    if found:
        return found
    for match in _OWNER_WITH_QUOTED.finditer(text):
        owner = re.split(r"\b(?:og|and|samt)\s+(?=[A-ZÆØÅ])", match["owner"])[-1].strip(" ,")
        owner = re.sub(r"^.*\b(?:får|fikk|fekk|gets|receives)\s+(?=[A-ZÆØÅ])", "", owner)
        owner = re.sub(r"\s+(?:får|fekk|fikk|receives|med|with)\b.*$", "", owner)
        if is_organisation(owner):
            found.append((match["name"].strip(" .,"), owner, match.start("name")))
    return found
