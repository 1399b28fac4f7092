"""The reader's words and confidences as data: reviewed in one place, each used, each number with its reason."""

from __future__ import annotations

import importlib
import pkgutil
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from gevinst import announcements
from gevinst.announcements import vocabulary
from gevinst.announcements.amounts import amounts_in
from gevinst.announcements.organisations import is_scheme
from gevinst.announcements.vocabulary import BODY, SCHEME
from gevinst.contracts import CORE
from gevinst.intake.read_csv import read_delimited
from gevinst.reference import FOLDER
from tests.data.workspaces import REPOSITORY

PACKAGE = Path(vocabulary.__file__).parents[1]
FILES = ("nb", "nn", "en", "shared")
CODE = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))


def table(name: str) -> dict[str, Any]:
    return tomllib.loads((PACKAGE / "vocabulary" / f"{name}.toml").read_text(encoding="utf-8"))


def lists(name: str) -> dict[str, list[str]]:
    """The lists of a file by `table.name`; tables of numbers are no lists."""
    return {
        f"{group}.{key}": entries
        for group, found in table(name).items()
        for key, entries in found.items()
        if isinstance(entries, list)
    }


def is_used(key: str) -> bool:
    """Whether the code asks for a key: by its whole name, for all of its table, or by a name put after its table."""
    group, name = key.split(".")
    if key in CODE or (f'limit("{name}")' in CODE and group == "limits"):
        return True
    if f'_ways("{group}")' in CODE or (f'codes("{group}")' in CODE and group != "documents"):
        return True
    if group == "slots":
        return any(f"{{{name}}}" in entry for file in FILES for found in lists(file).values() for entry in found)
    return f'f"{group}.{{' in CODE and f'"{name}"' in CODE


def test_every_entry_is_an_expression_that_fits_its_slots() -> None:
    for name in FILES:
        for key, entries in lists(name).items():
            for entry in entries:
                assert re.compile(vocabulary.filled(entry)), (name, key, entry)


def test_no_entry_is_repeated_in_one_list_of_one_file() -> None:
    twice = [
        (name, key, entry)
        for name in FILES
        for key, entries in lists(name).items()
        for entry in entries
        if entries.count(entry) > 1
    ]
    assert twice == []


def test_nynorsk_repeats_nothing_of_bokmal() -> None:
    bokmal = lists("nb")
    assert [(key, entry) for key, found in lists("nn").items() for entry in found if entry in bokmal.get(key, [])] == []


@pytest.mark.parametrize(("one", "other"), list(combinations(("nb", "nn", "en"), 2)))
def test_a_language_is_recognised_by_words_that_no_other_has(one: str, other: str) -> None:
    first, second = (set(vocabulary.phrases("language.own", code)) for code in (one, other))
    assert first & second == set()


def test_every_list_is_used_by_the_code() -> None:
    keys = {key for name in FILES for key in lists(name)}
    assert sorted(key for key in keys if not is_used(key)) == []
    assert not is_used("labels.nowhere") and not is_used("lists.nowhere") and not is_used("documents.nowhere")


def test_a_list_that_no_file_has_is_refused_by_its_name() -> None:
    with pytest.raises(KeyError, match=r"lists\.nowhere"):
        vocabulary.phrases("lists.nowhere")


def test_every_confidence_and_limit_has_its_reason_and_is_used() -> None:
    for group, found in table("confidences").items():
        for name, entry in found.items():
            assert set(entry) == {"value", "why"} and len(entry["why"]) > 15, (group, name)
            assert 0 <= entry["value"] <= 1 or group == "limits", (group, name)
            assert is_used(f"{group}.{name}"), (group, name)


def test_every_way_of_stating_a_figure_has_a_confidence_and_the_other_way_round() -> None:
    for group in ("rounds_selected", "rounds_applicants", "rounds_year"):
        ways = {key for name in FILES for key in lists(name) if key.startswith(f"{group}.")}
        assert ways == {f"{group}.{name}" for name in vocabulary.confidences(group)}


def test_codes_that_words_point_to_are_those_of_the_code_lists() -> None:
    contract = next(one for one in CORE if one.name == "codelists")
    path = FOLDER / "codelists.csv"
    rows = read_delimited(path, path.name, contract).rows
    known = {name: set(found) for name, found in rows.group_by("codelist").agg("code").iter_rows()}
    for group, codelist in (
        ("status_in_text", "status"),
        ("status_in_label", "status"),
        ("organisation_levels", "organisation_level"),
        ("sectors", "sector"),
    ):
        assert set(vocabulary.codes(group)) - known[codelist] == set(), group


def test_the_longest_of_several_words_is_read() -> None:
    assert [found.nok for found in amounts_in("Prosjekta får 9,1 millionar kroner.")] == [9_100_000]


def patterns_of(value: object) -> Iterator[re.Pattern[str]]:
    """Every pattern in a module's value, however deep."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, (tuple, list, dict)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from patterns_of(one)


def test_no_pattern_is_made_for_the_scheme_of_the_moment_in_which_a_module_is_loaded() -> None:
    for found in pkgutil.walk_packages(announcements.__path__, f"{announcements.__name__}."):
        module = vars(importlib.import_module(found.name))
        patterns = [(name, one.pattern) for name, value in module.items() for one in patterns_of(value)]
        assert [name for name, pattern in patterns if {SCHEME, BODY} & {*pattern}] == []


def test_the_reader_is_loaded_outside_any_workspace(tmp_path: Path) -> None:
    code = "import gevinst.announcements.read_page"
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env={"PYTHONPATH": str(REPOSITORY)}, check=True)


def test_a_page_is_read_with_the_name_of_the_scheme_that_is_worked_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = vocabulary.pattern("headings.after_title")
    for name in ("Nabolagsfondet", "Byløftet (2.0)"):
        (tmp_path / "scheme.toml").write_text(f'[scheme]\nname = "{name}"\n', encoding="utf-8")
        monkeypatch.setenv("GEVINST_WORKSPACE", str(tmp_path))
        assert before.search(f"Åpent | {name}")
        assert not before.search("Åpent | Jubileumspotten")


def test_those_who_run_a_scheme_are_known_from_its_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = vocabulary.pattern("headings.after_title")
    assert is_scheme("Digdir") and before.search("Åpent | Digdirs")
    (tmp_path / "scheme.toml").write_text('[scheme]\nname = "x"\nrun_by = ["Etaten"]\n', encoding="utf-8")
    monkeypatch.setenv("GEVINST_WORKSPACE", str(tmp_path))
    assert is_scheme("Etaten") and before.search("Åpent | Etaten")
    assert not is_scheme("Digdir") and not before.search("Åpent | Digdir")
    (tmp_path / "scheme.toml").write_text('[scheme]\nname = "Noe helt annet"\n', encoding="utf-8")
    assert not is_scheme("Etaten") and not before.search("Åpent | Etaten")
