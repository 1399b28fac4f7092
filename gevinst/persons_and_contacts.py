"""Persons' data in running text: names, e-mail addresses, telephone and identity numbers, found in any spelling.

Whoever reads, stores, logs or publishes a text asks here, so that what one door refuses no other lets in. What is
found is never repeated: a finding has the place in the text and a mask.

Belongs here: recognising persons' data and masking it.
Does not belong here: what is done about it (the readers, checks and logs that ask), and titles and words around names
on web pages (`gevinst.announcements`).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from phonenumbers import Leniency, PhoneNumberMatcher
from stdnum.dk import cpr
from stdnum.fi import hetu
from stdnum.no import fodselsnummer, kontonr
from stdnum.se import personnummer

NAME = re.compile(
    r"\b(?P<first>[A-ZÆØÅ][a-zæøåéèüö]+)(?:-[A-ZÆØÅ][a-zæøå]+)?(?:\s+[A-ZÆØÅ]\.)*"
    r"(?P<rest>(?:\s+(?:van |von |de )?[A-ZÆØÅ][\w'’-]+){1,3})"
)
"""Two to four capitalised words; a name only when the first is a given name (`is_given_name`)."""
_SURNAME_FIRST = re.compile(
    r"\b(?P<last>[A-ZÆØÅ][\wæøå'’-]+),\s+(?P<first>[A-ZÆØÅ][a-zæøåéèüö]+)(?:[ -][A-ZÆØÅ][\w.]*)*"
)
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
# is a word too: «available at digdir.no» is no address.
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
_ABROAD = (
    (re.compile(r"(?<!\d)(?:19|20)?\d{6}[-+]\d{4}(?!\d)"), personnummer.is_valid),
    (re.compile(r"(?<!\d)\d{6}-\d{4}(?!\d)"), cpr.is_valid),
    (re.compile(r"(?<!\d)\d{6}[-+A-FU-Y]\d{3}[0-9A-Z]\b"), hetu.is_valid),
)
_SAID_TO_BE_A_PHONE = re.compile(
    r"\b(?:tlf|telefon(?:nummer)?|tel|mobil(?:nummer)?|mob|phone)\b[.:]*\s*(\+?\d(?: ?\d){3,})", re.IGNORECASE
)
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


def find(text: str) -> list[Found]:
    """Every piece of persons' data in a text, from left to right, none inside another.

    Spellings that only look different are read alike: wide digits, other dashes and spaces, characters that nobody
    sees. A person whose given name is rare is not found, so that no text is shown to be free of names.
    """
    plain, places = _plain(text)
    found: list[tuple[int, int, Kind]] = []
    for kind, start, end in _spans(plain):
        if all(end <= first or start >= last for first, last, _ in found):
            found.append((start, end, kind))
    return [
        Found(kind, places[start], places[end - 1] + 1, _mask(kind, plain[start:end]))
        for start, end, kind in sorted(found)
    ]


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


def _mask(kind: Kind, value: str) -> str:
    """The first character, which lets whoever wrote it recognise it, and what kind it is: *K… (name)*."""
    return f"{value.strip()[:1]}… ({kind.replace('_', ' ')})"


def _plain(text: str) -> tuple[str, list[int]]:
    """The text as it looks, one character for each that is seen, with the place of each in the text itself."""
    if text.isascii():
        return text, list(range(len(text)))
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
    if any(character.isdigit() for character in plain):
        yield from _numbers(plain)
    for match in _names(plain):
        yield Kind.NAME, match.start(), match.end()


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
    for pattern in (NAME, _SURNAME_FIRST, _IN_CAPITALS):
        for match in pattern.finditer(plain):
            if is_given_name(match["first"].capitalize()) and not _is_named_after(match, plain):
                yield match


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
