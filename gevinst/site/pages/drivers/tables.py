"""Tables of the page about what goes together with use.

Belongs here: the columns of those tables.
Does not belong here: the rest of the page (`page.py`) and any counting (`gevinst.method`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from gevinst.addresses import addressed, no_figure
from gevinst.contracts.addressing import addressed_rows
from gevinst.contracts.vocabulary import DRIVERS
from gevinst.contracts.vocabulary import RATED_DRIVERS as RATED
from gevinst.language.phrases import capital
from gevinst.method.driver_levels import (
    BANDS,
    COHORT,
    KNOWN,
    MIXED,
    OWNER_COUNT,
    OWNER_LEVEL,
    OWNERS,
    SECTOR,
    UNKNOWN,
    WHOLE,
    level_code,
)
from gevinst.method.drivers import MIN_OUTCOMES, MIN_PROJECTS
from gevinst.site.blocks import Block, Cell, missing, number_cell
from gevinst.site.context import View
from gevinst.site.figures.forest import written_interval
from gevinst.site.figures.levels import OUTCOMES, bands
from gevinst.site.rows import Row as Facts
from gevinst.site.sentences import drivers as sentences
from gevinst.site.table_spec import TableSpec, cell_column, number_column, plain_column, words_column

_Found = dict[tuple[str, str, str], Facts]
"""Rows of `driver_outcomes` by characteristic, grouping and level."""


def _share(view: View, row: Facts) -> Cell:
    """The share in use, or that there are too few to give one."""
    share = row["in_use_pct"]
    if share is None:
        return Cell(view.t("page_drivers.too_few"), is_number=True, value="", csv="")
    return Cell(view.number.percent(share), value=share, is_number=True)


def _counted(table_id: str, caption: str, heading: str | None, *more: str) -> TableSpec:
    """Projects by level and outcome; `more` are tables in the source line beside the drivers."""
    return TableSpec(
        table_id,
        heading=heading,
        caption=caption,
        tables=("driver_table", *more),
        made_of=("driver_table",),
        columns=(
            plain_column("page_drivers.characteristic", "name"),
            plain_column("page_drivers.level", "label"),
            *(number_column(f"levels.outcome_{code}", f"{code}_count") for code in OUTCOMES),
            number_column("page_drivers.total", "project_count"),
            cell_column("page_drivers.share", _share, is_number=True),
        ),
    )


_COUNTS = _counted("nivaer", "page_drivers.counts_caption", None)
_OTHERS = _counted(
    "andre-kjennetegn", "page_drivers.others_caption", "page_drivers.others", "projects", "participations"
)
_NOBODY: Facts = {
    **dict.fromkeys((*(f"{code}_count" for code in OUTCOMES), "project_count"), addressed(0, "driver_outcomes")),
    "in_use_pct": None,
}
"""A level that no project has."""


def _outcomes(view: View) -> _Found:
    return {(row["characteristic"], row["grouping"], row["level"]): row for row in view.data.now("driver_outcomes")}


def counts(view: View) -> Block:
    """How many projects are at each level of the four drivers, by what came of them.

    Of a driver that is not known for any project, only the row for the unknown is shown.
    """
    found, labels = _outcomes(view), view.labels("driver")
    rows: list[Facts] = []
    for driver in DRIVERS:
        name = capital(labels[driver])
        if (driver, WHOLE, KNOWN) in found:
            rows += [
                {**_NOBODY, **found.get((driver, BANDS, level.code), {}), "name": name, "label": level.label}
                for level in bands(driver, view.catalogue)
            ]
        if (driver, WHOLE, UNKNOWN) in found:
            rows.append({**found[driver, WHOLE, UNKNOWN], "name": name, "label": view.t("levels.unknown")})
    headlines = view.data.now("driver_headlines")[0]
    return _COUNTS.block(
        view,
        rows,
        heading=sentences.counts_heading(headlines, view.catalogue),
        n=headlines["project_count"],
        least=view.settings.min_n_for_shares,
    )


def others(view: View) -> Block:
    """The same counts for other things known of the projects: owners, policy area and cohort."""
    found = _outcomes(view)
    rows = [
        {**found[characteristic, BANDS, level], "name": name, "label": label}
        for characteristic, level, name, label in _other_levels(view, found)
        if (characteristic, BANDS, level) in found
    ]
    caption_n = view.data.now("driver_headlines")[0]["project_count"]
    return _OTHERS.block(
        view,
        rows,
        heading=view.t("page_drivers.others", n=no_figure(len({row["characteristic"] for row in rows}), "label")),
        n=caption_n,
        least=view.settings.min_n_for_shares,
    )


def _other_levels(view: View, found: _Found) -> Iterator[tuple[str, str, str, str]]:
    """Characteristic and level, and what each is called, in the order of the table."""
    name, unknown = view.t("page_drivers.owner_count"), view.t("levels.unknown")
    one, several = map(level_code, OWNERS)
    yield OWNER_COUNT, one, name, "1"
    yield OWNER_COUNT, several, name, view.t("levels.plain_or_more", low=no_figure(2, "label"))
    yield OWNER_COUNT, UNKNOWN, name, unknown
    name = view.t("page_drivers.owner_level")
    for code, label in view.labels("organisation_level").items():
        yield OWNER_LEVEL, code, name, label
    yield OWNER_LEVEL, MIXED, name, view.t("page_drivers.mixed_levels")
    yield OWNER_LEVEL, UNKNOWN, name, unknown
    for code, label in view.labels("sector").items():
        yield SECTOR, code, view.t("common.sector"), label
    for year in sorted(level for characteristic, _, level in found if characteristic == COHORT):
        yield COHORT, year, view.t("common.cohort"), year


def needed(view: View) -> str:
    """What it takes for an association to be shown."""
    return view.t("page_drivers.needed", n=no_figure(MIN_PROJECTS, "limit"), outcomes=no_figure(MIN_OUTCOMES, "limit"))


def _reason(view: View, row: Facts) -> Cell:
    code = row["association_reason_code"]
    return Cell(capital(view.label("association_reason", code)), note=view.description("association_reason", code))


_WITHHELD = TableSpec(
    "ikke-vist",
    caption="page_drivers.withheld_caption",
    tables=("driver_association",),
    columns=(
        words_column("forest.driver", lambda view, row: capital(view.label("driver", row["driver_code"]))),
        number_column("forest.projects", "project_count"),
        number_column("forest.in_use", "outcome_count"),
        cell_column("page_drivers.why", _reason, is_wide=True),
    ),
)


def withheld(view: View, labels: Mapping[str, str]) -> Block:
    """Why no association is shown, driver by driver."""
    by_code = {row["driver_code"]: row for row in view.data.now("driver_association")}
    rows = [by_code[driver] for driver in labels if driver in by_code]
    heading = sentences.association_heading(view.data.frame_now("driver_association"), labels, view.catalogue)
    block = _WITHHELD.block(view, rows, heading=heading)
    caption = f"{block.caption} {needed(view)}"
    return replace(block, caption=caption, table=replace(block.table, caption=caption))


def _share_of_answers(view: View, row: Facts) -> Cell:
    """The share; a hidden one has the sign for hidden, and totals have none."""
    if row["has_no_share"]:
        return Cell("")
    if row["count"] is None:
        return _hidden(view)
    share = row["share"]
    if share is None:
        return Cell(view.t("page_drivers.too_few"), is_number=True, value="", csv="")
    return Cell(view.number.percent(share), value=share, is_number=True)


def _hidden(view: View) -> Cell:
    return Cell(view.number.hidden, spoken=view.t("symbols.hidden"), is_number=True, value="")


_ADDITIONALITY = TableSpec(
    "addisjonalitet",
    caption="page_drivers.additionality_caption",
    tables=("additionality",),
    columns=(
        words_column("page_drivers.answer", lambda view, row: view.t(f"page_drivers.{row['answer']}")),
        cell_column(
            "page_drivers.answer_count",
            lambda view, row: _hidden(view) if row["count"] is None else number_cell(view, row["count"]),
            is_number=True,
        ),
        cell_column("page_drivers.answer_share", _share_of_answers, is_number=True),
    ),
)


def additionality(view: View) -> Block | None:
    """What those who got funding say that they would have done without it; nothing when nobody has answered."""
    row = next(iter(view.data.now("additionality")), None)
    heading = sentences.additionality_heading(row, view.catalogue)
    if row is None or row["asked_count"] == 0:
        return None
    answers = (
        ("strict", "strict_count"),
        ("broad", "broad_count"),
        ("answers", "known_count"),
        ("asked", "asked_count"),
    )
    rows = [
        {"answer": name, "count": row[count], "share": row.get(f"{name}_pct"), "has_no_share": f"{name}_pct" not in row}
        for name, count in answers
    ]
    return _ADDITIONALITY.block(view, rows, heading=heading, n=row["known_count"], total=row["project_count"])


def _interval(view: View, row: Facts) -> Cell:
    interval = written_interval(view.number.decimal, row["alpha_low"], row["alpha_high"])
    return missing(view) if interval is None else Cell(interval, is_number=True)


def _reading(view: View, row: Facts) -> Cell:
    """What the agreement is enough for."""
    reading = "unknown"
    if row["alpha"] is not None:
        reading = "rank" if row["is_rankable"] else "publish" if row["is_publishable"] else "too_low"
    reason = row["agreement_reason_code"]
    note = view.description("agreement_reason", reason) if reason else None
    return Cell(view.t(f"page_drivers.reading_{reading}"), note=note)


_AGREEMENT = TableSpec(
    "samsvar",
    caption="page_drivers.agreement_caption",
    tables=("coder_agreement",),
    columns=(
        words_column(
            "page_drivers.agreement_driver",
            lambda view, row: capital(view.label("rated_driver", row["rated_driver_code"])),
        ),
        number_column("page_drivers.agreement_units", "unit_count"),
        number_column("page_drivers.agreement_coders", "coder_count"),
        number_column("page_drivers.agreement_alpha", "alpha", places=2),
        cell_column("page_drivers.agreement_interval", _interval, is_number=True),
        cell_column("page_drivers.agreement_reading", _reading, is_wide=True),
    ),
)


def agreement(view: View) -> Block:
    """How far coders gave the same ratings, and what that is enough for."""
    frame = view.data.frame_now("coder_agreement")
    by_code = {row["rated_driver_code"]: row for row in addressed_rows("coder_agreement", frame)}
    labels = {driver: label for driver, label in view.labels("rated_driver").items() if driver in RATED}
    rows = [by_code[driver] for driver in labels if driver in by_code]
    heading = sentences.agreement_heading(frame, labels, view.catalogue)
    return _AGREEMENT.block(view, rows, heading=heading)
