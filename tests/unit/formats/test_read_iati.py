"""Activities of others: what is proposed of them, and that nothing of them is lost."""

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from gevinst.contracts import contract
from gevinst.formats.errors import ExchangeError
from gevinst.formats.exchange import read
from gevinst.formats.foreign import LONGEST_TEXT
from gevinst.formats.iati import LANGUAGE
from gevinst.formats.iati_fields import _WHOLE, FIELDS
from gevinst.formats.importer import Carried
from gevinst.formats.model import FILL_IN, Draft, write_draft
from gevinst.formats.read_iati import read_activities
from tests.unit.formats.iati_files import ACTIVITY, RESULT, faults_of, package, period, written
from tests.unit.formats.test_importer import lost_or_doubled

NUMBERS = pl.DataFrame({"organisation_number": ["974760673"], "organisation_id": ["etaten"]})
YEAR = ("2031-01-01", "2031-12-31")
ONE = ACTIVITY.format(results="")


def drafted(folder: Path, *activities: str, version: str = "2.03") -> Draft:
    return read_activities(written(folder, package(*activities, version=version)), NUMBERS)


def with_result(inside: str) -> str:
    return ACTIVITY.format(results=RESULT.format(inside=inside))


def reasons(draft: Draft, kind: str | None = None) -> set[tuple[str, str]]:
    return {(one.field, one.reason) for one in draft.not_carried if kind in (None, one.kind)}


def faults(draft: Draft) -> list[tuple[str, str, str]]:
    return [(one.place, one.field, one.reason) for one in draft.faults]


def only(draft: Draft, table: str) -> dict[str, Any]:
    (row,) = draft.tables[table]
    return dict(row)


def test_an_activity_becomes_a_proposal_with_its_identifier(tmp_path) -> None:
    draft = drafted(tmp_path, ONE)
    project = only(draft, "projects")
    assert project == {
        "project_id": "gb-1-17",
        "source_locator": "iati-activity[1], iati-identifier GB-1-17",
        "name_en": "Shorter queues",
        "problem_en": "Fewer shall stand in line.",
    }
    owner = only(draft, "participations")
    assert (owner["organisation_id"], owner["role_code"], owner["organisation_name"]) == ("etaten", "owner", "Etaten")
    event = only(draft, "project_events")
    assert (event["event_code"], event["event_on"], event["event_precision"]) == ("started", date(2031, 4, 2), "day")
    assert draft.faults == []
    assert {one.field for one in draft.not_carried if one.kind == FILL_IN} == {
        *("round_id", "name_nb", "short_name_nb", "sector_code", "source_id"),
    }


def test_the_example_of_these_tests_follows_the_schema(tmp_path) -> None:
    baseline = '<baseline year="2030" value="20"/>'
    inside = baseline + period(*YEAR, '<target value="10"/><actual value="12"/>')
    assert faults_of(package(with_result(inside)).encode()) == []


def test_a_target_is_a_plan_and_an_actual_a_measurement_each_with_the_time_of_its_period(tmp_path) -> None:
    inside = '<baseline year="2030" iso-date="2030-03-04" value="20.5"/>'
    inside += period("2032-01-01", "2032-12-31", '<target value="10"/>')
    inside += period("2031-05-01", "2031-05-31", '<actual value="12"/>')
    draft = drafted(tmp_path, with_result(inside))
    benefit, plan, measurement = (only(draft, name) for name in ("benefits", "benefit_plans", "benefit_measurements"))
    assert (benefit["name_en"], benefit["chain_level_code"]) == ("People wait less", "user_effect")
    assert (plan["indicator_en"], plan["unit_code"], plan["desired_direction_code"]) == (
        "Share who wait",
        "percent",
        "lower",
    )
    assert (plan["baseline_value"], plan["baseline_on"], plan["baseline_precision"]) == (20.5, date(2030, 3, 4), "day")
    assert (plan["target_value"], plan["target_on"], plan["target_precision"]) == (10, date(2032, 1, 1), "year")
    assert measurement["benefit_plan_id"] == plan["benefit_plan_id"] and "measured_value" not in plan
    assert (measurement["measured_value"], measurement["measured_on"], measurement["measured_precision"]) == (
        12,
        date(2031, 5, 1),
        "month",
    )
    assert draft.faults == []


def test_of_a_period_that_is_no_day_month_or_year_the_last_day_is_used_and_that_is_told(tmp_path) -> None:
    draft = drafted(tmp_path, with_result(period("2031-04-01", "2032-03-31", '<actual value="12"/>')))
    measurement = only(draft, "benefit_measurements")
    assert (measurement["measured_on"], measurement["measured_precision"]) == (date(2032, 3, 31), "day")
    start = "result/0/indicator/0/period/0/period-start/0/@iso-date"
    assert (start, "end_of_period_used") in reasons(draft)


def test_the_last_of_several_targets_is_that_of_the_plan_and_the_others_are_named(tmp_path) -> None:
    inside = period("2033-01-01", "2033-12-31", '<target value="5"/>')
    inside += period("2032-01-01", "2032-12-31", '<target value="8"/>')
    draft = drafted(tmp_path, with_result(inside))
    assert only(draft, "benefit_plans")["target_value"] == 5
    assert ("result/0/indicator/0/period/1/target/0/@value", "room_for_one") in reasons(draft)


def test_a_value_of_a_part_is_not_taken_for_that_of_the_whole(tmp_path) -> None:
    parts = '<actual value="7"><dimension name="sex" value="female"/></actual><actual value="12"/>'
    draft = drafted(tmp_path, with_result(period(*YEAR, parts)))
    assert only(draft, "benefit_measurements")["measured_value"] == 12
    path = "result/0/indicator/0/period/0/actual/0"
    assert {(f"{path}/@value", "part_of_value"), (f"{path}/dimension/0/@value", "no_field")} <= reasons(draft)


@pytest.mark.parametrize(
    ("inside", "field", "reason"),
    [
        (
            period(*YEAR, '<actual value="many"/>'),
            "period/0/actual/0/@value",
            "bad_measured_value",
        ),
        (
            period(*YEAR, '<actual value="1,200"/>'),
            "period/0/actual/0/@value",
            "bad_measured_value",
        ),
        (period("soon", "2031-12-31", '<actual value="1"/>'), "period/0/period-start/0/@iso-date", "bad_iso_date"),
        ('<baseline year="2030" iso-date="2029-01-01" value="1"/>', "baseline/0/@year", "years_differ"),
        ('<baseline year="once" value="1"/>', "baseline/0/@year", "bad_iso_date"),
    ],
)
def test_a_value_that_cannot_be_read_is_a_fault_and_the_rest_is_proposed(tmp_path, inside, field, reason) -> None:
    draft = drafted(tmp_path, with_result(inside))
    assert faults(draft) == [("iati-activity[1]", f"result/0/indicator/0/{field}", reason)]
    assert only(draft, "benefit_plans")["indicator_en"] == "Share who wait"


@pytest.mark.parametrize("bounds", [("soon", "2031-12-31"), ("2032-01-01", "2031-12-31")])
def test_a_value_without_a_time_is_named_and_not_proposed(tmp_path, bounds) -> None:
    draft = drafted(tmp_path, with_result(period(*bounds, '<target value="1"/><actual value="2"/>')))
    assert draft.tables["benefit_measurements"] == [] and "target_value" not in only(draft, "benefit_plans")
    path = "result/0/indicator/0/period/0"
    assert {(f"{path}/{kind}/0/@value", "value_without_period") for kind in ("target", "actual")} <= reasons(draft)


@pytest.mark.parametrize(("measure", "reason"), [("1", "unit_unknown"), ("5", "qualitative"), ("4", "unit_unknown")])
def test_no_unit_is_guessed(tmp_path, measure, reason) -> None:
    draft = drafted(tmp_path, with_result("").replace('measure="2"', f'measure="{measure}"'))
    assert "unit_code" not in only(draft, "benefit_plans")
    assert ("result/0/indicator/0/@measure", reason) in reasons(draft)


def test_texts_go_to_the_column_of_their_language_and_others_are_named(tmp_path) -> None:
    titles = '<narrative xml:lang="NO">Kø</narrative><narrative xml:lang="en-GB">Queue</narrative>'
    titles += '<narrative xml:lang="fr">File</narrative><narrative xml:lang="en">Line</narrative>'
    draft = drafted(tmp_path, ONE.replace("<narrative>Shorter queues</narrative>", titles))
    project = only(draft, "projects")
    assert (project["name_nb"], project["name_en"]) == ("Kø", "Queue")
    assert {("title/0/narrative/2", "other_language"), ("title/0/narrative/3", "room_for_one")} <= reasons(draft)
    assert ("name_nb", "fill_in") not in reasons(draft)


def test_a_text_whose_language_nobody_states_is_not_guessed(tmp_path) -> None:
    draft = drafted(tmp_path, ONE.replace(' xml:lang="en"', ""))
    assert "name_en" not in only(draft, "projects")
    assert {("title/0/narrative/0", "other_language"), ("name_nb", "fill_in")} <= reasons(draft)


def test_actual_dates_go_before_planned_ones_and_planned_ones_say_so(tmp_path) -> None:
    dates = '<activity-date type="1" iso-date="2031-01-01"/><activity-date type="2" iso-date="2031-04-02Z"/>'
    dates += '<activity-date type="3" iso-date="2033-05-31"><narrative>2033-05</narrative></activity-date>'
    draft = drafted(tmp_path, ONE.replace('<activity-date type="2" iso-date="2031-04-02"/>', dates))
    started, ended = draft.tables["project_events"]
    assert started["event_on"] == date(2031, 4, 2) and "note_en" not in started
    assert (ended["event_on"], ended["event_precision"]) == (date(2033, 5, 1), "month")
    assert "planned" in ended["note_en"] and "planlagt" in ended["note_nb"]
    assert ("activity-date/0/@iso-date", "room_for_one") in reasons(draft)


def test_a_text_beside_a_date_that_says_another_time_changes_nothing(tmp_path) -> None:
    odd = '<activity-date type="2" iso-date="2031-04-02"><narrative>2029</narrative></activity-date>'
    draft = drafted(tmp_path, ONE.replace('<activity-date type="2" iso-date="2031-04-02"/>', odd))
    assert only(draft, "project_events")["event_precision"] == "day"
    assert ("activity-date/0/narrative/0", "no_field") in reasons(draft)


def test_roles_are_owner_co_owner_and_partner_and_no_other_role_is_made_one(tmp_path) -> None:
    others = "".join(
        f'<participating-org role="{role}"><narrative>Org {n}</narrative></participating-org>'
        for n, role in enumerate(("2", "3", "4", "2"))
    )
    draft = drafted(tmp_path, ONE.replace("<activity-status", others + "<activity-status", 1))
    roles = {row["organisation_name"]: row["role_code"] for row in draft.tables["participations"]}
    assert roles == {"Etaten": "owner", "Org 0": "co_owner", "Org 3": "co_owner", "Org 2": "partner"}
    assert ("participating-org/3/narrative/0", "iati_role") in reasons(draft)
    assert ("participating-org/0/narrative/0", "iati_funder") in reasons(draft)


def test_an_organisation_with_two_roles_takes_part_once(tmp_path) -> None:
    again = '<participating-org role="4" ref="NO-BRC-974760673"><narrative>Etaten</narrative></participating-org>'
    draft = drafted(tmp_path, ONE.replace("<activity-status", again + "<activity-status", 1))
    assert only(draft, "participations")["role_code"] == "owner"
    assert ("participating-org/2/@role", "room_for_one") in reasons(draft)


@pytest.mark.parametrize(
    ("spoil", "field", "reason"),
    [
        ("<iati-identifier>GB-1-17</iati-identifier>", "iati-identifier", "field_missing"),
        ("<title><narrative>Shorter queues</narrative></title>", "title", "field_missing"),
    ],
)
def test_an_activity_without_identifier_or_title_is_set_aside_with_all_it_holds(tmp_path, spoil, field, reason) -> None:
    draft = drafted(tmp_path, ONE.replace(spoil, ""), ONE.replace("GB-1-17", "GB-1-18"))
    assert only(draft, "projects")["project_id"] == "gb-1-18"
    assert faults(draft) == [("iati-activity[1]", field, reason)]
    assert ("description/0/narrative/0", "set_aside") in reasons(draft)


def test_an_identifier_that_appears_again_is_set_aside_with_where_it_was_first(tmp_path) -> None:
    draft = drafted(tmp_path, ONE, ONE)
    assert len(draft.tables["projects"]) == 1
    assert faults(draft) == [("iati-activity[2]", "iati-identifier/0", "id_again")]


def test_contact_data_are_named_without_their_value(tmp_path) -> None:
    contact = "<contact-info><person-name><narrative>Kari Nordmann</narrative></person-name></contact-info>"
    draft = drafted(tmp_path, ONE.replace("<recipient-country", contact + "<recipient-country"))
    write_draft(draft, tmp_path / "draft")
    path = "contact-info/0/person-name/0/narrative/0"
    assert (path, "person") in reasons(draft)
    content = "".join(file.read_text(encoding="utf-8") for file in (tmp_path / "draft").iterdir())
    assert "Nordmann" not in content and path in content


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<iati-activity/>", "not_iati"),
        ("<iati-organisations version='2.03'><iati-organisation/></iati-organisations>", "not_iati"),
        ("<iati-activities version='2.03'/>", "not_iati"),
        (package(ONE, version="1.05"), "iati_version"),
        (f'<!DOCTYPE a [<!ENTITY b "c">]>{package(ONE).partition("?>")[2]}', "xml_document_type"),
        ("[]", "not_xml"),
    ],
)
def test_what_is_no_file_of_activities_is_refused_with_its_name(tmp_path, content, reason) -> None:
    path = written(tmp_path, content)
    with pytest.raises(ExchangeError) as refused:
        read(path, "iati", NUMBERS)
    assert refused.value.reason == reason
    assert all(refused.value.message(language).startswith("activities.xml: ") for language in ("nb", "en"))


@pytest.mark.parametrize("version", ["2.01", "2.02", "2.03", ""])
def test_every_edition_of_version_2_is_read(tmp_path, version) -> None:
    assert only(drafted(tmp_path, ONE, version=version), "projects")["name_en"] == "Shorter queues"


TYPED = {
    f"@{LANGUAGE}": "en",
    "participating-org/0/@role": "2",
    "activity-date/0/@type": "2",
    "activity-date/0/@iso-date": "2031-07-20",
    "activity-date/0/narrative/0": "2031-07",
    "result/0/@type": "2",
    "result/0/indicator/0/@measure": "2",
    "result/0/indicator/0/@ascending": "1",
    "result/0/indicator/0/baseline/0/@value": "731246",
    "result/0/indicator/0/baseline/0/@year": "2030",
    "result/0/indicator/0/baseline/0/@iso-date": "2030-02-03",
    "result/0/indicator/0/period/0/period-start/0/@iso-date": "2033-01-01",
    "result/0/indicator/0/period/0/period-end/0/@iso-date": "2033-12-31",
    "result/0/indicator/0/period/0/target/0/@value": "52817",
    "result/0/indicator/0/period/0/actual/0/@value": "61934",
}
MADE_OF = {
    "participating-org/0/@role": "owner",
    "activity-date/0/@type": "started",
    "activity-date/0/@iso-date": "2031-07-01",
    "activity-date/0/narrative/0": "month",
    "result/0/@type": "user_effect",
    "result/0/indicator/0/@measure": "percent",
    "result/0/indicator/0/@ascending": "higher",
    "result/0/indicator/0/baseline/0/@year": "2030-02-03",
    "result/0/indicator/0/period/0/period-end/0/@iso-date": "2033-01-01",
}
"""What codes and dates become in the row that they are carried to."""


def sentinels() -> dict[str, str]:
    """A value of its own for every field that the layout knows, and for some that it does not."""
    known = {}
    for n, name in enumerate(FIELDS):
        path = name.replace("*", "0")
        # Elements without a place are known as a whole: something in one. Languages decide columns, and are no values.
        path = f"{path}/@some" if name.removesuffix("/*") in _WHOLE else path
        if not path.endswith(LANGUAGE):
            known[path] = f"sentinel-{n}-x"
    return known | TYPED | {"@odd": "sentinel-a", "odd/0/@odd": "sentinel-b", "title/0/@odd": "sentinel-c"}


def nested(values: Mapping[str, str]) -> str:
    """A file with one activity that has these values."""
    root = ET.Element("iati-activities", {"version": "2.03"})
    activity = ET.SubElement(root, "iati-activity")
    for path, value in values.items():
        parts = [part for part in path.split("/") if part != "0"]
        at = activity
        for part in parts:
            if part.startswith("@"):
                at.set(part[1:], value)
            else:
                inside = at.find(part)
                at = ET.SubElement(at, part) if inside is None else inside
        if not parts[-1].startswith("@"):
            at.text = value
    return ET.tostring(root, encoding="unicode")


def test_every_element_and_attribute_is_carried_or_named_and_never_both(tmp_path) -> None:
    values = sentinels()
    draft = read_activities(written(tmp_path, nested(values)), NUMBERS)
    personal = {name for name in values if name.startswith("contact-info")}
    named = {one.field for one in draft.not_carried}
    assert personal and personal | {f"@{LANGUAGE}"} <= named
    told = {name: MADE_OF.get(name, value) for name, value in values.items() if name not in personal}
    del told[f"@{LANGUAGE}"]
    assert lost_or_doubled(draft, told) == {}


def test_languages_of_texts_are_carried_with_the_text_or_named(tmp_path) -> None:
    texts = {name.replace("*", "0"): f"sentinel-{n}" for n, name in enumerate(FIELDS) if name.endswith("narrative/*")}
    for language in ("en", "fr"):
        stated = {f"{name}/@{LANGUAGE}": language for name in texts}
        values = {**texts, **stated, "iati-identifier/0": "X-1"}
        draft = read_activities(written(tmp_path, nested(values)), NUMBERS)
        named = [one.field for one in draft.not_carried]
        both = [name for name in texts if (name in named) is not (f"{name}/@{LANGUAGE}" in named)]
        # Who takes part has one name, in whatever language.
        assert both == ["participating-org/0/narrative/0"] * ("participating-org/0/narrative/0" not in named)
        assert len(named) == len(set(named))


def test_what_is_declared_as_carried_goes_to_a_column_that_there_is() -> None:
    for fate in FIELDS.values():
        if isinstance(fate, Carried):
            table, _, column = fate.to.partition(".")
            assert column in contract(table).column_names


def test_a_text_longer_than_any_spreadsheet_shows_is_refused(tmp_path) -> None:
    long = ONE.replace("Shorter queues", "x" * (LONGEST_TEXT + 1))
    with pytest.raises(ExchangeError, match="text of more than 32767 characters"):
        drafted(tmp_path, long)
