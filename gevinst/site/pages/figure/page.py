"""Each figure under an address of its own: to be shared, cited and placed inside another page.

Belongs here: what is around one figure that stands alone. The page carries nothing but the figure, and so stays small.
Does not belong here: the figures (`gevinst.site.figures`), and which there are and where they belong
(`gevinst.site.pages.charts`).
"""

from __future__ import annotations

from html import escape

from gevinst.addresses import bare
from gevinst.layout import SITE
from gevinst.site.context import View
from gevinst.site.page import FRAMED_SLUGS, Document, Page
from gevinst.site.pages.charts import HOMES, chart_block

_FRAME_HEIGHT = 900
"""Pixels that an embedded figure gets: room for heading, legend and a figure of middle height; a higher one scrolls."""


def documents(view: View) -> list[Document]:
    """One document per figure that has something to show and is drawn."""
    return [_document(view, figure_id) for figure_id, figure in view.figures.items() if figure.is_drawn]


def _document(view: View, figure_id: str) -> Document:
    home = HOMES[figure_id]
    title = view.t(f"page_figure.title_{figure_id.replace('-', '_')}")
    return Document(
        title=title,
        lead=view.t("page_figure.lead", page=view.t(home.name_key)),
        values={
            "block": chart_block(view, figure_id),
            "home": (view.href(home.page, anchor=f"{figure_id}-table-heading"), view.t(home.name_key)),
            "code": _code(view, figure_id, title),
            "is_hosted": view.settings.site.base_url is not None,
        },
        tail=figure_id,
        scripts=("figure/embed.js",),
    )


def _code(view: View, figure_id: str, title: str) -> str:
    """What another page places between its own lines; without a known host, whoever copies it must complete it."""
    path = f"{SITE}{view.href('figure', figure_id)}"
    host = view.settings.site.base_url
    address = f"{view.settings.site.of_edition(view.edition.edition_id)}{path}" if host else path
    return (
        f'<iframe src="{address}" title="{escape(bare(title))}" width="100%" height="{_FRAME_HEIGHT}" '
        'style="border: 0" loading="lazy"></iframe>'
    )


PAGE = Page(name="figure", slugs=FRAMED_SLUGS, documents=documents)
