"""The program knows of no scheme: what one is called stands in its workspace, its data and papers about it."""

import re
from collections.abc import Iterator
from pathlib import Path

from gevinst.workspace import scheme_of

ROOT = Path(__file__).parents[2]
PLACES = ("gevinst", "assets", "pipelines", "benchmarks", "deploy", "scripts", "tests")
FILES = ("pyproject.toml", "Makefile", "workspace.yaml")
NO_TEXT = {".pyc", ".png", ".woff2", ".xlsx", ".pdf", ".parquet", ".gz", ".zip", ".ods", ".xls"}


def of_program() -> Iterator[Path]:
    """Files of the program and of its tests; what tests read is data."""
    yield from (ROOT / name for name in FILES)
    for place in PLACES:
        for path in (ROOT / place).rglob("*"):
            inside = path.relative_to(ROOT).parts
            is_text = path.is_file() and path.suffix not in NO_TEXT and "node_modules" not in inside
            if is_text and (inside[:2] != ("tests", "data") or path.suffix == ".py"):
                yield path


def named(names: tuple[str, ...], paths: Iterator[Path]) -> list[str]:
    """Places in files where a scheme is named, in whatever letters."""
    wanted = re.compile("|".join(re.escape(name) for name in names), re.IGNORECASE)
    return [
        f"{path.relative_to(ROOT).as_posix()}:{number}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if wanted.search(line)
    ]


def test_no_file_of_the_program_names_the_scheme_of_this_workspace() -> None:
    own = scheme_of(ROOT)
    assert named((*own.name, *own.also_called), of_program()) == []


def test_a_name_is_found_wherever_it_stands() -> None:
    names = scheme_of(ROOT).name
    assert named(names, iter([ROOT / "scheme.toml"])) == ["scheme.toml:3"]
    assert len(list(of_program())) > 1_000
