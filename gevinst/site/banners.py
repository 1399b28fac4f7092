"""What a reader must know before the first number, on every page of an edition.

Belongs here: which banners an edition has, in their order. The first words of each go to paper and into files as well.
Does not belong here: how they look (``templates/banners.html``) and the notice that another edition is in force, which
a script shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gevinst.language.standing import preliminary
from gevinst.site.context import View


@dataclass(frozen=True, slots=True)
class Banner:
    """One thing to know; `color` is the design system's. `is_in_title` puts its first words before the page's name."""

    color: str
    title: str
    text: str
    href: str | None = None
    link: str | None = None
    is_in_title: bool = False


def banners_of(view: View) -> list[Banner]:
    """All banners of the edition."""
    edition, t = view.edition, view.t
    failed = view.data.checks.critical_failed
    banners = list(standing_of(view))
    if failed:
        text, link = t("frame.banner_failed", n=failed), t("frame.banner_failed_link")
        checks = view.href("coverage", anchor="kontroller")
        banners.append(Banner("danger", t("frame.banner_failed_title"), text, checks, link))
    if edition.state == "candidate":
        banners.append(Banner("warning", t("frame.banner_candidate_title"), t("frame.banner_candidate")))
    if view.data.reconstructed_on is not None:
        text = t("frame.banner_reconstruction", day=view.data.reconstructed_on)
        banners.append(Banner("info", t("frame.banner_reconstruction_title"), text))
    if edition.state == "archived":
        text = t("frame.banner_archived", edition=edition.edition_id)
        banners.append(Banner("info", t("frame.banner_archived_title"), text))
    return banners


def standing_of(view: View) -> Iterator[Banner]:
    """Whether the numbers are real, and whether anybody answers for them: what even a link to a page must say."""
    if view.edition.is_illustrative:
        title = view.t("frame.banner_illustrative_title")
        yield Banner("warning", title, view.t("frame.banner_illustrative"), is_in_title=True)
    notice = preliminary(view.settings.owner.lacking, view.language)
    if notice:
        yield Banner("warning", *notice, is_in_title=True)
