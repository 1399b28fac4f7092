"""``gevinst audit``: whether anything is publicly known to be wrong with the software.

Belongs here: its options and what is said. Does not belong here: reading advisories (`gevinst.software.advisories`).
"""

from __future__ import annotations

from pathlib import Path

import click

from gevinst.checkout import is_installed
from gevinst.commands.options import FILE, Command, language

OLD_DAYS = 90
"""Advisories that are older say nothing of what was found since; a service that is looked after has fresher ones."""


@click.command(cls=Command, short_help="Hold the software against advisories, without a network.")
@click.argument("place", type=FILE, default=Path("advisories"))
@language("what is said")
def command(place: Path, language: str) -> int:
    """Hold every package against the advisories in PLACE, without a network: those of the locks, or what is installed.

    PLACE is a zip or a folder of advisories in the form of OSV (default: the folder advisories). Exit code 1 when one
    is about a package here, when there are none, and when the newest is older than 90 days.
    """
    from gevinst.edition import calendar
    from gevinst.language.texts import Catalogue
    from gevinst.software.advisories import audit
    from gevinst.software.components import everything

    t, today = Catalogue(language).t, calendar.today()
    components = everything()
    found = audit(components, place)
    for one in found.findings:
        package = f"{one.component.name} {one.component.version}"
        summary, fixed = one.summary or t("software.no_summary"), ", ".join(one.fixed) or t("software.not_fixed")
        print(t("software.finding", package=package, id=one.advisory_id, summary=summary, fixed=fixed))
    for ecosystem, count in sorted(found.counts.items()):
        day = found.newest[ecosystem]
        days = t("software.days", n=(today - day).days)
        print(t("software.advisories", ecosystem=ecosystem, n=count, day=day, days=days))
    some = "some_found_installed" if is_installed() else "some_found"
    name = some if found.findings else "none_found"
    print(t(f"software.{name}", n=len(found.findings) or len(components)))
    is_old = any((today - day).days > OLD_DAYS for day in found.newest.values())
    if is_old:
        print(t("software.is_old"))
    return int(bool(found.findings) or is_old)
