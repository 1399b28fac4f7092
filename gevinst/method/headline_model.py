"""The shape of a headline figure, and conditions that several figures share.

Belongs here: what a figure is.
Does not belong here: which figures there are (`headline_figures.py`, `headline_statuses.py`) and counting
(`headlines.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import narwhals as nw

from gevinst.bilingual import Bilingual
from gevinst.method.frames import Rules

Condition = Callable[[Rules], nw.Expr]
"""Which rows of its table a figure counts, under the choices of a run."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: the rows of `table` that meet `condition`, or, with `column`, a number taken over that column.

    `written` is the condition as readers of the table see it. `total` names the figure that is the whole. `take` is
    ``sum`` or ``max`` of the column (nothing counts as 0), or ``distinct``: how many different values it has.
    """

    figure_id: str
    table: str
    written: str
    nb: str
    en: str
    condition: Condition | None = None
    total: str | None = None
    column: str | None = None
    take: str | None = None

    @property
    def meaning(self) -> Bilingual:
        """What the figure counts, in both languages."""
        return Bilingual(self.nb, self.en)


def flag(name: str) -> Condition:
    """Rows in which the column `name` is true."""
    return lambda rules: nw.col(name)


def every_row(rules: Rules) -> nw.Expr:
    """All rows of the table."""
    return ~nw.col("edition_year").is_null()
