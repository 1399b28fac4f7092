"""Amounts of money, dates and periods in the text of pages.

Belongs here: which numbers are kroner and which never are, the kind that the words around them give, and text to ISO
dates with no more digits than the page gives (`2021`, `2021-05`, `2021-05-06`).
Does not belong here: which amount is that of the round (`rounds.py`) and which date is a project's start
(`projects.py`) or the page's own (`document_type.py`).

Kinds are those of the code list `amount_kind`, and others that say why an amount is not the round's: `earmark` (part of
a grant), `co_funding` (other money), `saving` and `cost` (of the matter itself), `applied_for`, `since_start` (all
rounds together) and `set_aside` (before anything was awarded). Money that is not kroner has a currency of its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gevinst.announcements.units import says_unit
from gevinst.announcements.vocabulary import (
    MONTH,
    MONTHS,
    NUMBER_WORD,
    SEASON,
    YEAR,
    codes,
    compiled,
    limit,
    number,
    one_of,
    pattern,
    values,
)

# Groups of three come first: otherwise «12 000 000» would be read as 12.
_DIGITS = r"\d{1,3}(?:[ .\u00a0\u202f]\d{3})+|\d{1,3}(?:,\d{3})+|\d+(?:[.,]\d+)?"
_HALVES = values("halves")
# No digit, comma, point, slash or hyphen before the number: it would be the end of a date, a range or a longer number.
_MONEY = compiled(
    rf"(?P<before>(?:\b(?:kr|NOK)\b\.?|\bKr\b\.?|(?P<foreign>{one_of('amounts.foreign_before')}))\s*)?(?<![\d.,/-])"
    rf"(?P<number>{_DIGITS}|\b(?:{NUMBER_WORD}|{'|'.join(_HALVES)})\b)"
    rf"\s*(?:(?P<millions>{one_of('amounts.millions')})|(?P<billions>{one_of('amounts.billions')})"
    rf"|(?P<thousands>{one_of('amounts.thousands')}\b))?"
    rf"(?P<after>\s*(?:(?P<foreign_after>{one_of('amounts.foreign_after')})|{one_of('amounts.currencies')}))?",
    re.IGNORECASE,
)
# «I tusen kr 15 000»: what is counted stands before the money, and the number is none of kroner.
_UNIT_BEFORE = compiled(
    rf"(?:{one_of('amounts.thousands')}|{one_of('amounts.millions')}|1[ .]?000|\b[tmk])\s*$", re.IGNORECASE
)
_AFTER_BARE_SCALE = compiled(rf"^\s*(?:[,.;:)!?]|$|{one_of('amounts.after_scale')}\b)", re.IGNORECASE)
_ABOUT_MONEY = pattern("amounts.about_money")
_APPROXIMATE = compiled(rf"\b{one_of('amounts.about')}\s*(?:NOK|kr\.?)?\s*$", re.IGNORECASE)
_AT_MOST = compiled(rf"\b{one_of('amounts.at_most')}\s*(?:\w+\s+)?$", re.IGNORECASE)
_CLAUSE_ENDS = compiled(rf"[.;] | – | {one_of('amounts.but')} ")
_CLAUSE_BEGINS = compiled(rf"[.;!?] | – | {one_of('amounts.but')} ")
_NEXT_PART = compiled(rf",? {one_of('organisations.and')} |, ")
# «Name (Owner) – kr 750 000», «Owner: Name (750 000 kroner)»: a sign between an item and its amount.
_BEFORE_ITEM_AMOUNT = compiled(
    rf"\s*(?:(?P<inside>(?<=\w), )|[,;:–—|]|\s-|\()\s*(?:{one_of('amounts.item_words')}:?\s+)?$", re.IGNORECASE
)
# «Owner, 500 000 kroner: Name».
_NAME_AFTER = re.compile(r"\s*\)?\s*:\s+(?=[A-ZÆØÅÄÖÉ«])")
_AFTER_ITEM = re.compile(r"\s*(?P<closed>\))?\s*[.;]?\s*")
_GIVEN = pattern("amounts.given")
# These say what one amount is, and nothing of the others in its sentence: they must be next to it.
_SCOPES = {scope: pattern(f"amount_scopes.{scope}") for scope in codes("amount_scopes")}
_KINDS = {kind: pattern(f"amount_kinds.{kind}") for kind in codes("amount_kinds")}
# The most exact form comes first, so that «6. juni 2023» is not read as the year alone.
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"\b(?P<y>{YEAR})-(?P<m>\d{{2}})-(?P<d>\d{{2}})(?!\d)",
        rf"\b(?P<d>\d{{1,2}})[./](?P<m>\d{{1,2}})[./](?P<y>{YEAR})\b",
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\.?\s+(?P<m>{MONTH}),?\s+(?P<y>{YEAR})\b",
        rf"\b(?P<m>{MONTH})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,\s+(?P<y>{YEAR})\b",
        rf"\b(?P<m>{MONTH})\s+(?P<y>{YEAR})\b",
        rf"\b(?P<m>0?[1-9]|1[0-2])[./](?P<y>{YEAR})\b",
        rf"\b(?P<y>{YEAR})-(?P<m>0[1-9]|1[0-2])\b(?!-)",
        rf"\b{SEASON}\s+(?P<y>{YEAR})\b",
        rf"\b(?P<y>{YEAR})\b",
    )
)
_ONGOING = pattern("dates.ongoing", words=True)
_FROM = compiled(rf"^{one_of('dates.from')}\s+", re.IGNORECASE)
_UNTIL = compiled(rf"\s*(?:[–—]|\s-\s|\b{one_of('dates.until')}\b)\s*")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of whole kroner, its kind, and where in the text it begins.

    `is_bare` says that no currency is written beside it, only millions.
    """

    nok: int
    kind: str
    offset: int
    is_approximate: bool
    is_bare: bool = False


def amounts_in(text: str) -> list[Amount]:
    """Every amount of kroner in a sentence or short paragraph; `foreign_in` finds those in other money.

    Not an amount: a number without a currency or a scale, millions of something else (inhabitants), and eight digits
    in pairs (a telephone number).
    """
    return [amount for amount, currency in _all(text) if currency is None]


def foreign_in(text: str) -> list[tuple[str, int]]:
    """Amounts in other money, as the page writes them, and where they begin."""
    return [(currency, amount.offset) for amount, currency in _all(text) if currency is not None]


def without_amount(text: str) -> tuple[str, str | None]:
    """The text of a list's item without the amount that ends it, and that amount as it is written."""
    for match in reversed(list(_MONEY.finditer(text))):
        has_currency = match["before"] or match["after"] or match["millions"]
        tail = _AFTER_ITEM.fullmatch(text, match.end())
        head = _BEFORE_ITEM_AMOUNT.search(text[: match.start()])
        if has_currency and head and head.start() and (after := _NAME_AFTER.match(text, match.end())):
            return f"{text[: head.start()].rstrip(' ,;:–—-')}: {text[after.end() :]}", match[0].strip()
        if has_currency and tail and head and head.start():
            return text[: head.start()].rstrip(" ,;:–—-") + (")" if tail["closed"] and head["inside"] else ""), match[
                0
            ].strip()
        return text, None
    return text, None


def _all(text: str) -> list[tuple[Amount, str | None]]:
    """Every amount, with the words of one that is not in kroner."""
    found: list[tuple[Amount, str | None]] = []
    matches = list(_MONEY.finditer(text))
    units = says_unit(text)
    for place, match in enumerate(matches):
        scale = match["millions"] or match["billions"]
        currency = bool(match["before"] or match["after"]) or (scale or "").upper() == "MNOK"
        if not currency and not (scale and _AFTER_BARE_SCALE.match(text[match.end() :]) and _ABOUT_MONEY.search(text)):
            continue
        if match["before"] and _UNIT_BEFORE.search(text[: match.start()]):
            continue
        if any(start <= match.start("number") < end for start, end in units):
            continue
        value = _value(match["number"], _factor(match))
        if value is None or value < limit("least_amount"):
            continue
        start, end = match.span()
        # Other amounts of the sentence bound what can be said of this one.
        left = matches[place - 1].end() if place else 0
        right = matches[place + 1].start() if place + 1 < len(matches) else len(text)
        kind = _scope(text, start, end, (left, right)) or _kind(text, start, end, (left, right))
        is_about = bool(_APPROXIMATE.search(text[:start]))
        foreign = match[0].strip() if match["foreign"] or match["foreign_after"] else None
        found.append((Amount(value, kind, start, is_about, is_bare=not currency), foreign))
    return found


def _factor(match: re.Match[str]) -> int:
    factors = {"thousands": 1_000, "millions": 1_000_000, "billions": 1_000_000_000}
    return next((factor for scale, factor in factors.items() if match[scale]), 1)


def _scope(text: str, start: int, end: int, bounds: tuple[int, int]) -> str | None:
    """What the words next to an amount say that it is; `None` when they say nothing, and its clause decides.

    «41 søknader om støtte på til sammen 35,5 millioner» is applied for, while in «av 41 søknader om støtte får 26 til
    sammen 13,5 millioner» a word of giving is between the two.
    """
    left = max((match.end() for match in _CLAUSE_BEGINS.finditer(text, 0, start)), default=0)
    clause_ends = _CLAUSE_ENDS.search(text, end)
    right = min(clause_ends.start() if clause_ends else len(text), bounds[1])
    if _SCOPES["since_start"].search(text[left:right]):
        return "since_start"
    before = text[max(left, bounds[0]) : start]
    for scope, words in _SCOPES.items():
        found = list(words.finditer(before))
        if found and not _GIVEN.search(before[found[-1].end() :]):
            return scope
    after = text[end:right]
    part = _NEXT_PART.search(after)
    after = after[: part.start()] if part else after
    return next((scope for scope, words in _SCOPES.items() if words.search(after) and not _GIVEN.search(after)), None)


def _value(digits: str, factor: int) -> int | None:
    lowered = digits.lower()
    known = _HALVES.get(lowered) or (None if digits[0].isdigit() else number(digits))
    if known and factor == 1:  # «to kroner» is no amount that a page about grants would state
        return None
    if known:
        base = float(known)
    elif re.fullmatch(r"\d{1,3}(?:[ .,\u00a0\u202f]\d{3}){2,}|\d{1,3}(?:[ .\u00a0\u202f]\d{3})+", digits):
        base = float(re.sub(r"\D", "", digits))
    # A comma before three digits separates thousands in English; with «millioner» after it, it is a decimal comma.
    elif re.fullmatch(r"\d+,\d{3}", digits) and factor == 1:
        base = float(digits.replace(",", ""))
    else:
        base = float(digits.replace(",", "."))
    return round(base * factor)


def _kind(text: str, start: int, end: int, bounds: tuple[int, int]) -> str:
    """Kind of an amount by the words of its clause, else by those of the whole sentence.

    Where a sentence has several amounts, the words between them come first: «Rammen var 50 millioner, og prosjektene
    får 48,6».
    """
    if _AT_MOST.search(text[max(0, start - limit("ceiling_before_amount")) : start]):
        return "call_ceiling"
    left = max((match.start() + 1 for match in _CLAUSE_BEGINS.finditer(text, 0, start)), default=0)
    right = _CLAUSE_ENDS.search(text, end)
    clause = text[left : right.start() if right else len(text)]
    parts = [clause, text]
    if bounds != (0, len(text)):
        between = list(_NEXT_PART.finditer(text, bounds[0], start))
        begins = between[-1].end() if between else bounds[0]
        ends = _NEXT_PART.search(text, end, bounds[1])
        parts.insert(0, text[max(begins, left) : ends.start() if ends else bounds[1]])
    return next((kind for part in parts for kind, words in _KINDS.items() if words.search(part)), "unclear")


def date_in(text: str) -> str | None:
    """The first date in `text`; of several forms that fit at one place, the most exact."""
    best: tuple[int, str] | None = None
    for form in _FORMS:
        for match in form.finditer(text):
            value = _iso(match)
            if value and (best is None or match.start() < best[0]):
                best = match.start(), value
                break
    return best[1] if best else None


def _iso(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    if "m" not in parts:
        return parts["y"]
    month = parts["m"].rstrip(".").lower()
    month_number = int(month) if month.isdigit() else MONTHS[month]
    if not 1 <= month_number <= 12:
        return None
    if "d" not in parts:
        return f"{parts['y']}-{month_number:02d}"
    day = int(parts["d"])
    return f"{parts['y']}-{month_number:02d}-{day:02d}" if 1 <= day <= 31 else None


def period_in(text: str) -> tuple[str | None, str | None]:
    """Start and end of a period; a first half without a year takes that of the second.

    A single date is the start, and the end is unknown.
    """
    bare = _FROM.sub("", re.sub(r"\(.*?\)", " ", text).strip())
    parts = _UNTIL.split(bare, maxsplit=1)
    if len(parts) == 1 and (match := re.match(rf"^(.*?{YEAR}|[^\W\d]+)\s*-\s*(.*)$", bare)):
        parts = [match[1], match[2]]
    if len(parts) == 1:
        return date_in(bare), None
    first, second = parts
    end = None if _ONGOING.search(second) and not re.search(YEAR, second) else date_in(second)
    start = date_in(first)
    if start is None and end:
        start = date_in(f"{first} {end[:4]}")
        start = None if start == end[:4] and first.strip() else start
    return start, end
