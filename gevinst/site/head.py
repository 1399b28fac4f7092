"""What a page says of itself to programs: search engines, previews of shared links and catalogues of data.

Belongs here: addresses of a page in full, its other language, what a preview shows, and whether it may be indexed.
Does not belong here: what readers see (``templates/``) and the files beside the editions (`gevinst.edition.beside`).

What needs a full address is left out until ``[site] base_url`` says where the editions are (`needs_address`).
"""

from __future__ import annotations

from dataclasses import dataclass

from gevinst.bilingual import other_language
from gevinst.layout import SITE
from gevinst.site.context import View
from gevinst.site.figures import style
from gevinst.site.page import Document, Page
from gevinst.site.previews import SIZE, preview_path

LOCALES = {"nb": "nb_NO", "en": "en_GB"}
GROUNDS = {"light": style.PAPER, "dark": style.DARK_GROUND}
"""The page's own ground, for the browser's frame around it."""
NEEDS_ADDRESS = "canonical addresses, og:url, og:image, sitemap.xml, robots.txt and the feeds"
"""What is left out where it is not known where the editions are."""


@dataclass(frozen=True, slots=True)
class Head:
    """What stands in a page's head. `canonical` is `None` where no full address is known.

    `alternates` are pairs of language and address, `properties` those of Open Graph.
    """

    canonical: str | None
    alternates: tuple[tuple[str, str], ...]
    properties: tuple[tuple[str, str], ...]
    feed: str | None
    is_indexed: bool


def head_of(view: View, page: Page, document: Document, title: str) -> Head:
    """What the page `document` says of itself; `title` is that of previews, without the name of the site.

    Alternates are site-absolute where no full address is known, as links on a page are.
    """
    base = full_address(view)
    paths = {language: page.path(language, document.tail) for language in LOCALES}
    addresses = {language: f"{base or ''}{path}" for language, path in paths.items()}
    other = other_language(view.language)
    properties = [
        ("type", "website"),
        ("site_name", view.t("frame.site_name")),
        ("title", title),
        ("locale", LOCALES[view.language]),
        ("locale:alternate", LOCALES[other]),
    ]
    if base:
        properties += [
            ("url", addresses[view.language]),
            ("image", f"{base}{preview_path(page, document, view.language)}"),
            *zip(("image:width", "image:height"), map(str, SIZE), strict=True),
            ("image:alt", title),
        ]
    root = (view.settings.site.base_url or "").rstrip("/")
    if not page.has_preview:
        properties = []
    return Head(
        addresses[view.language] if base else None,
        (*addresses.items(), ("x-default", addresses[view.settings.scheme.language])),
        tuple(properties),
        f"{root}/{feed_name(view.language)}" if base else None,
        # Invented numbers must not be what somebody finds who asks for the real ones.
        not view.edition.is_illustrative and view.edition.state == "current",
    )


def full_address(view: View) -> str | None:
    """Where the edition's site begins, without a slash at the end; `None` where that is not known."""
    site = view.settings.site
    return f"{site.of_edition(view.edition.edition_id)}{SITE}" if site.base_url else None


def feed_name(language: str) -> str:
    """The file beside the editions that tells feed readers of new ones."""
    return f"feed-{language}.xml"
