"""Dates and periods as pages write them.

Belongs here: text to ISO dates with no more digits than the page gives (`2021`, `2021-05`, `2021-05-06`).
Does not belong here: which date is a project's start (`projects.py`) or the page's own (`kinds.py`).
"""

from __future__ import annotations

import re

from gevinst.announcements.words import MONTH, MONTHS, SEASON

YEAR = r"(?:19|20)\d{2}"
_FORMS = (
    (re.compile(rf"\b(?P<y>{YEAR})-(?P<m>\d{{2}})-(?P<d>\d{{2}})(?!\d)"), "ymd"),
    (re.compile(rf"\b(?P<d>\d{{1,2}})[./](?P<m>\d{{1,2}})[./](?P<y>{YEAR})\b"), "ymd"),
    (re.compile(rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\.?\s+(?P<m>{MONTH}),?\s+(?P<y>{YEAR})\b", re.I), "ymd"),
    (re.compile(rf"\b(?P<m>{MONTH})\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,\s+(?P<y>{YEAR})\b", re.I), "ymd"),
    (re.compile(rf"\b(?P<m>{MONTH})\s+(?P<y>{YEAR})\b", re.I), "ym"),
    (re.compile(rf"\b(?P<m>0?[1-9]|1[0-2])[./](?P<y>{YEAR})\b"), "ym"),
    (re.compile(rf"\b(?P<y>{YEAR})-(?P<m>0[1-9]|1[0-2])\b(?!-)"), "ym"),
    (re.compile(rf"\b{SEASON}\s+(?P<y>{YEAR})\b", re.I), "y"),
    (re.compile(rf"\b(?P<y>{YEAR})\b"), "y"),
)
_ONGOING = re.compile(r"\b(?:pågå\w*|igangvær\w*|ongoing|under way|d\.d\.|dags dato|nå|no|present|now)\b", re.I)
_BETWEEN = re.compile(
    rf"(?P<a>(?:\d{{1,2}}\.?\s*)?(?:{MONTH}\s*)?(?:{SEASON}\s*)?(?:{YEAR})?)\s*(?:[-–—]|\btil\b|\bto\b|\btill\b|"
    rf"\buntil\b)+"
    rf"\s*(?P<b>.+)",
    re.I,
)


def date_in(text: str) -> str | None:
    """The first date in `text`; the form that says most is preferred where it begins."""
    best: tuple[int, int, str] | None = None
    for rank, (pattern, kind) in enumerate(_FORMS):
        for match in pattern.finditer(text):
            value = _iso(match, kind)
            if value and (best is None or match.start() < best[0]):
                covered = best is not None and best[1] < rank and match.start() >= best[0]
                best = best if covered else (match.start(), rank, value)
                break
    return best[2] if best else None


def _iso(match: re.Match[str], kind: str) -> str | None:
    year = match["y"]
    if kind == "y":
        return year
    month = match["m"].rstrip(".").lower()
    month_number = int(month) if month.isdigit() else MONTHS[month]
    if not 1 <= month_number <= 12:
        return None
    if kind == "ym":
        return f"{year}-{month_number:02d}"
    day = int(match["d"])
    return f"{year}-{month_number:02d}-{day:02d}" if 1 <= day <= 31 else None


def period_in(text: str) -> tuple[str | None, str | None]:
    """Start and end of a period; a first half without a year takes that of the second.

    One date alone is the start when words say so or nothing follows a dash, else both stay unknown but for the start.
    """
    bare = re.sub(r"\(.*?\)", " ", text).strip()
    bare = re.sub(r"^(?:fra|frå|from)\s+", "", bare, flags=re.I)
    parts = re.split(r"\s*(?:[–—]|\s-\s|\btil og med\b|\btil\b|\bto\b|\buntil\b)\s*", bare, maxsplit=1)
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
