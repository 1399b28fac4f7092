"""Search over projects, benefits, organisations, documents and terms.

Belongs here: the page, which is light: the index beside it is loaded when somebody searches.
Does not belong here: what can be found (`index.py`) and finding it (``search.js``).
"""

from __future__ import annotations

from gevinst.site.bundle import SEARCH_LIBRARY
from gevinst.site.context import View
from gevinst.site.page import Document, Page
from gevinst.site.pages.search.index import KINDS, index_scripts

INDEX = "index.js"
_LISTS = ("portfolio", "benefits", "organisation", "sources", "glossary")
"""Pages that list what can be found, in the order of `KINDS`."""
_WORDS = ("loading", "loading_more", "failed", "show_more")
"""Texts that the script says as they are."""


def _name(number: int) -> str:
    """The file of script `number` of the index (``search.js`` makes the same name)."""
    return INDEX if number == 1 else INDEX.replace(".", f"-{number}.")


def documents(view: View) -> list[Document]:
    """The one document."""
    kinds = {
        kind: {form: view.t(f"page_search.{kind}s", n=n) for form, n in (("one", 1), ("other", 2))} for kind in KINDS
    }
    return [
        Document(
            title=view.t("page_search.title"),
            lead=view.t("page_search.lead"),
            values={
                "lists": [(view.href(name), view.t(f"page_search.to_{name}")) for name in _LISTS],
                "index": INDEX,
                "library": f"/assets/{SEARCH_LIBRARY}",
                "words": {
                    **{f"search_{name}": view.t(f"page_search.{name}") for name in _WORDS},
                    # The browser fills these in itself; braces are kept for it.
                    "search_nothing": view.t("page_search.nothing", query="{query}"),
                    "search_found_one": view.t("page_search.found", n=1, query="{query}"),
                    "search_found_other": view.t("page_search.found_several", count="{count}", query="{query}"),
                    "search_like_one": view.t("page_search.like", n=1, query="{query}"),
                    "search_like_other": view.t("page_search.like_several", count="{count}", query="{query}"),
                    "search_kinds": kinds,
                },
            },
            scripts=("search/search.js",),
        )
    ]


PAGE = Page(
    name="search",
    slugs={"nb": "sok", "en": "search"},
    documents=documents,
    files=lambda view: {_name(number): script for number, script in enumerate(index_scripts(view), start=1)},
)
