"""Who owes what on a day: the list of the page on follow-up, computed from the raw files as they are.

Belongs here: what is known on a day, and the list in words.
Does not belong here: which reasons there are (`gevinst.method.follow_up`), and the files (the page's own).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import polars as pl

from gevinst.contracts import QUALITY_CHECKS
from gevinst.contracts.schema import polars_schema
from gevinst.edition.as_of import edition_view
from gevinst.edition.assemble import as_of_date
from gevinst.errors import GevinstError
from gevinst.intake.core import read_core
from gevinst.layout import EditionInfo
from gevinst.method.catalogue import compute_marts
from gevinst.method.frames import Rules
from gevinst.settings import Settings
from gevinst.site.context import View
from gevinst.site.pages import path_of
from gevinst.site.pages.follow_up import words
from gevinst.site.pages.follow_up.files import files
from gevinst.site.rows import Row, SiteData
from gevinst.whole_files import write_atomically


class FollowUpError(GevinstError):
    """What was asked for cannot be done; the message says what to do instead."""


def known_on(settings: Settings, year: int, on: date, language: str) -> View:
    """What the raw files say, seen from the day `on`, which lies in `year` or after it.

    Nothing is published or written. What becomes known after that day is left out; what was read before it grows old
    until then. Raises `IntakeError` for raw files that cannot be used, `EditionError` for a year without projects.
    """
    core = read_core(settings.raw_dir)
    is_illustrative = bool(core.tables["sources"]["is_illustrative"].any())
    rules = Rules(settings.first_edition_year, year, settings.stale_after_months, settings.min_n_for_shares)
    marts = compute_marts(core.frames, rules, is_illustrative=is_illustrative, last_as_of_on=on)
    # Nothing is checked for a list.
    tables = {**core.frames, **marts, QUALITY_CHECKS.name: pl.DataFrame(schema=polars_schema(QUALITY_CHECKS))}
    as_of_date(tables["edition_years"], year)
    info = EditionInfo(f"{year}-1", year, on, None, "current", is_illustrative, "", "")
    seen = edition_view(tables, year, on)
    news = {name: frame for name, frame in marts.items() if name not in seen}
    return View(SiteData({**seen, **news}, info), language, settings, path_of)


def day_of(year: int, on: date | None, today: date) -> date:
    """The day that a list of `year` is seen from: the one named, today, or the last day of a year that has ended.

    Raises `FollowUpError` for a day before the year.
    """
    day = on or min(today, date(year, 12, 31))
    if day.year < year:
        raise FollowUpError(
            f"{day.isoformat()} is before {year}; name a day in it or after it with --on",
            f"{day.isoformat()} er før {year}; oppgi en dag i året eller etter det med --on",
        )
    return day


def year_of(on: date | None, today: date) -> int:
    """The edition year of a list when none is named: that of the day."""
    return (on or today).year


def lines(view: View) -> Iterator[str]:
    """The list in words, owner by owner: each project, the last word of it, and every reason for asking."""
    t = view.t
    rows = words.listed(view)
    yield t("due.heading", n=len(rows), total=len(view.data.projects), day=view.edition.as_of_on)
    for addressee, owned in _by_owner(view, rows).items():
        yield ""
        yield t("due.owner", n=len(owned), owner=addressee or t("due.no_owner"))
        for row in owned:
            yield f"  {words.project_name(view, row)}"
            yield f"    {t('due.last_word', word=words.last_word(view, row), age=words.how_old(view, row))}"
            yield from (f"    - {reason}" for reason in _reasons(view, row))


def _by_owner(view: View, rows: list[Row]) -> Mapping[str | None, list[Row]]:
    found: dict[str | None, list[Row]] = {}
    for row in rows:
        found.setdefault(words.addressee(view, row), []).append(row)
    return found


def _reasons(view: View, row: Row) -> Iterator[str]:
    rules = {rule["follow_up_reason_code"]: rule for rule in view.data.rows("due_rules")}
    for one in row["reasons"]:
        code = one["follow_up_reason_code"]
        who = view.label("asked_role", rules[code]["asked_role_code"])
        yield view.t("due.reason", reason=view.label("follow_up_reason", code), who=who)


def write_files(view: View, out: Path) -> list[Path]:
    """The form in Excel, the calendar and the letters of the page on follow-up, into the folder `out`."""
    out.mkdir(parents=True, exist_ok=True)
    written = []
    for name, content in files(view).items():
        path = out / name
        data = content.encode("utf-8") if isinstance(content, str) else content
        write_atomically(path, lambda beside, data=data: beside.write_bytes(data))
        written.append(path)
    return written
