"""What kind of document a page is, its language, title, date and publisher.

Belongs here: signs of each kind, and the page's facts about itself.
Does not belong here: what the page tells (`projects.py`, `rounds.py`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gevinst.announcements.dates import date_in
from gevinst.announcements.document import Document
from gevinst.announcements.fields import Field
from gevinst.announcements.headings import is_heading
from gevinst.announcements.model import Found, Line
from gevinst.announcements.organisations import is_organisation
from gevinst.announcements.vocabulary import label_of
from gevinst.announcements.words import word_list

TYPES = (
    "award_news", "cohort_page", "project_page", "ministry_release", "vendor_table", "call", "scheme_rules",
    "portfolio_page", "programme_page", "cofinancing_page", "vendor_case", "summary_article", "other",
)  # fmt: skip
_NORWEGIAN = word_list("""
og det som er på skal av til med å har kan ikke ikkje en ein et eit fra frå de dei
""")
_ENGLISH = word_list("""
the and of with this that are from their which was were have has
""")
_BOKMAL = word_list("""
ikke hva hvordan fra noen disse prosjektene prosjekter virksomhet virksomheter mer jeg de en et være gjøre bli
sammen gjennom hvor kommuner tjenester ble utfordringer innbyggerne uker virksomheten støtter kommunen jobber
""")
_NYNORSK = word_list("""
ikkje kva korleis frå nokre desse prosjekta verksemd verksemder meir eg dei ein eit vere gjere saman innbyggjarane
kommunar tenester tenesta vert vart nokon berre løysing løysinga noko no vekene kommunane arbeider søkje førebyggje
""")
_AWARD = re.compile(
    r"\b(?:får|fått|fikk|fekk|får årets|tildel\w*|innvilg\w*)\b.{0,60}(?:støtte|stønad|midl\w+|tilskudd|tilskot|"
    r"millioner|millionar|stimulab)|(?:støtte|midler|midlar) til \w+ (?:nye )?(?:\w+-?)?prosjekt|"
    r"(?:er|ble|vart|blei|har) (?:nå |no )?(?:valgt|valde|utvalgt|utvalde|plukket|plukka|vald)(?: ut)?|valgt ut|"
    r"valde ut|disse får|desse får|"
    r"(?:receive|receives|received|awards?|awarded|shares?|granted|given|selected|win|wins|"
    r"chosen)\b.{0,60}(?:fund\w*|support|grant|project\w*|stimulab|among|from)|igangsatte prosjekt|"
    r"igangsette prosjekt|prosjektene som får|prosjekta som får|tildelingen er klar|tildelinga er klar|paid out|"
    r"projects launched",
    re.IGNORECASE,
)
_CALL = re.compile(
    r"søknadsfrist|frist(?:en)? for å (?:søke|søkje)|(?:nå |no )?(?:søker|søkjer) vi(?: etter)?\b|vi (?:søker|"
    r"søkjer) (?:samarbeid|nye|etter)|bli med i stimulab\?|søk (?:om )?(?:støtte|midler|midlar|nå|no)\b|lyser ut|"
    r"lyses ut|utlysning(?:en|a)?\b|inviterer (?:til å søke|statlige|virksomheter)|hvem kan søke|kven kan søke|"
    r"slik søker du|slik søkjer|"
    r"call for (?:applications|proposals)|application deadline|who can apply|how to apply|apply (?:now|for|by)|"
    r"kan (?:nå )?søke|kan (?:no )?søkje|søkje (?:om )?(?:støtte|midlar)|vurderingskriterier|"
    r"kriterier for (?:tildeling|utvelgelse)",
    re.IGNORECASE,
)
_RULES = re.compile(
    r"tilskuddsregelverk|tilskotsregelverk|retningslinjer for|retningsliner for|regelverk for|selve ordningen|"
    r"sjølve ordninga|§\s?\d|kapittel \d|post \d|grant (?:rules|regulations)|rules for|tildelingskriterier|"
    r"tildelingskriterium|oppfølging og kontroll|målgruppe for ordning",
    re.IGNORECASE,
)
_RELEASE = re.compile(
    r"(?m)^pressemelding|pressemelding nr|^press release|historisk arkiv|publisert under: ?regjering|pressetelefon|"
    r"pressevakt",
    re.IGNORECASE,
)
_COFUND = re.compile(r"medfinansieringsordning|\bmedfinansiering(?:en|a)?\b|co-financing|co-funding", re.IGNORECASE)
_SUMMARY = re.compile(
    r"last ned rapporten|hovedfunn|hovudfunn|rapporten beskriver|kunnskapsoppsummering|rapport(?:en|a)? (?:viser|"
    r"fra|frå)|ny rapport|evaluering(?:en|a)? (?:viser|av|fra)|new report|report (?:shows|from)|forskningsrapport|"
    r"har analysert|has analysed|evaluated",
    re.IGNORECASE,
)
_COHORT = re.compile(
    r"igangsatte prosjekt|igangsette prosjekt|er i gang med stimulab|dette er prosjekt(?:ene|a)\b|"
    r"stimulab-?prosjekt(?:er|a|ene) 20|20\d\d-prosjekt|prosjektene i \d{4}|prosjekta i \d{4}|kullet|"
    r"projects (?:in|of|from) \d{4}|ongoing projects|started projects|projects under way",
    re.IGNORECASE,
)
_PROCURED = re.compile(
    r"stimulab-?prosjekt\w* (?:er|trenger|treng)\b.{0,60}(?:lyst ut|utlyst|anbudskonkurranse|doffin|tilbud)",
    re.IGNORECASE,
)
_PROGRAMME = re.compile(
    r"er stimuleringsordningen for|er ei? (?:stimulerings)?ordning(?:a|en)? som|er en stimuleringsordning|"
    r"pilot programme|stimulation programme|prøveordning|oversikt over alle prosjekt|pilot scheme|pilotordning|"
    r"kategorier:|hovedkategorier|stimuleringsordning",
    re.IGNORECASE,
)
_PORTFOLIO = re.compile(
    r"nøkkelinformasjon|\bleveransedato|ferdigstilt og levert|risiko\b|strategimål|tiltakseier|tiltakseigar|"
    r"portefølje(?!,? stimulab)",
    re.IGNORECASE,
)
_VENDOR_CASE = re.compile(
    r"vår løsning|vår løysing|our solution|vi hjalp|vi bisto|vårt oppdrag|we helped|vår kunde|our client|"
    r"case study|kundecase|vår rolle|our role",
    re.IGNORECASE,
)
_DATED = re.compile(r"\b(?:dato|publisert|published|date|oppdatert)\s*:\s*(?=\d)", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"^(?:(?:først |fyrst |sist )?(?:publisert|endret|endra|oppdatert|published|updated|last updated|"
    r"last changed)\b.{0,30})",
    re.IGNORECASE,
)


def language_of(document: Document) -> Found:
    """`nb`, `nn` or `en` by the words that only one of them has."""
    words = re.findall(r"[a-zæøå]+", " ".join(line.text for line in document.lines if not line.is_quiet).lower())
    english, norwegian, bokmal, nynorsk = (
        sum(words.count(word) for word in listed) for listed in (_ENGLISH, _NORWEGIAN, _BOKMAL, _NYNORSK)
    )
    declared = {"no": "nb"}.get((document.meta.language or "").lower()[:2], (document.meta.language or "").lower()[:2])
    if english + norwegian < 3 and declared in ("nb", "nn", "en"):
        return Found(declared, None, 0.7)
    if english > norwegian:
        return Found("en", None, round(0.5 + 0.49 * english / (english + norwegian), 2))
    code = "nn" if nynorsk > bokmal else "nb"
    return Found(code, None, round(0.5 + 0.49 * max(nynorsk, bokmal) / max(nynorsk + bokmal, 1), 2))


def title_of(document: Document) -> Line | None:
    """The title: the first heading of the page, else its first line when that is short and no sentence."""
    for line in document.lines:
        if line.level == 1 and not line.is_quiet:
            return line
    for index, line in enumerate(document.lines[:25]):
        if line.is_quiet:
            continue
        label = label_of(line.text)
        if (line.level or is_heading(line)) and not (label and label.field in ("person", "other", "published")):
            return line
        if index and len(line.text) > 90:
            break
    if document.meta.title:
        return Line(document.meta.title[1], document.meta.title[0], level=1)
    return None


def published_of(document: Document, fields: Sequence[Field]) -> Found | None:
    """When the page was published, else last changed: from its head, its labels, or a line that is only a date."""
    if document.meta.published:
        return Found(document.meta.published[0], document.meta.published[1], 0.95)
    for field in fields:
        if field.field == "published" and (found := date_in(field.value.text)):
            return Found(found, field.value.number, 0.95)
    for line in document.lines:
        stated = _DATED.search(line.text)
        if stated and (dated := date_in(line.text[stated.end() :][:20])) and len(dated) == 10:
            return Found(dated, line.number, 0.85)
        if line.cells or label_of(line.text) or not (found := date_in(line.text)) or len(found) < 10:
            continue
        if _PUBLISHED.match(line.text) or len(line.text) <= 22:
            return Found(found, line.number, 0.9)
        if re.match(r"^[\d. ]*\w+\.? \d{4}\s*(?:[|•·-].*|kl\.? .*)?$", line.text) and len(line.text) < 60:
            return Found(found, line.number, 0.8)
    return None


def publisher_of(document: Document, fields: Sequence[Field]) -> Found | None:
    """Who published the page: a label that says so, the head, or an organisation in the contact's title."""
    for field in fields:
        if field.field == "publisher" and len(field.value.text) <= 100:
            return Found(field.value.text.rstrip("."), field.value.number, 0.9)
    if document.meta.publisher:
        return Found(document.meta.publisher[0], document.meta.publisher[1], 0.8)
    for line in document.lines:
        tail = line.text.rpartition(", ")[2]
        if (
            line.is_quiet
            and len(line.text) <= 90
            and tail != line.text
            and is_organisation(tail)
            and not label_of(line.text)
        ):
            return Found(tail, line.number, 0.5)
    return None


@dataclass(frozen=True, slots=True)
class Contents:
    """What was found on a page, as far as its type depends on it."""

    projects: int
    has_table: bool
    has_suppliers: bool
    is_labelled: bool


class _Signs:
    """The page's text in three lengths, and where in it a sign stands."""

    def __init__(self, document: Document, title: Line | None) -> None:
        self._lines = document.lines
        named = [title.text if title else ""]
        told = [line for line in document.lines if len(line.text) > 3]
        self.text = " \n".join(line.text for line in told)
        self.head = " \n".join([*named, *(line.text for line in told[:10] if not line.cells)])
        self.top = " \n".join([*named, *(line.text for line in told[:3] if not line.is_quiet)])

    def line(self, pattern: re.Pattern[str], where: str | None = None) -> int | None:
        """Number of the line with the sign; `None` when it is not there."""
        match = pattern.search(self.text if where is None else where)
        if not match:
            return None
        first = match[0].split("\n")[0].strip()[:40]
        return next((line.number for line in self._lines if first in line.text), 1)


def type_of(document: Document, title: Line | None, contents: Contents) -> Found:
    """The kind of document, one of `TYPES`, by its signs and by how many projects it tells of."""
    signs = _Signs(document, title)
    if not contents.projects and (line := signs.line(_RULES, signs.head)):
        return Found("scheme_rules", line, 0.8)
    if is_call(document, title):
        return Found("call", signs.line(_CALL), 0.8)
    if (line := signs.line(_RELEASE)) and (contents.projects != 1 or signs.line(_AWARD)):
        return Found("ministry_release", line, 0.85)
    if contents.has_table and contents.has_suppliers and contents.projects:
        return Found("vendor_table", None, 0.9)
    if contents.projects <= 1 and (line := signs.line(_COFUND, signs.head)):
        return Found("cofinancing_page", line, 0.8)
    if contents.projects >= 2:
        return _type_of_many(signs, title)
    if contents.projects == 1:
        return _type_of_one(signs, is_labelled=contents.is_labelled)
    return _type_of_none(signs, is_award=is_about_award(document, title))


def _type_of_many(signs: _Signs, title: Line | None) -> Found:
    is_news = title is not None and re.search(r"\bfår\b|receive", title.text, re.IGNORECASE)
    if (line := signs.line(_PROGRAMME, signs.head)) and not signs.line(_AWARD, signs.top):
        return Found("programme_page", line, 0.7)
    if (line := signs.line(_COHORT, signs.head)) and not is_news:
        return Found("cohort_page", line, 0.8)
    if line := signs.line(_AWARD):
        return Found("award_news", line, 0.8)
    return Found("cohort_page", None, 0.5)


def _type_of_one(signs: _Signs, *, is_labelled: bool) -> Found:
    if line := signs.line(_VENDOR_CASE):
        return Found("vendor_case", line, 0.7)
    if line := signs.line(_PORTFOLIO):
        return Found("portfolio_page", line, 0.7)
    if not is_labelled and (line := signs.line(_AWARD, signs.head)):
        return Found("award_news", line, 0.7)
    return Found("project_page", None, 0.85)


def _type_of_none(signs: _Signs, *, is_award: bool) -> Found:
    if line := signs.line(_SUMMARY, signs.head):
        return Found("summary_article", line, 0.7)
    if (line := signs.line(_PROGRAMME, signs.head)) and not signs.line(_AWARD, signs.top):
        return Found("programme_page", line, 0.6)
    if is_award and (line := signs.line(_AWARD, signs.head)):
        return Found("award_news", line, 0.6)
    if line := signs.line(_RULES):
        return Found("scheme_rules", line, 0.6)
    return Found("other", None, 0.5)


def is_call(document: Document, title: Line | None) -> bool:
    """Whether the page invites to apply: its head says so, or it says so more often than it tells of an award."""
    lines = [line for line in document.lines if not line.cells and not line.is_quiet]
    head = " \n".join([title.text if title else "", *(line.text for line in lines[:6])])
    calls = sum(1 for line in lines if _CALL.search(line.text))
    awards = sum(1 for line in lines if _AWARD.search(line.text))
    top = title.text if title else (lines[0].text if lines else "")
    if _AWARD.search(top) and not _CALL.search(top):
        return False
    if any(_PROCURED.search(line.text) for line in lines):
        return False
    if _CALL.search(head) and not _AWARD.search(head):
        return True
    return bool(_CALL.search(head) and calls >= awards) or calls >= max(3, awards * 2)


def is_about_award(document: Document, title: Line | None) -> bool:
    """Whether the page says that somebody was given funding, and is no call."""
    text = " \n".join(line.text for line in document.lines if not line.is_quiet)
    return bool(_AWARD.search(text)) and not is_call(document, title)


def tells_of_projects(document: Document, title: Line | None) -> bool:
    """Whether sentences of the page may be about projects: it is about an award or a cohort, and no call."""
    text = " \n".join(line.text for line in document.lines if not line.is_quiet)
    return (is_about_award(document, title) or bool(_COHORT.search(text) or _PROCURED.search(text))) and not is_call(
        document, title
    )
