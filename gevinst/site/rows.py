"""The tables of one edition as rows, with the look-ups that pages share.

Belongs here: finding rows, each table read and grouped once however many pages ask.
Does not belong here: texts, labels and addresses (`gevinst.site.context`), and any counting.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl

from gevinst.contracts import contract
from gevinst.contracts.addressing import addressed_rows
from gevinst.contracts.vocabulary import ENDED, OWNER_ROLES, PARTNER, SUPPLIER
from gevinst.language.names import alphabetical
from gevinst.language.texts import Catalogue
from gevinst.layout import EditionInfo
from gevinst.method.organisations import OWNER_GROUP
from gevinst.method.reconstruction import is_reconstruction
from gevinst.quality.counts import CheckCounts, count_checks
from gevinst.site.headlines import Headlines, headlines

Row = dict[str, Any]

_BLOCK = 200
"""Projects whose rows are made together."""


def _newest_first(row: Row) -> tuple[bool, int, str]:
    published = row["published_on"]
    return (published is None, -(published.toordinal() if published else 0), row["source_id"])


class SiteData:
    """The tables of one edition as rows, with the look-ups that pages share."""

    def __init__(self, tables: Mapping[str, pl.DataFrame], edition: EditionInfo) -> None:
        self.tables = tables
        self.edition = edition
        self._rows: dict[str, list[Row]] = {}
        self._now: dict[str, list[Row]] = {}
        self._grouped: dict[tuple[str, str], dict[Any, list[Row]]] = {}
        self._of_block: dict[str, tuple[int | None, dict[str, list[Row]]]] = {}

    def forget(self) -> None:
        """Let go of rows that single pages have asked for; they are made again when another asks."""
        for known in (self._rows, self._now, self._grouped, self._of_block):
            known.clear()

    def rows(self, name: str) -> list[Row]:
        """All rows of a table, in stored order, with numbers that carry their addresses.

        Raises `KeyError` naming a table that was not passed in.
        """
        if name not in self._rows:
            if name not in self.tables:
                raise KeyError(f"the site needs the table {name}")
            self._rows[name] = list(addressed_rows(name, self.tables[name], self.edition.edition_year))
        return self._rows[name]

    def now(self, name: str) -> list[Row]:
        """Rows of a mart for the edition's own year; all of a table that is not kept by edition year."""
        if not contract(name).is_per_edition:
            return self.rows(name)
        if name not in self._now:
            # Cut before rows are made: years of a large portfolio are ten times as many rows as one.
            self._now[name] = list(addressed_rows(name, self.frame_now(name), self.edition.edition_year))
        return self._now[name]

    def grouped(self, name: str, column: str) -> Mapping[Any, Sequence[Row]]:
        """What `now` gives, by the values of a column. Grouped once, so that no page reads the rows of all others."""
        if (name, column) not in self._grouped:
            found = self._grouped.setdefault((name, column), {})
            for row in self.now(name):
                found.setdefault(row[column], []).append(row)
        return self._grouped[name, column]

    def frame_of(self, name: str, edition_year: int) -> pl.DataFrame:
        """A mart narrowed to one edition year, for sentences and figures."""
        return self.tables[name].filter(pl.col("edition_year") == edition_year)

    def frame_now(self, name: str) -> pl.DataFrame:
        """A mart narrowed to the edition's own year."""
        return self.frame_of(name, self.edition.edition_year)

    @cached_property
    def headlines(self) -> Headlines:
        """The headline figures of the edition's own year."""
        return self.headlines_of(self.edition.edition_year)

    def headlines_of(self, edition_year: int) -> Headlines:
        """The headline figures of one edition year."""
        return headlines(self.frame_of("headline_counts", edition_year), self.edition.edition_year)

    @cached_property
    def previous_year(self) -> int | None:
        """The edition year before, when any project was known then."""
        years = self.tables["project_status"]["edition_year"].unique()
        return max((year for year in years if year < self.edition.edition_year), default=None)

    @cached_property
    def reconstructed_on(self) -> date | None:
        """The last day that the edition shows, when it was made well after it; `None` for one made in its time."""
        is_later = is_reconstruction(self.tables, self.edition.as_of_on)
        return self.edition.as_of_on if is_later else None

    def of_project(self, name: str, project_id: str) -> list[Row]:
        """Rows of a table that belong to one project (for a mart: of the edition's own year).

        They are made for some hundred projects at a time, which are asked for one after the other, and then let go: the
        claims of a large portfolio as rows would need more memory than a machine has.
        """
        block = self.project_places[project_id] // _BLOCK
        known, found = self._of_block.get(name, (None, {}))
        if known != block:
            mine = [row["project_id"] for row in self.projects[block * _BLOCK : (block + 1) * _BLOCK]]
            frame = self.frame_now(name) if contract(name).is_per_edition else self.tables[name]
            found = {}
            for row in addressed_rows(name, frame.filter(pl.col("project_id").is_in(mine)), self.edition.edition_year):
                found.setdefault(row["project_id"], []).append(row)
            self._of_block[name] = block, found
        return list(found.get(project_id, ()))

    @cached_property
    def projects(self) -> list[Row]:
        """One row per project known in this edition: facts, status and coverage together, furthest first.

        Adds `owner_ids`, `owner_levels`, `owner_names` and `owner_short_names` (owners and co-owners alike), and
        `grant_amount` (`None` when no source states it).
        """
        grants = {row["project_id"]: row["grant_amount"] for row in self.rows("project_grants")}
        coverage = {row["project_id"]: row for row in self.now("project_coverage")}
        owners = self._owners()
        found = [
            {
                **self.fact_of(row["project_id"]),
                **coverage.get(row["project_id"], {}),
                **owners[row["project_id"]],
                "grant_amount": grants.get(row["project_id"]),
                **{name: value for name, value in row.items() if name not in ("source_id", "source_locator")},
            }
            for row in self.now("project_status")
        ]
        return sorted(found, key=_furthest_first)

    def _owners(self) -> dict[str, Row]:
        names = ("owner_ids", "owner_levels", "owner_names", "owner_short_names")
        owners: dict[str, Row] = defaultdict(lambda: {name: [] for name in names})
        for row in self.rows("participations"):
            if row["role_code"] in OWNER_ROLES:
                organisation = self.organisation_by_id[row["organisation_id"]]
                mine = owners[row["project_id"]]
                mine["owner_ids"].append(row["organisation_id"])
                mine["owner_levels"].append(organisation["level_code"])
                mine["owner_names"].append(row["organisation_name"])
                mine["owner_short_names"].append(organisation["short_name"] or row["organisation_name"])
        return owners

    @cached_property
    def project_by_id(self) -> dict[str, Row]:
        """The rows of `projects` by id."""
        return {row["project_id"]: row for row in self.projects}

    @cached_property
    def project_places(self) -> dict[str, int]:
        """Where in `projects` a project is, by id."""
        return {row["project_id"]: place for place, row in enumerate(self.projects)}

    @cached_property
    def _facts(self) -> dict[str, Row]:
        return {row["project_id"]: row for row in self.rows("projects")}

    def fact_of(self, project_id: str) -> Row:
        """The registry's own row of a project, with the document behind it."""
        return self._facts[project_id]

    @cached_property
    def source_by_id(self) -> dict[str, Row]:
        """Documents by id."""
        return {row["source_id"]: row for row in self.rows("sources")}

    @cached_property
    def documents(self) -> list[Row]:
        """Documents with how they were read, the newest first."""
        reading = {row["source_id"]: row for row in self.now("document_reading")}
        rows = [{**row, **reading[row["source_id"]]} for row in self.rows("sources") if row["source_id"] in reading]
        return sorted(rows, key=_newest_first)

    @cached_property
    def document_places(self) -> dict[str, int]:
        """Where in that list a document is, by id."""
        return {row["source_id"]: place for place, row in enumerate(self.documents)}

    @cached_property
    def round_by_id(self) -> dict[str, Row]:
        """Award rounds by id."""
        return {row["round_id"]: row for row in self.rows("rounds")}

    @cached_property
    def organisation_by_id(self) -> dict[str, Row]:
        """Organisations by id."""
        return {row["organisation_id"]: row for row in self.rows("organisations")}

    @cached_property
    def benefit_by_id(self) -> dict[str, Row]:
        """Benefits by id."""
        return {row["benefit_id"]: row for row in self.rows("benefits")}

    @cached_property
    def relations_of_project(self) -> Mapping[str, list[Row]]:
        """Rows of `project_relations` by each of the two projects that they are about."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows("project_relations"):
            for project_id in dict.fromkeys((row["project_id"], row["related_project_id"])):
                found[project_id].append(row)
        return found

    @cached_property
    def checks(self) -> CheckCounts:
        """How many checks passed and failed, which every page says."""
        return count_checks(self.tables["quality_checks"])

    @cached_property
    def counts_of_organisation(self) -> dict[tuple[str, str], Row]:
        """Rows of `organisation_outcomes` by organisation and role; only those who take part in a known project."""
        return {(row["organisation_id"], row["role_group"]): row for row in self.now("organisation_outcomes")}

    @cached_property
    def names_of_organisation(self) -> Mapping[str, list[Row]]:
        """Rows of `organisation_names` by organisation."""
        names: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows("organisation_names"):
            names[row["organisation_id"]].append(row)
        return names

    @cached_property
    def partner_places(self) -> dict[str, int]:
        """Where in the list of partners, which is by name, an organisation is, by id."""
        partners = [one for one, group in self.counts_of_organisation if group == PARTNER]
        partners.sort(key=lambda one: alphabetical(self.organisation_by_id[one]["name"]))
        return {one: place for place, one in enumerate(partners)}

    def has_own_page(self, organisation_id: str) -> bool:
        """Whether it owns a known project or supplies to one; a partner alone is a row of the list."""
        return any((organisation_id, group) in self.counts_of_organisation for group in (OWNER_GROUP, SUPPLIER))

    @cached_property
    def status_places(self) -> dict[str, int]:
        """The places of status codes from the first step to the last, then those beside the ladder."""
        codes = Catalogue("nb").labels(self.tables["codelists"], "status")
        return {code: place for place, code in enumerate(codes)}


def _furthest_first(row: Row) -> tuple[Any, ...]:
    """Highest step first; stopped and continued after those on the ladder, never assessed last."""
    beside = row["current_status_code"] in ENDED
    step = row["current_step"]
    return (step is None, beside, -(step or 0), row["cohort_year"], row["project_id"])
