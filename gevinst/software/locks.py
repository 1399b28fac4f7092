"""What the locks name: every package of Python and of the front end, with the version and what needs it.

Belongs here: reading the locks, and the licences that installed packages declare. Nothing is fetched.
Does not belong here: making locks (``make lock``), deciding what may be used, and installations that have no locks
(`installed.py`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from email.message import Message
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple, cast

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from gevinst.checkout import CODE
from gevinst.errors import GevinstError

PYTHON, NPM = "PyPI", "npm"
"""Ecosystems, by the names that advisories and package addresses have for them."""
RUN = "requirements.lock"
FRONTEND, MEASURING = "gevinst/site/frontend/package-lock.json", "benchmarks/lighthouse/package-lock.json"
OWN = "gevinst"
"""This program, by the name that it has among packages."""
_CLASSIFIERS = {
    "Apache Software License": "Apache-2.0",
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.0-or-later",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 1.1 (MPL 1.1)": "MPL-1.1",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
"""What packages of before PEP 639 say, where it means one licence; "BSD License" does not say which."""
_LONGEST_NAME = 60
"""Characters; what is longer is a whole licence in the place of its name."""


class LockError(GevinstError):
    """A lock is missing or is none."""


class Component(NamedTuple):
    """A package: its ecosystem, name and version, the names of those that it needs, and the licences that it declares.

    Licences are SPDX expressions where the package says so much; of several, the package says not how they combine.
    `is_direct` is true of what this house itself asks for, whoever else needs it.
    """

    ecosystem: str
    name: str
    version: str
    needs: tuple[str, ...] = ()
    licences: tuple[str, ...] = ()
    is_direct: bool = False


@cache
def made_with(code: Path = CODE) -> tuple[Component, ...]:
    """What an edition is made with and carries: no tools of developers, and nothing for other systems than this one."""
    python = [one for one in _python_pins(code / RUN) if one.marker is None or one.marker.evaluate()]
    needed = _needs(code / RUN)
    names = {canonicalize_name(one.name) for one in python}
    packages = [
        Component(
            PYTHON,
            canonicalize_name(one.name),
            _pinned(one),
            tuple(sorted(needed.get(canonicalize_name(one.name), set()) & names)),
            declared_licences(one.name),
            canonicalize_name(one.name) in needed.get(OWN, set()),
        )
        for one in python
    ]
    return (*packages, *npm_packages(code / FRONTEND, is_for_developers=False))


def everything(code: Path = CODE) -> list[Component]:
    """Every package of every lock, for all systems and with the tools of developers."""
    locks = [code / RUN, *code.glob("requirements-*.lock")]
    python = {(canonicalize_name(one.name), _pinned(one)) for lock in locks for one in _python_pins(lock)}
    found = [Component(PYTHON, name, version) for name, version in sorted(python)]
    npm = {
        (one.name, one.version)
        for name in (FRONTEND, MEASURING)
        for one in npm_packages(code / name, is_for_developers=True)
    }
    return [*found, *(Component(NPM, name, version) for name, version in sorted(npm))]


def pins(text: str) -> dict[str, str]:
    """Version by name of the lines of a Python lock, for all systems."""
    return {canonicalize_name(one.name): _pinned(one) for one in _requirements(text)}


def npm_versions(lock: dict[str, Any]) -> list[tuple[str, str]]:
    """Name and version of every package of a parsed lock of npm."""
    packages: dict[str, dict[str, Any]] = lock["packages"]
    return [(_npm_name(place), str(entry["version"])) for place, entry in packages.items() if place]


def _python_pins(lock: Path) -> list[Requirement]:
    found = list(_requirements(_text(lock)))
    if not found:
        raise LockError(f"{lock} names no package; get it from the repository again")
    return found


def _requirements(text: str) -> Iterator[Requirement]:
    for line in text.splitlines():
        if re.match(r"[A-Za-z0-9]", line):
            yield Requirement(line.rstrip("\\ "))


def _pinned(requirement: Requirement) -> str:
    ((version,),) = [[one.version for one in requirement.specifier]]
    return version


def _needs(lock: Path) -> dict[str, set[str]]:
    """What each package needs, from the comments in which uv names who asked for a package."""
    found: dict[str, set[str]] = {}
    asked_for = ""
    for line in _text(lock).splitlines():
        if re.match(r"[A-Za-z0-9]", line):
            asked_for = canonicalize_name(Requirement(line.rstrip("\\ ")).name)
        elif (match := re.match(r"    #(?: via)? +([A-Za-z0-9][\w.-]*)", line)) and match[1] != "via":
            found.setdefault(canonicalize_name(match[1]), set()).add(asked_for)
    return found


def npm_packages(lock: Path, *, is_for_developers: bool) -> list[Component]:
    """The packages of a lock of npm, with those that only developers use or without them."""
    try:
        packages: dict[str, dict[str, Any]] = json.loads(_text(lock))["packages"]
        asked_for: dict[str, str] = packages[""].get("dependencies", {})
        found = {
            place: entry for place, entry in packages.items() if place and (is_for_developers or not entry.get("dev"))
        }
        return [
            Component(
                NPM,
                _npm_name(place),
                str(entry["version"]),
                tuple(sorted(entry.get("dependencies", {}))),
                (_expression(str(entry["license"])) or str(entry["license"]),) if entry.get("license") else (),
                place.removeprefix("node_modules/") in asked_for,
            )
            for place, entry in sorted(found.items(), key=lambda item: _npm_name(item[0]))
        ]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise LockError(f"{lock} is no lock of npm ({error}); get it from the repository again") from error


def _npm_name(place: str) -> str:
    return place.rpartition("node_modules/")[2]


def _text(lock: Path) -> str:
    try:
        return lock.read_text(encoding="utf-8")
    except OSError as error:
        raise LockError(f"{lock} cannot be read ({error.strerror}); get it from the repository again") from error


def declared_licences(name: str) -> tuple[str, ...]:
    """The licences that an installed package declares: the newest way of saying it that is there."""
    try:
        declared: Message = cast("Message", metadata.metadata(name))  # as it is read; its own type offers less
    except metadata.PackageNotFoundError:
        return ()
    for text in (declared.get("License-Expression"), declared.get("License")):
        if text and (found := _expression(text)):
            return (found,)
    classifiers = [one.rpartition(" :: ")[2] for one in declared.get_all("Classifier") or [] if "License ::" in one]
    if classifiers:
        return tuple(sorted(_CLASSIFIERS.get(one, one) for one in classifiers))
    first = (declared.get("License") or "").strip().partition("\n")[0]
    return (_CLASSIFIERS.get(first, first),) if 0 < len(first) <= _LONGEST_NAME else ()


def _expression(text: str) -> str | None:
    try:
        return canonicalize_license_expression(text)
    except InvalidLicenseExpression:
        return None


def is_expression(licence: str) -> bool:
    """Whether a licence is an SPDX expression, and not a name in the package's own words."""
    return _expression(licence) is not None


def by_name(components: Iterable[Component]) -> list[Component]:
    """In the order in which people look them up."""
    return sorted(components, key=lambda one: (one.ecosystem != PYTHON, one.name.lstrip("@").lower(), one.version))
