"""Names in order.

Belongs here: how names are sorted for readers.
Does not belong here: what things are called.
"""

from __future__ import annotations

_LAST_LETTERS = str.maketrans({"æ": "{a", "ø": "{b", "å": "{c"})
"""Norwegian letters after z, which ``{`` follows."""


def alphabetical(name: str) -> str:
    """What to sort a Norwegian or English name by: æ, ø and å come last."""
    return name.lower().translate(_LAST_LETTERS)
