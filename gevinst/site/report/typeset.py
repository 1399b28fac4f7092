"""From content to a PDF: Typst's settings, its fonts, and what every file conforms to.

Belongs here: running Typst on a template with a ``content.json`` beside it.
Does not belong here: what a file says (`content.py`, `brief.py`) and how it looks (the ``.typ`` files).
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from importlib.resources import files
from typing import Any

from gevinst.errors import GevinstError
from gevinst.scratch import scratch
from gevinst.site import front_end
from gevinst.site.bundle import FrontendMissing

STANDARD = "ua-1"
"""PDF/UA-1: tagged, with language, title and a text for every picture; Typst refuses to write less."""


class ReportError(GevinstError):
    """The PDF cannot be made; the message says why and what to do."""


def typeset(
    template: str, content: Mapping[str, Any], as_of_on: date, pictures: Mapping[str, str] | None = None
) -> bytes:
    """The PDF/UA-1 of a template beside this module, with `content` and, by the names of their files, SVG pictures.

    Nothing is fetched, and the same content gives the same bytes. Raises `ReportError` when Typst refuses it, and
    `FrontendMissing` when the font is not installed.
    """
    return _compiled(template, content, as_of_on, pictures or {}, pdf_standards=[STANDARD])


def set_picture(template: str, content: Mapping[str, Any], as_of_on: date) -> bytes:
    """The one page of a template as PNG, a pixel to a point; otherwise as `typeset`."""
    return _compiled(template, content, as_of_on, {}, format="png", ppi=72)


def _compiled(
    template: str, content: Mapping[str, Any], as_of_on: date, pictures: Mapping[str, str], **options: Any
) -> bytes:
    import typst

    weights = {weight: front_end.report_font(weight) for weight in front_end.REPORT_WEIGHTS}
    if missing := [name for name in weights.values() if not (front_end.PACKAGES / name).is_file()]:
        raise FrontendMissing(missing[0])
    with scratch() as folder:
        (folder / "content.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        for file, picture in pictures.items():
            (folder / file).write_text(picture, encoding="utf-8")
        fonts = folder / "fonts"
        fonts.mkdir()
        for weight, name in weights.items():
            shutil.copyfile(front_end.PACKAGES / name, fonts / f"{weight}.ttf")
        source = folder / template
        source.write_text(files("gevinst.site.report").joinpath(template).read_text("utf-8"), encoding="utf-8")
        # The edition's own day: with the clock every build would give other bytes.
        stamp = datetime.combine(as_of_on, time(), UTC)
        try:
            made = typst.compile(
                str(source),
                root=str(folder),
                font_paths=[str(fonts)],
                ignore_system_fonts=True,
                timestamp=int(stamp.timestamp()),
                **options,
            )
        except typst.TypstError as error:
            raise ReportError(f"{template} could not be set: {error}") from error
    return bytes(made)
