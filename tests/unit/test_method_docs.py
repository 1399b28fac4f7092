"""The pages of docs/method say what contracts and code say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gevinst.cli import main
from gevinst.contracts import MARTS, contract
from gevinst.docs import INDEX, outdated_pages, pages, write_pages
from tests.data.workspaces import workspace

FOLDER = Path(__file__).parents[2] / "docs" / "method"
NAMES = [mart.name for mart in MARTS]


def test_every_page_is_up_to_date() -> None:
    assert outdated_pages(FOLDER) == [], "run: gevinst docs"


def test_a_page_that_is_changed_missing_or_left_over_is_found_and_corrected(tmp_path: Path) -> None:
    write_pages(tmp_path)
    assert outdated_pages(tmp_path) == []
    (tmp_path / "project_status.md").write_text("By hand.", encoding="utf-8")
    (tmp_path / "reconciliation.md").unlink()
    (tmp_path / "of_a_mart_that_is_gone.md").write_text("Old.", encoding="utf-8")
    assert outdated_pages(tmp_path) == ["of_a_mart_that_is_gone.md", "project_status.md", "reconciliation.md"]
    write_pages(tmp_path)
    assert outdated_pages(tmp_path) == []


def required_lines(name: str, page: str) -> dict[str, tuple[str, str]]:
    """By what it is: a line that the page of a mart must have, and the part of the page that must have it."""
    mart = contract(name)
    found = {f"formula {line}": (f"- `{line}`", page) for line in (mart.formula or "").split("; ")}
    for language, rule, computed in (
        ("nb", "### Regelen", "### Regnet ut fra"),
        ("en", "### The rule", "### Computed"),
    ):
        section = page.split("## English:")[language == "en"]
        _, _, sources = section.partition(computed)
        found[f"rule in {language}"] = f"{rule}\n\n{mart.rule(language)}\n", section
        found[f"title in {language}"] = mart.title(language), page
        for column in mart.columns:
            found[f"{column.name} in {language}"] = f"| `{column.name}` | {column.description(language)} |", section
        for table in mart.depends_on:
            found[f"source {table} in {language}"] = f"(`{table}`)", sources
    return found


def test_a_page_has_rule_formula_columns_and_source_tables_in_both_languages() -> None:
    texts = pages()
    assert [mart.name for mart in MARTS if not (mart.rule("nb") and mart.rule("en") and mart.formula)] == []
    assert [
        f"{name}: {what}"
        for name in NAMES
        for what, (line, part) in required_lines(name, texts[f"{name}.md"]).items()
        if line not in part
    ] == []
    docstring = re.compile(r"`gevinst\.method\.\w+\.\w+`\n\n\w")
    assert [name for name in NAMES if not docstring.search(texts[f"{name}.md"])] == []


def test_a_measure_says_its_unit_and_whether_it_may_be_summed() -> None:
    page = pages()["benefit_evidence.md"]
    assert "| `reported_count` | Gjeldende utsagn som er oppgitt. | count | bare innenfor ett utgaveår |" in page
    assert "| `reported_count` | Claims in force that are reported. | count | only within one edition year |" in page
    assert "| per cent | nei |" in pages()["self_report_share.md"]


def test_the_list_of_pages_leads_to_every_mart() -> None:
    assert re.findall(r"\]\((\w+)\.md\)", pages()[INDEX]) == NAMES


def test_the_command_checks_and_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.setenv("GEVINST_WORKSPACE", str(workspace(tmp_path)))
    assert main(["docs", "--check"]) == 1
    assert "docs/method/README.md is out of date; run gevinst docs" in capsys.readouterr().out
    assert main(["docs"]) == 0
    assert main(["docs", "--check"]) == 0
    assert {path.name for path in (tmp_path / "docs" / "method").iterdir()} == set(pages())
