"""Figures of status of a small portfolio in which every kind of status occurs.

Belongs here: the portfolio and the figures made of it, for tests of more than one figure.
Does not belong here: expected answers.
"""

from __future__ import annotations

import json
from typing import Any

import polars as pl

from gevinst.contracts import contract
from gevinst.contracts.vocabulary import OUTCOME_OF_STATUS, OUTCOME_UNKNOWN
from gevinst.language.texts import Catalogue
from gevinst.site.figures import Figure, ladder, rounds
from tests.data.marts import figures as counted
from tests.data.small_edition import CODELISTS, frame

NB, EN = Catalogue("nb"), Catalogue("en")
CODES = pl.read_csv(CODELISTS)
STEPS = ("i_gang", "innsikt", "losning_utviklet", "provd_ut", "delvis_i_bruk", "i_bruk", "spredt")
SOURCE = "Kilde: oppdiktet."

# id, cohort, first status, newest status, step it is kept at
PORTFOLIO = (
    ("a-sprer", 2016, "i_gang", "spredt", 6),
    ("b-bruker", 2019, "innsikt", "i_bruk", 5),
    ("d-eldre", 2016, "provd_ut", "provd_ut", 3),
    ("c-yngre", 2021, "i_gang", "provd_ut", 3),
    ("e-venter", 2021, "i_gang", "i_gang", 0),
    ("f-videre", 2018, "innsikt", "viderefort", 4),
    ("g-stanset", 2018, "i_gang", "stanset", 2),
    ("h-ukjent", 2021, None, "ikke_vurdert", None),
)


def status(*projects: tuple[str, int, str | None, str, int | None], **flags: Any) -> pl.DataFrame:
    return frame(
        contract("project_status"),
        [
            {
                "edition_year": 2026,
                "project_id": project_id,
                "cohort_year": cohort,
                "first_status_code": first,
                "first_step": None if first is None else STEPS.index(first),
                "current_status_code": newest,
                "current_step": step,
                "is_in_use": newest in ("i_bruk", "spredt"),
                "outcome_code": OUTCOME_OF_STATUS.get(newest, OUTCOME_UNKNOWN),
                **flags,
            }
            for project_id, cohort, first, newest, step in projects
        ],
    )


def names(*projects: tuple[str, Any, Any, Any, Any]) -> pl.DataFrame:
    rows = [
        {"project_id": row[0], "short_name_nb": row[0].title(), "short_name_en": row[0].upper()} for row in projects
    ]
    return frame(contract("projects"), rows)


def the_ladder(*projects: tuple[str, int, str | None, str, int | None], **flags: Any) -> Figure:
    rows = status(*projects, **flags)
    return ladder(rows, counted(project_status=rows), names(*projects), CODES, NB, source=SOURCE, stale_after_months=24)


def the_rounds(*rows: dict[str, Any], min_n: int = 5) -> Figure:
    ids = [{"edition_year": 2026, "round_id": f"r{n}", "cohort_year": 2018 + n, **row} for n, row in enumerate(rows)]
    called = [{"round_id": row["round_id"], "name_nb": f"Runde {n}", "name_en": ""} for n, row in enumerate(ids)]
    overview = frame(contract("round_overview"), ids)
    return rounds(
        overview,
        counted(round_overview=overview),
        frame(contract("rounds"), called),
        CODES,
        NB,
        source=SOURCE,
        min_n=min_n,
        last_year=2017 + len(ids),
    )


def every_figure() -> list[Figure]:
    return [
        the_ladder(*PORTFOLIO),
        the_rounds({"applicant_count": 38, "selected_count": 7}, {"applicant_count": None, "selected_count": 4}),
    ]


def spec(figure: Figure) -> dict[str, Any]:
    return json.loads(figure.spec)
