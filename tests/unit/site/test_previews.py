"""The picture that a shared link shows: small, of the size that services ask for, and with what a reader must know."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from gevinst.settings import SiteOwner, load_settings
from gevinst.site.context import View
from gevinst.site.page import Document
from gevinst.site.pages import PAGES, path_of
from gevinst.site.pages.editions import page as editions
from gevinst.site.png import smaller
from gevinst.site.previews import SIZE, preview_content, preview_path, shortened, write_preview
from gevinst.site.rows import SiteData
from tests.data.rendered import REAL
from tests.data.small_edition import SMALL_EDITION, small_tables

BY_NAME = {page.name: page for page in PAGES}
LIMIT = 25_000


def view_of(edition=SMALL_EDITION, owner: SiteOwner | None = None) -> View:
    settings = replace(load_settings(), owner=owner or SiteOwner())
    return View(SiteData(small_tables(), edition), "nb", settings, path_of, is_marking=True)


def test_the_picture_is_small_and_has_the_size_that_previews_ask_for_and_the_same_bytes(tmp_path: Path) -> None:
    view = view_of()
    document = Document(title="Hva kom ut av pengene? " * 3, lead="Ti av 24 er i bruk. " * 9, values={})
    content = preview_content(view, document)
    for name in ("one", "other"):
        write_preview(content, view.edition.as_of_on, tmp_path / name)
    picture = (tmp_path / "one").read_bytes()
    assert struct.unpack(">II", picture[16:24]) == SIZE
    assert len(picture) < LIMIT
    assert picture == (tmp_path / "other").read_bytes()


@pytest.mark.parametrize(
    ("edition", "owner", "flag"),
    [
        (SMALL_EDITION, SiteOwner("Etaten", "post@example.no"), "Illustrerende data."),
        (SMALL_EDITION, SiteOwner(), "Illustrerende data. Foreløpig."),
        (REAL, SiteOwner(), "Foreløpig."),
        (REAL, SiteOwner("Etaten", "post@example.no"), None),
    ],
)
def test_invented_and_preliminary_numbers_say_so_in_the_picture(edition, owner, flag) -> None:
    document = Document(title="Hva?", lead="Dette.", values={})
    assert preview_content(view_of(edition, owner), document)["flag"] == flag


def test_a_page_has_its_own_picture_and_many_of_a_kind_share_that_of_the_page_above_them() -> None:
    one, many = Document("", "", {}), Document("", "", {}, tail="2016-imdi")
    assert preview_path(BY_NAME["benefits"], one, "nb") == "/assets/previews/benefits-nb.png"
    assert preview_path(BY_NAME["project"], many, "en") == "/assets/previews/portfolio-en.png"


def test_pictures_of_pages_above_others_are_made() -> None:
    """A page of which there are many leads to a picture that is written: that of a page with one document."""
    shared = {page.opens_under or "overview" for page in PAGES}
    assert all(BY_NAME[name].nav_key or BY_NAME[name].footer_key or name == "overview" for name in shared)


def test_the_picture_tells_whole_sentences_and_no_marks() -> None:
    view = view_of()
    (document,) = editions.documents(view)
    lead = preview_content(view, document)["lead"]
    assert lead and lead[-1] in ".?!…" and all(ord(letter) < 0xF0000 for letter in lead)
    assert shortened("Kort. Lang " + "lang " * 60) == "Kort."
    assert shortened("ord " * 100).endswith(" …") and len(shortened("ord " * 100)) < 240


def test_a_palette_keeps_what_is_shown_and_refuses_what_it_cannot_read() -> None:
    white_and_black = bytes([255, 255, 255, 255] * 2 + [0, 0, 0, 255] * 2)
    # One row of each kind of filter: none, to the left, above, the mean of both, and the nearest.
    rows = bytes([0]) + white_and_black + b"".join(bytes([kind]) + bytes(16) for kind in (1, 2, 3, 4))

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    def png(depth: int) -> bytes:
        header = struct.pack(">IIBBBBB", 4, 5, depth, 6, 0, 0, 0)
        return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")

    small = smaller(png(8))
    place = small.index(b"PLTE")
    palette = small[place + 4 : place + 4 + struct.unpack(">I", small[place - 4 : place])[0]]
    assert {palette[at : at + 3] for at in range(0, len(palette), 3)} >= {b"\xff\xff\xff", b"\0\0\0"}
    with pytest.raises(ValueError, match="16 bits"):
        smaller(png(16))
