"""Names that nobody has: projects, organisations and places of the invented portfolio.

Belongs here: the lists that names are drawn from. A test compares them with the registry and with real municipalities.
Does not belong here: what happens to those with these names (`registry.py`, `evaluations.py`).
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Named(NamedTuple):
    """An invented organisation: its name and the code of its level."""

    name: str
    level_code: str


SCHEME = "Ordningen for fornyelse"
EVALUATOR = Named("Papirfugl Analyse", "kunnskapsinstitusjon")
MERGED = Named("Lyngåsen og Steinmo kommune", "kommune")
BEFORE_MERGER = Named("Steinmo kommune", "kommune")
FUNDER = Named("Fondet for andre forsøk", "stat")

OWNERS = (
    Named("Direktoratet for nærtjenester", "stat"),
    Named("Tindeskog kommune", "kommune"),
    Named("Tilsynet for delte veier", "stat"),
    Named("Havmyra kommune", "kommune"),
    Named("Skogbygd helseforetak", "helseforetak"),
    Named("Landsregisteret for samtykker", "stat"),
    Named("Vestmark fylkeskommune", "fylkeskommune"),
    MERGED,
    Named("Nemnda for små saker", "stat"),
    Named("Furusletta kommune", "kommune"),
)
PARTNERS = (
    Named("Senter for brukerreiser", "kunnskapsinstitusjon"),
    Named("Foreningen for naboer", "interesseorganisasjon"),
    Named("Brattfoss kommune", "kommune"),
    Named("Etaten for varslede hendelser", "stat"),
    Named("Sundmarka kommune", "kommune"),
)
SUPPLIERS = (
    Named("Blåbærkontoret", "leverandor"),
    Named("Rund Trekant", "leverandor"),
    Named("Tredje Trapp", "leverandor"),
    Named("Lange Linjer", "leverandor"),
)
MUNICIPALITIES = ("Tindeskog", "Havmyra", "Lyngåsen og Steinmo", "Furusletta", "Brattfoss", "Sundmarka", "Steinmo")
"""Their codes are 9901 and on, which no municipality has."""


class Topic(NamedTuple):
    """What a project is about, in both languages, and its policy area."""

    nb: str
    en: str
    sector_code: str


_APPROACHES = (
    ("Én vei inn til", "One way in to"),
    ("Færre steg mot", "Fewer steps towards"),
    ("Felles oversikt over", "A shared view of"),
    ("Tidlig hjelp med", "Early help with"),
    ("Bedre råd om", "Better advice on"),
)
_TOPICS = (
    Topic("båtplasser", "berths", "samferdsel"),
    Topic("skolebytte", "changes of school", "oppvekst_utdanning"),
    Topic("vannprøver", "water samples", "klima_miljo"),
    Topic("øvingsrom", "rehearsal rooms", "kultur_frivillighet"),
    Topic("naboklager", "neighbours' complaints", "lokalsamfunn"),
    Topic("hjelpemidler", "assistive devices", "helse"),
    Topic("vaktskifter", "changes of shift", "arbeid_velferd"),
    Topic("fullmakter", "powers of attorney", "digital_forvaltning"),
    Topic("tomtegrenser", "plot boundaries", "bygg_eiendom"),
    Topic("gamle protokoller", "old minute books", "dokumentasjon_innsyn"),
    Topic("små tilskudd", "small grants", "okonomi_naering"),
    Topic("ferjekøer", "ferry queues", "samferdsel"),
)
_APPROACHES_AGAIN = (
    ("Råd om", "Advice on"),
    ("Hjelp med", "Help with"),
    ("Kart over", "A map of"),
    ("Svar om", "Answers on"),
    ("Tips om", "Tips on"),
    ("Øving på", "Practice in"),
)
_PLACES = (
    "Alvedokka",
    "Bekkvoll",
    "Duggmo",
    "Elgtjerna",
    "Fjærmoen",
    "Grenseli",
    "Hegrelia",
    "Isbrinken",
    "Kvernholt",
    "Lauvmarka",
    "Mosevika",
    "Nattlysa",
    "Orremyra",
    "Rognskar",
    "Sivbygda",
    "Tistelvåg",
    "Vindsletta",
)
_FIRST = len(_APPROACHES) * len(_TOPICS)
"""How many projects have a name without a place; more than there will be for years."""
MOST_PROJECTS = _FIRST + len(_APPROACHES_AGAIN) * len(_TOPICS) * len(_PLACES)


class ProjectName(NamedTuple):
    """An invented project: names in both languages, what it is about, the end of its id, and its policy area."""

    nb: str
    en: str
    about_nb: str
    about_en: str
    slug: str
    sector_code: str


def project_name(number: int) -> ProjectName:
    """The name of project `number`, from 0; no two below `MOST_PROJECTS` are the same."""
    topic = _TOPICS[number % len(_TOPICS)]
    turn = number // len(_TOPICS)
    if number < _FIRST:
        nb, en = _APPROACHES[(number + turn) % len(_APPROACHES)]
        nb, en = f"{nb} {topic.nb}", f"{en} {topic.en}"
    else:
        nb, en = _APPROACHES_AGAIN[turn % len(_APPROACHES_AGAIN)]
        place = _PLACES[(number - _FIRST) // (len(_TOPICS) * len(_APPROACHES_AGAIN))]
        nb, en = f"{nb} {topic.nb} i {place}", f"{en} {topic.en} in {place}"
    return ProjectName(nb, en, topic.nb, topic.en, slug(nb), topic.sector_code)


def slug(text: str) -> str:
    """An id of small letters, digits and hyphens."""
    plain = text.lower().translate(str.maketrans({"æ": "ae", "ø": "o", "å": "a", "é": "e"}))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
