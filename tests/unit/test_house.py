"""The rules of the house that a machine can hold: imports, sizes, docstrings, and locks without addresses."""

import ast
import json
import re
from collections import defaultdict
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
def parsed(source: str) -> ast.Module:
    """The tree of a source, made once for all rules; not to be changed."""
    return ast.parse(source)


def tree_of(path: Path) -> ast.Module:
    return parsed(path.read_text(encoding="utf-8"))


@cache
def imports(path: Path) -> tuple[tuple[int, str], ...]:
    """Line and full name of everything a module imports, wherever in it the import is.

    `from a import b` gives `a.b`, since `b` may be a module; a relative import is written out.
    """
    package = module_name(path).split(".")
    if path.name != "__init__.py":
        package = package[:-1]
    found: list[tuple[int, str]] = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found += ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            base += [node.module] if node.module else []
            found += ((node.lineno, ".".join([*base, alias.name])) for alias in node.names)
    return tuple(found)


def offences(paths: list[Path], forbidden: str) -> list[str]:
    """Imports whose full name begins with the pattern, as `file:line imports name`."""
    return [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in paths
        for line, name in imports(path)
        if re.match(forbidden, name)
    ]


LAYERS = (
    *("pipelines", "assets", "gevinst.cli", "gevinst.commands", "gevinst.follow_up"),
    "gevinst.explain gevinst.docs gevinst.notices gevinst.backup",
    "gevinst.edition",
    "gevinst.site",
    "gevinst.mapping",
    "gevinst.announcements",
    "gevinst.workbook",
    "gevinst.formats",
    "gevinst.illustrative gevinst.new_workspace",
    "gevinst.intake",
    "gevinst.quality",
    "gevinst.method",
    "gevinst.warehouse",
    "gevinst.settings",
    "gevinst.contracts",
    "gevinst.language",
    "gevinst.reference",
    "gevinst.workspace",
    "gevinst.toml_files gevinst.web_addresses gevinst.scratch",
    "gevinst.layout gevinst.findings gevinst.limited gevinst.software gevinst.machine_faults gevinst.whole_files",
    "gevinst.errors gevinst.identifiers gevinst.lock gevinst.persons_and_contacts gevinst.addresses gevinst.checkout",
    "gevinst.bilingual gevinst.characters",
)
"""The house from the roof down: a room imports only rooms below it. Rooms on one line do not import each other."""


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


def test_workbooks_are_written_through_the_one_module_that_checks_what_their_library_leaves_out() -> None:
    others = [path for package in PACKAGES for path in modules(package) if path.name != "checked_xlsx.py"]
    assert offences(others, r"xlsxwriter(\.Workbook|\.workbook|$)") == []


@cache
def names_made(tree: ast.Module) -> set[str]:
    """Names that a module defines itself, at any depth."""
    return {
        node.id if isinstance(node, ast.Name) else node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        or (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))
    }


def detours(importer: str, found: Iterable[tuple[int, str]]) -> list[str]:
    """Imports of a name from a module that only imports it; a package may offer what its modules define."""
    named = ((line, *name.rpartition(".")[::2]) for line, name in found)
    places = ((line, base, name, ROOT / f"{base.replace('.', '/')}.py") for line, base, name in named)
    return [
        f"{importer}:{line} imports {name} from {base}"
        for line, base, name, place in places
        if place.is_file() and name not in names_made(tree_of(place))
    ]


def test_every_name_is_imported_from_the_module_that_defines_it() -> None:
    paths = [path for package in (*PACKAGES, "scripts", "benchmarks", "tests") for path in modules(package)]
    assert [line for path in paths for line in detours(str(path.relative_to(ROOT)), imports(path))] == []


def test_a_planted_detour_is_named() -> None:
    planted = ["gevinst.language.numbers.LANGUAGES", "gevinst.bilingual.LANGUAGES", "gevinst.quality.Owner"]
    assert detours("planted.py", enumerate(planted)) == ["planted.py:0 imports LANGUAGES from gevinst.language.numbers"]


def test_the_domain_knows_no_dagster() -> None:
    assert offences(modules("gevinst"), r"dagster\b") == []


def test_only_the_warehouse_knows_duckdb_and_one_module_of_it_spark() -> None:
    everything = {path for package in PACKAGES for path in modules(package)}
    warehouse, spark = {*modules("gevinst/warehouse")}, ROOT / "gevinst/warehouse/spark.py"
    assert offences(warehouse, r"duckdb\b")
    assert offences(everything - warehouse, r"duckdb\b") == []
    assert offences([spark], r"pyspark\b")
    assert offences(everything - {spark}, r"pyspark\b") == []


READS_PARQUET = {"read_parquet", "scan_parquet", "read_parquet_schema", "read_parquet_metadata", "read_table"}
READS_FILES = {"read_text", "read_bytes", "open", "load", "loads"}
OF_AN_EDITION = {"MANIFEST", "DATA_PACKAGE", "PARQUET_FOLDER", "manifest.json", "datapackage.json", "tables/parquet"}


def readings_of_editions(source: str) -> list[int]:
    """Lines of functions that read Parquet, or that name an edition's own files and read something."""
    found = []
    for function in ast.walk(parsed(source)):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            inside = list(ast.walk(function))
            called = {
                node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
                for node in inside
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name)
            }
            named = {node.id for node in inside if isinstance(node, ast.Name)}
            named |= {text for node in inside if isinstance(node, ast.Constant) for text in [node.value]
                      if isinstance(text, str) and text in OF_AN_EDITION}  # fmt: skip
            if called & READS_PARQUET or (named & OF_AN_EDITION and called & READS_FILES):
                found.append(function.lineno)
    return found


def test_only_the_store_opens_an_editions_tables_manifest_or_data_package() -> None:
    store = ROOT / "gevinst/edition/store.py"
    others = [path for package in PACKAGES for path in modules(package) if path != store]
    assert readings_of_editions(store.read_text(encoding="utf-8"))
    found = {str(path.relative_to(ROOT)): readings_of_editions(path.read_text(encoding="utf-8")) for path in others}
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "body",
    [
        "pl.read_parquet(folder / name)",
        "pl.scan_parquet(folder)",
        "json.loads((folder / MANIFEST).read_text())",
        "(folder / DATA_PACKAGE).read_bytes()",
        "open(folder / 'manifest.json')",
        "json.load((folder / 'datapackage.json').open())",
    ],
)
def test_a_planted_reading_of_an_edition_is_found(body: str) -> None:
    assert readings_of_editions(f"def found(folder):\n    return {body}\n") == [1]
    assert readings_of_editions("def other(folder):\n    return (folder / 'index.html').read_text()\n") == []


WRITERS = ("gevinst/intake/append.py", "gevinst/intake/journal.py")
"""Who may write below the folder of the raw files."""
WRITING = re.compile(
    r"(os|shutil)\.\w+|open|write_rows|\*\.(write_\w+|open|touch|mkdir|unlink|rename|replace|rmdir|symlink_to|chmod)"
)
"""Calls that change files: by functions of a module, or as methods (``*``) of a path."""
LOOKING = re.compile(r"os\.(walk|stat|listdir|scandir|path|fspath)|shutil\.(copytree|disk_usage)")


def writes_of_raw_files(source: str) -> list[int]:
    """Lines that write with a path that is made of `raw_dir`, followed through the names of each function."""
    found: list[int] = []
    for function in (node for node in ast.walk(parsed(source)) if isinstance(node, ast.FunctionDef)):
        paths = {"raw_dir"}
        for node in ast.walk(function):  # breadth first, so that a name is known before what is made of it in a block
            if isinstance(node, ast.Assign) and _is_raw(node.value, paths):
                paths |= {target.id for target in node.targets if isinstance(target, ast.Name)}
            elif isinstance(node, ast.For) and _is_raw(node.iter, paths) and isinstance(node.target, ast.Name):
                paths.add(node.target.id)
        for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
            if _writes(call, paths):
                found.append(call.lineno)
    return sorted(found)


def _is_raw(node: ast.AST, paths: set[str]) -> bool:
    """Whether an expression is a path below the raw files, or several: a name, a part of it, or a way to one."""
    match node:
        case ast.Name(name):
            return name in paths
        case ast.Attribute(_, name):
            return name in paths
        case ast.BinOp(left, ast.Div()):
            return _is_raw(left, paths)
        case ast.Call(ast.Name("raw_file" | "raw_files" | "input_files")):
            return True
        case ast.Call(ast.Attribute(path, "with_suffix" | "with_name" | "joinpath" | "glob" | "rglob" | "iterdir")):
            return _is_raw(path, paths)
    return False


def _writes(call: ast.Call, paths: set[str]) -> bool:
    is_method = isinstance(call.func, ast.Attribute) and _is_raw(call.func.value, paths)
    name = f"*.{call.func.attr}" if is_method and isinstance(call.func, ast.Attribute) else ast.unparse(call.func)
    if not WRITING.fullmatch(name) or LOOKING.match(name):
        return False
    if name.removeprefix("*.") == "open":
        modes = [
            one.value for one in (*call.args, *(more.value for more in call.keywords)) if isinstance(one, ast.Constant)
        ]
        if not any(re.fullmatch(r"[rwaxbt+]*[wax+][rwaxbt+]*", str(mode)) for mode in modes):
            return False
    return is_method or any(_is_raw(argument, paths) for argument in call.args)


def test_one_module_writes_raw_files_and_nobody_else() -> None:
    sources = {str(path.relative_to(ROOT)): path.read_text("utf-8") for name in PACKAGES for path in modules(name)}
    found = {name: lines for name, text in sources.items() if (lines := writes_of_raw_files(text))}
    assert "gevinst/intake/journal.py" in found, "the rule would find nothing"
    assert {name: lines for name, lines in found.items() if name not in WRITERS} == {}
    users = [name for name, text in sources.items() if re.search(r"import.*\breplace_files\b|\breplace_files\(", text)]
    assert set(users) == set(WRITERS)


@pytest.mark.parametrize(
    "body",
    [
        '(raw_dir / "a.csv").write_text("")',
        'with (raw_dir / "a.csv").open("a") as file: pass',
        'path = raw_dir / "a.csv"\n    target = path.with_suffix(".x")\n    os.replace(other, target)',
        'for path in raw_files(raw_dir, c):\n        open(path, mode="wb")',
        "shutil.copyfile(other, settings.raw_dir / name)",
        "settings.raw_dir.joinpath(other).unlink()",
        "write_rows(raw_dir, contract, rows)",
    ],
)
def test_a_planted_write_of_a_raw_file_is_found(body: str) -> None:
    assert writes_of_raw_files(f"def f(raw_dir, settings, other):\n    {body}\n")


def test_asset_modules_keep_their_annotations_as_objects() -> None:
    # Dagster reads the annotation of `context` and config as an object, not as text.
    assert offences(modules("assets"), r"__future__\.annotations") == []


TOOLS_OF_TESTS = {
    "compute_marts",  # all marts in one call; a run computes each in a step of its own, tests and benchmarks do not
}


def names_used(tree: ast.AST) -> Iterator[str]:
    """Names that code reads, where a function that calls itself does not count as its own user."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute):
            yield node.attr


def unused_functions(trees: dict[Path, ast.Module]) -> list[str]:
    """Public functions and classes of `gevinst/method` that no other piece of the house uses."""
    pieces = [(path, node) for path, tree in trees.items() for node in tree.body]
    users: dict[str, set[int]] = defaultdict(set)
    for _, node in pieces:
        for name in names_used(node):
            users[name].add(id(node))
    return [
        node.name
        for path, node in pieces
        if path.is_relative_to(ROOT / "gevinst/method")
        and isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not users[node.name] - {id(node)}
    ]


def test_every_function_of_the_method_has_a_user() -> None:
    trees = {path: tree_of(path) for package in PACKAGES for path in modules(package)}
    assert sorted(set(unused_functions(trees)) - TOOLS_OF_TESTS) == []


def test_a_function_that_only_calls_itself_is_named_as_unused() -> None:
    path = ROOT / "gevinst/method/planted.py"
    assert unused_functions({path: ast.parse("def planted(n):\n    return planted(n - 1)\n")}) == ["planted"]


@pytest.mark.parametrize("package", PACKAGES)
def test_every_module_says_what_belongs_in_it(package: str) -> None:
    trees = {path: tree_of(path) for path in modules(package)}
    assert [str(path.relative_to(ROOT)) for path, tree in trees.items() if not ast.get_docstring(tree)] == []


@pytest.mark.parametrize("package", (*PACKAGES, "tests", "benchmarks", "scripts"))
def test_no_module_outgrows_one_reading(package: str) -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in modules(package)}
    assert {str(path.relative_to(ROOT)): n for path, n in lengths.items() if n > LONGEST_MODULE} == {}


@pytest.mark.parametrize("name", [path.name for path in sorted(ROOT.glob("requirements*.lock"))])
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
