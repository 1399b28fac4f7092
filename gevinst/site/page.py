"""What a page is: its address, its name and the values for its template.

Belongs here: the shape that every page module fills.
Does not belong here: any particular page, and rendering (`gevinst.site.render`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gevinst.site.context import View

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'none'; base-uri 'none'; form-action 'none'"
)
"""Content security policy of a page that needs nothing more: own files only, and nothing sent anywhere."""
FRAMED_SLUGS = {"nb": "figur", "en": "figure"}
"""The folders, by language, of the only pages that others may place inside their own: one figure each."""


@dataclass(frozen=True, slots=True)
class Document:
    """One file to write in one language.

    `title` is the question that the page answers and its H1; `lead` answers it in two or three sentences, and `more`,
    in smaller letters below, says what must be known beside it. `values` go to the template. `tail` distinguishes
    documents of the same page (the project's id). `scripts` are loaded by this document alone, by their place below
    ``pages/``.
    """

    title: str
    lead: str
    values: Mapping[str, Any]
    tail: str = ""
    more: str = ""
    scripts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A kind of page; it makes one document, or one per project, each when it is asked for.

    `slugs` give its place by language (empty for the front page), `nav_key` the text of its link in the menu and
    `footer_key` that of its link in the footer (`None` keeps it out), and `opens_under` the page that the menu marks
    instead. While `earns_menu` says no, a page of the menu has its link in the footer. `policy` is its content security
    policy, and `has_preview` says whether a shared link to it shows more than title and description. `files` makes what
    lies beside the page: content by file name, without a folder. Texts get the edition's names as pages do
    (`gevinst.site.naming`); bytes are written as they are, and must not name the edition. A page that `comes_last` says
    where things are on the others, and is written after them. Of one with a document for each of many things `tails`
    says which there are and `document` makes one of them, so that several processes can share them.
    """

    name: str
    slugs: Mapping[str, str]
    documents: Callable[[View], Iterable[Document]]
    nav_key: str | None = None
    footer_key: str | None = None
    opens_under: str | None = None
    earns_menu: Callable[[View], bool] = lambda view: True
    own_template: str | None = None
    has_preview: bool = True
    policy: str = POLICY
    files: Callable[[View], Mapping[str, str | bytes]] | None = None
    comes_last: bool = False
    tails: Callable[[View], Sequence[str]] | None = None
    document: Callable[[View, str], Document] | None = None

    @property
    def template(self) -> str:
        """Name of the page's template: ``page.html`` in its folder, unless the page lies elsewhere."""
        return self.own_template or f"{self.name}/page.html"

    def file_path(self, language: str, name: str) -> str:
        """Site-absolute address of one of the page's `files`."""
        return self.path(language).removesuffix("index.html") + name

    def path(self, language: str, tail: str = "") -> str:
        """Site-absolute address of a document."""
        folders = (language, self.slugs[language], tail)
        return "/" + "/".join(part for part in folders if part) + "/index.html"
