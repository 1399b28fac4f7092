"""The same drawing in fewer bytes: what many marks say alike is said once around them.

Belongs here: rewriting elements of an SVG so that nothing that is seen changes.
Does not belong here: what a drawing may leave out (`render.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from xml.etree import ElementTree

_SVG = "{http://www.w3.org/2000/svg}"
_G, _TEXT, _PATH, _CIRCLE = (f"{_SVG}{name}" for name in ("g", "text", "path", "circle"))
_NUMBER = r"-?\d+(?:\.\d+)?"
_MOVED = re.compile(rf"translate\(({_NUMBER}),({_NUMBER})\)")
_ROUND = re.compile(rf"M({_NUMBER}),0A\1,\1 0 1,1 0,-\1A\1,\1 0 0,1 \1,0Z")
"""How Plotly draws a circle around the origin."""
_HANDED_DOWN = ("style", "text-anchor", "fill-rule")
"""Attributes that an element has from the group around it, where all of its style is among `_PROPERTIES`."""
_PROPERTIES = frozenset(
    ("fill", "fill-opacity", "font-size", "font-weight", "font-style", "stroke", "stroke-opacity", "stroke-width")
)


def shorten(element: ElementTree.Element) -> None:
    """Rewrite everything inside `element`, except definitions, which others refer to as they are."""
    if element.tag == f"{_SVG}defs":
        return
    for child in element:
        shorten(child)
    element[:] = list(_shared([_as_circle(_unwrapped(child)) for child in element]))


def _unwrapped(element: ElementTree.Element) -> ElementTree.Element:
    """The one text of a group that only moves it, at the place where that puts it."""
    moved = _MOVED.fullmatch(element.get("transform", ""))
    if element.tag != _G or moved is None or set(element.attrib) != {"transform"} or len(element) != 1:
        return element
    (text,) = element
    if text.tag != _TEXT or len(text) or "transform" in text.attrib or not {"x", "y"} <= set(text.attrib):
        return element
    for name, by in zip("xy", moved.groups(), strict=True):
        text.set(name, _written(float(text.attrib[name]) + float(by)))
    return text


def _as_circle(element: ElementTree.Element) -> ElementTree.Element:
    """A circle that is written as a path of two arcs, as a circle."""
    moved, drawn = _MOVED.fullmatch(element.get("transform", "")), _ROUND.fullmatch(element.get("d", ""))
    if element.tag != _PATH or moved is None or drawn is None:
        return element
    kept = {name: value for name, value in element.attrib.items() if name not in ("transform", "d")}
    return ElementTree.Element(_CIRCLE, {"cx": moved[1], "cy": moved[2], "r": drawn[1], **kept})


def _shared(children: list[ElementTree.Element]) -> Iterator[ElementTree.Element]:
    """The children, with a group around neighbours that look alike."""
    for look, run in groupby(children, _look):
        alike = list(run)
        if not look or len(alike) == 1:
            yield from alike
            continue
        group = ElementTree.Element(_G, dict(look))
        for child in alike:
            for name, _ in look:
                del child.attrib[name]
        group.extend(alike)
        yield group


def _look(element: ElementTree.Element) -> tuple[tuple[str, str], ...]:
    """What the element could have from a group around it; nothing where a group would change what is seen."""
    properties = {part.partition(":")[0] for part in element.get("style", "").split(";") if part}
    if element.tag == _G or not properties <= _PROPERTIES:
        return ()
    return tuple((name, element.attrib[name]) for name in _HANDED_DOWN if name in element.attrib)


def _written(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
