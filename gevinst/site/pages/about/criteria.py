"""The accessibility criteria, one by one, and how the pages meet each.

Belongs here: which criteria there are, at which level and from which version, and whether a machine, the way pages are
built, or only a person can judge that they are met.
Does not belong here: the words (``wcag.toml``), and the tests (``tests/browser``).
Source: WCAG 2.2, W3C Recommendation; those from 2.1 are what the Norwegian regulation points to.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from gevinst.addresses import no_figure
from gevinst.site.blocks import Table
from gevinst.site.context import View
from gevinst.site.rows import Row
from gevinst.site.table_spec import TableSpec, plain_column, words_column

MACHINE, BUILT, PERSON, ABSENT = "machine", "built", "person", "absent"
"""A machine tests it on every kind of page; pages are built that way; only a person can judge, and none has yet; or
there is nothing on the pages that it applies to."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One success criterion; `version` is the first that has it."""

    number: str
    level: str
    way: str
    version: str = "2.1"

    @property
    def key(self) -> str:
        """Its name among the texts."""
        return self.number.replace(".", "_")


CRITERIA = (
    Criterion("1.1.1", "A", MACHINE),
    Criterion("1.2.1", "A", ABSENT),
    Criterion("1.2.2", "A", ABSENT),
    Criterion("1.2.3", "A", ABSENT),
    Criterion("1.2.4", "AA", ABSENT),
    Criterion("1.2.5", "AA", ABSENT),
    Criterion("1.3.1", "A", MACHINE),
    Criterion("1.3.2", "A", PERSON),
    Criterion("1.3.3", "A", BUILT),
    Criterion("1.3.4", "AA", MACHINE),
    Criterion("1.3.5", "AA", ABSENT),
    Criterion("1.4.1", "A", BUILT),
    Criterion("1.4.2", "A", ABSENT),
    Criterion("1.4.3", "AA", MACHINE),
    Criterion("1.4.4", "AA", MACHINE),
    Criterion("1.4.5", "AA", BUILT),
    Criterion("1.4.10", "AA", MACHINE),
    Criterion("1.4.11", "AA", PERSON),
    Criterion("1.4.12", "AA", MACHINE),
    Criterion("1.4.13", "AA", BUILT),
    Criterion("2.1.1", "A", MACHINE),
    Criterion("2.1.2", "A", MACHINE),
    Criterion("2.1.4", "A", ABSENT),
    Criterion("2.2.1", "A", ABSENT),
    Criterion("2.2.2", "A", ABSENT),
    Criterion("2.3.1", "A", ABSENT),
    Criterion("2.4.1", "A", MACHINE),
    Criterion("2.4.2", "A", MACHINE),
    Criterion("2.4.3", "A", MACHINE),
    Criterion("2.4.4", "A", PERSON),
    Criterion("2.4.5", "AA", BUILT),
    Criterion("2.4.6", "AA", PERSON),
    Criterion("2.4.7", "AA", MACHINE),
    Criterion("2.4.11", "AA", BUILT, "2.2"),
    Criterion("2.5.1", "A", BUILT),
    Criterion("2.5.2", "A", BUILT),
    Criterion("2.5.3", "A", MACHINE),
    Criterion("2.5.4", "A", ABSENT),
    Criterion("2.5.7", "AA", BUILT, "2.2"),
    Criterion("2.5.8", "AA", MACHINE, "2.2"),
    Criterion("3.1.1", "A", MACHINE),
    Criterion("3.1.2", "AA", BUILT),
    Criterion("3.2.1", "A", BUILT),
    Criterion("3.2.2", "A", BUILT),
    Criterion("3.2.3", "AA", BUILT),
    Criterion("3.2.4", "AA", BUILT),
    Criterion("3.2.6", "A", BUILT, "2.2"),
    Criterion("3.3.1", "A", ABSENT),
    Criterion("3.3.2", "A", MACHINE),
    Criterion("3.3.3", "AA", ABSENT),
    Criterion("3.3.4", "AA", ABSENT),
    Criterion("3.3.7", "A", ABSENT, "2.2"),
    Criterion("3.3.8", "AA", ABSENT, "2.2"),
    Criterion("4.1.1", "A", BUILT),
    Criterion("4.1.2", "A", MACHINE),
    Criterion("4.1.3", "AA", PERSON),
)


def _name(view: View, row: Row) -> str:
    name = view.t(f"wcag.name_{row['key']}")
    return f"{row['number']} {name}"


def _version(view: View, row: Row) -> str | None:
    return view.t("wcag.new_in", version=row["version"]) if row["version"] != "2.1" else None


def _how(view: View, row: Row) -> str:
    return view.t("wcag.how_absent") if row["way"] == ABSENT else view.t(f"wcag.how_{row['key']}")


_TABLE = TableSpec(
    "kriterier",
    caption="wcag.caption",
    columns=(
        words_column("wcag.criterion", _name, note=_version, is_wide=True),
        plain_column("wcag.level", "level"),
        words_column("wcag.way", lambda view, row: view.t(f"wcag.way_{row['way']}")),
        words_column("wcag.how", _how, is_wide=True),
    ),
    anchor="wcag-{number}",
)


@dataclass(frozen=True, slots=True)
class Criteria:
    """The table of criteria under a heading, and how many are met in which way."""

    heading: str
    ways: tuple[str, ...]
    table: Table


def criteria(view: View) -> Criteria:
    """All criteria as a table."""
    met = {way: [one for one in CRITERIA if one.way == way] for way in (MACHINE, BUILT, PERSON, ABSENT)}
    return Criteria(
        heading=view.t("wcag.heading", n=no_figure(len(met[PERSON]), "house"), total=no_figure(len(CRITERIA), "house")),
        ways=tuple(view.t(f"wcag.count_{way}", n=no_figure(len(those), "house")) for way, those in met.items()),
        table=_TABLE.table(view, [{**asdict(one), "key": one.key} for one in CRITERIA]),
    )
