"""The bases of errors that a person can fix.

Belongs here: the base classes. Messages say what is wrong, where, and what to do, in one or two sentences; signs in
them that nobody sees are shown by number.
Does not belong here: errors of one package, which are defined next to the code that raises them.
"""

from __future__ import annotations

from typing import Any

from gevinst.bilingual import Bilingual
from gevinst.characters import visible


def _again(kind: type[GevinstError], args: tuple[Any, ...], state: dict[str, Any]) -> GevinstError:
    error = kind.__new__(kind, *args)
    error.args = args
    error.__dict__.update(state)
    return error


class GevinstError(Exception):
    """Something that a person can fix; commands print the message and end with exit code 1.

    `nb` is the message in bokmål, for what whoever starts a run may meet.
    """

    def __init__(self, en: str, nb: str | None = None) -> None:
        """Keep the messages."""
        super().__init__(visible(en))
        self._nb = visible(nb or "") or None

    def __reduce__(self) -> tuple[Any, ...]:
        """Errors are raised in one process and told in another, and have more than their message."""
        return _again, (type(self), self.args, self.__dict__)

    @property
    def sentences(self) -> Bilingual:
        """The message in both languages, in English where there is none in bokmål."""
        return Bilingual(self._nb or str(self), str(self))

    def message(self, language: str) -> str:
        """The message in `language` (``nb`` or ``en``) where there is one, else in English."""
        return self.sentences(language)


class EvaluatorError(GevinstError):
    """An error that an evaluator may see, and so in both languages; `str` gives the English message."""

    def __init__(self, nb: str, en: str) -> None:
        """Keep both messages."""
        super().__init__(en, nb)


class EditionError(GevinstError):
    """An edition cannot be built, trusted or published; the message says which, why and what to do."""
