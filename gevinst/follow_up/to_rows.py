"""What answers become: dated rows that say that the owner says so.

Belongs here: the rows of one file of answers, table by table.
Does not belong here: reading files (`read_answers.py`), and writing (`gevinst.intake.append`).

Every row has the file as its document, ``stated_by = owner``, and a day. None of them is assessed: texts say that the
owner answered, and never that something is so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from gevinst.bilingual import LANGUAGES as OF_PAGES
from gevinst.bilingual import TRANSLATED
from gevinst.contracts.vocabulary import (
    BY_OWNER,
    DEVELOPED,
    ENDED,
    IN_USE,
    MEASURED_BY_PARTICIPANT,
    OWNER_ANSWER,
    PARTLY_IN_USE,
    REPORTED,
    SAID_CAME,
    SAID_DROPPED,
    SAID_MEASURED,
    SAID_NOT_CAME,
    STEPS,
    TRIED_OUT,
    WRONG,
)
from gevinst.follow_up.fields import DO_NOT_KNOW, NO_OBSTACLE
from gevinst.follow_up.known import Known, Stated
from gevinst.follow_up.read_answers import Answered
from gevinst.follow_up.texts import Words

_OWNER = "owner"
_OF_EVIDENCE = {**dict.fromkeys((PARTLY_IN_USE, *IN_USE), "A"), **dict.fromkeys((DEVELOPED, TRIED_OUT, *ENDED), "B")}
"""Code list `public_evidence_group`: the owner's answer is public, and says that something is in use, or was made."""
_PLAN_STATUS = {SAID_NOT_CAME: "not_realised", SAID_DROPPED: "abandoned"}

Row = dict[str, Any]
Rows = dict[str, list[Row]]


def rows_of(answer: Answered, requests: Mapping[str, str], known: Known) -> Rows:
    """Rows by table; `requests` are the ids of the newest request of this form by project."""
    return _Maker(answer, requests, known).made()


class _Maker:
    def __init__(self, answer: Answered, requests: Mapping[str, str], known: Known) -> None:
        self.answer = answer
        self.requests = requests
        self.known = known
        self.rows: Rows = defaultdict(list)
        self.day = answer.answered_on
        form = answer.form
        self.source_id = known.free("sources", f"svar-{form['form_id']}-{self.day.isoformat()}")
        self.round_id = f"eiersvar-{self.day.year}"

    def made(self) -> Rows:
        for project in self.answer.form["projects"]:
            values = self._of(project["project_id"])
            if values:
                self._project(project, values)
        if self.rows:
            self._document()
        return dict(self.rows)

    def _of(self, prefix: str) -> dict[str, Any]:
        """The answers below a key, by the rest of their keys."""
        start = f"{prefix}."
        return {key.removeprefix(start): value for key, value in self.answer.values.items() if key.startswith(start)}

    def _add(self, table: str, row: Row, place: str) -> None:
        self.rows[table].append({**row, "source_id": self.source_id, "source_locator": place})

    def _document(self) -> None:
        form, words = self.answer.form, Words("nb")
        role = self.answer.values.get("role")
        title = words("answer_title", owner=form["owner_name"], day=words.number.date(self.day, "day"))
        document = {
            "source_id": self.source_id,
            "title": title,
            "publisher": form["owner_name"],
            "document_type_code": OWNER_ANSWER,
            "published_on": self.day,
            "published_precision": "day",
            "accessed_on": max(self.day, date.today()),
            "language_code": self.answer.language,
            "has_no_public_address": True,
            "is_partly_read": False,
            "text_sha256": self.answer.sha256,
            **self._both("note", "answer_note", role=role or words("no_role")),
        }
        self.rows["sources"].append(document)
        if self.round_id not in self.known.ids["assessment_rounds"]:
            self.known.ids["assessment_rounds"].add(self.round_id)
            round_row = {
                "assessment_round_id": self.round_id,
                "assessment_year": self.day.year,
                **self._both("name", "round_name", year=self.day.year),
                "assessor_role_code": BY_OWNER,
                **self._both("method", "round_method"),
            }
            self._add("assessment_rounds", round_row, "hele skjemaet")

    def _both(self, stem: str, name: str, **values: object) -> Row:
        """A text of the program in both languages of pages."""
        return {f"{stem}_{language}": Words(language)(name, **values) for language in OF_PAGES}

    def _written(self, stem: str, text: str) -> Row:
        """A text of the owner: as it was written, in the column that must have one, and in English where it is."""
        return {f"{stem}_nb": text, **({f"{stem}_en": text} if self.answer.language == TRANSLATED else {})}

    def _project(self, project: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        project_id = project["project_id"]
        status = values.get("status")
        status = None if status == DO_NOT_KNOW else status
        on, precision = _dated(values.get("status_since"))
        obstacles = [code for code in values.get("obstacles", ()) if code != NO_OBSTACLE]
        statement, document = values.get("statement"), values.get("document")
        statement = f"{statement} ({document})" if statement and document else statement or document
        row = {
            "answer_id": self.known.free("answers", f"{self.requests[project_id]}-svar"),
            "request_id": self.requests[project_id],
            "project_id": project_id,
            "answered_on": self.day,
            "known_is_right_code": values.get("known_is_right"),
            "answered_status_code": status,
            "answered_status_on": on if status else None,
            "answered_status_precision": precision if status else None,
            "obstacle_codes": " ".join(obstacles) or None,
            **(self._written("statement", statement) if statement else {}),
        }
        self._add("answers", row, f"{project['name']['nb']}, del 1, 3 og 5")
        if status:
            self._status(project, status, obstacles)
        if values.get("known_is_right") == WRONG or self._is_fall(project_id, status):
            self._disagreement(project, status)
        for benefit in project["benefits"]:
            if found := self._of(f"{project_id}.{benefit['benefit_id']}"):
                self._benefit(project, benefit, found)
        if "planned" in values:
            self._planned(project, values)
        if "closing" in values:
            closing = {
                "closing_statement_id": self.known.free("closing_statements", f"{project_id}-sluttmelding"),
                "project_id": project_id,
                "stated_by_code": _OWNER,
                "about_on": self.day,
                "about_precision": "day",
                **self._written("statement", values["closing"]),
            }
            self._add("closing_statements", closing, f"{project['name']['nb']}, del 5")

    def _status(self, project: Mapping[str, Any], status: str, obstacles: Sequence[str]) -> None:
        """A statement about the day of the answer: what somebody says today of how far it has come."""
        project_id = project["project_id"]
        row = {
            "status_assessment_id": self.known.free(
                "status_assessments", f"{project_id}-eiersvar-{self.day.isoformat()}"
            ),
            "assessment_round_id": self.round_id,
            "project_id": project_id,
            "status_code": status,
            "assessed_on": self.day,
            "assessed_precision": "day",
            "stated_by_code": _OWNER,
            "is_inferred": False,
            "public_evidence_group_code": _OF_EVIDENCE.get(status, "C"),
            "step_reason_code": self._reason(project_id, status, obstacles),
            **{f"reason_{language}": self._reason_text(project, status, language) for language in OF_PAGES},
        }
        self._add("status_assessments", row, f"{project['name']['nb']}, del 1")
        self.known.state(project_id, Stated(self.day, status, self.source_id))

    def _reason_text(self, project: Mapping[str, Any], status: str, language: str) -> str:
        words = Words(language)
        return words(
            "status_reason",
            project=project["name"][language],
            day=words.number.date(self.day, "day"),
            status=words(f"status_{status}").partition(":")[0],
        )

    def _reason(self, project_id: str, status: str, obstacles: Sequence[str]) -> str | None:
        """Why a status fell or a solution is not in use; that nobody said why, where it fell."""
        is_fall = self._is_fall(project_id, status)
        if status in IN_USE and not is_fall:
            return None
        return obstacles[0] if obstacles else "ikke_oppgitt" if is_fall else None

    def _is_fall(self, project_id: str, status: str | None) -> bool:
        """Whether the step is below the one before; as for the check, an end beside the ladder is no step."""
        before = self.known.before(project_id, self.day, STEPS)
        return status in STEPS and before is not None and STEPS.index(status) < STEPS.index(before.status)

    def _disagreement(self, project: Mapping[str, Any], status: str | None) -> None:
        """What was known on one side, the owner's answer on the other: somebody is to settle it."""
        project_id = project["project_id"]
        known = self.known.before(project_id, self.day)
        if known is None:
            return
        name = self.known.free("disagreements", f"{project_id}-eiersvar-{self.day.isoformat()}-a").removesuffix("-a")
        shared = {
            "disagreement_id": name,
            "disagreement_kind_code": "status",
            "project_id": project_id,
            **{
                f"topic_{language}": Words(language)("topic", project=project["name"][language])
                for language in OF_PAGES
            },
        }
        said = {
            "a": ("side_known", known.status, known.source_id),
            "b": ("side_owner" if status else "side_wrong", status, None),
        }
        for side, (text, code, source) in said.items():
            row = {
                "disagreement_side_id": f"{name}-{side}",
                **shared,
                **{f"position_{language}": _position(language, text, code) for language in OF_PAGES},
                "source_id": source or self.source_id,
                "source_locator": "nyeste status" if source else f"{project['name']['nb']}, del 1",
            }
            self.rows["disagreements"].append(row)

    def _benefit(self, project: Mapping[str, Any], benefit: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        outcome = values.get("outcome")
        if outcome in (None, DO_NOT_KNOW):
            return
        project_id, benefit_id = project["project_id"], benefit["benefit_id"]
        place = f"{project['name']['nb']}, del 2, «{benefit['name']['nb']}»"
        answer = {
            "answer_id": self.known.free("answers", f"{self.requests[project_id]}-svar-{benefit_id}"),
            "request_id": self.requests[project_id],
            "project_id": project_id,
            "benefit_id": benefit_id,
            "answered_on": self.day,
            "answered_outcome_code": outcome,
        }
        self._add("answers", answer, place)
        if outcome == SAID_MEASURED:
            self._measurement(benefit, values, place)
        elif outcome in _PLAN_STATUS and benefit["benefit_plan_id"]:
            self._plan(benefit, place, benefit_status_code=_PLAN_STATUS[outcome])
        if outcome in (SAID_MEASURED, SAID_CAME):
            has_baseline = benefit["baseline_value"] is not None or "baseline" in values
            is_measured = outcome == SAID_MEASURED and has_baseline
            claim = {
                "benefit_claim_id": self.known.free("benefit_claims", f"{benefit_id}-eiersvar-{self.day.isoformat()}"),
                "assessment_round_id": self.round_id,
                "project_id": project_id,
                "benefit_id": benefit_id,
                "modality_code": "measured" if is_measured else "realised_self_reported",
                "evidence_code": MEASURED_BY_PARTICIPANT if is_measured else REPORTED,
                "stated_by_code": _OWNER,
                **self._claim_texts(benefit, outcome),
                "about_on": self.day,
                "about_precision": "day",
            }
            self._add("benefit_claims", claim, place)

    def _claim_texts(self, benefit: Mapping[str, Any], outcome: str) -> Row:
        found: Row = {}
        for language in OF_PAGES:
            words = Words(language)
            found[f"statement_{language}"] = words(f"claim_{outcome}", benefit=benefit["name"][language])
            found[f"same_benefit_reason_{language}"] = words("same_benefit")
        return found

    def _plan(self, benefit: Mapping[str, Any], place: str, **own: Any) -> str:
        """A plan of a benefit that has none, or a change of the one it has; gives the id of the first."""
        benefit_id, first = benefit["benefit_id"], benefit["benefit_plan_id"]
        plan_id = self.known.free("benefit_plans", f"{benefit_id}-plan-eiersvar")
        row = {
            "benefit_plan_id": plan_id,
            "benefit_id": benefit_id,
            "revises_plan_id": first,
            "indicator_nb": benefit["indicator"]["nb"] if first else benefit["name"]["nb"],
            "indicator_en": benefit["indicator"]["en"] if first else benefit["name"]["en"],
            "unit_code": benefit["unit_code"],
            "currency_code": benefit["currency_code"],
            "price_year": benefit["price_year"],
            "baseline_value": benefit["baseline_value"],
            "target_value": benefit["target_value"],
            "target_on": date.fromisoformat(benefit["target_on"]) if benefit["target_on"] else None,
            "target_precision": benefit["target_precision"],
            "status_on": self.day,
            "status_precision": "day",
            **own,
        }
        self._add("benefit_plans", row, place)
        return first or plan_id

    def _measurement(self, benefit: Mapping[str, Any], values: Mapping[str, Any], place: str) -> None:
        plan_id = benefit["benefit_plan_id"]
        if plan_id is None:
            plan_id = self._plan(
                benefit, place, unit_code=values["unit"], baseline_value=values.get("baseline"), status_on=None,
                status_precision=None,
            )  # fmt: skip
        elif benefit["baseline_value"] is None and "baseline" in values:
            self._plan(benefit, place, baseline_value=values["baseline"], status_on=None, status_precision=None)
        on, precision = _dated(values["measured_on"])
        method = values.get("method")
        row = {
            "benefit_measurement_id": self.known.free("benefit_measurements", f"{plan_id}-maling"),
            "benefit_plan_id": plan_id,
            "measured_value": values["value"],
            "measured_on": on,
            "measured_precision": precision,
            "stated_by_code": values["measured_by"],
            **(self._written("method", method) if method else self._both("method", "no_method")),
        }
        self._add("benefit_measurements", row, place)

    def _planned(self, project: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        on, precision = _dated(values["planned_on"])
        row = {
            "planned_evaluation_id": self.known.free("planned_evaluations", f"{project['project_id']}-planlagt"),
            "project_id": project["project_id"],
            **self._written("name", values["planned"]),
            "planned_on": on,
            "planned_precision": precision,
            "responsible_organisation_id": self.answer.form["owner_id"],
        }
        self._add("planned_evaluations", row, f"{project['name']['nb']}, del 4")


def _position(language: str, name: str, code: str | None) -> str:
    words = Words(language)
    return words(name, status=words(f"status_{code}").partition(":")[0] if code else "")


def _dated(when: str | None) -> tuple[date | None, str | None]:
    """The first day of a year or month, which stands for the whole of it, and which of them it is."""
    if when is None:
        return None, None
    year, _, month = when.partition("-")
    return date(int(year), int(month or 1), 1), "month" if month else "year"
