"""The rules of the house that a machine can hold: imports, sizes, docstrings, and locks without addresses."""

import ast
import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("gevinst", "assets", "pipelines")
LONGEST_MODULE = 400


def modules(package: str) -> list[Path]:
    found = sorted(path for path in (ROOT / package).rglob("*.py") if "node_modules" not in path.parts)
    assert found, f"{package}/ holds no module: the rule would hold for nothing"
    return found


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of everything a module imports, wherever in it the import stands.

    `from a import b` gives `a.b`, since `b` may be a module; a relative import is written out.
    """
    package = module_name(path).split(".")
    if path.name != "__init__.py":
        package = package[:-1]
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            base += [node.module] if node.module else []
            yield from ((node.lineno, ".".join([*base, alias.name])) for alias in node.names)


def offences(paths: list[Path], forbidden: str) -> list[str]:
    """Imports whose full name begins with the pattern, as `file:line imports name`."""
    return [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in paths
        for line, name in imports(path)
        if re.match(forbidden, name)
    ]


LAYERS = (
    "pipelines",
    "assets",
    "gevinst.cli",
    "gevinst.commands",
    "gevinst.explain gevinst.docs",
    "gevinst.edition",
    "gevinst.site",
    "gevinst.workbook",
    "gevinst.announcements",
    "gevinst.formats",
    "gevinst.illustrative",
    "gevinst.intake",
    "gevinst.quality",
    "gevinst.method",
    "gevinst.warehouse",
    "gevinst.settings",
    "gevinst.contracts",
    "gevinst.language",
    "gevinst.layout gevinst.findings",
    "gevinst.errors gevinst.identifiers gevinst.lock",
)
"""The house from the roof down: a room imports only rooms below it. Rooms on one line know nothing of each other."""


def rooms() -> dict[str, int]:
    """Every room with its floor, the ground being the highest number."""
    return {room: floor for floor, names in enumerate(LAYERS) for room in names.split()}


def arrows_up(found: Iterable[tuple[str, str]]) -> list[str]:
    """Imports, as pairs of full names, that lead from a room to one above it or beside it."""
    floors = rooms()

    def room(name: str) -> str | None:
        return next((known for known in floors if name == known or name.startswith(f"{known}.")), None)

    pairs = {(importer, room(importer), imported, room(imported)) for importer, imported in found}
    return sorted(
        f"{importer} imports {imported}"
        for importer, above, imported, below in pairs
        if above and below and above != below and floors[below] <= floors[above]
    )


def all_imports() -> Iterator[tuple[str, str]]:
    for package in PACKAGES:
        for path in modules(package):
            yield from ((module_name(path), name) for _, name in imports(path))


def test_every_module_belongs_to_a_floor() -> None:
    names = [module_name(path) for package in PACKAGES for path in modules(package)]
    known = rooms()
    strays = [name for name in names if name != "gevinst" and not any(f"{name}.".startswith(f"{r}.") for r in known)]
    assert strays == []


def test_no_room_imports_one_above_it() -> None:
    assert arrows_up(all_imports()) == []


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("gevinst.method.status", "gevinst.site.context.View"),
        ("gevinst.language.texts", "gevinst.contracts.CORE"),
        ("gevinst.site.build", "pipelines.jobs"),
        ("gevinst.findings", "gevinst.layout.EditionInfo"),
    ],
)
def test_a_planted_arrow_that_runs_up_or_sideways_is_named(importer: str, imported: str) -> None:
    assert arrows_up([*all_imports(), (importer, imported)]) == [f"{importer} imports {imported}"]


def test_the_domain_knows_no_dagster() -> None:
    assert offences(modules("gevinst"), r"dagster\b") == []


def test_only_the_warehouse_knows_duckdb() -> None:
    everything = [path for package in PACKAGES for path in modules(package)]
    warehouse = ROOT / "gevinst/warehouse.py"
    assert warehouse in everything
    assert offences([path for path in everything if path != warehouse], r"duckdb\b") == []


def test_asset_modules_keep_their_annotations_as_objects() -> None:
    # Dagster reads the annotation of `context` and config as an object, not as text.
    assert offences(modules("assets"), r"__future__\.annotations") == []


@pytest.mark.parametrize("package", PACKAGES)
def test_every_module_says_what_belongs_in_it(package: str) -> None:
    trees = {path: tree_of(path) for path in modules(package)}
    assert [str(path.relative_to(ROOT)) for path, tree in trees.items() if not ast.get_docstring(tree)] == []


@pytest.mark.parametrize("package", PACKAGES)
def test_no_module_outgrows_one_reading(package: str) -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules(package)}
    assert {str(path.relative_to(ROOT)): n for path, n in lengths.items() if n > LONGEST_MODULE} == {}


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", "requirements-uv.lock"])
def test_a_python_lock_pins_every_package_by_hash_and_names_no_place(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    pins = [n for n, line in enumerate(lines) if re.match(r"[a-z0-9]", line)]
    assert pins
    assert [lines[n] for n in pins if "==" not in lines[n] or "--hash=sha256:" not in lines[n + 1]] == []
    # An address, an option of the index, or a path that begins at the root or at home.
    place = re.compile(r"://|file:|--(?:extra-)?index|--find-links|--trusted-host|(?:^|[\s=@\"'])[/~]\w")
    assert [line for line in lines if place.search(line)] == []


@pytest.mark.parametrize("folder", ["gevinst/site/frontend", "benchmarks/lighthouse"])
def test_a_lock_of_npm_pins_every_package_by_hash_and_names_no_place(folder: str) -> None:
    lock = json.loads((ROOT / folder / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert [name for name, entry in packages.items() if "sha512-" not in entry.get("integrity", "")] == []
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [name for name, entry in packages.items() if re.search(r"://|file:", entry["version"])] == []
