"""The folder that a scheme lies in, and what the scheme is called.

Everything of one scheme lies below its workspace: ``scheme.toml``, raw files, editions, drawings and the record of
runs. The program knows of no scheme; what texts call it stands in that file alone.

Belongs here: finding the workspace and reading what ``scheme.toml`` says of the scheme.
Does not belong here: the other settings (`gevinst.settings`), and making a workspace (`gevinst.new_workspace`).
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from gevinst.bilingual import LANGUAGES, Bilingual
from gevinst.errors import GevinstError
from gevinst.findings import Finding
from gevinst.toml_files import TomlFile, in_words

SCHEME_FILE = "scheme.toml"
VARIABLE = "GEVINST_WORKSPACE"
_SCHEME = "scheme"
_NAME, _LANGUAGE, _FUNDER, _FUNDER_ID, _ALSO_CALLED = "name", "language", "funder", "funder_id", "also_called"
_CURRENCY, _COUNTRY, _OWNER_LEVELS, _RUN_BY = "currency", "country", "owner_levels", "run_by"
_AMOUNTS = "usual_amounts"
TERM = "term"
"""Terms of the scheme's own way of working (`gevinst.language.terms`)."""
READ_HERE = (_SCHEME, _AMOUNTS, TERM)
"""Tables of ``scheme.toml`` that are about the scheme, and are no settings."""
AMOUNTS = ("grant", "round", "follow_on")
"""Kinds of amounts that a scheme may give the usual bounds of: to a project, of a round, of others afterwards."""


class WorkspaceError(GevinstError):
    """There is no workspace where one was looked for, or what its ``scheme.toml`` says cannot be used."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """What a scheme is called in texts, and other names that documents have for it.

    `language` is that of the pages that a reader meets first, `currency` that of every amount (ISO 4217), `country`
    where its projects are (ISO 3166), and
    `usual_amounts` are lowest and highest by kind, so that thousands entered as millions are noticed.
    `owner_levels` are the kinds of organisations that may own projects, all where it is empty. `funder` is who
    awards its grants and `funder_id` that body's identifier as org-id.guide lists them; `None` where ``scheme.toml``
    does not say. `run_by` are all names of those who run it, who speak for it and own no project.
    """

    name: Bilingual
    language: str = LANGUAGES[0]
    also_called: tuple[str, ...] = ()
    funder: str | None = None
    funder_id: str | None = None
    currency: str = "NOK"
    usual_amounts: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    owner_levels: tuple[str, ...] = ()
    country: str | None = None
    run_by: tuple[str, ...] = ()

    @property
    def bodies(self) -> tuple[str, ...]:
        """Names of those who award its grants and run it."""
        return tuple(dict.fromkeys((*((self.funder,) if self.funder else ()), *self.run_by)))


def folder_named(environment: Mapping[str, str] | None = None) -> Path:
    """The folder that ``GEVINST_WORKSPACE`` names, whether it is a workspace or not; without it, the current one."""
    named = (os.environ if environment is None else environment).get(VARIABLE)
    return Path(named).expanduser().resolve() if named else Path.cwd()


def is_workspace(folder: Path) -> bool:
    """Whether a scheme lies in the folder."""
    return (folder / SCHEME_FILE).is_file()


def find_workspace(environment: Mapping[str, str] | None = None) -> Path:
    """The folder that ``GEVINST_WORKSPACE`` names, else the nearest with a ``scheme.toml`` from the current one up.

    Raises `WorkspaceError` when there is none.
    """
    environment = os.environ if environment is None else environment
    folder = folder_named(environment)
    above = () if environment.get(VARIABLE) else folder.parents
    found = next((one for one in (folder, *above) if is_workspace(one)), None)
    if found is None:
        raise _missing(folder)
    return found


def _missing(folder: Path) -> WorkspaceError:
    return WorkspaceError(
        f"{folder} is no workspace: it has no {SCHEME_FILE}. Make one with gevinst init, or name the folder of one "
        "with --workspace.",
        f"{folder} er ikke et arbeidsområde: {SCHEME_FILE} mangler. Lag et med gevinst init, eller oppgi mappa til et "
        "med --workspace.",
    )


def scheme() -> Scheme:
    """The scheme of the workspace that is worked in; raises `WorkspaceError`."""
    return scheme_of(find_workspace())


def scheme_of(workspace: Path) -> Scheme:
    """The scheme of a workspace; raises `WorkspaceError` when its file does not say what it is called."""
    path = workspace / SCHEME_FILE
    return _scheme(path, path.stat().st_mtime_ns)


def scheme_file(workspace: Path) -> TomlFile:
    """What stands in a workspace's ``scheme.toml``; raises `WorkspaceError` when it cannot be read."""
    path = workspace / SCHEME_FILE
    return TomlFile(path, _refused, str(path))


@lru_cache
def _scheme(path: Path, written_at: int) -> Scheme:
    file = scheme_file(path.parent)
    said = file.table(file.content, _SCHEME)
    names = _names_by_language()
    known = (_NAME, *names, _LANGUAGE, _FUNDER, _FUNDER_ID, _ALSO_CALLED, _CURRENCY, _COUNTRY, _OWNER_LEVELS, _RUN_BY)
    file.unknown(said, known, _SCHEME)
    for key in (_ALSO_CALLED, _OWNER_LEVELS, _RUN_BY):
        if not isinstance(said.get(key, []), list) or not all(map(is_name, said.get(key, []))):
            nb, en = "skal være en liste med navn i anførselstegn", "must be a list of names in quotes"
            file.fault(f"{_SCHEME}.{key}", said[key], nb, en)
    if not all(is_name(said.get(name, said.get(_NAME))) for name in names):
        _fault(file, said, _NAME, ("en tekst på én linje", "a text on one line"), ("Designmidlene", "The Design Fund"))
    for key in (_FUNDER, _FUNDER_ID):
        if key in said and not is_name(said[key]):
            _fault(file, said, key, ("en tekst på én linje", "a text on one line"))
    if not _is_written(said.get(_COUNTRY, "NO"), "[A-Z]{2}"):
        two = ("de to store bokstavene i ISO 3166", "the two capital letters of ISO 3166")
        _fault(file, said, _COUNTRY, two, ("NO", "NO"))
    if not _is_written(said.get(_CURRENCY, "NOK"), "[A-Z]{3}"):
        _fault(file, said, _CURRENCY, ("tre store bokstaver", "three capital letters"), ("EUR", "EUR"))
    language, amounts = file.language(said, _SCHEME), _usual_amounts(file)
    file.stop()
    return Scheme(
        Bilingual(*(said.get(name, said.get(_NAME)) for name in names)),
        language,
        tuple(said.get(_ALSO_CALLED, ())),
        said.get(_FUNDER),
        said.get(_FUNDER_ID),
        said.get(_CURRENCY, "NOK"),
        amounts,
        tuple(said.get(_OWNER_LEVELS, ())),
        said.get(_COUNTRY),
        tuple(said.get(_RUN_BY, ())),
    )


def _fault(
    file: TomlFile, said: Mapping[str, object], key: str, what: tuple[str, str], such: tuple[str, str] | None = None
) -> None:
    """Note that a key is not what it should be, in bokmål and English, with how it could be written."""
    nb, en = (f', for eksempel {key} = "{such[0]}"', f', such as {key} = "{such[1]}"') if such else ("", "")
    file.fault(f"{_SCHEME}.{key}", said.get(key), f"skal være {what[0]}{nb}", f"must be {what[1]}{en}")


def _is_written(value: object, form: str) -> bool:
    return isinstance(value, str) and re.fullmatch(form, value) is not None


def _usual_amounts(file: TomlFile) -> dict[str, tuple[float, float]]:
    found: dict[str, tuple[float, float]] = {}
    said = file.table(file.content, _AMOUNTS)
    file.unknown(said, AMOUNTS, _AMOUNTS)
    for kind, bounds in said.items():
        match bounds:
            case [int() | float() as low, int() | float() as high] if 0 <= low <= high:
                found[kind] = (low, high)
            case _:
                nb, en = "skal være et laveste og et høyeste beløp", "must be a lowest and a highest amount"
                such = f"{kind} = [100_000, 20_000_000]"
                file.fault(f"{_AMOUNTS}.{kind}", bounds, f"{nb}, for eksempel {such}", f"{en}, such as {such}")
    return found


def _names_by_language() -> list[str]:
    return [f"{_NAME}_{language}" for language in LANGUAGES]


def is_name(value: object) -> bool:
    """Whether a value can be the name of a scheme or a body: a text on one line that texts can take in."""
    # Braces would be taken for places of values in texts.
    return isinstance(value, str) and bool(value.strip()) and value.isprintable() and not {"{", "}"} & {*value}


def _refused(findings: list[Finding]) -> WorkspaceError:
    return WorkspaceError(*in_words(findings))
