"""Grants as 360Giving: what is carried both ways, and that everything else is named."""

from datetime import date

import polars as pl
import pytest

from gevinst.formats.errors import ExchangeError
from gevinst.formats.model import NOT_CARRIED, write_draft
from gevinst.formats.threesixty import REQUIRED, from_grants, to_grants

AS_OF = date(2026, 12, 31)
GRANT = {
    "id": "360G-fond-17",
    "title": "Bedre køordning",
    "description": "Færre skal stå i kø.",
    "currency": "NOK",
    "amountAwarded": 250000,
    "awardDate": "2031-04-02",
    "recipientOrganization": [{"id": "NO-BRC-974760673", "name": "Etaten"}],
    "beneficiaryLocation": [{"name": "Her"}],
}


@pytest.fixture
def numbers() -> pl.DataFrame:
    return pl.DataFrame({"organisation_number": ["974760673"], "organisation_id": ["etaten"]})


def test_only_grants_with_amount_and_day_are_exported_and_every_other_project_is_named(tables) -> None:
    package, left = to_grants(tables, AS_OF, is_illustrative=False)
    carried = {grant["id"].removeprefix("gevinst-") for grant in package["grants"]}
    assert carried == {"2018-gjeldsfloka", "2018-oygarden-barn-unge", "2021-flere-i-arbeid", "2023-byggesak"}
    named = {one.record: one.reason for one in left if one.reason in ("no_amount", "award_day_unknown")}
    assert set(named) | carried == set(tables["projects"]["project_id"])
    assert named["2019-byggeprosjekter"] == "award_day_unknown"
    assert named["2016-arealbruk"] == "no_amount"


def test_an_exported_grant_has_what_the_standard_requires_and_the_registers_own_identifier(tables) -> None:
    package, _ = to_grants(tables, AS_OF, is_illustrative=False)
    grant = next(one for one in package["grants"] if one["id"] == "gevinst-2021-flere-i-arbeid")
    assert set(REQUIRED) <= set(grant)
    assert (grant["currency"], grant["amountAwarded"], grant["awardDate"]) == ("NOK", 3_100_000, "2021-05-10")
    assert grant["recipientOrganization"] == [{"id": "NO-BRC-820852982", "name": "Kristiansand kommune"}]


def test_tables_without_a_place_are_named_with_their_number_of_rows(tables) -> None:
    _, left = to_grants(tables, AS_OF, is_illustrative=False)
    rows = {one.record: one.values["n"] for one in left if one.field == "*"}
    assert rows["benefit_claims"] == tables["benefit_claims"].height
    assert "suppliers" not in rows and rows["status_assessments"] == tables["status_assessments"].height


def test_invented_grants_say_so_in_their_title(tables) -> None:
    package, _ = to_grants(tables, AS_OF, is_illustrative=True)
    assert all(grant["title"].startswith("[Illustrative data] ") for grant in package["grants"])


def test_what_was_exported_comes_back_the_same(tables) -> None:
    package, _ = to_grants(tables, AS_OF, is_illustrative=False)
    draft = from_grants(package, tables["organisation_numbers"])
    grants = {row["project_id"]: row["grant_nok"] for row in draft.tables["project_grants"]}
    stored = dict(tables["project_grants"].select("project_id", "grant_nok").iter_rows())
    assert grants == {project: stored[project] for project in grants}
    assert {row["project_id"]: row["round_id"] for row in draft.tables["projects"]} == {
        "2018-gjeldsfloka": "2018-1",
        "2018-oygarden-barn-unge": "2018-1",
        "2021-flere-i-arbeid": "2021",
        "2023-byggesak": "2023",
    }
    owner = next(row for row in draft.tables["participations"] if row["project_id"] == "2021-flere-i-arbeid")
    assert owner["organisation_id"] == "kristiansand-kommune"


def test_a_foreign_grant_becomes_a_proposal_with_what_a_person_must_fill_in(numbers) -> None:
    draft = from_grants({"grants": [GRANT]}, numbers)
    (project,) = draft.tables["projects"]
    assert project["project_id"] == "2031-bedre-koordning"
    assert draft.tables["participations"][0]["organisation_id"] == "etaten"
    left = {(one.field, one.reason) for one in draft.not_carried}
    assert {("beneficiaryLocation", "unknown_field"), ("name_en", "fill_in"), ("sector_code", "fill_in")} <= left


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"currency": "GBP"}, "other_currency"),
        ({"amountAwarded": "mange"}, "bad_amount"),
        ({"amountAwarded": True}, "bad_amount"),
    ],
)
def test_an_amount_that_is_no_kroner_is_named_and_never_converted(numbers, change, reason) -> None:
    draft = from_grants({"grants": [{**GRANT, **change}]}, numbers)
    assert draft.tables["project_grants"] == []
    assert [one.field for one in draft.not_carried if one.reason == reason] == ["amountAwarded"]


def test_a_grant_without_what_the_standard_requires_is_refused_by_its_place_and_field(numbers) -> None:
    with pytest.raises(ExchangeError, match="grant 2 lacks awardDate, which 360Giving requires"):
        from_grants({"grants": [GRANT, {**GRANT, "awardDate": ""}]}, numbers)


def test_a_file_without_grants_is_refused(numbers) -> None:
    with pytest.raises(ExchangeError, match='needs a list called "grants"'):
        from_grants([], numbers)


def test_a_draft_is_written_beside_the_registry_and_never_over_files(numbers, tmp_path) -> None:
    draft = from_grants({"grants": [GRANT]}, numbers)
    write_draft(draft, tmp_path / "draft")
    written = pl.read_csv(tmp_path / "draft" / "projects.csv", infer_schema=False)
    assert written["name_nb"].to_list() == ["Bedre køordning"]
    assert pl.read_csv(tmp_path / "draft" / NOT_CARRIED)["reason_nb"].str.contains("fylles ut").any()
    with pytest.raises(ExchangeError, match="has files in it"):
        write_draft(draft, tmp_path / "draft")
