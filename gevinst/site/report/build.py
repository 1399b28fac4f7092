"""From a report's content to the PDF.

Belongs here: drawing the figures, and the name of the file.
Does not belong here: what it says (`content.py`), how it looks (``report.typ``) and Typst's settings (`typeset.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from gevinst.site.context import View
from gevinst.site.figures import render_svgs
from gevinst.site.report.content import Report, report
from gevinst.site.report.figures import for_paper
from gevinst.site.report.typeset import ReportError, typeset
from gevinst.whole_files import write_atomically


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
    reports = [report(view) for view in views]
    figures = [for_paper(figure) for one in reports for figure in one.figures.values()]
    drawn = iter(render_svgs(figures, cache_dir, progress))
    paths = []
    for view, one in zip(views, reports, strict=True):
        pictures = {name: next(drawn).svg for name in one.figures}
        missing = [name for name, picture in pictures.items() if picture is None]
        if missing:
            raise ReportError(
                f"the report needs a picture of {', '.join(missing)}, and no Chromium drew it: there is none, or "
                "it did not start; install one, or name it in BROWSER_PATH"
            )
        progress(f"Setting the report: {view.language}")
        document = _set(one, {name: picture or "" for name, picture in pictures.items()}, view)
        path = out / file_name(view.edition.edition_id, view.language)
        paths.append(write_atomically(path, lambda beside, document=document: beside.write_bytes(document)))
    return paths


def _set(one: Report, pictures: dict[str, str], view: View) -> bytes:
    # On a page the drawing inherits the font of the page; here it must name one.
    named = {file: text.replace("<svg ", '<svg font-family="Inter" ', 1) for file, text in pictures.items()}
    return typeset("report.typ", one.content, view.edition.as_of_on, named)
