from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from gevinst.contracts import CORE, CORRECTIONS, contract
from gevinst.edition import assemble as assembling
from gevinst.layout import PARQUET_FOLDER, EditionInfo
from gevinst.method.catalogue import compute_marts
from gevinst.method.frames import Rules
from gevinst.method.withdrawn import withdrawn_rows
from gevinst.settings import load_settings
from tests.data.manifests import describe_edition
from tests.data.variants import quick_first
from tests.data.workspaces import workspace

CLAIMS = [{"benefit_claim_id": key, "project_id": "p", "source_id": "s2019", "source_locator": "l"} for key in "ab"]


def reported(before, now) -> list[tuple[object, ...]]:
    rows = withdrawn_rows(before, now, 2026, is_illustrative=False)
    return rows.select("change_id", "from_code", "project_id", "source_id").rows()


def test_a_row_that_is_gone_is_reported_with_its_table_project_and_source(build) -> None:
    before, now = build(benefit_claims=CLAIMS), build(benefit_claims=CLAIMS[:1])
    rows = withdrawn_rows(before, now, 2026, is_illustrative=False)
    (row,) = rows.rows(named=True)
    assert (row["change_kind_code"], row["from_code"], row["project_id"]) == ("withdrawn", "benefit_claims", "p")
    assert (row["edition_year"], row["source_id"], row["source_locator"], row["item_count"]) == (2026, "s2019", "l", 1)
    assert (row["reason_nb"], row["reason_en"]) == (None, None)
    assert rows.columns == list(contract("edition_changes").column_names)


def test_rows_that_are_new_or_have_other_values_are_not_withdrawn(build) -> None:
    before = build(benefit_claims=CLAIMS[:1])
    now = build(benefit_claims=[{**CLAIMS[0], "source_locator": "elsewhere"}, CLAIMS[1]])
    assert reported(before, now) == []


def test_a_project_that_is_gone_leads_nowhere(build) -> None:
    before, now = build(benefit_claims=CLAIMS[:1]), build(projects=[])
    assert reported(before, now) == [
        ("withdrawn-benefit_beneficiaries-p-x-x-x", "benefit_beneficiaries", None, "s2019"),
        ("withdrawn-benefit_claims-a", "benefit_claims", None, "s2019"),
        ("withdrawn-benefits-p-x-x", "benefits", None, "s2019"),
        ("withdrawn-projects-p", "projects", None, "s2019"),
    ]


def test_a_table_that_either_edition_lacks_and_reference_tables_say_nothing(build) -> None:
    before, now = build(benefit_claims=CLAIMS), build()
    assert reported({}, now) == []
    assert reported({"benefit_claims": before["benefit_claims"].drop("benefit_claim_id")}, now) == []
    fewer_codes = {**now, "codelists": now["codelists"].head(1)}
    assert reported(build(), fewer_codes) == []


@pytest.mark.parametrize(
    ("was_illustrative", "withdrawn"), quick_first([(False, ["withdrawn-benefit_claims-b"]), (True, [])])
)
def test_an_edition_is_compared_with_the_last_one_of_an_earlier_year_and_of_like_data(
    build, tmp_path, was_illustrative, withdrawn
) -> None:
    settings = load_settings(
        {"GEVINST_WORKSPACE": str(workspace(tmp_path)), "GEVINST_MARTS_DIR": str(tmp_path / "marts")}
    )
    folder = settings.editions_dir / "2025-1"
    (folder / PARQUET_FOLDER).mkdir(parents=True)
    published = build(benefit_claims=CLAIMS)
    published |= compute_marts(published, Rules(2018, 2025), is_illustrative=was_illustrative)
    for table in (*CORE, contract("project_status"), contract("benefit_trail"), CORRECTIONS):
        published[table.name].write_parquet(folder / PARQUET_FOLDER / f"{table.name}.parquet")
    info = EditionInfo(
        edition_id="2026-1",
        edition_year=2026,
        as_of_on=date(2026, 11, 22),
        previous_edition_id="2025-1",
        state="current",
        is_illustrative=False,
        commit="0123456789ab",
        input_hash="ba9876543210",
    )
    describe_edition(folder, is_illustrative=was_illustrative)
    core = build(benefit_claims=CLAIMS[:1])
    kinds = core["codelists"].head(1).with_columns(codelist=pl.lit("change_kind"), code=pl.lit("withdrawn"))
    core["codelists"] = pl.concat([core["codelists"], kinds])
    view = {**core, **compute_marts(core, Rules(2018, 2026), is_illustrative=False)}
    changed = assembling.with_news(view, info, settings)
    assert changed["edition_changes"]["change_id"].to_list() == withdrawn
    counted = changed["change_counts"].filter(change_kind_code="withdrawn")
    assert counted.select("item_count", "year_count").rows() == [(len(withdrawn), len(withdrawn))]
