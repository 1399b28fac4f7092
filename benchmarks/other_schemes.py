"""The reader on pages of other schemes: what it tells, how much of that is right, and whether its confidence means it.

Run with ``make bench-reader``. Each folder under ``tests/data/other_schemes`` holds pages and an ``expected.json``:
`SETS` says who wrote them. Those that the reader was mended with say what it can do; only a set that was never looked
at says what to expect of a new page.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gevinst.announcements.model import Found, Project, Reading
from gevinst.announcements.read_page import read_page

PAGES = Path(__file__).parents[1] / "tests" / "data" / "other_schemes"
SETS = {
    "cases": "of the issue that asked for them",
    "own": "written before the reader was changed",
    "other_hands": "written by somebody else, and used to mend the reader since",
    "other_hands_2": "written by a third person, and used to mend the reader since",
    "other_hands_3": "written by a fourth person who had not seen the reader: scored once, and used to mend it since",
}
"""Sets of pages by folder, each with who wrote them; a set whose folder is not there is left out."""
BANDS = (0.95, 0.9, 0.8, 0.7, 0.6, 0.0)
"""Lower ends of the bands of confidence."""
_ROLES = (("owners", "lead"), ("partners", "participants"), ("suppliers", "vendors"))
_FIGURES = (("year", "cohort_year"), ("selected",) * 2, ("applicants",) * 2, ("amount_nok",) * 2)


@dataclass(frozen=True, slots=True)
class Told:
    """One value that the reader told of a page, and whether it is right."""

    page: str
    field: str
    value: str
    confidence: float
    is_right: bool


@dataclass(slots=True)
class Result:
    """What was told and what was missed on a set of pages."""

    told: list[Told] = field(default_factory=list)
    missed: list[tuple[str, str, str]] = field(default_factory=list)
    false_projects: list[tuple[str, str]] = field(default_factory=list)
    shifted: list[tuple[str, str]] = field(default_factory=list)
    invented: list[tuple[str, int]] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """Of projects' names and bodies and the figures of rounds; types, dates and grants are told apart."""
        told = [one for one in self.told if one.field not in ("type", "start", "end", "grant")]
        right = sum(one.is_right for one in told)
        return 2 * right / max(2 * right + (len(told) - right) + len(self.missed), 1)

    def share(self, least: float, below: float = 1.1) -> tuple[int, int]:
        """How many values told in a band of confidence are right, and how many there are."""
        band = [one for one in self.told if least <= round(one.confidence, 2) < below]
        return sum(one.is_right for one in band), len(band)


def plain(value: object) -> str:
    """A value for comparison, without case, odd blanks and the full stop after it."""
    return re.sub(r"\s+", " ", str(value).replace("\u00a0", " ")).strip(" .").lower()


def result_of(pages: Iterable[tuple[Path, Mapping[str, Any]]]) -> Result:
    """What the reader tells of pages, held against what a person reads on them."""
    result = Result()
    for path, expected in pages:
        _add(result, path.name, read_page(path), expected)
    return result


def pages_of(folder: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    """The pages of a set with what a person reads on each."""
    known = PAGES / folder / "expected.json"
    if known.exists():
        for name, expected in json.loads(known.read_text(encoding="utf-8")).items():
            yield PAGES / folder / name, expected


def _add(result: Result, page: str, reading: Reading, expected: Mapping[str, Any]) -> None:
    types = expected.get("alternatives", [expected.get("document_type")])
    if types != [None]:
        _tell(result, page, "type", reading.type, is_right=reading.type.value in types)
    left = list(expected["projects"])
    everyone = {plain(name) for one in left for name in _bodies(one)}
    for project in reading.projects:
        wanted = _match(project, left)
        if wanted is None:
            shown = project.name or next(iter([*project.owners, *project.partners]), None)
            result.false_projects.append((page, str(shown and shown.value)))
        else:
            left.remove(wanted)
        _of_project(result, page, project, wanted or {}, is_named=any("name" in one for one in expected["projects"]))
        # A row is shifted when a project has its name and the owner of another one.
        owners = {plain(one.value) for one in project.owners}
        bodies = {plain(name) for name in _bodies(wanted or {})}
        if wanted and bodies and project.name and owners & everyone and not owners & bodies:
            result.shifted.append((page, str(project.name.value)))
    for one in left:
        names = [one["name"]] if one.get("name") else []
        result.missed += [(page, "name", name) for name in names]
        result.missed += [(page, role, name) for role, key in _ROLES for name in one.get(key, [])]
    _of_rounds(result, page, reading, expected.get("round") or {})


def _match(project: Project, expected: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The expected project with this name or, where one of the two has none, with one of these bodies."""
    if project.name:
        named = next((one for one in expected if plain(one.get("name", "")) == plain(project.name.value)), None)
        if named:
            return named
    bodies = {plain(one.value) for one in [*project.owners, *project.partners]}
    return next((one for one in expected if bodies & {plain(name) for name in _bodies(one)}), None)


def _bodies(wanted: Mapping[str, Any]) -> list[str]:
    return [*wanted.get("lead", []), *wanted.get("participants", []), *wanted.get("lead_or_participant", [])]


def _of_project(result: Result, page: str, project: Project, wanted: Mapping[str, Any], *, is_named: bool) -> None:
    if project.name and is_named:
        is_right = plain(project.name.value) == plain(wanted.get("name", ""))
        _tell(result, page, "name", project.name, is_right=is_right)
    if wanted.get("name") and not (project.name and plain(project.name.value) == plain(wanted["name"])):
        result.missed.append((page, "name", wanted["name"]))
    either = {plain(name) for name in wanted.get("lead_or_participant", [])}
    told = {role: {plain(one.value) for one in getattr(project, role)} for role, _ in _ROLES}
    for role, key in _ROLES:
        right = {plain(name) for name in wanted.get(key, [])} | (either if role != "suppliers" else set())
        for one in getattr(project, role):
            _tell(result, page, role, one, is_right=plain(one.value) in right)
        result.missed += [(page, role, name) for name in wanted.get(key, []) if plain(name) not in told[role]]
    result.missed += [
        (page, "owners", name)
        for name in wanted.get("lead_or_participant", [])
        if plain(name) not in told["owners"] | told["partners"]
    ]
    for name in ("start", "end", "grant"):
        value, right = getattr(project, name), wanted.get(name) or wanted.get(f"{name}_nok")
        if value and right:
            _tell(result, page, name, value, is_right=value.value == right)


def _of_rounds(result: Result, page: str, reading: Reading, wanted: Mapping[str, Any]) -> None:
    # A page on several rounds is held against the one that is expected of it.
    year = wanted.get("cohort_year")
    rounds = [one for one in reading.rounds if year is None or one.year is None or one.year.value == year]
    rounds = rounds or reading.rounds
    for name, key in _FIGURES:
        values = [found for one in rounds if (found := getattr(one, name))]
        if key in wanted:
            hit = next((found for found in values if found.value == wanted[key]), None)
            if hit is None:
                result.missed.append((page, key, str(wanted[key])))
            if values:
                _tell(result, page, key, hit or values[0], is_right=hit is not None)
        elif name == "amount_nok":
            result.invented += [(page, int(found.value)) for found in values]
            for found in values:
                _tell(result, page, key, found, is_right=False)


def _tell(result: Result, page: str, name: str, found: Found, *, is_right: bool) -> None:
    result.told.append(Told(page, name, str(found.value), found.confidence, is_right))


def lines_of(result: Result) -> Iterator[str]:
    """F1, what must not be, what was wrong or missed, and the reliability table."""
    yield (
        f"F1 {result.f1:.3f}; false projects {len(result.false_projects)}, shifted rows {len(result.shifted)}, "
        f"invented amounts {len(result.invented)}"
    )
    for one in result.told:
        if not one.is_right:
            yield f"  wrong: {one.page} {one.field} {one.value} ({one.confidence:.2f})"
    yield from (f"  missed: {' '.join(one)}" for one in result.missed)
    yield f"{'confidence':<14}{'told':>6}{'right':>7}{'share':>7}"
    for least, below in zip(BANDS, (1.01, *BANDS[:-1]), strict=True):
        right, told = result.share(least, below)
        shown = f"{right / told:.2f}" if told else "–"
        yield f"{f'{least:.2f} – {min(below, 1):.2f}':<14}{told:>6}{right:>7}{shown:>7}"
    right, told = result.share(0.9)
    yield f"{'0.90 or more':<14}{told:>6}{right:>7}{f'{right / told:.2f}' if told else '–':>7}"


def report() -> Iterator[str]:
    """A part for each set of pages."""
    for name, origin in SETS.items():
        pages = list(pages_of(name))
        if pages:
            yield f"\nother schemes, {name.replace('_', ' ')}: {len(pages)} pages, {origin}"
            yield from lines_of(result_of(pages))
