"""Tables and figures with everything around them: heading, n, source, how it was made, downloads.

Belongs here: the shapes that templates draw, and making them from rows.
Does not belong here: what any particular table shows (the page modules) and charts (`gevinst.site.figures`).
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass

from gevinst.addresses import addressed, no_figure
from gevinst.contracts import Contract, contract
from gevinst.language.numbers import MISSING
from gevinst.site import parts
from gevinst.site.context import SourceLink, View
from gevinst.site.figures import MOST_ROWS, Figure, LegendEntry
from gevinst.site.headlines import Headline
from gevinst.site.rows import Row as Facts


@dataclass(frozen=True, slots=True)
class Bar:
    """A piece of a bar inside a cell: `share` is its width in per cent of the cell; without a `mark` it is empty."""

    share: float
    mark: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell.

    `value` is what sorting and files use when it is not the text itself, `mark` colours the cell like a figure,
    `spoken` replaces signs for screen readers, `note` is shown below in small print, `source` links the document.
    `language` is that of a text in another language than the page. A hatched cell rests on an old statement.
    `bars` are drawn below the text and show nothing that other cells of the row do not. `links` are names with an
    address each, after the text; a name without one is not linked.
    """

    text: str
    href: str | None = None
    value: float | str | None = None
    mark: str | None = None
    spoken: str | None = None
    note: str | None = None
    is_number: bool = False
    source: SourceLink | None = None
    csv: str | None = None
    bars: tuple[Bar, ...] = ()
    language: str | None = None
    is_hatched: bool = False
    links: tuple[tuple[str, str | None], ...] = ()

    @property
    def in_file(self) -> str | None:
        """The text for downloaded files where it differs from the spoken one: nothing where the value is unknown."""
        if self.csv is None and self.text == MISSING:
            return ""
        return None if self.csv == (self.spoken or self.text) else self.csv


@dataclass(frozen=True, slots=True)
class Row:
    """One table row; `project_id` lets filters find it, `anchor` is its address."""

    cells: tuple[Cell, ...]
    project_id: str | None = None
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One table column; `name` is the same in both languages, because the order of a table is part of the address.

    On a phone a card shows the columns that are kept, and the others when it is opened.
    """

    heading: str
    is_number: bool = False
    is_sortable: bool = False
    is_wide: bool = False
    name: str = ""
    is_kept: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """Rows of a long table as HTML, drawn once for the pages that it is split over and for the index of all.

    `columns` are the addresses that its headings say (`gevinst.site.addressing.TableAddresses`).
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first cell of a row is its header. `caption` names it for screen readers.

    The master table of a page has a row for each project. Tiles colour whole cells. Where
    `is_newest_last`, a phone shows the last columns first. One that `is_paged` has more rows on other pages. `total` is
    the last row, whichever way one sorts; where `counts_from` is set, the browser counts it again for the rows that are
    shown: those with at least this value. Where its rows are `drawn`, they are shown so.
    """

    table_id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    is_master: bool = False
    is_tiles: bool = False
    is_newest_last: bool = False
    is_paged: bool = False
    total: tuple[Cell, ...] = ()
    counts_from: int | None = None
    drawn: Drawn | None = None

    @property
    def shown(self) -> Iterator[str]:
        """The texts of all cells."""
        return (cell.text for cells in (*(row.cells for row in self.rows), self.total) for cell in cells)


@dataclass(frozen=True, slots=True)
class Made:
    """How the numbers of one table were made: its grain, rule and formula, what it is made from, the columns in use.

    `href` leads to the table's page in the data dictionary, `rows_href` to the file with all its rows.
    """

    name: str
    title: str
    href: str
    rows_href: str
    grain: str
    rule: str | None
    formula: tuple[str, ...]
    made_from: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Which of a long table's rows are on a page: the number of the page among how many, and of how many rows.

    `first` and `last` are the places of its rows, `total` how many there are. `others` are number and address of the
    pages that it leads to, this one among them. `index` is the address of the script that has all rows.
    """

    number: int
    count: int
    first: int
    last: int
    total: int
    others: tuple[tuple[int, str], ...]
    index: str
    previous: str | None = None
    next: str | None = None

    @property
    def up(self) -> str:
        """The way from the page to the folder of the first, where links of the index start."""
        return "" if self.number == 1 else "../"


@dataclass(frozen=True, slots=True)
class Block:
    """A table, or a figure with its equal table, under a computed heading.

    `caption` says what is shown and for how many. `follows_filter` marks that the numbers in the heading are those of
    the whole portfolio even when a reader has filtered; `stays_whole` that the rows are as well. `is_label` marks a
    heading that says what is below and finds nothing, so that it is as true of a selection. `facets` hold for every row
    the codes that choices of that name compare with, separated by spaces: a reader chooses among rows, not projects.
    Where it has more rows than a page, a `part` of them is shown (`gevinst.site.paging`); of a table that follows no
    filter only where it `is_split` or has far more.
    """

    heading: str
    caption: str
    table: Table
    source: str
    made: tuple[Made, ...]
    figure: Figure | None = None
    legend: tuple[LegendEntry, ...] = ()
    follows_filter: bool = False
    stays_whole: bool = False
    is_label: bool = False
    facets: Mapping[str, Sequence[str]] | None = None
    is_split: bool = False
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class SelectedNote:
    """A note on a key figure as counted in a selection: how many of its projects `figure_id` counts too.

    Texts are plural forms (`Catalogue.forms`). `all_of` and `none_of` are for all and none of them, where that is said
    in other words; without the latter nothing is said of none.
    """

    figure_id: str
    some: Mapping[str, str]
    all_of: Mapping[str, str] | None = None
    none_of: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Followed:
    """How a key figure follows a selection: the headline figures that count its projects and those of its whole.

    `of` is what it is of, in plural forms.
    """

    figure_id: str
    whole_id: str
    of: Mapping[str, str]
    notes: tuple[SelectedNote, ...] = ()

    @property
    def figure_ids(self) -> tuple[str, ...]:
        """Every headline figure that is counted again."""
        return (self.figure_id, self.whole_id, *(note.figure_id for note in self.notes))

    @property
    def as_json(self) -> str:
        """For the browser (``assets/js/follow.js``)."""
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One of the large numbers on top of a page: how many, of what, and what must be known to read it.

    One that is not `followed` stays that of the whole portfolio while a reader selects.
    """

    amount: str
    of: str
    what: str
    notes: tuple[str, ...]
    followed: Followed | None = None

    @classmethod
    def count(cls, view: View, figure: Headline, name: str, note: str | None) -> KeyFigure:
        """A headline figure that is a part of all projects; `name` finds the words in ``key_figure.toml``."""
        of = view.t("key_figure.of_projects", n=figure.total)
        return cls(view.number.integer(figure.value), of, view.t(f"key_figure.{name}"), (note,) if note else ())


def made(view: View, name: str, *columns: str) -> Made:
    """How a table was made, from its contract; without `columns` all of them are described."""
    table = contract(name)
    chosen = [table.column(column) for column in columns] if columns else list(table.columns)
    return Made(
        name=name,
        title=table.title(view.language),
        href=view.href("dictionary", name),
        rows_href=view.csv_file(name),
        grain=table.grain(view.language),
        rule=table.rule(view.language),
        formula=formula_lines(table),
        made_from=tuple(contract(other).title(view.language) for other in table.depends_on),
        columns=tuple((column.name, column.description(view.language)) for column in chosen),
    )


def formula_lines(table: Contract) -> tuple[str, ...]:
    """The formula of a table, one line per column or set of columns; nothing for tables that are not computed."""
    return tuple(table.formula.split("; ")) if table.formula else ()


def source_line(view: View, *tables: str) -> str:
    """The line below a table or figure that says what it rests on."""
    day = view.number.date(view.edition.as_of_on)
    titles = [contract(name).title(view.language) for name in tables]
    key = "figure.source_line_illustrative" if view.edition.is_illustrative else "figure.source_line"
    return view.t(key, day=day, tables=", ".join(titles))


def signed(view: View, source: str, shown: Iterable[str]) -> str:
    """A source line, which also says what the sign for unknown means where some text that is `shown` has it."""
    return f"{source} {view.t('figure.missing_sign')}" if any(MISSING in text.split() for text in shown) else source


def columns(
    view: View, keys: Sequence[str], *, numbers: Container[int] = (), wide: Container[int] = ()
) -> tuple[Column, ...]:
    """Sortable columns with their headings by text key; `numbers` and `wide` are places of numbers and long texts."""
    return tuple(
        Column(view.t(key), is_number=place in numbers, is_sortable=True, is_wide=place in wide)
        for place, key in enumerate(keys)
    )


def source_cell(view: View, row: Facts) -> Cell:
    """The document behind a row, as a cell of its own."""
    link = view.source(row)
    if link is None:
        return missing(view)
    return Cell("", source=link)


def some_named(
    view: View, links: Sequence[tuple[str, str | None]], of: str, most: int | None = None
) -> tuple[tuple[str, str | None], ...]:
    """Names with their addresses for one cell; of very many the first, and how many more rows of `of` there are."""
    most = most or parts.MOST_NAMED
    if len(links) <= most:
        return tuple(links)
    more = view.t("paging.and_more", n=addressed(len(links) - most, of))
    return (*links[:most], (more, None))


def missing(view: View, text: str | None = None) -> Cell:
    """The cell of something that is not known; `text` replaces the sign."""
    return Cell(text or MISSING, spoken=None if text else view.t("symbols.missing"), csv="")


def number_cell(view: View, value: float | None, *, places: int = 0) -> Cell:
    """A number, or the sign for unknown."""
    if value is None:
        return Cell(MISSING, spoken=view.t("symbols.missing"), is_number=True, value="", csv="")
    return Cell(view.number.decimal(value, places), value=value, is_number=True)


def figure_block(view: View, figure: Figure, how: tuple[Made, ...]) -> Block:
    """A figure and its equal table as a block; the table alone where there is too much to draw."""
    rows = tuple(
        Row(
            tuple(
                Cell(cell.text, cell.href, mark=cell.mark, spoken=cell.spoken, is_number=cell.is_number)
                for cell in row.cells
            ),
            project_id=row.key if figure.row_height else None,
        )
        for row in figure.rows
    )
    columns = tuple(Column(heading) for heading in figure.columns)
    table = Table(f"{figure.figure_id}-table", figure.heading, columns, rows)
    if not figure.is_drawn:
        caption = f"{figure.caption} {view.t('paging.too_many_to_draw', most=no_figure(MOST_ROWS, 'house'))}"
        return Block(figure.heading, caption, table, figure.source, how)
    return Block(figure.heading, figure.caption, table, figure.source, how, figure, figure.legend)
