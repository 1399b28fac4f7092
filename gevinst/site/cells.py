"""The HTML of table cells and rows: a large site has millions of them, and templates take longer to write them.

Belongs here: how a cell and a row look in HTML.
Does not belong here: tables and what surrounds them (``macros.html``), and where numbers come from
(`gevinst.site.addressing`).
"""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup, escape

from gevinst.site.addressing import TableAddresses, cell_exemption, cell_text, cell_value
from gevinst.site.blocks import Bar, Cell, Row, Table
from gevinst.site.context import SourceLink


class CellWriter:
    """Writes cells for one page: `rel` gives an address as seen from it, `language` is the page's."""

    def __init__(self, language: str, rel: Callable[[str], str]) -> None:
        self._language = language
        self._rel = rel

    def rows(self, table: Table, addresses: TableAddresses) -> Markup:
        """All rows of a table; those that are drawn as they are."""
        if table.drawn is not None:
            return Markup("".join(table.drawn.rows))
        found = zip(table.rows, addresses.rows, addresses.cells, strict=True)
        return Markup("".join(self._row(row, key, own, in_tile=table.is_tiles) for row, key, own in found))

    def _row(self, row: Row, key: str, addresses: tuple[str, ...], *, in_tile: bool) -> str:
        named = (("id", row.anchor), ("data-key", key), ("data-project", row.project_id))
        lines = [f"<tr{''.join(_attribute(name, value) for name, value in named if value)}>"]
        for place, (cell, address) in enumerate(zip(row.cells, addresses, strict=True)):
            if place == 0:
                lines.append(f'<th scope="row"{self.attributes(cell, address=address)}>{self.body(cell)}</th>')
            else:
                attributes = self.attributes(cell, in_tile=in_tile, address=address)
                lines.append(f"<td{attributes}>{self.body(cell, in_tile=in_tile)}</td>")
        return "\n".join((*lines, "</tr>\n"))

    def attributes(self, cell: Cell, *, in_tile: bool = False, address: str = "") -> Markup:
        """How a cell looks, what sorting and files use, and where its number comes from if nothing else says it."""
        parts = []
        if cell.is_number:
            parts.append(' class="number"')
        elif in_tile and cell.mark:
            parts.append(f' class="{_mark(cell)}"')
        in_file = cell.in_file
        value = cell_value(cell, self._language)
        if value is not None and in_file != "":
            parts.append(_attribute("data-value", value))
        if in_file is not None:
            parts.append(_attribute("data-csv", in_file))
        if cell.language:
            parts.append(_attribute("lang", cell.language))
        if address:
            parts.append(_attribute("data-address", address))
        if exemption := cell_exemption(cell):
            parts.append(_attribute("data-no-figure", exemption))
        return Markup("".join(parts))

    def body(self, cell: Cell, *, in_tile: bool = False) -> Markup:
        """What a cell shows."""
        text = cell_text(cell)
        if cell.href:
            parts = [self._link(cell.href, text)]
        elif cell.mark and not in_tile:
            parts = [f'<span class="{_mark(cell)}">{_sign(text, cell.spoken)}</span>']
        else:
            parts = [_sign(text, cell.spoken)]
        if cell.links:
            parts.append(", ".join(self._link(href, name) if href else escape(name) for name, href in cell.links))
        if cell.note:
            language = _attribute("lang", self._language) if cell.language else ""
            parts.append(f'<span class="note"{language}>{escape(cell.note)}</span>')
        if cell.source:
            parts.append(self.source(cell.source))
        if cell.bars:
            parts.append(f'<span class="bars" aria-hidden="true">{"".join(map(_bar, cell.bars))}</span>')
        return Markup("".join(parts))

    def source(self, link: SourceLink) -> Markup:
        """A document beside what rests on it, with the place in it."""
        return Markup(f'<span class="source">{self.document(link.href, link.label)}{_locator(link)}</span>')

    def document(self, href: str | None, text: str) -> Markup:
        """The name of a document; one that is in no list has its own address, or no link where it has none."""
        return Markup(self._link(href, text)) if href else escape(text)

    def _link(self, href: str, text: str) -> str:
        external = ' rel="external"' if href.startswith("https://") else ""
        return f'<a{external} href="{escape(self._rel(href))}">{escape(text)}</a>'


def _attribute(name: str, value: object) -> str:
    return f' {name}="{escape(value)}"'


def _mark(cell: Cell) -> str:
    return f"mark mark-{escape(cell.mark)}{' is-hatched' if cell.is_hatched else ''}"


def _sign(text: str, spoken: str | None) -> str:
    """A sign for those who see it, and words for those who listen."""
    if not spoken:
        return escape(text)
    seen = f'<span aria-hidden="true">{escape(text)}</span>' if text else ""
    return f'{seen}<span class="ds-sr-only">{escape(spoken)}</span>'


def _locator(link: SourceLink) -> str:
    if not link.locator:
        return ""
    if not link.language:
        return f", {escape(link.locator)}"
    return f", <span{_attribute('lang', link.language)}>{escape(link.locator)}</span>"


def _bar(bar: Bar) -> str:
    mark = f' class="mark mark-{escape(bar.mark)}"' if bar.mark else ""
    return f'<span{mark} style="width:{escape(round(bar.share, 2))}%">{escape(bar.text)}</span>'
