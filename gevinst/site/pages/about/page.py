"""About: what this is for, who answers for it, how it may be used, and how far everybody can use it.

Belongs here: what the page shows and in which order.
Does not belong here: the accessibility criteria one by one (`criteria.py`) and whose pages they are
(`gevinst.settings`).
"""

from __future__ import annotations

from gevinst.site import bundle
from gevinst.site.context import View
from gevinst.site.page import Document, Page
from gevinst.site.pages.about.criteria import criteria

_SECTIONS = ("purpose", "responsible", "licence", "cite", "error", "next", "archive", "privacy", "accessibility")
_TEXTS = ("purpose", "error", "next", "archive", "privacy", "accessibility")


def documents(view: View) -> list[Document]:
    """The one document."""
    return [
        Document(
            title=view.t("page_about.title"),
            lead=f"{view.t('page_about.lead')} {view.t('page_about.lead_owner', owner=_owner(view))}",
            values={
                "contents": [(f"om-{name}", view.t(f"page_about.{name}")) for name in _SECTIONS],
                "about": {name: view.t(f"page_about.{_key(view, name)}") for name in _TEXTS},
                "citation": citation(view),
                "licence_files": f"/assets/{bundle.LICENCES}/gevinst.txt",
                "criteria": criteria(view),
            },
        )
    ]


def _key(view: View, name: str) -> str:
    """The key of a section's text: without a contact there is nobody to tell of an error."""
    return "error_nowhere" if name == "error" and not view.settings.owner.contact else f"{name}_text"


def _owner(view: View) -> str:
    return view.settings.owner.responsible_body or view.t("frame.not_stated")


def citation(view: View) -> str:
    """How to cite the edition: who, when, what, which edition. An edition of invented data says so."""
    edition = view.edition
    cited = view.t(
        "page_about.citation",
        owner=view.settings.owner.responsible_body or view.t("page_about.no_owner"),
        as_of_year=edition.as_of_on.year,
        edition=edition.edition_id,
        day=edition.as_of_on,
    )
    return f"{cited} {view.t('frame.banner_illustrative_title')}" if edition.is_illustrative else cited


PAGE = Page(name="about", slugs={"nb": "om", "en": "about"}, documents=documents, footer_key="frame.nav_about")
