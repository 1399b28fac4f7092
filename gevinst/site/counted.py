"""Which projects the headline figures count, for pages that list them and for selections that count them again.

Belongs here: the rules of the view's edition, and the projects in which a figure's condition holds.
Does not belong here: the conditions (`gevinst.method.headline_figures`) and counting (``assets/js/follow.js``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from gevinst.method.frames import Rules, lazy
from gevinst.method.headline_figures import FIGURES
from gevinst.method.headlines import counted_rows
from gevinst.site.context import View


def rules_of(view: View) -> Rules:
    """The choices that the marts of the view's edition were computed with."""
    settings, year = view.settings, view.edition.edition_year
    return Rules(settings.first_edition_year, year, settings.stale_after_months, settings.min_n_for_shares)


def counting_figures(view: View, figure_ids: Iterable[str]) -> Mapping[str, list[str]]:
    """By project, those of the figures that count it in the edition's own year, each once.

    By the conditions of the marts themselves, so that a count of all projects is the figure. Raises `ValueError` for
    a figure that does not count projects one by one.
    """
    known = {figure.figure_id: figure for figure in FIGURES}
    tables = {name: lazy(frame) for name, frame in view.data.tables.items()}
    found: dict[str, list[str]] = defaultdict(list)
    for figure_id in dict.fromkeys(figure_ids):
        rows = counted_rows(known[figure_id], tables, rules_of(view)).collect("polars").to_native()
        if known[figure_id].take is not None or "project_id" not in rows.columns:
            raise ValueError(f"{figure_id} does not count projects one by one, so that no selection can count it again")
        for project_id in rows.filter(rows["edition_year"] == view.edition.edition_year)["project_id"]:
            found[project_id].append(figure_id)
    return found
