"""What is publicly known to be wrong with the software in the locks, from files that somebody has put beside it.

Advisories are in the form of OSV (https://ossf.github.io/osv-schema/), as its databases are offered for download: a zip
or a folder of JSON files per ecosystem. Nothing is fetched here. pip-audit, which knows Python's packages only, asks a
service on the network for each of them, and osv-scanner is a program of its own that Debian does not have.

Belongs here: reading advisories and holding versions against them.
Does not belong here: the locks (`locks.py`), and what is said of what was found (`gevinst.commands.audit`).
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from gevinst.errors import GevinstError
from gevinst.software.locks import NPM, PYTHON, Component

_MODIFIED = re.compile(rb'"modified"\s*:\s*"(\d{4}-\d{2}-\d{2})')
_ECOSYSTEM = re.compile(rb'"ecosystem"\s*:\s*"([A-Za-z]+)')


class AdvisoryError(GevinstError):
    """There are no advisories, or one of them cannot be read."""


class Finding(NamedTuple):
    """An advisory about a package in the version that is locked; `fixed` are the versions that set it right."""

    component: Component
    advisory_id: str
    summary: str
    fixed: tuple[str, ...]


@dataclass(slots=True)
class Audit:
    """What was found, and by ecosystem how many advisories there were and the day of the newest."""

    findings: list[Finding] = field(default_factory=list[Finding])
    counts: dict[str, int] = field(default_factory=dict[str, int])
    newest: dict[str, date] = field(default_factory=dict[str, date])


def audit(components: Sequence[Component], place: Path) -> Audit:
    """Hold every component against the advisories in `place`: a JSON file, a zip of such, or a folder of either.

    Raises `AdvisoryError` when an ecosystem of the components has no advisories there: silence would look like safety.
    """
    wanted: dict[tuple[str, str], list[Component]] = {}
    for one in components:
        wanted.setdefault((one.ecosystem, _name(one.ecosystem, one.name)), []).append(one)
    # A database holds hundreds of thousands of advisories: those that name none of our packages are not parsed.
    names = {re.sub(r"[-_.]+", "[-_.]+", one.name) for one in components}
    ours = re.compile(rb'"name"\s*:\s*"(?:%s)"' % "|".join(sorted(names)).encode(), re.IGNORECASE)
    found = Audit()
    for where, content in _advisories(place):
        modified = _MODIFIED.search(content)
        ecosystems = {match.decode() for match in _ECOSYSTEM.findall(content)} & {PYTHON, NPM}
        if modified is None:
            raise AdvisoryError(
                f"{where} is no advisory: it says not when it was modified; put only databases of OSV there",
                f"{where} er ikke noe varsel: det står ikke når det ble endret; legg bare OSV-databaser der",
            )
        for ecosystem in ecosystems:
            day = date.fromisoformat(modified[1].decode())
            found.counts[ecosystem] = found.counts.get(ecosystem, 0) + 1
            found.newest[ecosystem] = max(day, found.newest.get(ecosystem, day))
        if ecosystems and ours.search(content):
            found.findings += _findings(_parsed(where, content), wanted)
    for ecosystem in {one.ecosystem for one in components} - found.counts.keys():
        raise AdvisoryError(
            f"there are no advisories for {ecosystem} in {place}, so nothing can be said; get all.zip for {ecosystem} "
            "from OSV (osv.dev), and put it there",
            f"det er ingen varsler for {ecosystem} i {place}, så ingenting kan sies; hent all.zip for {ecosystem} fra "
            "OSV (osv.dev), og legg den der",
        )
    found.findings.sort(key=lambda one: (one.component.name, one.advisory_id))
    return found


def _advisories(place: Path) -> Iterator[tuple[str, bytes]]:
    if place.is_dir():
        for path in sorted(place.rglob("*")):
            if path.suffix in (".json", ".zip"):
                yield from _advisories(path)
    elif place.suffix == ".zip":
        try:
            with zipfile.ZipFile(place) as archive:
                for name in archive.namelist():
                    if name.endswith(".json"):
                        yield f"{place}: {name}", archive.read(name)
        except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
            raise AdvisoryError(
                f"{place} is no whole zip ({error}); fetch it again",
                f"{place} er ingen hel zip-fil ({error}); hent den på nytt",
            ) from error
    elif place.is_file():
        yield str(place), place.read_bytes()


def _parsed(where: str, content: bytes) -> dict[str, Any]:
    try:
        advisory = json.loads(content)
        if isinstance(advisory, dict) and isinstance(advisory.get("id"), str):
            return advisory
    except ValueError:
        pass
    raise AdvisoryError(
        f"{where} cannot be read as an advisory of OSV; fetch it again",
        f"{where} kan ikke leses som et OSV-varsel; hent det på nytt",
    )


def _findings(advisory: Mapping[str, Any], wanted: Mapping[tuple[str, str], list[Component]]) -> Iterator[Finding]:
    if advisory.get("withdrawn"):
        return
    for affected in advisory.get("affected", []):
        package = affected.get("package", {})
        ecosystem = str(package.get("ecosystem", "")).partition(":")[0]
        for component in wanted.get((ecosystem, _name(ecosystem, str(package.get("name", "")))), []):
            if _is_affected(component, affected):
                fixed = {str(event["fixed"]) for one in affected.get("ranges", []) for event in one.get("events", [])
                         if "fixed" in event}  # fmt: skip
                summary = str(advisory.get("summary") or advisory.get("details") or "").strip().partition("\n")[0]
                yield Finding(component, advisory["id"], summary, tuple(sorted(fixed, key=_key(ecosystem))))


def _name(ecosystem: str, name: str) -> str:
    return canonicalize_name(name) if ecosystem == PYTHON else name


def _is_affected(component: Component, affected: Mapping[str, Any]) -> bool:
    if component.version in affected.get("versions", []):
        return True
    ranges = [one for one in affected.get("ranges", []) if one.get("type") in ("ECOSYSTEM", "SEMVER")]
    return any(_is_in(component, one.get("events", [])) for one in ranges)


def _is_in(component: Component, events: Iterable[Mapping[str, str]]) -> bool:
    """Whether a version is between where a fault came in and where it went; by the evaluation that OSV describes."""
    key = _key(component.ecosystem)
    version = key(component.version)
    ordered = sorted(((key(value), kind) for event in events for kind, value in event.items()), key=lambda one: one[0])
    is_in = False
    for at, kind in ordered:
        if kind == "introduced" and version >= at:
            is_in = True
        elif (kind == "fixed" and version >= at) or (kind == "last_affected" and version > at):
            is_in = False
    return is_in


def _key(ecosystem: str) -> Callable[[str], tuple[Any, ...]]:
    return _python_key if ecosystem == PYTHON else _npm_key


def _python_key(text: str) -> tuple[Any, ...]:
    try:
        return (1, Version(text))
    except InvalidVersion:
        return (0, text)  # of before the versions that Python has rules for, all of which are newer


def _npm_key(text: str) -> tuple[Any, ...]:
    """Order of versions by semver.org, 2.0.0: what stands after a hyphen comes before the version without it."""
    numbers, _, before = text.partition("+")[0].partition("-")
    parts = tuple(int(one) if one.isdigit() else 0 for one in (*numbers.split("."), "0", "0")[:3])
    early = tuple((0, int(one), "") if one.isdigit() else (1, 0, one) for one in before.split(".")) if before else ()
    return (parts, not before, early)
