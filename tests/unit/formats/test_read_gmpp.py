"""Projects of the UK's portfolio in the layouts of 2013 to 2026; no column is lost and no rating is converted."""

import csv
import io
from pathlib import Path

import pytest

from gevinst.formats.errors import ExchangeError
from gevinst.formats.gmpp import COLUMNS
from gevinst.formats.model import Draft
from gevinst.formats.read_gmpp import field_of_heading, read_projects
from tests.unit.formats.foreign_files import delimited_file, workbook_file

HEADINGS = list(COLUMNS.values())
ROW = [
    "DEMO_0001_2324-Q1", "Queue programme", "DEMO", "ICT", "Shorter queues.", "Not set", "Amber", "As planned.",
    "2021-04-01", "2027-03-31", "", "10.5", "11.0", "5%", "", "90", "", "120.4", "Time saved for users.",
]  # fmt: skip
SHORT = ["GMPP ID Number", "Project Name", "Department"]
FIRST = ["DFX_0001_1516-Q4", "Harbour Lights", "DFX"]


def drafted(folder: Path, *rows: list[str], separator: str = ",", encoding: str = "utf-8") -> Draft:
    return read_projects(delimited_file(folder, rows, separator, encoding))


def named(draft: Draft) -> dict[str, str]:
    return {one.field: one.reason for one in draft.not_carried if one.place}


def test_a_row_becomes_a_proposal_and_its_pounds_and_ratings_are_named(tmp_path) -> None:
    draft = drafted(tmp_path, HEADINGS, ROW)
    (project,) = draft.tables["projects"]
    assert project["project_id"] == "demo-0001-2324-q1" and "DEMO_0001_2324-Q1" in project["source_locator"]
    assert draft.tables["benefit_claims"][0]["evidence_code"] == "forventet"
    assert draft.tables["benefits"][0]["name_en"] == "Time saved for users."
    assert draft.tables["benefits"][0]["benefit_id"] == draft.tables["benefit_claims"][0]["benefit_id"]
    assert draft.tables["organisations"] == [{"organisation_id": "demo", "name": "DEMO"}]
    reasons = named(draft)
    assert reasons[COLUMNS["benefits"]] == reasons[COLUMNS["whole_life_cost"]] == "pounds_not_kroner"
    assert reasons[COLUMNS["sro_rating"]] == "rating_three_point"
    assert reasons[COLUMNS["ipa_rating"]] == "rating_not_set"
    assert reasons["benefits"] == "divide_benefits"


def test_dates_are_those_of_a_plan_and_day_comes_first_unless_the_file_proves_otherwise(tmp_path) -> None:
    dates = ["Project Name", "Start Date", "End Date"]
    draft = drafted(tmp_path, dates, ["A", "01/04/2021", "Apr-30"], ["B", "2021-04-01 00:00:00", "31/03/2030"])
    assert [str(row["event_on"]) for row in draft.tables["project_events"]] == [
        *("2021-04-01", "2030-04-01"),
        *("2021-04-01", "2030-03-31"),
    ]
    assert all("planned" in row["note_en"] for row in draft.tables["project_events"])
    american = drafted(tmp_path, dates, ["A", "04/01/2021", "03/31/2030"])
    assert [str(row["event_on"]) for row in american.tables["project_events"]] == ["2021-04-01", "2030-03-31"]


def test_a_date_that_a_file_of_both_orders_leaves_open_is_a_fault(tmp_path) -> None:
    dates = ["Project Name", "Start Date", "End Date"]
    draft = drafted(tmp_path, dates, ["A", "04/01/2021", "03/31/2030"], ["B", "13/01/2021", "07/07/2030"])
    assert [str(row["event_on"]) for row in draft.tables["project_events"]] == [
        *("2030-03-31", "2021-01-13", "2030-07-07"),
    ]
    assert [(one.value, one.reason) for one in draft.faults if one.field == "Start Date"] == [
        ("04/01/2021", "bad_date")
    ]


def test_what_is_withheld_is_named_and_is_no_fault(tmp_path) -> None:
    exempt = "Exempt under Section 43 of the Freedom of Information Act 2000 (Commercial Interests)"
    draft = drafted(
        tmp_path, [*SHORT, "End Date", "Whole Life Cost (£m)"], [*FIRST, exempt, "Low: 2,750.00, Mid: 2,820.00"]
    )
    reasons = named(draft)
    assert (reasons["End Date"], reasons["Whole Life Cost (£m)"]) == ("no_date_stated", "no_amount_stated")
    assert draft.faults == []


TRANSPOSED = [
    ["Project name", "First", "Second"],
    ["Department", "DECC", "DECC"],
    ["MPA RAG rating (... a five-point scale, Red – Amber/Red – Amber – Amber/Green – Green)", "Green", "Amber/Red"],
    ["Description / Aims (From GMPP data)", "One.", "Two."],
    ["Departmental commentary on actions planned or taken on the MPA RAG rating", "Done.", "Begun."],
    ["Project - Start Date (Latest approved start date)", "01/04/2010", "01/04/2011"],
    ["2013/2014 Budget (£million)", "10.5", "11"],
    ["2013/2014 Variance (£million)", "1", "2"],
    ["2013/2014 Variance %age", "10%", "20%"],
    ["Total budgeted whole life costs (£million) (including non-government costs)", "100", "200"],
]  # fmt: skip


def test_files_of_2013_to_2020_are_read_by_column_with_keys_of_department_and_name(tmp_path) -> None:
    draft = drafted(tmp_path, ["DECC Government Major Projects Portfolio data", "", ""], *TRANSPOSED)
    assert [row["project_id"] for row in draft.tables["projects"]] == ["decc-first", "decc-second"]
    assert [row["problem_en"] for row in draft.tables["projects"]] == ["One.", "Two."]
    assert {one.place for one in draft.not_carried if one.place} == {"1", "B", "C"}
    assert [one.value for one in draft.not_carried if one.reason == "rating_five_point"] == ["Green", "Amber/Red"]
    assert {one.reason for one in draft.not_carried if "Variance" in one.field} == {
        "variance_of_pounds",
        "pounds_not_kroner",
    }
    assert draft.faults == []


def test_the_same_projects_come_of_rows_and_of_columns(tmp_path) -> None:
    by_column = drafted(tmp_path, *TRANSPOSED).tables["projects"]
    by_row = drafted(tmp_path, *(list(row) for row in zip(*TRANSPOSED, strict=True))).tables["projects"]
    assert [row["project_id"] for row in by_row] == [row["project_id"] for row in by_column]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("GMPP ID Number", "gmpp_id"),
        ("GMPP ID", "gmpp_id"),
        ("Major Projects ID", "gmpp_id"),
        ("ID Numbers", "gmpp_id"),
        ("Project name ", "name"),
        ("Project", "name"),
        ("Annual Report Category", "category"),
        ("Detailed Description / Aims", "description"),
        ("Project Description", "description"),
        ("MPA RAG", "rating"),
        ("MPA RAG rating (A Delivery Confidence Assessment of the project, definitions in the MPA Annual", "rating"),
        ("IPA RAG rating", "rating"),
        ("NISTA Delivery Confidence Assessment", "rating"),
        ("SRO Delivery\nConfidence Assessment", "sro_rating"),
        ("Departmental commentary on actions planned or taken on the IPA RAG rating.", "rating_commentary"),
        ("Departmental narrative / actions on Delivery Confidence Assessment", "rating_commentary"),
        ("Departmental Commentary on Delivery Confidence Assessment Rating", "rating_commentary"),
        ("Project - Start Date (Latest Approved Start Date)", "start_on"),
        ("End Date", "end_on"),
        ("Departmental narrative on schedule, including any deviation from planned schedule", "schedule_narrative"),
        ("2012/13 Budget (£million)", "year_baseline"),
        ("2016/17 TOTAL Baseline £m", "year_baseline"),
        ("2018/19 TOTAL Baseline £m\n(including Non-Government costs)", "year_baseline"),
        ("FY Budget (£m) inc Non Gov", "year_baseline"),
        ("Financial Year Baseline (£m, Presented in 2024/25 Real Prices)", "year_baseline"),
        ("2017/18 TOTAL Forecast £m", "year_forecast"),
        ("Financial Year Forecast (â£m)", "year_forecast"),
        ("2014/2015 Variance %age", "year_variance"),
        ("2014/2015 Variance (£million)", "year_variance_pounds"),
        ("Variance Budget / Forecast %age", "year_variance"),
        ("Departmental narrative on budget/forecast variance for 2015/16 (where more than 5%)", "variance_narrative"),
        ("In Year Variance Narrative", "variance_narrative"),
        ("Whole Life Cost TOTAL Baseline £m (including Non-Government costs)", "whole_life_cost"),
        ("Total budgeted whole life costs (£million)", "whole_life_cost"),
        ("Costs Narrative", "cost_narrative"),
        ("TOTAL Baseline Benefits (£m)", "benefits"),
        ("Benefits (£m, Presented in 2024/25 Real Prices)", "benefits"),
        ("Departmental Narrative on Budgeted Benefits", "benefits_narrative"),
        ("Does the project have an evaluation plan? (self reported)", "evaluation_plan"),
        ("Senior Responsible Owner (SRO) Name", "sro_name"),
        ("Cells to be exempted", None),
        ("MPA RAG grouped", None),
        ("The forecast of benefits was raised in the schedule. " * 5, None),
    ],
)
def test_headings_of_every_year_mean_one_column(heading, field) -> None:
    assert field_of_heading(heading) == field


def test_each_of_the_nineteen_published_headings_means_a_column_of_its_own() -> None:
    assert len({field_of_heading(heading) for heading in HEADINGS} - {None}) == 19


@pytest.mark.parametrize(
    ("heading", "values", "reasons"),
    [
        ("IPA Delivery Confidence Assessment", ["Amber/Red"], ["rating_five_point"]),
        ("IPA Delivery Confidence Assessment", ["Red", "Amber-Green"], ["rating_five_point"] * 2),
        ("IPA Delivery Confidence Assessment", ["Amber"], ["rating_scale_unknown"]),
        ("SRO Delivery Confidence Assessment (using a three-point scale)", ["Amber"], ["rating_three_point"]),
        ("IPA DCA (three-point scale, Red – Amber/Red – Amber – Green)", ["Amber"], ["rating_scale_unknown"]),
    ],
)
def test_the_scale_of_a_rating_is_that_of_its_values_then_of_its_heading(tmp_path, heading, values, reasons) -> None:
    rows = [[f"DFX_000{n}_1516-Q4", f"P{n}", "DFX", value] for n, value in enumerate(values)]
    draft = drafted(tmp_path, [*SHORT, heading], *rows)
    found = [one for one in draft.not_carried if one.reason.startswith("rating_")]
    assert [one.reason for one in found] == reasons
    assert all(("five-point" in one.text("en")) == (one.reason == "rating_five_point") for one in found)


def test_an_id_that_appears_twice_is_a_fault_and_its_row_is_named(tmp_path) -> None:
    draft = drafted(tmp_path, SHORT, FIRST, [FIRST[0], "Another", "DFX"])
    assert [row["name_en"] for row in draft.tables["projects"]] == ["Harbour Lights"]
    assert [(one.place, one.reason) for one in draft.faults] == [("3", "id_again")]
    assert [one.value for one in draft.not_carried if one.reason == "set_aside"] == ["Another", "DFX"]


def test_an_id_of_another_pattern_is_kept_and_said(tmp_path) -> None:
    draft = drafted(tmp_path, SHORT, ["7", *FIRST[1:]])
    assert [one.values["value"] for one in draft.not_carried if one.reason == "odd_gmpp_id"] == ["7"]
    assert draft.tables["projects"][0]["source_locator"] == "2, GMPP ID 7"


def test_a_project_without_a_name_is_set_aside_and_the_others_are_proposed(tmp_path) -> None:
    draft = drafted(tmp_path, SHORT, ["DFX_0001_1516-Q4", "", "DFX"], FIRST, ["Source: DFX"])
    assert len(draft.tables["projects"]) == 1
    assert [(one.place, one.reason) for one in draft.faults] == [("2", "field_missing"), *[("4", "field_missing")] * 2]


def test_a_heading_that_appears_twice_is_a_fault_with_its_value(tmp_path) -> None:
    draft = drafted(tmp_path, [*SHORT, "Start Date", "Forecast Start Date"], [*FIRST, "2021-04-01", "2022-04-01"])
    assert [(one.field, one.value, one.reason) for one in draft.faults] == [
        ("Forecast Start Date", "2022-04-01", "appears_again")
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encoding_and_separator_are_recognised_below_a_preamble(tmp_path, separator, encoding) -> None:
    preamble = [["Department for X – data, 2024; all | of it"], ["", ""], ["as of;31 March"], [], ["x"]]
    draft = drafted(
        tmp_path, *preamble, SHORT, [FIRST[0], "Kø – ordning", "DFX"], separator=separator, encoding=encoding
    )
    assert draft.tables["projects"][0]["name_en"] == "Kø – ordning"
    assert draft.faults == [] and "around_table" in {one.reason for one in draft.not_carried}


def test_a_file_taken_for_another_encoding_on_the_way_is_put_right(tmp_path) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([[*SHORT, "Costs Narrative"], [FIRST[0], "Kø – ordning", "DFX", "”SÃO” £5m"]])
    path = tmp_path / "gmpp.csv"
    twice = b"".join(
        bytes([byte]).decode("cp1252", "ignore").encode() or chr(byte).encode() for byte in text.getvalue().encode()
    )
    path.write_bytes(twice)
    draft = read_projects(path)
    assert draft.tables["projects"][0]["name_en"] == "Kø – ordning"
    assert [one.value for one in draft.not_carried if one.field == "Costs Narrative"] == ["”SÃO” £5m"]


def test_a_workbook_is_read_with_what_its_sheets_hide(tmp_path) -> None:
    readme = [["Government Major Projects Portfolio"], ["This workbook holds ..."]]
    data = [
        ["Portfolio 2026"],
        [],
        [*SHORT, "Start Date", "Benefits (£m)"],
        [*FIRST, "2021-04-01", 400],
        ["B", "Two", "", "=1/0"],
    ]
    draft = read_projects(workbook_file(tmp_path, {"Data": data, "README": readme}, merged=["C4:C5"]))
    assert [row["organisation_name"] for row in draft.tables["participations"]] == ["Slått sammen"] * 2
    assert {"sheet_not_read", "merged_cells", "odd_gmpp_id"} <= {one.reason for one in draft.not_carried}


@pytest.mark.parametrize("content", ["a,b\n1,2\n", '{"grants": []}', "Project Name\nA\n", "%PDF-1.7 \x00\xff"])
def test_a_file_of_another_kind_is_refused_in_one_sentence(tmp_path, content) -> None:
    path = tmp_path / "annen.csv"
    path.write_text(content)
    with pytest.raises(ExchangeError, match="not in the GMPP layout") as refused:
        read_projects(path)
    assert "følger ikke GMPP" in refused.value.message("nb")
