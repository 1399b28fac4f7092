"""Sending letters to owners by the installation's own mail server.

Belongs here: where letters go, and sending them one by one.
Does not belong here: what they say (`letters.py`), and what is told of runs (`gevinst.notices`).
"""

from __future__ import annotations

import csv
import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import suppress
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path

from gevinst.follow_up.ask import Asking
from gevinst.follow_up.due import FollowUpError
from gevinst.follow_up.letters import message
from gevinst.notices.send import connect
from gevinst.persons_and_contacts import is_given_name
from gevinst.settings import Notify, Settings
from gevinst.web_addresses import email_fault

_HEADINGS = ["organisation_id", "address"]


def letters_to_send(asking: Sequence[Asking], addresses: Path | None, settings: Settings) -> list[tuple[Asking, str]]:
    """Each letter with the address it goes to.

    Raises `FollowUpError` where no mail server is set, where a letter has no address, and for an address that is none
    or looks like that of a person: organisations are asked.
    """
    if not settings.notify.smtp_host:
        raise FollowUpError(
            "no mail server is set; set smtp_host and sender in [notify] of gevinst.toml, or send the letters yourself "
            "and enter that with --record",
            "ingen e-posttjener er oppgitt; sett smtp_host og sender i [notify] i gevinst.toml, eller send brevene "
            "selv og før det inn med --record",
        )
    if any(one.form["is_illustrative"] for one in asking):
        raise FollowUpError(
            "the projects are invented, and letters about them are not sent",
            "prosjektene er oppdiktet, og brev om dem sendes ikke",
        )
    known = _addresses(addresses)
    missing = [one.owner_id for one in asking if one.owner_id not in known]
    if missing:
        listed = ", ".join(missing)
        raise FollowUpError(
            f"there is no address for {listed}; add a line for each to the file named with --addresses",
            f"det mangler adresse til {listed}; legg til en linje for hver i fila som er oppgitt med --addresses",
        )
    return [(one, known[one.owner_id]) for one in asking]


def _addresses(path: Path | None) -> dict[str, str]:
    if path is None:
        raise FollowUpError(
            "name a CSV file of organisation_id and address with --addresses",
            "oppgi en CSV-fil med organisation_id og address med --addresses",
        )
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise FollowUpError(
            f"{path} cannot be read as CSV: {error}", f"{path} kan ikke leses som CSV: {error}"
        ) from error
    if not rows or any(list(row)[:2] != _HEADINGS for row in rows):
        raise FollowUpError(
            f"{path} needs the headings {', '.join(_HEADINGS)} and a line for each owner",
            f"{path} må ha overskriftene {', '.join(_HEADINGS)} og en linje for hver eier",
        )
    return {
        row["organisation_id"]: _checked(path, line, row["address"] or "") for line, row in enumerate(rows, start=2)
    }


def _checked(path: Path, line: int, address: str) -> str:
    fault = email_fault(address)
    if fault or "," in address:
        raise FollowUpError(
            f"{path}, line {line}: «{address}» is no e-mail address",
            f"{path}, linje {line}: «{address}» er ingen e-postadresse",
        )
    first = address.partition("@")[0].replace("_", ".").partition(".")[0]
    if is_given_name(first.capitalize()):
        raise FollowUpError(
            f"{path}, line {line}: the address seems to be a person's; use that of the organisation",
            f"{path}, linje {line}: adressen ser ut til å være en persons; bruk den til virksomheten",
        )
    return address


class _ServerFault(FollowUpError):
    """What keeps every later letter too, since it is not about the one at hand."""


def send_letters(
    letters: Sequence[tuple[Asking, str]], settings: Settings
) -> Iterator[tuple[Asking, FollowUpError | None]]:
    """Send the letters one by one, and say of each what went wrong, or nothing where the server has taken it.

    A letter that is refused does not keep the others. Where the server itself cannot be used, the one that showed it is
    the last that is tried.
    """
    for one, address in letters:
        try:
            _send(one, address, settings.notify)
        except _ServerFault as fault:
            yield one, fault
            return
        except FollowUpError as fault:
            yield one, fault
        else:
            yield one, None


def _send(one: Asking, address: str, notify: Notify) -> None:
    mail = message(one.subject, one.text, one.attached, address)
    del mail["X-Unsent"]
    mail["From"] = notify.sender
    mail["Date"] = formatdate(localtime=True)
    mail["Message-ID"] = make_msgid(domain="gevinst.invalid")  # the machine's own name is nobody's business
    server = _opened(notify)
    try:
        _hand_over(server, mail, address)
    finally:
        # Once it has taken the letter, a server that does not part in good form has taken it all the same.
        with suppress(OSError, smtplib.SMTPException):
            server.quit()
        server.close()


def _opened(notify: Notify) -> smtplib.SMTP:
    """The mail server, ready for a letter; raises `_ServerFault`."""
    place = f"{notify.smtp_host}:{notify.smtp_port}"
    try:
        server = connect(notify, ssl.create_default_context())
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise _ServerFault(
            f"the mail server {place} does not answer as it should ({_reason(error)}); see smtp_host, smtp_port and "
            "smtp_security in [notify] of gevinst.toml",
            f"e-posttjeneren {place} svarer ikke som den skal ({_reason(error)}); se smtp_host, smtp_port og "
            "smtp_security i [notify] i gevinst.toml",
        ) from error
    try:
        if notify.smtp_user:
            server.login(notify.smtp_user, notify.smtp_password or "")
    except (OSError, smtplib.SMTPException, ValueError) as error:
        server.close()
        raise _ServerFault(
            f"the mail server {place} does not let smtp_user in ({_reason(error)}); see smtp_user in [notify] of "
            "gevinst.toml and the variable GEVINST_SMTP_PASSWORD",
            f"e-posttjeneren {place} slipper ikke inn smtp_user ({_reason(error)}); se smtp_user i [notify] i "
            "gevinst.toml og variabelen GEVINST_SMTP_PASSWORD",
        ) from error
    return server


def _hand_over(server: smtplib.SMTP, mail: EmailMessage, address: str) -> None:
    """Raises `FollowUpError` where the server has not said that it took the letter."""
    try:
        server.send_message(mail)
    except smtplib.SMTPSenderRefused as error:
        raise _ServerFault(
            f"the mail server does not take letters from {error.sender} ({_reason(error)}); see sender in [notify] of "
            "gevinst.toml",
            f"e-posttjeneren tar ikke imot brev fra {error.sender} ({_reason(error)}); se sender i [notify] i "
            "gevinst.toml",
        ) from error
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as error:
        raise FollowUpError(
            f"the mail server refused the letter to {address} ({_reason(error)})",
            f"e-posttjeneren avviste brevet til {address} ({_reason(error)})",
        ) from error
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise FollowUpError(
            f"the connection broke before the mail server had taken the letter to {address} ({_reason(error)})",
            f"forbindelsen ble brutt før e-posttjeneren hadde tatt imot brevet til {address} ({_reason(error)})",
        ) from error


def _reason(error: Exception) -> str:
    """What the server or the machine says, on one line."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
    elif isinstance(error, smtplib.SMTPResponseException):
        code, said = error.smtp_code, error.smtp_error
    else:
        code, said = "", (isinstance(error, OSError) and error.strerror) or str(error) or type(error).__name__
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return " ".join(f"{code} {text}".split())
