"""The catalogue: every text in both languages, used, and filled in by the formatter."""

from __future__ import annotations

import ast
import re
import string
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from gevinst.addresses import bare, mark_language, replace_languages
from gevinst.bilingual import LANGUAGES
from gevinst.language import texts
from gevinst.language.currencies import PLACES
from gevinst.language.phrases import capital
from gevinst.language.texts import (
    COUNTED_AS,
    FORMS,
    OF_ONE,
    TOTAL,
    Catalogue,
    TextError,
    entries,
    placeholders,
)
from gevinst.site.addressing import with_addresses

PACKAGE = Path(texts.__file__).parents[1]
Entry = dict[str, Any]
AREAS = {key.split(".")[0] for key in entries()}
NB, EN = Catalogue("nb"), Catalogue("en")

CALL = re.compile(r"""\bt\(\s*["'](\w+\.\w+)["']\s*[,)]""")
IN_TEMPLATE = re.compile(r"""["'](\w+\.\w+)["'](\s*~)?""")


def sources() -> dict[Path, str]:
    """Everything that may use a text: the package, and what says how a run went."""
    found = [
        path
        for folder in (PACKAGE, PACKAGE.parent / "pipelines")
        for path in folder.rglob("*")
        if path.suffix in (".py", ".html") and "node_modules" not in path.parts
    ]
    return {path: path.read_text(encoding="utf-8") for path in found}


def named_in_code(code: str) -> set[str]:
    """Patterns of the keys that Python code may name: its texts, with any word where something is filled in.

    Texts on their own (documentation) name nothing.
    """
    tree = ast.parse(code)
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    patterns = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone:
            patterns.add(re.escape(node.value))
        elif isinstance(node, ast.JoinedStr):
            parts = [re.escape(str(p.value)) if isinstance(p, ast.Constant) else r"\w+" for p in node.values]
            patterns.add("".join(parts))
    return {pattern for pattern in patterns if pattern.split("\\.")[0] in AREAS}


def named_in_template(template: str) -> set[str]:
    return {re.escape(text) + (r"\w+" if joined else "") for text, joined in IN_TEMPLATE.findall(template)}


@pytest.fixture
def two_texts(monkeypatch):
    """A catalogue of two texts, so that a test does not lean on the real wording."""
    made = {
        "a.count": {
            "nb": {"zero": "Ingen av {total}", "one": "{n:Word} gevinst", "other": "{n:Neuter} prosjekter i {year}"},
            "en": {"one": "{n:Word} benefit", "other": "{n:Word} projects of {total} in {year}"},
        },
        "a.plain": {"nb": "{x} {y:percent} {z:million} {day}", "en": "{x}"},
    }
    monkeypatch.setattr(texts, "entries", lambda: made)


def faults_of(entry: Entry) -> list[str]:
    """What is wrong with a text of the catalogue, in words."""
    if set(entry) != set(LANGUAGES):
        return [f"is in {sorted(entry)}"]
    found = []
    # What money is called needs no value, and English says less of it: «faste kroner», constant prices.
    if placeholders(entry["nb"]) - {"n", *PLACES} != placeholders(entry["en"]) - {"n", *PLACES}:
        found.append("the languages fill in different values")
    for language, text in entry.items():
        forms = [text] if isinstance(text, str) else list(text.values())
        if not all(form.strip() for form in forms):
            found.append(f"{language} is empty")
        if not isinstance(text, str) and not {"other"} <= set(text) <= {*FORMS, *OF_ONE}:
            found.append(f"{language} has the forms {sorted(text)}")
    return found


def test_every_text_is_in_both_languages_with_the_same_values_to_fill_in() -> None:
    faults = {key: faults_of(entry) for key, entry in entries().items()}
    assert {key: found for key, found in faults.items() if found} == {}
    assert len(faults) > 1000


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ({"nb": "Ja"}, "is in ['nb']"),
        ({"nb": "{x} av {y}", "en": "{x}"}, "the languages fill in different values"),
        ({"nb": "Ja", "en": " "}, "en is empty"),
        ({"nb": {"one": "Én"}, "en": "One"}, "nb has the forms ['one']"),
        ({"nb": {"few": "To", "other": "{n}"}, "en": "{n}"}, "nb has the forms ['few', 'other']"),
    ],
)
def test_a_faulty_text_is_found(entry, fault) -> None:
    assert faults_of(entry) == [fault]


def test_no_text_is_unused() -> None:
    named = {
        pattern
        for path, content in sources().items()
        for pattern in (named_in_code if path.suffix == ".py" else named_in_template)(content)
    }
    # Most patterns are plain keys, found at once; only what is filled in must be tried.
    plain = {re.sub(r"\\(.)", r"\1", pattern) for pattern in named if r"\w+" not in pattern}
    filled_in = re.compile("|".join(f"(?:{pattern})" for pattern in named if r"\w+" in pattern))
    unused = [key for key in sorted(entries()) if key not in plain and not filled_in.fullmatch(key)]
    assert not unused, ", ".join(unused)


def test_no_text_that_code_or_templates_ask_for_is_missing() -> None:
    requested = {(path, key) for path, content in sources().items() for key in CALL.findall(content)}
    assert requested
    assert [f"{path.name}: {key}" for path, key in sorted(requested) if key not in entries()] == []


def test_words_that_readers_do_not_know_are_not_used() -> None:
    words = re.compile(r"\b(pipeline|dashboard|signifikant|KPI|score|wicked|mislykket)\b", re.IGNORECASE)
    found = {
        key: words.findall(str(entry))
        for key, entry in entries().items()
        if not key.startswith("readme.") and words.search(str(entry))
    }
    assert found == {}


def test_the_form_follows_the_number_and_numbers_become_words_in_the_right_gender(two_texts) -> None:
    assert NB.t("a.count", n=0, total=7, year=2026) == "Ingen av 7"
    assert NB.t("a.count", n=1, total=7, year=2026) == "Én gevinst"
    assert NB.t("a.count", n=5, total=7, year=2026) == "Fem prosjekter i 2026"
    assert EN.t("a.count", n=0, total=1234, year=2026) == "Zero projects of 1,234 in 2026"


def test_values_are_written_by_the_formatter_and_unknown_is_shown_as_unknown(two_texts) -> None:
    lines = NB.t("a.plain", x=1234, y=12.3, z=None, day=date(2026, 9, 3))
    assert lines == "1\u00a0234 12\u00a0% .. 3.\u00a0september 2026"


def counted_in(form: str) -> list[tuple[str, str, str]]:
    """Every number of a text with how it is written and the words after it."""
    parts = [*string.Formatter().parse(form), ("", None, None, None)]
    return [(name, spec or "", parts[place + 1][0]) for place, (_, name, spec, _) in enumerate(parts) if name]


def many() -> set[str]:
    """Every word for several of something that stands with its number in some text of the catalogue."""
    specs = [spec for entry in entries().values() for form in forms_of(entry) for _, spec, _ in counted_in(form[2])]
    return {spec.rpartition(COUNTED_AS)[2].split()[-1] for spec in specs if COUNTED_AS in spec and "unsaid" not in spec}


def forms_of(entry: Entry) -> list[tuple[str, str, str]]:
    """The forms of a text by language; the one of a text without forms is called nothing."""
    return [
        (language, form, text)
        for language, texts in entry.items()
        for form, text in ({"": texts} if isinstance(texts, str) else texts).items()
    ]


def disagreeing(entry: Entry, plurals: set[str]) -> list[str]:
    """Words for several that may stand after one, or that are said of one of one."""
    found = []
    for language, form, text in forms_of(entry):
        decided = {"zero": {"n"}, "other": {"n"}}.get(form, set()) if "one" in entry[language] else set()
        # With forms of their own for one of one, nothing else is said where the total is one and none or one counts.
        decided |= {TOTAL} if form == "zero" and OF_ONE[0] in entry[language] else set()
        for name, spec, after in counted_in(text):
            words = re.findall(r"\w+", after)[:2] if after.startswith(" ") else []
            if COUNTED_AS not in spec and name not in decided and words and words[0] in plurals:
                found.append(f"{language} {form} {name} {words[0]}".replace("  ", " "))
        says_of_total = any(name == TOTAL and COUNTED_AS in spec for name, spec, _ in counted_in(text))
        missing = {"zero": OF_ONE[0], "one": OF_ONE[1]}.get(form)
        if says_of_total and missing and missing not in entry[language]:
            found.append(f"{language} {missing} is missing")
    return found


ALWAYS_SEVERAL = {
    "wcag.heading": "the criteria of a standard",
    "model.drivers_state": "the drivers that the contracts list",
    "model.alpha_state": "those of the drivers that are rated",
    "page_method.tables": "the tables of an edition",
}
"""Texts about a total that is several in any scheme, with what is counted."""


def test_what_is_counted_agrees_with_the_number_in_every_text() -> None:
    plurals = many()
    assert {"prosjekter", "projects", "dokumenter", "documents"} <= plurals
    faults = {key: disagreeing(entry, plurals) for key, entry in entries().items() if key not in ALWAYS_SEVERAL}
    assert {key: found for key, found in faults.items() if found} == {}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ({"nb": "{n} av {total} prosjekter"}, "nb total prosjekter"),
        ({"nb": "{n} prosjekter"}, "nb n prosjekter"),
        ({"nb": {"other": "{n} prosjekter"}}, "nb other n prosjekter"),
        ({"nb": {"one": "Ett av {total: prosjekt|prosjekter}", "other": "{n}"}}, "nb one_of_one is missing"),
        ({"nb": {"zero": "Ingen av {total: prosjekt|prosjekter}", "other": "{n}"}}, "nb none_of_one is missing"),
    ],
)
def test_words_that_do_not_agree_are_found(text, fault) -> None:
    assert disagreeing(text, {"prosjekter"}) == [fault]


@pytest.mark.parametrize(("n", "total", "said"), [(0, 1, "Det ene ikke"), (1, 1, "Det ene"), (1, 2, "Ett av 2")])
def test_one_of_one_is_said_in_words_of_its_own(two_texts, n, total, said) -> None:
    forms = {"one": "Ett av {total}", "other": "{n}", "none_of_one": "Det ene ikke", "one_of_one": "Det ene"}
    texts.entries()["a.count"]["nb"] = forms
    assert NB.t("a.count", n=n, total=total) == said


@pytest.mark.parametrize(
    ("total", "written"),
    [(0, "null prosjekter og 0 rader"), (1, "ett prosjekt og 1 rad"), (7, "sju prosjekter og 7 rader")],
)
def test_what_a_number_counts_agrees_with_it(two_texts, total, written) -> None:
    texts.entries()["a.plain"]["nb"] = "{x:neuter prosjekt|prosjekter} og {x: rad|rader}"
    assert NB.t("a.plain", x=total) == written


def test_words_about_a_number_agree_with_one_that_is_not_written(two_texts) -> None:
    texts.entries()["a.plain"]["en"] = "{x:unsaid it is|they are}"
    assert [EN.t("a.plain", x=count) for count in (0, 1, 2)] == ["they are", "it is", "they are"]


def test_what_a_browser_counts_is_written_as_many(two_texts) -> None:
    texts.entries()["a.plain"]["nb"] = "{x: rad|rader}"
    assert NB.t("a.plain", x="{x}") == "{x} rader"


@pytest.mark.parametrize(
    ("key", "n", "values", "complaint"),
    [
        ("a.nothing", None, {}, "no text called a.nothing"),
        ("a.count", None, {}, "a.count has plural forms"),
        ("a.count", 5, {"total": 7}, "a.count needs a value for year"),
        ("a.plain", None, {"x": 1, "w": 2}, "a.plain has no place for w"),
    ],
)
def test_a_text_that_cannot_be_written_stops_and_names_its_key(two_texts, key, n, values, complaint) -> None:
    with pytest.raises(TextError, match=complaint):
        NB.t(key, n, **values)


def test_an_unknown_way_to_write_a_number_stops(two_texts) -> None:
    texts.entries()["a.plain"]["en"] = "{x:roman}"
    with pytest.raises(ValueError, match="roman"):
        EN.t("a.plain", x=1)


def test_a_catalogue_in_another_language_is_refused() -> None:
    with pytest.raises(TextError, match="sv"):
        Catalogue("sv")


def test_a_list_has_a_word_before_its_last_part() -> None:
    assert [NB.join(list("abc"[:n])) for n in range(4)] == ["", "a", "a og b", "a, b og c"]
    assert EN.join(["a", "b", "c"]) == "a, b and c"


def test_codes_are_called_what_the_code_list_says_in_its_order() -> None:
    codelists = pl.DataFrame(
        {
            "codelist": ["s", "s", "s", "other"],
            "code": ["stopped", "b", "a", "a"],
            "rank": [None, 2, 1, 1],
            "label_nb": ["Stanset", "Andre", "Første", "Noe annet"],
            "label_en": ["Stopped", "Second", "First", "Else"],
        }
    )
    assert list(NB.labels(codelists, "s").items()) == [("a", "Første"), ("b", "Andre"), ("stopped", "Stanset")]
    assert EN.label(codelists, "s", "b") == "Second"
    with pytest.raises(TextError, match="s has no code zz"):
        EN.label(codelists, "s", "zz")


def test_a_text_that_waits_says_which_language_it_is_in_and_carries_it_where_it_is_rendered() -> None:
    row = {"reason_nb": "Fordi", "reason_en": None}
    assert Catalogue("en").text(row, "reason") == "Fordi (in Norwegian)"
    assert Catalogue("nb").text(row, "reason") == "Fordi"
    assert Catalogue("nb").text({"reason_nb": None, "reason_en": "Because"}, "reason") == "Because (på engelsk)"
    assert Catalogue("en").text({"reason_nb": None, "reason_en": None}, "reason") is None
    marked = Catalogue("en", is_marking=True).text(row, "reason") or ""
    assert bare(marked) == "Fordi (in Norwegian)"
    assert replace_languages(marked, lambda language: f"<{language}>", "</>") == "<nb>Fordi</> (in Norwegian)"


def test_the_capital_of_a_text_in_another_language_is_its_first_letter() -> None:
    assert bare(capital(mark_language("fordi", "nb"))) == "Fordi"


def test_a_text_in_another_language_is_an_element_in_running_text_and_plain_words_in_tags_and_titles() -> None:
    text = f"{mark_language('Fordi', 'nb')} (in Norwegian)"
    page = f'<title>{text}</title><a title="{text}">See {text}</a><script>"{text}"</script><svg>{text}</svg>'
    plain = "Fordi (in Norwegian)"
    assert with_addresses(page, lambda _: "") == (
        f'<title>{plain}</title><a title="{plain}">See <span lang="nb">Fordi</span> (in Norwegian)</a>'
        f'<script>"{plain}"</script><svg>{plain}</svg>'
    )
