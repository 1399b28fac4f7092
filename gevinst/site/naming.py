"""What names an edition on its pages without being part of what they say: its number, commit and input hash.

Pages are rendered with a mark in each of these places. The marked text gives the page's fingerprint, which is the same
for the same content whatever the edition is called; the marks are then replaced by the names.

Belongs here: the marks, the names in their places, and the fingerprint.
Does not belong here: what happens when two fingerprints differ (`gevinst.edition.comparison`).
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

from gevinst.layout import EditionInfo

# Characters of the last private-use plane: no text of a source holds them, they need no escaping in HTML, JSON or CSS,
# and a single character survives whatever is done to the words around it.
_MARKS = {
    "edition_id": "\U0010ff01",
    "previous_edition_id": "\U0010ff02",
    "commit": "\U0010ff03",
    "input_hash": "\U0010ff04",
}


def marked(info: EditionInfo) -> EditionInfo:
    """The same edition with marks for names; where there is no previous edition, there is no mark either."""
    return replace(info, **{field: mark for field, mark in _MARKS.items() if getattr(info, field) is not None})


def named(text: str, info: EditionInfo) -> str:
    """The text with the edition's names in place of the marks."""
    for field, mark in _MARKS.items():
        text = text.replace(mark, getattr(info, field) or "")
    return text


def fingerprint(marked_text: str) -> str:
    """SHA-256 of what a text says, in hexadecimal; the text must have marks in place of names."""
    return hashlib.sha256(marked_text.encode()).hexdigest()
