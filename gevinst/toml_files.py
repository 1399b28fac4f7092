"""A file in TOML that a person writes: its content, and every fault in it at once.

Belongs here: reading it, keys that nobody reads, values of another kind than they should be, and what was meant.
Does not belong here: what a file means, which whoever reads it knows, and files that come with the program.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from gevinst.bilingual import LANGUAGES
from gevinst.errors import GevinstError
from gevinst.findings import Finding, IntakeError, Rule

Refusal = Callable[[list[Finding]], GevinstError]
_AT = re.compile(r" \(at (?:line (?P<line>\d+), column \d+|end of document)\)$")
"""Where the parser says that it stopped; as of Python 3.14 it has the line as an attribute, too."""
_ASKED = ("Er det", "Is it")


class TomlFile:
    """The content of a file, and the faults found in it so far; `stop` refuses the file when there are any.

    Raises what `refusal` makes of the finding when the file cannot be read; `shown` is what it is called in findings.
    """

    def __init__(self, path: Path, refusal: Refusal = IntakeError, shown: str | None = None) -> None:
        self.file, self.refusal = shown or path.name, refusal
        self.findings: list[Finding] = []
        self.content = self._read(path)
        self.stop()

    def _read(self, path: Path) -> dict[str, Any]:
        content = b""
        try:
            content = path.read_bytes()
            # Editors of Windows begin a file in UTF-8 with a mark, which TOML does not know.
            return tomllib.loads(content.decode("utf-8-sig"))
        except OSError as error:
            why = error.strerror or type(error).__name__
            nb, en = (
                f"fila kan ikke leses ({why}); rett navnet på den, eller oppgi en annen",
                f"the file cannot be read ({why}); correct its name, or name another",
            )
            self._unreadable(None, nb, en)
        except UnicodeDecodeError as error:
            nb, en = (
                "fila er ikke i UTF-8; lagre den på nytt som UTF-8",
                "the file is not UTF-8; save it again as UTF-8",
            )
            self._unreadable(content.count(b"\n", 0, error.start) + 1, nb, en)
        except tomllib.TOMLDecodeError as error:
            found = _AT.search(str(error))
            last = content.rstrip().count(b"\n") + 1
            line = int(found["line"] or last) if found else None
            why = _AT.sub("", str(error))
            nb, en = (
                f"fila er ikke gyldig TOML ({why}); rett linja",
                f"the file is not valid TOML ({why}); correct the line",
            )
            self._unreadable(line, nb, en)
        return {}

    def _unreadable(self, line: int | None, nb: str, en: str) -> None:
        self.findings.append(Finding(self.file, f"{nb}.", f"{en}.", row_number=line, rule=Rule.FILE))

    def stop(self) -> None:
        """Raise what refuses the file, with every fault that was found, when there is one."""
        if self.findings:
            raise self.refusal(self.findings)

    def fault(self, key: str, value: object, nb: str, en: str, near: tuple[str, str] = ("", "")) -> None:
        """Note a fault of a key: what is wrong and what to do, without a full stop, and the question behind it."""
        text = None if value is None else str(value)
        reasons = f"{nb}.{near[0]}", f"{en}.{near[1]}"
        self.findings.append(Finding(self.file, *reasons, None, key, text, rule=Rule.HEADING))

    def unknown(self, said: Mapping[str, Any], known: Collection[str], table: str = "") -> None:
        """Note every key of a table that is none of those known."""
        for key in said:
            if key not in known:
                listed = ", ".join(known)
                nb, en = f"er ukjent; bruk {listed}", f"is unknown; use {listed}"
                self.fault(_in(table, key), None, nb, en, nearest(key, known))

    def table(self, said: Mapping[str, Any], name: str, table: str = "") -> Mapping[str, Any]:
        """The table called `name` in one that was read: empty where there is none, and a fault where it is none."""
        found = said.get(name, {})
        if isinstance(found, dict):
            return found
        key = _in(table, name)
        self.fault(key, found, f"skal være en tabell, [{key}]", f"should be a table, [{key}]")
        return {}

    def text(self, key: str, value: object, *, in_quotes: bool = False) -> str:
        """A value as text, empty where there is none; a number or date, too, unless it must stand `in_quotes`."""
        if value is None or isinstance(value, str):
            return (value or "").strip()
        if isinstance(value, int | float | date) and not isinstance(value, bool) and not in_quotes:
            return str(value)
        self.fault(key, value, "skal være en tekst i anførselstegn", "should be a text in quotes")
        return ""

    def choice(self, key: str, value: object, known: Collection[str]) -> str:
        """A value that is one of those known; the first of them, and a fault, when it is not."""
        if value in known:
            return str(value)
        self.fault(key, value, f"skriv {' eller '.join(known)}", f"write {' or '.join(known)}")
        return next(iter(known))

    def language(self, said: Mapping[str, Any], table: str = "") -> str:
        """The language that a table says; the first of all where it says none."""
        return self.choice(_in(table, "language"), said.get("language", LANGUAGES[0]), LANGUAGES)


def nearest(text: object, known: Collection[str]) -> tuple[str, str]:
    """The question, in both languages, for the one of those known that is likely meant; empty when none is."""
    close = get_close_matches(str(text), known, 1)
    return (f" {_ASKED[0]} {close[0]}?", f" {_ASKED[1]} {close[0]}?") if close else ("", "")


def in_words(findings: list[Finding]) -> tuple[str, str]:
    """The findings in English and in bokmål, for errors that have a message only."""
    nb, en = (IntakeError(findings).message(language) for language in LANGUAGES)
    return en, nb


def _in(table: str, key: str) -> str:
    return f"{table}.{key}" if table else key
