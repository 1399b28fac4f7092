"""The parts of an Office Open XML workbook, read as a stream: sheets, texts, formats and cells.

Belongs here: following relations from part to part, and passing the XML of each part to what takes it.
Does not belong here: the cells of a sheet (`sheet_xml.py`), refusing a file in words (`read_xlsx.py`), and what a sheet
is for (`parse.py`).

Nothing is built in memory but the cells that hold something: a coloured cell in the last of a million rows costs no
more than any other. Elements are known by their names without a namespace, which differs between the transitional form
that spreadsheet programs write and the strict form of ISO 29500; parts are found by their relations, whatever they are
called.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Callable, Iterator
from xml.parsers import expat

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from gevinst.workbook.sheet_xml import (
    LONGEST_TEXT,
    MOST_MERGED,
    MOST_VALUES,
    Cells,
    Format,
    Sheet,
    TooLargeError,
    local_name,
)

_LARGEST_TEXTS = 200_000_000
"""Bytes of the texts that cells share, unpacked."""
_LONGEST_FORMAT = 500
"""Characters of a format that are looked at; spreadsheet programs allow 255."""
_CHUNK = 1 << 20


class NotAWorkbookError(Exception):
    """The package holds no workbook; the argument is the kind of its main part, as far as its name tells."""


class Package:
    """The parts of a workbook by name, whatever case and slashes the program that wrote them uses."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self._packed = packed
        self._names = {_folded(name): name for name in packed.namelist()}
        self._cells, self._values = 0, 0
        self.main = self._main()
        self.is_1904 = False
        self.is_strict = False

    def sheets(self) -> Iterator[Sheet]:
        """Every sheet in the order of the workbook."""
        related = self._relations(self.main)
        listed: list[dict[str, str]] = []
        roots: list[str] = []

        def begin(tag: str, attributes: dict[str, str]) -> None:
            name = local_name(tag)
            if not roots:
                roots.append(name)
            if name == "workbook":
                self.is_strict = "purl.oclc.org/ooxml" in " ".join(attributes.values())
            elif name == "workbookPr":
                self.is_1904 = attributes.get("date1904") in ("1", "true")
            elif name == "sheet":
                listed.append({local_name(key): value for key, value in attributes.items()})

        self._parse(self.main, begin)
        if roots[0] != "workbook":
            raise NotAWorkbookError(self.main)
        texts = next((self._texts(part) for kind, part in related.values() if kind == "sharedStrings"), [])
        formats = next((self._formats(part) for kind, part in related.values() if kind == "styles"), [])
        for one in listed:
            kind, part = related[one["id"]]
            sheet = Sheet(one["name"], is_hidden=one.get("state", "visible") != "visible")
            if kind == "worksheet":  # a sheet that is nothing but a chart has no cells
                self._fill(sheet, part, texts, formats)
            yield sheet

    @property
    def has_macros(self) -> bool:
        """Whether the workbook holds macros."""
        return any(posixpath.basename(name) == "vbaproject.bin" for name in self._names)

    def _main(self) -> str:
        found = [part for kind, part in self._relations("").values() if kind == "officeDocument"]
        # Some programs leave the relations of the package out.
        part = found[0] if found else "xl/workbook.xml"
        if _folded(part) not in self._names or not part.casefold().endswith(".xml"):
            raise NotAWorkbookError(part)
        return part

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Kind and target of each relation of `part` inside the package, by id."""
        folder, name = posixpath.split(part)
        found: dict[str, tuple[str, str]] = {}

        def begin(tag: str, attributes: dict[str, str]) -> None:
            if local_name(tag) == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes["Target"].replace("\\", "/")
                whole = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                found[attributes["Id"]] = (attributes["Type"].rpartition("/")[2], posixpath.normpath(whole))

        listed = posixpath.join(folder, "_rels", f"{name}.rels")
        if _folded(listed) in self._names:
            self._parse(listed, begin)
        return found

    def _texts(self, part: str) -> list[str]:
        """The texts that cells share; what stands above a word in small letters, to say how it is read, is no text."""
        if self._packed.getinfo(self._names[_folded(part)]).file_size > _LARGEST_TEXTS:
            raise TooLargeError
        found: list[str] = []
        pieces: list[str] = []
        state = {"is_text": False, "is_reading": False, "length": 0}

        def begin(tag: str, _: dict[str, str]) -> None:
            name = local_name(tag)
            if name == "si":
                pieces.clear()
                state["length"] = 0
                if len(found) > MOST_VALUES:
                    raise TooLargeError
            elif name == "rPh":
                state["is_reading"] = True
            elif name == "t":
                state["is_text"] = not state["is_reading"]

        def end(tag: str) -> None:
            name = local_name(tag)
            if name == "si":
                found.append("".join(pieces))
            elif name == "rPh":
                state["is_reading"] = False
            elif name == "t":
                state["is_text"] = False

        def text(data: str) -> None:
            if state["is_text"]:
                pieces.append(data)
                state["length"] += len(data)
                if state["length"] > LONGEST_TEXT:
                    raise TooLargeError

        self._parse(part, begin, end, text)
        return found

    def _formats(self, part: str) -> list[Format]:
        """What the formats of cells say of their numbers, by the index that cells name."""
        own: dict[int, str] = {}
        found: list[Format] = []
        state = {"is_cells": False}

        def begin(tag: str, attributes: dict[str, str]) -> None:
            name = local_name(tag)
            if name == "numFmt":
                own[int(attributes["numFmtId"])] = attributes["formatCode"]
            elif name == "cellXfs":
                state["is_cells"] = True
            elif name == "xf" and state["is_cells"]:
                number = int(attributes.get("numFmtId", 0))
                code = (own.get(number) or BUILTIN_FORMATS.get(number, "General"))[:_LONGEST_FORMAT]
                found.append(Format(is_date_format(code), "%" in code))

        def end(tag: str) -> None:
            if local_name(tag) == "cellXfs":
                state["is_cells"] = False

        self._parse(part, begin, end)
        return found

    def _fill(self, sheet: Sheet, part: str, texts: list[str], formats: list[Format]) -> None:
        stream = Cells(sheet, texts, formats, is_1904=self.is_1904)
        stream.cells, stream.values = self._cells, self._values  # of the sheets before: the limits are the workbook's
        self._parse(part, stream.begin, stream.end, stream.text)
        self._cells, self._values = stream.cells, stream.values

        at = ""

        def begin(tag: str, attributes: dict[str, str]) -> None:
            nonlocal at
            if local_name(tag) == "comment":
                at = attributes.get("ref", "")
                sheet.commented[at] = ""
                if len(sheet.commented) > MOST_MERGED:
                    raise TooLargeError(sheet.title)

        def text(data: str) -> None:
            if at:  # before the first comment stand the names of authors
                sheet.commented[at] += data
                if len(sheet.commented[at]) > LONGEST_TEXT:
                    raise TooLargeError(f"{sheet.title}!{at}")

        for kind, of in self._relations(part).values():
            if kind == "comments" and _folded(of) in self._names:
                self._parse(of, begin, None, text)
                at = ""

    def _parse(
        self,
        part: str,
        begin: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = begin
        parser.EndElementHandler = end
        parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = _refuse_doctype
        with self._packed.open(self._names[_folded(part)]) as stream:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)


def _refuse_doctype(*_: object) -> None:
    """A part never has one; it could define entities that expand without end."""
    raise ValueError("a part of a workbook has no document type")


def _folded(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()
