"""The badges of codes in tables: a mark for the colour and a sign; the same as in figures (``assets/css/blocks.css``).

Belongs here: which mark and sign a code gets.
Does not belong here: what codes are called (code lists).
"""

from __future__ import annotations

from gevinst.contracts.vocabulary import AWARDED, CONTINUED, NEVER_ASSESSED, STEPS, STOPPED
from gevinst.language.numbers import MISSING
from gevinst.language.phrases import age
from gevinst.site.blocks import Cell
from gevinst.site.context import Row, View
from gevinst.site.figures import LegendEntry
from gevinst.site.figures.style import EVIDENCE_SIGNS

_BESIDE = {
    STOPPED: ("stopped", "×"),
    CONTINUED: ("continued", "→"),
    AWARDED: ("awarded", "·"),
    NEVER_ASSESSED: ("not-assessed", MISSING),
}
_EVIDENCE = {code: (f"evidence-{level}", sign) for level, (code, sign) in enumerate(EVIDENCE_SIGNS.items(), 1)}


def status_mark(code: str) -> str:
    """Mark of a status code."""
    return f"step-{STEPS.index(code)}" if code in STEPS else _BESIDE[code][0]


def status_sign(code: str) -> str:
    """Step number, or the sign of a status beside the ladder."""
    return str(STEPS.index(code)) if code in STEPS else _BESIDE[code][1]


def status_cell(view: View, project: Row) -> Cell:
    """The newest status of a project with its step, how old it is, and whether it is inferred."""
    code = project["current_status_code"]
    label = view.label("status", code)
    order = view.data.status_order().index(code)
    remarks = [view.t("common.old_assessment")] if project["is_stale"] else []
    remarks += [view.t("common.inferred")] if project["is_inferred"] else []
    text = f"{status_sign(code)} {label}" if code in STEPS else label
    return Cell(
        text,
        mark=status_mark(code),
        value=order,
        note=", ".join(remarks) or None,
        csv=label,
        is_hatched=grows_old(project),
    )


def grows_old(status: Row) -> bool:
    """Whether a status is drawn as old; that funding was awarded stays as true as it was."""
    return status["is_stale"] and status["current_status_code"] not in (AWARDED, NEVER_ASSESSED)


def status_tile(view: View, status: Row) -> Cell:
    """A status as one square with a number or sign, hatched where it is old; the year is spoken and on paper."""
    code = status["current_status_code"]
    label = view.label("status", code)
    if not grows_old(status):
        return Cell(status_sign(code), mark=status_mark(code), spoken=label)
    spoken = view.t("common.old_since", status=label, year=status["status_on"].year)
    return Cell(status_sign(code), mark=status_mark(code), spoken=spoken, is_hatched=True)


def evidence_cell(view: View, code: str) -> Cell:
    """How sure a benefit is: sign and word."""
    mark, sign = _EVIDENCE[code]
    order = tuple(_EVIDENCE).index(code)
    label = view.label("evidence", code)
    return Cell(f"{sign} {label}", mark=mark, value=order, csv=label)


def evidence_tile(view: View, code: str | None) -> Cell:
    """How sure a benefit is as one square with a sign; an empty square when none is found."""
    if code is None:
        return Cell("", spoken=view.t("page_benefits.not_found"), value=0)
    mark, sign = _EVIDENCE[code]
    return Cell(sign, mark=mark, spoken=view.label("evidence", code), value=tuple(_EVIDENCE).index(code) + 1)


def evidence_legend(view: View) -> tuple[LegendEntry, ...]:
    """What the levels of evidence mean, from the least to the most sure."""
    return tuple(
        LegendEntry(mark, sign, f"{view.label('evidence', code)}: {view.description('evidence', code)}")
        for code, (mark, sign) in _EVIDENCE.items()
    )


def status_legend(view: View) -> tuple[LegendEntry, ...]:
    """What the squares mean."""
    months = view.settings.stale_after_months
    return (
        *(LegendEntry(status_mark(code), status_sign(code), text) for code, text in view.labels("status").items()),
        LegendEntry("step-5", "5", view.t("common.hatched", age=age(view.catalogue, months)), is_hatched=True),
    )
