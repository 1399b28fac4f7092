"""Every project as a tile, round by round: the figure of the front page, made of words and links alone.

Belongs here: what each tile says, where it leads and how it is marked.
Does not belong here: how tiles look (``style.css``) and what a status is (`gevinst.method.status`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gevinst.contracts.vocabulary import AWARD, AWARDED, NEVER_ASSESSED
from gevinst.language.hyphens import hyphenated
from gevinst.language.phrases import age
from gevinst.site.badges import grows_old, status_mark
from gevinst.site.context import View
from gevinst.site.figures import LegendEntry
from gevinst.site.rows import Row

SILENT = "silent"
"""Mark of projects of which nothing is heard since the award: an outline, since there is nothing to colour."""
_UNNAMED_SHOWN = 12
"""With more projects of a round that no source names, one tile says how many they are."""

MORE = "more"
"""Mark of the tile that leads to the projects of a round that have no tile."""
_MOST_SHOWN = 40
"""With more projects in a round, the furthest of them have tiles, and one more leads to all of them."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One project: its short name, where it leads, its newest status with the year, and how it is drawn."""

    name: str
    status: str
    mark: str
    href: str | None = None
    is_hatched: bool = False


@dataclass(frozen=True, slots=True)
class Round:
    """The tiles of one round, furthest first, and what the round was given."""

    name: str
    amount: str | None
    tiles: tuple[Tile, ...]


def rounds(view: View) -> list[Round]:
    """Every round with its projects; those that no source names have tiles without a link."""
    overview = {row["round_id"]: row for row in view.data.now("round_overview")}
    projects: dict[str, list[Row]] = {}
    for row in view.data.projects:
        projects.setdefault(row["round_id"], []).append(row)
    known = [one for round_id, one in view.data.round_by_id.items() if round_id in overview or round_id in projects]
    return [
        Round(
            view.text(one, "name") or "",
            amount(view, overview.get(one["round_id"])),
            (
                *(_tile(view, row) for row in projects.get(one["round_id"], [])[:_MOST_SHOWN]),
                *_others(view, projects.get(one["round_id"], []), overview.get(one["round_id"])),
                *_unnamed(view, overview.get(one["round_id"])),
            ),
        )
        for one in sorted(known, key=lambda row: (row["cohort_year"], row["round_id"]))
    ]


def amount(view: View, row: Row | None) -> str | None:
    """What a round was given; a frame is told as one, since it is no award."""
    if row is None or row["amount"] is None:
        return None
    key = "page_overview.awarded" if row["amount_kind_code"] == AWARD else "page_overview.set_aside"
    amount = view.number.million(row["amount"])
    if row["is_amount_approximate"]:
        amount = view.t("page_overview.about", amount=amount)
    return view.t(key, amount=amount)


def _tile(view: View, row: Row) -> Tile:
    name = hyphenated(view.text(row, "short_name") or "", view.language)
    return Tile(name, status_words(view, row), tile_mark(row), view.project_href(row["project_id"]), grows_old(row))


def status_words(view: View, row: Row) -> str:
    """The newest status with the year it is of, and whether the link to the scheme is our inference."""
    code, day = row["current_status_code"], row["status_on"]
    label = view.label("status", code)
    said = label[:1].lower() + label[1:]
    if day is not None:
        key = "page_overview.silent_since" if code == AWARDED else "page_overview.status_and_year"
        said = view.t(key, status=said, year=day.year)
    return view.t("page_overview.inferred", status=said) if row["is_inferred"] else said


def tile_mark(row: Row) -> str:
    """How a project is drawn: by its status, or as silent."""
    code = row["current_status_code"]
    return SILENT if code in (AWARDED, NEVER_ASSESSED) else status_mark(code)


def _others(view: View, projects: list[Row], row: Row | None) -> Iterator[Tile]:
    """The way to all projects of a round that has more than are shown."""
    if row is not None and len(projects) > _MOST_SHOWN:
        text = view.t("page_overview.all_of_round", n=row["named_count"])
        href = f"{view.href('portfolio')}?kull={row['cohort_year']}"
        yield Tile(text, view.t("page_overview.in_portfolio"), MORE, href)


def _unnamed(view: View, row: Row | None) -> Iterator[Tile]:
    count = row["unnamed_count"] if row else None
    if not count or count < 0:
        return
    if count > _UNNAMED_SHOWN:
        yield Tile(view.t("page_overview.unnamed_many", n=count), view.t("page_overview.in_sources"), SILENT)
        return
    for _ in range(count):
        yield Tile(view.t("page_overview.unnamed"), view.t("page_overview.in_sources"), SILENT)


def legend(view: View) -> tuple[LegendEntry, ...]:
    """What the colours mean: the statuses that occur, furthest first, silence, and hatching where any is old."""
    present = dict.fromkeys(row["current_status_code"] for row in view.data.projects)
    coloured = [code for code in present if code not in (AWARDED, NEVER_ASSESSED)]
    entries = [LegendEntry(status_mark(code), "", view.label("status", code)) for code in coloured]
    if any(tile_mark(row) == SILENT for row in view.data.projects):
        entries.append(LegendEntry(SILENT, "", view.t("page_overview.legend_silent")))
    if any(grows_old(row) for row in view.data.projects):
        limit = age(view.catalogue, view.settings.stale_after_months)
        entries.append(LegendEntry("step-3", "", view.t("common.hatched", age=limit), is_hatched=True))
    return tuple(entries)
