"""The rows of the registry that a register gives by a mapping.

Belongs here: one project with its round, owner, parts, grant, dates, status and benefits, out of one or several
records; what each value becomes, and a finding for every value that is not carried.
Does not belong here: what single values say (`values.py`), and what is known already (`merge.py`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from gevinst.bilingual import Bilingual
from gevinst.findings import Finding, Rule
from gevinst.formats.values import DAY_FIRST, amount_of, order_of
from gevinst.intake.validate import Codes
from gevinst.mapping import values
from gevinst.mapping.mapping_file import RegisterMapping, folded
from gevinst.mapping.register import Entry, Register
from gevinst.mapping.targets import AMOUNT, CODE, CODELISTS, COUNTRY, CURRENCY, DATE, SEVERAL, TEXT, YEAR, targets

Labels = Mapping[str, Mapping[str, str]]
"""Codes by label in small letters, by code list."""


@dataclass(slots=True)
class Taken:
    """One project as the register has it: texts by target with their headings, its parts, its benefits, its place."""

    entry: Entry
    texts: dict[str, str] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    several: dict[str, list[str]] = field(default_factory=dict)
    benefits: list[tuple[Entry, dict[str, str]]] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What tells the project from others of the register: its id there, else all that awards differ in.

        Many projects are called «core funding», and one body may be given it twice in a year.
        """
        if external := self.texts.get("projects.external_id"):
            return external
        told_by = ["projects.name", "owner.name", "rounds.awarded_on", "rounds.name"]
        if self.is_named_after_owner:
            told_by.append("project_grants.grant_amount")
        return " ".join([self.year or "", *(folded(self.texts.get(name, "")) for name in told_by)])

    @property
    def is_named_after_owner(self) -> bool:
        """Whether the register has no name of the project, and that of its owner stands in."""
        heading = self.headings.get("projects.name")
        return heading is not None and heading == self.headings.get("owner.name")

    @property
    def year(self) -> str | None:
        """The year of the award; a start stands in where no column says more."""
        stated = self.texts.get("rounds.cohort_year") or self.texts.get("rounds.awarded_on")
        return (stated or self.texts.get("project_events.started_on") or "")[:4] or None

    @property
    def is_year_of_start(self) -> bool:
        """Whether the start stands in for the award."""
        return not ({"rounds.cohort_year", "rounds.awarded_on"} & self.texts.keys())


@dataclass(slots=True)
class TakenIn:
    """Every project of a register, and the findings about what was not carried.

    `set_aside` is the number of records of which nothing is carried. Findings of `faults` must be corrected in the
    mapping before anything is written.
    """

    projects: list[Taken] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    faults: list[Finding] = field(default_factory=list)
    set_aside: int = 0


def take_in(register: Register, mapping: RegisterMapping, codes: Codes, labels: Labels, currency: str) -> TakenIn:
    """The projects of a register; `codes` and `labels` are those of the scheme, `currency` is what it counts in."""
    return _Taker(register, mapping, codes, labels, currency).take()


class _Taker:
    """Reads records one by one, and collects what is told of them."""

    def __init__(
        self, register: Register, mapping: RegisterMapping, codes: Codes, labels: Labels, currency: str
    ) -> None:
        self.register, self.mapping, self.codes, self.labels, self.currency = register, mapping, codes, labels, currency
        self.found = TakenIn()
        self.without_code: Counter[tuple[str, str, str]] = Counter()
        dated = [name for name, one in targets().items() if one.kind == DATE]
        headings = [heading for name in dated for heading in mapping.headings_of(name)]
        self.order = order_of((value for heading in headings for value in register.values(heading)), DAY_FIRST)

    def take(self) -> TakenIn:
        by_key: dict[str, Taken] = {}
        for entry in self.register.entries:
            if _is_sum(entry):
                nb, en = "raden er en sum, og er ikke tatt med.", "the row is a sum and was not carried."
                self.found.findings.append(
                    Finding(
                        self.register.file,
                        nb,
                        en,
                        row_number=_row(entry),
                        sheet=self.register.sheet or None,
                        is_note=True,
                    )
                )
                continue
            one = self._project(entry)
            if one is None:
                self.found.set_aside += 1
            elif (first := by_key.get(one.key)) is None:
                by_key[one.key] = one
            else:
                self._again(first, one)
        self.found.projects = list(by_key.values())
        self.found.faults += self._codes_missing()
        if n := sum(one.is_year_of_start for one in self.found.projects):
            nb = f"{n} prosjekter har ingen opplysning om når de ble tildelt; året de startet, står i stedet."
            en = f"{n} projects have nothing on when they were awarded; the year in which they started stands in."
            self.found.findings.append(Finding(self.register.file, nb, en, is_note=True))
        self.found.findings += self._headings()
        return self.found

    def _project(self, entry: Entry) -> Taken | None:
        """What one record says; `None` when it lacks what every project needs."""
        one = Taken(entry)
        is_whole = True
        for name, target in targets().items():
            if target.kind == SEVERAL:
                one.several[name] = list(self._names(entry, name))
            elif (text := self._value(entry, name, one.headings)) is not None:
                one.texts[name] = text
        for name in ("projects.name", "owner.name"):
            if name not in one.texts:
                what = targets()[name].what
                self._tell(
                    entry,
                    name,
                    None,
                    Bilingual(f"{what('nb')} mangler; fyll det ut", f"{what('en')} is missing; fill it in"),
                )
                is_whole = False
        if is_whole and one.year is None:
            why = Bilingual("året for tildelingen mangler; fyll det ut", "the year of the award is missing; fill it in")
            self._tell(entry, "rounds.cohort_year", None, why)
            is_whole = False
        if not is_whole:
            return None
        self._without_other_money(one)
        benefit = {name: text for name, text in one.texts.items() if name.startswith("benefit")}
        if "benefits.name" in benefit:
            one.benefits.append((entry, benefit))
        return one

    def _value(self, entry: Entry, name: str, found_under: dict[str, str]) -> str | None:
        """The first value of a target that can be read, with its heading added to those found, else what is fixed."""
        headings = self.mapping.headings_of(name)
        for heading in headings:
            for value in entry.values.get(heading, ()):
                read = self._read(name, heading, value)
                if read.fault is not None:
                    self._tell(entry, name, heading, read.fault, value)
                elif read.text is not None:
                    found_under[name] = heading
                    return read.text
        return self.mapping.fixed.get(name) or None

    def _read(self, name: str, heading: str, value: Any) -> values.Read:
        kinds: dict[str, Callable[[], values.Read]] = {
            TEXT: lambda: values.text_of(value),
            AMOUNT: lambda: values.amount(value, self.mapping.times.get(name, 1), self.mapping.language, self.currency),
            YEAR: lambda: values.year(value),
            DATE: lambda: values.day(value, self.order),
            CURRENCY: lambda: values.currency(value, self.currency),
            COUNTRY: lambda: values.country(value),
            CODE: lambda: self._code(name, heading, value),
        }
        return kinds[targets()[name].kind]()

    def _code(self, name: str, heading: str, value: Any) -> values.Read:
        text = " ".join(values.shown(value).split())
        if found := self.mapping.code_of(name, text):
            return values.Read(found.code)
        codelist = CODELISTS[name]
        if text in self.codes.get(codelist, ()):
            return values.Read(text)
        if code := self.labels.get(codelist, {}).get(folded(text)):
            return values.Read(code)
        if text:
            self.without_code[name, heading, text] += 1
        return values.Read()

    def _names(self, entry: Entry, name: str) -> Iterator[str]:
        for heading in self.mapping.headings_of(name):
            for value in entry.values.get(heading, ()):
                for part in str(values.shown(value)).replace("\n", ";").split(";"):
                    read = values.text_of(part)
                    if read.fault is not None:
                        self._tell(entry, name, heading, read.fault, part)
                    elif read.text:
                        yield read.text

    def _without_other_money(self, one: Taken) -> None:
        """A grant in another currency is not carried: it would be added to the others."""
        stated = one.texts.get("project_grants.currency_code", self.currency)
        if stated != self.currency and (amount := one.texts.pop("project_grants.grant_amount", None)):
            nb = f"beløpet er i {stated} og ordningen regner i {self.currency}; det er ikke tatt med"
            en = f"the amount is in {stated} and the scheme counts in {self.currency}; it was not carried"
            self._tell(one.entry, "project_grants.grant_amount", None, Bilingual(nb, en), amount)

    def _again(self, first: Taken, one: Taken) -> None:
        """Another record of a project: its benefit is added, and what it says otherwise is told."""
        if one.benefits and first.benefits:
            first.benefits += one.benefits
        else:
            where = first.entry.place
            why = Bilingual(
                f"prosjektet står også i rad {where}; den raden er tatt med, og ikke denne",
                f"the project is in row {where} too; that row was carried, and not this one",
            )
            told_by = next(name for name in ("projects.external_id", "projects.name") if name in one.texts)
            self._tell(one.entry, told_by, None, why, one.texts[told_by])
        for name, text in one.texts.items():
            if not name.startswith("benefit") and first.texts.get(name) != text:
                why = Bilingual(
                    f"sier noe annet enn rad {first.entry.place} om samme prosjekt; den raden gjelder",
                    f"says otherwise than row {first.entry.place} of the same project; that row counts",
                )
                self._tell(one.entry, name, None, why, text)

    def _tell(self, entry: Entry, name: str, heading: str | None, why: Bilingual, value: Any = None) -> None:
        headings = self.mapping.headings_of(name)
        self.found.findings.append(
            Finding(
                self.register.file,
                f"{why('nb')}.",
                f"{why('en')}.",
                row_number=_row(entry),
                column_name=heading or (headings[0] if headings else name),
                value=None if value is None else values.shown(value),
                sheet=self.register.sheet or None,
                cell=None if entry.place.isdecimal() else entry.place,
                rule=Rule.FORM if value is not None else Rule.REQUIRED,
            )
        )

    def _codes_missing(self) -> Iterator[Finding]:
        """One finding for each text that stands for no code, in however many rows; one note where a code is fixed."""
        fixed: dict[tuple[str, str], list[str]] = {}
        for (name, heading, text), n in self.without_code.items():
            if name in self.mapping.fixed:
                fixed.setdefault((name, heading), []).append(text)
                continue
            rows_nb, rows_en = ("1 rad", "1 row") if n == 1 else (f"{n} rader", f"{n} rows")
            what = targets()[name].what
            place = f'[codes."{name}"]'
            nb = f"teksten ({rows_nb}) står ikke for noen kode for {what('nb')}; legg til en linje i {place}."
            en = f"the text ({rows_en}) stands for no code for {what('en')}; add a line to {place}."
            yield Finding(self.mapping.file, nb, en, column_name=heading, value=text, rule=Rule.CODE)
        for (name, heading), texts in fixed.items():
            place, given = f'[codes."{name}"]', self.mapping.fixed[name]
            nb = f"teksten har ingen linje i {place}, og er ført som «{given}»"
            en = f"the text has no line in {place}, and was entered as «{given}»"
            if more := len(texts) - 1:
                nb, en = f"{nb}; det samme gjelder {more} andre tekster", f"{en}; so were {more} other texts"
            self.found.findings.append(
                Finding(self.register.file, f"{nb}.", f"{en}.", column_name=heading, value=texts[0], is_note=True)
            )

    def _headings(self) -> Iterator[Finding]:
        """A note for every column that is not carried, and one for each that the mapping names and the file lacks."""
        for heading in self.register.headings:
            if heading in self.mapping.columns:
                continue
            why = self.mapping.left_out.get(heading)
            nb = f"kolonnen er ikke tatt med: {why}" if why else "kolonnen er ny for koblingen, og er ikke tatt med."
            en = (
                f"the column was not carried: {why}" if why else "the column is new to the mapping and was not carried."
            )
            yield Finding(
                self.register.file, nb, en, column_name=heading, sheet=self.register.sheet or None, is_note=True
            )
        for heading in self.mapping.columns:
            if heading not in self.register.headings:
                nb = f"kolonnen finnes ikke i registeret, eller er tom; rett overskriften i {self.mapping.file}."
                en = f"the register has no such column, or it is empty; correct the heading in {self.mapping.file}."
                self.found.faults.append(Finding(self.register.file, nb, en, column_name=heading, rule=Rule.HEADING))


def _row(entry: Entry) -> int | None:
    return int(entry.place) if entry.place.isdecimal() else None


def _is_sum(entry: Entry) -> bool:
    """Whether a row adds up those above it, as sheets for people do below a list: a word for it, and numbers."""
    texts = [text for heading in entry.values if (text := entry.text(heading))]
    words = [text for text in texts if amount_of(text) is None]
    return len(texts) > 0 and all(_SUM.fullmatch(text.strip()) for text in words) and len(words) < len(texts)


_SUM = re.compile(r"(?:sum|totalt?|totalsum|i alt|til sammen|grand total)[ :]*", re.IGNORECASE)
