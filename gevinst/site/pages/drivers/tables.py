"""Tables of the page about what goes together with use.

Belongs here: the columns and cells of those tables.
Does not belong here: the rest of the page (`drivers.py`) and the rules behind the numbers (`gevinst.method`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gevinst.contracts.vocabulary import DRIVERS, RATED_DRIVERS
from gevinst.language.phrases import capital
from gevinst.method.drivers import MIN_OUTCOMES, MIN_PROJECTS
from gevinst.site.blocks import Block, Cell, Row, Table, columns, made, missing, number_cell, source_line
from gevinst.site.context import Row as Facts
from gevinst.site.context import View
from gevinst.site.figures.forest import written_interval
from gevinst.site.figures.levels import OUTCOMES, bands, level_value, outcome
from gevinst.site.sentences import drivers as sentences

Groups = list[tuple[str, str, list[Facts]]]
"""Characteristic, level, and the projects that have it."""


def counts(view: View) -> Block:
    """How many projects stand at each level of the four drivers, by what came of them.

    Only the row for the unknown stands of a driver that nobody knows of any project.
    """
    projects = view.data.now("driver_table")
    labels = view.labels("driver")
    groups: Groups = []
    for driver in DRIVERS:
        levels = bands(driver, view.catalogue)
        name = capital(labels[driver])
        known = [project for project in projects if project[driver] is not None]
        if known:
            groups += [
                (name, level.label, [p for p in known if level.holds(level_value(p, driver))]) for level in levels
            ]
        if len(known) < len(projects):
            groups.append((name, view.t("levels.unknown"), [p for p in projects if p[driver] is None]))
    caption = view.t("page_drivers.counts_caption", n=len(projects), least=view.settings.min_n_for_shares)
    return _counted(
        view, "nivaer", sentences.counts_heading(view.data.frame_now("driver_table"), view.catalogue), caption, groups
    )


def others(view: View) -> Block:
    """The same counts for other things known of the projects: owners, policy area and cohort."""
    projects = [{**view.data.project_by_id[row["project_id"]], **row} for row in view.data.now("driver_table")]
    groups = [group for group in _other_groups(view, projects) if group[2]]
    caption = view.t("page_drivers.others_caption", n=len(projects), least=view.settings.min_n_for_shares)
    heading = view.t("page_drivers.others", n=len({name for name, _, _ in groups}))
    return _counted(view, "andre-kjennetegn", heading, caption, groups, "projects", "participations")


def _other_groups(view: View, projects: list[Facts]) -> Iterable[tuple[str, str, list[Facts]]]:
    owners = view.t("page_drivers.owner_count")
    for label, low, high in (("1", 1, 1), (view.t("levels.plain_or_more", low=2), 2, None)):
        chosen = [p for p in projects if p["owner_count"] and low <= p["owner_count"] <= (high or p["owner_count"])]
        yield owners, label, chosen
    yield owners, view.t("levels.unknown"), [p for p in projects if p["owner_count"] is None]
    level = view.t("page_drivers.owner_level")
    for code, label in view.labels("organisation_level").items():
        yield level, label, [p for p in projects if set(p["owner_levels"]) == {code}]
    yield level, view.t("page_drivers.mixed_levels"), [p for p in projects if len(set(p["owner_levels"])) > 1]
    yield level, view.t("levels.unknown"), [p for p in projects if not p["owner_levels"]]
    for code, label in view.labels("sector").items():
        yield view.t("common.sector"), label, [p for p in projects if p["sector_code"] == code]
    for year in sorted({p["cohort_year"] for p in projects}):
        yield view.t("common.cohort"), str(year), [p for p in projects if p["cohort_year"] == year]


def _counted(view: View, table_id: str, heading: str, caption: str, groups: Groups, *more: str) -> Block:
    headings = (
        "page_drivers.characteristic",
        "page_drivers.level",
        *(f"levels.outcome_{code}" for code in OUTCOMES),
        "page_drivers.total",
        "page_drivers.share",
    )
    rows = tuple(_group(view, *group) for group in groups)
    return Block(
        heading,
        caption,
        Table(table_id, caption, columns(view, headings, numbers=range(2, 7)), rows),
        source_line(view, "driver_table", *more),
        (made(view, "driver_table"),),
    )


def _group(view: View, name: str, level: str, projects: list[Facts]) -> Row:
    found = [outcome(row) for row in projects]
    numbers = [found.count(code) for code in OUTCOMES]
    in_use, not_in_use, _ = numbers
    base = in_use + not_in_use
    share = Cell(view.t("page_drivers.too_few"), is_number=True, value="", csv="")
    if base >= view.settings.min_n_for_shares:
        share = Cell(view.number.percent(100 * in_use / base), value=100 * in_use / base, is_number=True)
    cells = (number_cell(view, number) for number in (*numbers, len(projects)))
    return Row((Cell(name), Cell(level), *cells, share))


def needed(view: View) -> str:
    """What it takes for an association to be shown."""
    return view.t("page_drivers.needed", n=MIN_PROJECTS, outcomes=MIN_OUTCOMES)


def withheld(view: View, labels: Mapping[str, str]) -> Block:
    """Why no association is shown, driver by driver."""
    by_code = {row["driver_code"]: row for row in view.data.now("driver_association")}
    rows = tuple(
        Row(
            (
                Cell(capital(labels[driver])),
                number_cell(view, by_code[driver]["project_count"]),
                number_cell(view, by_code[driver]["outcome_count"]),
                Cell(
                    capital(view.label("association_reason", by_code[driver]["association_reason_code"])),
                    note=view.description("association_reason", by_code[driver]["association_reason_code"]),
                ),
            )
        )
        for driver in labels
        if driver in by_code
    )
    caption = f"{view.t('page_drivers.withheld_caption')} {needed(view)}"
    headings = ("forest.driver", "forest.projects", "forest.in_use", "page_drivers.why")
    return Block(
        sentences.association_heading(view.data.frame_now("driver_association"), labels, view.catalogue),
        caption,
        Table("ikke-vist", caption, columns(view, headings, numbers=(1, 2), wide=(3,)), rows),
        source_line(view, "driver_association"),
        (made(view, "driver_association"),),
    )


def additionality(view: View) -> Block | None:
    """What those who got funding say that they would have done without it; nothing when nobody was asked."""
    row = next(iter(view.data.now("additionality")), None)
    heading = sentences.additionality_heading(row, view.catalogue)
    if row is None or row["asked_count"] == 0:
        return None
    rows = (
        Row((Cell(view.t("page_drivers.strict")), *_answered(view, row, "strict"))),
        Row((Cell(view.t("page_drivers.broad")), *_answered(view, row, "broad"))),
        Row((Cell(view.t("page_drivers.answers")), number_cell(view, row["known_count"]), Cell(""))),
        Row((Cell(view.t("page_drivers.asked")), number_cell(view, row["asked_count"]), Cell(""))),
    )
    caption = view.t("page_drivers.additionality_caption", n=row["known_count"], total=row["project_count"])
    headings = ("page_drivers.answer", "page_drivers.answer_count", "page_drivers.answer_share")
    return Block(
        heading,
        caption,
        Table("addisjonalitet", caption, columns(view, headings, numbers=(1, 2)), rows),
        source_line(view, "additionality"),
        (made(view, "additionality"),),
    )


def _answered(view: View, row: Facts, name: str) -> tuple[Cell, Cell]:
    """A count and its share; a hidden count has the sign for hidden, and its share too."""
    if row[f"{name}_count"] is None:
        hidden = Cell(view.number.hidden, spoken=view.t("symbols.hidden"), is_number=True, value="")
        return hidden, hidden
    share = row[f"{name}_pct"]
    told = Cell(view.t("page_drivers.too_few"), is_number=True, value="", csv="")
    if share is not None:
        told = Cell(view.number.percent(share), value=share, is_number=True)
    return number_cell(view, row[f"{name}_count"]), told


def agreement(view: View) -> Block:
    """How far coders gave the same ratings, and what that is enough for."""
    frame = view.data.frame_now("coder_agreement")
    by_code = {row["rated_driver_code"]: row for row in frame.to_dicts()}
    labels = {driver: label for driver, label in view.labels("rated_driver").items() if driver in RATED_DRIVERS}
    rows = tuple(_agreement(view, labels[driver], by_code[driver]) for driver in labels if driver in by_code)
    caption = view.t("page_drivers.agreement_caption")
    headings = [
        f"page_drivers.agreement_{name}" for name in ("driver", "units", "coders", "alpha", "interval", "reading")
    ]
    return Block(
        sentences.agreement_heading(frame, labels, view.catalogue),
        caption,
        Table("samsvar", caption, columns(view, headings, numbers=(1, 2, 3, 4), wide=(5,)), rows),
        source_line(view, "coder_agreement"),
        (made(view, "coder_agreement"),),
    )


def _agreement(view: View, label: str, row: Facts) -> Row:
    interval = written_interval(view.number.decimal, row["alpha_low"], row["alpha_high"])
    reason = row["agreement_reason_code"]
    reading = "unknown"
    if row["alpha"] is not None:
        reading = "rank" if row["is_rankable"] else "publish" if row["is_publishable"] else "too_low"
    return Row(
        (
            Cell(capital(label)),
            number_cell(view, row["unit_count"]),
            number_cell(view, row["coder_count"]),
            number_cell(view, row["alpha"], places=2),
            missing(view) if interval is None else Cell(interval, is_number=True),
            Cell(
                view.t(f"page_drivers.reading_{reading}"),
                note=view.description("agreement_reason", reason) if reason else None,
            ),
        )
    )
