"""The question after a text that is in no list: which of the list was meant?

Belongs here: finding the texts of a list that are nearest to what was typed.
Does not belong here: whether a text is in its list (`check.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from gevinst.bilingual import LANGUAGES
from gevinst.contracts import Column, Contract
from gevinst.findings import Finding
from gevinst.workbook.codes import Options, name_in

_MOST_ASKED = 3
"""Texts in one question; with more that fit, none of them is likely."""
_MOST_SEARCHED = 200
"""Different texts that are looked for: a column pasted in the wrong place holds thousands, and each takes time."""
_SHORTEST_PART = 3
"""Characters of a text that is looked for inside others: one or two letters are in all of them."""
_QUESTION = {"nb": ("Mente du", "eller"), "en": ("Did you mean", "or")}


@dataclass(slots=True)
class Nearest:
    """Asks for the text that was meant, from the lists that the workbook offers."""

    texts: Options
    _asked: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def ask(self, finding: Finding, table: Contract) -> Finding:
        """The finding, with a question where something in the list of its column is near to its value."""
        column, value = table.column(finding.column_name or ""), finding.value or ""
        nb, en = (self._question(column, value, language) for language in LANGUAGES)
        return replace(finding, reason_nb=finding.reason_nb + nb, reason_en=finding.reason_en + en)

    def _question(self, column: Column, value: str, language: str) -> str:
        key = (language, column.codelist or column.references or "", value)
        if key not in self._asked:
            found = self._near(column, value, language) if len(self._asked) < _MOST_SEARCHED else []
            ask, alternative = _QUESTION[language]
            listed = f" {alternative} ".join(f"«{text}»" for text in found)
            self._asked[key] = f" {ask} {listed}?" if found else ""
        return self._asked[key]

    def _near(self, column: Column, value: str, language: str) -> list[str]:
        wanted, listed = value.casefold(), _listed(column, self.texts, language)
        holding = [text for form, text in listed.items() if len(wanted) >= _SHORTEST_PART and wanted in form]
        if 0 < len(set(holding)) <= _MOST_ASKED:
            return list(dict.fromkeys(holding))
        return [listed[form] for form in get_close_matches(wanted, listed, n=1)]


def _listed(column: Column, texts: Options, language: str) -> Mapping[str, str]:
    """What the cells of a column show, by each way of writing it in lower case: a row by its name or its id."""
    shown = texts.listed(column, language)
    if column.codelist:
        return {text.casefold(): text for text in shown}
    return {form.casefold(): text for text in shown for form in name_in(text)}
