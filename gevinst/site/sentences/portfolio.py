"""Sentences that say what the numbers show; computed from the marts, so that they cannot contradict them.

Belongs here: pure functions from frames (by mart contract, already narrowed to one edition year) to sentences.
Does not belong here: the wording (``texts/*.toml``) and the numbers themselves (`gevinst.method`).
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from gevinst.contracts import contract
from gevinst.contracts.vocabulary import CHANGE_KINDS, NOTHING_BEYOND_AWARD
from gevinst.language.phrases import capital, part_of, share_of
from gevinst.language.texts import Catalogue
from gevinst.method.coverage import FACTS


@dataclass(frozen=True, slots=True)
class StatusCounts:
    """How many projects stand where; every count is of the same `total`, stopped projects included."""

    total: int
    in_use: int
    moved_up: int
    stopped: int
    continued: int
    unknown: int
    """Projects of which no source shows anything beyond the award."""


@dataclass(frozen=True, slots=True)
class ChangeSentence:
    """One change in words, with the ids a page needs to link it."""

    change_id: str
    kind: str
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


def count_status(status: pl.DataFrame) -> StatusCounts:
    """The counts that pages and sentences share, from rows of `project_status`."""
    code = pl.col("current_status_code")
    counts = status.select(
        in_use=pl.col("is_in_use").sum(),
        moved_up=(pl.col("current_step") > pl.col("first_step")).sum(),
        stopped=pl.col("is_stopped").sum(),
        continued=(code == "viderefort").sum(),
        unknown=code.is_in(NOTHING_BEYOND_AWARD).sum(),
    ).row(0, named=True)
    return StatusCounts(total=status.height, **counts)


def overview_ingress(status: pl.DataFrame, coverage: pl.DataFrame, catalogue: Catalogue) -> str:
    """What is known in all: how many projects, in use, stopped, unknown, and with a documented benefit."""
    counts = count_status(status)
    known = catalogue.t("sentences.known_projects", n=counts.total)
    if counts.total == 0:
        return known
    where = catalogue.t(
        "sentences.three_clauses",
        first=catalogue.t("sentences.in_use_or_spread", n=counts.in_use),
        second=catalogue.t("sentences.stopped", n=counts.stopped),
        third=catalogue.t("sentences.beyond_award_unknown", n=counts.unknown),
    )
    documented = _true(coverage, "has_documented_benefit")
    who = part_of(catalogue, documented, coverage.height)
    return f"{known} {where} {capital(catalogue.t('sentences.documented', n=documented, who=who))}"


def ladder_heading(status: pl.DataFrame, catalogue: Catalogue) -> str:
    """The finding above the ladder: how many are in use, and how many have moved up."""
    counts = count_status(status)
    if counts.total == 0:
        return catalogue.t("sentences.known_projects", n=0).rstrip(".")
    who = part_of(catalogue, counts.in_use, counts.total)
    return capital(
        catalogue.t(
            "sentences.two_clauses",
            first=catalogue.t("sentences.in_use", n=counts.in_use, who=who),
            second=catalogue.t("sentences.moved_up", n=counts.moved_up),
        )
    )


def cohorts_heading(status: pl.DataFrame, catalogue: Catalogue) -> str:
    """The finding above status by cohort: which cohort or cohorts have the most projects in use."""
    cohorts = status.group_by("cohort_year").agg(total=pl.len(), in_use=pl.col("is_in_use").sum())
    top = cohorts.filter((pl.col("in_use") == pl.col("in_use").max()) & (pl.col("in_use") > 0)).sort("cohort_year")
    if top.is_empty():
        return catalogue.t("sentences.most_in_use_none")
    return catalogue.t(
        "sentences.most_in_use",
        n=top.height,
        cohorts=catalogue.join([str(year) for year in top.get_column("cohort_year")]),
        count=top.item(0, "in_use"),
        total=top.item(0, "total"),
    )


def rounds_heading(overview: pl.DataFrame, names: dict[str, str], catalogue: Catalogue) -> str:
    """The finding above applicants per round: where most applied, and for how many rounds nobody knows.

    `names` are the names of the rounds by id, in the catalogue's language.
    """
    known = overview.drop_nulls("applicant_count")
    if known.is_empty():
        return catalogue.t("sentences.no_applicants_known", n=overview.height)
    top = known.filter(pl.col("applicant_count") == pl.col("applicant_count").max()).sort("cohort_year", "round_id")
    most = catalogue.t(
        "sentences.most_applicants",
        n=top.height,
        count=top.item(0, "applicant_count"),
        rounds=catalogue.join([names[round_id] for round_id in top.get_column("round_id")]),
    )
    missing = overview.height - known.height
    if missing == 0:
        return most
    unknown = catalogue.t("sentences.applicants_unknown", n=missing, total=overview.height)
    return catalogue.t("sentences.two_clauses", first=most, second=unknown)


def coverage_sentences(coverage: pl.DataFrame, catalogue: Catalogue, *, min_n: int) -> dict[str, str]:
    """For each of the eight facts, of how many projects it is known; shares only from `min_n` projects."""
    total = coverage.height
    known = {fact: _true(coverage, fact) for fact in FACTS}
    return {
        fact: capital(catalogue.t(f"coverage.{fact}", who=share_of(catalogue, known[fact], total, min_n)))
        for fact in FACTS
    }


def attention(
    status: pl.DataFrame, coverage: pl.DataFrame, catalogue: Catalogue, *, stale_after_months: int, min_n: int
) -> list[str]:
    """What needs looking into, one sentence each; nothing is said of what no project has."""
    unknown, stale = count_status(status).unknown, _true(status, "is_stale")
    expected = coverage.filter(pl.col("has_expected_benefit") & ~pl.col("has_reported_benefit")).height
    found = []
    if unknown:
        who = share_of(catalogue, unknown, status.height, min_n)
        found.append(catalogue.t("coverage.unknown_status", who=who))
    if stale:
        who = share_of(catalogue, stale, status.height, min_n)
        found.append(catalogue.t("coverage.stale", who=who, months=stale_after_months))
    if expected:
        who = share_of(catalogue, expected, coverage.height, min_n)
        found.append(catalogue.t("coverage.only_expected", who=who))
    return found


def changes_summary(changes: pl.DataFrame, previous_year: int | None, catalogue: Catalogue) -> str:
    """What is new since the edition of `previous_year`, in one sentence; `None` when this is the first edition."""
    if previous_year is None:
        return catalogue.t("changes.first_edition")
    counted = dict(changes.group_by("change_kind_code").agg(pl.col("item_count").sum()).iter_rows())
    items = [catalogue.t(f"changes.count_{kind}", n=counted[kind]) for kind in CHANGE_KINDS if counted.get(kind)]
    if not items:
        return catalogue.t("changes.nothing", previous_year=previous_year)
    return catalogue.t("changes.summary", previous_year=previous_year, items=catalogue.join(items))


def change_sentences(
    changes: pl.DataFrame, projects: pl.DataFrame, rounds: pl.DataFrame, codelists: pl.DataFrame, catalogue: Catalogue
) -> list[ChangeSentence]:
    """One sentence per row of `edition_changes`, grouped by kind as in the summary."""
    language = catalogue.language
    names = dict(projects.select("project_id", f"short_name_{language}").iter_rows())
    round_names = dict(rounds.select("round_id", f"name_{language}").iter_rows())
    order = CHANGE_KINDS
    rows = sorted(
        changes.iter_rows(named=True), key=lambda row: (order.index(row["change_kind_code"]), row["change_id"])
    )
    return [
        ChangeSentence(
            change_id=row["change_id"],
            kind=row["change_kind_code"],
            project_id=row["project_id"],
            text=_change(row, names, round_names, codelists, catalogue),
            reason=row[f"reason_{language}"],
            source_id=row["source_id"],
            source_locator=row["source_locator"],
        )
        for row in rows
    ]


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


def reconciliation_summary(reconciliation: pl.DataFrame, catalogue: Catalogue) -> str:
    """How many stated figures were compared with the registry, and how many agree."""
    compared = reconciliation.filter(pl.col("result_code") != "unknown")
    agrees = compared.filter(pl.col("result_code") == "agrees").height
    if compared.is_empty():
        return catalogue.t("reconciliation.nothing")
    agreeing = catalogue.t("reconciliation.agreeing", n=agrees)
    return catalogue.t("reconciliation.summary", n=compared.height, agreeing=agreeing)


def reconciliation_sentences(reconciliation: pl.DataFrame, catalogue: Catalogue) -> list[ReconciliationSentence]:
    """One sentence per row of `reconciliation`, in the frame's order."""
    language = catalogue.language
    return [
        ReconciliationSentence(
            reconciliation_id=row["reconciliation_id"],
            result=row["result_code"],
            rule=row[f"rule_{language}"],
            text=_reconciliation(row, catalogue),
            explanation=row[f"explanation_{language}"],
            source_id=row["source_id"],
            source_locator=row["source_locator"],
        )
        for row in reconciliation.iter_rows(named=True)
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


def _true(frame: pl.DataFrame, flag: str) -> int:
    return frame.filter(pl.col(flag)).height


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
