"""The description for analysis tools: every file as it is, and every field of every table."""

import hashlib
import json
from dataclasses import replace

import pytest

from gevinst.contracts import PUBLISHED
from gevinst.formats.croissant import croissant
from gevinst.formats.tables import write_tables
from gevinst.settings import SiteAddress, SiteOwner


@pytest.fixture
def described(built):
    folder = built()
    return folder, json.loads((folder / "croissant.json").read_text(encoding="utf-8"))


@pytest.mark.slow
def test_every_file_is_there_with_its_sum(described):
    folder, description = described
    files = description["distribution"]

    assert [file["name"] for file in files] == [f"{table.name}.csv" for table in PUBLISHED]
    for file in files:
        assert hashlib.sha256((folder / file["contentUrl"]).read_bytes()).hexdigest() == file["sha256"]


@pytest.mark.slow
def test_every_field_is_a_column_of_its_file_in_the_same_order(described):
    folder, description = described
    files = {file["@id"]: folder / file["contentUrl"] for file in description["distribution"]}
    for records in description["recordSet"]:
        fields = records["field"]
        assert len({field["source"]["fileObject"]["@id"] for field in fields}) == 1
        header = files[fields[0]["source"]["fileObject"]["@id"]].read_text(encoding="utf-8").partition("\n")[0]
        assert [field["source"]["extract"]["column"] for field in fields] == header.split(",")
        assert all(field["description"] and field["dataType"].startswith("sc:") for field in fields)


@pytest.mark.slow
def test_keys_lead_to_fields_that_there_are_and_relations_are_left_to_the_data_package(described):
    folder, description = described
    fields = [field for records in description["recordSet"] for field in records["field"]]
    keys = {key["@id"] for records in description["recordSet"] for key in records["key"]}
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))

    assert keys and keys <= {field["@id"] for field in fields}
    assert not [field["@id"] for field in fields if "references" in field]
    assert any("foreignKeys" in resource["schema"] for resource in package["resources"])


def test_it_names_who_answers_and_where_it_is_when_that_is_known(tables, info, settings, tmp_path):
    write_tables({table.name: tables[table.name] for table in PUBLISHED}, tmp_path, info.edition_id)
    known = replace(settings, owner=SiteOwner("Etaten"), site=SiteAddress("https://example.no/g"))
    nobody, somebody = croissant(info, tables, tmp_path, settings), croissant(info, tables, tmp_path, known)

    assert not {"creator", "url"} & set(nobody)
    assert somebody["creator"]["name"] == "Etaten"
    assert somebody["url"] == "https://example.no/g/2026-1/site/index.html"
    assert somebody["conformsTo"] == "http://mlcommons.org/croissant/1.0"
    assert info.edition_id in somebody["citeAs"] and info.as_of_on.strftime("%Y") in somebody["citeAs"]
