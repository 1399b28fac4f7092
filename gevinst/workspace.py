"""The folder that a scheme lies in, and what the scheme is called.

Everything of one scheme lies below its workspace: ``scheme.toml``, raw files, editions, drawings and the record of
runs. The program knows of no scheme; what texts call it stands in that file alone.

Belongs here: finding the workspace and reading what ``scheme.toml`` says of the scheme.
Does not belong here: the other settings (`gevinst.settings`), and making a workspace (`gevinst.new_workspace`).
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from gevinst.bilingual import LANGUAGES, Bilingual
from gevinst.errors import GevinstError

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


@lru_cache
def _scheme(path: Path, written_at: int) -> Scheme:
    content = read_toml(path)
    said = content.get(_SCHEME)
    if not isinstance(said, dict):
        raise _refused("the table [scheme] with the name is missing", "tabellen [scheme] med navnet mangler")
    known = (
        _NAME,
        *_names_by_language(),
        _LANGUAGE,
        _FUNDER,
        _FUNDER_ID,
        _ALSO_CALLED,
        _CURRENCY,
        _COUNTRY,
        _OWNER_LEVELS,
        _RUN_BY,
    )
    if unknown := next((key for key in said if key not in known), None):
        raise _refused(
            f"{unknown} in [scheme] is unknown; use {', '.join(known)}",
            f"{unknown} i [scheme] er ukjent; bruk {', '.join(known)}",
        )
    for key in (_ALSO_CALLED, _OWNER_LEVELS, _RUN_BY):
        if not isinstance(said.get(key, []), list) or not all(map(is_name, said.get(key, []))):
            raise _refused(
                f"{key} in [scheme] must be a list of names in quotes",
                f"{key} i [scheme] må være en liste med navn i anførselstegn",
            )
    names = [said.get(name, said.get(_NAME)) for name in _names_by_language()]
    if not all(map(is_name, names)):
        raise _refused(
            'name in [scheme] must be a text on one line, such as name = "The Design Fund"',
            'name i [scheme] må være en tekst på én linje, for eksempel name = "Designmidlene"',
        )
    language = said.get(_LANGUAGE, LANGUAGES[0])
    if language not in LANGUAGES:
        raise _refused(
            f"language in [scheme] must be {' or '.join(LANGUAGES)}",
            f"language i [scheme] må være {' eller '.join(LANGUAGES)}",
        )
    for key in (_FUNDER, _FUNDER_ID):
        if key in said and not is_name(said[key]):
            raise _refused(
                f"{key} in [scheme] must be a text on one line", f"{key} i [scheme] må være en tekst på én linje"
            )
    country = said.get(_COUNTRY)
    if country is not None and not (isinstance(country, str) and re.fullmatch("[A-Z]{2}", country)):
        raise _refused(
            'country in [scheme] must be the two capital letters of ISO 3166, such as country = "NO"',
            'country i [scheme] må være de to store bokstavene i ISO 3166, for eksempel country = "NO"',
        )
    currency = said.get(_CURRENCY, "NOK")
    if not isinstance(currency, str) or not re.fullmatch("[A-Z]{3}", currency):
        raise _refused(
            'currency in [scheme] must be three capital letters, such as currency = "EUR"',
            'currency i [scheme] må være tre store bokstaver, for eksempel currency = "EUR"',
        )
    return Scheme(
        Bilingual(*map(str, names)),
        language,
        tuple(said.get(_ALSO_CALLED, ())),
        said.get(_FUNDER),
        said.get(_FUNDER_ID),
        currency,
        _usual_amounts(content.get(_AMOUNTS, {})),
        tuple(said.get(_OWNER_LEVELS, ())),
        country,
        tuple(said.get(_RUN_BY, ())),
    )


def _usual_amounts(said: object) -> dict[str, tuple[float, float]]:
    found: dict[str, tuple[float, float]] = {}
    for kind, bounds in said.items() if isinstance(said, dict) else [("", said)]:
        match bounds:
            case [int() | float() as low, int() | float() as high] if kind in AMOUNTS and 0 <= low <= high:
                found[kind] = (low, high)
            case _:
                raise _refused(
                    f"{kind or bounds} in [{_AMOUNTS}] is no lowest and highest amount; write {', '.join(AMOUNTS)}, "
                    "such as grant = [100_000, 20_000_000]",
                    f"{kind or bounds} i [{_AMOUNTS}] er ikke et laveste og et høyeste beløp; skriv "
                    f"{', '.join(AMOUNTS)}, for eksempel grant = [100_000, 20_000_000]",
                )
    return found


def _names_by_language() -> list[str]:
    return [f"{_NAME}_{language}" for language in LANGUAGES]


def is_name(value: object) -> bool:
    """Whether a value can be the name of a scheme or a body: a text on one line that texts can take in."""
    # Braces would be taken for places of values in texts.
    return isinstance(value, str) and bool(value.strip()) and value.isprintable() and not {"{", "}"} & {*value}


def _refused(en: str, nb: str) -> WorkspaceError:
    return WorkspaceError(f"{SCHEME_FILE}: {en}.", f"{SCHEME_FILE}: {nb}.")


def read_toml(path: Path) -> dict[str, Any]:
    """What stands in a file of settings; raises `WorkspaceError` when it cannot be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WorkspaceError(f"{path} is not valid TOML: {error}", f"{path} er ikke gyldig TOML: {error}") from error
