"""Files of answers, as they come back: read, and held against the form that was sent.

Belongs here: what one file says, and every fault of it, in one sentence each.
Does not belong here: what answers become (`to_rows.py`).

A file is whatever somebody sends: it is read in a process of its own with limits, what it says is text and numbers and
nothing is run, and a form that this installation did not fill in is refused.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from gevinst.bilingual import LANGUAGES as OF_PAGES
from gevinst.contracts.vocabulary import LANGUAGES_OF_ANSWERS as LANGUAGES
from gevinst.edition import calendar
from gevinst.findings import Finding, IntakeError, Rule
from gevinst.follow_up.fields import Field, fields_of
from gevinst.follow_up.form import ANSWER_FORMAT
from gevinst.follow_up.prefill import Form
from gevinst.follow_up.sheet import ABOUT, COLUMNS, ROLE_FIELD, Units
from gevinst.follow_up.texts import Words, choice_of
from gevinst.language.numbers import Formatter
from gevinst.limited import LimitError, in_child
from gevinst.persons_and_contacts import find
from gevinst.workbook.cells import plain
from gevinst.workbook.read_xlsx import Book, read_book

LONGEST_TEXT = 4_000
"""Characters of an answer; the page lets nobody write more."""
_LARGEST_FILE = 2_000_000
"""Bytes of a file of JSON: a hundred projects with every text as long as it may be take less."""
_FAMILY = ANSWER_FORMAT.partition("/")[0]
_WHEN = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-\d{1,2})?)?")
_WHEN_TURNED = re.compile(r"(\d{1,2})[./](\d{4})")
_NUMBER = re.compile(r"[-\u2212]?\d[\d \u00a0\u202f]*(?:[.,]\d+)?")
_KEYS = ("form_id", "edition_id", "owner_id", "prefilled_sha256")

Value = str | float | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Returned:
    """What a file says that it is an answer to, and its answers as they were written, by the key of the field."""

    file: str
    sha256: str
    about: Mapping[str, str]
    written: Mapping[str, Any]
    places: Mapping[str, int] = field(default_factory=dict)
    """Row of each answer in a workbook."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The answers of a file to the form they belong to, each of its kind; when, and by which file."""

    form: Form
    file: str
    sha256: str
    answered_on: date
    language: str
    values: Mapping[str, Value]


def read_returned(path: Path) -> Returned:
    """What one file says; raises `IntakeError` with one finding for a file that is no answer, or cannot be read."""
    if not path.is_file():
        raise _refused(path.name, "fila finnes ikke; rett stien.", "the file does not exist; correct the path.")
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        return _of_book(read_book(path), path)
    try:
        return in_child(_read_json, path)
    except LimitError as error:
        raise _refused(path.name, *(f"{error.message(language)}." for language in OF_PAGES)) from error


def _refused(file: str, nb: str, en: str) -> IntakeError:
    return IntakeError([Finding(file, nb, en, rule=Rule.FILE)])


def _read_json(path: Path) -> Returned:
    file = path.name
    if path.stat().st_size > _LARGEST_FILE:
        raise _refused(
            file,
            "fila er for stor til å være svar på et skjema; be om fila som skjemaet lagret.",
            "the file is too large to be an answer to a form; ask for the file that the form saved.",
        )
    content = path.read_bytes()
    try:
        said = json.loads(content, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise _refused(
            file,
            "fila er avkortet eller ingen fil fra skjemaet; be om den på nytt, eller bruk Excel-fila.",
            "the file is cut off or no file of the form; ask for it again, or use the Excel file.",
        ) from error
    if not isinstance(said, dict) or not isinstance(said.get("answers"), dict):
        raise _foreign(file)
    about = {name: said.get(name) for name in (*ABOUT, "answered_on")}
    return Returned(file, hashlib.sha256(content).hexdigest(), _known_as(about, file), said["answers"])


def _no_number(text: str) -> None:
    raise ValueError(f"{text} is no number")


def _known_as(about: Mapping[str, Any], file: str) -> dict[str, str]:
    """What the file says that it is; raises `IntakeError` for one that is no answer to a form, or of another "
    "version."""
    if any(not isinstance(value, str) for name, value in about.items() if name != "answered_on"):
        raise _foreign(file)
    family, _, version = about["format"].partition("/")
    if family != _FAMILY:
        raise _foreign(file)
    if about["format"] != ANSWER_FORMAT:
        raise _refused(
            file,
            f"fila er fra versjon {version} av skjemaet, og denne versjonen leser {ANSWER_FORMAT.partition('/')[2]}; "
            "send "
            "et nytt skjema.",
            f"the file is of version {version} of the form, and this version reads "
            f"{ANSWER_FORMAT.partition('/')[2]}; send "
            "a new form.",
        )
    return {name: value for name, value in about.items() if isinstance(value, str)}


def _foreign(file: str) -> IntakeError:
    return _refused(
        file,
        "fila er ikke svar på et skjema herfra; be om fila som skjemaet lagret, eller Excel-fila som fulgte med.",
        "the file is no answer to a form from here; ask for the file that the form saved, or the Excel file with it.",
    )


def _of_book(book: Book, path: Path) -> Returned:
    about: dict[str, Any] = dict.fromkeys((*ABOUT, "answered_on"))
    written: dict[str, Any] = {}
    places: dict[str, int] = {}
    for sheet in book.sheets:
        if columns := _columns(sheet.row(1)):
            key_at, answer_at = columns
            for number in sorted(sheet.rows):
                row = sheet.row(number)
                key = plain(row[key_at]) if len(row) > key_at else None
                value = plain(row[answer_at]) if len(row) > answer_at else None
                if number > 1 and key and value is not None:
                    written[key], places[key] = value, number
        else:
            for number in sorted(sheet.rows):
                row = sheet.row(number)
                if row and plain(row[0]) in about and len(row) > 1:
                    about[str(plain(row[0]))] = plain(row[1])
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Returned(path.name, digest, _known_as(about, path.name), written, places)


def _columns(row: list[Any]) -> tuple[int, int] | None:
    """Where keys and answers are in the sheet of answers, by its headings in any language; null for another sheet."""
    texts = [plain(cell) for cell in row]
    for language in LANGUAGES:
        key, answer = (Words(language)(f"column_{name}") for name in (COLUMNS[5], COLUMNS[3]))
        if key in texts and answer in texts:
            return texts.index(key), texts.index(answer)
    return None


def answered(returned: Returned, form: Form, units: Units, received_on: date) -> tuple[Answered, list[Finding]]:
    """The answers of a file to `form`, and every fault of them.

    `received_on` is the day of the answer where the file does not say: a workbook that somebody filled in by hand.
    """
    day, findings = _day(returned, form, received_on)
    fields = {ROLE_FIELD.key: ROLE_FIELD}
    fields |= {one.key: one for project in form["projects"] for one in fields_of(project)}
    values: dict[str, Value] = {}
    for key, written in returned.written.items():
        if key not in fields:
            findings.append(_unknown(returned, key, written))
            continue
        try:
            values[key] = _value(fields[key], written, units, day)
        except _Wrong as wrong:
            findings.append(_finding(returned, key, written, *wrong.sentences, rule=wrong.rule))
    language = returned.about["language"] if returned.about["language"] in LANGUAGES else "nb"
    findings += _incomplete(returned, fields, values)
    return Answered(form, returned.file, returned.sha256, day, language, values), findings


class _Wrong(Exception):
    """What is wrong with a value and what to do, in both languages."""

    def __init__(self, nb: str, en: str, rule: Rule = Rule.FORM) -> None:
        self.sentences = (nb, en)
        self.rule = rule
        super().__init__(en)


def _day(returned: Returned, form: Form, received_on: date) -> tuple[date, list[Finding]]:
    written = returned.about.get("answered_on")
    if written is None:
        return received_on, []
    # `received_on` says when workbooks came, which lie in the same folder as files that came later.
    last = max(received_on, calendar.today())
    try:
        day = date.fromisoformat(written)
    except ValueError:
        day = None
    if day is None or not date.fromisoformat(form["as_of"]) <= day <= last:
        finding = Finding(
            returned.file,
            f"dagen for svaret er ingen dag fra {form['as_of']} til {last.isoformat()}; rett klokka på maskinen og "
            "lagre svarene på nytt.",
            f"the day of the answer is no day from {form['as_of']} to {last.isoformat()}; correct the clock of the "
            "machine and save the answers again.",
            column_name="answered_on",
            value=written,
            rule=Rule.RANGE,
        )
        return received_on, [finding]
    return day, []


def _finding(returned: Returned, key: str, written: Any, nb: str, en: str, rule: Rule) -> Finding:
    value = "; ".join(map(str, written)) if isinstance(written, list) else str(written)
    row = returned.places.get(key)
    return Finding(returned.file, nb, en, row_number=row, column_name=key, value=value, rule=rule)


def _unknown(returned: Returned, key: str, written: Any) -> Finding:
    return _finding(
        returned,
        key,
        written,
        "skjemaet har ikke noe slikt felt; rett nøkkelen, eller be om fila på nytt.",
        "the form has no such field; correct the key, or ask for the file again.",
        Rule.HEADING,
    )


def _value(of: Field, written: Any, units: Units, answered_on: date) -> Value:
    """The answer as a value of its kind; raises `_Wrong`."""
    if of.kind == "choices":
        return _choices(of, written)
    if not isinstance(written, str | int | float) or isinstance(written, bool):
        raise _Wrong("svaret er ingen tekst; skriv det på nytt.", "the answer is no text; write it again.")
    text = str(written).strip()
    match of.kind:
        case "choice":
            return _choice(of.name, of.choices, text)
        case "unit":
            return _unit(text, units)
        case "number":
            return _number(text)
        case "when":
            return _when(text, answered_on, is_planned=of.name == "planned_on")
        case _:
            return _text(text)


def _choice(name: str, codes: tuple[str, ...], text: str) -> str:
    if code := choice_of(text, name, codes):
        return code
    nb, en = ("; ".join(Words(language)(f"{name}_{code}") for code in codes) for language in OF_PAGES)
    raise _Wrong(
        f"svaret er ikke blant de mulige; velg: {nb}.", f"the answer is none of these; choose: {en}.", Rule.CODE
    )


def _choices(of: Field, written: Any) -> tuple[str, ...]:
    parts = written if isinstance(written, list) else str(written).split(";")
    codes = [_choice(of.name, of.choices, str(part)) for part in parts if str(part).strip()]
    return tuple(code for code in of.choices if code in codes)


def _unit(text: str, units: Units) -> str:
    wanted = text.casefold()
    for code, names in units.items():
        if wanted in (code.casefold(), *(name.casefold() for name in names.values())):
            return code
    known = {one: "; ".join(sorted(names[one] for names in units.values())) for one in OF_PAGES}
    raise _Wrong(
        f"enheten er ikke kjent; velg: {known['nb']}.", f"the unit is not known; choose: {known['en']}.", Rule.CODE
    )


def _number(text: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise _Wrong(
            "svaret er ikke et tall; skriv bare tallet, for eksempel 12,5.",
            "the answer is no number; write the number alone, such as 12.5.",
        )
    plain_text = re.sub("[ \u00a0\u202f]", "", text).replace("\u2212", "-").replace(",", ".")
    return float(plain_text)


def _when(text: str, answered_on: date, *, is_planned: bool) -> str:
    """Year, or year and month, as ``2025`` or ``2025-03``."""
    found, turned = _WHEN.fullmatch(text), _WHEN_TURNED.fullmatch(text)
    year, month = (found[1], found[2]) if found else (turned[2], turned[1]) if turned else _spelled(text)
    if year is None or not 1990 <= int(year) <= 2100 or (month is not None and not 1 <= int(month) <= 12):
        raise _Wrong(
            "svaret er ingen måned eller noe år; skriv det som 2025 eller 2025-03.",
            "the answer is no month or year; write it as 2025 or 2025-03.",
        )
    is_later = (int(year), int(month or 1)) > (answered_on.year, answered_on.month)
    if is_later and not is_planned:
        raise _Wrong(
            "tiden er etter at svaret ble gitt; skriv når det skjedde.",
            "the time is after the answer was given; write when it happened.",
            Rule.RANGE,
        )
    return year if month is None else f"{year}-{int(month):02d}"


def _spelled(text: str) -> tuple[str | None, str | None]:
    """A month by its name in either language, and the year."""
    name, _, year = text.strip().rpartition(" ")
    if re.fullmatch(r"\d{4}", year):
        for language in OF_PAGES:
            months = [Formatter(language).date(date(2024, month, 1), "month").split()[0] for month in range(1, 13)]
            if name.casefold() in (one.casefold() for one in months):
                return year, str([one.casefold() for one in months].index(name.casefold()) + 1)
    return None, None


def _text(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise _Wrong(
            f"teksten har mer enn {LONGEST_TEXT} tegn; kort den ned, eller vis til et dokument.",
            f"the text has more than {LONGEST_TEXT} characters; shorten it, or name a document.",
            Rule.RANGE,
        )
    if find(text):
        raise _Wrong(
            "teksten ser ut til å inneholde navn, adresse, telefon eller nummer til en person; skriv en rolle i "
            "stedet.",
            "the text seems to hold the name, address, telephone or number of a person; write a role instead.",
            Rule.PERSON,
        )
    return " ".join(text.split())


def _incomplete(returned: Returned, fields: Mapping[str, Field], values: Mapping[str, Value]) -> Iterator[Finding]:
    """What an answer needs beside it to mean anything: a value its unit, a plan its time, a status since when."""
    for key, of in fields.items():
        if key not in values:
            continue
        stem = key.rpartition(".")[0]
        if of.name == "value":
            yield from _needs(
                returned, key, fields, values, (f"{stem}.unit", f"{stem}.measured_on", f"{stem}.measured_by")
            )
        if of.name == "planned":
            yield from _needs(returned, key, fields, values, (f"{stem}.planned_on",))
        if of.name == "outcome" and values[key] == "measured":
            yield from _needs(returned, key, fields, values, (f"{stem}.value",))


def _needs(
    returned: Returned, key: str, fields: Mapping[str, Field], values: Mapping[str, Value], needed: tuple[str, ...]
) -> Iterator[Finding]:
    for other in needed:
        # What was written and is wrong is told by itself.
        if other in fields and other not in returned.written:
            names = {one: Words(one)(f"name_{fields[other].name}") for one in OF_PAGES}
            yield _finding(
                returned,
                key,
                values[key],
                f"svaret mangler «{names['nb']}» ({other}); fyll det ut.",
                f"the answer lacks «{names['en']}» ({other}); fill it in.",
                Rule.REQUIRED,
            )


__all__ = ["Answered", "Returned", "answered", "read_returned"]
