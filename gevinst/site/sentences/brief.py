"""What came of the money, in words: the sentences of the front page and of the brief, in the order they are read.

What was paid, what is in use, what was measured and by whom, and of how many nothing is known; what followed of other
funding is in `scheme.py`.

Belongs here: pure functions from headline figures and rows of one edition year to sentences. None uses the present
tense of an old statement, and none makes an outcome of silence.
Does not belong here: the wording (``texts/brief.toml``) and any counting.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gevinst.contracts.vocabulary import OUTCOME_IN_USE, OUTCOME_PARTLY
from gevinst.language.phrases import age, part_of
from gevinst.language.texts import Catalogue
from gevinst.site.headlines import Headlines
from gevinst.site.sentences import reading

Facts = Mapping[str, Any]

NAMED_AT_MOST = 6
"""With more projects in use than this, those partly so among them, they are counted: names are no longer read."""
_MEASURED_NAMED_AT_MOST = 2
USES = (OUTCOME_IN_USE, OUTCOME_PARTLY)
"""Outcomes that are told as use, fullest first; headline figures and texts are called by their codes."""
_TOLD_OF_THEMSELVES = ("owner", "supplier")


def paid(counts: Facts, first_year: int | None, catalogue: Catalogue) -> str:
    """What the scheme has awarded, and what it has set aside; the two are never added.

    `counts` is the row of `scheme_headlines`, and `first_year` that of the first round whose amount is told.
    """
    awarded, frame = counts["awarded_amount"], counts["frame_amount"]
    if awarded is None and frame is None:
        if counts["granted_project_count"]:
            amount = catalogue.number.million(counts["granted_amount"], spelled=True)
            return catalogue.t("brief.paid_by_project", n=counts["granted_project_count"], amount=amount)
        return catalogue.t("brief.paid_unknown")

    def told(key: str, rounds: str, amount: float, **values: object) -> str:
        written = catalogue.number.million(amount, spelled=True)
        return catalogue.t(f"brief.{key}", n=counts[rounds], amount=written, **values)

    if awarded is None:
        said = told("framed_alone", "frame_round_count", frame, first_year=first_year)
    else:
        said = told("paid", "stated_award_round_count", awarded, first_year=first_year)
        if frame is not None:
            framed = told("framed", "frame_round_count", frame)
            said = catalogue.t("sentences.two_clauses", first=said, second=framed)
    unknown = counts["unknown_amount_round_count"]
    return f"{said}. {catalogue.t('scheme.amount_unknown_for', n=unknown)}" if unknown else f"{said}."


def in_use(figures: Headlines, projects: Sequence[Facts], catalogue: Catalogue) -> str:
    """What is in use and what was when last heard of, by name where they are few.

    `projects` are rows of projects in use or partly so, with their short `name`.
    """
    if figures["projects"].value == 0:
        return catalogue.t("sentences.known_projects", n=0)
    said = [] if figures[OUTCOME_IN_USE].value else [f"{catalogue.t('brief.in_use_none')}."]
    named = 0
    for outcome in USES:
        named += figures[outcome].value
        few = named <= NAMED_AT_MOST
        for kind, is_stale in (("fresh", False), ("stale", True)):
            count = figures[f"{outcome}_{kind}"].value
            if count:
                mine = [row for row in projects if row["outcome_code"] == outcome and row["is_stale"] is is_stale]
                names = [_named(row, catalogue) for row in mine] if few else []
                said.append(_with_names(catalogue.t(f"brief.{outcome}_{kind}", n=count), names, catalogue))
    return " ".join(said)


def _named(row: Facts, catalogue: Catalogue) -> str:
    key = "brief.name_inferred" if row["is_inferred"] else "brief.name_and_year"
    return catalogue.t(key, project=row["name"], year=row["status_on"].year)


def _with_names(said: str, names: Sequence[str], catalogue: Catalogue) -> str:
    return catalogue.t("brief.with_names", said=said, names=catalogue.join(names)) if names else f"{said}."


def measured(counts: Facts, projects: Sequence[Facts], catalogue: Catalogue) -> str:
    """In how many projects a benefit was measured, and by whom: that is what makes it more than somebody's word.

    `counts` is the row of `benefit_headlines`; `projects` have `name`, `is_documented` and, as `stated_by_codes`,
    who states what was measured.
    """
    said = []
    for key, is_documented in (("documented", True), ("measured_by_participant", False)):
        count = counts[f"{key}_project_count"]
        if count:
            mine = [row for row in projects if row["is_documented"] is is_documented]
            names = [catalogue.t("brief.name", project=row["name"]) for row in mine]
            text = "brief.documented" if is_documented else f"brief.measured_by_{_who_measured(mine)}"
            said.append(
                _with_names(catalogue.t(text, n=count), names if count <= _MEASURED_NAMED_AT_MOST else [], catalogue)
            )
    return " ".join(said) or f"{catalogue.t('brief.measured_none')}."


def _who_measured(projects: Sequence[Facts]) -> str:
    codes = {code for row in projects for code in row["stated_by_codes"]}
    return next((code for code in _TOLD_OF_THEMSELVES if codes == {code}), "participants")


def unknown(figures: Headlines, catalogue: Catalogue) -> str | None:
    """Of how many projects nobody has told how they went, and of how many nothing newer than the award is found.

    `None` where something is known of all.
    """
    total, count, awarded = (figures[name].value for name in ("projects", "status_unknown", "only_awarded"))
    if count == 0:
        return None
    who = part_of(catalogue, count, total, in_words=False)
    if awarded == count:
        return catalogue.t("brief.all_only_awarded", who=who)
    said = catalogue.t("brief.unknown", who=who)
    return f"{said} {catalogue.t('brief.unknown_only_awarded', n=awarded)}" if awarded else said


def asked(figures: Headlines, catalogue: Catalogue) -> str | None:
    """How many projects we want to hear from; `None` where nobody needs to be asked."""
    count = figures["follow_ups"].value
    return catalogue.t("brief.asked", n=count) if count else None


def weakest(figures: Headlines, catalogue: Catalogue, *, stale_after_months: int) -> str:
    """Where the evidence is weakest: what is old, what was only hoped for, and how much was read."""
    said = old_or_hoped_for(figures, catalogue, stale_after_months=stale_after_months)
    return " ".join([*said, reading.read_whole(figures, catalogue)])


def old_or_hoped_for(figures: Headlines, catalogue: Catalogue, *, stale_after_months: int) -> list[str]:
    """Of how many projects the last word is old, and of how many only expected benefits are known; what there is none
    of is not said.
    """
    total, old, expected = (figures[name].value for name in ("projects", "status_old", "only_expected_benefit"))
    said = []
    if old:
        who = part_of(catalogue, old, total, in_words=False)
        said.append(catalogue.t("brief.weakest_old", who=who, age=age(catalogue, stale_after_months)))
    if expected:
        said.append(catalogue.t("brief.weakest_expected", who=part_of(catalogue, expected, total, in_words=False)))
    return said


def how_known(row: Facts, catalogue: Catalogue) -> str:
    """What follows the name of a project in use or partly so: when, and who says so; old statements in the past."""
    tense = "was" if row["is_stale"] else "is"
    who = catalogue.t(f"brief.who_{row['stated_by_code']}")
    said = catalogue.t(f"brief.{tense}_{row['outcome_code']}", year=row["status_on"].year, who=who)
    return catalogue.t("brief.link_inferred", said=said) if row["is_inferred"] else said


def measured_here(row: Facts, catalogue: Catalogue) -> str:
    """What follows the name of a project with measured benefits: how many, and who states it."""
    key, count = ("documented_here", "documented_benefit_count")
    if not row["is_documented"]:
        key, count = ("measured_here", "measured_by_participant_benefit_count")
    who = catalogue.join([catalogue.t(f"brief.who_{code}") for code in row["stated_by_codes"]])
    return catalogue.t(f"brief.{key}", n=row[count], who=who)


def goals(counts: Facts, catalogue: Catalogue) -> str:
    """How many benefits were set as goals, and of how many of these a source says that they came."""
    said = catalogue.t("brief.goals", n=counts["goal_count"])
    if not counts["goal_count"]:
        return said
    return f"{said} {catalogue.t('brief.goals_achieved', n=counts['achieved_goal_count'])}"
