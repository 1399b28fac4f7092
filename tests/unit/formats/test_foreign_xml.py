"""XML of others: what is read, and that what is broken or unsafe is refused in one sentence and nothing is fetched."""

import time
from pathlib import Path

import pytest

from gevinst.formats import foreign
from gevinst.formats.errors import ExchangeError
from gevinst.formats.foreign_xml import Element, open_xml
from tests.unit.formats.iati_files import written

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
BOMB = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]><a>&l8;</a>'


def refused(folder: Path, content: str | bytes) -> ExchangeError:
    with pytest.raises(ExchangeError) as error:
        open_xml(written(folder, content))
    assert "\n" not in str(error.value)
    return error.value


def test_elements_keep_their_names_attributes_order_and_own_text(tmp_path) -> None:
    content = '<a xml:lang="nb" xmlns:x="urn:x">\n <b c="1">kø &amp; <![CDATA[<orden>]]></b>\n <x:d/>\n <b>2</b></a>'
    root = open_xml(written(tmp_path, content))
    assert root.attributes == {"xml:lang": "nb", "xmlns:x": "urn:x"} and root.text == ""
    assert [one.name for one in root.children] == ["b", "x:d", "b"]
    assert [(place, one.text) for place, one in root.all("b")] == [(0, "kø & <orden>"), (1, "2")]
    assert root.children[0] == Element("b", {"c": "1"}, [], "kø & <orden>")


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", ""),
        ("utf-8", ' encoding="UTF-8"'),
        ("utf-8-sig", ' encoding="UTF-8"'),
        ("utf-16", ' encoding="UTF-16"'),
        ("utf-16-le", ' encoding="UTF-16"'),
        ("utf-32", ""),
        ("iso-8859-1", ' encoding="ISO-8859-1"'),
        ("cp1252", " encoding='windows-1252'"),
    ],
)
def test_the_encoding_is_the_one_that_the_file_says(tmp_path, encoding, declared) -> None:
    content = f'<?xml version="1.0"{declared}?>\n<a>kø på Ærø</a>'.encode(encoding)
    assert open_xml(written(tmp_path, content)).text == "kø på Ærø"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "file_empty"),
        (b" \n ", "file_empty"),
        (b"{}", "not_xml"),
        (b"PK\x03\x04", "not_xml"),
        (b"\x89PNG\r\n", "not_xml"),
        ("{}".encode("utf-16"), "not_xml"),
        (b"<a><b></a>", "xml_broken"),
        (b"<a>", "xml_broken"),
        (b"<a/><b/>", "xml_broken"),
        (b"<a>&nbsp;</a>", "xml_broken"),
        (b"<a>&#0;</a>", "xml_broken"),
        (b"<a b='1' b='2'/>", "xml_broken"),
        (b"<!-- only this -->", "xml_broken"),
        ("<a>kø</a>".encode("iso-8859-1"), "xml_not_in_encoding"),
        ('<?xml version="1.0" encoding="UTF-8"?><a>kø</a>'.encode("cp1252"), "xml_not_in_encoding"),
        (b'<?xml version="1.0" encoding="US-ASCII"?><a>k\xc3\xb8</a>', "xml_not_in_encoding"),
        (b'<?xml version="1.0" encoding="UTF-16"?><a/>', "xml_not_in_encoding"),
        (b'<?xml version="1.0" encoding="EBCDIC-CP-NL"?><a/>', "xml_encoding_unknown"),
        (b'<?xml version="1.0" encoding="zip"?><a/>', "xml_encoding_unknown"),
        (b'<?xml version="1.0" encoding="punycode"?><a/>', "xml_encoding_unknown"),
    ],
)
def test_what_is_no_xml_or_not_in_its_encoding_is_refused(tmp_path, content, reason) -> None:
    assert refused(tmp_path, content).reason == reason


def test_broken_xml_is_refused_with_the_place(tmp_path) -> None:
    assert refused(tmp_path, "<a>\n <b></c>\n</a>").message("en") == (
        "it cannot be read as XML from line 2, sign 7; export it again from where it came"
    )


@pytest.mark.parametrize(
    "content",
    [
        BOMB,
        '<!DOCTYPE a SYSTEM "file:///etc/hostname"><a/>',
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>',
        '<!DOCTYPE a [<!ENTITY % b SYSTEM "https://example.org/b"> %b;]><a/>',
        "<!DOCTYPE a><a/>",
    ],
    ids=["bomb", "other document", "file as entity", "parameter from the web", "harmless"],
)
def test_a_document_type_is_refused_before_anything_of_it_is_read(tmp_path, content) -> None:
    began = time.process_time()
    error = refused(tmp_path, content)
    assert (error.reason, time.process_time() - began < 1) == ("xml_document_type", True)
    assert "fjern den" in error.message("nb")


def test_a_document_type_is_refused_in_any_encoding(tmp_path) -> None:
    assert refused(tmp_path, BOMB.encode("utf-16")).reason == "xml_document_type"


def test_what_is_too_deep_too_long_or_too_large_is_refused(tmp_path, monkeypatch) -> None:
    assert refused(tmp_path, "<a>" * 100_000).reason == "xml_too_deep"
    assert refused(tmp_path, f"<a>\n<b>{'x' * 40_000}</b></a>").reason == "text_too_long"
    assert refused(tmp_path, f'<a b="{"x" * 40_000}"/>').reason == "text_too_long"
    assert refused(tmp_path, f"<a>{'x<b/>' * 100_000}</a>").reason == "text_too_long"
    monkeypatch.setattr(foreign, "_LARGEST_FILE", 5)
    assert refused(tmp_path, "<abcdef/>").reason == "file_too_large"


def test_a_file_that_is_not_there_is_refused_with_the_reason(tmp_path) -> None:
    with pytest.raises(ExchangeError, match="it cannot be opened"):
        open_xml(tmp_path / "nowhere.xml")


def test_many_elements_are_read_in_time_that_grows_with_their_number(tmp_path) -> None:
    path = written(tmp_path, "<a>" + "<b>1</b>\n  " * 200_000 + "</a>")
    began = time.process_time()
    assert len(open_xml(path).children) == 200_000
    assert time.process_time() - began < 10
