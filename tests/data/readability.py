"""How hard a text is to read.

Belongs here: measures that tests hold texts to. Does not belong here: the limits, which each test sets for its texts.
"""

from __future__ import annotations

import re


def lix(text: str) -> float:
    """Words per sentence, and words of more than six letters as per cent of all. Source: Björnsson (1968)."""
    words = re.findall(r"[^\W\d_]+|\d+", text)
    sentences = max(1, len(re.findall(r"[.!?:](?=\s|$)", text)))
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)
