"""Looking organisations up in Enhetsregisteret, the Norwegian register of entities.

Belongs here: the one interface, the live service behind it, the committed list behind it, and which of them is used.
Does not belong here: what makes a number valid (`gevinst.identifiers`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import polars as pl

from gevinst.bilingual import LANGUAGES
from gevinst.formats.errors import ExchangeError
from gevinst.identifiers import is_organisation_number, organisation_number
from gevinst.language.texts import Catalogue

SERVICE = "https://data.brreg.no/enhetsregisteret/api"
_TIMEOUT_SECONDS = 5
"""A person waits for the answer, and the committed list can give one without the service."""
_MAX_RESULTS = 10
"""What fits on a screen; a name with more matches must be given more exactly."""


class RegisterUnavailable(Exception):
    """The register did not answer, or not in a form that can be read."""


@dataclass(frozen=True, slots=True)
class Entity:
    """An organisation in the register."""

    number: str
    name: str


class Register(Protocol):
    """Anything that looks up organisations; both methods raise `RegisterUnavailable`."""

    def by_number(self, number: str) -> list[Entity]:
        """The organisation with these nine digits, or none."""
        ...

    def by_name(self, name: str) -> list[Entity]:
        """Organisations whose name holds `name`, best first, ten at most."""
        ...


class LiveRegister:
    """The register's own open service."""

    def __init__(self, address: str = SERVICE) -> None:
        self._address = address

    def by_number(self, number: str) -> list[Entity]:
        """See `Register`."""
        found = self._get(f"/enheter/{number}", {})
        return [] if found is None else [_entity(found)]

    def by_name(self, name: str) -> list[Entity]:
        """See `Register`."""
        found = self._get("/enheter", {"navn": name, "size": _MAX_RESULTS}) or {}
        return [_entity(one) for one in found.get("_embedded", {}).get("enheter", [])]

    def _get(self, path: str, query: dict[str, Any]) -> dict[str, Any] | None:
        import requests

        try:
            answer = requests.get(self._address + path, params=query, timeout=_TIMEOUT_SECONDS)
            # 404 is an unknown number and 410 one that was deleted: answers, not failures of the service.
            if answer.status_code in (404, 410):
                return None
            answer.raise_for_status()
            return answer.json()
        except (requests.RequestException, ValueError) as error:
            raise RegisterUnavailable(type(error).__name__) from error


def _entity(found: dict[str, Any]) -> Entity:
    try:
        return Entity(found["organisasjonsnummer"], found["navn"])
    except KeyError as error:
        raise RegisterUnavailable(f"the answer has no field {error.args[0]}") from error


class KeptRegister:
    """The committed list of organisation numbers (contract `organisation_numbers`)."""

    def __init__(self, numbers: pl.DataFrame) -> None:
        self._numbers = numbers.sort("registered_name")

    def by_number(self, number: str) -> list[Entity]:
        """See `Register`."""
        return _entities(self._numbers.filter(pl.col("organisation_number") == number))

    def by_name(self, name: str) -> list[Entity]:
        """See `Register`."""
        wanted = name.strip().lower()
        return _entities(
            self._numbers.filter(pl.col("registered_name").str.to_lowercase().str.contains(wanted, literal=True))
        )


def _entities(rows: pl.DataFrame) -> list[Entity]:
    return [Entity(number, name) for number, name in rows.select("organisation_number", "registered_name").iter_rows()]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, and whether the live register was the source."""

    query: str
    found: tuple[Entity, ...]
    is_live: bool
    did_not_answer: bool


def look_up(query: str, live: Register | None, kept: Register) -> Answer:
    """Look a number or a name up in `live`, or in `kept` when there is no `live` or it does not answer.

    Raises `ExchangeError` for digits that can be no organisation number: the check digit is verified before any
    register is queried.
    """
    bare = pl.DataFrame({"query": [query]}).select(
        number=organisation_number("query"),
        digits=pl.col("query").str.replace_all(r"[\s.]", "").str.contains(r"^(NO)?[0-9]+(MVA)?$"),
        is_right=is_organisation_number("query"),
    )
    number, has_digits_only, is_right = bare.row(0)
    if has_digits_only and not is_right:
        texts = [Catalogue(language).t("exchange.lookup_bad_number", value=query) for language in LANGUAGES]
        raise ExchangeError(" / ".join(texts))
    search: Callable[[Register], list[Entity]] = (
        (lambda register: register.by_number(number)) if number else (lambda register: register.by_name(query))
    )
    if live is not None:
        try:
            return Answer(query, tuple(search(live)[:_MAX_RESULTS]), is_live=True, did_not_answer=False)
        except RegisterUnavailable:
            pass
    return Answer(query, tuple(search(kept)[:_MAX_RESULTS]), is_live=False, did_not_answer=live is not None)
