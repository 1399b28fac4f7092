"""The registry as activities of IATI: valid, true to plans and measurements, and named where it is not whole."""

import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from gevinst.contracts import contract
from gevinst.formats.errors import ExchangeError
from gevinst.formats.exchange import export
from gevinst.formats.write_iati import CARRIED, to_activities
from gevinst.illustrative.names import FUNDER
from gevinst.method.catalogue import compute_mart
from gevinst.method.frames import Rules
from tests.unit.formats.iati_files import FUNDER_ID, SCHEMAS, YEAR, faults_of, invented

SCHEME = f'[scheme]\nname = "Ordningen"\nfunder = "{FUNDER.name}"\nfunder_id = "{FUNDER_ID}"\n'
LAST_DAY = date(2026, 11, 1)


@pytest.fixture(scope="module")
def portfolio(tmp_path_factory) -> dict[str, pl.DataFrame]:
    return invented(tmp_path_factory.mktemp("invented") / "raw")


@pytest.fixture
def workspace(tmp_path, monkeypatch) -> Path:
    """A scheme that says who funds it; a test may write its file anew."""
    monkeypatch.setenv("GEVINST_WORKSPACE", str(tmp_path))
    (tmp_path / "scheme.toml").write_text(SCHEME + 'country = "NO"\n', encoding="utf-8")
    return tmp_path / "scheme.toml"


def found(root: ET.Element, path: str) -> list[str]:
    """The values of an attribute, wherever the path leads; ``a/b@c`` is attribute c of every b in an a."""
    elements, _, name = path.partition("@")
    return [element.get(name, "") for element in root.findall(elements)]


def changed(tables, table: str, key: str, **values) -> dict[str, pl.DataFrame]:
    """The tables with other values in one row, and the marts of plans computed anew."""
    is_it = pl.col(contract(table).key[0]) == key
    frame = tables[table].with_columns(
        pl.when(is_it).then(pl.lit(value, dtype=tables[table].schema[name])).otherwise(pl.col(name)).alias(name)
        for name, value in values.items()
    )
    changed = {**tables, table: frame}
    for name in ("plan_validity", "planned_realised"):
        changed[name] = compute_mart(contract(name), changed, Rules(2016, YEAR), is_illustrative=True)
    return changed


def activities(tables, *, is_illustrative: bool = False):
    return to_activities(tables, YEAR, is_illustrative=is_illustrative)


def reasons(left, record: str) -> set[tuple[str, str]]:
    return {(one.field, one.reason) for one in left if one.record == record}


def indicator(root: ET.Element, benefit: str) -> ET.Element:
    (result,) = [one for one in root.iter("result") if one.find(f"reference[@code='{benefit}']") is not None]
    return result.findall("indicator")[0]


@pytest.fixture
def measured(portfolio) -> dict[str, str]:
    """A plan in force with baseline, target and one measurement, and its benefit."""
    known = portfolio["planned_realised"].filter(
        (pl.col("edition_year") == YEAR)
        & pl.col("is_measured")
        & pl.col("baseline_value").is_not_null()
        & pl.col("target_value").is_not_null()
        & (pl.col("unit_kind_code") != "money")
        & (pl.col("benefit_sign_code") == "positive")
        & (pl.len().over("edition_year", "benefit_plan_id") == 1)
    )
    return known.sort("benefit_plan_id").row(0, named=True)


def test_what_is_written_of_the_registry_and_of_an_invented_portfolio_follows_the_schema(
    tables, portfolio, workspace, tmp_path
) -> None:
    n, _ = export(portfolio, "iati", tmp_path / "a.xml", edition_year=YEAR, is_illustrative=True, language="nb")
    assert n == portfolio["projects"].height
    assert faults_of((tmp_path / "a.xml").read_bytes()) == []


def test_the_registry_of_the_repository_follows_the_schema(tables, tmp_path) -> None:
    n, left = export(tables, "iati", tmp_path / "a.xml", edition_year=YEAR, is_illustrative=False, language="nb")
    content = (tmp_path / "a.xml").read_bytes()
    assert faults_of(content) == []
    left_out = {one.record for one in left if one.field == "iati-activity"}
    assert n + len(left_out) == tables["projects"].height and left_out and n > 1
    assert b'<recipient-country code="NO" />' in content


@pytest.mark.parametrize(
    ("spoilt", "by", "fault"),
    [
        (b"<activity-status", b"<status", "This element is not expected"),
        (b'iso-date="20', b'iso-date="A0', "is not a valid value of the atomic type 'xs:date'"),
        (b' measure="', b' measured="', "The attribute 'measured' is not allowed"),
    ],
)
def test_the_schema_finds_what_is_wrong(portfolio, workspace, tmp_path, spoilt, by, fault) -> None:
    export(portfolio, "iati", tmp_path / "a.xml", edition_year=YEAR, is_illustrative=True, language="nb")
    faults = faults_of((tmp_path / "a.xml").read_bytes().replace(spoilt, by))
    assert any(fault in one for one in faults)


def test_the_schemas_are_those_of_version_2_03_with_where_they_are_from() -> None:
    assert 'version="2.03"' in (SCHEMAS / "iati-activities-schema.xsd").read_text(encoding="utf-8")
    papers = (SCHEMAS.parent / "README.md").read_text(encoding="utf-8")
    for path in SCHEMAS.parent.rglob("*.*"):
        assert path.name in papers or path.name == "README.md"


def test_a_plan_gives_a_target_and_a_measurement_an_actual(portfolio, workspace, measured) -> None:
    tables = changed(
        portfolio, "benefit_plans", measured["plan_in_force_id"], target_on=date(2024, 1, 1), target_precision="year"
    )
    tables = changed(
        tables,
        "benefit_measurements",
        measured["benefit_measurement_id"],
        measured_on=date(2023, 5, 1),
        measured_precision="month",
        stated_by_code="supplier",
        method_en="Counted in May.",
    )
    root, _ = activities(tables)
    it = indicator(root, measured["benefit_id"])
    assert found(it, "period/period-start@iso-date") == ["2023-05-01", "2024-01-01"]
    assert found(it, "period/period-end@iso-date") == ["2023-05-31", "2024-12-31"]
    first, second = it.findall("period")
    assert (first.find("target"), second.find("actual")) == (None, None)
    assert [float(value) for value in found(first, "actual@value")] == [measured["measured_value"]]
    assert [float(value) for value in found(second, "target@value")] == [measured["target_value"]]
    (comment,) = [one.text for one in first.iter("narrative") if one.get("xml:lang") == "en"]
    assert comment == "Stated by: supplier. Counted in May."


def test_values_without_a_time_are_named_and_the_indicator_is_written_without_them(
    portfolio, workspace, measured
) -> None:
    nothing = {"target_on": None, "target_precision": None, "baseline_on": None, "baseline_precision": None}
    tables = changed(portfolio, "benefit_plans", measured["plan_in_force_id"], **nothing)
    measurement = measured["benefit_measurement_id"]
    tables = changed(tables, "benefit_measurements", measurement, measured_on=None, measured_precision=None)
    root, left = activities(tables)
    it = indicator(root, measured["benefit_id"])
    assert [one.tag for one in it] == ["title", "description"]
    plan = reasons(left, measured["plan_in_force_id"])
    assert plan == {("target", "no_target_day"), ("baseline", "no_baseline_year")}
    assert reasons(left, measurement) == {("actual", "no_day_measured")}


def test_a_target_that_nobody_works_for_is_no_target(portfolio, workspace, measured) -> None:
    plan = measured["plan_in_force_id"]
    root, left = activities(changed(portfolio, "benefit_plans", plan, benefit_status_code="abandoned"))
    assert ("target", "abandoned_target") in reasons(left, plan)
    assert indicator(root, measured["benefit_id"]).find("period/target") is None


@pytest.mark.parametrize(
    ("table", "key", "values", "reason"),
    [
        ("benefits", "benefit_id", {"benefit_sign_code": "negative"}, "for_the_worse"),
        ("benefit_plans", "plan_in_force_id", {"unit_code": "nok", "price_year": 2024}, "money_without_currency"),
    ],
)
def test_a_disbenefit_and_an_amount_of_money_are_no_indicators(
    portfolio, workspace, measured, table, key, values, reason
) -> None:
    root, left = activities(changed(portfolio, table, measured[key], **values))
    assert reasons(left, measured["plan_in_force_id"]) >= {("indicator", reason)}
    codes = found(root, "iati-activity/result/reference@code")
    assert measured["benefit_id"] not in codes


def test_a_claim_without_a_plan_is_no_result_but_counted(tables) -> None:
    root, left = activities(tables)
    planned = set(tables["benefits"].join(tables["benefit_plans"], on="benefit_id")["benefit_id"])
    assert set(found(root, "iati-activity/result/reference@code")) <= planned
    unplanned = {one.record: one.values["n"] for one in left if one.reason == "no_indicator"}
    counted = tables["benefits"].filter(~pl.col("benefit_id").is_in(sorted(planned))).group_by("project_id").len()
    assert unplanned and unplanned.items() <= dict(counted.iter_rows()).items()
    assert list(root.iter("actual")) == [], "no measurement of the registry has a day"


def test_a_date_known_roughly_says_how_roughly(tables) -> None:
    root, _ = activities(tables)
    (activity,) = [
        one for one in root if (one.findtext("iati-identifier") or "").endswith("2016-introduksjonsordningen")
    ]
    dates = [
        (one.get("type"), one.get("iso-date"), one.findtext("narrative")) for one in activity.iter("activity-date")
    ]
    assert dates == [("2", "2016-01-01", "2016"), ("4", "2017-12-31", "2017")]


@pytest.mark.parametrize(
    ("ended", "precision", "code", "status"),
    [
        (date(2025, 6, 30), "day", "4", "4"),
        (date(2027, 1, 1), "month", "3", None),
        (date(2026, 1, 1), "year", None, None),
    ],
)
def test_an_end_that_is_to_come_is_planned_and_one_that_may_be_either_is_neither(
    portfolio, workspace, ended, precision, code, status
) -> None:
    project = portfolio["project_status"].filter(
        (pl.col("edition_year") == YEAR) & ~pl.col("current_status_code").is_in(["stanset", "viderefort", "i_gang"])
    )["project_id"][0]
    key = portfolio["project_events"].filter(project_id=project, event_code="ended")["project_event_id"].item()
    tables = changed(portfolio, "project_events", key, event_on=ended, event_precision=precision)
    tables["edition_years"] = tables["edition_years"].with_columns(as_of_on=pl.lit(LAST_DAY))
    root, left = activities(tables)
    mine = [one for one in root if one.findtext("iati-identifier") == f"{FUNDER_ID}-{project}"]
    assert [found(one, "activity-status@code") for one in mine] == ([[status]] if status else [])
    assert (("iati-activity", "no_activity_status") in reasons(left, project)) is (status is None)
    under_way = changed(tables, "project_events", key)
    is_it = (pl.col("project_id") == project) & (pl.col("edition_year") == YEAR)
    under_way["project_status"] = tables["project_status"].with_columns(
        current_status_code=pl.when(is_it).then(pl.lit("i_gang")).otherwise("current_status_code"),
        is_stale=pl.when(is_it).then(pl.lit(False)).otherwise("is_stale"),
    )
    root, left = activities(under_way)
    (activity,) = [one for one in root if one.findtext("iati-identifier") == f"{FUNDER_ID}-{project}"]
    assert found(activity, "activity-status@code") == [status or "2"]
    assert (code in found(activity, "activity-date@type")) is (code is not None)
    assert (("activity-date", "neither_past_nor_planned") in reasons(left, project)) is (code is None)


def test_a_word_that_work_goes_on_is_no_status_once_it_is_old(portfolio, workspace) -> None:
    tables = dict(portfolio)
    tables["project_events"] = portfolio["project_events"].filter(pl.col("event_code") == "started")
    tables["project_status"] = portfolio["project_status"].with_columns(
        current_status_code=pl.lit("i_gang"), is_stale=pl.col("project_id") != pl.col("project_id").first()
    )
    root, left = activities(tables)
    assert len(root) == 1
    assert len([one for one in left if one.reason == "no_activity_status"]) == portfolio["projects"].height - 1


def test_owners_are_accountable_partners_implement_and_who_sells_is_named(tables) -> None:
    root, left = activities(tables)
    written = tables["participations"].filter(~pl.col("is_disputed"))
    roles = {"1": 0, "2": 0, "4": 0}
    for activity in root:
        for role in found(activity, "participating-org@role"):
            roles[role] += 1
    projects = [(one.findtext("iati-identifier") or "").removeprefix("NO-BRC-991825827-") for one in root]
    counted = dict(written.filter(pl.col("project_id").is_in(projects)).group_by("role_code").len().iter_rows())
    assert roles == {"1": len(root), "2": counted["owner"] + counted.get("co_owner", 0), "4": counted["partner"]}
    assert sum(one.values["n"] for one in left if one.reason == "no_role") == counted["supplier"]
    assert all(one.reason != "disputed_role" or one.values["n"] for one in left)


def test_every_column_of_a_table_is_carried_or_named_with_its_number_of_rows(tables) -> None:
    _, left = activities(tables)
    for name, carried in CARRIED.items():
        assert carried <= set(contract(name).column_names)
        filled = {one for one in tables[name].columns if tables[name][one].null_count() < tables[name].height}
        named = {one.field for one in left if one.record == name and one.reason == "no_place"}
        assert named == filled - carried - {"is_illustrative"}
    rows = {one.record: one.values["n"] for one in left if one.field == "*" and one.reason == "no_place"}
    assert rows["benefit_claims"] == tables["benefit_claims"].height


def test_invented_activities_say_so_before_their_title_in_both_languages(portfolio, workspace) -> None:
    root, _ = activities(portfolio, is_illustrative=True)
    for activity in root:
        titles = [one.text or "" for one in activity.findall("title/narrative")]
        assert [title.partition("] ")[0] for title in titles] == ["[Illustrerende data", "[Illustrative data"]
    assert not [one for one in activities(portfolio)[0].iter("narrative") if (one.text or "").startswith("[I")]


def test_a_scheme_without_a_country_is_written_without_and_that_is_named(portfolio, workspace) -> None:
    workspace.write_text(SCHEME, encoding="utf-8")
    root, left = activities(portfolio)
    assert list(root.iter("recipient-country")) == []
    assert ("recipient-country", "no_country") in reasons(left, "*")


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ('[scheme]\nname = "x"\n', "write funder and funder_id in"),
        (f'[scheme]\nname = "x"\nfunder = "{FUNDER.name}"\n', "write funder and funder_id in"),
        ('[scheme]\nname = "x"\nfunder = "Noen"\nfunder_id = "GB-1"\n', "add Noen to organisations"),
    ],
)
def test_without_knowing_who_reports_nothing_is_written(portfolio, workspace, tmp_path, said, fault) -> None:
    workspace.write_text(said, encoding="utf-8")
    with pytest.raises(ExchangeError, match=fault):
        export(portfolio, "iati", tmp_path / "a.xml", edition_year=YEAR, is_illustrative=True, language="nb")
    assert not (tmp_path / "a.xml").exists()


def test_a_registry_without_any_activity_is_refused_rather_than_written_empty(portfolio, workspace) -> None:
    tables = {**portfolio, "project_events": portfolio["project_events"].clear()}
    with pytest.raises(ExchangeError, match="no project has both a start date and a status"):
        activities(tables)


def test_a_text_that_xml_cannot_hold_is_written_with_the_sign_for_what_is_unreadable(portfolio, workspace) -> None:
    project = portfolio["projects"]["project_id"][0]
    root, _ = activities(changed(portfolio, "projects", project, name_nb="Kø\x0b & <orden>\uffff"))
    content = ET.tostring(root, encoding="unicode")
    assert "Kø\ufffd &amp; &lt;orden&gt;\ufffd" in content
    assert ET.fromstring(content) is not None
