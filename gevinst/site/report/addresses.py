"""Where the numbers of the report come from: the addresses of each of its chapters, and the content without marks.

Belongs here: reading the marks that numbers leave in texts (`gevinst.addresses`) out of the report's content.
Does not belong here: the content (`content.py`) and how it is set (``report.typ``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from gevinst.addresses import bare
from gevinst.site.addressing import short_addresses

_PLAIN = ("title", "heading", "alt")
"""Texts that become bookmarks and alternative texts."""


def origins(chapters: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """For each chapter with numbers, in the order of the report: its title, and the addresses of its numbers.

    Numbers of a table are named by table and column; single figures by their own addresses.
    """
    named = [
        (bare(chapter["title"]), short_addresses(_texts([chapter["lead"] or "", *chapter["parts"]])))
        for chapter in chapters
    ]
    return [{"heading": title, "addresses": list(addresses)} for title, addresses in named if addresses]


def _texts(value: Any) -> Iterator[str]:
    """Every text in a part, whatever it is inside of."""
    match value:
        case str():
            yield value
        case Mapping():
            for inner in value.values():
                yield from _texts(inner)
        case list() | tuple():
            for inner in value:
                yield from _texts(inner)


def without_marks(value: Any, name: str = "") -> Any:
    """The content with all of its texts bare; anything else is as it was.

    A text in another language keeps the marks of it, of which ``report.typ`` makes the language of a part, except where
    a PDF holds plain letters only (`_PLAIN`, by the `name` of the value).
    """
    match value:
        case str():
            return bare(value, keeps_languages=name not in _PLAIN)
        case Mapping():
            return {key: without_marks(inner, key) for key, inner in value.items()}
        case list():
            return [without_marks(inner) for inner in value]
        case tuple():
            return tuple(without_marks(inner) for inner in value)
    return value
