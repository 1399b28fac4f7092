"""Places where a long word may be divided, for narrow boxes: soft hyphens, which show only where a line ends.

A browser has patterns for few languages, and none for Norwegian unless a reader's own system brings them, so the page
carries the places with it.

Belongs here: dividing words by the patterns of bokmål and British English.
Does not belong here: where words are narrow enough to need it (templates and styles).
"""

from __future__ import annotations

import re
from functools import cache

from pyphen import Pyphen

SOFT_HYPHEN = "\u00ad"
_PATTERNS = {"nb": "nb_NO", "en": "en_GB"}
_LONG = re.compile(r"[^\W\d_]{10,}")
"""Shorter words fit the narrowest box; dividing them would only make the page larger."""
_PIECE = 4
"""Letters that stay together at either end: fewer are hard to read, and the patterns are least sure there."""


@cache
def _dictionary(language: str) -> Pyphen:
    return Pyphen(lang=_PATTERNS[language], left=_PIECE, right=_PIECE)


def hyphenated(text: str, language: str) -> str:
    """The text with soft hyphens in its long words, by the patterns of `language`."""
    dictionary = _dictionary(language)
    return _LONG.sub(lambda word: _divided(word[0], dictionary), text)


def _divided(word: str, dictionary: Pyphen) -> str:
    """The word in pieces of at least two letters: a consonant alone is a slip of the patterns in a compound."""
    cuts = [0, *dictionary.positions(word), len(word)]
    around = zip(cuts, cuts[1:], cuts[2:], strict=False)
    kept = [cut for before, cut, after in around if min(cut - before, after - cut) > 1]
    return SOFT_HYPHEN.join(word[start:end] for start, end in zip([0, *kept], [*kept, len(word)], strict=True))
