"""The filter that pages of projects share: what one can choose, and what it compares with.

Belongs here: the choices, the words for the browser, and what is compared of each project.
Does not belong here: filtering itself (``assets/js/filter.js``) and the form (``templates/filter.html``).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gevinst.bilingual import text_of
from gevinst.site.blocks import KeyFigure
from gevinst.site.context import View
from gevinst.site.counted import counting_figures
from gevinst.site.rows import Row


@dataclass(frozen=True, slots=True)
class Choice:
    """One drop-down of the filter; `name` is the same in both languages, because it is part of the address."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]


def filter_values(view: View, key_figures: Sequence[KeyFigure] = ()) -> dict[str, Any]:
    """What ``filter.html`` is drawn from; tables that follow the filter have their project's id on each row.

    Those of `key_figures` that follow a selection are counted in it.
    """
    wanted = [figure_id for one in key_figures if one.followed for figure_id in one.followed.figure_ids]
    counting = counting_figures(view, wanted)
    project_count = view.data.headlines["projects"].value
    return {
        "choices": _choices(view, view.data.projects),
        "selectable": [
            {**_compared(view, project), "counts": " ".join(counting.get(project["project_id"], ()))}
            for project in view.data.projects
        ],
        "project_count": project_count,
        "few_below": view.settings.min_n_for_shares,
        "words": {
            # The browser fills these in itself; braces are kept for it.
            "shown": view.t("filter.shown", n=project_count, shown="{shown}", total="{total}"),
            "shown_of": view.t("filter.shown_of", shown="{shown}"),
            "few": view.t("filter.few"),
            "empty": view.t("filter.empty"),
            "link_copied": view.t("filter.link_copied"),
        },
    }


def _compared(view: View, project: Row) -> dict[str, str]:
    """What the filter compares with, by the names of the choices."""
    return {
        "id": project["project_id"],
        "kull": str(project["cohort_year"]),
        "sektor": project["sector_code"],
        "eier": " ".join(dict.fromkeys(project["owner_levels"])),
        "status": project["current_status_code"],
        "sok": _searched(view, project),
    }


def _choices(view: View, projects: list[Row]) -> list[Choice]:
    """Only what some project has, so that no choice alone gives an empty selection."""
    years = sorted({row["cohort_year"] for row in projects})
    sectors = sorted({(view.label("sector", row["sector_code"]), row["sector_code"]) for row in projects})
    levels = {level for row in projects for level in row["owner_levels"]}
    statuses = {row["current_status_code"] for row in projects}
    return [
        Choice("kull", view.t("filter.cohort"), tuple((str(year), str(year)) for year in years)),
        Choice("sektor", view.t("filter.sector"), tuple((code, label) for label, code in sectors)),
        Choice("eier", view.t("filter.owner_level"), _present(view, "organisation_level", levels)),
        Choice("status", view.t("filter.status"), _present(view, "status", statuses)),
    ]


def _present(view: View, codelist: str, codes: set[str]) -> tuple[tuple[str, str], ...]:
    return tuple((code, label) for code, label in view.labels(codelist).items() if code in codes)


def _searched(view: View, project: Row) -> str:
    names = (
        *(text_of(project, stem, view.language)[0] for stem in ("name", "short_name")),
        *project["owner_names"],
        *project["owner_short_names"],
    )
    return " ".join(dict.fromkeys(name.lower() for name in names if name))
