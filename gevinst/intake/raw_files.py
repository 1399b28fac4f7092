"""Which files there are below the folder of the raw files, and which of them are read.

Belongs here: the place of each table's file, what else may lie there, and what the folder says of itself.
Does not belong here: reading the tables (`read_csv.py`, `core.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from gevinst.contracts import CORE, CORRECTIONS, FIRST_YEAR, YEARS, Contract
from gevinst.findings import Finding
from gevinst.intake.corrections import REGISTER
from gevinst.reference import shipped
from gevinst.toml_files import TomlFile

DATASET = "dataset.toml"
BY_YEAR = "evaluations"
"""The folder whose tables lie in one sub-folder per year."""
REFERENCE = "reference"
"""The folder of tables of which most come with the program."""
_IS_ILLUSTRATIVE = "is_illustrative"
_TITLES = ("title_nb", "title_en")
_ABOUT = (_IS_ILLUSTRATIVE, *_TITLES)
_YEAR = re.compile(r"[0-9]{4}")
# Hidden files (among them the writer's own and those of systems and of Git), what spreadsheet programs and Windows lay
# beside a file that is open or shown, and papers for people.
_NO_DATA = re.compile(r"\..*|~\$.*|Thumbs\.db|desktop\.ini|(README|LICENSE|LES[_-]?MEG)(\.(md|txt))?", re.IGNORECASE)


def raw_files(raw_dir: Path, contract: Contract) -> list[Path]:
    """The files of one table: one, or one per year folder for evaluation tables.

    Every year folder must hold every evaluation table, if only its heading, so that a lost file is noticed. Before the
    file of a table of which rows come with the program is the program's own; a reference table needs no other.
    """
    if contract.folder != BY_YEAR:
        own, of_program = raw_file(raw_dir, contract), shipped(contract.name)
        if of_program is None:
            return [own]
        return [of_program, own] if own.exists() or contract.folder != REFERENCE else [of_program]
    # Without any year folder, name a file that cannot exist: the reader then reports what is missing, and where.
    years = sorted(path.name for path in (raw_dir / BY_YEAR).glob("*") if _is_year(path)) or ["year"]
    return [raw_file(raw_dir, contract, year) for year in years]


def _is_year(path: Path) -> bool:
    return path.is_dir() and _YEAR.fullmatch(path.name) is not None and FIRST_YEAR <= int(path.name) <= YEARS[-1]


def raw_file(raw_dir: Path, contract: Contract, year: int | str | None = None) -> Path:
    """The file of a table; that of one `year` for an evaluation table."""
    if contract is CORRECTIONS:
        return raw_dir / REGISTER
    folder = raw_dir / (contract.folder or "")
    return (folder if year is None else folder / str(year)) / f"{contract.name}.csv"


def input_files(raw_dir: Path) -> list[Path]:
    """Every file that is read from `raw_dir`, whether it exists or not."""
    found = (path for contract in (*CORE, CORRECTIONS) for path in raw_files(raw_dir, contract))
    return [raw_dir / DATASET, *(path for path in found if path.is_relative_to(raw_dir))]


def name_of(raw_dir: Path, path: Path) -> str:
    """What a file is called in findings: its place below `raw_dir`, or in the program."""
    return path.relative_to(raw_dir).as_posix() if path.is_relative_to(raw_dir) else f"gevinst/reference/{path.name}"


def is_data(name: str) -> bool:
    """Whether a file or folder, by its name, may hold data, and so must be one that is read."""
    return _NO_DATA.fullmatch(name) is None


def unknown_files(raw_dir: Path) -> list[Finding]:
    """A finding for each file or folder that may hold data and that nothing reads: somebody believes it is counted."""
    known = {path.relative_to(raw_dir) for path in input_files(raw_dir)}
    folders = {parent for path in known for parent in path.parents}
    return [_unknown(path.relative_to(raw_dir), is_folder=path.is_dir()) for path in _beside(raw_dir, known, folders)]


def _beside(raw_dir: Path, known: set[Path], folders: set[Path]) -> Iterator[Path]:
    waiting = [raw_dir]
    while waiting:
        for path in sorted(waiting.pop().iterdir()):
            name = path.relative_to(raw_dir)
            if name in folders and path.is_dir():
                waiting.append(path)
            elif name not in known and is_data(path.name):
                yield path


def _unknown(name: Path, *, is_folder: bool) -> Finding:
    if is_folder and name.parent.name == BY_YEAR:
        years = f"{FIRST_YEAR}–{YEARS[-1]}"
        nb = f"mappa er ikke et år ({years}), og det som ligger i den, leses ikke; gi den riktig navn, eller flytt den."
        en = f"the folder is no year ({years}), and what lies in it is not read; give it the right name, or move it."
    else:
        nb = "ingen tabell ligger her, og det som står her, leses ikke; gi det navnet til en tabell, eller flytt det."
        en = "no table lies here, and what is in it is not read; give it the name of a table, or move it."
    return Finding(name.as_posix(), nb, en)


def is_illustrative(raw_dir: Path) -> bool:
    """Whether the rows are invented, as `DATASET` says; raises `IntakeError` when it does not say so exactly."""
    file = TomlFile(raw_dir / DATASET)
    said = file.content.get(_IS_ILLUSTRATIVE)
    file.unknown(file.content, _ABOUT)
    for key in _TITLES:
        file.text(key, file.content.get(key), in_quotes=True)
    # Exactly: the text "false" is true to Python, and a key that is misspelt says nothing.
    if type(said) is not bool:
        nb = "skriv is_illustrative = true eller false, uten anførselstegn"
        en = "write is_illustrative = true or false, without quotes"
        file.fault(_IS_ILLUSTRATIVE, said, nb, en)
    file.stop()
    return said is True
