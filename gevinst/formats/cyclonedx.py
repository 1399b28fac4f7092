"""The software that an edition was made with, as a bill of materials (CycloneDX 1.6) and as a list of licences to read.

Belongs here: both files. They hold no clock: the same locks and packages give the same bytes.
Does not belong here: what the software is (`gevinst.software.locks`).
Source: the specification of CycloneDX 1.6 (ECMA-424); package addresses by the specification of purl.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from importlib import metadata
from typing import Any
from urllib.parse import quote

from gevinst.bilingual import LANGUAGES
from gevinst.language.texts import Catalogue
from gevinst.layout import SBOM
from gevinst.software.locks import NPM, PYTHON, Component, by_name, is_expression

_OWN = "gevinst"
_KINDS = {PYTHON: "pypi", NPM: "npm"}


def bill_of_materials(components: Sequence[Component]) -> dict[str, Any]:
    """The bill of materials of Gevinst itself with everything that it needs to make an edition."""
    listed = by_name(components)
    known = {(one.ecosystem, one.name): _address(one) for one in listed}
    own = f"pkg:generic/{_OWN}@{metadata.version(_OWN)}"
    content: dict[str, Any] = {
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": _OWN,
                "version": metadata.version(_OWN),
                "licenses": [{"license": {"id": "MIT"}}],
            }
        },
        "components": [_component(one) for one in listed],
        "dependencies": [
            {"ref": own, "dependsOn": sorted(_address(one) for one in listed if one.is_direct)},
            *(
                {
                    "ref": _address(one),
                    "dependsOn": sorted(
                        known[one.ecosystem, name] for name in one.needs if (one.ecosystem, name) in known
                    ),
                }
                for one in listed
            ),
        ],
    }
    serial = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(content, sort_keys=True))
    head = {"bomFormat": "CycloneDX", "specVersion": "1.6", "serialNumber": f"urn:uuid:{serial}", "version": 1}
    return {**head, **content}


def _component(one: Component) -> dict[str, Any]:
    address = _address(one)
    described = {"type": "library", "bom-ref": address, "name": one.name, "version": one.version}
    return {**described, **_licences(one.licences), "purl": address}


def _licences(licences: Sequence[str]) -> dict[str, Any]:
    if not licences:
        return {}
    if len(licences) == 1 and " " in licences[0] and is_expression(licences[0]):
        return {"licenses": [{"expression": licences[0], "acknowledgement": "declared"}]}
    keys = ("id" if is_expression(one) else "name" for one in licences)
    found = zip(keys, licences, strict=True)
    return {"licenses": [{"license": {key: one, "acknowledgement": "declared"}} for key, one in found]}


def _address(one: Component) -> str:
    return f"pkg:{_KINDS[one.ecosystem]}/{quote(one.name)}@{quote(one.version)}"


def licence_list(components: Sequence[Component]) -> str:
    """Every package with its version and what licences it declares, in bokmål and English."""
    width = max(len(one.name) + len(one.version) for one in components) + 2
    nobody = " / ".join(Catalogue(language).t("software.not_stated") for language in LANGUAGES)
    parts = ["\n".join(Catalogue(language).t("software.head", sbom=SBOM) for language in LANGUAGES)]
    for ecosystem in (PYTHON, NPM):
        heading = " / ".join(Catalogue(language).t(f"software.{_KINDS[ecosystem]}") for language in LANGUAGES)
        rows = [
            f"{f'{one.name} {one.version}':<{width}} {', '.join(one.licences) or nobody}"
            for one in by_name(components)
            if one.ecosystem == ecosystem
        ]
        parts.append("\n".join((heading, "", *rows)))
    return "\n\n\n".join(parts) + "\n"
