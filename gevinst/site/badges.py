"""The badges of codes in tables: a mark for the colour and a sign; the same as in figures (``assets/css/blocks.css``).

Belongs here: which mark and sign a code gets.
Does not belong here: what codes are called (code lists).
"""

from __future__ import annotations

from gevinst.contracts.vocabulary import (
    AWARDED,
    BENEFIT_STAGES,
    CONTINUED,
    NEVER_ASSESSED,
    NOT_CODED,
    NOT_FOUND,
    STATED_NOT,
    STEPS,
    STOPPED,
)
from gevinst.language.numbers import MISSING
from gevinst.language.phrases import age
from gevinst.site.blocks import Cell
from gevinst.site.context import View
from gevinst.site.figures import LegendEntry
from gevinst.site.figures.style import EVIDENCE_SIGNS
from gevinst.site.rows import Row

_BESIDE = {
    STOPPED: ("stopped", "×"),
    CONTINUED: ("continued", "→"),
    AWARDED: ("awarded", "·"),
    NEVER_ASSESSED: ("not-assessed", MISSING),
}
_EVIDENCE = {code: (f"evidence-{level}", sign) for level, (code, sign) in enumerate(EVIDENCE_SIGNS.items(), 1)}

ABSENCES = {NOT_CODED: ("not-coded", "/"), NOT_FOUND: ("not-found", MISSING), STATED_NOT: ("stated-not", "×")}
"""Mark and sign of why something is not known; the three are never shown alike."""


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
    order = view.data.status_places[code]
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


def stage_cell(view: View, code: str) -> Cell:
    """How far a benefit has come: sign and word; the marks are those of evidence, from the least to the most sure."""
    order = BENEFIT_STAGES.index(code)
    mark, sign = tuple(_EVIDENCE.values())[order]
    label = view.label("benefit_stage", code)
    return Cell(f"{sign} {label}", mark=mark, value=order, csv=label)


def stage_legend(view: View) -> tuple[LegendEntry, ...]:
    """What the stages mean, from the first to the last."""
    return tuple(
        LegendEntry(mark, sign, f"{view.label('benefit_stage', code)}: {view.description('benefit_stage', code)}")
        for code, (mark, sign) in zip(BENEFIT_STAGES, _EVIDENCE.values(), strict=True)
    )


def best_benefit_cell(view: View, project: Row) -> Cell:
    """How sure the surest benefit of a project is, or why none is known."""
    level = project["best_evidence_code"]
    return no_benefit_cell(view, project) if level is None else evidence_cell(view, level)


def absence_cell(view: View, code: str) -> Cell:
    """Why something is not known, in words."""
    mark, sign = ABSENCES[code]
    label = view.label("absence", code)
    return Cell(f"{sign} {label}", mark=mark, value=-1, csv=label)


def no_benefit_cell(view: View, project: Row) -> Cell:
    """Why no benefit of a project is known: one reason, or one for what was expected and one for results."""
    expected, results = project["expected_absence_code"], project["results_absence_code"]
    if expected == results or expected is None:
        return absence_cell(view, results)
    mark, sign = ABSENCES[results]
    text = no_benefit_text(view, project)
    return Cell(f"{sign} {text}", mark=mark, value=-1, csv=text)


def no_benefit_text(view: View, project: Row) -> str:
    """The same in words alone."""
    expected, results = project["expected_absence_code"], project["results_absence_code"]
    words = view.label("absence", results)
    if expected == results or expected is None:
        return words
    return view.t("coverage.absent_apart", expected=view.label("absence", expected), results=words)


def absence_tile(view: View, code: str) -> Cell:
    """Why something is not known, as one square."""
    mark, sign = ABSENCES[code]
    return Cell(sign, mark=mark, spoken=view.label("absence", code), value=0, csv=view.label("absence", code))


def absence_legend(view: View) -> tuple[LegendEntry, ...]:
    """What the signs of absence mean."""
    return tuple(
        LegendEntry(mark, sign, f"{view.label('absence', code)}: {view.description('absence', code)}")
        for code, (mark, sign) in ABSENCES.items()
    )


def evidence_tile(view: View, code: str) -> Cell:
    """How sure a benefit is as one square with a sign."""
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
