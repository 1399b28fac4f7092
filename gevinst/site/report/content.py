"""The content of the report: the cover, its chapters, and where its numbers come from.

Belongs here: what surrounds the chapters, and making all of it plain for Typst.
Does not belong here: the chapters (`chapters.py`), setting them (`build.py`) and how they look (``report.typ``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from gevinst.addresses import bare
from gevinst.site.banners import banners_of, standing_of
from gevinst.site.context import View
from gevinst.site.figures import Figure, style
from gevinst.site.report.addresses import origins, without_marks
from gevinst.site.report.chapters import chapters


@dataclass(frozen=True, slots=True)
class Report:
    """A report in the form that Typst takes, and the figures in it by the name of their file."""

    content: dict[str, Any]
    figures: dict[str, Figure]


def report(view: View) -> Report:
    """The report of the view's edition in its language; a table without a row is left out."""
    figures: dict[str, Figure] = {}
    made = [
        {
            "name": chapter.name,
            "title": view.t(f"report.chapter_{chapter.name}"),
            "lead": chapter.lead,
            "parts": [part for part in chapter.parts if part is not None and part.get("groups") != []],
        }
        for chapter in chapters(view)
    ]
    for chapter in made:
        for part in chapter["parts"]:
            if part["kind"] == "figure":
                figures[part["file"]] = part.pop("drawn")
    content = _frame(view) | {"chapters": made, "origins": origins(made)}
    return Report(without_marks(content), {name: _unmarked(figure) for name, figure in figures.items()})


def _unmarked(figure: Figure) -> Figure:
    texts = {name: bare(getattr(figure, name)) for name in ("heading", "caption", "alt", "source")}
    return replace(figure, **texts)


def _frame(view: View) -> dict[str, Any]:
    t, edition = view.t, view.edition
    day = view.number.date(edition.as_of_on)
    is_hindsight = view.data.reconstructed_on is not None
    edition_name = t("frame.edition", edition=edition.edition_id)
    return {
        "language": view.language,
        "title": t("report.title"),
        "kind": t("report.kind"),
        "subtitle": t("report.subtitle_hindsight", day=day) if is_hindsight else t("report.subtitle"),
        "publisher": view.settings.owner.responsible_body or t("frame.site_name"),
        "running_title": t("report.title"),
        "banner": " ".join(banner.title for banner in standing_of(view)) or None,
        "banners": [{"title": banner.title, "text": banner.text} for banner in banners_of(view)],
        "facts": _facts(view),
        "footer": f"{edition_name} {t('frame.data_as_of', day=day)}",
        "page_of": t("report.page_of", page="{page}", pages="{pages}"),
        "contents_title": t("report.contents"),
        "origins_title": t("report.origins_title"),
        "origins_text": t("report.origins_text"),
        "palette": style.palette(),
    }


def _facts(view: View) -> list[list[str]]:
    """What the cover says of the edition: which it is, who answers for it, what it rests on, and its checks."""
    t, edition, owner = view.t, view.edition, view.settings.owner
    checks = view.data.checks
    return [
        [t("report.edition"), edition.edition_id],
        [t("report.as_of"), view.number.date(edition.as_of_on)],
        [t("frame.responsible"), owner.responsible_body or t("report.no_publisher")],
        [t("frame.contact"), owner.contact or t("frame.not_stated")],
        [t("report.basis"), t("frame.basis_illustrative" if edition.is_illustrative else "frame.basis")],
        [t("report.checks"), t("frame.checks", n=checks.count, passed=checks.passed)],
    ]
