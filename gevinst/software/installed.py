"""What an installation is made of, where no lock says it: the packages of Python that are there, asked of themselves.

Whoever installs a wheel may have other versions than the lock of the checkout that it was built from.

Belongs here: packages of the running interpreter, with version, licence and what needs them.
Does not belong here: locks (`locks.py`), and which of the two is asked (`components.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import metadata

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from gevinst.software.locks import OWN, PYTHON, Component, declared_licences


@cache
def needed_packages() -> tuple[Component, ...]:
    """What Gevinst needs on this system, and what that needs in turn: no tools that somebody put beside it."""
    needs: dict[str, set[str]] = {}
    waiting, seen = [(OWN, "")], {(OWN, "")}
    while waiting:
        name, extra = waiting.pop()
        for required in _required(name, extra):
            needs.setdefault(name, set()).add(canonicalize_name(required.name))
            asked = {(canonicalize_name(required.name), one) for one in ("", *required.extras)} - seen
            seen |= asked
            waiting += asked
    return tuple(_component(name, needs) for name in sorted({name for name, _ in seen} - {OWN}))


def all_packages() -> list[Component]:
    """Every package that is installed beside Gevinst."""
    found = {canonicalize_name(one.metadata["Name"]): one.version for one in metadata.distributions()}
    return [Component(PYTHON, name, version) for name, version in sorted(found.items()) if name != OWN]


def version_of(name: str) -> str | None:
    """The version of a package that is installed; `None` when it is not."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _required(name: str, extra: str) -> Iterator[Requirement]:
    """What a package asks for on this system with one of its extras, or with none; only what is installed."""
    try:
        lines = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return
    for required in map(Requirement, lines):
        if (required.marker is None or required.marker.evaluate({"extra": extra})) and version_of(required.name):
            yield required


def _component(name: str, needs: dict[str, set[str]]) -> Component:
    needed = tuple(sorted(needs.get(name, set())))
    return Component(
        PYTHON, name, metadata.version(name), needed, declared_licences(name), name in needs.get(OWN, set())
    )
