"""A person who does not exist, in several spellings, and what a text still tells of her."""

from __future__ import annotations

NAME, EMAIL, PHONE, NUMBER = "Kari Qvistnes", "kari.qvistnes@postkasse.example", "912 34 567", "15828695085"
SPELLINGS = (
    NAME,
    "Qvistnes, Kari",
    "KARI QVISTNES",
    EMAIL,
    "kari.qvistnes (at) postkasse.example",
    PHONE,
    "+47 912-34-567",
    "９１２３４５６７",
    NUMBER,
    "158286 95085",
)
_TELLS = (
    "qvistnes",
    "postkasse.example",
    "912 34 567",
    "91234567",
    "912-34-567",
    "９１２３４５６７",
    NUMBER,
    "158286 95085",
)


def told_of(text: str) -> list[str]:
    """What a text tells of her."""
    lowered = text.lower()
    return [one for one in _TELLS if one in lowered]
