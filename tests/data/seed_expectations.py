"""What the five documents beside the project say, in the shape that `benchmarks.reader` compares."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

SHARED = Path(__file__).parents[3] / "shared"
FACTS = SHARED / "facts" / "seed_facts.json"
TYPES = {
    "000": "award_news",
    "001": "cohort_page",
    "002": "programme_page",
    "003": "ministry_release",
    "004": "summary_article",
}
MODALITIES = {"potential_asserted": "potential", "goal": "goal", "realised_self_reported": "reported"}
ROUNDS: dict[str, list[dict[str, Any]]] = {
    "000": [
        {"year": 2023, "selected": 4, "applicants": 34, "amount_nok": 8500000, "amount_kind": "frame_plus_options"}
    ],
    "001": [{"year": 2019, "selected": 7, "applicants": 38, "amount_nok": 18800000, "amount_kind": "award"}],
    "002": [{"year": 2016, "selected": 8}],
    "003": [
        {"year": 2018, "selected": 4, "amount_nok": 6200000, "amount_kind": "award"},
        {"year": 2018, "amount_nok": 3800000, "amount_kind": "award"},
    ],
    "004": [],
}


def documents() -> list[Path]:
    """The documents, in order; none when the folder is not beside the project."""
    return sorted((SHARED / "seeds").glob("*.txt"))


def expected(path: Path) -> dict[str, Any]:
    """The expected answer for one of the documents."""
    facts = json.loads(FACTS.read_text(encoding="utf-8"))
    number = path.name[:3]
    about = next(one for one in facts["documents"] if one["file"] == path.name)
    return {
        "type": TYPES[number],
        "language": about["language"],
        "published": about["published"],
        "rounds": ROUNDS[number],
        "projects": [_project(one, path.name) for one in facts["projects"] if one["span"]["file"] == path.name],
    }


def _project(fact: dict[str, Any], name: str) -> dict[str, Any]:
    start = fact["start_date"]
    return {
        "name": fact["name_as_written"],
        "owners": [one["name_as_written"] for one in fact["lead"]],
        "partners": [one["name_as_written"] for one in fact["participants"] if "unnamed" not in one["name_normalised"]],
        "suppliers": [one["name_as_written"] for one in fact["vendors"]],
        "start": start["value"] if start else None,
        "end": None,
        "gains": [
            [one["evidence"]["lines"], MODALITIES[one["modality"]]]
            for one in fact["gains"]
            if one["modality"] in MODALITIES and one["evidence"]["file"] == name
        ],
    }
