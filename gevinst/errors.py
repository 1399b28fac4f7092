"""The bases of errors that a person can fix.

Belongs here: the base classes. Messages say what is wrong, where, and what to do, in one or two sentences.
Does not belong here: errors of one package, which are defined next to the code that raises them.
"""

from __future__ import annotations

from gevinst.bilingual import Bilingual


class GevinstError(Exception):
    """Something that a person can fix; commands print the message and end with exit code 1.

    `nb` is the message in bokmål, for what whoever starts a run may meet.
    """

    def __init__(self, en: str, nb: str | None = None) -> None:
        """Keep the messages."""
        super().__init__(en)
        self._nb = nb

    def message(self, language: str) -> str:
        """The message in `language` (``nb`` or ``en``) where there is one, else in English."""
        return Bilingual(self._nb or str(self), str(self))(language)


class EvaluatorError(GevinstError):
    """An error that an evaluator may see, and so in both languages; `str` gives the English message."""

    def __init__(self, nb: str, en: str) -> None:
        """Keep both messages."""
        self._message = Bilingual(nb, en)
        super().__init__(en)

    def message(self, language: str) -> str:
        """The message in `language`."""
        return self._message(language)


class EditionError(GevinstError):
    """An edition cannot be built, trusted or published; the message says which, why and what to do."""
