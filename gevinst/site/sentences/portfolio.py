"""Sentences about the portfolio that say what the numbers show; computed from the marts, so that they cannot contradict
them.

Belongs here: pure functions from headline figures and frames (by mart contract, narrowed to one edition year) to
sentences.
Does not belong here: what became of projects (`outcomes.py`), the wording (``texts/*.toml``) and the numbers themselves
(`gevinst.method`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from gevinst.contracts import contract
from gevinst.contracts.addressing import addressed_rows
from gevinst.contracts.vocabulary import CHANGE_KINDS, FOUND_NOW, HAPPENED_SINCE, OF_REGISTER, TIME_UNKNOWN
from gevinst.language.phrases import capital, rounds_named, share_of
from gevinst.language.texts import Catalogue
from gevinst.method.coverage import FACTS
from gevinst.site.headlines import Headline, Headlines


@dataclass(frozen=True, slots=True)
class ChangeSentence:
    """One change in words, with the ids a page needs to link it."""

    change_id: str
    kind: str
    group: str
    project_id: str | None
    text: str
    reason: str | None
    source_id: str | None
    source_locator: str | None


@dataclass(frozen=True, slots=True)
class ReconciliationSentence:
    """One reconciliation in words."""

    reconciliation_id: str
    result: str
    rule: str
    text: str
    explanation: str | None
    source_id: str | None
    source_locator: str | None


def rounds_heading(overview: pl.DataFrame, names: dict[str, str], figures: Headlines, catalogue: Catalogue) -> str:
    """The finding above applicants per round: where most applied, and for how many rounds nobody knows.

    `names` are the names of the rounds by id, in the catalogue's language.
    """
    rounds, missing = figures["rounds"].value, figures["rounds_without_applicants"].value
    top = overview.filter(pl.col("applicant_count") == pl.col("applicant_count").max()).sort("cohort_year", "round_id")
    if top.is_empty():
        return catalogue.t("sentences.no_applicants_known", n=rounds)
    named = capital(rounds_named(catalogue, [names[round_id] for round_id in top.get_column("round_id")]))
    first = next(addressed_rows("round_overview", top))
    values: dict[str, Any] = {"count": first["applicant_count"], "rounds": named}
    if figures["rounds_with_applicants"].value == 1:  # the most of one is no finding
        most = catalogue.t("sentences.only_applicants", **values)
    else:
        most = catalogue.t("sentences.most_applicants", n=top.height, **values)
    if missing == 0:
        return most
    unknown = catalogue.t("sentences.applicants_unknown", n=missing, total=rounds)
    return catalogue.t("sentences.two_clauses", first=most, second=unknown)


def coverage_sentences(figures: Headlines, catalogue: Catalogue) -> dict[str, str]:
    """For each of the eight facts, of how many projects it is known; with a share where there are enough of them."""
    return {fact: capital(catalogue.t(f"coverage.{fact}", who=_share(figures[fact], catalogue))) for fact in FACTS}


def _share(figure: Headline, catalogue: Catalogue) -> str:
    return share_of(catalogue, figure.value, figure.total or 0, figure.share_pct)


CHANGE_GROUPS = ("happened", "found", "time_unknown", "register")
"""Lists of news, in the order they are told: what happened, what was only found now, and what is about the register."""
_GROUP_OF_TIME: dict[str | None, str] = {HAPPENED_SINCE: "happened", FOUND_NOW: "found", TIME_UNKNOWN: "time_unknown"}


def changes_summary(
    counts: pl.DataFrame, previous_edition_id: str | None, catalogue: Catalogue, *, reconstructed_on: date | None = None
) -> str:
    """What is new since the edition published before, and whether it has happened since or was only found now.

    `counts` are rows of `change_counts`; without `previous_edition_id` this is a first edition, which has no news. Nor
    has an edition that was made later than its own year: `reconstructed_on` is the last day that it shows.
    """
    if reconstructed_on is not None:
        return catalogue.t("changes.reconstruction", day=reconstructed_on)
    if previous_edition_id is None:
        return catalogue.t("changes.first_edition")
    texts = {group: _counted_kinds(counts, group, catalogue) for group in CHANGE_GROUPS}
    if not any(texts.values()):
        return catalogue.t("changes.nothing", edition=previous_edition_id)
    happened = catalogue.join(texts.pop("happened"))
    # Said also when nothing did: a list of what was found reads as news otherwise.
    if happened:
        first = catalogue.t("changes.happened", edition=previous_edition_id, items=happened)
    else:
        first = catalogue.t("changes.happened_nothing", edition=previous_edition_id)
    others = [catalogue.t(f"changes.{group}", items=catalogue.join(items)) for group, items in texts.items() if items]
    return " ".join((first, *others))


def change_heading(group: str, previous_edition_id: str | None, catalogue: Catalogue) -> str:
    """The heading of one list of news."""
    if group == "happened":
        return catalogue.t("changes.heading_happened", edition=previous_edition_id or "")
    return catalogue.t(f"changes.heading_{group}")


def _counted_kinds(counts: pl.DataFrame, group: str, catalogue: Catalogue) -> list[str]:
    """How many of each kind one list holds, in words; kinds without any are left out."""
    column = "item_count" if group == "register" else f"{group}_count"
    kinds = OF_REGISTER if group == "register" else [kind for kind in CHANGE_KINDS if kind not in OF_REGISTER]
    counted = dict(counts.select("change_kind_code", column).iter_rows())
    return [catalogue.t(f"changes.count_{kind}", n=counted[kind]) for kind in kinds if counted.get(kind)]


def change_sentences(
    changes: pl.DataFrame, projects: pl.DataFrame, rounds: pl.DataFrame, codelists: pl.DataFrame, catalogue: Catalogue
) -> list[ChangeSentence]:
    """One sentence per row of `edition_changes`, grouped by kind as in the summary."""
    named = catalogue.texts(projects, "project_id", "short_name")
    names = {project_id: catalogue.t("changes.project_name", name=name) for project_id, name in named.items()}
    round_names = catalogue.texts(rounds, "round_id", "name")
    order = CHANGE_KINDS
    rows = sorted(
        changes.iter_rows(named=True), key=lambda row: (order.index(row["change_kind_code"]), row["change_id"])
    )
    return [
        ChangeSentence(
            change_id=row["change_id"],
            kind=row["change_kind_code"],
            project_id=row["project_id"],
            group=_GROUP_OF_TIME.get(row["change_time_code"], "register"),
            text=_with_time(_change(row, names, round_names, codelists, catalogue), row, catalogue),
            reason=catalogue.text(row, "reason"),
            source_id=row["source_id"],
            source_locator=row["source_locator"],
        )
        for row in rows
    ]


def _with_time(text: str, row: dict, catalogue: Catalogue) -> str:
    """The sentence, and the year or years it is about where it did not happen since the edition before."""
    first, last = row["about_from"], row["about_to"]
    if row["change_time_code"] in (HAPPENED_SINCE, None) or last is None:
        return text
    if first is None:
        when = catalogue.t("changes.about_until", year=last.year)
    else:
        when = str(last.year) if first.year == last.year else f"{first.year}–{last.year}"
    return f"{text} {catalogue.t('changes.about', when=when)}"


def _change(
    row: dict, names: dict[str, str], round_names: dict[str, str], codelists: pl.DataFrame, catalogue: Catalogue
) -> str:
    project = names.get(row["project_id"], "")
    count = row["item_count"]
    match row["change_kind_code"]:
        case "round_awarded":
            return catalogue.t("changes.round_awarded", round=round_names[row["round_id"]])
        case "project_named":
            return catalogue.t("changes.project_named", project=project)
        case "status_first":
            return catalogue.t(
                "changes.status_first",
                project=project,
                after=_lower(catalogue.label(codelists, "status", row["to_code"])),
            )
        case "status_moved":
            return catalogue.t(
                "changes.status_moved",
                project=project,
                before=_lower(catalogue.label(codelists, "status", row["from_code"])),
                after=_lower(catalogue.label(codelists, "status", row["to_code"])),
            )
        case "claim_added":
            evidence = _lower(catalogue.label(codelists, "evidence", row["to_code"]))
            return catalogue.t("changes.claim_added", n=count, project=project, evidence=evidence)
        case "measurement_added":
            return catalogue.t("changes.measurement_added", n=count, project=project)
        case "funding_added":
            return catalogue.t("changes.funding_added", n=count, project=project)
        case "claim_superseded":
            return catalogue.t(
                "changes.claim_superseded",
                project=project,
                before=_lower(catalogue.label(codelists, "evidence", row["from_code"])),
                after=_lower(catalogue.label(codelists, "evidence", row["to_code"])),
            )
        case "corrected" | "withdrawn" as kind:
            table = contract(row["from_code"]).title(catalogue.language)
            if not project:
                return catalogue.t(f"changes.{kind}", table=table)
            return catalogue.t(f"changes.{kind}_project", project=project, table=table)
    raise ValueError(f"no sentence for change kind {row['change_kind_code']}")


def reconciliation_summary(figures: Headlines, catalogue: Catalogue) -> str:
    """How many stated figures were compared with the registry, and how many agree."""
    compared = figures["figures_compared"].value
    if compared == 0:
        return catalogue.t("reconciliation.nothing")
    agreeing = catalogue.t("reconciliation.agreeing", n=figures["figures_agreeing"].value)
    return catalogue.t("reconciliation.summary", n=compared, agreeing=agreeing)


def reconciliation_sentences(reconciliation: pl.DataFrame, catalogue: Catalogue) -> list[ReconciliationSentence]:
    """One sentence per row of `reconciliation`, in the frame's order."""
    return [
        ReconciliationSentence(
            reconciliation_id=row["reconciliation_id"],
            result=row["result_code"],
            rule=catalogue.text(row, "rule") or "",
            text=_reconciliation(row, catalogue),
            explanation=catalogue.text(row, "explanation"),
            source_id=row["source_id"],
            source_locator=row["source_locator"],
        )
        for row in addressed_rows("reconciliation", reconciliation)
    ]


def _reconciliation(row: dict, catalogue: Catalogue) -> str:
    stated, computed, difference = (
        None if row[name] is None else catalogue.number.integer(row[name])
        for name in ("stated_value", "computed_value", "difference")
    )
    match row["result_code"], stated, computed:
        case _, None, None:
            return catalogue.t("reconciliation.both_unknown")
        case _, None, _:
            return catalogue.t("reconciliation.stated_unknown", computed=computed)
        case _, _, None:
            return catalogue.t("reconciliation.computed_unknown", stated=stated)
        case "agrees", _, _:
            return catalogue.t("reconciliation.agrees", stated=stated)
        case "gap", _, _:
            return catalogue.t("reconciliation.gap", stated=stated, computed=computed, difference=difference)
    return catalogue.t("reconciliation.disagrees", stated=stated, computed=computed, difference=difference)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
