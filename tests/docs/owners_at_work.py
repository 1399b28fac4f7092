"""What the owners of the exercise year do with their letter: answer in time, late, wrongly, twice, or not at all.

Belongs here: each owner's own work, on the files that `gevinst ask` wrote for it.
Does not belong here: the commands of the guide (`test_exercise_year.py`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from gevinst.follow_up.ask import FORM, SHEET
from gevinst.follow_up.prefill import Form
from tests.pipeline.follow_up.conftest import file_of, saved

_USED, _TRIED_OUT = "i_bruk", "provd_ut"
_ABOUT_HALF = 4
"""Projects that one owner answers about, of the five that it has."""
FAULTY_VALUE = "om lag tolv"


class Owners:
    """All owners that have a letter in the folder `letters`, and the folder of answers, where theirs end up."""

    def __init__(self, letters: Path, answers: Path) -> None:
        self._letters, self._answers = letters, answers
        self.ids = sorted(path.name for path in letters.iterdir() if path.is_dir())

    def form(self, owner: str) -> Form:
        """What the page holds that the owner got."""
        page = (self._letters / owner / FORM).read_text(encoding="utf-8")
        found = re.search(r'id="prefilled">(.*?)</script>', page, flags=re.DOTALL)
        assert found, owner
        return json.loads(found[1])

    def in_time(self) -> None:
        """Five of ten within the four weeks: one in the workbook, one with a number in words, one twice."""
        first, second, third, fourth, fifth = self.ids[:5]
        self._save(first, date(2027, 2, 8))
        self._save(second, date(2027, 2, 9), status=_TRIED_OUT)
        self._save(second, date(2027, 2, 23), again="-2")
        self._fill_in_workbook(third)
        self._save(fourth, date(2027, 2, 26))
        form = self.form(fifth)
        self._save(fifth, date(2027, 2, 27), own={f"{_measured(form)}.value": FAULTY_VALUE})

    def correct(self) -> None:
        """The owner that wrote a number in words sends a file with the number."""
        self._save(self.ids[4], date(2027, 3, 2))

    def late(self) -> None:
        """Three more after the reminder, one of them about some of its projects only."""
        for owner, day in zip(self.ids[5:7], (date(2027, 4, 2), date(2027, 4, 12)), strict=True):
            self._save(owner, day)
        self._save(self.ids[7], date(2027, 4, 18), most=_ABOUT_HALF)

    def _save(
        self,
        owner: str,
        on: date,
        *,
        status: str = _USED,
        again: str = "",
        most: int | None = None,
        own: Mapping[str, str] | None = None,
    ) -> None:
        form = self.form(owner)
        answers = {**_answers(form, form["projects"][:most], status), **(own or {})}
        file_of(self._answers, f"{owner}{again}.json", saved(form, answers, on))

    def _fill_in_workbook(self, owner: str) -> None:
        """As the sheet shows them, choices are words: the first of the list for how far a project has come."""
        book = load_workbook(self._letters / owner / SHEET)
        for row in book.worksheets[0].iter_rows(min_row=2):
            if str(row[5].value).endswith(".status"):
                row[3].value = next(text for text in str(row[4].value).split("; ") if text.startswith("Tatt i bruk"))
        book.save(self._answers / f"{owner}.xlsx")


def _measured(form: Form) -> str:
    """The first benefit of the first project that has any, by the beginning of its keys."""
    project = next(one for one in form["projects"] if one["benefits"])
    return f"{project['project_id']}.{project['benefits'][0]['benefit_id']}"


def _answers(form: Form, projects: Sequence[dict[str, Any]], status: str) -> dict[str, Any]:
    """How far each project has come, and one benefit that is measured."""
    of = _measured(form)
    benefit = {"outcome": "measured", "value": "12,5", "baseline": "31", "unit": "days", "measured_on": "2026-10"}
    asked = {field["key"] for project in form["projects"] for field in project["fields"]}
    measured = {f"{of}.{name}": value for name, value in {**benefit, "measured_by": "owner"}.items()}
    return {
        **{f"{project['project_id']}.status": status for project in projects},
        **{key: value for key, value in measured.items() if key in asked},
        "role": "prosjektleder",
    }


BY_HAND: dict[str, Callable[[Owners], None]] = {
    "2027-03-01": Owners.in_time,
    "2027-03-02": Owners.correct,
    "2027-04-20": Owners.late,
}
"""What owners have done by the day of a command."""
