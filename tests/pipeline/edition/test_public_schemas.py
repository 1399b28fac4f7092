"""What an edition says of itself, held against the schemas that the formats themselves publish."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from gevinst.contracts import PUBLISHED
from gevinst.formats.datapackage import data_package
from gevinst.formats.tables import write_tables
from gevinst.settings import SiteOwner

SCHEMA = json.loads((Path(__file__).parents[2] / "data/schemas/datapackage-2.0.json").read_text(encoding="utf-8"))


@pytest.fixture
def package(tables, info, tmp_path) -> Any:
    """The descriptor of the small world, published by a body that is named."""
    published = {table.name: tables[table.name] for table in PUBLISHED}
    write_tables(published, tmp_path, info.edition_id)
    return json.loads(json.dumps(data_package(info, published, tmp_path, SiteOwner("Etaten"))))


def faults(package: Any) -> list[str]:
    """What is wrong with a descriptor according to the schema of Data Package 2.0."""
    found = jsonschema.Draft7Validator(SCHEMA).iter_errors(package)
    return [f"{error.json_path}: {error.message[:200]}" for error in found]


def descriptors(package: Any) -> Iterator[tuple[str, Any]]:
    """Each part of a descriptor that has a profile of its own, with what the profile is called."""
    yield "datapackage", package
    for resource in package["resources"]:
        yield "dataresource", resource
        yield "tabledialect", resource["dialect"]
        yield "tableschema", resource["schema"]


def test_the_data_package_follows_the_schema_of_version_2(package):
    assert faults(package) == []


@pytest.mark.parametrize(
    ("spoil", "where"),
    [
        (lambda package: package["resources"][0].update(type="tabular"), "$.resources[0]"),
        (lambda package: package["contributors"][0].update(roles="publisher"), "$.contributors[0].roles"),
        (lambda package: package["licenses"][0].update(path="../licence"), "$.licenses[0].path"),
        (lambda package: package["resources"][0]["schema"].pop("fields"), "$.resources[0].schema"),
    ],
)
def test_the_schema_of_version_2_finds_what_is_wrong(package, spoil, where):
    spoil(package)
    assert any(fault.startswith(where) for fault in faults(package))


def test_each_part_names_its_profile_and_readers_of_version_1_find_theirs_beside_it(package):
    for name, part in descriptors(package):
        assert part["$schema"] == f"https://datapackage.org/profiles/2.0/{name}.json"
    assert package["profile"] == "tabular-data-package"
    for resource in package["resources"]:
        assert (resource["type"], resource["profile"]) == ("table", "tabular-data-resource")
    (publisher,) = package["contributors"]
    assert publisher == {"title": "Etaten", "roles": ["publisher"], "role": "publisher"}


def test_no_contributor_is_invented_where_nobody_answers(tables, info, tmp_path):
    published = {table.name: tables[table.name] for table in PUBLISHED}
    write_tables(published, tmp_path, info.edition_id)
    package = data_package(info, published, tmp_path, SiteOwner())
    assert "contributors" not in package
    assert faults(package) == []
