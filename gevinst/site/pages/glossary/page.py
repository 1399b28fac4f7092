"""The glossary: every term in both languages, with what it means.

Belongs here: the table of terms in alphabetical order.
Does not belong here: the terms (`gevinst.language.terms`) and links to them from other pages (`gevinst.site.render`).
"""

from __future__ import annotations

from gevinst.language.numbers import LANGUAGES
from gevinst.language.terms import Term, terms
from gevinst.site.blocks import Cell, Row, Table, columns
from gevinst.site.context import View
from gevinst.site.page import Document, Page

_LAST_LETTERS = str.maketrans({"æ": "{a", "ø": "{b", "å": "{c"})
"""Norwegian letters after z, which ``{`` follows."""


def documents(view: View) -> list[Document]:
    """The one document."""
    return [
        Document(
            title=view.t("page_glossary.title"),
            lead=view.t("page_glossary.lead", n=len(terms())),
            values={"table": _table(view)},
        )
    ]


def _table(view: View) -> Table:
    other = next(language for language in LANGUAGES if language != view.language)
    ordered = sorted(terms(), key=lambda term: alphabetical(term.wordings[view.language].names[0]))
    shape = columns(view, ("page_glossary.term", "page_glossary.other_term", "page_glossary.meaning"), wide=(2,))
    caption = view.t("page_glossary.caption", n=len(ordered))
    return Table("ordliste", caption, shape, tuple(_row(view, term, other) for term in ordered))


def _row(view: View, term: Term, other: str) -> Row:
    wording = term.wordings[view.language]
    return Row(
        (
            Cell(", ".join(wording.names)),
            Cell(", ".join(term.wordings[other].names), language=other),
            Cell(wording.meaning),
        ),
        anchor=term.term_id,
    )


def alphabetical(name: str) -> str:
    """What to sort a Norwegian or English name by: æ, ø and å come last."""
    return name.lower().translate(_LAST_LETTERS)


PAGE = Page(
    name="glossary",
    slugs={"nb": "ordliste", "en": "glossary"},
    documents=documents,
    footer_key="frame.nav_glossary",
)
