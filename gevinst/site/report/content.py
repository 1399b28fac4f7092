"""The content of the report, taken from the pages of the same edition.

Belongs here: which pages and blocks, and in which order.
Does not belong here: setting them (`build.py`, ``report.typ``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from gevinst.addresses import bare
from gevinst.quality import count_checks
from gevinst.site.banners import standing_of
from gevinst.site.blocks import Block, Cell, KeyFigure, Table
from gevinst.site.context import View
from gevinst.site.figures import Figure, style
from gevinst.site.page import Document, Page
from gevinst.site.pages import PAGES
from gevinst.site.report.addresses import origins, without_marks

CHAPTERS: Mapping[str, tuple[str, ...]] = {
    "overview": ("points", "changes_lead", "changes"),
    "portfolio": ("tiles", "ladder"),
    "benefits": (
        *("key_figures", "evidence_map", "categories", "benefits_achieved.block", "stated_by"),
        *("benefits_measured.block", "benefits_valued.priced", "benefits_valued.total"),
    ),
    "drivers": ("strips", "association", "time"),
    "method": ("rules", "failed", "ages"),
}
"""Pages in the order of the report, and the values of each that it repeats; ``page.value`` is that of another page."""
_MOST_ROWS = 25
_MOST_TILES = 60
"""Rows of a table on paper, about two pages; a row of tiles is one line high, another several."""
_NAME_OF_TILES = 3.0
"""How much wider the column of names is than a tile."""
_MOST_POINTS = 8
"""Items of a list on paper; the rest are counted, and the pages have them."""


@dataclass(frozen=True, slots=True)
class Report:
    """A report in the form that Typst takes, and the figures in it by the name of their file."""

    content: dict[str, Any]
    figures: dict[str, Figure]


def report(view: View) -> Report:
    """The report of the view's edition in its language."""
    figures: dict[str, Figure] = {}
    chapters = [_chapter(view, page, CHAPTERS[page.name], figures) for page in PAGES if page.name in CHAPTERS]
    content = _frame(view) | {"chapters": chapters, "origins": origins(chapters)}
    return Report(without_marks(content), {name: _unmarked(figure) for name, figure in figures.items()})


def _unmarked(figure: Figure) -> Figure:
    texts = {name: bare(getattr(figure, name)) for name in ("heading", "caption", "alt", "source")}
    return replace(figure, **texts)


def _chapter(view: View, page: Page, wanted: tuple[str, ...], figures: dict[str, Figure]) -> dict[str, Any]:
    """One page as a chapter; its figures go to `figures`. A page may have a lead of its own for paper."""
    (document,) = page.documents(view)
    parts = [part for name in wanted for part in _parts(view, *_value(view, document, name))]
    for part in parts:
        if part["kind"] == "figure":
            figures[part["file"]] = part.pop("drawn")
    lead = document.values.get("report_lead", " ".join(text for text in (document.lead, document.more) if text))
    return {"title": document.title, "lead": lead, "parts": parts}


def _value(view: View, document: Document, name: str) -> tuple[Document, str]:
    """The document that a value is on, and its name there."""
    other, _, rest = name.partition(".")
    if not rest:
        return document, name
    (page,) = (page for page in PAGES if page.name == other)
    return page.documents(view)[0], rest


def _frame(view: View) -> dict[str, Any]:
    t, edition = view.t, view.edition
    checks = count_checks(view.data.tables["quality_checks"])
    day = view.number.date(edition.as_of_on)
    notes = [
        t("frame.data_as_of", day=day),
        t("frame.edition", edition=edition.edition_id),
        t("frame.checks", n=checks.count, passed=checks.passed),
    ]
    if view.data.reconstructed_on is not None:
        reconstruction = t("frame.banner_reconstruction", day=day)
        notes.insert(0, f"{t('frame.banner_reconstruction_title')} {reconstruction}")
    owner = view.settings.owner
    standing = list(standing_of(view))
    return {
        "language": view.language,
        "title": t("report.title"),
        "subtitle": t(
            "report.subtitle" if view.data.reconstructed_on is None else "report.subtitle_hindsight", day=day
        ),
        "banner": " ".join(banner.title for banner in standing) or None,
        "banner_text": " ".join(banner.text for banner in standing),
        "notes": " ".join(notes),
        "footer": f"{t('frame.site_name')}. {t('frame.edition', edition=edition.edition_id)}",
        "figure_word": t("report.figure"),
        "table_word": t("report.table"),
        "origins_title": t("report.origins_title"),
        "origins_text": t("report.origins_text"),
        "closing_title": t("report.closing_title"),
        "closing": [
            t("frame.basis_illustrative" if edition.is_illustrative else "frame.basis"),
            t("report.closing_data", edition=edition.edition_id),
            f"{t('frame.responsible')}: {owner.responsible_body or t('frame.not_stated')}",
            f"{t('frame.contact')}: {owner.contact or t('frame.not_stated')}",
        ],
        "palette": style.palette(),
    }


def _parts(view: View, document: Document, name: str) -> Iterator[dict[str, Any]]:
    """One value of a page as parts of a chapter."""
    value = document.values[name]
    match value:
        case str():
            yield {"kind": "text", "text": value}
        case Block():
            yield from block_parts(view, value)
        case [KeyFigure(), *_]:
            yield {
                "kind": "key_figures",
                "items": [{"amount": one.amount, "of": one.of, "what": one.what, "notes": one.notes} for one in value],
            }
        case [*items] if items:
            yield {
                "kind": "list",
                "heading": document.values.get(f"{name}_heading"),
                "items": [_sentence(item) for item in items[:_MOST_POINTS]] + _more(view, "more_points", items),
            }
        case None | []:  # a page shows nothing either
            return
        case _:  # left out without a word, it would be missed by nobody but its readers
            raise TypeError(f"the report has no form for the value {name} of a page: {type(value).__name__}")


def _more(view: View, key: str, items: list[Any]) -> list[str]:
    left_out = len(items) - _MOST_POINTS
    return [view.t(f"report.{key}", n=left_out)] if left_out > 0 else []


def _sentence(item: Any) -> str:
    match item:
        case str():
            return item
        case (str() as term, str() as text) if not text.startswith("/"):
            return f"{term}: {text}"
        case (str() as text, _):
            return text
    return " ".join(part for part in (item.text, item.reason) if part)


def block_parts(view: View, block: Block) -> Iterator[dict[str, Any]]:
    """A block of a page as printed: its figure, or its table as far as there is room."""
    if block.figure is not None:
        file = f"{block.figure.figure_id}.svg"
        yield {
            "kind": "figure",
            "heading": block.heading,
            "caption": block.caption,
            "source": block.source,
            "alt": block.figure.alt,
            "file": file,
            "legend": _legend(block),
            "drawn": block.figure,
        }
        return
    yield {
        "kind": "table",
        "heading": block.heading,
        "caption": block.caption,
        "source": block.source,
        "legend": _legend(block),
        **_table(view, block.table),
    }


def _legend(block: Block) -> list[dict[str, Any]]:
    return [
        {"mark": entry.mark, "glyph": entry.glyph, "text": entry.text, "is_hatched": entry.is_hatched}
        for entry in block.legend
    ]


def _table(view: View, table: Table) -> dict[str, Any]:
    most = _MOST_TILES if table.is_tiles else _MOST_ROWS
    rows = [[_cell(cell) for cell in row.cells] for row in table.rows[:most]]
    left_out = len(table.rows) - most
    if table.total:
        rows.append([_cell(cell) for cell in table.total])
    return {
        "is_tiles": table.is_tiles,
        "columns": [
            {"heading": column.heading, "is_number": column.is_number, "width": width}
            for column, width in zip(table.columns, _widths(table, rows), strict=True)
        ],
        "rows": rows,
        "left_out_text": view.t("report.more_rows", n=left_out) if left_out > 0 else None,
    }


def _widths(table: Table, rows: list[list[dict[str, Any]]]) -> list[float]:
    """Shares of the width of the page: tiles alike, other columns by how much text is in them."""
    if table.is_tiles:
        return [_NAME_OF_TILES, *[1.0] * (len(table.columns) - 1)]
    texts = [
        [column.heading, *(bare(row[place]["text"]) for row in rows)] for place, column in enumerate(table.columns)
    ]
    longest_word = [max(len(word) for text in column for word in text.split() or [""]) for column in texts]
    average = [sum(map(len, column)) / len(column) for column in texts]
    # A column is at least as wide as its longest word; a power below 1 keeps long texts from squeezing the others.
    return [max(word, 4, length**0.65) for word, length in zip(longest_word, average, strict=True)]


def _cell(cell: Cell) -> dict[str, Any]:
    text = cell.text or (cell.source.label if cell.source else "")
    note = f" ({cell.note})" if cell.note else ""
    return {"text": text + note, "mark": cell.mark, "is_number": cell.is_number, "is_hatched": cell.is_hatched}
