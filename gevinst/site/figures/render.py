"""Drawing figures as SVG, with a system Chromium through Kaleido.

Belongs here: drawing, making the same figure give the same bytes, and keeping drawings between builds.
Does not belong here: what figures show. Nothing is fetched: Plotly comes from the Python package.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from gevinst.site.figures.model import Figure
from gevinst.site.figures.shorten import shorten
from gevinst.whole_files import write_atomically

_FORM = 3
"""Raised when `tidy` changes, so that no drawing in the old form is used again."""
_SVG = "{http://www.w3.org/2000/svg}"
_HOOKS = ("class", "data-")
"""Attributes that only Plotly's own script uses."""
_AS_BY_DEFAULT = frozenset(
    (
        "opacity: 1",
        "fill-opacity: 1",
        "stroke-opacity: 1",
        "stroke-width: 0px",
        "vector-effect: none",
        "white-space: pre",
    )
)
"""Styles that change nothing: half of a drawing, and a page carries each figure twice."""


class NoBrowser(RuntimeError):
    """Figures cannot be drawn on this machine; the message says why."""


def render_svgs(figures: Sequence[Figure], cache_dir: Path, progress: Callable[[str], object]) -> list[Figure]:
    """The figures with `svg` and `phone_svg` set, drawn again only where `cache_dir` has no drawing of exactly this.

    Without a browser that works, what is not cached stays `None`, and `progress` is called once with what that means.
    """
    cache_dir.mkdir(parents=True, exist_ok=True)
    drawings = [drawing for figure in figures for drawing in _drawings(figure)]
    places = {drawing: cache_dir / f"{_fingerprint(*drawing)}.svg" for drawing in drawings}
    wanted = [drawing for drawing, place in places.items() if not place.exists()]
    if wanted:
        try:
            drawn = draw([json.loads(spec) for _, spec in wanted])
        except NoBrowser as problem:
            progress(
                f"{len(wanted)} of {len(drawings)} drawings of figures are missing; the reader's browser must draw "
                f"them: {problem}"
            )
        else:
            for drawing, svg in zip(wanted, drawn, strict=True):
                text = tidy(svg, drawing[0])
                write_atomically(places[drawing], lambda beside, text=text: beside.write_text(text, encoding="utf-8"))
            progress(f"{len(wanted)} of {len(drawings)} drawings of figures made, the others kept from before")
    return [
        replace(figure, **dict(zip(("svg", "phone_svg"), _kept(figure, places), strict=False))) for figure in figures
    ]


def _drawings(figure: Figure) -> list[tuple[str, str]]:
    """What begins the ids of each drawing of a figure, and its spec: the wide one, then that for a phone."""
    if not figure.is_drawn:
        return []
    phone = [] if figure.phone_spec is None else [(f"{figure.figure_id}-phone", figure.phone_spec)]
    return [(figure.figure_id, figure.spec), *phone]


def _kept(figure: Figure, places: Mapping[tuple[str, str], Path]) -> list[str | None]:
    found = [places[drawing] for drawing in _drawings(figure)]
    return [place.read_text(encoding="utf-8") if place.exists() else None for place in found]


def _fingerprint(name: str, spec: str) -> str:
    """What a drawing depends on; the width is part of the spec."""
    # With the versions of both libraries, since another version may draw the same spec differently.
    parts = (name, spec, version("plotly"), version("kaleido"), str(_FORM))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def draw(specs: list[dict[str, Any]]) -> list[str]:
    """The drawings as they come, from one browser; raises `NoBrowser`.

    In a thread of its own, since the caller may be inside an event loop. It is a daemon, and so are the threads that
    are started in it: one of them reads the browser's log from a pipe that may never close, and must not keep a run
    that is done from ending.
    """
    from choreographer.browsers.chromium import ChromeNotFoundError
    from choreographer.errors import BrowserFailedError

    outcome: list[list[str] | BaseException] = []

    def work() -> None:
        try:
            outcome.append(asyncio.run(_draw_all(specs)))
        except BaseException as error:  # passed to the caller's thread
            outcome.append(error)

    thread = threading.Thread(target=work, name="figures", daemon=True)
    thread.start()
    thread.join()
    result = outcome[0]
    if isinstance(result, ChromeNotFoundError):
        raise NoBrowser("no Chromium was found; install one, or name it in BROWSER_PATH") from result
    if isinstance(result, BrowserFailedError):
        raise NoBrowser("Chromium was found and did not start") from result
    if isinstance(result, BaseException):
        raise result
    return result


async def _draw_all(specs: list[dict[str, Any]]) -> list[str]:
    from kaleido import Kaleido

    from gevinst.site.figures.browser import LonelyChromium

    # One tab, as figures are drawn one after the other; without MathJax, which would be loaded from the network.
    async with Kaleido(n=1, mathjax=False, browser_cls=LonelyChromium) as kaleido:
        return [
            (
                await kaleido.calc_fig(
                    spec, {"format": "svg", "width": spec["layout"]["width"], "height": spec["layout"]["height"]}
                )
            ).decode("utf-8")
            for spec in specs
        ]


def tidy(svg: str, figure_id: str) -> str:
    """A drawing fit for a page: stable ids that begin with `figure_id`, the page's own font, and no name.

    The page gives the text alternative, so the drawing itself is hidden from screen readers.
    """
    ElementTree.register_namespace("", _SVG.strip("{}"))
    root = ElementTree.fromstring(svg)
    # Plotly's ids are random; numbered in document order, the same figure gives the same bytes.
    names: dict[str, str] = {}
    for element in root.iter():
        if "id" in element.attrib:
            names[element.attrib["id"]] = f"{figure_id}-{len(names)}"
    for element in root.iter():
        element.attrib = {
            name: _settled(name, value, names) for name, value in element.attrib.items() if not name.startswith(_HOOKS)
        }
    _drop_unseen(root)
    shorten(root)
    root.attrib.pop("style", None)
    root.attrib.update({"aria-hidden": "true", "focusable": "false"})
    return ElementTree.tostring(root, encoding="unicode")


def _settled(name: str, value: str, names: dict[str, str]) -> str:
    if name == "id":
        return names[value]
    if name == "style":
        value = _short(value)
    # Patterns of hatched bars are named in styles, with quotes; clips in attributes, without.
    return re.sub(r"""url\((["']?)#([^"')]+)\1\)""", lambda found: f"url(#{names[found[2]]})", value)


def _short(style: str) -> str:
    """A style without the font, which is the page's, and without what is so anyway; colours as the palette has them."""
    parts = [part.strip() for part in style.split(";")]
    kept = [part for part in parts if part and not part.startswith("font-family") and part not in _AS_BY_DEFAULT]
    text = ";".join(re.sub(r":\s+", ":", part, count=1) for part in kept)
    return re.sub(
        r"rgb\((\d+), (\d+), (\d+)\)", lambda found: "#" + "".join(f"{int(n):02X}" for n in found.groups()), text
    )


def _drop_unseen(element: ElementTree.Element) -> None:
    """Groups without anything in them, and marks that only keep a text at a distance."""
    for child in list(element):
        _drop_unseen(child)
        is_empty = child.tag in (f"{_SVG}g", f"{_SVG}defs") and not len(child)
        if is_empty or "opacity:0" in child.get("style", "").split(";"):
            element.remove(child)
        elif child.get("style") == "":
            del child.attrib["style"]
