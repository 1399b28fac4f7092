"""XML of others, opened: bytes to a tree of elements.

Belongs here: encodings, what makes XML unsafe, and refusing what cannot be read at all. No document type is read, so
that no entity is ever put in and nothing is fetched.
Does not belong here: other kinds of files (`foreign.py`), and what elements mean.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from gevinst.formats.errors import ExchangeError
from gevinst.formats.foreign import LONGEST_TEXT, read_bytes

_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?\sencoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")
_ENCODINGS = frozenset(
    ("utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "latin-1", "latin1", "iso-8859-15", "windows-1252", "cp1252")
)
"""Encodings that a declaration may name. UTF-16 and UTF-32 are known by their first bytes, whatever is declared."""
_WIDE = frozenset(("utf-16", "utf-16-le", "utf-16-be", "utf-16le", "utf-16be", "ucs-2", "iso-10646-ucs-2", "utf-32"))
_DEEPEST = 60
"""Levels inside each other; IATI has ten."""


@dataclass(slots=True)
class Element:
    """One element: its name and attributes as they are spelt, its own text, and the elements in it."""

    name: str
    attributes: dict[str, str]
    children: list[Element] = field(default_factory=list)
    text: str = ""

    def all(self, name: str) -> Iterator[tuple[int, Element]]:
        """The elements of that name in it, each with its place among them, from 0."""
        return enumerate(child for child in self.children if child.name == name)


def open_xml(path: Path) -> Element:
    """The root of the XML file at `path`; raises `ExchangeError` when it cannot be read, or not safely."""
    content = read_bytes(path)
    if not content.strip():
        raise ExchangeError("file_empty")
    text = _decoded(content)
    if not text.lstrip("\ufeff \t\r\n").startswith("<"):
        raise ExchangeError("not_xml")
    return _parsed(text.lstrip("\ufeff"))


def _decoded(content: bytes) -> str:
    """The text of a file in the encoding that its first bytes or its declaration name, and in no other.

    A text that is not what it says is refused: letters guessed wrong would be carried as if they were right.
    """
    encoding = json.detect_encoding(content)
    if encoding == "utf-8":
        if not content.lstrip().startswith(b"<"):
            raise ExchangeError("not_xml")
        declared = _DECLARED.match(content.lstrip())
        encoding = declared[1].decode("ascii").lower() if declared else encoding
        if encoding not in _ENCODINGS:
            reason = "xml_not_in_encoding" if encoding in _WIDE else "xml_encoding_unknown"
            raise ExchangeError(reason, encoding=encoding.upper())
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise ExchangeError("xml_not_in_encoding", encoding=encoding.upper()) from error


def _parsed(text: str) -> Element:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    # The document stands above the root, so that every element has one around it.
    open_elements = [Element("", {})]

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(open_elements) > _DEEPEST:
            raise ExchangeError("xml_too_deep")
        if max(map(len, attributes.values()), default=0) > LONGEST_TEXT:
            raise _too_long(parser)
        element = Element(name, attributes)
        open_elements[-1].children.append(element)
        open_elements.append(element)

    def end(name: str) -> None:
        element = open_elements.pop()
        element.text = element.text.strip()
        if len(element.text) > LONGEST_TEXT:
            raise _too_long(parser)

    def characters(data: str) -> None:
        element = open_elements[-1]
        # The lines between a hundred thousand elements are no text; what is one is bounded before it is put together.
        element.text += data if element.text else data.lstrip()
        if len(element.text) > 2 * LONGEST_TEXT:
            raise _too_long(parser)

    def refuse(*_: object) -> None:
        raise ExchangeError("xml_document_type")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = characters
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(text, True)
    except expat.ExpatError as error:
        raise ExchangeError("xml_broken", line=str(error.lineno), column=str(error.offset + 1)) from error
    except UnicodeEncodeError as error:
        raise ExchangeError("xml_not_in_encoding", encoding="UTF-8") from error
    return open_elements[0].children[0]


def _too_long(parser: expat.XMLParserType) -> ExchangeError:
    return ExchangeError("text_too_long", where=str(parser.CurrentLineNumber), most=str(LONGEST_TEXT))
