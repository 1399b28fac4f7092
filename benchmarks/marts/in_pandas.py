"""The compared results by hand in pandas: every row once for each year that knows it, all of it in memory.

Belongs here: the three results, from the Parquet files of the core tables.
Does not belong here: other engines.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.marts import FIRST_YEAR, LAST_YEAR

_STALE_AFTER_MONTHS = 24
_OUTCOMES = {
    "innsikt": "result_not_in_use",
    "losning_utviklet": "result_not_in_use",
    "provd_ut": "result_not_in_use",
    "delvis_i_bruk": "partly_in_use",
    "i_bruk": "in_use",
    "spredt": "in_use",
    "stanset": "stopped",
    "viderefort": "continued",
}
_LEVELS = {
    "forventet": "expected_count",
    "oppgitt": "reported_count",
    "malt_oppgitt": "measured_by_participant_count",
    "dokumentert": "documented_count",
}


def results(core: Path) -> dict[str, pd.DataFrame]:
    """Status, evidence and what was planned and measured, each with one row per thing and year."""
    tables = _Core(core)
    return {
        "project_status": _project_status(tables),
        "benefit_evidence": _benefit_evidence(tables),
        "planned_realised": _planned_realised(tables),
    }


class _Core:
    """Core tables as they are asked for, and what the three results share."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        sources = self["sources"]
        is_dated = sources["published_on"].notna() & (sources["published_precision"] != "earliest")
        published = _last_day(sources, "published").where(is_dated)
        accessed = pd.to_datetime(sources["accessed_on"])
        known = published.fillna(pd.to_datetime(sources["public_not_after"])).fillna(accessed)
        self.known = pd.Series(np.minimum(known, accessed).array, index=sources["source_id"], name="known_on")
        ends = pd.to_datetime([f"{year}-12-31" for year in range(FIRST_YEAR, LAST_YEAR + 1)])
        self.editions = pd.DataFrame(
            {"edition_year": range(FIRST_YEAR, LAST_YEAR + 1), "as_of_on": np.minimum(ends, accessed.max())}
        )
        rounds = self["rounds"]
        rounds["award_on"] = _last_day(rounds, "awarded")
        self.projects = self["projects"][["project_id", "round_id", "source_id"]].merge(
            rounds[["round_id", "cohort_year", "award_on"]], on="round_id", how="left"
        )
        self.projects["known_on"] = self.projects.pop("source_id").map(self.known)
        benefits = self["benefits"].merge(
            self["benefit_categories"][["benefit_code", "benefit_category_code", "gain_nature_code"]],
            on="benefit_code",
            how="left",
        )
        of_project = benefits["project_id"].map(self.projects.set_index("project_id")["known_on"])
        benefits["known_on"] = _latest(benefits["source_id"].map(self.known), of_project)
        benefits["gain_nature_code"] = benefits["chain_level_code"].fillna(benefits["gain_nature_code"])
        names = ["project_id", "benefit_code", "benefit_category_code", "gain_nature_code", "benefit_sign_code"]
        self.benefits = benefits[["benefit_id", *names, "known_on"]]

    def __getitem__(self, name: str) -> pd.DataFrame:
        return pd.read_parquet(self._folder / name).drop(columns="is_illustrative")

    def ranks(self, codelist: str) -> pd.Series:
        codes = self["codelists"].query("codelist == @codelist")
        return codes.set_index("code")["rank"].astype("float64")

    def each_year(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Rows once for each edition that knows them."""
        crossed = rows.merge(self.editions, how="cross")
        return crossed[crossed["known_on"] <= crossed["as_of_on"]]


def _last_day(rows: pd.DataFrame, stem: str) -> pd.Series:
    day, precision = pd.to_datetime(rows[f"{stem}_on"]), rows[f"{stem}_precision"]
    by_month = day.where(precision != "month", day + pd.offsets.MonthEnd(0))
    return by_month.where(precision != "year", by_month + pd.offsets.YearEnd(0))


def _latest(*days: pd.Series) -> pd.Series:
    return pd.concat(days, axis=1).max(axis=1)


def _months(earlier: pd.Series, later: pd.Series) -> pd.Series:
    months = (later.dt.year - earlier.dt.year) * 12 + later.dt.month - earlier.dt.month
    return months - (later.dt.day < earlier.dt.day)


def _project_status(core: _Core) -> pd.DataFrame:
    rows = core["status_assessments"]
    rows = rows[rows["project_id"].isin(core.projects["project_id"])].copy()
    rows["about_on"] = _last_day(rows, "assessed")
    rows["known_on"] = _latest(rows["source_id"].map(core.known), rows["about_on"])
    rows["step"] = rows["status_code"].map(core.ranks("status"))
    first_day = pd.Timestamp.min
    rows["placed_on"] = rows["about_on"].where(rows["status_code"] != "tildelt", first_day)
    shows_more = ~rows["status_code"].isin(["tildelt", "i_gang", "ikke_vurdert"])
    far_away = pd.Timestamp.max
    rows["heard_on"] = rows["about_on"].where(shows_more, far_away)
    rows["shows_more"] = shows_more.astype("int64")
    rows = rows.sort_values(["project_id", "known_on", "about_on", "status_assessment_id"], ignore_index=True)
    of_project = rows.groupby("project_id", sort=False)
    rows["highest_step"] = of_project["step"].cummax()
    rows["highest_step"] = rows.groupby("project_id", sort=False)["highest_step"].ffill()
    rows["assessment_count"] = of_project.cumcount() + 1
    rows["progress_assessment_count"] = of_project["shows_more"].cumsum()
    is_newest = rows["placed_on"] == of_project["placed_on"].cummax()
    oldest = of_project["heard_on"].cummin()
    before = oldest.groupby(rows["project_id"], sort=False).shift()
    is_oldest = (oldest != far_away) & (rows["heard_on"] == oldest) & (oldest != before)
    place = pd.Series(np.arange(len(rows), dtype="float64"))
    for name, values in {
        "_current": place.where(is_newest),
        "_first": place.where(is_oldest),
        "current_step": rows["step"].where(is_newest),
    }.items():
        rows[name] = values.groupby(rows["project_id"], sort=False).ffill()
    state = ["highest_step", "assessment_count", "progress_assessment_count", "_current", "_first", "current_step"]
    known = core.each_year(rows[["project_id", "known_on", *state]])
    last = known.groupby(["edition_year", "project_id"], sort=False)[state].tail(1).index
    states = known.loc[last, ["edition_year", "project_id", *state]]
    seats = core.each_year(core.projects).drop(columns="known_on")
    result = seats.merge(states, on=["edition_year", "project_id"], how="left")
    current = rows.rename(columns={"status_code": "current_status_code", "step": "_step"}).rename(
        columns={"assessed_on": "status_on", "assessed_precision": "status_precision"}
    )
    said = ["current_status_code", "status_on", "status_precision", "known_on", "about_on", "stated_by_code"]
    said += ["is_inferred", "step_reason_code", "public_evidence_group_code", "reason_nb", "reason_en"]
    said += ["source_id", "source_locator"]
    result = result.merge(current[said], left_on="_current", right_index=True, how="left")
    first = rows[["status_code", "step"]].set_axis(["first_status_code", "first_step"], axis=1)
    result = result.merge(first, left_on="_first", right_index=True, how="left")
    result["current_status_code"] = result["current_status_code"].fillna("ikke_vurdert")
    result["outcome_code"] = result["current_status_code"].map(_OUTCOMES).fillna("unknown")
    result["is_in_use"] = result["outcome_code"] == "in_use"
    for name in ("assessment_count", "progress_assessment_count"):
        result[name] = result[name].fillna(0).astype("int64")
    result["is_inferred"] = result["is_inferred"].fillna(False).astype(bool)
    result["months_since_award"] = _months(result["award_on"], result["as_of_on"])
    result["months_since_status"] = _months(result["about_on"], result["as_of_on"])
    is_old = (result["months_since_status"] >= _STALE_AFTER_MONTHS).fillna(False)
    result["is_stale"] = is_old & (result["current_status_code"] != "tildelt")
    return result.drop(columns=["award_on", "as_of_on", "about_on", "_current", "_first"])


def _benefit_evidence(core: _Core) -> pd.DataFrame:
    claims = core["benefit_claims"][["benefit_claim_id", "benefit_id", "evidence_code", "source_id"]]
    benefits = core.benefits[core.benefits["benefit_sign_code"] == "positive"]
    wanted = benefits[["benefit_id", "project_id", "benefit_category_code", "known_on"]]
    claims = claims.merge(wanted.rename(columns={"known_on": "_benefit_on"}), on="benefit_id")
    claims["known_on"] = _latest(claims.pop("source_id").map(core.known), claims.pop("_benefit_on"))
    ranks = core.ranks("evidence")
    claims["rank"] = claims["evidence_code"].map(ranks)
    trail = core.each_year(claims).drop(columns=["known_on", "as_of_on"])
    best_known = trail.groupby(["edition_year", "benefit_id"], sort=False)["rank"].transform("max")
    is_superseded = trail["rank"] < best_known
    trail["superseded_count"] = is_superseded.astype("int64")
    for code, name in _LEVELS.items():
        trail[name] = (~is_superseded & (trail["evidence_code"] == code)).astype("int64")
    trail["best"] = trail["rank"].where(~is_superseded)
    key = ["edition_year", "project_id", "benefit_category_code"]
    sums = dict.fromkeys([*_LEVELS.values(), "superseded_count"], "sum")
    result = trail.groupby(key, sort=False, dropna=False).agg(sums | {"best": "max"}).reset_index()
    result["best_evidence_code"] = result.pop("best").map(pd.Series(ranks.index, index=ranks.array))
    categories = core["benefit_categories"].groupby("benefit_category_code")
    of_category = categories.agg({"gain_nature_code": "min", "is_gain": "max"}).reset_index()
    result = result.merge(of_category, on="benefit_category_code", how="left")
    result["is_gain"] = result["is_gain"].fillna(True).astype(bool)
    return result


def _planned_realised(core: _Core) -> pd.DataFrame:
    plans = core["benefit_plans"].merge(
        core.benefits.rename(columns={"known_on": "_benefit_on"}), on="benefit_id", how="inner"
    )
    plans["known_on"] = _latest(plans["source_id"].map(core.known), plans.pop("_benefit_on"))
    plans["first_plan_id"] = plans["revises_plan_id"].fillna(plans["benefit_plan_id"])
    plans["is_revision"] = plans["revises_plan_id"].notna()
    first_on = plans[~plans["is_revision"]].set_index("benefit_plan_id")["known_on"]
    plans = plans[plans["first_plan_id"].isin(first_on.index)].copy()
    plans["known_on"] = _latest(plans["known_on"], plans["first_plan_id"].map(first_on))
    plans["stated_on"] = _last_day(plans, "status").fillna(plans["known_on"])
    measured = core["benefit_measurements"].merge(
        plans[["benefit_plan_id", "first_plan_id", "known_on"]].rename(columns={"known_on": "_plan_on"}),
        on="benefit_plan_id",
    )
    about = _last_day(measured, "measured")
    measured["known_on"] = _latest(measured["source_id"].map(core.known), about, measured.pop("_plan_on"))
    measured["made_on"] = about.fillna(measured["known_on"])
    plans = plans.sort_values(["known_on", "is_revision", "stated_on", "benefit_plan_id"])
    known = core.each_year(plans).drop(columns=["as_of_on", "known_on", "stated_on", "is_revision", "revises_plan_id"])
    of_indicator = known.groupby(["edition_year", "first_plan_id"], sort=False)
    known["plan_change_count"] = of_indicator["benefit_plan_id"].transform("size") - 1
    for name in ("baseline", "target"):
        known[f"first_{name}_value"] = of_indicator[f"{name}_value"].transform("first")
    in_force = known.groupby(["edition_year", "first_plan_id"], sort=False).tail(1)
    measured = measured.sort_values(["made_on", "known_on", "benefit_measurement_id"])
    seen = core.each_year(measured)
    seen["is_newest"] = ~seen.duplicated(["edition_year", "first_plan_id"], keep="last")
    taken = ["edition_year", "first_plan_id", "benefit_measurement_id", "measured_value", "measured_on"]
    taken += ["measured_precision", "respondent_count", "stated_by_code", "source_id", "source_locator", "is_newest"]
    result = in_force.merge(
        seen[taken], on=["edition_year", "first_plan_id"], how="left", suffixes=("_of_plan", "")
    ).merge(core["measurement_units"][["unit_code", "unit_kind_code"]], on="unit_code", how="left")
    result["is_measured"] = result["benefit_measurement_id"].notna()
    for name in ("source_id", "source_locator"):
        result[name] = result[name].where(result["is_measured"], result.pop(f"{name}_of_plan"))
    result["is_newest"] = result["is_newest"].fillna(False).astype(bool)
    result = result.rename(columns={"benefit_plan_id": "plan_in_force_id", "first_plan_id": "benefit_plan_id"})
    return _rated(result)


def _rated(result: pd.DataFrame) -> pd.DataFrame:
    """Changes, rates and outcomes."""
    for name in ("baseline", "target"):
        first, now = result[f"first_{name}_value"], result[f"{name}_value"]
        result[f"is_{name}_changed"] = first.notna() & (now.isna() | (now != first))
    baseline, target, value = (result[name] for name in ("baseline_value", "target_value", "measured_value"))
    planned, change = target - baseline, value - baseline
    result["planned_change_value"], result["change_value"] = planned, change
    result["is_percentage_points"] = (result["unit_kind_code"] == "share").fillna(False).astype(bool)
    has_baseline = ~result["is_percentage_points"] & baseline.notna() & (baseline != 0)
    result["change_pct"] = (100.0 * change / baseline.abs()).where(has_baseline)
    result["realisation_rate"] = (change / planned).where(planned.notna() & (planned != 0))
    by_target = pd.Series(np.select([planned > 0, planned < 0], ["higher", "lower"], ""), index=result.index)
    direction = result["desired_direction_code"].fillna(by_target.where(by_target != ""))
    result["desired_direction_code"] = direction
    sign = direction.map({"higher": 1, "lower": -1})
    gain, beyond = change * sign, (value - target) * sign
    outcomes = np.select(
        [beyond >= 0, gain > 0, gain < 0, gain == 0], ["reached", "better", "worse", "unchanged"], default=""
    )
    outcome = pd.Series(outcomes, index=result.index)
    result["measurement_outcome_code"] = outcome.where(outcome != "")
    result["is_disbenefit"] = outcome == "worse"
    return result
