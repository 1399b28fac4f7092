"""What goes wrong with a file of others.

Belongs here: the error, apart from the shapes of `model.py` so that the command line can list the layouts without
loading any. Does not belong here: the sentences, which are texts in ``exchange.toml``.
"""

from __future__ import annotations

from gevinst.errors import GevinstError


class ExchangeError(GevinstError):
    """A file cannot be exchanged at all; the message says which, why and what to do, in both languages."""

    def __init__(self, reason: str, *, file: str = "", **values: str) -> None:
        """`reason` names a text in ``exchange.toml``, filled in with `values`; `file` is named before it."""
        self.reason, self.file, self._values = reason, file, values
        super().__init__(self.message("en"))

    def message(self, language: str) -> str:
        """The sentence in `language`."""
        from gevinst.language.texts import Catalogue  # not before something is wrong: it loads the tables' library

        sentence = Catalogue(language).t(f"exchange.{self.reason}", None, **self._values)
        return f"{self.file}: {sentence}" if self.file else sentence

    def in_file(self, file: str) -> ExchangeError:
        """The same error, with the name of the file that it was found in."""
        return ExchangeError(self.reason, file=file, **self._values)
