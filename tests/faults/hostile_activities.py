"""Activities of IATI as they must not be: documents within documents, signs nobody sees, odd values in every place.

Belongs here: hostile XML. Does not belong here: every other kind of hostile file (`hostile_files.py`).
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.faults.hostile_files import (
    DAYS,
    EITHER,
    ENCODINGS,
    NOT_TEXT,
    NUMBERS,
    PLANTED,
    READ,
    REFUSED,
    UNSEEN,
    Hostile,
)

_PLACES = {
    "id": "GB-1-17",
    "title": PLANTED,
    "language": "en",
    "day": "2031-04-02",
    "role": "2",
    "number": "NO-BRC-974760673",
    "value": "12",
    "start": "2031-01-01",
    "year": "2030",
}
_ACTIVITY = """<iati-activity xml:lang="{language}"><iati-identifier>{id}</iati-identifier>
<title><narrative xml:lang="en">{title}</narrative></title>
<participating-org role="{role}" ref="{number}"><narrative>Etaten</narrative></participating-org>
<activity-date type="2" iso-date="{day}"/>
<result type="2"><title><narrative>Less</narrative></title><indicator measure="2">
<title><narrative>x</narrative></title><baseline year="{year}" value="{value}"/>
<period><period-start iso-date="{start}"/><period-end iso-date="2031-12-31"/>
<target value="{value}"/><actual value="{value}"/></period></indicator></result></iati-activity>"""


def _file(inside: str, before: str = "") -> str:
    return f'<?xml version="1.0"?>{before}<iati-activities version="2.03">{inside}</iati-activities>'


def activities(chance: random.Random) -> Iterator[Hostile]:
    """Files of IATI for the reader of that name."""
    whole = _ACTIVITY.format(**_PLACES)
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    refused = {
        "bomb": _file(whole.replace("x", "&l9;"), f'<!DOCTYPE a [<!ENTITY l0 "ha">{entities}]>'),
        "fetched": _file(whole, '<!DOCTYPE a SYSTEM "https://example.org/a.dtd">'),
        "local-file": _file(whole, '<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]>'),
        "quadratic": _file("&a;" * 20_000, f'<!DOCTYPE a [<!ENTITY a "{"a" * 50_000}">]>'),
        "deep": _file("<a>" * 200_000),
        "open": _file(whole)[:-30],
        "two-roots": _file(whole) + _file(whole),
        "long-text": _file(whole.replace(PLANTED, "x" * 100_000)),
        "long-value": _file(whole.replace('ref="', f'ref="{"x" * 100_000}')),
        "control": _file(whole.replace(PLANTED, "&#1;")),
        "half-sign": _file(whole.replace(PLANTED, "&#xD800;")),
        "no-entity": _file(whole.replace(PLANTED, "&nbsp;")),
        "other-root": "<iati-organisations/>",
        "nothing-in-it": _file(""),
        "version-1": _file(whole).replace("2.03", "1.05"),
    }
    for kind, text in refused.items():
        yield Hostile(f"iati-{kind}", "iati", text.encode("utf-8", "surrogatepass"), REFUSED)
    for kind, content in NOT_TEXT.items():
        yield Hostile(f"iati-is-{kind}", "iati", content, REFUSED)
    for encoding in ENCODINGS:
        yield Hostile(f"iati-in-{encoding}", "iati", _file(whole.replace("Less", "Kø")).encode(encoding), EITHER)
    for place in _PLACES:
        for number, value in enumerate(chance.sample([*NUMBERS, *DAYS, *UNSEEN], 4)):
            text = value.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
            odd = _ACTIVITY.format(**_PLACES | {place: text})
            yield Hostile(f"iati-{place}-{number}", "iati", _file(odd + whole).encode("utf-8", "replace"), EITHER)
    read = {
        "unknown": _file(whole.replace("<title>", f'<x:odd a="{PLANTED}2"><b>{PLANTED}</b></x:odd><title>', 1)),
        "many": _file(whole + "<iati-activity/>" * 20_000),
        "many-results": _file(whole.replace("<result ", "<result/>" * 5_000 + "<result ")),
        "many-titles": _file(
            whole.replace("</title>", '<narrative xml:lang="en">x</narrative>' * 5_000 + "</title>", 1)
        ),
        "same-twice": _file(whole * 2),
        "comments": _file(f"<!-- {'x' * 50_000} --><?a b?>{whole}"),
    }
    for kind, text in read.items():
        yield Hostile(f"iati-{kind}", "iati", text.encode(), READ, True)
    for number in range(8):
        spoilt = bytearray(_file(whole).encode())
        for _ in range(4):
            spoilt[chance.randrange(len(spoilt))] = chance.randrange(256)
        yield Hostile(f"iati-flipped-{number}", "iati", bytes(spoilt), EITHER)
