"""How things stand: the edition in force, the last run, and whether the yearly edition is overdue.

Belongs here: what ``gevinst status`` and the daemon ask.
Does not belong here: the rule for when it is due (`gevinst.edition.calendar`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from gevinst.edition import calendar
from gevinst.edition.store import list_editions
from gevinst.language.texts import Catalogue
from gevinst.notices.record import RunRecord, last_published, last_record
from gevinst.notices.send import send
from gevinst.notices.words import in_force, one_line
from gevinst.settings import Settings


@dataclass(frozen=True, slots=True)
class Standing:
    """The last run, the year whose edition is overdue (`None` when none is), and the year being worked on."""

    last: RunRecord | None
    overdue_year: int | None
    year: int

    @property
    def is_well(self) -> bool:
        """Whether nobody needs to do anything."""
        return self.overdue_year is None and (self.last is None or self.last.is_success)


def standing(settings: Settings, at: datetime) -> Standing:
    """How things stand at a moment in the calendar's time zone."""
    editions, ended = list_editions(settings), at.year - 1
    made = [edition.built_at for edition in editions if edition.edition_year >= ended]
    run = last_published(settings, ended)  # one that found nothing to change has made no edition
    if run:
        made.append(run.ended_at)
    return Standing(
        last_record(settings),
        calendar.overdue_year(at, max(made) if made else None, has_editions=bool(editions)),
        calendar.year_being_worked_on(at.date(), (edition.edition_year for edition in editions)),
    )


def sentences(found: Standing, settings: Settings, catalogue: Catalogue) -> str:
    """How things stand, one line per matter, what needs somebody first."""
    year = found.overdue_year
    lines = [catalogue.t("notices.overdue", year=year, due=calendar.due_on(year))] if year else []
    if found.last is None:
        lines += [catalogue.t("notices.no_run"), in_force(settings, catalogue)]
    else:
        ended = found.last.ended_at.astimezone(ZoneInfo(calendar.TIMEZONE))
        line = one_line(found.last, settings, catalogue)
        hour, minute = f"{ended:%H}", f"{ended:%M}"
        lines.append(catalogue.t("notices.last_run", day=ended.date(), hour=hour, minute=minute, line=line))
    lines.append(catalogue.t("notices.works_on", year=found.year))
    return "\n".join([*lines, *([catalogue.t("notices.all_well")] if found.is_well else [])])


def tell_standing(found: Standing, settings: Settings) -> tuple[tuple[str, str], ...]:
    """Send how things stand to every channel that is set; what came of it, by channel."""
    text = sentences(found, settings, Catalogue(settings.notify.language))
    content: dict[str, object] = {"is_well": found.is_well, "overdue_year": found.overdue_year}
    return send(settings.notify, f"Gevinst: {text.splitlines()[0]}", text, content)
