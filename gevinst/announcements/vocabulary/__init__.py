"""The words that pages use, and the confidence of each way of reading them, as data in TOML.

Belongs here: loading the files, patterns made of their entries, labels, numbers as words and sentences.
Does not belong here: words. They are in ``nb.toml`` (bokmål, and what bokmål and nynorsk write alike or mix on one
page), ``nn.toml`` (only what bokmål does not have), ``en.toml`` and ``shared.toml`` (what belongs to no language). The
confidences and limits of all modules are in ``confidences.toml``, each with its reason.

An entry is a regular expression that ignores case. ``{projects}`` and the like are replaced by the entries of
``slots``, ``{number}`` by a small number in digits or words, ``{month}`` and ``{year}`` by those, ``{scheme}`` by
what the scheme is called, and ``{body}`` by any name of those who run it.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, cast

from gevinst.workspace import scheme

LANGUAGES = ("nb", "nn", "en")
YEAR = r"(?:19|20)\d{2}"
SCHEME, BODY = "\ue000", "\ue001"
"""Stand for what the scheme is called, and who runs it, until a page is read; characters that no text has."""
_NOTHING = "(?!)"
"""Matches nothing, for a scheme that does not say who runs it."""

FIELDS = (
    "name", "owners", "owner", "partners", "suppliers", "period", "start", "end", "grant", "status", "published",
    "publisher", "person", "other",
)  # fmt: skip
"""Fields that labels introduce. The first whose words fit is taken: `owners` are all owners, and so precede `owner`."""

ANCHORS = ("name", "owner", "owners", "partners", "suppliers")
"""Fields that make lines a block about a project."""

BENEFIT_SECTIONS = ("potential", "goal", "reported", "documented", "measures", "result")
"""What a heading makes of plain statements under it. «Effekter» is in two; on this order it is `reported`."""

COLUMNS = (
    "name", "owner", "partners", "suppliers", "number", "applied", "whole_cost", "grant", "place", "count", "text",
)  # fmt: skip
"""What columns of tables hold; words that are no labels elsewhere, such as «Utfordring», may head names and bodies."""

_ALONE = (*ANCHORS, "period", "start", "end", "status", "person", "grant")
_NEEDS_COLON = ("person", "other", "published", "publisher")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))


_FILES = {name: _read(name) for name in (*LANGUAGES, "shared")}
_FIGURES = _read("confidences")


def phrases(key: str, language: str | None = None) -> tuple[str, ...]:
    """The entries of ``table.name`` in one file or, without `language`, in all of them.

    Raises:
        KeyError: no file has such a list, which is a mistake in the calling code.
    """
    table, name = key.split(".")
    files = [_FILES[language]] if language else _FILES.values()
    found = tuple(dict.fromkeys(entry for file in files for entry in file.get(table, {}).get(name, ())))
    if not found:
        raise KeyError(key)
    return found


def codes(table: str) -> tuple[str, ...]:
    """Names of the lists of a table, in the order of ``nb.toml``, which decides where words of several would fit."""
    return tuple(_FILES["nb"][table])


def one_of(key: str) -> str:
    """An expression for any entry of a list, with its slots filled.

    The longest is tried first, so that «millionar» is not read as «million» with two letters after it.
    """
    return f"(?:{filled('|'.join(sorted(phrases(key), key=len, reverse=True)))})"


def filled(text: str) -> str:
    """An expression with its slots, such as ``{number}``, replaced."""
    return re.sub(r"\{([a-z]+)\}", lambda match: _slot(match[1]), text)


@cache
def _slot(name: str) -> str:
    if name == "projects":  # «nye, spennende prosjekter» has words between the number and the noun
        # No other number is among them: «funding to four projects» is about four, though «to» is two in Norwegian.
        # Nor a word that ends what is counted: «three of the projects», «tre utfordringer som prosjektene ...».
        others = rf"{NUMBER_WORD}|{one_of('slots.not_between')}"
        return rf"(?:(?!(?:{others})\s)[\wæøå-]+\s){{0,4}}?{one_of('slots.projects')}\b"
    if name in ("scheme", "body"):
        return SCHEME if name == "scheme" else BODY
    return {"number": NUMBER, "month": MONTH, "year": YEAR}.get(name) or one_of(f"slots.{name}")


class _OfTheScheme:
    """A pattern that names the scheme, made when a page is read: the modules are loaded for no scheme in particular."""

    def __init__(self, text: str, flags: int) -> None:
        self._text, self._flags = text, flags

    def __getattr__(self, name: str) -> Any:
        own = scheme()
        return getattr(_named(self._text, self._flags, (*own.name, *own.also_called), own.bodies), name)


@lru_cache
def _named(text: str, flags: int, names: tuple[str, ...], bodies: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(text.replace(SCHEME, _any_of(names)).replace(BODY, _any_of(bodies)), flags)


def _any_of(names: tuple[str, ...]) -> str:
    longest_first = sorted(dict.fromkeys(names), key=len, reverse=True)
    return f"(?:{'|'.join(map(re.escape, longest_first))})" if longest_first else _NOTHING


def compiled(text: str, flags: int = 0) -> re.Pattern[str]:
    """`re.compile` for expressions of the vocabulary, some of which name the scheme or who runs it."""
    if SCHEME in text or BODY in text:
        return cast(re.Pattern[str], _OfTheScheme(text, int(flags)))
    return re.compile(text, flags)


def pattern(key: str, *, words: bool = False) -> re.Pattern[str]:
    """A pattern for any entry of a list, ignoring case; with `words`, only as whole words."""
    return compiled(rf"\b{one_of(key)}\b" if words else one_of(key), re.IGNORECASE)


def patterns(key: str) -> tuple[re.Pattern[str], ...]:
    """A pattern for each entry of a list, for entries with named groups."""
    # From inside a long word, the rest of it would be tried again and again.
    whole = (re.sub(r"^\\w\*", r"(?<!\\w)\\w*", entry) for entry in phrases(key))
    return tuple(compiled(filled(entry), re.IGNORECASE) for entry in whole)


def confidence(key: str) -> float:
    """The confidence of a way of reading, 0 to 1; the reason is in ``confidences.toml``."""
    table, name = key.split(".")
    return confidences(table)[name]


def confidences(table: str) -> dict[str, float]:
    """Every confidence of a table by name, in the order of the file."""
    return {name: entry["value"] for name, entry in _FIGURES[table].items()}


def limit(name: str) -> int:
    """A length or count at which a line is read in another way; the reason is in ``confidences.toml``."""
    return _FIGURES["limits"][name]["value"]


def values(table: str) -> dict[str, float]:
    """Words of a table with their numbers, such as months."""
    return {word: value for file in _FILES.values() for word, value in file.get(table, {}).items()}


def words(table: str) -> dict[str, str]:
    """Expressions of a table, in small letters, with the text that each stands for."""
    return {word.lower(): text for file in _FILES.values() for word, text in file.get(table, {}).items()}


def _longest_first(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


NUMBERS = {word: int(value) for word, value in values("numbers").items()}
MONTHS = {word: int(value) for word, value in values("months").items()}
_TENS = {word: value for word, value in NUMBERS.items() if 20 <= value < 100}
_UNITS = {word: value for word, value in NUMBERS.items() if value < 10}
_UNIT, _TEN = _longest_first(_UNITS), _longest_first(_TENS)
_JOINT, _UNIT_FIRST = one_of("number_parts.joints"), one_of("number_parts.unit_first")
# «Tjuefire», «twenty-four» and «fire og tjue» are made of the words for tens and units. They come first: otherwise
# «twenty four» would be read as four.
_COMPOUND = rf"(?:(?P<ten>{_TEN}){_JOINT}(?P<unit>{_UNIT})|(?P<unit_first>{_UNIT}){_UNIT_FIRST}(?P<last_ten>{_TEN}))"
_PLAIN_COMPOUND = re.sub(r"\?P<\w+>", "?:", _COMPOUND)
NUMBER_WORD = rf"{_PLAIN_COMPOUND}|{_longest_first(NUMBERS)}"
# Three digits after a digit and a blank are the end of «1 240», and no number of their own.
NUMBER = rf"(?:\d{{1,2}}[ .\u00a0]\d{{3}}|(?<!\d[ .,\u00a0])\d{{3}}|\d{{1,2}}|{NUMBER_WORD})"
"""A whole number in digits or as a word; the words around it decide about an ambiguous one."""
MONTH = rf"(?:{_longest_first(MONTHS)})\b\.?"
SEASON = one_of("slots.season")

_SENTENCE_END = re.compile(r"(?<=[.!?»”])\s+(?=[A-ZÆØÅ«“–(-])")
_ABBREVIATION = re.compile(rf"(?:\b{one_of('sentences.abbreviations')}|(?:^|\s)\d{{1,2}})\.$|\b[A-ZÆØÅ]\.$")
_BY_FIELD = {name: pattern(f"labels.{name}") for name in FIELDS}
_BY_COLUMN = {name: pattern(f"table_columns.{name}") for name in COLUMNS}
_SECTION = pattern("sections.inside")
_BENEFIT_SECTION = {name: pattern(f"benefit_sections.{name}") for name in BENEFIT_SECTIONS}
_NEVER_ALONE = pattern("labels.never_alone")
# A label has at most 45 characters and no end of a sentence in it: a longer text before a colon is prose.
_LABELLED = re.compile(r"^(?P<label>[^\W\d_][^:?!.]{0,44}?)\s*(?::|\s[–—]\s(?=\S))\s*(?P<value>.*)$")


def number(word: str) -> int | None:
    """The whole number written as `word` (digits or a word, any case); `None` for other words."""
    digits = re.sub(r"[ .\u00a0]", "", word)
    if digits.isdigit():
        return int(digits)
    if compound := re.fullmatch(_COMPOUND, word, re.IGNORECASE):
        ten, unit = compound["ten"] or compound["last_ten"], compound["unit"] or compound["unit_first"]
        return _TENS[ten.lower()] + _UNITS[unit.lower()]
    return NUMBERS.get(word.lower())


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph; full stops of abbreviations, initials and ordinal numbers end none."""
    found: list[str] = []
    for piece in _SENTENCE_END.split(text):
        if found and _ABBREVIATION.search(found[-1]):
            found[-1] += " " + piece
        else:
            found.append(piece)
    return [piece.strip() for piece in found if piece.strip()]


@dataclass(frozen=True, slots=True)
class Label:
    """A label found at the beginning of a line: its field, the value after it, and where in the line that begins."""

    field: str
    value: str
    offset: int


def _field_of(label: str) -> str | None:
    return next((name for name, words in _BY_FIELD.items() if words.fullmatch(label)), None)


def label_of(text: str) -> Label | None:
    """The label that a line begins with; `None` when it begins with none that is known.

    A label needs its colon (or, for those that are not ambiguous, a dash with blanks); `bare_label_of` reads labels
    that are alone on a line without one.
    """
    match = _LABELLED.match(text)
    if not match:
        return None
    label = match["label"].strip().strip("*_ ")
    name = _field_of(label)
    has_dash = text[match.end("label") : match.start("value")].strip() not in (":", "**:", ":**")
    if name is None or (has_dash and (name in _NEEDS_COLON or _NEVER_ALONE.fullmatch(label))):
        return None
    value = match["value"].strip().removeprefix("**").strip()
    return Label(name, value, len(text) - len(match["value"]))


def bare_label_of(text: str, *, of_table: bool = False) -> str | None:
    """Field of a label that is the whole line, such as the heading of a column; ambiguous words only in a table."""
    bare = text.strip().strip("*_:? ")
    name = _field_of(bare)
    return name if of_table or (name in _ALONE and not _NEVER_ALONE.fullmatch(bare)) else None


def column_of(heading: str) -> str | None:
    """What a column with this heading holds: a field of labels or one of `COLUMNS`; `None` for other headings."""
    bare = heading.strip().strip("*_:? ")
    label = bare_label_of(bare, of_table=True)
    if label and label != "other":
        return label
    return next((name for name, words in _BY_COLUMN.items() if words.fullmatch(bare)), label)


def may_head(heading: str, name: str) -> bool:
    """Whether a heading has a column's meaning too, beside the one that `column_of` gives: «Tildelt» for amounts."""
    return bool(_BY_COLUMN[name].fullmatch(heading.strip().strip("*_:? ")))


def benefit_section_of(text: str) -> str | None:
    """The section that a heading begins, one of `BENEFIT_SECTIONS`; `None` for other headings."""
    bare = text.strip().rstrip(":?").strip("*_ ")
    return next((name for name, words in _BENEFIT_SECTION.items() if words.fullmatch(bare)), None)


def is_section(text: str) -> bool:
    """Whether a heading is one of those inside a project, or above all projects, and so names none."""
    bare = text.strip().rstrip(":?").strip("*_ ")
    return bool(_SECTION.fullmatch(bare)) or benefit_section_of(bare) is not None
