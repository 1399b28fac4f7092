"""The pages of ``docs/method``: one per mart, made from its contract and the code that computes it.

Belongs here: the page of a mart and the list of all of them, as Markdown, and which files are out of date.
Does not belong here: the texts themselves (`gevinst.contracts` and the docstrings of `gevinst.method`).
"""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import NamedTuple

from gevinst.contracts import MARTS, Additivity, Column, Contract, contract
from gevinst.method.catalogue import MART_FUNCTIONS

INDEX = "README.md"
"""What public hosts show of a folder."""


class _Words(NamedTuple):
    heading: str
    rule: str
    formula: str
    columns: str
    column: str
    meaning: str
    unit: str
    sums: str
    key: str
    tables: str
    empty: str
    additivity: dict[Additivity, str]


_NB = _Words(
    heading="Norsk",
    rule="Regelen",
    formula="Formelen",
    columns="Kolonner",
    column="Kolonne",
    meaning="Betydning",
    unit="Enhet",
    sums="Kan summeres",
    key="Nøkkel",
    tables="Regnet ut fra",
    empty="Tabellen kan være tom: ingen rader betyr at ingenting er kjent.",
    additivity={
        Additivity.YES: "ja",
        Additivity.WITHIN_EDITION: "bare innenfor ett utgaveår",
        Additivity.NO: "nei",
    },
)
_EN = _Words(
    heading="English",
    rule="The rule",
    formula="The formula",
    columns="Columns",
    column="Column",
    meaning="Meaning",
    unit="Unit",
    sums="May be summed",
    key="Key",
    tables="Computed from",
    empty="The table may be empty: no rows means that nothing is known.",
    additivity={
        Additivity.YES: "yes",
        Additivity.WITHIN_EDITION: "only within one edition year",
        Additivity.NO: "no",
    },
)


def pages() -> dict[str, str]:
    """The text of every page by file name."""
    return {INDEX: _index(), **{f"{mart.name}.md": _page(mart) for mart in MARTS}}


def outdated_pages(folder: Path) -> list[str]:
    """Names of the pages in `folder` that differ from what they should say, are missing, or should not be there."""
    wanted = pages()
    there = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    return sorted(name for name in wanted.keys() | there.keys() if wanted.get(name) != there.get(name))


def write_pages(folder: Path) -> None:
    """Write every page, and remove those of marts that are gone."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = pages()
    for path in folder.glob("*.md"):
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _index() -> str:
    rows = [f"| [{mart.name}]({mart.name}.md) | {mart.title_nb} | {mart.title_en} |" for mart in MARTS]
    return "\n".join(
        [
            "# Metoden, tabell for tabell · The method, table by table",
            "",
            "Sidene er laget av `gevinst docs` fra kontraktene og koden, og skal ikke rettes for hånd.",
            "The pages are made by `gevinst docs` from the contracts and the code, and are not to be edited by hand.",
            "",
            "| Tabell · Table | Norsk | English |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def _page(mart: Contract) -> str:
    function = inspect.unwrap(MART_FUNCTIONS[mart.name])
    code = [
        "## As the code says it",
        "",
        f"`{function.__module__}.{function.__name__}`",
        "",
        inspect.getdoc(function) or "",
    ]
    parts = [[f"# {mart.name}"], _section(mart, "nb", _NB), _section(mart, "en", _EN), code]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _section(mart: Contract, language: str, words: _Words) -> list[str]:
    tables = [f"- {_linked(contract(name), language)}" for name in mart.depends_on]
    formula = [f"- `{line}`" for line in (mart.formula or "").split("; ")]
    return [
        f"## {words.heading}: {mart.title(language)}",
        "",
        mart.grain(language),
        *(["", words.empty] if mart.may_be_empty or mart.empty_without else []),
        "",
        f"### {words.rule}",
        "",
        mart.rule(language),
        "",
        f"### {words.formula}",
        "",
        *formula,
        "",
        f"### {words.columns}",
        "",
        f"{words.key}: {', '.join(f'`{name}`' for name in mart.key)}.",
        "",
        f"| {words.column} | {words.meaning} | {words.unit} | {words.sums} |",
        "|---|---|---|---|",
        *(_column(column, language, words) for column in mart.all_columns),
        "",
        f"### {words.tables}",
        "",
        *tables,
    ]


def _column(column: Column, language: str, words: _Words) -> str:
    sums = words.additivity[column.additivity] if column.additivity else ""
    return f"| `{column.name}` | {column.description(language)} | {column.unit or ''} | {sums} |".replace("  ", " ")


def _linked(table: Contract, language: str) -> str:
    title = table.title(language)
    return f"[{title}]({table.name}.md) (`{table.name}`)" if table in MARTS else f"{title} (`{table.name}`)"
