"""Writing the documents of one page, with the files beside it.

Belongs here: rendering documents to their places, and what is known of them afterwards.
Does not belong here: which pages there are and in which order (`gevinst.site.build`), and who writes them
(`gevinst.site.shares`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from gevinst.layout import SITE, EditionInfo
from gevinst.site.context import View
from gevinst.site.naming import fingerprint, named
from gevinst.site.page import Document, Page
from gevinst.site.pages.dictionary.places import note_places
from gevinst.site.paging import drawn, files_of, in_parts, is_long
from gevinst.site.previews import preview_content, preview_path, write_preview
from gevinst.site.render import render

FRONT_PAGE = "/index.html"


@dataclass(slots=True)
class Written:
    """Addresses of documents in the order in which they were written, and what each file says apart from the edition's
    names (`gevinst.site.naming.fingerprint`), by path below the edition."""

    pages: list[str] = field(default_factory=list)
    fingerprints: dict[str, str] = field(default_factory=dict)

    def add(self, other: Written) -> None:
        """Take over what another has written."""
        self.pages += other.pages
        self.fingerprints |= other.fingerprints


def write_page(out: Path, page: Page, view: View, edition: EditionInfo, documents: Iterable[Document]) -> Written:
    """Write `documents` of a page and the files beside them; the front page is also written at the root, so that no
    redirect is needed."""
    written = Written()
    long: list[Document] = []  # the others are let go once they are written

    def noted() -> Iterator[Document]:
        for document in documents:
            note_places(view, page, document)
            if is_long(document):
                document = drawn(view, page, document)
                long.append(document)
            yield document

    for document in in_parts(view, page, noted()):
        paths = [page.path(view.language, document.tail)]
        if page.slugs[view.language] == "" and view.language == view.settings.scheme.language:
            paths.append(FRONT_PAGE)
        for path in paths:  # rendered once for each, since links are relative to the address
            target = out / path.removeprefix("/")
            target.parent.mkdir(parents=True, exist_ok=True)
            text = render(view, page, document, path)
            written.fingerprints[f"{SITE}{path}"] = fingerprint(text)
            target.write_text(named(text, edition), encoding="utf-8")
            written.pages.append(path)
        if document.tail == "" and page.has_preview and view.settings.site.base_url:
            _write_preview(out, page, document, view, edition, written)
    for name, content in files_of(view, page, long).items():
        path = page.file_path(view.language, name)
        if isinstance(content, str):
            written.fingerprints[f"{SITE}{path}"] = fingerprint(content)
            content = named(content, edition).encode()
        else:
            written.fingerprints[f"{SITE}{path}"] = hashlib.sha256(content).hexdigest()
        (out / path.removeprefix("/")).write_bytes(content)
    return written


def _write_preview(
    out: Path, page: Page, document: Document, view: View, edition: EditionInfo, written: Written
) -> None:
    """Write the picture that a shared link shows; it needs the full address that the page then has."""
    path = preview_path(page, document, view.language)
    said = json.dumps(preview_content(view, document), ensure_ascii=False)
    written.fingerprints[f"{SITE}{path}"] = fingerprint(said)
    write_preview(json.loads(named(said, edition)), edition.as_of_on, out / path.removeprefix("/"))
