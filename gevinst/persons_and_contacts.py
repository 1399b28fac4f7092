"""Persons' data in running text: names, e-mail addresses, telephone and identity numbers, found in any spelling.

Whoever reads, stores, logs or publishes a text asks here, so that what one door refuses no other lets in. What is
found is never repeated: a finding has the place in the text and a mask.

Belongs here: recognising persons' data in a text or the cells of a table, and masking it.
Does not belong here: what is done about it (the readers, checks and logs that ask), and titles and words around names
on web pages (`gevinst.announcements`).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from phonenumbers import Leniency, PhoneNumberMatcher
from stdnum import iban
from stdnum.dk import cpr
from stdnum.fi import hetu
from stdnum.no import fodselsnummer, kontonr
from stdnum.se import personnummer

if TYPE_CHECKING:
    import polars as pl

NAME = re.compile(
    r"\b(?P<first>[A-ZÆØÅ][a-zæøåéèüö]+)(?:-[A-ZÆØÅ][a-zæøå]+)?(?:\s+[A-ZÆØÅ]\.)*"
    r"(?P<rest>(?:\s+(?:van |von |de )?[A-ZÆØÅ][\w'’-]+){1,3})"
)
"""Two to four capitalised words; a name only when the first is a given name (`is_given_name`)."""
_SURNAME_FIRST = re.compile(
    r"\b(?P<last>[A-ZÆØÅ][\wæøå'’-]+),\s+(?P<first>[A-ZÆØÅ][a-zæøåéèüö]+)(?:[ -][A-ZÆØÅ][\w.]*)*"
)
_WITH_INITIAL = re.compile(r"\b(?P<first>[A-ZÆØÅ][a-zæøåéèüö]+)(?:-[A-ZÆØÅ][a-zæøå]+)?\s[A-ZÆØÅ]\.(?!\w)")
_IN_CAPITALS = re.compile(r"\b(?P<first>[A-ZÆØÅÉ]{2,})(?:[ -][A-ZÆØÅÉ]{2,}|\s[A-ZÆØÅ]\.)*\s[A-ZÆØÅÉ]{2,}\b")

# An organisation, a street or a prize that bears a person's name is no person: «Olav Thon Gruppen», «Karl Johans gate».
_NAMED_AFTER = re.compile(
    r"(?:^|[\s-])(?:AS|ASA|ANS|AB|DA|SA|HF|IKS|KF|A/S|ApS|Ltd|GmbH|Inc"
    r"|(?i:group|gruppen|stiftelsen?|foundation|fond(?:et)?|legat(?:et)?|pris(?:en)?|prize|consulting"
    r"|arkitekt(?:er|kontor)|architects|gate|gata|street|ve[ig]|ve[gi]en|plass|torg|all[ée]|bro|hus|hage"
    r"|muse(?:um|et)|senter(?:et)?|videregående|university|institute|school"
    r"|\w*(?:skolen?|universitet(?:et)?|s[yj]u?kehus(?:et)?|hospital|sykehjem|institutt(?:et)?)))\b"
)

# An address as people write it when a machine is not to read it. A bare word may stand for the sign only where the dot
# is a word too: «available at example.org» is no address.
_AT_SIGN = (
    r"(?:\s*@\s*|&#64;|&#x40;|&commat;|%40"
    r"|\s*[\[({<]\s*(?:at|@|a|æt|alfa|alfakr[øo]ll|kr[øo]llalfa|snabel-?a)\s*[\])}>]\s*"
    r"|\s+(?:alfakr[øo]ll|kr[øo]llalfa|snabel-?a)\s+)"
)
_DOT_WORD = r"(?:\s*[\[({<]\s*(?:dot|punktum|prikk|\.)\s*[\])}>]\s*|\s+(?:dot|punktum|prikk)\s+)"
_DOT = rf"(?:\.|\s\.\s|{_DOT_WORD})"
# From the beginning of a word alone: tried from each letter, a long word would take the square of its length.
_LOCAL = rf"(?<![\w+'.-])[\w+'-]+(?:{_DOT}[\w+'-]+){{0,8}}"
_LABEL = r"[\w-]+"
_EMAIL = re.compile(
    rf"{_LOCAL}(?:{_AT_SIGN}{_LABEL}(?:{_DOT}{_LABEL})*{_DOT}[^\W\d_]{{2,}}\b"
    rf"|\s+at\s+{_LABEL}(?:{_DOT}{_LABEL})*{_DOT_WORD}[^\W\d_]{{2,}}\b)",
    re.IGNORECASE,
)
_ELEVEN = re.compile(
    r"(?<![\d.,-])(\d{6}[ .:-]?\d{5}|\d{2}[ .-]\d{2}[ .-]\d{2}[ .-]?\d{5}|\d{6}[ .-]?\d{3}[ .-]?\d{2})(?![\d-])"
)
_SAID_TO_BE_ONE = re.compile(
    r"\b(?:f[øo]dsels(?:nummer|nr)|f\.?\s?nr|d-?nummer|person(?:nummer|nr)|national identity (?:number|no))\b"
    r"\W{0,3}(\d[\d .-]{9,14}\d)",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(r"(?<![\d.])\d{4}[. ]\d{2}[. ]\d{5}(?![\d.])")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_ABROAD = (
    (re.compile(r"(?<!\d)(?:19|20)?\d{6}[-+]\d{4}(?!\d)"), personnummer.is_valid),
    (re.compile(r"(?<!\d)\d{6}-\d{4}(?!\d)"), cpr.is_valid),
    (re.compile(r"(?<!\d)\d{6}[-+A-FU-Y]\d{3}[0-9A-Z]\b"), hetu.is_valid),
)
_SAID_TO_BE_A_PHONE = re.compile(
    r"\b(?:tlf|telefon(?:nummer)?|tel|mobil(?:nummer)?|mob|phone)\b[.:]*\s*(\+?\d(?: ?\d){3,})", re.IGNORECASE
)
_SAID_TO_BE_A_PERSON = re.compile(
    r"(?i:\b(?:kontaktperson(?:en|er)?|contact (?:person|name)))[\s:–-]+"
    r"(?P<name>[A-ZÆØÅ][\w'’-]+(?:\s+(?:[A-ZÆØÅ]\.|(?:van |von |de )?[A-ZÆØÅ][\w'’-]+)){1,3})"
)
_DIGIT = re.compile(r"\d")
_FEWEST_DIGITS = 8
"""Digits of a Norwegian telephone number; shorter ones, of services, lead to nobody unless they are said to be one."""
_LOOKED_BACK = 200
"""Letters before a number that may say what it is: longer than most web addresses."""
_IN_THOUSANDS = re.compile(r"\d{1,3}(?: \d{3})+|\d{1,3}(?:\.\d{3})+|\d{1,3}(?:,\d{3})+")
_DATE = re.compile(r"\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\d{4}-\d{2}-\d{2}")
_IN_WEB_ADDRESS = re.compile(r"\w\.\w+.*/")
_AMOUNT_BEFORE = re.compile(r"(?:\b(?:nok|kr|kroner|eur|sek|dkk|usd)\.?|[€$£])\s*$", re.IGNORECASE)
_AMOUNT_AFTER = re.compile(
    r"\s*(?:,-|(?:nok|kr|kroner|mill|mrd|eur|sek|dkk|usd|prosent|per cent)\b|[%€$£])", re.IGNORECASE
)

_LEFT_OUT = "[…]"
_MASK = re.compile(r"[^\s([«]\[…\]")
_SHOWN_AS = str.maketrans(
    {"\u00a0": " ", "\u2009": " ", "\u202f": " ", "–": "-", "—": "-", "\u2011": "-", "\u2212": "-"}
)
_AS_IT_LOOKS = re.compile("[\\x00-\\x7f«»“”’À-ÖØ-öø-ÿ]*")
"""Nearly all texts: each character stands for itself."""
# What these cannot see, `find` never sees in a table: each is wider than the patterns above. For Polars, whose patterns
# know properties of characters: also any text that looks otherwise than it is written.
_MAY_LEAD_TO_A_PERSON = "|".join(
    (
        r"\p{Lu}.*\s\p{Lu}",
        r"(\d\D{0,3}){8}",
        r"(?i:\b(?:tlf|tel|mob|phone))",
        r"(?i:[@\uFF20]|&#|&commat|%40|\bat\b|\bæt\b|alfa|snabel|[\[({<]\s*a\s*[\])}>])",
        r"[\p{Cf}\p{M}\uFE00-\uFE0F\uFF00-\uFFEF\x{1D400}-\x{1D7FF}]|[\p{Nd}--0-9]",
    )
)


class Kind(StrEnum):
    """What was found."""

    EMAIL = "email"
    PHONE = "phone"
    IDENTITY_NUMBER = "identity_number"
    BANK_ACCOUNT = "bank_account"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Found:
    """One finding: `start` and `end` are places in the text as it was given; `masked` may be shown and stored."""

    kind: Kind
    start: int
    end: int
    masked: str


@lru_cache(maxsize=100_000)  # a table is read before rows are added and after, and most of its texts stay the same
def find(text: str) -> tuple[Found, ...]:
    """Every piece of persons' data in a text, from left to right, none inside another.

    Spellings that only look different are read alike: wide digits, other dashes and spaces, characters that nobody
    sees. A person whose given name is rare is not found, so that no text is shown to be free of names.
    """
    plain, places = _plain(text)
    found: list[tuple[int, int, Kind]] = []
    for kind, start, end in _spans(plain):
        if all(end <= first or start >= last for first, last, _ in found):
            found.append((start, end, kind))
    return tuple(
        Found(kind, places[start], places[end - 1] + 1, _mask(kind, plain[start:end]))
        for start, end, kind in sorted(found)
    )


def cells_with(frame: pl.DataFrame, columns: list[str]) -> Iterator[tuple[int, str, tuple[Found, ...]]]:
    """Place of the row, column and findings of each cell of these columns of text that holds persons' data.

    Most cells are told to hold none in one query of all columns, which is what makes this fast enough for every read.
    """
    if frame.is_empty() or not columns:
        return
    import polars as pl  # not before there are rows: what is wrong in settings is told without it

    # One column below another, since a pattern that is asked of each column alone is compiled for each.
    texts = pl.concat([frame[name].alias("text") for name in columns])
    places = texts.str.contains(_MAY_LEAD_TO_A_PERSON).fill_null(value=False).arg_true()
    for place, text in zip(places, texts.gather(places), strict=True):
        if found := find(text):
            yield place % frame.height, columns[place // frame.height], found


def names_a_person(text: str) -> bool:
    """Whether a text names a person anywhere."""
    return next(_names(_plain(text)[0]), None) is not None


def masked(text: str) -> str:
    """The text with everything that `find` finds masked."""
    parts, last = [], 0
    for one in find(text):
        parts += [text[last : one.start], one.masked]
        last = one.end
    return "".join((*parts, text[last:]))


def is_masked(text: str) -> bool:
    """Whether something in a text stands masked; what an editor left out of a quote has a space before it."""
    return _MASK.search(text) is not None


def _mask(kind: Kind, value: str) -> str:
    """The first character, by which whoever wrote it recognises it, and the sign for what an editor left out."""
    return f"{value.strip()[:1]}{_LEFT_OUT}{'@' + _LEFT_OUT if kind is Kind.EMAIL else ''}"


def _plain(text: str) -> tuple[str, Sequence[int]]:
    """The text as it looks, one character for each that is seen, with the place of each in the text itself."""
    shown = text.translate(_SHOWN_AS)
    if _AS_IT_LOOKS.fullmatch(shown):
        return shown, range(len(shown))
    characters: list[str] = []
    places: list[int] = []
    place = 0
    while place < len(text):
        end = place + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        for character in unicodedata.normalize("NFKC", text[place:end]):
            category = unicodedata.category(character)
            if category == "Cf" or unicodedata.name(character, "").startswith("VARIATION SELECTOR"):
                continue
            shown = "-" if category == "Pd" or character == "\u2212" else " " if category == "Zs" else character
            characters.append(shown)
            places.append(place)
        place = end
    return "".join(characters), places


def _spans(plain: str) -> Iterator[tuple[Kind, int, int]]:
    """Kind, first place and the place after the last; the surest first, since it may hold digits of another kind."""
    for match in _EMAIL.finditer(plain):
        yield Kind.EMAIL, match.start(), match.end()
    if _DIGIT.search(plain):
        yield from _numbers(plain)
    for match in _names(plain):
        # All of the match, or what follows the word that says it is a name.
        yield Kind.NAME, *match.span("name" if "name" in match.re.groupindex else 0)


def _numbers(plain: str) -> Iterator[tuple[Kind, int, int]]:
    for match in _SAID_TO_BE_ONE.finditer(plain):
        yield Kind.IDENTITY_NUMBER, match.start(1), match.end(1)
    for match in _ELEVEN.finditer(plain):
        if _is_identity_number(re.sub(r"\D", "", match[0])):
            yield Kind.IDENTITY_NUMBER, match.start(), match.end()
    for pattern, is_valid in _ABROAD:
        for match in pattern.finditer(plain):
            if is_valid(match[0]):
                yield Kind.IDENTITY_NUMBER, match.start(), match.end()
    for match in _ACCOUNT.finditer(plain):
        if kontonr.is_valid(match[0].replace(" ", ".")):
            yield Kind.BANK_ACCOUNT, match.start(), match.end()
    for match in _IBAN.finditer(plain):
        if iban.is_valid(match[0]):
            yield Kind.BANK_ACCOUNT, match.start(), match.end()
    if len(_DIGIT.findall(plain)) >= _FEWEST_DIGITS:
        for match in PhoneNumberMatcher(plain, "NO", leniency=Leniency.VALID):
            if _is_of_a_person(plain, match.start, match.end):
                yield Kind.PHONE, match.start, match.end
    for match in _SAID_TO_BE_A_PHONE.finditer(plain):
        yield Kind.PHONE, match.start(1), match.end(1)


def _is_identity_number(digits: str) -> bool:
    """Eleven digits with a day, a month and both control digits (modulus 11).

    Days of D-numbers are 40 more; months of auxiliary and synthetic numbers 40, 65 or 80 more. The year and the century
    are not asked for: they would make what is found depend on the day it is looked for.
    """
    day, month = int(digits[:2]) % 40, int(digits[2:4])
    month = next((month - more for more in (80, 65, 40) if month > more), month)
    is_day = 1 <= day <= 31 and 1 <= month <= 12 and int(digits[:2]) <= 71
    first, second = fodselsnummer.calc_check_digit1(digits), fodselsnummer.calc_check_digit2(digits)
    return is_day and digits[9:] == first + second


def _is_of_a_person(plain: str, start: int, end: int) -> bool:
    """Whether a valid telephone number is written as one: no amount, no short number, no part of a web address."""
    written = plain[start:end]
    if sum(character.isdigit() for character in written) < _FEWEST_DIGITS or _IN_THOUSANDS.fullmatch(written):
        return False
    around = plain[max(start - _LOOKED_BACK, 0) : start]
    if _AMOUNT_BEFORE.search(around) or _AMOUNT_AFTER.match(plain, end):
        return False
    before = around.rpartition(" ")[2]
    return not _DATE.fullmatch(written) and not _IN_WEB_ADDRESS.search(before) and not before[-1:].isalpha()


def _names(plain: str) -> Iterator[re.Match[str]]:
    for pattern in (NAME, _SURNAME_FIRST, _WITH_INITIAL, _IN_CAPITALS):
        # Word by word: in «Prosjektleder Kari Nordmann» the name begins at the second that could begin one.
        place = 0
        while match := pattern.search(plain, place):
            is_name = is_given_name(match["first"].capitalize())
            place = match.end() if is_name else match.start() + len(match[0].split(maxsplit=1)[0])
            if is_name and not _is_named_after(match, plain):
                yield match
    yield from (match for match in _SAID_TO_BE_A_PERSON.finditer(plain) if not _is_named_after(match, plain))


def _is_named_after(match: re.Match[str], plain: str) -> bool:
    """Whether a word of the name, or the one after it, says that something is named after the person."""
    following = re.match(r"\s\S+", plain[match.end() : match.end() + 40])
    return _NAMED_AFTER.search(match[0] + (following[0] if following else "")) is not None


@cache
def _given_names() -> frozenset[str]:
    text = files("gevinst").joinpath("persons_and_contacts.toml").read_text(encoding="utf-8")
    return frozenset(name.capitalize() for name in tomllib.loads(text)["given"])


def is_given_name(word: str) -> bool:
    """Whether a capitalised word is a given name that is common in Norway."""
    return word in _given_names()
