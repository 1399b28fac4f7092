"""Status codes as marks: the order figures show them in, and the sign and colours of each.

Belongs here: what the figures of status share. Does not belong here: the words (code list `status`).
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from gevinst.contracts.vocabulary import AWARDED, CONTINUED, NEVER_ASSESSED, STOPPED
from gevinst.language.numbers import MISSING
from gevinst.site.figures import style


@dataclass(frozen=True, slots=True)
class Status:
    """One status: its step (`None` beside the ladder), what it is called, and how it is marked."""

    code: str
    step: int | None
    label: str
    mark: str
    sign: str
    fill: str
    ink: str
    stripe: str | None = None
    """Over the fill where the statement is old; `None` for a status that does not grow old."""

    @property
    def in_text(self) -> str:
        """What it is called inside a sentence."""
        return self.label[:1].lower() + self.label[1:]


_BESIDE = {
    CONTINUED: ("continued", "→", style.CONTINUED, style.INK, style.CONTINUED_STRIPE),
    STOPPED: ("stopped", "×", style.STOPPED, style.PAPER, style.STOPPED_STRIPE),
    AWARDED: ("awarded", "·", style.NOT_ASSESSED, style.INK),
    NEVER_ASSESSED: ("not-assessed", MISSING, style.NOT_ASSESSED, style.INK),
}


def statuses(codelists: pl.DataFrame, labels: dict[str, str]) -> dict[str, Status]:
    """All statuses by code, from the furthest step to those beside the ladder; `labels` are their names by code."""
    # An award is below the ladder: a column of its own, beside that of projects nobody has assessed.
    ranked = codelists.filter((pl.col("codelist") == "status") & (pl.col("rank") >= 0))
    found = {
        code: Status(
            code,
            step,
            labels[code],
            f"step-{step}",
            str(step),
            style.STEPS[step],
            style.STEP_INKS[step],
            style.STEP_STRIPES[step],
        )
        for code, step in ranked.sort("rank", descending=True).select("code", "rank").iter_rows()
    }
    return {**found, **{code: Status(code, None, labels[code], *looks) for code, looks in _BESIDE.items()}}
