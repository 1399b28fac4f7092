"""The one catalogue of texts for readers, in bokmål and English.

Belongs here: finding a text by key, choosing its plural form and putting values into it. The texts themselves
are in ``texts/<area>.toml`` and, where only one page has them, in the folder of the page; a key is ``<area>.<name>``:

    [shown_projects]
    nb = { one = "Viser {n} prosjekt", other = "Viser {n} prosjekter" }
    en = { one = "Showing {n} project", other = "Showing {n} projects" }

Does not belong here: texts of codes (table `codelists`), of tables and columns (`gevinst.contracts`), and the
choice of what to say (`gevinst.site.sentences`).
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import polars as pl

from gevinst.addresses import mark_language
from gevinst.bilingual import LANGUAGES, text_of
from gevinst.language.currencies import PLACES, in_places
from gevinst.language.numbers import NBSP, Formatter
from gevinst.workspace import scheme

FORMS = ("zero", "one", "other")
TOTAL = "total"
OF_ONE = ("none_of_one", "one_of_one")
"""Forms of a text about `n` of `total`, where `total` is one: nobody says *one of one project*."""
Entry = str | dict[str, str]
SCHEME = "scheme"
"""The placeholder that every text may have without being given a value for it: what the scheme is called.

Those for its money are others (`gevinst.language.currencies`).
"""

COUNTED_AS = "|"
"""Stands between the two forms of what a number counts, in the place of that number."""
UNSAID = "unsaid"
"""How a number is written of which only the form of the words about it is wanted: a verb, a pronoun."""


class TextError(KeyError):
    """A text that cannot be formatted; the message names its key."""

    def __str__(self) -> str:
        return str(self.args[0])


@cache
def entries() -> dict[str, dict[str, Entry]]:
    """Every key with its text (or plural forms) by language, from the files."""
    found: dict[str, dict[str, Entry]] = {}
    for area, file in sorted(_files()):
        for name, texts in tomllib.loads(file.read_text(encoding="utf-8")).items():
            found[f"{area}.{name}"] = {language: typeset(text) for language, text in texts.items()}
    return found


def _files() -> Iterator[tuple[str, Path]]:
    """Every file of texts with its area: those here, and those that lie in the folder of the one page they are for.

    A page's main file is called ``texts.toml``; its area is ``page_`` and the name of the folder.
    """
    package = Path(str(files("gevinst")))
    for file in (package / "language" / "texts").glob("*.toml"):
        yield file.stem, file
    for file in (package / "site" / "pages").glob("*/*.toml"):
        yield f"page_{file.parent.name}" if file.stem == "texts" else file.stem, file


def typeset(entry: Entry) -> Entry:
    """The text, or each of its forms, with a no-break space before the per cent sign."""
    if isinstance(entry, str):
        return entry.replace(" %", f"{NBSP}%")
    return {form: text.replace(" %", f"{NBSP}%") for form, text in entry.items()}


def placeholders(entry: Entry) -> set[str]:
    """Names that the text takes values for, over all its plural forms."""
    forms = [entry] if isinstance(entry, str) else entry.values()
    return {name for form in forms for _, name, _, _ in string.Formatter().parse(form) if name}


class Catalogue:
    """The texts in one language, with the formatter of that language as `number`."""

    def __init__(self, language: str, *, is_marking: bool = False) -> None:
        """With `is_marking` the numbers in texts are followed by marks of their addresses, and texts in the other
        language stand between marks of it (`gevinst.addresses`).
        """
        if language not in LANGUAGES:
            raise TextError(f"no texts in language {language}")
        self.language = language
        self._is_marking = is_marking
        self.number = Formatter(language, is_marking=is_marking)
        self._writer = _Writer(self.number)

    def t(self, key: str, n: int | None = None, **values: object) -> str:
        """The text called `key`, in the plural form of `n` and with values put in.

        Numbers are written by the formatter: a name that is or ends with ``year`` without separators, others
        with them. A placeholder may say how: ``{n:word}`` *én*, ``{n:neuter}`` *ett* (``{n:Word}``,
        ``{n:Neuter}`` at the start of a sentence), ``{x:percent}`` (0-100), ``{x:million}`` (money, shown
        as millions). What another number than `n` counts stands with it in two forms, for one and for any other:
        ``{total:word project|projects}``, ``{total: project|projects}``, and ``{total:unsaid is|are}`` without the
        number. ``None`` is written as missing. Raises `TextError` naming the key when the key, `n` or a value is
        missing, or when the text has no placeholder for a value. ``{scheme}`` and ``{money}`` need none.
        """
        entry = entries().get(key, {}).get(self.language)
        if entry is None:
            raise TextError(f"no text called {key} in {self.language}")
        places = placeholders(entry)
        surplus = set(values) - places - _chosen_by(key)
        if surplus:
            raise TextError(f"text {key} has no place for {', '.join(sorted(surplus))}")
        form = _form(key, entry, n, values.get(TOTAL))
        if n is not None:
            values["n"] = n
        values = self._of_scheme(places) | values
        try:
            return self._writer.format(form, **values)
        except KeyError as missing:
            raise TextError(f"text {key} needs a value for {missing.args[0]}") from missing

    def forms(self, key: str, **values: object) -> dict[str, str]:
        """The plural forms of a text with values put in and ``{n}`` left, for a browser that counts for itself.

        A browser writes numbers in digits, whatever the text asks for. Raises `TextError` for a text without forms.
        """
        entry = entries().get(key, {}).get(self.language)
        if not isinstance(entry, dict):
            raise TextError(f"no text called {key} in {self.language} with plural forms")
        values = self._of_scheme(placeholders(entry)) | values
        return {form: self._writer.format(text, n="{n}", **values) for form, text in entry.items()}

    def _of_scheme(self, places: Set[str]) -> dict[str, object]:
        """What the scheme and its money are called, for the texts that say it."""
        found: dict[str, object] = {SCHEME: scheme().name(self.language)} if SCHEME in places else {}
        return found | in_places(self.language) if places & set(PLACES) else found

    def text(self, row: Mapping[str, Any], stem: str) -> str | None:
        """The text ``<stem>_nb`` or ``<stem>_en`` of a row; one that waits for its translation in the other language,
        with words that say which.
        """
        found, language = text_of(row, stem, self.language)
        if found is None or language == self.language:
            return found
        return self.t(f"common.in_{language}", text=self.in_language(found, language))

    def in_language(self, text: str, language: str | None) -> str:
        """A text in another of the pages' languages between marks of it; any other text as it is."""
        is_marked = self._is_marking and language in LANGUAGES and language != self.language
        return mark_language(text, language) if is_marked and language else text

    def texts(self, rows: pl.DataFrame, key: str, stem: str) -> dict[str, str]:
        """The texts of all rows by the column `key`; those of rows without one are left out."""
        found = ((row[key], self.text(row, stem)) for row in rows.iter_rows(named=True))
        return {row_key: text for row_key, text in found if text is not None}

    def join(self, parts: Sequence[str]) -> str:
        """Parts as a list in running text: ``a, b og c``."""
        if len(parts) < 2:
            return "".join(parts)
        return self.t("common.list_end", head=", ".join(parts[:-1]), last=parts[-1])

    def label(self, codelists: pl.DataFrame, codelist: str, code: str) -> str:
        """The text of a code; raises `TextError` naming list and code when the table lacks it."""
        labels = self.labels(codelists, codelist)
        if code not in labels:
            raise TextError(f"code list {codelist} has no code {code}")
        return labels[code]

    def labels(self, codelists: pl.DataFrame, codelist: str) -> dict[str, str]:
        """Texts of all codes in a list by code, in the list's order."""
        rows: Iterable[tuple[str, str]] = (
            codelists.filter(pl.col("codelist") == codelist)
            .sort("rank", "code", nulls_last=True)
            .select("code", f"label_{self.language}")
            .iter_rows()
        )
        return dict(rows)


def _chosen_by(key: str) -> set[str]:
    """Names of values that choose among the forms of a text, in one of the languages, and need no place in it."""
    return {TOTAL} if any(set(OF_ONE) & {*entry} for entry in entries()[key].values()) else set()


def _form(key: str, entry: Entry, n: int | None, total: object) -> str:
    if isinstance(entry, str):
        return entry
    if n is None:
        raise TextError(f"text {key} has plural forms and needs n")
    wanted = {0: "zero", 1: "one"}.get(n, "other")
    form = entry.get(wanted, entry["other"])
    return entry.get(OF_ONE[n], form) if total == 1 and n in (0, 1) else form


class _Writer(string.Formatter):
    """Puts values into a text through the formatter, so that no number reaches a reader unformatted."""

    def __init__(self, number: Formatter) -> None:
        self._number = number

    def get_field(self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> tuple[object, str]:
        value = kwargs[field_name]
        is_year = field_name.endswith("year") and isinstance(value, int)
        return (str(value) if is_year else value), field_name

    def format_field(self, value: object, format_spec: str) -> str:
        how, _, nouns = format_spec.partition(" ")
        if nouns:
            one, _, other = nouns.partition(COUNTED_AS)
            noun = one if value == 1 else other
            return noun if how == UNSAID else f"{self.format_field(value, how)} {noun}"
        if value is None:
            return self._number.missing
        if isinstance(value, date):
            return self._number.date(value)
        if not isinstance(value, int | float):
            return str(value)
        match format_spec.lower():
            case "":
                return self._number.integer(value) if isinstance(value, int) else self._number.decimal(value)
            case "word" | "neuter" as spec:
                whole = value if isinstance(value, int) else int(value)
                words = self._number.in_words(whole, "common" if spec == "word" else spec)
                return words[0].upper() + words[1:] if format_spec[0].isupper() else words
            case "percent":
                return self._number.percent(value)
            case "million":
                return self._number.million(value)
        raise ValueError(f"no way to write a number called {format_spec}")
