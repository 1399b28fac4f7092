"""The action for each row of a workbook: add it as new, add it as changed, or nothing.

Belongs here: comparing each row and its choice with the known rows, ids of new rows, and values that the workbook gives
to all of them.
Does not belong here: rules about single values (`gevinst.intake.validate`) and between tables (`check.py`).

Nothing in the raw files is ever overwritten: a changed row becomes a new row, and the old one is kept. A row that is in
the raw files already, word for word, is skipped, so that the same workbook may be imported twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from gevinst.contracts import CORRECTIONS
from gevinst.contracts.vocabulary import BY_EVALUATOR
from gevinst.findings import Finding, Rule
from gevinst.intake.new_ids import benefit_id, highest_numbers, next_numbered
from gevinst.workbook.choice_faults import (
    KEPT_AS_IT_IS,
    NOTHING_BEFORE,
    NOTHING_CHANGED,
    OLD_ENGLISH,
    ONLY_TRANSLATED,
    SAME_DATE,
    SAME_REASON,
    SAME_SOURCE,
    SAME_SOURCE_OF_PLAN,
    SILENT_CHANGE,
    UNKNOWN_CHOICE,
)
from gevinst.workbook.codes import NAMES, read_choice
from gevinst.workbook.correct import Correction
from gevinst.workbook.filled import Delivery, Filled, Row
from gevinst.workbook.known import Known, canonical, only_translates, outdated_english, with_known_english
from gevinst.workbook.layout import (
    CHANGED,
    CHOICE,
    CORRECTED,
    GIVEN,
    KEPT,
    NEW,
    READ,
    STAMPED,
    UNCHANGED,
    UNTOUCHED,
    SheetLayout,
)
from gevinst.workbook.resolve_names import Names, Texts, names_of, resolve

_STEMS = {
    "status_assessments": "-status",
    "benefit_plans": "-plan",
    "benefit_claims": "",
    "benefit_measurements": "-maling",
    "counterfactual_statements": "-uten",
    "benefit_values": "-verdi",
    "non_priced_effects": "-virkning",
    "follow_on_funding": "-finansiering",
    "closing_statements": "-sluttmelding",
    "planned_evaluations": "-planlagt",
}
"""The part between project (or benefit, or plan) and number in the ids that are made. Ids are permanent; so are
these."""
_ANCHORS = ("project_id", "benefit_id", "benefit_plan_id")
"""Columns whose value begins a new id: the first that the table has, except for its own id."""


@dataclass(slots=True)
class Incoming:
    """Rows to add, as texts of every column, with the sheet and row of each; number of rows by action; findings.

    `corrected` are known rows as they will be; what differs in them is among the rows of the register of corrections.
    """

    rows: dict[str, list[tuple[Filled, Row, Texts]]] = field(default_factory=dict)
    corrected: dict[str, list[tuple[Filled, Row, Texts]]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)

    def add(self, filled: Filled, row: Row, texts: Texts) -> None:
        """Add a row."""
        self.rows.setdefault(filled.layout.contract.name, []).append((filled, row, texts))
        self.counts["new"] += 1


def gather(delivery: Delivery, known: Mapping[str, Known], coder: str | None, incoming: Incoming) -> None:
    """Add the new and changed rows of one file to `incoming`."""
    rounds = delivery.filled.get("assessment_rounds")
    given: Texts = {
        "assessment_round_id": _round_of(delivery, rounds),
        "coder_code": coder or delivery.meta.get("coder"),
    }
    names = {
        name: names_of(name, ((key[0] or "", texts) for key, texts in known[name].by_key.items())) for name in NAMES
    }
    rated: Texts = {"stated_by_code": BY_EVALUATOR} if _is_by_evaluator(given, rounds, known) else {}
    before = incoming.counts["new"]
    # In the order of the tables and not of the sheets, which a person may have moved: a plan looks up its benefit.
    for name in READ:
        if name in delivery.filled and delivery.filled[name] is not rounds:
            values = given | rated if name == "driver_ratings" else given
            _gather_table(delivery.filled[name], known[name], values, names, incoming, known[CORRECTIONS.name])
    # The round comes last: every new workbook proposes one, which is added only when other rows refer to it.
    if rounds:
        is_needed = incoming.counts["new"] > before
        register = known[CORRECTIONS.name]
        _gather_table(rounds, known["assessment_rounds"], given, names, incoming, register, needed=is_needed)
    _check_given(delivery, given, incoming)
    _remember(delivery, known, incoming)


def _remember(delivery: Delivery, known: Mapping[str, Known], incoming: Incoming) -> None:
    """Count the rows of this file as known for the next: coders enter the same documents and the same round."""
    for name, found in incoming.rows.items():
        for filled, _, texts in found:
            if delivery.filled.get(name) is filled:
                known[name].add(filled.layout.contract, texts)


def _round_of(delivery: Delivery, rounds: Filled | None) -> str | None:
    named = {row.texts.get("assessment_round_id") for row in rounds.rows} - {None} if rounds else set()
    return named.pop() if len(named) == 1 else delivery.meta.get("assessment_round_id")


def _is_by_evaluator(given: Texts, rounds: Filled | None, known: Mapping[str, Known]) -> bool:
    """Whether the round of the workbook is an evaluator's: as its own sheet says, or as it was entered before."""
    key = given["assessment_round_id"]
    written = [row.texts for row in rounds.rows] if rounds else []
    own = next((texts for texts in written if texts.get("assessment_round_id", key) == key), None)
    texts = own or known["assessment_rounds"].by_key.get((key,), {})
    return texts.get("assessor_role_code") == BY_EVALUATOR


def _check_given(delivery: Delivery, given: Texts, incoming: Incoming) -> None:
    """One finding, not one per row, when the workbook does not say whose ratings or which round it holds."""
    mine = [
        (filled, row, texts)
        for found in incoming.rows.values()
        for filled, row, texts in found
        if delivery.filled.get(filled.layout.contract.name) is filled
    ]
    for name, rule, nb, en in (
        (
            "coder_code",
            Rule.CODER,
            "det står ikke hvilken koder vurderingene er fra; oppgi det med --coder.",
            "the workbook does not say which coder the ratings are from; give it with --coder.",
        ),
        (
            "assessment_round_id",
            Rule.REQUIRED,
            "det står ikke hvilken vurderingsrunde radene hører til; fyll ut arket med vurderingsrunden.",
            "the workbook does not say which assessment round the rows belong to; fill in the sheet of the round.",
        ),
    ):
        lacking = next((place for place in mine if name in place[2] and place[2][name] is None), None)
        if lacking:
            incoming.findings.append(lacking[0].finding(rule, nb, en, row=lacking[1].number))


def _gather_table(
    filled: Filled,
    known: Known,
    given: Texts,
    names: Mapping[str, Names],
    incoming: Incoming,
    register: Known,
    *,
    needed: bool = False,
) -> None:
    layout, id_column = filled.layout, filled.layout.id_column
    # Ids typed in the sheet count too: the next free number must be free after this import, not only before it.
    written = {row.texts.get(id_column, "") for row in filled.rows} if id_column else set()
    numbers = highest_numbers([*known.ids, *written])
    for row in filled.rows:
        before = known.by_key.get((row.texts.get(id_column),)) if id_column else None
        if _corrects(layout, row) or _translates(layout, row, before):
            _gather_correction(filled, row, known, given, names, incoming, register)
            continue
        action, findings = _action_of(filled, row, before, needed=needed)
        incoming.findings += findings
        if action not in (NEW, CHANGED):
            incoming.counts[action] += 1
            continue
        texts: Texts = {
            column.name: canonical(column, row.texts.get(column.name) or given.get(column.name))
            for column in layout.contract.columns
            if column.name not in STAMPED
        }
        incoming.findings += resolve(filled, row, texts, names)
        if action == CHANGED and id_column:
            texts = with_known_english(layout.contract, texts, before)
            # A changed row shows the English of the one before it: left there, it waits for a translator instead.
            texts |= dict.fromkeys(outdated_english(layout.contract, texts, before) if before else ())
            texts |= _as_later(layout, texts, before or {})
        if known.has(layout, texts):
            incoming.counts["blank" if layout.contract.name in KEPT and not id_column else "already"] += 1
            continue
        repeated: list[Finding] = []  # a second row of one name is told once, and not where others refer to the name
        if id_column and texts[id_column] is None:
            if layout.contract.name == "benefits":
                repeated = _name_in_use(filled, row, texts, names["benefits"])
                incoming.findings += repeated
                taken = names["benefits"].ids | written
                texts[id_column] = benefit_id(texts["project_id"] or "rad", texts["name_nb"] or "", taken)
            else:
                texts[id_column] = _new_id(layout, texts, numbers)
        if layout.contract.name in NAMES and not repeated:
            names[layout.contract.name].add(layout.contract.name, texts[layout.contract.key[0]] or "", texts)
        incoming.add(filled, row, texts)


def _corrects(layout: SheetLayout, row: Row) -> bool:
    """Whether a row is marked as one that was entered wrongly."""
    choice = read_choice(row.texts.get(CHOICE, ""))
    return choice == CORRECTED or (choice == CHANGED and not layout.is_revised)


def _translates(layout: SheetLayout, row: Row, before: Texts | None) -> bool:
    """Whether a row that is not marked as new or changed adds English where it waited, and nothing else."""
    if before is None or read_choice(row.texts.get(CHOICE, "")) not in (None, UNCHANGED):
        return False
    return only_translates(layout.contract, _differing(layout, row, before), before)


def _differing(layout: SheetLayout, row: Row, before: Texts) -> list[str]:
    """Columns in which a row says something else than the known one; what was translated meanwhile is no difference."""
    written: Texts = {column.name: canonical(column, row.texts.get(column.name)) for column in layout.columns}
    texts = with_known_english(layout.contract, written, before)
    return [column.name for column in layout.columns if texts[column.name] != before[column.name]]


def _gather_correction(
    filled: Filled,
    row: Row,
    known: Known,
    given: Texts,
    names: Mapping[str, Names],
    incoming: Incoming,
    register: Known,
) -> None:
    """Add what differs between a row and the known one of its key to the register of corrections."""
    columns = filled.layout.contract.columns
    texts: Texts = {
        column.name: canonical(column, row.texts.get(column.name) or given.get(column.name))
        for column in columns
        if column.name not in STAMPED
    }
    incoming.findings += resolve(filled, row, texts, names)
    before = known.by_key.get(tuple(texts[name] for name in filled.layout.contract.key))
    if before is None:
        incoming.findings.append(_fault(filled, row, CHOICE, *NOTHING_BEFORE))
        return
    incoming.findings += [
        _fault(filled, row, name, *OLD_ENGLISH, is_note=True)
        for name in outdated_english(filled.layout.contract, texts, before)
    ]
    correction = Correction(filled, row, before, with_known_english(filled.layout.contract, texts, before))
    findings = correction.refusal(register.by_key.values())
    if findings is None:
        incoming.counts["already"] += 1
    elif findings:
        incoming.findings += findings
    else:
        taken = [one["correction_id"] or "" for _, _, one in incoming.rows.get(CORRECTIONS.name, ())]
        numbers = highest_numbers([*register.ids, *taken])
        listed = incoming.rows.setdefault(CORRECTIONS.name, [])
        listed += [(filled, row, one) for one in correction.register_rows(numbers)]
        incoming.corrected.setdefault(filled.layout.contract.name, []).append((filled, row, correction.after))
        incoming.counts[CORRECTED] += 1


def _as_later(layout: SheetLayout, texts: Texts, before: Texts) -> Texts:
    """What sets a changed row apart from the one it was made from, which keeps its id."""
    later: Texts = {layout.id_column or "": None}
    if layout.contract.name == "benefit_plans":
        later["revises_plan_id"] = before.get("revises_plan_id") or before["benefit_plan_id"]
    return later


def _name_in_use(filled: Filled, row: Row, texts: Texts, names: Names) -> list[Finding]:
    """A finding when the project has a benefit of this name: readers could not tell a second one from it."""
    name, project = texts["name_nb"], texts["project_id"]
    same = [one for one in names.by_name.get((name or "").casefold(), {}).items() if project and one[1] == project]
    if not same:
        return []
    nb = f"prosjektet har en gevinst som heter dette ({same[0][0]}); vis til den, eller gi denne et annet navn."
    en = f"the project has a benefit of this name ({same[0][0]}); refer to that one, or give this one another name."
    return [filled.finding(Rule.KEY, nb, en, row=row.number, name="name_nb", value=name)]


def _action_of(filled: Filled, row: Row, before: Texts | None, *, needed: bool) -> tuple[str, list[Finding]]:
    """The action for a row (`NEW`, `CHANGED`, `UNCHANGED`, ``already``, ``blank`` or ``faulty``) and its findings.

    `before` is the known row with the same id; `needed` makes a row count that would be blank otherwise.
    """
    layout, text = filled.layout, row.texts.get(CHOICE)
    choice = read_choice(text) if text else None
    if text and choice is None:
        return "faulty", [_fault(filled, row, CHOICE, *UNKNOWN_CHOICE)]
    written = set(row.texts) - {CHOICE}
    if choice is None and not needed and written <= {*UNTOUCHED.get(layout.contract.name, _skeleton(layout)), *GIVEN}:
        return "blank", []
    if before is None:
        if choice in (CHANGED, UNCHANGED):
            return "faulty", [_fault(filled, row, CHOICE, *NOTHING_BEFORE)]
        return NEW, []
    differing = _differing(layout, row, before)
    # A value that differs without the choice Changed is refused, since it may be a slip in a row meant to be kept.
    if choice in (None, UNCHANGED):
        if not differing:
            return ("blank" if choice is None else UNCHANGED), []
        reason = KEPT_AS_IT_IS if layout.contract.name in KEPT else SILENT_CHANGE
        return "faulty", [_fault(filled, row, differing[0], *reason)]
    if choice == NEW:
        # Word for word the same: it was imported before. Anything else would be a second row with the same id.
        return (NEW if differing else "already"), []
    if not differing:
        return "faulty", [_fault(filled, row, CHOICE, *NOTHING_CHANGED)]
    if only_translates(layout.contract, differing, before):
        return "faulty", [_fault(filled, row, CHOICE, *ONLY_TRANSLATED)]
    return CHANGED, _moved_without_grounds(filled, row, differing)


def _skeleton(layout: SheetLayout) -> tuple[str, ...]:
    return ("project_id",) if layout.is_revised else ()


def _moved_without_grounds(filled: Filled, row: Row, differing: list[str]) -> list[Finding]:
    """Findings about a new step or plan without its own grounds.

    Copied from the old row, reason, place in a document and date would document the old step and not the new one.
    """
    table = filled.layout.contract.name
    has_source = bool({"source_id", "source_locator"} & set(differing))
    if table == "benefit_plans" and not has_source:
        return [_fault(filled, row, "source_id", *SAME_SOURCE_OF_PLAN)]
    if table != "status_assessments" or "status_code" not in differing:
        return []
    findings: list[Finding] = []
    if "reason_nb" not in differing:  # a translation of the old reason is no new one
        findings.append(_fault(filled, row, "reason_nb", *SAME_REASON))
    if not has_source:
        findings.append(_fault(filled, row, "source_id", *SAME_SOURCE))
    if "assessed_on" not in differing:
        findings.append(_fault(filled, row, "assessed_on", *SAME_DATE))
    return findings


def _fault(filled: Filled, row: Row, name: str, nb: str, en: str, *, is_note: bool = False) -> Finding:
    value = row.texts.get(name)
    return filled.finding(Rule.CHOICE, nb, en, row=row.number, name=name, value=value, is_note=is_note)


def _new_id(layout: SheetLayout, texts: Texts, numbers: dict[str, int]) -> str:
    """The next free id of a project, benefit or plan, such as ``2019-arkivfloken-status-03``."""
    anchor = next((texts[name] for name in _ANCHORS if name != layout.id_column and texts.get(name)), "rad")
    return next_numbered(f"{anchor}{_STEMS[layout.contract.name]}", numbers)
