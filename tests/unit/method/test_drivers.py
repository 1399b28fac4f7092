from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from gevinst.contracts.marts_statistics import DRIVER_ASSOCIATION, DRIVER_TABLE
from gevinst.contracts.schema import polars_schema
from gevinst.contracts.vocabulary import DRIVERS
from gevinst.method.drivers import driver_association, driver_heatmap, driver_table
from gevinst.method.frames import Rules, collect, finished, lazy
from tests.data.small_edition import dated_sources

RULES = Rules(2019, 2022)
YEARS = {2020: date(2020, 12, 31), 2022: date(2022, 11, 22)}


def tables(ratings: list[dict[str, Any]] | None = None, **more: list[dict[str, Any]]) -> dict[str, pl.DataFrame]:
    """One project in the editions of 2020 and 2022, and what the test adds."""
    default: dict[str, list[dict[str, Any]]] = {
        "projects": [{"project_id": "p", "round_id": "r"}],
        "rounds": [{"round_id": "r", "awarded_on": date(2019, 1, 1), "awarded_precision": "year"}],
        "sources": [
            {"source_id": "s", "published_on": date(2019, 6, 1)},
            {"source_id": "late", "published_on": date(2022, 3, 1)},
        ],
        "edition_years": [{"edition_year": year, "as_of_on": on} for year, on in YEARS.items()],
        "project_status": [
            {
                "edition_year": year,
                "project_id": "p",
                "current_status_code": "provd_ut",
                "current_step": 3,
                "is_in_use": False,
                "outcome_code": "result_not_in_use",
            }
            for year in YEARS
        ],
        "driver_ratings": ratings or [],
    }
    default |= more
    schemas = {
        "participations": ("project_id", "organisation_id", "role_code", "source_id"),
        "project_events": ("project_event_id", "project_id", "event_code", "event_on", "event_precision", "source_id"),
        "driver_ratings": (
            "assessment_round_id",
            "project_id",
            "rated_driver_code",
            "coder_code",
            "rating",
            "assessed_on",
            "assessed_precision",
            "source_id",
        ),
        "rating_decisions": (
            "assessment_round_id",
            "project_id",
            "rated_driver_code",
            "settled_rating",
            "decided_on",
            "decided_precision",
            "source_id",
        ),
    }
    kinds = {name: pl.Date for name in ("event_on", "assessed_on", "decided_on")}
    kinds |= {name: pl.Int64 for name in ("rating", "settled_rating")}
    frames = {}
    for name, rows in ({name: [] for name in schemas} | default).items():
        schema = {column: kinds.get(column, pl.String) for column in schemas.get(name, ())}
        frames[name] = pl.DataFrame(rows, schema=schema or None, infer_schema_length=None)
    frames["sources"] = dated_sources(dict(frames["sources"].select("source_id", "published_on").iter_rows()))
    return frames


def drivers(year: int = 2022, ratings: list[dict[str, Any]] | None = None, **more: Any) -> dict[str, Any]:
    frames = {name: lazy(frame) for name, frame in tables(ratings, **more).items()}
    table = collect(finished(driver_table(frames, RULES), DRIVER_TABLE, is_illustrative=False), DRIVER_TABLE)
    assert table.height == 2
    return table.row(by_predicate=pl.col("edition_year") == year, named=True)


def part(organisation: str, role: str, source: str = "s") -> dict[str, Any]:
    return {"project_id": "p", "organisation_id": organisation, "role_code": role, "source_id": source}


def rated(coder: str, value: int, **more: Any) -> dict[str, Any]:
    return {
        "assessment_round_id": "round-1",
        "project_id": "p",
        "rated_driver_code": "complexity",
        "coder_code": coder,
        "rating": value,
        "assessed_on": date(2020, 1, 1),
        "assessed_precision": "day",
        "source_id": "s",
        **more,
    }


def started(on: date, precision: str = "day", source: str = "s", code: str = "started") -> dict[str, Any]:
    return {
        "project_event_id": f"{code}-{on}",
        "project_id": "p",
        "event_code": code,
        "event_on": on,
        "event_precision": precision,
        "source_id": source,
    }


def test_actors_are_all_organisations_but_suppliers_each_counted_once() -> None:
    parts = [
        part("a", "owner"),
        part("a", "partner"),
        part("b", "co_owner"),
        part("c", "partner"),
        part("d", "supplier"),
    ]
    row = drivers(participations=parts)
    assert (row["owner_count"], row["actor_count"]) == (2, 3)


def test_no_known_actor_is_unknown_and_not_zero() -> None:
    assert drivers(participations=[part("d", "supplier")])["actor_count"] is None
    row = drivers(participations=[part("c", "partner")])
    assert (row["owner_count"], row["actor_count"]) == (None, 1)


def test_an_edition_counts_only_actors_it_knows_of() -> None:
    parts = [part("a", "owner"), part("b", "partner", source="late")]
    assert [drivers(year, participations=parts)["actor_count"] for year in YEARS] == [1, 2]


def test_time_runs_from_the_start_once_it_is_known_and_from_the_award_before() -> None:
    events = [
        started(date(2019, 10, 1), "month", source="late"),
        started(date(2020, 5, 1)),
        started(date(2019, 1, 5), code="ended"),
    ]
    older, newer = drivers(2020, project_events=events), drivers(2022, project_events=events)
    assert (older["start_on"], older["start_basis_code"], older["months_since_start"]) == (date(2020, 5, 1), "start", 7)
    assert (newer["start_on"], newer["start_precision"], newer["months_since_start"]) == (
        date(2019, 10, 1),
        "month",
        36,
    )
    award = drivers(2020)
    assert (award["start_on"], award["start_basis_code"], award["start_precision"]) == (
        date(2019, 1, 1),
        "award",
        "year",
    )
    assert award["months_since_start"] == 12, "a year counts as its last day"


def test_a_start_in_a_year_still_running_is_zero_months_ago_and_one_to_come_is_unknown() -> None:
    assert drivers(project_events=[started(date(2022, 1, 1), "year")])["months_since_start"] == 0
    assert drivers(project_events=[started(date(2022, 12, 1))])["months_since_start"] is None


def test_a_rating_is_what_coders_agree_on_and_never_an_average() -> None:
    alike, apart = [rated("koder_1", 3), rated("koder_2", 3)], [rated("koder_1", 2), rated("koder_2", 4)]
    names = ("complexity", "complexity_low", "complexity_high", "complexity_coder_count")
    assert [drivers(ratings=alike)[name] for name in names] == [3, 3, 3, 2]
    assert [drivers(ratings=apart)[name] for name in names] == [None, 2, 4, 2]
    assert [drivers()[name] for name in names] == [None, None, None, 0]
    assert drivers(ratings=alike)["implementation_difficulty"] is None


def decided(value: int, on: date, source: str = "s", **more: Any) -> dict[str, Any]:
    return {
        "assessment_round_id": "round-1",
        "project_id": "p",
        "rated_driver_code": "complexity",
        "settled_rating": value,
        "decided_on": on,
        "decided_precision": "day",
        "source_id": source,
        **more,
    }


def test_what_was_decided_counts_from_the_edition_that_knows_it_and_the_disagreement_stays_visible() -> None:
    apart = [rated("koder_1", 2), rated("koder_2", 4)]
    decisions = [decided(3, date(2020, 2, 1)), decided(4, date(2020, 3, 1)), decided(2, date(2021, 1, 1), "late")]
    names = ("complexity", "complexity_low", "complexity_high", "complexity_coder_count")
    found = [[drivers(year, apart, rating_decisions=decisions)[name] for name in names] for year in YEARS]
    assert found == [[4, 2, 4, 2], [2, 2, 4, 2]]


def test_a_decision_in_another_round_or_on_another_driver_settles_nothing() -> None:
    apart = [rated("koder_1", 2), rated("koder_2", 4)]
    for other in ({"assessment_round_id": "round-0"}, {"rated_driver_code": "implementation_difficulty"}):
        row = drivers(ratings=apart, rating_decisions=[decided(3, date(2020, 2, 1), **other)])
        assert (row["complexity"], row["implementation_difficulty"]) == (None, None)


def test_a_newer_round_of_ratings_replaces_the_older_in_the_edition_that_knows_it() -> None:
    newer = rated("koder_1", 5, assessment_round_id="round-2", assessed_on=date(2022, 2, 1), source_id="late")
    ratings = [rated("koder_1", 1), rated("koder_2", 1), newer]
    assert [drivers(year, ratings)["complexity"] for year in YEARS] == [1, 5]
    assert drivers(2022, ratings)["complexity_coder_count"] == 1


@pytest.mark.parametrize(
    ("code", "outcome", "step", "is_known"),
    [
        ("tildelt", "unknown", -1, False),
        ("i_gang", "unknown", 0, False),
        ("innsikt", "result_not_in_use", 1, True),
        ("stanset", "stopped", None, False),
        ("ikke_vurdert", "unknown", None, False),
    ],
)
def test_silence_after_the_award_is_not_an_outcome(code: str, outcome: str, step: int | None, is_known: bool) -> None:
    status = [
        {
            "edition_year": year,
            "project_id": "p",
            "current_status_code": code,
            "current_step": step,
            "is_in_use": False,
            "outcome_code": outcome,
        }
        for year in YEARS
    ]
    frames = tables(project_status=status)
    frames["project_status"] = frames["project_status"].cast({"current_step": pl.Int64})
    table = driver_table({name: lazy(frame) for name, frame in frames.items()}, RULES).collect("polars").to_native()
    assert set(table["is_outcome_known"]) == {is_known}


def population(size: int, in_use: int, **columns: Any) -> pl.DataFrame:
    """Projects of one edition that go further the longer they have lasted."""
    steps = [1 + place % 4 for place in range(size - in_use)] + [5] * in_use
    rows = {
        "edition_year": [2022] * size,
        "project_id": [f"p{place:02d}" for place in range(size)],
        "months_since_start": [10 * step + place for place, step in enumerate(steps)],
        "actor_count": [1 + place * 7 % 5 for place in range(size)],
        "complexity": [1 + place * 3 % 5 for place in range(size)],
        "current_status_code": ["i_bruk" if step == 5 else "innsikt" for step in steps],
        "current_step": steps,
        "is_in_use": [step == 5 for step in steps],
        "is_outcome_known": [True] * size,
        **columns,
    }
    filled = [column.name for column in DRIVER_TABLE.all_columns if column.name not in rows]
    frame = pl.DataFrame(rows).with_columns(pl.lit(None).alias(name) for name in filled)
    return frame.select(DRIVER_TABLE.column_names).cast(polars_schema(DRIVER_TABLE))


def associations(table: pl.DataFrame, alpha: float | None = 0.9) -> dict[str, dict[str, Any]]:
    rated_drivers = ["complexity", "implementation_difficulty"]
    frames = {
        "edition_years": pl.DataFrame({"edition_year": [2022]}),
        "driver_table": table,
        "coder_agreement": pl.DataFrame(
            {
                "edition_year": [2022, 2022],
                "rated_driver_code": rated_drivers,
                "alpha": [alpha, None],
                "is_publishable": [alpha is not None and alpha >= 0.667, False],
            },
            schema_overrides={"alpha": pl.Float64},
        ),
    }
    associated = driver_association({name: lazy(frame) for name, frame in frames.items()}, RULES)
    result = finished(associated, DRIVER_ASSOCIATION, is_illustrative=False)
    rows = collect(result, DRIVER_ASSOCIATION)
    assert rows["driver_code"].sort().to_list() == sorted(DRIVERS)
    return {row["driver_code"]: row for row in rows.rows(named=True)}


RESULTS = (
    *("rho", "rho_interval_low", "rho_interval_high", "rho_low", "rho_high", "rho_p", "rho_p_holm"),
    *("tau", "tau_interval_low", "tau_interval_high", "tau_p", "order_count"),
)


def test_with_enough_projects_and_outcomes_the_association_is_shown_with_its_range() -> None:
    rows = associations(population(20, 5))
    months = rows["months_since_start"]
    assert (months["project_count"], months["outcome_count"]) == (20, 5)
    assert (months["is_shown"], months["association_reason_code"]) == (True, None)
    assert 0.9 < months["rho_low"] <= months["rho"] <= months["rho_high"] <= 1
    assert months["rho_interval_low"] < months["rho"] < months["rho_interval_high"]
    assert months["tau_interval_low"] < months["tau"] < months["tau_interval_high"]
    assert months["rho_p"] <= 0.001
    assert months["rho_p_holm"] == pytest.approx(3 * months["rho_p"]), "three of four drivers could be tested"
    assert rows["implementation_difficulty"]["association_reason_code"] == "too_few_projects"
    assert (rows["complexity"]["is_shown"], rows["actor_count"]["is_shown"]) == (True, True)


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (population(19, 5), "too_few_projects"),
        (population(20, 4), "too_few_outcomes"),
        (population(20, 5, months_since_start=[30] * 20), "no_variation"),
        (population(20, 20), "no_variation"),
        (population(24, 5, is_outcome_known=[False] * 5 + [True] * 19), "too_few_projects"),
        (population(24, 5, months_since_start=[None] * 5 + list(range(19))), "too_few_projects"),
    ],
)
def test_with_too_little_to_go_on_only_counts_and_the_reason_are_given(table: pl.DataFrame, reason: str) -> None:
    row = associations(table)["months_since_start"]
    assert (row["is_shown"], row["association_reason_code"]) == (False, reason)
    assert [row[name] for name in RESULTS] == [None] * len(RESULTS)


@pytest.mark.parametrize(("alpha", "reason"), [(None, "agreement_unknown"), (0.5, "agreement_too_low"), (0.7, None)])
def test_a_rated_driver_is_shown_only_when_coders_agree_enough(alpha: float | None, reason: str | None) -> None:
    row = associations(population(20, 5), alpha)["complexity"]
    assert (row["is_shown"], row["association_reason_code"]) == (reason is None, reason)
    assert (row["rho"] is None) is (reason is not None)


def test_the_order_of_projects_does_not_change_any_figure() -> None:
    table = population(22, 6)
    assert associations(table.sample(fraction=1, shuffle=True, seed=3)) == associations(table)


def test_the_heat_map_counts_every_project_once_per_driver_unknown_ones_too() -> None:
    table = population(20, 5, actor_count=[None] * 2 + [3] * 18)
    counts = driver_heatmap({"driver_table": lazy(table)}, Rules(2016, 2026)).collect("polars").to_native()
    assert dict(counts.group_by("driver_code").agg(pl.col("project_count").sum()).iter_rows()) == dict.fromkeys(
        DRIVERS, 20
    )
    actors = counts.filter(driver_code="actor_count").sort("driver_level", "current_status_code")
    assert actors.select("driver_level", "current_status_code", "project_count").rows() == [
        (None, "innsikt", 2),
        (3, "i_bruk", 5),
        (3, "innsikt", 13),
    ]
    years = counts.filter(driver_code="months_since_start")["driver_level"]
    assert (years.min(), years.max()) == (0, 5), "months become whole years"
