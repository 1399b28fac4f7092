"""Counts behind headings: every figure in every year, of all projects, at the boundaries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import pytest

from gevinst.contracts import contract
from gevinst.contracts.vocabulary import OUTCOME_OF_STATUS, OUTCOME_UNKNOWN
from gevinst.method.catalogue import compute_mart, mart_parts
from gevinst.method.frames import Rules, collect
from gevinst.method.headline_figures import FIGURES
from gevinst.site.headlines import headlines
from tests.data.driver_tables import curve
from tests.data.marts import figures, mart_of
from tests.data.small_edition import frame

STEPS = ("i_gang", "innsikt", "losning_utviklet", "provd_ut", "delvis_i_bruk", "i_bruk", "spredt")


def status(*codes: str, **flags: Any) -> pl.DataFrame:
    """`project_status` with one project per code, all first known under way."""
    rows = []
    for number, code in enumerate(codes):
        step = STEPS.index(code) if code in STEPS else None
        rows.append(
            {
                "edition_year": 2026,
                "project_id": f"p{number}",
                "cohort_year": 2018,
                "first_step": None if step is None else 0,
                "current_step": step,
                "highest_step": step,
                "progress_assessment_count": 2 if step else 0,
                "current_status_code": code,
                "outcome_code": OUTCOME_OF_STATUS.get(code, OUTCOME_UNKNOWN),
                "is_in_use": code in ("i_bruk", "spredt"),
                **flags,
            }
        )
    return frame(contract("project_status"), rows)


def rows(mart: pl.DataFrame, **cells: Any) -> list[dict[str, Any]]:
    return mart.filter(*[pl.col(name) == value for name, value in cells.items()]).rows(named=True)


def test_every_count_is_of_all_projects_and_stopped_ones_stay_in() -> None:
    codes = ("i_bruk", "spredt", "stanset", "viderefort", "i_gang", "tildelt", "ikke_vurdert", "innsikt")
    found = figures(project_status=status(*codes))
    names = ("projects", "in_use", "moved_up", "stopped", "continued", "status_unknown", "status_known")
    assert [found[name].value for name in names] == [8, 2, 3, 1, 1, 3, 5]
    assert {found[name].total for name in names[1:] if name != "moved_up"} == {8}
    assert found["moved_up"].total == found["assessed_again"].value, "movement is of those assessed again"


def test_partly_in_use_is_not_in_use_and_staying_on_a_step_is_not_moving_up() -> None:
    found = figures(project_status=status("delvis_i_bruk", "i_gang"))
    assert (found["in_use"].value, found["partly_in_use"].value, found["moved_up"].value) == (0, 1, 1)


def test_a_single_statement_of_progress_is_neither_a_rise_nor_a_fall() -> None:
    once = {"progress_assessment_count": 1, "highest_step": 5}
    found = figures(project_status=status("provd_ut", **once))
    assert [found[name].value for name in ("assessed_again", "moved_up", "fallen_back")] == [0, 0, 0]
    twice = figures(project_status=status("provd_ut", **{**once, "progress_assessment_count": 2}))
    assert [twice[name].value for name in ("assessed_again", "moved_up", "fallen_back")] == [1, 1, 1]


def test_the_outcomes_add_up_to_all_projects() -> None:
    codes = (*STEPS, "tildelt", "stanset", "viderefort", "ikke_vurdert")
    found = figures(project_status=status(*codes))
    outcomes = ("in_use", "partly_in_use", "result_not_in_use", "stopped", "continued", "status_unknown")
    assert [found[name].value for name in outcomes] == [2, 1, 3, 1, 1, 3]
    assert sum(found[name].value for name in outcomes) == found["projects"].value == len(codes)


def test_those_in_use_are_counted_with_what_is_old_and_what_is_inferred() -> None:
    table = pl.concat(
        [
            status("i_bruk"),
            status("spredt", is_stale=True),
            status("i_bruk", is_inferred=True, is_stale=True),
            status("innsikt", is_stale=True, is_inferred=True),
        ]
    )
    found = figures(project_status=table)
    names = ("in_use", "in_use_stale", "in_use_inferred")
    assert [found[name].value for name in names] == [3, 2, 1]


def test_nothing_counts_as_0_and_has_no_share() -> None:
    found = figures()
    assert {figure.figure_id for figure in FIGURES} == set(found)
    assert {figure.value for figure in found.values()} == {0}
    assert {figure.share_pct for figure in found.values()} == {None}


@pytest.mark.parametrize(("projects", "share"), [(4, None), (5, 20.0), (6, 100 / 6)])
def test_a_share_is_given_from_five_on(projects: int, share: float | None) -> None:
    found = figures(project_status=status("i_bruk", *["i_gang"] * (projects - 1)))["in_use"]
    assert (found.value, found.total) == (1, projects)
    assert found.share_pct == (None if share is None else pytest.approx(share))


@pytest.mark.parametrize(
    ("months", "is_stale", "age"),
    [
        (0, False, "status_new"),
        (11, False, "status_new"),
        (12, False, "status_recent"),
        (23, False, "status_recent"),
        (24, True, "status_old"),
        (None, False, "status_undated"),
    ],
)
def test_every_status_has_one_age(months: int | None, is_stale: bool, age: str) -> None:
    found = figures(project_status=status("innsikt", months_since_status=months, is_stale=is_stale))
    ages = ("status_new", "status_recent", "status_old", "status_undated")
    assert [name for name in ages if found[name].value] == [age]


def test_a_round_without_a_number_is_counted_apart_and_adds_nothing() -> None:
    overview = frame(
        contract("round_overview"),
        [
            {"edition_year": 2026, "round_id": "a", "applicant_count": 0, "unnamed_count": 0},
            {"edition_year": 2026, "round_id": "b", "unnamed_count": 3},
            {"edition_year": 2026, "round_id": "c"},
        ],
    )
    found = figures(round_overview=overview)
    names = ("rounds", "rounds_without_applicants", "rounds_without_selected", "unnamed_projects")
    assert [found[name].value for name in names] == [3, 2, 1, 3]


def test_numbers_of_rounds_are_added_up_and_of_those_followed_the_most_counts() -> None:
    overview = [{"edition_year": 2026, "round_id": str(n), "unnamed_count": n} for n in (2, 3)]
    months = curve(*({"at_risk_count": n, "event_count": 9 - n, "not_in_use_pct": 100.0} for n in (7, 8, 6)))
    found = figures(round_overview=frame(contract("round_overview"), overview), time_to_use=months)
    names = ("unnamed_projects", "use_events", "projects_followed")
    assert [found[name].value for name in names] == [5, 6, 8]


def test_what_is_counted_by_value_counts_each_value_once_and_a_missing_one_never() -> None:
    effects = [{"edition_year": 2026, "scenario_code": str(n), "project_id": p} for n, p in enumerate(("p", "q", "p"))]
    documents = [{"source_id": str(n), "publisher": who} for n, who in enumerate(("A", "B", None, "A"))]
    read = {"published_on": date(2026, 1, 1), "published_precision": "day", "accessed_on": date(2026, 1, 1)}
    found = figures(
        priced_effects=frame(contract("priced_effects"), effects),
        sources=frame(contract("sources"), [{**document, **read} for document in documents]),
    )
    assert (found["priced_projects"].value, found["publishers"].value, found["sources"].value) == (2, 2, 4)


def test_a_comparison_with_an_unknown_side_is_none() -> None:
    results = ("agrees", "gap", "disagrees", "unknown")
    table = frame(
        contract("reconciliation"),
        [{"edition_year": 2026, "reconciliation_id": code, "result_code": code} for code in results],
    )
    found = figures(reconciliation=table)
    assert (found["figures_compared"].value, found["figures_agreeing"].value) == (3, 1)


def test_documents_and_disagreements_count_from_the_day_they_are_known(build, marts) -> None:
    side = {"disagreement_id": "d", "source_id": "s2019"}
    core = build(disagreements=[side, {**side, "source_id": "s2021"}, {"disagreement_id": "e", "source_id": "s2021"}])
    table = marts(core)["headline_counts"]

    def value(figure_id: str, year: int) -> int:
        (row,) = rows(table, figure_id=figure_id, edition_year=year)
        return row["figure_value"]

    assert [value("sources", year) for year in (2018, 2019, 2021, 2026)] == [0, 1, 2, 3]
    assert [value("sources_undated", year) for year in (2021, 2026)] == [0, 1]
    assert [value("disagreements", year) for year in (2018, 2019, 2020, 2021)] == [0, 1, 1, 2]


def test_a_change_is_from_the_year_before_and_unknown_while_no_project_was(build, marts) -> None:
    table = marts(build())["headline_counts"]
    found = {row["edition_year"]: row["change_count"] for row in rows(table, figure_id="sources")}
    assert (found[2018], found[2019], found[2020], found[2021]) == (None, None, 0, 1)


def test_every_figure_stands_in_every_edition_year(build, marts) -> None:
    table = marts(build())["headline_counts"]
    assert set(table.group_by("edition_year").len()["len"]) == {len(FIGURES)}
    assert table["edition_year"].n_unique() == 9


def test_a_figure_stands_after_its_whole_and_ids_are_unique() -> None:
    ids = [figure.figure_id for figure in FIGURES]
    assert len(ids) == len(set(ids))
    assert [one.figure_id for one in FIGURES if one.total and ids.index(one.total) > ids.index(one.figure_id)] == []


def test_cohorts_count_their_projects_and_those_in_use() -> None:
    table = pl.concat([status("i_bruk", "i_gang"), status("spredt", cohort_year=2019)])
    found = {row["cohort_year"]: row for row in mart_of("cohort_counts", project_status=table).rows(named=True)}
    assert {year: (row["project_count"], row["in_use_count"]) for year, row in found.items()} == {
        2018: (2, 1),
        2019: (1, 1),
    }


def test_groups_without_projects_have_0_and_projects_without_a_group_stand_apart() -> None:
    codes = frame(contract("codelists"), [{"codelist": "public_evidence_group", "code": code} for code in ("A", "B")])
    placed = status("i_bruk", "i_gang", "i_gang").with_columns(
        public_evidence_group_code=pl.Series(["A", None, None], dtype=pl.String)
    )
    known = [{"edition_year": 2026, "project_id": f"p{n}", "has_owner": n < 2} for n in range(3)]
    table = mart_of(
        "evidence_group_counts",
        codelists=codes,
        project_status=placed,
        project_coverage=frame(contract("project_coverage"), known),
    )
    assert [(r["group_id"], r["project_count"], r["has_owner_count"]) for r in table.rows(named=True)] == [
        ("A", 1, 1),
        ("B", 0, 0),
        ("none", 2, 1),
    ]
    assert table["public_evidence_group_code"].to_list() == ["A", "B", None]


def test_claims_of_a_project_are_counted_by_level_and_a_project_without_any_has_0(build, marts) -> None:
    claim = {"project_id": "p", "benefit_code": "x", "evidence_code": "forventet", "source_id": "s2019"}
    table = marts(build(benefit_claims=[claim, claim, {**claim, "evidence_code": "oppgitt", "source_id": "s2021"}]))
    names = ("claim_count", "expected_count", "reported_count", "documented_count")
    (early,) = rows(table["project_claims"], edition_year=2020)
    (late,) = rows(table["project_claims"], edition_year=2021)
    assert [early[name] for name in names] == [2, 2, 0, 0]
    assert [late[name] for name in names] == [3, 2, 1, 0]
    (without,) = rows(marts(build())["project_claims"], edition_year=2020)
    assert [without[name] for name in names] == [0, 0, 0, 0]


@pytest.fixture
def resting(build, marts) -> Callable[..., dict[tuple[int, str, str], int]]:
    def find(**tables: list[dict[str, Any]]) -> dict[tuple[int, str, str], int]:
        names = ("edition_year", "source_id", "table_name", "row_count")
        table = marts(build(**tables))["source_use"].select(*names)
        return {(year, source, name): count for year, source, name, count in table.iter_rows()}

    return find


def test_what_rests_on_a_document_is_counted_from_the_year_it_is_known(resting) -> None:
    event = {"project_id": "p", "event_code": "started", "event_on": date(2019, 1, 1), "source_id": "s2021"}
    found = resting(project_events=[event, event])
    assert (2020, "s2021", "project_events") not in found
    assert found[2021, "s2021", "project_events"] == 2
    assert found[2019, "s2019", "projects"] == 1


def test_what_rests_on_documents_is_counted_one_table_at_a_time(build, marts) -> None:
    core = build()
    found, mart = marts(core), contract("source_use")
    inputs = {name: core[name] if name in core else found[name] for name in mart.depends_on}
    parts = [collect(part, mart) for part in mart_parts(mart, inputs, Rules(2018, 2026), is_illustrative=False)]
    counted = [set(part["table_name"]) for part in parts]
    assert all(len(names) <= 1 for names in counted)
    assert set().union(*counted) == set(found["source_use"]["table_name"])


def test_rows_about_a_project_wait_until_the_project_is_known(resting) -> None:
    finding = {"project_id": "p", "source_id": "early"}
    early = {"source_id": "early", "published_on": date(2018, 3, 1), "published_precision": "day"}
    s2019 = {"source_id": "s2019", "published_on": date(2019, 6, 1), "published_precision": "day"}
    found = resting(sources=[early, s2019], project_grants=[{**finding, "grant_amount": 1.0}])
    assert (2018, "early", "project_grants") not in found
    assert found[2019, "early", "project_grants"] == 1


def test_a_stricter_rule_for_shares_and_age_is_kept_to() -> None:
    mart = contract("headline_counts")
    inputs = {name: frame(contract(name), []) for name in mart.depends_on}
    inputs["edition_years"] = frame(contract("edition_years"), [{"edition_year": 2026, "as_of_on": date(2026, 12, 31)}])
    inputs["project_status"] = status(*["innsikt"] * 9, months_since_status=5)
    rules = Rules(2026, 2026, stale_after_months=10, min_n_for_shares=10)
    table = compute_mart(mart, inputs, rules, is_illustrative=True)
    (new,), (recent,) = rows(table, figure_id="status_new"), rows(table, figure_id="status_recent")
    assert (new["figure_value"], recent["figure_value"], recent["share_pct"]) == (0, 9, None)


@pytest.mark.parametrize(("least", "shares"), [(0, [None, 100.0]), (1, [None, 100.0]), (2, [None, None])])
def test_a_share_of_nothing_is_unknown_whatever_the_rule(least: int, shares: list[float | None]) -> None:
    nothing, one = [
        headlines(mart_of("headline_counts", min_n=least, project_status=status(*codes))) for codes in ((), ("i_bruk",))
    ]
    assert [nothing["in_use"].share_pct, one["in_use"].share_pct] == shares


@pytest.mark.parametrize("language", ["nb", "en"])
def test_a_figure_is_called_by_what_is_counted_so_that_a_zero_is_not_read_as_a_finding(language) -> None:
    """ "Nobody has read any document": 0 would say the opposite of what was counted."""
    counted = {
        "nb": "Dokumenter Drivere Eiere Gevinster Indikatorer Målinger Prosjekter Runder Sammenhenger Spørsmål Tall "
        "Utgivere Utsagn Valgte Virksomheter Vurderinger",
        "en": "Documents Drivers Owners Benefits Indicators Measurements Projects Rounds Associations Questions "
        "Figures Publishers Claims Selected Organisations Ratings",
    }[language].split()
    names = {figure.figure_id: getattr(figure, language).rpartition(": ")[2] for figure in FIGURES}
    first = {figure_id: name.split()[0].capitalize() for figure_id, name in names.items()}
    assert {figure_id: name for figure_id, name in names.items() if first[figure_id] not in counted} == {}
