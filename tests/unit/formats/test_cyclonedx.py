"""The bill of materials: valid by the standard's own schema, complete, and the same bytes from the same locks."""

from __future__ import annotations

import json

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from gevinst.formats.cyclonedx import bill_of_materials, licence_list
from gevinst.software.locks import NPM, PYTHON, Component, made_with

PAIR = [
    Component(PYTHON, "a", "1.0", ("b",), ("MIT",), is_direct=True),
    Component(PYTHON, "b", "2.0+local", (), ("MPL-2.0 AND MIT",)),
    Component(NPM, "@x/c", "3.0.0", ("gone",), ("BSD License", "MIT"), is_direct=True),
    Component(NPM, "d", "4.0.0"),
]


def faults(content: object) -> object:
    """What the schema of CycloneDX 1.6 finds wrong; `None` for nothing."""
    return JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(content))


@pytest.mark.parametrize("components", [made_with(), PAIR], ids=["ours", "every kind"])
def test_the_bill_of_materials_is_valid_by_the_schema(components: list[Component]) -> None:
    assert faults(bill_of_materials(components)) is None


def test_the_schema_would_find_a_licence_that_is_none_and_a_property_too_many() -> None:
    content = bill_of_materials(PAIR)
    assert faults({**content, "made_at": "today"}) is not None
    content["components"][0]["licenses"] = [{"license": {"id": "No-Such-Licence"}}]
    assert faults(content) is not None


def test_every_package_is_listed_with_its_address_licence_and_needs() -> None:
    content = bill_of_materials(PAIR)
    listed = {one["purl"]: one.get("licenses") for one in content["components"]}
    assert listed == {
        "pkg:pypi/a@1.0": [{"license": {"id": "MIT", "acknowledgement": "declared"}}],
        "pkg:pypi/b@2.0%2Blocal": [{"expression": "MPL-2.0 AND MIT", "acknowledgement": "declared"}],
        "pkg:npm/%40x/c@3.0.0": [
            {"license": {"name": "BSD License", "acknowledgement": "declared"}},
            {"license": {"id": "MIT", "acknowledgement": "declared"}},
        ],
        "pkg:npm/d@4.0.0": None,
    }
    own, *needs = content["dependencies"]
    assert own["dependsOn"] == ["pkg:npm/%40x/c@3.0.0", "pkg:pypi/a@1.0"]
    assert {one["ref"]: one["dependsOn"] for one in needs}["pkg:pypi/a@1.0"] == ["pkg:pypi/b@2.0%2Blocal"]
    assert {one["ref"]: one["dependsOn"] for one in needs}["pkg:npm/%40x/c@3.0.0"] == []


def test_the_same_packages_give_the_same_bytes_in_any_order_and_others_another_number() -> None:
    first = bill_of_materials(PAIR)
    assert json.dumps(bill_of_materials(PAIR[::-1])) == json.dumps(first)
    newer = bill_of_materials([PAIR[0]._replace(version="1.1"), *PAIR[1:]])
    assert newer["serialNumber"] != first["serialNumber"]
    assert "timestamp" not in json.dumps(first)


def test_the_list_of_licences_can_be_read_in_both_languages() -> None:
    text = licence_list(PAIR)
    assert text == licence_list(PAIR[::-1])
    assert "Programvaren denne utgaven er laget med" in text and "The software that this edition was made with" in text
    assert [line.split() for line in text.splitlines() if line.startswith(("a ", "@x/c", "d "))] == [
        ["a", "1.0", "MIT"],
        ["d", "4.0.0", "ikke", "oppgitt", "/", "not", "stated"],
        ["@x/c", "3.0.0", "BSD", "License,", "MIT"],
    ]
