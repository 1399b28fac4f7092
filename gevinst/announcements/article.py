"""Which lines of a page are its article, and which of them are labels and headings.

Belongs here: recognising menus, teasers, captions, contacts, quotes and repeated paragraphs by their wording; labels
that only the lines around them show to be such; headings in contrast to prose.
Does not belong here: what HTML elements mean by themselves (`html_page.py`), what a heading says (`titles.py`) and
which heading belongs to which project (`projects_in_fields.py`, `projects_in_prose.py`).
"""

from __future__ import annotations

import re
from dataclasses import replace

from gevinst.announcements.amounts import date_in
from gevinst.announcements.model import Line
from gevinst.announcements.organisations import is_organisation, is_person, is_title, says_kind
from gevinst.announcements.titles import PREFIX
from gevinst.announcements.vocabulary import (
    ANCHORS,
    bare_label_of,
    compiled,
    is_section,
    label_of,
    limit,
    one_of,
    pattern,
)

_MENU = compiled(rf"{one_of('boilerplate.menu')}\.?", re.IGNORECASE)
_COOKIE = pattern("boilerplate.cookies")
_CAPTION = pattern("boilerplate.captions")
_TEASERS = pattern("boilerplate.teasers")
_CONTACT = pattern("boilerplate.contacts")
_QUOTE_MARK = re.compile(r"^\s*(?:[–—―]\s*|-\s+)")
_SAYS = pattern("boilerplate.says", words=True)
_UNTIL_NEXT_LABEL = 7
"""Level of a list of teasers in plain text: below every heading, since nothing there says where it ends."""

_DATED = pattern("headings.dated")
_NEXT_LABEL = re.compile(r"([.;,|]\s+|\s–\s)(?P<label>[^\W\d_][^:.;,|]{1,44}:\s)")
_LABEL_LIKE = re.compile(r"^(?P<label>[A-ZÆØÅÄÖÉ][^:.!?«“\"]{1,44}?)\s*:\s+\S")


def marked(lines: list[Line], text: str | None = None) -> list[Line]:
    """The lines, of which those outside the article are marked quiet; `text` is the page when it was plain text."""
    rows = text.split("\n") if text is not None else []
    menu = _menu(lines) if text is not None else set()
    named = _names_in_capitals(lines)
    found: list[Line] = []
    # Long lines that are repeated are leads or teasers copied from the article; short ones may rightly be alike.
    seen: set[str] = set()
    teaser_level: int | None = None
    contact = 0
    for line in lines:
        bare = line.text.rstrip(":")
        if _TEASERS.fullmatch(bare):
            teaser_level = line.level or _UNTIL_NEXT_LABEL
        elif teaser_level is not None and (
            (line.level and line.level <= teaser_level) or (teaser_level == _UNTIL_NEXT_LABEL and _is_anchor(line))
        ):
            teaser_level = None
        # Inside a menu the word is no heading of contacts.
        begins = _CONTACT.fullmatch(bare) and line.after_gap
        contact = limit("lines_of_contact") if begins else max(contact - 1, 0)
        quiet = (
            line.is_quiet
            or teaser_level is not None
            or line.number in menu
            or (_is_residue(line) and line.text not in named)
            or _is_quote(line, rows)
            or (contact > 0 and _is_contact(line))
            or (len(line.text) > limit("longest_menu") and line.text in seen)
        )
        seen.add(line.text)
        found.append(replace(line, is_quiet=True) if quiet else line)
    return _with_fields([piece for line in _pull_quotes(found) for piece in _labels_apart(line)])


def _labels_apart(line: Line) -> list[Line]:
    """A line that holds several labels with their values, such as «Eier: A. Partner: B», as a line for each."""
    if line.is_quiet or line.cells or not label_of(line.text):
        return [line]
    begins = [match.start("label") for match in _NEXT_LABEL.finditer(line.text) if label_of(line.text[match.end(1) :])]
    if not begins:
        return [line]
    ends = [*begins, len(line.text)]
    pieces: list[Line] = []
    for start, end in zip([0, *begins], ends, strict=True):
        parts = tuple((max(at - start, 0), number) for at, number in line.parts if at < end)
        text = line.text[start:end].strip(" .;,|–")
        pieces.append(
            replace(line, text=text, number=line.at(start), parts=parts, after_gap=line.after_gap and not start)
        )
    return pieces


def _with_fields(lines: list[Line]) -> list[Line]:
    """The lines, of which those that are labels with their values are marked, known or not.

    What looks like a label is one where a known label is among those directly above and below, or where the same words
    introduce another line.
    """
    lefts = [_label_like(line) for line in lines]
    often = {left for left in lefts if left and lefts.count(left) > 1}
    found: list[Line] = []
    run: list[int] = []
    marked_runs: set[int] = set()
    for place, (line, left) in enumerate(zip(lines, lefts, strict=True)):
        if left is None and not line.is_quiet:
            marked_runs |= _if_known(lines, run)
            run = []
        elif left is not None:
            run.append(place)
    marked_runs |= _if_known(lines, run)
    for place, (line, left) in enumerate(zip(lines, lefts, strict=True)):
        is_field = place in marked_runs or (left is not None and left in often)
        found.append(replace(line, is_field=True) if is_field else line)
    return found


def _if_known(lines: list[Line], run: list[int]) -> set[int]:
    """The places of a run of lines that look like labels, when one of them is known."""
    known = sum(1 for place in run if label_of(lines[place].text))
    return set(run) if known and len(run) > 1 else set()


def _label_like(line: Line) -> str | None:
    """The words before the colon of a line that may be a label with its value."""
    match = None if line.is_quiet or line.cells or line.level else _LABEL_LIKE.match(line.text)
    if not match or len(match["label"].split()) > limit("words_of_label"):
        return None
    if says_kind(match["label"]) or PREFIX.match(line.text):  # «Owner: Name», «Medfinansiering: Name»
        return None
    return match["label"].lower()


def _menu(lines: list[Line]) -> set[int]:
    """Numbers of the lines of a flattened menu: at the top, three or more short lines without a gap between them."""
    run: list[Line] = []
    for line in lines:
        short = len(line.text) <= limit("longest_menu_at_top") and not _is_label(line)
        if not short or line.cells or line.level or (run and line.after_gap):
            break
        run.append(line)
    return {line.number for line in run} if len(run) >= limit("least_menu") else set()


def _names_in_capitals(lines: list[Line]) -> set[str]:
    """Lines of one word in capitals that running text uses too: they are names, and no buttons."""
    words = {line.text for line in lines if line.text.isupper() and len(line.text.split()) == 1}
    prose = [line.text for line in lines if not line.text.isupper()]
    return {word for word in words if any(re.search(rf"\b{re.escape(word)}\b", text) for text in prose)}


def _is_label(line: Line) -> bool:
    return bool(label_of(line.text) or bare_label_of(line.text, of_table=True))


def _is_anchor(line: Line) -> bool:
    """A label of a project in plain text ends a list of teasers, which has no end of its own there."""
    label = label_of(line.text)
    return bool(label and label.field in ANCHORS and label.field != "name")


def _is_residue(line: Line) -> bool:
    text = line.text
    if line.cells:
        return False
    if len(text) <= limit("longest_menu") and _MENU.fullmatch(text) and not label_of(text):
        return True
    if _CAPTION.search(text) or _COOKIE.search(text):
        return True
    # Words in capitals are buttons and banners, unless they are an abbreviation of up to six letters.
    letters = re.sub(r"\W", "", text)
    if bare_label_of(text, of_table=True) or is_section(text):
        return False
    shouted = len(letters) > 6 and text.isupper() and len(text.split()) <= 3 and not is_organisation(text)
    return shouted or bool(re.fullmatch(r"[\W\d_]{1,6}", text))


def _is_quote(line: Line, rows: list[str]) -> bool:
    if line.cells or line.level:
        return False
    # The line as it was in the file: its dash, which marks a quotation, has been removed as if it were a bullet's.
    raw = rows[line.number - 1] if rows else line.text
    is_long = len(line.text) > limit("longest_dashed_item")
    dashed = bool(_QUOTE_MARK.match(raw)) and (is_long or bool(_SAYS.search(line.text)))
    # From 30 characters on: a shorter line in quotation marks is the name of a project.
    whole = bool(re.fullmatch(r"[«“\"].{30,}[»”\"]\.?", line.text)) and line.text.count("«") <= 1
    said = bool(re.match(r"^[–—-] ?[A-ZÆØÅÄÖÉ]", raw)) and bool(re.search(rf",\s{_SAYS.pattern}", line.text))
    return dashed or whole or said


def _is_contact(line: Line) -> bool:
    label = label_of(line.text)
    if label:
        return label.field == "person"
    return len(line.text) <= limit("longest_contact") and not bare_label_of(line.text) and not line.level


def _pull_quotes(lines: list[Line]) -> list[Line]:
    """Mark names and titles of persons on lines of their own, and the quotation just above them."""
    found = list(lines)
    for index, line in enumerate(lines):
        if line.cells or label_of(line.text) or len(line.text) > limit("longest_signature"):
            continue
        above = found[index - 1] if index else None
        person = is_person(line.text)
        # «Kari Nordlund, Vestmark kommune» in a list of partners names an organisation, and stays.
        alone = not any(is_organisation(part) for part in line.text.split(", "))
        follows_quiet = above is not None and above.is_quiet and not line.level and not line.is_bullet
        if not ((person and alone) or (is_title(line.text) and follows_quiet)):
            continue
        found[index] = replace(line, is_quiet=True)
        if above and person and re.match(r"[«“\"–]", above.text):
            found[index - 1] = replace(above, is_quiet=True)
    return found


def is_heading(line: Line, *, before_field: bool = False) -> bool:
    """Whether a line could be a heading: marked as one, or short, on its own and no sentence.

    `before_field` is for a line directly above a label, which needs no blank line above it.
    """
    text = line.text
    if line.is_quiet or line.cells or line.is_field or (line.is_bullet and not before_field):
        return False
    if line.level:
        return True
    if not 2 <= len(text) <= limit("longest_heading") or len(text.split()) > limit("words_of_heading"):
        return False
    if not re.match(r"[A-ZÆØÅÄÖÉ0-9«“\"]|e-", text) or text.endswith((".", ",", ";", "–")) or _DATED.match(text):
        return False
    if is_person(text) or (label_of(text) and not PREFIX.match(text)):
        return False
    if re.fullmatch(r"[\d\s.]*\w{3,9}\.?\s*(?:19|20)\d\d|[\d.\s-]+", text) and date_in(text):
        return False
    return line.after_gap or before_field
