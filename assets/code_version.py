"""The `code_version` of an asset: a hash of the sources that its result depends on.

Belongs here: following imports from a module and hashing what they lead to. A declared number has to be raised by hand,
and a forgotten one says that results are current when they are not; a hash says "changed" too often at worst (after a
new comment, say).
Does not belong here: versions of libraries. Those are in the manifest of each edition.
"""

import ast
import hashlib
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import gevinst

_ROOT = Path(gevinst.__file__).parents[1]
_DATA = {".toml", ".html", ".css", ".js", ".svg", ".typ"}
"""What modules read beside them: texts, vocabulary, templates. Third-party packages (node_modules) have locks."""


@cache
def code_version(module: str) -> str:
    """Twelve hexadecimal digits over a module of `gevinst`, all that it imports of `gevinst`, and their data files."""
    digest = hashlib.sha256()
    for path in sorted(_files(_reached(module))):
        digest.update(path.relative_to(_ROOT).as_posix().encode())
        digest.update(_hash(path))
    return digest.hexdigest()[:12]  # short enough to read; only equality matters


def _reached(module: str) -> set[Path]:
    """Sources of the module and of everything it leads to, imports inside functions included."""
    found: set[Path] = set()
    waiting = [module]
    while waiting:
        path = _source(waiting.pop())
        if path is not None and path not in found:
            found.add(path)
            waiting.extend(_imports(path))
    return found


@cache
def _source(name: str) -> Path | None:
    """The file of a module, or of the package that a name such as `gevinst.contracts.MARTS` is taken from."""
    for candidate in (name, name.rpartition(".")[0]):
        place = _ROOT.joinpath(*candidate.split("."))
        for path in (place / "__init__.py", place.with_suffix(".py")):
            if candidate.startswith("gevinst") and path.is_file():
                return path
    return None


@cache
def _imports(path: Path) -> tuple[str, ...]:
    """Full names of what a source imports of `gevinst`; the house writes no relative imports."""
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return tuple(name for name in names if name.split(".")[0] == "gevinst")


def _files(sources: set[Path]) -> Iterator[Path]:
    """The sources, and the data files in the folders of their packages."""
    yield from sources
    packages = {source.parent for source in sources} - {_ROOT / "gevinst"}
    yield from {path for package in packages for path in _data_below(package)}


@cache
def _data_below(package: Path) -> tuple[Path, ...]:
    """Data files in the package's folder and those below it."""
    found: list[Path] = []
    for place, folders, names in os.walk(package):
        folders[:] = [folder for folder in folders if folder != "node_modules"]
        found += (path for name in names if (path := Path(place, name)).suffix in _DATA)
    return tuple(found)


@cache
def _hash(path: Path) -> bytes:
    return hashlib.sha256(path.read_bytes()).digest()
