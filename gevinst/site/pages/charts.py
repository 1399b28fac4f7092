"""The figures that pages show, made together so that one browser start draws them all.

Belongs here: which figures there are, what they are made from, and the page that each belongs on.
Does not belong here: how a figure is made (`gevinst.site.figures`) and where it is shown (the page modules).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from gevinst.site.blocks import Block, figure_block, made, signed, source_line
from gevinst.site.context import View
from gevinst.site.figures import (
    Figure,
    benefits_by_category,
    forest,
    known_over_time,
    ladder,
    money,
    partners,
    planned_realised,
    priced_ranges,
    round_outcomes,
    rounds,
    strip_plot,
    time_to_use,
)


@dataclass(frozen=True, slots=True)
class Home:
    """The page that a figure belongs on, and the tables that tell how its numbers were made.

    `menu` is the page of a menu that it opens under, where it is another.
    """

    page: str
    tables: tuple[str, ...]
    menu: str | None = None

    @property
    def name_key(self) -> str:
        """The text that names the page: that of its link in the menu."""
        return f"frame.nav_{self.menu or self.page}"


HOMES = {
    "ladder": Home("portfolio", ("project_status",)),
    "round-outcomes": Home("portfolio", ("round_outcomes", "round_overview")),
    "known-over-time": Home("coverage", ("reconstruction_bounds",)),
    "rounds": Home("scheme", ("round_overview",)),
    "money": Home("scheme", ("round_overview", "kpi")),
    "partners": Home("scheme", ("driver_table",)),
    "kategorier": Home("benefits", ("benefit_evidence",)),
    "planned-realised": Home("benefits", ("planned_realised",)),
    "priced-ranges": Home("benefits_valued", ("effect_values", "benefit_values"), menu="benefits"),
    "strips": Home("drivers", ("driver_table",)),
    "forest": Home("drivers", ("driver_association",)),
    "time-to-use": Home("drivers", ("time_to_use",)),
}
"""Figures by id."""


def chart_block(view: View, figure_id: str) -> Block:
    """A figure with its equal table and how it was made."""
    return figure_block(view, view.figures[figure_id], tuple(made(view, name) for name in HOMES[figure_id].tables))


def charts(view: View) -> dict[str, Figure]:
    """Every figure in one language, by id; one that has nothing to show is not among them."""
    tables, codelists = view.data.tables, view.data.tables["codelists"]
    year = view.edition.edition_year
    status = view.data.frame_now("project_status")
    made = (
        ladder(
            status,
            view.data.headlines,
            tables["projects"],
            codelists,
            view.catalogue,
            source=source_line(view, "project_status"),
            stale_after_months=view.settings.stale_after_months,
        ),
        round_outcomes(
            view.data.frame_now("round_outcomes"),
            view.data.frame_now("round_overview"),
            view.data.headlines,
            tables["rounds"],
            codelists,
            view.catalogue,
            source=source_line(view, "round_outcomes"),
            stale_after_months=view.settings.stale_after_months,
            selections={
                cohort: f"{view.href('portfolio')}?kull={cohort}#prosjekter-heading"
                for cohort in view.data.frame_now("round_overview")["cohort_year"]
            },
        ),
        known_over_time(
            [row for row in view.data.rows("reconstruction_bounds") if row["edition_year"] <= year],
            view.catalogue,
            source=source_line(view, "reconstruction_bounds"),
            this_year=year,
        ),
        rounds(
            view.data.frame_now("round_overview"),
            view.data.headlines,
            tables["rounds"],
            codelists,
            view.catalogue,
            source=source_line(view, "round_overview"),
            min_n=view.settings.min_n_for_shares,
            last_year=year,
        ),
        money(
            view.data.frame_now("round_amounts"),
            view.data.now("scheme_headlines")[0],
            tables["rounds"],
            codelists,
            view.catalogue,
            source=source_line(view, "round_overview", "kpi"),
            last_year=year,
        ),
        partners(
            view.data.frame_now("driver_table"),
            tables["projects"],
            status,
            view.catalogue,
            actors=view.data.frame_now("cohort_actors"),
            counts=view.data.now("scheme_headlines")[0],
            source=source_line(view, "driver_table"),
            cohorts=view.data.frame_now("round_overview")["cohort_year"].to_list(),
        ),
        benefits_by_category(
            view.data.frame_now("benefit_by_category"),
            codelists,
            view.catalogue,
            source=source_line(view, "benefit_evidence"),
            project_count=view.data.now("benefit_headlines")[0]["coded_project_count"],
        ),
        planned_realised(
            view.data.now("planned_realised"),
            view.data.now("benefit_headlines")[0],
            tables["projects"],
            codelists,
            view.catalogue,
            source=source_line(view, "planned_realised"),
        ),
        priced_ranges(
            view.data.now("effect_values"),
            {row["benefit_value_id"]: row for row in view.data.rows("benefit_values")},
            tables["projects"],
            codelists,
            view.catalogue,
            source=source_line(view, "effect_values"),
        ),
        strip_plot(
            view.data.frame_now("driver_table"),
            tables["projects"],
            codelists,
            view.catalogue,
            outcomes=view.data.frame_now("driver_outcomes"),
            counts=view.data.now("driver_headlines")[0],
            source=source_line(view, "driver_table"),
        ),
        forest(
            view.data.frame_now("driver_association"),
            codelists,
            view.catalogue,
            source=source_line(view, "driver_association"),
        ),
        time_to_use(
            view.data.frame_now("time_to_use"),
            view.data.now("driver_headlines")[0],
            view.catalogue,
            source=source_line(view, "time_to_use"),
            min_n=view.settings.min_n_for_shares,
        ),
    )
    return {figure.figure_id: _signed(view, figure) for figure in made if figure is not None}


def _signed(view: View, figure: Figure) -> Figure:
    """The figure, whose source line says what the sign for unknown means where its table has it."""
    shown = (cell.text for row in figure.rows for cell in row.cells)
    return replace(figure, source=signed(view, figure.source, shown))
