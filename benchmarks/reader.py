"""Precision and recall of the announcement reader, by document and field.

Run with ``make bench-reader``. Documents are the invented pages under ``tests/data/announcements`` and, where they
are kept beside the project, the five documents of ``../shared/seeds``. A dash means that nothing was found or expected.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.other_schemes import report
from gevinst.announcements.model import Found, Project, Reading
from gevinst.announcements.projects import similar
from gevinst.announcements.read_page import read_page
from tests.data import seed_expectations

PAGES = Path(__file__).parents[1] / "tests" / "data" / "announcements"
DOCUMENT = ("type", "language", "published")
ROUND = ("year", "selected", "applicants", "amount_nok", "amount_kind")
LISTS = ("owners", "partners", "suppliers")
FIELDS = ("projects", "name", *LISTS, "start", "end", *(f"round_{name}" for name in ROUND), "gains", *DOCUMENT)


@dataclass(slots=True)
class Score:
    """Values of one field: found as expected, found and not expected, expected and not found."""

    right: int = 0
    false: int = 0
    missed: int = 0

    def add(self, other: Score) -> None:
        """Count the values of `other` too."""
        self.right += other.right
        self.false += other.false
        self.missed += other.missed

    @property
    def precision(self) -> float | None:
        """Share of found values that are right; `None` when none was found."""
        return self.right / (self.right + self.false) if self.right + self.false else None

    @property
    def recall(self) -> float | None:
        """Share of expected values that were found; `None` when none was expected."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None


def scores_of(reading: Reading, expected: Mapping[str, Any]) -> dict[str, Score]:
    """Scores by field. `expected` holds plain values: `type`, `language`, `published`, `rounds` and `projects`.

    A field that `expected` does not have is not scored; projects are matched by name, else by owner.
    """
    found: dict[str, Score] = {}
    for name in DOCUMENT:
        if name in expected:
            found[name] = _compared([_value(getattr(reading, name))], [expected[name]])
    for name in ROUND:
        values = [_value(getattr(one, name)) for one in reading.rounds]
        found[f"round_{name}"] = _compared(values, [one.get(name) for one in expected["rounds"]])
    pairs, extra, missing = _matched(reading.projects, expected["projects"])
    found["projects"] = Score(len(pairs), len(extra), len(missing))
    for name in ("name", *LISTS, "start", "end", "gains"):
        score = Score()
        for project, wanted in [*pairs, *((None, one) for one in missing), *((one, {}) for one in extra)]:
            if name in wanted or project is None or not wanted:
                score.add(_of_project(project, wanted, name))
        found[name] = score
    return found


def _of_project(project: Project | None, wanted: Mapping[str, Any], name: str) -> Score:
    if name in LISTS:
        values = [str(one.value) for one in getattr(project, name)] if project else []
        return _compared(map(_organisation, values), map(_organisation, wanted.get(name, [])))
    if name == "gains":
        return _gains(project, wanted.get("gains", []))
    given = _value(getattr(project, name)) if project else None
    variants = wanted.get("name_variants", [])
    if name == "name" and given and any(_plain(given) == _plain(variant) for variant in variants):
        return Score(right=1)
    return _compared([_plain(given)], [_plain(wanted.get(name))])


def _gains(project: Project | None, wanted: Sequence[Sequence[Any]]) -> Score:
    """Gains are right when a gain with the modality is on the expected line, or holds the expected words."""
    given = list(project.gains) if project else []
    right = 0
    for where, modality in wanted:
        hit = next(
            (
                gain
                for gain in given
                if gain.modality == modality
                and (gain.line in where if isinstance(where, list) else str(where).lower() in gain.text.lower())
            ),
            None,
        )
        right += hit is not None
    lines = {
        id(gain)
        for gain in given
        for where, modality in wanted
        if gain.modality == modality
        and (gain.line in where if isinstance(where, list) else str(where).lower() in gain.text.lower())
    }
    return Score(right, len(given) - len(lines), len(wanted) - right)


def _matched(
    found: Sequence[Project], expected: Sequence[Mapping[str, Any]]
) -> tuple[list[tuple[Project, Mapping[str, Any]]], list[Project], list[Mapping[str, Any]]]:
    left = list(expected)
    pairs: list[tuple[Project, Mapping[str, Any]]] = []
    extra: list[Project] = []
    for project in found:
        match = next((one for one in left if _is_match(project, one)), None)
        if match is None:
            extra.append(project)
        else:
            pairs.append((project, match))
            left.remove(match)
    return pairs, extra, left


def _is_match(project: Project, wanted: Mapping[str, Any]) -> bool:
    names = [name for name in (wanted.get("name"), *wanted.get("name_variants", [])) if name]
    if project.name and names:
        return any(similar(str(project.name.value), name) for name in names)
    owners = {_organisation(str(one.value)) for one in project.owners}
    return bool(owners & {_organisation(name) for name in wanted["owners"]})


def _compared(found: Iterable[Any], expected: Iterable[Any]) -> Score:
    left = [one for one in expected if one is not None]
    score = Score()
    for value in (one for one in found if one is not None):
        if value in left:
            left.remove(value)
            score.right += 1
        else:
            score.false += 1
    score.missed = len(left)
    return score


def _value(found: Found | None) -> str | int | None:
    return found.value if found else None


def _plain(value: Any) -> str | None:
    return None if value is None else re.sub(r"\s+", " ", str(value)).strip(" .").lower()


def _organisation(name: str) -> str:
    return re.sub(r"\s*\([^)]*\)", "", name).strip(" .").lower()


def documents() -> Iterator[tuple[str, Path, dict[str, Any]]]:
    """Set, file and expected answer of every document."""
    for answer in sorted(PAGES.glob("*.json")):
        page = next(path for path in PAGES.glob(f"{answer.stem}.*") if path.suffix != ".json")
        yield "invented pages", page, json.loads(answer.read_text(encoding="utf-8"))
    for page in seed_expectations.documents():
        yield "documents beside the project", page, seed_expectations.expected(page)


def main() -> None:
    """Print a line for each document with what is not perfect, then a table for each set."""
    totals: dict[str, dict[str, Score]] = {}
    for group, page, expected in documents():
        scores = scores_of(read_page(page), expected)
        faults = [f"{field} {_shown(score)}" for field, score in scores.items() if score.false or score.missed]
        print(f"{page.name}: {'; '.join(faults) or 'all fields right'}")
        for field, score in scores.items():
            totals.setdefault(group, {}).setdefault(field, Score()).add(score)
    for group, scores in totals.items():
        print(f"\n{group}\n{'field':<18}{'precision':>10}{'recall':>10}{'right':>8}{'false':>8}{'missed':>8}")
        for field in FIELDS:
            score = scores[field]
            shares = f"{_share(score.precision):>10}{_share(score.recall):>10}"
            print(f"{field:<18}{shares}{score.right:>8}{score.false:>8}{score.missed:>8}")
    print("\n".join(report()))


def _shown(score: Score) -> str:
    return f"precision {_share(score.precision)}, recall {_share(score.recall)}"


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.2f}"


if __name__ == "__main__":
    main()
