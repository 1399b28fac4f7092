"""Mappings proposed for registers that nobody has seen before."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from gevinst.cli import main


@pytest.mark.parametrize(
    ("headings", "rows", "proposed"),
    [
        (
            ["Grant", "Organization", "Main Topic", "Date of Award", "Amount"],
            [
                ["Core support", "Fund A", "Health", "11/2023", "$500,000"],
                ["A study", "B", "Land", "05/2020", "$9,000"],
            ],
            [
                '"Grant" = "projects.name"',
                '"Main Topic" = "projects.sector_code"',
                '"Organization" = "owner.name"',
                '"Amount" = "project_grants.grant_amount"',
            ],
        ),
        (
            ["amount", "club", "year"],
            [["23986", "Rowing Club", "2019"], ["2840", "Tennis Club", "2020"]],
            ['"club" = ["owner.name", "projects.name"', "so the name of the organisation stands in"],
        ),
        (
            ["tilskuddsmottakerNavn", "tilskuddsbelop", "kommune", "fylke", "ar"],
            [
                ["Bergen Roklubb", "125488,00", "BERGEN", "Vestland", "2021"],
                ["Os Lag", "9000", "OS", "Vestland", "2022"],
            ],
            [
                '"tilskuddsmottakerNavn" = ["owner.name"',
                '"tilskuddsbelop" = "project_grants.grant_amount"',
                '"ar" = "rounds.cohort_year"',
                '"kommune" = "The column',
            ],
        ),
        (
            ["Title", "Researchers", "Research Organization - standardized", "grant.6418698", "Start Date"],
            [["Roles of a protein", "A. Name", "An Institute", "x", "2006-07-31"]] * 2,
            [
                '"Research Organization - standardized" = "owner.name"',
                '"Researchers" = "Names of persons',
                '"grant.6418698" = "The heading was not recognised."',
            ],
        ),
        (
            ["what", "whom", "year"],
            [["A new bridge", "Parish X", "2019"], ["A library", "Parish Y", "2020"]],
            ['# "what" = ...', '# "whom" = ...', "such as “A new bridge”"],
        ),
    ],
)
def test_a_mapping_is_proposed_for_headings_that_say_little_and_what_is_unsure_is_left_to_a_person(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, headings: list[str], rows: list[list[str]], proposed: list[str]
) -> None:
    assert main(["init", str(tmp_path / "fund"), "--name", "The Fund", "--language", "en"]) == 0
    monkeypatch.setenv("GEVINST_WORKSPACE", str(tmp_path / "fund"))
    path = tmp_path / "register.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headings, *rows])
    assert main(["map", str(path), "--out", str(tmp_path / "mapping.toml")]) == 0
    text = (tmp_path / "mapping.toml").read_text(encoding="utf-8")
    assert [line for line in proposed if line not in text] == []
