"""What tables and lists count their amounts in: kroner, thousands or millions, wherever a page says so.

Belongs here: the unit in the heading of a column, in a caption, a heading or a note, and a bare number in that unit.
Does not belong here: amounts that say their own scale (`amounts.py`) and whose amount it is (`projects_in_tables.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from gevinst.announcements.model import Line
from gevinst.announcements.vocabulary import compiled, limit, one_of

UNKNOWN = 0
"""The page counts in something, and what is not sure: a bare number must not be told."""

_FORMS = {
    1_000: rf"(?<![\d.,])(?<!\d )(?:{one_of('amount_units.thousands')})(?![ .,\u00a0]?\d|\s+(?:av|of)\b)",
    1_000_000: rf"(?<![\d.,])(?<!\d )(?:{one_of('amount_units.millions')})(?!\w|\s+(?:av|of)\b)",
}
_IN_HEADING = {unit: re.compile(rf"(?<!\w){form}", re.IGNORECASE) for unit, form in _FORMS.items()}
_MONEY = one_of("amount_units.money")
# «Beløp i 1 000 kroner», «all figures are in thousands»: what is counted, and then the unit; or a unit with its money.
_SAID = {
    unit: compiled(
        rf"\b{one_of('amount_units.counted')}\b[^.;|]{{0,50}}?\b{one_of('amount_units.in')}\s+(?:{one_of('amount_units.whole')}\s+)?"
        rf"{form}"
        rf"|\b{one_of('amount_units.named')}(?::|\s[=–])\s*{form}\s*\.?$"
        rf"|(?:^|[(\[]|,\s)\s*(?:{one_of('amount_units.in')}\s+)?(?:{one_of('amount_units.whole')}\s+)?"
        rf"(?=[^)\]]{{0,60}}?{_MONEY}){form}\s*\.?(?:[)\]]|$)",
        re.IGNORECASE,
    )
    for unit, form in _FORMS.items()
}
_KRONER = compiled(one_of("amount_units.kroner"), re.IGNORECASE)
_FOREIGN = compiled(rf"{one_of('amounts.foreign_before')}|{one_of('amounts.foreign_after')}", re.IGNORECASE)
_SCALE = compiled(rf"\d\s*(?:{one_of('amounts.millions')}|{one_of('amounts.thousands')})", re.IGNORECASE)
_BARE = re.compile(r"(?P<whole>\d{1,3}(?:[ .,\u00a0\u202f]\d{3})+|\d+)(?:[.,](?P<part>\d{1,2}))?")


def unit_of_heading(heading: str) -> int | None:
    """What a column counts in by its heading: 1 for kroner, 1 000, 1 000 000, or `None` where it does not say."""
    units = {unit for unit, form in _IN_HEADING.items() if form.search(heading)}
    if len(units) > 1:
        return UNKNOWN
    return units.pop() if units else (1 if _KRONER.search(heading) else None)


def without_unit(heading: str) -> str:
    """A heading without the unit that it says."""
    bare = heading
    for form in _IN_HEADING.values():
        bare = re.sub(rf"\s*(?:\b{one_of('amount_units.in')}\s+)?{form.pattern}", "", bare, flags=re.IGNORECASE)
    return bare.strip() or heading


def unit_said(lines: Iterable[Line]) -> int | None:
    """What captions, headings and notes say that amounts are counted in; `UNKNOWN` where they say two things."""
    texts = [line.text for line in lines if not _is_row(line)]
    found = [(unit, match[0]) for text in texts for unit, form in _SAID.items() if (match := form.search(text))]
    said = {UNKNOWN if _FOREIGN.search(words) else unit for unit, words in found}
    return (said.pop() if len(said) == 1 else UNKNOWN) if said else None


def says_unit(text: str) -> list[tuple[int, int]]:
    """Where a text says what amounts are counted in: «i 1 000 kroner» there is no amount."""
    return [match.span() for form in _SAID.values() for match in form.finditer(text)]


def is_told_whole(kroner: int, text: str) -> bool:
    """Whether an amount in a text stands as it is on a page that counts in a unit: it says its scale, or is large."""
    return kroner >= limit("least_whole_beside_unit") or bool(_SCALE.search(text))


def unit_near(lines: Sequence[Line], first: int, last: int) -> int | None:
    """What a table between two indices counts in by the lines around it; `UNKNOWN` where only others far away say so.

    Rows over the whole width of the table are among the lines that may say it.
    """
    near = limit("lines_to_unit")
    said = unit_said(lines[max(first - near, 0) : last + 1 + near])
    return said if said is not None else UNKNOWN if unit_said(lines) is not None else None


def _is_row(line: Line) -> bool:
    """Whether a line is a row of a table, whose headings are read with their columns."""
    return len(line.cells) > 1


def bare_amount(text: str, unit: int) -> int | None:
    """The kroner of a bare number that is counted in a unit; `None` for other texts and impossible amounts."""
    match = _BARE.fullmatch(text.strip(" ."))
    if not match or unit == UNKNOWN:
        return None
    # «1,250» in millions is 1.25 or 1 250, and nothing says which.
    if unit > 1_000 and re.search(r"[.,]\d{3}$", match["whole"]):
        return None
    value = round((int(re.sub(r"\D", "", match["whole"])) + float(f"0.{match['part'] or 0}")) * unit)
    return value if limit("least_amount") <= value <= limit("most_in_unit") else None
