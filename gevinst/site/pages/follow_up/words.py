"""The words of follow-up: why a project is asked, the last word of it, and the questions to its owner.

Belongs here: what a row of the marts about follow-up is called, on every page and in every file that shows it.
Does not belong here: who is asked, why and in which order (`gevinst.method.follow_up`), and the files (`files.py`).
"""

from __future__ import annotations

from gevinst.contracts.vocabulary import (
    AT_EARLIEST,
    AWARD_WORD,
    ENDING_UNKNOWN,
    FOLLOW_UP_REASONS,
    OF_BENEFITS,
    STALE_WORD,
    STATUS_WORD,
)
from gevinst.contracts.vocabulary import DEVELOPED_NOT_USED as DEVELOPED
from gevinst.language.phrases import age, capital
from gevinst.site.context import View
from gevinst.site.rows import Row

_BY_STATUS = (DEVELOPED, ENDING_UNKNOWN, STALE_WORD)
"""Reasons whose question depends on how far the project had come."""
_IN_YEARS = 24
"""Months from which an age is given in years."""


def listed(view: View) -> list[Row]:
    """The rows of `follow_ups` in their order, each with its reasons (`reasons`, the main one first)."""
    reasons: dict[str, list[Row]] = {}
    for row in view.data.now("follow_up_reasons"):
        reasons.setdefault(row["project_id"], []).append(row)
    rows = [{**row, "reasons": sorted(reasons[row["project_id"]], key=_order)} for row in view.data.now("follow_ups")]
    return sorted(rows, key=lambda row: row["follow_up_order"])


def _order(row: Row) -> int:
    return FOLLOW_UP_REASONS.index(row["follow_up_reason_code"])


def is_for_use(view: View) -> bool:
    """Whether anybody is to be asked: an edition made in hindsight says whom one should have asked."""
    return view.data.reconstructed_on is None


def reason(view: View, row: Row) -> str:
    """The main reason for asking, as a sentence without a full stop."""
    return capital(view.label("follow_up_reason", row["follow_up_reason_code"]))


def of_all(view: View) -> list[str]:
    """Reasons that every project to follow up has, so that they tell none of them from another."""
    figures = view.data.headlines
    total = figures["follow_ups"].value
    return [code for code in FOLLOW_UP_REASONS if total > 1 and figures[f"follow_up_{code}"].value == total]


def other_reasons(view: View, row: Row) -> str | None:
    """The other reasons that apply, apart from those of all projects; nothing where there are none."""
    codes = [one["follow_up_reason_code"] for one in row["reasons"][1:]]
    others = [view.label("follow_up_reason", code) for code in codes if code not in of_all(view)]
    return view.t("page_follow_up.other_reasons", reasons="; ".join(others)) if others else None


def last_word(view: View, row: Row) -> str:
    """What the last word of the project is, and the time it is about: *delvis tatt i bruk, oktober 2022*."""
    day = view.date(row, "last_word")
    match row["last_word_code"]:
        case code if code == STATUS_WORD:
            what = view.label("status", row["current_status_code"])
        case code if code == AWARD_WORD:
            what = capital(view.label("last_word", code))
        case code:
            what = view.t(f"page_follow_up.word_{code}", benefit=_benefit(view, row["last_word_benefit_id"]))
    return view.t("page_follow_up.last_word", what=what, day=day)


def how_old(view: View, row: Row) -> str:
    """How long ago the last word is about: *fire år siden*, and *høyst* that where only the earliest day is known."""
    if row["months_since_last_word"] == 0:
        return view.t("page_follow_up.this_month")
    if row["months_since_last_word"] < _IN_YEARS:
        span = age(view.catalogue, row["months_since_last_word"])
    else:
        span = view.t("common.years", n=row["years_since_last_word"])
    is_at_most = row["last_word_precision"] == AT_EARLIEST
    return view.t("page_follow_up.ago_at_most" if is_at_most else "page_follow_up.ago", age=span)


def question(view: View, row: Row) -> str:
    """The question that goes with the main reason, of a row of `listed`."""
    return _question(view, row, row["reasons"][0])


def questions(view: View, row: Row) -> list[tuple[str, str]]:
    """Every question to the owner about a project, of a row of `listed`: the reason, and the question."""
    return [
        (capital(view.label("follow_up_reason", one["follow_up_reason_code"])), _question(view, row, one))
        for one in row["reasons"]
        if one["is_asked"]
    ]


def _question(view: View, row: Row, why: Row) -> str:
    code = why["follow_up_reason_code"]
    if code in OF_BENEFITS:
        return view.t(f"question.{code}", benefit=_benefit(view, why["benefit_id"]))
    return view.t(f"question.{code}_{row['current_status_code']}" if code in _BY_STATUS else f"question.{code}")


def _benefit(view: View, benefit_id: str) -> str:
    return view.text(view.data.benefit_by_id[benefit_id], "name") or ""


def owners(view: View, row: Row) -> str:
    """The owner and co-owners, by their short names; nothing where no source says."""
    project = view.data.project_by_id[row["project_id"]]
    return view.catalogue.join(list(dict.fromkeys(project["owner_short_names"])))


def addressee(view: View, row: Row) -> str | None:
    """The organisation that is asked: the owner, or who took over; nothing where no source says who that is."""
    owner = view.data.organisation_by_id.get(row["owner_organisation_id"])
    return owner["name"] if owner else None


def asked_today(view: View, row: Row) -> str | None:
    """The organisation that is asked where it is none of those that own the project by its sources."""
    taking_part = view.data.grouped("participations", "project_id").get(row["project_id"], ())
    own = {one["organisation_id"] for one in taking_part}
    return None if row["owner_organisation_id"] in own else addressee(view, row)


def project_name(view: View, row: Row) -> str:
    """The short name of the project."""
    return view.text(view.data.project_by_id[row["project_id"]], "short_name") or ""
