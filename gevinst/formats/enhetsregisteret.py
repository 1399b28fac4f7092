"""Looking organisations up in Enhetsregisteret, the Norwegian register of entities.

Belongs here: the one interface, the live service behind it, the committed list behind it, and which of them is used.
Does not belong here: what makes a number valid (`gevinst.identifiers`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import polars as pl

from gevinst.formats.errors import ExchangeError
from gevinst.identifiers import digits_of_number, is_right_number

SERVICE = "https://data.brreg.no/enhetsregisteret/api"
_TIMEOUT_SECONDS = 5
"""A person waits for the answer, and the committed list can give one without the service."""
_MAX_RESULTS = 10
"""What fits on a screen; a name with more matches must be given more exactly."""
_MAIN, _SUB = "enheter", "underenheter"
"""The service's two lists. Offices of NAV, schools and hospitals' departments are sub-units, and in the second only."""
DELETED, REMOVED, BANKRUPT, WINDING_UP, COMPULSORY, RESTRUCTURING, CLOSED = (
    *("deleted", "removed", "bankrupt", "winding_up", "compulsory", "restructuring", "closed"),
)
"""What may be the matter with an organisation; each names a text in ``exchange.toml``."""
_MATTERS = (
    (BANKRUPT, "konkurs", "konkursdato"),
    (WINDING_UP, "underAvvikling", "underAvviklingDato"),
    (COMPULSORY, "underTvangsavviklingEllerTvangsopplosning", "tvangsopplostDato"),
    (RESTRUCTURING, "underRekonstruksjonsforhandling", "underRekonstruksjonsforhandlingDato"),
)
"""A matter, the service's field that says whether it is so, and the one that says since when."""


class RegisterUnavailable(Exception):
    """The register did not answer; `is_unreadable` when it did, but not in a form that can be read."""

    def __init__(self, why: str, *, is_unreadable: bool = False) -> None:
        """`why` is for whoever looks into it."""
        super().__init__(why)
        self.is_unreadable = is_unreadable


@dataclass(frozen=True, slots=True)
class Entity:
    """An organisation in the register: what is the `matters` with it, since when, and of a sub-unit whose it is."""

    number: str
    name: str
    matters: tuple[tuple[str, date | None], ...] = ()
    owner_number: str | None = None
    owner_name: str | None = None


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
        for kind in (_MAIN, _SUB):
            if (found := self._one(kind, number)) is not None:
                return [self._with_owner(found)]
        return []

    def by_name(self, name: str) -> list[Entity]:
        """See `Register`."""
        found = self._named(_MAIN, name)
        if len(found) < _MAX_RESULTS:
            try:
                found += self._named(_SUB, name)
            except RegisterUnavailable:
                if not found:
                    raise
        return found[:_MAX_RESULTS]

    def _one(self, kind: str, number: str) -> Entity | None:
        status, found = self._get(f"/{kind}/{number}", {})
        if status == 404:
            return None
        if status == 410:
            # What was removed may have no name left, and need not even have a body.
            body = found if isinstance(found, dict) else {}
            return Entity(number, _text(body.get("navn")), ((REMOVED, _day(body.get("slettedato"))),))
        entity = _entity(found)
        if entity.number != number:
            raise RegisterUnavailable(f"asked for {number}", is_unreadable=True)
        return entity

    def _with_owner(self, entity: Entity) -> Entity:
        if entity.owner_number is None:
            return entity
        try:
            owner = self._one(_MAIN, entity.owner_number)
        except RegisterUnavailable:  # the sub-unit is found, whatever became of the question about its owner
            owner = None
        return Entity(entity.number, entity.name, entity.matters, entity.owner_number, owner.name if owner else None)

    def _named(self, kind: str, name: str) -> list[Entity]:
        status, found = self._get(f"/{kind}", {"navn": name, "size": _MAX_RESULTS})
        if status == 404:
            return []
        if not isinstance(found, dict):
            raise RegisterUnavailable("the answer is no list", is_unreadable=True)
        # Without a match the service leaves the list out.
        inside = found.get("_embedded") or {}
        listed = inside.get(kind, []) if isinstance(inside, dict) else None
        if not isinstance(listed, list):
            raise RegisterUnavailable("the answer is no list", is_unreadable=True)
        return [_entity(one) for one in listed]

    def _get(self, path: str, query: Mapping[str, Any]) -> tuple[int, Any]:
        import requests

        try:
            answer = requests.get(self._address + path, params=query, timeout=_TIMEOUT_SECONDS)
        except requests.RequestException as error:
            raise RegisterUnavailable(type(error).__name__) from error
        # 404 is an unknown number and 410 one that was removed: answers, not failures of the service.
        if answer.status_code not in (200, 404, 410):
            raise RegisterUnavailable(f"status {answer.status_code}")
        try:
            return answer.status_code, answer.json()
        except (ValueError, RecursionError) as error:
            if answer.status_code != 200:
                return answer.status_code, None
            raise RegisterUnavailable(type(error).__name__, is_unreadable=True) from error


def _entity(found: Any) -> Entity:
    """An organisation as the service describes it; raises `RegisterUnavailable` when it is not one."""
    number = str(found.get("organisasjonsnummer", "")) if isinstance(found, dict) else ""
    if not re.fullmatch(r"[0-9]{9}", number) or not _text(found.get("navn")):
        raise RegisterUnavailable("the answer has no organisation with number and name", is_unreadable=True)
    owner = str(found.get("overordnetEnhet") or "")
    return Entity(
        number, _text(found["navn"]), tuple(_matters(found)), owner if re.fullmatch(r"[0-9]{9}", owner) else None
    )


def _matters(found: Mapping[str, Any]) -> list[tuple[str, date | None]]:
    matters: list[tuple[str, date | None]] = []
    kind = _text(found.get("respons_klasse"))
    if kind.startswith("Fjernet"):
        matters.append((REMOVED, _day(found.get("slettedato"))))
    elif found.get("slettedato") or kind.startswith("Slettet"):
        matters.append((DELETED, _day(found.get("slettedato"))))
    elif found.get("nedleggelsesdato"):
        matters.append((CLOSED, _day(found["nedleggelsesdato"])))
    return matters + [(matter, _day(found.get(since))) for matter, field, since in _MATTERS if found.get(field) is True]


def _text(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(_text(value)[:10])
    except ValueError:
        return None


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
    """What was found, and whether the live register was the source; when it was asked in vain, how."""

    query: str
    found: tuple[Entity, ...]
    is_live: bool
    did_not_answer: bool
    is_unreadable: bool = False


def look_up(query: str, live: Register | None, kept: Register) -> Answer:
    """Look a number or a name up in `live`, or in `kept` when there is no `live` or it does not answer.

    A number is read however people write it (`gevinst.identifiers.written_number`). Raises `ExchangeError` for digits
    that can be no organisation number, before any register is queried: they may be a person's number.
    """
    number = digits_of_number(query)
    if not query.strip():
        raise ExchangeError("lookup_nothing")
    if number is not None and len(number) != 9:
        raise ExchangeError("lookup_not_nine", value=query.strip(), digits=str(len(number)))
    if number is not None and not is_right_number(number):
        raise ExchangeError("lookup_bad_number", value=query.strip())
    search: Callable[[Register], list[Entity]] = (
        (lambda register: register.by_number(number)) if number else (lambda register: register.by_name(query.strip()))
    )
    is_unreadable = False
    if live is not None:
        try:
            return Answer(query, tuple(search(live)[:_MAX_RESULTS]), is_live=True, did_not_answer=False)
        except RegisterUnavailable as error:
            is_unreadable = error.is_unreadable
    found = tuple(search(kept)[:_MAX_RESULTS])
    return Answer(query, found, is_live=False, did_not_answer=live is not None, is_unreadable=is_unreadable)
