"""A mapping proposed for a register nobody has mapped before, with the reason for each line.

Belongs here: which column goes where by its heading and its values, which texts stand for which codes, and the file
that a person reads and edits. Does not belong here: reading the file back (`mapping_file.py`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gevinst.announcements.placed import level_of
from gevinst.bilingual import LANGUAGES
from gevinst.formats.values import amount_of, date_of, shown
from gevinst.intake.new_ids import slug
from gevinst.language.texts import Catalogue
from gevinst.mapping.mapping_file import PROJECTS, folded, quoted
from gevinst.mapping.register import Register
from gevinst.mapping.rows import Labels
from gevinst.mapping.targets import (
    AMOUNT,
    CODE,
    CODELISTS,
    COUNTRY,
    CURRENCY,
    DATE,
    OWN_LISTS,
    TEXT,
    YEAR,
    Target,
    in_words,
    suggested,
    targets,
    without_place,
)
from gevinst.mapping.values import amount as read_amount
from gevinst.mapping.values import country as read_country
from gevinst.mapping.values import currency as read_currency
from gevinst.mapping.values import scale_of, text_of
from gevinst.mapping.values import year as read_year

_MOST_CODES = 60
"""Different texts that a column of codes may have: one with more is a description."""
_ENOUGH = 0.5
"""Share of values that must read as what a target holds; the others are told when rows are taken in."""
_TOLD_APART = 0.5
"""Share of rows with a text of their own from which a column may be the name of something."""
_OTHER_BODY, _NO_AREA = "annen", "ikke_oppgitt"
"""Codes for what a register does not say."""
_LEVELS = (
    *(("fylkeskommune", "fylkeskommune"), ("county", "fylkeskommune"), ("kommune", "kommune")),
    *(("municipality", "kommune"), ("council", "kommune"), ("departement", "stat"), ("department", "stat")),
)
"""What kind of bodies a column has whose heading has the word."""
_YEARS = {"rounds.cohort_year", "rounds.awarded_on", "project_events.started_on"}

_IS_ONE: Mapping[str, Callable[[Any], bool]] = {
    AMOUNT: lambda value: any(read_amount(value, 1, language).text is not None for language in LANGUAGES),
    DATE: lambda value: date_of(value, "day_first") is not None,
    YEAR: lambda value: read_year(value).text is not None,
    CURRENCY: lambda value: read_currency(value, "").text is not None,
    COUNTRY: lambda value: read_country(value).text is not None,
}


@dataclass(slots=True)
class _Proposal:
    """What is proposed so far: targets and reasons by heading, and the lines of the other tables."""

    columns: dict[str, tuple[list[str], str]] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    times: dict[str, int] = field(default_factory=dict)
    fixed: dict[str, tuple[str, str]] = field(default_factory=dict)
    codes: dict[str, list[str]] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)


def propose(register: Register, labels: Labels, publisher: str, language: str, today: date) -> str:
    """The text of a mapping for the register, with reasons and messages in `language`; a person reads and edits it.

    `publisher` is proposed as who keeps the register.
    """
    return _Proposer(register, labels, publisher, language, today).text()


class _Proposer:
    """Proposes target by target, so that each column goes to one place and each place has the best column."""

    def __init__(self, register: Register, labels: Labels, publisher: str, language: str, today: date) -> None:
        self.register, self.labels, self.publisher, self.language = register, labels, publisher, language
        self.today = today
        self.catalogue = Catalogue(language)
        self.found = _Proposal()

    def t(self, key: str, n: int | None = None, **values: object) -> str:
        return self.catalogue.t(f"map.{key}", n, **values)

    def text(self) -> str:
        self._columns()
        self._stand_ins()
        for heading, (to, _) in self.found.columns.items():
            for name in to:
                if targets()[name].kind == CODE:
                    self._codes(name, heading)
        return "\n".join(self._lines())

    def _columns(self) -> None:
        # What has happened comes before what was planned, then the fuller column.
        wanted: dict[str, tuple[tuple[bool, bool, int], str]] = {}
        order = list(targets())
        for heading in self.register.headings:
            if why := self._no_place(heading):
                self.found.left_out[heading] = why
                continue
            fitting = [one for one in suggested(heading) if self._fits(one, heading)]
            for one in fitting:
                is_planned = re.search(r"\bplan", in_words(heading)) is not None
                rank = (not one.is_weak(heading), not is_planned, len(self.register.values(heading)))
                if one.name not in wanted or rank > wanted[one.name][0]:
                    wanted[one.name] = (rank, heading)
        for name, (_, heading) in sorted(wanted.items(), key=lambda item: order.index(item[0])):
            if heading not in self.found.columns:
                self.found.columns[heading] = ([name], self._why(heading, targets()[name]))
                if targets()[name].kind == AMOUNT and (times := scale_of(heading)) != 1:
                    self.found.times[name] = times
        for heading in self.register.headings:
            if heading not in self.found.columns:
                self.found.left_out.setdefault(heading, self._why_not(heading))

    def _why_not(self, heading: str) -> str:
        """Why a column has no place: nobody knows its heading, another column has it, or its values do not fit."""
        taken = {name: other for other, (to, _) in self.found.columns.items() for name in to}
        for target in suggested(heading):
            if target.name in taken:
                return self.t("taken", other=taken[target.name], what=target.what(self.language))
            return self.t("does_not_fit", what=target.what(self.language))
        return self.t("not_recognised")

    def _no_place(self, heading: str) -> str | None:
        values = self.register.values(heading)
        for one in without_place(heading):
            if one.name in ("person", "rating") or self._share(values, AMOUNT) >= _ENOUGH:
                return one.why(self.language)
        texts = [value for value in values if isinstance(value, str)]
        if texts and sum(text_of(value).fault is not None for value in texts) > len(texts) * _ENOUGH:
            return self.t("persons")
        return None

    def _fits(self, target: Target, heading: str) -> bool:
        values = self.register.values(heading)
        if target.kind in _IS_ONE:
            return self._share(values, target.kind) >= _ENOUGH
        if target.kind == CODE:
            texts = {folded(shown(value)) for value in values}
            known = self.labels.get(CODELISTS[target.name], {})
            if CODELISTS[target.name] not in OWN_LISTS:
                # Words such as «status» are for many things: a column is of the ladder when it uses its words.
                return any(text in known for text in texts)
            return 0 < len(texts) <= _MOST_CODES and not all(amount_of(text) is not None for text in texts)
        # What is all numbers is no name, and what is all dates is none either.
        is_number = self._share(values, AMOUNT) > 1 - _ENOUGH / 10
        return target.name.endswith("external_id") or not (is_number or self._share(values, DATE) > _ENOUGH)

    @staticmethod
    def _share(values: list[Any], kind: str) -> float:
        return sum(map(_IS_ONE[kind], values)) / len(values) if values else 0.0

    def _why(self, heading: str, target: Target) -> str:
        values = [shown(value) for value in self.register.values(heading)]
        filled = sum(heading in entry.values for entry in self.register.entries)
        total, different = len(self.register.entries), len(set(values))
        example = next((value for value in values if text_of(value).text), "")
        return self.t(
            "why",
            what=target.what(self.language),
            filled=filled,
            total=total,
            different=different,
            example=_cut(example),
        )

    def _stand_ins(self) -> None:
        """What every project needs and no column was found for."""
        found = {name for to, _ in self.found.columns.values() for name in to}
        if "projects.sector_code" not in found:
            self.found.fixed["projects.sector_code"] = (_NO_AREA, self.t("no_area"))
        if not found & _YEARS and (stated := self._year_of_file()):
            self.found.fixed["rounds.cohort_year"] = (stated, self.t("year_of_file"))
        if "owner.name" in found and "projects.name" not in found:
            heading = self._heading_of("owner.name")
            self.found.columns[heading][0].append("projects.name")
            self.found.notes[heading] = self.t("named_after_owner")
        if "owner.name" in found and "owner.level_code" not in found:
            self._levels_by_name()
        elif "owner.level_code" not in found:
            self.found.fixed["owner.level_code"] = (_OTHER_BODY, self.t("no_level"))
        if found & {"partners.name", "funders.name"}:
            self.found.fixed["partners.level_code"] = (_OTHER_BODY, self.t("no_level"))

    def _heading_of(self, name: str) -> str:
        return next(heading for heading, (to, _) in self.found.columns.items() if name in to)

    def _guesses(self) -> Iterator[str]:
        """Columns of which nothing but the values says that they may be what every project needs: a person decides."""
        texts = {
            heading: self.register.values(heading) for heading in self.found.left_out if not self._no_place(heading)
        }
        for heading, values in texts.items():
            told_apart = len({shown(value) for value in values}) / len(self.register.entries)
            if told_apart >= _TOLD_APART and self._fits(targets()["projects.name"], heading):
                example = _cut(next(shown(value) for value in values))
                yield f"# {quoted(heading)} = ...  # {self.t('may_be_a_name', example=example)}"

    def _year_of_file(self) -> str | None:
        """The year in the name of the file or its sheet, or above the headings, when there is but one."""
        places = (self.register.file, self.register.sheet, *(one.value for one in self.register.around))
        years = {year for place in places for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", place)}
        return years.pop() if len(years) == 1 else None

    def _levels_by_name(self) -> None:
        """What kind of body an owner is, where its name says so; the others share one code."""
        heading = self._heading_of("owner.name")
        names = Counter(shown(value) for value in self.register.values(heading))
        lines = []
        for name in sorted(names):
            code, _ = level_of(name, is_supplier=False)
            if code:
                lines.append(_line(name, code, self.t("level_by_name")))
        of_heading = next((code for word, code in _LEVELS if word in in_words(heading)), None)
        if of_heading:
            self.found.fixed["owner.level_code"] = (of_heading, self.t("level_of_heading", heading=heading))
        else:
            self.found.fixed["owner.level_code"] = (_OTHER_BODY, self.t("no_level"))
        if lines:
            self.found.columns[heading][0].append("owner.level_code")
            self.found.codes.setdefault("owner.level_code", []).extend(lines)

    def _codes(self, name: str, heading: str) -> None:
        """A line for each text of a column of codes: the code with that label, or one of the scheme's own."""
        if name == "owner.level_code" and name in self.found.fixed:
            return
        known = self.labels.get(CODELISTS[name], {})
        lines = self.found.codes.setdefault(name, [])
        for text, n in sorted(Counter(shown(value) for value in self.register.values(heading)).items()):
            if folded(text) in known:
                lines.append(_line(text, known[folded(text)], self.t("same_word", n=n)))
            elif CODELISTS[name] in OWN_LISTS:
                lines.append(_line(text, slug(text, 60), self.t("own_word", n=n), text, text))
            else:
                lines.append(f'# {quoted(text)} = {{ code = "", reason = "" }}  # {self.t("choose", n=n)}')

    def _lines(self) -> Iterator[str]:
        register, stem = self.register, re.sub(r"[\W_]*\d[\d\W_]*", " ", register_stem(self.register.file)).strip()
        yield from (f"# {line}" for line in self.t("file_head", file=register.file).split("\n"))
        yield ""
        yield f"to = {quoted(PROJECTS)}"
        if register.sheet:
            yield f"sheet = {quoted(register.sheet)}"
        yield f"language = {quoted(self._language_of_texts())}  # {self.t('about_language')}"
        yield ""
        yield f"[source]  # {self.t('about_source')}"
        yield f"id = {quoted(slug(stem) if stem else 'register')}  # {self.t('about_id')}"
        yield f"title = {quoted(self._title() or stem or register.file)}"
        yield f"publisher = {quoted(self.publisher)}"
        yield f"# published_on = {self.today.isoformat()}  # {self.t('about_published')}"
        yield f'# address = "https://..."  # {self.t("about_address")}'
        yield '# licence = "..."'
        yield ""
        yield f"[columns]  # {self.t('about_columns')}"
        for heading, (to, why) in self.found.columns.items():
            places = quoted(to[0]) if len(to) == 1 else f"[{', '.join(map(quoted, to))}]"
            note = self.found.notes.get(heading)
            yield f"{quoted(heading)} = {places}  # {why}{f'; {note}' if note else ''}"
        for name in ("projects.external_id", "projects.name", "owner.name", "rounds.awarded_on"):
            if not any(name in to for to, _ in self.found.columns.values()):
                what = targets()[name].what(self.language)
                yield f'# "..." = {quoted(name)}  # {self.t("none_found", what=what)}'
        if not {"projects.name", "owner.name"} <= {name for to, _ in self.found.columns.values() for name in to}:
            yield from self._guesses()
        yield from self._table("left_out", {heading: quoted(why) for heading, why in self.found.left_out.items()})
        yield from self._table(
            "times", {name: f"{times}  # {self.t('about_times')}" for name, times in self.found.times.items()}
        )
        yield from self._table(
            "fixed", {name: f"{quoted(text)}  # {why}" for name, (text, why) in self.found.fixed.items()}
        )
        for name, lines in self.found.codes.items():
            yield ""
            yield f"[codes.{quoted(name)}]  # {targets()[name].what(self.language)}"
            yield from lines
        yield ""
        yield from (f"# {line}" for line in self.t("all_targets").split("\n"))
        for name, target in targets().items():
            yield f"#   {name:<32} {target.what(self.language)}"
        yield ""

    def _title(self) -> str | None:
        """What stands above the headings, as a sheet for people has its title."""
        return next((one.value for one in self.register.around if 3 < len(one.value) <= _LONGEST_TITLE), None)

    def _table(self, name: str, lines: Mapping[str, str]) -> Iterator[str]:
        if lines:
            yield ""
            yield f"[{name}]  # {self.t(f'about_{name}')}" if name != "times" else "[times]"
            yield from (f"{quoted(key)} = {line}" for key, line in lines.items())

    def _language_of_texts(self) -> str:
        """The language of the texts by its small words; that of the messages when there is too little to tell."""
        words = Counter(
            word
            for heading, (to, _) in self.found.columns.items()
            if targets()[to[0]].kind == TEXT
            for value in (heading, *self.register.values(heading))
            for word in re.findall(r"[a-zæøå]+", shown(value).lower())
        )
        norwegian = sum(words[word] for word in ("og", "i", "for", "av", "til", "på", "en", "som", "med", "kommune"))
        english = sum(words[word] for word in ("the", "and", "of", "to", "for", "in", "a", "is", "with", "project"))
        return "nb" if norwegian > english else "en" if english > norwegian else self.language


def register_stem(file: str) -> str:
    """The name of a file without its ending."""
    return file.rpartition(".")[0] or file


def _line(text: str, code: str, reason: str, nb: str = "", en: str = "") -> str:
    labels = f", nb = {quoted(nb)}, en = {quoted(en)}" if nb else ""
    return f"{quoted(text)} = {{ code = {quoted(code)}, reason = {quoted(reason)}{labels} }}"


def _cut(text: str) -> str:
    bare = " ".join(text.split())
    return bare if len(bare) <= _LONGEST_EXAMPLE else f"{bare[: _LONGEST_EXAMPLE - 1]}…"


_LONGEST_EXAMPLE = 40
_LONGEST_TITLE = 100
