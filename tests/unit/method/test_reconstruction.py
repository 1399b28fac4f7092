"""What certainly was public in an earlier year, and what may have been."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gevinst.contracts import contract
from gevinst.contracts.vocabulary import OUTCOME_OF_STATUS
from gevinst.method.catalogue import compute_mart
from gevinst.method.frames import Rules
from gevinst.method.reconstruction import BOUNDED, is_reconstruction
from tests.data.marts import committed_codelists
from tests.data.small_edition import frame

READ_ON = date(2026, 11, 22)
YEARS = Rules(2018, 2026)


def dated(day: date) -> dict[str, Any]:
    return {"published_on": day, "published_precision": "day"}


def bounded(first: date | None, last: date | None) -> dict[str, Any]:
    return {"public_not_before": first, "public_not_after": last}


def tables(
    sources: dict[str, dict[str, Any]], statements: list[tuple[str, date, str]], named_in: str
) -> dict[str, pl.DataFrame]:
    """One project, named by one source, with statements of status (code, day, source)."""
    core = {
        "sources": frame(
            contract("sources"), [{"source_id": key, "accessed_on": READ_ON, **row} for key, row in sources.items()]
        ),
        "rounds": frame(
            contract("rounds"),
            [{"round_id": "r", "cohort_year": 2018, "awarded_on": date(2018, 6, 1), "awarded_precision": "day"}],
        ),
        "projects": frame(contract("projects"), [{"project_id": "p", "round_id": "r", "source_id": named_in}]),
        "status_assessments": frame(
            contract("status_assessments"),
            [
                {
                    "status_assessment_id": f"a{n}",
                    "project_id": "p",
                    "status_code": code,
                    "assessed_on": day,
                    "assessed_precision": "day",
                    "source_id": source,
                }
                for n, (code, day, source) in enumerate(statements)
            ],
        ),
        "codelists": committed_codelists(),
    }
    for name in ("edition_years", "status_validity", "project_status", "reconstruction_bounds"):
        mart = contract(name)
        core[name] = compute_mart(mart, {one: core[one] for one in mart.depends_on}, YEARS, is_illustrative=True)
    return core


def bounds(*arguments: Any) -> dict[str, dict[int, tuple[int, int]]]:
    """Certain and possible count by figure and year."""
    found: dict[str, dict[int, tuple[int, int]]] = {figure: {} for figure in BOUNDED}
    for row in tables(*arguments)["reconstruction_bounds"].to_dicts():
        found[row["bounded_figure"]][row["edition_year"]] = (row["certain_count"], row["possible_count"])
    return found


AWARD = dated(date(2018, 6, 1))


def test_dated_documents_leave_no_doubt() -> None:
    found = bounds({"s": AWARD, "t": dated(date(2021, 3, 1))}, [("i_bruk", date(2021, 2, 1), "t")], "s")
    assert found["projects"] == dict.fromkeys(range(2018, 2027), (1, 1))
    assert found["in_use"] == {year: (0, 0) if year < 2021 else (1, 1) for year in range(2018, 2027)}


def test_an_undated_document_may_have_been_public_from_the_first_day_that_evidence_allows() -> None:
    page = bounded(date(2020, 1, 1), date(2023, 12, 31))
    found = bounds({"s": AWARD, "t": page}, [("provd_ut", date(2019, 5, 1), "t")], "s")
    assert {year: found["outcome_known"][year] for year in (2019, 2020, 2022, 2023)} == {
        2019: (0, 0),
        2020: (0, 1),
        2022: (0, 1),
        2023: (1, 1),
    }


def test_without_a_lower_bound_a_document_may_have_been_public_from_the_day_it_tells_of() -> None:
    found = bounds({"s": AWARD, "t": bounded(None, None)}, [("innsikt", date(2020, 5, 1), "t")], "s")
    assert {year: found["outcome_known"][year] for year in (2019, 2020, 2025, 2026)} == {
        2019: (0, 0),
        2020: (0, 1),
        2025: (0, 1),
        2026: (1, 1),
    }


def test_a_project_is_not_known_before_it_was_awarded_and_nothing_of_it_before_it_is() -> None:
    found = bounds({"s": bounded(None, None)}, [("innsikt", date(2017, 5, 1), "s")], "s")
    assert found["projects"][2018] == (0, 1)
    assert found["outcome_known"][2018] == (0, 1)
    late = bounds({"s": dated(date(2022, 1, 1)), "t": bounded(None, None)}, [("innsikt", date(2019, 5, 1), "t")], "s")
    assert late["outcome_known"][2021] == (0, 0)


def test_a_statement_gives_way_only_to_a_later_one_that_certainly_was_public() -> None:
    sources = {"s": AWARD, "t": bounded(None, None), "u": dated(date(2022, 6, 1))}
    statements = [("i_bruk", date(2020, 5, 1), "t"), ("provd_ut", date(2022, 5, 1), "u")]
    found = bounds(sources, statements, "s")["in_use"]
    assert (found[2021], found[2022]) == ((0, 1), (0, 0))


def test_the_bounds_meet_when_every_document_has_been_read() -> None:
    found = bounds({"s": bounded(None, None)}, [("i_bruk", date(2020, 5, 1), "s")], "s")
    met = {**dict.fromkeys(BOUNDED, (1, 1)), "partly_in_use": (0, 0)}
    assert {figure: found[figure][2026] for figure in BOUNDED} == met


def test_a_solution_that_is_partly_in_use_is_counted_apart_from_one_that_is() -> None:
    sources = {"s": AWARD, "t": bounded(date(2020, 1, 1), date(2021, 6, 1)), "u": dated(date(2023, 6, 1))}
    statements = [("delvis_i_bruk", date(2020, 5, 1), "t"), ("i_bruk", date(2023, 5, 1), "u")]
    found = bounds(sources, statements, "s")
    assert [found["partly_in_use"][year] for year in (2020, 2021, 2022, 2023)] == [(0, 1), (1, 1), (1, 1), (0, 0)]
    assert [found["in_use"][year] for year in (2020, 2021, 2022, 2023)] == [(0, 0), (0, 0), (0, 0), (1, 1)]


# Few days, so that statements are often about the same one.
days = st.sampled_from([date(year, month, 1) for year in range(2017, 2026) for month in (1, 7)])


def in_order(pair: tuple[date | None, date | None]) -> dict[str, Any]:
    """Bounds of an undated document, the first no later than the last."""
    first, last = pair
    if first is not None and last is not None and first > last:
        return bounded(last, first)
    return bounded(first, last)


EXAMPLES = 30
"""Each example computes two marts for eleven years; three documents have few ways to differ."""

published = st.one_of(days.map(dated), st.tuples(st.none() | days, st.none() | days).map(in_order))
statement = st.tuples(
    st.sampled_from(["tildelt", "i_gang", "ikke_vurdert", *OUTCOME_OF_STATUS]), days, st.sampled_from("stu")
)


@settings(max_examples=EXAMPLES)
@given(st.fixed_dictionaries(dict.fromkeys("stu", published)), st.lists(statement, max_size=4), st.sampled_from("stu"))
def test_never_fewer_may_have_been_known_than_certainly_were(sources, statements, named_in) -> None:
    found = tables(sources, statements, named_in)["reconstruction_bounds"]
    assert found.filter(pl.col("possible_count") < pl.col("certain_count")).is_empty()
    last = found.filter(pl.col("edition_year") == 2026)
    assert last["possible_count"].to_list() == last["certain_count"].to_list()


@pytest.mark.slow
@settings(max_examples=EXAMPLES)
@given(st.fixed_dictionaries(dict.fromkeys("stu", published)), st.lists(statement, max_size=4), st.sampled_from("stu"))
def test_no_bound_of_a_year_rests_on_what_became_public_after_it(sources, statements, named_in) -> None:
    year = 2021
    whole = tables(sources, statements, named_in)["reconstruction_bounds"]
    later = {
        key
        for key, row in sources.items()
        if (first := row.get("published_on") or row.get("public_not_before")) and first > date(year, 12, 31)
    }
    if named_in in later:
        assert whole.filter(pl.col("edition_year") <= year)["possible_count"].sum() == 0
        return
    kept = [one for one in statements if one[2] not in later]
    cut = tables(sources, kept, named_in)["reconstruction_bounds"]
    assert cut.filter(pl.col("edition_year") <= year).equals(whole.filter(pl.col("edition_year") <= year))


@pytest.mark.parametrize(
    ("recorded_on", "as_of_on", "is_hindsight"),
    [
        (None, date(2020, 12, 31), False),
        (date(2021, 1, 20), date(2020, 12, 31), False),
        (date(2020, 11, 22), date(2020, 11, 22), False),
        (date(2026, 11, 22), date(2020, 12, 31), True),
    ],
    ids=["not recorded", "the yearly edition", "its own day", "years later"],
)
def test_an_edition_that_holds_rows_recorded_long_after_its_day_is_a_reconstruction(
    recorded_on, as_of_on, is_hindsight
) -> None:
    claims = frame(contract("benefit_claims"), [{"benefit_claim_id": "c", "recorded_on": recorded_on}])
    assert is_reconstruction({"benefit_claims": claims, "edition_years": pl.DataFrame()}, as_of_on) is is_hindsight
