"""What pages are made from: the rows of an edition, and one language's way of showing them.

Belongs here: finding texts, labels and addresses, so that every page finds them in the same way.
Does not belong here: finding rows (`gevinst.site.rows`), what a page says (`gevinst.site.pages`) and how it looks
(``templates/``, ``assets/``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from gevinst.addresses import no_figure
from gevinst.bilingual import ENTERED
from gevinst.language.locators import located
from gevinst.language.numbers import Formatter
from gevinst.language.texts import Catalogue
from gevinst.layout import PARQUET_FOLDER, csv_file
from gevinst.settings import Settings
from gevinst.site.figures import Figure
from gevinst.site.parts import tail_at
from gevinst.site.rows import Row, SiteData


@dataclass(frozen=True, slots=True)
class SourceLink:
    """A document as it is named beside a fact: where it is listed, short name, and the place in the document.

    `language` is that of the place where it is not the page's.
    """

    href: str | None
    label: str
    locator: str | None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A page, or a figure or table on it, by what it is called and its address."""

    page: str
    title: str
    href: str


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
        `places` are noted as pages are made: by table, where it is shown (`gevinst.site.pages.dictionary.places`).
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
        self.places: dict[str, dict[str, Place]] = {}
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
        rows = self.data.grouped("codelists", "codelist")[codelist]
        found = next(row for row in rows if row["code"] == code)
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
        place = self.data.partner_places.get(organisation_id)
        if place is None:
            return None
        return self.row_href("organisation", place, organisation_id)

    def edition_file(self, name: str) -> str:
        """Address of a file that lies beside the site in the edition's folder, such as ``datapackage.json``."""
        return f"/../{name}"

    def csv_file(self, table: str) -> str:
        """Address of a table's CSV file in the edition's folder."""
        return self.edition_file(csv_file(table, self.data.tables[table].height))

    def parquet_file(self, table: str) -> str:
        """Address of a table's Parquet file in the edition's folder."""
        return self.edition_file(f"{PARQUET_FOLDER}/{table}.parquet")
