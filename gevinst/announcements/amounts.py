"""Amounts of money, and what they are amounts of.

Belongs here: which numbers are kroner and which never are, and the kind that the words around them give.
Does not belong here: which amount is that of the round (`rounds.py`).

Kinds are those of the code list `amount_kind`; others say why an amount is none of the round's: `earmark` (part of a
grant), `co_funding` (other money), `saving` and `cost` (of the matter itself).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gevinst.announcements.words import NUMBERS

_DIGITS = r"\d{1,3}(?:[ .\u00a0\u202f]\d{3})+|\d+(?:[.,]\d+)?"
_WORD = "|".join(sorted(NUMBERS, key=len, reverse=True))
_CURRENCY = r"(?:kroner|kronene|kronar|kroners|kr\b\.?|NOK\b|norske kroner|,-)"
_SCALE = r"(?:millionar|millioner|million|mill\b\.?|MNOK|mrd\b\.?|milliardar|milliarder|milliard|billion)"
_MONEY = re.compile(
    rf"(?P<before>(?:\b(?:kr|NOK)\b\.?|\bKr\b\.?)\s*)?(?<![\d.,/-])(?P<number>{_DIGITS}|\b(?:{_WORD}|halvannen|"
    rf"ein halv|en halv)\b)"
    rf"\s*(?P<scale>{_SCALE})?(?P<after>\s*{_CURRENCY})?",
    re.IGNORECASE,
)
_AFTER_BARE_SCALE = re.compile(
    r"^\s*(?:[,.;:)!?]|$|(?:i|til|fra|frå|og|pluss|fordelt|fordelte|for|som|av|på|in|to|from|and|plus|for|was|were|"
    r"ble|vart|blei|er|"
    r"is|are|skal|kan|delt|mellom|between|split|totalt|samlet|samla|hver|kvar|each|årlig|årleg|annually)\b)",
    re.IGNORECASE,
)
_ABOUT_MONEY = re.compile(
    r"kroner|\bkr\b|NOK|støtte|stønad|tilskudd|tilskot|midlar|midler|tildel|bevilg|bevilj|løyv|ramme|budsjett|"
    r"grant|fund|award|budget|\bdele(?:r|s)?\b",
    re.IGNORECASE,
)
_KINDS = (
    ("earmark", r"øremerk|earmark"),
    (
        "saving",
        r"spar(?:e|er|t|ing)|besparels|innspar|gevinst(?!potensial)|sav(?:e|ed|es|ing)|nytteverdi|worth of benefits",
    ),
    (
        "cost",
        r"\bkoster\b|\bkostar\b|kostet|kostnaden[e]? (?:ved|for samfunn)|\bcosts?\b(?! frame)|omsetning|gjeld\w* på|"
        r"debt of|utgifter|utgifter",
    ),
    (
        "co_funding",
        r"medfinansiering|egenandel|eigenandel|egne midler|eigne midlar|egenfinansier|eigenfinansier|co-?financ|"
        r"co-?fund|own (?:funds|funding|money)|"
        r"spleiselag|forskningsrådet|innovasjon norge",
    ),
    (
        "call_ceiling",
        r"\binntil\b|\bopptil\b|\bopp til\b|\boppimot\b|\bmaksimalt\b|\bmaks\b|\bhøyst\b|\bup to\b|\bat most\b|"
        r"\bmaximum\b|utlys|lyser ut|lyses ut|lysast ut|"
        r"å dele ut|å tildele|kan (?:søke|tildeles|deles)|kan søkjast|søkbar|søkjast|can apply|apply for|"
        r"is available|are available|available for|call for|i potten|i potta",
    ),
    ("frame_plus_options", r"(?<!prog)ramme|opsjon|\bframe\b|\boptions?\b"),
    (
        "annual_budget",
        r"årlig|årleg|i året|per år|hvert år|kvart år|budsjett|annual|a year|per year|budget|bevilgning|statsbudsjett|"
        r"løyving",
    ),
    (
        "award",
        r"støtte|stønad|tildel|paid out|utbetal|tilskudd|tilskot|får|\bgir\b|\bgjev\b|gives|fikk|fekk|fått|gis\b|"
        r"gitt|deler|dele\b|delt\b|midler|midlar|innvilg|fordel|grant|award|receiv|fund|support|given|shared|share",
    ),
)


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of whole kroner, its kind, and where in the text it begins."""

    nok: int
    kind: str
    offset: int
    is_approximate: bool


def amounts_in(text: str) -> list[Amount]:
    """Every amount of kroner in a sentence or short paragraph.

    A number without a currency or a scale is none, nor is one of millions that something else follows (inhabitants),
    nor eight digits in pairs (a telephone).
    """
    found: list[Amount] = []
    for match in _MONEY.finditer(text):
        currency = bool(match["before"] or match["after"]) or (match["scale"] or "").upper() == "MNOK"
        if not currency and not (
            match["scale"] and _AFTER_BARE_SCALE.match(text[match.end() :]) and _ABOUT_MONEY.search(text)
        ):
            continue
        value = _value(match["number"], match["scale"])
        if value is None or value < 1000:
            continue
        start = match.start()
        approximate = bool(
            re.search(
                r"\b(?:rundt|om lag|omtrent|cirka|ca\.?|about|around|nær|nesten|almost|some|circa|drøyt|godt over|"
                r"vel)\s*(?:NOK|kr\.?)?\s*$",
                text[:start],
                re.I,
            )
        )
        found.append(Amount(value, _kind(text, start, match.end()), start, approximate))
    return found


def _value(digits: str, scale: str | None) -> int | None:
    lowered = digits.lower()
    if lowered in ("en halv", "ein halv"):
        base = 0.5
    elif lowered == "halvannen":
        base = 1.5
    elif lowered in NUMBERS:
        base = float(NUMBERS[lowered])
    elif re.fullmatch(r"\d{1,3}(?:[ .\u00a0\u202f]\d{3})+", digits):
        base = float(re.sub(r"\D", "", digits))
    elif re.fullmatch(r"\d+,\d{3}", digits) and not scale:
        base = float(digits.replace(",", ""))
    else:
        base = float(digits.replace(",", "."))
    if lowered in NUMBERS and not scale:
        return None
    factor = 1
    if scale:
        factor = 1_000_000_000 if scale.lower().startswith(("mrd", "milliard", "bill")) else 1_000_000
    return round(base * factor)


def _kind(text: str, start: int, end: int) -> str:
    """Kind by the words of the clause around the amount first, then of the whole sentence."""
    left = max(text.rfind(mark, 0, start) for mark in (". ", "; ", " – ", " men ", " but ", "! ", "? ")) + 1
    rights = [place for mark in (". ", "; ", " – ", " men ", " but ") if (place := text.find(mark, end)) >= 0]
    clause = text[max(left, 0) : min(rights, default=len(text))]
    near = text[max(0, start - 28) : start]
    if re.search(r"\b(?:inntil|opptil|opp til|maks\w*|up to|at most)\s*(?:\w+\s+)?$", near, re.IGNORECASE):
        return "call_ceiling"
    for name, words in _KINDS:
        if re.search(words, clause, re.IGNORECASE):
            return name
    return next((name for name, words in _KINDS if re.search(words, text, re.IGNORECASE)), "unclear")
