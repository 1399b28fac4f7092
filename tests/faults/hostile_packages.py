"""Workbooks and web pages as they must not be.

Belongs here: parts of a workbook written by hand, and pages whose cost is not in their size.
Does not belong here: delimited files and JSON (`hostile_files.py`).
"""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Iterator, Mapping

from gevinst.workspace import scheme
from tests.faults.hostile_files import NUMBERS, PLANTED, READ, REFUSED, UNSEEN, Hostile

SCHEME = scheme().name.nb

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_BOOK = f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>{{}}</sheets></workbook>'
SHEET = "xl/worksheets/sheet1.xml"
BOMB = (
    "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>"
    + "".join(f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9))
    + "]>"
)
OUTSIDE = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"


FIRST = "FØRSTE"
"""Stands for the heading of the first column, which each reader knows by another name."""
_KNOWN = {"workbook": "source_id", "register": "Gevinst", "360giving": "Identifier", "gmpp": "GMPP ID Number"}


def sheet(rows: str = "", after: str = "", before: str = "") -> str:
    """The XML of a sheet with a heading that every reader of workbooks knows something of."""
    heading = "".join(
        f'<c r="{letter}1" t="inlineStr"><is><t>{title}</t></is></c>'
        for letter, title in zip("ABCD", (FIRST, "Title", "Project Name", "Department"), strict=True)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{_MAIN}">{before}<sheetData>'
        f'<row r="1">{heading}</row>{rows}</sheetData>{after}</worksheet>'
    )


def cell(place: str, text: str, kind: str = "inlineStr") -> str:
    """A cell with a text, in a row of its own."""
    inside = f"<is><t>{text}</t></is>" if kind == "inlineStr" else f"<v>{text}</v>"
    digits = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<row r="{digits}"><c r="{place}" t="{kind}">{inside}</c></row>'


def parts(content: str = "", shared: str | None = None) -> dict[str, str]:
    """The parts of a workbook with one sheet."""
    found = {
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" Type="{_REL}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": _BOOK.format('<sheet name="sources" sheetId="1" r:id="r1"/>'),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">'
        f'<Relationship Id="r1" Type="{_REL}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{_REL}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="r3" Type="{_REL}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><cellXfs count="1"><xf numFmtId="0"/></cellXfs></styleSheet>',
        "xl/sharedStrings.xml": shared or f'<sst xmlns="{_MAIN}"><si><t>{PLANTED}</t></si></sst>',
        SHEET: content or sheet(cell("A2", PLANTED)),
    }
    return found


def packed(content: Mapping[str, str | bytes]) -> bytes:
    """A container with these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, text in content.items():
            zipped.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _sheets() -> Iterator[tuple[str, str]]:
    """XML of sheets, by what is wrong with it."""
    yield from ((f"far-{place}", sheet(cell(place, PLANTED))) for place in ("XFD1048576", "A1048576", "XFD2", "ZZ9"))
    yield from (
        (f"no-place-{n}", sheet(cell(place, "x"))) for n, place in enumerate(("ZZZZ9", "A0", "A1048577", "A-1"))
    )
    yield "far-style", sheet('<row r="1048576"><c r="XFD1048576" s="0"/></row>' + cell("A2", PLANTED))
    for merged in ("A1:XFD1048576", "A1:A1048576", "A1:XFD1", "XFD1048576:A1", "A1", "A:A", "1:1", "A1:ZZZZ9"):
        yield f"merged-{merged}", sheet(cell("A2", PLANTED), f'<mergeCells><mergeCell ref="{merged}"/></mergeCells>')
    many = "".join(f'<mergeCell ref="A{n}:XFD{n}"/>' for n in range(2, 3_000))
    yield "merged-many", sheet(cell("A2", PLANTED), f"<mergeCells>{many}</mergeCells>")
    for last in ("16384", "999999999999", "-1", "x"):
        yield (
            f"hidden-{last}",
            sheet(cell("A2", PLANTED), before=f'<cols><col min="1" max="{last}" hidden="1"/></cols>'),
        )
    for number, value in enumerate([*NUMBERS, "-1", "1e10", "2958466", "9" * 5_000]):
        yield f"number-{number}", sheet(cell("A2", value, "n"))
        yield f"date-{number}", sheet(f'<row r="2"><c r="A2" t="d"><v>{value}</v></c></row>')
    for number, index in enumerate(("1", "-1", "99999999999", "x", "")):
        yield f"shared-{number}", sheet(cell("A2", index, "s"))
    for kind in ("str", "e", "z", "inlineStr"):
        yield f"kind-{kind}", sheet(cell("A2", f"{PLANTED}", kind))
    for number, sign in enumerate(
        ("_x0002_", "_x200B_", "_xD800_", "_x005F_x0041_", "_xFFFF_", "&#x202E;", "&#x85;", "&#xE000;")
    ):
        yield f"sign-{number}", sheet(cell("A2", f"{PLANTED}{sign}"))
    for row in ("0", "-1", "1048577", "9" * 30, "x"):
        yield f"row-{row[:8]}", sheet(f'<row r="{row}"><c><v>1</v></c></row>')
    yield "long-text", sheet(cell("A2", PLANTED + "x" * 30_000))
    yield "formula", sheet(f'<row r="2"><c r="A2"><f>{PLANTED}</f></c></row>')
    yield "formula-deep", sheet('<row r="2"><c r="A2"><f>' + "(" * 100_000 + "</f></c></row>")
    yield "cut", sheet(cell("A2", PLANTED))[:-30]
    yield "twice", sheet(cell("A2", PLANTED) + cell("A2", "x"))
    yield "no-namespace", sheet(cell("A2", PLANTED)).replace(f' xmlns="{_MAIN}"', "")
    yield "prefixed", sheet(cell("A2", PLANTED)).replace("<c ", "<x:c ").replace("</c>", "</x:c>")
    yield "declared-latin", sheet(cell("A2", PLANTED)).replace("UTF-8", "ISO-8859-1")
    yield "declared-unknown", sheet(cell("A2", PLANTED)).replace("UTF-8", "X-NONE")
    yield "version", sheet(cell("A2", PLANTED)).replace('version="1.0"', 'version="1.1"')
    yield "cdata", sheet(cell("A2", f"<![CDATA[{PLANTED}<b>]]>"))
    yield "instruction", sheet("<?x y?>" + cell("A2", PLANTED))


def _large_sheets() -> Iterator[tuple[str, str]]:
    """As `_sheets`, where size is what is wrong."""
    yield "deep", sheet("<x>" * 200_000 + "</x>" * 200_000)
    yield "long-attribute", sheet(f'<row r="2" x="{"x" * 20_000_000}"/>' + cell("A2", PLANTED))
    yield "endless-text", sheet(cell("A2", "x" * 100_000_000))
    yield "long-comment", sheet(f"<!--{'x' * 20_000_000}-->" + cell("A2", PLANTED))
    yield "many-cells", sheet("".join(f'<row r="{n}">{"<c><v>1</v></c>" * 100}</row>' for n in range(2, 30_000)))
    yield "many-empty", sheet("".join(f'<row r="{n}">{"<c/>" * 200}</row>' for n in range(2, 30_000)))


_WHOLE = ("twice", "version", "prefixed", "no-namespace", "declared-unknown")
"""Where a planted word may go unread without a fault of the reader: programs differ on what such a file says."""


def packages(chance: random.Random, only: str | None = None, *, with_large: bool) -> Iterator[Hostile]:
    """Workbooks, for each reader of workbooks."""
    if only not in (None, *_KNOWN):
        return
    for name, xml in (*_sheets(), *(_large_sheets() if with_large else ())):
        is_planted = PLANTED in xml and name not in _WHOLE and "formula" not in name
        for reader in _wanted(only, "workbook", "register", "360giving"):
            content = packed(parts(xml.replace(FIRST, _KNOWN[reader])))
            place = name.removeprefix("far-") if name.startswith("far-") else ""
            yield Hostile(f"{reader}-sheet-{name}", reader, content, is_planted=is_planted, instead=place)
    for name, change in (_changed_parts() | (_large_parts() if with_large else {})).items():
        for reader in _wanted(only, "workbook", "360giving"):
            yield Hostile(f"{reader}-part-{name}", reader, packed(parts() | change))
    whole = packed(parts())
    for share in range(1, 10):
        yield Hostile(f"workbook-cut-{share}", "workbook", whole[: len(whole) * share // 10], REFUSED)
    for number in range(24):
        flipped = bytearray(whole)
        for _ in range(1 + number % 4):
            flipped[chance.randrange(len(flipped))] = chance.randrange(256)
        yield Hostile(f"workbook-flipped-{number}", "workbook", bytes(flipped))
        yield Hostile(f"gmpp-flipped-{number}", "gmpp", bytes(flipped))
    for name in parts():
        yield Hostile(f"workbook-without-{name}", "workbook", packed({k: v for k, v in parts().items() if k != name}))
    yield Hostile("workbook-many-parts", "workbook", packed(parts() | {f"xl/x{n}.xml": "x" for n in range(20_000)}))
    yield Hostile("workbook-binary", "workbook", packed({"xl/workbook.bin": "x"}), REFUSED)
    yield Hostile("workbook-nested", "workbook", packed({"a.xlsx": whole}), REFUSED)
    for reader in ("360giving", "gmpp"):
        for repeated in (10, 1_048_576):
            yield Hostile(f"{reader}-ods-{repeated}", reader, packed(ods(repeated)))


def _wanted(only: str | None, *readers: str) -> list[str]:
    return [reader for reader in readers if only in (None, reader)]


def _changed_parts() -> dict[str, dict[str, str | bytes]]:
    bombs: dict[str, dict[str, str | bytes]] = {
        f"bomb-{name}": {name: f"{kind}<x>{'&a;' if kind is OUTSIDE else '&j;'}</x>"}
        for name in parts()
        for kind in (BOMB, OUTSIDE)
    }
    target = parts()["xl/_rels/workbook.xml.rels"]
    style = f'<styleSheet xmlns="{_MAIN}"><numFmts>{{}}</numFmts><cellXfs><xf numFmtId="164"/></cellXfs></styleSheet>'
    return bombs | {
        "traversal": {"xl/_rels/workbook.xml.rels": target.replace("worksheets/sheet1.xml", "../../../../etc/passwd")},
        "absolute": {"xl/_rels/workbook.xml.rels": target.replace("worksheets/sheet1.xml", "/etc/passwd")},
        "itself": {"xl/_rels/workbook.xml.rels": target.replace("worksheets/sheet1.xml", "workbook.xml")},
        "external": {"xl/_rels/workbook.xml.rels": target.replace('"worksheets/', '"http://localhost:9/')},
        "sheets": {
            "xl/workbook.xml": _BOOK.format(
                "".join(f'<sheet name="Ark{n}" sheetId="{n}" r:id="r1"/>' for n in range(3_000))
            )
        },
        "sheet-name": {"xl/workbook.xml": parts()["xl/workbook.xml"].replace('"sources"', '"A&#x202E;k"')},
        "no-id": {"xl/workbook.xml": parts()["xl/workbook.xml"].replace(' r:id="r1"', "")},
        "format": {"xl/styles.xml": style.format('<numFmt numFmtId="164" formatCode="' + "[" * 50_000 + '"/>')},
        "format-number": {"xl/styles.xml": style.format('<numFmt numFmtId="x" formatCode="0"/>')},
    }


def _large_parts() -> dict[str, dict[str, str | bytes]]:
    return {
        "shared-endless": {"xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}"><si><t>{"x" * 150_000_000}</t></si></sst>'},
        "shared-many": {"xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{"<si/>" * 5_000_000}</sst>'},
        "shared-pieces": {"xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}"><si>{"<t>x</t>" * 5_000_000}</si></sst>'},
        "zeros": {"xl/media/x.bin": bytes(700_000_000)},
        "sheet-zeros": {SHEET: bytes(300_000_000)},
    }


def ods(repeated: int) -> dict[str, str | bytes]:
    names = "urn:oasis:names:tc:opendocument:xmlns:"
    columns = f'table:number-columns-repeated="{min(repeated, 16384)}"'
    row = f"<table:table-cell {columns}><text:p>x</text:p></table:table-cell>"
    return {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": "<manifest/>",
        "content.xml": f'<office:document-content xmlns:office="{names}office:1.0" xmlns:table="{names}table:1.0" '
        f'xmlns:text="{names}text:1.0"><office:body><office:spreadsheet><table:table table:name="A"><table:table-row '
        f'table:number-rows-repeated="{repeated}">{row}</table:table-row></table:table></office:spreadsheet>'
        "</office:body></office:document-content>",
    }


def _html() -> Iterator[tuple[str, str]]:
    """What stands in the body of a page, by what is wrong with it."""
    for tag in ("div", "p", "b", "ul><li", "table><tr><td", "blockquote", "x-y", "section"):
        closing = "".join(f"</{one}>" for one in reversed(tag.split("><")))
        yield f"deep-{tag}", f"<{tag}>" * 1_000 + PLANTED + closing * 1_000
        yield f"open-{tag}", f"<{tag}>" * 1_000 + PLANTED
    nested = "<table><tr><td>" * 60 + PLANTED + "</td></tr></table>" * 60
    yield "tables-60", nested
    yield "tables-400", "<table><tr><td>" * 400 + PLANTED + "</td></tr></table>" * 400
    yield "spans", f"<table><tr>{f'<td rowspan=65534 colspan=1000>{PLANTED}</td>' * 500}</tr></table>"
    yield (
        "long-spans",
        f"<table><tr>{f'<td rowspan=60 colspan=60>{chr(120) * 19_000}</td>' * 100}</tr>{'<tr></tr>' * 60}</table>",
    )
    yield "wide-table", "<table><tr>" + f"<td>{PLANTED}</td>" * 10_000 + "</tr></table>"
    yield "elements", "<br>" * 200_000 + PLANTED
    yield "closings", "<p>x" * 190 + "</q></z>" * 20_000 + PLANTED
    yield "comments", "<!--" * 20_000 + PLANTED
    yield "declarations", "<!x " * 20_000 + PLANTED
    yield "cdata", "<![CDATA[" * 20_000 + PLANTED
    yield "brackets", "<" * 100_000 + PLANTED
    yield "attributes", "<p " + " ".join(f"a{n}=1" for n in range(50_000)) + f">{PLANTED}</p>"
    yield "attribute", f'<p class="{"x" * 2_000_000}">{PLANTED}</p>'
    yield "classes", f'<p class="{"menu " * 200_000}">{PLANTED}</p>'
    yield "entities", "&lt;" * 4_000 + "&#0;&#2;&#xD800;&#1114112;&#x85;&nbsp;&zwnj;" + PLANTED
    yield "entity", "&" + "x" * 100_000 + ";" + PLANTED
    yield "script", "<script>" * 2_000 + PLANTED
    yield "terms", "<dl>" + "<dt>Eier<dd>x" * 3_000 + f"</dl><p>{PLANTED}"


def _lines() -> Iterator[tuple[str, str]]:
    """Plain text whose patterns are long: what regular expressions are slow at."""
    pieces = [
        "1 ",
        "1.",
        "kr ",
        "a, ",
        "og ",
        "- ",
        "(",
        ")(",
        "( ",
        "« ",
        "Å",
        "A B ",
        "x" * 40 + " ",
        "2024 ",
        "12.",
        "Eier: ",
        "| ",
        "\t",
        " ; ",
    ]
    pieces += [
        "millioner ",
        "«",
        "..",
        "1/2/",
        f"{SCHEME} ",
        "kommune og ",
        "http://",
        "a" * 30 + "-",
        "** ",
        "# ",
        "i ",
        "9" * 50,
    ]
    for number, piece in enumerate(pieces):
        yield f"line-{number}", (piece * 20_000)[:19_000] + f"\n{PLANTED}"
        yield f"lines-{number}", f"{piece.strip() or '.'}\n" * 2_000 + PLANTED
        yield f"labels-{number}", f"Prosjekt: {(piece * 300)[:400]}\nEier: {piece * 20}\n\n" * 20 + PLANTED
    yield "endless-line", "x " * 500_000
    yield "digits", "Tilskudd: " + "9" * 6_000 + f" kroner\nEier: {PLANTED}"
    yield "dates", "Dato: 99.99.9999, 31.02.2026, 0.0.0000\n" * 200 + PLANTED


def pages(chance: random.Random) -> Iterator[Hostile]:
    """Pages saved as HTML and as text."""
    for name, body in _html():
        is_planted = name not in ("comments", "declarations", "cdata", "brackets", "script", "open-x-y", "entity")
        text = f"<html lang=nb><body><h1>Tildeling</h1>\n{body}</body></html>"
        yield Hostile(f"page-{name}", "page", text.encode("utf-8", "surrogatepass"), is_planted=is_planted)
    for name, text in _lines():
        yield Hostile(
            f"page-{name}", "page", f"Tildeling fra {SCHEME} 2024\n\n{text}".encode(), is_planted=PLANTED in text
        )
    for number, sign in enumerate(UNSEEN[1::3]):  # the first, a zero, is no text to any program
        text = f"Tildeling\n\nVirksomhet: Havmyra{sign} kommune\nProsjekt: {PLANTED}{sign}\n" + "Tekst. " * 40
        yield Hostile(f"page-unseen-{number}", "page", text.encode("utf-8", "surrogatepass"), READ, True)
    for number in range(8):
        yield Hostile(f"page-chance-{number}", "page", chance.randbytes(3_000), REFUSED)
