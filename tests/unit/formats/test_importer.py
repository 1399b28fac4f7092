"""No field of a file of others is lost: sentinels in every field turn up in what is carried or in what is named."""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from gevinst.contracts import contract
from gevinst.formats import read_gmpp, read_threesixty
from gevinst.formats.gmpp import COLUMNS
from gevinst.formats.headings import Leaf
from gevinst.formats.importer import Carried, Fields, Import, Named, Record, keys_of
from gevinst.formats.model import Draft, write_draft
from gevinst.formats.values import shown
from tests.unit.formats.foreign_files import delimited_file, json_file, workbook_file

NUMBERS = pl.DataFrame({"organisation_number": ["974760673"], "organisation_id": ["kjent-virksomhet"]})
TYPED = {
    "amountAwarded": "731246",
    "awardDate": "2031-04-17",
    "plannedDates/0/startDate": "2031-05-18",
    "plannedDates/0/endDate": "2032-06-19",
    "actualDates/0/startDate": "2031-07-20",
    "actualDates/0/endDate": "2032-08-21",
    "currency": "NOK",
}
UNKNOWN = {
    "beneficiaryLocation/0/name": "sentinel-b",
    "toGoLevel": "sentinel-c",
    "recipientOrganization/0/url": "sentinel-d",
}
PERSONAL = {
    name.replace("*", "0") for name, fate in read_threesixty.FIELDS.items() if getattr(fate, "is_personal", False)
}


def sentinels() -> dict[str, str]:
    """A value of its own for every field that the layout knows, and for some that it does not."""
    known = {name.replace("*", "0"): f"sentinel-{n}-x" for n, name in enumerate(read_threesixty.FIELDS)}
    return known | TYPED | UNKNOWN


def nested(values: Mapping[str, str]) -> dict[str, Any]:
    """A grant with these values; every list in it has one object."""
    grant: dict[str, Any] = {}
    for path, value in values.items():
        parts = path.split("/")
        at = grant
        for n, part in enumerate(parts[:-1]):
            if part != "0":
                inside = at.setdefault(part, [{}] if parts[n + 1] == "0" else {})
                at = inside[0] if isinstance(inside, list) else inside
        at[parts[-1]] = value
    return grant


def fates(draft: Draft, value: str) -> tuple[bool, int]:
    """Whether a value is in a proposed row, and how often it is named."""
    cells = [shown(cell) for rows in draft.tables.values() for row in rows for cell in row.values()]
    is_carried = any(value == cell or (value.startswith("sentinel") and value in cell) for cell in cells)
    return is_carried, len([one for one in draft.not_carried if one.value == value])


def lost_or_doubled(draft: Draft, values: Mapping[str, str]) -> dict[str, tuple[bool, int]]:
    found = {name: fates(draft, value) for name, value in values.items()}
    return {name: fate for name, fate in found.items() if fate not in ((True, 0), (False, 1))}


def read_as(kind: str, folder: Path, values: Mapping[str, str]) -> Draft:
    if kind == "json":
        return read_threesixty.read_grants(json_file(folder, [nested(values)]), NUMBERS)
    rows = [list(values), list(values.values())]
    file = workbook_file(folder, {"grants": rows}) if kind == "workbook" else delimited_file(folder, rows)
    return read_threesixty.read_grants(file, NUMBERS)


@pytest.mark.parametrize("kind", ["json", "delimited", "workbook"])
def test_each_field_of_a_grant_is_carried_or_named_and_never_both(tmp_path, kind) -> None:
    values = sentinels()
    draft = read_as(kind, tmp_path, values)
    checked = {name: value for name, value in values.items() if name != "currency" and name not in PERSONAL}
    assert lost_or_doubled(draft, checked) == {}
    assert draft.tables["project_grants"] == [{"project_id": "2031-sentinel-0-x", "grant_amount": 731246}]


@pytest.mark.parametrize("kind", ["json", "delimited", "workbook"])
def test_each_field_of_a_person_is_named_and_its_value_is_nowhere(tmp_path, kind) -> None:
    values = sentinels()
    draft = read_as(kind, tmp_path, values)
    assert {one.field for one in draft.not_carried if one.reason == "person"} == PERSONAL
    assert {name: fates(draft, values[name]) for name in PERSONAL} == dict.fromkeys(PERSONAL, (False, 0))


@pytest.mark.parametrize("missing", ["title", "id"])
def test_each_field_of_a_grant_that_is_set_aside_is_named(tmp_path, missing) -> None:
    values = {name: value for name, value in sentinels().items() if name != missing}
    draft = read_as("json", tmp_path, values)
    checked = {name: value for name, value in values.items() if name not in PERSONAL}
    assert {name for name, value in checked.items() if fates(draft, value) != (False, 1)} == set()


@pytest.mark.parametrize(
    "change",
    [
        {"currency": "GBP"},
        {"amountAwarded": "sentinel-amount"},
        {"awardDate": "sentinel-date"},
        {"plannedDates/0/startDate": "sentinel-start", "actualDates/0/startDate": "sentinel-actual"},
        {"recipientOrganization/0/id": "NO-BRC-974760673"},
        {"recipientOrganization/0/id": "NO-BRC-974760674"},
        {"fundingOrganization/0/id": "NO-BRC-991825827"},
        {"grantProgramme/0/code/deeper": "sentinel-deeper"},
        {"recipientOrganization/1/name": "sentinel-second"},
    ],
)
def test_no_field_is_lost_when_some_value_is_wrong(tmp_path, change) -> None:
    values = sentinels() | change
    if "grantProgramme/0/code/deeper" in change:
        del values["grantProgramme/0/code"]
    kind = "delimited" if "recipientOrganization/1/name" in change else "json"
    draft = read_as(kind, tmp_path, values)
    known = "NO-BRC-974760673"  # carried as the id that the registry has for it
    checked = {name: value for name, value in values.items() if name not in PERSONAL and value not in ("NOK", known)}
    assert lost_or_doubled(draft, checked) == {}


LAYOUTS = {
    "2013": [
        "Project name", "Department", "MPA RAG rating", "Description / Aims (From GMPP data)",
        "Departmental commentary on actions planned or taken on the MPA RAG rating",
        "Project - Start Date (Latest approved start date)", "Project - End Date (Latest approved end date)",
        "Departmental narrative on schedule, including any deviation from planned schedule",
        "2012/13 Budget (£million)", "2012/13 Forecast (£million)", "2012/13 Variance (£million)",
        "2012/13 Variance %age",
        "Departmental narrative on budget/forecast variance for 2012/13",
        "Total budgeted whole life costs (£million) (including non-government costs)",
        "Departmental narrative on budgeted whole life costs", "Cells to be exempted",
    ],
    "2017": [
        "ID Numbers", "Project Name", "Department", "IPA RAG rating", "Description / Aims",
        "Project - Start Date", "Project - End Date", "2016/17 TOTAL Baseline £m", "2016/17 TOTAL Forecast £m",
        "2016/2017 Variance %age", "Whole Life Cost TOTAL Baseline £m (including Non-Government costs)",
    ],
    "2024": [*COLUMNS.values(), "Unnamed: 14"],
    "2026": [
        "Project Name", "Department", "Annual Report Category", "Project Description",
        "IPA Delivery Confidence Assessment", "SRO Delivery Confidence Assessment",
        "Departmental Commentary on Delivery Confidence Assessment Rating", "Start Date", "End Date",
        "Schedule Narrative",
        "Financial Year Baseline (£m, Presented in 2024/25 Real Prices)", "Financial Year Forecast (£m)",
        "Financial Year Variance (%)", "In Year Variance Narrative", "Whole Life Cost (£m)", "Costs Narrative",
        "Benefits (£m)", "Benefits Narrative", "Senior Responsible Owner (SRO) Name", "GMPP ID",
        "Does the project have an evaluation plan? (self reported)", "Evaluation Plan and Registry Link",
    ],
}  # fmt: skip
DATES = {"start_on": "2021-04-17", "end_on": "2030-05-18"}


@pytest.mark.parametrize("is_by_column", [False, True])
@pytest.mark.parametrize("year", LAYOUTS)
def test_each_column_of_the_portfolio_is_carried_or_named_in_every_years_layout(tmp_path, year, is_by_column) -> None:
    fields = {heading: read_gmpp.field_of_heading(heading) or "" for heading in LAYOUTS[year]}
    values = {heading: DATES.get(field, f"sentinel-{n}-x") for n, (heading, field) in enumerate(fields.items())}
    rows = [list(values), list(values.values())]
    if is_by_column:
        rows = [list(row) for row in zip(*rows, strict=True)]
    draft = read_gmpp.read_projects(delimited_file(tmp_path, rows))
    persons = {heading for heading, field in fields.items() if field == "sro_name"}
    checked = {heading: value for heading, value in values.items() if heading not in persons}
    assert lost_or_doubled(draft, checked) == {}
    assert {one.field for one in draft.not_carried if one.reason == "person"} == persons
    assert len(draft.tables["project_events"]) == 2


def test_everything_that_is_carried_goes_to_a_column_that_its_table_has() -> None:
    targets = {
        fate.to
        for fields in (read_threesixty.FIELDS, read_gmpp.FIELDS)
        for fate in fields.values()
        if isinstance(fate, Carried)
    }
    columns = {
        f"{name}.{column.name}" for name in {to.split(".")[0] for to in targets} for column in contract(name).columns
    }
    assert targets and targets <= columns


FIELDS: Fields = {"id": Carried("projects.project_id"), "phone": Named("person", is_personal=True)}


def record() -> tuple[Import, Record]:
    into = Import(FIELDS, {"projects": []})
    return into, Record(into, [Leaf("id", "ID", "7"), Leaf("phone", "Phone", "55"), Leaf("?", "Odd", "x")], place="2")


def test_a_field_that_a_layout_forgets_is_named_by_the_frame() -> None:
    into, one = record()
    one.finish()
    assert [(found.field, found.value, found.reason) for found in into.found] == [
        ("ID", "7", "room_for_one"),
        ("Phone", "", "person"),
        ("Odd", "x", "unknown_field"),
    ]


@pytest.mark.parametrize("second", ["carry", "name"])
def test_a_layout_that_settles_a_field_twice_is_stopped(second) -> None:
    _, one = record()
    one.carry("id", one.row("projects", {}), "project_id")
    with pytest.raises(ValueError, match="settled already"):
        one.carry("id", {}, "project_id") if second == "carry" else one.name("id", "no_field")


def test_a_layout_that_carries_what_it_declared_as_named_is_stopped() -> None:
    _, one = record()
    with pytest.raises(ValueError, match="not declared as carried"):
        one.carry("phone", {}, "note_en")


def test_a_key_is_the_same_whatever_other_ids_the_file_has_unless_they_look_alike() -> None:
    assert keys_of(["360G-x-1"])["360G-x-1"] == keys_of(["360G-x-1", "b"])["360G-x-1"] == "360g-x-1"
    assert len(set(keys_of(["a b", "a-b", "", "🎈", "x" * 80 + "1", "x" * 80 + "2"]).values())) == 6


@pytest.mark.slow
def test_twenty_thousand_grants_of_one_title_are_read_and_written_in_a_minute_of_one_core(tmp_path) -> None:
    grants = [nested(sentinels() | {"id": f"360G-{n}", "title": "Samme"}) for n in range(20_000)]
    path = json_file(tmp_path, grants)
    begun = time.process_time()
    draft = read_threesixty.read_grants(path, NUMBERS)
    write_draft(draft, tmp_path / "draft")
    assert time.process_time() - begun < 60
    assert len({row["project_id"] for row in draft.tables["projects"]}) == 20_000
