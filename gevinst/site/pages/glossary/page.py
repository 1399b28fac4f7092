"""The glossary: every term in both languages, with what it means.

Belongs here: the table of terms in alphabetical order.
Does not belong here: the terms (`gevinst.language.terms`) and links to them from other pages (`gevinst.site.render`).
"""

from __future__ import annotations

from gevinst.addresses import no_figure
from gevinst.bilingual import other_language
from gevinst.language.names import alphabetical
from gevinst.language.terms import Term, terms
from gevinst.site.blocks import Cell, Table
from gevinst.site.context import View
from gevinst.site.page import Document, Page
from gevinst.site.rows import Row
from gevinst.site.table_spec import TableSpec, cell_column, plain_column


def documents(view: View) -> list[Document]:
    """The one document."""
    return [
        Document(
            title=view.t("page_glossary.title"),
            lead=view.t("page_glossary.lead", n=no_figure(len(terms()), "house")),
            values={"table": _table(view)},
        )
    ]


_TERMS = TableSpec(
    "ordliste",
    caption="page_glossary.caption",
    columns=(
        plain_column("page_glossary.term", "names"),
        cell_column("page_glossary.other_term", lambda view, row: Cell(row["other_names"], language=row["other"])),
        plain_column("page_glossary.meaning", "meaning", is_wide=True),
    ),
    anchor="{term_id}",
)


def _table(view: View) -> Table:
    other = other_language(view.language)
    ordered = sorted(terms(), key=lambda term: alphabetical(term.wordings[view.language].names[0]))
    return _TERMS.table(view, [_row(term, view.language, other) for term in ordered])


def _row(term: Term, language: str, other: str) -> Row:
    return {
        "term_id": term.term_id,
        "names": ", ".join(term.wordings[language].names),
        "other": other,
        "other_names": ", ".join(term.wordings[other].names),
        "meaning": term.wordings[language].meaning,
    }


PAGE = Page(
    name="glossary",
    slugs={"nb": "ordliste", "en": "glossary"},
    documents=documents,
    footer_key="frame.nav_glossary",
)
