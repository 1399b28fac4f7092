"""What holds of the marts of benefits for any claims: no looking back, no order of rows, nothing counted twice."""

from __future__ import annotations

from datetime import date

import narwhals as nw
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gevinst.contracts.vocabulary import EVIDENCE
from gevinst.method.as_of import as_seen
from gevinst.method.frames import lazy
from tests.data.gains import CATEGORIES, GAIN_MARTS, SOURCES, claim, measurement
from tests.unit.method.conftest import computed

CLAIMS = st.lists(
    st.tuples(
        st.sampled_from(EVIDENCE),
        st.sampled_from([row["source_id"] for row in SOURCES]),
        st.sampled_from(["user_experience", "new_knowledge_insight", "general_potential"]),
        st.sampled_from(["innbygger", "ansatte"]),
        st.booleans(),
    ),
    min_size=1,
    max_size=6,
)
PROPERTY = settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)


def drawn(build, claims) -> dict[str, pl.DataFrame]:
    stated = [
        claim(f"c{n}", evidence, source, benefit_code=benefit, beneficiary_code=beneficiary)
        for n, (evidence, source, benefit, beneficiary, _) in enumerate(claims)
    ]
    measured = [measurement(f"c{n}", row[1]) for n, row in enumerate(claims) if row[4]]
    return build(sources=SOURCES, benefit_categories=CATEGORIES, benefit_claims=stated, benefit_measurements=measured)


def gains(core: dict[str, pl.DataFrame], last: int = 2026) -> dict[str, pl.DataFrame]:
    return computed(core, ("edition_years", *GAIN_MARTS), last)


@PROPERTY
@given(claims=CLAIMS)
def test_what_becomes_known_later_never_changes_an_older_edition(build, claims) -> None:
    core = drawn(build, claims)
    late = [row["source_id"] for row in SOURCES if row.get("published_on", date.max) > date(2022, 12, 31)]
    early = {
        name: frame.filter(~pl.col("source_id").is_in(late)) if name.startswith("benefit_") else frame
        for name, frame in core.items()
    }
    early["benefit_categories"] = core["benefit_categories"]
    whole = gains(core)
    for name, frame in gains(early).items():
        assert up_to(2022, frame).equals(up_to(2022, whole[name])), name


def up_to(year: int, mart: pl.DataFrame) -> pl.DataFrame:
    """A mart as the edition of `year` has it."""
    if "edition_year" in mart.columns:
        return mart.filter(pl.col("edition_year") <= year)
    return as_seen(lazy(mart), nw.lit(date(year, 12, 31))).collect("polars").to_native()


@pytest.mark.slow
@PROPERTY
@given(claims=CLAIMS)
def test_adding_an_edition_and_shuffling_rows_change_nothing_that_stood(build, claims) -> None:
    core = drawn(build, claims)
    whole = gains(core)
    shuffled = {name: frame.sample(fraction=1, shuffle=True, seed=1) for name, frame in core.items()}
    for name, frame in gains(shuffled, last=2024).items():
        assert frame.equals(up_to(2024, whole[name])), name


@pytest.mark.slow
@PROPERTY
@given(claims=CLAIMS)
def test_every_known_claim_is_counted_once_in_every_edition(build, claims) -> None:
    marts = gains(drawn(build, claims))
    counts = [
        "expected_count",
        "reported_count",
        "measured_by_participant_count",
        "documented_count",
        "superseded_count",
    ]
    counted = marts["benefit_evidence"].group_by("edition_year").agg(n=pl.sum_horizontal(pl.col(counts).sum()))
    known = marts["benefit_trail"].group_by("edition_year").agg(n=pl.len().cast(pl.Int64))
    assert counted.sort("edition_year").equals(known.sort("edition_year"))
    in_force = marts["benefit_trail"].filter(~pl.col("is_superseded"))
    group = ["edition_year", "benefit_id"]
    assert in_force.group_by(group).agg(pl.col("evidence_code").n_unique())["evidence_code"].to_list().count(1) == (
        in_force.select(group).unique().height
    ), "claims in force about one benefit are equally well evidenced"


@pytest.mark.slow
@PROPERTY
@given(claims=CLAIMS)
def test_an_edition_sees_of_a_benefit_what_a_count_of_all_that_is_known_on_its_day_gives(build, claims) -> None:
    core = drawn(build, claims)
    marts = gains(core)
    days = dict(core["sources"].select("source_id", pl.coalesce("published_on", "accessed_on")).rows())
    about = dict(core["benefit_plans"].select("benefit_plan_id", "benefit_id").rows())
    expected = set()
    for year, as_of_on in marts["edition_years"].select("edition_year", "as_of_on").rows():
        for benefit, source in core["benefits"].select("benefit_id", "source_id").rows():
            said = [
                EVIDENCE.index(code)
                for of, code, told in core["benefit_claims"].select("benefit_id", "evidence_code", "source_id").rows()
                if of == benefit and days[told] <= as_of_on
            ]
            plans = {
                plan
                for plan, told in core["benefit_measurements"].select("benefit_plan_id", "source_id").rows()
                if about[plan] == benefit and days[told] <= as_of_on
            }
            if days[source] <= as_of_on:
                expected.add((year, benefit, len(said), EVIDENCE[max(said)] if said else None, len(plans)))
    columns = ("edition_year", "benefit_id", "claim_count", "best_evidence_code", "measured_plan_count")
    assert set(marts["benefit_overview"].select(columns).rows()) == expected
