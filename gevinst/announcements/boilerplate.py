"""What stands on a page and is no part of the article.

Belongs here: menus, teasers, captions, contacts, quotes of persons and repeated paragraphs, told by their wording.
Does not belong here: what HTML elements say by themselves (`page_html.py`).
"""

from __future__ import annotations

import re
from dataclasses import replace

from gevinst.announcements.model import Line
from gevinst.announcements.organisations import is_organisation
from gevinst.announcements.persons import is_person, is_title
from gevinst.announcements.vocabulary import bare_label_of, label_of

_MENU = re.compile(
    r"(?:hopp til (?:hoved|hovud)\w*|skip to (?:main )?content|til (?:hoved|hovud)innh\w+|(?:hoved|hovud)meny.*|"
    r"main menu.*|design og arkitektur norge|design and architecture norway|kalender|arrangement(?:er)?|events|"
    r"meny|menu|søk|search|forsiden?|framside|hjem|home|english|"
    r"bokmål|nynorsk|logg inn|log in|del(?:dette)?|del på \w+|share|skriv ut|print|til toppen|to the top|tilbake|"
    r"back|les mer|les meir|read more|lytt|"
    r"facebook|twitter|linkedin|instagram|x|e-post|abonner.*|nyhetsbrev|personvern\w*|privacy.*|"
    r"tilgjengelighetserklæring|tilgjenge\w*|nettstedskart|"
    r"du er her.*|you are here.*|\w+(?: [›»>/] [\w ,-]+)+|godta (?:alle|informasjonskapsler).*|"
    r"accept (?:all )?cookies.*|avvis.*|innstillinger|aktuelt|"
    r"nyheter|news|om oss|about us|presse|jobb hos oss|ledige stillinger|last ned.*|download.*|send inn|submit|ja|"
    r"nei|yes|historisk arkiv)\.?",
    re.IGNORECASE,
)
_COOKIE = re.compile(r"informasjonskaps|\bcookies?\b|samtykke til|personopplysningar? vi", re.IGNORECASE)
_CAPTION = re.compile(
    r"^(?:foto(?:graf)?|bilde(?:t)? (?:av|viser)|biletet? (?:av|viser)|illustrasjon|photo|image|picture|video|"
    r"[A-ZÆØÅ -]{5,25}: .*\b(?:foto|samlet|samla)\b|alt-tekst)"
    r"|\b(?:foto|photo|illustrasjon|illustration)\s*:",
    re.IGNORECASE,
)
_TEASERS = re.compile(
    r"(?:relatert[e]?(?: .*)?|artikkelliste|(?:flere|fleire|andre|siste|nyeste) (?:nyheter|nyhende|saker|artikler|"
    r"artiklar|nytt|prosjekt(?:er)?|stimulab-prosjekt\w*)|"
    r"siste nytt|les også|se også|sjå også|anbefalt[e]?.*|mer om (?:stimulab|ordningen|temaet)|meir om .*|"
    r"related(?: .*)?|more (?:news|articles|projects|from).*|"
    r"latest news|see also|other projects|you may also like|fant du det du lette etter\??|"
    r"fann du det du leita etter\??|did you find.*|del denne siden|"
    r"relevante lenker|lenker|lenkjer|eksterne lenker|links)",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"(?:kontakt(?:person(?:er|ar)?|info\w*| oss)?|contacts?(?: us| persons?)?|pressekontakt(?:er)?|"
    r"for mer informasjon|media contact)",
    re.I,
)
_QUOTE_MARK = re.compile(r"^\s*(?:[–—―]\s*|-\s+)")
_SAYS = re.compile(
    r"\b(?:sier|seier|forteller|fortel|forklarer|påpeker|understreker|understrekar|says|said|explains|notes)\b"
)
LONGEST_MENU = 60


def marked(lines: list[Line], text: str | None = None) -> list[Line]:
    """The lines with what is no part of the article marked quiet; `text` is the page when it was plain text."""
    rows = text.split("\n") if text is not None else []
    menu = _menu(lines) if text is not None else set()
    found: list[Line] = []
    seen: set[str] = set()
    teaser_level: int | None = None
    contact = 0
    for line in lines:
        bare = line.text.rstrip(":")
        if teaser_level is not None and line.level and line.level <= teaser_level and not _TEASERS.fullmatch(bare):
            teaser_level = None
        if _TEASERS.fullmatch(bare):
            teaser_level = line.level or 7
        elif teaser_level == 7 and _starts_again(line):
            teaser_level = None
        contact = 4 if _CONTACT.fullmatch(bare) else max(contact - 1, 0)
        quiet = (
            line.is_quiet
            or teaser_level is not None
            or line.number in menu
            or _is_residue(line)
            or _is_quote(line, rows)
            or (contact > 0 and _is_contact(line))
            or (len(line.text) > LONGEST_MENU and line.text in seen)
        )
        seen.add(line.text)
        found.append(replace(line, is_quiet=True) if quiet else line)
    return _pull_quotes(found)


def _menu(lines: list[Line]) -> set[int]:
    """Numbers of the lines of a flattened menu: at the top, three or more short lines without a gap between them."""
    run: list[Line] = []
    for line in lines:
        short = len(line.text) <= 30 and not label_of(line.text) and not bare_label_of(line.text, of_table=True)
        if short and not line.cells and not line.level and (not run or not line.after_gap):
            run.append(line)
            continue
        break
    return {line.number for line in run} if len(run) >= 3 else set()


def _starts_again(line: Line) -> bool:
    """A label of a project in plain text ends a list of teasers, which has no end of its own there."""
    label = label_of(line.text)
    return bool(label and label.field in ("owner", "owners", "suppliers", "partners"))


def _is_residue(line: Line) -> bool:
    text = line.text
    if line.cells:
        return False
    if len(text) <= LONGEST_MENU and _MENU.fullmatch(text) and not label_of(text):
        return True
    if _CAPTION.search(text) or _COOKIE.search(text):
        return True
    letters = re.sub(r"\W", "", text)
    shouted = len(letters) > 6 and text.isupper() and len(text.split()) <= 3 and not is_organisation(text)
    return shouted or bool(re.fullmatch(r"[\W\d_]{1,6}", text))


def _is_quote(line: Line, rows: list[str]) -> bool:
    if line.cells or line.level:
        return False
    raw = rows[line.number - 1] if rows else line.text
    dashed = bool(_QUOTE_MARK.match(raw)) and (len(line.text) > 140 or bool(_SAYS.search(line.text)))
    whole = bool(re.fullmatch(r"[«“\"].{30,}[»”\"]\.?", line.text)) and line.text.count("«") <= 1
    said = bool(re.match(r"^[–—-] ?[A-ZÆØÅ]", raw)) and bool(re.search(r",\s(?:sier|seier|says)\b", line.text))
    return dashed or whole or said


def _is_contact(line: Line) -> bool:
    label = label_of(line.text)
    if label:
        return label.field == "person"
    return len(line.text) <= 90 and not bare_label_of(line.text) and not line.level


def _pull_quotes(lines: list[Line]) -> list[Line]:
    """Mark names and titles of persons on lines of their own, and the quotation just above them."""
    found = list(lines)
    for index, line in enumerate(lines):
        if line.cells or label_of(line.text) or len(line.text) > 80:
            continue
        alone = not any(is_organisation(part) for part in line.text.split(", "))
        named = (is_person(line.text) and alone) or (
            is_title(line.text) and index and found[index - 1].is_quiet and not line.level and not line.is_bullet
        )
        if named:
            found[index] = replace(line, is_quiet=True)
            above = found[index - 1] if index else None
            if above and re.match(r"[«“\"–]", above.text) and is_person(line.text):
                found[index - 1] = replace(above, is_quiet=True)
    return found
