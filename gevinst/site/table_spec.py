"""Tables described by their columns: a page says what each column holds, and rows become cells by its role.

Belongs here: the roles of columns (text, code, number, date, source, link, yes or no), and making a block from rows.
Does not belong here: what any particular table shows (the page modules) and the shapes that are drawn
(`gevinst.site.blocks`).

A table is a constant of its page's module::

    FUNDING = TableSpec(
        "videre-finansiering",
        heading="page_project.funding",
        caption="page_project.funding_caption",
        tables=("follow_on_funding",),
        columns=(
            text_column("page_project.what_for", "name"),
            number_column("page_project.amount", "amount", unit="money"),
            date_column("common.date", "awarded"),
            source_column(),
        ),
    )

    block = FUNDING.block(view, rows)

A column that has no role of its own is a `cell_column` with a function from row to cell. Rows are passed in the
order in which they are shown. No role computes: what a cell shows is in the row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from gevinst.addresses import address_of, addressed, no_figure
from gevinst.language.texts import entries, placeholders
from gevinst.site.blocks import Block, Cell, Column, Row, Table, made, missing, signed, source_cell, source_line
from gevinst.site.context import View
from gevinst.site.figures import LegendEntry
from gevinst.site.rows import Row as Facts

CellOf = Callable[[View, Facts], Cell]
"""Makes the cell of a row."""
WordsOf = Callable[[View, Facts], str | None]
"""Finds the words of a row; `None` where it has none."""
Unit = Literal["count", "money", "million", "percent"]
Heading = str | Callable[[View], str]
"""A text key; a function where a heading is no text of the catalogue (a year, the name of a code)."""


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column: its heading and how a row becomes a cell.

    `is_number` aligns the heading to the right, `is_wide` gives long texts room. `total` makes the cell of the row of
    totals where that differs from the others'.
    """

    heading: Heading
    cell: CellOf
    is_number: bool = False
    is_wide: bool = False
    total: CellOf | None = None


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table: columns, the keys of its heading and caption, and the tables of the edition that it shows.

    `tables` are named in the source line. The boxes "how this was made" are one per table, unless `made_of` says
    otherwise: each entry a table, or a table followed by those of its columns that are used. `anchor` is a pattern
    over the row's columns (``"kolonne-{name}"``). With `follows_filter` a reader's filter selects rows by their
    `project_id`; the table with `is_master` has a row for each project.
    `kept` are the headings of the columns that a card on a phone shows before it is opened; without any, the first
    few. The flags are those of `Table` and `Block`.
    """

    table_id: str
    columns: tuple[ColumnSpec, ...]
    caption: str
    heading: str | None = None
    tables: tuple[str, ...] = ()
    made_of: tuple[str | tuple[str, ...], ...] | None = None
    anchor: str | None = None
    kept: tuple[str, ...] = ()
    legend: Callable[[View], tuple[LegendEntry, ...]] | None = None
    follows_filter: bool = False
    stays_whole: bool = False
    is_master: bool = False
    is_tiles: bool = False
    is_newest_last: bool = False
    is_sortable: bool = True
    counts_from: int | None = None

    def block(
        self,
        view: View,
        rows: Sequence[Facts],
        *,
        heading: str | None = None,
        total_row: Facts | None = None,
        **values: Any,
    ) -> Block:
        """The table of `rows` with everything around it.

        Heading and caption get `n`, the number of rows, and `values`. `heading` is a finished text in place of
        the heading's key; `total_row` holds the totals, by the names of the columns. Raises `ValueError` for a value
        without a placeholder in either text.
        """
        table = self.table(view, rows, total_row=total_row, **values)
        return Block(
            heading if heading is not None else self._words(view, self.heading, rows, values),
            self._words(view, self.caption, rows, values),
            table,
            signed(view, source_line(view, *self.tables), table.shown),
            tuple(made(view, *_named(entry)) for entry in (self.tables if self.made_of is None else self.made_of)),
            legend=self.legend(view) if self.legend else (),
            follows_filter=self.follows_filter,
            stays_whole=self.stays_whole,
        )

    def block_if_any(self, view: View, rows: Sequence[Facts], **options: Any) -> Block | None:
        """What `block` gives, and nothing where there is no row."""
        return self.block(view, rows, **options) if rows else None

    def table(self, view: View, rows: Sequence[Facts], *, total_row: Facts | None = None, **values: Any) -> Table:
        """The table alone, for pages that write what is around it themselves."""
        texts = [key for key in (self.heading, self.caption) if key]
        surplus = set(values) - {name for key in texts for name in (*_places(view, key), "n")}
        if surplus:
            raise ValueError(f"table {self.table_id} has no text with a placeholder for {', '.join(sorted(surplus))}")
        return Table(
            self.table_id,
            self._words(view, self.caption, rows, values),
            tuple(self._heading(view, column) for column in self.columns),
            tuple(self._row(view, row) for row in rows),
            is_master=self.is_master,
            is_tiles=self.is_tiles,
            is_newest_last=self.is_newest_last,
            total=() if total_row is None else tuple((one.total or one.cell)(view, total_row) for one in self.columns),
            counts_from=self.counts_from,
        )

    def _heading(self, view: View, column: ColumnSpec) -> Column:
        text = column.heading(view) if callable(column.heading) else view.t(column.heading)
        name = column.heading.rpartition(".")[2] if isinstance(column.heading, str) else ""
        is_kept = column.heading in self.kept
        return Column(text, column.is_number, self.is_sortable, column.is_wide, name, is_kept)

    def _row(self, view: View, row: Facts) -> Row:
        project = row["project_id"] if self.follows_filter else None
        return Row(
            tuple(column.cell(view, row) for column in self.columns),
            # Rows about no project of the edition stay, whatever is selected.
            project_id=project if project in view.data.project_by_id else None,
            anchor=self.anchor.format(**row) if self.anchor else None,
        )

    def _words(self, view: View, key: str | None, rows: Sequence[Facts], values: Mapping[str, Any]) -> str:
        if key is None:
            raise ValueError(f"table {self.table_id} has no heading of its own; pass one")
        given = {"n": len(rows), **values}
        if address_of(given["n"]) is None:
            # How many rows there are is a figure too: that of the table they are of.
            given["n"] = addressed(given["n"], self.tables[0]) if self.tables else no_figure(given["n"], "house")
        places = _places(view, key)
        return view.t(key, n=given.pop("n"), **{name: value for name, value in given.items() if name in places})


def _named(entry: str | tuple[str, ...]) -> tuple[str, ...]:
    return (entry,) if isinstance(entry, str) else entry


def _places(view: View, key: str) -> set[str]:
    """Names that a text takes values for; none for a missing text, which is reported when it is used."""
    entry = entries().get(key, {}).get(view.language)
    return placeholders(entry) if entry is not None else set()


def cell_column(
    heading: Heading, cell: CellOf, *, is_number: bool = False, is_wide: bool = False, total: CellOf | None = None
) -> ColumnSpec:
    """A column whose cells a function makes."""
    return ColumnSpec(heading, cell, is_number, is_wide, total)


def text_column(
    heading: Heading, stem: str, *, note: WordsOf | None = None, is_wide: bool = False, total: CellOf | None = None
) -> ColumnSpec:
    """The text ``<stem>_nb`` or ``<stem>_en``; empty where the row has none."""
    return words_column(heading, text_of(stem), note=note, is_wide=is_wide, total=total)


def plain_column(
    heading: Heading, name: str, *, note: WordsOf | None = None, is_wide: bool = False, total: CellOf | None = None
) -> ColumnSpec:
    """The column `name`, which is the same in every language; empty where the row has nothing in it."""
    return words_column(heading, lambda view, row: row[name], note=note, is_wide=is_wide, total=total)


def words_column(
    heading: Heading, words: WordsOf, *, note: WordsOf | None = None, is_wide: bool = False, total: CellOf | None = None
) -> ColumnSpec:
    """What a function returns for the row; empty where it returns nothing."""
    return ColumnSpec(heading, _noted(lambda view, row: Cell(words(view, row) or ""), note), False, is_wide, total)


def code_column(
    heading: Heading,
    codelist: str,
    name: str | None = None,
    *,
    note: WordsOf | None = None,
    is_wide: bool = False,
    is_ordered: bool = False,
) -> ColumnSpec:
    """What the code in `name` (``<codelist>_code``) is called, with the sign for unknown where there is none.

    With `is_ordered` the column sorts by the order of the code list instead of the alphabet.
    """
    column = name or f"{codelist}_code"

    def cell(view: View, row: Facts) -> Cell:
        code = row[column]
        if code is None:
            return missing(view)
        value = list(view.labels(codelist)).index(code) if is_ordered else None
        return Cell(view.label(codelist, code), value=value)

    return ColumnSpec(heading, _noted(cell, note), is_wide=is_wide)


def number_column(
    heading: Heading,
    name: str,
    *,
    unit: Unit = "count",
    places: int | Callable[[float | None], int] = 0,
    note: WordsOf | None = None,
    blank: str | None = None,
    is_number: bool = True,
    total: CellOf | None = None,
) -> ColumnSpec:
    """The number in `name` in its unit, with `places` decimals (a function finds them from the number).

    Kroner are whole. Unknown is shown by its sign; where `blank` names a text, by an empty cell with that text for
    screen readers. `is_number` is false for a column whose heading is aligned to the left.
    """

    def cell(view: View, row: Facts) -> Cell:
        value = row[name]
        if value is None:
            unknown = Cell("", spoken=view.t(blank)) if blank else missing(view)
            return replace(unknown, is_number=True, value="", csv="")
        decimals = places(value) if callable(places) else places
        return Cell(_written(view, value, unit, decimals), value=value, is_number=True)

    return ColumnSpec(heading, _noted(cell, note), is_number=is_number, total=total)


def _written(view: View, value: float, unit: Unit, places: int) -> str:
    match unit:
        case "money":
            return view.number.money(value)
        case "million":
            return view.number.million(value, places)
        case "percent":
            return view.number.percent(value, places)
    return view.number.decimal(value, places)


def date_column(heading: Heading, stem: str) -> ColumnSpec:
    """``<stem>_on`` as precisely as ``<stem>_precision`` says, sorted by the day."""

    def cell(view: View, row: Facts) -> Cell:
        day = row[f"{stem}_on"]
        return missing(view) if day is None else Cell(view.date(row, stem, short=True), value=str(day))

    return ColumnSpec(heading, cell)


def yes_no_column(heading: Heading, name: str) -> ColumnSpec:
    """Yes or no."""
    return ColumnSpec(heading, lambda view, row: Cell(view.t("common.yes" if row[name] else "common.no")))


def link_column(
    heading: Heading, words: WordsOf, href: WordsOf, *, note: WordsOf | None = None, is_wide: bool = False
) -> ColumnSpec:
    """Words that lead to an address; words alone where there is none."""
    return ColumnSpec(
        heading, _noted(lambda view, row: Cell(words(view, row) or "", href=href(view, row)), note), is_wide=is_wide
    )


def project_column(heading: Heading = "common.project", *, total: CellOf | None = None) -> ColumnSpec:
    """The short name of the project in `project_id`, as a link to its page."""

    def cell(view: View, row: Facts) -> Cell:
        project = view.data.project_by_id[row["project_id"]]
        return Cell(view.text(project, "short_name") or "", href=view.project_href(row["project_id"]))

    return ColumnSpec(heading, cell, total=total)


def organisation_column(heading: Heading) -> ColumnSpec:
    """The name of the organisation in `organisation_id`, as a link to its page where it has one."""

    def cell(view: View, row: Facts) -> Cell:
        name = view.data.organisation_by_id[row["organisation_id"]]["name"]
        return Cell(name, href=view.organisation_href(row["organisation_id"]))

    return ColumnSpec(heading, cell)


def source_column(heading: Heading = "common.source") -> ColumnSpec:
    """The document behind the row, as a link."""
    return ColumnSpec(heading, source_cell)


def text_of(stem: str) -> WordsOf:
    """Finds the text ``<stem>_nb`` or ``<stem>_en`` of a row."""
    return lambda view, row: view.text(row, stem)


def label_of(codelist: str, name: str | None = None) -> WordsOf:
    """Finds what the code in `name` (``<codelist>_code``) is called; nothing where the row has none."""
    column = name or f"{codelist}_code"
    return lambda view, row: view.label(codelist, row[column]) if row[column] is not None else None


def _noted(cell: CellOf, note: WordsOf | None) -> CellOf:
    """`cell`, with words in small print below it."""
    if note is None:
        return cell
    return lambda view, row: replace(cell(view, row), note=note(view, row))
