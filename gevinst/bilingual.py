"""A text in both languages, and the one way to choose between them.

Belongs here: the languages, and the pair that every title, description, reason and message of the code is.
Does not belong here: texts with numbers or plural forms in them, which stand in a catalogue (`gevinst.language`), and
columns of tables, which stay the two columns ``<stem>_nb`` and ``<stem>_en``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

LANGUAGES: tuple[str, ...] = ("nb", "en")
"""In the order in which readers are offered them: bokmål is the language of the scheme."""


ENTERED, TRANSLATED = LANGUAGES
"""The language that the register is written in, and the one whose texts may wait until somebody has translated them."""


def other_language(language: str) -> str:
    """The language that a reader of `language` is offered instead.

    Raises:
        ValueError: `language` is none of `LANGUAGES`, or there are several others. Pages have room for one link and
            one column in another language; with a third language somebody must decide what they are.
    """
    if language not in LANGUAGES:
        raise ValueError(f"no text in language {language}; there are {' and '.join(LANGUAGES)}")
    (other,) = (one for one in LANGUAGES if one != language)
    return other


class Bilingual(NamedTuple):
    """The same text in bokmål and in English; call it with a language: ``contract.title("nb")``."""

    nb: str
    en: str

    def __call__(self, language: str) -> str:
        """The text in `language` (``nb`` or ``en``).

        Raises:
            ValueError: any other language. Falling back on one of the two would show readers a page in a
                language they did not ask for.
        """
        if language not in LANGUAGES:
            raise ValueError(f"no text in language {language}; there are {' and '.join(LANGUAGES)}")
        return self.nb if language == "nb" else self.en


def text_of(row: Mapping[str, Any], stem: str, language: str) -> tuple[str | None, str]:
    """The text ``<stem>_nb`` or ``<stem>_en`` of a row in `language` or else in the other, and the language it is in.

    A translation may wait, and a text may exist in the other language alone: readers get the one there is, and whoever
    shows it says which it is. Raises `ValueError` as `other_language`.
    """
    other = other_language(language)
    own = row[f"{stem}_{language}"]
    return (own, language) if own or not row[f"{stem}_{other}"] else (row[f"{stem}_{other}"], other)
