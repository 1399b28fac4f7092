"""Precision and recall of the announcement reader, by document and field.

Run with ``make bench-reader``. Documents are the invented pages under ``tests/data/announcements`` and, where they
stand beside the project, the five documents of ``../shared/seeds``. A dash means that nothing was found or expected.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gevinst.announcements.read_page import read_page
from gevinst.announcements.scoring import FIELDS, Score, scores_of
from tests.data import seed_expectations

PAGES = Path(__file__).parents[1] / "tests" / "data" / "announcements"


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


def _shown(score: Score) -> str:
    return f"precision {_share(score.precision)}, recall {_share(score.recall)}"


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.2f}"


if __name__ == "__main__":
    main()
