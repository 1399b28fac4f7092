"""A text in both languages is chosen in one way, and never in a language that nobody asked for."""

from __future__ import annotations

import pytest

from gevinst.bilingual import LANGUAGES, Bilingual
from gevinst.contracts import ALL


def test_a_text_is_called_with_a_language() -> None:
    assert [Bilingual("Kilder", "Sources")(language) for language in LANGUAGES] == ["Kilder", "Sources"]


@pytest.mark.parametrize("language", ["", "nn", "NB", "sv", "english"])
def test_an_unknown_language_is_refused_rather_than_answered_in_another(language: str) -> None:
    with pytest.raises(ValueError, match="there are nb and en"):
        Bilingual("Kilder", "Sources")(language)


def test_every_table_and_column_has_its_texts_in_both_languages() -> None:
    texts = {
        f"{table.name} {what}": text
        for table in ALL
        for what, text in [("title", table.title), ("grain", table.grain)]
        + [(column.name, column.description) for column in table.all_columns]
    }
    assert [what for what, text in texts.items() if not (text.nb and text.en)] == []
