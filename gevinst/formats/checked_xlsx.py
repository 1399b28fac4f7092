"""The one door to the library that writes workbooks, which tells of what it drops by a number that nobody need read.

Belongs here: making an error of everything that the library leaves out, cuts off or refuses.
Does not belong here: what workbooks hold (`xlsx.py`, `gevinst.workbook`), and what is left out of one on purpose
(`workbook_limits.py`). The module is slow to import, because the library is.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Literal

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from gevinst.errors import EvaluatorError
from gevinst.formats.workbook_limits import LONGEST_TEXT, MOST_COLUMNS
from gevinst.layout import ROWS_OF_A_SHEET

_LONGEST_HEADER = 255
"""Characters of the line above a printed page; the library warns of more and prints none."""


class NotWrittenError(EvaluatorError):
    """Something that a workbook cannot hold, so that the workbook is not written."""

    def __init__(self, sheet: str | None, row: int | None = None, column: int | None = None) -> None:
        """Name the place, with row and column from 0 as the library counts."""
        place = (sheet or "", *(number + 1 for number in (row, column) if number is not None))
        nb, en = ("{}, rad {}, kolonne {}", "{}, row {}, column {}") if len(place) == 3 else ("{}", "{}")
        limits = (ROWS_OF_A_SHEET, MOST_COLUMNS, LONGEST_TEXT)
        super().__init__(
            f"{nb.format(*place)}: det som skulle stå her, får ikke plass. Et ark har høyst {limits[0]} rader og "
            f"{limits[1]} kolonner, og en celle {limits[2]} tegn; del innholdet på flere.",
            f"{en.format(*place)}: what was to be here does not fit. A sheet has at most {limits[0]} rows and "
            f"{limits[1]} columns, and a cell {limits[2]} characters; divide the content among several.",
        )


class CheckedSheet(Worksheet):
    """A sheet whose methods raise `NotWrittenError` where the library answers with a negative number."""

    def set_header(self, header: str = "", *arguments: Any, **named: Any) -> None:
        """Set the line above each printed page."""
        if len(header) > _LONGEST_HEADER:
            raise NotWrittenError(self.name)
        super().set_header(header, *arguments, **named)


class CheckedBook(Workbook):
    """A workbook of such sheets."""

    worksheet_class = CheckedSheet

    def define_name(self, name: str, formula: str) -> Literal[0]:
        """Give cells a name."""
        if super().define_name(name, formula) == -1:
            raise NotWrittenError(name)
        return 0


def _checked(method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def call(self: Worksheet, *arguments: Any, **named: Any) -> Any:
        code = method(self, *arguments, **named)
        if code.__class__ is int and code < 0:
            numbers = [one for one in arguments[:2] if isinstance(one, int)]
            raise NotWrittenError(self.name, *(numbers if len(numbers) == 2 else ()))
        return code

    return call


# All of them, since a list of those that are used today would lack the one that is used tomorrow.
for _name, _method in vars(Worksheet).items():
    if callable(_method) and not _name.startswith("_") and _name not in vars(CheckedSheet):
        setattr(CheckedSheet, _name, _checked(_method))
