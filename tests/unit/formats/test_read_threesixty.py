"""Grants of others: what is proposed of them, and that every fault is told while the other grants are proposed."""

import json
from pathlib import Path

import polars as pl
import pytest

from gevinst.formats.errors import ExchangeError
from gevinst.formats.model import NOT_CARRIED, Draft, write_draft
from gevinst.formats.read_threesixty import field_of_title, read_grants
from gevinst.formats.threesixty import to_grants
from tests.unit.formats.foreign_files import GRANT, ROW, TITLES, delimited_file, json_file, workbook_file
from tests.unit.formats.test_threesixty import AS_OF

NUMBERS = pl.DataFrame({"organisation_number": ["974760673"], "organisation_id": ["etaten"]})
FUNDER = {"fundingOrganization": [{"id": "NO-BRC-991825827", "name": "Digdir"}]}


def drafted(folder: Path, *grants: object) -> Draft:
    return read_grants(json_file(folder, list(grants)), NUMBERS)


def reasons(draft: Draft, kind: str | None = None) -> set[tuple[str, str]]:
    return {(one.field, one.reason) for one in draft.not_carried if kind in (None, one.kind)}


def faults(draft: Draft) -> list[tuple[str, str, str]]:
    return [(one.place, one.field, one.reason) for one in draft.faults]


def recipient(**fields: object) -> dict[str, object]:
    return {"recipientOrganization": [fields]}


def test_what_was_exported_comes_back_the_same(tables, tmp_path) -> None:
    package, _ = to_grants(tables, AS_OF, is_illustrative=False)
    draft = read_grants(json_file(tmp_path, package), tables["organisation_numbers"])
    grants = {row["project_id"]: row["grant_amount"] for row in draft.tables["project_grants"]}
    stored = dict(tables["project_grants"].select("project_id", "grant_amount").iter_rows())
    assert grants == {project: stored[project] for project in grants}
    assert {row["project_id"]: row["round_id"] for row in draft.tables["projects"]} == {
        "2018-gjeldsfloka": "2018-1",
        "2018-oygarden-barn-unge": "2018-1",
        "2021-flere-i-arbeid": "2021",
        "2023-byggesak": "2023",
    }
    owner = next(row for row in draft.tables["participations"] if row["project_id"] == "2021-flere-i-arbeid")
    assert owner["organisation_id"] == "kristiansand-kommune"
    assert draft.faults == [] and draft.tables["organisations"] == []


def test_a_foreign_grant_becomes_a_proposal_with_its_id_and_what_a_person_must_fill_in(tmp_path) -> None:
    draft = drafted(tmp_path, GRANT)
    (project,) = draft.tables["projects"]
    assert (project["project_id"], project["round_id"]) == ("2031-360g-fond-17", "2031")
    assert project["source_locator"] == "grants[0], id 360G-fond-17"
    assert draft.tables["participations"][0]["organisation_id"] == "etaten"
    assert ("beneficiaryLocation/0/name", "unknown_field") in reasons(draft)
    assert {("short_name_nb", "fill_in"), ("sector_code", "fill_in")} <= reasons(draft)
    assert "name_en" not in {name for name, _ in reasons(draft)}, "English may wait for a translator"


def test_planned_dates_become_events_that_say_they_are_plans(tmp_path) -> None:
    planned = {"plannedDates": [{"startDate": "2031-06-01", "endDate": "2032-06", "duration": 12}]}
    draft = drafted(tmp_path, {**GRANT, **planned})
    events = {
        row["event_code"]: (str(row["event_on"]), row["event_precision"]) for row in draft.tables["project_events"]
    }
    assert events == {"started": ("2031-06-01", "day"), "ended": ("2032-06-01", "month")}
    assert all("planlagt" in row["note_nb"] and "planned" in row["note_en"] for row in draft.tables["project_events"])
    assert ("plannedDates/0/duration", "no_field") in reasons(draft)


def test_actual_dates_go_before_planned_ones_which_are_then_named(tmp_path) -> None:
    dates = {"plannedDates": [{"startDate": "2031-06-01"}], "actualDates": [{"startDate": "2031-07-15"}]}
    draft = drafted(tmp_path, {**GRANT, **dates})
    assert [str(row["event_on"]) for row in draft.tables["project_events"]] == ["2031-07-15"]
    assert "note_nb" not in draft.tables["project_events"][0]
    assert ("plannedDates/0/startDate", "room_for_one") in reasons(draft)


def test_funder_and_programme_are_named_and_whether_they_are_the_schemes_own(tmp_path) -> None:
    programme = {"grantProgramme": [{"code": "S24", "title": "Annet"}]}
    draft = drafted(tmp_path, {**GRANT, **FUNDER, **programme})
    assert {("fundingOrganization/0/id", "own_funder"), ("grantProgramme/0/code", "other_programme")} <= reasons(draft)
    other = {"fundingOrganization": [{"id": "GB-CHC-1", "name": "Fund"}]}
    assert ("fundingOrganization/0/name", "other_funder") in reasons(drafted(tmp_path, {**GRANT, **other}))


def test_grants_of_one_title_and_ids_that_look_alike_get_keys_of_their_own(tmp_path) -> None:
    ids = ["360G-x-1", "360G-x-2", "a/b", "a-b", "🎈", "🎉", "../../x"]
    draft = drafted(tmp_path, *({**GRANT, "id": one} for one in ids))
    keys = [row["project_id"] for row in draft.tables["projects"]]
    assert len(set(keys)) == len(ids) and {"2031-360g-x-1", "2031-360g-x-2"} <= set(keys)
    assert all(key.startswith("2031-") and key.replace("-", "").isalnum() and key.isascii() for key in keys)
    assert [row["source_locator"].partition("id ")[2] for row in draft.tables["projects"]] == ids


def test_an_id_that_appears_twice_is_a_fault_that_says_where_it_was_first(tmp_path) -> None:
    draft = drafted(tmp_path, GRANT, {**GRANT, "title": "En annen"})
    assert len(draft.tables["projects"]) == 1
    (fault,) = draft.faults
    assert (fault.reason, fault.values) == ("id_again", {"place": "grants[0]"})
    assert [one.value for one in draft.not_carried if one.field == "title"] == ["En annen"]


def test_all_faults_are_told_at_once_and_the_other_grants_are_proposed(tmp_path) -> None:
    draft = drafted(tmp_path, GRANT, {**GRANT, "id": "2", "title": ""}, {**GRANT, "id": "3", "awardDate": None}, 7)
    assert faults(draft) == [
        ("grants[3]", "*", "should_be_object"),
        ("grants[1]", "title", "field_missing"),
        ("grants[2]", "awardDate", "field_missing"),
    ]
    assert [row["source_locator"] for row in draft.tables["projects"]] == [
        "grants[0], id 360G-fond-17",
        "grants[2], id 3",
    ]


def test_the_other_faults_of_a_grant_that_is_set_aside_are_told_as_well(tmp_path) -> None:
    bad = {"title": "", "awardDate": "2024-13-45", "amountAwarded": "mange", "plannedDates": {"startDate": "x"}}
    draft = drafted(tmp_path, {**GRANT, **bad, **recipient(id="NO-BRC-964965227", name="Feil")})
    assert {field for _, field, _ in faults(draft)} == {
        *("title", "awardDate", "amountAwarded", "plannedDates/startDate", "recipientOrganization/0/id"),
    }
    assert {name: rows for name, rows in draft.tables.items() if rows} == {}


def test_signs_that_text_cannot_hold_are_replaced_and_told(tmp_path) -> None:
    text = json.dumps({"grants": [{**GRANT, "title": "A\ud800B", "url": "x\u0000y"}]})
    draft = read_grants(json_file(tmp_path, text), NUMBERS)
    write_draft(draft, tmp_path / "draft")
    assert draft.tables["projects"][0]["name_nb"] == "A\ufffdB"
    assert faults(draft) == [("grants[0]", "title", "signs_lost"), ("grants[0]", "url", "signs_lost")]


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        ({"grantProgramme": {"code": "A"}}, "grantProgramme/code", "should_be_list"),
        ({"recipientOrganization": "Etaten"}, "recipientOrganization", "should_be_list"),
        ({"recipientOrganization": ["Etaten"]}, "recipientOrganization/0", "should_be_object"),
        ({"plannedDates": [[1]]}, "plannedDates/0/0", "should_be_object"),
        ({"description": {"nb": "Tekst"}}, "description/nb", "should_be_text"),
        ({"currency": ["NOK"]}, "currency/0", "should_be_text"),
        ({"awardDate": "2024-13-45"}, "awardDate", "bad_iso_date"),
        ({"awardDate": "02/04/2031"}, "awardDate", "bad_iso_date"),
        ({"awardDate": True}, "awardDate", "bad_iso_date"),
        ({"plannedDates": [{"startDate": "snart"}]}, "plannedDates/0/startDate", "bad_iso_date"),
        (recipient(id="NO-BRC-964965227", name="Feil"), "recipientOrganization/0/id", "bad_number"),
        (recipient(id="NO-BRC-12", name="Kort"), "recipientOrganization/0/id", "bad_number"),
        (recipient(id="NO-BRC-974760673"), "recipientOrganization/0/name", "field_missing"),
        (recipient(id="NO-BRC-974760673", name={"nb": "X"}), "recipientOrganization/0/name/nb", "should_be_text"),
        ({"title": "x", "awardDate": {"on": "2024-01-01"}}, "awardDate/on", "should_be_text"),
        ({"title": "x", "id": ["1"]}, "id", "should_be_text"),
    ],
)
def test_a_value_of_a_wrong_shape_or_form_is_named_and_the_rest_is_proposed(tmp_path, change, field, reason) -> None:
    draft = drafted(tmp_path, {**GRANT, **change})
    assert (field, reason) in reasons(draft)
    assert all(one.text(language) for one in draft.not_carried for language in ("nb", "en"))
    assert len(draft.tables["projects"]) == len(draft.tables["project_grants"]) + ("currency" in change)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"currency": "GBP"}, "other_currency"),
        ({"currency": None}, "currency_unknown"),
        ({"amountAwarded": "mange"}, "bad_amount"),
        ({"amountAwarded": True}, "bad_amount"),
        ({"amountAwarded": float("nan")}, "bad_amount"),
        ({"amountAwarded": float("inf")}, "bad_amount"),
        ({"amountAwarded": "1,200"}, "bad_amount"),
        ({"amountAwarded": 10**40}, "bad_amount"),
        ({"amountAwarded": -5}, "negative_amount"),
    ],
)
def test_an_amount_that_is_no_kroner_is_named_and_never_converted(tmp_path, change, reason) -> None:
    draft = drafted(tmp_path, {**GRANT, **change})
    assert draft.tables["project_grants"] == [] and len(draft.tables["projects"]) == 1
    assert [one.field for one in draft.not_carried if one.reason == reason and one.field != "currency"] == [
        "amountAwarded"
    ]


def test_numbers_that_json_cannot_hold_do_not_stop_the_file(tmp_path) -> None:
    text = json.dumps({"grants": [GRANT, {**GRANT, "id": "2"}, {**GRANT, "id": "3"}]})
    text = text.replace("250000", "1e999", 1).replace("250000", "9" * 5000, 1)
    draft = read_grants(json_file(tmp_path, text), NUMBERS)
    assert [row["grant_amount"] for row in draft.tables["project_grants"]] == [250000]
    assert [one.value[:5] for one in draft.faults] == ["1E+99", "99999"]


@pytest.mark.parametrize(
    ("written", "nok"),
    [("nok", 250000), (" Nok ", 250000)],
)
def test_a_currency_is_the_same_in_small_letters(tmp_path, written, nok) -> None:
    assert drafted(tmp_path, {**GRANT, "currency": written}).tables["project_grants"][0]["grant_amount"] == nok


def test_an_amount_with_decimals_is_not_rounded(tmp_path) -> None:
    assert drafted(tmp_path, {**GRANT, "amountAwarded": 1.5}).tables["project_grants"][0]["grant_amount"] == 1.5


def test_a_valid_number_that_the_registry_does_not_know_is_named_with_how_to_look_it_up(tmp_path) -> None:
    draft = drafted(tmp_path, {**GRANT, "recipientOrganization": [{"id": "NO-BRC-938644500", "name": "Kommune B"}]})
    (named,) = [one for one in draft.not_carried if one.reason == "unknown_number"]
    assert "gevinst lookup 938644500" in named.text("nb") and named.kind == "named"
    assert draft.tables["organisations"] == [{"organisation_id": "kommune-b", "name": "Kommune B"}]


def test_two_recipients_of_one_name_are_two_organisations_and_one_recipient_twice_is_one(tmp_path) -> None:
    several = [{"id": one, "name": "St Mary's"} for one in ("GB-CHC-1", "GB-CHC-2", "GB-CHC-2")]
    draft = drafted(tmp_path, {**GRANT, "recipientOrganization": several})
    assert [row["organisation_id"] for row in draft.tables["organisations"]] == [
        "st-mary-s-gb-chc-1",
        "st-mary-s-gb-chc-2",
    ]
    assert len({row["participation_id"] for row in draft.tables["participations"]}) == 2
    assert ("recipientOrganization/2/name", "room_for_one") in reasons(draft)


def test_one_recipient_under_two_names_is_one_organisation_and_both_names_are_kept(tmp_path) -> None:
    grants = [
        {**GRANT, "id": name, **recipient(id="GB-CHC-7", name=name)} for name in ("Fondet", "FONDET", "Fondet for alle")
    ]
    draft = drafted(tmp_path, *grants)
    assert draft.tables["organisations"] == [{"organisation_id": "fondet", "name": "Fondet"}]
    assert {(row["organisation_id"], row["organisation_name"]) for row in draft.tables["participations"]} == {
        *(("fondet", "Fondet"), ("fondet", "FONDET"), ("fondet", "Fondet for alle")),
    }


def test_what_is_about_a_person_is_named_and_its_value_is_nowhere(tmp_path) -> None:
    person = {"name": "Etaten", "contactName": "Kari Testesen", "email": "kari@example.org"}
    draft = drafted(tmp_path, {**GRANT, "recipientOrganization": [person], "recipientIndividual": {"name": "Ola T"}})
    named = {one.field for one in draft.not_carried if one.reason == "person"}
    assert named == {
        "recipientOrganization/0/contactName",
        "recipientOrganization/0/email",
        "recipientIndividual/name",
    }
    write_draft(draft, tmp_path / "draft")
    written = "".join(path.read_text("utf-8") for path in (tmp_path / "draft").iterdir())
    assert "Testesen" not in written and "kari@" not in written and "Ola T" not in written


def test_a_key_that_an_object_holds_twice_is_told(tmp_path) -> None:
    text = json.dumps({"grants": [GRANT]}).replace('"title":', '"title": "Først", "title":', 1)
    draft = read_grants(json_file(tmp_path, text), NUMBERS)
    assert draft.tables["projects"][0]["name_nb"] == "Først"
    assert [(one.reason, one.value) for one in draft.faults] == [("appears_again", "Bedre køordning")]


def test_fields_of_the_package_are_named(tmp_path) -> None:
    draft = read_grants(json_file(tmp_path, {"grants": [GRANT], "license": "CC0", "publisher": {"name": "X"}}), NUMBERS)
    around = {(one.field, one.value) for one in draft.not_carried if one.reason == "around_grants"}
    assert around == {("license", "CC0"), ("publisher/name", "X")}


def test_json_lines_are_read_and_a_broken_line_is_told(tmp_path) -> None:
    lines = "\n".join([json.dumps(GRANT), "{broken", json.dumps({**GRANT, "id": "2"})])
    draft = read_grants(json_file(tmp_path, lines), NUMBERS)
    assert len(draft.tables["projects"]) == 2
    assert faults(draft) == [("2", "*", "json_line_broken")]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("[]", 'needs a list called "grants"'),
        ("[1, 2]", 'needs a list called "grants"'),
        ('{"grants": {"id": "1"}}', 'needs a list called "grants"'),
        ('{"grants": [', "cannot be read as JSON from line 1, sign"),
        ("[" * 100_000, "too many levels"),
        ("a,b\n1,2\n", "no rows under headings of 360Giving"),
        ("bare tekst", "no rows under headings of 360Giving"),
    ],
)
def test_a_file_without_grants_is_refused_in_one_sentence(tmp_path, content, complaint) -> None:
    with pytest.raises(ExchangeError, match=complaint) as refused:
        read_grants(json_file(tmp_path, content), NUMBERS)
    assert refused.value.message("nb") != refused.value.message("en")


def test_a_deep_value_is_named_like_any_other(tmp_path) -> None:
    deep: object = "bunnen"
    for _ in range(400):
        deep = [deep]
    draft = drafted(tmp_path, {**GRANT, "extra": deep})
    assert [one.value for one in draft.not_carried if one.field.startswith("extra/0/0")] == ["bunnen"]


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("Identifier", "id"),
        ("AMOUNT AWARDED", "amountAwarded"),
        ("Recipient Org:Identifier", "recipientOrganization/0/id"),
        ("Recipient Org:1:Name", "recipientOrganization/1/name"),
        ("recipientOrganization/0/name", "recipientOrganization/0/name"),
        ("Planned Dates:Duration (months)", "plannedDates/0/duration"),
        ("Funding Org:Department", "fundingOrganization/0/department"),
        ("Last modified", "dateModified"),
        ("\ufeff\u200bIdentifier\u00a0", "id"),
        ("Recipient Org", None),
        ("Kommune", None),
        ("", None),
    ],
)
def test_titles_of_spreadsheets_are_those_of_the_standard(title, field) -> None:
    assert field_of_title(title) == field


def test_a_table_is_read_as_the_same_grants_in_json_are(tmp_path) -> None:
    draft = read_grants(delimited_file(tmp_path, [TITLES, ROW]), NUMBERS)
    assert draft.tables["projects"][0]["name_nb"] == "Bedre køordning"
    assert draft.tables["project_grants"][0]["grant_amount"] == 250000
    assert draft.faults == []


def test_a_workbook_is_read_sheet_by_sheet_and_a_sheet_of_something_else_is_named(tmp_path) -> None:
    sheets = {"Meta": [["Utgiver", "Fondet"]], "2030": [TITLES, ROW], "2031": [TITLES, ["2", *ROW[1:]]]}
    draft = read_grants(workbook_file(tmp_path, sheets), NUMBERS)
    assert [row["source_locator"] for row in draft.tables["projects"]] == [
        "2030, 2, id 360G-fond-17",
        "2031, 2, id 2",
    ]
    assert [(one.sheet, one.reason) for one in draft.not_carried if one.reason == "sheet_not_read"] == [
        ("Meta", "sheet_not_read")
    ]


def test_a_draft_is_written_beside_the_registry_and_never_over_files(tmp_path) -> None:
    draft = drafted(tmp_path, {**GRANT, "url": "=HYPERLINK()"}, {**GRANT, "id": "2", "title": None})
    write_draft(draft, tmp_path / "draft")
    written = pl.read_csv(tmp_path / "draft" / "projects.csv", infer_schema=False)
    assert written["name_nb"].to_list() == ["Bedre køordning"]
    listed = pl.read_csv(tmp_path / "draft" / NOT_CARRIED, infer_schema=False)
    assert listed.row(0, named=True) | {"reason_nb": ""} == {
        "file": "grants.json", "sheet": "", "place": "grants[1]", "record": "2", "field": "title", "value": "",
        "kind": "fault", "reason_nb": "", "reason_en": "The field is missing or empty; add it to the file.",
    }  # fmt: skip
    assert "'=HYPERLINK()" in listed["value"].to_list()
    with pytest.raises(ExchangeError, match="has files in it"):
        write_draft(draft, tmp_path / "draft")
