"""From a report's content to the PDF.

Belongs here: drawing the figures, Typst's settings, and what the file conforms to.
Does not belong here: what it says (`content.py`) and how it looks (``report.typ``).
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time
from importlib.resources import files
from pathlib import Path

from gevinst.errors import GevinstError
from gevinst.site.bundle import PACKAGES, FrontendMissing
from gevinst.site.context import View
from gevinst.site.figures import render_svgs
from gevinst.site.report.content import Report, report
from gevinst.site.report.figures import for_paper

FONT = PACKAGES / "@expo-google-fonts" / "inter"
_WEIGHTS = ("400Regular", "600SemiBold", "700Bold")
STANDARD = "ua-1"
"""PDF/UA-1: tagged, with language, title and a text for every picture; Typst refuses to write less."""


class ReportError(GevinstError):
    """The report cannot be made; the message says why and what to do."""


def file_name(edition_id: str, language: str) -> str:
    """Name of the report's file, beside the tables of its edition."""
    return f"gevinst-{edition_id}-{language}.pdf"


def build_reports(
    views: Sequence[View], out: Path, *, cache_dir: Path, progress: Callable[[str], object]
) -> list[Path]:
    """Write one PDF/UA-1 per view into `out` and return their paths; the same edition gives the same bytes.

    `views` have their figures set. Nothing is fetched. Raises `ReportError` when no picture of a figure could be drawn,
    and `FrontendMissing` when the font is not installed.
    """
    if not FONT.is_dir():
        raise FrontendMissing("The font of the report is missing; run `make frontend` and build again.")
    out.mkdir(parents=True, exist_ok=True)
    reports = [report(view) for view in views]
    figures = [for_paper(figure) for one in reports for figure in one.figures.values()]
    drawn = iter(render_svgs(figures, cache_dir, progress))
    paths = []
    for view, one in zip(views, reports, strict=True):
        pictures = {name: next(drawn).svg for name in one.figures}
        missing = [name for name, picture in pictures.items() if picture is None]
        if missing:
            raise ReportError(
                f"the report needs a picture of {', '.join(missing)}, and there is no Chromium to draw it; "
                "install one, or name it in BROWSER_PATH"
            )
        progress(f"Setting the report: {view.language}")
        path = out / file_name(view.edition.edition_id, view.language)
        path.write_bytes(_set(one, {name: picture or "" for name, picture in pictures.items()}, view))
        paths.append(path)
    return paths


def _set(one: Report, pictures: dict[str, str], view: View) -> bytes:
    import typst

    with tempfile.TemporaryDirectory(prefix="gevinst-report-") as name:
        folder = Path(name)
        (folder / "content.json").write_text(json.dumps(one.content, ensure_ascii=False), encoding="utf-8")
        for file, picture in pictures.items():
            # On a page the drawing inherits the font of the page; here it must name one.
            picture = picture.replace("<svg ", '<svg font-family="Inter" ', 1)
            (folder / file).write_text(picture, encoding="utf-8")
        fonts = folder / "fonts"
        fonts.mkdir()
        for weight in _WEIGHTS:
            shutil.copyfile(FONT / weight / f"Inter_{weight}.ttf", fonts / f"{weight}.ttf")
        source = folder / "report.typ"
        source.write_text(files("gevinst.site.report").joinpath("report.typ").read_text("utf-8"), encoding="utf-8")
        # The edition's own day: with the clock every build would give other bytes.
        stamp = datetime.combine(view.edition.as_of_on, time(), UTC)
        try:
            pdf = typst.compile(
                str(source),
                root=str(folder),
                font_paths=[str(fonts)],
                ignore_system_fonts=True,
                pdf_standards=[STANDARD],
                timestamp=int(stamp.timestamp()),
            )
        except typst.TypstError as error:
            raise ReportError(f"the report could not be set: {error}") from error
    return bytes(pdf)
