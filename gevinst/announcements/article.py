"""Which lines of a page are its article, which of them are headings, and what a heading says about a project.

Belongs here: recognising menus, teasers, captions, contacts, quotes and repeated paragraphs by their wording; headings
in contrast to prose; owner and name in a title such as `Owner: Name`.
Does not belong here: what HTML elements mean by themselves (`document.py`) and which heading belongs to which project
(`projects_in_fields.py`, `projects_in_prose.py`).
"""

from __future__ import annotations

import re
from dataclasses import replace

from gevinst.announcements.amounts import date_in
from gevinst.announcements.model import Line
from gevinst.announcements.organisations import is_organisation, is_person, is_title, named_in
from gevinst.announcements.vocabulary import (
    ANCHORS,
    bare_label_of,
    is_section,
    label_of,
    limit,
    one_of,
    pattern,
    phrases,
)

_MENU = re.compile(rf"{one_of('boilerplate.menu')}\.?", re.IGNORECASE)
_COOKIE = pattern("boilerplate.cookies")
_CAPTION = pattern("boilerplate.captions")
_TEASERS = pattern("boilerplate.teasers")
_CONTACT = pattern("boilerplate.contacts")
_QUOTE_MARK = re.compile(r"^\s*(?:[–—―]\s*|-\s+)")
_SAYS = pattern("boilerplate.says", words=True)
_UNTIL_NEXT_LABEL = 7
"""Level of a list of teasers in plain text: below every heading, since nothing there says where it ends."""

_PREFIX = re.compile(rf"^{one_of('headings.before_title')}\s*", re.IGNORECASE)
_SUFFIX = re.compile(rf"\s+(?:\||–|-)\s+{one_of('headings.after_title')}$", re.IGNORECASE)
_GENERAL = pattern("headings.general")
_DATED = pattern("headings.dated")
_VERB = re.compile(rf"\b{one_of('headings.verbs')}\b")
_WITH_IN_BRACKETS = re.compile(rf",?\s+{one_of('statements.with')}\s+(?=[A-ZÆØÅ])")
_TOGETHER = phrases("statements.together")[0]
_MONEY_TO_NAME = re.compile(
    rf"^(?:[\d.,]+|{one_of('headings.money_before_name')}) .*?[«“\"](?P<name>[^«»“”\"]+)[»”\"]\.?$"
)
_NAME_THEN_OWNER = re.compile(
    rf"^[«“\"](?P<name>[^»”\"]+)[»”\"]\s*(?:,|{one_of('headings.owner_after_name')})\s*(?P<owner>.+)$"
)
_OWNER_THEN_NAME = re.compile(
    rf"^(?P<owner>[^«“\"]{{2,110}}?)\s*(?:,|{one_of('headings.name_after_owner')})?\s*"
    rf"(?:{one_of('headings.the_project')})?\s*[«“\"](?P<name>[^»”\"]+)[»”\"]\.?$"
)


def marked(lines: list[Line], text: str | None = None) -> list[Line]:
    """The lines, of which those outside the article are marked quiet; `text` is the page when it was plain text."""
    rows = text.split("\n") if text is not None else []
    menu = _menu(lines) if text is not None else set()
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
        contact = limit("lines_of_contact") if _CONTACT.fullmatch(bare) else max(contact - 1, 0)
        quiet = (
            line.is_quiet
            or teaser_level is not None
            or line.number in menu
            or _is_residue(line)
            or _is_quote(line, rows)
            or (contact > 0 and _is_contact(line))
            or (len(line.text) > limit("longest_menu") and line.text in seen)
        )
        seen.add(line.text)
        found.append(replace(line, is_quiet=True) if quiet else line)
    return _pull_quotes(found)


def _menu(lines: list[Line]) -> set[int]:
    """Numbers of the lines of a flattened menu: at the top, three or more short lines without a gap between them."""
    run: list[Line] = []
    for line in lines:
        short = len(line.text) <= limit("longest_menu_at_top") and not _is_label(line)
        if not short or line.cells or line.level or (run and line.after_gap):
            break
        run.append(line)
    return {line.number for line in run} if len(run) >= limit("least_menu") else set()


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
    said = bool(re.match(r"^[–—-] ?[A-ZÆØÅ]", raw)) and bool(re.search(rf",\s{_SAYS.pattern}", line.text))
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
    if line.is_quiet or line.cells or (line.is_bullet and not before_field):
        return False
    if line.level:
        return True
    if not 2 <= len(text) <= limit("longest_heading") or len(text.split()) > limit("words_of_heading"):
        return False
    if not re.match(r"[A-ZÆØÅ0-9«“\"]|e-", text) or text.endswith((".", ",", ";", "–")) or _DATED.match(text):
        return False
    if is_person(text) or (label_of(text) and not _PREFIX.match(text)):
        return False
    if re.fullmatch(r"[\d\s.]*\w{3,9}\.?\s*(?:19|20)\d\d|[\d.\s-]+", text) and date_in(text):
        return False
    return line.after_gap or before_field


def is_general(text: str) -> bool:
    """Whether a heading is about the scheme or all projects, and so names none."""
    return is_section(text) or bool(_GENERAL.search(text)) or bare_label_of(text) is not None


def bare_title(text: str) -> str:
    """A title without the words that a site adds before or after every title."""
    bare = text.strip()
    # Repeated, because sites nest them: «Prosjektportefølje Stimulab ...».
    while (shorter := _SUFFIX.sub("", _PREFIX.sub("", bare))) != bare:
        bare = shorter.strip()
    return bare


def unquoted(name: str) -> str:
    """A name without the quotation marks or asterisks around it and without the full stop after it."""
    bare = name.strip().strip("*_").strip()
    if re.fullmatch(r"[«“\"'‘][^«»“”]+[»”\"'’]\.?", bare):
        bare = bare.rstrip(".")[1:-1]
    return bare.strip().rstrip(".") if len(bare.split()) > 1 and not bare.endswith("..") else bare.strip()


def owner_and_name(text: str) -> tuple[str | None, str | None]:
    """Owner and name in a title: `Owner: Name`, `Name – Owner`, `Name (Owner)`; a missing part is `None`."""
    bare = bare_title(text)
    # A colon before a dash: «Owner: Name – what it is about» has both. 110 characters are more than the name of an
    # owner with its department has; a longer left side is a sentence.
    for form in (r"^(?P<left>[^:]{2,110}):\s+(?P<right>.+)$", r"^(?P<left>.{2,110}?)\s+[–—-]\s+(?P<right>.+)$"):
        match = re.match(form, bare)
        if match and is_only_organisations(match["left"]):
            return match["left"].strip(), _quoted_or_whole(match["right"])
        if match and bare[match.end("left") + 1] in "–—-" and is_only_organisations(match["right"]):
            return match["right"].strip(" ."), unquoted(match["left"])
    match = re.match(r"^(?P<left>.+?)\s*\((?P<right>[^()]{4,150}(?:\([^()]+\))?)\)\.?$", bare)
    if match and (along := _WITH_IN_BRACKETS.search(match["right"])):
        # «(Lund kommune med Vik kommune)»: inside brackets a bare «med» joins bodies, and nothing else.
        return f"{match['right'][: along.start()]}, {_TOGETHER} {match['right'][along.end() :]}", unquoted(
            match["left"]
        )
    if match and is_only_organisations(match["right"]) and not re.fullmatch(r"\w{2,8}", match["right"]):
        return match["right"].strip(), unquoted(match["left"])
    for quoted in (_NAME_THEN_OWNER, _OWNER_THEN_NAME):
        match = quoted.match(bare)
        if match and is_only_organisations(match["owner"]):
            return match["owner"].strip(" .,"), match["name"].strip()
    if is_only_organisations(bare):
        return bare, None
    return None, unquoted(bare) or None


def _quoted_or_whole(text: str) -> str:
    """The name in quotation marks after words on money, such as `2 million to «Name»`; else the whole text."""
    match = _MONEY_TO_NAME.match(text)
    return match["name"].strip() if match else unquoted(text)


def is_only_organisations(text: str) -> bool:
    """Whether a text is nothing but the names of organisations."""
    named = named_in(text)
    names = [*named.first, *named.along]
    return (
        bool(names)
        and len(text) <= limit("longest_organisation")
        and is_organisation(names[0])
        and all(name[:1].isupper() and not _VERB.search(name) for name in names)
    )
