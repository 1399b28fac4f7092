"""The glossary's terms, and links to them from running text.

Belongs here: reading ``terms.toml`` and the terms of the scheme's own way of working in ``scheme.toml``, finding terms
in a text, and linking each where it first appears on a page.
Does not belong here: the meanings themselves (``terms.toml``) and the glossary page (`gevinst.site.pages.glossary`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from gevinst.bilingual import LANGUAGES
from gevinst.language.currencies import in_places
from gevinst.workspace import SCHEME_FILE, TERM, WorkspaceError, find_workspace, scheme_file


@dataclass(frozen=True, slots=True)
class Wording:
    """A term in one language: what it is called, its inflected forms, what it means in one sentence.

    `ambiguous` are names or forms that are other words as well, compared with regard to case; they are never
    linked.
    """

    names: tuple[str, ...]
    forms: tuple[str, ...]
    ambiguous: tuple[str, ...]
    meaning: str


@dataclass(frozen=True, slots=True)
class Term:
    """A term in both languages; its id is its anchor on the glossary page. Everyday words are not linked."""

    term_id: str
    is_linked: bool
    wordings: dict[str, Wording]


@cache
def terms() -> tuple[Term, ...]:
    """All terms, in the order they are written; those of the scheme last. Raises `WorkspaceError` for one of them that
    is not whole, or has the id of another.
    """
    text = files("gevinst.language").joinpath("terms.toml").read_text(encoding="utf-8")
    for place, word in in_places(LANGUAGES[0]).items():  # English has terms without the word for the money
        text = text.replace(f"{{{place}}}", word)
    of_program = tuple(map(_term, tomllib.loads(text)[TERM]))
    return (*of_program, *of_scheme(find_workspace(), {term.term_id for term in of_program}))


def of_scheme(workspace: Path, taken: Set[str] = frozenset()) -> Iterator[Term]:
    """The terms of the way of working of a workspace's scheme, none with an id that is `taken`."""
    ids = set(taken)
    entries = scheme_file(workspace).content.get(TERM, [])
    for entry in entries if isinstance(entries, list) else [entries]:
        term = _whole(entry)
        if term is None or term.term_id in ids:
            shown = entry.get("id", entry) if isinstance(entry, dict) else entry
            raise WorkspaceError(
                f"{SCHEME_FILE}: [[{TERM}]] {shown} needs an id of its own, and nb and en with names and a meaning.",
                f"{SCHEME_FILE}: [[{TERM}]] {shown} må ha en egen id, og nb og en med names og meaning.",
            )
        ids.add(term.term_id)
        yield term


def _whole(entry: Any) -> Term | None:
    """The term that somebody has written, where all of it is there."""
    try:
        term = _term(entry)
    except (KeyError, TypeError, AttributeError):
        return None
    return term if all(one.names and one.meaning for one in term.wordings.values()) else None


def _term(entry: Mapping[str, Any]) -> Term:
    wordings = {language: _wording(**entry[language]) for language in LANGUAGES}
    return Term(entry["id"], entry.get("is_linked", True), wordings)


def _wording(names: list[str], meaning: str, forms: tuple[str, ...] = (), ambiguous: tuple[str, ...] = ()) -> Wording:
    return Wording(tuple(names), tuple(forms), tuple(ambiguous), meaning)


@cache
def _linked_forms(language: str) -> dict[str, str]:
    """Ids of terms by what may be linked to them, in lower case."""
    found: dict[str, str] = {}
    for term in terms():
        wording = term.wordings[language]
        if term.is_linked:
            for form in (*wording.names, *wording.forms):
                if form not in wording.ambiguous:
                    found[" ".join(form.lower().split())] = term.term_id
    return found


@cache
def _ambiguous(language: str) -> frozenset[str]:
    return frozenset(form for term in terms() for form in term.wordings[language].ambiguous)


@cache
def _pattern(language: str) -> re.Pattern[str]:
    """Any form as whole words, the longest first; a part of a longer or hyphenated word is another word."""
    longest_first = sorted(_linked_forms(language), key=lambda form: (-len(form), form))
    forms = "|".join(r"\s".join(re.escape(word) for word in form.split()) for form in longest_first)
    return re.compile(rf"(?<![\w-])(?:{forms})(?![\w-])", re.IGNORECASE)


class TermLinks:
    """Links terms in the texts of one page, each term once: where it first appears."""

    def __init__(self, language: str, href: Callable[[str], str] | None) -> None:
        """`href` gives the address of a term by its id; without it no term is linked."""
        self._language = language
        self._href = href
        self._linked: set[str] = set()

    def link(self, text: str) -> Markup:
        """The text, escaped, with links."""
        if self._href is None:
            return escape(text)
        parts, end = [], 0
        for match in _pattern(self._language).finditer(text):
            term_id = _linked_forms(self._language)[" ".join(match[0].lower().split())]
            if term_id not in self._linked and match[0] not in _ambiguous(self._language):
                self._linked.add(term_id)
                parts += [
                    escape(text[end : match.start()]),
                    Markup('<a class="term" href="{}">{}</a>').format(self._href(term_id), match[0]),
                ]
                end = match.end()
        return Markup("").join([*parts, escape(text[end:])])
