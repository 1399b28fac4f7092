"""The brief as a PDF: one A4 with what the page of the same name says.

Belongs here: what the sheet has beside the page's content, its name, and writing it.
Does not belong here: the content (`gevinst.site.pages.brief`), how it looks (``brief.typ``) and Typst (`typeset.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from gevinst.site.banners import banners_of
from gevinst.site.context import View
from gevinst.site.figures import style
from gevinst.site.pages.brief.page import PAGE, content
from gevinst.site.report.addresses import without_marks
from gevinst.site.report.typeset import typeset
from gevinst.whole_files import write_atomically


def brief_name(edition_id: str, language: str) -> str:
    """Name of the brief's file, beside the report of its edition."""
    return f"gevinst-{edition_id}-{PAGE.slugs[language]}-{language}.pdf"


def brief_content(view: View) -> dict[str, Any]:
    """What the sheet says, in the form that Typst takes."""
    said = content(view)
    frame = {
        "language": view.language,
        "title": view.t("page_overview.title"),
        "site_name": view.t("frame.site_name"),
        "banners": [{"title": banner.title, "text": banner.text} for banner in banners_of(view)],
        "palette": style.palette(),
    }
    lists = {name: [asdict(one) for one in said[name]] for name in ("parts", "outcomes")}
    return without_marks({**said, **lists, **frame})


def build_briefs(views: Sequence[View], out: Path) -> list[Path]:
    """Write one PDF/UA-1 per view into `out` and return their paths; the same edition gives the same bytes."""
    paths = [out / brief_name(view.edition.edition_id, view.language) for view in views]
    for view, path in zip(views, paths, strict=True):
        sheet = typeset("brief.typ", brief_content(view), view.edition.as_of_on)
        write_atomically(path, lambda beside, sheet=sheet: beside.write_bytes(sheet))
    return paths
