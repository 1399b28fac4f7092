"""Signs that nobody sees: which there are, how a message shows them, and when two texts look the same.

Belongs here: what every reader of files must agree on about characters, without any library of tables.
Does not belong here: the door that refuses them (`gevinst.intake.validate`), and persons' names and addresses.
"""

from __future__ import annotations

import re
import unicodedata

MARKS = re.compile("[\u00ad\u061c\u200b\u200c\u200e\u200f\u2060\ufeff]")
"""Signs without width that come along from web pages, PDFs and mail: they say nothing in any language that is read."""
BREAKS = "\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]"
"""What ends a line for one program or another, as a pattern."""
# What Unicode counts as a letter, a mark or a sign, and that is drawn as nothing.
_DRAWN_AS_NOTHING = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\ufffd]")
_SEEN = "\n\t"


def visible(text: str) -> str:
    """The text with each sign that nobody sees as its number, such as ``[U+200B]``; spaces stay as they are."""
    if text.isprintable() and not _DRAWN_AS_NOTHING.search(text):
        return text
    return "".join(f"[U+{ord(sign):04X}]" if _is_unseen(sign) else sign for sign in text)


def _is_unseen(sign: str) -> bool:
    if sign.isprintable():
        return _DRAWN_AS_NOTHING.match(sign) is not None
    return sign not in _SEEN and unicodedata.category(sign) != "Zs"


def as_seen(text: str) -> str:
    """What a person sees of a text, for comparing: without marks, widths, ligatures and case."""
    return MARKS.sub("", unicodedata.normalize("NFKC", text)).casefold()
