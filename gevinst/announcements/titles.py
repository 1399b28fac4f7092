"""What a title, a heading or the line of an item says about a project: its name, its owner, or nothing.

Belongs here: headings that name no project, names without what a site adds to them, and owner and name in one line.
Does not belong here: which lines are headings (`article.py`) and sentences (`statements.py`).
"""

from __future__ import annotations

import re

from gevinst.announcements.name_lists import named_in, opened
from gevinst.announcements.organisations import is_organisation, is_word_for_owner, may_be_organisation
from gevinst.announcements.vocabulary import (
    bare_label_of,
    compiled,
    is_section,
    label_of,
    limit,
    one_of,
    pattern,
    phrases,
)

PREFIX = compiled(rf"^{one_of('headings.before_title')}\s*", re.IGNORECASE)
_SUFFIX = compiled(rf"\s+(?:\||–|-)\s+{one_of('headings.after_title')}$", re.IGNORECASE)
_GENERAL = pattern("headings.general")
_VERB = compiled(rf"\b{one_of('headings.verbs')}\b")
_WITH_IN_BRACKETS = compiled(rf",?\s+{one_of('statements.with')}\s+(?=[A-ZÆØÅÄÖÉ])")
_TOGETHER = phrases("statements.together")[0]
_MONEY_TO_NAME = compiled(
    rf"^(?:[\d.,]+|{one_of('headings.money_before_name')}) .*?[«“\"](?P<name>[^«»“”\"]+)[»”\"]\.?$"
)
_NAME_THEN_OWNER = compiled(
    rf"^[«“\"](?P<name>[^»”\"]+)[»”\"]\s*(?:,|{one_of('headings.owner_after_name')})\s*(?P<owner>.+)$"
)
_OWNER_THEN_NAME = compiled(
    rf"^(?P<owner>[^«“\"]{{2,110}}?)\s*(?:,|{one_of('headings.name_after_owner')})?\s*"
    rf"(?:{one_of('headings.the_project')})?\s*[«“\"](?P<name>[^»”\"]+)[»”\"]\.?$"
)
_TWO_SENTENCES = re.compile(r"[a-zæøåäöé]{3,}\. [A-ZÆØÅÄÖÉ]")
# «Name, led by Owner», «Name (eies av Owner)».
_LED_BY = compiled(
    rf"^(?P<name>.{{2,110}}?),?\s+[(–—-]?\s*{one_of('headings.led_by')}"
    rf"\s+(?:{one_of('organisations.article')} )?(?P<owner>[A-ZÆØÅÄÖÉ].+)$"
)


def is_general(text: str) -> bool:
    """Whether a heading is about the scheme or all projects, and so names none."""
    return is_section(text) or bool(_GENERAL.search(text)) or bare_label_of(text) is not None


def bare_title(text: str) -> str:
    """A title without the words that a site adds before or after every title."""
    bare = text.strip()
    # Repeated, because sites nest them: «Prosjektportefølje <scheme> ...».
    while (shorter := _SUFFIX.sub("", PREFIX.sub("", bare))) != bare:
        bare = shorter.strip()
    return bare


def unquoted(name: str) -> str:
    """A name without the quotation marks or asterisks around it and without the full stop after it."""
    bare = name.strip().strip("*_").strip()
    if re.fullmatch(r"[«“\"'‘][^«»“”]+[»”\"'’]\.?", bare):
        bare = bare.rstrip(".")[1:-1]
    return bare.strip().rstrip(".") if len(bare.split()) > 1 and not bare.endswith("..") else bare.strip()


def owner_and_name(text: str, *, is_listed: bool = False, strong: str = "") -> tuple[str | None, str | None]:
    """Owner and name in a title: `Owner: Name`, `Name – Owner`, `Name (Owner)`; a missing part is `None`.

    The item of a list of projects (`is_listed`) may also put its name before the colon, or part name and owner by a
    comma; `strong` are the words in other letters that it begins with.
    """
    bare = opened(bare_title(text))
    if strong and (parted := _of_strong(bare, strong)):
        return parted
    if (led := _LED_BY.match(bare)) and is_only_organisations(led["owner"]):
        return led["owner"].strip(" .)"), unquoted(led["name"])
    # A colon before a dash: «Owner: Name – what it is about» has both. 110 characters are more than the name of an
    # owner with its department has; a longer left side is a sentence.
    for form in (r"^(?P<left>[^:]{2,110}):\s+(?P<right>.+)$", r"^(?P<left>.{2,110}?)\s+[–—-]\s+(?P<right>.+)$"):
        match = re.match(form, bare)
        if match and is_only_organisations(match["left"]):
            return match["left"].strip(), _quoted_or_whole(match["right"])
        is_dash = match is not None and bare[match.end("left") + 1] in "–—-"
        if match and (is_dash or (is_listed and not label_of(bare))) and is_only_organisations(match["right"]):
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
    if is_listed and (parted := _at_comma(bare)):
        return parted
    return None, unquoted(bare) or None


def _of_strong(bare: str, strong: str) -> tuple[str, str] | None:
    """Owner and name where one of them is in other letters and the rest of the line is the other."""
    rest = re.sub(r"^[\s,:;.–—-]+", "", bare[len(strong) :]) if bare.startswith(strong) else ""
    if not rest or label_of(bare):
        return None
    if is_only_organisations(rest) and not is_only_organisations(strong):
        return rest.strip(" ."), unquoted(strong)
    is_name = len(rest.split()) <= limit("words_of_name") and not re.search(r"[.!?] ", rest) and rest[:1].isupper()
    return (strong, unquoted(rest)) if is_only_organisations(strong) and is_name else None


def _at_comma(bare: str) -> tuple[str, str] | None:
    """Owner and name of an item such as «Name, Owner»: the first comma after which there are only bodies."""
    for comma in re.finditer(r",\s+", bare):
        name, owner = bare[: comma.start()], bare[comma.end() :]
        first = named_in(owner).first
        if first and is_only_organisations(owner) and is_organisation(first[0]) and not may_be_organisation(name):
            return owner.strip(" ."), unquoted(name)
    return None


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
        and not _TWO_SENTENCES.search(text)
        and not is_word_for_owner(names[0])
        and len(text) <= limit("longest_cell")
        and is_organisation(names[0])
        and all(name[:1].isupper() and not _VERB.search(name) for name in names)
    )
