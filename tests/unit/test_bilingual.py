"""A text in both languages is chosen in one way, and never in a language that nobody asked for."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from gevinst.bilingual import LANGUAGES, Bilingual, other_language, text_of
from gevinst.contracts import ALL

ROOT = Path(__file__).parents[2]


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


def choices(source: str) -> list[int]:
    """Lines that compare something with a language by its code."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq | ast.NotEq)
        for side in (node.left, *node.comparators)
        if isinstance(side, ast.Constant) and side.value in LANGUAGES
    ]


def lists(source: str) -> list[int]:
    """Lines that name all languages by their codes."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Tuple | ast.List | ast.Set)
        and {one.value if isinstance(one, ast.Constant) else None for one in node.elts} == set(LANGUAGES)
    ]


def elsewhere(found: Callable[[str], list[int]]) -> dict[str, list[int]]:
    """Lines that `found` finds in every module but the one of languages."""
    modules = sorted(path for package in ("gevinst", "assets", "pipelines") for path in (ROOT / package).rglob("*.py"))
    place = ROOT / "gevinst/bilingual.py"
    assert found(place.read_text(encoding="utf-8")), "the rule would find nothing"
    others = {path: found(path.read_text(encoding="utf-8")) for path in modules if path != place}
    return {str(path.relative_to(ROOT)): lines for path, lines in others.items() if lines}


def test_no_other_module_chooses_between_the_languages_itself() -> None:
    assert elsewhere(choices) == {}


def test_no_other_module_lists_the_languages() -> None:
    assert elsewhere(lists) == {}


@pytest.mark.parametrize("planted", ['a if language == "nb" else b', 'if "en" != language: pass'])
def test_a_planted_choice_is_found(planted: str) -> None:
    assert choices(planted) == [1]


@pytest.mark.parametrize("planted", ['for one in ("nb", "en"): pass', 'a = ["en", "nb"]'])
def test_a_planted_list_is_found(planted: str) -> None:
    assert lists(planted) == [1]


def test_the_other_language_is_the_one_that_was_not_asked_for() -> None:
    assert [other_language(language) for language in LANGUAGES] == ["en", "nb"]
    with pytest.raises(ValueError, match="there are nb and en"):
        other_language("nn")


def test_with_a_third_language_there_is_no_other_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gevinst.bilingual.LANGUAGES", (*LANGUAGES, "se"))
    with pytest.raises(ValueError):
        other_language("nb")


@pytest.mark.parametrize(
    ("nb", "en", "asked", "found"),
    [
        ("Fordi", "Because", "en", ("Because", "en")),
        ("Fordi", None, "en", ("Fordi", "nb")),
        ("Fordi", "", "en", ("Fordi", "nb")),
        (None, "Because", "nb", ("Because", "en")),
        ("Fordi", None, "nb", ("Fordi", "nb")),
        (None, None, "en", (None, "en")),
    ],
)
def test_the_text_of_a_row_is_the_one_there_is_with_the_language_it_is_in(nb, en, asked, found) -> None:
    assert text_of({"reason_nb": nb, "reason_en": en}, "reason", asked) == found
