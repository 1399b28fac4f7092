"""Where things lie, the few rules with a number in them, and who answers for the published pages and where they are.

Belongs here: values that differ from one installation to the next, and limits that several modules share.
Does not belong here: anything that opens, makes or checks the files these paths point to.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from functools import partial
from pathlib import Path
from typing import Any

from gevinst.bilingual import LANGUAGES
from gevinst.contracts import FIRST_YEAR
from gevinst.errors import GevinstError
from gevinst.toml_files import TomlFile, in_words
from gevinst.web_addresses import (
    Fault,
    email_fault,
    host_fault,
    sender_fault,
    text_fault,
    web_fault,
    without_credentials,
)
from gevinst.workspace import READ_HERE, SCHEME_FILE, Scheme, find_workspace, scheme_of

CONFIG_FILE = "gevinst.toml"
MIN_N_FOR_SHARES = 5
"""The smallest base of which a share is given, and the fewest projects of a scheme that others are compared with."""
NOT_IN_THE_FILE = ("smtp_password",)
"""Settings that come from the environment: a password stands in no file."""


class SettingsError(GevinstError):
    """The installation's own configuration cannot be used."""


_SECRET = ("webhook_url",)
"""Whoever knows it can use it: it is named and not shown."""


def _refuse(
    table: object, name: str, rules: Mapping[str, Callable[[str], Fault | None]], file: str = CONFIG_FILE
) -> None:
    """Raise `SettingsError` for the first text of a table that has a fault, by the rule of its key or that of all."""
    for field in fields(table):  # type: ignore[arg-type]
        value = getattr(table, field.name)
        if not isinstance(value, str) or field.name in NOT_IN_THE_FILE:
            continue
        if fault := text_fault(value) or rules.get(field.name, text_fault)(value):
            nb, en = fault
            shown = "" if field.name in _SECRET else f" ({without_credentials(value)!r})"
            key = f"{file}: {field.name}"
            raise SettingsError(f"{key} in [{name}]{shown} {en}", f"{key} i [{name}]{shown} {nb}")


def _contact_fault(contact: str) -> Fault | None:
    """A contact is a web address, an e-mail address or words such as a telephone number; pages link the first two."""
    if "://" in contact:
        return web_fault(contact)
    return email_fault(contact) if "@" in contact else None


@dataclass(frozen=True, slots=True)
class SiteOwner:
    """Who answers for the published pages; `None` is shown as not stated, never guessed.

    Read from the table ``[owner]`` in ``scheme.toml``.
    """

    responsible_body: str | None = None
    contact: str | None = None
    accessibility_statement_url: str | None = None

    def __post_init__(self) -> None:
        rules = {"accessibility_statement_url": web_fault, "contact": _contact_fault}
        _refuse(self, "owner", rules, SCHEME_FILE)

    @property
    def lacking(self) -> tuple[str, ...]:
        """What must be stated before an edition is more than preliminary, and is not."""
        return tuple(name for name in ("responsible_body", "contact") if not getattr(self, name))


@dataclass(frozen=True, slots=True)
class SiteAddress:
    """Where readers find the editions; `None` leaves addresses relative.

    `base_url` is the address that the folder of editions is served at, `landing_page_url` the page that introduces
    the data, if that is another. Read from the table ``[site]`` in ``gevinst.toml``.
    """

    base_url: str | None = None
    landing_page_url: str | None = None

    def __post_init__(self) -> None:
        _refuse(self, "site", {"base_url": partial(web_fault, is_base=True), "landing_page_url": web_fault})

    def of_edition(self, edition_id: str) -> str:
        """Address of an edition's folder, with a slash at the end; relative to that folder when none is set."""
        return f"{self.base_url.rstrip('/')}/{edition_id}/" if self.base_url else "./"


SECURITIES = ("starttls", "tls", "none")
"""How e-mail is encrypted on its way to the server; ``none`` is for a server on the machine itself."""


@dataclass(frozen=True, slots=True)
class Notify:
    """Who is told how runs end: e-mail when `smtp_host` is set, a webhook when `webhook_url` is, else nobody.

    `recipients` are addresses with commas between them: of roles, never of persons. Read from the table ``[notify]`` in
    ``gevinst.toml``; the password comes from the variable ``GEVINST_SMTP_PASSWORD`` and stands in no file.
    """

    smtp_host: str | None = None
    smtp_port: int = 587
    smtp_security: str = "starttls"
    smtp_user: str | None = None
    sender: str | None = None
    recipients: str | None = None
    webhook_url: str | None = None
    language: str = "nb"
    smtp_password: str | None = None

    def __post_init__(self) -> None:
        if self.smtp_host and not (self.sender and self.recipients):
            raise SettingsError(f"{CONFIG_FILE}: smtp_host needs sender and recipients beside it")
        addresses = {"sender": sender_fault, "recipients": email_fault}
        _refuse(self, "notify", {"smtp_host": host_fault, "webhook_url": web_fault, **addresses})
        for name, allowed in (("smtp_security", SECURITIES), ("language", LANGUAGES)):
            if getattr(self, name) not in allowed:
                raise SettingsError(f"{CONFIG_FILE}: {name} must be {' or '.join(allowed)}, not {getattr(self, name)}")


@dataclass(frozen=True, slots=True)
class Large:
    """Where a portfolio too large for raw files or for one machine lies; everything unset for all others.

    `core` is a folder with one folder of Parquet files for each core table, read in place of raw files. `spark` is the
    address of the cluster that computes marts of many rows, and `tables` the folder that all its machines read and
    write. Read from the table ``[large]`` in ``gevinst.toml``.
    """

    core: str | None = None
    spark: str | None = None
    tables: str | None = None

    def __post_init__(self) -> None:
        _refuse(self, "large", {})
        if bool(self.spark) != bool(self.tables):
            raise SettingsError(f"{CONFIG_FILE}: spark and tables in [large] need each other")


@dataclass(frozen=True, slots=True)
class Settings:
    """Paths, rules and owner of one workspace; made by `load_settings`."""

    root: Path
    scheme: Scheme
    raw_dir: Path
    marts_dir: Path
    cache_dir: Path
    owner: SiteOwner = SiteOwner()
    site: SiteAddress = SiteAddress()
    notify: Notify = Notify()
    large: Large = Large()
    build_dir: Path | None = None
    """Where a run builds, when that is not the marts folder: a dry run reads what is published and writes elsewhere."""
    first_edition_year: int = FIRST_YEAR
    stale_after_months: int = 24
    """A status older than this is shown as old."""
    min_n_for_shares: int = MIN_N_FOR_SHARES
    """Shares of fewer than this many are shown as counts, never as per cent."""

    @property
    def ageing_after_months(self) -> int:
        """What is known counts as fresh until half of the time is over after which it counts as old."""
        return self.stale_after_months // 2

    @property
    def working_database(self) -> Path:
        """The database a run writes; private to the run, readers open an edition's own file."""
        return self.working_dir / "gevinst.duckdb"

    @property
    def working_dir(self) -> Path:
        """What belongs to the run that is going on."""
        return (self.build_dir or self.marts_dir) / "working"

    @property
    def tables_dir(self) -> Path:
        """Where the machines of a cluster find and leave the tables of the run that is going on."""
        return self.root / (self.large.tables or "") / (self.build_dir.name if self.build_dir else "working")

    @property
    def candidates_dir(self) -> Path:
        """Editions that are built and not published."""
        return (self.build_dir or self.marts_dir) / "candidates"

    @property
    def dry_runs_dir(self) -> Path:
        """What dry runs leave behind: one folder each with the pages that show what would change."""
        return self.marts_dir / "dry_runs"

    @property
    def editions_dir(self) -> Path:
        """Published editions, one folder each."""
        return self.marts_dir / "editions"

    @property
    def current(self) -> Path:
        """The link to the edition in force."""
        return self.marts_dir / "current"


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of the workspace that is worked in (`gevinst.workspace.find_workspace`).

    ``GEVINST_RAW_DIR``, ``GEVINST_MARTS_DIR`` and ``GEVINST_CACHE_DIR`` move input, output and what is drawn once and
    kept. Raises `WorkspaceError` when there is no workspace, and `SettingsError` when ``scheme.toml`` or
    ``gevinst.toml`` holds something unknown.
    """
    environment = os.environ if environment is None else environment
    root = find_workspace(environment)
    scheme = scheme_of(root)
    owner = SiteOwner(**_tables(root / SCHEME_FILE, _OF_SCHEME)["owner"])
    said = _tables(root / CONFIG_FILE, _OF_INSTALLATION) if (root / CONFIG_FILE).exists() else {}
    site, notify, large = (kind(**said.get(name, {})) for name, kind in _OF_INSTALLATION.items())
    if large.core and large.tables and (root / large.core).resolve().is_relative_to((root / large.tables).resolve()):
        raise SettingsError(
            f"{CONFIG_FILE}: core in [large] must not lie below tables, where each run begins by removing the last one",
            f"{CONFIG_FILE}: core i [large] kan ikke ligge under tables, der hver kjøring først fjerner den forrige",
        )
    notify = replace(notify, smtp_password=environment.get("GEVINST_SMTP_PASSWORD") or None)
    return Settings(
        root=root,
        scheme=scheme,
        raw_dir=_path(environment, "GEVINST_RAW_DIR", root / "data" / "raw"),
        marts_dir=_path(environment, "GEVINST_MARTS_DIR", root / "data" / "marts"),
        cache_dir=_path(environment, "GEVINST_CACHE_DIR", root / ".cache"),
        owner=owner,
        site=site,
        notify=notify,
        large=large,
    )


def home_of(settings: Settings) -> Path:
    """Where the record of runs is kept: ``DAGSTER_HOME``, or ``.dagster_home`` in the installation."""
    return _path(os.environ, "DAGSTER_HOME", settings.root / ".dagster_home")


def _path(environment: Mapping[str, str], variable: str, default: Path) -> Path:
    value = environment.get(variable)
    # An empty variable counts as not set, as in most shells' scripts.
    return Path(value).expanduser().resolve() if value else default


_OF_SCHEME: Mapping[str, type[Any]] = {"owner": SiteOwner}
"""Tables of ``scheme.toml`` beside the one that says what the scheme is called."""
_OF_INSTALLATION: Mapping[str, type[Any]] = {"site": SiteAddress, "notify": Notify, "large": Large}
"""Tables of ``gevinst.toml``."""
_NUMBERS = ("smtp_port",)


def _tables(path: Path, kinds: Mapping[str, type[Any]]) -> dict[str, dict[str, Any]]:
    """The tables of a file of settings; raises `SettingsError` with every one that is unknown, key of one, or value."""
    file = TomlFile(path, lambda findings: SettingsError(*in_words(findings)), str(path))
    # Tables of `scheme.toml` that `gevinst.workspace` reads, which says what is wrong in them.
    elsewhere = READ_HERE if path.name == SCHEME_FILE else ()
    file.unknown(file.content, (*elsewhere, *kinds))
    found = {name: file.table(file.content, name) for name in kinds}
    for table, values in found.items():
        known = _names(kinds[table])
        file.unknown(values, known, table)
        for name, value in ((name, values[name]) for name in known if name in values):
            if name in _NUMBERS and not (type(value) is int and 0 < value < 65536):
                file.fault(
                    f"{table}.{name}", value, "skal være et tall fra 1 til 65535", "must be a number from 1 to 65535"
                )
            # Without the value, which may be one that nobody else should see.
            if name not in _NUMBERS and not (isinstance(value, str) and value.strip()):
                nb, en = "skal være en tekst som ikke er tom", "must be a text that is not empty"
                file.fault(f"{table}.{name}", None, nb, en)
    file.stop()
    return {name: dict(values) for name, values in found.items()}


def _names(kind: type[Any]) -> list[str]:
    return [field.name for field in fields(kind) if field.name not in NOT_IN_THE_FILE]
