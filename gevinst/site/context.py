"""What pages are made from: the edition, its tables as rows, and one language's way of showing them.

Belongs here: finding rows, texts, labels and addresses, so that every page finds them in the same way.
Does not belong here: what a page says (`gevinst.site.pages`) and how it looks (``templates/``, ``assets/``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import polars as pl

from gevinst.addresses import no_figure
from gevinst.bilingual import ENTERED
from gevinst.contracts import contract
from gevinst.contracts.addressing import addressed_rows
from gevinst.contracts.vocabulary import ENDED, OWNER_ROLES, PARTNER, SUPPLIER
from gevinst.language.locators import located
from gevinst.language.numbers import Formatter
from gevinst.language.texts import Catalogue
from gevinst.layout import EditionInfo
from gevinst.method.organisations import OWNER_GROUP
from gevinst.method.reconstruction import is_reconstruction
from gevinst.settings import Settings
from gevinst.site.figures import Figure
from gevinst.site.headlines import Headlines, headlines
from gevinst.site.parts import tail_at

Row = dict[str, Any]


def _newest_first(row: Row) -> tuple[bool, int, str]:
    published = row["published_on"]
    return (published is None, -(published.toordinal() if published else 0), row["source_id"])


class SiteData:
    """The tables of one edition as rows, with the look-ups that pages share."""

    def __init__(self, tables: Mapping[str, pl.DataFrame], edition: EditionInfo) -> None:
        self.tables = tables
        self.edition = edition
        self._rows: dict[str, list[Row]] = {}

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
        return [row for row in self.rows(name) if row["edition_year"] == self.edition.edition_year]

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
        years = [row["edition_year"] for row in self.rows("project_status")]
        return max((year for year in years if year < self.edition.edition_year), default=None)

    @cached_property
    def reconstructed_on(self) -> date | None:
        """The last day that the edition shows, when it was made well after it; `None` for one made in its time."""
        is_later = is_reconstruction(self.tables, self.edition.as_of_on)
        return self.edition.as_of_on if is_later else None

    def of_project(self, name: str, project_id: str) -> list[Row]:
        """Rows of a table that belong to one project (for a mart: of the edition's own year)."""
        return [row for row in self.now(name) if row["project_id"] == project_id]

    @cached_property
    def projects(self) -> list[Row]:
        """One row per project known in this edition: facts, status and coverage together, furthest first.

        Adds `owner_ids`, `owner_levels`, `owner_names` and `owner_short_names` (owners and co-owners alike), and
        `grant_nok` (`None` when no source states it).
        """
        grants = {row["project_id"]: row["grant_nok"] for row in self.rows("project_grants")}
        coverage = {row["project_id"]: row for row in self.now("project_coverage")}
        owners = self._owners()
        found = [
            {
                **self.fact_of(row["project_id"]),
                **coverage.get(row["project_id"], {}),
                **owners[row["project_id"]],
                "grant_nok": grants.get(row["project_id"]),
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

    def has_own_page(self, organisation_id: str) -> bool:
        """Whether it owns a known project or supplies to one; a partner alone is a row of the list."""
        return any((organisation_id, group) in self.counts_of_organisation for group in (OWNER_GROUP, SUPPLIER))

    def status_order(self) -> list[str]:
        """Status codes from the first step to the last, then those beside the ladder."""
        return list(Catalogue("nb").labels(self.tables["codelists"], "status"))


def _furthest_first(row: Row) -> tuple[Any, ...]:
    """Highest step first; stopped and continued after those on the ladder, never assessed last."""
    beside = row["current_status_code"] in ENDED
    step = row["current_step"]
    return (step is None, beside, -(step or 0), row["cohort_year"], row["project_id"])


@dataclass(frozen=True, slots=True)
class SourceLink:
    """A document as it is named beside a fact: where it is listed, short name, and the place in the document.

    `language` is that of the place where it is not the page's.
    """

    href: str | None
    label: str
    locator: str | None
    language: str | None = None


class View:
    """One language's way of showing the data; what every page module is passed.

    Addresses it gives are site-absolute (``/nb/kilder/index.html``); rendering makes them relative.
    """

    def __init__(
        self,
        data: SiteData,
        language: str,
        settings: Settings,
        path_of: Callable[..., str],
        *,
        is_marking: bool = False,
    ) -> None:
        """`path_of` gives the address of a page by name, language and tail.

        With `is_marking` every number in a text is followed by the mark of where it comes from, which rendering
        turns into its address; what is not rendered must do without (`gevinst.addresses`).
        `figures` are set once drawn, and `report` and `brief` once written: their places below the edition's folder.
        """
        self.data = data
        self.edition = data.edition
        self.settings = replace(
            settings,
            stale_after_months=no_figure(settings.stale_after_months, "limit"),
            min_n_for_shares=no_figure(settings.min_n_for_shares, "limit"),
        )
        self._path_of = path_of
        self.figures: dict[str, Figure] = {}
        self.report: str | None = None
        self.brief: str | None = None
        self._labels: dict[str, dict[str, str]] = {}
        self.language = language
        self.catalogue = Catalogue(language, is_marking=is_marking)
        self.t = self.catalogue.t
        self.number: Formatter = self.catalogue.number

    def text(self, row: Row, stem: str) -> str | None:
        """The text ``<stem>_nb`` or ``<stem>_en`` of a row; one that waits as the catalogue has it."""
        return self.catalogue.text(row, stem)

    def label(self, codelist: str, code: str) -> str:
        """What a code is called."""
        known = self.labels(codelist)
        return known[code] if code in known else self.catalogue.label(self.data.tables["codelists"], codelist, code)

    def labels(self, codelist: str) -> dict[str, str]:
        """What all codes of a list are called, in the list's order."""
        if codelist not in self._labels:
            self._labels[codelist] = self.catalogue.labels(self.data.tables["codelists"], codelist)
        return self._labels[codelist]

    def description(self, codelist: str, code: str) -> str:
        """What a code means."""
        rows = self.data.rows("codelists")
        found = next(row for row in rows if row["codelist"] == codelist and row["code"] == code)
        return self.text(found, "description") or ""

    def date(self, row: Row, stem: str, *, short: bool = False) -> str:
        """``<stem>_on`` as precisely as ``<stem>_precision`` says."""
        return self.number.date(row[f"{stem}_on"], row[f"{stem}_precision"], short=short)

    def source(self, row: Row) -> SourceLink | None:
        """The document behind a row with `source_id` and `source_locator`; `None` when the row has none."""
        if row["source_id"] is None:
            return None
        place, language = located(row["source_locator"] or "", self.language)
        return SourceLink(
            self.source_href(row["source_id"]),
            self.source_name(row["source_id"]),
            place or None,
            language if language != self.language else None,
        )

    def source_of(self, row: Row) -> SourceLink:
        """The document behind a row that must have one."""
        link = self.source(row)
        if link is None:
            raise ValueError(f"a row without a source cannot be shown: {row}")
        return link

    def source_name(self, source_id: str) -> str:
        """Publisher and year: the short name of a document, as it is shown beside a fact."""
        row = self.data.source_by_id[source_id]
        publisher = row["publisher"]
        # The registry writes publishers as "Full name (Short)"; only the short form fits beside a fact.
        if publisher.endswith(")"):
            publisher = publisher[publisher.rindex("(") + 1 : -1]
        if row["published_on"] is None:
            return self.t("frame.source_undated", publisher=publisher)
        return f"{publisher} {row['published_on'].year}"

    def title_language(self, source_id: str) -> str | None:
        """The language of a document's title where it is not the page's."""
        row = self.data.source_by_id[source_id]
        # What stands in brackets is our own description of a document without a title, and both Norwegian languages
        # are read as bokmål where a document mixes them.
        is_own = row["title"].startswith("[") or row["language_code"] in (None, "mixed")
        language = ENTERED if is_own else row["language_code"]
        return language if language != self.language else None

    def href(self, page: str, tail: str = "", anchor: str = "") -> str:
        """Address of a page by its registry name, in this language."""
        return self._path_of(page, self.language, tail) + (f"#{anchor}" if anchor else "")

    def project_href(self, project_id: str) -> str:
        """Address of a project's own page."""
        return self.href("project", project_id)

    def row_href(self, page: str, place: int, anchor: str) -> str:
        """Address of a row of a long table: the row at `place`, counted from 0, is on one of the pages of `page`."""
        return self.href(page, tail_at(place), anchor)

    def source_href(self, source_id: str) -> str | None:
        """Address of a document's row in the list of documents.

        A reference table may rest on a document that became public after the edition, which is not in its list: then
        the document's own address, or `None` where it has none.
        """
        place = self.data.document_places.get(source_id)
        if place is not None:
            return self.row_href("sources", place, source_id)
        address = self.data.source_by_id[source_id]["address"]
        return f"https://{address}" if address else None

    def organisation_href(self, organisation_id: str) -> str | None:
        """Address of an owner's or supplier's own page, of a partner's row in the list of organisations.

        `None` for one that takes part in no known project.
        """
        if self.data.has_own_page(organisation_id):
            return self.href("organisation", organisation_id)
        is_partner = (organisation_id, PARTNER) in self.data.counts_of_organisation
        return self.href("organisation", anchor=organisation_id) if is_partner else None

    def edition_file(self, name: str) -> str:
        """Address of a file that lies beside the site in the edition's folder, such as ``datapackage.json``."""
        return f"/../{name}"
