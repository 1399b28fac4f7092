"""The registry's grants as 360Giving: what is carried, and that everything else is named."""

from datetime import date

from gevinst.formats.threesixty import REQUIRED, to_grants

AS_OF = date(2026, 12, 31)


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
