"""Records of an XML file as fields by heading: the elements that repeat below the root.

Belongs here: what a field of an element is called. Does not belong here: reading XML safely
(`gevinst.formats.foreign_xml`), and what headings mean (`targets.py`).

An element that is there in several kinds is called by its kind: ``participating-org[role=4]``. For activities of IATI
the kinds that decide what a field means are spelt out, so that a heading says start or end, and in what role.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from gevinst.formats.foreign_xml import Element
from gevinst.formats.iati import DATE_TYPES, PARTS

_KINDS = ("type", "role")
"""Attributes that say of what kind an element is."""
_SPELT_OUT = {
    **{("activity-date", code): f"{event.removesuffix('ed')} {how}" for (event, how), code in DATE_TYPES.items()},
    **{("participating-org", code): part for code, part in PARTS.items()},
}


def records(root: Element) -> tuple[list[Element], dict[str, str]]:
    """The elements that there are most of below the root, and what the root says of itself."""
    counts = Counter(child.name for child in root.children)
    name = counts.most_common(1)[0][0] if counts else ""
    return [child for child in root.children if child.name == name], root.attributes


def fields(record: Element) -> Iterator[tuple[str, str]]:
    """Heading and value of every field of a record that is not empty."""
    yield from _of(record, "")


def _of(element: Element, path: str) -> Iterator[tuple[str, str]]:
    kinds = [name for name in _KINDS if path and name in element.attributes]
    for name, value in element.attributes.items():
        if name not in kinds and value.strip():
            yield (f"{path}/{name}" if path else name), value
    if element.text:
        yield path or element.name, element.text
    for child in element.children:
        yield from _of(child, _called(child, path))


def _called(element: Element, path: str) -> str:
    """What an element is called; the text of a narrative is that of what it narrates."""
    if element.name == "narrative":
        return path
    kind = next((element.attributes[name] for name in _KINDS if name in element.attributes), None)
    name = _SPELT_OUT.get((element.name, kind or ""), element.name)
    return "/".join(part for part in (path, name) if part)
