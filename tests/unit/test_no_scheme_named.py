"""The program knows of no scheme: what one is called stands in its workspace, its data and papers about it."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from gevinst.language.terms import of_scheme
from gevinst.workspace import scheme_of

ROOT = Path(__file__).parents[2]
PLACES = ("gevinst", "assets", "pipelines", "benchmarks", "deploy", "scripts", "tests")
FILES = ("pyproject.toml", "Makefile", "workspace.yaml")
OF_TESTS = "tests"
"""What tests read is invented or copied from papers about some scheme, and they may say whose."""
ALLOWED = {
    "gevinst/announcements/vocabulary/shared.toml": "Norwegian bodies among others, known as owners in any scheme",
    "gevinst/formats/dcat.py": "the publisher of DCAT-AP-NO",
    "gevinst/site/front_end.py": "the name of the package of the design system",
    "gevinst/site/frontend/package.json": "the name of the package of the design system",
    "gevinst/site/frontend/package-lock.json": "the name of the package of the design system",
}
"""Files of the program that may hold a name of those who run the scheme of this workspace, each with the reason."""
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


def named(names: Iterable[str], paths: Iterable[Path], before: str = "") -> list[str]:
    """Places in files where something is named, in whatever letters and after what `before` says."""
    wanted = re.compile(before + f"(?:{'|'.join(re.escape(name) for name in names)})", re.IGNORECASE)
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


def words_of_its_own() -> list[str]:
    """Names of those who run the scheme of this workspace, and of its way of working in every form."""
    wordings = [wording for term in of_scheme(ROOT) for wording in term.wordings.values()]
    forms = [form for wording in wordings for form in (*wording.names, *wording.forms)]
    return [*scheme_of(ROOT).bodies, *forms]


def test_no_file_of_the_program_says_who_runs_the_scheme_or_how_it_works() -> None:
    program = [path for path in of_program() if path.relative_to(ROOT).parts[0] != OF_TESTS]
    places = named(words_of_its_own(), program, before=r"(?<!\w)")
    files = {place.rpartition(":")[0] for place in places}
    assert [place for place in places if place.rpartition(":")[0] not in ALLOWED] == []
    assert sorted(set(ALLOWED) - files) == [], "no longer needed"


def test_words_of_its_own_are_those_who_run_it_and_its_way_of_working() -> None:
    assert {"Digdir", "DOGA", "trippel diamant", "triple diamond", "diagnosefasen"} <= set(words_of_its_own())
    assert named(["difi"], [ROOT / "scheme.toml"], before=r"(?<!\w)") != []


def test_the_phases_of_its_way_of_working_are_in_its_own_code_list() -> None:
    of_program = (ROOT / "gevinst/reference/codelists.csv").read_text(encoding="utf-8")
    own = (ROOT / "data/raw/reference/codelists.csv").read_text(encoding="utf-8")
    phases = re.findall(r"^project_phase,(\w+),", own, re.MULTILINE)
    assert len(phases) == 6
    assert [code for code in phases if code in of_program] == []
