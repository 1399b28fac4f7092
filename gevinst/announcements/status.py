"""How far a project has come, where the page says so.

Belongs here: words of status to codes of the code list `status`.
Does not belong here: gains (`gains.py`) and judging status over time (`gevinst.method.status`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gevinst.announcements.model import Found, Line
from gevinst.announcements.words import sentences

_STATED = (
    (
        "spredt",
        r"\b(?:er|har blitt|er blitt|ble|vart|has been|is)\s+(?:nå |no |now )?(?:spredt|spreidd|spread)\b|"
        r"tatt i bruk (?:av|i) (?:flere|mange|andre|\d+ andre)|teke i bruk av (?:fleire|andre)|adopted by (?:others|"
        r"other|several)",
    ),
    (
        "stanset",
        r"\b(?:er|ble|vart|blei|was|has been)\s+(?:stanset|stansa|stoppet|stoppa|avlyst|skrinlagt|stopped|cancelled|"
        r"discontinued)\b",
    ),
    (
        "delvis_i_bruk",
        r"delvis (?:tatt|teke) i bruk|partly in use|i bruk (?:i|hos) (?:noen|enkelte|nokre|deler)|"
        r"tatt i bruk i (?:noen|enkelte)",
    ),
    (
        "i_bruk",
        r"\b(?:er|ble|vart|blei|har|er nå|er no)\s+(?:nå |no |blitt |vorte )?(?:tatt|teke|tatt løsningen|"
        r"teken)\s(?:\w+\s){0,3}i bruk|\ber (?:nå |no )?i (?:ordinær )?(?:bruk|drift)\b|satt i drift|sett i drift|"
        r"\b(?:is|are) (?:now )?in (?:ordinary |regular )?(?:use|operation)\b|taken into use|\bble lansert|"
        r"\bvart lansert|\bwas launched|er lansert",
    ),
    (
        "viderefort",
        r"\b(?:er|ble|blir|vart|blei|has been|is being|was|har blitt)\s+(?:nå |no )?(?:videreført|vidareført|"
        r"ført videre|ført vidare|continued|carried on|taken forward)\b|føres videre (?:i|som)|blir ført vidare|"
        r"carried forward (?:in|as)",
    ),
    (
        "provd_ut",
        r"\b(?:er|ble|vart|blei|har blitt|har|was|were|has been|have been)\s+(?:nå |no )?(?:testet|testa|prøvd ut|"
        r"prøvd|pilotert|utprøvd|tested|piloted|tried out)\b",
    ),
    (
        "losning_utviklet",
        r"\b(?:er|ble|vart|blei|har|has|was|har blitt)\s+(?:nå |no |been )?(?:utviklet|utvikla|laget|laga|developed|"
        r"designed|utarbeidet|utarbeidd)\b",
    ),
    ("innsikt", r"\b(?:har gitt|gav|ga|has given|gave|provided)\b.{0,40}\b(?:innsikt|kunnskap|insight|knowledge)"),
    (
        "i_gang",
        r"\b(?:pågår|pågående|pågåande|i gang|under arbeid|ongoing|under way|in progress|underway|started|startet opp|"
        r"har startet|har starta|er startet|er starta)\b",
    ),
)
_PLANNED = re.compile(
    r"\b(?:skal|vil|kan|målet|planen|planlagt|will|is to|are to|could|aim|plan|når .* er|hvis|dersom|if|unless|"
    r"ikke|ikkje|not)\b",
    re.IGNORECASE,
)


def status_of(lines: Sequence[Line], label: Line | None, *, is_result_page: bool) -> Found | None:
    """The status that the page states of a project: by its label, else by the furthest stated in the text.

    Plans and negations state none. Pages of an award state none in their text: it tells what is to be.
    """
    if label:
        code = next((code for code, words in _LABELS if re.search(words, label.text, re.IGNORECASE)), None)
        return Found(code, label.number, 0.85) if code else None
    if not is_result_page:
        return None
    found: dict[str, Found] = {}
    for line in lines:
        if line.is_quiet or line.cells:
            continue
        for sentence in sentences(line.text):
            if _PLANNED.search(sentence):
                continue
            for code, words in _STATED:
                if re.search(words, sentence, re.IGNORECASE):
                    found.setdefault(code, Found(code, line.of(sentence[:40]), 0.65))
                    break
    return next((found[code] for code, _ in _STATED if code in found), None)


_LABELS = (
    ("stanset", r"stans|stopp|avlyst|cancel|stopped|discontinued"),
    ("viderefort", r"videreført|vidareført|continued"),
    ("spredt", r"spredt|spreidd|spread"),
    ("delvis_i_bruk", r"delvis|partly"),
    ("i_bruk", r"i bruk|i drift|in use|lansert|launched|implementert|implemented"),
    ("provd_ut", r"pilot|test|utprøv|prøvd|trial"),
    ("losning_utviklet", r"utviklet|utvikla|developed"),
    (
        "i_gang",
        r"pågå|i gang|oppstart|diagnose|under arbeid|ongoing|under way|progress|gjennomføring|startet|starta|started|"
        r"anskaffelse|planlegging",
    ),
)
