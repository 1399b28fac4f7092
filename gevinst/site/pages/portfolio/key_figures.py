"""The large numbers of the portfolio, which follow a reader's selection.

Belongs here: which headline figures they are, and what is said of them in all projects and in a selection.
Does not belong here: which projects a figure counts (`gevinst.method.headline_statuses`).
"""

from __future__ import annotations

from dataclasses import replace

from gevinst.language.phrases import age
from gevinst.site.blocks import Followed, KeyFigure, SelectedNote
from gevinst.site.context import View
from gevinst.site.sentences import outcomes


def key_figures(view: View) -> list[KeyFigure]:
    """In use, partly in use, further than before, and stopped."""
    return [_in_use(view), _of_projects(view, "partly_in_use"), *_moved_up(view), _stopped(view)]


def _of_projects(view: View, figure_id: str, *selected: SelectedNote) -> KeyFigure:
    followed = Followed(figure_id, "projects", view.catalogue.forms("key_figure.of_projects"), selected)
    figure = KeyFigure.count(view, view.data.headlines[figure_id], figure_id, None)
    return replace(figure, followed=followed)


def _in_use(view: View) -> KeyFigure:
    """How many are known to have come into use, with how many rest on an old statement or on our own inference."""
    months, forms = view.settings.stale_after_months, view.catalogue.forms
    years = age(view.catalogue, months)
    old = SelectedNote(
        "in_use_stale",
        forms("outcomes.stale_some", age=years),
        all_of=forms("outcomes.stale_all", age=years),
        none_of=forms("outcomes.stale_none", age=years),
    )
    figure = _of_projects(view, "in_use", old, SelectedNote("in_use_inferred", forms("outcomes.inferred")))
    return replace(figure, notes=outcomes.in_use_notes(view.data.headlines, view.catalogue, stale_after_months=months))


def _moved_up(view: View) -> list[KeyFigure]:
    """Of those with several statements of how far they are, how many have come further; nothing while none has."""
    figure = view.data.headlines["moved_up"]
    if not figure.total:
        return []
    of = "key_figure.of_assessed_again"
    followed = Followed("moved_up", "assessed_again", view.catalogue.forms(of))
    words = view.t(of, n=figure.total), view.t("key_figure.moved_up")
    return [KeyFigure(view.number.integer(figure.value), *words, (), followed)]


def _stopped(view: View) -> KeyFigure:
    """How many are stopped, with those that had been in use, and beside them those that go on as something else."""
    texts = {"stopped_after_use": "outcomes.stopped_after_use", "continued": "page_portfolio.key_continued"}
    counts = {figure_id: view.data.headlines[figure_id].value for figure_id in texts}
    figure = _of_projects(
        view, "stopped", *(SelectedNote(figure_id, view.catalogue.forms(key)) for figure_id, key in texts.items())
    )
    return replace(figure, notes=tuple(view.t(texts[name], n=count) for name, count in counts.items() if count))
