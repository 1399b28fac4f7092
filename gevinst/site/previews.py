"""The picture that a shared link shows: one per kind of page and language, with the page's question and its answer.

Belongs here: what the picture says, and which picture a page has.
Does not belong here: how it looks (``report/card.typ``) and naming it in a page (`gevinst.site.head`).
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

from gevinst.addresses import bare
from gevinst.site.banners import standing_of
from gevinst.site.context import View
from gevinst.site.figures import style
from gevinst.site.page import Document, Page
from gevinst.site.png import smaller
from gevinst.site.report.typeset import set_picture

SIZE = (1200, 630)
"""Pixels, as services that show previews ask for."""
_MOST = 230
"""Letters of the answer that fit below a question of two lines."""
_LONG = 52
"""Letters of a question that fit on two lines in the larger size."""
_SENTENCE = re.compile(r"(?<=[.?!]) (?=[A-ZÆØÅ«0-9])")


def preview_path(page: Page, document: Document, language: str) -> str:
    """Site-absolute address of the picture; pages of which there are many share that of the page above them."""
    name = page.name if document.tail == "" else page.opens_under or "overview"
    return f"/assets/previews/{name}-{language}.png"


def preview_content(view: View, document: Document) -> dict[str, Any]:
    """What the picture of a page says; the lead as far as whole sentences fit."""
    title = bare(document.title)
    flags = [banner.title for banner in standing_of(view)]
    return {
        "language": view.language,
        "site": view.t("frame.site_name"),
        "flag": " ".join(flags) or None,
        "title": title,
        "title_size": 60 if len(title) <= _LONG else 50,
        "lead": shortened(bare(document.lead)),
        "as_of": view.t("frame.data_as_of", day=view.edition.as_of_on),
        "palette": style.palette(),
    }


def shortened(text: str) -> str:
    """The first sentences of a text that fit into a picture; one that is too long alone is cut between words."""
    kept = ""
    for sentence in _SENTENCE.split(text):
        if len(kept) + len(sentence) + 1 > _MOST:
            break
        kept = f"{kept} {sentence}".strip()
    return kept or f"{text[:_MOST].rpartition(' ')[0]} …"


def write_preview(content: dict[str, Any], as_of_on: date, target: Path) -> None:
    """Write the picture; the same content gives the same bytes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(smaller(set_picture("card.typ", content, as_of_on)))
