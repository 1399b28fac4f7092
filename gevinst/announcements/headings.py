"""Which lines are headings, and what a heading says of a project.

Belongs here: telling headings from prose, and taking owner and name out of a title such as `Owner: Name`.
Does not belong here: which heading belongs to which block (`blocks.py`, `items.py`).
"""

from __future__ import annotations

import re

from gevinst.announcements.dates import date_in
from gevinst.announcements.model import Line
from gevinst.announcements.organisations import is_organisation, named_in
from gevinst.announcements.persons import is_person
from gevinst.announcements.vocabulary import bare_label_of, is_section, label_of

LONGEST_HEADING = 170
_PREFIX = re.compile(
    r"^(?:prosjektportefølje,? stimulab:?|prosjektportefølje:?|stimulab[- ]?prosjekt(?:et)?:?|"
    r"stimulab[ -](?:20\d\d):?|stimulab:|stimulab –|stimulab \|"
    r"prosjekt(?:et)?:|project:|medfinansiering:|co-financing:|stimulab project:|lær av andre:|case:|portefølje:|"
    r"prosjekt \d+:|\d{1,2}[.)])\s*",
    re.IGNORECASE,
)
_SUFFIX = re.compile(
    r"\s+(?:\||–|-)\s+(?:Digdir\w*|Digitaliseringsdirektoratet|DOGA|Design og arkitektur Norge|Difi|StimuLab|"
    r"Stimulab|regjeringen\.no|[\w-]+\.no)$",
    re.I,
)
_GENERAL = re.compile(
    r"stimulab(?!s? ?-?prosjekt)|\bordning(?:en|a)\b|stimuleringsordning|\bscheme\b|kontakt|årets|leverandørmarked|"
    r"anskaffelse|slik søker|søknadsfrist|kriteri|"
    r"^(?:de|dei|disse|desse|her|dette|the|these|igangsatte|igangsette|nye|fire|fem|seks|sju|syv|"
    r"åtte)\b.*(?:prosjekt|støtte|midler|midlar|funding|project)|"
    r"prosjekter\b.*(?:20\d\d|får|fått)|20\d\d-prosjekt|tidslinje|framdrift|fremover|neste steg|neste runde",
    re.IGNORECASE,
)


def is_heading(line: Line, *, before_field: bool = False) -> bool:
    """Whether a line could be a heading: marked as one, or short, on its own and no sentence.

    `before_field` is for a line right above a label, which need not stand apart from what is above it.
    """
    text = line.text
    if line.is_quiet or line.cells or (line.is_bullet and not before_field):
        return False
    if line.level:
        return True
    if not 2 <= len(text) <= LONGEST_HEADING or len(text.split()) > 24 or not re.match(r"[A-ZÆØÅ0-9«“\"]|e-", text):
        return False
    if text.endswith((".", ",", ";", "–")) or is_person(text) or (label_of(text) and not re.match(_PREFIX, text)):
        return False
    if re.match(
        r"(?:published|publisert|sist (?:endr|oppdat)|oppdatert|last (?:upd|chan)|lesetid)", text, re.IGNORECASE
    ):
        return False
    if re.fullmatch(r"[\d\s.]*\w{3,9}\.?\s*(?:19|20)\d\d|[\d.\s-]+", text) and date_in(text):
        return False
    return line.after_gap or before_field


def is_general(text: str) -> bool:
    """Whether a heading is about the scheme or all projects, and so names none."""
    return is_section(text) or bool(_GENERAL.search(text)) or bare_label_of(text) is not None


def bare_title(text: str) -> str:
    """A title without the words that a site puts before or after every title."""
    bare = text.strip()
    while (shorter := _SUFFIX.sub("", _PREFIX.sub("", bare))) != bare:
        bare = shorter.strip()
    return bare


def unquoted(name: str) -> str:
    """A name without the marks around it and without the full stop after it."""
    bare = name.strip().strip("*_").strip()
    if re.fullmatch(r"[«“\"'‘][^«»“”]+[»”\"'’]\.?", bare):
        bare = bare.rstrip(".")[1:-1]
    return bare.strip().rstrip(".") if len(bare.split()) > 1 and not bare.endswith("..") else bare.strip()


def owner_and_name(text: str) -> tuple[str | None, str | None]:
    """Owner and name in a title: `Owner: Name`, `Name – Owner`, `Name (Owner)`; what is not there is `None`."""
    bare = bare_title(text)
    for pattern in (r"^(?P<left>[^:]{2,110}):\s+(?P<right>.+)$", r"^(?P<left>.{2,110}?)\s+[–—-]\s+(?P<right>.+)$"):
        match = re.match(pattern, bare)
        if match and _is_only_organisations(match["left"]):
            return match["left"].strip(), _quoted_or_whole(match["right"])
        if match and "–—-".find(bare[match.end("left") + 1]) >= 0 and _is_only_organisations(match["right"]):
            return match["right"].strip(" ."), unquoted(match["left"])
    match = re.match(r"^(?P<left>.+?)\s*\((?P<right>[^()]{4,110}(?:\([^()]+\))?)\)\.?$", bare)
    if match and _is_only_organisations(match["right"]) and not re.fullmatch(r"\w{2,8}", match["right"]):
        return match["right"].strip(), unquoted(match["left"])
    match = re.match(
        r"^[«“\"](?P<name>[^»”\"]+)[»”\"]\s*(?:,|ved|hos|fra|frå|i regi av|by|at|av)\s*(?P<owner>.+)$", bare
    )
    if match and _is_only_organisations(match["owner"]):
        return match["owner"].strip(" ."), match["name"].strip()
    match = re.match(
        r"^(?P<owner>[^«“\"]{2,110}?)\s*(?:,|med|with|for)?\s*(?:prosjektet|"
        r"project)?\s*[«“\"](?P<name>[^»”\"]+)[»”\"]\.?$",
        bare,
    )
    if match and _is_only_organisations(match["owner"]):
        return match["owner"].strip(" ,"), match["name"].strip()
    if _is_only_organisations(bare):
        return bare, None
    return None, unquoted(bare) or None


def _quoted_or_whole(text: str) -> str:
    """The one name in quotation marks after words on money, such as `2 million to «Name»`; else the whole text."""
    match = re.match(
        r"^(?:[\d.,]+ .*?|støtte .*?|midler .*?|midlar .*?|kr .*?|NOK .*?)[«“\"](?P<name>[^«»“”\"]+)[»”\"]\.?$", text
    )
    return match["name"].strip() if match else unquoted(text)


def _is_only_organisations(text: str) -> bool:
    named = named_in(text)
    names = [*named.first, *named.along]
    return (
        bool(names)
        and len(text) <= 110
        and is_organisation(names[0])
        and all(name[:1].isupper() and not re.search(r"\b(?:skal|vil|får|til|med)\b", name) for name in names)
    )
