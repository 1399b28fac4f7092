"""The mapping proposed for a benefits register of one project: which column goes where.

Belongs here: matching headings and values to what a benefit, its plan and its measurements can hold.
Does not belong here: registers of projects (`proposals.py`), and reading a register by a layout
(`gevinst.workbook.read_register`).
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

from gevinst.contracts import contract
from gevinst.formats.values import amount_of, date_of, shown
from gevinst.language.texts import Catalogue
from gevinst.mapping.mapping_file import folded, quoted
from gevinst.mapping.register import Register
from gevinst.mapping.targets import Target, in_words, targets_of
from gevinst.workbook.register_layout import BENEFITS

_VALUES, _DATES = ("_value",), ("_on",)
_INDICATOR, _UNIT = "benefit_plans.indicator", "benefit_plans.unit_code"
_ENOUGH = 0.5
"""Share of values that must read as numbers or dates where a column holds such."""
Labels = Mapping[str, Mapping[str, str]]
Say = Callable[..., str]


@cache
def columns() -> dict[str, Target]:
    """What a column can be, in the order in which headings are tried."""
    return targets_of(tomllib.loads((Path(__file__).parent / "benefit_columns.toml").read_text(encoding="utf-8")))


def headings_known(text: str) -> bool:
    """Whether a heading has words of a benefits register."""
    words = in_words(text)
    return any(form.fullmatch(words) for one in columns().values() for form in one.headings)


def codelist_of(name: str) -> str | None:
    """The code list of a place that holds codes."""
    table, column = name.split(".")
    found = next((one for one in contract(table).columns if one.name in (column, f"{column}_nb")), None)
    return found.codelist if found else None


def propose_layout(register: Register, labels: Labels, language: str) -> str:
    """The text of a layout for the register, with reasons in `language`; `labels` are codes by label and code list."""
    t = Catalogue(language).t
    placed: dict[str, list[str]] = {}
    for name in columns():
        fitting = (heading for heading in register.headings if heading not in placed and _fits(name, heading, register))
        if heading := next(fitting, None):
            placed[heading] = [name]
    taken = {name for names in placed.values() for name in names}
    for heading, names in placed.items():
        # «Minutter per sak» is the indicator and its unit in one cell.
        if names == [_INDICATOR] and _UNIT not in taken and _labelled(heading, _UNIT, register, labels) > 0:
            names.append(_UNIT)
    return "\n".join(_lines(register, placed, labels, language, t))


def _fits(name: str, heading: str, register: Register) -> bool:
    words, values = in_words(heading), register.values(heading)
    if not any(form.fullmatch(words) for form in columns()[name].headings):
        return False
    if not values:
        return True
    if name.endswith(_VALUES):
        return sum(amount_of(value) is not None for value in values) >= _ENOUGH * len(values)
    if name.endswith(_DATES):
        return sum(date_of(value, "day_first") is not None for value in values) >= _ENOUGH * len(values)
    return True


def _labelled(heading: str, name: str, register: Register, labels: Labels) -> int:
    known = labels.get(codelist_of(name) or "", {})
    return sum(folded(shown(value)) in known for value in register.values(heading))


def _lines(register: Register, placed: Mapping[str, list[str]], labels: Labels, language: str, t: Say) -> Iterator[str]:
    yield from (f"# {line}" for line in t("map.file_head", file=register.file).split("\n"))
    yield ""
    yield f"to = {quoted(BENEFITS)}"
    if register.sheet:
        yield f"sheet = {quoted(register.sheet)}"
    yield f"language = {quoted(language)}  # {t('map.about_language')}"
    yield ""
    yield f"[columns]  # {t('map.about_columns')}"
    for heading, names in placed.items():
        to = quoted(names[0]) if len(names) == 1 else f"[{', '.join(map(quoted, names))}]"
        yield f"{quoted(heading)} = {to}  # {columns()[names[0]].what(language)}"
    left = [heading for heading in register.headings if heading not in placed]
    yield from (f'# {quoted(heading)} = "..."  # {t("map.not_recognised")}' for heading in left)
    yield ""
    yield f"[fixed]  # {t('map.about_fixed_benefits')}"
    yield f'project_id = "..."  # {t("map.which_project")}'
    yield f'source_id = "..."  # {t("map.which_source")}'
    yield f'"benefits.benefit_code" = "..."  # {t("map.which_benefit")}'
    yield '"benefits.benefit_sign_code" = "positive"'
    for heading, names in placed.items():
        for name in names:
            if codelist := codelist_of(name):
                yield from _codes(name, heading, codelist, register, labels, t)
    yield ""
    yield from (f"# {line}" for line in t("map.all_targets").split("\n"))
    for name, target in columns().items():
        yield f"#   {name:<40} {target.what(language)}"
    yield ""


def _codes(name: str, heading: str, codelist: str, register: Register, labels: Labels, t: Say) -> Iterator[str]:
    """A line to fill in for each text that is no label of the list; labels need none."""
    known = labels.get(codelist, {})
    texts = Counter(shown(value) for value in register.values(heading) if folded(shown(value)) not in known)
    if texts:
        yield ""
        yield f"[codes.{quoted(name)}]"
        codes = ", ".join(sorted(set(known.values())))
        for text, n in sorted(texts.items()):
            yield f'# {quoted(text)} = "..."  # {t("map.choose_one", n=n, codes=codes)}'
