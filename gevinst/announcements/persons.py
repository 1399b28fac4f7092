"""Names of persons, so that they stay out.

Belongs here: how a name is told from an organisation, and how a speaker is cut off a sentence.
Does not belong here: lines that are about persons as such (`boilerplate.py`).
"""

from __future__ import annotations

import re

from gevinst.announcements.words import word_list

_GIVEN = word_list("""
anders andreas anita ann anna anne annette anton arild arne arvid astrid aud aleksander alexander ali amalie amina
anette are ane berit bente birgit birgitte bjarne bjørg bjørn bodil camilla cathrine cecilie charlotte christian
christin christina christine christopher dag daniel david ebba edvard egil eirik einar elin eline elisabeth ella
ellen else emil emilie emma erik erlend espen eva even fatima finn frida frode frank fredrik geir georg gerd grete
grethe gro gunn gunnar guri hans harald harriet hege heidi helene helga helge henrik henriette hilde håkon håvard
ida inga inge ingebjørg inger ingrid ingunn ingvild irene ivar jack jan janne jens joakim johan johanne johannes
john jon jonas jorunn jostein julie jørgen jørn kai kari karin karianne karl karoline kathrine katrine kim kine
kirsten kjell kjersti knut kristian kristin kristina kristine kristoffer kåre lars laila lena lene leif linda line
lisbeth liv lise mads magne magnus maja malin margrethe mari maria marianne marie marit marius markus marte martha
martin martine mathias mats may merete mette michael mohamed mona monica morten nils nina nora odd ola olav ole
oscar oskar otto per peter petter pål ragnhild randi reidun rolf roar roger roy rune runar ruth sara sigrid sigurd
silje simen siri sissel siv sofie solveig stein steinar stian stig sunniva svein sverre synnøve sølvi sindre tage
terje thea thomas thor tina tine tobias tom tomas tone tor tore torbjørn tord torill trine trond trude turid tuva
ulf unni vegard veronica vibeke vidar vigdis wenche yngve øivind øystein øyvind åse åshild aase
""")
_FIRST = frozenset(name.capitalize() for name in _GIVEN)
_TITLE = re.compile(
    r"\b(?:\w*rådgiver|\w*rådgjevar|\w*direktør|\w*leder|\w*leiar|\w*sjef|\w*minister|statsråd|statssekretær|"
    r"\w*koordinator|"
    r"overlege|professor|forsker|forskar|tjenestedesigner|tenestedesignar|\w*konsulent|rådmann|ordfører|ordførar|"
    r"kommunedirektør|"
    r"adviser|advisor|director|manager|head of \w+|minister|coordinator|project lead|consultant|prosjektmedarbeider)\b",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"\b(?P<first>[A-ZÆØÅ][a-zæøåéèüö]+)(?:-[A-ZÆØÅ][a-zæøå]+)?(?:\s+[A-ZÆØÅ]\.)*"
    r"(?P<rest>(?:\s+(?:van |von |de )?[A-ZÆØÅ][\w'’-]+){1,3})"
)
_SAYS = re.compile(
    r"\s*[,–-]*\s*(?:,|–)\s*(?:sier|seier|forteller|fortel|forklarer|forklarar|mener|meiner|påpeker|legger|says|"
    r"said|explains|"
    r"according to|ifølge|ifølgje)\b.*$",
    re.IGNORECASE,
)


def is_person(text: str) -> bool:
    """Whether `text` is a person's name, alone or with a title: capitalised words, the first a given name."""
    bare = re.sub(r"\(.*?\)", "", text).strip(" .,:;")
    match = _NAME.match(bare)
    return bool(match and match["first"] in _FIRST and len(bare.split()) <= 6 and match.end() >= len(bare) * 0.6) or (
        bool(match) and match["first"] in _FIRST and bool(_TITLE.search(bare[match.end() :]))
    )


def is_title(text: str) -> bool:
    """Whether a short text is a job title."""
    return len(text.split()) <= 6 and bool(_TITLE.search(text)) and not re.search(r"\d", text)


def names_a_person(text: str) -> bool:
    """Whether a sentence names a person anywhere."""
    return any(match["first"] in _FIRST for match in _NAME.finditer(text))


def without_speaker(sentence: str) -> str:
    """The sentence without the words that say who said it."""
    return _SAYS.sub("", sentence).strip(" ,–-")
