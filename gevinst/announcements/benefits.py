"""Statements of benefit in the text of a project, their modality, and how far the project has come.

Belongs here: which sentences and bullets speak of benefits, whether as potential, goal, reported or documented, and
words of status to codes of the code list `status`.
Does not belong here: judging what a benefit is worth, and status over time (`gevinst.method.status`).

Money, reach and needs are not benefits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gevinst.announcements.amounts import amounts_in
from gevinst.announcements.article import is_heading
from gevinst.announcements.model import Found, Gain, Line
from gevinst.announcements.organisations import without_speaker
from gevinst.announcements.vocabulary import (
    benefit_section_of,
    codes,
    compiled,
    confidence,
    is_section,
    label_of,
    limit,
    one_of,
    pattern,
    sentences,
)
from gevinst.persons_and_contacts import names_a_person

_BENEFITS = {code: pattern(f"benefits.{code}") for code in codes("benefits")}
_BETTER = pattern("benefit_statements.better", words=True)
_DOCUMENTED = pattern("benefit_statements.documented")
_BEFORE = pattern("benefit_statements.before")
_REPORTED = pattern("benefit_statements.reported", words=True)
_POTENTIAL = pattern("benefit_statements.potential")
# «Skal være» describes a state, and «skal sammen med flere andre» a way of working; neither is an aim.
_PURPOSE = compiled(
    rf"\b{one_of('benefit_statements.purpose')}\b(?! være| vere| sammen med flere andre)", re.IGNORECASE
)
_AIM = pattern("benefit_statements.aim", words=True)
_EXPLORES = pattern("benefit_statements.explores")
_GOAL = pattern("benefit_statements.goal")
_NONE = pattern("benefit_statements.none", words=True)
_NOT_DOCUMENTED = pattern("benefit_statements.not_documented")
_NOT_YET = pattern("benefit_statements.not_yet")
_NOT_REPORTED = pattern("benefit_statements.not_reported")
_NOT_GOAL = pattern("benefit_statements.not_goal")
_CLAUSE = compiled(rf"{one_of('benefit_statements.clauses')}|; | – |\. ")
_STATUS_IN_TEXT = {code: pattern(f"status_in_text.{code}") for code in codes("status_in_text")}
_STATUS_IN_LABEL = {code: pattern(f"status_in_label.{code}") for code in codes("status_in_label")}
_PLANNED = pattern("status.planned", words=True)


def benefits_of(lines: Sequence[Line], *, is_result_page: bool) -> list[Gain]:
    """The statements of benefit in a project's lines, in order; at most one for each sentence and bullet.

    On a page about one project (`is_result_page`) plain statements under a heading of results are reported; on a page
    about an award they are not.
    """
    found: list[Gain] = []
    section: str | None = None
    for line in lines:
        if line.is_quiet or line.cells:
            continue
        if _heads(line):
            known = benefit_section_of(line.text)
            if known or line.level or is_section(line.text) or not line.text.endswith(":"):
                section = known
            if not (label_of(line.text) or (_BETTER.search(line.text) and line.is_bullet)):
                continue
        label = label_of(line.text)
        if labelled := _benefit_label(line.text):
            found += _of_text(line, line.text[labelled[1] :], labelled[0], is_item=True)
        elif not label or label.field == "owner":
            plain = None if section == "measures" or (section == "result" and not is_result_page) else section
            meant = "goal" if plain is None and _AIM.search(line.text) else plain
            found += _of_text(line, line.text, meant, is_item=line.is_bullet and section is not None)
    # The same statement in another modality is another statement: a goal may also be reported as reached.
    unique: dict[tuple[str, str], Gain] = {}
    for gain in found:
        unique.setdefault((gain.text.lower(), gain.modality), gain)
    return list(unique.values())[: limit("most_benefits")] or _purpose(lines)


def _heads(line: Line) -> bool:
    """Whether a line heads what follows: a heading, or a few words with a colon."""
    longest = limit("longest_heading_of_section")
    is_short = len(line.text) <= longest and is_heading(line)
    return bool(line.level) or is_short or (line.text.endswith(":") and len(line.text) <= longest - 20)


def _purpose(lines: Sequence[Line]) -> list[Gain]:
    """The stated aim of a project without other statements of benefit, with a lower confidence."""
    for line in lines:
        if line.is_quiet or line.cells or label_of(line.text):
            continue
        for sentence in sentences(line.text):
            plain = without_speaker(sentence)
            is_whole = _PURPOSE.search(plain) and len(plain) > limit("shortest_purpose")
            if is_whole and not names_a_person(plain) and not amounts_in(plain):
                return [_gain(line, sentence, plain, "goal", confidence("benefits.purpose"))]
    return []


def _benefit_label(text: str) -> tuple[str, int] | None:
    """The section of a label such as «Forventet nytte:» on the statement's own line, and where the statement begins."""
    head, mark, rest = text.partition(":")
    if not mark or not rest.strip() or len(head) > limit("longest_benefit_label"):
        return None
    known = benefit_section_of(head)
    return (known, len(head) + 1 + len(rest) - len(rest.lstrip())) if known and known != "result" else None


def _of_text(line: Line, text: str, section: str | None, *, is_item: bool) -> list[Gain]:
    found: list[Gain] = []
    for sentence in [text] if is_item and len(text) <= limit("longest_benefit") else sentences(text):
        plain = without_speaker(sentence)
        if not plain or names_a_person(plain) or amounts_in(plain) or (_NONE.search(plain) and not is_item):
            continue
        better = bool(_BETTER.search(plain))
        modality, sure = _modality(plain, section, is_item=is_item)
        listed = is_item and section in ("reported", "potential", "documented")
        if modality and (better or _BEFORE.search(plain) or listed):
            sure = sure if better else confidence("benefits.without_cue")
            found.append(_gain(line, sentence, plain, modality, sure))
    return found


def _gain(line: Line, sentence: str, plain: str, modality: str, sure: float) -> Gain:
    code = next((code for code, words in _BENEFITS.items() if words.search(plain)), None)
    return Gain(_short(plain), modality, line.of(sentence[:40]), sure, code)


def _modality(text: str, section: str | None, *, is_item: bool) -> tuple[str | None, float]:
    """Modality by the words of the sentence; a heading decides where the words do not, or where it says expected."""

    def found(modality: str, name: str) -> tuple[str, float]:
        return modality, confidence(f"benefits.{name}")

    # The order is the rule: measured figures first, then headings that state the modality, then the words of the
    # sentence. A heading of expected gains also covers «dokumentert», which is then something yet to be documented.
    measured = _DOCUMENTED.search(text) and not _NOT_DOCUMENTED.search(text) and section != "potential"
    if section == "documented" or measured:
        return found("documented", "documented")
    if section == "potential":
        return found("potential", "under_potential")
    if section == "reported":
        if _NOT_YET.search(text):
            return found("potential", "potential_under_reported")
        return found("reported", "item_under_reported" if is_item else "text_under_reported")
    if _REPORTED.search(text) and not _NOT_REPORTED.search(text):
        return found("reported", "reported_in_words")
    if section == "goal" and not _NOT_GOAL.search(text):
        return found("goal", "under_goal")
    if _EXPLORES.search(text):
        return found("goal", "goal_in_words")
    if _POTENTIAL.search(text):
        return found("potential", "potential_in_words")
    if section == "result" and is_item:
        return found("reported", "item_under_result")
    return found("goal", "goal_in_words") if _GOAL.search(text) else (None, 0.0)


def _short(text: str) -> str:
    """The part of a sentence with the statement: from the clause of its first cue on, cut between words."""
    bare = text.strip(" •–-").rstrip(".")
    longest = limit("longest_benefit")
    if len(bare) <= longest:
        return bare
    cues = [match.start() for cue in (_BETTER, _GOAL, _POTENTIAL, _REPORTED) if (match := cue.search(bare))]
    left = max((match.end() for match in _CLAUSE.finditer(bare, 0, min(cues, default=0))), default=0)
    clause = bare[left:] if left > 6 else bare
    return clause if len(clause) <= longest else f"{clause[: longest - 1].rsplit(' ', 1)[0]} …"


def status_of(lines: Sequence[Line], label: Line | None, *, is_result_page: bool) -> Found | None:
    """The status that the page states of a project: from its label, else the furthest one stated in the text.

    Plans and negations state none. Pages of an award state none in their text, which is about plans.
    """
    if label:
        code = next((code for code, words in _STATUS_IN_LABEL.items() if words.search(label.text)), None)
        return Found(code, label.number, confidence("status.label")) if code else None
    if not is_result_page:
        return None
    found: dict[str, Found] = {}
    for line in lines:
        if line.is_quiet or line.cells:
            continue
        for sentence in sentences(line.text):
            if _PLANNED.search(sentence):
                continue
            code = next((code for code, words in _STATUS_IN_TEXT.items() if words.search(sentence)), None)
            if code:
                found.setdefault(code, Found(code, line.of(sentence[:40]), confidence("status.text")))
    return next((found[code] for code in _STATUS_IN_TEXT if code in found), None)
