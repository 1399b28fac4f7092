"""The registry's benefits in the GMPP layout: the published columns, and that nothing becomes what it is not."""

import pytest

from gevinst.contracts import CORE
from gevinst.formats.gmpp import COLUMNS, to_rows
from tests.data.waiting import without_english


def test_tc_gmpp_7_the_header_has_the_nineteen_published_columns_in_order(tables) -> None:
    frame, _ = to_rows(tables, 2026, "en")
    begins = [
        "GMPP ID Number", "Project Name", "Department", "Annual Report Category", "Description / Aims",
        "IPA Delivery Confidence Assessment", "SRO Delivery Confidence Assessment", "Departmental commentary",
        "Project - Start Date", "Project - End Date", "Departmental narrative on schedule",
        "Financial Year Baseline (£m)", "Financial Year Forecast (£m)", "Financial Year Variance (%)",
        "Departmental narrative on budget/forecast variance", "TOTAL Baseline Whole Life Costs (£m)",
        "Departmental Narrative on Budgeted Whole Life Costs", "TOTAL Baseline Benefits (£m)",
        "Departmental Narrative on Budgeted Benefits",
    ]  # fmt: skip
    assert len(frame.columns) == 19
    assert [heading.startswith(begin) for heading, begin in zip(frame.columns, begins, strict=True)] == [True] * 19


@pytest.mark.parametrize("language", ["nb", "en"])
def test_every_project_is_exported_without_money_and_without_a_rating(tables, language) -> None:
    frame, left = to_rows(tables, 2026, language)
    assert frame.height == tables["projects"].height
    assert set(frame[COLUMNS["ipa_rating"]]) == set(frame[COLUMNS["sro_rating"]]) == {"Not set"}
    assert frame[COLUMNS["benefits"]].null_count() == frame[COLUMNS["whole_life_cost"]].null_count() == frame.height
    assert {one.field for one in left if one.reason == "kroner_not_pounds"} >= {COLUMNS["benefits"]}
    assert all(one.text(language) for one in left)


def test_a_name_without_english_is_exported_in_norwegian_and_says_so(tables) -> None:
    frame, _ = to_rows(without_english(tables), 2026, "en")
    names = {f"{name} (in Norwegian)" for name in tables["projects"]["name_nb"]}
    assert set(frame[COLUMNS["name"]]) == names


def test_the_benefits_reported_are_those_of_the_mart(tables) -> None:
    frame, _ = to_rows(tables, 2026, "en")
    gains = tables["benefit_evidence"].filter(edition_year=2026, is_gain=True)
    narratives = frame[COLUMNS["benefits_narrative"]].to_list()
    for code, words in {"forventet": "expected", "oppgitt": "reported", "malt_oppgitt": "measured"}.items():
        projects = gains.filter(best_evidence_code=code)["project_id"].n_unique()
        assert len([text for text in narratives if f" 0 {words}" not in text]) == projects > 0, code


def test_every_table_that_the_export_reads_is_one_of_the_contracts() -> None:
    from gevinst.formats.exchange import TABLES

    known = {contract.name for contract in CORE}
    assert set(TABLES) - known == {"edition_years", "project_status", "benefit_evidence", "planned_realised"}
