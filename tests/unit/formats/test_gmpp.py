"""Benefits in the GMPP layout: the published columns, its older forms, and that nothing becomes what it is not."""

import csv

import pytest

from gevinst.contracts import CORE
from gevinst.formats.errors import ExchangeError
from gevinst.formats.exchange import read
from gevinst.formats.gmpp import COLUMNS, from_cells, to_rows

HEADINGS = list(COLUMNS.values())
ROW = dict(
    zip(
        COLUMNS,
        [
            "DEMO_0001_2324-Q1", "Queue programme", "DEMO", "ICT", "Shorter queues.", "Not set", "Amber", "As planned.",
            "2021-04-01", "2027-03-31", "", "10.5", "11.0", "5%", "", "90", "", "120.4", "Time saved for users.",
        ],
        strict=True,
    )
)  # fmt: skip


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


def test_the_benefits_reported_are_those_of_the_mart(tables) -> None:
    frame, _ = to_rows(tables, 2026, "en")
    gains = tables["benefit_evidence"].filter(edition_year=2026, is_gain=True)
    narratives = frame[COLUMNS["benefits_narrative"]].to_list()
    for code, words in {"forventet": "expected", "oppgitt": "reported", "malt_oppgitt": "measured"}.items():
        projects = gains.filter(best_evidence_code=code)["project_id"].n_unique()
        assert len([text for text in narratives if f" 0 {words}" not in text]) == projects > 0, code


def test_a_row_becomes_a_proposal_and_its_pounds_and_ratings_are_named() -> None:
    draft = from_cells([HEADINGS, list(ROW.values())])
    assert draft.tables["projects"][0]["project_id"] == "demo-0001-2324-q1"
    assert draft.tables["benefit_claims"][0]["evidence_code"] == "forventet"
    assert draft.tables["benefits"][0]["name_en"] == "Time saved for users."
    assert draft.tables["benefits"][0]["benefit_id"] == draft.tables["benefit_claims"][0]["benefit_id"]
    named = {(one.field, one.reason) for one in draft.not_carried}
    assert (COLUMNS["benefits"], "pounds_not_kroner") in named
    assert (COLUMNS["sro_rating"], "rating_not_a_step") in named
    assert ("benefits", "divide_benefits") in named
    assert (COLUMNS["ipa_rating"], "rating_not_a_step") not in named  # "Not set" is no rating


def test_the_transposed_file_of_2019_is_read_and_its_scale_is_kept_apart() -> None:
    five = "IPA Delivery Confidence Assessment (... using a five-point scale, ...)"
    cells = [
        ["GMPP ID Number", "DEMO_0009_1516-Q4", "DEMO_0011_1718-Q3"],
        ["Project Name", "First", "Second"],
        ["Department", "DEMO", "DEMO"],
        [five, "Amber/Green", "Amber"],
    ]
    draft = from_cells(cells)
    assert [row["name_en"] for row in draft.tables["projects"]] == ["First", "Second"]
    ratings = [one for one in draft.not_carried if one.reason == "rating_not_a_step"]
    assert [(one.values["value"], one.values["scale"]) for one in ratings] == [
        ("Amber/Green", "five-point"),
        ("Amber", "five-point"),
    ]


def test_an_id_of_another_pattern_is_kept_and_said() -> None:
    draft = from_cells([HEADINGS, [*["7"], *list(ROW.values())[1:]]])
    assert [one.values["value"] for one in draft.not_carried if one.reason == "odd_gmpp_id"] == ["7"]


def test_a_file_taken_for_another_encoding_on_the_way_is_put_right(tmp_path) -> None:
    path = tmp_path / "gmpp.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADINGS, [*list(ROW.values())[:1], "Kø – ordning", *list(ROW.values())[2:]]])
    path.write_bytes(path.read_bytes().decode("utf-8").encode("utf-8").decode("cp1252", "ignore").encode("utf-8"))
    draft = read(path, "gmpp", None)  # pyright: ignore[reportArgumentType]
    assert draft.tables["projects"][0]["name_en"] == "Kø – ordning"


@pytest.mark.parametrize(("content", "reason"), [("a,b\n1,2\n", "not in the GMPP layout"), ("", "is empty")])
def test_a_file_of_another_kind_is_refused_by_name(tmp_path, content, reason) -> None:
    path = tmp_path / "annen.csv"
    path.write_text(content)
    with pytest.raises(ExchangeError, match=f"annen.csv.*{reason}"):
        read(path, "gmpp", None)  # pyright: ignore[reportArgumentType]


def test_every_table_that_the_export_reads_is_one_of_the_contracts() -> None:
    from gevinst.formats.exchange import TABLES

    known = {contract.name for contract in CORE}
    assert set(TABLES) - known == {"edition_years", "project_status", "benefit_evidence"}
